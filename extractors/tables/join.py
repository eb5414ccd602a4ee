"""Tables joined across pages: one that goes on over the break is one table, its repeated header printed
once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.model import Cell, Table, cover
from extractors.tables.grid import WORDS, column_starts
from extractors.text.sentences import ENDS

EDGE = 6.0
"""Points by which the edges of two halves may differ."""
NOWHERE = (float("inf"), float("-inf"))
CARRIES = re.compile(r"(?:[,&–-]|\b(?:and|of|the|for|to|in|with|a|on|by))$")


def join_tables(
    tables: Sequence[Table],
    sizes: Mapping[int, tuple[float, float]],
    between: Mapping[int, tuple[float, float]],
) -> list[Table]:
    """Join neighbours: the last table of a page with the first of the next, nothing printed between them,
    columns that agree.

    `sizes` gives each page's (width, height); `between` each page's (top of the first, bottom of the last)
    prose, in points, furniture left out; a page without prose has (inf, -inf).
    """
    out: list[Table] = []
    for table in sorted(tables, key=lambda t: (t.regions[0].page, t.regions[0].top, t.regions[0].x0)):
        if (
            out
            and _meet(out[-1], table, sizes, between)
            and (pair := _on_common_columns(out[-1], table, sizes))
        ):
            out[-1] = _append(*pair)
        else:
            out.append(table)
    return [
        piece
        for t in out
        for piece in part_by_heads(t)
        if sum(bool(c.text.strip()) for c in piece.cells) >= 2
    ]


def _meet(
    a: Table, b: Table, sizes: Mapping[int, tuple[float, float]], between: Mapping[int, tuple[float, float]]
) -> bool:
    """The end of one page and the beginning of the next, with no prose between."""
    last, first = a.regions[-1], b.regions[0]
    if first.page != last.page + 1:
        return False
    if between.get(last.page, NOWHERE)[1] > last.bottom or between.get(first.page, NOWHERE)[0] < first.top:
        return False
    # a table that ends in the upper half of its page was finished there, unless its next part has the same
    # head
    if _has_own_head(a, b):
        return False
    height = sizes.get(last.page, (0.0, 0.0))[1]
    return last.bottom > 0.5 * height or _repeats_head(a, b) > 0


# --- columns ---


def column_edges(table: Table, page: int) -> list[float]:
    """Where the table's columns begin on the page, by the cells of one column, from left to right."""
    starts = ((c.col, b.x0) for c in table.cells for b in c.regions if b.page == page)
    return list(column_starts(starts).values())


def _on_common_columns(
    a: Table, b: Table, sizes: Mapping[int, tuple[float, float]]
) -> tuple[Table, Table] | None:
    """Both tables over the same columns: as they are, or the one with fewer edges spread over the edges of
    the other."""
    last, first = a.regions[-1], b.regions[0]
    turned = sizes.get(last.page) != sizes.get(first.page)
    if a.n_cols == b.n_cols and (
        turned
        or _repeats_head(a, b) > 0
        or (abs(last.x0 - first.x0) <= EDGE and abs(last.x1 - first.x1) <= EDGE)
        or _begin_alike(a, b)
    ):
        return a, b
    if turned or a.n_cols == b.n_cols or (abs(last.x0 - first.x0) > EDGE and not _are_of_words(a, b)):
        return None
    above, below = column_edges(a, last.page), column_edges(b, first.page)
    if len(above) < 2 or len(below) < 2:
        return None
    if a.n_cols < b.n_cols:
        spread = _spread(a, above, below, b.n_cols)
        return (spread, b) if spread else None
    spread = _spread(b, below, above, a.n_cols)
    return (a, spread) if spread else None


def _are_of_words(a: Table, b: Table) -> bool:
    """No rules drew their sides: where a side lies tells what stands there, not where the table ends."""
    return a.engine == b.engine == WORDS


def _begin_alike(a: Table, b: Table) -> bool:
    above, below = column_edges(a, a.regions[-1].page), column_edges(b, b.regions[0].page)
    return (
        _are_of_words(a, b)
        and len(above) == len(below)
        and all(abs(x - y) <= EDGE for x, y in zip(above, below, strict=True))
    )


def _spread(table: Table, few: Sequence[float], many: Sequence[float], n_cols: int) -> Table | None:
    """The table with its columns numbered as among `many`; None where one of its edges is not among them."""
    place: dict[int, int] = {}
    own = sorted({c.col for c in table.cells})
    if len(own) != len(few):
        return None
    for col, x in zip(own, few, strict=True):
        near = min(range(len(many)), key=lambda i: abs(many[i] - x))
        if abs(many[near] - x) > EDGE or near in place.values():
            return None
        place[col] = near

    # the last of the fewer columns may end before the others begin: it does not then reach over them
    def reach(c: Cell) -> int:
        after = place.get(c.col + c.col_span)
        right = max(b.x1 for b in c.regions)
        return after if after is not None else max(place[c.col] + 1, sum(1 for x in many if x < right - EDGE))

    cells = tuple(replace(c, col=place[c.col], col_span=max(1, reach(c) - place[c.col])) for c in table.cells)
    return replace(table, n_cols=n_cols, cells=cells)


# --- rows ---


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def _row(table: Table, row: int) -> list[str]:
    return [_key(c.text) for c in table.cells if c.row == row]


def _repeats_head(a: Table, b: Table) -> int:
    """Leading rows of `b` that are those of `a`, three at most."""
    n = 0
    while n < min(a.n_rows, b.n_rows, 3) and any(_row(b, n)) and _row(a, n) == _row(b, n):
        n += 1
    return n


def _has_own_head(a: Table, b: Table) -> bool:
    """The first row of `b` has the words of that of `a` but for the first column: a table of its own beside
    others of its kind."""
    above, below = _row(a, 0), _row(b, 0)
    names = [t for t in below[1:] if t]
    return (
        above[1:] == below[1:]
        and above[0] != below[0]
        and bool(below[0])
        and len(names) >= 2
        and not any(t.isdigit() for t in names)
    )


def _append(a: Table, b: Table) -> Table:
    """`b` put under `a`; rows of `b` that repeat the head of `a` are left out, a cut row is made whole."""
    repeated = _repeats_head(a, b)
    rest = [c for c in b.cells if c.row >= repeated]
    cut = repeated < b.n_rows and _is_cut(a, b, repeated)
    shift = a.n_rows - repeated - (1 if cut else 0)
    moved = [replace(c, row=c.row + shift) for c in rest]
    cells = list(_merge_cut(a.cells, moved, a.n_rows - 1)) if cut else [*a.cells, *moved]
    n_rows = a.n_rows + b.n_rows - repeated - (1 if cut else 0)
    accuracy = min(a.accuracy, b.accuracy)
    return replace(a, regions=(*a.regions, *b.regions), n_rows=n_rows, cells=tuple(cells), accuracy=accuracy)


def _is_cut(a: Table, b: Table, row: int) -> bool:
    """The break went through a row: the cells below go on with what the cells above leave unfinished."""
    above = {c.col: c.text.strip() for c in a.cells if c.row + c.row_span == a.n_rows}
    below = {c.col: c.text.strip() for c in b.cells if c.row == row}
    if not below or not above or not set(below) <= set(above) or not any(below.values()):
        return False
    if not below[min(below)] and above[min(below)]:
        # nothing in the first column: the row goes on, unless every cell above was finished and the cells
        # below begin anew
        fresh = [
            c
            for c in below
            if below[c] and below[c][:1].isupper() and (ENDS.search(above[c]) or not above[c])
        ]
        return len(fresh) < sum(bool(t) for t in below.values())
    votes = [_goes_on(above[c], below[c]) for c in below if below[c] and above[c]]
    if not below[min(below)]:
        return bool(votes) and min(votes) >= 0
    return sum(votes) > 0 and sum(v > 0 for v in votes) > sum(v < 0 for v in votes)


def _goes_on(above: str, below: str) -> int:
    """1 when the text below carries on the text above, -1 when it begins something new, 0 when either may
    be."""
    if below[:1].islower() or CARRIES.search(above):
        return 1
    if re.match(r"^(?:\d+(?:\.\d+)*[.)]?\s|[-–£(]?\d)", below) or ENDS.search(above):
        return -1
    return 0


def _merge_cut(above: Sequence[Cell], below: Sequence[Cell], row: int) -> Iterable[Cell]:
    rest = {c.col: c for c in below if c.row == row}
    for c in above:
        other = rest.pop(c.col, None) if c.row + c.row_span - 1 == row else None
        if other is None:
            yield c
            continue
        glue = " " if _goes_on(c.text.strip(), other.text.strip()) > 0 else "\n"
        text = glue.join(t for t in (c.text, other.text) if t)
        yield replace(
            c,
            text=text,
            lines=(*c.lines, *other.lines),
            regions=(*c.regions, *other.regions),
            row_span=max(c.row_span, row - c.row + other.row_span),
        )
    yield from (c for c in below if c.row != row)
    yield from rest.values()


# --- apart again ---


def part_by_heads(table: Table) -> list[Table]:
    """Tables that touch, one under another, are told apart where a row, set bold like the first, repeats its
    words after the first column."""
    if table.n_rows < 4 or table.n_cols < 3:
        return [table]
    head = {c.col: _key(c.text) for c in table.cells if c.row == 0 and c.col and c.text.strip()}
    if len(head) < 2 or not _row_is_bold(table, 0):
        return [table]
    again = [
        r
        for r in range(2, table.n_rows - 1)
        if {c.col: _key(c.text) for c in table.cells if c.row == r and c.col and c.text.strip()} == head
        and _row_is_bold(table, r)
    ]
    bounds = [0, *again, table.n_rows]
    return [_rows_between(table, a, b) for a, b in pairwise(bounds)] if again else [table]


def _row_is_bold(table: Table, row: int) -> bool:
    filled = [c for c in table.cells if c.row == row and c.text.strip()]
    return bool(filled) and all(c.bold for c in filled)


def _rows_between(table: Table, first: int, after: int) -> Table:
    own = [replace(c, row=c.row - first) for c in table.cells if first <= c.row < after]
    return replace(
        table, regions=cover(b for c in own for b in c.regions), n_rows=after - first, cells=tuple(own)
    )
