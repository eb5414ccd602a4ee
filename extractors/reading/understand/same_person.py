"""The same person on two lists, or on a list and in a sentence: once, as the surer printing has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.cues.says.people import MEMBERS
from extractors.reading.facts import Presence
from extractors.reading.understand.entries import note_of
from extractors.reading.understand.seen import Seen
from extractors.reading.understand.told import letters_of

AWAY: tuple[Presence, ...] = ("absent", "apologies")
TOLD_AWAY = ("X was absent", "X was excused", "X sent apologies", "apologies from")
"""Sentences that name somebody away in full, whom a vote calls by surname."""
BARE = re.compile(rf"(?:[\w&’']+\s+){{0,3}}{MEMBERS}", re.I)
"""A label of who the members are that does not say whether they were there."""


def one_each(people: Sequence[Seen]) -> list[Seen]:
    """Each person once: who is listed as absent and present was late or is doubted, and is present by the
    list."""
    out: dict[str, Seen] = {}
    for p in sorted(people, key=lambda p: (not p.listed, p.start)):
        key = letters_of(p.name)
        alone = " " not in p.name and p.status == "absent"  # "Absent: Foss" of a vote, and Ann Foss was there
        away = p.status in AWAY
        same = next((k for k, q in out.items() if _is_same(p, q, alone=alone)), None)
        if same is not None:
            told = out[same].listed and out[same].status in AWAY and p.label in TOLD_AWAY
            told = told or (out[same].label, p.label) == ("named with post", "signed with post")
            if len(p.name) > len(out[same].name) and (
                p.listed or told or not (out[same].listed or p.label in ("signed", "signed with post"))
            ):
                out[same] = replace(out[same], entry=replace(out[same].entry, name=p.name))
            key = same
        sorry = p.status == "apologies" and key in out and out[key].status == "absent"
        if key not in out:
            out[key] = p
        elif sorry or (away and _is_all(out[key])):
            out[key] = replace(out[key], status=p.status)
        elif out[key].status in AWAY and p.status == "present" and _came_late(p):
            out[key] = replace(out[key], status="present", entry=replace(out[key].entry, notes=p.entry.notes))
        elif p.status == "present" and p.listed and out[key].status in AWAY and not BARE.fullmatch(p.label):
            out[key] = p  # away from the closed session, there at the roll call of the meeting
        elif (known := out[key].entry).post is None and p.entry.post:
            out[key] = replace(out[key], entry=replace(known, post=p.entry.post))
    return sorted(out.values(), key=lambda p: p.start)


def _came_late(p: Seen) -> bool:
    return any(note_of(note) == "arrived" for note in p.entry.notes) or p.label == "X arrived"


def _is_same(p: Seen, q: Seen, *, alone: bool) -> bool:
    """Whether two printings of a person can be one: of the same status, or both away, or one in a list
    of who the members are."""
    away = p.status in AWAY
    if not (alone or q.status == p.status or (away and (q.status in AWAY or _is_all(q)))):
        return False
    if p.listed and q.listed and {p.capacity, q.capacity} == {"member", "officer"}:
        return False  # a councillor and an engineer of one surname
    one = _one_of_two(p.name, q.name) or letters_of(q.name) == letters_of(p.name)
    return one or (away and _initialled(p.name, q.name))


def _is_all(p: Seen) -> bool:
    """Whether the list says only who the members are: "Commissioners: ..."."""
    return p.listed and p.status == "present" and bool(BARE.fullmatch(p.label))


def _one_of_two(a: str, b: str) -> bool:
    """One printing is the surname of the other: "Landau" and "Andrew Landau"."""
    short, full = sorted((a.split(), b.split()), key=len)
    return len(short) == 1 and len(full) > 1 and short[0].lower() == full[-1].lower()


def _initialled(a: str, b: str) -> bool:
    """One printing has an initial for the other's first name: "A. Landau" and "Andrew Landau"."""
    (one, *_), (other, *_) = given = sorted((a.split(), b.split()), key=lambda words: len(words[0]))
    alike = other.startswith(one.strip(".")) and len(one.strip(".")) == 1
    return alike and all(len(words) == 2 for words in given) and given[0][1].lower() == given[1][1].lower()
