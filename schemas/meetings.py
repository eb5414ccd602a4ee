"""Meetings: what was called, the agenda, who sits on the body, who came."""

import datetime as dt
from typing import Annotated, Literal

from schemas.fields import Column
from schemas.row import Row, dataset

MeetingStatus = Literal["called", "held", "cancelled", "postponed"]
Presence = Literal["present", "apologies", "absent"]
SeatSource = Literal["front sheet"]
Capacity = Literal["member", "officer", "other"]


@dataset("meetings", key=("meeting_id",))
class MeetingRow(Row):
    """A meeting that a paper calls or minutes."""

    meeting_id: Annotated[str, Column("identifies the meeting in this document")]
    committee: Annotated[str | None, Column("body that meets, as printed", repeats=True)]
    date: Annotated[dt.date | None, Column("day of the meeting")]
    start_time: Annotated[dt.time | None, Column("when it began or is to begin", unit="local time")]
    end_time: Annotated[dt.time | None, Column("when it rose", unit="local time")]
    called_for: Annotated[dt.time | None, Column("hour that its notice or heading prints", unit="local time")]
    adjourned: Annotated[
        dt.time | None, Column("when it first broke off, where it went on that day", unit="local time")
    ]
    resumed: Annotated[dt.time | None, Column("when it went on after that", unit="local time")]
    venue: Annotated[str | None, Column("where, as printed")]
    kind: Annotated[
        str | None,
        Column("ordinary, special, extraordinary, annual...; null where nothing says", repeats=True),
    ]
    status: Annotated[
        MeetingStatus | None, Column("called (by an agenda), held (by minutes), cancelled or postponed")
    ]


@dataset("agenda_items", key=("item_id",))
class AgendaItemRow(Row):
    """An item of a meeting."""

    meeting_id: Annotated[str | None, Column("its meeting", references="meetings.meeting_id")]
    item_id: Annotated[str, Column("identifies the item")]
    number: Annotated[str | None, Column('its number, nested numbers in brackets: "3(1)"', repeats=True)]
    minute_number: Annotated[
        str | None,
        Column('number of its minute, where minutes are numbered over the year: "292"', repeats=True),
    ]
    parent_number: Annotated[str | None, Column("number of the item that it is under", repeats=True)]
    position: Annotated[int | None, Column("its place among the meeting's items, from 1")]
    title: Annotated[str | None, Column("its title, without page numbers")]
    page_from: Annotated[int | None, Column("first page of its papers in this PDF", least=1)]
    page_to: Annotated[int | None, Column("last page of its papers in this PDF", least=1)]
    for_information: Annotated[bool | None, Column("marked as for information only")]
    exempt: Annotated[bool | None, Column("taken, or to be taken, in private")]
    exempt_reason: Annotated[str | None, Column("words that say why")]


@dataset("memberships")
class MembershipRow(Row):
    """A seat on the front sheet's list of members."""

    meeting_id: Annotated[str | None, Column("meeting of the front sheet", references="meetings.meeting_id")]
    person_id: Annotated[str | None, Column("person, within the document")]
    name: Annotated[str | None, Column("name as printed, without title")]
    title: Annotated[str | None, Column("title as printed", repeats=True)]
    role: Annotated[str | None, Column("Chair, Vice-Chair...", repeats=True)]
    party: Annotated[str | None, Column("party or group as printed", repeats=True)]
    ward: Annotated[str | None, Column("ward, division or district as printed", repeats=True)]
    since: Annotated[dt.date | None, Column("first day of the seat, where the sheet says it")]
    until: Annotated[dt.date | None, Column("last day of the seat, where the sheet says it")]
    source: Annotated[SeatSource | None, Column("what says so")]


@dataset("attendance")
class AttendanceRow(Row):
    """A person at, or sorry not to be at, a meeting."""

    meeting_id: Annotated[str | None, Column("the meeting", references="meetings.meeting_id")]
    person_id: Annotated[str | None, Column("person, within the document")]
    name: Annotated[str, Column("name as printed, without title")]
    title: Annotated[str | None, Column("Councillor, Mr, Dr... as printed", repeats=True)]
    honours: Annotated[str | None, Column("letters after the name", repeats=True)]
    status: Annotated[Presence | None, Column("how the roll lists the person")]
    capacity: Annotated[
        Capacity | None,
        Column(
            "member: sits on this body; officer: of the council or a partner; other: visiting "
            "councillor, guest, public"
        ),
    ]
    role: Annotated[str | None, Column("Chair, Mayor... at this meeting", repeats=True)]
    job_title: Annotated[str | None, Column("post, as printed")]
    organisation: Annotated[str | None, Column("body that a guest comes from")]
    substitute_for: Annotated[str | None, Column("whose place the person took")]
    virtual: Annotated[bool | None, Column("true when by video or telephone; null where nothing says")]
    arrived: Annotated[dt.time | None, Column("when, if later than the start", unit="local time")]
    left: Annotated[dt.time | None, Column("when, if before the end", unit="local time")]
