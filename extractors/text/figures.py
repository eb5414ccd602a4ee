"""Figures as papers print them: numbers, percentages and sums of money, with their scales and currencies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

SIGNS = "£$€"
CURRENCIES = {
    "£": "GBP",
    "€": "EUR",
    "ca$": "CAD",
    "c$": "CAD",
    "au$": "AUD",
    "a$": "AUD",
    "us$": "USD",
    "nz$": "NZD",
    "$": "XXX",
}
"""A bare dollar sign names no country: XXX is ISO 4217's code for none."""
SCALES = {
    "bn": 10**9,
    "billion": 10**9,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "k": 10**3,
    "thousand": 10**3,
    "000": 10**3,
}
SCALE = r"bn|billion|mn?|million|k"
GROUPED = r"\d{1,3}(?:,\d{3})+"
"""Thousands parted by commas."""
_SUM = re.compile(
    rf"(?P<minus>[-–−]\s?)?(?P<sign>£|€|\$|(?:CA|AU|US|NZ|C|A)\$)\s?"
    rf"(?P<digits>{GROUPED}(?:\.\d{{1,4}})?|\d+(?:\.\d{{1,4}})?)\s?(?P<scale>{SCALE}|thousand)?(?![\w%])",
    re.I,
)
_FIGURE = re.compile(
    rf"^[-–—({SIGNS}+]*\s*\d[\d,. ]*\s*(?:%|m|k|bn)?\)?\s*[*†]?$|^(?:[-–—]|n/?a|nil|\.\.)$", re.I
)


def is_figure(text: str) -> bool:
    """A number, a percentage, a sum of money, or what stands for none (a dash, "n/a")."""
    return bool(_FIGURE.match(text.strip()))


def sums_in(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], Decimal, str]]:
    """(match, amount in whole units, ISO 4217 code) of every sum of money between two places in the text:
    "£1.5m" is 1500000 GBP."""
    for m in _SUM.finditer(text, start, end):
        value = Decimal(m["digits"].replace(",", "")) * SCALES.get((m["scale"] or "").lower(), 1)
        yield m, cents(-value if m["minus"] else value), CURRENCIES[m["sign"].lower()]


def cents(amount: Decimal) -> Decimal:
    """The amount to the cent or penny."""
    return amount.quantize(Decimal("0.01"))
