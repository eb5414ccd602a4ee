"""Rows and columns told from where words stand: gutters that no word crosses, base lines, lines that carry on
a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Rule, Word
from extractors.tables.grid import Grid, Place, grid_of, words_in
from extractors.tables.heads import Line, Stack, places_of, stack_of
from extractors.text.figures import is_figure

GUTTER = 0.55
"""A gutter is so many times the type size wide, at least."""
HALF_LINE = 0.25
"""Rows whose words share so much height, of the type size, without standing over one another are one row."""
SLIVER = 1.0
"""Where two lines' words just touch is no column, in points."""
NARROWEST = 0.4
"""What the gaps of all rows have in common may be narrower than each: so many times the type size, at
least."""
CROSSERS = 0.2
"""The share of rows that may cross a gutter: headings that span columns, section rows."""

NOTE = re.compile(r"\(\w\)$|[*†‡§]+$")
NOTE_GAP = 0.9
"""A footnote's mark belongs to the figure before it, up to so many times the type size away."""
TIGHT = 0.2
TYPEWRITER = 0.06
"""The widths of letters differ by less than this share of the type size, word by word."""
THOUSANDS = re.compile(r"[-–(£$€]*\d{1,3}(?:,\d{3})+\)?$")
FEWEST_BANDS = 3
STACKED = 0.2
"""The share of bands between rules that may hold figures under one another where rules part rows."""


def columns_of(
    rows: Sequence[Sequence[Word]], bands: Sequence[Sequence[Sequence[Word]]] | None = None
) -> list[tuple[float, float]]:
    """(x0, x1) of the columns in which the rows' words stand: one column when no gutter runs through them.

    `bands` are the rows in groups that each count once: the lines of one row of the table.
    """
    words = [w for row in rows for w in row]
    if not words:
        return []
    size = median(w.size for w in words)
    left, right = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    bands = bands or [[row] for row in rows]
    allowed = int(CROSSERS * len(bands)) if len(bands) > 4 else int(len(bands) > 2)
    step, gutter = 0.5, gutter_of(words, size)
    cells = int((right - left) / step) + 2
    cover = [0] * cells
    for band in bands:
        for a, b in _united([piece for row in band for piece in stretches(row, size, gutter)]):
            for i in range(int((a - left) / step), min(cells, int((b - left) / step) + 1)):
                cover[i] += 1
    out: list[tuple[float, float]] = []
    start: int | None = None
    for i, n in enumerate([*cover, 0]):
        if n > allowed and start is None:
            start = i
        elif n <= allowed and start is not None:
            x0, x1 = left + start * step, left + i * step
            if out and x0 - out[-1][1] < NARROWEST * size:
                out[-1] = (out[-1][0], x1)
            elif x1 - x0 > SLIVER:
                out.append((x0, x1))
            start = None
    return _with_thin_columns(out, rows, allowed, size, gutter)


def _united(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches of a band's lines, those that overlap as one."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(pieces):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def stretches(row: Sequence[Word], size: float, gutter: float = 0.0) -> list[tuple[float, float]]:
    """What a row covers, word spaces closed: gaps below `gutter` points, or the usual share of the type
    size."""
    out: list[tuple[float, float]] = []
    last = ""
    for w in row:
        near = NOTE_GAP * size if NOTE.match(w.text) else gutter or GUTTER * size
        if out and w.box.x0 - out[-1][1] < near and not _apart(last, w, out[-1][1]):
            out[-1] = (out[-1][0], max(out[-1][1], w.box.x1))
        else:
            out.append((w.box.x0, w.box.x1))
        last = w.text
    return out


def _apart(last: str, w: Word, end: float) -> bool:
    """Two whole numbers of several thousands beside one another are two cells, however close."""
    return w.box.x0 - end >= TIGHT * w.size and bool(THOUSANDS.match(last) and THOUSANDS.match(w.text))


def gutter_of(words: Sequence[Word], size: float) -> float:
    """How wide a gap is wider than a word space, in points: a typewriter's spaces are as wide as its
    letters."""
    widths = [(w.box.x1 - w.box.x0) / len(w.text) / w.size for w in words if len(w.text) > 2 and w.size > 0]
    if widths and max(widths) - min(widths) < TYPEWRITER:
        return max(GUTTER, 1.5 * median(widths)) * size
    return GUTTER * size


def _with_thin_columns(
    columns: list[tuple[float, float]],
    rows: Sequence[Sequence[Word]],
    allowed: int,
    size: float,
    gutter: float,
) -> list[tuple[float, float]]:
    """Columns that few rows fill are seen only where nothing else stands: added from the stretches that touch
    no column."""
    if not allowed:
        return columns
    pieces = [stretches(row, size, gutter) for row in rows]
    heads = next((i for i, row in enumerate(rows) if any(is_figure(w.text) for w in row[1:])), 0)
    fullest = max((len(p) for p in pieces[: heads + 1]), default=0)
    loose = [
        s
        for i, own in enumerate(pieces)
        if i >= heads or len(own) == fullest  # a head over several columns is in none of them
        for s in own
        if not any(s[0] < x1 and s[1] > x0 for x0, x1 in columns)
    ]
    out = list(columns)
    for a, b in loose:
        i = next((i for i, (x0, x1) in enumerate(out) if a < x1 and b > x0), None)
        if i is None:
            out.append((a, b))
        else:
            out[i] = (min(out[i][0], a), max(out[i][1], b))
    return sorted(out)


def with_half_lines(rows: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The rows, those of a label over two lines put together with the figures that stand half a line
    lower."""
    out: list[list[Word]] = []
    for row in rows:
        top = min(w.box.top for w in row)
        near = [w for w in out[-1] if w.box.bottom - top > HALF_LINE * w.size] if out else []
        if near and not any(a.box.x0 < b.box.x1 and b.box.x0 < a.box.x1 for a in near for b in row):
            out[-1] = sorted([*out[-1], *row], key=lambda w: w.box.x0)
        else:
            out.append(list(row))
    return out


def edges_of(
    columns: Sequence[tuple[float, float]], x0: float, x1: float, near: float = float("inf")
) -> list[float]:
    """Boundaries of the columns: the outer edges and the middles of the gutters, no further than `near` left
    of what they part off."""
    return [
        min(x0, columns[0][0]),
        *(max((a[1] + b[0]) / 2, b[0] - near) for a, b in pairwise(columns)),
        max(x1, columns[-1][1]),
    ]


def grid_from_words(
    box: Box,
    words: Sequence[Word],
    cuts: Sequence[float],
    engine: str,
    columns: Sequence[tuple[float, float]] | None = None,
    level: Sequence[Rule] = (),
    known: Sequence[Sequence[Line]] = (),
) -> Grid | None:
    """A grid over the words in `box`; level rules at `cuts` part rows for certain, `level` are all the
    page's, `known` the lines row by row where they are known. None when the words form no columns."""
    inside = [w for w in words_in(box, words) if not w.turned]
    rows = whole = [line for row in known for line in row] or with_half_lines(rows_of(inside))
    ruled = list(known) or ruled_bands(rows, cuts)
    found = list(columns) if columns else columns_of(rows, ruled)
    if len(found) < 2 or len(rows) < 2:
        return None
    size = median(w.size for w in inside)
    xs = edges_of(found, box.x0, box.x1, size if known else float("inf"))
    cut = _head_rule(rows, cuts)
    stack = stack_of(rows, found, cut, [r for r in level if r.horizontal], gutter_of(inside, size))
    if stack is not None:
        ruled = _below(known, stack.lines) or (ruled_bands(rows[stack.lines :], cuts) if ruled else [])
        rows = rows[stack.lines :]
    bands = (
        [[w for row in band for w in row] for band in ruled]
        if ruled
        else _bands(rows, xs, cuts, headed=bool(stack))
    )
    heads = _lines_of_heads(stack, whole) if stack else []
    bands = [*heads, *bands]
    if len(bands) < 2 and not known:
        return None
    ys = [
        box.top,
        *((max(w.box.bottom for w in a) + min(w.box.top for w in b)) / 2 for a, b in pairwise(bands)),
        box.bottom,
    ]
    places: list[Place] = places_of(stack, ys, xs, box.page) if stack else []
    for i, band in enumerate(bands):
        if i >= len(heads):
            places += _row_places(band, xs, i, box._replace(top=ys[i], bottom=ys[i + 1]))
    return grid_of(places, engine)


def _below(rows: Sequence[Sequence[Line]], lines: int) -> list[Sequence[Line]]:
    """The rows without their first so many lines."""
    out: list[Sequence[Line]] = []
    for row in rows:
        if row[lines:]:
            out.append(row[lines:])
        lines = max(0, lines - len(row))
    return out


def _lines_of_heads(stack: Stack, rows: Sequence[Sequence[Word]]) -> list[list[Word]]:
    starts = [0, *(after for after, _ in stack.rows)]
    return [[w for row in rows[a:b] for w in row] for a, b in pairwise(starts)]


def ruled_bands(rows: Sequence[Sequence[Word]], cuts: Sequence[float]) -> list[list[Sequence[Word]]]:
    """The lines between each two rules, where rules part every row: three bands or more, hardly one of which
    holds two figures under one another. Empty where rules part only groups of rows."""
    bands: list[list[Sequence[Word]]] = []
    for row in rows:
        middle = median(w.box.middle[1] for w in row)
        if bands and not any(median(w.box.middle[1] for w in bands[-1][-1]) < c < middle for c in cuts):
            bands[-1].append(row)
        else:
            bands.append([row])
    stacked = sum(any(_under(a, b) for a, b in pairwise(band)) for band in bands)
    if len(bands) < FEWEST_BANDS or stacked > STACKED * len(bands):
        return []
    return bands


def _under(above: Sequence[Word], below: Sequence[Word]) -> bool:
    """Two lines that are two rows: figures under figures."""
    figures = [[w for w in row if is_figure(w.text)] for row in (above, below)]
    return any(a.box.x0 < b.box.x1 and b.box.x0 < a.box.x1 for a in figures[0] for b in figures[1])


def _head_rule(rows: Sequence[Sequence[Word]], cuts: Sequence[float]) -> float:
    """The first rule that has lines above and below it; 0 where there is none."""
    top, bottom = rows[0][0].box.bottom - 2, min(w.box.top for w in rows[-1])
    return min((c for c in cuts if top < c <= bottom + 2), default=0.0)


def _bands(
    rows: Sequence[Sequence[Word]], xs: Sequence[float], cuts: Sequence[float], *, headed: bool
) -> list[list[Word]]:
    """Lines put together into rows of the table; `headed` when its head was taken off before."""
    bands: list[list[Word]] = []
    first_cut = 0.0 if headed else _head_rule(rows, cuts)
    for row in rows:
        top = min(w.box.top for w in row)
        ruled_off = bands and any(max(w.box.bottom for w in bands[-1]) - 3 <= c <= top + 3 for c in cuts)
        in_head = top < first_cut
        if bands and not ruled_off and _carries_on(bands[-1], row, xs, in_head):
            bands[-1].extend(row)
        else:
            bands.append(list(row))
    return bands


def _carries_on(band: Sequence[Word], row: Sequence[Word], xs: Sequence[float], in_head: bool) -> bool:
    """Whether the line belongs to the row above: a head of several lines, or words that carry on a cell."""
    size = median(w.size for w in row)
    if min(w.box.top for w in row) - max(w.box.bottom for w in band) > 0.9 * size:
        return False
    cells, above = _cells(row, xs), _cells(band, xs)
    if any(span > 1 for _, span, _ in _spans(band, xs)) or any(span > 1 for _, span, _ in _spans(row, xs)):
        return False
    if in_head:
        return True
    if (
        any(is_figure(t) for t in cells.values())
        or len(cells) >= max(2, len(above))
        or not set(cells) <= set(above)
    ):
        return False
    return all(
        t[:1].islower()
        or t[:1] in "(&"
        or above[c][-1:] in ",&-"
        or above[c].endswith((" and", " of", " the", " for"))
        for c, t in cells.items()
    )


def _cells(words: Sequence[Word], xs: Sequence[float]) -> dict[int, str]:
    out: dict[int, str] = {}
    for w in words:
        c = _column(w, xs)
        out[c] = f"{out[c]} {w.text}" if c in out else w.text
    return out


def _column(w: Word, xs: Sequence[float]) -> int:
    x = w.box.middle[0]
    return max(0, min(len(xs) - 2, sum(1 for edge in xs[1:-1] if x > edge)))


def _spans(words: Sequence[Word], xs: Sequence[float]) -> list[tuple[int, int, list[Word]]]:
    """(column, columns covered, words) of each stretch of the row: one that crosses an edge without a clear
    gap spans it."""
    out: list[tuple[int, int, list[Word]]] = []
    for w in sorted(words, key=lambda w: w.box.x0):
        c = _column(w, xs)
        if out:
            start, span, own = out[-1]
            last = own[-1]
            together = (
                w.box.x0 - last.box.x1 < GUTTER * w.size and abs(w.box.top - last.box.top) < 0.6 * w.size
            )
            if c < start + span or (together and c == start + span):
                out[-1] = (start, max(span, c - start + 1), [*own, w])
                continue
        out.append((c, 1, [w]))
    return out


def _row_places(band: Sequence[Word], xs: Sequence[float], row: int, box: Box) -> list[Place]:
    spans = (
        {start: span for start, span, _ in _spans(band, xs)}
        if len({round(w.box.top) for w in band}) <= 2
        else {}
    )
    places: list[Place] = []
    col = 0
    while col < len(xs) - 1:
        span = spans.get(col, 1)
        places.append((row, col, 1, span, box._replace(x0=xs[col], x1=xs[min(col + span, len(xs) - 1)])))
        col += span
    return places
