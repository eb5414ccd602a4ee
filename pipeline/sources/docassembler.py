"""DocAssembler (docspublished.com.au): the list of a council's meetings, a service of plain JSON.

Told by docspublished.com.au and api.docassembler.com.au. The list is read; a paper's address is that of the
viewer, which the site fills with a PDF by a script, so that nothing can be fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.errors import NotFetched
from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.answers import json_of, number_of, record, rows_of, text_of

API = "https://api.docassembler.com.au/api/"
SITE = "https://docspublished.com.au/"
ZONE = ZoneInfo("Australia/Sydney")
"""Where all councils are that use it; its times are UTC, and a morning's meeting has the day before."""


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agenda and minutes of every meeting in the window. The address is the council's page there, such as
    https://docspublished.com.au/NAME, or with the service's own number: …/NAME#NUMBER."""
    parts = urlsplit(council.address)
    slug, number = parts.path.strip("/").split("/")[-1], parts.fragment
    if not number:
        url = f"{API}organisation/{slug}"
        number = number_of(record(json_of(ask(url), url, "DocAssembler")).get("Id")) or ""
    url = f"{API}documents/{number}"
    meetings = rows_of(json_of(ask(url), url, "DocAssembler"), url, "DocAssembler") if number else []
    if not meetings:
        raise NotFetched(f"{council.name}: DocAssembler lists no meeting for {slug}: is the address right?")
    for meeting in meetings:
        day, body = _day(meeting.get("MeetingDate")), text_of(meeting.get("MeetingType"))
        if not window.holds(day) or not council.wants(body):
            continue
        for kind in ("Agenda", "Minutes"):
            if key := number_of(meeting.get(f"{kind}DocumentId")):
                title = f"{text_of(meeting.get('DocumentTitle')) or body} {kind.lower()}"
                yield Publication(
                    f"{SITE}{slug}/document/{key}", council.name, body, day, kind.lower(), title
                )


def _day(text: Any) -> date | None:
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC).astimezone(ZONE).date()
    except ValueError:
        return None
