"""The index's tables. Those that are copied from datasets carry the datasets' own column names."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

VERSION = "8"
"""Raised when the tables or what stands in them change: an index of another version is built anew."""
COPIED = (
    "documents",
    "parts",
    "pages",
    "meetings",
    "agenda_items",
    "attendance",
    "declarations",
    "motions",
    "votes",
    "tables",
    "table_cells",
    "report_contacts",
    "problems",
)
"""Tables that hold a dataset's rows as they are."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS documents (
  document_id TEXT PRIMARY KEY, stamp TEXT, council TEXT, title TEXT, kind TEXT, committee TEXT,
  meeting_id TEXT, meeting_date TEXT, source_url TEXT, published_at TEXT, fetched_at TEXT, bytes INTEGER,
  pages INTEGER, producer TEXT, text_source TEXT, status TEXT, error TEXT, confidence REAL,
  council_doubt TEXT, found_at TEXT
);
CREATE INDEX IF NOT EXISTS documents_council ON documents (council, committee, meeting_date);
CREATE TABLE IF NOT EXISTS entries (
  rowid INTEGER PRIMARY KEY, key TEXT, kind TEXT, council TEXT, committee TEXT, document_id TEXT,
  meeting_id TEXT, day TEXT, item TEXT, title TEXT, text TEXT, outcome TEXT, mover TEXT, seconder TEXT,
  reference TEXT, people TEXT, page INTEGER, regions TEXT, confidence REAL, amount REAL, motion_id TEXT,
  due TEXT, due_text TEXT, doubts TEXT, found_at TEXT, facets TEXT
);
CREATE INDEX IF NOT EXISTS entries_key ON entries (key);
CREATE INDEX IF NOT EXISTS entries_document ON entries (document_id, page);
CREATE INDEX IF NOT EXISTS entries_meeting ON entries (meeting_id);
CREATE INDEX IF NOT EXISTS entries_found_at ON entries (found_at);
CREATE TABLE IF NOT EXISTS again (rowid INTEGER PRIMARY KEY, key TEXT, before TEXT);
CREATE INDEX IF NOT EXISTS again_before ON again (before);
CREATE INDEX IF NOT EXISTS entries_due ON entries (due) WHERE due IS NOT NULL;
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5 (
  title, text, people, reference, facets, content='entries', content_rowid='rowid',
  tokenize="porter unicode61 remove_diacritics 2", prefix='3'
);
CREATE TABLE IF NOT EXISTS parts (
  part_id TEXT, document_id TEXT, kind TEXT, title TEXT, item_number TEXT, page_from INTEGER,
  page_to INTEGER, meeting_id TEXT
);
CREATE INDEX IF NOT EXISTS parts_document ON parts (document_id);
CREATE INDEX IF NOT EXISTS parts_part ON parts (part_id);
CREATE TABLE IF NOT EXISTS pages (
  document_id TEXT, page INTEGER, label TEXT, width REAL, height REAL, text TEXT, text_source TEXT,
  PRIMARY KEY (document_id, page)
);
CREATE TABLE IF NOT EXISTS meetings (
  meeting_id TEXT, document_id TEXT, council TEXT, committee TEXT, date TEXT, start_time TEXT,
  end_time TEXT, venue TEXT, kind TEXT, status TEXT, page INTEGER, PRIMARY KEY (meeting_id, document_id)
);
CREATE INDEX IF NOT EXISTS meetings_body ON meetings (council, committee, date);
CREATE INDEX IF NOT EXISTS meetings_document ON meetings (document_id);
CREATE TABLE IF NOT EXISTS agenda_items (
  meeting_id TEXT, document_id TEXT, item_id TEXT, position INTEGER, number TEXT, minute_number TEXT,
  title TEXT, exempt INTEGER, page INTEGER, page_from INTEGER, page_to INTEGER
);
CREATE INDEX IF NOT EXISTS agenda_items_item ON agenda_items (item_id);
CREATE INDEX IF NOT EXISTS agenda_items_meeting ON agenda_items (meeting_id);
CREATE INDEX IF NOT EXISTS agenda_items_document ON agenda_items (document_id);
CREATE TABLE IF NOT EXISTS attendance (
  meeting_id TEXT, document_id TEXT, person_id TEXT, name TEXT, title TEXT, status TEXT, capacity TEXT,
  role TEXT, job_title TEXT, organisation TEXT, substitute_for TEXT, arrived TEXT, left TEXT, page INTEGER,
  confidence REAL
);
CREATE INDEX IF NOT EXISTS attendance_meeting ON attendance (meeting_id);
CREATE INDEX IF NOT EXISTS attendance_person ON attendance (person_id);
CREATE INDEX IF NOT EXISTS attendance_document ON attendance (document_id);
CREATE TABLE IF NOT EXISTS declarations (
  meeting_id TEXT, document_id TEXT, person_id TEXT, name TEXT, item_number TEXT, kind TEXT, text TEXT,
  left_meeting INTEGER, page INTEGER, confidence REAL
);
CREATE INDEX IF NOT EXISTS declarations_meeting ON declarations (meeting_id);
CREATE INDEX IF NOT EXISTS declarations_person ON declarations (person_id);
CREATE INDEX IF NOT EXISTS declarations_document ON declarations (document_id);
CREATE TABLE IF NOT EXISTS motions (
  motion_id TEXT PRIMARY KEY, document_id TEXT, meeting_id TEXT, kind TEXT, amends TEXT, mover TEXT,
  mover_person_id TEXT, seconder TEXT, seconder_person_id TEXT, text TEXT, text_struck TEXT,
  text_inserted TEXT, outcome TEXT, outcome_text TEXT, unanimous INTEGER, votes_for INTEGER,
  votes_against INTEGER, abstentions INTEGER, casting_vote INTEGER, page INTEGER, item_number TEXT,
  confidence REAL
);
CREATE INDEX IF NOT EXISTS motions_meeting ON motions (meeting_id);
CREATE INDEX IF NOT EXISTS motions_amends ON motions (amends) WHERE amends IS NOT NULL;
CREATE INDEX IF NOT EXISTS motions_mover ON motions (mover_person_id);
CREATE INDEX IF NOT EXISTS motions_seconder ON motions (seconder_person_id);
CREATE INDEX IF NOT EXISTS motions_document ON motions (document_id);
CREATE TABLE IF NOT EXISTS votes (
  motion_id TEXT, document_id TEXT, person_id TEXT, name TEXT, choice TEXT, page INTEGER, confidence REAL
);
CREATE INDEX IF NOT EXISTS votes_motion ON votes (motion_id);
CREATE INDEX IF NOT EXISTS votes_person ON votes (person_id);
CREATE INDEX IF NOT EXISTS votes_document ON votes (document_id);
CREATE TABLE IF NOT EXISTS tables (
  table_id TEXT PRIMARY KEY, document_id TEXT, part_id TEXT, section_id TEXT, caption TEXT, page INTEGER,
  page_from INTEGER, page_to INTEGER, n_rows INTEGER, n_cols INTEGER, header_rows INTEGER, confidence REAL
);
CREATE INDEX IF NOT EXISTS tables_document ON tables (document_id);
CREATE TABLE IF NOT EXISTS table_cells (
  table_id TEXT, document_id TEXT, row INTEGER, col INTEGER, row_span INTEGER, col_span INTEGER,
  is_header INTEGER, text TEXT, number REAL, unit TEXT
);
CREATE INDEX IF NOT EXISTS table_cells_table ON table_cells (table_id);
CREATE INDEX IF NOT EXISTS table_cells_document ON table_cells (document_id);
CREATE TABLE IF NOT EXISTS report_contacts (
  document_id TEXT, part_id TEXT, item_number TEXT, role TEXT, name TEXT, job_title TEXT, email TEXT,
  page INTEGER, confidence REAL
);
CREATE INDEX IF NOT EXISTS report_contacts_name ON report_contacts (name);
CREATE INDEX IF NOT EXISTS report_contacts_document ON report_contacts (document_id);
CREATE TABLE IF NOT EXISTS problems (
  document_id TEXT, part_id TEXT, kind TEXT, text TEXT, severity TEXT, dataset TEXT, row_id TEXT,
  page INTEGER
);
CREATE INDEX IF NOT EXISTS problems_document ON problems (document_id);
CREATE INDEX IF NOT EXISTS problems_row ON problems (row_id);
CREATE TABLE IF NOT EXISTS people (
  person_id TEXT, document_id TEXT, council TEXT, name TEXT, other_names TEXT, titles TEXT, roles TEXT,
  capacities TEXT, seen TEXT
);
CREATE INDEX IF NOT EXISTS people_person ON people (person_id);
CREATE INDEX IF NOT EXISTS people_document ON people (document_id);
CREATE TABLE IF NOT EXISTS same_person (person_id TEXT PRIMARY KEY, main_id TEXT);
CREATE INDEX IF NOT EXISTS same_person_main ON same_person (main_id);
CREATE TABLE IF NOT EXISTS matters (
  matter_id TEXT PRIMARY KEY, council TEXT, document_id TEXT, reference TEXT, place TEXT, kind TEXT,
  title TEXT, first_seen TEXT, last_seen TEXT, meetings INTEGER
);
CREATE INDEX IF NOT EXISTS matters_council ON matters (council, kind, place);
CREATE INDEX IF NOT EXISTS matters_reference ON matters (reference COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS matters_seen ON matters (coalesce(last_seen, ''));
CREATE TABLE IF NOT EXISTS matter_events (
  matter_id TEXT, document_id TEXT, dataset TEXT, row_id TEXT, event TEXT, date TEXT, meeting_id TEXT,
  page INTEGER
);
CREATE INDEX IF NOT EXISTS matter_events_matter ON matter_events (matter_id);
CREATE INDEX IF NOT EXISTS matter_events_row ON matter_events (row_id);
CREATE INDEX IF NOT EXISTS matter_events_document ON matter_events (document_id);
CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY, n INTEGER);
"""


def columns_of(db: sqlite3.Connection, table: str) -> list[str]:
    """The table's columns in order."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def insert(db: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Put whole rows into a table, over those of the same key."""
    if rows:
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
