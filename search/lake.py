"""Reading the datasets: which documents there are, their rows, document by document, and those of whole
councils."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from schemas import ALL, DATASETS, Dataset
from schemas.older import conformed
from schemas.untyped import load

pq = load("pyarrow.parquet")
pc = load("pyarrow.compute")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A document in the datasets: its council, the name of the files where its rows lie, and a stamp that
    changes when it is read otherwise."""

    document_id: str
    council: str
    file: str
    stamp: str

    @property
    def order(self) -> tuple[str, str]:
        """Files are sorted by it."""
        return self.council, self.document_id


def documents_held(output: Path) -> Iterator[Held]:
    """Every document under `output`, file by file, in the order of its rows."""
    for file in sorted((output / "documents").glob("[!.]*.parquet")):
        names = pq.read_schema(file).names
        columns = [c for c in ("council", "document_id", "rows_hash") if c in names]
        for r in pq.read_table(file, columns=columns).to_pylist():
            yield Held(r["document_id"], r["council"], file.name, r.get("rows_hash") or "")


def council_rows(output: Path, dataset: str) -> Iterator[Row]:
    """Every council's rows of a dataset that is made from all of its documents."""
    file = output / dataset / ALL
    if file.exists():
        with pq.ParquetFile(file) as source:
            for at in range(source.num_row_groups):
                yield from conformed(source.read_row_group(at), DATASETS[dataset]).to_pylist()


def rows_of(
    output: Path, held: Iterable[Held], datasets: Sequence[str]
) -> Iterator[tuple[Held, dict[str, list[Row]]]]:
    """Each document with its rows of each dataset, in today's columns. Files are read once, from front to
    back; the rows of a document or two are held."""
    ordered = sorted(held, key=lambda h: (h.file, h.order))
    for file, group in groupby(ordered, key=lambda h: h.file):
        own = list(group)
        wanted = {h.document_id for h in own}
        readers = {name: _Reader(output / name / file, DATASETS[name], wanted) for name in datasets}
        for h in own:
            yield h, {name: reader.rows(h) for name, reader in readers.items()}


class _Reader:
    """A file's rows of some documents, handed out in their order."""

    def __init__(self, file: Path, dataset: Dataset, wanted: set[str]) -> None:
        papers = groupby(_rows(file, dataset, wanted), key=lambda r: (r["council"], r["document_id"]))
        self._papers = ((order, list(rows)) for order, rows in papers)
        self._next = next(self._papers, None)

    def rows(self, held: Held) -> list[Row]:
        """The document's; those of documents before it are left behind."""
        while self._next and self._next[0] < held.order:
            self._next = next(self._papers, None)
        return self._next[1] if self._next and self._next[0] == held.order else []


def _rows(file: Path, dataset: Dataset, wanted: set[str]) -> Iterator[Row]:
    """Rows of the wanted documents; of groups without any, only their ids are read."""
    if not file.exists():
        return
    ids = pa.array(sorted(wanted), pa.string())
    with pq.ParquetFile(file) as source:
        for at in range(source.num_row_groups):
            of = pc.is_in(source.read_row_group(at, columns=["document_id"]).column(0), value_set=ids)
            if pc.any(of).as_py():
                for batch in source.read_row_group(at).filter(of).to_batches(max_chunksize=1_000):
                    yield from conformed(pa.Table.from_batches([batch]), dataset).to_pylist()
