"""Simbli (eBoardSolutions) by its listing of meetings: one agenda a meeting, a page of the web.

`address` is the listing's (https://simbli.eboardsolutions.com/SB_Meetings/SB_MeetingListing.aspx?S=NUMBER).
Sites often sit behind a wall that lets browsers in only; then that is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from pipeline.errors import AnotherLayout
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.answers import json_of, number_of, rows_of, text_of
from pipeline.sources.days import day_told
from pipeline.sources.webpage import Link, Page, row_of, words_of
from pipeline.sources.words import is_off

VIEW = re.compile(r"ViewMeeting(?:\.aspx\?S=|\(\W*)(?P<site>\d+)\W+(?:MID=|\W*)(?P<meeting>\d+)", re.I)


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The agenda of every meeting in the window."""
    parts = urlsplit(council.address)
    text = ask(council.address)
    rows = _of_service(text, council) if text.lstrip().startswith(("[", "{")) else _of_page(text, council)
    for site, meeting, name, day in rows:
        url = f"{parts.scheme}://{parts.netloc}/SB_Meetings/ViewMeeting.aspx?S={site}&MID={meeting}"
        if not window.holds(day) or not council.wants(name):
            continue
        told = dict(CANCELLED) if is_off(name) else {}
        yield Publication(url, council.name, name, day, "agenda", name, None, told, "html")


def _of_service(text: str, council: Council) -> Iterator[tuple[str, str, str | None, date | None]]:
    """The meetings as the listing's own service gives them."""
    for m in rows_of(json_of(text, council.address, "Simbli"), council.address, "Simbli"):
        site, meeting = number_of(m.get("MM_DistrictID")), number_of(m.get("Master_MeetingID"))
        if site and meeting:
            yield (
                site,
                meeting,
                unescape(text_of(m.get("MM_MeetingTitle")) or "") or None,
                day_told(m.get("MM_DateTime")),
            )


def _of_page(text: str, council: Council) -> Iterator[tuple[str, str, str | None, date | None]]:
    """The meetings as the page shows them: a row each, with its number in what a click does."""
    if not re.search(r"simbli|eboardsolutions|SB_Meeting", text, re.I):
        raise AnotherLayout(f"{council.name}: {council.address} is no Simbli listing: has the board moved?")
    for a in Page(text, council.address).root.iter("a"):
        if found := VIEW.search(f"{a.get('onclick') or ''} {a.get('href') or ''}"):
            link = Link("", words_of(a), "", a)
            row = row_of(link, month_first=True)
            yield found["site"], found["meeting"], link.said or None, row[1] if row else None
