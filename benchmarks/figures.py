"""Scores of many truths as figures: by measure and council, over councils, and against the last commit's.

Each council counts the same, however many of its papers have truths: a figure over councils is the mean of
the councils' mean F1. A measure of a paper in which there was nothing to find and nothing was found says
little and is left out.
"""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from benchmarks.scoring import Score
from benchmarks.truths import REPO, Truth

LAST = REPO / "benchmarks" / "accuracy.json"
MEASURES = (
    *("meeting", "start_time", "end_time", "venue", "council", "kind", "committee"),
    *("present", "absent", "apologies", "in_attendance", "items", "declarations", "motions", "votes"),
    *("resolutions", "resolutions_item", "recommendations", "recommendations_item", "actions"),
)

Figures = dict[str, dict[str, float]]
"""Mean F1 by measure and council."""


@dataclass(frozen=True, slots=True)
class Result:
    """A truth, what its paper scored, and why the paper could not be read, where it could not."""

    truth: Truth
    scores: dict[str, Score] = field(default_factory=dict)
    error: str | None = None
    doubted: frozenset[str] = frozenset()
    """The datasets that the paper's rows of `problems` are about."""


def by_council(results: Iterable[Result]) -> Figures:
    """Mean F1 by measure and council."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        for measure, score in result.scores.items():
            if score.telling:
                found[measure][result.truth.council].append(score.f1)
    return {m: {c: fmean(f1) for c, f1 in sorted(found[m].items())} for m in MEASURES if m in found}


def over_councils(figures: Figures, measure: str) -> float | None:
    """The mean over councils of a measure; None where no council has it."""
    return fmean(figures[measure].values()) if figures.get(measure) else None


def of_council(figures: Figures, council: str) -> float | None:
    """The mean over measures of a council; None where nothing of it was measured."""
    own = [councils[council] for councils in figures.values() if council in councils]
    return fmean(own) if own else None


def pooled(results: Iterable[Result], measure: str) -> Score:
    """All papers' counts of a measure together."""
    scores = [r.scores[measure] for r in results if measure in r.scores]
    return Score(sum(s.found for s in scores), sum(s.wanted for s in scores), sum(s.right for s in scores))


def papers_with(results: Iterable[Result], measure: str) -> int:
    """How many truths a measure's figure rests on."""
    return sum(1 for r in results if measure in r.scores and r.scores[measure].telling)


def as_json(figures: Figures, version: str, day: str) -> str:
    """The file of the last figures, rounded to four decimals."""
    rounded = {m: {c: round(f1, 4) for c, f1 in councils.items()} for m, councils in figures.items()}
    return json.dumps({"date": day, "version": version, "figures": rounded}, indent=1) + "\n"


def last_committed() -> Figures:
    """The figures that the last commit holds; nothing where it holds none."""
    told = subprocess.run(
        ["git", "show", f"HEAD:{LAST.relative_to(REPO).as_posix()}"],
        cwd=REPO, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return json.loads(told.stdout)["figures"] if told.returncode == 0 else {}


def shared_by(before: Figures, now: Figures) -> tuple[Figures, Figures]:
    """Both figures over the measures and councils that both have, so that a new truth is no gain."""
    pairs = {m: before[m].keys() & now[m].keys() for m in now if m in before}
    return (
        {m: {c: before[m][c] for c in sorted(councils)} for m, councils in pairs.items() if councils},
        {m: {c: now[m][c] for c in sorted(councils)} for m, councils in pairs.items() if councils},
    )


def write_report(results: Sequence[Result], target: Path) -> None:
    """What was missed and made up, one line an entry: truth, measure, which of the two, and what; of councils
    set aside nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{r.truth.name}\t{measure}\t{what}\t{text}"
        for r in results
        if not r.truth.set_aside
        for measure, s in r.scores.items()
        for what, texts in (("missed", s.missed), ("made up", s.made_up))
        for text in texts
    ]
    unread = [f"{r.truth.name}\tpaper\tnot read\t{r.error}" for r in results if r.error]
    target.write_text("\n".join(unread + lines) + "\n", "utf-8")
