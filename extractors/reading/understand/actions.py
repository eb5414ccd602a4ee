"""Actions: who undertook or was asked to do what, in resolutions, in prose and in lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.cues.says import cues_of
from extractors.cues.says.people import TITLES
from extractors.reading.segments import Segment
from extractors.reading.understand.motion import Motion

TRIGGER = re.compile(
    r"\b(?:will|shall|should|would|to|ask|request|instruct|direct|delegat|undertook|agreed|offered"
    r"|volunteered|action|task)",
    re.I,
)
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


def read_actions(
    segments: Sequence[Segment],
    motions: Sequence[Motion],
    settled: set[int],
    known: frozenset[str] = frozenset(),
) -> list[Action]:
    """The actions in order, each once. `settled` are the segments that tell decisions; `known` the words and
    initials of names on the roll; questions and quotations are none."""
    moved = {m.at for m in motions}
    out: list[Action] = []
    for i, s in enumerate(segments):
        if not TRIGGER.search(s.text) or s.text.rstrip().endswith("?") or (s.capitals and len(s.text) < 80):
            continue
        if i in moved and i not in settled:
            continue
        for action in [*_in(s, i, i in settled), *_of_known(s, i, known)]:
            if not any(o.at == i and _same(o, action) for o in out):
                out.append(action)
    return out


def names_known(names: Iterable[str]) -> frozenset[str]:
    """The words of the names, and their initials: "Anne Foss" gives Anne, Foss and AF."""
    out: set[str] = set()
    for name in names:
        words = [w for w in re.split(r"[\s.]+", name) if w]
        out |= {w for w in words if len(w) > 2} | {"".join(re.findall(r"[A-ZÀ-Þ]", name))}
    return frozenset(out)


def _of_known(s: Segment, i: int, known: frozenset[str]) -> Iterator[Action]:
    """What people of the roll are to do, named without a title or by initials."""
    if not known:
        return
    for cue in cues_of("known to act"):
        for m in cue.look.finditer(s.text):
            bare = re.sub(rf"^(?:(?:{TITLES})\s+)+", "", m["owner"])
            words = ENDS.sub("", m["words"]).strip(" ,:–-")
            if all(w in known for w in bare.split()) and len(words.split()) >= LEAST:
                at = s.start + m.start("words")
                yield Action(m["owner"], words, at, at + len(words), i, cue.name)


def _in(s: Segment, i: int, decided: bool) -> Iterator[Action]:
    for cue in cues_of("action"):
        if cue.name == BULLET_ONLY and not (s.first and s.view.block.marker):
            continue
        if cue.name == "that owner do" and not decided:
            continue
        if cue.name == "owner will" and not decided and re.search(r"\bshould\b", s.text):
            continue  # what somebody thinks ought to be
        for m in cue.look.finditer(s.text):
            words = ENDS.sub("", m["words"]).strip(" ,:–-")
            if re.search(r"\b(?:by|of)\s+$", s.text[: m.start()], re.I):
                continue  # "moved by Councillor Ash to give ...": who moves is asked to do nothing
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
