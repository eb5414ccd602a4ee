"""The archive: bytes kept once by their hash, a record of every fetch, and what became of each paper. Nothing
in it is overwritten.

`blobs/ab/ab12….pdf` are the bytes; `archive.sqlite` says where each came from, when, with what validators,
and which papers were read.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import Version

if TYPE_CHECKING:
    from pipeline.sources import Publication

SCHEMA = """
CREATE TABLE IF NOT EXISTS fetches (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, final_url TEXT, at TEXT NOT NULL, status INTEGER,
  sha256 TEXT, bytes INTEGER, etag TEXT, last_modified TEXT, error TEXT
);
CREATE INDEX IF NOT EXISTS fetches_url ON fetches (url, id);
CREATE TABLE IF NOT EXISTS publications (
  url TEXT PRIMARY KEY, council TEXT NOT NULL, committee TEXT, meeting_date TEXT, kind TEXT, title TEXT,
  published_at TEXT, knows TEXT, first_seen TEXT, last_seen TEXT, document_id TEXT
);
CREATE TABLE IF NOT EXISTS papers (
  document_id TEXT PRIMARY KEY, council TEXT, url TEXT, version TEXT, status TEXT, error TEXT,
  read_at TEXT, withdrawn TEXT
);
CREATE TABLE IF NOT EXISTS nights (
  id INTEGER PRIMARY KEY, council TEXT, began TEXT, ended TEXT, found INTEGER, new INTEGER,
  failed INTEGER, error TEXT
);
"""
SEEN = """
INSERT INTO publications
  (url, council, committee, meeting_date, kind, title, published_at, knows, first_seen, last_seen)
VALUES (?,?,?,?,?,?,?,?,?,?)
ON CONFLICT (url) DO UPDATE SET council = excluded.council, committee = excluded.committee,
  meeting_date = excluded.meeting_date, kind = excluded.kind, title = excluded.title,
  published_at = excluded.published_at, knows = coalesce(excluded.knows, knows),
  last_seen = excluded.last_seen
"""
WAITING = """
SELECT count(*) AS papers, min(f.at) AS oldest
FROM papers p LEFT JOIN fetches f ON f.sha256 = p.document_id
WHERE p.council = ? AND p.withdrawn IS NULL AND (p.version IS NULL OR p.version <> ?)
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an address from its last good fetch."""

    sha256: str
    etag: str | None
    last_modified: str | None
    at: str


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """A folder of blobs and its database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blobs = folder / "blobs"
        self.blobs.mkdir(parents=True, exist_ok=True)
        with self.db() as db:
            db.executescript("PRAGMA journal_mode = WAL;" + SCHEMA)

    @contextmanager
    def db(self) -> Generator[sqlite3.Connection]:
        """A connection whose changes are kept when the block ends well."""
        with closing(sqlite3.connect(self.folder / "archive.sqlite", timeout=60)) as db:
            db.row_factory = sqlite3.Row
            with db:
                yield db

    # --- bytes ---

    def path(self, sha256: str, suffix: str = ".pdf") -> Path:
        """Where bytes with that hash lie, or would."""
        return self.blobs / sha256[:2] / f"{sha256}{suffix}"

    def store(self, chunks: Iterable[bytes], suffix: str = ".pdf") -> tuple[str, int, bool]:
        """Keep the bytes: (hash, size, whether they are new). A file appears whole or not at all; raises what
        the chunks raise."""
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(prefix=".part-", dir=self.blobs)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            target = self.path(digest.hexdigest(), suffix)
            if target.exists():
                Path(name).unlink()
                return digest.hexdigest(), size, False
            target.parent.mkdir(exist_ok=True)
            Path(name).replace(target)
            return digest.hexdigest(), size, True
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def sweep(self) -> int:
        """Remove what a killed run left unfinished; how many files."""
        left = list(self.blobs.glob(".part-*"))
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def verify(self) -> Iterator[str]:
        """Every fault: bytes that do not have their hash, fetches whose bytes are gone."""
        for file in sorted(self.blobs.glob("??/*")):
            with file.open("rb") as source:
                if hashlib.file_digest(source, "sha256").hexdigest() != file.stem:
                    yield f"{file.name}: the bytes do not have this hash"
        with self.db() as db:
            for row in db.execute("SELECT DISTINCT sha256 FROM fetches WHERE sha256 IS NOT NULL"):
                if not list((self.blobs / row["sha256"][:2]).glob(f"{row['sha256']}*")):
                    yield f"{row['sha256']}: fetched once, no longer there"

    # --- fetches ---

    def last(self, url: str) -> Kept | None:
        """The last good fetch of an address."""
        with self.db() as db:
            row = db.execute(
                "SELECT sha256, etag, last_modified, at FROM fetches WHERE url = ? AND sha256 IS NOT "
                "NULL ORDER BY id DESC LIMIT 1",
                [url],
            ).fetchone()
        return Kept(**dict(row)) if row else None

    def record(self, url: str, **what: Any) -> None:
        """Add a fetch to the record."""
        self._add("fetches", {"url": url, "at": now(), **what})

    def _add(self, table: str, columns: dict[str, Any]) -> None:
        marks = ", ".join("?" * len(columns))
        with self.db() as db:
            db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", [*columns.values()])

    # --- publications and papers ---

    def publish_seen(self, p: Publication) -> None:
        """Note that a publication was seen tonight, with what its platform knows. What was known before is
        not forgotten."""
        values = (
            p.url,
            p.council,
            p.committee,
            p.meeting_date.isoformat() if p.meeting_date else None,
            p.kind,
            p.title,
            p.published_at,
            json.dumps(p.knows, sort_keys=True) if p.knows else None,
            now(),
            now(),
        )
        with self.db() as db:
            known = db.execute(
                "SELECT council, committee, meeting_date, kind, title, published_at, knows FROM "
                "publications WHERE url = ?",
                [p.url],
            ).fetchone()
            if known is not None and tuple(known) == values[1:8]:
                return
            db.execute(SEEN, values)

    def link(self, url: str, document_id: str, council: str) -> bool:
        """Say which paper an address gave; whether anything changed."""
        with self.db() as db:
            changed = (
                db.execute(
                    "UPDATE publications SET document_id = ? WHERE url = ? AND document_id IS NOT ?",
                    [document_id, url, document_id],
                ).rowcount
                > 0
            )
            added = (
                db.execute(
                    "INSERT OR IGNORE INTO papers (document_id, council, url) VALUES (?, ?, ?)",
                    [document_id, council, url],
                ).rowcount
                > 0
            )
        return changed or added

    def unread(self, version: str, *, council: str | None = None) -> list[dict[str, Any]]:
        """Papers that this version of the extractors has not read; withdrawn ones left out."""
        sql = (
            "SELECT * FROM papers WHERE withdrawn IS NULL AND (version IS NULL OR version <> ?)"
            + (" AND council = ?" if council else "")
            + " ORDER BY document_id"
        )
        with self.db() as db:
            return [dict(r) for r in db.execute(sql, [version, *([council] if council else [])])]

    def waiting(self, council: str, version: str) -> tuple[int, str | None]:
        """How many of a council's papers this version has not read, and when the oldest was fetched."""
        with self.db() as db:
            papers, oldest = db.execute(WAITING, [council, version]).fetchone()
        return papers, oldest

    def done(self, document_id: str, version: str, status: str, error: str | None) -> None:
        """Note how the reading of a paper ended. One that failed for good is not tried again by the same
        version."""
        with self.db() as db:
            db.execute(
                "UPDATE papers SET version = ?, status = ?, error = ?, read_at = ? WHERE document_id = ?",
                [version, status, error, now(), document_id],
            )

    def failed_again(self) -> int:
        """Have the papers that failed read again; how many."""
        with self.db() as db:
            return db.execute("UPDATE papers SET version = NULL WHERE status = 'failed'").rowcount

    def older_again(self, version: str) -> int:
        """Have the papers that this version or an older one read be read again; how many. Raises
        packaging.version.InvalidVersion for what is no version."""
        last = Version(version)
        with self.db() as db:
            read = db.execute("SELECT DISTINCT version FROM papers WHERE version IS NOT NULL").fetchall()
            old = [(v,) for (v,) in read if Version(v) <= last]
            return (
                db.executemany("UPDATE papers SET version = NULL WHERE version = ?", old).rowcount
                if old
                else 0
            )

    def withdraw(self, document_id: str) -> None:
        """Keep a tombstone for a paper that its council recalled."""
        with self.db() as db:
            db.execute(
                "INSERT INTO papers (document_id, withdrawn) VALUES (?, ?) ON CONFLICT (document_id) DO "
                "UPDATE SET withdrawn = excluded.withdrawn",
                [document_id, now()],
            )

    # --- nights ---

    def night_ended(self, council: str, began: str, **came_to: Any) -> None:
        """Add a council's night to the record: found, new, failed (counts), error."""
        self._add("nights", {"council": council, "began": began, "ended": now(), **came_to})

    def nights(self, council: str, most: int = 60) -> list[dict[str, Any]]:
        """A council's nights, the last first."""
        sql = "SELECT * FROM nights WHERE council = ? ORDER BY id DESC LIMIT ?"
        with self.db() as db:
            return [dict(r) for r in db.execute(sql, [council, most])]

    # --- where a paper came from ---

    def source_of(self, document_id: str) -> dict[str, Any]:
        """Where a paper came from: the first address that gave it, when, and what the platform knows of
        it."""
        with self.db() as db:
            p = db.execute(
                "SELECT * FROM publications WHERE document_id = ? ORDER BY first_seen, url LIMIT 1",
                [document_id],
            ).fetchone()
            f = db.execute(
                "SELECT at, url FROM fetches WHERE sha256 = ? ORDER BY id LIMIT 1", [document_id]
            ).fetchone()
        return {"publication": dict(p) if p else {}, "fetched_at": f["at"] if f else None}
