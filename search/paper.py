"""What the page of a paper shows: what it is, its contents, one of its pages with every row boxed."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from search.following import matters_of
from search.pages import Found, many, one

BOXED = ("resolution", "recommendation", "motion", "action", "plan", "table", "officer")
"""Kinds of entries that a page shows boxes of; paragraphs would box everything."""


def paper(db: sqlite3.Connection, document_id: str) -> Found | None:
    """A paper: its row, parts, meetings, what was read from it and what is doubted."""
    d = one(db, "SELECT * FROM documents WHERE document_id = ?", document_id)
    if d is None:
        return None
    d["meetings"] = many(db, "SELECT * FROM meetings WHERE document_id = ? ORDER BY page, rowid", document_id)
    d["parts"] = many(
        db, "SELECT * FROM parts WHERE document_id = ? ORDER BY page_from, page_to DESC", document_id
    )
    d["kinds"] = many(
        db,
        "SELECT kind, count(*) AS n FROM entries WHERE document_id = ? AND kind <> 'person' GROUP BY kind",
        document_id,
    )
    d["matters"] = matters_of(db, "document_id", [document_id]).get(document_id, [])
    d["problems"] = many(
        db,
        "SELECT kind, text, severity, page FROM problems WHERE document_id = ? ORDER BY page LIMIT 100",
        document_id,
    )
    d["sides"] = many(
        db, "SELECT page, label, text_source FROM pages WHERE document_id = ? ORDER BY page", document_id
    )
    return d


def page(db: sqlite3.Connection, document_id: str, number: int) -> Found | None:
    """A page's size, text and the boxes of the rows that were read from it, each with its key."""
    p = one(db, "SELECT * FROM pages WHERE document_id = ? AND page = ?", document_id, number)
    if p is None:
        return None
    marks = ",".join("?" * len(BOXED))
    rows = many(
        db,
        f"SELECT key, kind, title, text, regions, confidence, doubts FROM entries WHERE document_id = ? AND "
        f"kind IN ({marks}) AND regions LIKE ? ORDER BY rowid LIMIT 400",
        document_id,
        *BOXED,
        f"%[{int(number)},%",
    )
    p["rows"] = [r | {"boxes": boxes} for r in rows if (boxes := _boxes(r["regions"], number))]
    return p


def _boxes(regions: str | None, number: int) -> list[list[float]]:
    every: list[list[Any]] = json.loads(regions or "[]")
    return [[x0, top, x1 - x0, bottom - top] for n, x0, top, x1, bottom in every if n == number]


def pages_with(db: sqlite3.Connection, document_id: str, words: list[str]) -> list[int]:
    """The pages of a paper whose text has all of the words."""
    if not words:
        return []
    like = " AND ".join("text LIKE ? ESCAPE '\\'" for _ in words)
    escaped = [w.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for w in words]
    rows = many(
        db,
        f"SELECT page FROM pages WHERE document_id = ? AND {like} ORDER BY page",
        document_id,
        *(f"%{w}%" for w in escaped),
    )
    return [r["page"] for r in rows]
