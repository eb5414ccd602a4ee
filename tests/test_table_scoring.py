"""How readings of tables are scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.table_scoring import truth
from benchmarks.teds import teds

GRID = [["Ward", "Votes"], ["North", "410"], ["South", "305"]]

STRUCTURE = """<document><table id="1"><region id="1" page="2">
<cell start-row="1" start-col="1"><content>Ward</content></cell>
<cell start-row="2" start-col="1"><content>North</content></cell>
</region></table></document>"""


def test_teds_counts_a_row_left_out_with_its_cells():
    assert teds(GRID, GRID) == 1
    assert teds(GRID, GRID[:2]) == pytest.approx(1 - 3 / 10)


def test_teds_counts_a_cell_by_the_letters_that_change():
    assert teds(GRID, [*GRID[:2], ["South", "405"]]) == pytest.approx(1 - (1 / 3) / 10)


def test_teds_counts_the_rows_that_become_one():
    merged = [GRID[0], [*GRID[1], *GRID[2]]]
    assert teds(GRID, merged) == pytest.approx(1 - 3 / 10)


def test_truths_that_count_from_one_are_moved_to_zero(tmp_path: Path):
    xml = tmp_path / "a-str.xml"
    xml.write_text(STRUCTURE, "utf-8")
    assert truth(xml) == {2: [[["", ""], ["", "Ward"], ["", "North"]]]}
    assert truth(xml, from_zero=True) == {2: [[["Ward"], ["North"]]]}
