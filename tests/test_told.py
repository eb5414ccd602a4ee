"""What a platform itself records of a meeting, as rows that say so and name no page."""

from __future__ import annotations

from datetime import date, time

from pipeline.archive import Archive
from pipeline.config import Settings
from pipeline.night.told import Told, publish_records, record_of
from pipeline.sources import Publication
from pipeline.sources.listing import listing
from schemas.decisions import MotionRow, ResolutionRow, VoteRow
from schemas.meetings import AgendaItemRow, AttendanceRow, MeetingRow
from schemas.people import PersonNamedRow
from schemas.row import as_dicts
from tests.platforms import PLAYED, WINDOW

DAY = date(2024, 9, 12)
KNOWS = {
    "attendance": [
        {"name": "Councillor Priya Nandakumar OBE", "attendance": "Present, as expected", "role": "Chair"},
        {"name": "Cllr Tobias Wren", "attendance": "Apologies", "role": "Committee Member"},
        {
            "name": "Ms Ida Marsh",
            "attendance": "In attendance, virtual",
            "role": "Democratic Services Officer",
        },
        {"name": "Cllr Nils Ode", "attendance": "Absent", "role": ""},
        {"name": "Somebody Else", "attendance": "Expected", "role": ""},
    ],
    "motions": [
        {
            "title": "Amendment to the budget",
            "passed": "rejected",
            "mover": "Cllr Tobias Wren",
            "votes": [
                {"name": "Cllr Priya Nandakumar", "choice": "Against"},
                {"name": "Cllr Tobias Wren", "choice": "For"},
                {"name": "Cllr Nils Ode", "choice": "No vote recorded"},
                {"name": "Cllr Una Pike", "choice": "Abstained"},
                {"name": "Cllr Omar Reed", "choice": "Conflict Of Interests"},
                {"name": "Cllr Who Knows", "choice": "Perhaps"},
            ],
        }
    ],
    "start": "6.30 pm",
    "source": "https://port.example/ieListDocuments.aspx?MId=1",
}


def record(knows, **more):
    told = Told("Port Council", "Harbour Committee", DAY, "https://port.example/a.pdf", knows)
    return record_of(told, more.get("platform", "moderngov"))


def test_attendance_motions_and_votes_are_rows():
    r = record(KNOWS)
    there = {a.name: (a.title, a.status, a.capacity, a.virtual) for a in r.of(AttendanceRow)}
    assert there == {
        "Priya Nandakumar": ("Councillor", "present", "member", None),
        "Tobias Wren": ("Cllr", "apologies", "member", None),
        "Ida Marsh": ("Ms", "present", "officer", True),
        "Nils Ode": ("Cllr", "absent", "member", None),
        "Somebody Else": (None, None, None, None),
    }, "what is not said is null"
    (motion,) = r.of(MotionRow)
    assert (motion.kind, motion.outcome, motion.mover) == ("amendment", "lost", "Tobias Wren")
    assert {v.name: v.choice for v in r.of(VoteRow)} == {
        "Priya Nandakumar": "against",
        "Tobias Wren": "for",
        "Nils Ode": "not_voting",
        "Una Pike": "abstain",
        "Omar Reed": "recused",
    }, "a word that is not known is no vote"
    (meeting,) = r.of(MeetingRow)
    assert (meeting.status, meeting.start_time, meeting.date) == ("held", time(18, 30), DAY)
    person = next(p for p in r.of(PersonNamedRow) if p.name == "Priya Nandakumar")
    assert person.person_id == "port-council-person-priya-nandakumar" and person.roles == ("Chair",)


def test_every_row_says_that_a_platform_told_it_and_names_no_page():
    r = record(KNOWS)
    assert r.document.kind == "record" and r.document.source_url == KNOWS["source"]
    for listed in as_dicts(r.rows).values():
        for row in listed:
            assert row["page"] is None and row["extractor"].startswith("platform moderngov ")
            assert row["document_id"] == r.document_id


def test_a_decision_between_meetings_is_a_resolution():
    said = {
        "title": "Dredging",
        "text": "That the tender be accepted.",
        "status": "Implemented",
        "key": "Yes",
    }
    r = record({"decision": said})
    (row,) = r.of(ResolutionRow)
    assert (row.text, row.stem, row.outcome) == (said["text"], "Dredging", "Implemented")
    other = record({"decision": said | {"title": "Lighting"}})
    assert r.document_id != other.document_id, "two decisions of a day are two records"


def test_nothing_but_a_status_is_no_record():
    assert record({"status": "cancelled"}) is None and record({"start": "18:00"}) is None


def test_legistar_tells_items_movers_and_votes():
    got = listing(PLAYED["legistar"].council("legistar"), WINDOW, PLAYED["legistar"].ask())
    knows = next(p.knows for p in got.papers if p.knows.get("motions"))
    r = record(knows, platform="legistar")
    assert r.of(AgendaItemRow) and r.of(MotionRow)[0].mover == "M. Yoder"
    assert [(v.name, v.choice) for v in r.of(VoteRow)] == [("M. Yoder", "for")]
    assert "/events/" in r.document.source_url and "token" not in r.document.source_url


def test_records_are_written_once_and_again_when_they_change(tmp_path):
    settings = Settings.model_validate(
        {
            "output": tmp_path / "output",
            "archive": tmp_path / "archive",
            "councils": [
                {"name": "Port Council", "platform": "moderngov", "address": "https://port.example"}
            ],
        }
    )
    archive = Archive(settings.archive)
    papers = [
        Publication(f"https://port.example/{n}.pdf", "Port Council", "Harbour Committee", DAY, knows=knows)
        for n, knows in enumerate(
            ({"attendance": KNOWS["attendance"]}, KNOWS, {"status": "Decisions published"})
        )
    ]
    archive.listed(papers)
    assert publish_records(settings, archive) == 1, "one meeting, one record, however many papers tell of it"
    assert publish_records(settings, archive) == 0
    fewer = KNOWS | {"attendance": [*KNOWS["attendance"], {"name": "Cllr New", "attendance": "Present"}]}
    archive.listed([Publication(papers[0].url, "Port Council", "Harbour Committee", DAY, knows=fewer)])
    assert publish_records(settings, archive) == 1
