"""Whose an action is, and by when: what its words say of both."""

from __future__ import annotations

import re

from extractors.cues.says.people import OFFICE, POST
from extractors.mentions.dates import MONTHS, WEEKDAYS
from schemas.decisions import OwnerKind

BODY = re.compile(
    r"(?:the\s+)?(?:[\w’'&/-]+\s+){0,5}?(?:officers|staff(?:\s+members)?|members|services?|team|(?:sub-?)?committee"
    r"|panel|board|department|administration|council|commission|group|party|section|all)",
    re.I,
)
ROLE = re.compile(rf"(?:the\s+)?(?:{POST}|{OFFICE})", re.I)
DUE = re.compile(
    r"\b(?:by|before|prior to|no later than|within|ahead of|in time for|at|to|after"
    r"|following)\s+(?:the\s+)?(?P<due>(?:(?:end|close)\s+of\s+\w+(?:\s+\d{4})?|next\s+(?:meeting"
    r"|week|month|year)(?:\s+of\s+[^.,;]{3,40})?|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    rf"(?:{'|'.join(MONTHS)})"
    r"(?:\s+\d{1,2})?(?:,?\s+\d{4})?|(?:\d{1,3}|one|two|three|four|six|eight|ten"
    r"|twelve)\s+(?:working\s+)?(?:days?|weeks?|months?)|"
    rf"(?:{'|'.join(WEEKDAYS[:5])})"
    r"|meeting|\w+ meeting))\b",
    re.I,
)
"""The day or the meeting by which something is to be done, as printed."""


def kind_of_owner(owner: str | None) -> OwnerKind:
    """person, role, body, or unknown when nobody is named."""
    named = (owner or "").strip()
    if not named:
        return "unknown"
    if BODY.fullmatch(named):
        return "body"
    return "role" if ROLE.fullmatch(named) else "person"
