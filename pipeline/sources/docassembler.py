"""DocAssembler (docspublished.com.au), its list only: a service of plain JSON.

Told by docspublished.com.au and api.docassembler.com.au. The list is read; a paper's address is that of the
viewer, which the site fills with a PDF by a script: fetching it says so until the PDFs have addresses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pipeline.errors import NotFetched
from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.webpage import Page

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
        told = _json(ask(f"{API}organisation/{slug}"), council)
        number = str(cast(dict[str, Any], told).get("Id") or "") if isinstance(told, dict) else ""
    rows = _json(ask(f"{API}documents/{number}"), council) if number else None
    if not isinstance(rows, list) or not rows:
        raise NotFetched(f"{council.name}: DocAssembler lists no meeting for {slug}: is the address right?")
    for row in cast(list[Any], rows):
        if not isinstance(row, dict):
            continue
        meeting = cast(dict[str, Any], row)
        day, body = _day(meeting.get("MeetingDate")), str(meeting.get("MeetingType") or "") or None
        if not window.holds(day) or not council.wants(body):
            continue
        for kind in ("Agenda", "Minutes"):
            if key := meeting.get(f"{kind}DocumentId"):
                title = f"{meeting.get('DocumentTitle') or body} {kind.lower()}"
                yield Publication(
                    f"{SITE}{slug}/document/{key}", council.name, body, day, kind.lower(), title
                )


def _day(text: Any) -> date | None:
    try:
        return datetime.fromisoformat(str(text)).replace(tzinfo=UTC).astimezone(ZONE).date()
    except ValueError:
        return None


def _json(text: str, council: Council) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if re.match(r"\s*<", text):
            raise Page(text, council.address).refuse(council, "DocAssembler") from error
        raise NotFetched(f"{council.name}: DocAssembler did not answer with whole JSON ({error})") from error
