"""What the pages show, asked of the index: a meeting, a person, a council, a committee, an entry."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

Found = dict[str, Any]


def one(db: sqlite3.Connection, sql: str, *values: Any) -> Found | None:
    """The first row as a dict, or None."""
    row = db.execute(sql, values).fetchone()
    return dict(row) if row else None


def many(db: sqlite3.Connection, sql: str, *values: Any) -> list[Found]:
    """All rows as dicts."""
    return [dict(r) for r in db.execute(sql, values).fetchall()]


def entry(db: sqlite3.Connection, key: str) -> Found | None:
    """An entry with its document and meeting, and for a motion its votes."""
    hit = one(db, "SELECT rowid, * FROM entries WHERE key = ? ORDER BY rowid LIMIT 1", key)
    if hit is None:
        return None
    hit["document"] = one(db, "SELECT * FROM documents WHERE document_id = ?", hit["document_id"]) or {}
    hit["meeting"] = one(db, "SELECT * FROM meetings WHERE meeting_id = ?", hit["meeting_id"])
    hit["pages"] = sorted({r[0] for r in json.loads(hit["regions"] or "[]")}) or (
        [hit["page"]] if hit["page"] else []
    )
    if hit["kind"] == "motion":
        hit["motion"] = one(db, "SELECT * FROM motions WHERE motion_id = ?", key)
        hit["votes"] = many(db, "SELECT * FROM votes WHERE motion_id = ? ORDER BY choice DESC, name", key)
    return hit


def meeting(db: sqlite3.Connection, meeting_id: str) -> Found | None:
    """A meeting: agenda, who came, decisions, motions with votes, actions."""
    m = one(db, "SELECT * FROM meetings WHERE meeting_id = ?", meeting_id)
    if m is None:
        return None
    m["document"] = one(db, "SELECT * FROM documents WHERE document_id = ?", m["document_id"]) or {}
    m["items"] = many(db, "SELECT * FROM agenda_items WHERE meeting_id = ? ORDER BY position", meeting_id)
    m["people"] = many(
        db, "SELECT * FROM attendance WHERE meeting_id = ? ORDER BY status DESC, capacity, rowid", meeting_id
    )
    m["motions"] = many(db, "SELECT * FROM motions WHERE meeting_id = ?", meeting_id)
    for kind in ("resolution", "action"):
        m[kind] = many(
            db,
            "SELECT * FROM entries WHERE meeting_id = ? AND kind = ? ORDER BY page, rowid",
            meeting_id,
            kind,
        )
    return m


def person(db: sqlite3.Connection, person_id: str) -> Found | None:
    """A person: names, attendance, motions, votes, actions over time. None for those who are kept out of the
    index."""
    rows = many(db, "SELECT * FROM people WHERE person_id = ?", person_id)
    if not rows:
        return None
    p: Found = {
        "person_id": person_id,
        "council": rows[0]["council"],
        "name": max((r["name"] for r in rows), key=len),
    }
    p["other_names"] = sorted(
        {n for r in rows for n in (r["other_names"] or "").split(", ") if n} - {p["name"]}
    )
    p["roles"] = sorted({n for r in rows for n in (r["roles"] or "").split(", ") if n})
    p["attendance"] = many(
        db,
        "SELECT a.*, m.date, m.committee FROM attendance a JOIN meetings m USING (meeting_id) WHERE "
        "person_id = ? ORDER BY m.date DESC",
        person_id,
    )
    p["motions"] = many(
        db,
        "SELECT o.*, m.date FROM motions o LEFT JOIN meetings m USING (meeting_id) WHERE "
        "mover_person_id = ? OR seconder_person_id = ? ORDER BY m.date DESC LIMIT 200",
        person_id,
        person_id,
    )
    p["votes"] = many(
        db,
        "SELECT v.choice, o.motion_id, o.text, o.outcome, o.kind, m.date FROM votes v JOIN motions o "
        "USING (motion_id) LEFT JOIN meetings m USING (meeting_id) WHERE v.person_id = ? ORDER BY "
        "m.date DESC LIMIT 200",
        person_id,
    )
    p["together"] = many(
        db,
        "SELECT b.person_id, max(b.name) AS name, count(*) AS divisions, sum(a.choice = b.choice) AS "
        "agreed FROM votes a JOIN votes b ON a.motion_id = b.motion_id AND a.person_id <> b.person_id "
        "WHERE a.person_id = ? GROUP BY b.person_id ORDER BY agreed * 1.0 / count(*) DESC, divisions "
        "DESC LIMIT 15",
        person_id,
    )
    return p


def council(db: sqlite3.Connection, name: str) -> Found | None:
    """A council: its committees, meetings, decisions a month."""
    if one(db, "SELECT 1 FROM documents WHERE council = ? LIMIT 1", name) is None:
        return None
    return {
        "name": name,
        "committees": many(
            db,
            "SELECT committee, count(*) AS n, max(date) AS last FROM meetings WHERE council = ? AND "
            "committee IS NOT NULL GROUP BY committee ORDER BY n DESC",
            name,
        ),
        "meetings": many(db, "SELECT * FROM meetings WHERE council = ? ORDER BY date DESC LIMIT 100", name),
        "months": decisions_a_month(db, "council = ?", name),
        "members": many(
            db,
            "SELECT person_id, max(name) AS name, sum(a.status = 'present') AS present, count(*) AS "
            "listed FROM attendance a JOIN meetings USING (meeting_id) WHERE council = ? AND "
            "capacity = 'member' AND person_id IS NOT NULL GROUP BY person_id ORDER BY listed DESC "
            "LIMIT 60",
            name,
        ),
    }


def committee(db: sqlite3.Connection, council_name: str, name: str) -> Found | None:
    """A committee: its meetings and decisions a month."""
    meetings = many(
        db,
        "SELECT * FROM meetings WHERE council = ? AND committee = ? ORDER BY date DESC LIMIT 200",
        council_name,
        name,
    )
    if not meetings:
        return None
    return {
        "council": council_name,
        "name": name,
        "meetings": meetings,
        "months": decisions_a_month(db, "council = ? AND committee = ?", council_name, name),
    }


def decisions_a_month(db: sqlite3.Connection, condition: str, *values: Any) -> list[tuple[str, int]]:
    """(month, resolutions) for every month that has any, oldest first."""
    rows = db.execute(
        f"SELECT substr(day, 1, 7) AS month, count(*) FROM entries WHERE kind = 'resolution' AND day "
        f"IS NOT NULL AND {condition} GROUP BY month ORDER BY month",
        values,
    ).fetchall()
    return [(r[0], r[1]) for r in rows][-60:]


def councils(db: sqlite3.Connection) -> list[Found]:
    """Every council with how many documents it has and the last meeting."""
    return many(
        db,
        "SELECT council, count(*) AS documents, max(meeting_date) AS last FROM documents GROUP BY "
        "council ORDER BY documents DESC",
    )
