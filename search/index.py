"""The index: one SQLite file with FTS5, built from the Parquet alone, a document at a time, and put in place
whole.

Rows are numbered so that newer ones come first: a search for a usual word can stop after the newest few
thousand. The values that people filter by stand in the full-text index as tokens of their own, so that a
filter costs no more than a word.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock

from search.again import repeats_as_stored, without_the_gone, write_again
from search.entries import Row
from search.following import matters_as_stored, write_matters
from search.lake import council_rows, documents_held, rows_of
from search.tables import COPIED, SCHEMA, VERSION
from search.writing import Places, add_document, forget, found_before, write_people

DATASETS = (*COPIED, "resolutions", "actions", "sections", "people_named", "forward_plan")
"""What is read of a document."""
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
PATIENCE = 1.0
"""Seconds that a reader waits for one who writes."""
CACHE = 16_384
"""Kilobytes of the file that a connection keeps in memory; there is one a thread."""
DATASETTE = {
    "title": "Minutebook",
    "description": "What councils decided, read from their papers; each row says where.",
    "databases": {
        "index": {
            "tables": {
                "entries": {
                    "description": "Everything that can be found",
                    "sort_desc": "day",
                    "fts_table": "found",
                    "fts_pk": "rowid",
                }
            }
        }
    },
}


def pictures_of(index: Path) -> Path:
    """The folder beside an index where drawn pages are kept, a folder a paper."""
    return index.with_name(f".{index.name}.pictures")


def downloads_of(index: Path) -> Path:
    """The folder beside an index where whole datasets are kept until it changes."""
    return index.with_name(f".{index.name}.downloads")


class IndexUnfit(Exception):
    """There is no index, or one that cannot be asked: damaged, being written, made by another version."""

    @classmethod
    def because(cls, error: sqlite3.DatabaseError) -> IndexUnfit:
        """What SQLite says of the file, with what to do."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in BUSY:
            return cls(f"the index is being written ({error}): ask again in a minute")
        return cls(f"the index is damaged ({error}): build it with minutebook index")


def open_index(path: Path, *, read_only: bool = True) -> sqlite3.Connection:
    """The index as a connection whose rows can be read by name. Raises FileNotFoundError when there is
    none."""
    if read_only:
        if not path.exists():
            raise FileNotFoundError(f"{path}: no index there; build it with minutebook index")
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False, timeout=PATIENCE
        )
        # never mapped into memory: a file cut short while it is mapped ends the process, not the query
        connection.executescript(
            f"PRAGMA mmap_size = 0; PRAGMA cache_size = -{CACHE}; PRAGMA temp_store = MEMORY; "
            "PRAGMA query_only = ON;"
        )
    else:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA secure_delete = ON")
    connection.row_factory = sqlite3.Row
    return connection


def open_current(path: Path) -> sqlite3.Connection:
    """As `open_index`, for reading. Raises IndexUnfit when the file is damaged or of another version."""
    try:
        connection = open_index(path)
        if _facts(connection).get("version") == VERSION:
            return connection
        connection.close()
    except sqlite3.DatabaseError as error:
        raise IndexUnfit.because(error) from error
    raise IndexUnfit("the index was made by another version: build it with minutebook index")


def build(
    output: Path, target: Path, *, with_public: bool = False, progress: Callable[[str], None] | None = None
) -> tuple[int, int]:
    """Bring the index up to date with the datasets; (documents read, documents dropped). Readers see the old
    one until the new is whole.

    One build at a time writes the draft, under a lock; what a killed build left of one is written over. An
    index that is damaged or of another version is built from nothing. Raises OSError when the folder cannot
    be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.with_name(f".{target.name}.lock")):
        return _build(output, target, target.with_name(f".{target.name}.draft"), with_public, progress)


def _build(
    output: Path, target: Path, draft: Path, with_public: bool, progress: Callable[[str], None] | None
) -> tuple[int, int]:
    for left in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", "-journal"))):
        left.unlink(missing_ok=True)
    try:
        old = target.exists() and _is_current(target, with_public)
        if old:
            shutil.copyfile(target, draft)
        with closing(open_index(draft, read_only=False)) as db:
            prepare(db, with_public)
            counts, changed = _update(db, output, with_public, progress)
            if not changed and old:
                draft.unlink()
                return counts
            finish(db)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return counts


def _facts(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, value FROM facts").fetchall())


def _is_current(path: Path, with_public: bool) -> bool:
    try:
        with closing(open_index(path)) as db:
            facts = _facts(db)
            whole = db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return False
    return whole and facts.get("version") == VERSION and facts.get("with_public") == str(with_public)


def prepare(db: sqlite3.Connection, with_public: bool = False) -> None:
    """Make the tables of a file that nobody reads yet."""
    db.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA "
        "cache_size = -262144;" + SCHEMA
    )
    db.executemany(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)",
        [("version", VERSION), ("with_public", str(with_public))],
    )


def _update(
    db: sqlite3.Connection, output: Path, with_public: bool, progress: Callable[[str], None] | None
) -> tuple[tuple[int, int], bool]:
    known = dict(db.execute("SELECT document_id, stamp FROM documents").fetchall())
    held = {h.document_id: h for h in documents_held(output)}
    gone = [d for d in known if d not in held]
    changed = [h for h in held.values() if known.get(h.document_id) != h.stamp]
    linked = list(council_rows(output, "people"))
    links = hashlib.sha256(repr([(p["person_id"], p.get("also_ids")) for p in linked]).encode()).hexdigest()
    followed = matters_as_stored(output)
    repeats, again = repeats_as_stored(output)
    over_papers = {"links": links, "matters": followed.stamp, "again": again}
    if not gone and not changed and over_papers.items() <= _facts(db).items():
        return (0, 0), False
    before = {h.document_id: found_before(db, h.document_id) for h in changed}
    for document_id in (*gone, *(h.document_id for h in changed if h.document_id in known)):
        forget(db, document_id)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    places = Places(db)
    for h, rows in rows_of(output, changed, DATASETS):
        if rows["documents"]:
            add_document(db, h, rows, places, now, before[h.document_id], with_public=with_public)
        if progress:
            progress(h.document_id[:12])
    write_people(db, linked, places, now)
    write_matters(db, followed)
    write_again(db, repeats)
    db.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", over_papers.items())
    return (len(changed), len(gone)), True


def finish(db: sqlite3.Connection) -> None:
    """Merge the full-text index and let the planner know the tables."""
    db.execute("INSERT INTO found (found) VALUES ('optimize')")
    db.commit()
    db.execute("ANALYZE")
    db.commit()


def withdraw(target: Path, document_id: str) -> None:
    """Take a withdrawn document out of the index in place, so that it is gone at once: its words from the
    answers, from the spelling help and from the file itself, its pictures, and the whole datasets kept
    beside it."""
    shutil.rmtree(pictures_of(target) / document_id, ignore_errors=True)
    shutil.rmtree(downloads_of(target), ignore_errors=True)
    if not target.exists():
        return
    with closing(open_index(target, read_only=False)) as db:
        forget(db, document_id)
        without_the_gone(db)
        write_people(db, _linked(db), Places(db), datetime.now(UTC).isoformat(timespec="seconds"))
        # what was deleted stays in the full-text index until its segments are merged
        db.execute("INSERT INTO found (found) VALUES ('optimize')")
        db.commit()


def _linked(db: sqlite3.Connection) -> list[Row]:
    """Which printings are one person, as the index has it."""
    out: dict[str, list[str]] = {}
    for other, main in db.execute("SELECT person_id, main_id FROM same_person"):
        out.setdefault(main, []).append(other)
    return [{"person_id": main, "also_ids": also} for main, also in out.items()]


def write_metadata(target: Path) -> None:
    """Titles and descriptions for Datasette, beside the index."""
    target.with_suffix(".metadata.json").write_text(json.dumps(DATASETTE, indent=2) + "\n", "utf-8")
