"""How sure rows are: fitted on first readings, of which no words are kept."""

import json
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.first_readings import RECORD, known
from extractors.rows.signs import seen_in, signs_of_paper, signs_of_row
from extractors.rows.sureness import JUDGED, ONE_WITNESS, WEIGHTS, Weighed, signs_of_rows, surer, whole_doubts
from schemas.decisions import MotionRow
from schemas.documents import PartRow
from schemas.problems import ProblemKind
from tests.conftest import read_fixture
from tools.train_sureness import Cases, fitted

MINUTES = "pinewater-minutes"


def test_weights_stand_for_every_dataset_and_are_of_signs_that_are_told():
    told = json.loads(WEIGHTS.read_text("utf-8"))
    paper = read_fixture(MINUTES)
    assert set(told["rows"]) == set(JUDGED)
    for name, own in told["rows"].items():
        signs = set(signs_of_rows(paper.rows, name, seen_in(paper.rows))[0])
        of_paper = {f"paper: {sign}" for sign in [*signs_of_paper(paper.rows, name), "mean sureness"]}
        assert set(own["signs"]) <= signs | of_paper, name
    assert all(0 < own["enough"] < 1 for own in told["papers"].values())


def test_first_readings_keep_no_words_and_none_is_of_a_council_set_aside():
    from benchmarks.truths import SET_ASIDE

    readings = known()
    assert len(readings) > 100
    assert len({r.truth for r in readings}) == len(readings)
    assert not {r.council for r in readings} & SET_ASIDE
    signs = [s for r in readings for rows in r.rows.values() for s, _ in rows]
    assert all(isinstance(value, float) for s in signs for value in s.values())
    assert RECORD.stat().st_size < 3_000_000


def test_a_row_without_a_second_witness_is_never_at_095():
    paper = read_fixture(MINUTES)
    before = {id(row): row.place.confidence for row in paper.rows["motions"]}
    for old, new in zip(paper.rows["motions"], surer(paper.rows)["motions"], strict=True):
        assert 0 < new.place.confidence <= (ONE_WITNESS if before[id(old)] <= ONE_WITNESS else 0.99)


def test_a_motion_whose_mover_is_on_the_roll_has_the_sign():
    paper = read_fixture(MINUTES)
    motion: MotionRow = paper.of(MotionRow)[0]
    seen = seen_in(paper.rows)
    assert signs_of_row(motion, seen, None)["mover on the roll"] == 1.0
    assert signs_of_row(motion, seen_in({}), None)["mover on the roll"] == 0.0


def test_a_paper_that_was_likely_read_badly_says_how_likely(monkeypatch):
    from extractors.rows import sureness

    paper = read_fixture(MINUTES)
    never = {"motions": Weighed(-3.0, {}, 0.5)}
    always = {"motions": Weighed(3.0, {}, 0.5), "votes": Weighed(-3.0, {}, 0.5)}
    monkeypatch.setattr(sureness, "_weights", lambda of: never)
    assert not list(whole_doubts(paper.rows))
    monkeypatch.setattr(sureness, "_weights", lambda of: always)
    (doubt,) = whole_doubts(paper.rows)
    assert (doubt.kind, doubt.dataset) == (ProblemKind.DOUBTFUL_ON_THE_WHOLE, "motions")
    assert "95%" in (doubt.text or "")


def test_fitting_finds_the_sign_that_tells():
    signs = [{"evidence": 0.0, "good": float(n % 2)} for n in range(60)]
    so = np.array([float(n % 2) for n in range(60)])
    found = fitted(Cases(signs, so, np.ones(60), np.zeros(60)), {"evidence": 1.0})
    assert found.of({"good": 1.0}) > 0.75
    assert found.of({}) < 0.25
    assert found.signs.get("evidence", 0.0) == pytest.approx(1.0, abs=0.01)


def test_only_agendas_and_minutes_are_judged_as_wholes(monkeypatch):
    from extractors.rows import sureness

    paper = read_fixture(MINUTES)
    monkeypatch.setattr(sureness, "_weights", lambda of: {"motions": Weighed(3.0, {}, 0.5)})
    reports = [replace(part, kind="report") for part in paper.of(PartRow)]
    assert not list(whole_doubts({**paper.rows, "parts": reports}))
