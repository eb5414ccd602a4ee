"""Attendance, votes, declarations and report officers as lists that can be narrowed: who was absent, who
voted against, who declared what, who stands behind which report."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from search.matters import KINDS as MATTER_KINDS
from search.pages import Found, many
from search.query import printings
from search.words import match_of
from search.writing import token

PAGE = 50
MOST = 5_000
"""Rows of an export."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of record: what it is called, its columns (column, heading), SQL, what `choice` may be and which
    column that narrows, the columns in which words are looked for, that of the day and that of the body."""

    name: str
    title: str
    help: str
    columns: tuple[tuple[str, str], ...]
    sql: str
    choices: tuple[str, ...]
    choice_column: str
    name_column: str
    words_in: tuple[str, ...]
    person_column: str | None
    motion_words: bool = False
    dated: str = "m.date"
    body_column: str | None = "m.committee"


COMMON = (("date", "Date"), ("council", "Council"), ("committee", "Body"))
ATTENDANCE = Kind(
    "attendance",
    "Who came to meetings",
    "Members and officers on the rolls of meetings: present, sorry not to be there, absent.",
    (*COMMON, ("name", "Name"), ("status", "Listed as"), ("capacity", "Sits as"), ("role", "Role")),
    "SELECT m.date, m.council, m.committee, a.name, a.status, a.capacity, coalesce(a.role, "
    "a.job_title) AS role, a.person_id, a.meeting_id, a.document_id, a.page, a.confidence FROM "
    "attendance a JOIN meetings m USING (meeting_id, document_id) WHERE a.capacity IN ('member', 'officer')",
    ("present", "apologies", "absent"),
    "a.status",
    "a.name",
    ("a.name",),
    "a.person_id",
)
VOTES = Kind(
    "votes",
    "How members voted",
    "Recorded votes, one a member and division. Words are looked for in the motion.",
    (*COMMON, ("name", "Name"), ("choice", "Vote"), ("motion", "Motion"), ("outcome", "Outcome")),
    "SELECT m.date, m.council, m.committee, v.name, v.choice, o.text AS motion, o.outcome, v.person_id, "
    "v.motion_id, o.meeting_id, v.document_id, coalesce(v.page, o.page) AS page, v.confidence FROM votes v "
    "JOIN motions o USING (motion_id) LEFT JOIN meetings m ON m.meeting_id = o.meeting_id AND m.document_id "
    "= o.document_id WHERE 1",
    ("for", "against", "abstain", "absent", "recused", "not_voting"),
    "v.choice",
    "v.name",
    ("o.text",),
    "v.person_id",
    motion_words=True,
)
DECLARATIONS = Kind(
    "declarations",
    "Interests declared",
    "Interests that members declared, as the minutes tell them.",
    (*COMMON, ("name", "Name"), ("kind", "Kind"), ("text", "In the paper's words"), ("item_number", "Item")),
    "SELECT m.date, m.council, m.committee, d.name, d.kind, d.text, d.item_number, d.left_meeting, "
    "d.person_id, d.meeting_id, d.document_id, d.page, d.confidence FROM declarations d LEFT JOIN meetings m "
    "USING (meeting_id, document_id) WHERE 1",
    ("pecuniary", "non-pecuniary", "other"),
    "d.kind",
    "d.name",
    ("d.name", "d.text"),
    "d.person_id",
)
OFFICERS = Kind(
    "officers",
    "Officers behind reports",
    "Who wrote, or answers for, each report. Words are looked for in names, posts and titles of reports.",
    (*COMMON, ("name", "Name"), ("job_title", "Post"), ("role", "Role"), ("report", "Report")),
    "SELECT m.meeting_date AS date, m.council, m.committee, c.name, c.job_title, c.role, coalesce(p.title, "
    "m.title) AS report, c.document_id, c.page, c.confidence FROM report_contacts c JOIN documents m USING "
    "(document_id) LEFT JOIN parts p ON p.part_id = c.part_id AND p.document_id = c.document_id WHERE 1",
    (),
    "c.role",
    "c.name",
    ("c.name", "c.job_title", "p.title"),
    None,
    dated="m.meeting_date",
)
MATTERS = Kind(
    "matters",
    "Matters followed over meetings",
    "What is dealt with under one number: decisions, planning applications, by-laws, ordinances, "
    "resolutions, files. Words are looked for in numbers and titles.",
    (("date", "Last"), ("council", "Council"), ("kind", "Kind"), ("name", "Number"), ("title", "Title"),
     ("meetings", "Meetings"), ("first_seen", "First")),
    "SELECT m.last_seen AS date, m.council, m.kind, m.reference AS name, m.title, m.meetings, m.first_seen, "
    "m.matter_id, m.document_id, NULL AS page, NULL AS confidence FROM matters m WHERE 1",
    tuple(MATTER_KINDS),
    "m.kind",
    "m.reference",
    ("m.reference", "m.title"),
    None,
    dated="m.last_seen",
    body_column=None,
)  # fmt: skip
KINDS = {k.name: k for k in (ATTENDANCE, VOTES, DECLARATIONS, OFFICERS, MATTERS)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list of records is narrowed; empty is any. `name` is part of a name."""

    q: str = ""
    name: str = ""
    choice: str = ""
    council: str = ""
    committee: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    page: int = 1


def records(db: sqlite3.Connection, kind: Kind, w: Wanted, size: int = PAGE) -> tuple[list[Found], bool]:
    """A page of records, the newest first, and whether there are more."""
    where: list[str] = []
    values: list[Any] = []

    def add(sql: str, *given: Any) -> None:
        where.append(sql)
        values.extend(given)

    _words(kind, w, add)
    if w.name:
        add(f"{kind.name_column} LIKE ?", f"%{w.name}%")
    if w.choice:
        add(f"{kind.choice_column} = ?", w.choice)
    if w.council:
        add("m.council = ?", w.council)
    if w.committee and kind.body_column:
        add(f"{kind.body_column} = ?", w.committee)
    if w.person and kind.person_column:
        ids = printings(db, w.person)
        add(f"{kind.person_column} IN ({','.join('?' * len(ids))})", *ids)
    if w.since:
        add(f"{kind.dated} >= ?", w.since.isoformat())
    if w.until:
        add(f"{kind.dated} <= ?", w.until.isoformat())
    narrowed = "".join(f" AND {sql}" for sql in where)
    rows = many(
        db,
        f"{kind.sql}{narrowed} ORDER BY coalesce({kind.dated}, '') DESC, 2, 3, 4 LIMIT ? OFFSET ?",
        *values,
        size + 1,
        (w.page - 1) * size,
    )
    return rows[:size], len(rows) > size


def _words(kind: Kind, w: Wanted, add: Any) -> None:
    match = match_of(w.q)
    if match and kind.motion_words:
        asked = f"{{title text people reference}} : ({match}) AND facets : {token('k', 'motion')}"
        add(
            "o.motion_id IN (SELECT key FROM entries WHERE rowid IN (SELECT rowid FROM found WHERE "
            "found MATCH ?))",
            asked,
        )
    elif match:
        for word in w.q.split():
            add(f"({' OR '.join(f'{c} LIKE ?' for c in kind.words_in)})", *[f"%{word}%"] * len(kind.words_in))
