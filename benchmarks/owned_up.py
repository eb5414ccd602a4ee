"""Whether a paper that is read badly says so: rows of `problems` about the dataset whose rows are wrong or
missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from benchmarks.figures import Result

WEAK, SOUND = 0.5, 0.8
"""F1 of a measure under which a paper is read badly, and from which it is read well."""
TOLD_BY = {
    **dict.fromkeys(("present", "absent", "apologies", "in_attendance"), "attendance"),
    **dict.fromkeys(("meeting", "start_time", "end_time", "venue", "committee"), "meetings"),
    **dict.fromkeys(("council", "kind"), "documents"),
    "items": "agenda_items",
    **{name: name for name in ("declarations", "motions", "votes", "resolutions", "actions")},
}
"""By measure, the dataset that a doubt of it is about."""


class Owned(NamedTuple):
    """Papers read badly and those of them that say so; papers read well and those that doubt them all the
    same."""

    weak: int
    owned: int
    sound: int
    doubted: int


def owned_by(results: Iterable[Result]) -> dict[str, Owned]:
    """The papers by measure; under "any", those weak on one measure at least, which say so of one of them."""
    own = list(results)
    counts = {m: _count(own, m) for m in TOLD_BY}
    weak = [(r, names) for r in own if (names := _names(r, 0, WEAK))]
    sound = [r for r in own if not _names(r, 0, SOUND)]
    counts["any"] = Owned(
        len(weak),
        sum(any(TOLD_BY[m] in r.doubted for m in names) for r, names in weak),
        len(sound),
        sum(bool(r.doubted) for r in sound),
    )
    return counts


def _names(r: Result, least: float, below: float) -> list[str]:
    return [m for m in TOLD_BY if m in r.scores and r.scores[m].telling and least <= r.scores[m].f1 < below]


def _count(results: Iterable[Result], measure: str) -> Owned:
    told = [
        (r.scores[measure].f1, TOLD_BY[measure] in r.doubted) for r in results if measure in _names(r, 0, 2)
    ]
    weak, sound = [said for f1, said in told if f1 < WEAK], [said for f1, said in told if f1 >= SOUND]
    return Owned(len(weak), sum(weak), len(sound), sum(sound))
