"""What was heard of a part, as the facts that rows are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.mentions.due import NOTHING, due_of
from extractors.reading.confidence import sure_of
from extractors.reading.counts import Count
from extractors.reading.doc import Sheet
from extractors.reading.facts import (
    ActionFact,
    CorrectionFact,
    DecisionFact,
    DeclarationFact,
    ItemFact,
    MotionFact,
    PersonFact,
    VoteFact,
)
from extractors.reading.heard import Heard, hear, settled_in
from extractors.reading.references import item_at
from extractors.reading.understand.actions import Action
from extractors.reading.understand.ballots import TITLE
from extractors.reading.understand.corrections import read_corrections
from extractors.reading.understand.declarations import Declaration, is_about_interests, is_one
from extractors.reading.understand.front_sheet import with_front_sheet
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.owners import DUE, kind_of_owner
from extractors.reading.understand.recommendations import is_only_asked, read_recommendations
from extractors.reading.understand.records import is_proposed
from extractors.reading.understand.verbs import verb_of
from schemas.decisions import Outcome

OUTCOMES: dict[str, Outcome] = {
    "carried": "carried",
    "elected": "carried",
    "lost": "lost",
    "withdrawn": "withdrawn",
}


# --- items ---


def items_of(sheet: Sheet) -> list[ItemFact]:
    """The items of an agenda or of minutes; each reaches to where the next begins."""
    if sheet.part.kind not in ("agenda", "minutes"):
        return []
    items = hear(sheet).items
    ends = [*(i.start for i in items[1:]), len(sheet.text)][: len(items)]
    facts = [
        ItemFact(
            start=i.start,
            end=i.end,
            confidence=sure_of("item", i.sure, bool(i.number or i.minute)),
            number=i.number,
            title=i.title,
            minute_number=i.minute,
            parent_number=i.parent,
            body_end=end,
        )
        for i, end in zip(items, ends, strict=True)
    ]
    return with_front_sheet(sheet, facts) if sheet.part.kind == "agenda" else facts


# --- people ---


def people_of(sheet: Sheet) -> list[PersonFact]:
    """Who was there and who was not."""
    return hear(sheet).roll


# --- interests ---


def declarations_of(sheet: Sheet, items: Sequence[ItemFact]) -> list[DeclarationFact]:
    """Interests declared, each person once an item: the item named, or else the one it was declared under."""
    out: list[DeclarationFact] = []
    for d in hear(sheet).declarations:
        for number in d.items or (_item_of(d, items),):
            at = next(
                (n for n, o in enumerate(out) if o.item_number == number and is_one(o.name, d.name)), -1
            )
            if at < 0:
                out.append(_declared(d, number))
            elif out[at].left_meeting is None and d.left is not None:
                out[at] = replace(out[at], left_meeting=d.left)
    return sorted(out, key=lambda d: d.start)


def _declared(d: Declaration, number: str | None) -> DeclarationFact:
    return DeclarationFact(
        start=d.start,
        end=d.end,
        confidence=sure_of(f"declaration {d.cue}", 1.0, d.known),
        name=d.name,
        title=d.title,
        kind=d.kind,
        text=d.text,
        item_number=number,
        left_meeting=d.left,
    )


def _item_of(d: Declaration, items: Sequence[ItemFact]) -> str | None:
    """The item that the words stand under, unless that is the item in which interests are declared."""
    under = item_at(items, d.start)
    if under is None or is_about_interests(under.title):
        return None
    return under.number or under.minute_number


# --- earlier minutes ---


def corrections_of(sheet: Sheet, items: Sequence[ItemFact]) -> list[CorrectionFact]:
    """What minutes put right in those of earlier meetings."""
    if sheet.part.kind != "minutes":
        return []
    segments = hear(sheet).segments
    under = [item_at(items, s.start) for s in segments]
    titles = [item.title if item else "" for item in under]
    return [
        CorrectionFact(
            start=c.start,
            end=c.end,
            confidence=0.9 if c.reads or c.was or c.minute or c.in_page else 0.7,
            text=c.text,
            day=c.day,
            minute=c.minute,
            in_page=c.in_page,
            was=c.was,
            reads=c.reads,
        )
        for c in read_corrections(segments, titles, sheet.meeting_date)
    ]


# --- motions, votes, decisions ---


def motions_of(sheet: Sheet) -> list[MotionFact]:
    """The motions and amendments put."""
    heard = hear(sheet)
    told = [m for m in heard.motions if m.words]
    return [
        _motion(m, heard, _amended(told[:n]) if m.kind == "amendment" else None) for n, m in enumerate(told)
    ]


def _amended(before: Sequence[Motion]) -> int | None:
    """An amendment amends the last motion before it: that motion's key."""
    return next((m.at for m in reversed(before) if m.kind == "motion"), None)


def _motion(m: Motion, heard: Heard, amends: int | None) -> MotionFact:
    end = max(m.words[-1][2], heard.segments[min(m.last, len(heard.segments) - 1)].end)
    start = min(heard.segments[m.at].start, m.words[0][1])
    count = m.count or Count()
    said = heard.segments[m.at : m.last + 1]
    return MotionFact(
        start=start,
        end=end,
        confidence=sure_of("motion", 1.0, m.seconder is not None and m.outcome is not None),
        key=m.at,
        kind=m.kind,
        mover=m.mover,
        seconder=m.seconder,
        text=m.text,
        reference=m.number,
        outcome=OUTCOMES.get(m.outcome or ""),
        outcome_text=m.outcome_text,
        unanimous=True if re.search(r"unanim|all in favou?r", m.outcome_text or "", re.I) else None,
        votes_for=count.votes_for,
        votes_against=count.votes_against,
        abstentions=count.abstentions,
        casting_vote=any(re.search(r"\bcasting vote\b", s.text, re.I) for s in said),
        amends=amends,
    )


def votes_of(sheet: Sheet) -> list[VoteFact]:
    """Every name of every division."""
    return [
        VoteFact(
            start=a,
            end=b,
            confidence=sure_of("vote", 1.0, True),
            motion=m.at,
            name=name,
            title=_title(sheet.text[a:b]),
            choice=choice,
        )
        for m in hear(sheet).motions
        if m.words and m.division
        for name, choice, a, b in m.division.ballots
        if choice in ("for", "against", "abstain")
    ]


def _title(printed: str) -> str | None:
    """The title in front of a name, by which two of one surname are told apart."""
    m = TITLE.match(printed)
    return m.group().strip() if m else None


def decisions_of(sheet: Sheet, items: list[ItemFact]) -> list[DecisionFact]:
    """Resolutions of minutes, recommendations of reports."""
    if sheet.part.kind != "minutes":
        told = [] if is_proposed(sheet) else _decided(sheet)
        return [*(_asked(d) for d in told), *read_recommendations(sheet)]
    asked = read_recommendations(sheet)
    return [*asked, *(d for d in _decided(sheet) if d.outcome or not any(_within(d, a) for a in asked))]


def _within(d: DecisionFact, asked: DecisionFact) -> bool:
    """It is what officers asked for, printed over what became of it."""
    return d.start < asked.end and asked.start < d.end


def _asked(d: DecisionFact) -> DecisionFact:
    """Outside of minutes "Cabinet is asked to agree" is what somebody wants resolved."""
    return replace(d, kind="recommendation", outcome=None) if is_only_asked(d.stem, d.text) else d


def _decided(sheet: Sheet) -> list[DecisionFact]:
    motions = hear(sheet).motions
    return [
        DecisionFact(
            start=d.start,
            end=d.end,
            confidence=sure_of("decision " + d.cue, 1.0, d.motion is not None),
            kind="resolution",
            text=d.text,
            clause=d.clause,
            stem=d.stem,
            verb=verb_of(d.text),
            mover=motions[d.motion].mover if d.motion is not None else None,
            seconder=motions[d.motion].seconder if d.motion is not None else None,
            outcome=motions[d.motion].outcome if d.motion is not None else None,
        )
        for d in hear(sheet).decisions
    ]


# --- actions ---


def actions_of(sheet: Sheet) -> list[ActionFact]:
    """Who is to do what."""
    heard = hear(sheet)
    settled = settled_in(heard.segments, heard.decisions)
    return [_task(sheet, a, a.at in settled) for a in heard.actions]


def _task(sheet: Sheet, a: Action, resolved: bool) -> ActionFact:
    due = DUE.search(a.text)
    when = due_of(due.group(), sheet.meeting_date) if due else NOTHING
    return ActionFact(
        start=a.start,
        end=a.end,
        confidence=sure_of("action " + a.cue, 1.0, resolved),
        text=a.text,
        owners=(a.owner,) if a.owner else (),
        owner_kind=kind_of_owner(a.owner),
        due_text=due.group().strip() if due else None,
        due_date=when.day,
        due_precision=when.precision,
        source="resolution" if resolved else "minutes",
    )
