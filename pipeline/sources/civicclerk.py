"""CivicClerk by its OData service: events with the files published for them.

`address` is the portal's or the service's (https://CLIENT.portal.civicclerk.com,
https://CLIENT.api.civicclerk.com).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.answers import json_of, number_of, record, records, rows_of, text_of
from pipeline.sources.days import day_told
from pipeline.sources.webpage import canonical
from pipeline.sources.words import is_off, kind_of

TYPES = {"1": "agenda", "2": "agenda_pack", "4": "minutes"}
PAGES = 200


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The published files of every event in the window."""
    parts = urlsplit(council.address)
    host = re.sub(r"^([\w-]+)\.(?:portal\.)?civicclerk\.com$", r"\1.api.civicclerk.com", parts.netloc.lower())
    base = f"{parts.scheme}://{host}/v1/"
    for event in _events(base, window, ask):
        day = day_told(event.get("eventDate")) or day_told(event.get("startDateTime"))
        body = text_of(event.get("eventCategoryName")) or text_of(event.get("categoryName"))
        name = text_of(event.get("eventName"))
        if event.get("isDeleted") is True or not window.holds(day) or not council.wants(body or name):
            continue
        told = dict(CANCELLED) if is_off(name) or is_off(text_of(event.get("eventNotice"))) else {}
        for url, kind, title, published in _files(base, event):
            yield Publication(
                url, council.name, body or name, day, kind, title or name, published, told, "pdf"
            )


def _files(base: str, event: dict[str, Any]) -> Iterator[tuple[str, str, str | None, str | None]]:
    """(address, kind, title, published) of an event's files."""
    for file in records(event.get("publishedFiles")):
        number, label = number_of(file.get("fileId")), text_of(file.get("type"))
        url = (
            f"{base}Meetings/GetMeetingFileStream(fileId={number},plainText=false)"
            if number
            else canonical(base, text_of(file.get("url")) or "")
        )
        kind = (
            kind_of(label)
            or TYPES.get(number_of(file.get("fileType")) or "")
            or kind_of(text_of(file.get("name")))
        )
        if url:
            yield url, kind or "other", text_of(file.get("name")) or label, text_of(file.get("publishOn"))


def _events(base: str, window: Window, ask: Ask) -> Iterator[dict[str, Any]]:
    """Every event, page by page, as long as a page brings new ones."""
    where = quote(f"startDateTime ge {window.since}T00:00:00Z and startDateTime le {window.until}T23:59:59Z")
    url: str | None = f"{base}Events?$filter={where}&$orderby=startDateTime"
    known: set[str] = set()
    for _ in range(PAGES):
        if not url:
            return
        answer = json_of(ask(url), url, "CivicClerk")
        events = rows_of(answer, url, "CivicClerk")
        new = [e for e in events if (number_of(e.get("id")) or str(e)) not in known]
        yield from new
        if not new:
            return
        known.update(number_of(e.get("id")) or str(e) for e in new)
        url = canonical(base, text_of(record(answer).get("@odata.nextLink")) or "")
    raise NotFetched(f"{base}Events: a list that does not end: stopped after {PAGES} pages")
