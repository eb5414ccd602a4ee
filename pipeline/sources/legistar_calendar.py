"""Legistar by its calendar's page, where the web API is shut: a row a meeting, a column a sort of paper.

`address` is the site's (https://CLIENT.legistar.com). The page shows this month, or what the council chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.errors import AnotherLayout
from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.days import day_in, writes_month_first
from pipeline.sources.webpage import Link, Page, words_of
from pipeline.sources.words import is_off, kind_of

VIEWED = {
    "a": "agenda",
    "m": "minutes",
    "ap": "agenda_pack",
    "pa": "agenda_pack",
    "aada": "agenda",
    "mada": "minutes",
}
"""What View.ashx gives by its M; other letters are the council's own columns, known by their heading."""
GRID = '//table[contains(@id, "gridCalendar") or contains(@class, "rgMasterTable")]'
NO_PAPER = {"ic", "gm", "f_video", "video"}


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The files of every meeting that the calendar shows and the window holds."""
    parts = urlsplit(council.address)
    url = (
        council.address
        if "calendar" in parts.path.lower()
        else f"{parts.scheme}://{parts.netloc}/Calendar.aspx"
    )
    page = Page(ask(url), url)
    grids = page.root.xpath(GRID)
    if not grids:
        raise AnotherLayout(f"{council.name}: {url} shows no Legistar calendar: has the council moved?")
    for grid in grids:
        headings = [words_of(th) for th in grid.xpath("./thead//th")]
        marked = grid.xpath('.//tr[contains(@class, "rgRow") or contains(@class, "rgAltRow")]')
        month_first = writes_month_first(words_of(grid))
        for row in marked or grid.xpath(".//tr[td]"):
            yield from _row(council, window, page, row, headings, month_first)


def _row(
    council: Council, window: Window, page: Page, row: Any, headings: list[str], month_first: bool
) -> Iterator[Publication]:
    cells = row.xpath("./td")
    said = [words_of(cell) for cell in cells]
    day = next((d for words in said if (d := day_in(words, month_first=month_first))), None)
    name = _name(row, [words for words in said if not day_in(words, month_first=month_first)])
    if day is None or not window.holds(day) or not council.wants(name):
        return
    told = dict(CANCELLED) if is_off(words_of(row)) else {}
    for number, cell in enumerate(cells):
        for link in page.links_in(cell):
            if kind := _kind(link, headings[number] if number < len(headings) else ""):
                title = f"{name} {link.said}".strip() if name else link.said
                form: Form | None = "pdf" if re.search(r"/View\.ashx|\.pdf", link.url, re.I) else None
                yield Publication(link.url, council.name, name, day, kind, title, None, dict(told), form)


def _name(row: Any, cells: list[str]) -> str | None:
    """The body: the link marked so by the platform, else the first of the cells that are no day."""
    marked = row.xpath('.//*[contains(@id, "hypBody") or contains(@id, "lblBody")]')
    return next((words for words in (list(map(words_of, marked[:1])) or cells) if words), None)


def _kind(link: Link, heading: str) -> str | None:
    """The sort of paper by the viewer's letter, then by the link's and the column's words; None for a link
    that is no paper's."""
    parts = urlsplit(link.url)
    letter = dict(parse_qsl(parts.query)).get("M", "").lower()
    if not parts.path.lower().endswith("/view.ashx"):
        said = kind_of(link.said) or kind_of(heading)
        return said if re.search(r"\.(?:pdf|docx?)$", parts.path, re.I) else None
    if letter in NO_PAPER:
        return None
    return VIEWED.get(letter) or kind_of(link.said) or kind_of(heading) or "other"
