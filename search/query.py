"""What people type, as FTS5 understands it, and the answer: hits, counts to filter by, help with spelling.

Words are all wanted; "quotation marks" make a phrase, a trailing * a prefix, -word leaves out, OR is either,
NEAR(a b) close together. Anything else that is not a letter or digit parts words that belong together:
O'Brien, 24/01150/FULL and £1.5m are phrases of their pieces.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from search.index import FAR, ROOM, token

MOST = 3_000
"""Hits that are ranked and counted; of a usual word the newest so many."""
USUAL = 60_000
"""Occurrences of the words asked for, together, above which the newest hits come first instead of the
likest."""
PAGE = 20
SECONDS = 2.0
TOKEN = re.compile(r'"(?P<phrase>[^"]*)"?|NEAR\((?P<near>[^)]*)\)|(?P<word>\S+)')
PIECE = re.compile(r"[^\W_]+", re.UNICODE)


class TooSlow(Exception):
    """The search took longer than it may."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as asked: what was typed and what it was narrowed to."""

    q: str = ""
    council: str = ""
    committee: str = ""
    kind: str = ""
    outcome: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    amount: int = 0
    page: int = 1
    sort: str = "best"


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits of one page, how many there are (`more` when that is only the newest that were counted), counts by
    facet, a better spelling."""

    hits: list[dict[str, Any]]
    total: int
    more: bool
    counts: dict[str, list[tuple[str, int]]] = field(
        default_factory=lambda: dict[str, list[tuple[str, int]]]()
    )
    better: str | None = None


def match_of(typed: str) -> str:
    """The FTS5 expression for what was typed; empty when it holds no word. Never raises, and never lets
    FTS5's own syntax through."""
    wanted: list[str] = []
    without: list[str] = []
    either = False
    for m in TOKEN.finditer(typed):
        if m["word"] == "OR" and wanted:
            either = True
            continue
        if m["word"] in ("AND", "NOT"):
            continue
        negative = (
            bool(m["word"]) and m["word"].startswith("-") and len(m["word"]) > 1 and m["word"][1].isalnum()
        )
        expression = (
            _near(m["near"])
            if m["near"] is not None
            else _phrase(m["phrase"])
            if m["phrase"] is not None
            else _word(m["word"])
        )
        if not expression:
            continue
        if negative:
            without.append(expression)
        elif either:
            wanted[-1] = f"({wanted[-1]} OR {expression})"
        else:
            wanted.append(expression)
        either = False
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {w}" for w in without)


def _phrase(text: str) -> str:
    pieces = PIECE.findall(text)
    return '"' + " ".join(pieces) + '"' if pieces else ""


def _word(text: str) -> str:
    """A word, its pieces as a phrase; a * at its end makes the last piece a prefix."""
    phrase = _phrase(text)
    return f"{phrase} *" if phrase and text.endswith("*") else phrase


def _near(text: str) -> str:
    pieces = PIECE.findall(text)
    return "NEAR(" + " ".join(f'"{p}"' for p in pieces) + ", 12)" if len(pieces) > 1 else _phrase(text)


def _filters(s: Search) -> list[str]:
    out = [token("c", s.council)] if s.council else []
    out += [token("m", f"{s.council}|{s.committee}")] if s.committee and s.council else []
    out += [token("k", s.kind)] if s.kind else []
    out += [token("o", s.outcome)] if s.outcome else []
    out += [token("p", s.person)] if s.person else []
    out += [f"zqamount{min(9, len(str(s.amount)) - 1)}"] if s.amount > 0 else []
    return out


def _condition(s: Search) -> tuple[str, list[Any]]:
    match = match_of(s.q)
    filters = _filters(s)
    parts = [f"{{title text people reference}} : ({match})"] if match else []
    parts += [f"facets : {t}" for t in filters]
    where, values = list[str](), list[Any]()
    if parts:
        where.append("found MATCH ?")
        values.append(" AND ".join(parts))
    if s.until:
        where.append("found.rowid >= ?")
        values.append((FAR - s.until.toordinal()) * ROOM)
    if s.since:
        where.append("found.rowid < ?")
        values.append((FAR - s.since.toordinal() + 1) * ROOM)
    return " AND ".join(where), values


def search(db: sqlite3.Connection, s: Search, *, size: int = PAGE, counts: bool = True) -> Answer:
    """Answer a search. Raises `TooSlow` after two seconds."""
    condition, values = _condition(s)
    _limit_time(db)
    try:
        return _answer(db, s, condition, values, size, counts)
    except sqlite3.OperationalError as error:
        if "interrupt" in str(error):
            raise TooSlow("the search took too long: add a word or a filter") from error
        raise
    finally:
        db.set_progress_handler(None, 0)


def _limit_time(db: sqlite3.Connection) -> None:
    from time import monotonic

    ends = monotonic() + SECONDS
    db.set_progress_handler(lambda: int(monotonic() > ends), 20_000)


def _answer(
    db: sqlite3.Connection, s: Search, condition: str, values: list[Any], size: int, counts: bool
) -> Answer:
    where = f"WHERE {condition}" if condition else ""
    table = "found" if "MATCH" in condition else "entries AS found"
    ids = [
        r[0]
        for r in db.execute(
            f"SELECT found.rowid FROM {table} {where} ORDER BY found.rowid LIMIT ?", [*values, MOST + 1]
        )
    ]
    more, ids = len(ids) > MOST, ids[:MOST]
    if s.amount and ids:
        ids = _by_amount(db, ids, s.amount)
    order = ids
    if s.sort == "best" and match_of(s.q) and not more and len(ids) > 1 and not _usual(db, s.q):
        ranked = [
            r[0]
            for r in db.execute(
                f"SELECT rowid FROM found {where} ORDER BY bm25(found, 4.0, 1.0, 3.0, 6.0, 0.0) LIMIT ?",
                [*values, MOST],
            )
        ]
        kept = set(ids)
        order = [i for i in ranked if i in kept]
    shown = order[(s.page - 1) * size : s.page * size]
    hits = _hits(db, shown, condition, values)
    found = _counts(db, ids, s) if counts else {}
    better = _better(db, s.q) if not ids and s.q else None
    return Answer(hits, len(ids), more, found, better)


def _usual(db: sqlite3.Connection, typed: str) -> bool:
    """Whether the words are so usual that weighing them (bm25 walks through every entry that has one) would
    keep people waiting."""
    words = [m.group().lower() for m in PIECE.finditer(typed)]
    marks = ",".join("?" * len(words))
    return (db.execute(f"SELECT sum(n) FROM words WHERE word IN ({marks})", words).fetchone()[0] or 0) > USUAL


def _by_amount(db: sqlite3.Connection, ids: list[int], least: int) -> list[int]:
    marks = ",".join(map(str, ids))
    return [
        r[0]
        for r in db.execute(
            f"SELECT rowid FROM entries WHERE rowid IN ({marks}) AND amount >= ? ORDER BY rowid", [least]
        )
    ]


def _hits(db: sqlite3.Connection, ids: list[int], condition: str, values: list[Any]) -> list[dict[str, Any]]:
    if not ids:
        return []
    marks = ",".join(map(str, ids))
    rows = {r["rowid"]: dict(r) for r in db.execute(f"SELECT rowid, * FROM entries WHERE rowid IN ({marks})")}
    if "MATCH" in condition:
        for i in ids:  # a snippet at a time: asked for together, FTS5 would walk through every match
            r = db.execute(
                "SELECT snippet(found, 1, char(2), char(3), '…', 40) AS snippet, highlight(found, 0, "
                "char(2), char(3)) AS head FROM found WHERE found MATCH ? AND rowid = ?",
                [values[0], i],
            ).fetchone()
            if r:
                rows[i]["snippet"], rows[i]["head"] = r["snippet"], r["head"]
    out = [rows[i] for i in ids if i in rows]
    for hit in out:
        hit.setdefault("snippet", (hit["text"] or "")[:300])
        hit.setdefault("head", hit["title"] or "")
    return out


def _counts(db: sqlite3.Connection, ids: list[int], s: Search) -> dict[str, list[tuple[str, int]]]:
    """How many of the hits each council, committee, kind, outcome and year has, the most first."""
    names = ("council", "committee", "kind", "outcome", "year")
    tallies: dict[str, Counter[str]] = {n: Counter() for n in names}
    marks = ",".join(map(str, ids))
    for row in (
        db.execute(
            f"SELECT council, committee, kind, outcome, substr(day, 1, 4) FROM entries WHERE rowid "
            f"IN ({marks})"
        )
        if ids
        else ()
    ):
        for name, value in zip(names, row, strict=True):
            if value:
                tallies[name][value] += 1
    if not s.council:
        tallies[
            "committee"
        ].clear()  # committees of different councils share names: they are offered once the council is chosen
    return {n: c.most_common(12) for n, c in tallies.items()}


def _better(db: sqlite3.Connection, typed: str) -> str | None:
    """What was typed with each unknown word replaced by the likest word of the index; None when nothing is
    like it."""
    from rapidfuzz import fuzz, process

    changed = False
    out = typed
    for m in PIECE.finditer(typed):
        word = m.group().lower()
        if len(word) < 4 or db.execute("SELECT 1 FROM words WHERE word = ?", [word]).fetchone():
            continue
        near: Iterable[str] = [
            r[0]
            for r in db.execute(
                "SELECT word FROM words WHERE length(word) BETWEEN ? AND ? AND substr(word, 1, 1) = "
                "? ORDER BY n DESC LIMIT 4000",
                [len(word) - 2, len(word) + 2, word[0]],
            )
        ]
        best = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=72)
        if best:
            out, changed = out.replace(m.group(), best[0], 1), True
    return out if changed else None


def without(s: Search, name: str) -> Search:
    """The search without one of its filters."""
    empty: dict[str, Any] = {name: None if name in ("since", "until") else 0 if name == "amount" else ""}
    return replace(s, page=1, **empty)
