"""What ends a motion that is open: an outcome, a count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reading.counts import Count, count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.motion import (
    Motion,
    first_outcome,
)

SIDE_COUNT = re.compile(
    r"^\W*(?:(?:roll[- ]call\s+)?vote[:,]?\s*)?"
    r"(?:ayes?|yeas?|yes|noe?s|nays?|no|for|against|in\s+favou?r|opposed"
    r"|abst\w+)\s*[:–—-]?\s*"
    r"\(?\d{1,2}\)?(?:\s*[-–—]\s*all(?:\s+\w+){0,2})?\W*$",
    re.I,
)
"""A side and its number, and nothing else."""

TELLS_A_COUNT = re.compile(
    r"\bvot|motion|\bayes?\b|\byeas?\b|\byes\b|in favou?r|\bfor\s*[:–—-]?\s*\d|\d\s+for\b"
    r"|\bagainst\b|(?-i:^\W*[CF]\s+\d)|(?:^\W*|[.;]\s+)\d{1,2}/\d{1,2}/\d{1,2}\W*$|^\W*\(\d{1,2}[-–—]\d",
    re.I,
)
"""Words beside which two numbers are a count."""

WON_BY = re.compile(r"\b(?:lost|defeated|rejected|negatived)\s+by\s+\w+\s+votes?\s+to\s+\w+", re.I)
"""The first number is of those who won: against the motion."""


def with_count(segments: Sequence[Segment], i: int) -> str:
    """The segment's text with what follows it of a count that goes on: "voice vote -" "4.", "Ayes: 3."
    "Nays: 0."."""
    text = segments[i].text
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    if re.search(r"[–—-]\s*$", text) and re.match(r"\d{1,2}\b", after):
        return f"{text} {after[:4]}"
    k = i + 1
    if SIDE_COUNT.match(text):
        while k < len(segments) and k < i + 4 and SIDE_COUNT.match(segments[k].text):
            text = f"{text} {segments[k].text}"
            k += 1
    return text


def ended_by(motion: Motion, text: str, k: int) -> bool:
    """Whether the text ends the motion, which it then does."""
    found = first_outcome(text)
    counted = count_in(text)
    if counted and WON_BY.search(text) and (counted.votes_for or 0) > (counted.votes_against or 0):
        counted = Count(counted.votes_against, counted.votes_for, counted.abstentions)
    if counted and motion.count is None and (found or TELLS_A_COUNT.search(text)):
        motion.count = counted
    if found is None:
        if counted and counted == motion.count and motion.outcome is None and is_against(counted):
            motion.outcome = "lost"
        return False
    if motion.outcome is None:
        motion.outcome = found[0].gives
        motion.outcome_text = " ".join(found[1].group().split())
        motion.last = k
    return True


def is_against(count: Count) -> bool:
    """More voted against it than for it."""
    return None not in (count.votes_for, count.votes_against) and (count.votes_for or 0) < (
        count.votes_against or 0
    )
