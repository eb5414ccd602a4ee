"""In which partitions a document's rows lie, so that writing or forgetting one need not look into every
council's and year's.

`.where/ID` beside the datasets names them, a line each. The folder is made from the datasets when it is not
there; a file in it that says nothing (a power cut) costs one look into every partition.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from schemas import EMPTY

FOLDER = ".where"


def partition_of(file: Path, output: Path) -> str:
    """`council=X/year=Y` of a dataset's file."""
    return "/".join(file.relative_to(output).parts[1:3])


def files_of(document_id: str, output: Path) -> list[Path]:
    """The document's files in all datasets, the one in `documents` first. Raises OSError."""
    _ensure(output)
    note = output / FOLDER / document_id
    try:
        partitions = note.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    places = (
        (folder / p for folder in output.iterdir() for p in partitions)
        if partitions
        else output.glob("*/council=*/year=*")
    )
    found = [file for place in places if (file := place / f"{document_id}.parquet").exists()]
    return sorted(found, key=lambda f: f.relative_to(output).parts[0] != "documents")


def note_partitions(document_id: str, partitions: set[str], output: Path) -> None:
    """Remember where the document's rows lie, in no partition when it is forgotten. Raises OSError."""
    note = output / FOLDER / document_id
    if not partitions:
        note.unlink(missing_ok=True)
    elif not note.exists() or note.read_text("utf-8").splitlines() != sorted(partitions):
        draft = note.with_name(f".{document_id}")
        draft.write_text("\n".join(sorted(partitions)), "utf-8")
        draft.replace(note)


def _ensure(output: Path) -> None:
    """Make the folder from the datasets when it is not there; of several that make it at once the first
    wins."""
    if (output / FOLDER).exists() or not output.exists():
        return
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file in output.glob("*/council=*/year=*/[!.]*.parquet"):
        if not file.match(EMPTY):
            found[file.stem].add(partition_of(file, output))
    draft = Path(tempfile.mkdtemp(prefix=f"{FOLDER}-", dir=output))
    for document_id, partitions in found.items():
        (draft / document_id).write_text("\n".join(sorted(partitions)), "utf-8")
    with suppress(OSError):
        draft.rename(output / FOLDER)
    shutil.rmtree(draft, ignore_errors=True)
