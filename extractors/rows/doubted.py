"""Which row a doubt is about: the one that was read at the doubt's place, else the meeting of its part; such
a row is less sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schemas.documents import PartRow
from schemas.meetings import AttendanceRow
from schemas.problems import ROW_IDS, ProblemRow, Severity
from schemas.row import Place, Row

DOUBTED = 0.8
"""By how much a doubt lowers a row's confidence. Set by judgement, not fitted."""
FACTS = ("meetings", "agenda_items", "attendance", "motions", "votes", "resolutions", "actions")
NEAR = 0.5
"""Points between the tops of two boxes that begin in one line."""


def with_row_ids(problems: Sequence[ProblemRow], rows: Mapping[str, Sequence[Row]]) -> Iterator[ProblemRow]:
    """The doubts, each with the id of the row that it is about where there is one; `rows` are all that the
    paper gave, by dataset."""
    for p in problems:
        yield p if p.row_id else replace(p, row_id=_row_id(p, rows))


def lowered(rows: Mapping[str, Sequence[Row]], problems: Sequence[ProblemRow]) -> dict[str, Sequence[Row]]:
    """The rows, those less sure that a doubt is about: of a roll the people whom it names, of a division all
    votes, else the row that it names."""
    doubts: defaultdict[str, list[ProblemRow]] = defaultdict(list)
    for p in problems:
        if p.severity == Severity.DOUBTFUL and p.dataset in FACTS and p.row_id:
            doubts[p.dataset].append(p)
    return {
        name: [_less_sure(row) if _is_doubted(name, row, doubts[name]) else row for row in listed]
        if name in doubts
        else listed
        for name, listed in rows.items()
    }


def _is_doubted(name: str, row: Row, doubts: Sequence[ProblemRow]) -> bool:
    column = ROW_IDS[name]
    return any(
        getattr(row, column) == p.row_id
        and (not isinstance(row, AttendanceRow) or row.name in (p.text or ""))
        for p in doubts
    )


def _less_sure(row: Row) -> Row:
    return replace(row, place=replace(row.place, confidence=round(row.place.confidence * DOUBTED, 3)))


def _row_id(doubt: ProblemRow, rows: Mapping[str, Sequence[Row]]) -> str | None:
    name = doubt.dataset or ""
    column = ROW_IDS.get(name)
    if column is None:
        return None
    if column == "document_id":
        return doubt.place.document_id
    for row in rows.get(name, ()):
        if _begin_together(row.place, doubt.place):
            return getattr(row, column)
    parts = (p for p in rows.get("parts", ()) if isinstance(p, PartRow) and p.part_id == doubt.part_id)
    return next((p.meeting_id for p in parts), None) if column == "meeting_id" else None


def _begin_together(a: Place, b: Place) -> bool:
    return bool(
        a.regions
        and b.regions
        and a.regions[0].page == b.regions[0].page
        and abs(a.regions[0].top - b.regions[0].top) < NEAR
    )
