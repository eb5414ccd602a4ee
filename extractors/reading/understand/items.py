"""Items of business: the headings that the model finds, with their numbers, told apart from what stands under
them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.cues.says import cues_of
from extractors.reading.numbering import number_of
from extractors.reading.roles.model import Span, spans_of
from extractors.reading.segments import Segment

OUTCOME = re.compile(
    r"\s*\.?\s+(?:Accepted|Adopted|Approved|Introduced|Finally passed|Not heard|Continued|Held"
    r"|Withdrawn|No action)\.?$"
)
LEADER = re.compile(r"[\s.…_]*(?:\.{3,}|…)[\s.…_]*(?:pages?\s*)?\d{0,4}(?:\s*[-–]\s*\d{1,4})?$")
FACE = re.compile(
    r"^(?:(?:draft|approved|unapproved|unadopted|regular|special|public)\s+)*(?:minutes|agenda|notice"
    r"|summons)(?:\s+(?:of|for)\b.*\b(?:meeting|council|board|commission|committee)\b.*)?$"
    r"|^.{0,60}\b(?:council|board|commission|committee)\s+(?:regular\s+|special\s+)?(?:meeting"
    r"|minutes|agenda)$",
    re.I,
)
"""A paper's own title."""
DAY_ALONE = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}\w{0,2}\s+)?[A-Z][a-z]{2,8"
    r"}\.?\s+\d{1,2}?(?:st|nd|rd|th)?,?\s*(?:19|20)\d{2}$",
    re.I,
)
BODY_ALONE = re.compile(
    r"^(?:[\w’'.&-]+\s+){0,6}(?:council|board|commission|committee|authority|district|township)$", re.I
)
OPENING = 10
"""Segments in which a paper says whose it is."""
MOST_WORDS = 70


@dataclass(frozen=True, slots=True)
class Item:
    """A heading of business: its number and title as printed, the segments it stands in, how sure."""

    number: str | None
    title: str
    first: int
    last: int
    start: int
    end: int
    sure: float


def read_items(segments: Sequence[Segment], features: Sequence[Sequence[str]]) -> list[Item]:
    """The items in order."""
    return items_in(segments, spans_of("items", features))


def items_in(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Item]:
    """The items that stand in these spans, in order."""
    out = [item for span in spans if (item := _item(segments, span)) is not None]
    return [item for i, item in enumerate(out) if i == 0 or item.first > out[i - 1].last]


def _item(segments: Sequence[Segment], span: Span) -> Item | None:
    last = span.last
    text = " ".join(s.text for s in segments[span.first : last + 1])
    number = number_of(text)
    title = _title(text[number.end :] if number else text)
    if not title and last + 1 < len(segments):  # the number stands in a line or column of its own
        last += 1
        title = _title(segments[last].text)
    if (
        not any(c.isalpha() for c in title)
        or len(title.split()) > MOST_WORDS * 2
        or _is_no_business(title, text, numbered=number is not None, early=span.first < OPENING)
    ):
        return None
    return Item(
        number.text if number else None,
        title,
        span.first,
        last,
        segments[span.first].start,
        segments[last].end,
        span.sure,
    )


def _is_no_business(title: str, text: str, *, numbered: bool, early: bool) -> bool:
    """The paper's own heading, or a line that opens a motion."""
    if not numbered and (FACE.match(title) or DAY_ALONE.match(title) or (early and BODY_ALONE.match(title))):
        return True
    return any(cue.look.match(text) for cue in cues_of("motion"))


def _title(text: str) -> str:
    title = OUTCOME.sub("", LEADER.sub("", " ".join(text.split())))
    return title.strip(" :–-.•*")
