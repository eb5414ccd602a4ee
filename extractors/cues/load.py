"""The words councils use, kept as data: one TOML file a convention in this folder, all joined at start.

A file holds lists of phrases (`[attendance] present = [...]`). Turns of phrase are cues, in says/.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from extractors.cues.files import cue_files

__all__ = ["fold_phrase", "is_one_of", "pattern", "words"]


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Every list by its dotted name ("attendance.present"), lower case, joined over the files."""
    lists: dict[str, set[str]] = defaultdict(set)
    for file in cue_files():
        for name, phrases in file.lists.items():
            lists[name].update(phrases)
    return {name: frozenset(phrases) for name, phrases in lists.items()}


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
