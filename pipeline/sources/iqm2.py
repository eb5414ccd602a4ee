"""IQM2 (MinuteTraq): the calendar as a list, a row a meeting with links to its files by type and number.

`address` is the site's (https://CLIENT.iqm2.com/Citizens).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import AnotherLayout
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.days import day_in, writes_month_first
from pipeline.sources.webpage import Link, Page, row_of, words_of
from pipeline.sources.words import is_off, kind_of

FILES = re.compile(r"/File(Open|View)\.aspx\?(?:.*&)?Type=(\d+)(?:&|$)", re.I)
TYPES = {"14": "agenda", "1": "agenda_pack", "15": "minutes", "12": "minutes"}
"""The platform's numbers for what stands behind a link; others say it in words only."""
BOARD = re.compile(r"Board:\s*(.+?)\s*(?:Type:|Status:|$)")


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The files of every meeting in the window."""
    parts = urlsplit(council.address)
    base = f"{parts.scheme}://{parts.netloc}/Citizens/"
    since, until = (f"{d.month}/{d.day}/{d.year}" for d in (window.since, window.until))
    url = f"{base}Calendar.aspx?From={since}&To={until}&View=List"
    text = ask(url)
    if not re.search(r"iqm2|MeetingRow|/Citizens/", text, re.I):
        raise AnotherLayout(f"{council.name}: {url} is no IQM2 calendar: has the council moved?")
    page = Page(text, url)
    month_first = writes_month_first(words_of(page.root))
    seen: set[str] = set()
    for link in page.links:
        look = FILES.search(link.url)
        if not look or link.url.lower() in seen:
            continue
        seen.add(link.url.lower())
        row, day = _row(link, month_first)
        body = _body(row) if row is not None else None
        if not window.holds(day) or not council.wants(body):
            continue
        kind = TYPES.get(look[2]) or kind_of(link.said) or "other"
        told = dict(CANCELLED) if row is not None and _cancelled(row) else {}
        title = " - ".join(filter(None, (_named(row), link.said or kind)))
        form = "html" if look[1].lower() == "view" else "pdf"
        yield Publication(link.url, council.name, body, day, kind, title, None, told, form)


def _row(link: Link, month_first: bool) -> tuple[Any | None, date | None]:
    """The meeting's row, marked so by the platform, else the nearest element with a day."""
    for around in link.outward():
        if "MeetingRow" in (around.get("class") or ""):
            shown = (*map(words_of, around.xpath('.//*[contains(@class, "RowLink")]')), _hover(around))
            return around, next((d for s in shown if (d := day_in(s, month_first=month_first))), None)
    return row_of(link, month_first=month_first) or (None, None)


def _hover(row: Any) -> str:
    """What the row's icon or link tells of the meeting: day, board, type, status, each on a line."""
    return " ".join(row.xpath(".//@title"))


def _body(row: Any) -> str | None:
    told = BOARD.search(" ".join(_hover(row).split()))
    named = _named(row)
    return told[1] if told else (named.split(" - ")[0] if named else None)


def _named(row: Any | None) -> str | None:
    """The line below the row's links: the board and the type of meeting."""
    found: list[Any] = row.xpath('.//*[contains(@class, "RowDetails")]') if row is not None else []
    return (words_of(found[0]) or None) if found else None


def _cancelled(row: Any) -> bool:
    return is_off(words_of(row)) or is_off(_hover(row))
