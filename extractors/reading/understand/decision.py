"""A decision as it is read: one clause of what was decided."""

from __future__ import annotations

import re
from dataclasses import dataclass

HANDED_ON = re.compile(
    r"\s*[,;–—]\s*(?:[A-Z]{2,3}(?:\s*(?:[&/,]|and)\s*[A-Z]{2,3})*|(?:[Tt]he\s+)?Clerk)\s+to\s+[a-z][^.;]*\.?$"
)
"""Who is to do it, told after what was decided: "to buy a second kit, KP to order"."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A clause decided: its words and their place, the stem it hangs from, by which cue, of which motion (its
    place in the list)."""

    text: str
    start: int
    end: int
    at: int
    cue: str
    stem: str | None = None
    clause: str | None = None
    motion: int | None = None


def trimmed(words: str) -> str:
    """The words as printed, without quotation marks around them and the "; and" at the end of a clause."""
    text = " ".join(words.split()).strip('“”" ')
    text = HANDED_ON.sub("", text)
    return re.sub(r"\s*[;,]\s*(?:\b(?:and|or))?\s*$", "", text)
