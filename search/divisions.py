"""What the page of a division shows: the motion's words, who voted how, what it amends, its neighbours."""

from __future__ import annotations

import sqlite3

from search.following import matters_of
from search.pages import Found, changes_of, document, many, one, reasons

CHOICES = ("for", "against", "abstain", "absent", "recused", "not_voting")


def division(db: sqlite3.Connection, motion_id: str) -> Found | None:
    """A motion that was put, with its votes by choice; None when there is no such motion."""
    m = one(db, "SELECT * FROM motions WHERE motion_id = ?", motion_id)
    if m is None:
        return None
    m["meeting"] = one(
        db,
        "SELECT * FROM meetings WHERE meeting_id = ? ORDER BY document_id = ? DESC LIMIT 1",
        m["meeting_id"],
        m["document_id"],
    )
    m["document"] = document(db, m["document_id"])
    e = one(db, "SELECT title, doubts, item, regions FROM entries WHERE key = ? LIMIT 1", motion_id) or {}
    m |= {"title": e.get("title") or "Motion", "reasons": reasons(e.get("doubts")), "item": e.get("item")}
    m["regions"] = e.get("regions")
    votes = many(
        db,
        "SELECT v.*, coalesce(s.main_id, v.person_id) AS person_id FROM votes v LEFT JOIN same_person s "
        "ON s.person_id = v.person_id WHERE motion_id = ? ORDER BY name",
        motion_id,
    )
    m["votes"] = {c: listed for c in CHOICES if (listed := [v for v in votes if v["choice"] == c])}
    m["changes"] = changes_of(db, m)
    m["counts"] = _counts(m)
    m["matters"] = matters_of(db, "row_id", [motion_id]).get(motion_id, [])
    others = many(
        db, "SELECT motion_id FROM motions WHERE meeting_id = ? ORDER BY page, rowid", m["meeting_id"]
    )
    at = next(i for i, o in enumerate(others or [m]) if o["motion_id"] == motion_id) if others else 0
    m["before"] = others[at - 1] if at else None
    m["after"] = others[at + 1] if at + 1 < len(others) else None
    return m


def _counts(m: Found) -> Found | None:
    """Votes as printed, else as the names count; None when neither is known."""
    if m["votes_for"] is not None:
        return {
            "for": m["votes_for"],
            "against": m["votes_against"],
            "abstain": m["abstentions"],
            "printed": True,
        }
    if not m["votes"]:
        return None
    counted = {c: len(m["votes"].get(c, ())) for c in ("for", "against", "abstain")}
    return {**counted, "printed": False}
