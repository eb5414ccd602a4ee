"""Legistar by its calendar's page, where the web API is shut: a row a meeting, a column a sort of paper.

`address` is the site's (https://CLIENT.legistar.com). The page shows this month, or what the council chose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.markup import Element, address, page
from pipeline.sources.words import day_in, is_off, kind_of, order_of

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
    root = page(ask(url))
    grids = root.all(GRID)
    if not grids:
        raise NotFetched(f"{council.name}: {url} shows no Legistar calendar: has the council moved?")
    seen: set[str] = set()
    for grid in grids:
        headings = [th.words for th in grid.all("./thead//th")]
        rows = grid.all('.//tr[contains(@class, "rgRow") or contains(@class, "rgAltRow")]') or grid.all(
            ".//tr[td]"
        )
        order = order_of([grid.words])
        for row in rows:
            for paper in _row(council, window, url, row, headings, order):
                if paper.url not in seen:
                    seen.add(paper.url)
                    yield paper


def _row(
    council: Council, window: Window, url: str, row: Element, headings: list[str], order: str
) -> Iterator[Publication]:
    cells = row.all("./td")
    day = next((d for c in cells if (d := day_in(c.words, order))), None)
    name = _name(row, cells, order)
    if day is None or not window.holds(day) or not council.wants(name):
        return
    told = dict(CANCELLED) if is_off(row.words) else {}
    for number, cell in enumerate(cells):
        for link in cell.all(".//a[@href]"):
            here = address(url, link.get("href"))
            kind = _kind(here, link, headings[number] if number < len(headings) else "") if here else None
            if here and kind:
                title = f"{name} {link.said()}".strip() if name else link.said()
                yield Publication(here, council.name, name, day, kind, title, None, dict(told), _form(here))


def _name(row: Element, cells: list[Element], order: str) -> str | None:
    """The body: the link marked so by the platform, else the first cell that is no day."""
    marked = row.first('.//*[contains(@id, "hypBody") or contains(@id, "lblBody")]')
    words = [marked.words] if marked else [c.words for c in cells if not day_in(c.words, order)]
    return next((w for w in words if w), None)


def _kind(here: str, link: Element, heading: str) -> str | None:
    """The sort of paper by the viewer's letter, then by the link's and the column's words; None for a link
    that is no paper's."""
    parts = urlsplit(here)
    letter = dict(parse_qsl(parts.query)).get("M", "").lower()
    if not parts.path.lower().endswith("/view.ashx"):
        said = kind_of(link.said()) or kind_of(heading)
        return said if re.search(r"\.(?:pdf|docx?)$", parts.path, re.I) else None
    if letter in NO_PAPER:
        return None
    return VIEWED.get(letter) or kind_of(link.said()) or kind_of(heading) or "other"


def _form(here: str) -> Form | None:
    return "pdf" if re.search(r"/View\.ashx|\.pdf", here, re.I) else None
