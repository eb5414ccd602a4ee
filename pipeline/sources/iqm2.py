"""IQM2 (MinuteTraq): the calendar as a list, a row a meeting with links to its files by type and number.

`address` is the site's (https://CLIENT.iqm2.com/Citizens).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.markup import Element, address, page, row_of
from pipeline.sources.words import day_in, is_off, kind_of, order_of

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
        raise NotFetched(f"{council.name}: {url} is no IQM2 calendar: has the council moved?")
    root = page(text)
    order = order_of([root.words])
    seen: set[str] = set()
    for link in root.all("//a[@href]"):
        here = address(url, link.get("href"))
        look = FILES.search(here) if here else None
        if not here or not look or here.lower() in seen:
            continue
        seen.add(here.lower())
        row, day = _row(link, order)
        body = _body(row) if row else None
        if not window.holds(day) or not council.wants(body):
            continue
        kind = TYPES.get(look[2]) or kind_of(link.said()) or "other"
        told = dict(CANCELLED) if row and _cancelled(row) else {}
        title = " - ".join(filter(None, (_named(row), link.said() or kind)))
        form = "html" if look[1].lower() == "view" else "pdf"
        yield Publication(here, council.name, body, day, kind, title, None, told, form)


def _row(link: Element, order: str) -> tuple[Element | None, date | None]:
    """The meeting's row, marked so by the platform, else the nearest element with a day."""
    for around in link.outward():
        if "MeetingRow" in around.get("class"):
            when = around.first('.//*[contains(@class, "RowLink")]')
            return around, day_in(when.words if when else None, order) or day_in(_hover(around), order)
    return row_of(link, order) or (None, None)


def _hover(row: Element) -> str:
    """What the row's icon or link tells of the meeting: day, board, type, status, each on a line."""
    return " ".join(e.get("title") for e in row.all(".//*[@title]"))


def _body(row: Element) -> str | None:
    told = BOARD.search(" ".join(_hover(row).split()))
    named = _named(row)
    return told[1] if told else (named.split(" - ")[0] if named else None)


def _named(row: Element | None) -> str | None:
    """The line below the row's links: the board and the type of meeting."""
    found = row.first('.//*[contains(@class, "RowDetails")]') if row else None
    return (found.words or None) if found else None


def _cancelled(row: Element) -> bool:
    return is_off(row.words) or is_off(_hover(row))
