"""Doubts: what rows say against each other, and which row each doubt is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from extractors import extract
from extractors.reading.facts import PersonFact
from extractors.rows.across import meeting_doubts, motion_doubts, name_doubts, roll_doubts
from extractors.rows.doubted import lowered, with_row_ids
from extractors.rows.meetings import capacity_of
from pipeline.store.sql import connect
from schemas import DATASETS
from schemas.decisions import MotionRow, VoteRow
from schemas.meetings import AttendanceRow, MeetingRow
from schemas.problems import ROW_IDS, ProblemKind, ProblemRow, problem
from schemas.row import nowhere
from tests.conftest import read_fixture
from tools.typeset import typeset

MINUTES = "marlow-minutes"


def _rows(kind):
    return list(read_fixture(MINUTES).of(kind))


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [("19:00", "18:30", True), ("19:00", "21:00", False), ("19:00", "00:20", False), ("10:00", None, False)],
)
def test_a_meeting_ends_after_its_start(start, end, told):
    meeting = replace(
        _rows(MeetingRow)[0],
        start_time=dt.time.fromisoformat(start),
        end_time=dt.time.fromisoformat(end) if end else None,
    )
    found = list(meeting_doubts([meeting]))
    assert [p.row_id for p in found] == [meeting.meeting_id] * told
    assert all(p.kind == "end before its start" and p.place.page == meeting.place.page for p in found)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("minutes {day:%Y%m%d}.pdf", False),
        ("minutes_{day:%d_%m_%Y}.pdf", False),
        ("https://marlow.example/papers/Minutes%20{day:%d}%20{day:%B}%20{day:%Y}.pdf", False),
        ("minutes-19990102.pdf", True),
        ("2 January 1999.pdf", True),
        ("from 2 January 1999 to 4 January 1999.pdf", False),
        ("minutes-12345678.pdf", False),
        ("minutes.pdf", False),
    ],
)
def test_the_name_of_a_file_has_the_day_of_a_meeting(name, told):
    paper = read_fixture(MINUTES)
    meetings = list(paper.of(MeetingRow))
    found = list(name_doubts(name.format(day=meetings[0].date), paper.document, meetings))
    assert [p.row_id for p in found] == [paper.document.meeting_id] * told


def test_a_doubt_makes_the_rows_that_it_is_about_less_sure():
    paper = read_fixture(MINUTES)
    motion, *others = paper.of(MotionRow)
    line, *roll = paper.of(AttendanceRow)
    doubts = [
        problem(motion.place, ProblemKind.OUTCOME_AGAINST_THE_COUNT, "why", row_id=motion.motion_id),
        problem(line.place, ProblemKind.LEFT_BEFORE_ARRIVING, f"{line.name} left", row_id=line.meeting_id),
    ]
    note = problem(motion.place, ProblemKind.MOVER_NOT_PRESENT, "a note", row_id=motion.motion_id)
    assert lowered(paper.rows, [note])["motions"] == paper.rows["motions"]
    now = lowered(paper.rows, doubts)
    assert now["motions"][0].place.confidence == round(0.8 * motion.place.confidence, 3)
    assert now["attendance"][0].place.confidence == round(0.8 * line.place.confidence, 3)
    assert [*now["motions"][1:]] == others and [*now["attendance"][1:]] == roll
    assert now["parts"] is paper.rows["parts"]


def test_nobody_leaves_before_arriving():
    early, late = dt.time(18), dt.time(20)
    first, second, *_ = _rows(AttendanceRow)
    odd, well = replace(first, arrived=late, left=early), replace(second, arrived=early, left=late)
    assert [(p.text.split(" is")[0], p.row_id) for p in roll_doubts([odd, well])] == [
        (first.name, first.meeting_id)
    ]


def test_no_more_vote_than_came():
    roll = _rows(AttendanceRow)
    came = sum(p.capacity == "member" and p.status == "present" for p in roll)
    assert came >= 3
    motion = _rows(MotionRow)[0]
    as_many = replace(motion, votes_for=came, votes_against=0, abstentions=None, unanimous=None)
    one_more = replace(as_many, votes_against=1)
    votes = [VoteRow(place=motion.place, motion_id=motion.motion_id, person_id=None, name=n, choice="for")
             for n in "abcdefghijkl"]  # fmt: skip
    assert list(motion_doubts([as_many], (), roll)) == []
    for put, named in ((one_more, []), (as_many, votes)):
        (told,) = motion_doubts([put], named, roll)
        assert (told.kind, told.dataset, told.row_id) == (
            ProblemKind.MORE_VOTERS_THAN_MEMBERS,
            "motions",
            motion.motion_id,
        )
    assert list(motion_doubts([one_more], (), roll[:2])) == [], "a roll of two was not read whole"


def test_unanimous_is_unopposed():
    motion = replace(_rows(MotionRow)[0], votes_for=1, votes_against=1, abstentions=0, unanimous=True)
    (told,) = motion_doubts([motion], (), ())
    assert told.kind == "unanimous and opposed" and told.row_id == motion.motion_id
    assert list(motion_doubts([replace(motion, votes_against=0)], (), ())) == []


def test_the_fixtures_rows_agree_with_each_other(output):
    kinds = "', '".join(("end before its start", "left before arriving", "more voters than members",
                         "unanimous and opposed"))  # fmt: skip
    assert connect(output).sql(f"SELECT text FROM problems WHERE kind IN ('{kinds}')").fetchall() == []


def test_a_doubt_names_the_row_at_its_place():
    extraction = read_fixture(MINUTES)
    motion, person = extraction.of(MotionRow)[0], extraction.of(AttendanceRow)[0]
    part = extraction.rows["parts"][0].part_id
    doubts = [
        problem(motion.place, ProblemKind.MOVER_NOT_PRESENT, "why"),
        problem(person.place, ProblemKind.BOTH_PRESENT_AND_SORRY, "why"),
        problem(nowhere(extraction.document_id, 0.9, "x"), ProblemKind.NOBODY_PRESENT, "why", part_id=part),
        problem(nowhere(extraction.document_id, 0.9, "x"), ProblemKind.COUNCIL_NOT_KNOWN, "why"),
        problem(nowhere(extraction.document_id, 0.9, "x"), ProblemKind.CLAUSE_MISSING, "why", part_id=part),
        problem(motion.place, ProblemKind.HEARD_AND_NOT_UNDERSTOOD, "why"),
    ]
    assert [p.row_id for p in with_row_ids(doubts, extraction.rows)] == [
        motion.motion_id,
        person.meeting_id,
        person.meeting_id,
        extraction.document_id,
        None,
        None,
    ]


def _yields(words: str) -> set[tuple[str, str | None]]:
    with TemporaryDirectory() as folder:
        text = Path(folder) / "paper.txt"
        text.write_text(words, "utf-8")
        typeset(text, pdf := Path(folder) / "paper.pdf")
        told = extract(pdf).of(ProblemRow)
    return {(str(p.kind), p.dataset) for p in told}


UNHEARD = """OAKMERE PARISH COUNCIL
MINUTES of the meeting held on Tuesday 3 March 2026 at 7.30 pm

PRESENT: Cllr A. Moss (Chair), Cllr B. Reed, Cllr C. Fenn
APOLOGIES: none

1. Minutes of the last meeting
They were signed as a true record.

2. Street lights
{told}

3. Date of the next meeting
Tuesday 7 April 2026.
"""


@pytest.mark.parametrize(
    ("told", "dataset"),
    [
        ("Hands went up for Moss's motion, which Reed had hotly seconded beforehand.", "motions"),
        ("The nays of Reed and of Fenn were written in the book at their wish.", "votes"),
        ("An interest of Moss's in the lamp factory came out during this debate.", "declarations"),
    ],
)
def test_words_that_no_row_tells_of_are_owned_up_to(told, dataset):
    assert ("fewer than heard", dataset) in _yields(UNHEARD.format(told=told))
    assert ("fewer than heard", dataset) not in _yields(UNHEARD.format(told="Nobody had reported any fault."))


def test_a_face_without_a_place_says_so():
    told = _yields(UNHEARD.format(told="Nobody had reported any fault."))
    assert ("face incomplete", "meetings") in told
    placed = UNHEARD.replace("held on", "held at the Village Hall, Oakmere, on")
    assert ("face incomplete", "meetings") not in _yields(placed.format(told="Nobody had reported any."))


def test_what_names_rows_are_columns_and_keys():
    for name, column in ROW_IDS.items():
        assert column in {f.name for f in DATASETS[name].all_fields}
        assert DATASETS[name].key in ((), (column,))
    assert {k.dataset for k in ProblemKind} - {None, "pages"} <= set(ROW_IDS)


@pytest.mark.parametrize(
    ("words", "capacity"),
    [
        ({"role": "Member of the Public"}, "other"),
        ({"organisation": "members of the press"}, "other"),
        ({"job_title": "Resident"}, "other"),
        ({"job_title": "Director of Public Health"}, "member"),
        ({"role": "Portfolio Holder for Public Protection"}, "member"),
        ({"organisation": "Residents", "title": "Cllr"}, "member"),
        ({"role": "Chair"}, "member"),
    ],
)
def test_a_member_of_the_public_is_no_member(words, capacity):
    assert capacity_of(PersonFact(start=0, end=1, confidence=0.9, name="A Moss", **words)) == capacity
