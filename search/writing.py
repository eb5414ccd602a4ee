"""Rows into the index and out of it: what a document says, the people of all documents, and the words that
spelling help knows."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from search.doubts import Doubts, agreed
from search.entries import Entry, Row, entries_of, is_official
from search.following import forget_matters
from search.headings import title_of
from search.lake import Held
from search.tables import COPIED, columns_of, insert

FAR = date(2200, 1, 1).toordinal()
ROOM = 1 << 22
"""Entries that may share a day."""
WORD = re.compile(r"[^\W\d_]{4,}")
FOUND = "rowid, title, text, people, reference, facets"


def token(prefix: str, value: str) -> str:
    """A facet's value as one word of the full-text index: letters and digits only, never a word that people
    write."""
    return f"zq{prefix}{hashlib.blake2b(value.lower().encode(), digest_size=6).hexdigest()}"


SURE = token("sure", "")


def facets_of(e: Entry, council: str, document_id: str) -> str:
    """The tokens that filters look for."""
    out = [token("c", council), token("k", e.kind), token("d", document_id)]
    out += [token("m", f"{council}|{e.committee}")] if e.committee else []
    out += [token("o", e.outcome)] if e.outcome else []
    out += [token("p", p) for p in e.person_ids]
    out += [SURE] if agreed(e.confidence, e.doubts) else []
    out += [f"zqamount{n}" for n in range(10) if e.amount and e.amount >= 10**n]
    return " ".join(out)


class Places:
    """Hands out row numbers: the later the day, the smaller the number."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._used = db, Counter[int]()

    def __call__(self, day: date | None) -> int:
        """The next number of the day, of no day the last."""
        key = (FAR - day.toordinal()) if day else FAR
        if key not in self._used:
            last = self._db.execute(
                "SELECT max(rowid) FROM entries WHERE rowid >= ? AND rowid < ?",
                (key * ROOM, (key + 1) * ROOM),
            ).fetchone()[0]
            self._used[key] = (last - key * ROOM + 1) if last is not None else 0
        self._used[key] += 1
        return key * ROOM + self._used[key] - 1


@dataclass(frozen=True, slots=True)
class Before:
    """When a document and its entries were first found, by key; None and empty for a new document."""

    at: str | None
    of: dict[str, str]


def found_before(db: sqlite3.Connection, document_id: str) -> Before:
    """What the index says of a document that is about to be read again."""
    row = db.execute("SELECT found_at FROM documents WHERE document_id = ?", (document_id,)).fetchone()
    known = db.execute("SELECT key, found_at FROM entries WHERE document_id = ?", (document_id,)).fetchall()
    return Before(row[0] if row else None, dict(known))


def add_document(
    db: sqlite3.Connection,
    held: Held,
    rows: dict[str, list[Row]],
    place: Callable[[date | None], int],
    now: str,
    before: Before,
    *,
    with_public: bool,
) -> None:
    """A document's rows and entries. A new document was found when it was fetched; what a second reading of a
    known one adds was found now."""
    first = before.at or _plain(rows["documents"][0].get("fetched_at")) or now
    own = {
        "document_id": held.document_id,
        "council": held.council,
        "stamp": held.stamp,
        "found_at": first,
        "title": title_of(rows["documents"][0], held.council),
        "council_doubt": Doubts(rows).of_council(held.document_id),
    }
    for table in COPIED:
        columns = columns_of(db, table)
        named = own if table == "documents" else {c: own[c] for c in ("document_id", "council")}
        listed = [tuple(_plain(named.get(c) or r.get(c)) for c in columns) for r in rows[table]]
        insert(db, table, listed)
    shown = [p for p in rows["people_named"] if with_public or is_official(p)]
    lists = ("other_names", "titles", "roles", "capacities")
    insert(
        db,
        "people",
        [
            (
                p["person_id"],
                held.document_id,
                held.council,
                p["name"],
                *(", ".join(p[name] or ()) for name in lists),
                _plain(p["seen"]),
            )
            for p in shown
        ],
    )
    found = ((held.document_id, held.council, e) for e in entries_of(rows, held.council))
    add_entries(db, found, place, lambda key: before.of.get(key) or (now if before.at else first))


def add_entries(
    db: sqlite3.Connection,
    entries: Iterable[tuple[str, str, Entry]],
    place: Callable[[date | None], int],
    found_at: Callable[[str], str],
) -> None:
    """Put (document, council, entry) into the table, the full-text index and the words."""
    listed = [_row(place(e.day), document_id, council, e, found_at) for document_id, council, e in entries]
    insert(db, "entries", listed)
    db.executemany(
        f"INSERT INTO found ({FOUND}) VALUES (?,?,?,?,?,?)",
        [(r[0], r[9], r[10], r[15], r[14], r[25]) for r in listed],
    )
    words = _words_of((r[10], r[15]) for r in listed)
    db.executemany(
        "INSERT INTO words VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET n = n + excluded.n", words.items()
    )


def _words_of(texts: Iterable[tuple[str | None, str | None]]) -> Counter[str]:
    words: Counter[str] = Counter()
    for text, people in texts:
        words.update(w.lower() for w in WORD.findall(f"{text or ''} {people or ''}"))
    return words


def _row(
    rowid: int, document_id: str, council: str, e: Entry, found_at: Callable[[str], str]
) -> tuple[Any, ...]:
    return (
        rowid,
        e.key,
        e.kind,
        council,
        e.committee,
        document_id,
        e.meeting_id,
        _plain(e.day),
        e.item,
        e.title,
        e.text,
        e.outcome,
        e.mover,
        e.seconder,
        e.reference,
        e.people,
        e.page,
        e.regions,
        e.confidence,
        e.amount,
        e.motion_id,
        _plain(e.due),
        e.due_text,
        e.doubts or None,
        found_at(e.key),
        facets_of(e, council, document_id),
    )


def forget(db: sqlite3.Connection, document_id: str) -> None:
    """Take a document out of every table, and its words out of the spelling help. People are written anew
    from all documents after it."""
    _forget_entries(db, "document_id = ? AND kind <> 'person'", document_id)
    for table in ("people", *COPIED):
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    forget_matters(db, document_id)


def _forget_entries(db: sqlite3.Connection, condition: str, *values: Any) -> None:
    words = _words_of(db.execute(f"SELECT text, people FROM entries WHERE {condition}", values).fetchall())
    db.executemany("UPDATE words SET n = n - ? WHERE word = ?", [(n, word) for word, n in words.items()])
    db.execute("DELETE FROM words WHERE n <= 0")
    db.execute(
        f"INSERT INTO found (found, {FOUND}) SELECT 'delete', {FOUND} FROM entries WHERE {condition}", values
    )
    db.execute(f"DELETE FROM entries WHERE {condition}", values)


def write_people(
    db: sqlite3.Connection, linked: Sequence[Row], place: Callable[[date | None], int], now: str
) -> None:
    """One entry a person over all documents. `linked` are the rows of `people`, whose `also_ids` say which
    printings are one person."""
    db.execute("DELETE FROM same_person")
    same = [(other, p["person_id"]) for p in linked for other in (p.get("also_ids") or ())]
    db.executemany("INSERT OR REPLACE INTO same_person VALUES (?, ?)", same)
    known: dict[str, str] = dict(
        db.execute("SELECT key, found_at FROM entries WHERE kind = 'person'").fetchall()
    )
    _forget_entries(db, "kind = 'person'")
    people = [(row["document_id"], row["council"], _person(row)) for row in db.execute(ONE_EACH)]
    add_entries(db, people, place, lambda key: known.get(key) or now)


ONE_EACH = """
SELECT coalesce(s.main_id, p.person_id) AS id, min(p.document_id) AS document_id, min(p.council) AS council,
  group_concat(p.name, ', ') AS names, group_concat(nullif(p.other_names, ''), ', ') AS others,
  group_concat(nullif(p.titles, ''), ', ') AS titles, group_concat(nullif(p.roles, ''), ', ') AS roles,
  group_concat(DISTINCT p.person_id) AS ids, max(p.seen) AS seen
FROM people p LEFT JOIN same_person s USING (person_id) GROUP BY id
"""


def _person(row: sqlite3.Row) -> Entry:
    names, others, titles, roles = (
        list(dict.fromkeys((row[c] or "").split(", "))) if row[c] else []
        for c in ("names", "others", "titles", "roles")
    )
    every = list(dict.fromkeys([*names, *others]))
    return Entry(
        row["id"],
        "person",
        max(names, key=len),
        " ".join([*every, *titles, *roles]),
        people=" ".join(every),
        person_ids=tuple(dict.fromkeys([row["id"], *row["ids"].split(",")])),
        day=date.fromisoformat(row["seen"]) if row["seen"] else None,
    )


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (str, int, float)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
