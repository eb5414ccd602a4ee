"""Headings of business: their numbers as councils print them, lists that count on, and what stands beside a
title."""

import pytest

from extractors.reading.numbering import number_of, places_of
from extractors.reading.roles.chains import links_of
from extractors.reading.roles.model import Span
from extractors.reading.segments import segments_of
from extractors.reading.understand.counting import settled
from extractors.reading.understand.front_sheet import pages_in, without_pages
from extractors.reading.understand.items import items_in
from tests.lines import found, sheet_of_lines


@pytest.mark.parametrize(
    ("text", "number", "shape"),
    [
        ("24/112 Apologies", "24/112", "year"),
        ("Cou/285/18-19 Present", "Cou/285/18-19", "long year"),
        ("PLA146/15 Apologies", "PLA146/15", "letters year"),
        ("072-19 Resolution Authorizing Bills", "072-19", "dashed"),
        ("(16-007) Fees", "16-007", "file"),
        ("10.2.1 Roads", "10.2.1", "level"),
        ("8.A Minutes", "8.A", "number letter"),
        ("5(b) Procedure", "5(b)", "nested"),
        ("A-1 Trees", "A-1", "letter number"),
        ("iv. Fences", "iv", "roman"),
        ("(4C). Signs", "4C", "number letter"),
        ("Agenda Item No. 4: Signs", "4", "item"),
        ("1. 22-0123 Contract", "1", "decimal"),
        ("Cou/285/18-19", "Cou/285/18-19", "long year"),
        ("58a/24 Apologies", "58a/24", "year"),
        ("F 12/019 Election of Chair", "F 12/019", "letters year"),
        ("B-1a Register of Claims", "B-1a", "letter number"),
        ("Item #6: Road crossings", "6", "item"),
        ("205ii Dog bin", "205ii", "number letter"),
        ("(7.1.2) Gravel", "7.1.2", "level"),
        ("CORP31. Apologies", "CORP31", "letters number"),
        ("17208 TWINNING", "17208", "spaced"),
        ("ITEM NO. 7(3): Canoe club", "7(3)", "item"),
    ],
)
def test_numbers_in_front_of_headings(text, number, shape):
    found = number_of(text)
    assert found and (found.text, found.shape) == (number, shape)


@pytest.mark.parametrize(
    "text", ["21/501842/FULL – Land at Mill End", "Minutes of 4 May", "19:30 The meeting", "36599 Perch Lane"]
)
def test_what_is_no_number(text):
    assert number_of(text) is None


def test_a_number_may_count_on_in_two_lists():
    assert [p.at for p in places_of(number_of("I. Opening"))] == [9, 1]
    assert {p.at for p in places_of(number_of("45/24 Budget"))} == {45, 24}


def segments(*lines, kind="minutes"):
    return segments_of(sheet_of_lines(*lines, kind=kind))


def test_clauses_are_a_list_of_their_own():
    own = segments(
        "# 1. Opening", "# 2. Roads", "a. to mend them", "b. to sweep them", "# 3. Trees", "# 4. Close"
    )
    links = links_of(own, [number_of(s.text) for s in own])
    assert [link.length for link in links if link] == [4, 4, 2, 2, 4, 4]


TOPICS = ("Ferry", "Quay", "Mill", "Goose", "Marsh", "Bridge", "Gravel", "Elm")


def titles(own, spans, kind="minutes"):
    return [(i.number, i.minute, i.title) for i in items_in(own, settled(own, spans, kind), kind)]


def test_a_list_that_is_mostly_headings_is_all_headings():
    own = segments("# 1. Opening", "# 2. Roads", "# 3. Trees", "# 4. Close")
    spans = [Span(0, 0, 0.9), Span(1, 1, 0.9), Span(3, 3, 0.9)]
    assert [title for *_, title in titles(own, spans)] == ["Opening", "Roads", "Trees", "Close"]


def test_a_line_that_names_the_item_stands_under_its_heading():
    own = segments(
        "# 283. Apologies",
        "(Item 1)",
        "None.",
        "# 284. Budget",
        "(Item 2)",
        "1. It was said that it is large.",
    )
    assert titles(own, []) == [("1", "283", "Apologies"), ("2", "284", "Budget")]


def test_a_line_that_names_the_item_may_stand_over_its_heading():
    own = segments(
        "The apologies were accepted.",
        "Item 3",
        "# ROWING CLUB - EXTENSION OF TERM",
        "Councillor Foss left the meeting.",
        "Item 1",
        "# BIRD HIDE",
        "The hide was shut.",
    )
    assert titles(own, []) == [
        ("3", None, "ROWING CLUB - EXTENSION OF TERM"),
        ("1", None, "BIRD HIDE"),
    ]


def test_plain_lines_over_paragraphs_are_headings_where_many_are():
    lines = [(f"{topic} report", "It was read to the meeting and noted.") for topic in TOPICS]
    own = segments(*(line for pair in lines for line in pair))
    spans = [Span(2 * i, 2 * i, 0.9) for i in range(4)]
    assert [title for *_, title in titles(own, spans)] == [f"{topic} report" for topic in TOPICS]


def test_minute_numbers_in_front_of_the_text_are_the_headings():
    own = segments(
        "# APOLOGIES",
        "PLA83/21 Apologies came from Councillor Ash.",
        "# URGENT BUSINESS",
        "PLA84/21 There was none.",
        "# TREES",
        "PLA85/21 An elm is to be felled.",
    )
    spans = [Span(i, i, 0.9) for i, s in enumerate(own) if s.bold]
    assert [(minute, title) for _, minute, title in titles(own, spans)] == [
        ("PLA83/21", "APOLOGIES"),
        ("PLA84/21", "URGENT BUSINESS"),
        ("PLA85/21", "TREES"),
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# 4. Minutes (Agenda item 5)", "Minutes"),
        ("# Agenda Item 2: Declarations of Interest", "Declarations of Interest"),
        ("# 9. UNFINISHED BUSINESS – None", "UNFINISHED BUSINESS"),
        ("Minutes: The minutes of 4 May were read.", "Minutes"),
        ("# 2. ROLL CALL Chair Foss, Commissioners Ash and Birch", "ROLL CALL"),
        ("# 2. ROLL CALL: Chair Foss", "ROLL CALL"),
        ("# K. TENTATIVE AGENDA November 23, 2022", "TENTATIVE AGENDA"),
        ("# 5. ORAL COMMUNICATIONS None", "ORAL COMMUNICATIONS"),
        ("# 7-C 2022-2419 Board Elections", "Board Elections"),
        ("# 3. Sewer Rates – Finance Director Ann Foss", "Sewer Rates"),
        ("# 3. Sewer Rates (15 minutes)", "Sewer Rates"),
        ("# 21/503 – LAND SOUTH OF THE TANNERY", "LAND SOUTH OF THE TANNERY"),
        ("# Staff Report: Recycling", "Staff Report: Recycling"),
        ("# 3. Budget Report (copy attached)", "Budget Report"),
        ("# 3. BYLAW 1388 – Dog Bylaw Amendment", "BYLAW 1388 – Dog Bylaw Amendment"),
        ("# 3. Bridge at Foss Lane – Second Reading", "Bridge at Foss Lane – Second Reading"),
        ("# VII. CONSENT CALENDAR (7:30 PM)", "CONSENT CALENDAR"),
        ("# 3. Public Question Time Closed 4.09pm", "Public Question Time Closed"),
        ("# 8. UNFINISHED BUSINESS: UNFINISHED BUS.", "UNFINISHED BUSINESS"),
        ("# IV. WELCOME: ANN B. FOSS, CHAIRMAN", "WELCOME"),
        ("# VI. FERRY HEARING (Public Hearing) [34]", "FERRY HEARING"),
        ("# A. Police - Chief Foss: 212 calls, one goat", "Police"),
        ("# 3. Ferry rates (Finance Director and Public Works Director)", "Ferry rates"),
        (
            "# 6. ACCEPTANCE OF RESIGNATION – Commissioner Ann Foss",
            "ACCEPTANCE OF RESIGNATION – Commissioner Ann Foss",
        ),
        ("# 3. Flower Week, April 24 – 30", "Flower Week, April 24 – 30"),
        ("# 12. OUTDOOR LIGHTING (C.C. No. 11-208)", "OUTDOOR LIGHTING (C.C. No. 11-208)"),
        ("a. Minute 789 – Litter bin: The Clerk said that it was the wrong size.", "Minute 789 – Litter bin"),
        ("805. Apologies for absence: Cllr Ann Foss (unwell)", "Apologies for absence"),
    ],
)
def test_what_stands_beside_a_title_is_none_of_it(line, title):
    own = segments(line)
    assert titles(own, [Span(0, len(own) - 1, 0.9)])[0][2] == title


def test_the_letter_of_a_list_is_no_initial():
    facts = found(
        "items",
        "# Board of Ferry",
        "I. Call to Order",
        "II. New Business",
        "A. Fire Contract (15 minutes)",
        "B. Snow Plow Bid",
        "III. Adjournment",
        kind="agenda",
    )
    assert [(f.number, f.title) for f in facts if f.number] == [
        ("I", "Call to Order"),
        ("II", "New Business"),
        ("A", "Fire Contract"),
        ("B", "Snow Plow Bid"),
        ("III", "Adjournment"),
    ]


def test_headings_without_anything_between_are_items_of_their_own():
    own = segments("# NATIONAL ANTHEM", "# OPENING PRAYER", "The Reverend Foss led the prayer.")
    assert [title for *_, title in titles(own, [Span(0, 1, 0.9)])] == ["NATIONAL ANTHEM", "OPENING PRAYER"]


@pytest.mark.parametrize(
    "line",
    [
        "3. Press star nine to speak",
        "C. Moore, Director of Services",
        "# Notes for members of the public",
        "# CARRIED",
    ],
)
def test_what_heads_no_business(line):
    own = segments(line)
    assert not titles(own, [Span(0, 0, 0.9)])


def test_pages_beside_a_title():
    assert pages_in("Budget report 13 - 40") == ("13", "40")
    assert without_pages("Budget report (Pages 5 - 12)") == "Budget report"
    assert without_pages("ORDINANCE 2025-14") == "ORDINANCE 2025-14"
    assert without_pages("Performance 2024-2025") == "Performance 2024-2025"


def test_an_agenda_counted_from_one_with_its_pages_and_closed_items():
    facts = found(
        "items",
        "# Lower Barton Council",
        "1. To receive apologies",
        "2. To sign the minutes 5 - 12",
        "3. To consider the budget for information only",
        "# EXEMPT ITEMS",
        "4. To let the lease",
        kind="agenda",
    )
    numbered = [f for f in facts if f.number]
    assert [f.number for f in numbered] == ["1", "2", "3", "4"]
    assert (numbered[1].title, numbered[1].label_from, numbered[1].label_to) == (
        "To sign the minutes",
        "5",
        "12",
    )
    assert [f.for_information for f in numbered] == [False, False, True, False]
    assert [f.exempt for f in numbered] == [False, False, False, True]


def test_a_digit_in_brackets_is_printed_with_the_number_that_it_is_under():
    own = segments("# 1. General", "# (1) Apologies", "# (2) Interests", "# 2. Questions")
    items = items_in(own, [Span(i, i, 0.9) for i in range(4)])
    assert [(i.number, i.parent) for i in items] == [("1", None), ("1(1)", "1"), ("1(2)", "1"), ("2", None)]
