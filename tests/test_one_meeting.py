"""One meeting over all of its papers, and each fact once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.store.identity import identify
from pipeline.store.sql import connect
from tests.conftest import REPO, run_command

COMMITTEE = "wexbourne-borough-council-meeting-planning-and-harbour-committee"


@pytest.fixture(scope="module")
def year(council_year: Path) -> Path:
    """The datasets of an invented council's year."""
    return council_year


def ask(year: Path, query: str) -> list[Any]:
    return connect(year).sql(query).fetchall()


def test_five_papers_are_one_meeting(year):
    papers = ask(
        year,
        "SELECT relation, replace(d.source_url, '.pdf', '') FROM meeting_papers p "
        f"JOIN documents d USING (document_id) WHERE p.meeting_id = '{COMMITTEE}-2024-03-12' ORDER BY rank",
    )
    assert papers == [
        ("minutes", "march-confirmed"),
        ("earlier minutes", "april-pack"),
        ("draft minutes", "march-draft"),
        ("decision notice", "march-notice"),
        ("calls", "march-agenda"),
    ]


def test_the_year_has_its_meetings(year):
    told = ask(
        year,
        "SELECT meeting_id, status, called, minuted, papers FROM meetings ORDER BY meeting_id",
    )
    assert [(m.removeprefix(COMMITTEE)[1:], *more) for m, *more in told] == [
        ("2024-03-12", "held", True, True, 5),
        ("2024-04-16", "held", True, True, 2),
        ("2024-05-14", "cancelled", True, False, 1),
        ("2024-06-11", "called", True, False, 1),
        ("2024-07-09", "held", False, True, 1),
        ("2024-10-08", "held", False, True, 1),
        ("2024-10-08-special", "held", False, True, 1),
    ]
    assert ask(year, "SELECT count(*) FROM files.meetings") == [(12,)], "as each paper tells it"


@pytest.mark.parametrize(
    ("dataset", "once", "before"),
    [
        ("attendance", 25, 35),  # five people at five meetings
        ("motions", 4, 6),  # one at each but the special one
        ("votes", 12, 18),
        ("resolutions", 13, 20),  # three at four meetings, and one
    ],
)
def test_each_fact_counts_once(year, dataset, once, before):
    """`before` is what counting rows gave, and gives in the files."""
    assert ask(year, f"SELECT count(*) FROM {dataset}") == [(once,)]
    assert ask(year, f"SELECT count(*) FROM files.{dataset}") == [(before,)]
    assert ask(year, f"SELECT count(*) FROM told.{dataset}") == [(before,)]
    assert ask(year, f"SELECT count(*) FROM told.{dataset} WHERE told_before IS NULL") == [(once,)]


def test_the_confirmed_minutes_count_before_the_draft(year):
    march = f"WHERE meeting_id = '{COMMITTEE}-2024-03-12'"
    (cost,) = ask(year, f"SELECT text FROM resolutions {march} AND item_number = '3'")
    assert "£41,000" in cost[0]
    assert ask(year, f"SELECT status FROM attendance {march} AND name = 'Ida Marsh'") == [("apologies",)]
    assert {
        (status, told)
        for status, told in ask(
            year, f"SELECT status, told_before IS NULL FROM told.attendance {march} AND name = 'Ida Marsh'"
        )
    } == {("apologies", True), ("present", False)}


def test_rows_join_to_the_one_meeting_and_the_one_motion(year):
    assert ask(
        year,
        "SELECT count(*) FROM votes JOIN motions USING (motion_id) JOIN meetings USING (meeting_id)",
    ) == [(12,)]
    assert ask(
        year,
        "SELECT count(DISTINCT motion_id) FROM told.votes",
    ) == [(4,)]


def test_what_papers_differ_in_and_what_was_never_minuted_is_said(year):
    doubts = ask(
        year,
        "SELECT kind, text FROM problems "
        "WHERE kind IN ('papers differ', 'present and absent', 'called and not minuted')",
    )
    assert sorted({(k, t.partition(" here")[0].partition(";")[0]) for k, t in doubts}) == [
        ("called and not minuted", "called for 2024-06-11"),
        ("papers differ", "the repairs to the north quay be approved at a cost of £14,000."),
        ("present and absent", "Ida Marsh (present)"),
    ]
    told = run_command("meetings", year, "--review").stdout
    assert "7 meetings, 2 told by several papers" in told and "2024-06-11" in told


def test_a_second_pass_writes_nothing(year):
    before = {f: f.stat().st_mtime_ns for f in year.rglob("*.parquet")}
    identify(year)
    assert {f: f.stat().st_mtime_ns for f in year.rglob("*.parquet")} == before


def test_without_a_pass_every_row_counts(output):
    """The datasets of papers that nobody put together: the views show what the files hold."""
    for dataset in ("meetings", "attendance", "resolutions"):
        connection = connect(output)
        (counted,), (held,) = (
            connection.sql(f"SELECT count(*) FROM {name}").fetchall()
            for name in (dataset, f"files.{dataset}")
        )
        assert counted == held and counted[0] > 0


def test_a_voting_record_counts_once(year):
    rows = ask(
        year,
        "SELECT name, choice, prevailed FROM voting_record WHERE date = DATE '2024-03-12' ORDER BY name",
    )
    assert rows == [
        ("Owen Pryce", "for", True),
        ("Ruth Calder", "for", True),
        ("Tomas Bell", "against", False),
    ]
    assert ask(year, "SELECT count(*), count(DISTINCT meeting_id) FROM voting_record") == [(12, 4)]


def test_an_attendance_record_counts_once(year):
    assert ask(
        year,
        "SELECT name, count(*) FILTER (status = 'present') FROM attendance_record GROUP BY 1 ORDER BY 1",
    ) == [("Ida Marsh", 4), ("Leo Farrant", 0), ("Owen Pryce", 5), ("Ruth Calder", 5), ("Tomas Bell", 5)]


def test_agreement_is_told_with_its_bounds(year):
    rows = ask(
        year, "SELECT name, other_name, votes, agreed, least, most FROM agreement ORDER BY name, other_name"
    )
    assert [row[:4] for row in rows] == [
        ("Owen Pryce", "Ruth Calder", 4, 4),
        ("Owen Pryce", "Tomas Bell", 4, 0),
        ("Ruth Calder", "Tomas Bell", 4, 0),
    ]
    assert [(round(low, 2), round(high, 2)) for *_, low, high in rows] == [(0.51, 1), (0, 0.49), (0, 0.49)]


def test_what_changed_from_the_draft_to_the_confirmed_minutes(year):
    ids = dict(ask(year, "SELECT source_url, document_id FROM documents"))
    done = run_command("diff", ids["march-draft.pdf"][:12], ids["march-confirmed.pdf"], "-o", year)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line[0] in "+-~"] == [
        "~ attendance  page 1: Ida Marsh (present)",
        "~ resolutions  page 1, item 3: the repairs to the north quay be approved at a cost of £14,000.",
    ]
    assert "2 changes" in done.stdout
    same = run_command("diff", ids["march-draft.pdf"], ids["march-draft.pdf"], "-o", year)
    assert (same.returncode, same.stdout) == (0, "0 changes\n")
    assert run_command("diff", "nothing", ids["march-draft.pdf"], "-o", year).returncode == 2


def test_the_recipe_for_other_tools_counts_once(year, monkeypatch):
    import duckdb

    page = (REPO / "docs" / "data.md").read_text("utf-8")
    (recipe,) = [q for q in re.findall(r"```sql\n(.*?)```", page, re.S) if "repeats" in q]
    monkeypatch.chdir(year.parent)
    assert duckdb.sql(recipe).fetchall() == [(13,)]


def test_what_repeated_a_withdrawn_paper_counts_again(year, tmp_path):
    from pipeline.store.merge import forget

    copy = tmp_path / "output"
    shutil.copytree(year, copy)
    ids = dict(ask(copy, "SELECT source_url, document_id FROM documents"))
    forget(ids["march-confirmed.pdf"], copy)
    identify(copy)
    march = f"WHERE meeting_id = '{COMMITTEE}-2024-03-12'"
    assert ask(copy, f"SELECT count(*), count(DISTINCT document_id) FROM attendance {march}") == [(5, 1)]
    assert ask(copy, f"SELECT status FROM attendance {march} AND name = 'Ida Marsh'") == [("present",)]
