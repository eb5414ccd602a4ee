"""A person as a roll or a sentence has it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.reading.facts import Capacity, Presence
from extractors.reading.understand.entries import Entry


@dataclass(frozen=True, slots=True)
class Seen:
    """A person on a roll or in a sentence, at characters `start` to `end`; `role` is what a label says
    ("Chair")."""

    entry: Entry
    status: Presence
    capacity: Capacity
    start: int
    end: int
    label: str
    role: str | None = None
    virtual: bool = False
    listed: bool = True

    @property
    def name(self) -> str:
        """As printed, without title."""
        return self.entry.name
