"""Tables of minutes that record votes and decisions: who voted how, the record of a motion, applications and
letters with what was decided on each. Their rows become the lines that prose would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.model import Block, Line, Word

Row = Sequence[Sequence[Word]]
"""A printed row: its stretches of words."""

SIDE = re.compile(
    r"^(?:(?:those\s+|members\s+|councillors\s+)?(?:voting\s+)?(?:for|against|in\s+favou?r(?:\s+of)?|opposed(?:\s+to)?)"
    r"(?:\s+the\s+(?:motion|amendment|proposal|recommendation))?|ayes?|yeas?|yes|noe?s?|nays?"
    r"|abst\w+|absent|excused|not\s+voting)(?:\s*(?:viz\.?|[:–—-])?\s*\(?\d{1,2}\)?)?\W*$",
    re.I,
)
"""The head of a column of votes."""
MARK = re.compile(r"^(?:x|✓|✔|√|•|●|yes|aye)$", re.I)
RECORD = re.compile(
    r"^(?:result|mover|seconder|moved(?:\s+by)?|seconded(?:\s+by)?|ayes|nays|noes|yeas|for|against|abst\w+|absent"
    r"|excused|vote|motion|action)\s*:?$",
    re.I,
)
"""The first cell of a row of a motion's record: "MOVER:"."""
VERDICT = re.compile(
    r"^(?:resolved|agreed|no\s+objections?|objections?|object|support(?:ed)?|no\s+(?:further\s+)?(?:comments?"
    r"|observations?|action)|noted?|received|deferred|approved|accepted|declined|refused)\b(?!\s+by\b)",
    re.I,
)
"""What a last cell says was decided."""
BESIDE_ITS_NAMES = re.compile(r"^(?:ayes|yeas|noes|nays|abstain\w*|abstentions?|absent)\s*:\s*\S", re.I)
"""A side of a vote and its names in one cell, what is beside it a number: "YEAS: Foss, Lund", "2"."""
FEWEST = 2
SHARE = 0.5
"""Of a table's rows, the least that must be so."""
SLACK = 5.0
"""Points that a cell's words may stand left of its column's head."""


def decided(rows: Sequence[Row], body_size: float) -> list[Block] | None:
    """The table as blocks, None where it records no votes and no decisions."""
    if not rows or max(map(len, rows)) < 2:
        return None
    lines = _of_votes(rows) or _of_marks(rows) or _of_record(rows) or _of_verdicts(rows)
    if not lines:
        return None
    return [Block("paragraph", (line,), body_size=body_size) for line in lines]


def is_of_votes(rows: Sequence[Row]) -> bool:
    """Its columns are headed by sides of a vote, or its rows labelled as a motion's record."""
    return bool(rows) and bool(_of_votes(rows) or _of_marks(rows) or _of_record(rows))


def _of_votes(rows: Sequence[Row]) -> list[Line]:
    """A line a side, "For: Foss, Lund"; or a line a member, "Foss – Aye", where the columns hold marks."""
    heads = [cell for cell in rows[0] if SIDE.match(_text(cell))]
    if len(heads) < FEWEST or len(rows[0]) - len(heads) > 1:
        return []
    if len({_text(cell).lower() for cell in heads}) < len(heads):
        return _of_several_lists(rows[1:], heads)
    starts = [cell[0].box.x0 for cell in heads]
    sides: list[list[Word]] = [[*cell[:-1], _ending(cell[-1], ":")] for cell in heads]
    members: list[Line] = []
    for row in rows[1:]:
        cells = _columns([w for cell in row for w in cell], starts)
        marked = [n for n, words in cells.items() if n >= 0 and len(words) == 1 and MARK.match(words[0].text)]
        if -1 in cells and len(marked) == 1:
            mark = replace(cells[marked[0]][0], text=f"– {_text(heads[marked[0]]).strip(' :')}")
            members.append(Line((*cells[-1], mark)))
            continue
        for n, words in cells.items():
            if n >= 0:
                sides[n] += [*words[:-1], _ending(words[-1], ",")]
    return members or [Line(tuple(words)) for words in sides]


def _of_several_lists(rows: Sequence[Row], heads: Sequence[Sequence[Word]]) -> list[Line]:
    """A line a member, where members and their marks stand in several lists side by side, each under the same
    sides."""
    lines: list[Line] = []
    for row in rows:
        name: list[Word] = []
        for word in (w for cell in row for w in cell):
            if not MARK.match(word.text):
                name.append(word)
            elif name:
                side = _text(_above(word, heads)).strip(" :")
                lines.append(Line((*name, replace(word, text=f"– {side}"))))
                name = []
    return lines


def _of_marks(rows: Sequence[Row]) -> list[Line]:
    """A line a member, "Foss – Aye", where the columns are members and the rows sides with marks in them."""
    heads = next((row for row in rows if len(row) > FEWEST), rows[0])
    sides = [row for row in rows if row is not heads and SIDE.match(_text(row[0]))]
    if len(sides) < FEWEST or any(SIDE.match(_text(cell)) for cell in heads):
        return []
    label = sides[0][0][0].box.x0
    members = [cell for cell in heads if cell[0].box.x0 > label + SLACK]
    lines: list[Line] = []
    for row in sides:
        for cell in row[1:]:
            if not all(MARK.match(w.text) for w in cell):
                return []
            lines += [
                Line((*_above(w, members), replace(w, text=f"– {_text(row[0]).strip(' :')}"))) for w in cell
            ]
    return lines


def _above(mark: Word, heads: Sequence[Sequence[Word]]) -> Sequence[Word]:
    """The head whose middle is nearest to the mark's."""
    middle = (mark.box.x0 + mark.box.x1) / 2
    return min(heads, key=lambda cell: abs((cell[0].box.x0 + cell[-1].box.x1) / 2 - middle))


def _of_record(rows: Sequence[Row]) -> list[Line]:
    """A line a row: "MOVER: Jo Foss"."""
    if BESIDE_ITS_NAMES.match(_text(rows[0][0])):
        return [Line(tuple(w for cell in row for w in cell)) for row in rows]
    labelled = [row for row in rows if len(row) > 1 and RECORD.match(_text(row[0]))]
    if len(labelled) < FEWEST or len(labelled) < SHARE * len(rows):
        return []
    lines: list[Line] = []
    for row in rows:
        words = tuple(w for cell in row for w in cell)
        if len(row) > 1 or not lines:
            first = len(row[0])
            words = (*row[0][:-1], _ending(row[0][-1], ":"), *words[first:])
            lines.append(Line(words))
        else:
            lines[-1] = Line((*lines[-1].words, *words))
    return lines


def _of_verdicts(rows: Sequence[Row]) -> list[Line]:
    """A line a row, its cells set off by dashes: "18/0361/FUL – 2 Dell Hill – porch – No objection"."""
    width = max(map(len, rows))
    verdicts = [row for row in rows if len(row) >= FEWEST and VERDICT.match(_text(row[-1]))]
    if len(verdicts) < FEWEST or len(verdicts) < SHARE * (len(rows) - 1):
        return []
    starts = [cell[0].box.x0 for cell in next(row for row in rows if len(row) == width)]
    records: list[dict[int, list[Word]]] = []
    for row in rows:
        cells = _columns([w for cell in row for w in cell], starts)
        if 0 in cells or not records:
            records.append({})
        for n, words in cells.items():
            records[-1].setdefault(max(n, 0), []).extend(words)
    return [Line(tuple(_joined(record))) for record in records]


def _joined(record: dict[int, list[Word]]) -> Iterator[Word]:
    last = max(record)
    for n in sorted(record):
        *words, end = record[n]
        yield from words
        yield end if n == last else _ending(end, " –")


def _columns(words: Sequence[Word], starts: Sequence[float]) -> dict[int, list[Word]]:
    """The words by column; -1 is left of the first."""
    cells: dict[int, list[Word]] = {}
    for w in words:
        column = max((n for n, x in enumerate(starts) if w.box.x0 >= x - SLACK), default=-1)
        cells.setdefault(column, []).append(w)
    return cells


def _ending(word: Word, sign: str) -> Word:
    return word if word.text.endswith(sign.strip()) else replace(word, text=word.text + sign)


def _text(words: Sequence[Word]) -> str:
    return " ".join(w.text for w in words)
