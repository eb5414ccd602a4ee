"""Printed lines of a roll: those that run on joined, columns of a roll set side by side told one after the
other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.layout.reading_order import segments
from extractors.model import Word
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.understand.labels import labels_in

SAME_ROW = 3.0
"""Points by which base lines of one row may differ."""
ALIGNED = 30.0
"""Points by which a cell may stand off its column's edge."""
LITTLE_ROOM = 6.0
"""Points between a long name and the next list beside it, at least."""
APART = 34.0
"""Points between a column and the label of the next, at least: justified words stand wide apart too."""
FEW_WORDS = 4
MOST_PIECES = 0.7
"""Of a line of more than FEW_WORDS, the share of words that may stand apart as columns."""
TITLED = re.compile(
    r"(?:Councill?or|Cllr|Clr|Cr|Council\s?[Mm]ember|Councilm[ae]n|Alderman|Commissioner|Trustee|Mayor|Deputy\sMayor"
    r"|Mr|Mrs|Ms|Dr)\.?\s+[A-ZÀ-Þ]"
)
RUNNING = re.compile(r"(?:-|\b(?:by|from|of|that|to|the|with|for|were|was|are|[A-Z]\.?|[A-Z][a-z]{1,4}\.))$")
HEAD_RUNS_ON = re.compile(r"\b(?:present|attendance|absent)\s+(?:and|&)$", re.I)
""" "Present and" beside the names, "participating" in the next line: the label is in its own column."""
HALF_A_LABEL = re.compile(
    r"\b(?:in|members|officials|officers|also|staff|those|others?|and|of|the|for)$|&$", re.I
)
Placed = tuple[View, LineView]


def lines_of(sheet: Sheet, views: list[View]) -> Iterator[Placed]:
    """The views' lines, those that run on joined, a tab where the page leaves a column's gap."""
    edge = _right_edge(views)
    beside: _Columns | None = None
    for view in views:
        for line in _joined(sheet, view, edge, apart=beside is not None):
            cells = _cells(sheet, line)
            if beside and beside.take(view, cells):
                continue
            if beside:
                yield from beside.lines()
            beside = _columns_of(view, cells)
            if beside is None:
                yield view, line
    if beside:
        yield from beside.lines()


@dataclass
class _Columns:
    """Lists side by side: where each begins, and its lines."""

    starts: list[float]
    held: list[list[Placed]] = field(default_factory=lambda: list[list[Placed]]())

    def take(self, view: View, cells: list[LineView]) -> bool:
        """Add a line's cells; False where one stands in no column."""
        cells = self._parted(cells[0]) if len(cells) == 1 and any(self.held) else cells
        places = [self._column(cell) for cell in cells]
        if len(cells) == len(self.starts):  # columns set with spaces do not align
            places = list(range(len(cells)))
        if not cells or None in places or self._runs_across(cells):
            return False
        for cell, place in zip(cells, places, strict=True):
            self.held[place or 0].append((view, cell))
        return True

    def _runs_across(self, cells: list[LineView]) -> bool:
        """Whether a line of prose below the lists runs on under the next list."""
        return (
            bool(any(self.held))
            and len(cells) == 1
            and any(
                cells[0].words[0].box.x0 < start - ALIGNED and cells[0].words[-1].box.x1 > start + ALIGNED
                for start in self.starts[1:]
            )
        )

    def _parted(self, cell: LineView) -> list[LineView]:
        """A line that reaches over into the next list, cut where that list begins: a long name leaves it
        little room."""
        gaps = [right.box.x0 - left.box.x1 for left, right in pairwise(cell.words)]
        widest = max(gaps, default=0.0)
        across = any(cell.words[0].box.x0 < start < cell.words[-1].box.x1 for start in self.starts[1:])
        if not across or widest < LITTLE_ROOM or sorted(gaps)[-2:][0] > widest / 2:
            return [cell]
        n = gaps.index(widest) + 1
        at = _offset(cell, n)
        return [
            LineView(cell.text[:at].rstrip(), cell.start, cell.start + at, cell.words[:n]),
            LineView(cell.text[at:], cell.start + at, cell.end, cell.words[n:]),
        ]

    def _column(self, cell: LineView) -> int | None:
        x = cell.words[0].box.x0
        near = [i for i, start in enumerate(self.starts) if abs(x - start) <= ALIGNED]
        inside = [i for i, start in enumerate(self.starts) if i and x > start]
        return near[0] if near else inside[-1] if inside else None

    def lines(self) -> Iterator[Placed]:
        """Every column's lines, the left one's first."""
        return (placed for column in self.held for placed in column)


def _columns_of(view: View, cells: list[LineView]) -> _Columns | None:
    """The columns that a line opens whose second cell is a label."""
    if len(cells) < 2:
        return None
    labels = all(_is_head(cell.text, plain=True) for cell in cells)
    apart = [i for i in range(1, len(cells)) if labels or _gap(cells[i - 1], cells[i]) > APART]
    heads = [i for i in apart if labels or _is_head(cells[i].text)]
    if not heads or (_is_head(cells[0].text, colon=True) and len(cells) > 2):
        return None
    columns = _Columns([cells[0].words[0].box.x0, *(cells[i].words[0].box.x0 for i in heads)])
    columns.held = [[] for _ in columns.starts]
    return columns if columns.take(view, cells) else None


def _offset(line: LineView, n: int) -> int:
    """Where the word of that number stands in the line's text."""
    at = 0
    for word in line.words[:n]:
        at = line.text.find(word.text, at) + len(word.text)
    return at + len(line.text[at:]) - len(line.text[at:].lstrip())


def _gap(left: LineView, right: LineView) -> float:
    return right.words[0].box.x0 - left.words[-1].box.x1


def _begins_label(above: str, text: str) -> bool:
    """Whether a line begins with a label, so that the line above it ended on purpose."""
    if (":" not in text and not text.isupper()) or HALF_A_LABEL.search(above):
        return False
    return any(label.start <= 1 and not label.bare for label in labels_in(text, None)[:1])


def _is_head(text: str, *, colon: bool = False, plain: bool = False) -> bool:
    """Whether the cell is a label and nothing else, with a colon or in capitals unless `plain`."""
    found = labels_in(text, None)
    whole = len(found) == 1 and found[0].start <= 1 and not text[found[0].end :].strip()
    return whole and (plain or text.rstrip().endswith(":") or (text.isupper() and not colon))


def _joined(sheet: Sheet, view: View, edge: float, *, apart: bool) -> Iterator[LineView]:
    """The view's lines, one where several run on; a table's rows run on as one. `apart`: it stands in lists
    side by side, where a line with a column's gap is a row of its own."""
    lines = list(sheet.lines(view))
    table = view.block.kind == "table"
    gaps = set[int]() if _is_justified(lines) else {gap for line in lines for gap in _gaps_in(line)}
    if table:
        gaps |= {a.end for a, b in pairwise(lines) if _in_another_cell(a, b) and not _runs_on(a.text)}
    rows = {a.end for a, b in pairwise(lines) if _in_one_row(a, b)}
    gaps |= rows
    start: int | None = None
    words: list[Word] = []
    for n, line in enumerate(lines):
        start = line.start if start is None else start
        words += line.words
        after = lines[n + 1] if n + 1 < len(lines) else None
        row = apart and any(line.start <= gap < line.end for gap in gaps)
        if (
            after is not None
            and not row
            and (line.end in rows or _goes_on(line, after, edge, gaps, table=table))
        ):
            continue
        text = list(sheet.text[start : line.end].replace("\t", " "))
        for gap in gaps:
            if start <= gap < line.end and text[gap - start] == " ":
                text[gap - start] = "\t"
        yield LineView("".join(text), start, line.end, tuple(words))
        start, words = None, []


def _goes_on(line: LineView, after: LineView, edge: float, gaps: set[int], *, table: bool) -> bool:
    """Whether the next line carries this one on."""
    if _begins_label(line.text, after.text):
        return False
    return table or not _is_short(line, after, edge, gaps)


def _in_one_row(a: LineView, b: LineView) -> bool:
    """Whether the second line stands beside the first, in the same row of the page."""
    last, first = a.words[-1].box, b.words[0].box
    return (last.page, abs(first.bottom - last.bottom) < SAME_ROW, first.x0 - last.x1 > APART / 2) == (
        first.page,
        True,
        True,
    )


def _in_another_cell(a: LineView, b: LineView) -> bool:
    """In a table, whether the second line stands in the next cell rather than below the first."""
    last, first = a.words[-1].box, b.words[0].box
    beside = abs(first.bottom - last.bottom) < SAME_ROW and first.x0 - last.x1 > APART / 2
    return beside or first.bottom < last.bottom - SAME_ROW


def _is_justified(lines: list[LineView]) -> bool:
    """Words stand wide apart because a line was stretched to the edge, not because of columns."""
    long = [line for line in lines if len(line.words) > FEW_WORDS]
    return any(len(segments(line.words)) > MOST_PIECES * len(line.words) for line in long)


def _gaps_in(line: LineView) -> Iterator[int]:
    """Where in the sheet the spaces are that are a column's gap."""
    at = 0
    for piece in segments(line.words)[:-1]:
        for word in piece:
            bare = word.text.rstrip("\u00ad")
            found = line.text.find(bare, at)
            at = found + len(bare) if found >= 0 else at
        if not _runs_on(line.text[:at]) or HEAD_RUNS_ON.search(line.text[:at]):
            yield line.start + at


def _cells(sheet: Sheet, line: LineView) -> list[LineView]:
    """A line cut at its tabs."""
    out: list[LineView] = []
    at = line.start
    for text in line.text.split("\t"):
        words = tuple(sheet.words_at(at, at + len(text))) if text.strip() else ()
        if words:
            out.append(LineView(text, at, at + len(text), words))
        at += len(text) + 1
    return out


def _runs_on(text: str) -> bool:
    return text.rstrip().endswith((",", "&", " and"))


def _is_short(line: LineView, after: LineView, edge: float, gaps: set[int]) -> bool:
    """The line was ended on purpose: it has columns, or the next word would have fitted before the page's
    edge."""
    if _runs_on(line.text) or after.text[:1].islower():
        return False
    if TITLED.match(after.text) and not RUNNING.search(line.text):
        return True
    if "," not in line.text and any(line.start <= gap < line.end for gap in gaps):
        return True
    needed = after.words[0].box.x1 - after.words[0].box.x0
    return line.words[-1].box.x1 + needed + 8 < edge


def _right_edge(views: list[View]) -> float:
    ends = sorted(line.words[-1].box.x1 for view in views for line in view.block.lines if line.words)
    return ends[int(0.9 * (len(ends) - 1))] if ends else 0.0
