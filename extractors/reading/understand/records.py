"""Records and notices of decision: papers that are nothing but what somebody decided."""

from __future__ import annotations

import re

from extractors.reading.doc import Sheet

RECORD = re.compile(
    r"\b(?:record of (?:executive |officer |delegated |cabinet member )*decision|decision (?:notice"
    r"|record|sheet)|notice of decisions?)\b",
    re.I,
)
LONGEST_HEAD = 14
"""Words of a line at the head of the paper that may say what it is."""


def is_record(sheet: Sheet) -> bool:
    """A record of decision says so at its head."""
    head = (v.text for v in sheet.views[:8])
    return sheet.part.kind == "other" and any(
        RECORD.search(text) and len(text.split()) <= LONGEST_HEAD for text in head
    )
