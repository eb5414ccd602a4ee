"""PrimeGov by its public portal's interface: the meetings of a year and those to come, with their documents.

`address` is the site's (https://CLIENT.primegov.com). A document is compiled as a PDF (1) or as a page (3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.answers import json_of, number_of, records, rows_of, text_of
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_in, day_told
from pipeline.sources.webpage import canonical
from pipeline.sources.words import is_off, kind_of

PDF, PAGE = "1", "3"


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The published documents of every meeting in the window."""
    parts = urlsplit(council.address)
    base = f"{parts.scheme}://{parts.netloc}"
    portal = f"{base}/api/v2/PublicPortal/"
    years = [f"ListArchivedMeetings?year={y}" for y in range(window.since.year, window.until.year + 1)]

    def of_list(path: str) -> Iterator[Publication]:
        url = portal + path
        for meeting in rows_of(json_of(ask(url), url, "PrimeGov"), url, "PrimeGov"):
            yield from _meeting(council, window, base, meeting)

    yield from going_on(council, (*years, "ListUpcomingMeetings"), of_list)


def _meeting(council: Council, window: Window, base: str, meeting: dict[str, Any]) -> Iterator[Publication]:
    day = day_told(meeting.get("dateTime")) or day_in(text_of(meeting.get("date")))
    body = text_of(meeting.get("title"))
    if not window.holds(day) or not council.wants(body):
        return
    for document in records(meeting.get("documentList")):
        label = text_of(document.get("templateName"))
        here, form = _where(base, document)
        if here and document.get("publishStatus") not in (0, False):
            told = dict(CANCELLED) if is_off(body) or is_off(label) else {}
            title = " - ".join(filter(None, (body, label)))
            published = text_of(document.get("publishDate"))
            yield Publication(
                here, council.name, body, day, kind_of(label) or "other", title, published, told, form
            )


def _where(base: str, document: dict[str, Any]) -> tuple[str | None, Form | None]:
    """A document's address and form: its own link where it has one, else what its template is compiled to."""
    if link := text_of(document.get("link")):
        return canonical(base, link), "either"
    template, output = number_of(document.get("templateId")), number_of(document.get("compileOutputType"))
    if template is None:
        return None, None
    if output == PAGE:
        return f"{base}/Portal/Meeting?meetingTemplateId={template}", "html"
    form: Form | None = "pdf" if output in (PDF, None) else "either"
    return (
        f"{base}/Public/CompiledDocument?meetingTemplateId={template}&compileOutputType={output or PDF}",
        form,
    )
