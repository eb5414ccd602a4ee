"""DuckDB over the datasets: a view a dataset that shows whole documents only, in memory or in a small file of
views.

The views are made from the schemas and no file of the datasets is opened for it, so that they are there at
once at any size.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.store.views import FILES as FILES_OF
from pipeline.store.views import make_views
from schemas import DATASETS, OF_A_COUNCIL, Dataset, Field
from schemas.errors import MinutebookError
from schemas.untyped import load

PLACE = "minutebook"
"""The DuckDB variable that names another folder for the views: SET VARIABLE minutebook = '/there'."""
FILES = "*.parquet"
"""A dataset's files, below its folder."""


def connect(output: Path, file: Path | None = None) -> Any:
    """A DuckDB connection with the views; with `file`, a database file that holds the views and nothing else.

    Rows of a document that is not in `documents` (half written, half withdrawn) are left out. Columns that an
    older Minutebook did not write are there, and null; those that it called otherwise are under today's name.
    A dataset without a row yet is an empty view. Raises MinutebookError for files of an older Minutebook that
    are to be merged first.
    """
    import duckdb

    if any((output / "documents").glob("council=*")):
        raise MinutebookError(
            f"{output}: datasets of an older Minutebook, a file a paper: run minutebook migrate -o {output}"
        )
    connection = duckdb.connect(str(file)) if file else duckdb.connect()
    with TemporaryDirectory() as empty:
        _make_empty_tree(Path(empty))
        connection.execute(f"SET VARIABLE {PLACE} = {_quoted(empty)}")  # a view is tried when it is made
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {FILES_OF}")
        for dataset in sorted(DATASETS.values(), key=lambda d: d.name != "documents"):
            connection.execute(
                f"CREATE OR REPLACE VIEW {FILES_OF}.{dataset.name} AS {_view(dataset, output)}"
            )
        make_views(connection)
        connection.execute(f"RESET VARIABLE {PLACE}")
    return connection


def _make_empty_tree(folder: Path) -> None:
    """A file without rows for each dataset; any columns do, since the views name their own."""
    pa, pq = load("pyarrow"), load("pyarrow.parquet")
    for name in DATASETS:
        (folder / name).mkdir()
        pq.write_table(pa.table({"nothing": pa.nulls(0, pa.int8())}), folder / name / "0.parquet")


def _view(dataset: Dataset, output: Path) -> str:
    """The view's query."""
    if not any((output / dataset.name).glob(FILES)):
        nothing = (f'CAST(NULL AS {_duckdb_type(f.type)}) AS "{f.name}"' for f in dataset.all_fields)
        return f"SELECT {', '.join(nothing)} WHERE false"
    columns = ", ".join(_as_today(f) for f in dataset.all_fields)
    known = ", ".join(_known(name, f) for f in dataset.all_fields for name in (f.name, *f.was))
    all_whole = dataset.name in ("documents", *OF_A_COUNCIL)
    whole = "" if all_whole else f" WHERE document_id IN ({_whole(output)})"
    return (
        f"SELECT {columns} FROM read_parquet({_files(dataset.name, output)}, hive_partitioning = false, "
        f"schema = MAP {{{known}}}){whole}"
    )


def _files(name: str, output: Path) -> str:
    """The glob of a dataset's files, as an expression."""
    return f"coalesce(getvariable('{PLACE}'), {_quoted(str(output.resolve()))}) || '/{name}/{FILES}'"


def _whole(output: Path) -> str:
    """The ids of the documents that are whole."""
    return f"SELECT document_id FROM read_parquet({_files('documents', output)})"


def _known(name: str, field: Field) -> str:
    """A column that files may have, in the words of read_parquet's `schema`; null where they lack it."""
    return f"'{name}': {{name: '{name}', type: '{_duckdb_type(field.type)}', default_value: NULL}}"


def _as_today(field: Field) -> str:
    names = ", ".join(f'"{name}"' for name in (field.name, *field.was))  # "left" is a word of SQL
    return f'coalesce({names}) AS "{field.name}"' if field.was else names


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@lru_cache(maxsize=64)
def _duckdb_type(kind: Any) -> str:
    """DuckDB's name for an Arrow type, by DuckDB itself."""
    import duckdb

    empty = load("pyarrow").table({"x": load("pyarrow").nulls(0, kind)})
    return str(duckdb.from_arrow(empty).types[0])
