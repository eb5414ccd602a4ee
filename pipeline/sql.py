"""DuckDB over the datasets: a view a dataset that shows whole documents only, in memory or in a small file of views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schemas import DATASETS, OF_A_COUNCIL


def views(output: Path) -> list[str]:
    """A CREATE VIEW for every dataset that is there. Rows of a document that is not in `documents` (half written, half withdrawn) are left out."""
    out: list[str] = []
    for name in DATASETS:
        folder = output / name
        if not any(folder.glob("council=*/year=*/*.parquet")):
            continue
        source = f"read_parquet('{str(folder.resolve()).replace(chr(39), chr(39) * 2)}/*/*/*.parquet', hive_partitioning = true, union_by_name = true)"
        whole = "" if name == "documents" or name in OF_A_COUNCIL else " WHERE document_id IN (SELECT document_id FROM documents)"
        out.append(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {source}{whole}")
    return sorted(out, key=lambda v: " documents AS" not in v)


def connect(output: Path, file: Path | None = None) -> Any:
    """A DuckDB connection with the views; with `file`, a database file that holds the views and nothing else."""
    import duckdb

    connection = duckdb.connect(str(file)) if file else duckdb.connect()
    for view in views(output):
        connection.execute(view)
    return connection
