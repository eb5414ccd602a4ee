"""Matters: what is dealt with under one number, put off by its title or kept as an action, followed over
meetings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.store.matters import numbers_in
from pipeline.store.sql import connect
from schemas.decisions import ActionRow, ResolutionRow
from schemas.meetings import AgendaItemRow
from tests.papers_told import Told, put


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


# --- without a number ---


def board(month: int, *items: str, **more: Any) -> Told:
    """A meeting of the board in a month, with items by their titles, numbered from 1."""
    paper = Told(f"board-{month}", date(2024, month, 9), "Harbour Board", **more)
    for n, title in enumerate(("Apologies", *items), 1):
        item = {"item_id": paper.new_id("item"), "number": str(n), "title": title}
        paper.add(AgendaItemRow, meeting_id=paper.meeting_id, **item)
    return paper


def resolved(paper: Told, number: str, text: str) -> Told:
    told = {"resolution_id": paper.new_id("resolution"), "item_number": number, "text": text}
    return paper.add(ResolutionRow, meeting_id=paper.meeting_id, kind="resolution", verb="other", **told)


def to_do(paper: Told, text: str, status: str | None = None, owner: str = "Clerk") -> Told:
    told = {"action_id": paper.new_id("action"), "owners": (owner,), "text": text, "status": status}
    return paper.add(ActionRow, meeting_id=paper.meeting_id, source="action_table", **told)


def followed(output: Path, kind: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """By title, each matter's (month, event)."""
    rows = connect(output).sql(
        "SELECT m.title, list((month(e.date), e.event) ORDER BY e.date, e.dataset) FROM matters m "
        f"JOIN matter_events e USING (matter_id) WHERE m.kind = '{kind}' "
        "GROUP BY m.matter_id, m.title ORDER BY m.matter_id"
    )
    return [(title, list(events)) for title, events in rows.fetchall()]


LAMPS = "Lamps on the lower quay"


def test_an_item_that_is_put_off_is_followed_to_where_it_is_decided(tmp_path):
    output = put(
        tmp_path,
        resolved(board(1, "Ferry dues", LAMPS), "3", "That this item be deferred to the next meeting."),
        board(2, "Ferry dues"),
        resolved(board(3, LAMPS), "2", "Deferred."),
        resolved(board(4, "Ferry dues", f"{LAMPS} (deferred from March)"), "3", "That ten lamps be bought."),
        board(5, LAMPS),
        *(board(month, "Ferry dues") for month in (6, 7, 8, 9, 10)),
    )
    assert followed(output, "title") == [
        (
            LAMPS,
            [
                *((1, "on the agenda"), (1, "deferred")),
                *((3, "on the agenda"), (3, "deferred")),
                *((4, "on the agenda"), (4, "decided")),
            ],
        )
    ]
    (why,) = (
        connect(output).sql("SELECT DISTINCT evidence FROM matter_events WHERE month(date) = 3").fetchall()
    )
    assert why == (
        'put off on 2024-01-09: "That this item be deferred to the next meeting."; the same title',
    )


def test_what_stands_on_every_agenda_is_not_followed(tmp_path):
    output = put(
        tmp_path,
        resolved(board(1, "Harbour report", "Rates"), "2", "That it be deferred to the next meeting."),
        *(board(month, "Harbour report", "Rates") for month in (2, 3, 4)),
    )
    assert followed(output, "title") == []


def test_the_same_title_alone_is_no_matter(tmp_path):
    output = put(tmp_path, board(1, LAMPS), board(2, "Ferry dues"), board(3, LAMPS), board(4), board(5))
    assert followed(output, "title") == []


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("Completed", "completed"),
        ("Done 3 March", "completed"),
        ("Not yet completed", "action"),
        ("In progress", "action"),
        ("Part completed", "action"),
    ],
)
def test_an_action_is_followed_to_its_completed(tmp_path, status, event):
    write_to = "Write to the county about the lower quay lamps"
    output = put(
        tmp_path,
        to_do(board(1), write_to),
        to_do(board(2), f"{write_to}.", "In progress"),
        to_do(board(3), "Clerk to write to the county about the lower quay lamps", status),
        to_do(board(4), "Paint the railings", "Completed"),
    )
    assert followed(output, "action") == [(write_to, [(1, "action"), (2, "action"), (3, event)])]


def test_an_action_that_was_over_is_not_open_again(tmp_path):
    write_to = "Write to the county about the lower quay lamps"
    output = put(
        tmp_path,
        to_do(board(1), write_to),
        to_do(board(2), write_to, "Completed"),
        to_do(board(3), write_to),
        to_do(board(4), write_to, "Completed"),
    )
    assert followed(output, "action") == [
        (write_to, [(1, "action"), (2, "completed")]),
        (write_to, [(3, "action"), (4, "completed")]),
    ]


def test_other_figures_and_other_bodies_are_other_actions(tmp_path):
    elsewhere = Told("panel", date(2024, 3, 9), "Library Panel")
    output = put(
        tmp_path,
        to_do(board(1), "Repair lamp 4 on the lower quay"),
        to_do(board(2), "Repair lamp 5 on the lower quay", "Completed"),
        to_do(elsewhere, "Repair lamp 4 on the lower quay", "Completed"),
    )
    assert followed(output, "action") == []
