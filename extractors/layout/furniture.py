"""Page furniture: running heads and feet, page numbers, item stamps, blank-page notices. Taken off, kept as
labels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from extractors.layout.reading_order import rows_of
from extractors.model import Block, BlockKind, Box, Line, Page, Word

PAGE_NUMBER = re.compile(
    r"^(?:[-–—|]\s*)?(?:page|pg\.?|p\.)?\s*(?P<label>\d{1,4}|[ivxl]{1,6}"
    r"|[A-Z]{1,2}[-.]?\d{1,3})(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—|])?$",
    re.IGNORECASE,
)
"""A line that is a page number and nothing else: "Page 26", "26", "- 4 -", "3 of 12", "iv"."""

NUMBERED_HEAD = re.compile(r"\bpage\s+(?P<label>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\s*$", re.IGNORECASE)
"""A running head that ends in its page number: "Minutes – March 18, 2025 – Page 2"."""

ITEM_STAMP = re.compile(
    r"^(?:agenda\s+)?item\s*(?:no\.?|number|#)?\s*:?\s*(?P<number>\d{1,3}(?:[.-]?[a-z])?(?:\.\d{1,2}"
    r")?(?:\s?\([0-9a-z]{1,3}\))?|[a-z])$",
    re.IGNORECASE,
)
"""What a clerk's software prints on the first page of an item's papers: "Agenda Item 1(3)", "Item No. 7"."""

STAMP_ZONE = 0.25
"""How far down a page's first lines may stand and be a stamp: some clerks set it as the first line of the
paper itself."""
BLANK_NOTICE = re.compile(
    r"^\W*(?:this\s+)?page\s+(?:is\s+|has\s+been\s+)?(?:intentionally\s+)?(?:left\s+)?blank(?:\s+inte"
    r"ntionally)?\W*$",
    re.I,
)

HEAD_ZONE = 0.10
"""Share of the page's height, at the top and at the bottom, where furniture is looked for."""
SIDE_ZONE = 0.06
TITLE = 1.35
"""A line so many times the usual type size is a title, however often it stands at the top of a page."""
REPEATS = 3
"""A line in a margin that stands at the same height on so many pages is a running head."""


@dataclass
class Furniture:
    """What was taken off: by page, the kind that each word (by identity) was taken for."""

    taken: dict[int, dict[int, BlockKind]] = field(
        default_factory=lambda: defaultdict[int, dict[int, BlockKind]](dict)
    )
    lines: dict[int, list[tuple[BlockKind, Line]]] = field(
        default_factory=lambda: defaultdict[int, list[tuple[BlockKind, Line]]](list)
    )
    labels: dict[int, str] = field(default_factory=lambda: dict[int, str]())
    stamps: dict[int, str] = field(default_factory=lambda: dict[int, str]())
    blanks: set[int] = field(default_factory=lambda: set[int]())

    def take(self, kind: BlockKind, page: int, line: Line) -> None:
        """Note that `line` is furniture."""
        self.lines[page].append((kind, line))
        self.taken[page].update({id(w): kind for w in line.words})

    def blocks_of(self, page: Page) -> Iterator[Block]:
        """The page's furniture as blocks of its own."""
        for kind, line in self.lines.get(page.number, ()):
            yield Block(kind, (line,))


def strip_furniture(pages: Sequence[Page], table_regions: Mapping[int, Sequence[Box]]) -> Furniture:
    """Find the furniture of all pages; words inside tables are furniture only when they are a sideways page
    stamp."""
    out = Furniture()
    margins = {page.number: list(_margin_lines(page, table_regions.get(page.number, ()))) for page in pages}
    running = _running_heads(margins)
    largest = TITLE * median([w.size for page in pages for w in page.words] or [11.0])
    for page in pages:
        _take_blank_notice(out, page)
        for line in margins[page.number]:
            if id(line.words[0]) not in out.taken.get(page.number, {}):
                _take_margin_line(out, page, line, running if line.size < largest else set())
        _take_first_line_stamp(out, page)
        for line in _sideways_lines(page):
            _take_stamp(out, page, line)
        if page.label:
            out.labels.setdefault(page.number, page.label)
    return out


def _margin_lines(page: Page, tables: Sequence[Box]) -> Iterator[Line]:
    top, bottom = page.height * HEAD_ZONE, page.height * (1 - HEAD_ZONE)
    words = [w for w in page.words if not w.turned and (w.box.bottom <= top or w.box.top >= bottom)]
    outside = [w for w in words if not any(t.holds(*w.box.middle) for t in tables)]
    for row in rows_of(outside):
        yield Line(tuple(row))


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.lower()), round(line.box.top / 4)


def _running_heads(margins: Mapping[int, Sequence[Line]]) -> set[tuple[str, int]]:
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page, lines in margins.items():
        for line in lines:
            seen[_key(line)].add(page)
    return {key for key, pages in seen.items() if len(pages) >= REPEATS}


def _take_margin_line(out: Furniture, page: Page, line: Line, running: set[tuple[str, int]]) -> None:
    if _take_stamp(out, page, line):
        return
    head = NUMBERED_HEAD.search(line.text)
    if head:
        out.take("running", page.number, line)
        out.labels[page.number] = head["label"]
    elif _key(line) in running:
        out.take("running", page.number, line)


def _take_stamp(out: Furniture, page: Page, line: Line) -> bool:
    number, item = PAGE_NUMBER.match(line.text), ITEM_STAMP.match(line.text)
    if item and line.box.top < page.height * HEAD_ZONE:
        out.take("stamp", page.number, line)
        out.stamps.setdefault(page.number, re.sub(r"\s+", "", item["number"]))
        return True
    if number and (len(line.words) != 1 or any(w.turned for w in line.words) or _stands_alone(page, line)):
        out.take("stamp", page.number, line)
        out.labels[page.number] = number["label"]
        return True
    return False


def _take_first_line_stamp(out: Furniture, page: Page) -> None:
    """ "Agenda Item 4" as the first line of the paper, or among its first three where it says that it is of
    the agenda."""
    if page.number in out.stamps:
        return
    zone, taken = page.height * STAMP_ZONE, out.taken.get(page.number, {})
    near = [w for w in page.words if w.box.top < zone and not w.turned and id(w) not in taken]
    if not any("tem" in w.text.lower() for w in near):
        return
    for n, row in enumerate(rows_of(near)[:3]):
        line = Line(tuple(row))
        item = ITEM_STAMP.match(line.text)
        if item and (n == 0 or line.text.lower().startswith("agenda item")):
            out.take("stamp", page.number, line)
            out.stamps[page.number] = re.sub(r"\s+", "", item["number"])
            return


def _stands_alone(page: Page, line: Line) -> bool:
    """A bare number is a page number only when nothing stands beyond it on its side of the page."""
    box = line.box
    beyond = [
        w
        for w in page.words
        if (w.box.top > box.bottom + 1 if box.top > page.height / 2 else w.box.bottom < box.top - 1)
    ]
    return all(PAGE_NUMBER.match(w.text) or w.turned for w in beyond)


def _sideways_lines(page: Page) -> Iterator[Line]:
    """Turned words in the left and right margins, one line a column of letters, in reading order."""
    edge = page.width * SIDE_ZONE
    columns: dict[int, list[Word]] = defaultdict(list)
    inner: dict[int, list[Word]] = defaultdict(list)
    turned = [w for w in page.words if w.turned]
    for w in turned:
        if w.box.x1 <= edge or w.box.x0 >= page.width - edge:
            columns[round(w.box.x0 / 6)].append(w)
    for w in turned:  # a stamp that says what it is may stand further in, inside a table
        if (
            edge < w.box.x1
            and w.box.x0 < page.width - edge
            and (w.box.x1 <= 2.5 * edge or w.box.x0 >= page.width - 2.5 * edge)
        ):
            inner[round(w.box.x0 / 6)].append(w)
    for words in inner.values():
        upward = Line(tuple(sorted(words, key=lambda w: -w.box.bottom)))
        if re.match(r"page \d{1,4}$", upward.text, re.I):
            yield upward
    for words in columns.values():
        upward, downward = (
            Line(tuple(sorted(words, key=lambda w: -w.box.bottom))),
            Line(tuple(sorted(words, key=lambda w: w.box.top))),
        )
        yield upward if PAGE_NUMBER.match(upward.text) else downward


def _take_blank_notice(out: Furniture, page: Page) -> None:
    if not page.words:
        out.blanks.add(page.number)
        return
    top, bottom = page.height * HEAD_ZONE, page.height * (1 - HEAD_ZONE)
    upright = [w for w in page.words if not w.turned]
    body = [w for w in upright if top < w.box.top < bottom] or upright
    if len(body) > 2 and not any("blan" in w.text.lower() for w in body):
        return
    rows = [Line(tuple(row)) for row in rows_of(body)]
    text = " ".join(line.text for line in rows if not PAGE_NUMBER.match(line.text))
    if BLANK_NOTICE.match(text):
        out.blanks.add(page.number)
        for line in rows:
            out.take("blank_notice", page.number, line)
    elif len(body) <= 2 and all(PAGE_NUMBER.match(line.text) for line in rows):
        out.blanks.add(page.number)
