"""What papers say at the head of what they are: agenda, minutes, appendix, report, roll, page range."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.load import is_one_of
from extractors.model import Block

APPENDIX = re.compile(
    r"^\W*(?:appendix|appendices|annexe?|addendum|enclosure|attachment"
    r"|schedule)\b(?:\s+(?P<name>[0-9]{1,2}[a-z]?|[A-Z]{1,2}[0-9]?|[ivx]{1,4})\b)?",
    re.I,
)
MINUTES = re.compile(
    r"^(?:draft |unconfirmed |confirmed |printed )*(?:minutes\b|minute of\b)|\bminutes? of (?:(?:a|an"
    r"|the) .{0,60})?meeting\b|\bminutes$",
    re.I,
)
AGENDA = re.compile(
    r"^\W*(?:(?:amended|revised|draft|council|public|summons to and|notice and"
    r"|supplementary) )*agenda\b(?! item|\s*:\s*(?:link|https?|attached|here)\b)"
    r"|^(?!\W*(?:adoption|approval|additions|order|review"
    r"|confirmation|changes|items)\b)\W*(?:[\w’&'.-]+ ){1,6}agenda(?:\s*[-–—:].*| and notice)?$",
    re.I,
)
REPORT_FIELD = re.compile(
    r"^(?:from|to|by|report (?:to|of|by|author|no\.?|number)|subject|title|classification|decision no"
    r"|lead officer|ward|prepared by|"
    r"report title|date of meeting|electoral division|past pathway|future pathway)\b[^:]{0,30}:",
    re.I,
)
RANGE = re.compile(
    r"\(?(?:\b(?:pages?|pp?\.?|pgs?\.?)\s*)?\b(?P<a>\d{1,4})\s*[-–—]\s*(?P<b>\d{1,4})\)?\s*$", re.I
)
ITEM_IN_TITLE = re.compile(
    r"^(?:agenda )?(?:item )?(?P<number>\d{1,3}[a-z]?(?:\.\d{1,2})?(?:\([0-9a-z]{1,3}\))?)[.:)]?\s+(?"
    r"P<title>\S.*)$",
    re.I,
)
ROLL = re.compile(
    r"^(?:members |councillors |also |committee members|those )?(?:present|in attendance|attendance"
    r"|attended|sederunt)\b",
    re.I,
)


def has_roll(blocks: Sequence[Block]) -> bool:
    """A line that is, or begins with, the label of a roll in any convention."""
    return any(ROLL.match(line.text) or _is_roll_label(line.text) for b in blocks for line in b.lines)


def _is_roll_label(text: str) -> bool:
    label = re.split(r":|\s-\s", text, maxsplit=1)[0]
    return len(label) < 60 and any(
        is_one_of(name, piece)
        for piece in re.split(r"\s*/\s*", label)
        for name in ("attendance.present", "attendance.officers", "attendance.apologies")
    )
