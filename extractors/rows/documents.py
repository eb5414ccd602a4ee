"""Rows about the paper itself: documents, parts, pages, links, problems."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from extractors.model import Block, Box, Line, Part, fold
from extractors.parts.face.state import state_of
from extractors.parts.kinds import kind_of_document
from extractors.reading.accounts import account_of
from extractors.reading.facts import (
    MeetingFact,
)
from extractors.rows.checks import council_doubt, page_doubts, part_doubts, table_doubts
from extractors.rows.reading import Reading, day_of, part_at
from extractors.version import __version__
from schemas.documents import DocumentRow, LinkRow, PageRow, PartRow, PartState
from schemas.problems import ProblemRow, problem
from schemas.row import nowhere

EDGE = 50
"""Points from the top and the foot of a page where what runs over all pages stands."""
OPENING = 8
"""Blocks in which minutes say that they are a draft."""


def _main_meeting(r: Reading) -> tuple[str, MeetingFact] | None:
    for kinds in (("agenda",), ("minutes",), ("report", "appendix", "other")):
        for part in r.parts:
            if part.kind in kinds and part.index in r.meetings:
                return r.meetings[part.index]
    return None


def document_row(r: Reading, path: Path, size: int) -> DocumentRow:
    """The paper's own row."""
    meeting = _main_meeting(r)
    sources = {p.text_source for p in r.paper.pages} - {"none"}
    troubled = [p.number for p in r.paper.pages if p.trouble]
    real = next((p for p in r.parts if p.kind != "blank"), r.parts[0])
    title = (
        r.paper.title
        if r.paper.title
        and len(r.paper.title) > 6
        and not re.search(r"\.(?:docx?|pdf|xlsx?)$|^microsoft|untitled", r.paper.title, re.I)
        else real.title
    )
    told = [f"pages not read: {', '.join(map(str, troubled[:20]))}"] if troubled else []
    told += (
        ["the file is damaged and was read after repair by pikepdf: fetch it again"] if r.paper.damage else []
    )
    understood, style = _account(r)
    return DocumentRow(
        place=r.place("documents", real.blocks[0].regions[:1] if real.blocks else (), 0.95, page=1),
        source_url=path.name,
        title=title or None,
        kind=kind_of_document(r.parts, r.paper.title),
        committee=meeting[1].committee if meeting else None,
        meeting_id=meeting[0] if meeting else None,
        meeting_date=meeting[1].date if meeting else None,
        published_at=None,
        fetched_at=None,
        bytes=size,
        pages=len(r.paper.pages),
        producer=r.paper.producer,
        text_source="mixed" if len(sources) > 1 else "ocr" if "ocr" in sources else "digital",
        status="partial" if told else "ok",
        error="; ".join(told) or None,
        understood=understood,
        style=style,
        supersedes=None,
        other_councils=None,
        rows_hash=None,  # the store's to say
    )


def _account(r: Reading) -> tuple[float | None, tuple[str, ...] | None]:
    """The share of strong cues in the minutes that a fact explains, and the turns of phrase that were
    understood."""
    accounts = [account_of(r.docs[p.index]) for p in r.parts if p.kind == "minutes" and p.index in r.docs]
    heard = sum(a.heard for a in accounts)
    missed = sum(len(a.missed) for a in accounts)
    styles = tuple(dict.fromkeys(s for a in accounts for s in a.styles))
    return (round(1 - missed / heard, 3) if heard else None), (styles or None)


def parts_rows(r: Reading) -> Iterator[PartRow]:
    """A row a part."""
    for p in r.parts:
        box = p.blocks[0].regions[:1] if p.blocks else ()
        meeting = r.meetings.get(p.index)
        yield PartRow(
            place=r.place("parts", box, p.confidence, page=p.page_from),
            part_id=r.part_id(p),
            kind=p.kind,
            title=p.title or None,
            item_number=p.item_number,
            page_from=p.page_from,
            page_to=p.page_to,
            meeting_id=meeting[0] if meeting else None,
            state=_state(r, p) if p.kind == "minutes" else None,
        )


def _state(r: Reading, part: Part) -> PartState | None:
    """What minutes say of themselves, at their head or in what runs over and under their first page."""
    page = r.paper.pages[part.page_from - 1]
    edge = [w for w in page.words if w.box.top < EDGE or w.box.bottom > page.height - EDGE]
    own = [line.text for b in part.blocks[:OPENING] for line in b.lines]
    return state_of([part.title or "", *own], [" ".join(w.text for w in edge)])


def pages_rows(r: Reading) -> Iterator[PageRow]:
    """A row a page, with all its words."""
    texts: dict[int, list[str]] = {}
    for block in r.layout.blocks:
        for number, lines in _lines_by_page(block).items():
            texts.setdefault(number, []).append(lines)
    for page in r.paper.pages:
        box = [Box(page.number, 0.0, 0.0, page.width, page.height)]
        part = part_at(r, page.number)
        yield PageRow(
            place=r.place("pages", box, 1.0 if page.text_source == "digital" else 0.9),
            part_id=r.part_id(part) if part else None,
            label=r.layout.labels.get(page.number),
            width=page.width,
            height=page.height,
            text="\n".join(texts.get(page.number, [])),
            text_source=page.text_source,
        )


def _lines_by_page(block: Block) -> dict[int, str]:
    out: dict[int, list[Line]] = {}
    for line in block.lines:
        out.setdefault(line.words[0].box.page, []).append(line)
    return {
        page: fold(lines) if block.kind != "table" else " ".join(x.text for x in lines)
        for page, lines in out.items()
    }


def links_rows(r: Reading) -> Iterator[LinkRow]:
    """Hyperlinks, with the words that they lie over."""
    for page in r.paper.pages:
        part = part_at(r, page.number)
        for link in page.links:
            yield LinkRow(
                place=r.place("pages", [link.box], 1.0),
                part_id=r.part_id(part) if part else None,
                url=link.url,
                text=link.text or None,
            )


def failed_row(document_id: str, path: Path, size: int, error: str) -> DocumentRow:
    """The row of a PDF that could not be read; `size` in bytes."""
    return DocumentRow(
        place=nowhere(document_id, 1.0, f"minutebook.documents {__version__}"),
        source_url=path.name,
        title=None,
        kind="other",
        committee=None,
        meeting_id=None,
        meeting_date=None,
        published_at=None,
        fetched_at=None,
        bytes=size,
        pages=None,
        producer=None,
        text_source=None,
        status="failed",
        error=error,
        understood=None,
        style=None,
        supersedes=None,
        other_councils=None,
        rows_hash=None,
    )


def problems_rows(r: Reading) -> Iterator[ProblemRow]:
    """What the checks doubt."""
    doubts = [*page_doubts(r.paper), *table_doubts(r.tables)]
    if r.council == "unknown":
        doubts.append(council_doubt(r.councils_heard))
    for part in r.parts:
        if part.index in r.docs:
            doubts += part_doubts(part, r.docs[part.index], r.people, dated=day_of(r, part) is not None)
    for doubt in doubts:
        page = doubt.regions[0].page if doubt.regions else doubt.page
        part = part_at(r, page)
        yield problem(
            r.place("problems", doubt.regions, 0.9, page=page),
            doubt.kind,
            doubt.text,
            part_id=r.part_id(part) if part else None,
            dataset=doubt.dataset,
        )
