"""Consent calendars: items that one motion passes together are decided each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.decisions import Decision, trimmed
from extractors.reading.understand.items import Item
from extractors.reading.understand.motion import TRIGGER, Motion, first_cue

HEADING = re.compile(
    r"\bconsent\b(?:\s+(?:agenda|calendar|items?))?\W*$|\bconsent\s+(?:agenda|calendar|items?)\b", re.I
)
LONGEST = 60
"""Words that an item of a consent calendar may have."""


def read_consent(
    segments: Sequence[Segment], items: Sequence[Item], motions: Sequence[Motion]
) -> list[Decision]:
    """The items of every consent calendar that was carried, in order."""
    out: list[Decision] = []
    for n, item in enumerate(items):
        if not HEADING.search(item.title):
            continue
        end = _end(items, n, len(segments))
        passing = _passing(motions, item.first, end)
        if passing is not None:
            out += list(_children(segments, item.first + 1, end, passing))
    return out


def _end(items: Sequence[Item], n: int, last: int) -> int:
    """The segment at which the next item of the calendar's own level begins."""
    own = _shape(items[n])
    return next((i.first for i in items[n + 1 :] if _shape(i) == own), last)


def _shape(item: Item) -> str:
    number = number_of(f"{item.number}. ") if item.number else None
    return number.shape if number else ""


def _passing(motions: Sequence[Motion], start: int, end: int) -> int | None:
    """The carried motion within the calendar, or the one that names it soon after."""
    for n, m in enumerate(motions):
        near = start <= m.at < end or (start <= m.at < end + 3 and re.search(r"\bconsent\b", m.text, re.I))
        if near and m.outcome == "carried":
            return n
    return None


def _children(segments: Sequence[Segment], start: int, end: int, motion: int) -> Iterator[Decision]:
    for i in range(start, end):
        s = segments[i]
        number = number_of(s.text)
        if not s.first or not (number or s.view.block.marker) or len(s.text.split()) > LONGEST:
            continue
        if TRIGGER.search(s.text) and first_cue(s.text, "motion"):
            continue
        cut = number.end if number else len(s.view.block.marker)
        words = trimmed(s.text[cut:])
        if len(words.split()) > 1:
            clause = number.text if number else None
            yield Decision(words, s.start + cut, s.end, i, "on the consent calendar", None, clause, motion)
