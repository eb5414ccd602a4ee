"""A name as it is written within a sentence, whatever case it was printed in."""

from __future__ import annotations

import re
from collections.abc import Sequence

SMALL = {
    "of",
    "and",
    "the",
    "upon",
    "on",
    "in",
    "by",
    "under",
    "with",
    "ar",
    "nan",
    "de",
    "du",
    "le",
    "yr",
    "y",
}
JOINING = SMALL | {"cum", "next", "sur"}
"""Words within a hyphenated place."""


def title_case(words: Sequence[str]) -> str:
    """ "Burton-cum-Alder Parish Council" of words in any case."""
    return " ".join(
        w.lower() if w.lower() in SMALL and i else _capitalised(w) if w.isupper() or w.islower() else w
        for i, w in enumerate(words)
    )


def _capitalised(word: str) -> str:
    first, *others = word.split("-")
    return "-".join([_initial(first), *(w.lower() if w.lower() in JOINING else _initial(w) for w in others)])


def _initial(word: str) -> str:
    """ "O’Hara", "McIntyre" of capitals."""
    if m := re.fullmatch(r"(O[’']|D[’']|MC(?=[B-DF-HJ-NP-TV-Z]))(\w{3,})", word, re.I):
        return m[1].capitalize() + m[2].capitalize()
    return word.capitalize()
