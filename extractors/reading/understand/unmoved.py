"""Votes and decisions with a count where nobody is said to have moved anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reading.counts import Count, N, count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division
from extractors.reading.understand.borrowed import DECIDED, borrow
from extractors.reading.understand.ended import TELLS_A_COUNT, ended_by, is_against
from extractors.reading.understand.motion import (
    ENDING,
    SPOKE,
    Motion,
    first_cue,
)

VOTE_TOLD = re.compile(r"^\W*(?:the\s+)?(?:vote|voting|votes\s+cast|result\s+of\s+the\s+vote)\b", re.I)

CLOSE = 6
"""Segments behind a motion within which a count is likely its own."""

AGREED_BY = re.compile(
    r"(?:\bit\s+was\b|\b(?:council(?:lors)?|members|board|committee|commission|panel)\b|,)[^.;:]{0,60}?"
    r"\b(?:agreed|decided|resolved|vote[ds]?)\b(?:(?!\b(?:who|which|had)\b)[^.;]){0,40}?\b(?=(?:to|that)\s+[a-z])",
    re.I,
)
"""What leads to the words where a count tells that they were agreed: "Members vote 4-1 to object ..."."""

PUT_AND = re.compile(
    r"(?:^|[,;]\s+|\bvote\s+)(?P<words>the\s+(?!(?:substantive\s+|original\s+|amended\s+)?(?:motion|amendment|proposal|vote|voting|question)\b)"
    r"[^.;,]{3,140}?)\s+(?:was|were)\s+(?:then\s+|duly\s+|put\s+(?:to\s+the\s+vote\s+)?(?:and\s+)?)*"
    r"(?P<end>agreed|approved|carried|adopted|endorsed|lost|rejected|defeated)\b",
    re.I,
)
"""What was put to the vote and how it ended: "the recommendations were put and agreed by 4 votes to 2"."""
COUNT_BEHIND = re.compile(rf"\s*,?\s*\(?(?:by\s+)?{N}\s+(?:votes?|in\s+favou?r|for)\b.*$", re.I)


def agreed_by_count(segments: Sequence[Segment], i: int) -> Motion | None:
    """A decision told with its count, whoever moved it: "it was agreed to object, 4 in favour, 1
    abstention"."""
    s = segments[i]
    count = count_in(s.text) if TELLS_A_COUNT.search(s.text) else None
    m = AGREED_BY.search(s.text) if count and first_cue(s.text, "motion") is None else None
    if m is None and count:
        return _put_and_agreed(s, i, count)
    if m is None or count is None or SPOKE.search(s.text[: m.start()]):
        return None
    words = COUNT_BEHIND.sub("", s.text[m.end() :])
    motion = Motion(i, None, None, "agreed by a count", last=i, count=count)
    motion.words.append((words, s.start + m.end(), s.start + m.end() + len(words)))
    motion.outcome = "lost" if is_against(count) else "carried"
    return motion


def _put_and_agreed(s: Segment, i: int, count: Count) -> Motion | None:
    """What is said to have been put and agreed, with its count."""
    m = PUT_AND.search(s.text)
    if m is None or SPOKE.search(s.text[: m.start()]):
        return None
    motion = Motion(i, None, None, "agreed by a count", last=i, count=count)
    motion.words.append((m["words"], s.start + m.start("words"), s.start + m.end("words")))
    lost = m["end"].lower() in ("lost", "rejected", "defeated") or is_against(count)
    motion.outcome = "lost" if lost else "carried"
    return motion


def is_of_nobodys_motion(segments: Sequence[Segment], i: int, division: Division) -> bool:
    """Votes where nobody is said to have moved anything; a name under "In favor" alone is a speaker's."""
    votes = division.count("for")
    told = (
        len(division.ballots) > 2
        or bool(division.printed)
        or (i > 0 and DECIDED.search(segments[i - 1].text))
    )
    return votes is not None and bool(told) and bool(ENDING.search(segments[i].text))


def voted_without_mover(segments: Sequence[Segment], i: int) -> Motion:
    """A vote that is told of what stands before it, whoever moved that."""
    motion = Motion(i, None, None, "a vote without a mover", last=i)
    borrow(segments, motion, 0)
    ended_by(motion, segments[i].text, i)
    return motion


def tells_of_a_decision(segments: Sequence[Segment], i: int) -> bool:
    """The segment counts the votes for what the one before it says was resolved."""
    text = segments[i].text
    return bool(VOTE_TOLD.match(text) and count_in(text) and DECIDED.search(segments[i - 1].text))
