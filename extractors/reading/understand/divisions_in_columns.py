"""Divisions in columns: names under "For" and "Against" side by side, or a mark under one of them in each
member's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.layout.reading_order import rows_of
from extractors.model import Word
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import SIDES, Division, choice_of, names_listed
from schemas.decisions import Choice

SIDE = "|".join(look for _, look in SIDES)
HEADS = re.compile(rf"^\W*(?:(?:names?|members?|councillors?)\s+)?(?:(?:{SIDE})\W*){{2,6}}$", re.I)
"""Nothing but the heads of two columns or more: "For Against", "AYE NAY ABSENT"."""
HEAD = re.compile(rf"\b(?:{SIDE})\b", re.I)
MARK = re.compile(r"^(?:x|✓|✔|√|•|●|1|yes|aye)$", re.I)
"""What is set under the head of a column in a member's row."""
NOBODY = re.compile(r"^\W*(?:none|nil|-+|–)\W*$", re.I)
ENDS = re.compile(r"\b(?:total|motion|amendment|carried|lost|passed|failed|declared)\b", re.I)
SLACK = 12.0
"""Points that a column's words may stand left of its head."""
APART = 9.0
"""Points between two columns' heads, at least, from the end of one to the next."""
MOST_ROWS = 40
"""Segments that such a list may run over."""


def columns_at(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """The division in columns whose heads are segment i, and the segment after it."""
    heads = _heads(segments[i])
    if len(heads) < 2:
        return None
    out, k = Division(), i + 1
    while k < len(segments) and k < i + MOST_ROWS:
        end = ENDS.search(segments[k].text)
        rows = list(_rows(segments[k], end.start() if end else None))
        if not rows or not all(_takes(out, segments[k], row, heads) for row in rows):
            break
        k += 1
        if end:
            break
    return (out, k) if len(out.ballots) > 1 else None


def _heads(s: Segment) -> list[tuple[float, Choice]]:
    """Where each column begins, and what it is of."""
    if not HEADS.match(s.text):
        return []
    out: list[tuple[float, Choice]] = []
    places = _placed(s)
    for m in HEAD.finditer(s.text):
        word = next((w for w, at in places if at >= m.start()), None)
        if word is None or (out and word.box.x0 < out[-1][0] + APART):
            return []
        out.append((word.box.x0, choice_of(m.group())))
    return out


def _placed(s: Segment) -> list[tuple[Word, int]]:
    """The segment's words with their places in its text."""
    out: list[tuple[Word, int]] = []
    at = 0
    for word in s.words:
        found = s.text.find(word.text.rstrip("\u00ad"), at)
        if found >= 0:
            out.append((word, found))
            at = found + 1
    return out


def _rows(s: Segment, end: int | None) -> Iterator[list[tuple[Word, int]]]:
    """The printed rows of a segment, up to `end` of its text."""
    placed = {id(w): at for w, at in _placed(s) if end is None or at < end}
    for row in rows_of([w for w in s.words if id(w) in placed]):
        yield [(w, placed[id(w)]) for w in row]


def _takes(
    out: Division, s: Segment, row: Sequence[tuple[Word, int]], heads: list[tuple[float, Choice]]
) -> bool:
    """Add the names of a row; False where it holds anything else."""
    cells: dict[int, list[tuple[Word, int]]] = {}
    for word, at in row:
        column = max((n for n, (x, _) in enumerate(heads) if word.box.x0 >= x - SLACK), default=-1)
        cells.setdefault(column, []).append((word, at))
    marked = [n for n, cell in cells.items() if n >= 0 and len(cell) == 1 and MARK.match(cell[0][0].text)]
    if -1 in cells:
        return len(marked) == 1 and _name(out, s, cells[-1], heads[marked[0]][1])
    return all(_name(out, s, cell, heads[n][1]) for n, cell in cells.items())


def _name(out: Division, s: Segment, cell: Sequence[tuple[Word, int]], choice: Choice) -> bool:
    """Add the names of a cell; False where they are none."""
    start, end = cell[0][1], cell[-1][1] + len(cell[-1][0].text)
    text = s.text[start:end]
    if NOBODY.match(text):
        return True
    names = names_listed(text)
    for name, a, b in names:
        out.ballots.append((name, choice, s.start + start + a, s.start + start + b))
    return bool(names)
