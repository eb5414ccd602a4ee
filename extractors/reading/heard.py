"""A part heard once: its segments, and what each state machine understood of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.reading.doc import Sheet
from extractors.reading.facts import PersonFact
from extractors.reading.roles.features import features_of
from extractors.reading.segments import Segment, segments_of
from extractors.reading.understand.actions import Action, names_known, read_actions
from extractors.reading.understand.by_roll import settle_by_roll
from extractors.reading.understand.consent import read_consent
from extractors.reading.understand.decision import Decision
from extractors.reading.understand.decisions import STEMS, read_decisions
from extractors.reading.understand.declarations import Declaration, read_declarations
from extractors.reading.understand.items import Item, is_number_alone, read_items
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.motions import read_motions
from extractors.reading.understand.records import is_record
from extractors.reading.understand.rolls import read_roll

VISITOR = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr)\b")
LEAST_KNOWN = 6
"""Words and initials of names from which on a roll is one."""


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


def _is_a_visitors(motion: Motion, known: frozenset[str]) -> bool:
    """Somebody who is not on the roll proposed it, and nothing came of it: "Mr Foss proposed that the road be
    closed"."""
    if not motion.mover or motion.seconder or motion.outcome or motion.division or len(known) < LEAST_KNOWN:
        return False
    return bool(VISITOR.match(motion.mover)) and motion.mover.split()[-1] not in known


@lru_cache(maxsize=2)
def hear(sheet: Sheet) -> Heard:
    """Read the part, once for all who ask."""
    segments = segments_of(sheet)
    items = read_items(segments, features_of(segments, sheet.part.kind), sheet.part.kind)
    heads = {item.first for item in items}
    if sheet.part.kind != "minutes":
        decisions = read_decisions(segments, [], heads.__contains__, only=STEMS) if is_record(sheet) else []
        return Heard(segments, items, [], [], [], decisions, [])
    roll = read_roll(sheet)
    known = names_known(p.name for p in roll)
    motions = [m for m in read_motions(segments, heads.__contains__) if not _is_a_visitors(m, known)]
    settle_by_roll(segments, motions, roll, heads.__contains__)
    decisions = read_decisions(segments, motions, heads.__contains__)
    told = {d.at for d in decisions}
    decisions += [d for d in read_consent(segments, items, motions) if d.at not in told]
    decisions.sort(key=lambda d: (d.start, d.end))
    titles = heads | {item.last for item in items if is_number_alone(segments[item.first])}
    declarations = read_declarations(segments, titles.__contains__, roll)
    actions = read_actions(segments, motions, settled_in(segments, decisions), known)
    return Heard(segments, items, roll, declarations, motions, decisions, actions)
