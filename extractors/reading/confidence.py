"""How sure a fact is: what share of the facts with the same evidence was right on papers that were left out
of training."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

FITTED = Path(__file__).parent / "roles" / "weights" / "calibration.json"
UNFITTED = 0.6
"""For a kind of fact that was never measured."""


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return json.loads(FITTED.read_text("utf-8")) if FITTED.exists() else {}


def key_of(kind: str, model: float, agreed: bool) -> str:
    """The evidence as the table has it: the kind, the model's probability in tenths, whether a second witness
    agrees."""
    return f"{kind}|{min(9, int(model * 10))}|{'two' if agreed else 'one'}"


def fact_of(key: str) -> str:
    """action, decision, item, motion ...: the word that the evidence of one kind of fact begins with."""
    return re.split(r"[ |]", key, maxsplit=1)[0]


def sure_of(kind: str, model: float, agreed: bool) -> float:
    """The fitted probability that a fact of this evidence is right; without a second witness never 0.95."""
    table, key = _table(), key_of(kind, model, agreed)
    found = table.get(key) or table.get(fact_of(key), UNFITTED)
    return round(min(found, 0.99 if agreed else 0.94), 3)
