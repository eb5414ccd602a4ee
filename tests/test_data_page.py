"""The recipes of docs/data.md run, and all count the same."""

from __future__ import annotations

import re
import shutil

import duckdb
import pytest

from tests.conftest import REPO, run_command, truth_of

PAGE = (REPO / "docs" / "data.md").read_text("utf-8")
RECIPES = dict(re.findall(r"## ([^\n]+)\n+```python\n(.*?)```", PAGE, re.S))


def _came(truth: dict) -> int:
    return sum(len(truth.get(of) or ()) for of in ("present", "in_attendance"))


WANTED = [
    ("Aldermere Borough Council", sum(map(_came, truth_of("aldermere-pack")["meetings"].values()))),
    ("Marlow Vale District Council", _came(truth_of("marlow-minutes"))),
    ("Township of Pinewater", 2 * (_came(truth_of("pinewater-minutes")) + 1)),
]
"""What the fixtures' rolls were typeset with; Pinewater's minutes are there twice, once as a scan,
and list a visitor whom no roll does."""


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_counts(output, monkeypatch, name):
    monkeypatch.chdir(output.parent)
    told: dict = {}
    exec(RECIPES[name].replace("output/", f"{output.name}/"), told)
    assert told["counted"] == WANTED


def test_there_is_a_recipe_for_each_tool():
    assert list(RECIPES) == ["DuckDB", "polars", "pandas", "Arrow"]


def test_the_command_counts_the_same(output):
    query = re.search(r'minutebook sql "(.*?)"', PAGE)[1]
    done = run_command("sql", query, "-o", output)
    assert re.findall(r"│ (\S.*?)\s+│\s+(\d+) │", done.stdout) == [(c, str(n)) for c, n in WANTED]


def test_doubts_join_to_their_rows(output):
    from pipeline.store.sql import connect

    query = re.search(r"```sql\n(.*?)```", PAGE, re.S)[1]
    rows = connect(output).sql(query).fetchall()
    assert [(kind, mender) for _, kind, _, mender in rows] == [("council not known", "operator")]


def test_views_in_a_file_follow_the_datasets(output, tmp_path):
    first = tmp_path / "first"
    shutil.copytree(output, first)
    assert run_command("sql", "-o", first, "--file", tmp_path / "views.duckdb").returncode == 0
    first.rename(tmp_path / "moved")
    (tmp_path / "views.duckdb").rename(tmp_path / "moved" / "views.duckdb")
    views = duckdb.connect(str(tmp_path / "moved" / "views.duckdb"), read_only=True)
    views.execute(f"SET VARIABLE minutebook = '{tmp_path}/moved'")
    query = re.search(r'minutebook sql "(.*?)"', PAGE)[1]
    assert views.sql(query).fetchall() == WANTED
