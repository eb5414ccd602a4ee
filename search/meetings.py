"""What the page of a meeting shows: its papers, the agenda with what came of each item, who came, divisions,
declarations, actions."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from search.following import matters_of
from search.pages import Found, many, one, reasons

ROWS = 900
"""Items and rows whose matters are looked for."""
ORDER = {"present": 0, "apologies": 1, "absent": 2}


def meeting(db: sqlite3.Connection, meeting_id: str) -> Found | None:
    """A meeting as all papers about it tell it. Papers of the same body and day
    are about the same meeting."""
    told = many(db, "SELECT * FROM meetings WHERE meeting_id = ? ORDER BY status = 'held' DESC", meeting_id)
    if not told:
        return None
    m = told[0]
    ids = _same_meeting(db, m)
    m["papers"] = _papers(db, ids)
    m["items"] = _items(db, ids)
    m["people"] = _people(db, ids)
    m["contradictions"] = _contradictions(m["people"])
    m["motions"] = many(db, f"SELECT * FROM motions WHERE meeting_id IN ({_marks(ids)}) ORDER BY page", *ids)
    m["declarations"] = many(
        db, f"SELECT * FROM declarations WHERE meeting_id IN ({_marks(ids)}) ORDER BY page", *ids
    )
    entries = many(
        db,
        f"SELECT rowid, * FROM entries WHERE meeting_id IN ({_marks(ids)}) AND kind IN ('resolution', "
        "'recommendation', 'motion', 'action') ORDER BY page, rowid",
        *ids,
    )
    for kind in ("resolution", "recommendation", "action"):
        m[kind] = [e for e in entries if e["kind"] == kind]
    _put_under_items(m, entries)
    m["matters"] = _matters(db, m, entries)
    m["doubts"] = _doubts(db, ids)
    m["before"], m["after"] = _neighbours(db, m)
    return m


def _marks(ids: list[str]) -> str:
    return ",".join("?" * len(ids))


def _same_meeting(db: sqlite3.Connection, m: Found) -> list[str]:
    if not (m["committee"] and m["date"]):
        return [m["meeting_id"]]
    rows = many(
        db,
        "SELECT DISTINCT meeting_id FROM meetings WHERE council = ? AND committee = ? AND date = ?",
        m["council"],
        m["committee"],
        m["date"],
    )
    return [r["meeting_id"] for r in rows]


def _papers(db: sqlite3.Connection, ids: list[str]) -> list[Found]:
    return many(
        db,
        "SELECT DISTINCT d.*, m.status AS tells FROM documents d JOIN meetings m USING (document_id) "
        f"WHERE m.meeting_id IN ({_marks(ids)}) ORDER BY m.status, d.title",
        *ids,
    )


def _items(db: sqlite3.Connection, ids: list[str]) -> list[Found]:
    """The agenda as the fullest of the papers has it."""
    rows = many(db, f"SELECT * FROM agenda_items WHERE meeting_id IN ({_marks(ids)}) ORDER BY position", *ids)
    by: dict[str, list[Found]] = {}
    for r in rows:
        by.setdefault(f"{r['meeting_id']} {r['document_id']}", []).append(r)
    return max(by.values(), key=len) if by else []


def _people(db: sqlite3.Connection, ids: list[str]) -> list[Found]:
    rows = many(
        db,
        "SELECT a.*, s.main_id FROM attendance a LEFT JOIN same_person s USING (person_id) WHERE "
        f"meeting_id IN ({_marks(ids)}) ORDER BY a.rowid",
        *ids,
    )
    once: dict[tuple[str | None, ...], Found] = {}
    for r in rows:
        r["person_id"] = r["main_id"] or r["person_id"]
        once.setdefault((r["person_id"] or r["name"], r["status"]), r)
    return sorted(once.values(), key=lambda r: (ORDER.get(r["status"] or "", 3), r["capacity"] != "member"))


def _contradictions(people: list[Found]) -> list[str]:
    """People whom the papers list in two ways."""
    said: dict[str, set[str]] = {}
    for p in people:
        said.setdefault(p["name"], set()).add(p["status"] or "not said")
    return [
        f"{name} is listed as {' and as '.join(sorted(ways))}" for name, ways in said.items() if len(ways) > 1
    ]


def _put_under_items(m: Found, entries: list[Found]) -> None:
    """What came of each item, under it; what stands under no item of the agenda apart."""
    heads: dict[str, Found] = {}
    came_of: dict[int, list[Found]] = {}
    elsewhere: list[Found] = []
    for i in m["items"]:
        came_of[id(i)] = []
        for key in (i["number"], i["minute_number"], i["title"]):
            if key:
                heads.setdefault(key, i)
    decided = {e["motion_id"] for e in entries if e["kind"] == "resolution"}
    for e in sorted(entries, key=_place):
        if e["kind"] == "motion" and e["key"] in decided:  # its clauses say it
            continue
        e["reasons"] = reasons(e["doubts"])
        title = (e["title"] or "").removeprefix("Motion: ").removeprefix("Amendment: ")
        item = heads.get(e["item"] or "") or heads.get(title)
        (elsewhere if item is None else came_of[id(item)]).append(e)
    for i in m["items"]:
        i["entries"] = came_of[id(i)]
    m["elsewhere"] = elsewhere


def _matters(db: sqlite3.Connection, m: Found, entries: list[Found]) -> list[Found]:
    """The matters that its items, decisions and motions deal with, each once."""
    rows = [*(i["item_id"] for i in m["items"]), *(e["key"] for e in entries)]
    dealt_with = matters_of(db, "row_id", rows[:ROWS])
    return list({f["matter_id"]: f for listed in dealt_with.values() for f in listed}.values())


def _place(e: Found) -> tuple[int, float]:
    """Where an entry begins."""
    boxes: list[list[float]] = json.loads(e["regions"] or "[]")
    return (int(boxes[0][0]), boxes[0][2]) if boxes else (e["page"] or 0, 0.0)


def _doubts(db: sqlite3.Connection, ids: list[str]) -> list[str]:
    rows = many(
        db,
        f"SELECT DISTINCT kind, text FROM problems WHERE row_id IN ({_marks(ids)}) AND severity <> 'note'",
        *ids,
    )
    return [f"{r['kind']}: {r['text']}" for r in rows]


def _neighbours(db: sqlite3.Connection, m: Found) -> tuple[Any, Any]:
    """The meetings of the same body before and after."""
    if not (m["committee"] and m["date"]):
        return None, None
    sql = (
        "SELECT meeting_id, date FROM meetings WHERE council = ? AND committee = ? AND date {} ? "
        "ORDER BY date {} LIMIT 1"
    )
    about = (m["council"], m["committee"], m["date"])
    return one(db, sql.format("<", "DESC"), *about), one(db, sql.format(">", "ASC"), *about)
