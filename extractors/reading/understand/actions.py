"""Actions: who undertook or was asked to do what, in resolutions, in prose and in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.cues.says import cues_of
from extractors.reading.segments import Segment
from extractors.reading.understand.motion import Motion

TRIGGER = re.compile(
    r"\b(?:will|shall|should|would|to|ask|request|instruct|direct|delegat|undertook|agreed|offered"
    r"|volunteered|action|task)",
    re.I,
)
MOTION = re.compile(r"\b(?:moved|motion|seconded)\b", re.I)
BULLET_ONLY = "bullet: owner to"
ENDS = re.compile(r"[,;]?\s+(?:and\s+that|which|who|when\s+asked|as\s+this|because|although|but)\b.*$", re.I)
LEAST = 2


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done: its owner as printed, its words and their place, by which cue."""

    owner: str
    text: str
    start: int
    end: int
    at: int
    cue: str


def read_actions(segments: Sequence[Segment], motions: Sequence[Motion], settled: set[int]) -> list[Action]:
    """The actions in order, each once. `settled` are the segments that tell decisions; questions and
    quotations are none."""
    moved = {m.at for m in motions}
    out: list[Action] = []
    for i, s in enumerate(segments):
        if not TRIGGER.search(s.text) or s.text.rstrip().endswith("?") or (s.capitals and len(s.text) < 80):
            continue
        if i in moved and i not in settled:
            continue
        for action in _in(s, i, i in settled):
            if not any(o.at == i and _same(o, action) for o in out):
                out.append(action)
    return out


def _in(s: Segment, i: int, decided: bool) -> Iterator[Action]:
    for cue in cues_of("action"):
        if cue.name == BULLET_ONLY and not (s.first and s.view.block.marker):
            continue
        if cue.name == "owner will" and not decided and re.search(r"\bshould\b", s.text):
            continue  # what somebody thinks ought to be
        for m in cue.look.finditer(s.text):
            words = ENDS.sub("", m["words"]).strip(" ,:–-")
            owner = re.sub(r"^(?:the|a|an)\s+", "", m["owner"].strip(), flags=re.I)
            if len(words.split()) >= LEAST and owner.lower() not in (
                "council",
                "committee",
                "board",
                "members",
                "meeting",
            ):
                yield Action(
                    owner,
                    words,
                    s.start + m.start("words"),
                    s.start + m.start("words") + len(words),
                    i,
                    cue.name,
                )


def _same(a: Action, b: Action) -> bool:
    return a.start < b.end and b.start < a.end
