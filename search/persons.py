"""What the pages of a person and of an officer show."""

from __future__ import annotations

import sqlite3
from collections import Counter

from search.pages import Found, many
from search.query import printings

ROWS = 400
"""Rows of a list that one page shows."""


def person(db: sqlite3.Connection, person_id: str) -> Found | None:
    """A person under every name printed: attendance, motions, votes, declarations, roles. None for those who
    are kept out of the index."""
    ids = printings(db, person_id)
    marks = ",".join("?" * len(ids))
    rows = many(db, f"SELECT * FROM people WHERE person_id IN ({marks})", *ids)
    if not rows:
        return None
    name = max((r["name"] for r in rows), key=len)
    p: Found = {"person_id": ids[0], "council": rows[0]["council"], "name": name, "ids": ids}
    p["other_names"] = sorted(
        {n for r in rows for n in [r["name"], *(r["other_names"] or "").split(", ")] if n} - {name}
    )
    p["attendance"] = many(
        db,
        "SELECT a.*, m.date, m.committee, m.council FROM attendance a JOIN meetings m USING (meeting_id, "
        f"document_id) WHERE a.person_id IN ({marks}) ORDER BY coalesce(m.date, '') DESC LIMIT {ROWS}",
        *ids,
    )
    p["present"] = Counter(a["status"] or "not said" for a in p["attendance"])
    p["roles"] = _roles(p["attendance"], rows)
    p["motions"] = many(
        db,
        "SELECT o.*, m.date FROM motions o LEFT JOIN meetings m USING (meeting_id, document_id) WHERE "
        f"mover_person_id IN ({marks}) OR seconder_person_id IN ({marks}) "
        f"ORDER BY coalesce(m.date, '') DESC LIMIT {ROWS}",
        *ids,
        *ids,
    )
    p["votes"] = many(
        db,
        "SELECT v.choice, v.confidence, o.motion_id, o.text, o.outcome, o.kind, m.date, m.committee FROM "
        "votes v JOIN motions o USING (motion_id) LEFT JOIN meetings m ON m.meeting_id = o.meeting_id AND "
        f"m.document_id = o.document_id WHERE v.person_id IN ({marks}) "
        f"ORDER BY coalesce(m.date, '') DESC LIMIT {ROWS}",
        *ids,
    )
    p["choices"] = Counter(v["choice"] for v in p["votes"])
    p["declarations"] = many(
        db,
        "SELECT d.*, m.date, m.committee FROM declarations d LEFT JOIN meetings m USING (meeting_id, "
        f"document_id) WHERE d.person_id IN ({marks}) ORDER BY coalesce(m.date, '') DESC LIMIT {ROWS}",
        *ids,
    )
    p["together"] = _together(db, ids, marks)
    return p


def _roles(attendance: list[Found], rows: list[Found]) -> list[Found]:
    """Roles with the first and last day that a roll prints them; those without a day last."""
    out: dict[tuple[str, str], list[str]] = {}
    for a in attendance:
        if a["role"]:
            out.setdefault((a["role"], a["committee"] or ""), []).append(a["date"] or "")
    dated = [
        {"role": role, "committee": body, "first": min(days), "last": max(days)}
        for (role, body), days in out.items()
    ]
    said = {r["role"] for r in dated}
    others = sorted({n for r in rows for n in (r["roles"] or "").split(", ") if n} - said)
    return [*dated, *({"role": role, "committee": "", "first": "", "last": ""} for role in others)]


def _together(db: sqlite3.Connection, ids: list[str], marks: str) -> list[Found]:
    """With whom the person voted, most alike first."""
    return many(
        db,
        "SELECT coalesce(s.main_id, b.person_id) AS person_id, max(b.name) AS name, count(*) AS divisions, "
        "sum(a.choice = b.choice) AS agreed FROM votes a JOIN votes b ON a.motion_id = b.motion_id LEFT JOIN "
        f"same_person s ON s.person_id = b.person_id WHERE a.person_id IN ({marks}) AND b.person_id NOT IN "
        f"({marks}) GROUP BY 1 ORDER BY agreed * 1.0 / count(*) DESC, divisions DESC LIMIT 15",
        *ids,
        *ids,
    )


def officer(db: sqlite3.Connection, council: str, name: str) -> Found | None:
    """An officer's reports, the newest first; None when no report names one so."""
    reports = many(
        db,
        "SELECT c.*, d.committee, d.meeting_date AS date, d.title AS paper, p.title AS report, p.page_from "
        "FROM report_contacts c JOIN documents d USING (document_id) LEFT JOIN parts p ON p.part_id = "
        "c.part_id AND p.document_id = c.document_id WHERE d.council = ? AND c.name = ? "
        f"ORDER BY coalesce(d.meeting_date, '') DESC LIMIT {ROWS}",
        council,
        name,
    )
    if not reports:
        return None
    posts = sorted({r["job_title"] for r in reports if r["job_title"]})
    return {"council": council, "name": name, "posts": posts, "reports": reports}
