"""Numbers in words, up to what a vote or a list of people runs to."""

from __future__ import annotations

NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
"""By their value, "no" being none."""
NUMBER = r"(?:\d{1,3}|" + "|".join(NUMBERS) + r"|nil|none)"


def number_said(text: str | None) -> int | None:
    """ "7", "seven" and "no" as numbers."""
    folded = (text or "").lower()
    if folded.isdigit():
        return int(folded)
    if folded in ("nil", "none"):
        return 0
    return NUMBERS.index(folded) if folded in NUMBERS else None
