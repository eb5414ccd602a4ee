"""Datasets as tests make and read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.store.merge import merge
from pipeline.store.publish import publish


def write(output: Path, *extractions: Any) -> None:
    """Publish papers and merge them."""
    for extraction in extractions:
        publish(extraction, output)
    merge(output)


def rows_in(output: Path, dataset: str) -> list[dict[str, Any]]:
    """A dataset's rows as its files hold them."""
    files = sorted((output / dataset).glob("*.parquet"))
    return [row for f in files for row in pq.ParquetFile(f).read().to_pylist()]


def contents(output: Path) -> dict[str, list[dict[str, Any]]]:
    """Every dataset's rows, by file; files without rows are left out."""
    read = {
        str(f.relative_to(output)): pq.ParquetFile(f).read().to_pylist() for f in output.glob("*/*.parquet")
    }
    return {name: read[name] for name in sorted(read) if read[name]}
