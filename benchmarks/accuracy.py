"""How accurate the reading is, against what people read: `python -m benchmarks.accuracy [NAME...]`.

Reads every paper that has a truth once, prints the figures and their gains and losses against the last
commit's, and writes docs/accuracy.md, the figures (benchmarks/accuracy.json, to be committed with the change
that made them) and, outside git, what was missed and made up (output/accuracy.tsv). With NAMEs only truths
whose names begin so are read, and neither page nor figures are written; only councils that were read whole
are compared. The papers lie outside the repository (MINUTEBOOK_SHARED names their folder).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks.accuracy_page import page, sides_of, table_of_changes, table_of_measures
from benchmarks.figures import LAST, Result, as_json, by_council, last_committed, write_report
from benchmarks.reliability import draw, hits_of
from benchmarks.scoring import compare
from benchmarks.truths import REPO, Truth, all_truths, paper, source_of
from schemas.row import as_dicts

PAGE = REPO / "docs" / "accuracy.md"
REPORT = REPO / "output" / "accuracy.tsv"
MOST_JOBS = 2

Task = tuple[Path, list[Truth]]
"""A paper and all its truths."""


def measure(truths: Sequence[Truth], source: Path) -> list[Result]:
    """Read the paper of the truths once and compare; a paper that cannot be read is nothing found."""
    from extractors import extract

    with paper(source, truths[0].says["file"]) as pdf:
        try:
            extraction = extract(pdf)
        except Exception as error:  # whatever breaks one paper must not cost the figures of all others
            return [Result(t, compare({}, t.says), f"{type(error).__name__}: {error}") for t in truths]
    document = extraction.document
    rows = as_dicts(extraction.rows)
    rows["documents"] = [rows["documents"][0] | {"council": extraction.council}]
    error = document.error if document.status == "failed" else None
    doubted = frozenset(str(p["dataset"]) for p in rows.get("problems", ()) if p["dataset"])
    return [Result(t, compare(rows, t.says), error, doubted) for t in truths]


def tasks_of(truths: Iterable[Truth]) -> list[Task]:
    """The papers that lie on this machine with their truths, the largest first."""
    by_source: dict[Path, list[Truth]] = {}
    for truth in truths:
        if source := source_of(truth):
            by_source.setdefault(source, []).append(truth)
    return sorted(by_source.items(), key=lambda task: -task[0].stat().st_size)


def measure_all(tasks: Sequence[Task], jobs: int) -> list[Result]:
    """The results of all papers, by the truths' names."""
    results: list[Result] = []
    with ProcessPoolExecutor(min(jobs, MOST_JOBS)) as pool:
        futures: list[Future[list[Result]]] = [pool.submit(measure, own, source) for source, own in tasks]
        console = Console(stderr=True)
        for future in track(as_completed(futures), "Reading", len(futures), console=console):
            results += future.result()
    return sorted(results, key=lambda r: r.truth.name)


def of_whole_councils(results: Sequence[Result], truths: Iterable[Truth]) -> list[Result]:
    """The results of councils none of whose truths was left out: some papers' mean is no council's."""
    measured = {r.truth.name for r in results}
    partly = {t.council for t in truths if t.name not in measured}
    return [r for r in results if r.truth.council not in partly]


def version() -> str:
    """The program's version and the commit that it was measured at."""
    from extractors import __version__

    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=REPO, capture_output=True, text=True, check=False
    )
    return f"Minutebook {__version__} ({told.stdout.strip() or 'no commit'})"


def write(results: Sequence[Result]) -> None:
    """The page, its picture and the figures that the next commit is compared with."""
    day, made = datetime.now(UTC).date().isoformat(), version()
    PAGE.write_text("\n".join(page(results, last_committed(), made, day)) + "\n", "utf-8")
    sides = sides_of(results)
    draw(
        {side: hits_of(sides[side]) for side in ("tuned", "set aside")},
        PAGE.parent / "pictures/reliability.png",
    )
    LAST.write_text(as_json(by_council(results), made, day), "utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure the reading against what people read.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="beginnings of truths' names; all when none")
    parser.add_argument("--jobs", type=int, default=MOST_JOBS, help=f"papers at a time, at most {MOST_JOBS}")
    asked = parser.parse_args()
    wanted = [t for t in all_truths() if not asked.names or t.name.startswith(tuple(asked.names))]
    tasks = tasks_of(wanted)
    if not tasks:
        sys.exit("no paper of these truths lies on this machine: set MINUTEBOOK_SHARED to their folder")
    results = measure_all(tasks, asked.jobs)
    print("\n".join(table_of_measures(results)))
    whole = by_council(of_whole_councils(results, all_truths()))
    print("\n".join(["", *table_of_changes(last_committed(), whole), ""]))
    write_report(results, REPORT)
    print(f"{len(results)} of {len(wanted)} truths measured; missed and made up: {REPORT}")
    if not asked.names:
        write(results)
        print(f"written to {PAGE} and {LAST}")


if __name__ == "__main__":
    main()
