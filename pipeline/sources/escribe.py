"""eScribe by its calendar's service: meetings with the documents of each, in every language that they have.

`address` is the site's (https://pub-CLIENT.escribemeetings.com).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.answers import json_of, records, rows_of, text_of
from pipeline.sources.days import day_in
from pipeline.sources.webpage import canonical
from pipeline.sources.words import is_off, kind_of

TYPES = {"agenda": "agenda", "agendacover": "agenda", "postminutes": "minutes", "minutes": "minutes"}


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The documents of every meeting in the window."""
    parts = urlsplit(council.address)
    base = f"{parts.scheme}://{parts.netloc}/"
    url = f"{base}MeetingsCalendarView.aspx/GetCalendarMeetings"
    asked = json.dumps({"calendarStartDate": str(window.since), "calendarEndDate": str(window.until)})
    for meeting in rows_of(json_of(ask(url, asked), url, "eScribe"), url, "eScribe"):
        day = day_in(text_of(meeting.get("StartDate")))
        body = text_of(meeting.get("MeetingType")) or text_of(meeting.get("MeetingName"))
        if window.holds(day) and council.wants(body):
            yield from _meeting(council, base, meeting, body, day)


def _meeting(
    council: Council, base: str, meeting: dict[str, Any], body: str | None, day: date | None
) -> Iterator[Publication]:
    name = text_of(meeting.get("MeetingName"))
    told = dict(CANCELLED) if meeting.get("IsCancelled") is True or is_off(name) else {}
    for document in records(meeting.get("MeetingDocumentLink")):
        url = canonical(base, text_of(document.get("Url")) or "")
        label, sort = text_of(document.get("Title")), text_of(document.get("Type")) or ""
        kind = kind_of(label) or TYPES.get(sort.lower()) or kind_of(sort)
        told_form = (text_of(document.get("Format")) or "").lower()
        form: Form | None = "pdf" if "pdf" in told_form else "html" if "htm" in told_form else None
        if url and kind:  # a video has no kind
            title = " - ".join(filter(None, (name, label)))
            yield Publication(url, council.name, body, day, kind, title, None, dict(told), form)
