"""A decision as it is read: one clause of what was decided."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.reading.counts import MANNER

HANDED_ON = re.compile(
    r"\s*[,;–—]\s*(?:[A-Z]{2,3}(?:\s*(?:[&/,]|and)\s*[A-Z]{2,3})*|(?:[Tt]he\s+)?Clerk)\s+to\s+[a-z][^.;]*\.?$"
)
"""Who is to do it, told after what was decided: "to buy a second kit, KP to order"."""

TOLD_AFTER = re.compile(
    r"\s*[;,.]?\s*\(?\b(?:ayes?|yeas?|voting\s+(?:aye|yes|yea)|roll\s+call(?:\s+vote)?|votes?\s+as\s+follows)"
    r"\s*[:–—-]\s.*$"
    r"|\s*,\s*(?:with\s+)?[^,;.]{3,60}\s(?:not\s+voting|abstaining|dissenting|opposed|voting\s+(?:no|nay|against))\W*$"
    r"|\s*[,(]\s*\d{1,2}\s+(?:votes?\s+)?(?:in\s+favou?r|for)\b[^.;]{0,60}\W*$"
    r"|,?\s+and\s+(?:they\s+were\s+signed\s+by\s+the\s+chair\w*|this\s+(?:motion|resolution)\s+was\s+\w+(?:\s+unanimously)?)\W*$"
    r"|,?\s+on\s+the\s+(?:proposal|proposition|motion)\s+of\s+[^.;:]{3,30}(?:,?\s+(?:and\s+)?seconded\s+by\s+[^;:]{3,30})?\W*$"
    r"|[,.;]\s+(?:seconded|adopted|carried)(?:[.,;]\s+(?:adopted|carried))?\W*$",
    re.I | re.S,
)
"""How the vote went and who moved it, told after what was decided: "; ayes: Foss, Lund", ", Cllr Foss
dissenting"."""
LEAD = re.compile(
    rf"^[\s“\"‘,:;–—-]*(?:(?:by\s+the|on\s+the\s+(?:motion|proposal|proposition)\s+of)\s+[^.;:]{{3,160}}?(?=\bthat\b))?(?:{MANNER}(?=(?:that|to)\b))?(?:(?:that|to)\b[\s,:]*)?",
    re.I,
)
"""What stands between "RESOLVED" and what was: "by five votes to two that"."""


ANOTHER = re.compile(r"\s*[;.,]\s*(?:(?:AND|FURTHER)\s+)*(?=THAT\s)")
"""Between two clauses of one sentence: "...; AND THAT a letter be sent"."""


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
    text = TOLD_AFTER.sub("", HANDED_ON.sub("", text))
    return re.sub(r"\s*[;,]\s*(?:\b(?:and|or))?\s*$", "", text)


def bare(words: str) -> str:
    """The words after a stem: without its "that" or "to", quotation marks and the "; and" at the end."""
    return LEAD.sub("", trimmed(words))


def parted(words: str) -> list[tuple[str, int]]:
    """The clauses of one sentence that each begin with THAT, and where in the words each stands."""
    out: list[tuple[str, int]] = []
    at = 0
    for cut in [*ANOTHER.finditer(words), None]:
        end = cut.start() if cut else len(words)
        if words[at:end].strip():
            out.append((words[at:end], at))
        at = cut.end() if cut else end
    return out
