"""The words councils use, kept as data: one TOML file a convention in extractors/cues/toml, all joined at
start.

A file holds lists of phrases (`[attendance] present = [...]`) and named sentence patterns
(`[[motion_opener]]` with `name`, `look`, `examples`).
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from extractors.text.numbers import NUMBER

FOLDER = Path(__file__).parent
PERSON = r"(?:\d?[A-ZÀ-Þ][\w.'’-]*\s*)"
"""A word of a name with the space after it; a footnote's figure may stand before it."""
NAME = (
    r"(?:(?:[Tt]he\s+)?[A-ZÀ-Þ][\w'’-]*\.?(?:\s+(?:[A-ZÀ-Þ][\w'’-]*\.?|de|van|der|von|den|la|le|ap|ab"
    r"|ní|uí|ó|ni|ui|mac))" + "{0,5}?)"
)
POST = r"(?:\s*\([^)]{2,80}\)|,\s[^.;:]{3,110}?,)?"
"""What may stand between a name and its verb: a post in brackets or between commas."""
END = r"(?=\s*(?:[,.:;)]|$|-|–|(?i:that|to|and|it was|which|in)\b))"
"""What may follow a name that ends a pattern."""


@dataclass(frozen=True, slots=True)
class SentencePattern:
    """A named way of saying something, with lines that it must read; `style` tells its readers apart."""

    name: str
    convention: str
    look: re.Pattern[str]
    style: str
    examples: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def _files() -> tuple[tuple[str, dict[str, Any]], ...]:
    return tuple(
        (file.stem, tomllib.loads(file.read_text("utf-8"))) for file in sorted(FOLDER.glob("*.toml"))
    )


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Every list of every convention file by its dotted name ("attendance.present"), lower case, joined over
    the files."""
    lists: dict[str, set[str]] = defaultdict(set)
    for _, content in _files():
        for table, entries in content.items():
            if isinstance(entries, dict):
                for key, values in cast("dict[str, list[Any]]", entries).items():
                    lists[f"{table}.{key}"].update(str(v).lower() for v in values)
    return {key: frozenset(values) for key, values in lists.items()}


@lru_cache(maxsize=16)
def sentence_patterns(kind: str) -> tuple[SentencePattern, ...]:
    """The patterns of a kind ("motion_opener") from every convention, the longest first, since it asks for
    the most."""
    out: list[SentencePattern] = []
    for convention, content in _files():
        for entry in cast("list[dict[str, Any]]", content.get(kind, [])):
            look = str(entry["look"])
            for key, value in (
                ("{mover}", f"(?P<mover>{NAME}){POST}"),
                ("{seconder}", f"(?P<seconder>{NAME}){POST}"),
                ("{end}", END),
                ("{person}", PERSON),
                ("{n}", NUMBER),
            ):
                look = look.replace(key, value)
            examples = tuple(tuple(str(x) for x in e) for e in entry.get("examples", ()))
            out.append(
                SentencePattern(
                    str(entry["name"]), convention, re.compile(look), str(entry.get("style", "")), examples
                )
            )
    return tuple(sorted(out, key=lambda p: -len(p.look.pattern)))


@lru_cache(maxsize=64)
def pattern(name: str) -> str:
    """The list as one alternation for a regular expression, the longest phrases first, spaces loose."""
    phrases = sorted(words()[name], key=lambda p: (-len(p), p))
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases) + ")"


def is_one_of(name: str, text: str) -> bool:
    """Whether the text is one of the list's phrases: case, a final colon or full stop and spaces do not
    count."""
    return fold_phrase(text) in words()[name]


def fold_phrase(text: str) -> str:
    """Lower case, single spaces, without what may trail a label."""
    return " ".join(text.lower().replace("’", "'").split()).strip(" :.-–—*")
