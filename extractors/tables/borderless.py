"""Tables that no rule shows, by where their words stand: columns from gutters, rows from the white between
lines and the rules that there are, and a trained word on whether it is a table at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.model import Box, Page
from extractors.tables.bands import bands_of, cells_of
from extractors.tables.columns import columns_of, grid_from_words, ruled_bands, stretches
from extractors.tables.grid import WORDS, Grid
from extractors.tables.heads import Columns, Line
from extractors.tables.regions import Region, bottom_of, regions_of, top_of
from extractors.tables.table_or_list import likelihood
from extractors.text.figures import is_figure

LIKELY = 0.5
"""How likely a region must be a table (TABLE_OR_LIST.md)."""
ACROSS = 0.8
"""The share of a region's width that a rule crosses which parts its rows."""
FEWEST = (0, 4, 4)
"""Columns of a table of no, one and two rows, at least."""
PADDED = 0.5
"""Rows that are at least so many times the type size apart have room of their own around them."""
MARGIN = 1.6
"""White so many times wider than between rows is a margin between tables."""


def find_borderless(page: Page, taken: Sequence[Box]) -> list[Grid]:
    """Tables of words outside the boxes already `taken`, from top to bottom."""
    regions = regions_of(page, taken)
    if not regions:
        return []
    body = body_size(page)
    return [g for region in regions for g in _grids(region, page, body)]


def _grids(region: Region, page: Page, body: float) -> list[Grid]:
    """The region's tables, one under another; none where it is no table."""
    columns = full_columns(region.lines, region.size)
    if len(columns) < 2:
        return []
    rows = ruled_bands(region.lines, cuts_of(region, page)) or bands_of(region.lines, columns, region.size)
    if len(columns) < (FEWEST[len(rows)] if len(rows) < len(FEWEST) else 2):
        return []
    if likelihood(rows, columns, page.width, body) < LIKELY:
        return []
    found = [_grid(part, page, region.size) for part in apart(rows, columns, region.size)]
    return [g for g in found if g is not None]


def cuts_of(region: Region, page: Page) -> list[float]:
    """Where level rules run through the region from side to side, or all but."""
    box = region.box(page.number)
    across = [r for r in page.rules if r.horizontal and box.top < r.top < box.bottom]
    return [r.top for r in across if min(r.x1, box.x1) - max(r.x0, box.x0) >= ACROSS * (box.x1 - box.x0)]


def _grid(rows: Sequence[Sequence[Line]], page: Page, size: float) -> Grid | None:
    lines = [line for row in rows for line in row]
    columns = full_columns(lines, size)
    region = Region(tuple(lines), size)
    return grid_from_words(region.box(page.number), region.words, (), WORDS, columns, (), rows)


def full_columns(lines: Sequence[Line], size: float) -> list[tuple[float, float]]:
    """The columns, each as wide as all that stands in it and in no other."""
    out = columns_of(lines)
    for line in lines:
        for a, b in stretches(line, size):
            over = [i for i, (x0, x1) in enumerate(out) if a < x1 and b > x0]
            if len(over) == 1:
                x0, x1 = out[over[0]]
                out[over[0]] = (min(x0, a), max(x1, b))
    return out


def apart(rows: Sequence[Sequence[Line]], columns: Columns, size: float) -> list[Sequence[Sequence[Line]]]:
    """The rows in tables: where a row repeats the first one's words after the first column, or the white
    above it is wider than between rows and narrower than a row, another table begins."""
    gaps = [top_of(b[0]) - bottom_of(a[-1]) for a, b in pairwise(rows)]
    usual = median(gaps) if gaps else 0.0
    empty = 2 * usual + 0.8 * size
    keys = [_key(row, columns) for row in rows]
    starts = [0]
    for i, gap in enumerate(gaps, 1):
        margin = usual >= PADDED * size and MARGIN * usual <= gap < empty
        if gap > 1.2 * usual and (margin or (keys[i] and keys[i] == keys[starts[-1]])):
            starts.append(i)
    return [rows[a:b] for a, b in pairwise([*starts, len(rows)])]


def _key(row: Sequence[Line], columns: Columns) -> tuple[str, ...]:
    """The row's words after the first column; none where they fill one column only or are figures."""
    cells = cells_of([w for line in row for w in line], columns)
    later = [" ".join(w.text for w in cells[c]) for c in sorted(cells) if c]
    return tuple(later) if len(later) >= 2 and not any(is_figure(t) for t in later) else ()


def body_size(page: Page) -> float:
    """The type size of most of the page's letters, in half points."""
    count: Counter[float] = Counter()
    for w in page.words:
        count[round(2 * w.size) / 2] += len(w.text)
    return count.most_common(1)[0][0]
