"""A table as a table: its grid, as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
import sqlite3
from typing import Any

from search.pages import Found, document, many, one, reasons
from search.spreadsheets import harmless


def table(db: sqlite3.Connection, table_id: str) -> Found | None:
    """A table with its rows of cells, the title of what it stands in and its neighbours."""
    t = one(db, "SELECT * FROM tables WHERE table_id = ?", table_id)
    if t is None:
        return None
    cells = many(db, "SELECT * FROM table_cells WHERE table_id = ? ORDER BY row, col", table_id)
    t["cells"] = cells
    t["rows"] = [
        [c for c in cells if c["row"] == n] for n in range(1 + max((c["row"] for c in cells), default=-1))
    ]
    t["heads"] = next((i for i, row in enumerate(t["rows"]) if not all(c["is_header"] for c in row)), 0)
    t["units"] = sorted({c["unit"] for c in cells if c["unit"]})
    e = one(db, "SELECT * FROM entries WHERE key = ? LIMIT 1", table_id) or {}
    t |= {
        name: e.get(name)
        for name in ("title", "council", "committee", "day", "meeting_id", "regions", "item")
    }
    t["reasons"] = reasons(e.get("doubts"))
    t["document"] = document(db, t["document_id"])
    others = many(
        db, "SELECT table_id FROM tables WHERE document_id = ? ORDER BY page, rowid", t["document_id"]
    )
    at = next(i for i, o in enumerate(others) if o["table_id"] == table_id)
    t["before"] = others[at - 1] if at else None
    t["after"] = others[at + 1] if at + 1 < len(others) else None
    return t


def as_csv(t: Found) -> str:
    """The grid as CSV; a cell over several columns or rows stands in its first."""
    out = io.StringIO()
    width = max((c["col"] + (c["col_span"] or 1) for c in t["cells"]), default=0)
    writer = csv.writer(out)
    for row in t["rows"]:
        texts = [""] * width
        for c in row:
            texts[c["col"]] = harmless(" ".join((c["text"] or "").split()))
        writer.writerow(texts)
    return out.getvalue()


def as_workbook(t: Found) -> bytes:
    """A workbook of one sheet; numbers are numbers, merged cells merged, headers bold."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book: Any = Workbook()
    sheet = book.active
    sheet.title = "Table"
    for c in t["cells"]:
        cell = sheet.cell(c["row"] + 1, c["col"] + 1)
        is_number = c["number"] is not None and c["unit"] != "%"
        cell.value = c["number"] if is_number else harmless(c["text"] or "") or None
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=bool(c["is_header"]))
        rows, cols = c["row_span"] or 1, c["col_span"] or 1
        if rows > 1 or cols > 1:
            sheet.merge_cells(
                start_row=c["row"] + 1,
                start_column=c["col"] + 1,
                end_row=c["row"] + rows,
                end_column=c["col"] + cols,
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
