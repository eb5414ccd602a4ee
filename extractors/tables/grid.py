"""A table's cells on one page, whatever found them, and the words put into them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.markers import is_bullet
from extractors.layout.reading_order import rows_of
from extractors.model import Box, Cell, Rule, Shade, Table, Word, closes_up, cover
from extractors.text.figures import is_figure

Place = tuple[int, int, int, int, Box]
"""(row, col, row_span, col_span, box) of a cell."""
WORDS = "words"
"""The engine of tables that only words show."""
SLIVER = 9.0
"""A column or row narrower than this without a word of its own is the gap between two rules, not a column, in
points."""
CLEAR = 0.6
"""A gap between words so many times the type size is wider than a word space: what stands on both sides are
two cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table on one page; `engine` says what found them."""

    box: Box
    n_rows: int
    n_cols: int
    cells: tuple[Place, ...]
    engine: str = "pdfplumber-lines"


def grid_of(places: Iterable[Place], engine: str) -> Grid:
    """A grid around the places, whose rows and columns are counted from them."""
    cells = tuple(sorted(places))
    n_rows = max(r + rs for r, _, rs, _, _ in cells)
    n_cols = max(c + cs for _, c, _, cs, _ in cells)
    return Grid(cover(p[4] for p in cells)[0], n_rows, n_cols, cells, engine)


def words_in(box: Box, words: Sequence[Word]) -> list[Word]:
    """The words whose centres lie in the box."""
    _, x0, top, x1, bottom = box
    return [
        w
        for w in words
        if x0 <= ((b := w.box).x0 + b.x1) / 2 <= x1 and top <= (b.top + b.bottom) / 2 <= bottom
    ]


def tidy(grid: Grid, words: Sequence[Word], drawn: Sequence[Rule] = ()) -> Grid:
    """Slivers between rules merged away, spanning cells whose words stand in several columns parted, header
    lines that only a shading parts put together. `drawn` are the level rules that were drawn as lines."""
    inside = words_in(grid.box, words)
    return _join_header_lines(_part_spans(_without_slivers(grid, inside), inside), inside, drawn)


# --- slivers ---


def _without_slivers(grid: Grid, words: Sequence[Word]) -> Grid:
    """Columns and rows that are narrow and hold no word's centre go; their space is added to a neighbour."""
    owned = [words_in(box, words) for *_, box in grid.cells]
    columns = _dead(
        grid.n_cols,
        [(c, cs, b.x1 - b.x0, bool(own)) for (_, c, _, cs, b), own in zip(grid.cells, owned, strict=True)],
    )
    rows = _dead(
        grid.n_rows,
        [
            (r, rs, b.bottom - b.top, bool(own))
            for (r, _, rs, _, b), own in zip(grid.cells, owned, strict=True)
        ],
    )
    if not columns and not rows:
        return grid
    col_of, row_of = _renumbered(grid.n_cols, columns), _renumbered(grid.n_rows, rows)
    places: list[Place] = []
    for row, col, row_span, col_span, box in grid.cells:
        live_cols = [c for c in range(col, col + col_span) if c not in columns]
        live_rows = [r for r in range(row, row + row_span) if r not in rows]
        if live_cols and live_rows:
            places.append((row_of[live_rows[0]], col_of[live_cols[0]], len(live_rows), len(live_cols), box))
    if not places:
        return grid
    kept = tuple(sorted(places))
    return replace(grid, n_rows=grid.n_rows - len(rows), n_cols=grid.n_cols - len(columns), cells=kept)


def _dead(count: int, cells: Sequence[tuple[int, int, float, bool]]) -> set[int]:
    """Indices whose own cells (start, span, size, filled) are all slim and all empty."""
    out: set[int] = set()
    for i in range(count):
        own = [(size, filled) for start, span, size, filled in cells if start == i and span == 1]
        if own and not any(filled for _, filled in own) and max(size for size, _ in own) < SLIVER:
            out.add(i)
    return out if len(out) < count else set()


def _renumbered(count: int, dead: set[int]) -> dict[int, int]:
    alive = [i for i in range(count) if i not in dead]
    return {old: new for new, old in enumerate(alive)}


# --- spanning cells ---


def _part_spans(grid: Grid, words: Sequence[Word]) -> Grid:
    """A cell over several columns is parted where clear gaps in its words fall on the columns' edges."""
    edges = column_starts((c[1], c[4].x0) for c in grid.cells)
    places: list[Place] = []
    for place in grid.cells:
        row, col, row_span, col_span, box = place
        cuts = [edges.get(c) for c in range(col + 1, col + col_span)]
        own = words_in(box, words) if col_span > 1 and all(x is not None for x in cuts) else []
        if own and _stands_in_columns(own, [x for x in cuts if x is not None]):
            xs = [box.x0, *(x for x in cuts if x is not None), box.x1]
            places += [
                (row, col + i, row_span, 1, box._replace(x0=xs[i], x1=xs[i + 1])) for i in range(col_span)
            ]
        else:
            places.append(place)
    return replace(grid, cells=tuple(sorted(places)))


def column_starts(starts: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Where each column begins, left to right: the median of the (column, x) of its cells."""
    found: dict[int, list[float]] = {}
    for col, x in starts:
        found.setdefault(col, []).append(x)
    return {c: sorted(found[c])[len(found[c]) // 2] for c in sorted(found)}


def _stands_in_columns(words: Sequence[Word], cuts: Sequence[float]) -> bool:
    """No word crosses a cut, a clear gap lies over at least one cut in every line, and words stand in two
    columns or more."""
    rows = rows_of([w for w in words if not w.turned])
    if not rows:
        return False
    gaps = 0
    for row in rows:
        for a, b in pairwise(row):
            if any(a.box.x1 <= x + 1 and b.box.x0 >= x - 1 for x in cuts):
                if b.box.x0 - a.box.x1 < CLEAR * a.size:
                    return False
                gaps += 1
        if any(w.box.x0 < x - 1 and w.box.x1 > x + 1 for w in row for x in cuts):
            return False
    return gaps >= len(rows)


# --- header lines ---

HEAD_ROWS = 4


def _join_header_lines(grid: Grid, words: Sequence[Word], drawn: Sequence[Rule]) -> Grid:
    """Two rows at the top with no line between them, their words a line apart, are one row of two lines."""
    row = 0
    while row < min(HEAD_ROWS, grid.n_rows - 2):
        if _one_header(grid, row, words, drawn):
            grid = _merge_rows(grid, row)
        elif any(is_figure(w.text) for w in _row_words(grid, row, words)):
            break
        else:
            row += 1
    return grid


def _row_words(grid: Grid, row: int, words: Sequence[Word]) -> list[Word]:
    return [w for r, _, _, _, box in grid.cells if r == row for w in words_in(box, words)]


def _one_header(grid: Grid, row: int, words: Sequence[Word], drawn: Sequence[Rule]) -> bool:
    above, below = [c for c in grid.cells if c[0] == row], [c for c in grid.cells if c[0] == row + 1]
    if (
        not above
        or not below
        or any(c[3] > 1 or c[2] > 1 for c in (*above, *below))
        or {c[1] for c in above} != {c[1] for c in below}
    ):
        return False
    y = min(c[4].top for c in below)
    if any(abs(r.top - y) <= 2 and r.x0 < grid.box.x1 and r.x1 > grid.box.x0 for r in drawn):
        return False
    upper, lower = _row_words(grid, row, words), _row_words(grid, row + 1, words)
    if not upper or not lower or any(is_figure(w.text) for w in lower):
        return False
    filled_above = {c[1] for c in above if words_in(c[4], words)}
    filled_below = {c[1] for c in below if words_in(c[4], words)}
    return (
        filled_below <= filled_above
        and min(w.box.top for w in lower) - max(w.box.bottom for w in upper) < 0.5 * upper[0].size
    )


def _merge_rows(grid: Grid, row: int) -> Grid:
    places: list[Place] = []
    for r, c, rs, cs, box in grid.cells:
        if r == row:
            below = next((b for r2, c2, _, _, b in grid.cells if r2 == row + 1 and c2 == c), box)
            places.append((r, c, rs, cs, cover([box, below])[0]))
        elif r != row + 1:
            places.append((r - 1 if r > row else r, c, rs - 1 if r < row < r + rs - 1 else rs, cs, box))
    return replace(grid, n_rows=grid.n_rows - 1, cells=tuple(sorted(places)))


# --- one under another ---


def part_stacked(grid: Grid) -> list[Grid]:
    """Two tables that touch are two where no inner column edge runs on from the rows above to the rows
    below."""
    edges: list[tuple[int, set[int]]] = []
    for row in range(grid.n_rows):
        own = {round(c[4].x0) for c in grid.cells if c[0] <= row < c[0] + c[2]} - {round(grid.box.x0)}
        inner = {x for x in own if x - grid.box.x0 > 3}
        if inner:
            edges.append((row, inner))
    cuts = [
        b
        for (_, above), (b, below) in pairwise(edges)
        if not any(abs(x - y) <= 4 for x in above for y in below)
        and not any(c[0] < b < c[0] + c[2] for c in grid.cells)
    ]
    if not cuts:
        return [grid]
    bounds = [0, *cuts, grid.n_rows]
    return [_rows_between(grid, a, b) for a, b in pairwise(bounds)]


def _rows_between(grid: Grid, first: int, after: int) -> Grid:
    own = [c for c in grid.cells if first <= c[0] < after]
    columns = sorted({c[1] for c in own})
    index = {c: i for i, c in enumerate(columns)}
    places = [
        (r - first, index[c], rs, sum(1 for x in columns if c <= x < c + cs), box)
        for r, c, rs, cs, box in own
    ]
    return grid_of(places, grid.engine)


# --- words into cells ---


def read_grid(
    grid: Grid, words: Sequence[Word], shades: Sequence[Shade] = (), known: Collection[str] = ()
) -> Table:
    """The words of a page put into the grid's cells; `accuracy` is the share of its letters that found one.

    A cell takes the colour of a shade that covers its centre and most of it. `known` are the words that the
    paper prints, lower case: a word too wide for its column, broken without a hyphen, is made whole when the
    whole is among them.
    """
    inside: dict[int, list[Word]] = {}
    at_height: dict[float, list[tuple[int, Box]]] = {}  # the words of a line have their middle in common
    found = lost = 0
    for w in words_in(grid.box, words):
        x, y = w.box.middle
        if y not in at_height:
            at_height[y] = [(i, c[4]) for i, c in enumerate(grid.cells) if c[4].top <= y <= c[4].bottom]
        home = next((i for i, box in at_height[y] if box.x0 <= x <= box.x1), None)
        if home is None:
            lost += len(w.text)
        else:
            found += len(w.text)
            inside.setdefault(home, []).append(w)
    cells = tuple(_cell(place, inside.get(i, ()), known, shades) for i, place in enumerate(grid.cells))
    accuracy = found / (found + lost) if found + lost else 0.0
    return Table((grid.box,), grid.n_rows, grid.n_cols, cells, grid.engine, accuracy)


def _colour(box: Box, shades: Sequence[Shade]) -> str | None:
    """The last drawn of the shades over the cell's centre that fill most of it."""
    x, y = box.middle
    over = [
        s
        for s in shades
        if s.box.holds(x, y)
        and s.box.x1 - s.box.x0 > 0.5 * (box.x1 - box.x0)
        and s.box.bottom - s.box.top > 0.5 * (box.bottom - box.top)
    ]
    return over[-1].colour if over else None


def _cell(place: Place, words: Sequence[Word], known: Collection[str], shades: Sequence[Shade]) -> Cell:
    row, col, row_span, col_span, box = place
    rows = rows_of([w for w in words if not w.turned])
    lines = tuple(" ".join(w.text for w in r) for r in rows)
    turned = " ".join(w.text for w in words if w.turned)
    text = "\n".join([*_folded(rows, box, known), *([turned] if turned else [])])
    return Cell(
        row,
        col,
        text,
        (box,),
        row_span,
        col_span,
        lines=(*lines, *([turned] if turned else [])),
        bold=bool(words) and all(w.bold for w in words),
        colour=_colour(box, shades) if shades else None,
    )


MARGIN = 6.0
"""What a cell keeps free at its right side, in points: a word that would have fitted before it was moved down
on purpose."""


def _folded(rows: Sequence[Sequence[Word]], box: Box, known: Collection[str]) -> list[str]:
    """The cell's lines, wrapped ones put together: a break stays before a bullet and after a line that had
    room for the next word."""
    out: list[str] = []
    for i, row in enumerate(rows):
        text = " ".join(w.text for w in row)
        if not out or is_bullet(row[0].text) or _had_room(rows[i - 1], row[0], box):
            out.append(text)
        elif _was_broken(rows[i - 1][-1], row[0], box, known) or closes_up(out[-1], text):
            out[-1] += text
        else:
            out[-1] += " " + text
    return out


def _was_broken(last: Word, first: Word, box: Box, known: Collection[str]) -> bool:
    """The two are halves of one word that the column is too narrow for."""
    width = (last.box.x1 - last.box.x0) + (first.box.x1 - first.box.x0)
    whole = "".join(c for c in (last.text + first.text).lower() if c.isalpha())
    return (
        first.text[:1].islower()
        and last.text[-1:].isalpha()
        and width > box.x1 - box.x0 - 2 * MARGIN
        and whole in known
    )


def _had_room(above: Sequence[Word], word: Word, box: Box) -> bool:
    return above[-1].box.x1 + 0.28 * word.size + (word.box.x1 - word.box.x0) < box.x1 - MARGIN
