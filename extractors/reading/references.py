"""Which item of the agenda words stand under, or speak of: "(Item 3)" below a heading of minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reading.facts import ItemFact

_ITEM = r"item\s*(?:no\.?|number)?\s*(?P<number>\d{1,3}[a-z]?(?:\.\d{1,2})?(?:\([0-9a-z]{1,3}\))?)"
ITEM_REF = re.compile(rf"^\(?(?:agenda\s+)?{_ITEM}\)?\.?$", re.I)
"""The line under a heading of minutes that says which item of the agenda it minutes: "(Item 3)"."""
AFTER_TITLE = re.compile(rf"\s*\((?:agenda\s+)?{_ITEM}\)\.?$", re.I)
"""The same behind the title: "Minutes (Agenda item 5)"."""
BEFORE_TITLE = re.compile(rf"^agenda\s+{_ITEM}\s*[:.–—-]\s*", re.I)
"""The same in front of the title: "Agenda Item 2: Declarations of Interest"."""

CONSENT = re.compile(r"\b(?:consent|omnibus)\b(?:\s+(?:agenda|calendar|docket|list|items?)\b|\W*$)", re.I)
"""What a list that one motion passes is called."""
SEVERAL = re.compile(
    r"\bitems\s+\(?[\w.]{1,6}\)?\.?\s*(?:,|and|&|through|thru|to|[–—-])\s*\(?[\w.]{1,6}\b", re.I
)
"""Several items that one motion passes: "items a. and b."."""
FARTHEST = 60
"""Items within which the heading over such a list stands."""


def item_at(items: Sequence[ItemFact], at: int) -> ItemFact | None:
    """The item that the character stands under."""
    return next((i for i in reversed(items) if i.start <= at < max(i.body_end, i.end)), None)


def item_of(items: Sequence[ItemFact], at: int, text: str) -> ItemFact | None:
    """The item that a motion or a decision is of: that which it stands under, or the heading over a list that
    it passes, though it stands below the last of the list."""
    own = item_at(items, at)
    if own is None:
        return None
    before = [i for i in items if i.start <= at][-FARTHEST:]
    if CONSENT.search(text):
        return next((i for i in reversed(before) if CONSENT.search(i.title)), own)
    if SEVERAL.search(text) and own.parent_number:
        return next((i for i in reversed(before) if i.number == own.parent_number), own)
    return own
