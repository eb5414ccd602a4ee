"""The index's tables. Those that are copied from datasets carry the datasets' own column names."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

VERSION = "3"
"""Raised when the tables or what stands in them change: an index of another version is built anew."""
COPIED = ("documents", "meetings", "agenda_items", "attendance", "motions", "votes")
"""Tables that hold a dataset's rows as they are."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (
  document_id TEXT PRIMARY KEY, stamp TEXT, council TEXT, title TEXT, kind TEXT, committee TEXT,
  meeting_id TEXT, meeting_date TEXT, source_url TEXT, fetched_at TEXT, pages INTEGER, status TEXT
);
CREATE TABLE IF NOT EXISTS entries (
  rowid INTEGER PRIMARY KEY, key TEXT, kind TEXT, council TEXT, committee TEXT, document_id TEXT,
  meeting_id TEXT, day TEXT, item TEXT, title TEXT, text TEXT, outcome TEXT, mover TEXT, seconder TEXT,
  reference TEXT, people TEXT, page INTEGER, regions TEXT, confidence REAL, amount REAL, facets TEXT
);
CREATE INDEX IF NOT EXISTS entries_key ON entries (key);
CREATE INDEX IF NOT EXISTS entries_document ON entries (document_id);
CREATE INDEX IF NOT EXISTS entries_meeting ON entries (meeting_id);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5 (
  title, text, people, reference, facets, content='entries', content_rowid='rowid',
  tokenize="porter unicode61 remove_diacritics 2", prefix='3'
);
CREATE TABLE IF NOT EXISTS meetings (
  meeting_id TEXT PRIMARY KEY, document_id TEXT, council TEXT, committee TEXT, date TEXT, start_time TEXT,
  end_time TEXT, venue TEXT, kind TEXT, status TEXT, page INTEGER
);
CREATE TABLE IF NOT EXISTS agenda_items (
  meeting_id TEXT, document_id TEXT, position INTEGER, number TEXT, minute_number TEXT, title TEXT,
  exempt INTEGER, page INTEGER
);
CREATE INDEX IF NOT EXISTS agenda_items_meeting ON agenda_items (meeting_id);
CREATE TABLE IF NOT EXISTS attendance (
  meeting_id TEXT, document_id TEXT, person_id TEXT, name TEXT, title TEXT, status TEXT, capacity TEXT,
  role TEXT, job_title TEXT, page INTEGER, confidence REAL
);
CREATE INDEX IF NOT EXISTS attendance_meeting ON attendance (meeting_id);
CREATE INDEX IF NOT EXISTS attendance_person ON attendance (person_id);
CREATE TABLE IF NOT EXISTS motions (
  motion_id TEXT PRIMARY KEY, document_id TEXT, meeting_id TEXT, kind TEXT, mover TEXT,
  mover_person_id TEXT, seconder TEXT, seconder_person_id TEXT, text TEXT, outcome TEXT,
  votes_for INTEGER, votes_against INTEGER, abstentions INTEGER, page INTEGER, item_number TEXT
);
CREATE INDEX IF NOT EXISTS motions_meeting ON motions (meeting_id);
CREATE TABLE IF NOT EXISTS votes (
  motion_id TEXT, document_id TEXT, person_id TEXT, name TEXT, choice TEXT
);
CREATE INDEX IF NOT EXISTS votes_motion ON votes (motion_id);
CREATE INDEX IF NOT EXISTS votes_person ON votes (person_id);
CREATE TABLE IF NOT EXISTS people (
  person_id TEXT, document_id TEXT, council TEXT, name TEXT, other_names TEXT, roles TEXT, capacities TEXT
);
CREATE INDEX IF NOT EXISTS people_person ON people (person_id);
CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, n INTEGER);
"""


def columns_of(db: sqlite3.Connection, table: str) -> list[str]:
    """The table's columns in order."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def insert(db: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Put whole rows into a table, over those of the same key."""
    if rows:
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
