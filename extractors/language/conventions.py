"""The words councils use, kept as data: one TOML file a convention in extractors/conventions, all joined at start."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

FOLDER = Path(__file__).parent.parent / "conventions"


@lru_cache(maxsize=1)
def words() -> dict[str, frozenset[str]]:
    """Every list of every convention file by its dotted name ("attendance.present"), lower case, joined over the files."""
    lists: dict[str, set[str]] = defaultdict(set)
    for file in sorted(FOLDER.glob("*.toml")):
        for table, entries in tomllib.loads(file.read_text("utf-8")).items():
            for key, values in cast("dict[str, list[Any]]", entries).items():
                lists[f"{table}.{key}"].update(str(v).lower() for v in values)
    return {key: frozenset(values) for key, values in lists.items()}


@lru_cache(maxsize=64)
def pattern(name: str) -> str:
    """The list as one alternation for a regular expression, the longest phrases first, spaces loose."""
    phrases = sorted(words()[name], key=lambda p: (-len(p), p))
    return "(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases) + ")"


def is_one_of(name: str, text: str) -> bool:
    """Whether the text is one of the list's phrases: case, a final colon or full stop and spaces do not count."""
    return fold_phrase(text) in words()[name]


def fold_phrase(text: str) -> str:
    """Lower case, single spaces, without what may trail a label."""
    return " ".join(text.lower().replace("’", "'").split()).strip(" :.-–—*")
