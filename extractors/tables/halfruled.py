"""Half-ruled tables: level rules of one length above and below rows whose columns only the words show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Page, Rule, Word
from extractors.tables.columns import (
    columns_of,
    edges_of,
    grid_from_words,
    ruled_bands,
    stretches,
    with_half_lines,
)
from extractors.tables.grid import Grid, words_in
from extractors.tables.ruled import stacks
from extractors.text.figures import is_figure

SHORTEST = 60.0
TALLEST = 0.85
"""Two rules further apart than this share of the page are its head and foot."""
ACROSS = 0.75
INDENT = 0.1
"""A stretch of words over more than the share `ACROSS` of the rules' length, begun in its first tenth,
runs across the columns."""
AIR = 2.5
"""A cell's words keep no further from the rules above and below, taken together, than this many times the
type size."""
FILLED = 0.55
"""The share of rows that fill two columns."""
CLOSE = 1.3
"""Lines of a cell stand no further apart than this many times the type size."""
LARGER = 1.1
"""Words so many times the table's type size are a heading above or below it."""
MARGIN = 0.14
"""The share of a page's height that its head or its foot takes at most."""
WORDY = 7
"""Columns of so many words a line, all of them, are columns of prose."""


def find_half_ruled(page: Page, merged: Sequence[Rule], taken: Sequence[Box]) -> list[Grid]:
    """Tables between level rules, outside the boxes already `taken`."""
    level = [
        r
        for r in merged
        if r.horizontal
        and r.x1 - r.x0 >= SHORTEST
        and not any(Box(b.page, r.x0, r.top, r.x1, r.top).lies_in(b, 2) for b in taken)
    ]
    out: list[Grid] = []
    for stack in stacks(level):
        for run in _without_prose(stack, page):
            out += _tables_in(run, page, merged)
    kept: list[Grid] = []
    for g in sorted(out, key=lambda g: -(g.box.bottom - g.box.top)):
        if not any(g.box.overlaps(b, 2) for b in (*(k.box for k in kept), *taken)):
            kept.append(g)
    return kept


def _without_prose(stack: Sequence[Rule], page: Page) -> list[list[Rule]]:
    """The rules in runs between which no prose stands: tables of one width under one another on a page."""
    out = [[stack[0]]]
    whole = Box(page.number, stack[0].x0, stack[0].top, stack[0].x1, stack[-1].top)
    inside = [w for w in words_in(whole, page.words) if not w.turned]
    size = median(w.size for w in inside) if inside else 0.0
    for above, below in pairwise(stack):
        band = Box(page.number, above.x0, above.top, above.x1, below.top)
        rows = rows_of(words_in(band, inside))
        if _is_prose(rows, band, size) if rows else below.top - above.top > 4:
            out.append([])
        out[-1].append(below)
    return [run for run in out if len(run) >= 2]


def _is_prose(rows: Sequence[Sequence[Word]], band: Box, size: float) -> bool:
    """A line that runs across, or lines that fill one place only and keep further from the rules than a
    cell's do."""
    pieces = [stretches(row, size) for row in rows]
    across = any(
        b - a > ACROSS * (band.x1 - band.x0) and a - band.x0 < INDENT * (band.x1 - band.x0)
        for own in pieces
        for a, b in own
    )
    if across or any(len(own) > 1 for own in pieces):
        return across
    return min(w.box.top for w in rows[0]) - band.top + band.bottom - max(w.box.bottom for w in rows[-1]) > (
        AIR * size
    )


def _ruled_row_by_row(stack: Sequence[Rule], page: Page, merged: Sequence[Rule]) -> Grid | None:
    """The table of a run of rules that part every row, whatever its cells hold, with what a page break cuts
    from its first and last row."""
    box = Box(page.number, stack[0].x0, stack[0].top, stack[0].x1, stack[-1].top)
    cuts = [r.top for r in stack]
    upright = [w for w in page.words if not w.turned and box.x0 - 2 <= w.box.middle[0] <= box.x1 + 2]
    rows = rows_of(words_in(box, upright))
    bands = ruled_bands(rows, cuts)
    if not bands:
        return None
    columns = columns_of(rows, bands)
    filled = sum(_columns_filled((w for row in band for w in row), columns) >= 2 for band in bands)
    if len(columns) < 2 or filled < FILLED * len(bands):
        return None
    xs = edges_of(columns, box.x0, box.x1)
    size = median(w.size for row in rows for w in row)
    above = rows_of([w for w in upright if w.box.bottom <= box.top + 1])
    below = rows_of([w for w in upright if w.box.top >= box.bottom - 1])
    if (top := _cut_off(list(reversed(above)), box.top, xs, size, page)) is not None:
        box, cuts = box._replace(top=top), [top, *cuts]
    if (bottom := _cut_off(below, box.bottom, xs, size, page)) is not None:
        box, cuts = box._replace(bottom=bottom), [*cuts, bottom]
    return grid_from_words(box, upright, cuts, "rules-and-text", columns, merged)


def _columns_filled(words: Iterable[Word], columns: Sequence[tuple[float, float]]) -> int:
    middles = [w.box.middle[0] for w in words]
    return sum(any(x0 - 2 <= x <= x1 + 2 for x in middles) for x0, x1 in columns)


def _cut_off(
    rows: Sequence[Sequence[Word]], rule: float, xs: Sequence[float], size: float, page: Page
) -> float | None:
    """How far a row goes on beyond the outermost `rule` to the end of its page: lines close to one
    another, no word over an edge of the columns, some line with words in two. `rows` from the rule
    outwards."""
    end, near, parted = rule, CLOSE, False
    for row in rows:
        top, bottom = min(w.box.top for w in row), max(w.box.bottom for w in row)
        if max(top - end, end - bottom) > near * row[0].size:
            break
        if max(w.size for w in row) > LARGER * size:  # a heading
            return None
        if any(w.box.x0 < x - 1 and w.box.x1 > x + 1 for w in row for x in xs[1:-1]):
            return None
        parted = parted or any(a.box.x1 <= x <= b.box.x0 for a, b in pairwise(row) for x in xs[1:-1])
        end = bottom if top >= rule - 1 else top
    at_end = end < MARGIN * page.height if end < rule else end > (1 - MARGIN) * page.height
    return end + (1 if end > rule else -1) if parted and at_end and end != rule else None


def _tables_in(stack: Sequence[Rule], page: Page, merged: Sequence[Rule]) -> list[Grid]:
    """Runs of bands between neighbouring rules that read as rows of one table."""
    if (whole := _ruled_row_by_row(stack, page, merged)) is not None:
        return [whole]
    out: list[Grid] = []
    start = 0
    while start < len(stack) - 1:
        end = _longest_run(stack, start, page)
        if end is None:
            start += 1
            continue
        box = Box(page.number, stack[start].x0, stack[start].top, stack[start].x1, stack[end].top)
        grid = grid_from_words(
            box, page.words, [r.top for r in stack[start : end + 1]], "rules-and-text", None, merged
        )
        if grid is not None:
            out.append(grid)
        start = end
    return out


def _longest_run(stack: Sequence[Rule], start: int, page: Page) -> int | None:
    for end in range(len(stack) - 1, start, -1):
        if stack[end].top - stack[start].top > TALLEST * page.height:
            continue
        box = Box(page.number, stack[start].x0, stack[start].top, stack[start].x1, stack[end].top)
        bands = [(a.top, b.top) for a, b in zip(stack[start:end], stack[start + 1 : end + 1], strict=True)]
        inside = [w for w in words_in(box, page.words) if not w.turned]
        if end == start + 1 and all(w.bold for w in inside):
            continue  # a head by itself, on a shade
        if reads_as_table(inside) and all(_has_words(inside, *band) for band in bands):
            return end
    return None


def _has_words(words: Sequence[Word], top: float, bottom: float) -> bool:
    return bottom - top < 4 or any(top <= w.box.middle[1] <= bottom for w in words)


def reads_as_table(words: Sequence[Word], *, figures: float = 0.0, least_rows: int = 2) -> bool:
    """Two columns or more that most rows fill, not columns of prose; at least a share `figures` of the later
    columns' cells numbers."""
    rows = with_half_lines(rows_of(words))
    columns = columns_of(rows)
    if len(columns) < 2 or len(rows) < least_rows:
        return False
    filled = [
        sum(any(x0 - 2 <= w.box.middle[0] <= x1 + 2 for w in row) for x0, x1 in columns) for row in rows
    ]
    if sum(n >= 2 for n in filled) < FILLED * len(rows):
        return False
    cells = [
        [" ".join(w.text for w in row if x0 - 2 <= w.box.middle[0] <= x1 + 2) for x0, x1 in columns]
        for row in rows
    ]
    wordy = [
        median(len(r[c].split()) for r in cells if r[c]) if any(r[c] for r in cells) else 0
        for c in range(len(columns))
    ]
    if len(columns) == 2 and min(wordy) >= WORDY - 2:
        return False
    if min(wordy) >= WORDY:
        return False
    later = [r[c] for r in cells for c in range(1, len(columns)) if r[c]]
    return bool(later) and sum(is_figure(t) for t in later) >= figures * len(later)
