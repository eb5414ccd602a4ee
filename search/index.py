"""The index: one SQLite file with FTS5, built from the Parquet alone, a document at a time, and put in place
whole.

Rows are numbered so that newer ones come first: a search for a usual word can stop after the newest few
thousand. The values that people filter by stand in the full-text index as tokens of their own, so that a
filter costs no more than a word.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from search.entries import Entry, entries_of, is_official
from search.lake import Held, documents_held, rows_of
from search.tables import COPIED, SCHEMA, VERSION, columns_of, insert

DATASETS = (
    *COPIED,
    "resolutions",
    "actions",
    "sections",
    "tables",
    "table_cells",
    "parts",
    "people_named",
)
"""What is read of a document."""
FAR = date(2200, 1, 1).toordinal()
ROOM = 1 << 22
"""Entries that may share a day."""
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
WORD = re.compile(r"[^\W\d_]{4,}")


def open_index(path: Path, *, read_only: bool = True) -> sqlite3.Connection:
    """The index as a connection whose rows can be read by name. Raises FileNotFoundError when there is
    none."""
    if read_only:
        if not path.exists():
            raise FileNotFoundError(f"{path}: no index there; build it with minutebook index")
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
        connection.executescript(
            "PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
        )
    else:
        connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection


def token(prefix: str, value: str) -> str:
    """A facet's value as one word of the full-text index: letters and digits only, never a word that people
    write."""
    return f"zq{prefix}{hashlib.blake2b(value.lower().encode(), digest_size=6).hexdigest()}"


def facets_of(e: Entry, council: str) -> str:
    """The tokens that filters look for."""
    out = [token("c", council), token("k", e.kind)]
    out += [token("m", f"{council}|{e.committee}")] if e.committee else []
    out += [token("o", e.outcome)] if e.outcome else []
    out += [token("p", p) for p in e.person_ids]
    out += [f"zqamount{n}" for n in range(10) if e.amount and e.amount >= 10**n]
    return " ".join(out)


def build(
    output: Path, target: Path, *, with_public: bool = False, progress: Callable[[str], None] | None = None
) -> tuple[int, int]:
    """Bring the index up to date with the datasets; (documents read, documents dropped). Readers see the old
    one until the new is whole.

    One build at a time writes the draft, under a lock; what a killed build left of one is written over.
    Raises OSError when the folder cannot be written, sqlite3.DatabaseError when the old index is damaged:
    delete it and build again.
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
            _prepare(db, with_public)
            counts = _update(db, output, with_public, progress)
            if not any(counts) and old:
                draft.unlink()
                return counts
            _finish(db)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return counts


def _is_current(path: Path, with_public: bool) -> bool:
    with closing(open_index(path)) as db:
        try:
            facts = dict(db.execute("SELECT name, value FROM facts").fetchall())
        except sqlite3.DatabaseError:
            return False
    return facts.get("version") == VERSION and facts.get("with_public") == str(with_public)


def _prepare(db: sqlite3.Connection, with_public: bool) -> None:
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
) -> tuple[int, int]:
    known = dict(db.execute("SELECT document_id, stamp FROM documents").fetchall())
    held = {h.document_id: h for h in documents_held(output)}
    gone = [d for d in known if d not in held]
    changed = [h for h in held.values() if known.get(h.document_id) != h.stamp]
    for document_id in (*gone, *(h.document_id for h in changed if h.document_id in known)):
        forget(db, document_id)
    places = _places(db)
    words: Counter[str] = Counter()
    for h, rows in rows_of(output, changed, DATASETS):
        if rows["documents"]:
            _add(db, h, rows, places, words, with_public)
        if progress:
            progress(h.document_id[:12])
    db.executemany(
        "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET n = n + excluded.n", words.items()
    )
    return len(changed), len(gone)


def forget(db: sqlite3.Connection, document_id: str) -> None:
    """Take a document out of every table."""
    db.execute(
        "INSERT INTO found (found, rowid, title, text, people, reference, facets) SELECT 'delete', "
        "rowid, title, text, people, reference, facets FROM entries WHERE document_id = ?",
        (document_id,),
    )
    for table in ("entries", "people", *COPIED):
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))


def _places(db: sqlite3.Connection) -> Callable[[date | None], int]:
    """Hands out row numbers: the later the day, the smaller the number."""
    used: Counter[int] = Counter()

    def place(day: date | None) -> int:
        key = (FAR - day.toordinal()) if day else FAR
        if key not in used:
            last = db.execute(
                "SELECT max(rowid) FROM entries WHERE rowid >= ? AND rowid < ?",
                (key * ROOM, (key + 1) * ROOM),
            ).fetchone()[0]
            used[key] = (last - key * ROOM + 1) if last is not None else 0
        used[key] += 1
        return key * ROOM + used[key] - 1

    return place


def _add(
    db: sqlite3.Connection,
    held: Held,
    rows: dict[str, list[dict[str, Any]]],
    place: Callable[[date | None], int],
    words: Counter[str],
    with_public: bool,
) -> None:
    own = {"document_id": held.document_id, "council": held.council, "stamp": held.stamp}
    for table in COPIED:
        columns = columns_of(db, table)
        insert(db, table, [tuple(_plain(own.get(c) or r.get(c)) for c in columns) for r in rows[table]])
    named = [p for p in rows["people_named"] if with_public or is_official(p)]
    people = [
        (
            p["person_id"],
            held.document_id,
            held.council,
            p["name"],
            *map(_listed, (p["other_names"], p["roles"], p["capacities"])),
        )
        for p in named
    ]
    insert(db, "people", people)
    add_entries(
        db,
        ((held.document_id, held.council, e) for e in entries_of(rows, with_public=with_public)),
        place,
        words,
    )


def add_entries(
    db: sqlite3.Connection,
    entries: Iterable[tuple[str, str, Entry]],
    place: Callable[[date | None], int],
    words: Counter[str],
) -> None:
    """Put (document, council, entry) into the table and the full-text index."""
    listed = [_row(place(e.day), document_id, council, e) for document_id, council, e in entries]
    for row in listed:
        words.update(w.lower() for w in WORD.findall(row[10]))
    insert(db, "entries", listed)
    db.executemany(
        "INSERT INTO found (rowid, title, text, people, reference, facets) VALUES (?,?,?,?,?,?)",
        [(r[0], r[9], r[10], r[15], r[14], r[20]) for r in listed],
    )


def _row(rowid: int, document_id: str, council: str, e: Entry) -> tuple[Any, ...]:
    return (
        rowid,
        e.key,
        e.kind,
        council,
        e.committee,
        document_id,
        e.meeting_id,
        e.day.isoformat() if e.day else None,
        e.item,
        e.title,
        e.text,
        e.outcome,
        e.mover,
        e.seconder,
        e.reference,
        e.people,
        e.page,
        e.regions,
        e.confidence,
        e.amount,
        facets_of(e, council),
    )


def _listed(texts: Sequence[str] | None) -> str:
    return ", ".join(texts or ())


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _finish(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO found (found) VALUES ('optimize')")
    db.commit()
    db.execute("ANALYZE")
    db.commit()


def withdraw(target: Path, document_id: str) -> None:
    """Take a withdrawn document out of the index in place, so that it is gone at once."""
    if not target.exists():
        return
    with closing(open_index(target, read_only=False)) as db:
        forget(db, document_id)
        db.commit()


def write_metadata(target: Path) -> None:
    """Titles and descriptions for Datasette, beside the index."""
    target.with_suffix(".metadata.json").write_text(json.dumps(DATASETTE, indent=2) + "\n", "utf-8")
