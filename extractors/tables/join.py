"""Tables joined across pages: one that goes on over the break is one table, its repeated header printed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors.model import Cell, Table

EDGE = 6.0
"""Points by which the outer edges of two halves may differ."""


def join_tables(tables: Sequence[Table], heights: Mapping[int, tuple[float, float]], between: Mapping[int, tuple[float, float]]) -> list[Table]:
    """Join neighbours: the last table of a page with the first of the next, same columns, nothing printed between them.

    `heights` gives each page's (width, height); `between` each page's (top of the first, bottom of the last) prose, in points,
    furniture left out; a page without prose has (inf, -inf).
    """
    out: list[Table] = []
    for table in sorted(tables, key=lambda t: (t.regions[0].page, t.regions[0].top, t.regions[0].x0)):
        if out and _goes_on(out[-1], table, heights, between):
            out[-1] = _append(out[-1], table)
        else:
            out.append(table)
    return out


def _goes_on(a: Table, b: Table, heights: Mapping[int, tuple[float, float]], between: Mapping[int, tuple[float, float]]) -> bool:
    last, first = a.regions[-1], b.regions[0]
    if first.page != last.page + 1 or a.n_cols != b.n_cols:
        return False
    nowhere = (float("inf"), float("-inf"))
    if between.get(last.page, nowhere)[1] > last.bottom or between.get(first.page, nowhere)[0] < first.top:
        return False
    turned = heights.get(last.page) != heights.get(first.page)
    return turned or (abs(last.x0 - first.x0) <= EDGE and abs(last.x1 - first.x1) <= EDGE)


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def _row(table: Table, row: int) -> list[str]:
    return [_key(c.text) for c in table.cells if c.row == row]


def _append(a: Table, b: Table) -> Table:
    """`b` put under `a`; leading rows of `b` that repeat the first rows of `a` are left out, a cut row is made whole."""
    repeated = 0
    while repeated < min(a.n_rows, b.n_rows, 3) and any(_row(b, repeated)) and _row(a, repeated) == _row(b, repeated):
        repeated += 1
    rest = [c for c in b.cells if c.row >= repeated]
    cut = repeated < b.n_rows and _is_cut(a, b, repeated)
    shift = a.n_rows - repeated - (1 if cut else 0)
    moved = [replace(c, row=c.row + shift) for c in rest]
    cells = list(_merge_cut(a.cells, moved, a.n_rows - 1)) if cut else [*a.cells, *moved]
    n_rows = a.n_rows + b.n_rows - repeated - (1 if cut else 0)
    accuracy = min(a.accuracy, b.accuracy)
    return replace(a, regions=(*a.regions, *b.regions), n_rows=n_rows, cells=tuple(cells), accuracy=accuracy)


def _is_cut(a: Table, b: Table, row: int) -> bool:
    """The break went through a row: its first cell is empty below it, or the words run on in lower case."""
    above = {c.col: c.text for c in a.cells if c.row + c.row_span == a.n_rows}
    below = {c.col: c.text for c in b.cells if c.row == row}
    if not below or not above or set(above) != set(below):
        return False
    first = min(below)
    if not below[first].strip():
        return any(t.strip() for t in below.values())
    runs_on = [c for c in below if below[c][:1].islower() and above.get(c, "").strip() and above[c].rstrip()[-1:] not in ".:;!?"]
    return bool(runs_on) and below[first][:1].islower()


def _merge_cut(above: Sequence[Cell], below: Sequence[Cell], row: int) -> Iterable[Cell]:
    rest = {c.col: c for c in below if c.row == row}
    for c in above:
        other = rest.pop(c.col, None) if c.row + c.row_span - 1 == row else None
        if other is None:
            yield c
            continue
        text = "\n".join(t for t in (c.text, other.text) if t)
        yield replace(c, text=text, regions=(*c.regions, *other.regions), row_span=max(c.row_span, row - c.row + other.row_span))
    yield from (c for c in below if c.row != row)
    yield from rest.values()
