"""Datasets made from all of a council's documents: written as a whole, after a night."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from pipeline.store.files import replace_parquet, row_groups
from schemas import ALL, DATASETS, Dataset


def write_of_councils(output: Path, name: str, tables: Mapping[str, pa.Table]) -> None:
    """Put the councils' tables of a dataset in place of all that was there before; what would say the same
    keeps its date. Raises OSError."""
    target, dataset = output / name / ALL, DATASETS[name]
    ordered = [tables[council] for council in sorted(tables)]
    if output.exists() and not _is_there(ordered, target, dataset):
        replace_parquet(ordered, target, dataset)


def _is_there(tables: list[pa.Table], file: Path, dataset: Dataset) -> bool:
    """Whether the file holds just these rows."""
    now = [dataset.arrow.empty_table(), *tables]
    there = [dataset.arrow.empty_table(), *row_groups(file, dataset)] if file.exists() else []
    return bool(there and pa.concat_tables(there).equals(pa.concat_tables(now)))
