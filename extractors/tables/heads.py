"""Stacked heads: a line of heads that each stand over several columns, the columns' own heads below it.

What a head stands over is told by a rule below it that is as long as its columns, by its own width, or by
labels below that repeat ("Male Female Male Female"). Heads of columns that nothing spans reach down the
stack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.model import Box, Rule, Word
from extractors.tables.grid import Place
from extractors.text.figures import is_figure

MOST_LINES = 6
NEAR = 1.1
"""A rule belongs to the words above it that are no further away than this many times the type size."""
YEARS = 4

Columns = Sequence[tuple[float, float]]
Line = Sequence[Word]


@dataclass(frozen=True, slots=True)
class Span:
    """Columns `first` to `last` under one head."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stack:
    """A head of several rows: for each row its lines (indices) and what its heads span."""

    lines: int
    rows: tuple[tuple[int, tuple[Span, ...]], ...]
    """(index after the row's last line, its spans) from top to bottom; the last row spans nothing."""


def stack_of(
    rows: Sequence[Line], columns: Columns, end: float, level: Sequence[Rule], gap: float
) -> Stack | None:
    """The stack at the top of the table's lines; None where no head spans columns.

    `end` is where the head's own rule lies, 0 without one; `level` are the level rules in and near the table;
    words closer than `gap` points are one head.
    """
    count = _head_lines(rows, columns, end)
    if not 2 <= count <= min(MOST_LINES, len(rows) - 1) or len(columns) < 3:
        return None
    found = [_spans(rows[i], rows[i + 1], columns, level, gap) for i in range(count - 1)]
    if not any(found) or not found[0]:
        return None
    parts: list[tuple[int, tuple[Span, ...]]] = []
    for i, spans in enumerate(found):
        if not spans:
            break
        if parts and spans == parts[-1][1]:
            parts.pop()
        parts.append((i + 1, spans))
    return Stack(count, (*parts, (count, ())))


def _head_lines(rows: Sequence[Line], columns: Columns, end: float) -> int:
    if end:
        return sum(max(w.box.bottom for w in row) < end + 2 for row in rows)
    edge = columns[0][1]
    for i, row in enumerate(rows):
        later = [w for w in row if w.box.x0 > edge and is_figure(w.text)]
        if later and not all(len(w.text) == YEARS and w.text.isdigit() for w in later):
            return i
    return 0


def _spans(line: Line, below: Line, columns: Columns, level: Sequence[Rule], gap: float) -> tuple[Span, ...]:
    """What the line's heads span, from left to right; empty when two of them would share a column."""
    heads = _pieces(line, gap)
    under = _pieces(below, gap)
    out: list[Span] = []
    repeated = _repeated(under, columns)
    for head in heads:
        span = _by_rule(head, columns, level) or _by_width(head, under, columns)
        if span is None and repeated:
            middle = (head[0].box.x0 + head[-1].box.x1) / 2
            span = next((s for s in repeated if columns[s.first][0] <= middle <= columns[s.last][1]), None)
        if span is not None:
            out.append(span)
    out.sort(key=lambda s: s.first)
    if any(a.last >= b.first for a, b in pairwise(out)):
        return ()
    return tuple(out)


def _pieces(line: Line, gap: float) -> list[list[Word]]:
    out: list[list[Word]] = []
    for w in line:
        if out and w.box.x0 - out[-1][-1].box.x1 < gap:
            out[-1].append(w)
        else:
            out.append([w])
    return out


def _by_rule(head: Sequence[Word], columns: Columns, level: Sequence[Rule]) -> Span | None:
    bottom, middle = max(w.box.bottom for w in head), (head[0].box.x0 + head[-1].box.x1) / 2
    for r in level:
        if not (-2 <= r.top - bottom <= NEAR * head[0].size and r.x0 <= middle <= r.x1):
            continue
        over = [i for i, (x0, x1) in enumerate(columns) if r.x0 - 4 <= (x0 + x1) / 2 <= r.x1 + 4]
        if 2 <= len(over) < len(columns):
            return Span(over[0], over[-1])
    return None


def _by_width(head: Sequence[Word], under: Sequence[Sequence[Word]], columns: Columns) -> Span | None:
    """Two columns or more whose own heads, or their middles, lie below the head's width."""
    x0, x1 = head[0].box.x0, head[-1].box.x1
    below = [(p[0].box.x0, p[-1].box.x1) for p in under]
    over = [
        i
        for i, (a, b) in enumerate(columns)
        if x0 - 1 <= (a + b) / 2 <= x1 + 1
        or any(a <= (c + d) / 2 <= b and c < x1 - 2 and d > x0 + 2 for c, d in below)
    ]
    own = [i for i in over if any(columns[i][0] - 2 <= (c + d) / 2 <= columns[i][1] + 2 for c, d in below)]
    return Span(over[0], over[-1]) if len(own) >= 2 else None


def _repeated(under: Sequence[Sequence[Word]], columns: Columns) -> list[Span]:
    """Groups of columns whose labels come again and again in one order, two groups or more of two or more."""
    labels: list[tuple[int, str]] = []
    for piece in under:
        middle = (piece[0].box.x0 + piece[-1].box.x1) / 2
        col = next((i for i, (x0, x1) in enumerate(columns) if x0 - 3 <= middle <= x1 + 3), None)
        if col is not None:
            labels.append((col, " ".join(w.text.lower() for w in piece)))
    for size in range(2, len(labels) // 2 + 1):
        for start in range(len(labels) - 2 * size + 1):
            first = [text for _, text in labels[start : start + size]]
            groups: list[Span] = []
            at = start
            while [text for _, text in labels[at : at + size]] == first:
                groups.append(Span(labels[at][0], labels[at + size - 1][0]))
                at += size
            if len(set(first)) == size and len(groups) >= 2:
                return groups
    return []


def places_of(stack: Stack, ys: Sequence[float], xs: Sequence[float], page: int) -> list[Place]:
    """The stack's cells; `ys` are the edges of its rows, `xs` those of the columns."""
    last = len(stack.rows)
    out: list[Place] = []
    for row, (_, spans) in enumerate(stack.rows):
        for s in spans:
            out.append(
                (
                    row,
                    s.first,
                    1,
                    s.last - s.first + 1,
                    Box(page, xs[s.first], ys[row], xs[s.last + 1], ys[row + 1]),
                )
            )
    for c in range(len(xs) - 1):
        rows = [r for r, (_, spans) in enumerate(stack.rows) if any(s.first <= c <= s.last for s in spans)]
        first = max(rows) + 1 if rows else 0
        out.append((first, c, last - first, 1, Box(page, xs[c], ys[first], xs[c + 1], ys[last])))
        if rows and min(rows) > 0:
            out.append((0, c, min(rows), 1, Box(page, xs[c], ys[0], xs[c + 1], ys[min(rows)])))
    return out
