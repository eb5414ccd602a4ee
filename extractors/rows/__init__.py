"""From tagged Docs and tables to rows: `extract` is the one verb, a function a dataset below it, a module a
subject."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from extractors.errors import MinutebookError
from extractors.model import Paper
from extractors.rows.content import amounts_rows, cells_rows, contacts_rows, sections_rows, tables_rows
from extractors.rows.decisions import (
    actions_rows,
    declarations_rows,
    motions_rows,
    resolutions_rows,
    votes_rows,
)
from extractors.rows.documents import document_row, links_rows, pages_rows, parts_rows, problems_rows
from extractors.rows.meetings import (
    attendance_rows,
    items_rows,
    meetings_rows,
    memberships_rows,
    people_rows,
)
from extractors.rows.read import Leaf, read, read_leaves
from extractors.rows.reading import Reading, Row
from extractors.rows.typed_tables import (
    forward_plan_rows,
    measures_rows,
    risks_rows,
    table_actions_rows,
    typed_tables,
)
from extractors.version import __version__

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one PDF says: `rows` by dataset, ready for the writer; `council` and `year` name its
    partition."""

    document_id: str
    council: str
    year: int | None
    rows: dict[str, list[Row]] = field(default_factory=lambda: dict[str, list[Row]]())

    @property
    def document(self) -> Row:
        """Its row in `documents`."""
        return self.rows["documents"][0]


def extract(
    pdf: str | Path,
    *,
    council: str | None = None,
    ocr: str = "auto",
    progress: Progress | None = None,
    leaves: Sequence[Leaf] | None = None,
) -> Extraction:
    """Read one PDF. Never raises for a bad PDF: that is an Extraction with one `documents` row, status
    failed, and the reason.

    Raises OSError when the file itself cannot be read. `ocr` is auto, tesseract, rapidocr or none; `leaves`
    where others have read the pages.
    """
    path = Path(pdf)
    data = path.read_bytes()
    document_id = hashlib.sha256(data).hexdigest()
    try:
        reading = read(path, document_id, council=council, ocr=ocr, progress=progress, leaves=leaves)
        return rows_of(reading, path, len(data))
    except MinutebookError as error:
        return failed(document_id, path, len(data), str(error), council)
    except RecursionError:
        return failed(
            document_id, path, len(data), "the PDF refers to itself without end: open it by hand", council
        )


def failed(document_id: str, path: Path, size: int, error: str, council: str | None = None) -> Extraction:
    """The one row of a PDF that could not be read."""
    row: Row = {
        "document_id": document_id,
        "page": None,
        "bbox": None,
        "regions": [],
        "confidence": 1.0,
        "extractor": f"minutebook.documents {__version__}",
        "source_url": path.name,
        "kind": "other",
        "bytes": size,
        "status": "failed",
        "error": error,
    }
    return Extraction(document_id, council or "unknown", None, {"documents": [row]})


def rows_of(r: Reading, path: Path, size: int) -> Extraction:
    """Every dataset's rows of a paper that was read; `size` in bytes."""
    r.typed = typed_tables(r)
    makers: tuple[tuple[str, Callable[[Reading], Iterable[Row]]], ...] = (
        ("parts", parts_rows),
        ("pages", pages_rows),
        ("meetings", meetings_rows),
        ("agenda_items", items_rows),
        ("memberships", memberships_rows),
        ("attendance", attendance_rows),
        ("declarations", declarations_rows),
        ("motions", motions_rows),
        ("votes", votes_rows),
        ("people_named", people_rows),
        ("amounts", amounts_rows),
        ("resolutions", resolutions_rows),
        ("actions", actions_rows),
        ("sections", sections_rows),
        ("tables", tables_rows),
        ("table_cells", cells_rows),
        ("report_contacts", contacts_rows),
        ("forward_plan", forward_plan_rows),
        ("risks", risks_rows),
        ("measures", measures_rows),
        ("links", links_rows),
    )
    rows = {name: list(make(r)) for name, make in makers}
    rows["actions"] += table_actions_rows(r)
    rows["problems"] = list(problems_rows(r))
    rows["documents"] = [document_row(r, path, size)]
    day = rows["documents"][0]["meeting_date"]
    year = day.year if isinstance(day, date) else _year_made(r.paper)
    return Extraction(r.document_id, r.council, year, rows)


def _year_made(paper: Paper) -> int | None:
    m = re.search(r"(?:D:)?((?:19|20)\d{2})", paper.created or "")
    return int(m[1]) if m else None


__all__ = ["Extraction", "Leaf", "Reading", "Row", "extract", "failed", "read", "read_leaves", "rows_of"]
