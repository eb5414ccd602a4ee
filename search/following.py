"""Matters, what is dealt with under one number, into the index; and which of them a row or paper deals with.

The index holds which row of which paper names the number; the words are those of the rows themselves, so that
a paper withdrawn leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.entries import Row
from search.lake import council_rows
from search.tables import insert

NAMED = 5
"""Matters that a search shows above its hits."""
COUNTED = """
UPDATE matters SET
  first_seen = (SELECT min(date) FROM matter_events v WHERE v.matter_id = matters.matter_id),
  last_seen = (SELECT max(date) FROM matter_events v WHERE v.matter_id = matters.matter_id),
  meetings = (SELECT count(DISTINCT meeting_id) FROM matter_events v WHERE v.matter_id = matters.matter_id)
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """Rows of the two datasets as the index holds them, and a stamp that changes when they do."""

    matters: list[tuple[Any, ...]]
    events: list[tuple[Any, ...]]
    stamp: str


def matters_as_stored(output: Path) -> Followed:
    """What the datasets say of matters; the events without their words."""
    matters = [
        (m["matter_id"], m["council"], m["document_id"], m["reference"], m["kind"], m["title"])
        for m in council_rows(output, "matters")
    ]
    columns = ("matter_id", "document_id", "dataset", "row_id", "event", "date", "meeting_id", "page")
    events = [
        tuple(v[c].isoformat() if c == "date" and v[c] else v[c] for c in columns)
        for v in council_rows(output, "matter_events")
    ]
    stamp = hashlib.sha256()
    for row in (*matters, *events):
        stamp.update(repr(row).encode())
    return Followed(matters, events, stamp.hexdigest())


def write_matters(db: sqlite3.Connection, followed: Followed) -> None:
    """Put every matter in place of those that were there; events of papers that the index lacks are left
    out, and matters without events."""
    for table in ("matters", "matter_events"):
        db.execute(f"DELETE FROM {table}")
    known = {r[0] for r in db.execute("SELECT document_id FROM documents")}
    events = [v for v in followed.events if v[1] in known]
    insert(db, "matter_events", events)
    dealt_with = {v[0] for v in events}
    matters = [
        (key, council, document_id, number, place_of(number), kind, title if document_id in known else None)
        for key, council, document_id, number, kind, title in followed.matters
        if key in dealt_with
    ]
    insert(db, "matters", [(*m, None, None, 0) for m in matters])
    db.execute(COUNTED)


def place_of(number: str) -> str:
    """Sorts 2024-9 before 2024-10, whatever letters stand between."""
    return re.sub(r"\d+", lambda m: m[0].zfill(12), number.lower())


def forget_matters(db: sqlite3.Connection, document_id: str) -> None:
    """Take what a paper tells of matters out, and matters of which nothing else tells."""
    told = "SELECT DISTINCT matter_id FROM matter_events WHERE document_id = ?"
    touched = [r[0] for r in db.execute(told, (document_id,)).fetchall()]
    db.execute("DELETE FROM matter_events WHERE document_id = ?", (document_id,))
    for key in touched:
        if db.execute("SELECT 1 FROM matter_events WHERE matter_id = ? LIMIT 1", (key,)).fetchone():
            db.execute(f"{COUNTED} WHERE matter_id = ?", (key,))
            title = "UPDATE matters SET title = NULL WHERE matter_id = ? AND document_id = ?"
            db.execute(title, (key, document_id))
        else:
            db.execute("DELETE FROM matters WHERE matter_id = ?", (key,))


def matters_of(db: sqlite3.Connection, column: str, values: Sequence[str]) -> dict[str, list[Row]]:
    """By row (`row_id`) or paper (`document_id`): the matters that it deals with, the most followed first."""
    out: defaultdict[str, list[Row]] = defaultdict(list)
    if values:
        rows = _many(
            db,
            f"SELECT DISTINCT v.{column} AS at, m.matter_id, m.reference, m.kind, m.title, m.meetings FROM "
            f"matter_events v JOIN matters m USING (matter_id) WHERE v.{column} IN "
            f"({','.join('?' * len(values))}) ORDER BY m.meetings DESC, m.reference LIMIT 400",
            *values,
        )
        for r in rows:
            out[r.pop("at")].append(r)
    return out


def matters_named(db: sqlite3.Connection, typed: str, councils: Sequence[str] = ()) -> list[Row]:
    """The matters whose number is among the words typed, the most followed first."""
    words = [w for piece in typed.split()[:12] if (w := piece.strip("\"'#.,;()")) and re.search(r"\d", w)]
    if not words:
        return []
    narrowed = f"AND council IN ({','.join('?' * len(councils))})" if councils else ""
    return _many(
        db,
        f"SELECT * FROM matters WHERE reference COLLATE NOCASE IN ({','.join('?' * len(words))}) {narrowed} "
        f"ORDER BY meetings DESC, last_seen DESC, matter_id LIMIT {NAMED}",
        *words,
        *councils,
    )


def _many(db: sqlite3.Connection, sql: str, *values: str) -> list[Row]:
    return [dict(r) for r in db.execute(sql, values)]
