"""Words that the page strikes out, and words that it underlines.

A stroke is a rule as long as the words it belongs to: through the middle of their letters it strikes them
out, at their feet it underlines them. Rules that run on beyond their words (of tables, forms and headings)
are neither. Standing orders have amendments printed so: what goes is struck out, what comes is underlined.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Mark, Rule, Word

STRUCK = (0.3, 0.62)
"""How far down a word's box, as shares of its height, a rule goes through its letters, wherever the font has
its base line."""
UNDERLINED = (0.68, 1.12)
COVERED = 0.6
"""Share of a word's width that a stroke goes over."""
LOOSE = 3.5
"""Points by which a stroke may be longer or shorter than its words."""


def with_marks(words: Sequence[Word], rules: Sequence[Rule]) -> tuple[Word, ...]:
    """The page's words, each with what a stroke makes of it."""
    strokes = sorted((r for r in rules if r.horizontal and r.drawn), key=lambda r: r.top)
    if not strokes:
        return tuple(words)
    heights = [r.top for r in strokes]
    lines = _Starts(words)
    return tuple(_marked(w, strokes, heights, lines) for w in words)


class _Starts:
    """Where words begin and end, to hold strokes against."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.begin = sorted(w.box.x0 for w in words)
        self.end = sorted(w.box.x1 for w in words)

    def fits(self, rule: Rule) -> bool:
        """It begins where some word begins, and ends where some word ends."""
        return _near(self.begin, rule.x0) and _near(self.end, rule.x1)


def _near(places: Sequence[float], x: float) -> bool:
    return bisect_left(places, x - LOOSE) < bisect_right(places, x + LOOSE)


def _marked(word: Word, strokes: Sequence[Rule], heights: Sequence[float], starts: _Starts) -> Word:
    box, tall = word.box, word.box.bottom - word.box.top
    if word.turned or tall <= 0:
        return word
    found: Mark | None = None
    first, last = bisect_left(heights, box.top), bisect_right(heights, box.top + UNDERLINED[1] * tall)
    for rule in strokes[first:last]:
        over = min(rule.x1, box.x1) - max(rule.x0, box.x0)
        if over < COVERED * (box.x1 - box.x0) or not starts.fits(rule):
            continue
        down = ((rule.top + rule.bottom) / 2 - box.top) / tall
        if STRUCK[0] <= down <= STRUCK[1]:
            return replace(word, mark="struck")
        if UNDERLINED[0] <= down <= UNDERLINED[1]:
            found = "underlined"
    return replace(word, mark=found) if found else word
