"""Which row a doubt is about: the one that was read at the doubt's place, else the meeting of its part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schemas.documents import PartRow
from schemas.problems import ROW_IDS, ProblemRow
from schemas.row import Place, Row

NEAR = 0.5
"""Points between the tops of two boxes that begin in one line."""


def with_row_ids(problems: Sequence[ProblemRow], rows: Mapping[str, Sequence[Row]]) -> Iterator[ProblemRow]:
    """The doubts, each with the id of the row that it is about where there is one; `rows` are all that the
    paper gave, by dataset."""
    for p in problems:
        yield p if p.row_id else replace(p, row_id=_row_id(p, rows))


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
