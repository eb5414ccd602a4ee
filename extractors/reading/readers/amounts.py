"""Sums of money named in prose, with the sentence that says what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.reading.doc import Sheet
from extractors.reading.facts import AmountFact
from extractors.reading.readers.actions import sentences_of

SUM = re.compile(
    r"(?P<minus>[-–−]\s?)?(?P<sign>£|€|\$|(?:CA|AU|US|NZ|C|A)\$)\s?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d+(?:\.\d{1,4})?)\s?(?P<scale>bn|billion|million|mn?|m|k|thousand)?(?![\w%])",
    re.I,
)
SCALES = {
    "bn": 10**9,
    "billion": 10**9,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "k": 1000,
    "thousand": 1000,
}
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
LONGEST_CONTEXT = 400


def find_amounts(sheet: Sheet) -> list[AmountFact]:
    """Every sum in the part's paragraphs."""
    return [
        a
        for view in sheet.views
        if view.block.kind not in ("running", "stamp")
        for a in _in_text(view.text, view.start)
    ]


def _in_text(text: str, at: int) -> Iterator[AmountFact]:
    if not SUM.search(text):
        return
    for a, b in sentences_of(text):
        for m in SUM.finditer(text, a, b):
            yield AmountFact(
                start=at + m.start(),
                end=at + m.end(),
                confidence=0.97,
                amount=amount_of(m),
                currency=CURRENCIES[m["sign"].lower()],
                text=m.group().strip(),
                context=_context(text, a, b, m.start()),
            )


def _context(text: str, a: int, b: int, at: int) -> str:
    """The sentence, or of a long one what stands around the sum."""
    if b - a <= LONGEST_CONTEXT:
        return text[a:b].strip()
    half = LONGEST_CONTEXT // 2
    return text[max(a, at - half) : min(b, at + half)].strip()


def amount_of(m: re.Match[str]) -> Decimal:
    """The sum in whole units: "£1.5m" is 1500000."""
    value = Decimal(m["digits"].replace(",", "")) * SCALES.get((m["scale"] or "").lower(), 1)
    return (-value if m["minus"] else value).quantize(Decimal("0.01"))
