"""What a part's words let expect, against what was read of it.

A paper whose wording is not known gives few rows, and each of them may look sound: the doubt is about those
that are not there. Signals (extractors/cues/signals) are generous hints; where a dataset has no or few rows
though its signals stand all over the part, or where its rows are doubtful on the whole, the paper says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import fmean

from extractors.cues.signals import signal_patterns
from extractors.model import Doubt, Part
from extractors.reading.doc import Sheet, facts_of
from extractors.reading.facts import Fact, MeetingFact, MotionFact, PersonFact
from schemas.problems import ProblemKind

SIGNALS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "motions": ("motions", "motions", ("moved", "seconded")),
    "votes": ("votes", "named votes", ("named_vote",)),
    "decisions": ("resolutions", "decisions", ("resolved", "agreed", "noted", "approve", "negative")),
    "actions": ("actions", "undertakings", ("asked", "undertake")),
    "declarations": ("declarations", "declared interests", ("interest",)),
}
"""By kind of fact: the dataset of its rows, what they are called, and the signals that let expect some."""
NEAR = 60
"""Characters by which a hint may stand off the fact that it belongs to."""
LEAST_WORDS = 5
"""A paragraph of no more words is a heading or a label and tells nothing by itself."""
NIL = re.compile(r"\b(?:none|nil|no(?!t\b)|all)\b", re.I)
"""What a paragraph says that nothing is told of: "Noes: none", "There were no declarations of interest"."""
FEW = 3
"""Hints without a row from which a dataset that has rows may lack others, when they outnumber its rows."""
DOUBTFUL = 0.7
"""Mean confidence under which a dataset's rows are doubtful on the whole."""
BARE = 1 / 3
"""Share of motions without a mover or an outcome from which their wording was hardly understood."""
LEAST_ITEMS = 3
"""Items that any agenda and any minutes have."""


def yield_doubts(part: Part, doc: object, sheet: Sheet) -> Iterator[Doubt]:
    """The datasets of which a part, minutes or an agenda, gave less than its words let expect."""
    facts = {kind: facts_of(doc, kind) for kind in (*SIGNALS, "items", "attendance", "meeting")}  # type: ignore[arg-type]
    if part.kind in ("minutes", "agenda"):
        yield from _few_items(part, facts["items"])
        yield from _bare_face(part, facts["meeting"])
    if part.kind != "minutes":
        return
    yield from _short_roll(part, sheet, facts["attendance"])
    yield from _bare_motions(part, facts["motions"])
    for kind, (dataset, what, signals) in SIGNALS.items():
        free, hints = _free_hints(sheet, facts[kind], signals)
        if free and (not facts[kind] or free >= max(FEW, len(facts[kind]))):
            told = f"none was read at {free} of {hints} paragraphs whose words speak of {what}"
            yield _doubt(ProblemKind.FEWER_THAN_HEARD, told, dataset, part)
    for kind, dataset in (("attendance", "attendance"), ("items", "agenda_items"), *_datasets()):
        if len(own := facts[kind]) >= FEW and (sure := fmean(f.confidence for f in own)) < DOUBTFUL:
            told = f"of the {len(own)} {dataset.replace('_', ' ')} about {sure:.0%} may be right"
            yield _doubt(ProblemKind.DOUBTFUL_ON_THE_WHOLE, told, dataset, part)


def _datasets() -> Iterator[tuple[str, str]]:
    return ((kind, dataset) for kind, (dataset, _, _) in SIGNALS.items())


def _doubt(kind: ProblemKind, text: str, dataset: str, part: Part) -> Doubt:
    return Doubt(kind, text, page=part.page_from, dataset=dataset)


def _free_hints(sheet: Sheet, facts: Sequence[Fact], signals: Sequence[str]) -> tuple[int, int]:
    """Paragraphs that hold one of the signals and stand at no fact; all that hold one."""
    looks = [signal_patterns()[name] for name in signals]
    spans = [(f.start - NEAR, f.end + NEAR) for f in facts]
    told = [v for v in sheet.views if v.text.count(" ") >= LEAST_WORDS and not NIL.search(v.text)]
    hints = [v for v in told if any(look.search(v.text) for look in looks)]
    return sum(1 for v in hints if not any(a <= v.end and v.start <= b for a, b in spans)), len(hints)


def _few_items(part: Part, items: Sequence[Fact]) -> Iterator[Doubt]:
    if len(items) < LEAST_ITEMS:
        told = f"{len(items)} items were read of what was taken for {part.kind.replace('_', ' ')}"
        yield _doubt(ProblemKind.FEWER_THAN_HEARD, told, "agenda_items", part)


def _bare_face(part: Part, meetings: Sequence[MeetingFact]) -> Iterator[Doubt]:
    """A meeting of which the paper's face did not tell all that faces tell."""
    met = meetings[0] if meetings else None
    lacks = [
        name
        for name, value in (
            ("body", met and met.committee),
            ("place", met and met.venue),
            ("hour", met and met.start_time),
        )
        if value is None
    ]
    if lacks:
        told = f"neither heading nor text tells the {' or the '.join(lacks)} of this meeting"
        yield _doubt(ProblemKind.FACE_INCOMPLETE, told, "meetings", part)


def _short_roll(part: Part, sheet: Sheet, roll: Sequence[PersonFact]) -> Iterator[Doubt]:
    """Members, officers or absentees of whom none was read."""
    look = signal_patterns()["absent"]
    there = [p for p in roll if p.status == "present"]
    lacks = [
        what
        for what, found in (
            ("members present", sum(p.capacity == "member" for p in there) >= FEW),
            ("officers", any(p.capacity != "member" for p in there)),
            ("apologies", len(roll) > len(there) or not look.search(sheet.text)),
        )
        if not found
    ]
    if lacks and (there or roll):
        told = f"the roll gave no {' and no '.join(lacks)}, or hardly any"
        yield _doubt(ProblemKind.FEWER_THAN_HEARD, told, "attendance", part)


def _bare_motions(part: Part, motions: Sequence[MotionFact]) -> Iterator[Doubt]:
    for what, lacking in (
        ("mover", sum(m.mover is None for m in motions)),
        ("outcome", sum(m.outcome is None for m in motions)),
    ):
        if motions and lacking >= max(1, BARE * len(motions)):
            told = f"{lacking} of {len(motions)} motions have no {what}"
            yield _doubt(ProblemKind.FEWER_THAN_HEARD, told, "motions", part)
