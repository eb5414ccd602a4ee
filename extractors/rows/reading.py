"""What is known of a paper while its rows are made, and the row that every dataset starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from extractors.model import Box, Layout, Paper, Part, Table
from extractors.reading.doc import Sheet, facts_of, sheet_of
from extractors.reading.facts import Fact, MeetingFact
from extractors.reading.readers.sections import Section
from extractors.rows.people import People, Person, slug
from extractors.tables.kinds import Typed
from extractors.version import __version__
from schemas.row import Bbox, Place, Region

F = TypeVar("F", bound=Fact)


@dataclass
class Reading:
    """What is known of a paper while its rows are made. `common` are the words that it prints in lower case:
    no names."""

    document_id: str
    paper: Paper
    layout: Layout
    parts: list[Part]
    docs: dict[int, Any]
    tables: list[tuple[Table, Part]]
    council: str = "unknown"
    councils_heard: tuple[str, ...] = ()
    people: People = field(default_factory=People)
    sections: dict[int, list[Section]] = field(default_factory=lambda: dict[int, list[Section]]())
    meetings: dict[int, tuple[str, MeetingFact]] = field(
        default_factory=lambda: dict[int, tuple[str, MeetingFact]]()
    )
    typed: list[tuple[Table, Part, Typed]] = field(default_factory=lambda: list[tuple[Table, Part, Typed]]())
    common: frozenset[str] = frozenset()
    seen: Counter[str] = field(default_factory=lambda: Counter[str]())

    def new_id(self, kind: str, page: int) -> str:
        """An id from the document and the place: "3f2a…-resolution-p9.2", the second of its kind on page
        9."""
        self.seen[f"{kind}{page}"] += 1
        return f"{self.document_id[:16]}-{kind}-p{page}.{self.seen[f'{kind}{page}']}"

    def part_id(self, part: Part) -> str:
        """The part's id: its page, and a count where several begin on that page."""
        before = sum(p.page_from == part.page_from and p.index < part.index for p in self.parts)
        return f"{self.document_id[:16]}-part-p{part.page_from}" + (f".{before + 1}" if before else "")

    def person_id(self, name: str | None, title: str | None = None) -> str | None:
        """The id of the one person whom the printing can mean, else None: the council and the fullest name
        that the document prints."""
        person = self.people.find(name, title)
        return self.id_of(person) if person else None

    def id_of(self, person: Person) -> str:
        """The person's id; a paper of no known council keeps its people to itself."""
        home = slug(self.council) if self.council != "unknown" else self.document_id[:16]
        return f"{home}-person-{slug(person.name)}"

    def place(
        self, extractor: str, regions: Sequence[Box], confidence: float, page: int | None = None
    ) -> Place:
        """Where a row was read, and by what; `page` where no box says it. Boxes to a hundredth of a point."""
        rounded = tuple(
            Region(b.page, round(b.x0, 2), round(b.top, 2), round(b.x1, 2), round(b.bottom, 2))
            for b in regions
        )
        return Place(
            document_id=self.document_id,
            page=rounded[0].page if rounded else page,
            bbox=Bbox(*rounded[0][1:]) if rounded else None,
            regions=rounded,
            confidence=round(confidence, 3),
            extractor=f"minutebook.{extractor} {__version__}",
        )


def part_at(r: Reading, page: int | None) -> Part | None:
    """The part that the page belongs to."""
    return next((p for p in r.parts if page and p.page_from <= page <= p.page_to), None)


def day_of(r: Reading, part: Part) -> date | None:
    """The day of the part's meeting."""
    found = r.meetings.get(part.index)
    return found[1].date if found else None


def sheet_for(r: Reading, part: Part) -> Sheet:
    """The part's text with its places."""
    return sheet_of(r.docs[part.index])


def facts(r: Reading, kind: str, of: type[F]) -> Iterator[tuple[Part, Sheet, F]]:
    """Every fact of a kind, which are all `of` one class, with the part and sheet that it was read from."""
    for part in r.parts:
        doc = r.docs.get(part.index)
        if doc is not None:
            for fact in cast("list[F]", facts_of(doc, kind)):
                yield part, sheet_of(doc), fact


def meeting_id(r: Reading, part: Part) -> str | None:
    """The id of the part's meeting."""
    found = r.meetings.get(part.index)
    return found[0] if found else None


def is_ocr(r: Reading, boxes: Sequence[Box]) -> bool:
    """Whether any of the boxes lies on a page that was read by OCR."""
    return any(r.paper.pages[b.page - 1].text_source == "ocr" for b in boxes)
