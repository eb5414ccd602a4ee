"""A search and its answer: hits, how many, counts to filter by, help with spelling."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from search.again import FIRST_ONLY, accounts_of
from search.following import matters_of
from search.words import better_spelling, match_of, pieces_of
from search.writing import FAR, ROOM, SURE, token

MOST = 3_000
"""Hits that are ranked and counted; of a usual word the newest so many."""
USUAL = 60_000
"""Occurrences of the words asked for, together, above which the newest hits come first instead of the
likest."""
PAGE = 20
SORTS = ("best", "newest", "oldest", "due", "found")
"""Orders; `found` is by when a hit first came into the index, `due` by when it is to be done."""
NEW = 20_000
"""Entries newly found among which a search ordered by that looks first."""
MANY = ("council", "committee", "kind", "outcome")
"""Filters that take several values."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as asked: what was typed and what it was narrowed to. A filter of several values wants any of
    them; `amount` is the least sum named, `sure` wants only what nothing doubts, `every` what
    several papers tell from each of them."""

    q: str = ""
    council: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    person: str = ""
    paper: str = ""
    since: date | None = None
    until: date | None = None
    due_since: date | None = None
    due_until: date | None = None
    amount: int = 0
    sure: bool = False
    every: bool = False
    page: int = 1
    sort: str = "best"

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return replace(self, page=1, sort="best") != Search()


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits of one page, how many there are (`more` when that is only the newest that were counted), and the
    spelling that was searched for instead, when what was typed found nothing."""

    hits: list[dict[str, Any]]
    total: int
    more: bool
    ids: list[int] = field(default_factory=lambda: list[int]())
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in SQL: tables, condition, values."""

    tables: str
    where: str
    values: tuple[Any, ...]

    @property
    def has_words(self) -> bool:
        """Whether the full-text index is asked."""
        return "MATCH" in self.where


def in_sql(db: sqlite3.Connection, s: Search) -> Asked:
    """The search as SQL over `found`, whose rowid is that of `entries`."""
    match = match_of(s.q)
    parts = [f"{{title text people reference}} : ({match})"] if match else []
    parts += [f"facets : {_any(t)}" for t in _facets(db, s) if t]
    where: list[str] = []
    values: list[Any] = []
    if parts:
        where.append("found MATCH ?")
        values.append(" AND ".join(parts))
    if s.until:
        where.append("found.rowid >= ?")
        values.append((FAR - s.until.toordinal()) * ROOM)
    if s.since:
        where.append("found.rowid < ?")
        values.append((FAR - s.since.toordinal() + 1) * ROOM)
    where += [FIRST_ONLY] if not s.every and not s.paper else []
    exact = _exact(s)
    column = "e" if parts else "found"
    where += [f"{column}.{sql}" for sql, _ in exact]
    values += [value for _, value in exact if value is not None]
    table = "found" if parts else "entries AS found"
    joined = f"{table} CROSS JOIN entries AS e ON e.rowid = found.rowid" if exact and parts else table
    return Asked(joined, f"WHERE {' AND '.join(where)}" if where else "", tuple(values))


def _exact(s: Search) -> list[tuple[str, Any]]:
    """What is compared with the entries' own values, before anything is cut off."""
    out: list[tuple[str, Any]] = [("amount >= ?", s.amount)] if s.amount > 0 else []
    out += [("due >= ?", s.due_since.isoformat())] if s.due_since else []
    out += [("due <= ?", s.due_until.isoformat())] if s.due_until else []
    return [*out, ("due IS NOT NULL", None)] if s.sort == "due" else out


def _any(tokens: Sequence[str]) -> str:
    return tokens[0] if len(tokens) == 1 else "(" + " OR ".join(tokens) + ")"


def _facets(db: sqlite3.Connection, s: Search) -> list[list[str]]:
    bodies = [token("m", f"{c}|{m}") for c in s.council for m in s.committee]
    return [
        [token("c", c) for c in s.council],
        bodies,
        [token("k", k) for k in s.kind],
        [token("o", o) for o in s.outcome],
        [token("p", p) for p in printings(db, s.person)] if s.person else [],
        [token("d", s.paper)] if s.paper else [],
        [SURE] if s.sure else [],
        [f"zqamount{min(9, len(str(s.amount)) - 1)}"] if s.amount > 0 else [],
    ]


def printings(db: sqlite3.Connection, person_id: str) -> list[str]:
    """The ids of everything that is printed of one person, the main one first."""
    row = db.execute("SELECT main_id FROM same_person WHERE person_id = ?", [person_id]).fetchone()
    main = row[0] if row else person_id
    others = db.execute("SELECT person_id FROM same_person WHERE main_id = ?", [main]).fetchall()
    return list(dict.fromkeys([main, *(r[0] for r in others), person_id]))


def search(db: sqlite3.Connection, s: Search, *, size: int = PAGE, snippets: bool = True) -> Answer:
    """Answer a search; of words that nothing has, the likest that something has are searched for instead."""
    found = _answer(db, s, size, snippets)
    if found.total or not s.q:
        return found
    better = better_spelling(db, s.q)
    if not better:
        return found
    return replace(_answer(db, replace(s, q=better), size, snippets), better=better)


def matching(db: sqlite3.Connection, s: Search, most: int) -> list[int]:
    """Row numbers of what is found, the newest first (the oldest when that is asked), at most so many."""
    a = in_sql(db, s)
    order = "DESC" if s.sort == "oldest" else ""
    rows = db.execute(
        f"SELECT found.rowid FROM {a.tables} {a.where} ORDER BY found.rowid {order} LIMIT ?",
        [*a.values, most],
    )
    return [r[0] for r in rows]


def _answer(db: sqlite3.Connection, s: Search, size: int, snippets: bool) -> Answer:
    ids = newly_found(db, s) if s.sort == "found" else []
    ids = ids if len(ids) >= s.page * size else matching(db, s, MOST + 1)
    more, ids = len(ids) > MOST, ids[:MOST]
    order = _ordered(db, s, ids, more)
    shown = order[(s.page - 1) * size : s.page * size]
    return Answer(_hits(db, shown, in_sql(db, s) if snippets else None), len(ids), more, ids)


def newly_found(db: sqlite3.Connection, s: Search) -> list[int]:
    """Those of the newest entries, by when they came into the index, that are found."""
    a = in_sql(db, s)
    joined = "AND" if a.where else "WHERE"
    rows = db.execute(
        f"SELECT found.rowid FROM {a.tables} {a.where} {joined} found.rowid IN "
        f"(SELECT rowid FROM entries ORDER BY found_at DESC LIMIT {NEW}) LIMIT ?",
        [*a.values, MOST],
    )
    return [r[0] for r in rows]


def _ordered(db: sqlite3.Connection, s: Search, ids: list[int], more: bool) -> list[int]:
    if s.sort in ("due", "found") and ids:
        by = "due IS NULL, due, rowid" if s.sort == "due" else "found_at DESC, rowid"
        rows = db.execute(f"SELECT rowid FROM entries WHERE rowid IN ({_marks(ids)}) ORDER BY {by}")
        return [r[0] for r in rows]
    if s.sort != "best" or not match_of(s.q) or more or len(ids) < 2 or _is_usual(db, s.q):
        return ids
    a = in_sql(db, s)
    ranked = db.execute(
        f"SELECT found.rowid FROM {a.tables} {a.where} "
        f"ORDER BY bm25(found, 4.0, 1.0, 3.0, 6.0, 0.0), found.rowid LIMIT ?",
        [*a.values, MOST],
    )
    return [r[0] for r in ranked]


def _marks(ids: Sequence[int]) -> str:
    return ",".join(map(str, ids))


def _is_usual(db: sqlite3.Connection, typed: str) -> bool:
    """Whether the words are so usual that weighing them (bm25 walks through every entry that has one) would
    keep people waiting."""
    words = pieces_of(typed)
    marks = ",".join("?" * len(words))
    return (db.execute(f"SELECT sum(n) FROM words WHERE word IN ({marks})", words).fetchone()[0] or 0) > USUAL


def _hits(db: sqlite3.Connection, ids: list[int], snippets_of: Asked | None) -> list[dict[str, Any]]:
    """The entries in this order; with snippets and marked titles where the search they are of is given."""
    if not ids:
        return []
    listed = db.execute(
        "SELECT e.rowid, e.*, d.council_doubt FROM entries e LEFT JOIN documents d USING (document_id) "
        f"WHERE e.rowid IN ({_marks(ids)})"
    )
    rows = {r["rowid"]: dict(r) for r in listed}
    told = accounts_of(db, [r["key"] for r in rows.values()])
    for r in rows.values():
        r["accounts"] = told.get(r["key"], [])
        r["also_in"] = "\n".join(a["key"] for a in r["accounts"]) or None
    if snippets_of and snippets_of.has_words:
        for i in ids:  # a snippet at a time: asked for together, FTS5 would walk through every match
            r = db.execute(
                "SELECT snippet(found, 1, char(2), char(3), '…', 40) AS snippet, highlight(found, 0, "
                "char(2), char(3)) AS head FROM found WHERE found MATCH ? AND rowid = ?",
                [snippets_of.values[0], i],
            ).fetchone()
            if r:
                rows[i]["snippet"], rows[i]["head"] = r["snippet"], r["head"]
    out = [rows[i] for i in ids if i in rows]
    for hit in out:
        hit.setdefault("snippet", (hit["text"] or "")[:300])
        hit.setdefault("head", hit["title"] or "")
    dealt_with = matters_of(db, "row_id", [h["key"] for h in out])
    return [h | {"matters": dealt_with.get(h["key"], [])} for h in out]


def without(s: Search, name: str, value: str = "") -> Search:
    """The search without one of its filters, or without one of the filter's values."""
    if name in MANY:
        left = tuple(v for v in getattr(s, name) if value and v != value)
        return replace(s, page=1, **{name: left})
    empty: Any = getattr(Search(), name)
    return replace(s, page=1, **{name: empty})
