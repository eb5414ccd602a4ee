"""How sure a fact is: what share of the facts with the same evidence was right on papers that were left out
of training."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

FITTED = Path(__file__).parent / "roles" / "weights" / "calibration.json"
UNFITTED = 0.6
"""For evidence that was never measured."""


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    return json.loads(FITTED.read_text("utf-8")) if FITTED.exists() else {}


def key_of(kind: str, model: float, agreed: bool) -> str:
    """The evidence as the table has it: the kind, the model's probability in tenths, whether a second witness
    agrees."""
    return f"{kind}|{min(9, int(model * 10))}|{'two' if agreed else 'one'}"


def sure_of(kind: str, model: float, agreed: bool) -> float:
    """The fitted probability that a fact of this evidence is right; without a second witness never 0.95."""
    found = _table().get(key_of(kind, model, agreed), UNFITTED)
    return round(min(found, 0.99 if agreed else 0.94), 3)
