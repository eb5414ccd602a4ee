"""A table's rows where no rule parts them: by the white between lines, and what a line leaves unfinished."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.model import Word
from extractors.tables.heads import Columns, Line
from extractors.tables.regions import bottom_of, top_of
from extractors.text.figures import is_figure

SAME = 0.22
"""Gaps that differ by less than this share of the type size are of one kind."""
LOOSE = 0.62
"""Lines further apart than this many times the type size are two rows, whatever they hold."""
WITHIN = 0.5
"""The share of the narrower gaps that are seen to lie within cells, at least, where they do."""
STACKED = 0.2
"""The share of them that may have figures on both sides."""
OPEN = re.compile(r"(?:[,&–-]|\b(?:and|of|the|for|to|in|with|a|on|by|or))$", re.I)


def bands_of(lines: Sequence[Line], columns: Columns, size: float) -> list[list[Line]]:
    """The lines in groups, each a row of the table, from top to bottom."""
    gaps = [top_of(b) - bottom_of(a) for a, b in pairwise(lines)]
    if not gaps:
        return [list(lines)]
    cells = [_texts(line, columns) for line in lines]
    limit = _row_gap(gaps, cells, size)
    out: list[list[Line]] = [[lines[0]]]
    begun = dict(cells[0])
    for gap, line, own in zip(gaps, lines[1:], cells[1:], strict=True):
        new = gap > limit if limit is not None else gap > LOOSE * size or not _carries_on(begun, own)
        if new:
            out.append([line])
            begun = dict(own)
        else:
            out[-1].append(line)
            begun |= own
    return out


def _row_gap(gaps: Sequence[float], cells: Sequence[dict[int, str]], size: float) -> float | None:
    """The gap above which a new row begins, where the gaps are of two kinds: those within cells, below which
    words carry on or some cells are full, and those between rows. None where they are of one kind."""
    limit = min(gaps) + SAME * size
    below = [pair for gap, pair in zip(gaps, pairwise(cells), strict=True) if gap <= limit]
    if len(below) == len(gaps):
        return None
    within = sum(_wraps(a, b) or not set(a) <= set(b) for a, b in below)
    rows = sum(_are_two_rows(a, b) for a, b in below)
    return limit if within >= WITHIN * len(below) and rows <= STACKED * len(below) else None


def _are_two_rows(above: dict[int, str], below: dict[int, str]) -> bool:
    """A figure stands under a figure."""
    return any(c in above and is_figure(t) and is_figure(above[c]) for c, t in below.items())


def _wraps(above: dict[int, str], below: dict[int, str]) -> bool:
    """Some cell below goes on with the text of the cell above."""
    return any(
        c in above and not is_figure(t) and (t[:1].islower() or OPEN.search(above[c]))
        for c, t in below.items()
    )


def _carries_on(above: dict[int, str], below: dict[int, str]) -> bool:
    """Whether a line belongs to the row above by its words alone: it fills nothing that the row has not, and
    goes on with it; a line without a first cell is the row's when its cells are words."""
    if not set(below) <= set(above) or any(is_figure(t) for t in below.values()):
        return False
    return all(t[:1].islower() or t[:1] in "(&" or OPEN.search(above[c]) for c, t in below.items()) or (
        0 not in below and len(below) < len(above)
    )


def cells_of(line: Line, columns: Columns) -> dict[int, list[Word]]:
    """The line's words by the column that they stand in or nearest to."""
    out: dict[int, list[Word]] = {}
    for w in line:
        x = w.box.middle[0]
        c = min(range(len(columns)), key=lambda i: max(columns[i][0] - x, x - columns[i][1], 0.0))
        out.setdefault(c, []).append(w)
    return out


def _texts(line: Line, columns: Columns) -> dict[int, str]:
    return {c: " ".join(w.text for w in own) for c, own in cells_of(line, columns).items()}
