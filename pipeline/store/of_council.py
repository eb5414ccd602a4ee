"""Datasets made from all of a council's documents: written as a whole, after a night."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.store.publish import NO_YEAR, partition_value, replace_parquet
from schemas import DATASETS
from schemas.untyped import load

pq = load("pyarrow.parquet")
FILE = "all.parquet"


def write_of_councils(output: Path, dataset: str, tables: Mapping[str, Any]) -> None:
    """Put each council's table of a dataset in place of all that was there before; what would say the same
    keeps its date. Raises OSError."""
    places = {f"council={partition_value(council)}": table for council, table in tables.items()}
    for gone in (output / dataset).glob(f"council=*/year={NO_YEAR}/{FILE}"):
        if gone.parts[-3] not in places:
            gone.unlink()
    for place, table in places.items():
        target = output / dataset / place / f"year={NO_YEAR}" / FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (target.exists() and pq.ParquetFile(target).read().equals(table)):
            replace_parquet(table, target, DATASETS[dataset])
