"""Whole minutes in the styles of several countries, invented and typeset here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from schemas.meetings import MeetingRow
from schemas.row import as_dicts
from tests.style_lines import LINES

WANTED: dict[str, dict[str, Any]] = {
    "parish": {
        "council": "Little Harbour Parish Council",
        "times": ("19:30:00", "20:55:00"),
        "present": ["J Mason", "P Drew", "S Hallam", "T Noakes", "V Quill"],
        "apologies": ["K Ward", "L Young"],
        "officers": ["R Bell"],
        "items": ["24/112", "24/113", "24/114", "24/115", "24/116", "24/117", "24/118", "24/119"],
        "motions": [("Cllr Hallam", "Cllr Noakes", "carried", None, None)],
        "resolutions": 6,
        "actions": 1,
        "votes": 0,
    },
    "city": {
        "council": "City of Port Alden",
        "times": ("18:02:00", "20:17:00"),
        "present": ["Lena Ortiz", "Paul Reed", "Ann Chu", "Joe Bray", "Mia Stone"],
        "apologies": ["Dan Kerr"],
        "officers": ["Dana Wolfe", "Lee Park", "Rosa Diaz"],
        "items": [
            "CALL TO ORDER",
            "ROLL CALL",
            "APPROVAL OF MINUTES",
            "CONSENT AGENDA",
            "PUBLIC HEARING: ORDINANCE 2025-14",
            "ADJOURNMENT",
        ],
        "motions": [
            ("Council Member Reed", "Council Member Chu", "carried", 5, 0),
            ("Council Member Bray", "Council Member Stone", "carried", None, None),
            ("Council Member Chu", "Council Member Bray", "carried", 4, 1),
        ],
        "resolutions": 3,
        "actions": 0,
        "votes": 5,
    },
    "county": {
        "council": "Mara County Council",
        "times": ("11:00:00", "13:15:00"),
        "present": ["Mary Daly", "S. Burke", "N. Quinn", "P. Ó Sé", "T. Walsh", "B. Nolan"],
        "apologies": [],
        "officers": ["J. Kane", "A. Roche", "P. Hall"],
        "items": ["1", "2", "3"],
        "motions": [
            ("Cllr Burke", "Cllr Walsh", "carried", None, None),
            ("Cllr Quinn", "Cllr Nolan", "carried", None, None),
        ],
        "resolutions": 2,
        "actions": 0,
        "votes": None,
    },
    "scottish": {
        "council": "Glenmoray Council",
        "times": ("10:30:00", "12:05:00"),
        "present": [
            "Isla Mackay",
            "Ewan Sinclair",
            "Morag Fraser",
            "Callum Reid",
            "Shona Baird",
            "Rory Munro",
            "Alasdair Grant",
        ],
        "apologies": ["Fergus Innes", "Kirsty Begg"],
        "officers": ["Catriona Weir", "Stuart Lamont", "Elspeth Orr"],
        "items": ["1", "2", "3", "4"],
        "motions": [
            ("Councillor Fraser", "Councillor Munro", "carried", 3, None),
            ("Councillor Sinclair", "Councillor Reid", None, 2, None),
        ],
        "resolutions": 5,
        "actions": 1,
        "votes": 5,
    },
    "london": {
        "council": "London Borough of Northfleet",
        "times": ("18:30:00", "19:52:00"),
        "present": ["Amara Osei", "Ben Holt", "Chloe Marsh", "Dev Patel", "Eve Long"],
        "apologies": ["Jon Quist"],
        "officers": ["Gail Noble", "Hugh Oakes", "Ivy Penn"],
        "items": ["1", "2", "3", "4"],
        "motions": [],
        "resolutions": 4,
        "actions": 3,
        "votes": 0,
    },
    "township": {
        "council": "Township of East Harlow",
        "times": ("19:00:00", "20:12:00"),
        "present": ["Gwen Tate", "Ida Voss", "Walt Young", "Abe Zorn", "Cal Dunn"],
        "apologies": [],
        "officers": ["Hank Ibsen", "Jill Kerr"],
        "items": ["APPROVAL OF AGENDA", "BILLS", "FIRE TRUCK PURCHASE", "ADJOURNMENT"],
        "motions": [
            ("Dunn", "Zorn", "carried", None, None),
            ("Young", "Voss", "carried", 5, 0),
            ("Zorn", "Dunn", "carried", 3, 2),
            ("Voss", "Young", "carried", None, None),
        ],
        "resolutions": 4,
        "actions": 0,
        "votes": 10,
    },
    "board": {
        "council": "Wairere Local Board",
        "times": ("13:00:00", "14:35:00"),
        "present": ["Aroha Tane", "Brian Wills", "Cara Ngata", "Dale Ross", "Ema Tuhoe"],
        "apologies": ["Finn Ladd"],
        "officers": [],
        "items": ["1", "2", "3"],
        "motions": [
            ("Chairperson A Tane", "Member C Ngata", "carried", None, None),
            ("Member D Ross", "Deputy Chairperson B Wills", "carried", 3, 1),
        ],
        "resolutions": 3,
        "actions": 0,
        "votes": 5,
    },
    "scrutiny": {
        "council": "Merefordshire County Council",
        "times": ("10:00:00", "12:41:00"),
        "present": ["Ada Birch", "Cyril Dent", "Edie Farr", "Gus Hale", "Ina Judd", "Ken Lowe"],
        "apologies": ["Quin Rees"],
        "officers": ["Oli Page"],
        "items": ["31", "32", "33", "34", "35", "36"],
        "motions": [],
        "resolutions": 4,
        "actions": 2,
        "votes": 0,
    },
    "ontario": {
        "council": "Town of Birch Falls",
        "times": ("18:30:00", "19:44:00"),
        "present": ["Nora Oakley", "Pat Quill", "Ray Stone", "Sue Tran", "Udo Vance"],
        "apologies": ["Wes Xavier"],
        "officers": ["Y. Zell", "A. Bond", "C. Drew"],
        "items": ["1", "2", "3", "4"],
        "motions": [
            ("Councillor Stone", "Councillor Tran", "carried", None, None),
            ("Deputy Mayor Quill", "Councillor Vance", "carried", 3, 2),
            ("Councillor Tran", "Councillor Vance", "carried", None, None),
        ],
        "resolutions": 3,
        "actions": 0,
        "votes": 5,
    },
    "alberta": {
        "council": "Town of Cotton Ridge",
        "times": ("19:00:00", "20:25:00"),
        "present": ["Lorna Beck", "Art Cole", "Deb Eng", "Fay Gunn", "Hal Inman"],
        "apologies": ["Ned Orr"],
        "officers": ["Jo Kemp", "Lee Moss"],
        "items": ["1", "2", "3", "4"],
        "motions": [
            ("Councillor Cole", None, "carried", None, None),
            ("Councillor Eng", None, "carried", 3, 2),
            ("Councillor Gunn", None, "lost", None, None),
            ("Councillor Inman", None, "carried", None, None),
        ],
        "resolutions": 3,
        "actions": 0,
        "votes": 5,
    },
    "ni": {
        "council": "Lough Shore District Council",
        "times": ("19:00:00", "20:20:00"),
        "present": ["Orla Quigg", "Ross Stewart", "Tara Ussher", "Una Vance", "Will Young", "Aoife Brady"],
        "apologies": ["Ian Jess"],
        "officers": ["C Dunne", "E Fegan", "G Hall"],
        "items": ["1", "2", "3", "4", "5"],
        "motions": [
            ("Councillor Ussher", "Councillor Young", "carried", None, None),
            ("Alderman Stewart", "Councillor Brady", "carried", 4, 1),
        ],
        "resolutions": 2,
        "actions": 1,
        "votes": 0,
    },
    "welsh": {
        "council": "Dyffryn County Council",
        "times": ("10:00:00", "11:15:00"),
        "present": ["D. Price", "A. Davies", "G. Jones", "H.A.L. Evans", "P.M. Hughes", "A. Lenny"],
        "apologies": ["J. Tremlett", "E. Thomas"],
        "officers": ["W. Walters", "C. Moore", "M.S. Davies"],
        "items": ["1", "2", "3", "4"],
        "motions": [],
        "resolutions": 4,
        "actions": 0,
        "votes": 0,
    },
    "california": {
        "council": "City of Sierra Verde",
        "times": ("18:32:00", "19:20:00"),
        "present": ["Ana Ruiz", "Bo Lindt", "Cyd Park", "Del Quon"],
        "apologies": ["Eva Roth"],
        "officers": ["Flo Sato", "Gil Tran", "Hope Ueda"],
        "items": ["1", "2", "3", "4", "A", "5"],
        "motions": [
            ("Lindt", "Park", "carried", 4, 0),
            ("Commissioner Quon", "Commissioner Park", "carried", 3, 1),
        ],
        "resolutions": 2,
        "actions": 0,
        "votes": 4,
    },
    "parish2": {
        "council": "Upper Wexcombe Parish Council",
        "times": ("19:00:00", "20:31:00"),
        "present": ["R Alder", "S Beech", "T Cedar", "U Elm"],
        "apologies": ["X Hazel"],
        "officers": ["V Fir"],
        "items": ["25/061", "25/062", "25/063", "25/064", "25/065", "25/066"],
        "motions": [
            ("Cllr Beech", "Cllr Elm", "carried", None, None),
            ("Cllr Cedar", "Cllr Alder", "carried", None, None),
        ],
        "resolutions": 3,
        "actions": 2,
        "votes": 0,
    },
    "nhs": {
        "council": "unknown",
        "times": ("14:00:00", "15:25:00"),
        "present": ["Ann Birch", "Bob Cole", "Cat Dunn"],
        "apologies": ["Don Eads"],
        "officers": [],
        "items": ["1", "2", "3", "4"],
        "motions": [],
        "resolutions": 2,
        "actions": 2,
        "votes": 0,
    },
    "commission": {
        "council": "Hollis County Commission",
        "times": ("09:00:00", "10:12:00"),
        "present": ["Tom Pryor", "Sue Hart", "Lou Keen"],
        "apologies": [],
        "officers": ["Jan Webb", "Ray Poe"],
        "items": ["MINUTES", "ROAD REPORT"],
        "motions": [
            ("Commissioner Hart", "Commissioner Keen", "carried", 3, 0),
            ("Commissioner Keen", "Commissioner Hart", "carried", None, None),
        ],
        "resolutions": 2,
        "actions": 0,
        "votes": 0,
    },
    "shire": {
        "council": "Shire of Kallaroo",
        "times": ("17:00:00", "17:48:00"),
        "present": ["J Tully", "R Umar", "S Voss", "T Wren"],
        "apologies": ["P Xu"],
        "officers": ["A Price", "B Lowe"],
        "items": ["1", "2", "3", "4", "5"],
        "motions": [("Cr Umar", "Cr Voss", "carried", 4, 0), ("Cr Wren", "Cr Tully", "lost", 2, 2)],
        "resolutions": 1,
        "actions": 1,
        "votes": 0,
    },
}


@lru_cache(maxsize=16)
def rows(name: str) -> Any:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from extractors import extract

    body = ParagraphStyle("n", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=7)
    bold = ParagraphStyle("b", parent=body, fontName="Times-Bold")
    centre = ParagraphStyle("c", parent=bold, alignment=1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.pdf"
        SimpleDocTemplate(str(path), pagesize=A4).build(
            [
                Paragraph(t[2:], bold)
                if t.startswith("# ")
                else Paragraph(t[2:], centre)
                if t.startswith("^ ")
                else Paragraph(t, body)
                for t in LINES[name]
            ]
        )
        return extract(path)


@pytest.mark.parametrize("name", list(WANTED))
def test_council_and_times(name):
    e = rows(name)
    assert e.document.kind == "minutes"
    assert WANTED[name]["council"].split()[-2:] == e.council.split()[-2:]
    meeting = e.of(MeetingRow)[0]
    assert (str(meeting.start_time), str(meeting.end_time)) == WANTED[name]["times"]


@pytest.mark.parametrize("name", list(WANTED))
def test_rolls(name):
    roll = as_dicts(rows(name).rows)["attendance"]
    assert [r["name"] for r in roll if r["status"] == "present" and r["capacity"] == "member"] == WANTED[
        name
    ]["present"]
    assert [r["name"] for r in roll if r["status"] == "apologies"] == WANTED[name]["apologies"]
    assert [r["name"] for r in roll if r["status"] == "present" and r["capacity"] == "officer"] == WANTED[
        name
    ]["officers"]


@pytest.mark.parametrize("name", list(WANTED))
def test_items(name):
    assert [
        i["number"] or i["minute_number"] or i["title"] for i in as_dicts(rows(name).rows)["agenda_items"]
    ] == WANTED[name]["items"]


@pytest.mark.parametrize("name", list(WANTED))
def test_decisions(name):
    r, wanted = as_dicts(rows(name).rows), WANTED[name]
    assert [
        (m["mover"], m["seconder"], m["outcome"], m["votes_for"], m["votes_against"]) for m in r["motions"]
    ] == wanted["motions"]
    assert len([x for x in r["resolutions"] if x["kind"] == "resolution"]) == wanted["resolutions"]
    assert len(r["actions"]) == wanted["actions"]
    assert wanted["votes"] is None or len(r["votes"]) == wanted["votes"]
