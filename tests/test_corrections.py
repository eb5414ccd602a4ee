"""Corrections of earlier minutes, and the rows that they are about."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.store.sql import connect
from schemas.decisions import CorrectionRow, ResolutionRow
from schemas.meetings import AgendaItemRow
from tests.lines import found
from tests.papers_told import Told, put

HEAD = ("# Harbour Board", "Minutes of the meeting of the Harbour Board held on 9 April 2024")
IN_THE_TEXT = [
    (
        "That the minutes of 12 March 2024 be approved subject to the following amendment: "
        "Minute 12, delete “all”.",
        [(date(2024, 3, 12), "12", None, "all", None)],
    ),
    (
        "Cllr Foss asked that the minutes be amended on page 3 to replace the word “clarify” with “dispel”.",
        [(None, None, "3", "clarify", "dispel")],
    ),
    (
        "Minute 14/24 of the meeting of 12th March be amended to read “the lower quay”.",
        [(date(2024, 3, 12), "14/24", None, None, "the lower quay")],
    ),
    ("Page 2, “Mr Rosen” should read “Mr Vail”.", [(None, None, "2", "Mr Rosen", "Mr Vail")]),
    (
        "An amendment to the minutes of 12 March 2024 was required as the name of Mr Foss had been left out.",
        [(date(2024, 3, 12), None, None, None, None)],
    ),
    ("The minutes of 12 March 2024 were approved as amended.", []),
    ("Draft minutes are subject to correction by the Board.", []),
    ("The minutes were confirmed and signed as a correct record.", []),
]


@pytest.mark.parametrize(("line", "wanted"), IN_THE_TEXT)
def test_under_an_item_about_minutes(line, wanted):
    told = found("corrections", *HEAD, "# 2. Minutes of the last meeting", line, "# 3. Ferry", "It runs.")
    assert [(c.day, c.minute, c.in_page, c.was, c.reads) for c in told] == wanted


@pytest.mark.parametrize(
    "line",
    [
        "The motion be amended to read “the lower quay”.",
        "Standing Orders be amended to read as follows: “Members may speak for five minutes”.",
        "Speeches should be no longer than five minutes.",
        "The Clerk should read the letter.",
    ],
)
def test_what_corrects_no_minutes(line):
    assert found("corrections", *HEAD, "# 7. Ferry", line, "# 8. Close", "The meeting closed.") == []


def test_a_list_of_corrections():
    told = found(
        "corrections",
        *HEAD,
        "# 2. Minutes of the last meeting",
        "The minutes of 12 March 2024 were agreed with the following corrections:",
        "• Item 4: “five” to read “nine”",
        "• Page 2, add “Mr Vail” to those present",
        "Proposed by Councillor Foss, seconded by Councillor Lund.",
        "# 3. Ferry",
        "The ferry runs.",
    )
    assert [(c.minute, c.in_page, c.was, c.reads) for c in told] == [
        ("4", None, "five", "nine"),
        (None, "2", None, "Mr Vail"),
    ]
    assert {c.day for c in told} == {date(2024, 3, 12)}


# --- over papers ---


def corrected(tmp_path, *, body: str = "Harbour Board", **correction) -> list[tuple]:
    """(dataset, end of row_id, same, state) of what the correction of April is about."""
    march = Told("march", date(2024, 3, 12), "Harbour Board")
    for number, minute, text in (("3", "12", "That all boats be moved."), ("4", "13", "That five be let.")):
        item = {"item_id": march.new_id("item"), "number": number, "minute_number": minute, "title": "Boats"}
        march.add(AgendaItemRow, meeting_id=march.meeting_id, **item)
        told = {"resolution_id": march.new_id("resolution"), "item_number": number, "text": text}
        march.add(ResolutionRow, meeting_id=march.meeting_id, kind="resolution", **told)
    april = Told("april", date(2024, 4, 9), body)
    april.add(
        CorrectionRow,
        **{"meeting_id": april.meeting_id, "correction_id": "c", "text": "Put right."} | correction,
    )
    output = put(tmp_path, march, april)
    rows = connect(output).sql("SELECT dataset, row_id, same, state FROM corrected ORDER BY ALL").fetchall()
    return [
        (dataset, row_id.partition("-")[2].partition("-2024")[0], *more) for dataset, row_id, *more in rows
    ]


MARCH = date(2024, 3, 12)


@pytest.mark.parametrize(
    ("correction", "rows"),
    [
        (
            {"minutes_of": MARCH, "minute": "12", "was": "all", "reads": "most"},
            [("resolutions", "resolution-p1.1", "yes", "as before")],
        ),
        ({"minutes_of": MARCH, "reads": "FIVE"}, [("resolutions", "resolution-p1.2", "yes", "as corrected")]),
        ({"was": "all"}, [("resolutions", "resolution-p1.1", "doubtful", "as before")]),
        ({"minutes_of": MARCH, "minute": "13"}, [("agenda_items", "item-p1.2", "yes", None)]),
        ({"minutes_of": MARCH, "was": "boats"}, [
            ("agenda_items", "item-p1.1", "doubtful", "as before"),
            ("agenda_items", "item-p1.2", "doubtful", "as before"),
            ("resolutions", "resolution-p1.1", "doubtful", "as before"),
        ]),
        (
            {"minutes_of": MARCH, "in_page": "2"},
            [("meetings", "borough-council-meeting-harbour-board", "yes", None)],
        ),
        ({"minutes_of": date(2024, 1, 1), "was": "all"}, []),
        (
            {"minutes_of": MARCH, "was": "all", "body": "Council"},
            [("resolutions", "resolution-p1.1", "doubtful", "as before")],
        ),
    ],
)  # fmt: skip
def test_which_rows_a_correction_is_about(tmp_path, correction, rows):
    assert corrected(tmp_path, **correction) == rows


def test_a_years_correction_points_at_the_motion(council_year):
    asked = connect(council_year)
    rows = asked.sql(
        "SELECT c.was, c.reads, c.minutes_of::VARCHAR, x.dataset, x.same, x.state, m.text "
        "FROM corrections c JOIN corrected x USING (correction_id) JOIN motions m ON m.motion_id = x.row_id"
    ).fetchall()
    assert [row[:6] for row in rows] == [
        ("parking bays", "loading bays", "2024-03-12", "motions", "yes", "as before")
    ]
    assert "parking bays" in rows[0][6]
