"""Reading the datasets: the Parquet files of one document or council, and which documents there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from schemas import DATASETS, EMPTY
from schemas.older import read_today

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A document in the datasets: its council, the partition where its rows lie (`council=X/year=Y`), and a
    stamp that changes when it is written anew."""

    document_id: str
    council: str
    partition: str
    stamp: str


def documents_held(output: Path) -> Iterator[Held]:
    """Every document under `output`, by the file of its row in `documents`."""
    for file in sorted((output / "documents").glob("council=*/year=*/*.parquet")):
        if file.match(EMPTY):
            continue
        stat = file.stat()
        council, year = file.parts[-3:-1]
        name = unquote(council.removeprefix("council="))
        yield Held(file.stem, name, f"{council}/{year}", f"{stat.st_mtime_ns}-{stat.st_size}")


def document_rows(output: Path, dataset: str, held: Held) -> list[Row]:
    """The document's rows of a dataset, in today's columns; none when it has none."""
    file = output / dataset / held.partition / f"{held.document_id}.parquet"
    return read_today(file, DATASETS[dataset]).to_pylist() if file.exists() else []


def council_rows(output: Path, dataset: str) -> Iterator[Row]:
    """Every council's rows of a dataset that is made from all of its documents."""
    for file in sorted((output / dataset).glob("council=*/year=*/*.parquet")):
        if not file.match(EMPTY):
            yield from read_today(file, DATASETS[dataset]).to_pylist()
