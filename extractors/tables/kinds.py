"""Kinds of table told by their headers: forward plans and action tables. A new kind is a row in KINDS."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.model import Cell, Table
from extractors.text.figures import SIGNS


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: for each of its columns the headers that councils give it; `needs` must be there, and
    two of `any_two`."""

    name: str
    columns: dict[str, str]
    needs: tuple[str, ...]
    any_two: tuple[str, ...] = ()


KINDS = (
    Kind(
        "forward_plan",
        {
            "decision": r"^(?:key )?decisions?(?: title| required| to be (?:made"
            r"|taken))?$|^(?:title|item|subject"
            r"|issue|matter)(?: for decision)?$|^(?:proposed|forthcoming) decision|^report title$",
            "description": r"descri|summary|details?|purpose|background|what is being",
            "due": r"date|due|when|expected|timescale|meeting$",
            "maker": r"decision[- ]?maker|decision taker|who will|made by|taken by|^decision by|maker|body",
        },
        ("decision", "due", "maker"),
    ),
    Kind(
        "risk_register",
        {
            "reference": r"^(?:risk )?(?:ref|id|no|number)\b",
            "risk": r"^risks?(?: description| title| event| and .*)?$|description of risk|^risk\b",
            "likelihood": r"likelihood|probability",
            "impact": r"^impact|severity|consequence rating",
            "score": r"score|rating|^level|current risk|residual|net risk",
            "target": r"target",
            "controls": r"control|mitigat|treatment|response",
            "owner": r"owner|lead|responsib",
            "status": r"status|direction|trend|rag",
        },
        ("risk",),
        any_two=("likelihood", "impact", "score", "controls", "owner"),
    ),
    Kind(
        "performance",
        {
            "measure": r"measures?|indicators?|\bkpis?\b|performance indicator|^metric|business measures?",
            "latest": r"latest|actual|result|outturn|current|performance$|value|figure|year to date|^ytd"
            r"|^q[1-4]\b|quarter [1-4]$",
            "target": r"target|aspiration|goal",
            "status": r"status|rag\b|rating|on track|dot\b|direction|trend",
            "forecast": r"forecast|projected|expected|prognosis|future|improving|worsening",
        },
        ("measure",),
        any_two=("latest", "target", "status", "forecast"),
    ),
    Kind(
        "action_table",
        {
            "action": r"^actions?\b(?! owner)|recommendation/action|^task|what (?:will|needs)"
            r"|action (?:required|agreed|point)|activity$",
            "owner": r"owner|lead|responsib|who\b|by whom|assigned|accountable|officer",
            "due": r"due|deadline|target date|completion|timescale|by when|when\b|date",
            "status": r"status|progress|update|b?rag\b|outcome|complete[d]?$",
        },
        ("action", "owner"),
    ),
)
"""Tried in this order; a new kind is one more entry here, one dataset and one function in
records/typed_tables.py."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A table of a known kind: where its columns are and how many rows its header takes."""

    kind: str
    columns: dict[str, int]
    header_rows: int


def type_of(table: Table) -> Typed | None:
    """The table's kind, by the words of its first rows; None for a table of no known kind."""
    grid = table.grid()
    for rows in range(1, min(3, table.n_rows) + 1):
        header = [
            " ".join(" ".join(row[c].split()) for row in grid[:rows]).strip().lower()
            for c in range(table.n_cols)
        ]
        for kind in KINDS:
            columns = _columns(kind, header)
            if columns is not None:
                return Typed(kind.name, columns, rows)
    return None


def needs_of(name: str) -> tuple[str, ...]:
    """The columns that a table of the kind must have."""
    return next(k.needs for k in KINDS if k.name == name)


def _columns(kind: Kind, header: list[str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for name, look in reversed(kind.columns.items()) if kind.name == "forward_plan" else kind.columns.items():
        at = next(
            (
                i
                for i, text in enumerate(header)
                if i not in found.values() and len(text) < 60 and re.search(look, text)
            ),
            None,
        )
        if at is not None:
            found[name] = at
    two = not kind.any_two or sum(n in found for n in kind.any_two) >= 2
    return found if two and all(n in found for n in kind.needs) else None


def header_rows_of(table: Table) -> int:
    """Rows at the top that are headers: set bold, or without a figure above rows that have them; at most
    three."""
    grid = table.grid()
    if table.n_rows < 2:
        return 0
    bold = 0
    while (
        bold < min(3, table.n_rows - 1)
        and not _has_figure(grid[bold])
        and all(c.bold for c in table.cells if c.row == bold and c.text.strip())
    ):
        bold += 1
    if bold:
        return bold
    first = [t for t in grid[0] if t.strip()]
    named = len(first) >= 0.6 * table.n_cols and not _has_figure(grid[0])
    return (
        1
        if first and named and (any(_has_figure(r) for r in grid[1:]) or max(len(t) for t in first) < 60)
        else 0
    )


def _has_figure(row: list[str]) -> bool:
    """A number after the first column; a year is a head rather than a number."""
    return any(
        re.fullmatch(rf"[-+({SIGNS}]*\s*[\d,.]+\s*[%)mk]*", t.strip())
        and not re.fullmatch(r"(?:19|20)\d{2}", t.strip())
        for t in row[1:]
    )


def cells_by_row(table: Table) -> list[dict[int, Cell]]:
    """The table's cells, row by row, by column."""
    rows: list[dict[int, Cell]] = [{} for _ in range(table.n_rows)]
    for c in table.cells:
        rows[c.row][c.col] = c
    return rows
