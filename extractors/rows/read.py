"""Take a PDF through the rooms, up to tagged Docs and joined tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from extractors.layout.hyphens import common_words, vocabulary
from extractors.model import FURNITURE, Page, Part, Table, Word
from extractors.parts.kinds import kind_of_document
from extractors.parts.pack import tell_apart
from extractors.reading.doc import Sheet, facts_of, sheet_of
from extractors.reading.facts import (
    DeclarationFact,
    MeetingFact,
    PersonFact,
    SeatFact,
    VoteFact,
)
from extractors.reading.readers.sections import sections_of
from extractors.rows.meetings import capacity_of
from extractors.rows.reading import Reading, day_of, facts
from extractors.tables.grid import Grid
from extractors.tables.kinds import header_rows_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with the grids of its tables: what can be read without the rest of the paper."""

    page: Page
    grids: tuple[Grid, ...]


def read_leaves(path: Path, first: int, last: int, *, ocr: str = "auto") -> tuple[Leaf, ...]:
    """Pages `first` to `last` of a paper, counted from 1. Raises UnreadablePdf when the file cannot be opened
    as it is."""
    from extractors.pdf.pages import read_pages
    from extractors.tables import find_grids

    return tuple(Leaf(page, tuple(find_grids(page))) for page in read_pages(path, first, last, ocr=ocr))


def read(
    path: Path,
    document_id: str,
    *,
    council: str | None = None,
    ocr: str = "auto",
    progress: Progress | None = None,
    leaves: Sequence[Leaf] | None = None,
) -> Reading:
    """Take a PDF through the rooms up to tagged Docs and joined tables; `leaves` where others have read its
    pages."""
    from extractors.layout import lay_out
    from extractors.parts.council import council_of
    from extractors.pdf.pages import read_paper
    from extractors.reading.pipeline import tag
    from extractors.tables import find_grids, join_tables, read_grid

    paper = read_paper(
        path, ocr=ocr, progress=progress, pages=[leaf.page for leaf in leaves] if leaves else None
    )
    known_grids = {leaf.page.number: leaf.grids for leaf in leaves or ()}
    grids = {
        page.number: known_grids[page.number] if page.number in known_grids else find_grids(page)
        for page in paper.pages
    }
    layout = lay_out(paper, {n: [g.box for g in found] for n, found in grids.items()})
    parts = tell_apart(paper, layout)
    known = vocabulary(paper)
    furniture = {id(w) for b in layout.blocks if b.kind in FURNITURE for w in b.words}
    raw = [
        read_grid(g, _live(page, furniture), page.shades, known)
        for page in paper.pages
        for g in grids[page.number]
    ]
    tables: list[tuple[Table, Part]] = []
    sizes = {p.number: (p.width, p.height) for p in paper.pages}
    for part in parts:
        own = [t for t in raw if part.holds(t.regions[0])]
        tables += [(_finished(t, part), part) for t in join_tables(own, sizes, _prose_extents(part))]
    scanned = frozenset(p.number for p in paper.pages if p.text_source == "ocr")
    sheets = [Sheet(p, scanned) for p in parts if p.kind != "blank" and p.blocks]
    docs = {sheet_of(doc).part.index: doc for doc in tag(sheets)}
    reading = Reading(document_id, paper, layout, parts, docs, tables)
    reading.sections = {p.index: sections_of(p) for p in parts}
    found = council_of(paper, layout)
    reading.council = council or found.name or "unknown"
    reading.councils_heard = found.candidates
    reading.common = common_words(paper)
    _place_meetings(reading)
    _meet_people(reading)
    return reading


def _live(page: Page, furniture: set[int]) -> list[Word]:
    """The page's words but for furniture and what is struck out."""
    return [w for w in page.words if id(w) not in furniture and w.mark != "struck"]


def _meet_people(r: Reading) -> None:
    """Everybody on rolls and front sheets, then everybody whom motions, votes and declarations name in
    full."""
    for part, _, p in facts(r, "attendance", PersonFact):
        r.people.add(
            p.name, p.title, role=p.role or p.job_title, capacity=capacity_of(p), day=day_of(r, part)
        )
    for part, _, s in facts(r, "seats", SeatFact):
        r.people.add(s.name, s.title, role=s.role, capacity="member", day=day_of(r, part))
    for kind, of in (("declarations", DeclarationFact), ("votes", VoteFact)):
        for part, _, named in facts(r, kind, of):
            if r.people.find(named.name, named.title) is None and not r.people.could_be(
                named.name, named.title
            ):
                r.people.add(named.name, named.title, day=day_of(r, part))


def _prose_extents(part: Part) -> dict[int, tuple[float, float]]:
    """By page, the top of its first and the bottom of its last line outside tables."""
    out: dict[int, tuple[float, float]] = {}
    for block in part.blocks:
        if block.kind in ("table", "footnote"):
            continue
        for b in block.regions:
            top, bottom = out.get(b.page, (float("inf"), float("-inf")))
            out[b.page] = min(top, b.top), max(bottom, b.bottom)
    return out


def _finished(table: Table, part: Part) -> Table:
    """The joined table with its header rows and its caption."""
    header = header_rows_of(table)
    cells = tuple(replace(c, is_header=c.row < header) for c in table.cells)
    return replace(table, header_rows=header, cells=cells, caption=_caption(table, part))


def _caption(table: Table, part: Part) -> str | None:
    first, last = table.regions[0], table.regions[-1]
    for block in part.blocks:
        if block.kind == "caption":
            box = block.regions[0]
            if (box.page == first.page and 0 <= first.top - box.bottom < 40) or (
                box.page == last.page and 0 <= box.top - last.bottom < 30
            ):
                return block.text
    return None


def _place_meetings(r: Reading) -> None:
    """Give each part its meeting: agenda and minutes their own, everything else the agenda's."""
    called: tuple[str, MeetingFact] | None = None
    for part in r.parts:
        doc = r.docs.get(part.index)
        found = facts_of(doc, "meeting") if doc is not None else []
        if found and part.kind in ("agenda", "minutes"):
            same = next(
                (
                    m
                    for m in r.meetings.values()
                    if m[1].date == found[0].date
                    and m[1].committee == found[0].committee
                    and part.kind == "agenda"
                ),
                None,
            )
            r.meetings[part.index] = same or (r.new_id("meeting", part.page_from), found[0])
            if part.kind == "agenda" and called is None:
                called = r.meetings[part.index]
    for part in r.parts:
        doc = r.docs.get(part.index)
        if part.index in r.meetings or part.kind == "blank":
            continue
        if called:
            r.meetings[part.index] = called
        elif (
            doc is not None
            and (found := facts_of(doc, "meeting"))
            and found[0].date
            and found[0].committee
            and _is_council_paper(r, part)
        ):
            fact = replace(cast(MeetingFact, found[0]), confidence=0.6, status="called")
            r.meetings[part.index] = called = (r.new_id("meeting", part.page_from), fact)


def _is_council_paper(r: Reading, part: Part) -> bool:
    return part.kind == "report" or kind_of_document(r.parts) == "decisions"
