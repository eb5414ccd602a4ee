"""One paper's rows, checked against the rules of the data and laid ready for the next merge: all of them or
none."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors.rows import Extraction
from pipeline.errors import CannotWrite
from pipeline.store import fresh
from pipeline.store.files import table_of
from pipeline.store.rules import breaches, problem_rows
from pipeline.store.sound import without_pandas
from schemas import DATASETS, OF_A_COUNCIL

UNKNOWN = "unknown"
"""The council of a paper that does not say."""


def publish(extraction: Extraction, output: Path) -> None:
    """Lay every dataset's rows of one document ready under `output`; the next `merge` puts them in the place
    of what an earlier reading left.

    Raises CannotWrite on a full or read-only disk, with the old rows intact; pyarrow.ArrowInvalid when a row
    does not fit its schema.
    """
    without_pandas()
    council = " ".join(extraction.council.split()) or UNKNOWN
    tables = checked(
        {
            name: table_of(DATASETS[name], rows, council, extraction.year)
            for name, rows in extraction.rows.items()
            if rows and name not in OF_A_COUNCIL
        },
        extraction.document_id,
    )
    try:
        fresh.put(extraction.document_id, council, extraction.year, _streams(tables), output)
    except OSError as error:
        raise CannotWrite(
            f"cannot write into {output}: {error.strerror or error}; what was there before is intact"
        ) from error


def _streams(tables: dict[str, pa.Table]) -> dict[str, bytes]:
    """Each table as bytes; the row in `documents` carries the hash of all."""
    streams = {name: fresh.packed(table) for name, table in sorted(tables.items())}
    digest = hashlib.sha256(b"".join(streams.values())).hexdigest()
    documents: Any = tables["documents"]
    at: int = documents.schema.get_field_index("rows_hash")
    told = documents.set_column(at, documents.schema.field(at), pa.array([digest], pa.string()))
    return streams | {"documents": fresh.packed(told)}


def checked(tables: dict[str, pa.Table], document_id: str) -> dict[str, pa.Table]:
    """One document's tables without the rows that break a rule of the data; `problems` says which were left
    out."""
    broken = breaches(tables)
    if not broken:
        return tables
    kept = {
        name: t.filter(pa.array([i not in broken.get(name, {}) for i in range(t.num_rows)], pa.bool_()))
        for name, t in tables.items()
    }
    first = tables["documents"].select(["council", "year"]).to_pylist()[0]
    told = table_of(DATASETS["problems"], problem_rows(document_id, broken), first["council"], first["year"])
    kept["problems"] = pa.concat_tables([kept["problems"], told]) if "problems" in kept else told
    return checked(kept, document_id)
