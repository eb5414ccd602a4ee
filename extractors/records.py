"""From tagged Docs and tables to rows: `extract` is the one verb, everything below it a function a dataset."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from extractors import __version__
from extractors.checks import page_doubts, part_doubts, table_doubts
from extractors.errors import MinutebookError
from extractors.language.actions import kind_of_owner
from extractors.language.contacts import contacts_in_table
from extractors.language.dates import due_date, first_date
from extractors.language.doc import Sheet, facts_of, sheet_of
from extractors.language.facts import (
    AmountFact,
    ContactFact,
    DecisionFact,
    DeclarationFact,
    ItemFact,
    MeetingFact,
    MotionFact,
    PersonFact,
    SeatFact,
    VoteFact,
)
from extractors.language.items import item_at
from extractors.language.names import people_in
from extractors.language.sections import Section, sections_of
from extractors.model import Block, Box, Layout, Paper, Part, Table, cover
from extractors.pack import FURNITURE, kind_of_document, page_of_label, tell_apart
from extractors.people import People, Person, slug
from extractors.tables.figures import amounts_in, figures_of
from extractors.tables.kinds import Typed, cells_by_row, header_rows_of, type_of

Row = dict[str, Any]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one PDF says: `rows` by dataset, ready for the writer; `council` and `year` name its partition."""

    document_id: str
    council: str
    year: int | None
    rows: dict[str, list[Row]] = field(default_factory=lambda: dict[str, list[Row]]())

    @property
    def document(self) -> Row:
        """Its row in `documents`."""
        return self.rows["documents"][0]


@dataclass
class Reading:
    """What is known of a paper while its rows are made."""

    document_id: str
    paper: Paper
    layout: Layout
    parts: list[Part]
    docs: dict[int, Any]
    tables: list[tuple[Table, Part]]
    council: str = "unknown"
    people: People = field(default_factory=People)
    sections: dict[int, list[Section]] = field(default_factory=lambda: dict[int, list[Section]]())
    meetings: dict[int, tuple[str, MeetingFact]] = field(default_factory=lambda: dict[int, tuple[str, MeetingFact]]())
    seen: Counter[str] = field(default_factory=lambda: Counter[str]())

    def new_id(self, kind: str, page: int) -> str:
        """An id from the document and the place: "3f2a…-resolution-p9.2", the second of its kind on page 9."""
        self.seen[f"{kind}{page}"] += 1
        return f"{self.document_id[:16]}-{kind}-p{page}.{self.seen[f'{kind}{page}']}"

    def part_id(self, part: Part) -> str:
        """The part's id."""
        return f"{self.document_id[:16]}-part-p{part.page_from}"

    def person_id(self, name: str | None, title: str | None = None) -> str | None:
        """The id of the one person whom the printing can mean, else None: the council and the fullest name that the document prints."""
        person = self.people.find(name, title)
        return self.id_of(person) if person else None

    def id_of(self, person: Person) -> str:
        """The person's id; a paper of no known council keeps its people to itself."""
        home = slug(self.council) if self.council != "unknown" else self.document_id[:16]
        return f"{home}-person-{slug(person.name)}"

    def row(self, extractor: str, regions: Sequence[Box], confidence: float, page: int | None = None, **columns: Any) -> Row:
        """A row with the columns that every dataset has."""
        first = regions[0] if regions else None
        return {
            "document_id": self.document_id, "page": first.page if first else page, "bbox": _bbox(first) if first else None,
            "regions": [_bbox(b) | {"page": b.page} for b in regions], "confidence": round(confidence, 3), "extractor": f"minutebook.{extractor} {__version__}", **columns,
        }  # fmt: skip


def _bbox(b: Box) -> Row:
    return {"x0": round(b.x0, 2), "top": round(b.top, 2), "x1": round(b.x1, 2), "bottom": round(b.bottom, 2)}


def extract(pdf: str | Path, *, council: str | None = None, ocr: str = "auto", progress: Progress | None = None) -> Extraction:
    """Read one PDF. Never raises for a bad PDF: that is an Extraction with one `documents` row, status failed, and the reason.

    Raises OSError when the file itself cannot be read. `ocr` is auto, tesseract, rapidocr or none.
    """
    path = Path(pdf)
    data = path.read_bytes()
    document_id = hashlib.sha256(data).hexdigest()
    try:
        reading = read(path, document_id, council=council, ocr=ocr, progress=progress)
        return _extraction(reading, path, len(data))
    except MinutebookError as error:
        return failed(document_id, path, len(data), str(error), council)
    except RecursionError:
        return failed(document_id, path, len(data), "the PDF refers to itself without end: open it by hand", council)


def failed(document_id: str, path: Path, size: int, error: str, council: str | None = None) -> Extraction:
    """The one row of a PDF that could not be read."""
    row: Row = {
        "document_id": document_id, "page": None, "bbox": None, "regions": [], "confidence": 1.0, "extractor": f"minutebook.documents {__version__}",
        "source_url": path.name, "kind": "other", "bytes": size, "status": "failed", "error": error,
    }  # fmt: skip
    return Extraction(document_id, council or "unknown", None, {"documents": [row]})


def read(path: Path, document_id: str, *, council: str | None = None, ocr: str = "auto", progress: Progress | None = None) -> Reading:
    """Take a PDF through the rooms up to tagged Docs and joined tables."""
    from extractors.council import council_of
    from extractors.language.pipeline import tag
    from extractors.layout import lay_out
    from extractors.pages import read_paper
    from extractors.tables import find_grids, join_tables, read_grid

    paper = read_paper(path, ocr=ocr, progress=progress)
    grids = {page.number: find_grids(page) for page in paper.pages}
    layout = lay_out(paper, {n: [g.box for g in found] for n, found in grids.items()})
    parts = tell_apart(paper, layout)
    furniture = {id(w) for b in layout.blocks if b.kind in FURNITURE for w in b.words}
    raw = [read_grid(g, [w for w in page.words if id(w) not in furniture]) for page in paper.pages for g in grids[page.number]]
    tables: list[tuple[Table, Part]] = []
    sizes = {p.number: (p.width, p.height) for p in paper.pages}
    for part in parts:
        own = [t for t in raw if part.page_from <= t.regions[0].page <= part.page_to]
        tables += [(_finished(t, part), part) for t in join_tables(own, sizes, _prose_extents(part))]
    scanned = frozenset(p.number for p in paper.pages if p.text_source == "ocr")
    sheets = [Sheet(p, scanned) for p in parts if p.kind != "blank" and p.blocks]
    docs = {sheet_of(doc).part.index: doc for doc in tag(sheets)}
    reading = Reading(document_id, paper, layout, parts, docs, tables)
    reading.sections = {p.index: sections_of(p) for p in parts}
    reading.council = council or council_of(paper) or "unknown"
    _place_meetings(reading)
    _meet_people(reading)
    return reading


def _meet_people(r: Reading) -> None:
    """Everybody on rolls and front sheets, then everybody whom motions, votes and declarations name in full."""
    for part, _, f in _facts(r, "attendance"):
        p = cast(PersonFact, f)
        r.people.add(p.name, p.title, role=p.role or p.job_title, capacity=p.capacity, day=_day(r, part))
    for part, _, f in _facts(r, "seats"):
        s = cast(SeatFact, f)
        r.people.add(s.name, s.title, role=s.role, capacity="member", day=_day(r, part))
    for kind in ("declarations", "votes"):
        for part, _, f in _facts(r, kind):
            named = cast("VoteFact | DeclarationFact", f)
            if r.people.find(named.name, named.title) is None and not r.people.could_be(named.name, named.title):
                r.people.add(named.name, named.title, day=_day(r, part))


def _day(r: Reading, part: Part) -> date | None:
    found = r.meetings.get(part.index)
    return found[1].date if found else None


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
            if (box.page == first.page and 0 <= first.top - box.bottom < 40) or (box.page == last.page and 0 <= box.top - last.bottom < 30):
                return block.text
    return None


def _place_meetings(r: Reading) -> None:
    """Give each part its meeting: agenda and minutes their own, everything else the agenda's."""
    called: tuple[str, MeetingFact] | None = None
    for part in r.parts:
        doc = r.docs.get(part.index)
        found = facts_of(doc, "meeting") if doc is not None else []
        if found and part.kind in ("agenda", "minutes"):
            same = next((m for m in r.meetings.values() if m[1].date == found[0].date and m[1].committee == found[0].committee and part.kind == "agenda"), None)
            r.meetings[part.index] = same or (r.new_id("meeting", part.page_from), found[0])
            if part.kind == "agenda" and called is None:
                called = r.meetings[part.index]
    for part in r.parts:
        doc = r.docs.get(part.index)
        if part.index in r.meetings or part.kind == "blank":
            continue
        if called:
            r.meetings[part.index] = called
        elif doc is not None and (found := facts_of(doc, "meeting")) and found[0].date and found[0].committee and _is_council_paper(r, part):
            fact = replace(cast(MeetingFact, found[0]), confidence=0.6, status="called")
            r.meetings[part.index] = called = (r.new_id("meeting", part.page_from), fact)


def _is_council_paper(r: Reading, part: Part) -> bool:
    return part.kind == "report" or kind_of_document(r.parts) == "decisions"


def _extraction(r: Reading, path: Path, size: int) -> Extraction:
    makers: tuple[tuple[str, Callable[[Reading], Iterable[Row]]], ...] = (
        ("parts", parts_rows), ("pages", pages_rows), ("meetings", meetings_rows), ("agenda_items", items_rows), ("memberships", memberships_rows),
        ("attendance", attendance_rows), ("declarations", declarations_rows), ("motions", motions_rows), ("votes", votes_rows), ("people_named", people_rows), ("amounts", amounts_rows), ("resolutions", resolutions_rows), ("actions", actions_rows), ("sections", sections_rows), ("tables", tables_rows),
        ("table_cells", cells_rows), ("report_contacts", contacts_rows), ("forward_plan", forward_plan_rows), ("links", links_rows),
    )  # fmt: skip
    rows = {name: list(make(r)) for name, make in makers}
    rows["problems"] = list(problems_rows(r))
    rows["documents"] = [document_row(r, path, size)]
    day = rows["documents"][0]["meeting_date"]
    year = day.year if isinstance(day, date) else _year_made(r.paper)
    return Extraction(r.document_id, r.council, year, rows)


def _year_made(paper: Paper) -> int | None:
    m = re.search(r"(?:D:)?((?:19|20)\d{2})", paper.created or "")
    return int(m[1]) if m else None


# --- documents, parts, pages ---


def _main_meeting(r: Reading) -> tuple[str, MeetingFact] | None:
    for kinds in (("agenda",), ("minutes",), ("report", "appendix", "other")):
        for part in r.parts:
            if part.kind in kinds and part.index in r.meetings:
                return r.meetings[part.index]
    return None


def document_row(r: Reading, path: Path, size: int) -> Row:
    """The paper's own row."""
    meeting = _main_meeting(r)
    sources = {p.text_source for p in r.paper.pages} - {"none"}
    troubled = [p.number for p in r.paper.pages if p.trouble]
    real = next((p for p in r.parts if p.kind != "blank"), r.parts[0])
    title = r.paper.title if r.paper.title and len(r.paper.title) > 6 and not re.search(r"\.(?:docx?|pdf|xlsx?)$|^microsoft|untitled", r.paper.title, re.I) else real.title
    error = f"pages not read: {', '.join(map(str, troubled[:20]))}" if troubled else None
    return r.row(
        "documents", real.blocks[0].regions[:1] if real.blocks else (), 0.95, page=1,
        source_url=path.name, title=title or None, kind=kind_of_document(r.parts), committee=meeting[1].committee if meeting else None,
        meeting_id=meeting[0] if meeting else None, meeting_date=meeting[1].date if meeting else None, bytes=size, pages=len(r.paper.pages), producer=r.paper.producer,
        text_source="mixed" if len(sources) > 1 else next(iter(sources), "digital"), status="partial" if troubled else "ok", error=error,
    )  # fmt: skip


def parts_rows(r: Reading) -> Iterator[Row]:
    """A row a part."""
    for p in r.parts:
        box = p.blocks[0].regions[:1] if p.blocks else ()
        meeting = r.meetings.get(p.index)
        yield r.row("parts", box, p.confidence, page=p.page_from, part_id=r.part_id(p), kind=p.kind, title=p.title or None, item_number=p.item_number,
                    page_from=p.page_from, page_to=p.page_to, meeting_id=meeting[0] if meeting else None)  # fmt: skip


def pages_rows(r: Reading) -> Iterator[Row]:
    """A row a page, with all its words."""
    texts: dict[int, list[str]] = {}
    for block in r.layout.blocks:
        for number, lines in _lines_by_page(block).items():
            texts.setdefault(number, []).append(lines)
    for page in r.paper.pages:
        box = [Box(page.number, 0.0, 0.0, page.width, page.height)]
        yield r.row("pages", box, 1.0 if page.text_source == "digital" else 0.9, label=r.layout.labels.get(page.number), width=page.width, height=page.height,
                    text="\n".join(texts.get(page.number, [])), text_source=page.text_source)  # fmt: skip


def _lines_by_page(block: Block) -> dict[int, str]:
    out: dict[int, list[Any]] = {}
    for line in block.lines:
        out.setdefault(line.words[0].box.page, []).append(line)
    from extractors.model import fold

    return {page: fold(lines) if block.kind != "table" else " ".join(x.text for x in lines) for page, lines in out.items()}


# --- meetings ---


def _sheet(r: Reading, part: Part) -> Sheet:
    return sheet_of(r.docs[part.index])


def _facts(r: Reading, kind: str, kinds: tuple[str, ...] = ()) -> Iterator[tuple[Part, Sheet, Any]]:
    """Every fact of a kind, with the part and sheet that it was read from."""
    for part in r.parts:
        doc = r.docs.get(part.index)
        if doc is not None and (not kinds or part.kind in kinds):
            for fact in facts_of(doc, kind):
                yield part, sheet_of(doc), fact


def meetings_rows(r: Reading) -> Iterator[Row]:
    """Each meeting once, read from the part that calls or minutes it."""
    done: set[str] = set()
    for part in r.parts:
        if part.index not in r.meetings or r.meetings[part.index][0] in done:
            continue
        key, m = r.meetings[part.index]
        done.add(key)
        yield r.row("meeting", _sheet(r, part).regions(m.start, m.end), m.confidence, page=part.page_from, meeting_id=key, committee=m.committee, date=m.date,
                    start_time=m.start_time, end_time=m.end_time, venue=m.venue, kind=m.kind, status=m.status)  # fmt: skip


def _meeting_id(r: Reading, part: Part) -> str | None:
    found = r.meetings.get(part.index)
    return found[0] if found else None


def items_rows(r: Reading) -> Iterator[Row]:
    """Agenda items; the pages of an item are those of its parts, else its printed range."""
    pages = page_of_label(r.layout, len(r.paper.pages))
    place: Counter[str | None] = Counter()
    taken: set[tuple[str | None, str | None, str]] = set()
    for part, sheet, f in _facts(r, "items"):
        item = cast(ItemFact, f)
        meeting = _meeting_id(r, part)
        if (meeting, item.number, item.title) in taken:
            continue
        taken.add((meeting, item.number, item.title))
        place[meeting] += 1
        first, last = _item_pages(r, part, item, pages)
        box = sheet.regions(item.start, item.end)
        yield r.row("items", box, item.confidence, meeting_id=meeting, item_id=r.new_id("item", box[0].page if box else part.page_from), number=item.number,
                    minute_number=item.minute_number, parent_number=item.parent_number, position=place[meeting], title=item.title, page_from=first, page_to=last,
                    for_information=item.for_information, exempt=item.exempt, exempt_reason=item.exempt_reason)  # fmt: skip


def _item_pages(r: Reading, part: Part, item: ItemFact, pages: dict[str, int]) -> tuple[int | None, int | None]:
    if part.kind != "agenda":
        covered = sheet_of(r.docs[part.index]).words_at(item.start, max(item.end, item.body_end))
        return (covered[0].box.page, covered[-1].box.page) if covered else (None, None)
    own = [p for p in r.parts if p.index != part.index and p.item_number and p.item_number == item.number and p.kind != "blank"]
    if own:
        return own[0].page_from, max(p.page_to for p in own)
    first, last = pages.get(item.label_from or ""), pages.get(item.label_to or "")
    return (first, last) if first and last and first <= last else (None, None)


def memberships_rows(r: Reading) -> Iterator[Row]:
    """Seats on front sheets."""
    for part, sheet, f in _facts(r, "seats"):
        seat = cast(SeatFact, f)
        yield r.row("attendance", sheet.regions(seat.start, seat.end), seat.confidence, meeting_id=_meeting_id(r, part), person_id=r.person_id(seat.name, seat.title),
                    name=seat.name, title=seat.title, role=seat.role)  # fmt: skip


def attendance_rows(r: Reading) -> Iterator[Row]:
    """Everybody on the rolls."""
    for part, sheet, f in _facts(r, "attendance"):
        p = cast(PersonFact, f)
        yield r.row("attendance", sheet.regions(p.start, p.end), p.confidence, page=part.page_from, meeting_id=_meeting_id(r, part), person_id=r.person_id(p.name, p.title), name=p.name, title=p.title,
                    honours=p.honours, status=p.status, capacity=p.capacity, role=p.role, job_title=p.job_title, organisation=p.organisation, substitute_for=p.substitute_for,
                    virtual=p.virtual, arrived=p.arrived, left=p.left)  # fmt: skip


def people_rows(r: Reading) -> Iterator[Row]:
    """Everybody whom the document names on rolls, front sheets, in votes and declarations."""
    for p in r.people.known:
        others = [n for n in p.names if n != p.name]
        yield r.row("people", (), 0.95, person_id=r.id_of(p), name=p.name, other_names=others, titles=p.titles, roles=p.roles, capacities=p.capacities, seen=p.seen)


# --- decisions ---


def declarations_rows(r: Reading) -> Iterator[Row]:
    """Interests declared in minutes."""
    for part, sheet, f in _facts(r, "declarations"):
        d = cast(DeclarationFact, f)
        yield r.row("declarations", sheet.regions(d.start, d.end), d.confidence, page=part.page_from, meeting_id=_meeting_id(r, part), item_number=d.item_number,
                    person_id=r.person_id(d.name, d.title), name=d.name, kind=d.kind, text=d.text, left_meeting=d.left_meeting)  # fmt: skip


def motion_id(r: Reading, part: Part, key: int) -> str:
    """A motion's id, from its place: its number among those of its page."""
    sheet = _sheet(r, part)
    facts: list[MotionFact] = facts_of(r.docs[part.index], "motions")
    fact = next(m for m in facts if m.key == key)
    page = _first_page(sheet, fact, part)
    nth = sum(1 for m in facts if m.key <= key and _first_page(sheet, m, part) == page)
    return f"{r.document_id[:16]}-motion-p{page}.{nth}"


def _first_page(sheet: Sheet, fact: MotionFact, part: Part) -> int:
    box = sheet.regions(fact.start, fact.end)
    return box[0].page if box else part.page_from


def motions_rows(r: Reading) -> Iterator[Row]:
    """Motions and amendments; one that ends in a resolution of the same words was carried."""
    for part, sheet, f in _facts(r, "motions"):
        m = cast(MotionFact, f)
        box = sheet.regions(m.start, m.end)
        item = item_at(facts_of(r.docs[part.index], "items"), m.start)
        outcome = m.outcome or _resolved_after(r, part, m)
        yield r.row("motions", box, m.confidence * (0.9 if _is_ocr(r, box) else 1), page=part.page_from, meeting_id=_meeting_id(r, part), motion_id=motion_id(r, part, m.key),
                    item_number=item.number if item else None, kind=m.kind, amends=motion_id(r, part, m.amends) if m.amends is not None else None, mover=m.mover,
                    mover_person_id=r.person_id(m.mover), seconder=m.seconder, seconder_person_id=r.person_id(m.seconder), text=m.text, outcome=outcome, outcome_text=m.outcome_text,
                    unanimous=m.unanimous, votes_for=m.votes_for, votes_against=m.votes_against, abstentions=m.abstentions, casting_vote=m.casting_vote or None, reference=m.reference)  # fmt: skip


def _resolved_after(r: Reading, part: Part, m: MotionFact) -> str | None:
    """"carried" when clauses resolved later under the same item are the motion's own words."""
    if m.style != "debate" or m.kind != "motion":
        return None
    items: list[ItemFact] = facts_of(r.docs[part.index], "items")
    own = item_at(items, m.start)
    later = [d for d in cast("list[DecisionFact]", facts_of(r.docs[part.index], "decisions")) if d.start > m.end and item_at(items, d.start) == own]
    said = set(re.findall(r"[a-z]{4,}", m.text.lower()))
    resolved = set(re.findall(r"[a-z]{4,}", " ".join(d.text for d in later).lower()))
    return "carried" if len(said) >= 4 and len(said & resolved) >= 0.85 * len(said) else None


def votes_rows(r: Reading) -> Iterator[Row]:
    """Every name of every recorded division."""
    for part, sheet, f in _facts(r, "votes"):
        v = cast(VoteFact, f)
        box = sheet.regions(v.start, v.end)
        yield r.row("votes", box, v.confidence * (0.9 if _is_ocr(r, box) else 1), page=part.page_from, motion_id=motion_id(r, part, v.motion), person_id=r.person_id(v.name, v.title), name=v.name, choice=v.choice)


def _motion_behind(r: Reading, part: Part, d: DecisionFact) -> str | None:
    """The motion that a resolution came from: the one it was read out of, else the last motion carried under the same item."""
    motions: list[MotionFact] = facts_of(r.docs[part.index], "motions")
    if part.kind != "minutes" or not motions:
        return None
    within = next((m for m in motions if m.start <= d.start < m.end), None)
    if within:
        return motion_id(r, part, within.key)
    items: list[ItemFact] = facts_of(r.docs[part.index], "items")
    own = item_at(items, d.start)
    before = [m for m in motions if m.end <= d.start and m.kind == "motion" and item_at(items, m.start) == own and (m.outcome in ("carried", "agreed") or _resolved_after(r, part, m))]
    return motion_id(r, part, before[-1].key) if before else None


def amounts_rows(r: Reading) -> Iterator[Row]:
    """Sums of money in prose, then in tables."""
    for part, sheet, f in _facts(r, "amounts"):
        a = cast(AmountFact, f)
        yield r.row("amounts", sheet.regions(a.start, a.end), a.confidence, page=part.page_from, part_id=r.part_id(part), amount=a.amount, currency=a.currency, text=a.text, context=a.context)
    for table, part in r.tables:
        for cell, amount, currency, context in amounts_in(table):
            yield r.row("amounts", cell.regions, 0.6 + 0.35 * table.accuracy, part_id=r.part_id(part), amount=amount, currency=currency, text=cell.text, context=context)


def resolutions_rows(r: Reading) -> Iterator[Row]:
    """Clauses resolved in minutes and recommended in reports."""
    for part, sheet, f in _facts(r, "decisions"):
        d = cast(DecisionFact, f)
        box = sheet.regions(d.start, d.end)
        item = item_at(facts_of(r.docs[part.index], "items"), d.start)
        yield r.row("decisions", box, d.confidence * (0.9 if _is_ocr(r, box) else 1), page=part.page_from, meeting_id=_meeting_id(r, part),
                    resolution_id=r.new_id("resolution", box[0].page if box else part.page_from), item_number=item.number if item and part.kind == "minutes" else part.item_number,
                    clause=d.clause, kind=d.kind, verb=d.verb, text=d.text, motion_id=_motion_behind(r, part, d), stem=d.stem, reference=d.reference, mover=d.mover, seconder=d.seconder, outcome=d.outcome)  # fmt: skip


def _is_ocr(r: Reading, boxes: Sequence[Box]) -> bool:
    return any(r.paper.pages[b.page - 1].text_source == "ocr" for b in boxes)


def actions_rows(r: Reading) -> Iterator[Row]:
    """Actions of minutes, and the rows of action tables."""
    for part, sheet, a in _facts(r, "actions"):
        box = sheet.regions(a.start, a.end)
        item = item_at(facts_of(r.docs[part.index], "items"), a.start)
        yield r.row("actions", box, a.confidence, page=part.page_from, meeting_id=_meeting_id(r, part), action_id=r.new_id("action", box[0].page if box else part.page_from),
                    item_number=item.number if item else None, owners=list(a.owners), owner_person_ids=_known_owners(r, a.owners), owner_kind=a.owner_kind, text=a.text,
                    due_text=a.due_text, due_date=a.due_date, status=a.status, source=a.source)  # fmt: skip
    for table, part in r.tables:
        typed = type_of(table)
        if typed and typed.kind == "action_table":
            yield from _table_actions(r, table, part, typed)


def _known_owners(r: Reading, owners: Sequence[str]) -> list[str]:
    """Ids of the owners whom exactly one person of the document can be."""
    return [found for owner in owners if (found := r.person_id(owner))]


def _table_actions(r: Reading, table: Table, part: Part, typed: Typed) -> Iterator[Row]:
    meeting = r.meetings.get(part.index)
    for cells in cells_by_row(table)[typed.header_rows :]:
        text = _cell(cells, typed.columns["action"])
        owner = _cell(cells, typed.columns["owner"])
        if not text or len(cells) < 2:
            continue
        due = _cell(cells, typed.columns.get("due"))
        owners = [p.name for p in people_in(owner)] or ([owner] if owner else [])
        box = cover(b for c in cells.values() for b in c.regions)
        kind = "person" if people_in(owner) else kind_of_owner(owner) if owner else "unknown"
        yield r.row("actions", box, 0.8, meeting_id=meeting[0] if meeting else None, action_id=r.new_id("action", box[0].page), item_number=part.item_number, owners=owners,
                    owner_person_ids=_known_owners(r, owners), owner_kind="role" if kind == "person" and not people_in(owner) else kind, text=text, due_text=due or None,
                    due_date=due_date(due, meeting[1].date if meeting else None) if due else None, status=_cell(cells, typed.columns.get("status")) or None, source="action_table")  # fmt: skip


def _cell(cells: dict[int, Any], col: int | None) -> str:
    return " ".join(cells[col].text.split()) if col is not None and col in cells else ""


# --- content ---


def sections_rows(r: Reading) -> Iterator[Row]:
    """The tree of headings and numbered paragraphs."""
    for part in r.parts:
        ids = _section_ids(r, part)
        for i, s in enumerate(r.sections[part.index]):
            box = s.regions
            yield r.row("layout", box, 0.9, part_id=r.part_id(part), section_id=ids[i], parent_id=ids[s.parent] if s.parent is not None else None, position=i + 1, level=s.level,
                        number=s.number.strip(".") if s.number else None, heading=s.heading, text=s.text or None, page_from=box[0].page, page_to=box[-1].page)  # fmt: skip


def _section_ids(r: Reading, part: Part) -> list[str]:
    """Ids by place: the n-th section of the part that begins on a page."""
    count: Counter[int] = Counter()
    out: list[str] = []
    for s in r.sections[part.index]:
        page = s.regions[0].page
        count[page] += 1
        out.append(f"{r.part_id(part)}-section-p{page}.{count[page]}")
    return out


def _table_id(r: Reading, index: int) -> str:
    table = r.tables[index][0]
    nth = sum(1 for t, _ in r.tables[: index + 1] if t.regions[0].page == table.regions[0].page)
    return f"{r.document_id[:16]}-table-p{table.regions[0].page}.{nth}"


def tables_rows(r: Reading) -> Iterator[Row]:
    """Tables, joined across pages."""
    for i, (t, part) in enumerate(r.tables):
        yield r.row("tables", t.regions, 0.6 + 0.35 * t.accuracy, table_id=_table_id(r, i), part_id=r.part_id(part), section_id=_section_above(r, part, t), caption=t.caption,
                    page_from=t.regions[0].page, page_to=t.regions[-1].page, n_rows=t.n_rows, n_cols=t.n_cols, header_rows=t.header_rows, engine=t.engine, accuracy=round(t.accuracy, 4))  # fmt: skip


def _section_above(r: Reading, part: Part, table: Table) -> str | None:
    first = table.regions[0]
    above = [i for i, s in enumerate(r.sections[part.index]) if (s.regions[0].page, s.regions[0].top) <= (first.page, first.top)]
    return _section_ids(r, part)[above[-1]] if above else None


def cells_rows(r: Reading) -> Iterator[Row]:
    """Every cell of every table."""
    for i, (t, _) in enumerate(r.tables):
        key = _table_id(r, i)
        figures = figures_of(t)
        for c in t.cells:
            number, unit = figures.get((c.row, c.col), (None, None))
            yield r.row("tables", c.regions, 0.6 + 0.35 * t.accuracy, table_id=key, row=c.row, col=c.col, row_span=c.row_span, col_span=c.col_span, is_header=c.is_header,
                        text=c.text, number=number, unit=unit)  # fmt: skip


def contacts_rows(r: Reading) -> Iterator[Row]:
    """Contacts from tables, else from lines; each person once a role and report."""
    done: set[tuple[int, str, str]] = set()
    for table, part in r.tables:
        for cell, role, name, post, email in contacts_in_table(table):
            if (part.index, role, name) not in done:
                done.add((part.index, role, name))
                yield r.row("contacts", cell.regions, 0.9, part_id=r.part_id(part), item_number=part.item_number, role=role, name=name, job_title=post, email=email)
    for part, sheet, f in _facts(r, "contacts"):
        c = cast(ContactFact, f)
        if (part.index, c.role, c.name) not in done:
            done.add((part.index, c.role, c.name))
            yield r.row("contacts", sheet.regions(c.start, c.end), c.confidence, part_id=r.part_id(part), item_number=part.item_number, role=c.role, name=c.name, job_title=c.job_title, email=c.email)


def forward_plan_rows(r: Reading) -> Iterator[Row]:
    """Decisions to come, from tables whose headers say so."""
    for table, _ in r.tables:
        typed = type_of(table)
        if typed is None or typed.kind != "forward_plan":
            continue
        for cells in cells_by_row(table)[typed.header_rows :]:
            decision = _cell(cells, typed.columns["decision"])
            if not decision:
                continue
            due = _cell(cells, typed.columns["due"])
            box = cover(b for c in cells.values() for b in c.regions)
            yield r.row("tables", box, 0.9, decision=decision, description=_cell(cells, typed.columns.get("description")) or None, due_text=due or None, due_date=first_date(due),
                        decision_maker=_cell(cells, typed.columns.get("maker")) or None)  # fmt: skip


def links_rows(r: Reading) -> Iterator[Row]:
    """Hyperlinks, with the words that they lie over."""
    for page in r.paper.pages:
        part = next((p for p in r.parts if p.page_from <= page.number <= p.page_to), None)
        for link in page.links:
            yield r.row("pages", [link.box], 1.0, part_id=r.part_id(part) if part else None, url=link.url, text=link.text or None)


def problems_rows(r: Reading) -> Iterator[Row]:
    """What the checks doubt."""
    doubts = [*page_doubts(r.paper), *table_doubts(r.tables)]
    for part in r.parts:
        if part.index in r.docs:
            doubts += part_doubts(part, r.docs[part.index], r.people, dated=_day(r, part) is not None)
    for doubt in doubts:
        page = doubt.regions[0].page if doubt.regions else doubt.page
        part = next((p for p in r.parts if page and p.page_from <= page <= p.page_to), None)
        yield r.row("problems", doubt.regions, 0.9, page=page, part_id=r.part_id(part) if part else None, kind=doubt.kind, text=doubt.text)
