"""Papers read and not yet merged: one file a paper, where no reader looks, replaced as a whole.

A file is a zip of Arrow streams, one a dataset, and a note of council and year. Without a dataset it says
that the paper is withdrawn.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

import pyarrow as pa

from extractors.errors import MinutebookError
from pipeline.store.files import file_of
from schemas import DATASETS
from schemas.older import conformed
from schemas.untyped import load

ipc = load("pyarrow.ipc")

FOLDER = ".fresh"
TAKEN = f"{FOLDER}/taken"
"""Where a merge takes them, so that what is read meanwhile waits for the next."""
NOTE = "paper.json"


@dataclass(frozen=True, slots=True)
class Fresh:
    """A paper that waits to be merged."""

    document_id: str
    council: str
    year: int | None
    datasets: frozenset[str]
    """Those that it has rows of; none when it is withdrawn."""
    file: Path

    @property
    def order(self) -> tuple[str, str]:
        """Files are sorted by it."""
        return self.council, self.document_id

    @property
    def target(self) -> str:
        """The name of the files that take its rows."""
        return file_of(self.year)

    def table(self, name: str) -> pa.Table:
        """Its rows of a dataset, in today's columns."""
        with ZipFile(self.file) as packed:
            return conformed(ipc.open_stream(packed.read(f"{name}.arrow")).read_all(), DATASETS[name])


def put(document_id: str, council: str, year: int | None, streams: Mapping[str, bytes], output: Path) -> None:
    """Lay a paper's rows (see `packed`) ready for the next merge, in place of what waits of it; without any,
    its withdrawal. Raises OSError, with what was there before intact."""
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{document_id}.writing"
    try:
        with draft.open("wb") as out:
            with ZipFile(out, "w") as archive:
                archive.writestr(ZipInfo(NOTE), json.dumps({"council": council, "year": year}))
                for name, stream in streams.items():
                    archive.writestr(ZipInfo(f"{name}.arrow"), stream)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(folder / f"{document_id}.zip")
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def packed(table: pa.Table) -> bytes:
    """A table as an Arrow stream."""
    out = io.BytesIO()
    with ipc.new_stream(out, table.schema, options=ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return out.getvalue()


def waiting(output: Path) -> int:
    """How many papers wait to be merged."""
    return sum(1 for folder in (FOLDER, TAKEN) for _ in (output / folder).glob("[!.]*.zip"))


def take(output: Path) -> list[Fresh]:
    """The papers that wait, with those that an earlier merge took and could not finish, in the order of
    files; a later reading replaces an earlier one. Raises OSError, and MinutebookError for a damaged file."""
    taken = output / TAKEN
    taken.mkdir(parents=True, exist_ok=True)
    for file in (output / FOLDER).glob("[!.]*.zip"):
        file.replace(taken / file.name)
    return sorted((opened(f) for f in taken.glob("[!.]*.zip")), key=lambda f: f.order)


def opened(file: Path) -> Fresh:
    """The paper of a file. Raises MinutebookError for a damaged one."""
    try:
        with ZipFile(file) as packed:
            note = json.loads(packed.read(NOTE))
            names = frozenset(n.removesuffix(".arrow") for n in packed.namelist() if n != NOTE)
    except (BadZipFile, KeyError, ValueError) as error:
        raise MinutebookError(
            f"{file} is damaged ({error}): delete it, and read the paper again with minutebook extract"
        ) from error
    return Fresh(file.stem, note["council"], note["year"], names & DATASETS.keys(), file)
