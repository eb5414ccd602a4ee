"""A search as a query string, back from one, and in words."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, fields
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from search.query import MANY, Search

KINDS = {
    "resolution": "Decision",
    "recommendation": "Proposal",
    "motion": "Motion",
    "action": "Action",
    "plan": "Decision to come",
    "minutes": "Minutes",
    "report": "Report",
    "table": "Table",
    "officer": "Report officer",
    "person": "Person",
}
DAYS = (("since", "from"), ("until", "to"), ("due_since", "due from"), ("due_until", "due before"))


def query_string(s: Search, **changes: Any) -> str:
    """The search as a query string, with changes."""
    default = asdict(Search())
    pairs: list[tuple[str, Any]] = []
    for name, value in (asdict(s) | changes).items():
        if value == default[name]:
            continue
        values: Any = value if name in MANY else (value,)
        pairs += [(name, _plain(v)) for v in values]
    return urlencode(pairs)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def with_value(s: Search, name: str, value: str) -> str:
    """The search, as a query string, with one more value of a filter."""
    return query_string(s, **{name: (*getattr(s, name), value), "page": 1})


def search_of(text: str) -> Search:
    """The search that `query_string` made a text of. Raises ValueError for a text that it did not make."""
    given = parse_qs(text)
    values: dict[str, Any] = {}
    for f in fields(Search):
        if f.name in given:
            values[f.name] = _value(f.name, given[f.name])
    return Search(**values)


def _value(name: str, given: list[str]) -> Any:
    if name in MANY:
        return tuple(given)
    if name in dict(DAYS):
        return date.fromisoformat(given[0])
    if name in ("amount", "page"):
        return int(given[0])
    return given[0] == "1" if name == "sure" else given[0]


def in_words(db: sqlite3.Connection, s: Search) -> str:
    """What is looked for, as people say it."""
    said = [s.q if '"' in s.q else f"“{s.q}”"] if s.q else []
    if s.person:
        row = db.execute("SELECT title FROM entries WHERE key = ? AND kind = 'person'", [s.person]).fetchone()
        said.append(row[0] if row else s.person)
    said += [" or ".join(given) for given in (s.council, s.committee, s.outcome) if given]
    said += [" or ".join(KINDS[k].lower() for k in s.kind)] if s.kind else []
    if s.paper:
        row = db.execute("SELECT title FROM documents WHERE document_id = ?", [s.paper]).fetchone()
        said.append(f"in “{row[0]}”" if row and row[0] else "in one paper")
    said += [f"{words} {day}" for name, words in DAYS if (day := getattr(s, name))]
    said += [f"at least {s.amount:,}"] if s.amount else []
    said += ["only what nothing doubts"] if s.sure else []
    return ", ".join(said) or "everything"
