"""What speaks for a row and for a paper's reading, as numbers: from the rows themselves, whoever read them.

Signs of a paper are about one dataset of it; those of a row are about the row. How much each weighs is
fitted (`sureness`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from schemas.decisions import ActionRow, MotionRow, ResolutionRow, VoteRow
from schemas.documents import DocumentRow
from schemas.meetings import AgendaItemRow, AttendanceRow, MeetingRow
from schemas.problems import ProblemKind, ProblemRow
from schemas.row import Row

HEARD = (
    *("attendance", "agenda_items", "declarations", "motions", "votes", "resolutions", "actions"),
    *("meetings", "documents"),
)
"""The datasets that are read from language, whose reading may be doubted on the whole."""
UNHEARD = 0.3
"""Share not understood of a paper in which nothing was to be understood."""
MANY = 3
"""Datasets that a paper doubts from which it doubts many; people from which a roll is one."""
FEW_WORDS, MANY_WORDS, LONG_TITLE = 3, 60, 14

Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rows of a paper say of each other: surnames on the roll of those present, surnames that moved,
    seconded or voted."""

    present: frozenset[str]
    voices: frozenset[str]


def seen_in(rows: Rows) -> Seen:
    """The surnames of a paper's rows."""
    roll = cast("Sequence[AttendanceRow]", rows.get("attendance", ()))
    motions = cast("Sequence[MotionRow]", rows.get("motions", ()))
    votes = cast("Sequence[VoteRow]", rows.get("votes", ()))
    return Seen(
        frozenset(_surname(p.name) for p in roll if p.status == "present"),
        frozenset(
            [
                *(_surname(name) for m in motions for name in (m.mover, m.seconder) if name),
                *(_surname(v.name) for v in votes),
            ]
        ),
    )


def signs_of_row(row: Row, seen: Seen, before: Row | None) -> dict[str, float]:
    """What the row itself says; `before` is the row before it in its dataset."""
    told: dict[str, bool]
    if isinstance(row, AttendanceRow):
        told = {
            "heard to speak": _surname(row.name) in seen.voices,
            "member": row.capacity == "member",
            "present": row.status == "present",
            "two words": " " in row.name,
            "titled": bool(row.title),
        }
    elif isinstance(row, AgendaItemRow):
        words, title = len((row.title or "").split()), row.title or ""
        told = {
            "numbered": bool(row.number or row.minute_number),
            "follows": _follows(row, before),
            "short": words < FEW_WORDS,
            "long": words > LONG_TITLE,
            "capitals": title.isupper(),
            "stops": title.rstrip().endswith("."),
        }
    elif isinstance(row, MotionRow):
        told = {
            "mover": bool(row.mover),
            "seconder": bool(row.seconder),
            "outcome": bool(row.outcome),
            "mover on the roll": _surname(row.mover) in seen.present,
            **_words(row.text or ""),
        }
    elif isinstance(row, ResolutionRow):
        told = {
            "mover": bool(row.mover),
            "outcome": bool(row.outcome),
            "stem": bool(row.stem),
            "small letter": row.text[:1].islower(),
            **_words(row.text),
        }
    elif isinstance(row, ActionRow):
        told = {"owned": bool(row.owners), "of a resolution": row.source == "resolution", **_words(row.text)}
    else:
        told = {}
    return {name: float(value) for name, value in told.items()}


def signs_of_paper(rows: Rows, dataset: str) -> dict[str, float]:
    """What the paper's rows and doubts say of how well this dataset of it was read."""
    document = cast("DocumentRow", rows["documents"][0])
    problems = cast("Sequence[ProblemRow]", rows.get("problems", ()))
    motions = cast("Sequence[MotionRow]", rows.get("motions", ()))
    meetings = cast("Sequence[MeetingRow]", rows.get("meetings", ()))
    own = Counter(p.kind for p in problems if p.dataset == dataset)
    whole = sum(bool(m.mover and m.outcome) for m in motions)
    return {
        "not understood": UNHEARD if document.understood is None else 1 - document.understood,
        "fewer than heard": float(own[ProblemKind.FEWER_THAN_HEARD] > 0),
        "cues unheard": min(MANY, own[ProblemKind.HEARD_AND_NOT_UNDERSTOOD]) / MANY,
        "bare motions": 1 - whole / len(motions) if motions else 0.5,
        "many doubted": float(len({p.dataset for p in problems} & {*HEARD}) >= MANY),
        "no roll": float(len(rows.get("attendance", ())) < MANY),
        "none": float(not rows.get(dataset)),
        "doubted": float(bool(own)),
        "an agenda": float(document.kind in ("agenda", "agenda_pack")),
        "face bare": sum(
            not meetings or value is None
            for value in (
                meetings and meetings[0].committee,
                meetings and meetings[0].venue,
                meetings and meetings[0].start_time,
            )
        )
        / 3,
        "place in words": math.log1p(len((meetings[0].venue or "").split())) if meetings else 0.0,
        "rows": math.log1p(len(rows.get(dataset, ()))),
        **{
            f"rows of {n}": math.log1p(len(rows.get(n, ())))
            for n in ("motions", "resolutions", "agenda_items")
        },
    }


def _surname(name: str | None) -> str:
    return name.split()[-1].casefold() if name and name.split() else ""


def _words(text: str) -> dict[str, bool]:
    words = len(text.split())
    return {
        "short": words <= FEW_WORDS,
        "long": words > MANY_WORDS,
        "stops": text.rstrip().endswith((".", ";", ":")),
    }


def _follows(row: AgendaItemRow, before: Row | None) -> bool:
    last = before.number if isinstance(before, AgendaItemRow) else None
    if not row.number or not last:
        return False
    if row.number.isdigit() and last.isdigit():
        return int(row.number) == int(last) + 1
    return (
        len(row.number) == len(last)
        and row.number[:-1] == last[:-1]
        and ord(row.number[-1]) == ord(last[-1]) + 1
    )
