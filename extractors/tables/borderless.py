"""Borderless tables: camelot's network of aligned words, over the words that the page was read with, kept
only when figures fill it.

Camelot's parser is handed our own lines instead of parsing the page again; it gives regions, the words give
rows and columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Page, Word
from extractors.tables.columns import columns_of, grid_from_words
from extractors.tables.grid import Grid, words_in
from extractors.tables.halfruled import reads_as_table
from extractors.text.figures import is_figure
from schemas.untyped import load

FIGURES = 0.6
"""The share of cells after the first column that must be figures: without rules, only numbers tell a table
from a list."""
LEAST_ROWS = 4
LEAST_FIGURES = 8
"""Fewer lone figures than this on a page, or none beside other words (paragraphs' numbers): no borderless
table is looked for."""


@dataclass(eq=False, slots=True)
class Stretch:
    """A run of words with the look of pdfminer's text line, as camelot reads it: origin at the bottom
    left."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    def get_text(self) -> str:
        """Its words."""
        return self.text

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Corners."""
        return self.x0, self.y0, self.x1, self.y1


def find_borderless(page: Page, taken: Sequence[Box]) -> list[Grid]:
    """Tables of figures that no rule shows, outside the boxes already taken."""
    free = [w for w in page.words if not w.turned and not any(b.holds(*w.box.middle) for b in taken)]
    rows = _stretches(free, page.height)
    stretches = [s for row in rows for s in row]
    beside = sum(is_figure(s.text) for row in rows for s in row[1:])
    if beside < LEAST_ROWS or sum(is_figure(s.text) for s in stretches) < LEAST_FIGURES:
        return []
    out: list[Grid] = []
    for x0, y0, x1, y1 in _regions(stretches, page):
        box = Box(page.number, x0 - 1, page.height - y1 - 1, x1 + 1, page.height - y0 + 1)
        grid = _trimmed(box, free)
        if grid is not None and not any(grid.box.overlaps(o.box) for o in out):
            out.append(grid)
    return out


def _stretches(words: Sequence[Word], height: float) -> list[list[Stretch]]:
    """Each row's runs of words, left to right."""
    out: list[list[Stretch]] = []
    for row in rows_of(words):
        out.append([])
        own: list[Word] = []
        for w in row:
            if own and w.box.x0 - own[-1].box.x1 >= 0.7 * w.size:
                out[-1].append(_stretch(own, height))
                own = []
            own.append(w)
        out[-1].append(_stretch(own, height))
    return out


def _stretch(words: Sequence[Word], height: float) -> Stretch:
    return Stretch(
        min(w.box.x0 for w in words),
        height - max(w.box.bottom for w in words),
        max(w.box.x1 for w in words),
        height - min(w.box.top for w in words),
        " ".join(w.text for w in words),
    )


def _regions(stretches: Sequence[Stretch], page: Page) -> list[tuple[float, float, float, float]]:
    parser: Any = load("camelot.parsers.network").Network()
    parser.prepare_page_parse(
        "page.pdf", None, (page.width, page.height), page.number, [], list(stretches), [], "", {}
    )
    try:
        parser._generate_table_bbox()  # the parser's own search for regions, without its reading of the file
    except (
        ValueError,
        IndexError,
        ZeroDivisionError,
        TypeError,
    ):  # its statistics need more lines than some pages have
        return []
    return sorted(parser.table_bbox_parses, key=lambda b: -b[3])


def _trimmed(box: Box, words: Sequence[Word]) -> Grid | None:
    """The region without the lines of prose at its ends, when what is left reads as a table of figures."""
    rows = rows_of(words_in(box, words))
    columns = columns_of([r for r in rows if _figures(r)])
    if len(columns) < 2:
        return None
    while rows and not _figures(rows[-1]):
        rows.pop()
    while rows and not _figures(rows[0]) and not _is_head(rows[0], columns):
        rows.pop(0)
    inside = [w for row in rows for w in row]
    if len(rows) < LEAST_ROWS or not reads_as_table(inside, figures=FIGURES, least_rows=LEAST_ROWS):
        return None
    exact = Box(
        box.page,
        min(w.box.x0 for w in inside) - 1,
        min(w.box.top for w in inside) - 1,
        max(w.box.x1 for w in inside) + 1,
        max(w.box.bottom for w in inside) + 1,
    )
    return grid_from_words(exact, inside, (), "camelot-network", columns)


def _figures(row: Sequence[Word]) -> int:
    return sum(is_figure(w.text) for w in row)


def _is_head(row: Sequence[Word], columns: Sequence[tuple[float, float]]) -> bool:
    """A line of column heads: words over two columns or more, after the first."""
    later = columns[1:]
    return sum(any(x0 - 12 <= w.box.middle[0] <= x1 + 12 for w in row) for x0, x1 in later) >= max(
        1, 0.5 * len(later)
    ) and len(row) <= 4 * len(columns)
