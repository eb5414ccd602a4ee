"""Decisions: interests declared, motions and votes, resolutions and recommendations, and who is to do
what."""

import datetime as dt
from typing import Annotated, Literal

from schemas.fields import Column
from schemas.row import Row, dataset

InterestKind = Literal["pecuniary", "non-pecuniary", "other"]
MotionKind = Literal["motion", "amendment"]
Outcome = Literal["carried", "lost", "withdrawn", "agreed"]
Choice = Literal["for", "against", "abstain", "absent", "recused", "not_voting"]
ResolutionKind = Literal["resolution", "recommendation"]
Verb = Literal[
    "note", "approve", "agree", "refuse", "defer", "refer", "delegate", "recommend", "appoint", "other"
]
OwnerKind = Literal["person", "role", "body", "unknown"]
ActionSource = Literal["minutes", "resolution", "action_table"]
DuePrecision = Literal["day", "month", "quarter", "year", "meeting"]


@dataset("declarations")
class DeclarationRow(Row):
    """An interest declared."""

    meeting_id: Annotated[str | None, Column("meeting", references="meetings.meeting_id")]
    item_number: Annotated[
        str | None, Column("item that the interest is in, where that is said", repeats=True)
    ]
    person_id: Annotated[str | None, Column("who declared it")]
    name: Annotated[str, Column("name as printed, without title")]
    kind: Annotated[
        InterestKind | None,
        Column("pecuniary: financial; non-pecuniary: personal and the like; other: not said"),
    ]
    text: Annotated[str | None, Column("the paper's words")]
    left_meeting: Annotated[
        bool | None,
        Column("true when the person left or took no part, false when they stayed; null where nothing says"),
    ]


@dataset("corrections", key=("correction_id",))
class CorrectionRow(Row):
    """What a meeting put right in the minutes of an earlier one."""

    meeting_id: Annotated[str | None, Column("meeting that put it right", references="meetings.meeting_id")]
    correction_id: Annotated[str, Column("identifies the correction")]
    item_number: Annotated[str | None, Column("agenda item", repeats=True)]
    minutes_of: Annotated[
        dt.date | None, Column("day of the meeting whose minutes are put right, where that is said")
    ]
    minute: Annotated[str | None, Column("minute or item that is put right, as printed")]
    in_page: Annotated[str | None, Column("page of those minutes, as printed")]
    text: Annotated[str, Column("the correction in the paper's words")]
    was: Annotated[str | None, Column("the words that go, where they are quoted")]
    reads: Annotated[str | None, Column("the words that come, where they are quoted")]


@dataset("motions", key=("motion_id",))
class MotionRow(Row):
    """A motion or amendment put."""

    meeting_id: Annotated[str | None, Column("meeting", references="meetings.meeting_id")]
    motion_id: Annotated[str, Column("identifies the motion")]
    item_number: Annotated[str | None, Column("agenda item", repeats=True)]
    kind: Annotated[MotionKind | None, Column("motion or amendment")]
    amends: Annotated[
        str | None, Column("motion_id of the motion that an amendment amends", references="motions.motion_id")
    ]
    mover: Annotated[str | None, Column("who moved it, as printed", repeats=True)]
    mover_person_id: Annotated[str | None, Column("the mover, where the roll tells who that is")]
    seconder: Annotated[str | None, Column("who seconded it, as printed", repeats=True)]
    seconder_person_id: Annotated[str | None, Column("the seconder, where the roll tells who that is")]
    text: Annotated[str | None, Column("its words")]
    text_struck: Annotated[
        str | None, Column("words that the paper strikes out of it; null where none are, or nothing says")
    ]
    text_inserted: Annotated[
        str | None, Column("words that the paper puts into it; null where none are, or nothing says")
    ]
    outcome: Annotated[
        Outcome | None, Column("how it ended; null where nothing says, or when it was deferred")
    ]
    outcome_text: Annotated[str | None, Column("how it ended, as printed", repeats=True)]
    unanimous: Annotated[bool | None, Column("true where the paper says so; null elsewhere")]
    votes_for: Annotated[int | None, Column("votes for, as counted in print", unit="votes", least=0)]
    votes_against: Annotated[int | None, Column("votes against, as counted in print", unit="votes", least=0)]
    abstentions: Annotated[int | None, Column("abstentions, as counted in print", unit="votes", least=0)]
    casting_vote: Annotated[bool | None, Column("a casting vote decided it")]
    reference: Annotated[str | None, Column('number that the council gives it: "R2025-051"')]


@dataset("votes")
class VoteRow(Row):
    """One person's recorded vote."""

    motion_id: Annotated[str, Column("motion", references="motions.motion_id")]
    person_id: Annotated[str | None, Column("who voted")]
    name: Annotated[str, Column("name as printed, without title")]
    choice: Annotated[
        Choice,
        Column("how the person voted; absent, recused and not_voting where the paper lists who did not"),
    ]


@dataset("resolutions", key=("resolution_id",))
class ResolutionRow(Row):
    """A clause resolved, or recommended in a report."""

    meeting_id: Annotated[
        str | None,
        Column("meeting that resolved it, or that the report is for", references="meetings.meeting_id"),
    ]
    resolution_id: Annotated[str, Column("identifies the clause")]
    item_number: Annotated[str | None, Column("agenda item", repeats=True)]
    clause: Annotated[
        str | None,
        Column('number of the clause as printed: "1", "(a)"; null when there is one only', repeats=True),
    ]
    kind: Annotated[ResolutionKind | None, Column("resolution or recommendation")]
    verb: Annotated[Verb | None, Column("what it does")]
    text: Annotated[str, Column("the clause's own words")]
    motion_id: Annotated[str | None, Column("motion that it came from", references="motions.motion_id")]
    stem: Annotated[str | None, Column("words that the clause hangs from; the preamble of a motion")]
    reference: Annotated[str | None, Column('number that the council gives it: "R2025-051"')]
    mover: Annotated[str | None, Column("who moved it, as printed")]
    seconder: Annotated[str | None, Column("who seconded it, as printed")]
    outcome: Annotated[str | None, Column("outcome as printed: carried...", repeats=True)]


@dataset("actions", key=("action_id",))
class ActionRow(Row):
    """Something somebody is to do."""

    meeting_id: Annotated[str | None, Column("meeting", references="meetings.meeting_id")]
    action_id: Annotated[str, Column("identifies the action")]
    item_number: Annotated[str | None, Column("agenda item", repeats=True)]
    owners: Annotated[tuple[str, ...], Column("who is to do it, as printed; empty when nobody is named")]
    owner_person_ids: Annotated[tuple[str, ...], Column("those of them who are people known in the document")]
    owner_kind: Annotated[OwnerKind | None, Column("what sort of owner")]
    text: Annotated[str, Column("what is to be done, in the paper's words")]
    due_text: Annotated[str | None, Column("by when, as printed")]
    due_date: Annotated[
        dt.date | None, Column("the last day that it allows, told by it or from the meeting's own")
    ]
    due_precision: Annotated[
        DuePrecision | None,
        Column(
            "how much of due_date is said: the day, or the month, quarter, year or meeting that it stands for"
        ),
    ]
    status: Annotated[str | None, Column("as an action table prints it", repeats=True)]
    source: Annotated[ActionSource | None, Column("where it was read")]
