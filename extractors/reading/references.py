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


def item_at(items: Sequence[ItemFact], at: int) -> ItemFact | None:
    """The item that the character stands under."""
    return next((i for i in reversed(items) if i.start <= at < max(i.body_end, i.end)), None)
