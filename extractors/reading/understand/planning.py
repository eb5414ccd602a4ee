"""Planning applications that a council comments on: reference, address, what is proposed, and the verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set

from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.decision import Decision, trimmed

REFERENCE = re.compile(
    r"^(?:\W|\(cid:\d+\))*(?:(?:[a-z]|\d{1,2}|[ivx]{1,4})[.)]\s+)?"
    r"(?:(?:planning\s+)?(?:application|app|ref)\.?\s*(?:no\.?|:)?\s*)?"
    r"(?:(?:[A-Z]{1,5}/)?(?:\d{2,4}/\d{4,6}|\d/\d{4}/\d{3,5}|\d{2,4}/[A-Z]/\d{4,5})|[A-Z]{1,2}\d{0,2}/\d{4,6})"
    r"(?:/[A-Z]\w{0,7})*(?![\d/-])\b",
    re.I,
)
"""What an application is filed under: "24/00121/FUL", "W/35162", "2/2017/0557/HOU"."""
DAY = re.compile(r"^\W*\d{1,2}/\d{1,2}/\d{2,4}\b")
VERDICT = re.compile(
    r"\b(?:resolved|agreed)\b|(?:^|[–—:.;-]\s*|\bcomments?\s+)(?:no\s+objections?|objections?|object(?:s|ed)?|supports?"
    r"|supported|no\s+(?:further\s+)?comments?|no\s+observations?|neutral)\b",
    re.I,
)
"""What the council said of it. What the planning authority decided ("granted") is only news."""
BELOW = re.compile(
    r"^\W*(?:unanimously\s+)?(?:(?:resolved|agreed)\s*[:–—-]?\s*)?(?:to\s+recommend\s+\w+\W*$|no\s+objections?\b"
    r"|objections?\b|object\b|supports?\b|supported\b|no\s+(?:further\s+)?comments?\b|no\s+observations?\b|neutral\b)",
    re.I,
)
"""A verdict in a sentence of its own that says nothing without its application."""
NEWS = re.compile(r"\b(?:granted|refused|approved|withdrawn|dismissed|allowed)\s+by\b", re.I)
FARTHEST = 6
"""Segments below its reference in which an application's verdict may stand."""


def read_applications(
    segments: Sequence[Segment], used: Set[int], is_heading: Callable[[int], bool]
) -> Iterator[Decision]:
    """Every application with its verdict, but those on which a motion was put."""
    for i, s in enumerate(segments):
        if i in used or not REFERENCE.match(s.text) or DAY.match(s.text):
            continue
        end = _verdict(segments, i, used, is_heading)
        if end is None:
            continue
        number = number_of(s.text)
        listed = number is not None and not REFERENCE.match(number.text)
        cut = number.end if number and listed else 0
        words = " ".join([s.text[cut:], *(t.text for t in segments[i + 1 : end + 1])])
        yield Decision(trimmed(words), s.start + cut, segments[end].end, i, "planning application")


def _verdict(
    segments: Sequence[Segment], i: int, used: Set[int], is_heading: Callable[[int], bool]
) -> int | None:
    """The last segment of the verdict on the application that segment i begins."""
    for k in range(i, min(i + FARTHEST, len(segments))):
        text = segments[k].text
        if k > i and (k in used or is_heading(k) or REFERENCE.match(text)):
            return None
        if (VERDICT if k == i else BELOW).search(text) and not NEWS.search(text):
            return k
    return None
