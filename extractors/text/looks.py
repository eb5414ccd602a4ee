"""Patterns that wait: compiled when a text first has the words that they cannot match without, and tried on
such texts alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from extractors.text.kept import compiled
from extractors.text.needed import Needs, needs_of, words_in

UNREAD = "(?:.*)"
"""What stands for a slot where a pattern is read for the words that it needs."""


class Look:
    """A pattern with slots, `Look("{PERSON} voted", re.I, PERSON=...)`: what fills a slot is long and says
    nothing of which texts to try, so it is not read for that."""

    def __init__(self, look: str, flags: int = 0, **slots: str) -> None:
        self._look, self._flags, self._slots = look, flags, slots

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole, compiled."""
        return compiled(_filled(self._look, self._slots), self._flags)

    @cached_property
    def needs(self) -> Needs:
        """What a text must have."""
        return needs_of(_filled(self._look, dict.fromkeys(self._slots, UNREAD)), self._flags)

    def may_read(self, text: str) -> bool:
        """Whether the text has the words."""
        needs = self.needs
        return needs.met_by(words_in(text))

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """As of the pattern."""
        return self.pattern.search(text, at) if self.may_read(text) else None

    def finditer(self, text: str, at: int = 0) -> Iterator[re.Match[str]]:
        """As of the pattern."""
        return self.pattern.finditer(text, at) if self.may_read(text) else iter(())


def _filled(look: str, slots: dict[str, str]) -> str:
    for slot, pattern in slots.items():
        look = look.replace("{" + slot + "}", pattern)
    return look
