"""Rows to Parquet: Hive partitions by council and year, one file a document and dataset, replaced as a whole."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors import __version__
from extractors.records import Extraction
from schemas import DATASETS, OF_A_COUNCIL, Dataset
from schemas.datapackage import data_package

NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
"""Hive's own name for a missing partition value; readers turn it into null."""
ROW_GROUP = 50_000


def publish(extraction: Extraction, output: Path) -> None:
    """Write every dataset's rows of one document under `output`, replacing what an earlier reading left.

    Files are written beside their place and renamed, so that a reader never opens half of one. Raises OSError on a full or
    read-only disk, pyarrow.ArrowInvalid when a row does not fit its schema.
    """
    council = partition_value(extraction.council)
    year = str(extraction.year) if extraction.year else NO_YEAR
    for dataset in DATASETS.values():
        if dataset.name in OF_A_COUNCIL:
            continue
        folder = output / dataset.name / f"council={council}" / f"year={year}"
        target = folder / f"{extraction.document_id}.parquet"
        rows = extraction.rows.get(dataset.name, [])
        if rows:
            folder.mkdir(parents=True, exist_ok=True)
            _write(table_of(dataset, rows), target)
        _forget_others(output / dataset.name, extraction.document_id, target if rows else None)


def partition_value(name: str) -> str:
    """A folder name for a council: what file systems and Hive readers mind is percent-encoded, spaces stay."""
    return re.sub(r"[%/\\:*?\"<>|=#\x00-\x1f]", lambda m: f"%{ord(m.group()):02X}", name).strip(". ") or "unknown"


def table_of(dataset: Dataset, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """The rows as an Arrow table of the dataset's schema; columns that a row lacks are null."""
    listed = list(rows)
    columns = [pa.array([row.get(f.name) for row in listed], type=f.type) for f in dataset.all_fields]
    return pa.Table.from_arrays(columns, schema=dataset.arrow)


def _write(table: pa.Table, target: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=target.parent)
    os.close(handle)
    try:
        pq.write_table(table, name, compression="zstd", row_group_size=ROW_GROUP, store_schema=True)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_others(folder: Path, document_id: str, keep: Path | None) -> None:
    """An earlier reading may have put the document under another council or year."""
    if folder.exists():
        for old in folder.glob(f"council=*/year=*/{document_id}.parquet"):
            if old != keep:
                old.unlink()


def write_data_package(output: Path) -> None:
    """Describe all datasets in output/datapackage.json."""
    output.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data_package(__version__), indent=2, ensure_ascii=False) + "\n"
    target = output / "datapackage.json"
    if not target.exists() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")
