"""Reading the datasets: the Parquet files of one document, and which documents there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A document in the datasets: where its row lies, and a stamp that changes when it is written anew."""

    document_id: str
    council: str
    year: str
    stamp: str


def documents_held(output: Path) -> Iterator[Held]:
    """Every document under `output`, by the file of its row in `documents`."""
    for file in sorted((output / "documents").glob("council=*/year=*/*.parquet")):
        stat = file.stat()
        council = unquote(file.parent.parent.name.removeprefix("council="))
        yield Held(
            file.stem, council, file.parent.name.removeprefix("year="), f"{stat.st_mtime_ns}-{stat.st_size}"
        )


def rows_of(output: Path, dataset: str, held: Held) -> list[Row]:
    """The document's rows of a dataset, in today's columns; none when it has none."""
    import pyarrow.parquet as pq

    from pipeline.store.evolve import conformed
    from pipeline.store.publish import partition_value
    from schemas import DATASETS

    file = (
        output
        / dataset
        / f"council={partition_value(held.council)}"
        / f"year={held.year}"
        / f"{held.document_id}.parquet"
    )
    return conformed(pq.ParquetFile(file).read(), DATASETS[dataset]).to_pylist() if file.exists() else []
