"""What changed from one document to another, row by row: what is new, gone, or told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from extractors.errors import MinutebookError
from pipeline.store.facts import facts_of
from pipeline.store.repeats import Fact, repeats_of

Sort = Literal["new", "gone", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that only one of two documents has, or that they tell otherwise; `before` is the old document's,
    `after` the new one's."""

    sort: Sort
    before: Fact | None
    after: Fact | None

    @property
    def dataset(self) -> str:
        """The rows' dataset."""
        return (self.after or self.before or _NOTHING).dataset


_NOTHING = Fact("", "", "", "")


def changes_between(output: Path, old: str, new: str) -> list[Change]:
    """The changes in what two documents say of their meetings, in order of dataset and page.

    `old` and `new` are document_ids, or beginnings that are one document's alone. Raises MinutebookError
    where they are not.
    """
    from pipeline.store.sql import connect

    connection = connect(output)
    ids = [_document(connection, given) for given in (old, new)]
    if ids[0] == ids[1]:
        return []
    told = connection.execute(
        "SELECT meeting_id FROM files.meetings WHERE document_id IN (?, ?)", ids
    ).fetchall()
    facts = [_of_document(f) for f in facts_of(connection, [t[0] for t in told])]
    return sorted(_changes(facts, *ids), key=_place)


def _document(connection: Any, given: str) -> str:
    found = connection.execute(
        "SELECT document_id FROM files.documents WHERE starts_with(document_id, ?) LIMIT 2", [given]
    ).fetchall()
    if len(found) != 1:
        what = "no document of that id" if not found else "several documents' ids begin so"
        raise MinutebookError(
            f"{given}: {what}; minutebook sql 'SELECT document_id FROM documents' lists them"
        )
    return str(found[0][0])


def _of_document(f: Fact) -> Fact:
    """The row as of its document, whatever meetings that tells of."""
    return replace(f, told_id=f.document_id)


def _changes(facts: list[Fact], old: str, new: str) -> Iterator[Change]:
    again: set[Fact] = set()
    for r in repeats_of((old, new), facts):
        if r.how == "left out":
            continue
        again |= {r.fact, r.before}
        if r.how != "same words":
            yield Change("changed", r.before, r.fact)
    for f in facts:
        if f not in again:
            yield Change("gone", f, None) if f.document_id == old else Change("new", None, f)


def _place(change: Change) -> tuple[str, int, str]:
    f = change.after or change.before or _NOTHING
    return f.dataset, f.page or 0, f.row_id


def in_words(change: Change) -> str:
    """The change on a line or two, as people read a diff."""
    marks = {"new": "+", "gone": "-", "changed": "~"}
    told = [_in_words(f) for f in (change.before, change.after) if f]
    return f"{marks[change.sort]} {change.dataset}  " + "\n    now ".join(told)


def _in_words(f: Fact) -> str:
    where = f"page {f.page}" if f.page else "no page"
    item = f", item {f.item}" if f.item else ""
    said = " ".join(x for x in (f.name, f.said and f"({f.said})", f.text) if x)
    return f"{where}{item}: {said}"
