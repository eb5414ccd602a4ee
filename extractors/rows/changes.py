"""What a paper strikes out of a text and puts into it, by the strokes on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors.model import Box, Paper, Word


class Changes(NamedTuple):
    """The words struck out and the words put in; None where none are."""

    struck: str | None
    inserted: str | None


def changes_in(paper: Paper, regions: Sequence[Box]) -> Changes:
    """The strokes within boxes. What is underlined was put in only where something is struck out: by itself a
    line under words stresses them."""
    words = [w for box in regions for w in _level_with(paper, box)]
    struck = _text(w for w in words if w.mark == "struck")
    inserted = _text(w for w in words if w.mark == "underlined") if struck else None
    return Changes(struck, inserted)


def _level_with(paper: Paper, box: Box) -> Iterable[Word]:
    page = paper.pages[box.page - 1]
    return (w for w in page.words if w.mark and box.top <= w.box.middle[1] <= box.bottom)


def _text(words: Iterable[Word]) -> str | None:
    return " ".join(w.text for w in words) or None
