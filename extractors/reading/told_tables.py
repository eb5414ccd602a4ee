"""Tables that say what prose says elsewhere: rolls of people in minutes, agendas set as tables, votes and
decisions in rows. Their rows become blocks to be read.

A table of anything else stays out of the text: its cells are rows of `table_cells`, and sentences in them are
nobody's decisions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.layout.reading_order import rows_of, segments
from extractors.mentions.names import is_person
from extractors.mentions.people import parse_person
from extractors.model import Block, Line, PartKind, Word
from extractors.reading.decided_tables import SIDE, decided, is_of_votes
from extractors.reading.minuted_tables import Columns, columns_in, minuted

Row = Sequence[Sequence[Word]]
STATUS = re.compile(r"present|absent|excused|apolog(?:y|ies)|regrets|late|remote(?:ly)?|virtual", re.I)
MARK = re.compile(r"[xX✓✔√•*☒☑]|[Yy]es")
"""A mark in a column of a table of who was there."""
LABEL = re.compile(
    r"(?:(?:members|councillors)\s+)?(?:present|attendance|in\s+attendance|apologies|absent)\s*:?", re.I
)
HEAD_OF_LIST = re.compile(
    r"(?:[A-Za-z][\w’'&]*\s+){0,4}?(?:present|attendance|attending|apologies|absent|excused|regrets)\s*:?",
    re.I,
)
""" "Board Members Present" beside "Absent" at the head of a table: a list a column."""
ITEM = re.compile(r"^\(?\d{1,3}(?:\.\d{1,2})?[.)]?$")
MOVED = re.compile(
    r"(?:moved|motion\s+by|proposed\s+by|seconded)\b.*[A-Z]|(?:carried|motion\s+(?:carried|lost|passed|failed))\b",
    re.I,
)
"""A cell that begins as a line about a motion does."""
FEWEST = 2
ROLL_SET_IN_A_TABLE = re.compile(
    r"^\W*(?:members\s+|councillors\s+)?(?:present|councillors|members|in\s+attendance|attendance"
    r"|apologies)\b[^.]{0,40}:\s*(?:Cl|Cr|Co|M[rs]|The)",
    re.I,
)
"""A table that begins with a roll's label and a title runs on as text: label and names in cells side by
side."""


def told(blocks: Sequence[Block], kind: PartKind) -> Iterator[Block]:
    """The blocks, a table as those that its rows make; a table of minutes goes on over the pages under its
    first head."""
    columns: Columns | None = None
    for block in blocks:
        rows = (
            [segments(row) for row in rows_of([w for w in block.words if not w.turned])]
            if block.kind == "table" and kind in ("minutes", "other")
            else []
        )
        columns = (
            columns_in(rows) or columns
            if rows
            else columns
            if block.kind == "table"
            else None
            if block.kind == "heading"
            else columns
        )
        if rows and columns:
            yield from minuted(rows, columns, block.body_size)
        else:
            yield from told_in(block, kind)


def told_in(block: Block, kind: PartKind) -> Iterator[Block]:
    """The block itself; a table as the blocks that its rows make, or nothing when it tells no roll and no
    agenda."""
    if block.kind != "table":
        yield block
        return
    if kind == "minutes" and ROLL_SET_IN_A_TABLE.search(block.text):
        yield block
        return
    rows = [segments(row) for row in rows_of([w for w in block.words if not w.turned])]
    if kind == "minutes" and (lines := _labelled(rows)):
        yield Block("paragraph", tuple(lines), body_size=block.body_size)
        return
    if kind == "minutes" and _is_roll(rows) and not is_of_votes(rows):
        first = next(
            i for i, row in enumerate(rows) if _names_somebody(row)
        )  # what stands above the first name is the head
        if (
            first
            and len(rows[first - 1]) > 1
            and all(HEAD_OF_LIST.fullmatch(_text(c)) for c in rows[first - 1])
        ):
            lines = _by_column(rows[first - 1], rows[first:])
            yield Block("paragraph", tuple(lines), body_size=block.body_size)
            return
        label = tuple(Line(tuple(row[0])) for row in rows[:first][-1:] if LABEL.fullmatch(_text(row[0])))
        rows = _marked(rows[:first], rows[first:]) or rows[first:]
        yield Block(
            "paragraph",
            (*label, *(line for row in rows for line in _people_lines(row))),
            body_size=block.body_size,
        )
    elif kind == "minutes" and (blocks := decided(rows, block.body_size)):
        yield from blocks
    elif kind == "minutes" and any(_says_who(row) for row in rows):
        for row in rows:  # movers and outcomes set apart in their lines are no columns
            yield Block(
                "paragraph", (Line(tuple(w for cell in row for w in cell)),), body_size=block.body_size
            )
    elif (
        kind == "agenda"
        and sum(bool(ITEM.match(row[0][0].text)) for row in rows if len(row) > 1 or len(row[0]) > 1) >= FEWEST
    ):
        yield from _items(rows)


def _says_who(row: Row) -> bool:
    """A line of minutes: who moved it, how it ended, or a side of a vote with its names."""
    first = _text(row[0])
    return bool(MOVED.match(first) or (len(row) > 1 and SIDE.match(first)))


def _marked(heads: Sequence[Row], rows: Sequence[Row]) -> list[Row] | None:
    """Rows of names with a mark in the column that says how they attended: the mark told as the column's
    head. None where the table has no such columns."""
    columns = [cell for row in heads for cell in row if STATUS.fullmatch(_text(cell))]
    if not columns or not any(MARK.fullmatch(_text(cell)) for row in rows for cell in row[1:]):
        return None

    def told_as(cell: Sequence[Word]) -> Sequence[Word]:
        if not MARK.fullmatch(_text(cell)):
            return cell
        middle = (cell[0].box.x0 + cell[-1].box.x1) / 2
        head = min(columns, key=lambda c: abs((c[0].box.x0 + c[-1].box.x1) / 2 - middle))
        return [replace(cell[0], text=_text(head))]

    return [[row[0], *(told_as(cell) for cell in row[1:])] for row in rows]


def _labelled(rows: Sequence[Row]) -> list[Line]:
    """ "Present | Ann Foss, Bo Lund" above "Apologies | Cara Marsh": rows that labels of a roll begin, as
    lines with a colon; none where only one does or others stand between."""
    heads = [bool(LABEL.fullmatch(_text(row[0]))) and len(row) > 1 for row in rows]
    if sum(heads) < FEWEST or not heads[0]:
        return []
    lines: list[Line] = []
    for row, head in zip(rows, heads, strict=True):
        words = [w for cell in row for w in cell]
        if head and not _text(row[0]).endswith(":"):
            words[len(row[0]) - 1] = replace(row[0][-1], text=row[0][-1].text + ":")
        lines.append(Line(tuple(words)))
    return lines


def _by_column(heads: Row, rows: Sequence[Row]) -> Iterator[Line]:
    """Each column's head and the lines below it, the left column's first."""
    starts = [cell[0].box.x0 for cell in heads]
    held: list[list[Line]] = [[Line(tuple(cell))] for cell in heads]
    for row in rows:
        for cell in row:
            near = min(range(len(starts)), key=lambda i: abs(starts[i] - cell[0].box.x0))
            held[near].append(Line(tuple(cell)))
    for lines in held:
        yield from lines


def _text(words: Sequence[Word]) -> str:
    return " ".join(w.text for w in words)


def _is_roll(rows: Sequence[Sequence[Sequence[Word]]]) -> bool:
    """Most rows name somebody in their first or second cell."""
    return sum(map(_names_somebody, rows)) >= max(FEWEST, 0.6 * len(rows))


def _names_somebody(row: Sequence[Sequence[Word]]) -> bool:
    return any(is_person(_text(cell)) or parse_person(_text(cell)) is not None for cell in row[:2])


def _people_lines(row: Sequence[Sequence[Word]]) -> Iterator[Line]:
    """A line a cell; a post in the cell after a name goes with the name, set off by a comma."""
    cells = list(row)
    if len(cells) == 2 and is_person(_text(cells[0])) and not is_person(_text(cells[1])):
        name = list(cells[0])
        name[-1] = replace(name[-1], text=name[-1].text.rstrip(",") + ",")
        yield Line((*name, *cells[1]))
        return
    yield from (Line(tuple(cell)) for cell in cells)


def _items(rows: Sequence[Sequence[Sequence[Word]]]) -> Iterator[Block]:
    """A numbered block for each row that begins with a number; a row without one carries on the block before
    it."""
    current: list[Line] = []
    for row in rows:
        line = Line(tuple(w for cell in row for w in cell))
        if ITEM.match(row[0][0].text):
            yield from _item(current)
            current = [line]
        elif current:
            current.append(line)
    yield from _item(current)


def _item(lines: list[Line]) -> Iterator[Block]:
    if lines and len(lines[0].words) > 1:
        yield Block("numbered", tuple(lines), lines[0].words[0].text)
