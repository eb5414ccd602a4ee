"""Mutants: those that once took a new branch are read again, and some new ones."""

import random

import pytest

from pipeline.workers import pool as workers
from tests.conftest import read_fixture
from tools import fuzz

KEPT = sorted(fuzz.SEEDS.glob("*.pdf"))


@pytest.fixture(scope="module")
def pool():
    with workers.make_pool(1) as made:
        yield made


def test_mutants_were_kept():
    assert len(KEPT) >= 20


@pytest.mark.parametrize("paper", KEPT, ids=lambda p: p.stem)
def test_a_mutant_costs_its_own_row(pool, paper):
    seen = workers.schedule(pool, fuzz.observe, (paper.read_bytes(),), fuzz.SECONDS).result()
    assert seen.fault is None
    assert seen.status in ("ok", "partial", "failed")


def test_new_mutants_find_no_fault():
    first = fuzz.first_papers()
    found = [seen for _, seen in fuzz.observed(first, 60, random.Random(2))]
    assert len(found) >= 60 and not [seen.fault for seen in found if seen.fault]
    assert len({b for seen in found for b in seen.branches}) > 2000, "the branches were noted"


def test_a_fault_would_be_told(monkeypatch):
    """The fuzzer sees an exception that is no reason."""
    import extractors.rows

    def broken(*_, **__):
        raise KeyError("nobody thought of it")

    monkeypatch.setattr(extractors.rows, "extract", broken)
    seen = fuzz.observe(b"%PDF-1.4")
    assert seen.fault is not None and seen.fault.startswith("KeyError")
    monkeypatch.undo()
    assert read_fixture("pinewater-notice").document.status == "ok"
