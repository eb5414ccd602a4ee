"""Datasets written by an older Minutebook: read as they are by new code, and rewritten in today's columns by
`minutebook migrate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.errors import MinutebookError
from pipeline.errors import CannotWrite
from pipeline.store.publish import replace_parquet
from schemas import DATASETS, Dataset


class CannotMigrate(MinutebookError):
    """A file lacks a column that no row may lack, or holds what its column's type cannot."""


@dataclass(frozen=True, slots=True)
class Migration:
    """How many files were rewritten, and how many had today's columns already."""

    rewritten: int
    current: int


def conformed(table: pa.Table, dataset: Dataset) -> pa.Table:
    """The table with today's columns: renamed ones under their new name, new ones null, types cast, unknown
    ones left out.

    Raises CannotMigrate when a column that is never null is missing, or a value does not fit.
    """
    if table.schema.equals(dataset.arrow, check_metadata=False):
        return table
    columns: list[pa.ChunkedArray | pa.Array] = []
    for f in dataset.all_fields:
        name = next((n for n in (f.name, *f.was) if n in table.column_names), None)
        if name is None and f.required and table.num_rows:
            raise CannotMigrate(
                f"{dataset.name} lacks {f.name}, which every row has: read its papers again with "
                f"minutebook reprocess"
            )
        try:
            columns.append(
                pa.nulls(table.num_rows, f.type) if name is None else table.column(name).cast(f.type)
            )
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise CannotMigrate(
                f"{dataset.name}.{f.name} does not fit its type {f.type} ({str(error)[:120]}): read "
                f"its papers again with minutebook reprocess"
            ) from error
    return pa.Table.from_arrays(columns, schema=dataset.arrow)


def is_current(file: Path, dataset: Dataset) -> bool:
    """Whether the file has today's columns, types and all."""
    return bool(pq.read_schema(file).equals(dataset.arrow, check_metadata=False))


def migrate(output: Path, told: Callable[[int, int], None] | None = None) -> Migration:
    """Rewrite every file that has not today's columns; each file is replaced as a whole. `told` is called
    with (done, all).

    Raises CannotMigrate, with what was rewritten so far in place, and CannotWrite on a full or read-only
    disk.
    """
    files = list(_files(output))
    rewritten = 0
    for done, (dataset, file) in enumerate(files, 1):
        if not is_current(file, dataset):
            table = conformed(pq.ParquetFile(file).read(), dataset)
            try:
                replace_parquet(table, file)
            except OSError as error:
                raise CannotWrite(
                    f"cannot write into {file.parent}: {error.strerror or error}; {rewritten} files "
                    f"were migrated"
                ) from error
            rewritten += 1
        if told:
            told(done, len(files))
    return Migration(rewritten, len(files) - rewritten)


def _files(output: Path) -> Iterator[tuple[Dataset, Path]]:
    for dataset in DATASETS.values():
        for file in sorted((output / dataset.name).glob("council=*/year=*/[!.]*.parquet")):
            yield dataset, file
