"""A person as a roll or a sentence has it."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.reading.facts import Capacity, Presence


@dataclass(frozen=True, slots=True)
class Seen:
    """A person on a roll or in a sentence of apologies, at characters `start` to `end`."""

    name: str
    title: str | None
    post: str | None
    status: Presence
    capacity: Capacity
    start: int
    end: int
    label: str
    note: str | None = None
    listed: bool = True
