"""Half-ruled tables: level rules of one length above and below rows whose columns only the words show."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Page, Rule, Word
from extractors.tables.columns import columns_of, grid_from_words
from extractors.tables.grid import Grid, words_in
from extractors.tables.ruled import stacks
from extractors.text.figures import is_figure

SHORTEST = 60.0
TALLEST = 0.85
"""Two rules further apart than this share of the page are its head and foot."""
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
        out += _tables_in(stack, page)
    kept: list[Grid] = []
    for g in sorted(out, key=lambda g: -(g.box.bottom - g.box.top)):
        if not any(g.box.overlaps(b, 2) for b in (*(k.box for k in kept), *taken)):
            kept.append(g)
    return kept


def _tables_in(stack: Sequence[Rule], page: Page) -> list[Grid]:
    """Runs of bands between neighbouring rules that read as rows of one table."""
    out: list[Grid] = []
    start = 0
    while start < len(stack) - 1:
        end = _longest_run(stack, start, page)
        if end is None:
            start += 1
            continue
        box = Box(page.number, stack[start].x0, stack[start].top, stack[start].x1, stack[end].top)
        grid = grid_from_words(box, page.words, [r.top for r in stack[start : end + 1]], "rules-and-text")
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
        if reads_as_table(inside) and all(_has_words(inside, *band) for band in bands):
            return end
    return None


def _has_words(words: Sequence[Word], top: float, bottom: float) -> bool:
    return bottom - top < 4 or any(top <= w.box.middle[1] <= bottom for w in words)


def reads_as_table(words: Sequence[Word], *, figures: float = 0.0, least_rows: int = 2) -> bool:
    """Two columns or more that most rows fill, not columns of prose; at least a share `figures` of the later
    columns' cells numbers."""
    rows = rows_of(words)
    columns = columns_of(rows)
    if len(columns) < 2 or len(rows) < least_rows:
        return False
    filled = [
        sum(any(x0 - 2 <= w.box.middle[0] <= x1 + 2 for w in row) for x0, x1 in columns) for row in rows
    ]
    if sum(n >= 2 for n in filled) < 0.55 * len(rows):
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
