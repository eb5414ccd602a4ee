"""From tagged Docs and tables to rows: `extract` is the one verb, a function a dataset below it, a module a
subject."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

from extractors.errors import MinutebookError
from extractors.model import Paper
from extractors.rows.across import meeting_doubts, motion_doubts, name_doubts, roll_doubts
from extractors.rows.content import amounts_rows, cells_rows, contacts_rows, sections_rows, tables_rows
from extractors.rows.decisions import (
    actions_rows,
    corrections_rows,
    declarations_rows,
    motions_rows,
    resolutions_rows,
    votes_rows,
)
from extractors.rows.documents import (
    document_row,
    failed_row,
    links_rows,
    pages_rows,
    parts_rows,
    problems_rows,
)
from extractors.rows.doubted import lowered, with_row_ids
from extractors.rows.meetings import (
    attendance_rows,
    items_rows,
    meetings_rows,
    memberships_rows,
    people_rows,
)
from extractors.rows.read import Leaf, read, read_leaves
from extractors.rows.reading import Reading
from extractors.rows.sureness import surer, whole_doubts
from extractors.rows.typed_tables import (
    forward_plan_rows,
    measures_rows,
    risks_rows,
    table_actions_rows,
    typed_tables,
)
from schemas.content import (
    AmountRow,
    ForwardPlanRow,
    MeasureRow,
    ReportContactRow,
    RiskRow,
    SectionRow,
    TableCellRow,
    TableRow,
)
from schemas.decisions import ActionRow, CorrectionRow, DeclarationRow, MotionRow, ResolutionRow, VoteRow
from schemas.documents import DocumentRow, LinkRow, PageRow, PartRow
from schemas.meetings import AgendaItemRow, AttendanceRow, MeetingRow, MembershipRow
from schemas.people import PersonNamedRow
from schemas.problems import ProblemRow
from schemas.row import Row

Progress = Callable[[int, int], None]
R = TypeVar("R", bound=Row)
MAKERS: tuple[tuple[type[Row], Callable[[Reading], Iterable[Row]]], ...] = (
    (PartRow, parts_rows),
    (PageRow, pages_rows),
    (MeetingRow, meetings_rows),
    (AgendaItemRow, items_rows),
    (MembershipRow, memberships_rows),
    (AttendanceRow, attendance_rows),
    (DeclarationRow, declarations_rows),
    (CorrectionRow, corrections_rows),
    (MotionRow, motions_rows),
    (VoteRow, votes_rows),
    (PersonNamedRow, people_rows),
    (AmountRow, amounts_rows),
    (ResolutionRow, resolutions_rows),
    (ActionRow, actions_rows),
    (SectionRow, sections_rows),
    (TableRow, tables_rows),
    (TableCellRow, cells_rows),
    (ReportContactRow, contacts_rows),
    (ForwardPlanRow, forward_plan_rows),
    (RiskRow, risks_rows),
    (MeasureRow, measures_rows),
    (LinkRow, links_rows),
    (ProblemRow, problems_rows),
)
"""The datasets that a paper's reading gives, in the order that they are made."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one PDF says: `rows` by the dataset's name, ready for the writer; `council` and `year` name
    its partition."""

    document_id: str
    council: str
    year: int | None
    rows: Mapping[str, Sequence[Row]]

    def of(self, kind: type[R]) -> Sequence[R]:
        """The rows of one class: `extraction.of(VoteRow)`."""
        return cast("Sequence[R]", self.rows.get(kind.DATASET.name, ()))

    @property
    def document(self) -> DocumentRow:
        """Its row in `documents`."""
        return self.of(DocumentRow)[0]


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
    return Extraction(
        document_id, council or "unknown", None, {"documents": [failed_row(document_id, path, size, error)]}
    )


def rows_of(r: Reading, path: Path, size: int, *, weighed: bool = True) -> Extraction:
    """Every dataset's rows of a paper that was read; `size` in bytes. Not `weighed`, confidence is what the
    evidence of each row alone gives, as first readings are recorded."""
    r.typed = typed_tables(r)
    document = document_row(r, path, size)
    rows: dict[str, list[Row]] = {kind.DATASET.name: list(make(r)) for kind, make in MAKERS}
    rows["actions"] += table_actions_rows(r)
    rows["documents"] = [document]
    day = document.meeting_date
    year = day.year if day else _year_made(r.paper)
    found = _doubted(Extraction(r.document_id, r.council, year, rows), path.name)
    return _weighed(found) if weighed else found


def _doubted(found: Extraction, name: str) -> Extraction:
    """With the doubts that rows raise against each other and the file's name, each joined to its row."""
    roll, votes = found.of(AttendanceRow), found.of(VoteRow)
    across = [
        *name_doubts(name, found.document, found.of(MeetingRow)),
        *meeting_doubts(found.of(MeetingRow)),
        *roll_doubts(roll),
        *motion_doubts(found.of(MotionRow), votes, roll),
    ]
    problems = list(with_row_ids([*found.of(ProblemRow), *across], found.rows))
    return replace(found, rows={**found.rows, "problems": problems})


def _weighed(found: Extraction) -> Extraction:
    """With rows as sure as first readings of their like were right, those less sure that are doubted, and the
    datasets named that were likely read badly."""
    problems = found.of(ProblemRow)
    rows = lowered(surer(found.rows), problems)
    return replace(found, rows={**rows, "problems": [*problems, *whole_doubts(found.rows)]})


def _year_made(paper: Paper) -> int | None:
    m = re.search(r"(?:D:)?((?:19|20)\d{2})", paper.created or "")
    return int(m[1]) if m else None


__all__ = ["Extraction", "Leaf", "Reading", "extract", "failed", "read", "read_leaves", "rows_of"]
