"""The command, run as a person would."""

import sys

import pyarrow.dataset as ds
import pytest

from tests.conftest import FIXTURES, run_command


def test_help_and_extract_do_not_load_prefect_or_spacy():
    code = (
        "import sys; from pipeline import cli; print([m for m in ('prefect', 'spacy', 'camelot', "
        "'pandas', 'pdfplumber') if m in sys.modules])"
    )
    import subprocess

    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )
    code = (
        f"import sys; from pathlib import Path; from pipeline.workers.papers import Task, read_one; "
        f"read_one(Task(Path({str(FIXTURES / 'pinewater-notice.pdf')!r}), Path(sys.argv[1]), "
        f"ocr='none')); print('prefect' in sys.modules)"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        assert (
            subprocess.run(
                [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
            ).stdout.strip()
            == "False"
        )


def test_extract_writes_datasets_and_one_line_a_document(output, tmp_path):
    done = run_command("extract", FIXTURES / "pinewater-minutes.pdf", "-o", tmp_path)
    assert done.returncode == 0
    assert [line.split(" ", 2)[2].split(",")[0] for line in done.stderr.splitlines()] == [
        "pinewater-minutes.pdf: ok"
    ]
    assert "1 of 1 read" in done.stdout
    assert (tmp_path / "datapackage.json").exists()
    assert sorted(p.name for p in (tmp_path / "resolutions").iterdir()) == ["2024.parquet"]


def test_a_bad_pdf_costs_its_own_row_and_exit_code_1(tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 and then nothing of the kind")
    done = run_command("extract", bad, FIXTURES / "pinewater-notice.pdf", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    rows = {
        r["source_url"]: r
        for r in ds.dataset(tmp_path / "out" / "documents", format="parquet").to_table().to_pylist()
    }
    assert rows["bad.pdf"]["status"] == "failed" and rows["bad.pdf"]["error"]
    assert rows["pinewater-notice.pdf"]["status"] == "ok"


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract",),
        ("extract", "nowhere.pdf"),
        ("extract", str(FIXTURES / "pinewater-notice.pdf"), "--ocr", "magic"),
        ("schema", "nothing"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments, tmp_path):
    done = run_command(
        *arguments, cwd=tmp_path, env={**__import__("os").environ, "PYTHONPATH": str(FIXTURES.parent)}
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_inspect_draws_the_page_asked_for(tmp_path):
    from PIL import Image

    paper = FIXTURES / "pinewater-minutes.pdf"
    done = run_command("inspect", paper, "--page", "2", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    picture = Image.open(tmp_path / "pinewater-minutes-p002.png").convert("RGB")
    reds = [c for _, c in picture.getcolors(1 << 24) if c[0] > 150 and max(c[1:]) < 90]
    assert reds, "headings are outlined in red"
    assert run_command("inspect", paper, "--page", "99", "-o", tmp_path).returncode == 1


def test_schema_names_every_dataset_and_field():
    from schemas import DATASETS

    listed = run_command("schema").stdout
    assert all(name in listed for name in DATASETS)
    told = run_command("schema", "resolutions").stdout
    assert all(f.name in told for f in DATASETS["resolutions"].all_fields)


def test_summary_tells_meetings_and_two_queries(output):
    import duckdb

    text = run_command("summary", output, env={**__import__("os").environ, "COLUMNS": "200"}).stdout
    assert "2024-06-11" in text and "2024-09-12" in text
    queries = [line.strip() for line in text.splitlines() if line.strip().startswith("SELECT")]
    assert len(queries) == 2
    assert all(duckdb.sql(q).fetchall() for q in queries)
