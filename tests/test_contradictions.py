"""What papers say of people that cannot all be so."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from pipeline.store.sql import connect
from schemas.decisions import MotionRow, VoteRow
from tests.papers_told import Told, person, put

DAY = date(2024, 3, 12)
KINDS = "('present and absent', 'in two places', 'absent and voted')"


def doubts(output: Path) -> list[tuple[str, str]]:
    """Each doubt's kind and words, ids of papers taken off."""
    rows = connect(output).sql(f"SELECT kind, text FROM problems WHERE kind IN {KINDS} ORDER BY ALL")
    return [(kind, text.partition(" in ")[0]) for kind, text in rows.fetchall()]


def voted(paper: Told, *names: str) -> Told:
    motion = paper.new_id("motion")
    paper.add(MotionRow, meeting_id=paper.meeting_id, motion_id=motion, kind="motion", text="That it be so.")
    for name in names:
        paper.add(VoteRow, motion_id=motion, name=name, person_id=person(name), choice="for")
    return paper


def test_present_by_one_paper_and_absent_by_another(tmp_path):
    output = put(
        tmp_path,
        Told("minutes", DAY, "Cabinet").came("Ada Lund", "Ben Marr"),
        Told("draft", DAY, "Cabinet").came("Ada Lund").came("Ben Marr", status="absent"),
    )
    ((kind, text),) = doubts(output)
    assert kind == "present and absent" and text.startswith("Ben Marr (")


def test_apologies_and_absence_are_no_contradiction(tmp_path):
    output = put(
        tmp_path,
        Told("minutes", DAY, "Cabinet").came("Ada Lund", status="apologies"),
        Told("draft", DAY, "Cabinet").came("Ada Lund", status="absent"),
    )
    assert doubts(output) == []


def test_in_two_places_at_one_hour(tmp_path):
    begins, ends = time(18), time(20)
    output = put(
        tmp_path,
        Told("cabinet", DAY, "Cabinet", start_time=begins, end_time=ends).came(
            "Ada Lund", "Ben Marr", "Cy Orr"
        ),
        Told("board", DAY, "Library Board", start_time=time(19), end_time=time(21)).came(
            "Ada Lund", "B Marr"
        ),
        Told("panel", DAY, "Harbour Panel", start_time=time(20), end_time=time(21)).came("Cy Orr"),
    )
    assert doubts(output) == [("in two places", "Ada Lund, Ben Marr: present here at 18:00 and at 19:00")]


def test_who_left_one_meeting_may_be_at_another(tmp_path):
    output = put(
        tmp_path,
        Told("cabinet", DAY, "Cabinet", end_time=time(20)).came("Ada Lund", left=time(18, 30)),
        Told("board", DAY, "Library Board", start_time=time(19)).came("Ada Lund"),
    )
    assert doubts(output) == []


def test_bodies_that_sit_together_are_no_contradiction(tmp_path):
    output = put(
        tmp_path,
        Told("council", DAY, "Council", venue="The Guildhall").came("Ada Lund"),
        Told("agency", DAY, "Harbour Agency", venue="the Guildhall").came("Ada Lund"),
    )
    assert doubts(output) == []


def test_surnames_alone_may_be_two_people(tmp_path):
    output = put(
        tmp_path,
        Told("cabinet", DAY, "Cabinet").came("Lund"),
        Told("board", DAY, "Library Board").came("Lund"),
    )
    assert doubts(output) == []


def test_a_vote_by_somebody_who_was_absent(tmp_path):
    minutes = Told("minutes", DAY, "Cabinet").came("Ada Lund").came("Ben Marr", status="apologies")
    notice = voted(Told("notice", DAY, "Cabinet", "decisions"), "Ada Lund", "Ben Marr")
    ((kind, text),) = doubts(put(tmp_path, minutes, notice))
    assert kind == "absent and voted"
    assert text == f"Ben Marr votes for and by the roll of {minutes.document_id[:16]} sends apologies"


def test_a_vote_by_somebody_whom_one_roll_has_present(tmp_path):
    output = put(
        tmp_path,
        voted(Told("minutes", DAY, "Cabinet").came("Ada Lund"), "Ada Lund"),
        Told("draft", DAY, "Cabinet").came("Ada Lund", status="absent"),
    )
    assert [kind for kind, _ in doubts(output)] == ["present and absent"]
