"""Records and notices of decision: papers that are nothing but what somebody decided."""

from __future__ import annotations

import re

from extractors.reading.doc import Sheet

RECORD = re.compile(
    r"\b(?:record of (?:executive |officer |delegated |cabinet member )*decision|decision (?:notice"
    r"|record|sheet)|notice of decisions?)\b",
    re.I,
)
PROPOSED = re.compile(
    r"\bproposed (?:record of )?(?:(?:executive|officer|delegated|cabinet|key) )?decision\b"
    r"|\b(?:record of|draft) (?:a )?(?:proposed|draft) decision\b|\bdraft (?:record of )?decision\b",
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


def is_proposed(sheet: Sheet) -> bool:
    """Whether the part is a record of a decision that nobody has taken yet, by its title."""
    head = [v for v in sheet.views[:6] if len(v.text.split()) <= 25]
    return sheet.part.kind != "minutes" and any(PROPOSED.search(v.text) for v in head)
