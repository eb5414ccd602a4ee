"""Names of councils whose governing body stands before its place: "Board of Commissioners of X County",
"Board of X County Commissioners", "Police Jury, Parish of X", "Metropolitan Council of X and Y County"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

WORD = r"(?:(?i:St|Ste|Mt|Ft)\.|[A-ZÀ-Þ][\w’'-]*\w)"
OFFICE = r"(?i:commissioners|supervisors|freeholders|legislators)"
PLACE = (
    rf"(?:(?i:county|parish)\s+(?i:of)\s+{WORD}(?:\s+{WORD}){{0,2}}?(?=\s*(?:[,.;(–—-]|$|[a-z]))"
    rf"|{WORD}(?:\s+(?:{WORD}|and|&|of|la|de)){{0,5}}?\s+(?i:county|parish)\b)"
)
WITHIN = re.compile(rf"\b(?i:board\s+of)\s+(?P<place>{WORD}(?:\s+{WORD}){{0,3}}?)\s+(?i:county)\s+{OFFICE}\b")
""" "Board of X County Commissioners"."""
BEFORE = re.compile(
    rf"\b(?P<body>(?i:board\s+of)\s+(?:(?i:county)\s+)?{OFFICE}|(?i:county)\s+(?i:commission(?:ers)?|council)"
    r"|(?i:commissioners[’']?|fiscal|quorum)\s+(?i:court)|(?i:police\s+jury)|(?i:metropolitan\s+council))"
    rf"(?P<link>\s+(?i:of|in\s+and\s+for|for)\s+(?:(?i:the)\s+)?|,\s*)(?P<place>{PLACE})"
)
""" "Board of Commissioners of X County", "Police Jury, Parish of X"."""


class Told(NamedTuple):
    """A name as printed, in one style, and where it stands."""

    words: tuple[str, ...]
    start: int
    end: int


def bodies_first(text: str) -> Iterator[Told]:
    """Each such name in the text; after a comma the place is put first: "X County Police Jury"."""
    for m in WITHIN.finditer(text):
        if m["place"].lower() not in ("county", "the"):
            yield Told(tuple(m.group().split()), m.start(), m.end())
    for m in BEFORE.finditer(text):
        body, place = m["body"].split(), m["place"].split()
        if "," in m["link"]:
            swapped = place[0].lower() in ("county", "parish") and place[1].lower() == "of"
            place = [*place[2:], place[0]] if swapped else place
            yield Told((*place, *body), m.start(), m.end())
        else:
            link = ("of", "the") if re.search(r"\bthe\b", m["link"], re.I) else ("of",)
            yield Told((*body, *link, *place), m.start(), m.end())
