"""Lists that one motion passes: consent calendars, and "to approve the following items:"; each item is
decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.decision import Decision, trimmed
from extractors.reading.understand.divisions import division_at
from extractors.reading.understand.items import Item
from extractors.reading.understand.motion import TRIGGER, Motion, first_cue, first_outcome
from extractors.reading.understand.motion_words import NARRATIVE, VOTE_CALLED

NAMED = re.compile(
    r"\b(?:consent|omnibus)\s+(?:agenda|calendar|docket|list|items?|resolutions?|vote)\b", re.I
)
"""What such a list is called."""
HEADING = re.compile(rf"\b(?:consent|omnibus)\W*$|{NAMED.pattern}", re.I)
PULLED = re.compile(r"\b(?:remov|pull|withdr)\w*", re.I)
"""A heading over items that were taken off the calendar."""
PULLED_NUMBER = re.compile(
    r"\b(?:items?|resolutions?|ordinances?|numbers?)\s+(?:nos?\.?\s*|numbers?\s*|#\s*)?\(?(?P<number>[A-Z0-9][\w.-]{0,11}?)\)?\.?,?(?=\s|$)",
    re.I,
)
"""An item that a sentence about what was taken off names: "Item (C)", "item 5.D."."""
RANGE = re.compile(
    r"\bitems?\s+(?:nos?\.?\s*|numbers?\s*)?(?P<first>\d{1,3})\s*(?:through|thru|to|–|-)\s*(?P<last>\d{1,3})\b",
    re.I,
)
"""The items that make up the list: "being Items No. 2 through 6"."""
FILED = re.compile(r"^\W*(?:resolution|ordinance|bill|order)\s+(?:no\.?|number|#)\s*[\w-]*\d[\w-]*\W*$", re.I)
"""What a paper of the list is filed under, over its title: "RESOLUTION NO. RS2009-415"."""
PULLED_NOTE = re.compile(r"^\W*(?:item\s+)?(?:was\s+)?(?:removed|pulled|withdrawn)\b", re.I)
WERE_ADOPTED = re.compile(
    r"\bthe\s+following\s+(?:resolutions?|items?|ordinances?|reports?|by-?laws?|recommendations?)\s+(?:was|were)\s+(?:\w+ly\s+)?"
    r"(?:adopted|approved|passed|accepted|received|agreed)\b[^.]{0,40}:\W*$",
    re.I,
)
"""A sentence whose list is what was decided."""
FOLLOWING = re.compile(
    r"\bthe\s+following(?:\s+[\w-]+){0,4}$|\bthe\s+following\b[^.:]{0,120}:?$|\bas\s+follows\W*$", re.I
)
"""Words of a motion whose items stand below it."""
PAYMENTS = re.compile(r"\b(?:paid|pay|payments?|accounts?|bills|cheques|invoices|vouchers|claims)\b", re.I)
"""A list below these is of money."""
LONGEST = 60
"""Words that an item of a consent calendar may have."""
MOST = 40
"""Segments that a list below its motion may have."""


def read_consent(
    segments: Sequence[Segment], items: Sequence[Item], motions: Sequence[Motion]
) -> list[Decision]:
    """The items of every consent calendar that was carried, in order, and of every list that a motion
    names."""
    heads = {item.first for item in items}
    out: list[Decision] = []
    headed: set[int] = set()
    for n, item in enumerate(items):
        if not HEADING.search(item.title) or PULLED.search(item.title):
            continue
        end = _end(items, n, len(segments))
        passing = _passing(motions, item.first, end)
        if passing is not None and any(_is_child(s) for s in segments[item.first + 1 : motions[passing].at]):
            end = min(end, motions[passing].at)  # the motion closes the calendar
        if passing is not None:
            headed.add(passing)
            apart = {m.at for k, m in enumerate(motions) if k != passing}
            out += list(_children(segments, item.first + 1, end, passing, apart))
    known = {d.at for d in out}
    for n, m in enumerate(motions):
        if m.outcome == "carried" and n not in headed and NAMED.search(m.text):
            apart = {k.at for k in motions if k is not m}
            out += [d for d in _unheaded(segments, m.at, n, apart) if d.at not in known]
    known = {d.at for d in out}
    for i, s in enumerate(segments):
        if WERE_ADOPTED.search(s.text):
            below = _listed_below(segments, i, None, heads.__contains__)
            out += [d for d in below if d.at not in known]
    known = {d.at for d in out}
    for n, m in enumerate(motions):
        if (
            m.outcome == "carried"
            and not PAYMENTS.search(m.text)
            and FOLLOWING.search(m.text.rstrip(" .:;–-"))
        ):
            out += [d for d in _listed_below(segments, m.at, n, heads.__contains__) if d.at not in known]
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


def _unheaded(segments: Sequence[Segment], at: int, motion: int, apart: set[int]) -> Iterator[Decision]:
    """The list that a motion passes where no heading stands over it: the items above it, up to where the list
    is announced, or those that a range of numbers names."""
    said = " ".join(s.text for s in segments[max(0, at - 3) : at + 1])
    if named := RANGE.search(said):
        wanted = {str(k) for k in range(int(named["first"]), int(named["last"]) + 1)}
        for i in range(at + 1, len(segments)):
            number = number_of(segments[i].text) if segments[i].first else None
            if number and number.text in wanted:
                yield from _children(segments, i, i + 1, motion, apart | _moved_on_below(segments, i, apart))
        return
    for i in range(at - 1, max(at - MOST, 0), -1):
        if (
            NAMED.search(segments[i].text)
            and not _is_child(segments[i])
            and not segments[i].text.endswith("?")
        ):
            if any(_is_child(s) for s in segments[i + 1 : i + 2]):
                yield from _children(segments, i + 1, at, motion, apart)
            return


def _moved_on_below(segments: Sequence[Segment], i: int, apart: set[int]) -> set[int]:
    """{i + 1} where a motion of its own stands under the item at segment i, before the next number."""
    for k in range(i + 1, min(i + MOST, len(segments))):
        if segments[k].first and number_of(segments[k].text):
            break
        if k in apart:
            return {i + 1}
    return set()


def _pulled(segments: Sequence[Segment], start: int, end: int) -> set[str]:
    """The numbers of items that were taken off the list."""
    out: set[str] = set()
    for s in segments[max(0, start - 3) : end + 2]:
        if PULLED.search(s.text) and not _is_child(s):
            out |= {m["number"].strip(".").lower() for m in PULLED_NUMBER.finditer(s.text)}
    return out


def _children(
    segments: Sequence[Segment], start: int, end: int, motion: int, apart: set[int]
) -> Iterator[Decision]:
    """The calendar's numbered items, but those under which another motion was put or that were taken off."""
    pulled = _pulled(segments, start, end)
    for i in range(start, end):
        s = segments[i]
        if FILED.match(s.text) and i + 1 < end and not number_of(segments[i + 1].text):
            t = segments[i + 1]
            if not any(p in s.text.lower() for p in pulled):
                yield Decision(
                    trimmed(t.text), t.start, t.end, i + 1, "on the consent calendar", None, None, motion
                )
            continue
        if not _is_child(s):
            continue
        number = number_of(s.text)
        cut = number.end if number else len(s.view.block.marker)
        last = s
        if s.text.endswith(":") and i + 1 < end and segments[i + 1].view is s.view:
            last = segments[i + 1]  # "Bills for April: $311,904.56"
        words = trimmed(s.text[cut:] + (f" {last.text}" if last is not s else ""))
        noted = [t.text for t in segments[i : i + 2] if PULLED_NOTE.match(t.text)]
        off = number is not None and any(
            number.text.lower() == p or p.endswith(f".{number.text.lower()}") for p in pulled
        )
        if len(words.split()) > 1 and i + 1 not in apart and not noted and not off:
            clause = number.text if number else None
            yield Decision(words, s.start + cut, last.end, i, "on the consent calendar", None, clause, motion)


def _is_child(s: Segment) -> bool:
    if len(s.text.split()) > LONGEST or (TRIGGER.search(s.text) and first_cue(s.text, "motion")):
        return False
    return bool(((s.first or s.opens) and number_of(s.text)) or (s.first and s.view.block.marker))


def _listed_below(
    segments: Sequence[Segment], at: int, motion: int | None, is_heading: Callable[[int], bool]
) -> Iterator[Decision]:
    """What stands in lines of its own between a motion, or what tells of one, and its vote."""
    for i in range(at + 1, min(at + MOST, len(segments))):
        s = segments[i]
        ended = first_outcome(s.text) or division_at(segments, i) or VOTE_CALLED.match(s.text)
        if ended and i == at + 1:
            continue  # "Motion carried." stands between the motion and its list
        if ended or is_heading(i) or (TRIGGER.search(s.text) and first_cue(s.text, "motion")):
            return
        number = number_of(s.text)
        cut = number.end if number else 0
        words = trimmed(s.text[cut:])
        if NARRATIVE.search(words) or FILED.match(words) or not (s.first or s.opens) or s.text.endswith(":"):
            continue
        if 1 < len(words.split()) <= LONGEST:
            clause = number.text if number else None
            yield Decision(words, s.start + cut, s.end, i, "on the consent calendar", None, clause, motion)
