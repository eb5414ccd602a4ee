"""What rules do not show of a ruled table: columns of figures inside one ruled column, labels left of the
rules, and a head that stands above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Word
from extractors.tables.columns import columns_of
from extractors.tables.grid import Grid, Place, column_starts, words_in
from extractors.text.figures import is_figure

FIGURE_ROWS = 0.5
"""A ruled column is parted when so many of its lines hold two figures or more, each in a column of its
own."""
FEWEST_LINES = 2
MANY = 4
FEWEST_LABELLED = 4
MOST_LABELLED = 0.8
"""So many rows of a table have a label beside the rules, where labels stand there."""
HEAD_GAP = 1.6
"""A head stands no further above the rules than this many times its type size."""


def part_columns(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid with each ruled column that holds several columns of figures parted where no word stands."""
    out = grid
    for col in reversed(range(grid.n_cols)):
        cells = [c for c in out.cells if c[1] == col and c[3] == 1]
        inside = [w for c in cells for w in words_in(c[4], words) if not w.turned]
        edges = _inner_edges(rows_of(inside))
        if edges:
            out = _cut(out, col, edges, words)
    return out


def _inner_edges(rows: Sequence[Sequence[Word]]) -> list[float]:
    if len(rows) < FEWEST_LINES:
        return []
    numeric = [row for row in rows if sum(is_figure(w.text) for w in row) >= 2]
    columns = columns_of(numeric)
    if len(columns) < 2 or len(numeric) < max(FEWEST_LINES, FIGURE_ROWS * len(rows)):
        return []
    wide = sum(
        sum(any(x0 <= w.box.middle[0] <= x1 for w in row if is_figure(w.text)) for x0, x1 in columns) >= 2
        for row in numeric
    )
    return [(a[1] + b[0]) / 2 for a, b in pairwise(columns)] if wide >= 0.8 * len(numeric) else []


def _cut(grid: Grid, col: int, edges: Sequence[float], words: Sequence[Word]) -> Grid:
    n = len(edges)
    places: list[Place] = []
    for row, c, row_span, col_span, box in grid.cells:
        if c > col:
            places.append((row, c + n, row_span, col_span, box))
        elif c + col_span <= col:
            places.append((row, c, row_span, col_span, box))
        elif c == col and col_span == 1 and _clear(words_in(box, words), edges):
            xs = [box.x0, *edges, box.x1]
            places += [
                (row, col + i, row_span, 1, box._replace(x0=a, x1=b)) for i, (a, b) in enumerate(pairwise(xs))
            ]
        else:
            places.append((row, c, row_span, col_span + n, box))
    return replace(grid, n_cols=grid.n_cols + n, cells=tuple(sorted(places)))


def _clear(words: Sequence[Word], edges: Sequence[float]) -> bool:
    """No word crosses an edge and no two stand closer over one than a word space: what is on both sides is
    apart."""
    for row in rows_of([w for w in words if not w.turned]):
        if any(w.box.x0 < x - 1 and w.box.x1 > x + 1 for w in row for x in edges):
            return False
        parted = sum(any(a.box.x1 <= x + 1 and b.box.x0 >= x - 1 for a, b in pairwise(row)) for x in edges)
        if parted >= MANY:  # a phrase would cross one of so many edges
            continue
        for a, b in pairwise(row):
            if (
                any(a.box.x1 <= x + 1 and b.box.x0 >= x - 1 for x in edges)
                and b.box.x0 - a.box.x1 < 0.35 * a.size
            ):
                return False
    return True


def with_labels_left(grid: Grid, words: Sequence[Word], taken: Sequence[Box]) -> Grid:
    """The grid with the words left of it as its first column, when its own first column is figures and
    every row has one line of words beside it, on the base line of the row's."""
    firsts = [c for c in grid.cells if c[1] == 0 and c[2] == 1 and c[3] == 1]
    if len(firsts) < FEWEST_LABELLED or len(firsts) < grid.n_rows:
        return grid
    box = grid.box
    strip = Box(box.page, 0, box.top, box.x0 + 2, box.bottom)
    labels = [
        w for w in words_in(strip, words) if not w.turned and not any(t.holds(*w.box.middle) for t in taken)
    ]
    figures = beside = 0
    for _, _, _, _, cell in firsts:
        own = words_in(cell, words)
        left = [w for w in labels if cell.top <= w.box.middle[1] <= cell.bottom]
        figures += bool(own) and all(is_figure(w.text) for w in own)
        on_line = left and own and abs(left[0].box.bottom - own[-1].box.bottom) < 0.4 * own[0].size
        beside += bool(on_line) and len(rows_of(left)) == 1
    if figures < MOST_LABELLED * len(firsts) or beside < MOST_LABELLED * len(firsts):
        return grid
    left = min(w.box.x0 for w in labels) - 1
    first = [(r, 0, 1, 1, b._replace(x0=left, x1=b.x0)) for r, _, _, _, b in firsts]
    rest = [(r, c + 1, rs, cs, b) for r, c, rs, cs, b in grid.cells]
    return replace(
        grid, box=box._replace(x0=left), n_cols=grid.n_cols + 1, cells=tuple(sorted([*first, *rest]))
    )


def with_head_above(grid: Grid, words: Sequence[Word], taken: Sequence[Box]) -> Grid:
    """The grid with the line above it as its first row, when that line is column heads: over two later
    columns, no figures, nothing beside."""
    if (
        grid.n_rows < 2
        or grid.n_cols < 3
        or not any(is_figure(w.text) for c in grid.cells if c[0] == 0 for w in words_in(c[4], words))
    ):
        return grid
    band = Box(grid.box.page, 0, grid.box.top - 40, 10_000, grid.box.top)
    rows = rows_of(
        [w for w in words_in(band, words) if not w.turned and not any(t.holds(*w.box.middle) for t in taken)]
    )
    if not rows:
        return grid
    head = _head_lines(rows, grid.box.top)
    edges = [*column_starts((c[1], c[4].x0) for c in grid.cells).values(), grid.box.x1]
    if (
        not head
        or not all(grid.box.x0 - 4 <= w.box.x0 and w.box.x1 <= grid.box.x1 + 8 for w in head)
        or any(is_figure(w.text) for w in head)
        or not _clear(head, edges[1:-1])
    ):
        return grid
    columns = {
        next(
            i for i, (a, b) in enumerate(pairwise(edges)) if a <= w.box.middle[0] <= b or i == len(edges) - 2
        )
        for w in head
    }
    if len(columns - {0}) < 2:
        return grid
    top = min(w.box.top for w in head) - 1
    first = [
        (0, i, 1, 1, Box(grid.box.page, a, top, b, grid.box.top)) for i, (a, b) in enumerate(pairwise(edges))
    ]
    rest = [(r + 1, c, rs, cs, box) for r, c, rs, cs, box in grid.cells]
    return replace(
        grid, box=grid.box._replace(top=top), n_rows=grid.n_rows + 1, cells=tuple(sorted([*first, *rest]))
    )


def _head_lines(rows: Sequence[Sequence[Word]], top: float) -> list[Word]:
    """The words of the lines just above `top`, three lines at most, each close to the next."""
    out: list[Word] = []
    below, gap = top, HEAD_GAP
    for row in list(reversed(rows))[:3]:
        if below - max(w.box.bottom for w in row) > gap * row[0].size:
            break
        out += row
        below, gap = min(w.box.top for w in row), 0.5
    return out
