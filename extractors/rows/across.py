"""Checks across fields and rows that were read each for itself: times in order, votes against the roll. What
does not agree stays as it was read, and `problems` says so."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from extractors.mentions.dates import dates_in
from extractors.version import __version__
from schemas.decisions import MotionRow, VoteRow
from schemas.documents import DocumentRow
from schemas.meetings import AttendanceRow, MeetingRow
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import Place

SMALL_HOURS = dt.time(6)
"""A meeting that rose before this hour may have begun the evening before."""
RUN_TOGETHER = re.compile(r"(?<!\d)((?:19|20)\d\d)[ _.]?(0[1-9]|1[0-2])[ _.]?(0[1-9]|[12]\d|3[01])(?!\d)")
"""A day as file names have it: 20250314."""
FEWEST = 3
"""A roll of fewer members than this was hardly read whole; no votes are held against it."""


def meeting_doubts(meetings: Sequence[MeetingRow]) -> Iterator[ProblemRow]:
    """Meetings that rose before they began."""
    for m in meetings:
        if m.start_time and m.end_time and SMALL_HOURS <= m.end_time < m.start_time:
            text = (
                f"the meeting is said to end at {m.end_time:%H:%M}, before its start at {m.start_time:%H:%M}"
            )
            yield problem(_at(m.place), ProblemKind.END_BEFORE_ITS_START, text, row_id=m.meeting_id)


def name_doubts(name: str, document: DocumentRow, meetings: Sequence[MeetingRow]) -> Iterator[ProblemRow]:
    """A paper whose file's name (or address) has one day, which is of none of its meetings."""
    last = unquote(name).rpartition("/")[2]
    spaced = re.sub(r"[_+]+", " ", RUN_TOGETHER.sub(r"\1-\2-\3", last))
    days = {w.value for first in (True, False) for w in dates_in(spaced, month_first=first)}
    said = {day for day in (document.meeting_date, *(m.date for m in meetings)) if day}
    written = {w.value for w in dates_in(spaced)}
    if len(written) == 1 and said and not days & said:
        text = f"the file's name says {written.pop()}, the paper {document.meeting_date or min(said)}"
        yield problem(
            _at(document.place), ProblemKind.NAME_SAYS_ANOTHER_DAY, text, row_id=document.meeting_id
        )


def roll_doubts(roll: Sequence[AttendanceRow]) -> Iterator[ProblemRow]:
    """People who left before they arrived."""
    for p in roll:
        if p.arrived and p.left and p.left < p.arrived:
            text = f"{p.name} is said to leave at {p.left:%H:%M}, before arriving at {p.arrived:%H:%M}"
            yield problem(_at(p.place), ProblemKind.LEFT_BEFORE_ARRIVING, text, row_id=p.meeting_id)


def motion_doubts(
    motions: Sequence[MotionRow], votes: Sequence[VoteRow], roll: Sequence[AttendanceRow]
) -> Iterator[ProblemRow]:
    """Motions on which more voted than members came, and unanimous ones that somebody voted against."""
    members = Counter(p.meeting_id for p in roll if p.capacity == "member" and p.status == "present")
    named = Counter(v.motion_id for v in votes if v.choice in ("for", "against", "abstain"))
    opposed = Counter(v.motion_id for v in votes if v.choice == "against")
    for m in motions:
        came = members[m.meeting_id]
        voted = max(named[m.motion_id], sum(n or 0 for n in (m.votes_for, m.votes_against, m.abstentions)))
        if FEWEST <= came < voted:
            text = f"{voted} voted, and {came} members are on the roll of those present"
            yield problem(_at(m.place), ProblemKind.MORE_VOTERS_THAN_MEMBERS, text, row_id=m.motion_id)
        if m.unanimous and (against := max(opposed[m.motion_id], m.votes_against or 0)):
            text = f"the motion is said to be unanimous, with {against} against"
            yield problem(_at(m.place), ProblemKind.UNANIMOUS_AND_OPPOSED, text, row_id=m.motion_id)


def _at(place: Place) -> Place:
    """Where the row stands that is doubted."""
    return replace(place, confidence=0.9, extractor=f"minutebook.problems {__version__}")
