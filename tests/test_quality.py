"""The quality report: its numbers are the datasets', its words are escaped, a month that differs is told."""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.store.merge import merge
from pipeline.store.publish import publish
from pipeline.store.quality import drift_between, measure, page
from schemas.decisions import ResolutionRow
from schemas.problems import ProblemKind, problem
from tests.conftest import read_fixture, run_command
from tests.lake import write


def test_the_command_writes_a_page(output, tmp_path):
    done = run_command("report", "-o", output, "--folder", tmp_path, "--name", "today")
    assert done.returncode == 0 and done.stdout.strip() == str(tmp_path / "today.html")
    text = (tmp_path / "today.html").read_text("utf-8")
    for word in ("Coverage", "Doubt", "Drift", "Problems by kind", "Aldermere Borough Council", "attendance"):
        assert word in text
    assert "<script" not in text and "http://" not in text


def test_its_numbers_are_the_datasets(output):
    from pipeline.store.sql import connect

    found, data = measure(output), connect(output)
    assert (
        found.documents
        == sum(c["documents"] for c in found.coverage)
        == data.sql("SELECT count(*) FROM documents").fetchall()[0][0]
    )
    rolls = next(d for d in found.doubt if d["dataset"] == "attendance")
    assert rolls["rows"] == data.sql("SELECT count(*) FROM attendance").fetchall()[0][0]
    assert (
        sum(p["rows"] for p in found.problems) == data.sql("SELECT count(*) FROM problems").fetchall()[0][0]
    )


def test_empty_datasets_give_a_page(tmp_path):
    assert "0 documents of 0 councils" in page(tmp_path)


def test_text_from_papers_is_escaped(tmp_path):
    extraction = read_fixture("pinewater-minutes")
    first, *others = extraction.of(ResolutionRow)
    doubtful = replace(first.place, confidence=0.5)
    odd = problem(doubtful, ProblemKind.VOTES_TWICE, "<script>alert(2)</script>")
    rows = {
        **extraction.rows,
        "resolutions": [replace(first, place=doubtful, text="<img src=x onerror=alert(1)>"), *others],
        "problems": [odd],
    }
    write(tmp_path, replace(extraction, council="<i>Council</i>", rows=rows))
    text = page(tmp_path)
    assert "&lt;img src=x" in text and "&lt;script&gt;" in text
    assert not re.search(r"<(?:img|script|b|i)\b", text)


def test_a_month_that_differs_is_told(output, tmp_path):
    extraction = read_fixture("pinewater-notice")
    for n in range(24):
        day = datetime(2025, 3 if n % 2 else 4, 2, tzinfo=UTC)
        status = "failed" if n % 2 == 0 and n < 12 else "ok"
        identity = f"{n:064x}"
        document = extraction.document
        document = replace(
            document,
            place=replace(document.place, document_id=identity),
            fetched_at=day,
            status=status,
            meeting_id=None,
        )
        publish(replace(extraction, document_id=identity, rows={"documents": [document]}), tmp_path)
    merge(tmp_path)
    found = measure(tmp_path)
    assert [m["month"] for m in found.months] == ["2025-04", "2025-03"] and [
        m["documents"] for m in found.months
    ] == [12, 12]
    failed = next(d for d in found.drift if d.meaning == "documents that could not be read")
    assert (failed.before, failed.now, failed.told) == (0.0, 0.5, True)
    assert not any(d.told for d in found.drift if d is not failed)
    assert "(differs)" in page(tmp_path)
    few = [m | {"documents": 3} for m in found.months]
    assert not any(d.told for d in drift_between(few)), "a handful of documents says nothing"
    assert drift_between(found.months[:1]) == []


def test_a_night_leaves_a_report(tmp_path):
    """The flow writes it into the folder of the configuration."""
    from pipeline.flows import report_quality

    shutil.copytree(
        "fixtures",
        tmp_path / "papers",
        ignore=lambda _, names: [n for n in names if n != "pinewater-notice.pdf"],
    )
    write(tmp_path / "output", read_fixture("pinewater-notice"))
    config = tmp_path / "minutebook.toml"
    config.write_text('output = "output"\nreports = "reports"\n', "utf-8")
    made = report_quality.fn(str(config))
    assert made.startswith(str(tmp_path / "reports"))
    assert "1 documents of 1 councils" in Path(made).read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", False),
        ("+cmd", False),
        ("-5", True),
        ("-5.2%", True),
        ("-£1,200", True),
        ("@sum", False),
        ("-", True),
        ("plain", True),
        ("-2+3", False),
        ("\t=1", False),
    ],
)
def test_formulas_are_made_plain_and_numbers_stay(text, kept):
    from search.spreadsheets import harmless

    assert harmless(text) == (text if kept else "'" + text)
