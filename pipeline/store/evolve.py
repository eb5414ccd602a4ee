"""Datasets written by an older Minutebook, rewritten in today's columns by `minutebook migrate`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CannotWrite
from pipeline.store.publish import replace_parquet
from schemas import DATASETS, Dataset
from schemas.older import read_today
from schemas.untyped import load

pq = load("pyarrow.parquet")


@dataclass(frozen=True, slots=True)
class Migration:
    """How many files were rewritten, and how many had today's columns already."""

    rewritten: int
    current: int


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
            table = read_today(file, dataset)
            try:
                replace_parquet(table, file, dataset)
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
