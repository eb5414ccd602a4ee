"""What is one thing over a council's papers: its bodies, its meetings, and facts that several papers tell."""

import datetime as dt
from typing import Annotated, Literal

from schemas.fields import Column
from schemas.people import DecidedBy, Same
from schemas.problems import ProblemRow
from schemas.row import Row, dataset

BodyKind = Literal[
    "council", "cabinet", "committee", "sub-committee", "board", "commission", "panel", "authority", "other"
]
Relation = Literal[
    "calls",
    "minutes",
    "draft minutes",
    "earlier minutes",
    "decision notice",
    "report",
    "supplement",
    "verbatim record",
    "platform's record",
]
MatterKind = Literal["decision", "planning", "by-law", "ordinance", "resolution", "file", "title", "action"]
MatterEvent = Literal[
    "on the agenda",
    "reported",
    "recommended",
    "moved",
    "carried",
    "lost",
    "decided",
    "deferred",
    "referred",
    "refused",
    "action",
    "completed",
]
Corrected = Literal["as before", "as corrected"]
How = Literal["same words", "other words", "differs", "left out"]


@dataset("bodies", key=("body_id",))
class BodyRow(Row):
    """A body of a council, over all of its papers."""

    body_id: Annotated[str, Column("identifies the body")]
    name: Annotated[str, Column("its name, as the papers print it most often in capitals and small letters")]
    other_names: Annotated[tuple[str, ...], Column("other ways the papers print it")]
    kind: Annotated[BodyKind, Column("council: the council itself; else what its name says")]
    official_code: Annotated[
        str | None, Column("code of the register of councils, where the body is the council and it is known")
    ]
    first_seen: Annotated[dt.date | None, Column("day of its first meeting in the papers")]
    last_seen: Annotated[dt.date | None, Column("day of its last")]
    papers: Annotated[int, Column("documents that name it as the body of a meeting", least=1)]


@dataset("body_links")
class BodyLinkRow(Row):
    """Two names that are, or may be, one body's."""

    body_id: Annotated[str, Column("the one")]
    other_id: Annotated[str, Column("the other; no row of bodies where it was put together with the one")]
    name: Annotated[str | None, Column("name of the one")]
    other_name: Annotated[str | None, Column("name of the other")]
    same: Annotated[Same, Column("yes, no or doubtful")]
    evidence: Annotated[str | None, Column("why")]
    decided_by: Annotated[DecidedBy | None, Column("rule, or the decisions file that a person keeps")]


@dataset("meeting_papers")
class MeetingPaperRow(Row):
    """A paper's part in a meeting."""

    meeting_id: Annotated[
        str, Column("the meeting; the same in all papers about it: council, body, day and sitting")
    ]
    body_id: Annotated[str | None, Column("body that met", repeats=True)]
    joint_with: Annotated[tuple[str, ...], Column("body_id of others that met with it")]
    date: Annotated[dt.date | None, Column("day of the meeting")]
    part_id: Annotated[str | None, Column("part of the document; null where it is all of it")]
    relation: Annotated[Relation, Column("what the part is to the meeting")]
    told_id: Annotated[
        str | None, Column("meeting_id of the document's own rows in meetings, attendance and the rest")
    ]
    rank: Annotated[
        int,
        Column("1 for the paper whose account of the meeting counts first; minutes before others", least=1),
    ]


@dataset("repeats")
class RepeatRow(Row):
    """A row of another dataset that a better account of the same meeting tells too: it is not to be counted
    again. Of a part that another paper has too (a report published alone and in a pack) nothing is."""

    dataset: Annotated[str, Column("dataset of the row", repeats=True)]
    row_id: Annotated[
        str,
        Column(
            "the row: its own id; meeting_id/name for attendance, memberships and declarations, "
            "motion_id/name for votes"
        ),
    ]
    meeting_id: Annotated[str, Column("the meeting, as meeting_papers names it", repeats=True)]
    told_before: Annotated[
        str, Column("row_id of the row that counts; of its motion, where a vote is left out")
    ]
    account: Annotated[str, Column("document_id of the row that counts", repeats=True)]
    how: Annotated[
        How,
        Column(
            "same words; other words; differs: another status, choice, outcome or figure, of which the "
            "better account's counts; left out: the better account of the same thing does not have the row"
        ),
    ]


@dataset("matters", key=("matter_id",))
class MatterRow(Row):
    """What a council deals with over its meetings: under one number, put off by its title, or an action."""

    matter_id: Annotated[
        str, Column("identifies the matter: council, kind, and number or first words and day")
    ]
    reference: Annotated[
        str, Column("the number, as first printed; the title, or the action's words, where it has none")
    ]
    kind: Annotated[
        MatterKind,
        Column(
            "whose number it is: a decision's, a planning application's, a file's or bill's ...; title: put "
            "off to a later meeting; action: followed by its words"
        ),
    ]
    title: Annotated[str | None, Column("title of the item under which it was first dealt with")]
    first_seen: Annotated[dt.date | None, Column("day of the first meeting that dealt with it")]
    last_seen: Annotated[dt.date | None, Column("day of the last")]
    meetings: Annotated[int, Column("meetings that dealt with it", least=0)]


@dataset("matter_events")
class MatterEventRow(Row):
    """A place where a matter was dealt with."""

    matter_id: Annotated[str, Column("the matter")]
    meeting_id: Annotated[str | None, Column("the meeting, as meeting_papers names it")]
    date: Annotated[dt.date | None, Column("day of the meeting")]
    event: Annotated[MatterEvent, Column("what became of it there")]
    dataset: Annotated[str, Column("dataset of the row that says so", repeats=True)]
    row_id: Annotated[str, Column("that row's own id")]
    text: Annotated[str | None, Column("its words")]
    evidence: Annotated[str | None, Column("why the row is of the matter")]


@dataset("corrected")
class CorrectedRow(Row):
    """A row of earlier minutes that a correction is, or may be, about."""

    correction_id: Annotated[str, Column("the correction")]
    meeting_id: Annotated[
        str, Column("meeting whose minutes are put right, as meeting_papers names it", repeats=True)
    ]
    dataset: Annotated[
        str, Column("dataset of the row; meetings where no more is known than whose minutes", repeats=True)
    ]
    row_id: Annotated[str, Column("the row, named as repeats.row_id names rows; a meeting_id for meetings")]
    same: Annotated[Same, Column("yes, or doubtful: the day is not said, or several rows have the words")]
    evidence: Annotated[str, Column("why")]
    state: Annotated[
        Corrected | None,
        Column("which of the words quoted the row that counts has; null where none are quoted or found"),
    ]


@dataset("problems_over_papers")
class ProblemOverPapersRow(ProblemRow):
    """A doubt that no paper raises alone: bodies that may be one, papers that tell a thing differently."""
