"""The register of councils: `councils.csv`, principal councils of the United Kingdom and Ireland, a line
each.

`name` as the council calls itself, `country`, `code`, the ONS GSS code of its area, empty where it is not
known for certain or there is none, and `other_names`, parted by "; ": in Welsh, Irish or Gaelic, or fuller.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("councils.csv")
KIND = re.compile(
    r"\b(?:county|city|borough|district|town|parish|metropolitan|community|council|corporation|london"
    r"|royal|municipal"
    r"|township|village|municipality|mayoral|combined authority|shire|regional|rural|charter|summer"
    r"|specialized"
    r"|board|commissions?|commissioners|supervisors|selectm[ae]n|select|selectboard|trustees|alderm[ae]n"
    r"|common|legislature|assembly|police\s+jury|(?:fiscal|quorum|commissioners[’']?)\s+court|cyngor|cymuned(?:ol)?|tref|dinas|sir|bwrdeistref|sirol|comhairle"
    r"|contae|chontae|cathrach|r\.?m\.?|no|\d+|the|of|and)\b|&",
    re.I,
)
"""Words of a council's name that are not its place's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A council of the register."""

    name: str
    country: str
    code: str | None
    other_names: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All of them, in order of their names."""
    with FILE.open(encoding="utf-8") as lines:
        return tuple(
            Entry(
                r["name"],
                r["country"],
                r["code"] or None,
                tuple(n for n in r["other_names"].split("; ") if n),
            )
            for r in csv.DictReader(lines)
        )


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Entry]:
    short = {f"{place}council": own[0] for place, own in _by_place().items() if len(own) == 1}
    return short | {_letters(n): e for e in reversed(entries()) for n in (*e.other_names, e.name)}


@lru_cache(maxsize=1)
def _by_place() -> dict[str, tuple[Entry, ...]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for e in entries():
        found[place_letters(e.name)].append(e)
    return {place: tuple(own) for place, own in found.items()}


def registered(name: str) -> Entry | None:
    """The council of that name, or of that other name, in any case, or "X Council" where
    its kind is left out; "the" and "&" may be as they are."""
    return _by_name().get(_letters(re.sub(r"^the\s+", "", name.replace("&", "and"), flags=re.I)))


def of_place(place: str, country: str | None = None) -> tuple[Entry, ...]:
    """Councils whose name, but for words such as "County Council", is that place's."""
    return tuple(e for e in _by_place().get(place_letters(place), ()) if country in (None, e.country))


@lru_cache(maxsize=1 << 12)
def place_letters(name: str) -> str:
    """The letters of the place in a council's name: "kent" of "Kent County Council"."""
    return _letters(KIND.sub(" ", name))


@lru_cache(maxsize=1 << 12)
def place_words(name: str) -> tuple[str, ...]:
    """The words of the place, lower case."""
    return tuple(_letters(w) for w in KIND.sub(" ", name).split() if _letters(w))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
