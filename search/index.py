"""The index: one SQLite file with FTS5, built from the Parquet alone, a document at a time, and put in place
whole.

Rows are numbered so that newer ones come first: a search for a usual word can stop after the newest few
thousand. The values that people filter by stand in the full-text index as tokens of their own, so that a
filter costs no more than a word.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from search.entries import Entry, entries_of
from search.lake import Held, document_rows, documents_held

SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (document_id TEXT PRIMARY KEY, stamp TEXT, council TEXT, title TEXT, kind TEXT, committee TEXT, meeting_id TEXT, meeting_date TEXT,
  source_url TEXT, fetched_at TEXT, pages INTEGER, status TEXT);
CREATE TABLE IF NOT EXISTS entries (rowid INTEGER PRIMARY KEY, key TEXT, kind TEXT, council TEXT, committee TEXT, document_id TEXT, meeting_id TEXT, day TEXT, item TEXT, title TEXT, text TEXT,
  outcome TEXT, mover TEXT, seconder TEXT, reference TEXT, people TEXT, page INTEGER, regions TEXT, confidence REAL, amount REAL, facets TEXT);
CREATE INDEX IF NOT EXISTS entries_key ON entries (key);
CREATE INDEX IF NOT EXISTS entries_document ON entries (document_id);
CREATE INDEX IF NOT EXISTS entries_meeting ON entries (meeting_id);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5 (title, text, people, reference, facets, content='entries', content_rowid='rowid', tokenize="porter unicode61 remove_diacritics 2", prefix='3');
CREATE TABLE IF NOT EXISTS meetings (meeting_id TEXT PRIMARY KEY, document_id TEXT, council TEXT, committee TEXT, date TEXT, start_time TEXT, end_time TEXT, venue TEXT, kind TEXT, status TEXT, page INTEGER);
CREATE TABLE IF NOT EXISTS agenda_items (meeting_id TEXT, document_id TEXT, position INTEGER, number TEXT, minute_number TEXT, title TEXT, exempt INTEGER, page INTEGER);
CREATE INDEX IF NOT EXISTS agenda_items_meeting ON agenda_items (meeting_id);
CREATE TABLE IF NOT EXISTS attendance (meeting_id TEXT, document_id TEXT, person_id TEXT, name TEXT, title TEXT, status TEXT, capacity TEXT, role TEXT, job_title TEXT, page INTEGER, confidence REAL);
CREATE INDEX IF NOT EXISTS attendance_meeting ON attendance (meeting_id);
CREATE INDEX IF NOT EXISTS attendance_person ON attendance (person_id);
CREATE TABLE IF NOT EXISTS motions (motion_id TEXT PRIMARY KEY, document_id TEXT, meeting_id TEXT, kind TEXT, mover TEXT, mover_person_id TEXT, seconder TEXT, seconder_person_id TEXT, text TEXT,
  outcome TEXT, votes_for INTEGER, votes_against INTEGER, abstentions INTEGER, page INTEGER, item_number TEXT);
CREATE INDEX IF NOT EXISTS motions_meeting ON motions (meeting_id);
CREATE TABLE IF NOT EXISTS votes (motion_id TEXT, document_id TEXT, person_id TEXT, name TEXT, choice TEXT);
CREATE INDEX IF NOT EXISTS votes_motion ON votes (motion_id);
CREATE INDEX IF NOT EXISTS votes_person ON votes (person_id);
CREATE TABLE IF NOT EXISTS people (person_id TEXT, document_id TEXT, council TEXT, name TEXT, other_names TEXT, roles TEXT, capacities TEXT);
CREATE INDEX IF NOT EXISTS people_person ON people (person_id);
CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, n INTEGER);
"""
COPIED = {
    "meetings": (
        "meeting_id",
        "document_id",
        "council",
        "committee",
        "date",
        "start_time",
        "end_time",
        "venue",
        "kind",
        "status",
        "page",
    ),
    "agenda_items": (
        "meeting_id",
        "document_id",
        "position",
        "number",
        "minute_number",
        "title",
        "exempt",
        "page",
    ),
    "attendance": (
        "meeting_id",
        "document_id",
        "person_id",
        "name",
        "title",
        "status",
        "capacity",
        "role",
        "job_title",
        "page",
        "confidence",
    ),
    "motions": (
        "motion_id",
        "document_id",
        "meeting_id",
        "kind",
        "mover",
        "mover_person_id",
        "seconder",
        "seconder_person_id",
        "text",
        "outcome",
        "votes_for",
        "votes_against",
        "abstentions",
        "page",
        "item_number",
    ),
    "votes": ("motion_id", "document_id", "person_id", "name", "choice"),
}
DATASETS = (
    "documents",
    "meetings",
    "agenda_items",
    "attendance",
    "motions",
    "votes",
    "resolutions",
    "actions",
    "sections",
    "tables",
    "table_cells",
    "parts",
    "people_named",
)
VERSION = "3"
FAR = date(2200, 1, 1).toordinal()
ROOM = 1 << 22
"""Entries that may share a day."""
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
    import hashlib

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
    for h in changed:
        rows = {name: document_rows(output, name, h) for name in DATASETS}
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
    for table in (
        "entries",
        "documents",
        "meetings",
        "agenda_items",
        "attendance",
        "motions",
        "votes",
        "people",
    ):
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
    d = rows["documents"][0]
    db.execute(
        "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        tuple(
            _plain(x)
            for x in (
                held.document_id,
                held.stamp,
                held.council,
                d.get("title"),
                d.get("kind"),
                d.get("committee"),
                d.get("meeting_id"),
                d.get("meeting_date"),
                d.get("source_url"),
                d.get("fetched_at"),
                d.get("pages"),
                d.get("status"),
            )
        ),
    )
    for table, columns in COPIED.items():
        listed = [
            tuple(
                _plain(
                    held.council if c == "council" else held.document_id if c == "document_id" else r.get(c)
                )
                for c in columns
            )
            for r in rows[table]
        ]
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(columns))})", listed)
    public = [
        p
        for p in rows["people_named"]
        if with_public or set(p.get("capacities") or ()) & {"member", "officer"}
    ]
    db.executemany(
        "INSERT INTO people VALUES (?,?,?,?,?,?,?)",
        [
            (
                p["person_id"],
                held.document_id,
                held.council,
                p["name"],
                ", ".join(p.get("other_names") or ()),
                ", ".join(p.get("roles") or ()),
                ", ".join(p.get("capacities") or ()),
            )
            for p in public
        ],
    )
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
    db.executemany("INSERT INTO entries VALUES (" + ",".join("?" * 21) + ")", listed)
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


def datasette_metadata() -> dict[str, Any]:
    """Titles and descriptions for Datasette."""
    return {
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


def write_metadata(target: Path) -> None:
    """The Datasette metadata beside the index."""
    target.with_suffix(".metadata.json").write_text(
        json.dumps(datasette_metadata(), indent=2) + "\n", "utf-8"
    )


def recent_words(db: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """The words of the index with how often they stand in it."""
    yield from db.execute("SELECT word, n FROM words")
