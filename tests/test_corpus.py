"""Real papers, where they lie: what was measured once must not get worse."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from benchmarks.accuracy import measure
from benchmarks.truths import OWN, all_truths, source_of
from schemas.row import as_dicts
from tests.conftest import once, run_command, shared

TUNED = ("kent", "nipissing")
"""Councils that must not get worse by any change."""
FLOORS = {
    "meeting": 1.0,
    "present": 0.95,
    "in_attendance": 0.9,
    "apologies": 0.95,
    "items": 0.6,
    "resolutions": 0.9,
    "resolutions_item": 0.85,
    "recommendations": 0.9,
    "motions": 0.9,
    "votes": 0.95,
    "declarations": 0.85,
    "actions": 0.6,
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", sorted(p.stem for council in TUNED for p in OWN.glob(f"{council}-*.json")))
def test_minutes_are_read_as_a_person_read_them(name):
    shared("corpus")
    truth = next(t for t in all_truths() if t.name == name)
    source = source_of(truth)
    if source is None:
        pytest.skip(f"{truth.says['file']} lies not on this machine")
    [read] = measure([truth], source)
    low = {m: (s.f1, s.missed, s.made_up) for m, s in read.scores.items() if s.f1 < FLOORS.get(m, 0.9)}
    assert low == {}


@pytest.fixture(scope="session")
def seed(tmp_path_factory) -> Path:
    """The seed pack's datasets."""
    pdf = shared("seed", "pack.pdf")

    def make(folder: Path) -> None:
        assert run_command("extract", pdf, "-o", folder).returncode == 0

    return once(tmp_path_factory, "seed", make)


def rows(folder: Path, name: str) -> list[dict]:
    return ds.dataset(folder / name, format="parquet").to_table().to_pylist()


@pytest.mark.corpus
def test_seed_pack_is_told_apart(seed):
    parts = [
        (p["kind"], p["item_number"], p["page_from"], p["page_to"])
        for p in rows(seed, "parts")
        if p["kind"] != "blank"
    ]
    assert parts == [
        ("agenda", None, 1, 3),
        ("minutes", "1(3)", 5, 13),
        ("report", "5", 15, 20),
        ("appendix", "5", 21, 25),
        ("appendix", "5", 26, 30),
        ("appendix", "5", 31, 32),
        ("appendix", "5", 33, 33),
        ("report", "6", 35, 44),
        ("report", "7", 45, 50),
        ("report", "8", 51, 55),
        ("appendix", "8", 56, 109),
        ("report", "9", 111, 118),
        ("report", "10", 119, 121),
    ]


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

    pdf, truth = (
        shared("seed", "pack.pdf"),
        json.loads(shared("seed", f"truth_{date}.json").read_text("utf-8")),
    )
    from schemas import DATASETS

    held = {name: rows(seed, name) if (seed / name).exists() else [] for name in DATASETS}
    assert pdf.exists()
    least = {"actions": 0.9, "resolutions": 0.9, "items": 0.95}
    low = {m: s.f1 for m, s in compare(held, truth).items() if s.f1 < least.get(m, 1.0)}
    assert low == {}


@pytest.mark.corpus
def test_seed_pack_action_plan_has_its_owners(seed):
    import re

    wanted = dict(json.loads(shared("seed", "truth.json").read_text("utf-8"))["action_plan_item_8"])
    found = {
        m[1]: a["owners"]
        for a in rows(seed, "actions")
        if a["source"] == "action_table" and (m := re.match(r"(\d\.\d\.\d)", a["text"]))
    }
    assert {k: sorted(v) for k, v in found.items()} == {k: sorted(v) for k, v in wanted.items()}


@pytest.mark.corpus
def test_seed_pack_measures_are_numbers(seed):
    measures = rows(seed, "measures")
    assert len(measures) == 22
    assert all(m["latest_number"] is not None for m in measures if m["latest"] and m["latest"][0].isdigit())
    first = measures[0]
    assert (float(first["latest_number"]), float(first["target_number"]), first["status"]) == (
        50.8,
        90.0,
        "Not on Track",
    )


@pytest.mark.corpus
def test_every_division_adds_up_and_every_vote_links_to_a_person():
    from extractors import extract

    held = as_dicts(
        extract(shared("corpus", "kent", "Printed minutes 09th-Jan-2025 10.00 County Council.pdf")).rows
    )
    counted = [m for m in held["motions"] if m["votes_for"] is not None]
    assert len(counted) == 5
    for m in counted:
        for choice, printed in (
            ("for", m["votes_for"]),
            ("against", m["votes_against"]),
            ("abstain", m["abstentions"]),
        ):
            assert (
                sum(v["choice"] == choice for v in held["votes"] if v["motion_id"] == m["motion_id"])
                == printed
            )
    assert all(v["person_id"] for v in held["votes"])
    assert not [p for p in held["problems"] if "division" in p["kind"] or "voter" in p["kind"]]


@pytest.mark.corpus
def test_seed_grids_and_icdar(seed):
    """The figures of docs/tables.md must not get worse."""
    from benchmarks.table_scoring import similarity
    from benchmarks.tables import halves, measure, ours

    shared("corpus", "icdar2013")
    tally, *_ = measure(ours, halves()["European"])
    found = tally.figures()
    assert (
        found["F1"] >= 0.95
        and found["similarity"] >= 0.95
        and found["rows"] >= 0.95
        and found["columns"] >= 0.93
    )
    wanted = [t["cells"] for t in json.loads(shared("seed", "pack_tables.json").read_text("utf-8"))["tables"]]
    cells: dict[str, list] = {}
    for c in rows(seed, "table_cells"):
        cells.setdefault(c["table_id"], []).append(c)
    grids = []
    for t in rows(seed, "tables"):
        grid = [["" for _ in range(t["n_cols"])] for _ in range(t["n_rows"])]
        for c in cells[t["table_id"]]:
            grid[c["row"]][c["col"]] = c["text"] or ""
        grids.append(grid)
    near = [max(similarity(g, w) for g in grids) for w in wanted]
    assert len(grids) <= 62 and sum(n >= 0.3 for n in near) >= 58 and sum(near) / len(near) >= 0.94
