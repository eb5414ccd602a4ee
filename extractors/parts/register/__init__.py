"""The register of councils: `councils.csv`, principal councils of the United Kingdom and Ireland, a line
each.

`name` as the council calls itself, `country`, and `code`, the ONS GSS code of its area; empty where it is not
known for certain or there is none.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("councils.csv")
KIND = re.compile(
    r"\b(?:county|city|borough|district|town|parish|metropolitan|community|council|corporation|london"
    r"|royal|municipal"
    r"|township|village|municipality|mayoral|combined authority|the|of|and)\b|&",
    re.I,
)
"""Words of a council's name that are not its place's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A council of the register."""

    name: str
    country: str
    code: str | None


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """All of them, in order of their names."""
    with FILE.open(encoding="utf-8") as lines:
        return tuple(Entry(r["name"], r["country"], r["code"] or None) for r in csv.DictReader(lines))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Entry]:
    return {_letters(e.name): e for e in entries()}


def registered(name: str) -> Entry | None:
    """The council of that name, in any case."""
    return _by_name().get(_letters(name))


def of_place(place: str, country: str | None = None) -> tuple[Entry, ...]:
    """Councils whose name, but for words such as "County Council", is that place's."""
    wanted = place_letters(place)
    return tuple(e for e in entries() if place_letters(e.name) == wanted and country in (None, e.country))


def place_letters(name: str) -> str:
    """The letters of the place in a council's name: "kent" of "Kent County Council"."""
    return _letters(KIND.sub(" ", name))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
