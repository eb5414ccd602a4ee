"""Titles that run into their text, and dates written out in words."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.mentions.dates import dates_in
from extractors.reading.run_in import headed_so, run_in

HEADED = (
    "Road Report – The grader has been moved to Lower Flat.",
    "Garage Site – Lars Young called the surveyor.",
    "Planning – Nothing new to report.",
    "Mud – The bus was stuck for an hour.",
)


def test_titles_that_differ_head_the_business():
    assert [title.label for title in headed_so(HEADED).values()] == [
        "Road Report",
        "Garage Site",
        "Planning",
        "Mud",
    ]


def test_words_without_a_verb_before_the_sentences_head_the_business():
    told = (
        "Clean-Up Day. It is to be the first Saturday in May.",
        "Review of the street plan. The engineer called in with the flu.",
        "Public Comment. Bo Lund asked about the trains.",
        "The goat was caught. Nobody owned it.",
    )
    assert [title.label for title in headed_so(told).values()] == [
        "Clean-Up Day",
        "Review of the street plan",
        "Public Comment",
    ]


def test_speakers_and_fields_head_nothing():
    assert headed_so(("Mr. Foss: The road is wet.", "Mr. Lund: It is not.", "Mr. Foss: It is.")) == {}
    assert headed_so(("Applicant: Orchard Church.", "Location: 4 Elm Road.", "Applicant: J. Pole.")) == {}


@pytest.mark.parametrize(
    "text",
    ["13/117 FOSS: That the accounts be paid.", "1868 Notices of Motion – Footpath 602", "Ayes: Foss, Lund."],
)
def test_movers_titles_and_votes_are_no_run_in_titles(text):
    assert run_in(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("held the sixteenth day of January in the year two thousand and seven", date(2007, 1, 16)),
        ("on the twenty-first day of May, two thousand eleven, at noon", date(2011, 5, 21)),
        ("this 5th day of June, Two Thousand Twenty-Three", date(2023, 6, 5)),
        ("May third, nineteen ninety-nine", date(1999, 5, 3)),
    ],
)
def test_a_date_written_out_in_words_is_read(text, day):
    assert [when.value for when in dates_in(text)] == [day]
