"""Tables that an older Minutebook wrote, in today's columns: the store and the index ask for them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from schemas.errors import MinutebookError
from schemas.fields import Dataset
from schemas.untyped import load

pq = load("pyarrow.parquet")


class CannotMigrate(MinutebookError):
    """A file lacks a column that no row may lack, or holds what its column's type cannot."""


def conformed(table: pa.Table, dataset: Dataset) -> pa.Table:
    """The table with today's columns: renamed ones under their new name, new ones null, types cast, unknown
    ones left out.

    Raises CannotMigrate when a column that is never null is missing, or a value does not fit.
    """
    if table.schema.equals(dataset.arrow, check_metadata=False):
        return table
    columns: list[Any] = []
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
