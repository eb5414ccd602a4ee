"""Minutes and decisions set in a table: a row an item, with columns for its number, what was said or decided,
and who is to act.

Parishes, partnerships and decision notices print them so. Each row becomes the blocks that it would be in
prose: a heading, paragraphs, and a line "Action: ..." for what the last column says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.layout.markers import is_marker
from extractors.model import Block, Line, Word

Row = Sequence[Sequence[Word]]
"""A printed row: its stretches of words."""

NUMBER = re.compile(
    r"^(?:(?:item|no|min(?:ute)?|ref)\.?\s*/\s*(?:ref|no|number|item)\.?|item|items"
    r"|no|no\.|ref|ref\.|minute no\.?|minute number|min\.? ?no\.?|agenda item"
    r"|agenda item no\.?|#|item no\.?|number|subject|topic|agenda topic|heading)$",
    re.I,
)
TEXT = re.compile(
    r"^(?:minutes?|discussion|discussions?(?: and| &|/) (?:decisions?|actions?)|notes?|details?"
    r"|decisions?|business|summary|resolutions?|key points|matters? discussed|discussion points"
    r"|decision taken|minute and resolution"
    r"|minutes?\s*/\s*(?:matters?|notes?|discussion|decisions?)(?:\s+\w+)?"
    r"|(?:subject|topic|matter|item)s?(?: and| &|/) (?:decisions?|discussions?|minutes?|resolutions?))$",
    re.I,
)
ACTION = re.compile(
    r"^(?:actions?\s*[/,]?\s*(?:by\s+)?who(?:m)?(?:\s*[/,]\s*(?:by\s+)?when)?"
    r"|actions?|action by|action(?: for)?|owner|lead|who|by whom|responsible|action(?:s)? (?:and"
    r"|&) owner|action required)$",
    re.I,
)
ITEM_NUMBER = re.compile(r"^(?:[A-Z]{0,5}\s?\d{1,4}(?:[./-]\d{1,4}){0,2}(?:\([a-z0-9]{1,3}\))?[.):]?)$")
CLAUSE = re.compile(r"^(?:\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[•●▪‣–—-])$")
DASHES = ("–", "—", "-")
LEAST_ROWS = 6
"""Printed rows of a table without a head that say what its columns are."""
SLACK = 5.0
"""Points that a cell's words may stand left of its head's."""
FEWEST = 2
GAP = 1.65
"""A base-line step of so many times the type size begins another paragraph."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns begin, and which of them is what; columns after them (officers, dates) are nobody's
    words."""

    starts: tuple[float, ...]
    text: int
    action: int | None

    def of(self, word: Word) -> int:
        """The column that the word stands in."""
        return max((i for i, x in enumerate(self.starts) if word.box.x0 >= x - SLACK), default=0)


def columns_in(rows: Sequence[Row]) -> Columns | None:
    """The columns that the table's head names; None when it is no table of minutes."""
    for row in rows[:2]:
        names = [" ".join(w.text for w in cell).strip(" :") for cell in row]
        text = next((i for i, n in enumerate(names) if i and TEXT.match(n)), None)
        last = ACTION.match(names[-1]) and (NUMBER.match(names[0]) or TEXT.match(names[0]))
        if text is None and last and len(names) > 1:
            return _item_and_action(rows, row)
        if len(names) >= 2 and NUMBER.match(names[0]) and text is not None:
            action = next((i for i, n in enumerate(names) if i > text and ACTION.match(n)), None)
            return Columns(tuple(cell[0].box.x0 for cell in row), text, action)
    return _without_a_head(rows)


def _without_a_head(rows: Sequence[Row]) -> Columns | None:
    """Two columns without a head: numbered headings on the left and sentences beside them."""
    pairs = [row for row in rows if len(row) == 2]
    if len(pairs) < LEAST_ROWS:
        return None
    left = min(cell[0].box.x0 for row in rows for cell in row)
    starts = sorted(row[1][0].box.x0 for row in pairs)
    right = starts[len(starts) // 2]
    heads = [row[0] for row in rows if row[0][0].box.x0 <= left + SLACK and _is_numbered_head(row[0])]
    beside = [w.text for row in rows for cell in row for w in cell if w.box.x0 >= right - SLACK]
    under = [w for row in rows for cell in row for w in cell if w.box.x0 < right - SLACK]
    in_line = sum(abs(x - right) <= SLACK for x in starts)
    sentences = sum(word.endswith(".") and len(word) > 3 for word in beside)
    if len(heads) < 2 or in_line < 0.8 * len(pairs) or len(beside) < 2 * len(under) or sentences < len(heads):
        return None
    return Columns((left, right), 1, None)


def _is_numbered_head(cell: Sequence[Word]) -> bool:
    return len(cell) > 1 and bool(ITEM_NUMBER.match(cell[0].text)) and cell[1].text[:1].isupper()


def _item_and_action(rows: Sequence[Row], head: Row) -> Columns:
    """The columns under "Item" and "Action", or "No | Item | Action"; numbers may stand left of them under no
    head, or in one column with the words."""
    starts = tuple(cell[0].box.x0 for cell in head)
    left = min((row[0][0].box.x0 for row in rows if row is not head), default=starts[0])
    if len(starts) == FEWEST and left < starts[0] - SLACK:
        starts = (left, *starts)
    return Columns(starts, len(starts) - 2, len(starts) - 1)


@dataclass
class Item:
    """A row of the table as it grows over printed rows: lines by column."""

    head: list[Line] = field(default_factory=lambda: list[Line]())
    text: list[Line] = field(default_factory=lambda: list[Line]())
    action: list[Line] = field(default_factory=lambda: list[Line]())


def minuted(rows: Sequence[Row], columns: Columns, body_size: float) -> Iterator[Block]:
    """The rows' blocks, the head left out."""
    item: Item | None = None
    for row in rows[1:] if columns_in(rows[:1]) else rows:
        cells: dict[int, list[Word]] = {}
        for w in (w for stretch in row for w in stretch):
            cells.setdefault(columns.of(w), []).append(w)
        if 0 in cells and (item is None or _begins(cells[0], item, words_too=columns.text == 0)):
            if item:
                yield from _blocks(item, body_size)
            item = Item()
        item = item or Item()
        for column, words in cells.items():
            target = (
                item.action
                if column == columns.action
                else item.text
                if column == columns.text
                else item.head
                if column < columns.text
                else None
            )
            if target is not None:
                target.append(Line(tuple(words)))
    if item:
        yield from _blocks(item, body_size)


def _begins(words: Sequence[Word], item: Item, *, words_too: bool) -> bool:
    """A number begins an item; words in the first column do when the item above has said something since its
    own. `words_too`: what was said stands in that column too."""
    if words_too:
        return bool(ITEM_NUMBER.match(words[0].text)) and len(words) > 1
    if not item.head:
        return bool(ITEM_NUMBER.match(words[0].text)) or bool(item.text)
    last = item.head[-1]
    bare = len(last.words) == 1 and bool(
        ITEM_NUMBER.match(last.words[0].text)
    )  # a column of numbers and nothing else
    apart = (
        words[0].box.page != last.words[0].box.page
        or words[0].box.bottom - last.box.bottom > GAP * words[0].size
    )
    return (bool(ITEM_NUMBER.match(words[0].text)) and (bare or apart)) or (bool(item.text) and apart)


def _blocks(item: Item, body_size: float) -> Iterator[Block]:
    text = item.text
    head = [w for line in item.head for w in line.words]
    if (
        head and len(head) == 1 and ITEM_NUMBER.match(head[0].text) and text and text[0].bold
    ):  # the title stands beside its number, in bold
        title = next((n for n, line in enumerate(text) if not line.bold), len(text))
        head, text = [*head, *(w for line in text[:title] for w in line.words)], text[title:]
    if head:
        marker = head[0].text if len(head) > 1 and is_marker(head[0].text) else ""
        yield Block("heading", (Line(tuple(head)),), marker, body_size=body_size)
    paragraphs, actions = list(_paragraphs(text)), list(_paragraphs(item.action))
    beside = [_beside(lines, paragraphs, alone=len(actions) == 1) for lines in actions]
    for n, lines in enumerate(paragraphs):
        marker = (
            lines[0].words[0].text if len(lines[0].words) > 1 and is_marker(lines[0].words[0].text) else ""
        )
        yield Block("numbered" if marker else "paragraph", tuple(lines), marker, body_size=body_size)
        yield from (_action(a, body_size) for a, at in zip(actions, beside, strict=True) if at == n)
    yield from (_action(a, body_size) for a, at in zip(actions, beside, strict=True) if at < 0)


def _beside(action: Sequence[Line], paragraphs: Sequence[Sequence[Line]], *, alone: bool) -> int:
    """Which paragraph what is to be done stands beside: the last that begins no lower. One `alone` beside the
    first may be of them all: it comes after the last. -1 where there is none."""

    def place(line: Line) -> tuple[int, float]:
        return line.words[0].box.page, line.box.bottom

    page, bottom = place(action[0])
    above = [n for n, p in enumerate(paragraphs) if place(p[0]) <= (page, bottom + SLACK)]
    at = above[-1] if above else 0
    return len(paragraphs) - 1 if at == 0 and (alone or not above) else at


def _action(lines: Sequence[Line], body_size: float) -> Block:
    """The words of the last column as a paragraph that says "Action: ..."."""
    first = lines[0].words[0]
    said = (
        lines[0].words
        if first.text.lower().startswith("action")
        else (replace(first, text=f"Action: {first.text}"), *lines[0].words[1:])
    )
    return Block("paragraph", (Line(tuple(said)), *lines[1:]), body_size=body_size)


def _is_listed(line: Line, above: Line, dashes: int) -> bool:
    """Whether a marker begins the line; a dash alone in its cell may stand in a broken sentence: "– item
    9" below "Cllr Foss"."""
    first = line.words[0].text
    if first in DASHES and dashes == 1 and not above.words[-1].text.endswith((".", ";", ":")):
        return False
    return len(line.words) > 1 and bool(CLAUSE.match(first))


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines run on until a gap, or until a marker begins another."""
    group: list[Line] = []
    dashes = sum(line.words[0].text in DASHES for line in lines)
    for line in lines:
        if group:
            last = group[-1]
            step = line.box.bottom - last.box.bottom
            other_page = line.words[0].box.page != last.words[0].box.page
            if other_page or step > GAP * max(line.size, 1) or _is_listed(line, last, dashes):
                yield group
                group = []
        group.append(line)
    if group:
        yield group
