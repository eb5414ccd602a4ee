"""The archive's tables, and how those of an older Minutebook become today's."""

from __future__ import annotations

import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS fetches (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL, final_url TEXT, at TEXT NOT NULL, status INTEGER,
  sha256 TEXT, bytes INTEGER, etag TEXT, last_modified TEXT, error TEXT
);
CREATE INDEX IF NOT EXISTS fetches_url ON fetches (url, id);
CREATE INDEX IF NOT EXISTS fetches_sha256 ON fetches (sha256, id);
CREATE TABLE IF NOT EXISTS publications (
  url TEXT NOT NULL, council TEXT NOT NULL, committee TEXT, meeting_date TEXT, kind TEXT, title TEXT,
  published_at TEXT, knows TEXT, first_seen TEXT, last_seen TEXT, document_id TEXT, checked_at TEXT,
  gone_since TEXT, PRIMARY KEY (url, council)
);
CREATE INDEX IF NOT EXISTS publications_council ON publications (council, last_seen);
CREATE INDEX IF NOT EXISTS publications_document ON publications (document_id);
CREATE TABLE IF NOT EXISTS papers (
  document_id TEXT PRIMARY KEY, council TEXT, url TEXT, version TEXT, status TEXT, error TEXT,
  read_at TEXT, withdrawn TEXT, reason TEXT, meeting_date TEXT, stale INTEGER DEFAULT 0
);
CREATE TABLE IF NOT EXISTS nights (
  id INTEGER PRIMARY KEY, council TEXT, began TEXT, ended TEXT, found INTEGER, new INTEGER,
  failed INTEGER, error TEXT, trouble TEXT, notice TEXT, remaining INTEGER DEFAULT 0
);
CREATE TABLE IF NOT EXISTS records (document_id TEXT PRIMARY KEY, digest TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS nights_council ON nights (council, id);
"""
"""`publications`: an address of each council that lists it. `document_id` is the paper that it gave last;
`fetches` tells which it gave before. `papers.meeting_date` is the day that its list gave when it came;
`papers.stale` is set when the origin of a paper changes, so that it is read again though it is being read.
`records` are those of platforms, as they were written last."""
VERSION = 1
"""PRAGMA user_version of these tables; 0 is the first release's."""
FROM_THE_FIRST = """
ALTER TABLE publications RENAME TO publications_0;
{schema}
INSERT INTO publications (url, council, committee, meeting_date, kind, title, published_at, knows, first_seen,
  last_seen, document_id)
SELECT url, council, committee, meeting_date, kind, title, published_at, knows, first_seen, last_seen,
  document_id FROM publications_0;
DROP TABLE publications_0;
ALTER TABLE papers ADD COLUMN reason TEXT;
ALTER TABLE papers ADD COLUMN meeting_date TEXT;
ALTER TABLE papers ADD COLUMN stale INTEGER DEFAULT 0;
ALTER TABLE nights ADD COLUMN trouble TEXT;
ALTER TABLE nights ADD COLUMN notice TEXT;
ALTER TABLE nights ADD COLUMN remaining INTEGER DEFAULT 0;
"""


def prepare(db: sqlite3.Connection) -> None:
    """Make the tables, or bring those of an older release up to date: all of it or nothing, once, whichever
    process comes first."""
    if db.execute("PRAGMA user_version").fetchone()[0] >= VERSION:
        return
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN IMMEDIATE")
    if db.execute("PRAGMA user_version").fetchone()[0] < VERSION:
        older = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'publications'").fetchone()
        script = FROM_THE_FIRST.format(schema=SCHEMA) if older else SCHEMA
        for statement in filter(str.strip, script.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")
