"""Real papers, where they lie: what was measured once must not get worse."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from benchmarks.accuracy import TRUTH, measure, paper_of, truths
from tests.conftest import once, run_command, shared

FLOORS = {"meeting": 1.0, "present": 0.95, "in_attendance": 0.9, "apologies": 0.95, "items": 0.6, "resolutions": 0.9, "recommendations": 0.9, "motions": 0.9, "votes": 0.95, "declarations": 0.85, "actions": 0.6}


@pytest.mark.corpus
@pytest.mark.parametrize("name", sorted(p.stem for p in TRUTH.glob("*.json")))
def test_minutes_are_read_as_a_person_read_them(name):
    shared("corpus")
    truth = next(t for t in truths() if t["name"] == name)
    if paper_of(truth) is None:
        pytest.skip(f"{truth['source']} lies not on this machine")
    low = {m: (s.f1, s.missed, s.made_up) for m, s in measure(truth).items() if s.f1 < FLOORS.get(m, 0.9)}
    assert low == {}


@pytest.fixture(scope="session")
def seed(tmp_path_factory) -> Path:
    """The seed pack's datasets."""
    pdf = shared("seed", "pack.pdf")

    def make(folder: Path) -> None:
        assert run_command("extract", pdf, "-o", folder).returncode == 0

    return once(tmp_path_factory, "seed", make)


def rows(folder: Path, name: str) -> list[dict]:
    return ds.dataset(folder / name, format="parquet", partitioning="hive").to_table().to_pylist()


@pytest.mark.corpus
def test_seed_pack_is_told_apart(seed):
    parts = [(p["kind"], p["item_number"], p["page_from"], p["page_to"]) for p in rows(seed, "parts") if p["kind"] != "blank"]
    assert parts == [
        ("agenda", None, 1, 3), ("minutes", "1(3)", 5, 13), ("report", "5", 15, 20), ("appendix", "5", 21, 25), ("appendix", "5", 26, 30), ("appendix", "5", 31, 32), ("appendix", "5", 33, 33),
        ("report", "6", 35, 44), ("report", "7", 45, 50), ("report", "8", 51, 55), ("appendix", "8", 56, 109), ("report", "9", 111, 118), ("report", "10", 119, 121),
    ]  # fmt: skip


@pytest.mark.corpus
def test_seed_pack_seats_contacts_and_plan(seed):
    truth = json.loads(shared("seed", "truth.json").read_text("utf-8"))
    assert len(rows(seed, "memberships")) == 13
    plan = {(r["decision"], str(r["due_date"])) for r in rows(seed, "forward_plan")}
    assert plan == {(t["decision"], t["date_due"]) for t in truth["forward_plan"]}
    found = {(r["item_number"], r["name"]) for r in rows(seed, "report_contacts")}
    for report in truth["report_contacts"]:
        for role, names in report.items():
            if role != "item":
                assert {(report["item"], n) for n in names} <= found, (report["item"], role)


@pytest.mark.corpus
@pytest.mark.parametrize("date", ["2022-11-08", "2023-02-14"])
def test_seed_pack_by_the_scorer(seed, date):
    from benchmarks.scoring import compare

    pdf, truth = shared("seed", "pack.pdf"), json.loads(shared("seed", f"truth_{date}.json").read_text("utf-8"))
    from schemas import DATASETS

    held = {name: rows(seed, name) if (seed / name).exists() else [] for name in DATASETS}
    assert pdf.exists()
    low = {m: s.f1 for m, s in compare(held, truth).items() if s.f1 < (0.9 if m == "actions" else 1.0)}
    assert low == {}
