"""What entries say of a paper's rows, and what they must not: outcomes, proposals, headings, doubts."""

from __future__ import annotations

from datetime import date

import pytest

from search.differences import compared
from search.doubts import agreed
from search.entries import entries_of
from search.sums import largest_sum

DOCUMENT = {
    "document_id": "d" * 64,
    "title": "Port Council",
    "committee": "Cabinet",
    "meeting_date": date(2031, 5, 6),
}


def placed(page: int, top: float) -> dict:
    return {"page": page, "regions": [{"page": page, "x0": 60, "top": top, "x1": 500, "bottom": top + 12}]}


def row(page: int = 1, top: float = 100, **more) -> dict:
    common = {"document_id": "d" * 64, "confidence": 0.99, "meeting_id": "m1", "item_number": None}
    return {**common, **placed(page, top), **more}


def resolution(top: float, text: str, **more) -> dict:
    said = {"resolution_id": f"r{top}", "kind": "resolution", "text": text, "stem": None, "motion_id": None}
    return row(top=top, **(said | more))


def paper(**datasets) -> dict:
    """A paper of minutes of a meeting that was held; more datasets over it."""
    part = {
        "part_id": "p1",
        "kind": "minutes",
        "page_from": 1,
        "page_to": 3,
        "title": "Minutes",
        "meeting_id": "m1",
    }
    meeting = {"meeting_id": "m1", "committee": "Cabinet", "date": date(2031, 5, 6), "status": "held"}
    return {"documents": [DOCUMENT], "parts": [part], "meetings": [meeting], **datasets}


def found(rows: dict) -> dict:
    return {e.key: e for e in entries_of(rows, "Port Council")}


def item(top: float, title: str, number: str | None = None) -> dict:
    return row(top=top, item_id=title, number=number, title=title)


def test_an_outcome_is_shown_only_where_the_paper_gives_one():
    motion = row(motion_id="m9", kind="motion", text="that it be so", outcome="lost", item_number="4")
    unended = motion | {"motion_id": "m8", "outcome": None}
    rows = paper(
        motions=[motion, unended],
        resolutions=[
            resolution(100, "That the report be noted."),
            resolution(200, "That it be so.", motion_id="m9"),
            resolution(300, "That another thing be so.", motion_id="m9", item_number="5"),
            resolution(400, "That it be printed.", outcome="Carried"),
            resolution(500, "That notice be given.", motion_id="m8"),
        ],
    )
    said = found(rows)
    kinds = [said[f"r{top}"].kind for top in (100, 200, 300, 400, 500)]
    assert kinds == ["resolution", "recommendation", "resolution", "resolution", "recommendation"]
    assert [said[f"r{top}"].outcome for top in (100, 200, 300, 400)] == [None, "lost", None, "carried"]
    assert said["r300"].motion_id is None, "a motion under another item says nothing of it"


@pytest.mark.parametrize(
    ("part", "status", "kind"),
    [
        ("minutes", "held", "resolution"),
        ("agenda", "called", "recommendation"),
        ("report", "called", "recommendation"),
        ("report", "held", "resolution"),
    ],
)
def test_what_an_agenda_proposes_is_no_decision(part, status, kind):
    rows = paper(resolutions=[resolution(100, "That a grant be made.", outcome="carried")])
    rows["parts"][0]["kind"], rows["meetings"][0]["status"] = part, status
    entry = found(rows)["r100"]
    assert entry.kind == kind
    assert entry.outcome == ("carried" if kind == "resolution" else None)


def test_a_heading_is_the_item_that_the_row_is_in():
    items = [item(50, "Allotments"), item(150, "Libraries"), item(250, "Bins", "7")]
    rows = paper(
        agenda_items=items,
        resolutions=[
            resolution(100, "That the rents be frozen."),
            resolution(200, "That the library be kept."),
            resolution(300, "That item 7 be read.", item_number="7"),
            resolution(30, "That the agenda be followed."),
            resolution(310, "That an item be read that is not there.", item_number="9"),
        ],
    )
    said = found(rows)
    assert [said[f"r{top}"].title for top in (100, 200, 300)] == ["Allotments", "Libraries", "Bins"]
    assert said["r30"].title == "" and said["r310"].title == "", "nothing heads it: nothing is made up"


def test_a_numbered_clause_of_minutes_stands_in_the_item_that_is_minuted():
    text = "the clerk be asked to write to every owner of the land"
    section = {"part_id": "p1", "parent_id": "s1", "number": "2)", "heading": None, "text": text}
    roll = row(
        top=20, section_id="s1", part_id="p1", parent_id=None, number=None, heading="Officers", text=""
    )
    clause = row(top=200, section_id="s2", **section)
    rows = paper(agenda_items=[item(150, "Verges")], sections=[roll, clause])
    assert found(rows)["s2"].title == "Verges, paragraph 2)"
    rows["parts"][0]["kind"] = "report"
    assert found(rows)["s2"].title == "Officers, paragraph 2)"


def test_what_the_council_numbers_by_itself_is_not_under_the_heading_above():
    rows = paper(agenda_items=[item(50, "Interests")], resolutions=[resolution(100, "That it be so.")])
    rows["resolutions"][0]["reference"] = "R31-107"
    assert found(rows)["r100"].title == "Resolution R31-107"


def test_a_heading_says_what_it_is_about():
    section = {"section_id": "s1", "part_id": "p1", "parent_id": None, "number": None, "text": ""}
    rows = paper(
        sections=[
            row(top=20, **section, heading="Parking strategy"),
            row(top=60, **(section | {"section_id": "s2"}), heading="Recommendation(s):"),
            row(top=70, **(section | {"section_id": "s3"}), heading="Electoral division: All"),
        ],
        resolutions=[resolution(100, "That the strategy be approved.")],
    )
    assert found(rows)["r100"].title == "Parking strategy"


def test_doubts_are_told_in_words():
    doubts = [
        {
            "dataset": "votes",
            "row_id": "m9",
            "kind": "division does not add up",
            "text": "2 names, 3 printed",
        },
        {"dataset": "motions", "row_id": "m9", "kind": "mover not present", "text": "x"},
    ]
    doubts[0]["severity"], doubts[1]["severity"] = "doubtful", "note"
    motion = row(motion_id="m9", kind="motion", text="that it be so", outcome=None, confidence=0.62)
    rows = paper(motions=[motion], problems=doubts, pages=[{"page": 1, "text_source": "ocr"}])
    reasons = found(rows)["m9"].doubts.split("\n")
    assert reasons[0] == "division does not add up: 2 names, 3 printed" and len(reasons) == 3
    assert "scan" in reasons[1] and "6 in 10" in reasons[2]
    assert agreed(0.97, "") and not agreed(0.97, reasons[0]) and not agreed(0.79, "")


def test_due_dates_and_officers_are_entries():
    action = {"action_id": "a1", "text": "mend the path", "owners": ("The Clerk",), "owner_person_ids": ()}
    contact = row(part_id="p1", name="Ada Quill", job_title="Head of Parks", role="Report Author")
    rows = paper(
        actions=[row(**action, due_text="by 1 June", due_date=date(2031, 6, 1))], report_contacts=[contact]
    )
    said = found(rows)
    assert said["a1"].due == date(2031, 6, 1) and said["a1"].mover == "The Clerk"
    assert next(e for e in said.values() if e.kind == "officer").people == "Ada Quill"


def test_what_an_amendment_changes():
    told = compared("That the pool be closed on Mondays", "That the pool be open on Mondays")
    assert told == [("same", "That the pool be"), ("gone", "closed"), ("new", "open"), ("same", "on Mondays")]


@pytest.mark.parametrize(
    ("text", "most"),
    [("£1.5m and £900,000", 1_500_000), ("$2 billion", 2e9), ("no sum", None), ("£5 metres", 5)],
)
def test_the_largest_sum(text, most):
    assert largest_sum(text) == most
