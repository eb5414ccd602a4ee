"""Seats on front sheets: party, ward and term of office, where the sheet says them."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.reading.readers.seat_notes import Notes, notes_of, party_of_list
from tests.lines import found


def seats(*lines: str) -> list[tuple]:
    told = found("seats", "# Harbour Board", *lines, "# 1. Apologies", kind="agenda")
    return [(s.name, s.party, s.ward) for s in told]


def test_in_brackets_behind_the_name():
    line = "Membership: Councillors Ann Foss (Chair) (Con), Ben Lund (Labour), Cy Orr (Quay Ward) and Di Marr"
    assert seats(line) == [
        ("Ann Foss", "Con", None),
        ("Ben Lund", "Labour", None),
        ("Cy Orr", None, "Quay Ward"),
        ("Di Marr", None, None),
    ]


def test_under_their_party():
    lines = ("Conservative (2): Mr A Foss (Chair), Mr B Lund", "Labour (1): Ms C Orr", "Co-opted: Mr D Marr")
    assert seats(*lines) == [
        ("A Foss", "Conservative", None),
        ("B Lund", "Conservative", None),
        ("C Orr", "Labour", None),
        ("D Marr", None, None),
    ]


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("Lab, Mill Division", Notes("Lab", "Mill Division")),
        ("Lib Dem", Notes("Lib Dem")),
        ("term expires 31 December 2026", Notes(until=date(2026, 12, 31))),
        ("appointed 3 May 2024", Notes(since=date(2024, 5, 3))),
        ("Chair", Notes()),
        ("Director of Works", Notes()),
        ("Labour relations adviser", Notes()),
    ],
)
def test_what_a_note_says(note, wanted):
    assert notes_of([note]) == wanted


def test_no_party_heads_other_lists():
    assert party_of_list("Members of the Committee:") is None
    assert party_of_list("Green Lane works: Mr A Foss") is None
