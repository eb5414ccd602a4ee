"""Datasets written by an older Minutebook, brought into today's columns and files by `minutebook migrate`,
and by a night that finds them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa

from pipeline.errors import CannotWrite
from pipeline.store.files import files_of, replace_parquet, row_groups
from pipeline.store.fresh import packed, put
from pipeline.store.merge import merge
from schemas import ALL, DATASETS, OF_A_COUNCIL, Dataset
from schemas.older import conformed
from schemas.untyped import load

pq = load("pyarrow.parquet")

LEFT_OVER = (".where", ".publishing")
"""What an older Minutebook kept beside its datasets."""


@dataclass(frozen=True, slots=True)
class Migration:
    """How many papers of a file each were merged, how many files rewritten, and how many had today's columns
    already."""

    papers: int
    rewritten: int
    current: int


def is_current(file: Path, dataset: Dataset) -> bool:
    """Whether the file has today's columns, types and all."""
    return bool(pq.read_schema(file).equals(dataset.arrow, check_metadata=False))


def migrate(output: Path, told: Callable[[int, int], None] | None = None) -> Migration:
    """Rewrite every file that has not today's columns, each as a whole, after those of a file a document were
    merged. `told` is called with (done, all).

    Raises CannotMigrate, with what was rewritten so far in place, and CannotWrite on a full or read-only
    disk.
    """
    adopted = adopt(output)
    merge(output)
    files = [(d, f) for d in DATASETS.values() for f in files_of(output, d.name)]
    rewritten = 0
    for done, (dataset, file) in enumerate(files, 1):
        if not is_current(file, dataset):
            try:
                replace_parquet(row_groups(file, dataset), file, dataset)
            except OSError as error:
                raise CannotWrite(
                    f"cannot write into {file.parent}: {error.strerror or error}; {rewritten} files "
                    f"were migrated"
                ) from error
            rewritten += 1
        if told:
            told(done, len(files))
    return Migration(adopted, rewritten, len(files) - rewritten)


def adopt(output: Path) -> int:
    """Merge datasets of a file a document, in folders of council and year, as an older Minutebook wrote them;
    how many papers. Raises CannotMigrate and CannotWrite, with the old files in place."""
    papers = 0
    for file in sorted((output / "documents").glob("council=*/year=*/[!.]*.parquet")):
        council, year = (unquote(part.partition("=")[2]) for part in file.parts[-3:-1])
        names = [n for n in DATASETS if n not in OF_A_COUNCIL and _old(output, n, file).exists()]
        streams = {n: packed(_taken(_old(output, n, file), DATASETS[n], council, int(year))) for n in names}
        if pq.read_metadata(file).num_rows:
            put(file.stem, council, int(year) or None, streams, output)
            papers += 1
    folders = [f for name in DATASETS for f in (output / name).glob("council=*")]
    if folders:
        for name in OF_A_COUNCIL:
            tables = _over_councils(output, DATASETS[name])
            replace_parquet(tables, output / name / ALL, DATASETS[name])
        merge(output)
        for folder in (*folders, *(output / name for name in LEFT_OVER)):
            shutil.rmtree(folder, ignore_errors=True)
    return papers


def _old(output: Path, name: str, document: Path) -> Path:
    return output / name / document.relative_to(output / "documents")


def _over_councils(output: Path, dataset: Dataset) -> Iterator[pa.Table]:
    for file in sorted((output / dataset.name).glob("council=*/year=*/[!.]*.parquet")):
        yield _taken(file, dataset, unquote(file.parts[-3].partition("=")[2]), 0)


def _taken(file: Path, dataset: Dataset, council: str, year: int) -> pa.Table:
    """A file that says council and year by where it lies."""
    table = pq.ParquetFile(file).read()
    for f, value in zip(dataset.filed, (council, year or None), strict=True):
        if f.name not in table.column_names:
            table = table.append_column(pa.field(f.name, f.type), pa.array([value] * table.num_rows, f.type))
    return conformed(table, dataset)
