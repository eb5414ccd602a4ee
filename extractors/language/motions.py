"""Motions that print their mover and seconder in front and their outcome at the end, as Canadian and other councils do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.language.doc import Sheet, View

OUTCOME = re.compile(
    r"(?:^|[\s.])\(?(?P<outcome>(?:motion\s+|amendment\s+)?(?:carried|defeated|lost|deferred|tabled|withdrawn|ruled out of order)"
    r"(?:\s+(?:unanimously|as amended|on division|by (?:a )?(?:majority|casting vote).{0,20}))?|agreed unanimously|motion (?:passed|failed)|cd\.)\s*[.)]?\s*$",
    re.I,
)
"""How a motion ended, at the end of its words: "Carried.", "Motion carried unanimously", "Deferred"."""
PERSON = r"(?:\d?[A-ZÀ-Þ][\w.'’-]*\s*)"
NUMBERED = re.compile(
    rf"^(?:(?i:resolution|motion|res|minute)\s*(?i:no\.?|number|#)?\s*:?\s*)?(?P<number>[A-Z]{{0,4}}-?\d{{2,4}}\s?[-/–]\s?\d{{1,4}}[A-Z]?|[A-Z]{{1,3}}-\d{{1,4}}|#\d{{1,4}})\s*:?\s*"
    rf"(?P<people>{PERSON}{{1,4}}(?:,|;|/|\s*\band\s+|-\s+)\s*{PERSON}{{1,4}})(?P<sign>[:;.]?)\s*"
)
"""A resolution with its number, mover and seconder in front: "R2025-051 C. Foote, L. Chalapenko:" (Canadian municipal practice)."""
MOVED = re.compile(
    rf"^(?i:it was\s+)?(?i:moved|motion)\s*(?i:by)?\s*:?\s*(?P<mover>{PERSON}{{1,5}}?)\s*[,;/|]?\s*(?i:and\s+)?(?i:duly\s+)?(?i:seconded|second)\s*(?i:by)?\s*:?\s*"
    rf"(?P<seconder>{PERSON}{{1,5}}?)(?=\s*(?:[,.:;]|that\b|to\b|THAT\b|That\b|$|-|–))[,.:;]?\s*"
)
"""\"Moved by X, seconded by Y" in front of the motion: Robert's Rules, standing orders in Australia and New Zealand."""
TIME_NOTE = re.compile(r"\s*\bTime:\s*\d{1,2}[:.]\d{2}\s*[ap]\.?m\.?.*$", re.I)
"""The clerk's note of the hour after a motion to close or adjourn, and what the clerk adds to it: no words of the motion."""
GOES_ON = re.compile(r"^(?:and\b|be it\b|read\b|that\b|whereas\b|now\b|[a-z(\d])", re.I)
LONGEST = 40
"""Blocks that one motion may run over."""


def is_motion_opener(text: str) -> bool:
    """Whether a block begins a motion with its mover."""
    return bool(NUMBERED.match(text) or MOVED.match(text))


@dataclass
class Motion:
    """A motion as read: its words with their places, who moved it, how it ended."""

    start: int
    end: int
    number: str | None
    mover: str | None
    seconder: str | None
    outcome: str | None = None
    pieces: list[tuple[int, int, str]] = field(default_factory=lambda: list[tuple[int, int, str]]())

    @property
    def words(self) -> str:
        """All of its words, without the clerk's note of the time."""
        return TIME_NOTE.sub("", " ".join(p[2] for p in self.pieces)).strip()

    @property
    def adopted(self) -> bool:
        """Carried, or without a printed outcome: minutes that number resolutions print what was passed."""
        return self.outcome is None or bool(re.match(r"(?:motion )?(?:carried|agreed|passed|cd)", self.outcome, re.I))


def moved_motions(sheet: Sheet) -> Iterator[Motion]:
    """The sheet's motions in order, each from its opener to its outcome."""
    views = sheet.views
    i = 0
    while i < len(views):
        m = NUMBERED.match(views[i].text) or MOVED.match(views[i].text)
        if not m:
            i += 1
            continue
        motion, i = _read(views, i, m)
        if motion.pieces:
            yield motion


def _read(views: list[View], i: int, m: re.Match[str]) -> tuple[Motion, int]:
    mover, seconder = _movers(m)
    motion = Motion(views[i].start, views[i].end, m.groupdict().get("number"), mover, seconder)
    skip = m.end()
    while True:
        view = views[i]
        text, start = view.text[skip:], view.start + skip
        said = OUTCOME.search(text)
        keep = text[: said.start()] if said else text
        if keep.strip():
            lead = len(keep) - len(keep.lstrip())
            motion.pieces.append((start + lead, start + len(keep.rstrip()), keep.strip()))
        i, skip = i + 1, 0
        if said:
            motion.outcome, motion.end = said["outcome"].strip(" .").lower(), start + said.end()
            return motion, i
        if i >= len(views) or _ends(views[i], motion):
            return _without_outcome(motion), i


def _movers(m: re.Match[str]) -> tuple[str | None, str | None]:
    found = m.groupdict()
    if found.get("people"):
        names = re.split(r"\s*(?:,|;|/|\s+and\s+|\s*-\s+)\s*", found["people"].strip())
        return names[0].strip(), names[1].strip() if len(names) > 1 else None
    return found["mover"].strip(), found["seconder"].strip()


def _ends(view: View, motion: Motion) -> bool:
    if is_motion_opener(view.text):
        return True
    return bool(motion.pieces) and ((view.block.kind == "heading" and not OUTCOME.fullmatch(view.text.strip())) or len(motion.pieces) > LONGEST)


def _without_outcome(motion: Motion) -> Motion:
    """Nothing says where the motion stops: its first paragraph and those that plainly carry it on."""
    keep = motion.pieces[:1]
    for piece in motion.pieces[1:]:
        if not GOES_ON.match(piece[2]):
            break
        keep.append(piece)
    motion.pieces, motion.end = keep, keep[-1][1] if keep else motion.end
    return motion
