"""Rows about decisions: declarations, corrections, motions, votes, resolutions, actions of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.model import Part
from extractors.reading.doc import Sheet, facts_of
from extractors.reading.facts import (
    ActionFact,
    CorrectionFact,
    DecisionFact,
    DeclarationFact,
    ItemFact,
    MotionFact,
    VoteFact,
)
from extractors.reading.references import item_at, item_of
from extractors.rows.changes import changes_in
from extractors.rows.reading import Reading, facts, is_ocr, meeting_id, sheet_for
from schemas.decisions import ActionRow, CorrectionRow, DeclarationRow, MotionRow, ResolutionRow, VoteRow


def declarations_rows(r: Reading) -> Iterator[DeclarationRow]:
    """Interests declared in minutes."""
    for part, sheet, d in facts(r, "declarations", DeclarationFact):
        yield DeclarationRow(
            place=r.place("declarations", sheet.regions(d.start, d.end), d.confidence, page=part.page_from),
            meeting_id=meeting_id(r, part),
            item_number=d.item_number,
            person_id=r.person_id(d.name, d.title),
            name=d.name,
            kind=d.kind,
            text=d.text,
            left_meeting=d.left_meeting,
        )


def corrections_rows(r: Reading) -> Iterator[CorrectionRow]:
    """What minutes put right in those of earlier meetings."""
    for part, sheet, c in facts(r, "corrections", CorrectionFact):
        box = sheet.regions(c.start, c.end)
        item = item_at(facts_of(r.docs[part.index], "items"), c.start)
        yield CorrectionRow(
            place=r.place("corrections", box, c.confidence, page=part.page_from),
            meeting_id=meeting_id(r, part),
            correction_id=r.new_id("correction", box[0].page if box else part.page_from),
            item_number=(item.number or item.minute_number) if item else None,
            minutes_of=c.day,
            minute=c.minute,
            in_page=c.in_page,
            text=c.text,
            was=c.was,
            reads=c.reads,
        )


def motion_id(r: Reading, part: Part, key: int) -> str:
    """A motion's id, from its place: its number among those of its page."""
    sheet = sheet_for(r, part)
    facts: list[MotionFact] = facts_of(r.docs[part.index], "motions")
    fact = next(m for m in facts if m.key == key)
    page = _first_page(sheet, fact, part)
    nth = sum(1 for m in facts if m.key <= key and _first_page(sheet, m, part) == page)
    return f"{r.document_id[:16]}-motion-p{page}.{nth}"


def _first_page(sheet: Sheet, fact: MotionFact, part: Part) -> int:
    box = sheet.regions(fact.start, fact.end)
    return box[0].page if box else part.page_from


def motions_rows(r: Reading) -> Iterator[MotionRow]:
    """Motions and amendments."""
    for part, sheet, m in facts(r, "motions", MotionFact):
        box = sheet.regions(m.start, m.end)
        item = item_of(facts_of(r.docs[part.index], "items"), m.start, m.text)
        yield MotionRow(
            place=r.place("motions", box, m.confidence * (0.9 if is_ocr(r, box) else 1), page=part.page_from),
            meeting_id=meeting_id(r, part),
            motion_id=motion_id(r, part, m.key),
            item_number=(item.number or item.minute_number) if item else None,
            kind=m.kind,
            amends=motion_id(r, part, m.amends) if m.amends is not None else None,
            mover=m.mover,
            mover_person_id=r.person_id(m.mover),
            seconder=m.seconder,
            seconder_person_id=r.person_id(m.seconder),
            text=m.text,
            text_struck=(changed := changes_in(r.paper, box)).struck,
            text_inserted=changed.inserted,
            outcome=m.outcome,
            outcome_text=m.outcome_text,
            unanimous=m.unanimous,
            votes_for=m.votes_for,
            votes_against=m.votes_against,
            abstentions=m.abstentions,
            casting_vote=m.casting_vote or None,
            reference=m.reference,
        )


def votes_rows(r: Reading) -> Iterator[VoteRow]:
    """Every name of every recorded division."""
    for part, sheet, v in facts(r, "votes", VoteFact):
        box = sheet.regions(v.start, v.end)
        yield VoteRow(
            place=r.place("votes", box, v.confidence * (0.9 if is_ocr(r, box) else 1), page=part.page_from),
            motion_id=motion_id(r, part, v.motion),
            person_id=r.person_id(v.name, v.title),
            name=v.name,
            choice=v.choice,
        )


def _motion_behind(r: Reading, part: Part, d: DecisionFact) -> str | None:
    """The motion that a resolution came from: the one it was read out of, else the last motion carried under
    the same item."""
    motions: list[MotionFact] = facts_of(r.docs[part.index], "motions")
    if part.kind != "minutes" or not motions:
        return None
    within = next((m for m in motions if m.start <= d.start < m.end), None)
    if within:
        return motion_id(r, part, within.key)
    items: list[ItemFact] = facts_of(r.docs[part.index], "items")
    own = item_at(items, d.start)
    before = [
        m
        for m in motions
        if m.end <= d.start
        and m.kind == "motion"
        and item_at(items, m.start) == own
        and m.outcome == "carried"
    ]
    return motion_id(r, part, before[-1].key) if before else None


def resolutions_rows(r: Reading) -> Iterator[ResolutionRow]:
    """Clauses resolved in minutes, and recommended in reports, agendas and minutes."""
    for part, sheet, d in facts(r, "decisions", DecisionFact):
        box = sheet.regions(d.start, d.end)
        item = item_of(facts_of(r.docs[part.index], "items"), d.start, d.text)
        yield ResolutionRow(
            place=r.place(
                "decisions", box, d.confidence * (0.9 if is_ocr(r, box) else 1), page=part.page_from
            ),
            meeting_id=meeting_id(r, part),
            resolution_id=r.new_id("resolution", box[0].page if box else part.page_from),
            item_number=(item.number or item.minute_number)
            if item and part.kind in ("minutes", "agenda")
            else part.item_number,
            clause=d.clause,
            kind=d.kind,
            verb=d.verb,
            text=d.text,
            motion_id=_motion_behind(r, part, d),
            stem=d.stem,
            reference=d.reference,
            mover=d.mover,
            seconder=d.seconder,
            outcome=d.outcome,
        )


def actions_rows(r: Reading) -> Iterator[ActionRow]:
    """Actions of minutes."""
    for part, sheet, a in facts(r, "actions", ActionFact):
        box = sheet.regions(a.start, a.end)
        item = item_at(facts_of(r.docs[part.index], "items"), a.start)
        yield ActionRow(
            place=r.place("actions", box, a.confidence, page=part.page_from),
            meeting_id=meeting_id(r, part),
            action_id=r.new_id("action", box[0].page if box else part.page_from),
            item_number=(item.number or item.minute_number) if item else None,
            owners=a.owners,
            owner_person_ids=known_owners(r, a.owners),
            owner_kind=a.owner_kind,
            text=a.text,
            due_text=a.due_text,
            due_date=a.due_date,
            due_precision=a.due_precision,
            status=a.status,
            source=a.source,
        )


def known_owners(r: Reading, owners: Sequence[str]) -> tuple[str, ...]:
    """Ids of the owners whom exactly one person of the document can be."""
    return tuple(found for owner in owners if (found := r.person_id(owner)))
