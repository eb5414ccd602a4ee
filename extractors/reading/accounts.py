"""What was heard and not understood: every strong cue that no fact explains.

A council whose style is not read shows itself here, though nothing was read from its papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from extractors.reading.doc import facts_of, sheet_of
from extractors.reading.heard import hear

STRONG: tuple[tuple[str, str], ...] = (
    (
        "moved",
        r"\b(?:moved|proposed)\s+(?:by|that)\b|\b(?:made|makes)\s+(?:a\s+|the\s+)?motion\b"
        r"|\bmotion\s+(?:was\s+)?(?:made\s+)?by\b",
    ),
    ("seconded", r"\bsecond(?:ed)?\s+by\b|\bseconded\b"),
    ("resolved", r"\bRESOLVED\b|^\W*Resolved\b|\bit\s+was\s+(?:unanimously\s+)?(?:resolved|agreed)\b"),
    ("votes", r"\b(?:ayes?|noes|nays|yeas)\s*[:–—-]|\bcarried\s+(?:by|unanimously)\b"),
    ("present", r"^\W*(?:members\s+|councillors\s+)?present\s*[:–—-]"),
    ("apologies", r"\bapologies\b.{0,60}\bfrom\b"),
    ("action", r"^\W*action\s*[:–—-]"),
)
LOOKS = tuple((name, re.compile(look, re.I if name != "resolved" else 0)) for name, look in STRONG)
TOLD_IN = {
    "moved": "motions",
    "seconded": "motions",
    "resolved": "resolutions",
    "votes": "votes",
    "present": "attendance",
    "apologies": "attendance",
    "action": "actions",
}
"""By strong cue the dataset whose row would explain it."""
EXPLAINERS = ("attendance", "motions", "votes", "decisions", "actions", "declarations", "items")
NEAR = 160
"""Characters by which a cue may stand off the fact that it tells of."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A cue that no fact explains, at characters `start` to `end`."""

    cue: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Account:
    """How many strong cues a part has, and those that nothing explains; the names of the cues that were
    understood."""

    heard: int
    missed: tuple[Missed, ...]
    styles: tuple[str, ...]


def account_of(doc: Any) -> Account:
    """The account of one tagged part."""
    sheet = sheet_of(doc)
    spans = sorted((f.start, f.end) for kind in EXPLAINERS for f in facts_of(doc, kind))
    heard, missed = 0, list[Missed]()
    for cue, text, start, end in _cues(doc):
        heard += 1
        if not any(a - NEAR <= start <= b + NEAR for a, b in spans):
            missed.append(Missed(cue, text, start, end))
    styles: list[str] = []
    if sheet.part.kind == "minutes":
        told = hear(sheet)
        styles = [m.cue for m in told.motions] + [d.cue for d in told.decisions if d.motion is None]
    return Account(heard, tuple(missed), tuple(dict.fromkeys(styles)))


def _cues(doc: Any) -> Iterator[tuple[str, str, int, int]]:
    """(cue, the sentence, start, end) of each strong cue of a part; at most one of a kind a sentence."""
    for view in sheet_of(doc).views:
        for name, look in LOOKS:
            for m in look.finditer(view.text):
                yield (
                    name,
                    view.text[max(0, m.start() - 40) : m.end() + 60],
                    view.start + m.start(),
                    view.start + m.end(),
                )
                break
