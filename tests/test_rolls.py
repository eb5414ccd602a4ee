"""Rolls in the manners of many councils, invented: who is there, who is not, and as what."""

from __future__ import annotations

from datetime import time

import pytest

from tests.lines import found

ROLLS = [
    # lines, {name: (status, capacity)}
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
]


@pytest.mark.parametrize(("lines", "wanted"), ROLLS)
def test_rolls(lines: list[str], wanted: dict[str, tuple[str, str]]):
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
