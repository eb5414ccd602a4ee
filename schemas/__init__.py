"""The datasets, declared once as row classes: the writer, the rules, the data package, `minutebook schema`
and docs/datasets.md all come from here."""

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
from schemas.fields import Dataset, Field
from schemas.meetings import AgendaItemRow, AttendanceRow, MeetingRow, MembershipRow
from schemas.over_papers import (
    BodyLinkRow,
    BodyRow,
    CorrectedRow,
    MatterEventRow,
    MatterRow,
    MeetingPaperRow,
    ProblemOverPapersRow,
    RepeatRow,
)
from schemas.people import PersonLinkRow, PersonNamedRow, PersonRow
from schemas.problems import ProblemRow
from schemas.row import COMMON, Row

ROWS: tuple[type[Row], ...] = (
    DocumentRow,
    PartRow,
    PageRow,
    MeetingRow,
    AgendaItemRow,
    MembershipRow,
    AttendanceRow,
    DeclarationRow,
    CorrectionRow,
    MotionRow,
    VoteRow,
    ResolutionRow,
    ActionRow,
    SectionRow,
    TableRow,
    TableCellRow,
    ReportContactRow,
    ForwardPlanRow,
    RiskRow,
    MeasureRow,
    AmountRow,
    PersonNamedRow,
    PersonRow,
    PersonLinkRow,
    BodyRow,
    BodyLinkRow,
    MeetingPaperRow,
    RepeatRow,
    MatterRow,
    MatterEventRow,
    CorrectedRow,
    LinkRow,
    ProblemRow,
    ProblemOverPapersRow,
)
"""The row classes, in the order that a reader meets their datasets."""

DATASETS: dict[str, Dataset] = {row.DATASET.name: row.DATASET for row in ROWS}
"""Every dataset by name, in the same order."""

OF_A_COUNCIL = (
    "people",
    "people_links",
    "bodies",
    "body_links",
    "meeting_papers",
    "repeats",
    "matters",
    "matter_events",
    "corrected",
    "problems_over_papers",
)
"""Datasets made from all of a council's documents: one file instead of one a year."""

UNDATED = "undated.parquet"
"""A dataset's file for papers that name no year; there also without rows, so that every dataset exists. The
others are called by their year: `2024.parquet`."""

ALL = "all.parquet"
"""The one file of a dataset made from all of a council's documents."""

__all__ = ["ALL", "COMMON", "DATASETS", "OF_A_COUNCIL", "ROWS", "UNDATED", "Dataset", "Field", "Row"]
