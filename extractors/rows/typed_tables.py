"""Rows of tables whose kind their headers tell: action plans, forward plans, risk registers, performance
measures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.mentions.dates import first_date
from extractors.mentions.due import NOTHING, due_of
from extractors.mentions.people import owners_in
from extractors.model import Box, Cell, Part, Table, cover
from extractors.reading.understand.owners import kind_of_owner
from extractors.rows.decisions import known_owners
from extractors.rows.reading import Reading
from extractors.tables.figures import figures_of
from extractors.tables.join import EDGE, column_edges
from extractors.tables.kinds import Typed, cells_by_row, needs_of, type_of
from schemas.content import ForwardPlanRow, MeasureRow, RiskRow
from schemas.decisions import ActionRow

NUMBERED = re.compile(r"^\(?\d{1,3}(?:\.\d{1,3})*[.)]?\s")
LOOSE = 14.0
"""Points by which a column may stand off the head that serves it."""


def typed_tables(r: Reading) -> list[tuple[Table, Part, Typed]]:
    """The tables of a known kind. A head set as a table of its own, or the head of a table before, serves the
    tables below it in the same part whose columns stand where its columns stand."""
    out: list[tuple[Table, Part, Typed]] = []
    head: tuple[Table, Part, Typed] | None = None
    for table, part in r.tables:
        typed = type_of(table)
        if typed is None and head is not None and head[1].index == part.index:
            typed = _under(head[0], head[2], table)
        if typed is not None:
            out.append((table, part, typed))
            head = (table, part, typed) if typed.header_rows else head
    return out


def _under(head: Table, typed: Typed, table: Table) -> Typed | None:
    """The kind of the head, with its columns found in the table by where they stand; None when one it needs
    is not there."""
    above, below = column_edges(head, head.regions[-1].page), column_edges(table, table.regions[0].page)
    if abs(head.regions[-1].x0 - table.regions[0].x0) > EDGE or table.n_cols < 3:
        return None
    columns: dict[str, int] = {}
    for name, col in typed.columns.items():
        near = (
            min(range(len(below)), key=lambda i: abs(below[i] - above[col]), default=None)
            if col < len(above)
            else None
        )
        if near is None or near in columns.values():
            continue
        if abs(below[near] - above[col]) <= LOOSE:
            columns[name] = near
        elif table.n_cols >= head.n_cols:
            columns[name] = col  # drawn anew with other widths: the columns keep their order
    return Typed(typed.kind, columns, 0) if all(n in columns for n in needs_of(typed.kind)) else None


def _typed(r: Reading, kind: str) -> Iterator[tuple[Table, Part, Typed]]:
    return (t for t in r.typed if t[2].kind == kind)


def _lines(table: Table, typed: Typed) -> Iterator[dict[int, Cell]]:
    """The table's rows below its header; a row of one cell is a section's name and is left out."""
    for cells in cells_by_row(table)[typed.header_rows :]:
        if len([c for c in cells.values() if c.text.strip()]) >= 2:
            yield cells


def _cell(cells: dict[int, Cell], col: int | None) -> str:
    return " ".join(cells[col].text.split()) if col is not None and col in cells else ""


def _text(cells: dict[int, Cell], typed: Typed, name: str) -> str | None:
    return _cell(cells, typed.columns.get(name)) or None


def _status(cells: dict[int, Cell], typed: Typed) -> str | None:
    """What the status cell says, else the colour that it is filled with."""
    col = typed.columns.get("status")
    if col is None or col not in cells:
        return None
    return " ".join(cells[col].text.split()) or cells[col].colour


def _box(cells: dict[int, Cell]) -> tuple[Box, ...]:
    return cover(b for c in cells.values() for b in c.regions)


def _is_numbered(table: Table, typed: Typed) -> bool:
    """Most actions of the table begin with a number of their own."""
    texts = [t for cells in _lines(table, typed) if (t := _cell(cells, typed.columns["action"]))]
    return sum(bool(NUMBERED.match(t)) for t in texts) > 0.5 * len(texts)


def table_actions_rows(r: Reading) -> Iterator[ActionRow]:
    """The rows of action plans and action logs; a row without an action of its own goes on with the one
    above."""
    for table, part, typed in _typed(r, "action_table"):
        meeting = r.meetings.get(part.index)
        day = meeting[1].date if meeting else None
        numbered = _is_numbered(table, typed)
        for cells in _lines(table, typed):
            text, owner = _cell(cells, typed.columns["action"]), _cell(cells, typed.columns["owner"])
            if not any(c.isalnum() for c in text) or (numbered and not NUMBERED.match(text)):
                continue  # nothing, or the rest of an action that the page break cut
            people = owners_in(owner, r.common)
            owners = people or ([owner] if owner else [])
            kind = kind_of_owner(owner) if owner else "unknown"
            due = _text(cells, typed, "due")
            when = due_of(due, day) if due else NOTHING
            box = _box(cells)
            yield ActionRow(
                place=r.place("actions", box, 0.85),
                meeting_id=meeting[0] if meeting else None,
                action_id=r.new_id("action", box[0].page),
                item_number=part.item_number,
                owners=tuple(owners),
                owner_person_ids=known_owners(r, owners),
                owner_kind="person" if people else "role" if kind == "person" else kind,
                text=text,
                due_text=due,
                due_date=when.day,
                due_precision=when.precision,
                status=_status(cells, typed),
                source="action_table",
            )


def forward_plan_rows(r: Reading) -> Iterator[ForwardPlanRow]:
    """Decisions to come."""
    for table, _, typed in _typed(r, "forward_plan"):
        for cells in _lines(table, typed):
            decision, due = _cell(cells, typed.columns["decision"]), _text(cells, typed, "due")
            if decision:
                yield ForwardPlanRow(
                    place=r.place("tables", _box(cells), 0.9),
                    decision=decision,
                    description=_text(cells, typed, "description"),
                    due_text=due,
                    due_date=first_date(due) if due else None,
                    decision_maker=_text(cells, typed, "maker"),
                )


def risks_rows(r: Reading) -> Iterator[RiskRow]:
    """The rows of risk registers."""
    for table, part, typed in _typed(r, "risk_register"):
        for cells in _lines(table, typed):
            risk = _cell(cells, typed.columns["risk"])
            if risk:
                yield RiskRow(
                    place=r.place("tables", _box(cells), 0.8),
                    part_id=r.part_id(part),
                    reference=_text(cells, typed, "reference"),
                    risk=risk,
                    owner=_text(cells, typed, "owner"),
                    likelihood=_text(cells, typed, "likelihood"),
                    impact=_text(cells, typed, "impact"),
                    score=_text(cells, typed, "score"),
                    target=_text(cells, typed, "target"),
                    controls=_text(cells, typed, "controls"),
                    status=_status(cells, typed),
                )


def measures_rows(r: Reading) -> Iterator[MeasureRow]:
    """The rows of performance tables, their latest figure and target as numbers where they are numbers."""
    for table, part, typed in _typed(r, "performance"):
        figures = figures_of(table)
        for cells in _lines(table, typed):
            measure = _cell(cells, typed.columns["measure"])
            if not measure:
                continue
            at = next(iter(cells.values())).row
            latest, target = (
                figures.get((at, typed.columns.get(n, -1)), (None, None)) for n in ("latest", "target")
            )
            yield MeasureRow(
                place=r.place("tables", _box(cells), 0.8),
                part_id=r.part_id(part),
                measure=measure,
                latest=_text(cells, typed, "latest"),
                latest_number=latest[0],
                target=_text(cells, typed, "target"),
                target_number=target[0],
                unit=latest[1] or target[1],
                status=_status(cells, typed),
                forecast=_text(cells, typed, "forecast"),
            )
