"""Datasets of many papers: `python -m benchmarks.lake [PAPERS]` makes copies of the fixtures' rows under new
ids (50,000 papers when not told), over 400 councils and eleven years, asks them, merges a night of 500 more,
and writes its part of docs/growth.md."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.store import fresh
from pipeline.store.files import file_of, replace_parquet, table_of, write_data_package
from pipeline.store.merge import merge
from pipeline.store.sql import connect
from schemas import DATASETS, OF_A_COUNCIL
from tests.conftest import FIXTURES, REPO

PAPERS = 50_000
NIGHT = 500
COUNCILS = 400
YEARS = range(2015, 2026)
COPIED = ("aldermere-pack", "pinewater-minutes", "pinewater-notice", "marlow-minutes", "marlow-agenda")
PART = "## By papers in the datasets"
QUERIES = {
    "count documents": "SELECT count(*) FROM documents",
    "attendance of one council": "SELECT status, count(*) FROM attendance WHERE council = 'Council 123' "
    "GROUP BY 1",
    "attendance joined with meetings": "SELECT year(m.date), count(*) FROM attendance a "
    "JOIN meetings m USING (document_id, meeting_id) GROUP BY 1 ORDER BY 1",
}

Tables = dict[str, pa.Table]


def originals() -> list[Tables]:
    """Each fixture's rows by dataset."""
    from extractors import extract

    read = [extract(FIXTURES / f"{name}.pdf") for name in COPIED]
    return [
        {
            n: table_of(DATASETS[n], rows, "", 1)
            for n, rows in e.rows.items()
            if rows and n not in OF_A_COUNCIL
        }
        for e in read
    ]


def copy_of(table: pa.Table, council: str, year: int, document_id: str) -> pa.Table:
    """The rows of another paper."""
    columns = dict(zip(table.column_names, table.columns, strict=True))
    for name, value in (("council", council), ("year", year), ("document_id", document_id)):
        columns[name] = pa.repeat(pa.scalar(value, table.schema.field(name).type), table.num_rows)  # type: ignore
    return pa.Table.from_arrays([*columns.values()], schema=table.schema)


def papers_of(first: int, count: int) -> list[tuple[str, str, int, int]]:
    """(council, document_id, year, which original) of some papers, in the order of files."""
    return sorted(
        (
            f"Council {n % COUNCILS:03d}",
            hashlib.sha256(str(n).encode()).hexdigest(),
            YEARS[n // COUNCILS % len(YEARS)],
            n % len(COPIED),
        )
        for n in range(first, first + count)
    )


def make(output: Path, count: int, from_: list[Tables]) -> None:
    """Datasets of so many papers, as merging leaves them."""
    papers = papers_of(0, count)
    for name in from_[0]:
        for year in YEARS:
            replace_parquet(_rows(papers, name, year, from_), output / name / file_of(year), DATASETS[name])
    write_data_package(output)
    merge(output)


def _rows(
    papers: list[tuple[str, str, int, int]], name: str, year: int, from_: list[Tables]
) -> Iterator[pa.Table]:
    for council, document_id, of, which in papers:
        if of == year and name in from_[which]:
            yield copy_of(from_[which][name], council, of, document_id)


def a_night(output: Path, first: int, from_: list[Tables]) -> None:
    """Fresh papers, nine in ten of the last year and the others of the one before."""
    for i, (council, document_id, _, which) in enumerate(papers_of(first, NIGHT)):
        year = YEARS[-1] if i % 10 else YEARS[-2]
        streams = {n: fresh.packed(copy_of(t, council, year, document_id)) for n, t in from_[which].items()}
        fresh.put(document_id, council, year, streams, output)


def merged(output: Path) -> tuple[float, float, float]:
    """(seconds, processor seconds, most MB) of a merge in a process of its own."""
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_merge, args=(output, there))
    child.start()
    told: tuple[float, float, float] = here.recv()
    child.join()
    return told


def _merge(output: Path, told: Any) -> None:
    began, spent = time.monotonic(), time.process_time()
    merge(output)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    told.send((time.monotonic() - began, time.process_time() - spent, most))


def timed(do: Callable[[], Any]) -> float:
    """Seconds by the clock."""
    began = time.monotonic()
    do()
    return time.monotonic() - began


def both(do: Callable[[], Any]) -> str:
    """Seconds by the clock, and of processor: others' load is in the first only."""
    spent = time.process_time()
    seconds = timed(do)
    return f"{seconds:.2f} s ({time.process_time() - spent:.2f} s)"


def ask(output: Path) -> dict[str, tuple[str, str]]:
    """By query, the seconds through the views and over the plain files, each with a connection of its own."""
    import duckdb

    out: dict[str, tuple[str, str]] = {}
    for what, query in QUERIES.items():
        plain = re.sub(r"(FROM|JOIN) (\w+)", rf"\1 '{output}/\2/*.parquet'", query)
        out[what] = (
            both(lambda q=query: connect(output).sql(q).fetchall()),
            both(lambda q=plain: duckdb.connect().sql(q).fetchall()),
        )
    return out


def one_row(output: Path) -> float:
    """Seconds of `minutebook sql` for one row."""
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "sql",
        "SELECT title FROM documents LIMIT 1",
        "-o",
        str(output),
    ]
    return timed(lambda: subprocess.run(command, cwd=REPO, check=True, capture_output=True))


def main() -> None:
    """Measure and write."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS
    with tempfile.TemporaryDirectory() as name:
        output, from_ = Path(name) / "output", originals()
        print(f"made in {timed(lambda: make(output, count, from_)):.0f} s", flush=True)
        files = list(output.glob("*/*.parquet"))
        size = sum(f.stat().st_size for f in files) / 1e6
        ask(output)
        asked, row = ask(output), one_row(output)
        a_night(output, count, from_)
        seconds, processor, most = merged(output)
    load = os.getloadavg()[0]
    lines = [
        f"{count:,} papers, copies of five fixtures' rows under new ids, over {COUNCILS} councils and "
        f"{len(YEARS)} years (`python -m benchmarks.lake {count}`), on {os.cpu_count()} cores with a load of "
        f"{load:.0f}; copies compress better than papers do. In brackets: seconds of processor.",
        "",
        "| | |",
        "| --- | --- |",
        f"| files of all {len(DATASETS)} datasets | {len(files)}, {size:.0f} MB |",
        *(f"| {q}: views, plain files | {a}, {b} |" for q, (a, b) in asked.items()),
        f"| `minutebook sql`, one row | {row:.1f} s |",
        f"| merging a night of {NIGHT} papers | {seconds:.0f} s, {processor:.0f} s of processor, "
        f"{most:.0f} MB |",
    ]
    print("\n".join(lines))
    page = REPO / "docs" / "growth.md"
    kept = page.read_text("utf-8").partition(PART)[0].rstrip()
    page.write_text("\n".join([kept, "", PART, "", *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
