"""DuckDB over the datasets: a view a dataset that shows whole documents only, in memory or in a small file of
views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from schemas import DATASETS, OF_A_COUNCIL, Field
from schemas.untyped import load


def datasets_in(output: Path) -> list[str]:
    """The datasets that have files, `documents` first."""
    return sorted(
        (n for n in DATASETS if any((output / n).glob("council=*/year=*/*.parquet"))),
        key=lambda n: n != "documents",
    )


def connect(output: Path, file: Path | None = None) -> Any:
    """A DuckDB connection with the views; with `file`, a database file that holds the views and nothing else.

    Rows of a document that is not in `documents` (half written, half withdrawn) are left out. Columns that an
    older Minutebook did not write are there, and null; those that it called otherwise are under today's name.
    A dataset without a row yet is an empty view.
    """
    import duckdb

    connection = duckdb.connect(str(file)) if file else duckdb.connect()
    there_are = datasets_in(output)
    for name in sorted(DATASETS, key=lambda n: n != "documents"):
        if name not in there_are:
            connection.execute(
                f"CREATE OR REPLACE VIEW {name} AS SELECT {_nothing(DATASETS[name].all_fields)} WHERE false"
            )
            continue
        folder = str((output / name).resolve()).replace("'", "''")
        source = f"read_parquet('{folder}/*/*/*.parquet', hive_partitioning = true, union_by_name = true)"
        there = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
        whole = (
            ""
            if name == "documents" or name in OF_A_COUNCIL
            else " WHERE document_id IN (SELECT document_id FROM documents)"
        )
        connection.execute(
            f"CREATE OR REPLACE VIEW {name} AS SELECT {_columns(DATASETS[name].all_fields, there)} "
            f"FROM {source}{whole}"
        )
    return connection


def _nothing(fields: tuple[Field, ...]) -> str:
    """The columns of a dataset that has no row yet."""
    partitions = ("CAST(NULL AS VARCHAR) AS council", "CAST(NULL AS BIGINT) AS year")
    return ", ".join([*(_as_today(f, []) for f in fields), *partitions])


def _columns(fields: tuple[Field, ...], there: list[str]) -> str:
    """What a view selects: everything as it is when the files have today's columns, else the missing ones
    named."""
    strange = [f for f in fields if f.name not in there or any(old in there for old in f.was)]
    if not strange:
        return "*"
    taken = [n for f in strange for n in (f.name, *f.was) if n in there]
    return ", ".join(
        [f"* EXCLUDE ({', '.join(taken)})" if taken else "*", *(_as_today(f, there) for f in strange)]
    )


def _as_today(field: Field, there: list[str]) -> str:
    named = ", ".join(n for n in (field.name, *field.was) if n in there)
    value = f"coalesce({named})" if named else "NULL"
    return f"CAST({value} AS {_duckdb_type(field.type)}) AS {field.name}"


def _duckdb_type(kind: Any) -> str:
    """DuckDB's name for an Arrow type, by DuckDB itself."""
    import duckdb

    empty = load("pyarrow").table({"x": load("pyarrow").nulls(0, kind)})
    return str(duckdb.from_arrow(empty).types[0]).replace("ENUM()", "VARCHAR")
