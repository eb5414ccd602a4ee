"""Sums of money named in prose, with the sentence that says what they are for."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.reading.doc import Sheet
from extractors.reading.facts import AmountFact
from extractors.text.figures import SIGNS, sums_in
from extractors.text.sentences import sentences_of

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
    if not any(sign in text for sign in SIGNS):
        return
    for a, b in sentences_of(text):
        for m, amount, currency in sums_in(text, a, b):
            yield AmountFact(
                start=at + m.start(),
                end=at + m.end(),
                confidence=0.97,
                amount=amount,
                currency=currency,
                text=m.group().strip(),
                context=_context(text, a, b, m.start()),
            )


def _context(text: str, a: int, b: int, at: int) -> str:
    """The sentence, or of a long one what stands around the sum."""
    if b - a <= LONGEST_CONTEXT:
        return text[a:b].strip()
    half = LONGEST_CONTEXT // 2
    return text[max(a, at - half) : min(b, at + half)].strip()
