"""Rolls in the manners of many councils, invented: who is there, who is not, and as what."""

from __future__ import annotations

from datetime import time

import pytest

from tests.lines import found

ROLLS = [
    # lines, {name: (status, capacity)}
    (
        [
            "Present: Ann Foss (NHCC), Bo Lundqvist (NHCC), Cy Marsden (NHCC), Ed Rowe (Councillor), "
            "Fay Thorn (Police)",
            "Apologies: Ada Sands (NHCC), Dan Quill (Parents)",
        ],
        {
            "Ann Foss": ("present", "member"),
            "Ed Rowe": ("present", "other"),
            "Ada Sands": ("apologies", "member"),
            "Dan Quill": ("apologies", "other"),
        },
    ),
    (
        [
            "Present: Ann Foss-Chairman (AF), Bo Lundqvist-Vice Chairman (BL), Cy Marsden (CM)",
            "In attendance: Ada Sands-Clerk",
            "Apologies: Cllr Dan Quill (away at sea). Cllr Ed Rowe (NHDC) - conflicting meeting.",
        ],
        {
            "Ann Foss": ("present", "member"),
            "Bo Lundqvist": ("present", "member"),
            "Ada Sands": ("present", "officer"),
            "Dan Quill": ("apologies", "member"),
            "Ed Rowe": ("apologies", "other"),
        },
    ),
    (
        [
            "Present: Trustees: Ann Foss, Bo Lundqvist, Cy Marsden.",
            "Absent: Dan Quill; Village Clerk Ada Sands; Utilities Superintendent Ed Rowe; Village Attorney "
            "Fay Thorn",
            "Motion by Foss, seconded by Marsden to pay; ayes: Foss, Marsden; Absent: Quill, Lundqvist, "
            "motion carried.",
        ],
        {
            "Bo Lundqvist": ("present", "member"),
            "Dan Quill": ("absent", "member"),
            "Ed Rowe": ("present", "officer"),
        },
    ),
    (
        [
            "That the apologies for lateness from Ann Foss and for absence from Bo Lundqvist be accepted.",
        ],
        {"Bo Lundqvist": ("apologies", "member")},
    ),
    (
        [
            "PRESENT: COUNCILMEMBERS: FOSS, LUNDQVIST, MARSDEN",
            "STAFF: PLANNER II ADA SANDS",
        ],
        {"LUNDQVIST": ("present", "member"), "ADA SANDS": ("present", "officer")},
    ),
    (
        [
            "Commissioners: Ann Foss (Chair), Bo Lundqvist, Cy Marsden",
            "Attending Members: Foss, Lundqvist",
            "Absent Members: Marsden",
        ],
        {"Ann Foss": ("present", "member"), "Cy Marsden": ("absent", "member")},
    ),
    (
        [
            "Present: Councilmembers Foss, Lundqvist and Mayor Quill.",
            "Absent: Councilmember Marsden; arrived at 7:52 p.m.",
            "Ada Sands, City Manager; Ed Rowe, Deputy City Manager; Fay Thorn, City Clerk",
        ],
        {
            "Marsden": ("present", "member"),
            "Ada Sands": ("present", "officer"),
            "Fay Thorn": ("present", "officer"),
        },
    ),
    (
        ["Roll Call Foss – present, Lundqvist – present, Marsden – absent."],
        {"Foss": ("present", "member"), "Marsden": ("absent", "member")},
    ),
    (
        [
            "Present: Cllrs A Foss (AF, Chair), B Lundqvist (BL), C Marsden (CM, Clerk)",
            "58a/24 Apologies: D Quill (DQ) – holiday; accepted. No apology had been had from Cllr Rowe.",
        ],
        {
            "A Foss": ("present", "member"),
            "C Marsden": ("present", "officer"),
            "D Quill": ("apologies", "member"),
        },
    ),
    (
        [
            "There were present:",
            "County Commissioners: Ann Foss, Chair",
            "ABSENT Bo Lundqvist",
            "County Manager: Cy Marsden",
        ],
        {
            "Ann Foss": ("present", "member"),
            "Bo Lundqvist": ("absent", "member"),
            "Cy Marsden": ("present", "officer"),
        },
    ),
    (
        [
            "Present: The Honorable Ann Foss, Honorable Bo Lundqvist",
            "Absent: Honorable Cy Marsden (to 7:26 p.m.)",
            "Foss moved to approve the agenda, seconded by Lundqvist.",
        ],
        {"Ann Foss": ("present", "member"), "Cy Marsden": ("present", "member")},
    ),
    (
        ["PRESENT: Foss, Lund, Marsden", "ABSENT: Quill", "ALSO PRESENT: City Clerk Ada Sands"],
        {
            "Foss": ("present", "member"),
            "Marsden": ("present", "member"),
            "Quill": ("absent", "member"),
            "Ada Sands": ("present", "officer"),
        },
    ),
    (
        ["On roll call, the following Council Members responded: Foss, Lund-Cruz and Marsden."],
        {"Foss": ("present", "member"), "Lund-Cruz": ("present", "member")},
    ),
    (
        ["# Present", "Division 1 – Ann Foss - Late|Division 2 – Bo Lundqvist - Absent"],
        {"Ann Foss": ("present", "member"), "Bo Lundqvist": ("absent", "member")},
    ),
    (
        ["Commissioners present were Ann Foss and Bo Lundqvist. Commissioner Cy Marsden was absent."],
        {
            "Ann Foss": ("present", "member"),
            "Bo Lundqvist": ("present", "member"),
            "Cy Marsden": ("absent", "member"),
        },
    ),
    (
        ["Present: Cllrs A Foss and B Lundqvist", "Staff Present: Finance Director Hahn, City Manager Quade"],
        {"A Foss": ("present", "member"), "Hahn": ("present", "officer"), "Quade": ("present", "officer")},
    ),
    (
        ["Mayor Ann Foss and City Attorney Bo Lundqvist were present."],
        {"Ann Foss": ("present", "member"), "Bo Lundqvist": ("present", "officer")},
    ),
    (
        ["Present: Cllr A Foss, Mrs R Bell, Clerk"],
        {"A Foss": ("present", "member"), "R Bell": ("present", "officer")},
    ),
    (
        ["Select Board Present: Ann Foss, Bo Lundqvist", "Library Staff: Director Cy Marsden"],
        {"Ann Foss": ("present", "member"), "Cy Marsden": ("present", "officer")},
    ),
    (
        ["Yn bresennol / Present: Cllrs. Ann Foss, Bo Lundqvist", "Clerc/Clerk: Cy Marsden"],
        {"Bo Lundqvist": ("present", "member"), "Cy Marsden": ("present", "officer")},
    ),
    (
        ["PRESENT: SUPERVISORS FOSS, LUNDQVIST AND CHAIR MARSDEN", "ABSENT: NONE"],
        {"LUNDQVIST": ("present", "member"), "MARSDEN": ("present", "member")},
    ),
    (
        ["Present: Councillor Ward 1 Ann Foss, Councillor-at-Large Bo Lundqvist"],
        {"Ann Foss": ("present", "member"), "Bo Lundqvist": ("present", "member")},
    ),
    (
        ["Present: Cllr A Foss", "Officers: Head of Planning (H Birkett), Legal Adviser (J Denby)"],
        {"H Birkett": ("present", "officer"), "J Denby": ("present", "officer")},
    ),
    (
        ["# PRESENT", "Cllr A Foss", "# ABSENT", "Member: Yan Tere"],
        {"A Foss": ("present", "member"), "Yan Tere": ("absent", "member")},
    ),
    (
        ["Absent: Jay Fink. Solicitor Amy Wolfe and Engineer Todd Beck were present."],
        {"Jay Fink": ("absent", "member"), "Amy Wolfe": ("present", "officer")},
    ),
    (
        ["Present: Cllrs A Foss and B Lund", "The apologies of Councillor Ihaia were received."],
        {"Ihaia": ("apologies", "member")},
    ),
    (
        ["Roll call: Trustees Amy Foss and Lon Lund present. Trustee Paul Quill excused."],
        {"Lon Lund": ("present", "member"), "Paul Quill": ("apologies", "member")},
    ),
    (
        ["Cllrs Foss and Lund were present together with the Clerk, Mrs Rose Snell."],
        {"Lund": ("present", "member"), "Rose Snell": ("present", "officer")},
    ),
    (
        ["Present: Cllrs A Foss, B Lund and C Quill; Cllr H Hunt (County Council)"],
        {"C Quill": ("present", "member"), "H Hunt": ("present", "other")},
    ),
    (
        ["Present: Cllrs A Foss and B Lund; County & District Cllr H Hunt; Mrs R Bell (Clerk)"],
        {"H Hunt": ("present", "other"), "County": None, "R Bell": ("present", "officer")},
    ),
    (
        ["Roll call showed Council Members Foss, Lund and Mayor Marsden present."],
        {"Foss": ("present", "member"), "Marsden": ("present", "member")},
    ),
    (
        ["Trustees Ann Foss, Bo Lund and Board Chair Cy Marsden were all present during roll call."],
        {"Bo Lund": ("present", "member"), "Cy Marsden": ("present", "member")},
    ),
    (
        ["The following officials were present:", "Mayor Foss", "Trustee Lund", "Manager Marsden"],
        {"Foss": ("present", "member"), "Lund": ("present", "member"), "Marsden": ("present", "officer")},
    ),
    (
        [
            "Present: Cllr A Foss",
            "Also attending: Parks and Recreation Director Bo Lund, Cy Marsden, P.E., Engineer",
        ],
        {"Bo Lund": ("present", "officer"), "Cy Marsden": ("present", "officer"), "Parks": None},
    ),
    (
        ["Present: Cllr A Foss, Cllr B Lund and the Clerk – Rose Snell"],
        {"B Lund": ("present", "member"), "Rose Snell": ("present", "officer")},
    ),
    (
        ["# PRESENT: Ann Foss, Bo Lund", "# OTHERS", "PRESENT: Cy Marsden, Dee Oakes"],
        {"Bo Lund": ("present", "member"), "Dee Oakes": ("present", "other")},
    ),
    (
        [
            "Present: Cllrs A Foss and B Lund",
            "# Mayor's notices",
            "The Mayor praised the band. Dr Quinn Reed was absent.",
        ],
        {"B Lund": ("present", "member"), "Quinn Reed": None},
    ),
]
OFFICERS = [
    ("Director of Public Works Tormod Eide reported that the road is open.", "Tormod Eide"),
    ("Administrator Villanova added that the sum had been moved.", "Villanova"),
    ("The Mayor asked Public Works Director Tormod Eide to call the owner.", "Tormod Eide"),
    ("Harriet Zeller, Grants Advisor, was in attendance to speak to the report.", "Harriet Zeller"),
    ("Respectfully submitted, Kathlyn Landry, Recording Secretary", "Kathlyn Landry"),
    ("The PSBA Executive Director Rob Ratto urged the Board to approve.", None),
    ("Town Clerk duties were discussed.", None),
]


@pytest.mark.parametrize(("line", "name"), OFFICERS)
def test_officers_named_in_the_text(line: str, name: str | None):
    officers = [p.name for p in found("attendance", "Present: Cllrs A Foss and B Lund", line)]
    assert officers[2:] == ([name] if name else [])


@pytest.mark.parametrize(("lines", "wanted"), ROLLS)
def test_rolls(lines: list[str], wanted: dict[str, tuple[str, str] | None]):
    people = {p.name: (p.status, p.capacity) for p in found("attendance", *lines)}
    assert {name: people.get(name) for name in wanted} == wanted


def test_a_vote_after_roll_call_is_no_roll():
    people = found("attendance", "Present: Cllrs Foss and Lund", "# Roll Call", "Ayes: Foss", "Nays: Lund")
    assert [p.name for p in people] == ["Foss", "Lund"]


def test_offices_posts_and_honours_are_told_apart():
    people = {
        p.name: p
        for p in found(
            "attendance",
            "In the Chair: Councillor Ann Foss, OBE",
            "Present: Deputy Mayor Bo Lundqvist, Councillor Cy Marsden (arrived at 7.10 pm)",
            "In attendance: Di Quade, Assistant Director (Housing & Wellbeing); "
            "Ed Rowe, Head of Trees and Parks",
        )
    }
    assert (people["Ann Foss"].role, people["Ann Foss"].honours) == ("Chair", "OBE")
    assert people["Bo Lundqvist"].role == "Deputy Mayor"
    assert people["Cy Marsden"].arrived == time(19, 10)
    assert people["Di Quade"].job_title == "Assistant Director (Housing & Wellbeing)"
    assert people["Ed Rowe"].job_title == "Head of Trees and Parks"
