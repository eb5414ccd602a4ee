"""Rows to Parquet: Hive partitions by council and year, one file a document and dataset, replaced as a
whole."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors import __version__
from extractors.rows import Extraction
from pipeline.errors import CannotWrite
from pipeline.store.rules import breaches, problem_rows
from pipeline.store.sound import without_pandas
from pipeline.store.whereabouts import files_of, note_partitions, partition_of
from schemas import DATASETS, EMPTY, OF_A_COUNCIL, Dataset, Field
from schemas.croissant import croissant
from schemas.datapackage import data_package
from schemas.row import Place, Row
from schemas.untyped import load

pq = load("pyarrow.parquet")

NO_YEAR = "0"
"""The year of a paper that names none and does not say when it was made: a number, since readers cannot tell
the type of a column that is null throughout."""
JOURNAL = ".publishing"
ROW_GROUP = 50_000


def publish(extraction: Extraction, output: Path) -> None:
    """Write every dataset's rows of one document under `output`, replacing what an earlier reading left: all
    of it or nothing.

    All files are written first, under names that no reader sees; a journal says which they are; then they are
    renamed into place, the one in `documents` last. A run that is killed in between is finished by the next
    (`recover`): a document is whole once its row in `documents` is there. Raises CannotWrite on a full or
    read-only disk, with the old rows intact; pyarrow.ArrowInvalid when a row does not fit its schema.
    """
    try:
        _publish(extraction, output)
    except OSError as error:
        raise CannotWrite(
            f"cannot write into {output}: {error.strerror or error}; what was there before is intact"
        ) from error


def _publish(extraction: Extraction, output: Path) -> None:
    without_pandas()
    council = partition_value(extraction.council)
    year = str(extraction.year) if extraction.year else NO_YEAR
    tables = checked(
        {
            name: table_of(DATASETS[name], rows)
            for name, rows in extraction.rows.items()
            if rows and name not in OF_A_COUNCIL
        },
        extraction.document_id,
    )
    moves: list[tuple[Path, Path]] = []
    try:
        for name in sorted(tables, key=lambda n: n == "documents"):
            folder = output / name / f"council={council}" / f"year={year}"
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{extraction.document_id}.parquet"
            moves.append((folder / f".{extraction.document_id}.writing", target))
            write_parquet(tables[name], moves[-1][0], DATASETS[name])
        journal = _open_journal(output, extraction.document_id, moves)
    except BaseException:
        for draft, _ in moves:
            draft.unlink(missing_ok=True)
        raise
    _carry_out(journal, extraction.document_id, output)


def write_parquet(table: pa.Table, file: Path, dataset: Dataset) -> None:
    """A file as every dataset has it. Arrow's own copy of the schema is left out: Parquet says the same, and
    in small files it was a third of the bytes."""
    pq.write_table(
        table,
        file,
        compression="zstd",
        row_group_size=ROW_GROUP,
        use_dictionary=dataset.repeated,
        store_schema=False,
    )


def replace_parquet(table: pa.Table, file: Path, dataset: Dataset) -> None:
    """Put the table in the file's place as a whole: a reader sees the old one or the new. Raises OSError."""
    draft = file.with_name(f".{file.stem}.writing")
    write_parquet(table, draft, dataset)
    draft.replace(file)


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
    told = table_of(DATASETS["problems"], problem_rows(document_id, broken))
    kept["problems"] = pa.concat_tables([kept["problems"], told]) if "problems" in kept else told
    return checked(kept, document_id)


def _open_journal(output: Path, document_id: str, moves: list[tuple[Path, Path]]) -> Path:
    """The journal of one document's renames, in place as a whole."""
    folder = output / JOURNAL
    folder.mkdir(exist_ok=True)
    draft, journal = folder / f".{document_id}", folder / f"{document_id}.json"
    with draft.open("w", encoding="utf-8") as out:
        json.dump([[str(d.relative_to(output)), str(t.relative_to(output))] for d, t in moves], out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(journal)
    return journal


def _carry_out(journal: Path, document_id: str, output: Path) -> None:
    """Drop what the journal does not keep, make its renames, and close it. Safe to do again."""
    moves = [(output / d, output / t) for d, t in json.loads(journal.read_text("utf-8"))]
    keep = {t for _, t in moves}
    partitions = {partition_of(t, output) for t in keep}
    before = files_of(document_id, output)
    note_partitions(document_id, partitions | {partition_of(f, output) for f in before}, output)
    for old in before:
        if old not in keep:
            old.unlink()
    for draft, target in moves:
        if draft.exists():
            draft.replace(target)
    note_partitions(document_id, partitions, output)
    journal.unlink()


def recover(output: Path) -> int:
    """Finish what a killed run began and sweep up what it left; how many documents were finished."""
    folder = output / JOURNAL
    finished = 0
    for journal in sorted(folder.glob("*.json")) if folder.exists() else ():
        _carry_out(journal, journal.stem, output)
        finished += 1
    for left in (*output.glob("*/council=*/year=*/.*.writing"), *folder.glob(".*")):
        left.unlink(missing_ok=True)
    return finished


def forget(document_id: str, output: Path) -> None:
    """Take a document out of every dataset, its row in `documents` first."""
    for old in files_of(document_id, output):
        old.unlink()
    note_partitions(document_id, set(), output)


def partition_value(name: str) -> str:
    """A folder name for a council: what file systems and Hive readers mind is percent-encoded, spaces
    stay."""
    return (
        re.sub(r"[%/\\:*?\"<>|=#\x00-\x1f]", lambda m: f"%{ord(m.group()):02X}", name).strip(". ")
        or "unknown"
    )


def table_of(dataset: Dataset, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table of the dataset's schema. Raises AttributeError for another dataset's rows,
    pyarrow.ArrowInvalid or ArrowTypeError for a value that does not fit its column."""
    listed = list(rows)
    places = [row.place for row in listed]
    columns = [*_columns(dataset.common, places), *_columns(dataset.fields, listed)]
    return pa.Table.from_arrays(columns, schema=dataset.arrow)


def _columns(fields: Iterable[Field], values: Sequence[Place | Row]) -> Iterator[Any]:
    array: Any = pa.array
    for f in fields:
        yield array([getattr(v, f.name) for v in values], type=f.type)


def write_empty(output: Path) -> None:
    """Give each dataset that has no file yet one without rows, with all columns: other people's tools stumble
    over a folder that is not there. It stays beside later ones. Raises OSError."""
    for dataset in DATASETS.values():
        file = output / dataset.name / EMPTY
        if not any((output / dataset.name).glob("council=*/year=*/[!.]*.parquet")):
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_parquet(table_of(dataset, ()), file, dataset)


def write_data_package(output: Path) -> None:
    """Describe all datasets in output/datapackage.json (Frictionless) and output/croissant.json
    (Croissant)."""
    output.mkdir(parents=True, exist_ok=True)
    for name, described in (
        ("datapackage.json", data_package(__version__)),
        ("croissant.json", croissant(__version__)),
    ):
        text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
        target = output / name
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
