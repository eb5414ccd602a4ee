"""A copy of the datasets in few files, for readers: one file a dataset, council and year, where the working
datasets keep one a document.

The working datasets stay as they are, since a file a document is what lets a document be replaced as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from extractors.errors import MinutebookError
from pipeline.store.publish import replace_parquet, write_data_package
from pipeline.store.sql import RECORD
from schemas import DATASETS, OF_A_COUNCIL
from schemas.older import read_today

FILE = "all.parquet"


@dataclass(frozen=True, slots=True)
class Compaction:
    """Files read, files written, and files that were as they should be."""

    read: int
    written: int
    kept: int


def compact(output: Path, target: Path) -> Compaction:
    """Bring the copy under `target` up to date: only folders whose files changed are written, each file is
    replaced as a whole.

    Documents that are not whole are left out. Raises MinutebookError when `target` is the datasets' own
    folder or holds other files.
    """
    if target.resolve() == output.resolve():
        raise MinutebookError(f"{target}: the copy needs a folder of its own")
    record = _record(target)
    whole = {f.stem for f in (output / "documents").glob("council=*/year=*/[!.]*.parquet")}
    now: dict[str, list[str]] = {}
    read = written = 0
    for folder, files in _folders(output, whole):
        now[folder] = [f"{f.name} {f.stat().st_mtime_ns} {f.stat().st_size}" for f in files]
        if record.get(folder) != now[folder] or not (target / folder / FILE).exists():
            dataset = DATASETS[folder.split("/", 1)[0]]
            table = pa.concat_tables([read_today(f, dataset) for f in files])
            (target / folder).mkdir(parents=True, exist_ok=True)
            replace_parquet(table, target / folder / FILE, dataset)
            read, written = read + len(files), written + 1
    for gone in record.keys() - now.keys():
        (target / gone / FILE).unlink(missing_ok=True)
    write_data_package(target)
    (target / RECORD).write_text(json.dumps(now), "utf-8")
    return Compaction(read, written, len(now) - written)


def _record(target: Path) -> dict[str, list[str]]:
    file = target / RECORD
    if file.exists():
        found: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
        return found
    if target.exists() and any(target.iterdir()):
        raise MinutebookError(f"{target}: this folder is not empty and is no compacted copy; name another")
    return {}


def _folders(output: Path, whole: set[str]) -> Iterator[tuple[str, list[Path]]]:
    """Each dataset's partitions with their files, `documents` last."""
    for name in sorted(DATASETS, key=lambda n: n == "documents"):
        for folder in sorted((output / name).glob("council=*/year=*")):
            files = sorted(f for f in folder.glob("[!.]*.parquet") if name in OF_A_COUNCIL or f.stem in whole)
            if files:
                yield str(folder.relative_to(output)), files
