"""The trained models: for each segment the label B (begins), I (goes on) or O (none) of one role, with its
probability."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

WEIGHTS = Path(__file__).parent / "weights"
LEAST = 0.35
"""A segment begins a fact from this probability on: what is left out cannot be doubted by anybody."""
DOUBTED = 0.1
"""From this probability on it may begin one, where another witness says so."""


class Span(NamedTuple):
    """Segments `first` to `last` play the role, with probability `sure` that they do."""

    first: int
    last: int
    sure: float


@lru_cache(maxsize=4)
def _tagger(weights: Path) -> Any:
    tagger: Any = import_module("pycrfsuite").Tagger()  # it ships no types
    tagger.open(str(weights))
    return tagger


def spans_of(
    role: str, features: Sequence[Sequence[str]], least: float = LEAST, weights: Path | None = None
) -> list[Span]:
    """The spans of one role over segments with these features, in order; by the shipped weights or by
    others."""
    if not features:
        return []
    tagger = _tagger(weights or WEIGHTS / f"{role}.crfsuite")
    tagger.set(list(map(list, features)))
    labels: list[str] = tagger.tag()
    out: list[Span] = []
    for i, label in enumerate(labels):
        begins = float(tagger.marginal("B", i))
        if label == "B" or begins >= LEAST or (begins >= least and label == "O"):
            out.append(Span(i, i, begins))
        elif label == "I" and out and out[-1].last == i - 1:
            out[-1] = out[-1]._replace(last=i)
    return out
