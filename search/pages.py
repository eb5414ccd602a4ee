"""What the pages of entries, bodies and councils show, asked of the index."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from search.differences import compared
from search.following import matters_of

Found = dict[str, Any]


def one(db: sqlite3.Connection, sql: str, *values: Any) -> Found | None:
    """The first row as a dict, or None."""
    row = db.execute(sql, values).fetchone()
    return dict(row) if row else None


def many(db: sqlite3.Connection, sql: str, *values: Any) -> list[Found]:
    """All rows as dicts."""
    return [dict(r) for r in db.execute(sql, values).fetchall()]


def document(db: sqlite3.Connection, document_id: str) -> Found:
    """A document's own row; empty when the index has none."""
    return one(db, "SELECT * FROM documents WHERE document_id = ?", document_id) or {}


def reasons(doubts: str | None) -> list[str]:
    """The reasons to doubt, one each."""
    return [line for line in (doubts or "").split("\n") if line]


def pages_of(regions: str | None, page: int | None) -> list[int]:
    """The pages that the boxes lie on."""
    return sorted({r[0] for r in json.loads(regions or "[]")}) or ([page] if page else [])


def entry(db: sqlite3.Connection, key: str) -> Found | None:
    """An entry with its document, meeting, division, amendments and neighbours in its paper."""
    hit = one(db, "SELECT rowid, * FROM entries WHERE key = ? ORDER BY rowid LIMIT 1", key)
    if hit is None:
        return None
    hit["document"] = document(db, hit["document_id"])
    hit["meeting"] = one(
        db,
        "SELECT * FROM meetings WHERE meeting_id = ? ORDER BY document_id = ? DESC LIMIT 1",
        hit["meeting_id"],
        hit["document_id"],
    )
    hit["pages"] = pages_of(hit["regions"], hit["page"])
    hit["reasons"] = reasons(hit["doubts"])
    motion = one(db, "SELECT * FROM motions WHERE motion_id = ?", hit["motion_id"] or "")
    if motion:
        hit["motion"] = motion
        hit["recorded"] = bool(one(db, "SELECT 1 FROM votes WHERE motion_id = ? LIMIT 1", hit["motion_id"]))
    if hit["kind"] == "motion" and motion:
        hit["changes"] = changes_of(db, motion)
    hit["matters"] = matters_of(db, "row_id", [key]).get(key, [])
    hit["before"], hit["after"] = _neighbours(db, hit)
    return hit


def changes_of(db: sqlite3.Connection, motion: Found) -> Found:
    """What an amendment makes of the motion that it amends, and the amendments to a motion."""
    amended = one(db, "SELECT * FROM motions WHERE motion_id = ?", motion["amends"] or "")
    return {
        "amends": amended,
        "difference": compared(amended["text"] or "", motion["text"] or "") if amended else [],
        "amended_by": many(db, "SELECT * FROM motions WHERE amends = ?", motion["motion_id"]),
    }


def _neighbours(db: sqlite3.Connection, hit: Found) -> tuple[Found | None, Found | None]:
    """The entries of the same kind before and after in the same paper."""
    listed = many(
        db,
        "SELECT key, title, text FROM entries WHERE document_id = ? AND kind = ? ORDER BY page, rowid",
        hit["document_id"],
        hit["kind"],
    )
    at = next((i for i, e in enumerate(listed) if e["key"] == hit["key"]), None)
    if at is None:
        return None, None
    return listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None


def council(db: sqlite3.Connection, name: str) -> Found | None:
    """A council: its bodies, meetings, papers, members, decisions a month."""
    if one(db, "SELECT 1 FROM documents WHERE council = ? LIMIT 1", name) is None:
        return None
    return {
        "name": name,
        "committees": many(
            db,
            "SELECT committee, count(DISTINCT coalesce(date, meeting_id)) AS n, max(date) AS last FROM "
            "meetings WHERE council = ? AND committee IS NOT NULL GROUP BY committee ORDER BY n DESC",
            name,
        ),
        "meetings": meetings_of(db, "m.council = ?", name),
        "papers": many(
            db,
            "SELECT * FROM documents WHERE council = ? ORDER BY coalesce(meeting_date, '') DESC, "
            "document_id LIMIT 60",
            name,
        ),
        "months": decisions_a_month(db, "council = ?", name),
        "members": members_of(db, "m.council = ?", name),
        "matters": many(
            db,
            "SELECT matter_id, reference, kind, title, last_seen, meetings FROM matters WHERE council = ? "
            "ORDER BY meetings > 1 DESC, coalesce(last_seen, '') DESC, reference LIMIT 12",
            name,
        ),
    }


def meetings_of(db: sqlite3.Connection, condition: str, *values: Any) -> list[Found]:
    """Meetings with how many decisions each has, the newest first; one that several papers tell once."""
    return many(
        db,
        "SELECT m.meeting_id, m.date, m.committee, m.council, max(m.status) AS status, m.kind, (SELECT "
        "count(*) FROM entries e WHERE e.meeting_id = m.meeting_id AND e.kind = 'resolution') AS decisions "
        f"FROM meetings m WHERE {condition} GROUP BY m.meeting_id ORDER BY coalesce(m.date, '') DESC, "
        "m.meeting_id LIMIT 200",
        *values,
    )


def members_of(db: sqlite3.Connection, condition: str, *values: Any) -> list[Found]:
    """Members with the meetings whose rolls list them and those that they were present at."""
    return many(
        db,
        "SELECT coalesce(s.main_id, a.person_id) AS person_id, max(a.name) AS name, sum(a.status = "
        "'present') AS present, count(*) AS listed FROM attendance a JOIN meetings m USING "
        "(meeting_id, document_id) "
        "LEFT JOIN same_person s ON s.person_id = a.person_id "
        f"WHERE {condition} AND a.capacity = 'member' AND a.person_id IS NOT NULL GROUP BY 1 "
        "ORDER BY listed DESC, name LIMIT 100",
        *values,
    )


def body(db: sqlite3.Connection, council_name: str, name: str) -> Found | None:
    """A body of a council: its meetings, members and decisions a month."""
    meetings = meetings_of(db, "m.council = ? AND m.committee = ?", council_name, name)
    if not meetings:
        return None
    return {
        "council": council_name,
        "name": name,
        "meetings": meetings,
        "months": decisions_a_month(db, "council = ? AND committee = ?", council_name, name),
        "members": members_of(db, "m.council = ? AND m.committee = ?", council_name, name),
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
    """Every council with how many documents it has and the last meeting; papers whose council is not known
    last."""
    return many(
        db,
        "SELECT council, count(*) AS documents, max(meeting_date) AS last FROM documents GROUP BY "
        "council ORDER BY council = 'unknown', documents DESC, council",
    )


def newest(db: sqlite3.Connection, most: int = 6) -> list[Found]:
    """The decisions that came into the index last."""
    return many(
        db,
        "SELECT * FROM (SELECT rowid, * FROM entries ORDER BY found_at DESC LIMIT 5000) WHERE kind = "
        "'resolution' ORDER BY found_at DESC, rowid LIMIT ?",
        most,
    )
