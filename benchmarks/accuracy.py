"""How accurate the reading is, on real minutes: `python -m benchmarks.accuracy` reads every paper that tests/truth has a truth
for, and writes docs/accuracy.md. The papers lie outside the repository (MINUTEBOOK_SHARED names their folder)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.scoring import Score, compare

REPO = Path(__file__).parent.parent
TRUTH = REPO / "tests" / "truth"
PAGE = REPO / "docs" / "accuracy.md"
MEASURES = ("present", "in_attendance", "apologies", "items", "declarations", "motions", "votes", "resolutions", "recommendations", "actions")


def shared() -> Path:
    """Where the papers lie."""
    import os

    return Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared"))


def truths() -> list[dict[str, Any]]:
    """Every truth in tests/truth; `source` names its PDF, `set_aside` whether it was kept out of tuning, `convention` its wording."""
    return [json.loads(p.read_text("utf-8")) | {"name": p.stem} for p in sorted(TRUTH.glob("*.json"))]


def paper_of(truth: dict[str, Any]) -> Path | None:
    """The truth's PDF, or None where it does not lie on this machine."""
    return next((p for p in sorted(shared().rglob("*.pdf")) if p.name == truth["source"]), None)


def measure(truth: dict[str, Any]) -> dict[str, Score]:
    """Read the truth's paper and compare."""
    from extractors import extract

    pdf = paper_of(truth)
    return compare(extract(pdf).rows, truth) if pdf else {}


def _pooled(scores: list[Score]) -> Score:
    return Score(sum(s.found for s in scores), sum(s.wanted for s in scores), sum(s.right for s in scores))


def page(results: list[tuple[dict[str, Any], dict[str, Score]]]) -> Iterator[str]:
    """The page's lines."""
    yield "# How accurate\n\nMade by `make accuracy` (python -m benchmarks.accuracy) from the truths in tests/truth: minutes of real councils, read by a person."
    yield "Half of them were chosen and set aside before rules were tuned; nobody looked at what was read from those until the rules stood.\n"
    groups = {"all": results, "set aside": [r for r in results if r[0].get("set_aside")], "tuned on": [r for r in results if not r[0].get("set_aside")]}
    for convention in sorted({t.get("convention", "") for t, _ in results} - {""}):
        groups[f"convention {convention}"] = [r for r in results if r[0].get("convention") == convention]
    for council in sorted({t.get("council", "") for t, _ in results} - {""}):
        groups[council] = [r for r in results if r[0].get("council") == council]
    for name, group in groups.items():
        yield f"\n## {name[0].upper() + name[1:]} ({len(group)} minutes)\n\n| measure | wanted | found | right | precision | recall | F1 |\n| --- | --- | --- | --- | --- | --- | --- |"
        for m in MEASURES:
            scores = [s[m] for _, s in group if m in s]
            if scores:
                s = _pooled(scores)
                yield f"| {m} | {s.wanted} | {s.found} | {s.right} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} |"
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
    PAGE.write_text("\n".join(page(results)) + "\n", "utf-8")
    for truth, scores in results:
        print(truth["name"], "set aside" if truth.get("set_aside") else "", {m: round(s.f1, 3) for m, s in scores.items() if s.f1 < 1})
    print(f"written to {PAGE}")


if __name__ == "__main__":
    main()
