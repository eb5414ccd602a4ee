"""List markers: the numbers, letters and bullets that a paragraph begins with, and their place in a tree."""

from __future__ import annotations

import re
from typing import NamedTuple

BULLETS = "•●▪■◦○‣⁃∙·►➢✓\uf0b7\uf0a7\uf0d8\uf02d\uf06f–—-*o"
"""Signs that stand before a list item; letters and dashes among them only when a word space or more follows
them."""

DECIMAL = re.compile(r"^\(?\d{1,3}(?:\.\d{1,2}){0,4}[.)]?$")
ALPHA = re.compile(r"^(?:\(?[A-Za-z]{1,2}\)|[A-Za-z]\.)$")
ROMAN = re.compile(r"^(?:\(?[ivxIVX]{1,6}\)|[ivxIVX]{1,6}\.)$")
TWO_IN_ONE = re.compile(r"^\d{1,2}\([0-9a-z]{1,3}\)\.?$")


class Mark(NamedTuple):
    """A marker taken apart: its family ("(alpha)"), its parts ("1", "2" for 1.2) and its text without
    brackets."""

    family: str
    parts: tuple[str, ...]
    bare: str


def is_marker(text: str) -> bool:
    """Whether the word can be a list marker by its look alone."""
    return text in BULLETS or any(p.match(text) for p in (DECIMAL, ALPHA, ROMAN, TWO_IN_ONE))


def is_bullet(text: str) -> bool:
    """Whether the marker is a bullet rather than a number."""
    return len(text) == 1 and text in BULLETS


def needs_gap(text: str) -> bool:
    """Markers that are ordinary words too ("A.", "12", "-"): believed only when set off by more than a word
    space."""
    return bool(text in "–—-*o" or re.fullmatch(r"[A-Z]\.|\d{1,3}|[ivx]{1,3}\.|[A-Za-z]\.", text))


def parse(marker: str) -> Mark:
    """Take a marker apart; a single i, v or x counts as a letter until the list it stands in says
    otherwise."""
    bare = marker.strip("().")
    shape = (
        "(%s)"
        if marker.startswith("(")
        else "%s)"
        if marker.endswith(")")
        else "%s."
        if marker.endswith(".")
        else "%s"
    )
    if bare[:1].isdigit():
        kind = "decimal"
        shape = "%s." if "." in bare or shape == "%s" else shape
    elif len(bare) > 1 and ROMAN.match(marker):
        kind = "roman"
    else:
        kind = "alpha"
    return Mark(shape % kind, tuple(re.split(r"[.(]", bare)), bare)


def as_number(mark: Mark) -> int | None:
    """Its place in its own list, from 1: "c" is 3, "iv" is 4, "1.12" is 12."""
    last = mark.parts[-1].lower()
    if last.isdigit():
        return int(last)
    if "roman" in mark.family:
        return _roman(last)
    return ord(last) - 96 if len(last) == 1 and last.isalpha() else None


def _roman(text: str) -> int | None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    if any(c not in values for c in text):
        return None
    total = 0
    for c, after in zip(text, [*text[1:], ""], strict=True):
        total += -values[c] if after and values[after] > values[c] else values[c]
    return total
