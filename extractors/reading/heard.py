"""A part heard once: its segments, and what each state machine understood of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.reading.doc import Sheet
from extractors.reading.facts import PersonFact
from extractors.reading.roles.features import features_of
from extractors.reading.segments import Segment, segments_of
from extractors.reading.understand.actions import Action, names_known, read_actions
from extractors.reading.understand.consent import read_consent
from extractors.reading.understand.decision import Decision
from extractors.reading.understand.decisions import STEMS, read_decisions
from extractors.reading.understand.declarations import Declaration, read_declarations
from extractors.reading.understand.items import Item, read_items
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.motions import read_motions
from extractors.reading.understand.records import is_record
from extractors.reading.understand.rolls import read_roll


@dataclass(frozen=True)
class Heard:
    """All that was understood of one part, in the order of the page."""

    segments: list[Segment]
    items: list[Item]
    roll: list[PersonFact]
    declarations: list[Declaration]
    motions: list[Motion]
    decisions: list[Decision]
    actions: list[Action]


def settled_in(segments: Sequence[Segment], decisions: Sequence[Decision]) -> set[int]:
    """The segments that tell decisions: those that begin one, and those that its words stand in."""
    out = {d.at for d in decisions}
    for i, s in enumerate(segments):
        if any(d.start < s.end and s.start < d.end for d in decisions):
            out.add(i)
    return out


@lru_cache(maxsize=2)
def hear(sheet: Sheet) -> Heard:
    """Read the part, once for all who ask."""
    segments = segments_of(sheet)
    items = read_items(segments, features_of(segments, sheet.part.kind), sheet.part.kind)
    heads = {item.first for item in items}
    if sheet.part.kind != "minutes":
        decisions = read_decisions(segments, [], heads.__contains__, only=STEMS) if is_record(sheet) else []
        return Heard(segments, items, [], [], [], decisions, [])
    motions = read_motions(segments, heads.__contains__)
    decisions = read_decisions(segments, motions, heads.__contains__)
    known = {d.at for d in decisions}
    decisions += [d for d in read_consent(segments, items, motions) if d.at not in known]
    decisions.sort(key=lambda d: (d.start, d.end))
    roll = read_roll(sheet)
    declarations = read_declarations(segments, heads.__contains__, roll)
    known = names_known(p.name for p in roll)
    actions = read_actions(segments, motions, settled_in(segments, decisions), known)
    return Heard(segments, items, roll, declarations, motions, decisions, actions)
