"""When two printings are the same name, number, body or text, for scoring only: it knows nothing of what
reads the papers, so that a fault there cannot hide itself."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

TITLES = (
    *("councill?ors?", "councilm[ae]n", "councilwom[ae]n", "council ?members?", "cllrs?", "clr", "crs?"),
    *("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "rev", "reverend", "prof"),
    *("professor", "mayor pro tem(?:pore)?", "vice mayor", "deputy mayor", "lord mayor", "mayor", "reeve"),
    *("(?:vice|deputy)?[- ]?chair(?:man|woman|person)?", "(?:vice[- ])?president", "commissioners?"),
    *("supervisors?", "alderm[ae]n", "alderwom[ae]n", "trustees?", "select(?:man|woman|men)"),
    *("board members?", "the"),
)
TITLE = re.compile(rf"(?:(?:{'|'.join(TITLES)})\b\.?,?\s*)+", re.I)
HONOURS = re.compile(r",?\s*\b(?:obe|mbe|cbe|kbe|dbe|jp|dl|qc|kc)\b\.?", re.I)
SAYS_NO_BODY = frozenset(("the", "of", "and", "council", "meeting", "regular", "special", "ordinary", "s"))
"""Words in a body's name that do not tell it from another."""


@lru_cache(maxsize=1 << 14)
def name_of(text: str | None) -> str:
    """A name without title, honours, marks and case."""
    bare = HONOURS.sub("", (text or "").strip())
    if titles := TITLE.match(bare):
        bare = bare[titles.end() :]
    return re.sub(r"[^a-z ]+", "", re.sub(r"[’'`-]", "", bare.lower())).strip()


def surname_of(text: str | None) -> str:
    """The last word of a name, or of a post."""
    return name_of(text).rpartition(" ")[2]


@lru_cache(maxsize=1 << 14)
def words_of(text: str | None) -> tuple[str, ...]:
    """The words of a text, lower case, without marks."""
    return tuple(re.sub(r"[^a-z0-9 ]+", " ", (text or "").lower()).split())


def number_of(text: Any) -> str:
    """An item's number with points between its parts: "3(a)" and "3.A" are 3.a."""
    return re.sub(r"(?<=\d)(?=[a-z])|[^a-z0-9]+", ".", str(text or "").lower()).strip(".")


def alike(a: str | None, b: str | None, least: float = 0.0) -> float:
    """Similarity of two texts by their words, 0 to 1; 0 as soon as it cannot reach `least`."""
    return _ratio(words_of(a), words_of(b), least)


def starts_alike(text: str | None, beginning: str | None) -> float:
    """Similarity of `beginning` to as many words of `text`."""
    start = words_of(beginning)
    return _ratio(words_of(text)[: len(start)], start, 0.0) if start else 0.0


def _ratio(a: tuple[str, ...], b: tuple[str, ...], least: float) -> float:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if least and (matcher.real_quick_ratio() < least or matcher.quick_ratio() < least):
        return 0.0
    return matcher.ratio()


def same_body(got: str | None, wanted: str, within: str = "") -> bool:
    """The same body by its words in any order ("City of Alameda" is "Alameda City Council"); the words of the
    council `within` which it is do not count."""
    light = SAYS_NO_BODY | set(words_of(within))
    return bool(words_of(got)) and set(words_of(got)) - light == set(words_of(wanted)) - light
