"""Whole datasets to take away, as Parquet and as CSV: made when first asked for, from the documents that the
index holds, so that what was withdrawn is in none of them."""

from __future__ import annotations

import csv
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from schemas import DATASETS, OF_A_COUNCIL
from schemas.untyped import load
from search.entries import Row, is_official
from search.lake import council_rows, documents_held, rows_of
from search.spreadsheets import harmless

OFFERED = tuple(name for name in DATASETS if name not in ("people_links",))
FORMATS = ("parquet", "csv")
BATCH = 20_000
"""Rows that are written at a time."""


class Downloads:
    """Files of whole datasets in a folder, made anew when the index was."""

    def __init__(self, output: Path, folder: Path) -> None:
        self._output, self._folder = output, folder
        self._making = threading.Lock()

    def file(self, db: sqlite3.Connection, stamp: str, name: str, form: str) -> Path:
        """The file of a dataset as the index now has its documents."""
        target = self._folder / f"{name}-{stamp}.{form}"
        with self._making:
            if not target.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                for old in self._folder.glob(f"{name}-*.{form}"):
                    old.unlink(missing_ok=True)
                draft = target.with_suffix(".writing")
                known = {r[0] for r in db.execute("SELECT document_id FROM documents")}
                (write_csv if form == "csv" else write_parquet)(name, self._rows(name, known), draft)
                draft.replace(target)
        return target

    def _rows(self, name: str, known: set[str]) -> Iterator[list[Row]]:
        """Batches of rows; people of the public are in none."""
        batch: list[Row] = []
        for row in self._every(name, known):
            if name not in ("people", "people_named") or is_official(row):
                batch.append(row)
            if len(batch) >= BATCH:
                yield batch
                batch = []
        yield batch

    def _every(self, name: str, known: set[str]) -> Iterator[Row]:
        if name in OF_A_COUNCIL:
            yield from council_rows(self._output, name)
            return
        held = [h for h in documents_held(self._output) if h.document_id in known]
        for _, rows in rows_of(self._output, held, (name,)):
            yield from rows[name]


def write_parquet(name: str, batches: Iterator[list[Row]], target: Path) -> None:
    """Rows in the dataset's own columns."""
    pa, pq = load("pyarrow"), load("pyarrow.parquet")
    schema = DATASETS[name].arrow
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def write_csv(name: str, batches: Iterator[list[Row]], target: Path) -> None:
    """Rows as text: lists parted by semicolons, boxes left out."""
    columns = [f.name for f in DATASETS[name].all_fields if f.name not in ("bbox", "regions")]
    with target.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for batch in batches:
            writer.writerows([_cell(row.get(c)) for c in columns] for row in batch)


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        listed: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        return harmless("; ".join(map(str, listed)))
    return harmless(value) if isinstance(value, str) else value
