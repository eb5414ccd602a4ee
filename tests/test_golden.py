"""Whole documents: the rows of each fixture are what they were when they were last looked at, and what its
truth says."""

import json

import pytest

from benchmarks.scoring import compare
from schemas.row import as_dicts
from tests.conftest import FIXTURE_PDFS, read_fixture, truth_of
from tests.golden import golden_of, path_of

DIGITAL = tuple(n for n in FIXTURE_PDFS if not n.endswith("scan"))
"""What OCR reads differs between versions of an engine: the scan is held to its truth instead."""


@pytest.mark.parametrize("name", DIGITAL)
def test_rows_are_golden(name: str):
    assert golden_of(name) == json.loads(path_of(name).read_text("utf-8")), (
        "look at the change; if it is right: python -m tests.golden"
    )


@pytest.mark.parametrize("name", ["aldermere-pack", "pinewater-minutes", "marlow-minutes", "marlow-agenda"])
def test_typeset_truth_is_read_whole(name: str):
    truth = truth_of(name)
    for meeting in truth.get("meetings", {"": truth}).values():
        for measure, score in compare(as_dicts(read_fixture(name).rows), meeting).items():
            assert score.f1 == 1.0, (measure, score.missed, score.made_up)


def test_scan_gives_what_its_original_gives():
    scores = compare(
        as_dicts(read_fixture("pinewater-minutes-scan").rows), truth_of("pinewater-minutes-scan")
    )
    assert {m: s.f1 for m, s in scores.items() if s.f1 < 0.85} == {}


def test_parts_have_their_exact_pages():
    rows = [
        (p["kind"], p["item_number"], p["page_from"], p["page_to"])
        for p in as_dicts(read_fixture("aldermere-pack").rows)["parts"]
        if p["kind"] != "blank"
    ]
    assert rows == [(p["kind"], p["item"], *p["pages"]) for p in truth_of("aldermere-pack")["parts"]]


def test_tables_are_the_typeset_grids():
    rows = as_dicts(read_fixture("aldermere-pack").rows)
    grids = []
    for t in rows["tables"]:
        grid = [["" for _ in range(t["n_cols"])] for _ in range(t["n_rows"])]
        for c in rows["table_cells"]:
            if c["table_id"] == t["table_id"]:
                grid[c["row"]][c["col"]] = " ".join(c["text"].split())
        grids.append(grid)
    assert grids == [t["cells"] for t in truth_of("aldermere-pack")["tables"]]


def test_seats_and_forward_plan():
    rows, truth = as_dicts(read_fixture("aldermere-pack").rows), truth_of("aldermere-pack")
    assert [[r["name"], r["role"]] for r in rows["memberships"]] == truth["memberships"]
    assert [
        [r["decision"], r["description"], r["due_text"], r["decision_maker"]] for r in rows["forward_plan"]
    ] == truth["forward_plan"]


def test_seats_of_an_agenda_set_as_a_table():
    assert [
        [r["name"], r["role"]] for r in as_dicts(read_fixture("marlow-agenda").rows)["memberships"]
    ] == truth_of("marlow-agenda")["memberships"]


def test_columns_are_read_one_after_the_other():
    text = " ".join(p["text"] for p in as_dicts(read_fixture("pinewater-notice").rows)["pages"]).replace(
        "\n", " "
    )
    order = [
        text.index(f"Column paragraph {i} {edge} here.") for i in range(1, 15) for edge in ("begins", "ends")
    ]
    assert order == sorted(order)
