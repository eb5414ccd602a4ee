"""Fits how sure rows are, and which papers were likely read badly, on what was right at first readings.

    python -m tools.train_sureness

Takes benchmarks/first_readings.jsonl (papers as they were read before anybody learnt from them) and nothing
else, so that it can be made again from the repository alone. Writes extractors/rows/sureness.json and, beside
it, SURENESS.md with the figures of councils left out in turn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.first_readings import FirstReading, known
from benchmarks.owned_up import TOLD_BY, WEAK
from benchmarks.reliability import calibration_error
from extractors.rows.signs import HEARD
from extractors.rows.sureness import JUDGED, WEIGHTS, Weighed, with_papers_signs

FOLDS = 10
STRENGTH = 2.0
"""How much large weights cost."""
CAUGHT = 0.9
"""Share of the papers read badly that are to say so ..."""
DOUBTED = 0.3
"""... unless for it more than this share of the others would have to be doubted: who doubts all says
nothing."""
LIKELY = 0.25
"""Nor does one who says that a thing is unlikely."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cases:
    """Rows, or papers, of first readings: their signs, what was so of each, what each counts, whose it is."""

    signs: Sequence[Mapping[str, float]]
    so: Floats
    counts: Floats
    folds: Floats

    @property
    def names(self) -> list[str]:
        """Every sign that is told of any."""
        return sorted({name for signs in self.signs for name in signs})

    def of(self, chosen: NDArray[np.bool_]) -> Cases:
        """Those that are chosen."""
        signs = [s for s, take in zip(self.signs, chosen, strict=True) if take]
        return Cases(signs, self.so[chosen], self.counts[chosen], self.folds[chosen])


def rows_of(readings: Sequence[FirstReading], dataset: str) -> Cases:
    """The judged rows; a paper of many rows counts as the root of their number, rows of one paper being
    alike."""
    own = [(r, r.rows.get(dataset, ())) for r in readings]
    return Cases(
        [with_papers_signs(signs, r.papers[dataset]) for r, rows in own for signs, _ in rows],
        np.array([float(right) for _, rows in own for _, right in rows]),
        np.array([len(rows) ** -0.5 for _, rows in own for _ in rows]),
        np.array([_fold(r.council) for r, rows in own for _ in rows]),
    )


def papers_of(readings: Sequence[FirstReading], dataset: str) -> Cases:
    """The papers: whether this dataset was read badly on any of its measures; where there was nothing to read
    and nothing was read, it was not."""
    return Cases(
        [r.papers[dataset] for r in readings],
        np.array([float(min(_f1(r, dataset), default=1.0) < WEAK) for r in readings]),
        np.ones(len(readings)),
        np.array([_fold(r.council) for r in readings]),
    )


def fitted(cases: Cases, start: Mapping[str, float]) -> Weighed:
    """Weights by logistic regression, held near `start` (0 elsewhere)."""
    names = cases.names
    table = np.array([[1.0, *(s.get(name, 0.0) for name in names)] for s in cases.signs])
    near = np.array([0.0, *(start.get(name, 0.0) for name in names)])

    def cost(weights: Floats) -> tuple[float, Floats]:
        sums = table @ weights
        likely = 1 / (1 + np.exp(-sums))
        lost = np.logaddexp(0, sums) - cases.so * sums
        away = weights - near
        away[0] = 0
        slope = table.T @ (cases.counts * (likely - cases.so)) + STRENGTH * away
        return float((cases.counts * lost).sum() + STRENGTH / 2 * (away**2).sum()), slope

    found = minimize(cost, near, jac=True, method="L-BFGS-B").x
    return Weighed(
        round(float(found[0]), 3),
        {n: round(float(w), 3) for n, w in zip(names, found[1:], strict=True) if abs(w) >= 0.0005},
    )


def left_out(cases: Cases, start: Mapping[str, float]) -> Floats:
    """What each would be given by weights that were fitted without its council."""
    given = np.zeros(len(cases.so))
    for fold in range(FOLDS):
        out = cases.folds == fold
        if out.any():
            weighed = fitted(cases.of(~out), start)
            given[out] = [weighed.of(s) for s in cases.of(out).signs]
    return given


def main() -> None:
    """Fit, write, and say what was measured."""
    readings = known()
    told: dict[str, dict[str, object]] = {"rows": {}, "papers": {}}
    lines: dict[str, list[str]] = {"rows": [], "papers": []}
    for name in JUDGED:
        cases, start = rows_of(readings, name), {"evidence": 1.0}
        told["rows"][name] = fitted(cases, start)._asdict()
        lines["rows"].append(_line_of_rows(name, cases, left_out(cases, start)))
    for name in HEARD:
        cases = papers_of(readings, name)
        given = left_out(cases, {})
        badly = cases.so == 1
        caught, spared = np.quantile(given[badly], 1 - CAUGHT), np.quantile(given[~badly], 1 - DOUBTED)
        enough = round(float(max(LIKELY, caught, spared)), 3)
        told["papers"][name] = fitted(cases, {})._replace(enough=enough)._asdict()
        lines["papers"].append(_line_of_papers(name, cases, given >= enough))
    WEIGHTS.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    councils = len({r.council for r in readings})
    card = CARD.format(
        day=date.today().isoformat(),
        papers=len(readings),
        councils=councils,
        rows="\n".join(lines["rows"]),
        weak="\n".join(lines["papers"]),
    )
    Path(WEIGHTS.with_name("SURENESS.md")).write_text(card, "utf-8")
    print(card)


def _f1(reading: FirstReading, dataset: str) -> list[float]:
    return [f1 for m, f1 in reading.f1.items() if TOLD_BY[m] == dataset]


def _fold(council: str) -> int:
    return crc32(council.encode()) % FOLDS


def _line_of_rows(name: str, cases: Cases, given: Floats) -> str:
    sure = given >= 0.9
    hits = [(float(g), bool(so)) for g, so in zip(given, cases.so, strict=True)]
    error = calibration_error(hits) or 0.0
    share = f"{cases.so[sure].mean():.3f}" if sure.any() else "none"
    return (
        f"| {name} | {len(given)} | {cases.so.mean():.3f} | {given.mean():.3f} | {error:.3f} | "
        f"{sure.sum()} | {share} |"
    )


def _line_of_papers(name: str, cases: Cases, doubted: NDArray[np.bool_]) -> str:
    weak = cases.so == 1
    return (
        f"| {name} | {weak.sum()} | {(doubted & weak).sum()} | {(~weak).sum()} | {(doubted & ~weak).sum()} |"
    )


CARD = """# How sure rows are

Made {day} by `python -m tools.train_sureness` from the first readings of {papers} papers of {councils}
councils (benchmarks/first_readings.jsonl): as they were read before anybody learnt from them. Logistic
regressions over the signs of rows and papers (extractors/rows/signs.py). No words of papers are kept.

**Rows**, each weighed by a fit without its council: what was said and what was so.

| dataset | rows | right | said | calibration error | rows at 0.9 and above | of them right |
| --- | --- | --- | --- | --- | --- | --- |
{rows}

**Papers** of which a dataset was read badly (F1 under one half on one of its measures), and how many of
them would have said so; each weighed by a fit without its council.

| dataset | read badly | said so | not read badly | doubted all the same |
| --- | --- | --- | --- | --- |
{weak}

**Limits**: invented councils mostly; rows of votes and of declarations keep what their
evidence gives. Apache-2.0.
"""


if __name__ == "__main__":
    main()
