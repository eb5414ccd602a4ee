"""Matters, what is dealt with under one number, into the index; and which of them a row or paper deals with.

The index holds which row of which paper names the number; the words are those of the rows themselves, so that
a paper withdrawn leaves nothing behind.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from search.entries import Row
from search.lake import council_rows
from search.tables import insert

OVER_PAPERS = ("matters", "matter_events")
NAMED = 5
"""Matters that a search shows above its hits."""
COUNTED = """
UPDATE matters SET
  first_seen = (SELECT min(date) FROM matter_events v WHERE v.matter_id = matters.matter_id),
  last_seen = (SELECT max(date) FROM matter_events v WHERE v.matter_id = matters.matter_id),
  meetings = (SELECT count(DISTINCT meeting_id) FROM matter_events v WHERE v.matter_id = matters.matter_id)
"""


def matters_as_stored(output: Path) -> tuple[list[Row], list[Row], str]:
    """Rows of the two datasets, and a stamp that changes when they do."""
    matters, events = (list(council_rows(output, name)) for name in OVER_PAPERS)
    told = [(m["matter_id"], m["reference"], m["kind"], m["title"]) for m in matters]
    where = [(v["matter_id"], v["row_id"], v["event"], v["date"], v["meeting_id"]) for v in events]
    return matters, events, hashlib.sha256(repr((told, where)).encode()).hexdigest()


def write_matters(db: sqlite3.Connection, matters: Iterable[Row], events: Iterable[Row]) -> None:
    """Put every matter in place of those that were there; events of papers that the index lacks are left
    out, and matters without events."""
    for table in OVER_PAPERS:
        db.execute(f"DELETE FROM {table}")
    known = {r[0] for r in db.execute("SELECT document_id FROM documents")}
    rows = [
        (
            v["matter_id"], v["document_id"], v["dataset"], v["row_id"], v["event"],
            v["date"].isoformat() if v["date"] else None, v["meeting_id"], v["page"],
        )
        for v in events
        if v["document_id"] in known
    ]  # fmt: skip
    insert(db, "matter_events", rows)
    dealt_with = {r[0] for r in rows}
    listed = [
        (
            m["matter_id"], m["council"], m["document_id"], m["reference"], m["kind"],
            m["title"] if m["document_id"] in known else None, None, None, 0,
        )
        for m in matters
        if m["matter_id"] in dealt_with
    ]  # fmt: skip
    insert(db, "matters", listed)
    db.execute(COUNTED)


def forget_matters(db: sqlite3.Connection, document_id: str) -> None:
    """Take what a paper tells of matters out, and matters of which nothing else tells."""
    told = "SELECT matter_id FROM matter_events WHERE document_id = ?"
    touched = [r[0] for r in db.execute(told, (document_id,)).fetchall()]
    db.execute("DELETE FROM matter_events WHERE document_id = ?", (document_id,))
    db.execute("UPDATE matters SET title = NULL WHERE document_id = ?", (document_id,))
    for matter_id in dict.fromkeys(touched):
        db.execute(f"{COUNTED} WHERE matter_id = ?", (matter_id,))
    db.execute("DELETE FROM matters WHERE matter_id NOT IN (SELECT matter_id FROM matter_events)")


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
