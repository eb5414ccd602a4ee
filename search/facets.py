"""What a reader can narrow a search by: counts by facet, how many over time, and what to try when there is
nothing."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from search.query import MANY, MOST, Answer, Search, matching, without
from search.words import unknown_words
from search.writing import FAR, ROOM

LISTED = 12
"""Values of a facet that are offered."""
COUNTED = 12_000
"""Entries that the plot over time counts, of a usual word the newest."""
FEW_MONTHS = 30
"""Months that are plotted as months; more are plotted as years."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A search that would find something, in words."""

    words: str
    search: Search
    total: int


def counts(db: sqlite3.Connection, s: Search, answer: Answer) -> dict[str, list[tuple[str, int]]]:
    """How many of the hits each council, committee, kind and outcome has, the most first. A facet that is
    narrowed already offers its other values too. Committees of different councils share names: they are
    offered once councils are chosen."""
    of_hits = _tallies(db, answer.ids)
    out: dict[str, list[tuple[str, int]]] = {}
    for name in MANY:
        if name == "committee" and not s.council:
            continue
        chosen = getattr(s, name)
        tally = _tallies(db, matching(db, without(s, name), MOST))[name] if chosen else of_hits[name]
        for value in chosen:
            tally.setdefault(value, 0)
        out[name] = tally.most_common(LISTED)
    return out


def _tallies(db: sqlite3.Connection, ids: Sequence[int]) -> dict[str, Counter[str]]:
    """How many of the entries have each value of each facet."""
    tallies: dict[str, Counter[str]] = {name: Counter() for name in MANY}
    marks = ",".join(map(str, ids))
    sql = f"SELECT {', '.join(MANY)}, count(*) FROM entries WHERE rowid IN ({marks}) GROUP BY 1, 2, 3, 4"
    for *values, n in db.execute(sql) if ids else ():
        for name, value in zip(MANY, values, strict=True):
            if value:
                tallies[name][value] += n
    return tallies


def over_time(db: sqlite3.Connection, s: Search, answer: Answer) -> list[tuple[str, int]]:
    """(month or year, hits), the oldest first and none left out between; empty where no hit has a day."""
    ids = matching(db, replace(s, sort="newest"), COUNTED) if answer.more else answer.ids
    days = Counter(FAR - i // ROOM for i in ids if i // ROOM != FAR)
    if not days:
        return []
    first, last = (date.fromordinal(f(days)) for f in (min, max))
    in_months = (last.year - first.year) * 12 + last.month - first.month < FEW_MONTHS
    tally: Counter[str] = Counter()
    for ordinal, n in days.items():
        tally[date.fromordinal(ordinal).isoformat()[: 7 if in_months else 4]] += n
    return [(label, tally[label]) for label in _labels(first, last, in_months)]


def _labels(first: date, last: date, in_months: bool) -> list[str]:
    if not in_months:
        return [f"{year:04d}" for year in range(first.year, last.year + 1)]
    start, end = (d.year * 12 + d.month - 1 for d in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1)]


FILTERS: dict[str, str] = {
    "council": "any council",
    "committee": "any committee",
    "kind": "any kind",
    "outcome": "any outcome",
    "person": "anybody",
    "paper": "any paper",
    "since": "no first day",
    "until": "no last day",
    "due_since": "due any day",
    "due_until": "due any day",
    "amount": "any sum",
    "sure": "what is doubted too",
    "every": "what counts, once",
}


def advice(db: sqlite3.Connection, s: Search) -> tuple[list[str], list[Advice]]:
    """For a search that found nothing: the words that nothing has, and searches near it that find
    something."""
    tries: list[tuple[str, Search]] = [
        (f"Without this filter: {words}", without(s, name))
        for name, words in FILTERS.items()
        if getattr(s, name) != getattr(Search(), name)
    ]
    words = s.q.split()
    if len(words) > 1:
        tries.append(("Any of the words", replace(s, q=" OR ".join(w for w in words if w != "OR"), page=1)))
    if len(tries) > 1:
        tries.append(("The words alone, without filters", Search(q=s.q)))
    found = [Advice(said, near, len(matching(db, near, MOST))) for said, near in tries if near.asks]
    return unknown_words(db, s.q), [a for a in found if a.total]


def span(label: str) -> dict[str, Any]:
    """The filters that a bar of the plot over time stands for."""
    year = int(label[:4])
    if len(label) == 4:
        return {"since": date(year, 1, 1), "until": date(year, 12, 31)}
    month = int(label[5:])
    after = date(year + month // 12, month % 12 + 1, 1)
    return {"since": date(year, month, 1), "until": date.fromordinal(after.toordinal() - 1)}
