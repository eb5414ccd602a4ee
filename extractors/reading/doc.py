"""A spaCy Doc made from a part: its blocks joined by line breaks, each a span that knows its words' places on
the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from extractors.model import Block, Box, Part, Word, cover
from extractors.reading.facts import Fact
from extractors.reading.told_tables import told

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class View:
    """A block in the Doc: its text at characters `start` to `end`."""

    block: Block
    start: int
    end: int

    @property
    def text(self) -> str:
        """The block's words, folded."""
        return self.block.text

    @property
    def body(self) -> str:
        """The text without its list marker."""
        return self.block.body

    @property
    def body_start(self) -> int:
        """Where the body begins in the Doc."""
        return self.end - len(self.block.body)


@dataclass(frozen=True, slots=True)
class LineView:
    """A printed line in the Doc."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]


class Sheet:
    """A part's text and where each word of it stands: what every component reads."""

    def __init__(self, part: Part, ocr_pages: frozenset[int] = frozenset()) -> None:
        self.part = part
        self.ocr_pages = ocr_pages
        self.meeting_date: date | None = None
        self.views: list[View] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._words: list[Word] = []
        self._regions: dict[tuple[int, int], tuple[Box, ...]] = {}
        pieces: list[str] = []
        at = 0
        for block in told(part.blocks, part.kind):
            text = block.text
            self.views.append(View(block, at, at + len(text)))
            self._place(block, text, at)
            pieces.append(text)
            at += len(text) + 1
        self.text = "\n".join(pieces)

    def _place(self, block: Block, text: str, at: int) -> None:
        """Find each word in the folded text; a cut word's halves share what they made."""
        cursor = 0
        for word in block.words:
            bare = word.text.rstrip("\u00ad")
            found = text.find(bare, cursor)
            if found < 0:
                continue
            self._starts.append(at + found)
            self._ends.append(at + found + len(bare))
            self._words.append(word)
            cursor = found + len(bare)

    def words_at(self, start: int, end: int) -> list[Word]:
        """The printed words that characters `start` to `end` touch."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return self._words[first:last]

    def regions(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes, one a page, around those words."""
        found = self._regions.get((start, end))
        if found is None:  # every vote of a division asks for the same words
            found = self._regions[start, end] = cover(w.box for w in self.words_at(start, end))
        return found

    def lines(self, view: View) -> Iterator[LineView]:
        """The view's printed lines with their places in the text."""
        places = {id(word): (start, end) for start, end, word in self._near(view)}
        for line in view.block.lines:
            found = [places[id(word)] for word in line.words if id(word) in places]
            if found:
                start, end = min(found)[0], max(found)[1]
                yield LineView(self.text[start:end], start, end, line.words)

    def _near(self, view: View) -> list[tuple[int, int, Word]]:
        first, last = bisect_right(self._ends, view.start), bisect_left(self._starts, view.end)
        return list(
            zip(self._starts[first:last], self._ends[first:last], self._words[first:last], strict=True)
        )

    def is_ocr(self, view: View) -> bool:
        """Whether the view's words were read from a picture, where type says little of what is a heading."""
        return view.block.page in self.ocr_pages

    def find(self, view: View, needle: str) -> tuple[int, int]:
        """Where `needle` stands in the view, or the whole view."""
        at = view.text.find(needle)
        return (view.start + at, view.start + at + len(needle)) if at >= 0 else (view.start, view.end)


def make_doc(nlp: Language, sheet: Sheet) -> Doc:
    """The sheet as a Doc: `doc._.sheet`, `doc._.facts` and a span group for the blocks of each kind."""
    doc = nlp.make_doc(sheet.text)
    doc._.sheet = sheet
    doc._.facts = {}
    groups: dict[str, list[Any]] = {}
    for view in sheet.views:
        span = doc.char_span(view.start, view.end, label=view.block.kind, alignment_mode="expand")
        if span is not None:
            groups.setdefault(view.block.kind, []).append(span)
    for kind, spans in groups.items():
        doc.spans[f"layout.{kind}"] = spans
    return doc


def sheet_of(doc: Doc) -> Sheet:
    """The part behind the Doc."""
    return cast(Sheet, doc._.sheet)


def add_facts(doc: Doc, kind: str, facts: Sequence[Fact]) -> Doc:
    """Put the facts on the Doc, and a span group of the same name over their words."""
    cast("dict[str, list[Fact]]", doc._.facts)[kind] = list(facts)
    spans = [
        doc.char_span(f.start, max(f.end, f.start + 1), label=kind, alignment_mode="expand") for f in facts
    ]
    doc.spans[kind] = [s for s in spans if s is not None]
    return doc


def facts_of(doc: Doc, kind: str) -> list[Any]:
    """The facts of one kind, in the order that they stand in the text."""
    return cast("dict[str, list[Any]]", doc._.facts).get(kind, [])
