"""Matters: what is dealt with under one number, followed over meetings."""

from __future__ import annotations

import pytest

from pipeline.store.matters import numbers_in
from pipeline.store.sql import connect


@pytest.mark.parametrize(
    ("text", "kind", "reference"),
    [
        ("24/00031 - Repairs to the north quay", "decision", "24/00031"),
        ("Application 25/00321/FUL, land at Mill Road", "planning", "25/00321/FUL"),
        ("THAT By-law 2024-19, being a by-law to regulate open air burning, be read", "by-law", "2024-19"),
        ("that Bylaw No. 1412 be given third reading", "by-law", "1412"),
        ("Adopt Ordinance No. 3021 amending the code", "ordinance", "3021"),
        ("WHEREAS Resolution #R2025-051 was passed", "resolution", "R2025-051"),
        ("File No. CP-2021/14: the ferry landing", "file", "CP-2021/14"),
    ],
)
def test_a_number_is_read(text, kind, reference):
    assert [(f.kind, f.reference) for f in numbers_in(text)] == [(kind, reference)]


@pytest.mark.parametrize(
    "text",
    [
        "The budget for 2024/25 was noted",
        "on 12/03/2024 at 6.30 pm",
        "at a cost of £24/10000 a year",
        "a by-law 2024 to regulate noise",
        "the resolution of the Committee of 12 March",
        "page 3 of the file",
    ],
)
def test_what_is_no_number_of_a_matter_is_not(text):
    assert list(numbers_in(text)) == []


def test_a_matter_is_followed_from_agenda_to_decision(council_year):
    asked = connect(council_year)
    (matter,) = asked.sql(
        "SELECT reference, kind, meetings, first_seen::VARCHAR, title FROM matters"
    ).fetchall()
    assert matter[:4] == ("24/00031", "decision", 6, "2024-03-12") and "north quay" in matter[4]
    march = "SELECT event FROM matter_events WHERE date = DATE '2024-03-12' ORDER BY event"
    assert [e for (e,) in asked.sql(march).fetchall()] == ["decided", "on the agenda"]
    rows = "SELECT count(*) FROM matter_events e JOIN resolutions r ON e.row_id = r.resolution_id"
    assert asked.sql(rows).fetchall() == [(4,)], "each decision once, at four meetings"
