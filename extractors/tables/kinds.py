"""Kinds of table told by their headers: forward plans and action tables. A new kind is a row in KINDS."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.model import Cell, Table


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table: for each of its columns the headers that councils give it; `needs` must be there."""

    name: str
    columns: dict[str, str]
    needs: tuple[str, ...]


KINDS = (
    Kind(
        "forward_plan",
        {
            "decision": r"^(?:key )?decisions?(?: title| required| to be (?:made|taken))?$|^(?:title|item|subject|issue|matter)(?: for decision)?$|^(?:proposed|forthcoming) decision|^report title$",
            "description": r"descri|summary|details?|purpose|background|what is being",
            "due": r"date|due|when|expected|timescale|meeting$",
            "maker": r"decision[- ]?maker|decision taker|who will|made by|taken by|^decision by|maker|body",
        },
        ("decision", "due", "maker"),
    ),
    Kind(
        "action_table",
        {
            "action": r"^actions?\b(?! owner)|recommendation/action|^task|what (?:will|needs)|action (?:required|agreed|point)|activity$",
            "owner": r"owner|lead|responsib|who\b|by whom|assigned|accountable|officer",
            "due": r"due|deadline|target date|completion|timescale|by when|when\b|date",
            "status": r"status|progress|update|rag|brag|outcome|complete",
        },
        ("action", "owner"),
    ),
)


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
        header = [" ".join(" ".join(row[c].split()) for row in grid[:rows]).strip().lower() for c in range(table.n_cols)]
        for kind in KINDS:
            columns = _columns(kind, header)
            if columns is not None:
                return Typed(kind.name, columns, rows)
    return None


def _columns(kind: Kind, header: list[str]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for name, look in reversed(kind.columns.items()) if kind.name == "forward_plan" else kind.columns.items():
        at = next((i for i, text in enumerate(header) if i not in found.values() and len(text) < 60 and re.search(look, text)), None)
        if at is not None:
            found[name] = at
    return found if all(n in found for n in kind.needs) else None


def header_rows_of(table: Table) -> int:
    """Rows at the top that are headers: set bold, or without a figure above rows that have them; at most three."""
    grid = table.grid()
    if table.n_rows < 2:
        return 0
    bold = 0
    while bold < min(3, table.n_rows - 1) and not _has_figure(grid[bold]) and all(c.bold for c in table.cells if c.row == bold and c.text.strip()):
        bold += 1
    if bold:
        return bold
    first = [t for t in grid[0] if t.strip()]
    named = len(first) >= 0.6 * table.n_cols and not _has_figure(grid[0])
    return 1 if first and named and (any(_has_figure(r) for r in grid[1:]) or max(len(t) for t in first) < 60) else 0


def _has_figure(row: list[str]) -> bool:
    """A number after the first column; a year is a head rather than a number."""
    return any(re.fullmatch(r"[-+(£$€]*\s*[\d,.]+\s*[%)mk]*", t.strip()) and not re.fullmatch(r"(?:19|20)\d{2}", t.strip()) for t in row[1:])


def cells_by_row(table: Table) -> list[dict[int, Cell]]:
    """The table's cells, row by row, by column."""
    rows: list[dict[int, Cell]] = [{} for _ in range(table.n_rows)]
    for c in table.cells:
        rows[c.row][c.col] = c
    return rows
