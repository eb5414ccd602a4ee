"""What the page of a matter shows: what is dealt with under one number, over all meetings.

A council's papers say which rows name the number; the words are those of the rows themselves.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from search.pages import Found, many, one, reasons

KINDS = {
    "decision": "Decision number",
    "planning": "Planning application",
    "by-law": "By-law",
    "ordinance": "Ordinance",
    "resolution": "Resolution",
    "file": "File",
    "title": "Put off:",
    "action": "Action:",
}
"""Whose number it is, or what is followed without one, in words."""
EVENTS = 1_000
"""Places where a matter was dealt with that one page shows."""
ALIKE = 20
"""Other matters that a page names."""


def matter(db: sqlite3.Connection, matter_id: str) -> Found | None:
    """A matter: its history, meeting by meeting from the first, what became of it last, its neighbours by
    number and the matters that the same lines name. None when there is none of that name."""
    m = one(db, "SELECT * FROM matters WHERE matter_id = ?", matter_id)
    if m is None:
        return None
    events = _events(db, matter_id)
    headings = (v["heading"] for v in events if _is_its_own(v["heading"] or "", m["reference"]))
    m["title"] = m["title"] or next(headings, None)
    m["is_its_own"] = _is_its_own(m["title"] or "", m["reference"])
    m["history"] = _by_meeting(events)
    m["latest"] = next((v for v in reversed(events) if v["date"]), None)
    m["papers"] = _papers(db, events)
    m["together"] = many(
        db,
        "SELECT o.*, count(*) AS shared FROM matter_events a JOIN matter_events b ON b.row_id = a.row_id AND "
        "b.matter_id <> a.matter_id JOIN matters o ON o.matter_id = b.matter_id WHERE a.matter_id = ? "
        f"GROUP BY o.matter_id ORDER BY shared DESC, o.reference LIMIT {ALIKE}",
        matter_id,
    )
    m["before"], m["after"] = _neighbours(db, m)
    return m


def _is_its_own(title: str, reference: str) -> bool:
    """Whether an item's title is the matter's too: its first number is the matter's, or it has none. "By-law
    2031-4 amending by-law 2020-20" names the first, and would be a wrong name for the second."""
    first, own = re.search(r"\d", title), title.lower().find(reference.lower())
    return bool(title) and (first is None or 0 <= own <= first.start())


def _events(db: sqlite3.Connection, matter_id: str) -> list[Found]:
    """Where it was dealt with, each with the words and the meeting of the row that says so, in order."""
    events = many(
        db,
        "SELECT v.*, e.title AS heading, coalesce(e.text, i.title, p.title) AS text, e.kind AS entry, "
        "e.outcome, e.mover, e.motion_id, e.confidence, e.doubts, "
        "coalesce(e.meeting_id, i.meeting_id, p.meeting_id, d.meeting_id) AS told_id, d.title AS paper, "
        "coalesce(e.committee, d.committee) AS committee, t.status FROM matter_events v "
        "LEFT JOIN entries e ON e.key = v.row_id AND e.document_id = v.document_id "
        "LEFT JOIN agenda_items i ON i.item_id = v.row_id LEFT JOIN parts p ON p.part_id = v.row_id "
        "LEFT JOIN documents d ON d.document_id = v.document_id LEFT JOIN meetings t ON t.document_id = "
        "v.document_id AND t.meeting_id = coalesce(e.meeting_id, i.meeting_id, p.meeting_id, d.meeting_id) "
        "WHERE v.matter_id = ? "
        f"ORDER BY v.date IS NULL, v.date, v.meeting_id, v.document_id, v.page, v.rowid LIMIT {EVENTS}",
        matter_id,
    )
    for v in events:
        v["reasons"] = reasons(v["doubts"])
    decided = {v["motion_id"] for v in events if v["entry"] == "resolution"}
    return [v for v in events if v["entry"] != "motion" or v["row_id"] not in decided]  # its clauses say it


def _by_meeting(events: Sequence[Found]) -> list[Found]:
    """The events, meeting by meeting, with the body that met."""
    meetings: dict[str, Found] = {}
    for v in events:
        key = v["meeting_id"] or v["document_id"]
        m = meetings.setdefault(key, {"date": v["date"], "events": list[Found]()})
        for name, column in (("committee", "committee"), ("meeting_id", "told_id"), ("status", "status")):
            m[name] = m.get(name) or v[column]
        m["events"].append(v)
    return list(meetings.values())


def _papers(db: sqlite3.Connection, events: Sequence[Found]) -> list[Found]:
    ids = list(dict.fromkeys(v["document_id"] for v in events))[:100]
    return many(
        db,
        "SELECT document_id, title, kind, meeting_date, pages, council_doubt FROM documents WHERE "
        f"document_id IN ({','.join('?' * len(ids))}) ORDER BY coalesce(meeting_date, ''), title",
        *ids,
    )


def _neighbours(db: sqlite3.Connection, m: Found) -> list[Found | None]:
    """The matters of the same council and kind whose numbers come before and after."""
    sql = "SELECT matter_id, reference FROM matters WHERE council = ? AND kind = ? AND place {} ? ORDER BY {}"
    here = (m["council"], m["kind"], m["place"])
    return [
        one(db, sql.format(*which), *here) for which in (("<", "place DESC LIMIT 1"), (">", "place LIMIT 1"))
    ]
