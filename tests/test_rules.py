"""Rules of the data hold in what is written, whatever the reading gives."""

from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from pipeline.store.publish import publish
from schemas import DATASETS
from schemas.rules import KEYS, REFERENCES, references_of
from tests.conftest import read_fixture


def _rows(output, dataset):
    return [
        row
        for file in output.glob(f"{dataset}/*/*/*.parquet")
        for row in pq.ParquetFile(file).read().to_pylist()
    ]


def _changed(dataset, change):
    extraction = read_fixture("pinewater-minutes")
    rows = {name: [dict(r) for r in listed] for name, listed in extraction.rows.items()}
    change(rows[dataset])
    return replace(extraction, rows=rows)


@pytest.mark.parametrize(
    ("dataset", "change", "rule", "lost"),
    [
        ("resolutions", lambda rows: rows[0].update(page=0), "page: greater_than_or_equal_to(1)", 1),
        ("resolutions", lambda rows: rows[0].update(confidence=1.5), "confidence: in_range(0, 1)", 1),
        ("resolutions", lambda rows: rows[0].update(verb="ponder"), "verb: isin(", 1),
        ("resolutions", lambda rows: rows[0].update(resolution_id=None), "resolution_id: not_nullable", 1),
        (
            "resolutions",
            lambda rows: rows[1].update(resolution_id=rows[0]["resolution_id"]),
            "multiple_fields_uniqueness",
            1,
        ),
        (
            "resolutions",
            lambda rows: rows[0].update(motion_id="no such"),
            "motion_id names no row of motions",
            1,
        ),
        ("parts", lambda rows: rows[0].update(page_from=2, page_to=1), "page_to before page_from", 1),
    ],
)
def test_a_row_that_breaks_a_rule_is_left_out_and_told(tmp_path, dataset, change, rule, lost):
    extraction = _changed(dataset, change)
    publish(extraction, tmp_path)
    assert len(_rows(tmp_path, dataset)) == len(extraction.rows[dataset]) - lost
    told = [p["text"] for p in _rows(tmp_path, "problems") if p["kind"] == "row breaks a rule"]
    assert any(rule in t for t in told), told


def test_what_hangs_on_a_row_left_out_goes_with_it(tmp_path):
    """No vote without its motion."""
    extraction = _changed("motions", lambda rows: [r.update(outcome="pondered") for r in rows])
    publish(extraction, tmp_path)
    assert _rows(tmp_path, "motions") == [] and _rows(tmp_path, "votes") == []


def test_the_fixtures_keep_every_rule(output):
    assert not [p for p in _rows(output, "problems") if p["kind"] == "row breaks a rule"]


def test_the_rules_name_columns_that_there_are():
    for name, key in KEYS.items():
        assert set(key) <= {f.name for f in DATASETS[name].all_fields}
    for other, column in REFERENCES.values():
        assert column in {f.name for f in DATASETS[other].all_fields}
    assert references_of(DATASETS["votes"]) == {"motion_id": ("motions", "motion_id")}
    assert "motion_id" not in references_of(DATASETS["motions"])
