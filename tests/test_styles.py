"""Whole minutes in the styles of four countries, invented and typeset here: an English parish, an American city, an Irish county, an Australian shire."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

LINES = {
    "parish": [
        '^ LITTLE HARBOUR PARISH COUNCIL',
        '^ Minutes of the Parish Council Meeting held on Monday 10th March 2025 at 7.30pm in the Village Hall',
        '<b>Present:</b> Cllrs J Mason (Chair), P Drew, S Hallam, T Noakes and Mrs V Quill.',
        '<b>In attendance:</b> Mrs R Bell (Clerk), County Cllr D Moore, District Cllr A Finch and 4 members of the public.',
        '# 24/112 Apologies for absence',
        'Apologies were received and accepted from Cllr K Ward (work) and Cllr L Young (holiday).',
        '# 24/113 Declarations of interest',
        'Cllr Drew declared a personal interest in item 24/118 as his wife is a member of the hall committee.',
        '# 24/114 Minutes of the last meeting',
        'It was proposed by Cllr Hallam, seconded by Cllr Noakes and RESOLVED that the minutes of 10th February 2025 be approved and signed as a correct record.',
        '# 24/115 Public participation',
        'A resident asked about speeding on Shore Lane.',
        '# 24/116 Planning',
        '25/00045/HOUS – 3 Quay Cottages – rear extension. RESOLVED: No objection.',
        '25/00051/FUL – Land at Mill End – two dwellings. RESOLVED: To object on grounds of access and flooding.',
        '# 24/117 Finance',
        'a) RESOLVED to approve payments totalling £3,412.67 as listed.',
        'b) The bank reconciliation to 28th February was noted.',
        '# 24/118 Village hall grant',
        'RESOLVED to award a grant of £500. Cllr Drew did not vote.',
        'ACTION: Clerk to inform the hall committee.',
        '# 24/119 Date of next meeting',
        'Monday 14th April 2025 at 7.30pm.',
        'The meeting closed at 8.55pm.',
    ],
    "city": [
        '^ CITY OF PORT ALDEN',
        '^ CITY COUNCIL REGULAR MEETING',
        '^ MINUTES',
        '^ Tuesday, April 8, 2025, 6:00 p.m.',
        '^ Council Chambers, 100 Main Street',
        '# CALL TO ORDER',
        'Mayor Lena Ortiz called the meeting to order at 6:02 p.m.',
        '# ROLL CALL',
        'Present: Mayor Lena Ortiz, Council Members Paul Reed, Ann Chu, Joe Bray and Mia Stone.',
        'Absent: Council Member Dan Kerr (excused).',
        'Staff Present: City Manager Dana Wolfe, City Attorney Lee Park, City Clerk Rosa Diaz.',
        '# APPROVAL OF MINUTES',
        'Motion by Council Member Reed, seconded by Council Member Chu, to approve the minutes of March 25, 2025. Motion carried 5-0.',
        '# CONSENT AGENDA',
        'Council Member Bray moved to approve the consent agenda. Council Member Stone seconded the motion. The motion carried unanimously.',
        '# PUBLIC HEARING: ORDINANCE 2025-14',
        'Council Member Chu moved to adopt Ordinance 2025-14. Seconded by Council Member Bray.',
        'Roll call vote:',
        'Ayes: Reed, Chu, Bray, Ortiz',
        'Nays: Stone',
        'Motion passed 4-1.',
        '# ADJOURNMENT',
        'There being no further business, the meeting was adjourned at 8:17 p.m.',
    ],
    "county": [
        '^ COMHAIRLE CONTAE NA MARA',
        '^ MARA COUNTY COUNCIL',
        '^ Minutes of the Ordinary Meeting of Mara County Council held in Áras an Chontae on Monday 13 January 2025 at 11.00 a.m.',
        '<b>I LÁTHAIR / PRESENT:</b>',
        'Cathaoirleach: Cllr Mary Daly',
        'Cllrs: S. Burke, N. Quinn, P. Ó Sé, T. Walsh and B. Nolan',
        '<b>Officials in attendance:</b> Mr J. Kane, Chief Executive; Ms A. Roche, Director of Services; Mr P. Hall, Meetings Administrator',
        '# 1. Confirmation of Minutes',
        'On the proposal of Cllr Burke, seconded by Cllr Walsh, it was agreed to adopt the minutes of the meeting held on 9 December 2024.',
        '# 2. Notice of Motion – Cllr N. Quinn',
        '“That this Council calls on the Minister to fund the harbour works.”',
        'The motion was proposed by Cllr Quinn and seconded by Cllr Nolan and was unanimously agreed.',
        '# 3. Vote on Variation No. 2',
        'A vote was taken and resulted as follows:',
        'For: Cllrs Burke, Quinn, Walsh (3)',
        'Against: Cllrs Ó Sé, Nolan (2)',
        'The variation was carried.',
        'This concluded the business of the meeting, which ended at 1.15 p.m.',
    ],
    "shire": [
        '^ SHIRE OF KALLAROO',
        '^ MINUTES',
        '^ ORDINARY COUNCIL MEETING',
        '^ 19 March 2025',
        '# 1 DECLARATION OF OPENING',
        'The Presiding Member declared the meeting open at 5.00pm.',
        '# 2 RECORD OF ATTENDANCE',
        '<b>Members</b>',
        'Cr J Tully (Shire President)',
        'Cr R Umar',
        'Cr S Voss',
        'Cr T Wren',
        '<b>Staff</b>',
        'Mr A Price, Chief Executive Officer',
        'Ms B Lowe, Manager Corporate Services',
        '<b>Apologies</b>',
        'Cr P Xu',
        '# 3 CONFIRMATION OF MINUTES',
        'OFFICER RECOMMENDATION / COUNCIL DECISION',
        'Moved: Cr Umar Seconded: Cr Voss',
        'That the minutes of the Ordinary Council Meeting held on 19 February 2025 be confirmed.',
        'CARRIED 4/0',
        '# 4 TENDER 02/25 ROAD SEALING',
        'Moved: Cr Wren Seconded: Cr Tully',
        'That Council:',
        '1. Accepts the tender of Outback Asphalt Pty Ltd for $412,000; and',
        '2. Authorises the Chief Executive Officer to sign the contract.',
        'LOST 2/2 on the casting vote of the Presiding Member',
        '# 5 CLOSURE',
        'The Presiding Member closed the meeting at 5.48pm.',
    ],
}
WANTED: dict[str, dict[str, Any]] = {
    "parish": {
        "council": "Little Harbour Parish Council", "times": ("19:30:00", "20:55:00"), "present": ["J Mason", "P Drew", "S Hallam", "T Noakes", "V Quill"], "apologies": ["K Ward", "L Young"], "officers": ["R Bell"],
        "items": ["24/112", "24/113", "24/114", "24/115", "24/116", "24/117", "24/118", "24/119"], "motions": [("Cllr Hallam", "Cllr Noakes", "carried", None, None)], "resolutions": 5, "actions": 1, "votes": 0,
    },
    "city": {
        "council": "City of Port Alden", "times": ("18:02:00", "20:17:00"), "present": ["Lena Ortiz", "Paul Reed", "Ann Chu", "Joe Bray", "Mia Stone"], "apologies": [], "officers": ["Dana Wolfe", "Lee Park", "Rosa Diaz"],
        "items": ["CALL TO ORDER", "ROLL CALL", "APPROVAL OF MINUTES", "CONSENT AGENDA", "PUBLIC HEARING: ORDINANCE 2025-14", "ADJOURNMENT"],
        "motions": [("Council Member Reed", "Council Member Chu", "carried", 5, 0), ("Council Member Bray", "Council Member Stone", "carried", None, None), ("Council Member Chu", "Council Member Bray", "carried", 4, 1)],
        "resolutions": 3, "actions": 0, "votes": 5,
    },
    "county": {
        "council": "Mara County Council", "times": ("11:00:00", "13:15:00"), "present": ["Mary Daly", "S. Burke", "N. Quinn", "P. Ó Sé", "T. Walsh", "B. Nolan"], "apologies": [], "officers": ["J. Kane", "A. Roche", "P. Hall"],
        "items": ["1", "2", "3"], "motions": [("Cllr Burke", "Cllr Walsh", "carried", None, None), ("Cllr Quinn", "Cllr Nolan", "agreed", None, None)], "resolutions": 1, "actions": 0, "votes": None,
    },
    "shire": {
        "council": "Shire of Kallaroo", "times": ("17:00:00", "17:48:00"), "present": ["J Tully", "R Umar", "S Voss", "T Wren"], "apologies": ["P Xu"], "officers": ["A Price", "B Lowe"], "items": ["1", "2", "3", "4", "5"],
        "motions": [("Cr Umar", "Cr Voss", "carried", 4, 0), ("Cr Wren", "Cr Tully", "lost", 2, 2)], "resolutions": 1, "actions": 0, "votes": 0,
    },
}  # fmt: skip


@lru_cache(maxsize=4)
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
        SimpleDocTemplate(str(path), pagesize=A4).build([Paragraph(t[2:], bold) if t.startswith("# ") else Paragraph(t[2:], centre) if t.startswith("^ ") else Paragraph(t, body) for t in LINES[name]])
        return extract(path)


@pytest.mark.parametrize("name", list(WANTED))
def test_council_and_times(name):
    e = rows(name)
    assert e.document["kind"] == "minutes"
    assert WANTED[name]["council"].split()[-2:] == e.council.split()[-2:]
    assert (str(e.rows["meetings"][0]["start_time"]), str(e.rows["meetings"][0]["end_time"])) == WANTED[name]["times"]


@pytest.mark.parametrize("name", list(WANTED))
def test_rolls(name):
    roll = rows(name).rows["attendance"]
    assert [r["name"] for r in roll if r["status"] == "present" and r["capacity"] == "member"] == WANTED[name]["present"]
    assert [r["name"] for r in roll if r["status"] == "apologies"] == WANTED[name]["apologies"]
    assert [r["name"] for r in roll if r["status"] == "present" and r["capacity"] == "officer"] == WANTED[name]["officers"]


@pytest.mark.parametrize("name", list(WANTED))
def test_items(name):
    assert [i["number"] or i["minute_number"] or i["title"] for i in rows(name).rows["agenda_items"]] == WANTED[name]["items"]


@pytest.mark.parametrize("name", list(WANTED))
def test_decisions(name):
    r, wanted = rows(name).rows, WANTED[name]
    assert [(m["mover"], m["seconder"], m["outcome"], m["votes_for"], m["votes_against"]) for m in r["motions"]] == wanted["motions"]
    assert len([x for x in r["resolutions"] if x["kind"] == "resolution"]) == wanted["resolutions"]
    assert len(r["actions"]) == wanted["actions"]
    assert wanted["votes"] is None or len(r["votes"]) == wanted["votes"]
