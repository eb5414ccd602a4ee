"""Signals: lists of phrases that hint at what a sentence does; the models of roles weigh them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

from extractors.text.kept import compiled
from extractors.text.needed import Needs, any_of, needs_of, words_in

FILE = Path(__file__).with_name("signals.toml")


@lru_cache(maxsize=1)
def signal_patterns() -> dict[str, re.Pattern[str]]:
    """A compiled pattern a signal, in the file's order. Raises ValueError for a signal that is no list of
    phrases."""
    listed: dict[str, object] = tomllib.loads(FILE.read_text("utf-8"))
    return {name: _compiled(_phrases(name, raw)) for name, raw in listed.items()}


def signals_in(text: str) -> Iterator[tuple[str, bool]]:
    """The signals in the text, in the file's order, and whether the text begins with them."""
    for name, look in _with_words(_words() & words_in(text)):
        if m := look.search(text):
            yield name, m.start() == 0


@lru_cache(maxsize=1)
def _needs() -> dict[str, Needs]:
    return {name: needs_of(look.pattern, re.IGNORECASE) for name, look in signal_patterns().items()}


@lru_cache(maxsize=1)
def _words() -> int:
    return any_of(n.all for n in _needs().values())


@lru_cache(maxsize=4096)
def _with_words(words: int) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, look) for name, look in signal_patterns().items() if _needs()[name].met_by(words))


def _phrases(name: str, raw: object) -> list[str]:
    phrases = cast("list[object]", raw) if isinstance(raw, list) else []
    texts = [p for p in phrases if isinstance(p, str) and p.strip()]
    if not texts or len(texts) != len(phrases):
        raise ValueError(f"{FILE.name}: {name} must be a list of phrases")
    return texts


def _compiled(phrases: list[str]) -> re.Pattern[str]:
    looks = [
        re.escape(p).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for p in sorted(phrases, key=len, reverse=True)
    ]
    return compiled(rf"\b(?:{'|'.join(looks)})(?!\w)", re.IGNORECASE)
