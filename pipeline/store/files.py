"""How the datasets lie on disk: a folder a dataset, a file a year, sorted by council and paper; `all.parquet`
for what is made from all of a council's papers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors import __version__
from schemas import ALL, DATASETS, OF_A_COUNCIL, UNDATED, Dataset, Field
from schemas.croissant import croissant
from schemas.datapackage import data_package
from schemas.older import conformed
from schemas.row import Filed, Place, Row
from schemas.untyped import load

pq = load("pyarrow.parquet")
pc = load("pyarrow.compute")

ROW_GROUP = 20_000
"""Rows that a file keeps together: readers of one council pass over the others' groups."""

STEP, LONGEST = 61, 1_021
"""By how many bytes rows lie further on than in the file that was replaced, and below how many."""


def file_of(year: int | None) -> str:
    """The name of a dataset's file for a year."""
    return f"{year}.parquet" if year else UNDATED


def files_of(output: Path, name: str) -> list[Path]:
    """A dataset's files."""
    return sorted((output / name).glob("[!.]*.parquet"))


def table_of(dataset: Dataset, rows: Iterable[Row], council: str, year: int | None = None) -> pa.Table:
    """The rows as an Arrow table of the dataset's schema. Raises AttributeError for another dataset's rows,
    pyarrow.ArrowInvalid or ArrowTypeError for a value that does not fit its column."""
    listed = list(rows)
    places = [row.place for row in listed]
    columns = [
        *_columns(dataset.filed, [Filed(council=council, year=year)] * len(listed)),
        *_columns(dataset.common, places),
        *_columns(dataset.fields, listed),
    ]
    return pa.Table.from_arrays(columns, schema=dataset.arrow)


def _columns(fields: Iterable[Field], values: Sequence[Filed | Place | Row]) -> Iterator[Any]:
    array: Any = pa.array
    for f in fields:
        yield array([getattr(v, f.name) for v in values], type=f.type)


def write_draft(tables: Iterable[pa.Table], file: Path, dataset: Dataset) -> Path:
    """The draft of a file as every dataset has it, on disk when this returns; tables are taken one after
    another, and little more than a row group is held. Raises OSError.

    DuckDB opens a file once for its footer and again for its rows. If it was replaced in between, the old
    footer would point at the new rows, near enough to be taken for them: rows begin at another place in each
    version, so that such a query fails and is asked again. Arrow's own copy of the schema is left out:
    Parquet says the same.
    """
    draft = draft_of(file)
    draft.parent.mkdir(parents=True, exist_ok=True)
    with (
        pa.OSFile(str(draft), "wb") as out,
        pq.ParquetWriter(
            out,
            dataset.arrow,
            compression="zstd",
            use_dictionary=dataset.repeated,
            write_statistics=dataset.pruning,
            store_schema=False,
        ) as writer,
    ):
        out.write(bytes((_lead(file) + STEP) % LONGEST))
        for group in _groups(tables):
            writer.write_table(group)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    return draft


def _lead(file: Path) -> int:
    """How many bytes lie between a file's beginning and its rows."""
    said = pq.read_metadata(file) if file.exists() else None
    if said is None or not said.num_row_groups:
        return 0
    first = said.row_group(0).column(0)
    return (first.dictionary_page_offset if first.has_dictionary_page else first.data_page_offset) - len(
        "PAR1"
    )


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The tables' rows, ROW_GROUP at a time."""
    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += table.num_rows
        if rows >= ROW_GROUP:
            joined = pa.concat_tables(held)
            whole = rows - rows % ROW_GROUP
            yield from (joined.slice(at, ROW_GROUP) for at in range(0, whole, ROW_GROUP))
            held, rows = [joined.slice(whole)], rows - whole
    if rows:
        yield pa.concat_tables(held)


def replace_parquet(tables: Iterable[pa.Table], file: Path, dataset: Dataset) -> None:
    """Put the tables in the file's place as a whole: a reader sees the old one or the new. Raises OSError."""
    try:
        write_draft(tables, file, dataset).replace(file)
    except BaseException:
        draft_of(file).unlink(missing_ok=True)
        raise


def draft_of(file: Path) -> Path:
    """Where a file is written before it takes its place, under a name that no reader sees."""
    return file.with_name(f".{file.stem}.writing")


def row_groups(file: Path, dataset: Dataset) -> Iterator[pa.Table]:
    """A file's rows in today's columns, as many at a time as lie together."""
    with pq.ParquetFile(file) as source:
        for at in range(source.num_row_groups):
            yield conformed(source.read_row_group(at), dataset)


def by_council(output: Path, name: str) -> Iterator[tuple[str, pa.Table]]:
    """All rows of a dataset, council by council in order; little more than one council's are held."""
    streams = [_pieces(row_groups(f, DATASETS[name])) for f in files_of(output, name)]
    heads = [next(s, None) for s in streams]
    while any(heads):
        council = min(h[0] for h in heads if h)
        tables: list[pa.Table] = []
        for i, stream in enumerate(streams):
            while (head := heads[i]) and head[0] == council:
                tables.append(head[1])
                heads[i] = next(stream, None)
        yield council, pa.concat_tables(tables)


def _pieces(tables: Iterable[pa.Table]) -> Iterator[tuple[str, pa.Table]]:
    """Sorted tables cut where the council changes."""
    for table in tables:
        at = 0
        for run in pc.value_counts(table.column("council")).to_pylist():
            yield run["values"], table.slice(at, run["counts"])
            at += run["counts"]


def first_file(dataset: Dataset) -> str:
    """The file that a dataset has at least."""
    return ALL if dataset.name in OF_A_COUNCIL else UNDATED


def write_data_package(output: Path) -> None:
    """Describe all datasets in output/datapackage.json (Frictionless) and output/croissant.json
    (Croissant)."""
    output.mkdir(parents=True, exist_ok=True)
    for name, described in (
        ("datapackage.json", data_package(__version__)),
        ("croissant.json", croissant(__version__)),
    ):
        text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
        target = output / name
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
