"""What passes between the rooms: frozen, plain, in points from the top left of the page as it is displayed
(`extractors.pdf.shown`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from schemas.documents import PageTextSource, PartKind
from schemas.problems import ProblemKind


class Box(NamedTuple):
    """A rectangle on a page; `page` counts from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point (x, y) lies inside."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """In square points."""
        return (self.x1 - self.x0) * (self.bottom - self.top)

    def lies_in(self, other: Box, slack: float = 0.0) -> bool:
        """Whether no side of it stands out of `other` by more than `slack` points."""
        return (
            other.x0 - slack <= self.x0
            and self.x1 <= other.x1 + slack
            and other.top - slack <= self.top
            and self.bottom <= other.bottom + slack
        )

    def overlaps(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the two share more than `slack` points of height."""
        return (
            self.x0 < other.x1
            and other.x0 < self.x1
            and self.top < other.bottom - slack
            and other.top < self.bottom - slack
        )


def cover(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """One box a page, in page order, that covers all the given ones."""
    pages: dict[int, list[float]] = {}
    for page, x0, top, x1, bottom in boxes:
        sides = pages.get(page)
        if sides is None:
            pages[page] = [x0, top, x1, bottom]
            continue
        if x0 < sides[0]:
            sides[0] = x0
        if top < sides[1]:
            sides[1] = top
        if x1 > sides[2]:
            sides[2] = x1
        if bottom > sides[3]:
            sides[3] = bottom
    return tuple(Box(page, *pages[page]) for page in sorted(pages))


Mark = Literal["struck", "underlined"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the page sets it; `size` in points; `turned` when it runs up or down the page."""

    text: str
    box: Box
    size: float
    bold: bool = False
    turned: bool = False
    mark: Mark | None = None
    """What a stroke through it or under it makes of it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, horizontal or vertical, or the side of a box; `drawn` unless it is only where a shading
    ends."""

    x0: float
    top: float
    x1: float
    bottom: float
    horizontal: bool
    drawn: bool = True


class Shade(NamedTuple):
    """A filled box and the name of its colour: red, amber, green, blue or grey."""

    box: Box
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink over a rectangle."""

    url: str
    box: Box
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, read once. `text_source` is digital, ocr or none."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Box, ...] = ()
    shades: tuple[Shade, ...] = ()
    label: str | None = None
    text_source: PageTextSource = "digital"
    trouble: str | None = None


class OutlineEntry(NamedTuple):
    """A bookmark: its depth (from 1), title and page (from 1)."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True, eq=False)
class Paper:
    """A PDF as opened: its pages, its bookmarks, its maker. Two are equal only when they are the same, so
    that comparing one costs nothing."""

    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...] = ()
    title: str | None = None
    producer: str | None = None
    created: str | None = None
    damage: str | None = None
    """What was wrong with the file, when it was read from a mended copy."""


@dataclass(frozen=True)
class Line:
    """Words that stand on one base line, left to right, within one column."""

    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(w.text for w in self.words)

    @cached_property
    def box(self) -> Box:
        """The rectangle around the words."""
        return cover(w.box for w in self.words)[0]

    @cached_property
    def size(self) -> float:
        """The largest type size in the line, in points."""
        return max(w.size for w in self.words)

    @cached_property
    def bold(self) -> bool:
        """Most of its letters are bold."""
        total = sum(len(w.text) for w in self.words)
        return sum(len(w.text) for w in self.words if w.bold) > 0.6 * total


BlockKind = Literal[
    "heading",
    "paragraph",
    "numbered",
    "bullet",
    "footnote",
    "caption",
    "table",
    "running",
    "stamp",
    "blank_notice",
]
FURNITURE: tuple[BlockKind, ...] = ("running", "stamp", "blank_notice")
"""Kinds of block that belong to the page rather than to what is written on it."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or table: what a person would call one thing on the page.

    `marker` is the number or bullet that it begins with, as printed ("1.2", "(a)", "•").
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    marker: str = ""
    body_size: float = 0.0

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All its words in reading order."""
        return tuple(w for line in self.lines for w in line.words)

    @cached_property
    def text(self) -> str:
        """All its words, folded, with hyphenation at line ends undone."""
        return fold(self.lines)

    @cached_property
    def regions(self) -> tuple[Box, ...]:
        """The boxes around it, one a page."""
        return cover(w.box for w in self.words)

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.lines[0].words[0].box.page

    @property
    def body(self) -> str:
        """The text without its marker."""
        text = self.text
        return text[len(self.marker) :].lstrip() if self.marker and text.startswith(self.marker) else text

    @property
    def bold(self) -> bool:
        """Every line of it is bold."""
        return all(line.bold for line in self.lines)


def fold(lines: Sequence[Line]) -> str:
    """The lines' words with single spaces; a word cut by a soft hyphen at a line's end is made whole, at a
    hard one closed up."""
    out = ""
    for line in lines:
        text = line.text
        if not out:
            out = text
        elif out[-1] == "\u00ad":
            out = out[:-1] + text
        elif closes_up(out, text):
            out += text
        else:
            out += " " + text
    return out


def closes_up(above: str, below: str) -> bool:
    """Whether `above` ends in a hyphen that joins it to the word that `below` begins with."""
    return above[-1:] in ("-", "‐") and above[-2:-1].isalnum() and below[:1].isalnum()


@dataclass(frozen=True, slots=True)
class Part:
    """A document inside a pack, with the blocks of its pages in reading order (running heads and stamps taken
    off)."""

    index: int
    kind: PartKind
    title: str
    page_from: int
    page_to: int
    item_number: str | None = None
    confidence: float = 1.0
    blocks: tuple[Block, ...] = ()
    begins: float = 0.0
    ends: float = float("inf")
    """Where on its first and its last page, in points from the top, when it shares them with another part."""

    def holds(self, box: Box) -> bool:
        """Whether the box begins within the part."""
        here = (box.page, box.top)
        return (self.page_from, self.begins - 1) <= here < (self.page_to, self.ends - 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `text` is folded, with a line break where the paper means one (a bullet, a short
    line); `lines` as printed."""

    row: int
    col: int
    text: str
    regions: tuple[Box, ...]
    row_span: int = 1
    col_span: int = 1
    is_header: bool = False
    lines: tuple[str, ...] = ()
    bold: bool = False
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table, joined across its pages. `accuracy` 0 to 1: the share of its words that fell inside a cell."""

    regions: tuple[Box, ...]
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    engine: str
    accuracy: float
    header_rows: int = 0
    caption: str | None = None

    def grid(self) -> list[list[str]]:
        """Row-major texts, empty where a merged cell reaches."""
        out = [["" for _ in range(self.n_cols)] for _ in range(self.n_rows)]
        for c in self.cells:
            out[c.row][c.col] = c.text
        return out


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the pipeline itself doubts; becomes a row of `problems`."""

    kind: ProblemKind
    text: str
    regions: tuple[Box, ...] = ()
    page: int | None = None
    dataset: str | None = None
    """The dataset that it is about, where its kind alone does not say."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages' blocks in reading order and what was taken off them, kept as labels."""

    blocks: tuple[Block, ...]
    labels: dict[int, str] = field(default_factory=lambda: dict[int, str]())
    stamps: dict[int, str] = field(default_factory=lambda: dict[int, str]())
    blanks: frozenset[int] = frozenset()
