"""A copy of everything that cannot be made again, and the datasets, which could but would take long; and the
way back. What a backup holds already is not copied again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from extractors import __version__
from extractors.errors import MinutebookError
from pipeline.archive import archive_of, now
from pipeline.config import Settings
from pipeline.night.work import only_one

DATABASE, READERS = "archive.sqlite", "readers.sqlite"
"""The archive's own, and the searches that readers saved, which there may be."""
DATABASES = (DATABASE, READERS)
NOTE = "backup.json"
"""Written last: without it a backup is not whole."""
PASSING = ("night.lock", f"{DATABASE}-wal", f"{DATABASE}-shm", f"{READERS}-journal", "turns")
"""What lies in the archive's folder and is of one moment only."""


class CannotRestore(MinutebookError):
    """A backup is not whole, or there is something where it is to go."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Files that were copied, and files that were there."""

    new: int
    kept: int


def back_up(settings: Settings, target: Path) -> Copied:
    """Bring the backup under `target` up to date, while no night runs; a record in PostgreSQL is not in it.
    Raises AlreadyRunning when one does, OSError when the target cannot be written: what it held before is
    then marked as not whole."""
    if not (settings.archive / ("blobs" if settings.state.get_secret_value() else DATABASE)).exists():
        raise MinutebookError(f"{settings.archive}: there is no archive yet; nothing was backed up")
    with only_one(settings):
        target.mkdir(parents=True, exist_ok=True)
        (target / NOTE).unlink(missing_ok=True)
        done = _mirror(settings.archive, target / "archive")
        _databases(settings.archive, target / "archive")
        data = _mirror(settings.output, target / "output") if settings.output.exists() else Copied(0, 0)
        copied = Copied(done.new + data.new, done.kept + data.kept)
        note = {"made": now(), "minutebook": __version__, "files": copied.new + copied.kept}
        _put(target / NOTE, json.dumps(note, indent=1).encode())
    return copied


def _databases(source: Path, target: Path) -> None:
    for name in DATABASES:
        if (source / name).exists():
            _database(source / name, target / name)
        else:
            (target / name).unlink(missing_ok=True)


def _database(source: Path, target: Path) -> None:
    """A copy of the database as it is at one moment, put in place whole."""
    draft = target.with_name(f".{target.name}.writing")
    draft.unlink(missing_ok=True)
    draft.touch(0o600)  # it may hold readers' addresses
    with closing(sqlite3.connect(source, timeout=60)) as live, closing(sqlite3.connect(draft)) as copy:
        live.backup(copy)
    shutil.copymode(source, draft)
    draft.replace(target)


def _files(folder: Path) -> Iterator[Path]:
    """The folder's files as relative paths; passing ones and half-written ones left out."""
    for here, folders, names in os.walk(folder):
        top = Path(here) == folder
        folders[:] = [f for f in folders if not (top and f in PASSING)]
        for name in names:
            if not (name.startswith((".part-", ".draft")) or name.endswith(".writing")):
                if not (top and name in PASSING):
                    yield (Path(here) / name).relative_to(folder)


def _mirror(source: Path, target: Path) -> Copied:
    """Copy what is new or changed, drop what is gone; databases are not touched."""
    new = kept = 0
    wanted = {f for f in _files(source) if f.name not in DATABASES}
    for file in sorted(wanted):
        if _same(source / file, target / file):
            kept += 1
            continue
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        draft = target / file.parent / f".{file.name}.writing"
        shutil.copy2(source / file, draft)
        draft.replace(target / file)
        new += 1
    for gone in (
        [f for f in _files(target) if f not in wanted and f.name not in DATABASES] if target.exists() else ()
    ):
        (target / gone).unlink()
    return Copied(new, kept)


def _same(one: Path, other: Path) -> bool:
    if not other.exists():
        return False
    a, b = one.stat(), other.stat()
    return (a.st_size, a.st_mtime_ns) == (b.st_size, b.st_mtime_ns)


def _put(file: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".writing")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(file)


def restore(settings: Settings, source: Path) -> Copied:
    """Put a backup where the configuration has archive and datasets, and check every paper's hash. Raises
    CannotRestore when the backup is not whole, when something is there, or when a hash is wrong."""
    if not (source / NOTE).exists():
        raise CannotRestore(f"{source}: no whole backup: {NOTE} is written last and is not there")
    for place in (settings.archive, settings.output):
        if place.exists() and any(place.iterdir()):
            raise CannotRestore(f"{place} is not empty: move it away first; nothing was written")
    _mirror(source / "archive", settings.archive)
    _databases(source / "archive", settings.archive)
    data = _mirror(source / "output", settings.output) if (source / "output").exists() else Copied(0, 0)
    archive = archive_of(settings)
    if faults := list(archive.verify()):
        raise CannotRestore(f"{len(faults)} faults in what was restored: {faults[0]}")
    papers = sum(1 for _ in archive.blobs.glob("??/*"))
    return Copied(papers + data.new, 0)
