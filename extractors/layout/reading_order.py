"""Words to lines in reading order: rows by base line, columns where a gutter runs down several rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from extractors.layout.markers import is_marker
from extractors.model import Line, Word

COLUMN_ROWS = 4
"""So many rows with words on both sides of one gutter make columns."""
COLUMN_LETTERS = 14
"""Both columns' rows are at least so long on average: a column of labels or of numbers is not a column of
prose."""
GUTTER = 9.0
"""Points that a gutter is wide, at least."""


def rows_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a base line, left to right; rows from top to bottom. A superscript belongs to the row
    it touches."""
    if len(words) < 2:
        return [[w] for w in words]
    rows: list[tuple[float, list[Word]]] = []
    band = 1.01 * max(w.box.bottom - w.box.top for w in words) or 1.0  # no row reaches over more than two
    by_band: dict[float, list[tuple[float, float, list[Word]]]] = {}
    for w in sorted(words, key=_largest_first):
        _, _, top, _, bottom = w.box
        middle, height = (top + bottom) / 2, bottom - top
        for row_top, row_bottom, row in by_band.get(middle // band, ()):
            if row_top <= middle <= row_bottom and abs((row_top + row_bottom) / 2 - middle) <= max(
                0.45 * (row_bottom - row_top), 0.5 * height
            ):
                row.append(w)
                break
        else:
            begun = [w]
            rows.append((middle, begun))
            for at in {top // band, bottom // band}:
                by_band.setdefault(at, []).append((top, bottom, begun))
    rows.sort(key=itemgetter(0))
    return [sorted(row, key=_left_first) for _, row in rows]


def _largest_first(w: Word) -> tuple[int, float, float]:
    return -round(w.size), w.box.top, w.box.x0


def _left_first(w: Word) -> tuple[float, float]:
    return w.box.x0, w.box.x1


def segments(line: Sequence[Word]) -> list[list[Word]]:
    """A row cut where the gap is wider than any word space; a list marker stays with its text."""
    out: list[list[Word]] = []
    for w in line:
        if out:
            last = out[-1][-1]
            gap = w.box.x0 - last.box.x1
            if gap <= max(16.0, 1.8 * w.size) or (len(out[-1]) == 1 and is_marker(last.text) and gap < 60):
                out[-1].append(w)
                continue
        out.append([w])
    return out


def lines_of_page(words: Sequence[Word], width: float) -> list[Line]:
    """The page's words as lines, left column before right where there are columns. Turned words come last."""
    upright = [w for w in words if not w.turned]
    lines = [Line(tuple(row)) for row in _ordered(rows_of(upright), width)]
    turned: dict[int, list[Word]] = {}
    for w in words:
        if w.turned:
            turned.setdefault(round(w.box.x0 / 6), []).append(w)
    return [*lines, *(Line(tuple(column)) for column in turned.values())]


def _ordered(rows: list[list[Word]], width: float) -> Iterator[list[Word]]:
    at = 0
    while at < len(rows):
        band = _column_band(rows, at)
        if band is None:
            yield rows[at]
            at += 1
            continue
        end, gutter = band
        left = [[w for w in row if w.box.x1 <= gutter] for row in rows[at:end]]
        right = [[w for w in row if w.box.x1 > gutter] for row in rows[at:end]]
        yield from _ordered([r for r in left if r], gutter)
        yield from _ordered([r for r in right if r], width)
        at = end


def _column_band(rows: list[list[Word]], start: int) -> tuple[int, float] | None:
    """From `start`, the rows that one gutter runs through: their end and the gutter's middle; None where
    prose runs across."""
    cut = segments(rows[start])
    if len(cut) < 2:
        return None
    best: tuple[int, float] | None = None
    for left, right in pairwise(cut):
        low, high, end, both = left[-1].box.x1, right[0].box.x0, start + 1, 1
        lefts, rights = [_letters(rows[start], 0, low)], [_letters(rows[start], high, 1e9)]
        for row in rows[start + 1 :]:
            l1, h0 = _around(row, (low + high) / 2)
            l1, h0 = max(low, l1), min(high, h0)
            if h0 - l1 < GUTTER:
                break
            low, high, end = l1, h0, end + 1
            a, b = _letters(row, 0, low), _letters(row, high, 1e9)
            lefts += [a] if a else []
            rights += [b] if b else []
            both += bool(a and b)
        prose = (
            both
            and sum(lefts) / max(1, len(lefts)) >= COLUMN_LETTERS
            and sum(rights) / max(1, len(rights)) >= COLUMN_LETTERS
        )
        if both >= COLUMN_ROWS and prose and (best is None or end > best[0]):
            best = end, (low + high) / 2
    return best


def _around(row: Sequence[Word], x: float) -> tuple[float, float]:
    """Where the words left of x end and those right of it begin; a word across x closes the gutter."""
    low, high = 0.0, 1e9
    for w in row:
        if w.box.x0 < x < w.box.x1:
            return x, x
        if w.box.x1 <= x:
            low = max(low, w.box.x1)
        else:
            high = min(high, w.box.x0)
    return low, high


def _letters(row: Sequence[Word], x0: float, x1: float) -> int:
    return sum(len(w.text) for w in row if w.box.x0 >= x0 - 0.5 and w.box.x1 <= x1 + 0.5)
