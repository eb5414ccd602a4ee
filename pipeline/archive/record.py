"""What is recorded of fetches, publications, papers and nights. Nothing of it is forgotten. Every statement
here is SQLite's and PostgreSQL's alike."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import Version

from pipeline.archive import postgres
from pipeline.archive.blobs import Blobs
from pipeline.archive.tables import prepare

if TYPE_CHECKING:
    from pipeline.sources import Publication

SEEN = """
INSERT INTO publications
  (url, council, committee, meeting_date, kind, title, published_at, knows, first_seen, last_seen)
VALUES (?,?,?,?,?,?,?,?,?,?)
ON CONFLICT (url, council) DO UPDATE SET committee = excluded.committee,
  meeting_date = excluded.meeting_date, kind = excluded.kind, title = excluded.title,
  published_at = excluded.published_at, knows = coalesce(excluded.knows, publications.knows),
  last_seen = excluded.last_seen
"""
UNREAD = """
SELECT p.*, (SELECT min(f.at) FROM fetches f WHERE f.sha256 = p.document_id) AS fetched_at
FROM papers p WHERE p.withdrawn IS NULL AND (p.version IS NULL OR p.version <> ?)
"""
ORIGIN = """
SELECT p.*, f.at AS fetched_at FROM fetches f JOIN publications p ON p.url = f.url
WHERE f.sha256 = ? ORDER BY p.first_seen, f.id LIMIT 1
"""
"""By every fetch that gave the bytes: what an address gave before it gave something else is among them."""
SUPERSEDES = """
SELECT old.document_id FROM papers new
JOIN publications p ON p.document_id = new.document_id
JOIN fetches now ON now.url = p.url AND now.sha256 = new.document_id
JOIN fetches f ON f.url = p.url AND f.id < now.id
JOIN papers old ON old.document_id = f.sha256 AND old.document_id <> new.document_id
WHERE new.document_id = ? AND coalesce(old.meeting_date, '') = coalesce(new.meeting_date, '')
  AND NOT EXISTS (SELECT 1 FROM publications q WHERE q.document_id = old.document_id)
ORDER BY f.id DESC LIMIT 1
"""
"""What one of its addresses gave before and no address gives now, for the same day: an address that gives
each meeting's paper in turn replaces none."""
OTHER_COUNCILS = """
SELECT DISTINCT p.council FROM publications p JOIN papers d ON d.document_id = p.document_id
WHERE p.document_id = ? AND p.council <> d.council ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of an address from its last good fetch."""

    sha256: str
    etag: str | None
    last_modified: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A publication as the archive has it: the paper that it gave last, when it was first listed and last
    tried."""

    document_id: str | None
    first_seen: str
    checked_at: str | None


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive(Blobs):
    """A folder of blobs and its record: a database in the folder, or the one of PostgreSQL's that `state`
    names. Raises sqlite3.OperationalError, as each of its verbs does, when another process holds the database
    for more than a minute; CannotRecord where PostgreSQL does not answer."""

    def __init__(self, folder: Path, state: str = "") -> None:
        super().__init__(folder)
        self.folder, self.state = folder, state
        if state:
            postgres.prepare(state, folder / "archive.sqlite")
            return
        with closing(sqlite3.connect(folder / "archive.sqlite", timeout=60, isolation_level=None)) as db:
            prepare(db)

    @contextmanager
    def db(self) -> Generator[postgres.Database]:
        """A connection whose changes are kept when the block ends well."""
        if self.state:
            with postgres.connected(self.state) as db:
                yield db
            return
        with closing(sqlite3.connect(self.folder / "archive.sqlite", timeout=60)) as db:
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last note, nothing else
            with db:
                yield db

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

    # --- publications ---

    def listed(self, papers: Iterable[Publication]) -> None:
        """Note that publications are listed tonight, with what their platform knows. What was known before is
        not forgotten."""
        at = now()
        with self.db() as db:
            db.executemany(SEEN, [_values(p, at) for p in papers])

    def known(self, council: str) -> dict[str, Listed]:
        """A council's publications by their addresses."""
        sql = "SELECT url, document_id, first_seen, checked_at FROM publications WHERE council = ?"
        with self.db() as db:
            return {r["url"]: Listed(*tuple(r)[1:]) for r in db.execute(sql, [council])}

    def unlisted(self, council: str, began: str, since: date, until: date) -> list[str]:
        """Addresses that gave papers of meetings on these days and that were not listed since the night
        began; those known to be gone are left out."""
        sql = (
            "SELECT url FROM publications WHERE council = ? AND last_seen < ? AND gone_since IS NULL AND "
            "document_id IS NOT NULL AND meeting_date BETWEEN ? AND ? ORDER BY url"
        )
        days = (since.isoformat(), until.isoformat())
        with self.db() as db:
            return [r["url"] for r in db.execute(sql, [council, began, *days])]

    def tried(self, url: str, council: str, *, gone: bool = False) -> None:
        """Note that an address gave nothing; with `gone`, that it says that nothing is there any more."""
        with self.db() as db:
            db.execute(
                "UPDATE publications SET checked_at = ? WHERE url = ? AND council = ?", [now(), url, council]
            )
            if gone:
                db.execute(
                    "UPDATE publications SET gone_since = coalesce(gone_since, ?) WHERE url = ? AND "
                    "council = ? AND document_id IS NOT NULL",
                    [now(), url, council],
                )

    def link(self, url: str, document_id: str, council: str) -> bool:
        """Say which paper an address gave; whether that is another than before, or a paper that was not
        there."""
        with self.db() as db:
            listed = db.execute(
                "SELECT document_id, meeting_date FROM publications WHERE url = ? AND council = ?",
                [url, council],
            ).fetchone()
            before, day = tuple(listed) if listed else (None, None)
            db.execute(
                "UPDATE publications SET document_id = ?, checked_at = ?, gone_since = NULL WHERE url = ? "
                "AND council = ?",
                [document_id, now(), url, council],
            )
            added = db.execute(
                "INSERT INTO papers (document_id, council, url, meeting_date) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING",
                [document_id, council, url, day],
            ).rowcount
            changed = listed is not None and before != document_id
            if changed:
                db.execute(
                    "UPDATE papers SET stale = 1, version = NULL WHERE document_id = ? AND (council <> ? OR "
                    "? IS NOT NULL)",
                    [document_id, council, before],
                )
        return bool(added) or changed

    # --- papers ---

    def unread(self, version: str, *, council: str | None = None) -> list[dict[str, Any]]:
        """Papers that this version of the extractors has not read, those fetched first at the head; withdrawn
        ones left out."""
        sql = UNREAD + (" AND p.council = ?" if council else "") + " ORDER BY fetched_at, document_id"
        with self.db() as db:
            return [dict(r) for r in db.execute(sql, [version, *([council] if council else [])])]

    def waiting(self, council: str, version: str) -> tuple[int, str | None]:
        """How many of a council's papers this version has not read, and when the oldest was fetched."""
        sql = f"SELECT count(*), min(fetched_at) FROM ({UNREAD} AND p.council = ?) AS unread"
        with self.db() as db:
            papers, oldest = db.execute(sql, [version, council]).fetchone()
        return papers, oldest

    def failed(self, council: str, most: int = 20) -> list[tuple[str, str]]:
        """A council's papers that could not be read, the last first: (address or hash, why)."""
        sql = (
            "SELECT coalesce(url, document_id), coalesce(error, '') FROM papers WHERE council = ? AND "
            "status = 'failed' AND withdrawn IS NULL ORDER BY read_at DESC LIMIT ?"
        )
        with self.db() as db:
            return [(r[0], r[1]) for r in db.execute(sql, [council, most])]

    def not_fetched(self, council: str, since: str, most: int = 20) -> list[tuple[str, str]]:
        """A council's papers that gave nothing since a moment: (address, why)."""
        sql = (
            "SELECT f.url, max(f.error) FROM publications p JOIN fetches f ON f.url = p.url WHERE "
            "p.council = ? AND p.checked_at >= ? AND f.at >= ? AND f.error IS NOT NULL GROUP BY f.url LIMIT ?"
        )
        with self.db() as db:
            return [(r[0], r[1]) for r in db.execute(sql, [council, since, since, most])]

    def done(self, document_id: str, version: str, status: str, error: str | None) -> None:
        """Note how the reading of a paper ended. One that failed for good is not tried again by the same
        version."""
        with self.db() as db:
            db.execute(
                "UPDATE papers SET version = CASE WHEN stale = 1 THEN NULL ELSE ? END, status = ?, "
                "error = ?, read_at = ? WHERE document_id = ?",
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

    def withdraw(self, document_id: str, reason: str) -> None:
        """Keep a tombstone for a paper that its council recalled, with the reason."""
        with self.db() as db:
            db.execute(
                "INSERT INTO papers (document_id, withdrawn, reason) VALUES (?, ?, ?) ON CONFLICT "
                "(document_id) DO UPDATE SET withdrawn = excluded.withdrawn, reason = excluded.reason",
                [document_id, now(), reason],
            )

    def withdrawn(self) -> set[str]:
        """The papers that were withdrawn."""
        with self.db() as db:
            return {r[0] for r in db.execute("SELECT document_id FROM papers WHERE withdrawn IS NOT NULL")}

    # --- nights ---

    def night_ended(self, council: str, began: str, **came_to: Any) -> None:
        """Add a council's night to the record: found, new, failed, remaining (counts), error, trouble (its
        sort), notice."""
        self._add("nights", {"council": council, "began": began, "ended": now(), **came_to})

    def nights(self, council: str, most: int = 60) -> list[dict[str, Any]]:
        """A council's nights, the last first."""
        sql = "SELECT * FROM nights WHERE council = ? ORDER BY id DESC LIMIT ?"
        with self.db() as db:
            return [dict(r) for r in db.execute(sql, [council, most])]

    # --- what platforms tell ---

    def told(self) -> list[dict[str, Any]]:
        """Publications with which their platform told something of their meeting, the first listed at the
        head: council, committee, meeting_date, url, knows (JSON)."""
        sql = (
            "SELECT council, committee, meeting_date, url, knows FROM publications WHERE knows IS NOT NULL "
            "ORDER BY council, meeting_date, first_seen, url"
        )
        with self.db() as db:
            return [dict(r) for r in db.execute(sql)]

    def record_written(self, document_id: str) -> str | None:
        """The digest of a platform's record when it was written last."""
        with self.db() as db:
            row = db.execute("SELECT digest FROM records WHERE document_id = ?", [document_id]).fetchone()
        return row["digest"] if row else None

    def note_record(self, document_id: str, digest: str) -> None:
        """Note that a platform's record was written."""
        with self.db() as db:
            db.execute(
                "INSERT INTO records VALUES (?, ?) ON CONFLICT (document_id) DO UPDATE SET digest = "
                "excluded.digest",
                [document_id, digest],
            )

    # --- where a paper came from ---

    def source_of(self, document_id: str) -> dict[str, Any]:
        """Where a paper came from, for the one who is about to read it: `publication`, the first address that
        gave it, with what the platform knows; `fetched_at`; `supersedes`, the paper that it replaces;
        `other_councils` that publish the same bytes."""
        with self.db() as db:
            db.execute("UPDATE papers SET stale = 0 WHERE document_id = ? AND stale = 1", [document_id])
            p = db.execute(ORIGIN, [document_id]).fetchone()
            fetched = db.execute(
                "SELECT at FROM fetches WHERE sha256 = ? ORDER BY id LIMIT 1", [document_id]
            ).fetchone()
            older = db.execute(SUPERSEDES, [document_id]).fetchone()
            others = db.execute(OTHER_COUNCILS, [document_id]).fetchall()
        return {
            "publication": dict(p) if p else {},
            "fetched_at": fetched["at"] if fetched else None,
            "supersedes": older["document_id"] if older else None,
            "other_councils": [r["council"] for r in others],
        }


def _values(p: Publication, at: str) -> tuple[Any, ...]:
    return (
        p.url,
        p.council,
        p.committee,
        p.meeting_date.isoformat() if p.meeting_date else None,
        p.kind,
        p.title,
        p.published_at,
        json.dumps(p.knows, sort_keys=True) if p.knows else None,
        at,
        at,
    )
