"""Rules of the data hold in what is written, whatever the reading gives."""

from dataclasses import replace

import pytest

from schemas import DATASETS
from tests.conftest import read_fixture
from tests.lake import rows_in, write


def _changed(dataset, change):
    """The fixture's extraction with the dataset's rows as `change` makes them."""
    extraction = read_fixture("pinewater-minutes")
    return replace(extraction, rows={**extraction.rows, dataset: change(extraction.rows[dataset])})


def _first(**columns):
    return lambda rows: [replace(rows[0], **columns), *rows[1:]]


def _first_place(**columns):
    return lambda rows: [replace(rows[0], place=replace(rows[0].place, **columns)), *rows[1:]]


@pytest.mark.parametrize(
    ("dataset", "change", "rule", "lost"),
    [
        ("resolutions", _first_place(page=0), "page: greater_than_or_equal_to(1)", 1),
        ("resolutions", _first_place(confidence=1.5), "confidence: in_range(0, 1)", 1),
        ("resolutions", _first(verb="ponder"), "verb: isin(", 1),
        ("resolutions", _first(resolution_id=None), "resolution_id: not_nullable", 1),
        (
            "resolutions",
            lambda rows: [rows[0], replace(rows[1], resolution_id=rows[0].resolution_id), *rows[2:]],
            "multiple_fields_uniqueness",
            1,
        ),
        (
            "resolutions",
            _first(motion_id="no such"),
            "motion_id names no row of motions",
            1,
        ),
        ("parts", _first(page_from=2, page_to=1), "page_to before page_from", 1),
    ],
)
def test_a_row_that_breaks_a_rule_is_left_out_and_told(tmp_path, dataset, change, rule, lost):
    extraction = _changed(dataset, change)
    write(tmp_path, extraction)
    assert len(rows_in(tmp_path, dataset)) == len(extraction.rows[dataset]) - lost
    told = [p["text"] for p in rows_in(tmp_path, "problems") if p["kind"] == "row breaks a rule"]
    assert any(rule in t for t in told), told


def test_what_hangs_on_a_row_left_out_goes_with_it(tmp_path):
    """No vote without its motion."""
    extraction = _changed("motions", lambda rows: [replace(r, outcome="pondered") for r in rows])
    write(tmp_path, extraction)
    assert rows_in(tmp_path, "motions") == [] and rows_in(tmp_path, "votes") == []


def test_the_fixtures_keep_every_rule(output):
    assert not [p for p in rows_in(output, "problems") if p["kind"] == "row breaks a rule"]


def test_keys_and_references_name_columns_that_there_are():
    for dataset in DATASETS.values():
        assert set(dataset.key) <= {f.name for f in dataset.all_fields}
        for other, column in dataset.references.values():
            assert column in {f.name for f in DATASETS[other].all_fields}
    assert DATASETS["votes"].references == {"motion_id": ("motions", "motion_id")}


def test_a_problem_says_how_bad_it_is_who_mends_it_and_of_which_dataset(tmp_path):
    write(tmp_path, _changed("resolutions", _first(verb="ponder")))
    told = next(p for p in rows_in(tmp_path, "problems") if p["kind"] == "row breaks a rule")
    assert (told["severity"], told["mended_by"], told["dataset"]) == ("lost", "minutebook", "resolutions")
