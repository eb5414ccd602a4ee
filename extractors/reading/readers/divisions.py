"""Motions and recorded votes as facts, out of the motions that the sheet was read for."""

from __future__ import annotations

from extractors.reading.doc import Sheet
from extractors.reading.facts import MotionFact, VoteFact
from extractors.reading.readers.motions import Motion, moved_motions
from extractors.reading.readers.outcomes import result_of


def find_motions(sheet: Sheet) -> list[MotionFact]:
    """The motions and amendments of minutes, in order."""
    return [_fact(m) for m in moved_motions(sheet)] if sheet.part.kind == "minutes" else []


def _fact(m: Motion) -> MotionFact:
    sure = (
        0.95 if m.seconder and (m.outcome or m.tally.votes_for is not None) else 0.8 if m.seconder else 0.65
    )
    kind = "amendment" if m.kind == "amendment" else "motion"
    return MotionFact(
        start=m.start,
        end=max(m.end, m.pieces[-1][1]),
        confidence=sure,
        key=m.start,
        kind=kind,
        mover=m.mover,
        seconder=m.seconder,
        text=m.words,
        style=m.style,
        reference=m.number,
        outcome=result_of(m.outcome),
        outcome_text=m.outcome,
        unanimous=m.unanimous,
        votes_for=m.tally.votes_for,
        votes_against=m.tally.votes_against,
        abstentions=m.tally.abstentions,
        casting_vote=m.tally.casting,
        amends=m.amends.start if m.amends else None,
    )


def find_votes(sheet: Sheet) -> list[VoteFact]:
    """Every name of every recorded division."""
    if sheet.part.kind != "minutes":
        return []
    return [
        VoteFact(
            start=b.start,
            end=b.end,
            confidence=0.97 if b.title or len(b.name.split()) > 1 else 0.85,
            motion=m.start,
            name=b.name,
            title=b.title,
            choice=b.choice,
        )
        for m in moved_motions(sheet)
        for b in m.ballots
    ]
