"""Sums of money that a text names."""

from __future__ import annotations

import re
from decimal import Decimal

SCALES = {"bn": 10**9, "billion": 10**9, "million": 10**6, "m": 10**6, "k": 1000, "thousand": 1000}
MONEY = re.compile(r"[£$€]\s?(\d[\d,]*(?:\.\d+)?)\s?(bn|billion|million|m|k|thousand)?\b", re.I)


def largest_sum(text: str) -> float | None:
    """The largest sum of money that the text names, in whole units."""
    sums = [
        float(Decimal(m[1].replace(",", "")) * SCALES.get((m[2] or "").lower(), 1))
        for m in MONEY.finditer(text or "")
    ]
    return max(sums) if sums else None
