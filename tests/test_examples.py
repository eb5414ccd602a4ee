"""What docs/ shows a researcher runs: three notebooks on a year of an invented council, and an example in
R."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import REPO, once
from tools import notebooks

R_EXAMPLE = REPO / "docs" / "examples" / "attendance.R"


@pytest.fixture(scope="session")
def year(tmp_path_factory) -> Path:
    """Datasets of the year."""
    return once(tmp_path_factory, "year", notebooks.datasets_of_a_year) / "output"


def _shown(book) -> str:
    """All that the cells printed and gave, pictures as their kind."""
    return "\n".join(
        o.get("text", "") + "".join(v if k == "text/plain" else k for k, v in o.get("data", {}).items())
        for c in book.cells
        for o in c.get("outputs", ())
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("attendance", ["8 meetings, 7 members", "Stan Oduya", "image/png"]),
        ("voting-together", ["16 divisions whose names add up, 7 members", "image/png"]),
        ("budgets", ["8 tables of 8 monitor a budget", "615000.0", "image/png"]),
    ],
)
def test_a_notebook_runs(year, name, says):
    shown = _shown(notebooks.run(notebooks.FOLDER / f"{name}.ipynb", year))
    for words in says:
        assert words in shown


def test_who_votes_together_are_the_groups_that_the_council_was_made_with(year):
    """The year's two groups agree within and differ between."""
    from fixtures.year import BLUE, GREEN
    from pipeline.store.sql import connect

    pairs = (
        connect(year)
        .sql("""
        SELECT a.name, b.name, avg((a.choice = b.choice)::INT)
        FROM votes a JOIN votes b USING (motion_id) WHERE a.name < b.name GROUP BY 1, 2
    """)
        .fetchall()
    )
    within = [share for a, b, share in pairs if {a, b} <= set(BLUE) or {a, b} <= set(GREEN)]
    between = [share for a, b, share in pairs if (a in BLUE and b in GREEN) or (a in GREEN and b in BLUE)]
    assert min(within) > 0.7 > 0.4 > max(between)


def test_the_query_of_the_r_example_gives_the_roll(year):
    import duckdb

    query = re.search(r'query <- "(.*?)"\n', R_EXAMPLE.read_text("utf-8"), re.S)[1]
    rows = duckdb.sql(query.replace("{output}", str(year))).fetchall()
    assert len(rows) == 7 and {r[0]: r[1:3] for r in rows}["Stan Oduya"] == (3, 5)


def test_the_r_example_runs(year):
    rscript = shutil.which("Rscript")
    if not rscript:
        pytest.skip("the R example was not run: no R here (Debian: apt install r-base-core)")
    parsed = subprocess.run(
        [rscript, "-e", f"invisible(parse({str(R_EXAMPLE)!r}))"], capture_output=True, text=True, check=False
    )
    assert parsed.returncode == 0, parsed.stderr
    if subprocess.run(
        [rscript, "-e", "stopifnot(requireNamespace('DBI'), requireNamespace('duckdb'))"],
        capture_output=True,
        check=False,
    ).returncode:
        pytest.skip(
            "the R example was parsed, not run: R lacks the duckdb package (install.packages('duckdb'))"
        )
    done = subprocess.run([rscript, str(R_EXAMPLE), str(year)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and re.search(r"Stan Oduya\s+3\s+5", done.stdout), done.stderr
