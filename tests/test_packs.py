"""Whole papers of several kinds, invented and typeset here: a pack with stamped items, an American packet, a
parish's summons, a record of decision."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from schemas.row import as_dicts

WORDS = [
    "the",
    "a",
    "service",
    "review",
    "of",
    "local",
    "provision",
    "shows",
    "that",
    "demand",
    "has",
    "grown",
    "while",
    "budgets",
    "have",
    "not",
    "and",
    "officers",
    "propose",
    "a",
    "phased",
    "approach",
    "to",
    "the",
    "programme",
    "over",
    "the",
    "next",
    "two",
    "years",
    "with",
    "savings",
    "from",
    "shared",
    "premises",
]


def _prose(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choice(WORDS) for _ in range(60)).capitalize() + "." for _ in range(count)]


def _report(item: int, title: str, paragraphs: int, seed: int) -> list[str]:
    return [
        f"> Agenda Item {item}",
        f"! {title}",
        "# Report of: Director of Place",
        "# Purpose of report",
        *_prose(2, seed),
        "# Recommendations",
        "That the Committee:",
        "1. notes the report; and",
        "2. agrees the next steps set out in section 4.",
        "# 1. Background",
        *[f"1.{k} {p}" for k, p in enumerate(_prose(paragraphs, seed + 1), 1)],
        "# 2. Financial implications",
        *_prose(3, seed + 2),
    ]


PACKS: dict[str, list[list[str]]] = {
    "stamped": [
        [
            "^ Hartwell Borough Council",
            "^ COMMUNITY SCRUTINY COMMITTEE",
            "Date: Wednesday, 15 January 2025",
            "Time: 6.30 p.m.",
            "Venue: Council Chamber, Civic Offices, Hartwell",
            "<b>Membership:</b> Councillors A Able (Chair), B Baker (Vice-Chair), C Cook, D Draper and E Ely",
            "# AGENDA",
            "1. Apologies for absence",
            "2. Declarations of interest",
            "3. Minutes of the last meeting (Pages 3 - 4)",
            "4. Leisure centre review (Pages 5 - 8)",
            "5. Waste contract (Pages 9 - 12)",
            "6. Work programme",
        ],
        ["This page is intentionally left blank"],
        [
            "> Agenda Item 3",
            "^ Hartwell Borough Council",
            "^ Minutes of the meeting of the Community Scrutiny Committee held on Wednesday, 13 "
            "November 2024 at 6.30 p.m. in the Council Chamber",
            "<b>Present:</b> Councillors A Able (Chair), B Baker, C Cook and D Draper",
            "<b>Apologies:</b> Councillor E Ely",
            "# 18. Declarations of interest",
            "There were none.",
            "# 19. Minutes",
            "RESOLVED: That the minutes of 11 September 2024 be approved.",
            "# 20. Parking review",
            "RESOLVED: That the report be noted.",
            "The meeting ended at 7.45 p.m.",
        ],
        ["This page is intentionally left blank"],
        _report(4, "Leisure Centre Review", 22, 1),
        _report(5, "Waste Contract", 24, 5),
    ],
    "packet": [
        [
            "^ CITY OF ALDER CREEK",
            "^ CITY COUNCIL AGENDA",
            "^ Tuesday, January 7, 2025 - 6:00 p.m.",
            "^ City Hall, 15 Main Street",
            "# CALL TO ORDER",
            "# ROLL CALL",
            "# AUDIENCE COMMUNICATION",
            "# CONSENT AGENDA",
            "A. Approval of Minutes of December 10, 2024",
            "B. Approval of Checks #64001 through #64120",
            "# NEW BUSINESS",
            "C. Ordinance 2025-901 Amending the Budget",
            "D. Resolution 2025-633 Park Mitigation",
            "# ADJOURNMENT",
        ],
        [
            "^ CITY OF ALDER CREEK",
            "^ CITY COUNCIL MEETING MINUTES",
            "^ December 10, 2024",
            "Mayor Vail called the meeting to order at 6:00 p.m.",
            "<b>Present:</b> Mayor Steph Vail, Councilmembers Adam Moor, Connie Alder, Vince Caval",
            "<b>Absent:</b> Councilmember Mel Dunn",
            "# CONSENT AGENDA",
            "Councilmember Moor moved to approve the consent agenda. Councilmember Alder seconded. "
            "The motion carried 4-0.",
            "# ADJOURNMENT",
            "The meeting was adjourned at 7:05 p.m.",
        ],
        [
            "! CITY COUNCIL AGENDA SUMMARY",
            "# Agenda Item C",
            "# Subject: Ordinance 2025-901 Amending the Budget",
            "# Meeting date: January 7, 2025",
            "# Staff contact: Finance Director",
            "# Recommended action",
            "Adopt Ordinance 2025-901.",
            *_prose(14, 11),
        ],
        [
            "! CITY COUNCIL AGENDA SUMMARY",
            "# Agenda Item D",
            "# Subject: Resolution 2025-633 Park Mitigation",
            "# Meeting date: January 7, 2025",
            *_prose(12, 15),
        ],
    ],
    "summons": [
        [
            "^ LOWER BARTON PARISH COUNCIL",
            "Clerk: Mrs P Quick, 4 The Green, Lower Barton. Tel 01234 567890",
            "To: All members of the Parish Council",
            "You are hereby summoned to attend a meeting of Lower Barton Parish Council to be held "
            "in the Village Hall on Thursday 13th February 2025 at 7.30pm for the purpose of "
            "transacting the following business.",
            "P Quick, Clerk, 7th February 2025",
            "# AGENDA",
            "1. To receive apologies for absence",
            "2. To receive declarations of interest",
            "3. To approve the minutes of the meeting held on 9th January 2025",
            "4. Public participation",
            "5. Planning applications",
            "a) 25/0012 Land at Mill Lane",
            "b) 25/0034 The Old Forge",
            "6. To approve payments",
            "7. Date of next meeting",
        ],
    ],
    "decision": [
        [
            "^ Westmarch District Council",
            "^ RECORD OF EXECUTIVE DECISION",
            "# Decision maker: Councillor Fay Grant, Cabinet Member for Housing",
            "# Date of decision: 3 March 2025",
            "# Title: Purchase of four homes at Abbey Road",
            "# Decision",
            "That the purchase of four homes at Abbey Road for temporary accommodation at a cost of "
            "up to £980,000 be approved.",
            "# Reasons for decision",
            "There is a shortage of temporary accommodation.",
            "# Alternative options considered",
            "Leasing was considered and rejected.",
            "# Contact officer: Hugh Ives, Housing Manager",
        ],
    ],
}
WANTED: dict[str, dict[str, Any]] = {
    "stamped": {
        "kind": "agenda_pack",
        "date": "2025-01-15",
        "committee": "COMMUNITY SCRUTINY COMMITTEE",
        "parts": [
            ("agenda", None, 1, 1),
            ("blank", None, 2, 2),
            ("minutes", "3", 3, 3),
            ("blank", "3", 4, 4),
            ("report", "4", 5, 8),
            ("report", "5", 9, 12),
        ],
        "items": ["1", "2", "3", "4", "5", "6"],
        "resolutions": [
            ("resolution", "19"),
            ("resolution", "20"),
            *[("recommendation", n) for n in ("4", "4", "5", "5")],
        ],
    },
    "packet": {
        "kind": "agenda_pack",
        "date": "2025-01-07",
        "committee": "CITY COUNCIL",
        "parts": [
            ("agenda", None, 1, 1),
            ("minutes", None, 2, 2),
            ("report", "C", 3, 4),
            ("report", "D", 5, 6),
        ],
        "items": [
            "CALL TO ORDER",
            "ROLL CALL",
            "AUDIENCE COMMUNICATION",
            "CONSENT AGENDA",
            "A",
            "B",
            "NEW BUSINESS",
            "C",
            "D",
            "ADJOURNMENT",
        ],
        "resolutions": [("resolution", None)],
    },
    "summons": {
        "kind": "agenda",
        "date": "2025-02-13",
        "committee": "Lower Barton Parish Council",
        "parts": [("agenda", None, 1, 1)],
        "items": ["1", "2", "3", "4", "5", "a", "b", "6", "7"],
        "resolutions": [],
    },
    "decision": {
        "kind": "decisions",
        "date": None,
        "committee": None,
        "parts": [("other", None, 1, 1)],
        "items": [],
        "resolutions": [("resolution", None)],
    },
}


@lru_cache(maxsize=8)
def read(name: str) -> Any:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    from extractors import extract

    body = ParagraphStyle("n", fontName="Helvetica", fontSize=11, leading=14, spaceAfter=7)
    bold = ParagraphStyle("b", parent=body, fontName="Helvetica-Bold")
    styles = {
        "# ": bold,
        "^ ": ParagraphStyle("c", parent=bold, alignment=1),
        "! ": ParagraphStyle("t", parent=bold, fontSize=16, leading=20),
        "> ": ParagraphStyle("r", parent=bold, alignment=2),
    }

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(297, 30, f"Page {document.page}")

    story: list[Any] = []
    for n, paper in enumerate(PACKS[name]):
        story += [PageBreak()] if n else []
        story += [Paragraph(t[2:], styles[t[:2]]) if t[:2] in styles else Paragraph(t, body) for t in paper]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.pdf"
        SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=foot, onLaterPages=foot)
        return extract(path)


@pytest.mark.parametrize("name", list(WANTED))
def test_kind_day_and_body(name):
    document = read(name).document
    day = document.meeting_date
    assert (document.kind, str(day) if day else None, document.committee) == (
        WANTED[name]["kind"],
        WANTED[name]["date"],
        WANTED[name]["committee"],
    )


@pytest.mark.parametrize("name", list(WANTED))
def test_parts_and_their_pages(name):
    assert [
        (p["kind"], p["item_number"], p["page_from"], p["page_to"])
        for p in as_dicts(read(name).rows)["parts"]
    ] == WANTED[name]["parts"]


@pytest.mark.parametrize("name", list(WANTED))
def test_items_of_the_agenda(name):
    rows = as_dicts(read(name).rows)
    first = rows["meetings"][0]["meeting_id"] if rows["meetings"] else None
    assert [i["number"] or i["title"] for i in rows["agenda_items"] if i["meeting_id"] == first] == WANTED[
        name
    ]["items"]


@pytest.mark.parametrize("name", list(WANTED))
def test_what_was_decided_and_recommended(name):
    assert [(r["kind"], r["item_number"]) for r in as_dicts(read(name).rows)["resolutions"]] == WANTED[name][
        "resolutions"
    ]
