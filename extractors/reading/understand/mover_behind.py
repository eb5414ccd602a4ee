"""Movers who are named behind the words of a motion that began without one: "MOTION TO TABLE - R. FOSS"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.says.people import PERSON
from extractors.reading.segments import Segment
from extractors.reading.understand.motion import Motion, first_cue, name_of

ALONE_BELOW = re.compile(rf"^\W*{PERSON}\W*$")
SECONDED_BELOW = re.compile(rf"^\W*(?:(?P<mover>{PERSON})\s+)?second(?:ed)?\s*(?:by)?\s*:", re.I)


def _mover_behind_dash(segments: Sequence[Segment], motion: Motion, rest: str) -> re.Match[str] | None:
    """Who moved the words in front of a dash, where the next line says who seconded: "MOTION TO TABLE - R.
    FOSS", "SECONDED: M. LUND"."""
    lines = [s.text for s in segments[motion.at + 1 : motion.at + 3]]
    after = " ".join(lines if lines and ALONE_BELOW.match(lines[0]) else lines[:1])
    below, behind = SECONDED_BELOW.match(after), BEHIND_DASH.search(rest)
    if motion.mover or not below or not behind:
        return None
    if behind["mover"]:
        return None if below["mover"] else behind
    return BEHIND_DASH.search(f"{rest} {below['mover']}") if below["mover"] else None


def without_mover(segments: Sequence[Segment], motion: Motion, rest: str) -> str:
    """What follows the cue, without a mover who is named behind the words, whom the motion then has."""
    below = first_cue(rest, "mover after") or first_cue(rest, "motion") if is_bare(motion) else None
    if below and below[0].name in ("made by X after the words", "moved by X", "moved X, seconded Y"):
        motion.mover = name_of(below[1].groupdict().get("mover"))
        return rest[: below[1].start()]
    if is_bare(motion) and (after := _mover_behind_dash(segments, motion, rest)):
        motion.mover = name_of(after["mover"])
        return rest[: after.start()]
    return rest


def is_bare(motion: Motion) -> bool:
    """The motion was begun by its words alone: "MOTION: APPROVE ...", its mover may follow them."""
    return motion.cue in ("motion to", "motion made and seconded") and motion.mover is None
