"""What the pipeline doubts of its own reading: every kind of doubt is declared here, with how bad it is and
who can mend it."""

from enum import StrEnum
from typing import Annotated, Self

from schemas.fields import Column
from schemas.row import Place, Row, dataset


class Severity(StrEnum):
    """How bad a problem is."""

    LOST = "lost"
    """The paper says something that no row says."""
    DOUBTFUL = "doubtful"
    """There are rows, and some may be wrong."""
    NOTE = "note"
    """The rows say what the paper says; the paper is odd."""


class Mender(StrEnum):
    """Who can put a problem right."""

    PUBLISHER = "publisher"
    """The council: its file or its words are at fault."""
    OPERATOR = "operator"
    """Whoever runs Minutebook, by its settings or what is installed."""
    MINUTEBOOK = "minutebook"
    """Minutebook's authors: the reading has to be better."""


class ProblemKind(StrEnum):
    """A sort of problem: its name in the data, its severity, who mends it, the dataset whose rows it is about
    (None: any)."""

    severity: Severity
    mended_by: Mender
    dataset: str | None

    def __new__(cls, name: str, severity: Severity, mended_by: Mender, dataset: str | None) -> Self:
        """A text that knows the rest."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.severity, kind.mended_by, kind.dataset = severity, mended_by, dataset
        return kind

    COUNCIL_NOT_KNOWN = "council not known", Severity.DOUBTFUL, Mender.OPERATOR, "documents"
    HEARD_AND_NOT_UNDERSTOOD = "heard and not understood", Severity.LOST, Mender.MINUTEBOOK, None
    FEWER_THAN_HEARD = "fewer than heard", Severity.LOST, Mender.MINUTEBOOK, None
    DOUBTFUL_ON_THE_WHOLE = "doubtful on the whole", Severity.DOUBTFUL, Mender.MINUTEBOOK, None
    FACE_INCOMPLETE = "face incomplete", Severity.DOUBTFUL, Mender.MINUTEBOOK, "meetings"
    PAPER_REPAIRED = "paper repaired", Severity.DOUBTFUL, Mender.PUBLISHER, "documents"
    PAGE_NOT_READ = "page not read", Severity.LOST, Mender.OPERATOR, "pages"
    PAGE_WITHOUT_TEXT = "page without text", Severity.LOST, Mender.OPERATOR, "pages"
    TABLE_OVERFLOWS = "table overflows", Severity.DOUBTFUL, Mender.MINUTEBOOK, "tables"
    MEETING_WITHOUT_A_DATE = "meeting without a date", Severity.LOST, Mender.MINUTEBOOK, "meetings"
    NAME_SAYS_ANOTHER_DAY = "name says another day", Severity.DOUBTFUL, Mender.PUBLISHER, "meetings"
    END_BEFORE_ITS_START = "end before its start", Severity.DOUBTFUL, Mender.MINUTEBOOK, "meetings"
    MINUTES_WITHOUT_A_DECISION = (
        "minutes without a decision",
        Severity.DOUBTFUL,
        Mender.MINUTEBOOK,
        "resolutions",
    )
    NOBODY_PRESENT = "nobody present", Severity.LOST, Mender.MINUTEBOOK, "attendance"
    BOTH_PRESENT_AND_SORRY = "both present and sorry", Severity.DOUBTFUL, Mender.MINUTEBOOK, "attendance"
    LEFT_BEFORE_ARRIVING = "left before arriving", Severity.DOUBTFUL, Mender.MINUTEBOOK, "attendance"
    BELOW_THE_QUORUM = "below the quorum", Severity.DOUBTFUL, Mender.MINUTEBOOK, "attendance"
    DIVISION_DOES_NOT_ADD_UP = "division does not add up", Severity.DOUBTFUL, Mender.MINUTEBOOK, "votes"
    VOTES_TWICE = "votes twice", Severity.DOUBTFUL, Mender.MINUTEBOOK, "votes"
    VOTER_NOT_PLACED = "voter not placed", Severity.DOUBTFUL, Mender.MINUTEBOOK, "votes"
    OUTCOME_AGAINST_THE_COUNT = "outcome against the count", Severity.DOUBTFUL, Mender.MINUTEBOOK, "motions"
    MORE_VOTERS_THAN_MEMBERS = "more voters than members", Severity.DOUBTFUL, Mender.MINUTEBOOK, "motions"
    UNANIMOUS_AND_OPPOSED = "unanimous and opposed", Severity.DOUBTFUL, Mender.MINUTEBOOK, "motions"
    MOVER_NOT_PRESENT = "mover not present", Severity.NOTE, Mender.PUBLISHER, "motions"
    SECONDER_NOT_PRESENT = "seconder not present", Severity.NOTE, Mender.PUBLISHER, "motions"
    ITEM_WITHOUT_A_MINUTE = "item without a minute", Severity.LOST, Mender.MINUTEBOOK, "agenda_items"
    CLAUSE_MISSING = "clause missing", Severity.LOST, Mender.MINUTEBOOK, "resolutions"
    ROW_BREAKS_A_RULE = "row breaks a rule", Severity.LOST, Mender.MINUTEBOOK, None
    PLATFORM_SAYS_ANOTHER_DAY = "platform says another day", Severity.DOUBTFUL, Mender.PUBLISHER, "meetings"
    PLATFORM_SAYS_PRESENT = "platform says present", Severity.DOUBTFUL, Mender.PUBLISHER, "attendance"
    PLATFORM_SAYS_ABSENT = "platform says absent", Severity.DOUBTFUL, Mender.PUBLISHER, "attendance"
    PLATFORM_NAMES_ANOTHER_MOVER = (
        "platform names another mover",
        Severity.DOUBTFUL,
        Mender.PUBLISHER,
        "motions",
    )
    BODIES_MAY_BE_ONE = "bodies may be one", Severity.DOUBTFUL, Mender.OPERATOR, "bodies"
    PAPERS_DIFFER = "papers differ", Severity.NOTE, Mender.PUBLISHER, None
    PRESENT_AND_ABSENT = "present and absent", Severity.DOUBTFUL, Mender.PUBLISHER, "attendance"
    IN_TWO_PLACES = "in two places", Severity.DOUBTFUL, Mender.MINUTEBOOK, "attendance"
    ABSENT_AND_VOTED = "absent and voted", Severity.DOUBTFUL, Mender.PUBLISHER, "votes"
    CALLED_AND_NOT_MINUTED = "called and not minuted", Severity.NOTE, Mender.PUBLISHER, "meetings"


ROW_IDS = {
    "documents": "document_id",
    "parts": "part_id",
    "bodies": "body_id",
    "meetings": "meeting_id",
    "agenda_items": "item_id",
    "attendance": "meeting_id",
    "motions": "motion_id",
    "votes": "motion_id",
    "resolutions": "resolution_id",
    "actions": "action_id",
    "sections": "section_id",
    "tables": "table_id",
}
"""By dataset, the column that `row_id` names rows by: the key where there is one, else what they hang on."""


@dataset("problems")
class ProblemRow(Row):
    """Something the pipeline itself doubts."""

    part_id: Annotated[str | None, Column("part that the doubt is about", references="parts.part_id")]
    kind: Annotated[ProblemKind | None, Column("sort of doubt")]
    text: Annotated[str | None, Column("the doubt in words")]
    severity: Annotated[
        Severity | None,
        Column(
            "lost: the paper says something that no row says; doubtful: some rows may be wrong; note: the "
            "paper itself is odd"
        ),
    ]
    mended_by: Annotated[
        Mender | None,
        Column("who can put it right: the council, whoever runs Minutebook, or Minutebook's authors"),
    ]
    dataset: Annotated[str | None, Column("dataset whose rows it is about", repeats=True)]
    row_id: Annotated[
        str | None,
        Column(
            "the row that it is about, or rows: a meeting_id for attendance, a motion_id for votes, else the "
            "row's own id; null where none is known or the row is missing"
        ),
    ]


def problem(
    place: Place,
    kind: ProblemKind,
    text: str,
    *,
    part_id: str | None = None,
    dataset: str | None = None,
    row_id: str | None = None,
) -> ProblemRow:
    """A row of `problems`, its severity, mender and dataset (unless another is given) those of its kind."""
    return ProblemRow(
        place=place,
        part_id=part_id,
        kind=kind,
        text=text,
        severity=kind.severity,
        mended_by=kind.mended_by,
        dataset=dataset or kind.dataset,
        row_id=row_id,
    )
