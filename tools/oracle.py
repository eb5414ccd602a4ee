"""Freezes every row of every dataset over a set of papers, and prints row by row what a change of the code
altered.

    python -m tools.oracle freeze PAPERS...      # before the change: read the papers, keep their rows
    python -m tools.oracle compare PAPERS...     # after it: read them again, print what differs; exit 1 when
    anything does

Without PAPERS: the fixtures, and under the folder of shared material seed, kent, nipissing and odd. The
frozen rows lie outside git, in the folder that MINUTEBOOK_ORACLE names (default: ~/.cache/minutebook/oracle),
one compressed file a paper. Columns and datasets that only one side has are named once and left out of the
comparison.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.store.fresh import FOLDER as FRESH
from pipeline.store.fresh import opened

HOME = Path(__file__).parent.parent
SHARED = Path(os.environ.get("MINUTEBOOK_SHARED", HOME.parent / "shared"))
USUAL = (
    HOME / "fixtures",
    SHARED / "seed",
    *(SHARED / "corpus" / name for name in ("kent", "nipissing", "odd")),
)
FOLDER = Path(os.environ.get("MINUTEBOOK_ORACLE", Path.home() / ".cache/minutebook/oracle"))
ALWAYS_OTHER = frozenset({"fetched_at", "rows_hash"})
"""Columns that say when, or sum up the others."""
MOST_SHOWN = 12

Rows = dict[str, list[dict[str, Any]]]


def read_papers(papers: list[Path], jobs: int) -> Iterator[tuple[Path, Rows]]:
    """Each paper's rows by dataset, as they are laid ready for merging."""
    from pipeline.workers.papers import pdfs_in, read_all

    with tempfile.TemporaryDirectory() as folder:
        for outcome in read_all(pdfs_in(papers), Path(folder), jobs=jobs):
            yield outcome.path, rows_under(Path(folder), outcome.document_id)


def rows_under(output: Path, document_id: str) -> Rows:
    """What was just read of one document; values that JSON lacks as text."""
    rows: Rows = {}
    paper = opened(output / FRESH / f"{document_id}.zip")
    for dataset in sorted(paper.datasets):
        listed = json.loads(json.dumps(paper.table(dataset).to_pylist(), default=str))
        rows[dataset] = [{k: v for k, v in row.items() if k not in ALWAYS_OTHER} for row in listed]
    return rows


def frozen_file(paper: Path) -> Path:
    """Where a paper's rows are kept: by its name and bytes."""
    return FOLDER / f"{paper.stem[:60]}-{hashlib.sha256(paper.read_bytes()).hexdigest()[:16]}.json.gz"


def freeze(papers: list[Path], jobs: int) -> int:
    """Keep the rows of every paper; how many rows."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    count = 0
    for paper, rows in read_papers(papers, jobs):
        frozen_file(paper).write_bytes(gzip.compress(json.dumps(rows).encode(), mtime=0))
        count += sum(map(len, rows.values()))
    print(f"{count} rows kept in {FOLDER}")
    return count


def compare(papers: list[Path], jobs: int) -> int:
    """Print what differs from the frozen rows; how many rows do."""
    told = Counter[str]()
    same = changed = 0
    for paper, rows in read_papers(papers, jobs):
        if not frozen_file(paper).exists():
            print(f"{paper.name}: never frozen")
            continue
        before: Rows = json.loads(gzip.decompress(frozen_file(paper).read_bytes()))
        for dataset in sorted(before.keys() | rows.keys()):
            old, new = before.get(dataset, []), rows.get(dataset, [])
            told.update(_columns_of_one_side(dataset, old, new))
            gone, come, kept = differences(old, new)
            same += kept
            changed += max(len(gone), len(come))
            _print_differences(f"{paper.name} {dataset}", gone, come)
    for what, n in sorted(told.items()):
        print(f"{what} (in {n} papers)")
    print(f"{same} rows are the same, {changed} differ")
    return changed


def differences(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> tuple[list[Any], list[Any], int]:
    """Rows that only the old, and that only the new reading has, over the columns of both; how many both
    have."""
    both = _columns(old) & _columns(new) if old and new else _columns(old) | _columns(new)
    a = [json.dumps({k: v for k, v in row.items() if k in both}, sort_keys=True) for row in old]
    b = [json.dumps({k: v for k, v in row.items() if k in both}, sort_keys=True) for row in new]
    gone, come = Counter(a) - Counter(b), Counter(b) - Counter(a)
    kept = sum((Counter(a) & Counter(b)).values())
    return [json.loads(r) for r in gone.elements()], [json.loads(r) for r in come.elements()], kept


def _columns(rows: list[dict[str, Any]]) -> set[str]:
    return {k for row in rows for k in row}


def _columns_of_one_side(dataset: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    if old and new:
        yield from (f"{dataset}.{c}: gone" for c in _columns(old) - _columns(new))
        yield from (f"{dataset}.{c}: new" for c in _columns(new) - _columns(old))


def _print_differences(where: str, gone: list[dict[str, Any]], come: list[dict[str, Any]]) -> None:
    for i in range(min(max(len(gone), len(come)), MOST_SHOWN)):
        old, new = gone[i] if i < len(gone) else None, come[i] if i < len(come) else None
        if old is not None and new is not None:
            told = {k: f"{old[k]!r} -> {new[k]!r}"[:300] for k in old if old[k] != new.get(k)}
            print(f"{where} p{new.get('page')}: {told}")
        else:
            print(f"{where}: {'gone' if new is None else 'come'}: {json.dumps(old or new)[:300]}")
    if (more := max(len(gone), len(come)) - MOST_SHOWN) > 0:
        print(f"{where}: and {more} more")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=("freeze", "compare"))
    parser.add_argument("papers", nargs="*", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    papers = given.papers or [p for p in USUAL if p.exists()]
    if given.verb == "freeze":
        return 0 if freeze(papers, given.jobs) else 1
    return 1 if compare(papers, given.jobs) else 0


if __name__ == "__main__":
    sys.exit(main())
