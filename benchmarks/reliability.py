"""Whether rows are as often right as they say: confidence against the truths.

Over rows that truths can judge, one by one: attendance, items, motions, resolutions, actions. The expected
calibration error is the mean distance, over ten bins of confidence weighted by their rows, between the mean
confidence of a bin and the share of its rows that are right (Naeini, Cooper and Hauskrecht, 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from benchmarks.figures import Result

BINS = 10
MEASURES = {
    "attendance": ("present", "absent", "in_attendance"),
    "items": ("items",),
    "motions": ("motions",),
    "resolutions": ("resolutions",),
    "actions": ("actions",),
}
"""The datasets that are judged, and the measures whose rows are theirs."""

Hit = tuple[float, bool]
"""A row's confidence, and whether it is right."""


class Bin(NamedTuple):
    """Rows of like confidence: how many, what they say, how many are right (shares of 1)."""

    rows: int
    said: float
    right: float


def hits_of(results: Iterable[Result], dataset: str | None = None) -> list[Hit]:
    """The rows of a dataset, or of all five, that a truth judges."""
    measures = MEASURES[dataset] if dataset else tuple(m for own in MEASURES.values() for m in own)
    return [hit for r in results for m in measures if m in r.scores for hit in r.scores[m].hits]


def bins_of(hits: Sequence[Hit]) -> list[Bin]:
    """The bins of confidence that have rows, lowest first; the last holds 1 too."""
    by_bin: dict[int, list[Hit]] = {}
    for hit in hits:
        by_bin.setdefault(min(BINS - 1, int(hit[0] * BINS)), []).append(hit)
    return [
        Bin(len(own), fmean(said for said, _ in own), fmean(right for _, right in own))
        for _, own in sorted(by_bin.items())
    ]


def calibration_error(hits: Sequence[Hit]) -> float | None:
    """The expected calibration error, 0 to 1; None without rows."""
    return sum(b.rows * abs(b.said - b.right) for b in bins_of(hits)) / len(hits) if hits else None


def draw(groups: dict[str, list[Hit]], target: Path) -> None:
    """The curve of reliability of each group of rows: what was said against what was so."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="#999", linestyle="--", label="as sure as right")
    for (name, hits), colour, marker in zip(groups.items(), ("#2b5d8a", "#b5532a"), "os", strict=False):
        bins = bins_of(hits)
        label = f"{name} ({len(hits)} rows)"
        axes.plot([b.said for b in bins], [b.right for b in bins], marker=marker, color=colour, label=label)
    axes.set(xlabel="confidence given", ylabel="share right", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.legend(loc="upper left")
    figure.savefig(target, dpi=110, metadata={"Software": None})
    pyplot.close(figure)
