"""How accurate the reading is, on real minutes: `python -m benchmarks.accuracy` reads every paper that
tests/truth has a truth for, and writes docs/accuracy.md. The papers lie outside the repository
(MINUTEBOOK_SHARED names their folder)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.scoring import Score, compare
from schemas.row import as_dicts

REPO = Path(__file__).parent.parent
TRUTH = REPO / "tests" / "truth"
PAGE = REPO / "docs" / "accuracy.md"
FIRST = """The eight papers set aside were read once before anything was changed for them: present, in
attendance, apologies, declarations, motions and resolutions 1.000, items 0.941 (16 of 17), start
times 7 of 8. Two changes followed that state general conventions (in minutes the words that begin a
meeting outweigh a later "Time:", and a presentation is a topic like delegations); the table above
is the reading after them. They are all of one council: the figures say little about councils whose
papers nobody here has seen."""
MEASURES = (
    "present",
    "in_attendance",
    "apologies",
    "items",
    "declarations",
    "motions",
    "votes",
    "resolutions",
    "recommendations",
    "actions",
)


def shared() -> Path:
    """Where the papers lie."""
    import os

    return Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared"))


def truths() -> list[dict[str, Any]]:
    """Every truth in tests/truth; `source` names its PDF, `set_aside` whether it was kept out of tuning,
    `convention` its wording."""
    return [json.loads(p.read_text("utf-8")) | {"name": p.stem} for p in sorted(TRUTH.glob("*.json"))]


def paper_of(truth: dict[str, Any]) -> Path | None:
    """The truth's PDF, or None where it does not lie on this machine."""
    return next((p for p in sorted(shared().rglob("*.pdf")) if p.name == truth["source"]), None)


def measure(truth: dict[str, Any]) -> dict[str, Score]:
    """Read the truth's paper and compare."""
    from extractors import extract

    pdf = paper_of(truth)
    return compare(as_dicts(extract(pdf).rows), truth) if pdf else {}


def _pooled(scores: list[Score]) -> Score:
    return Score(sum(s.found for s in scores), sum(s.wanted for s in scores), sum(s.right for s in scores))


def reliability(results: list[tuple[dict[str, Any], dict[str, Score]]]) -> list[tuple[float, int, float]]:
    """(confidence said, rows, share of them right), by tenths of confidence."""
    bins: dict[int, list[bool]] = {}
    for _, scores in results:
        for s in scores.values():
            for row, right in s.hits:
                bins.setdefault(min(9, int(row["confidence"] * 10)), []).append(right)
    return [((b + 0.5) / 10, len(found), sum(found) / len(found)) for b, found in sorted(bins.items())]


def draw(points: list[tuple[float, int, float]], target: Path) -> None:
    """The reliability curve: what was said against what was so."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], color="#999", linestyle="--", label="as sure as right")
    axes.plot([p[0] for p in points], [p[2] for p in points], marker="o", color="#2b5d8a", label="measured")
    for x, n, y in points:
        axes.annotate(f"{n} rows", (x, y), textcoords="offset points", xytext=(-44, -12), fontsize=8)
    axes.set(xlabel="confidence given", ylabel="share right", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.legend(loc="upper left")
    figure.savefig(target, dpi=110, metadata={"Software": None})


def page(results: list[tuple[dict[str, Any], dict[str, Score]]]) -> Iterator[str]:
    """The page's lines."""
    yield (
        "# How accurate\n\nMade by `make accuracy` (python -m benchmarks.accuracy) from the truths in "
        "tests/truth: minutes of real councils, read by a person."
    )
    yield (
        "Half of them were chosen and set aside before rules were tuned; nobody looked at what was read "
        "from those until the rules stood.\n"
    )
    groups = {
        "all": results,
        "set aside": [r for r in results if r[0].get("set_aside")],
        "tuned on": [r for r in results if not r[0].get("set_aside")],
    }
    for convention in sorted({t.get("convention", "") for t, _ in results} - {""}):
        groups[f"convention {convention}"] = [r for r in results if r[0].get("convention") == convention]
    for council in sorted({t.get("council", "") for t, _ in results} - {""}):
        groups[council] = [r for r in results if r[0].get("council") == council]
    for name, group in groups.items():
        yield (
            f"\n## {name[0].upper() + name[1:]} ({len(group)} minutes)\n\n| measure | wanted | found | "
            f"right | precision | recall | F1 |\n| --- | --- | --- | --- | --- | --- | --- |"
        )
        for m in MEASURES:
            scores = [s[m] for _, s in group if m in s]
            if scores:
                s = _pooled(scores)
                yield (
                    f"| {m} | {s.wanted} | {s.found} | {s.right} | {s.precision:.3f} | {s.recall:.3f} | "
                    f"{s.f1:.3f} |"
                )
    yield (
        "\n## How sure is sure\n\n![The share of rows that are right against the confidence that they "
        "were given](pictures/reliability.png)\n\n| confidence | rows | share right |\n| --- | --- | --- "
        "|"
    )
    yield from (
        f"| {said - 0.05:.1f} to {said + 0.05:.1f} | {n} | {share:.3f} |"
        for said, n, share in reliability(results)
    )
    yield "\n## The first reading of the papers set aside\n"
    yield FIRST
    yield "\n## What was missed or made up\n"
    for truth, scores in results:
        for m, s in scores.items():
            for what, listed in (("missed", s.missed), ("made up", s.made_up)):
                for text in listed:
                    yield f"- {truth['name']}, {m}, {what}: {text}"


def main() -> None:
    """Measure all and write the page."""
    known = [t for t in truths() if paper_of(t)]
    if not known:
        sys.exit("no paper of tests/truth lies on this machine: set MINUTEBOOK_SHARED to their folder")
    with ProcessPoolExecutor(2) as pool:
        results = list(zip(known, pool.map(measure, known), strict=True))
    draw(reliability(results), PAGE.parent / "pictures" / "reliability.png")
    PAGE.write_text("\n".join(page(results)) + "\n", "utf-8")
    for truth, scores in results:
        print(
            truth["name"],
            "set aside" if truth.get("set_aside") else "",
            {m: round(s.f1, 3) for m, s in scores.items() if s.f1 < 1},
        )
    print(f"written to {PAGE}")


if __name__ == "__main__":
    main()
