"""A decision as it is read: one clause of what was decided."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.reading.counts import MANNER

HANDED_ON = re.compile(
    r"\s*[,;–—]\s*(?:[A-Z]{2,3}(?:\s*(?:[&/,]|and)\s*[A-Z]{2,3})*|(?:[Tt]he\s+)?Clerk)\s+to\s+[a-z][^.;]*\.?$"
)
"""Who is to do it, told after what was decided: "to buy a second kit, KP to order"."""

LEAD = re.compile(
    rf"^[\s“\"‘,:;–—-]*(?:by\s+the\s+[^.;:]{{3,160}}?(?=\bthat\b))?(?:{MANNER}(?=(?:that|to)\b))?(?:(?:that|to)\b[\s,:]*)?",
    re.I,
)
"""What stands between "RESOLVED" and what was: "by five votes to two that"."""


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


def bare(words: str) -> str:
    """The words after a stem: without its "that" or "to", quotation marks and the "; and" at the end."""
    return LEAD.sub("", trimmed(words))
