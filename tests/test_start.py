"""What reading a paper may load: a short paper takes less time than some libraries take to import."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from pipeline.store.files import table_of
from pipeline.store.rules import breaches
from pipeline.store.sound import are_sound
from schemas import DATASETS
from tests.conftest import FIXTURES, REPO, read_fixture

HEAVY = (
    "pandas",
    "pandera",
    "camelot",
    "cv2",
    "scipy",
    "matplotlib",
    "rapidocr",
    "onnxruntime",
    "duckdb",
    "prefect",
    "spacy.cli",
)
"""None of these is needed for a paper of letters whose rows keep the rules."""
READ = """
import sys
from pathlib import Path
from pipeline.workers.papers import Task, read_one
outcome = read_one(Task(Path(sys.argv[1]), Path(sys.argv[2]), ocr="none"))
print(outcome.status, *sorted(m for m in sys.argv[3:] if m in sys.modules))
"""


def test_spacys_command_line_is_there_for_who_asks():
    ask = (
        "import sys; from extractors.reading.lean_spacy import spacy; print('spacy.cli' in sys.modules); "
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__); import spacy.cli; "
        "print(bool(spacy.cli.download))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=REPO)
    assert done.stdout.split() == ["False", "True", "True"], done.stderr


def test_a_paper_is_read_and_written_without_heavy_libraries(tmp_path):
    paper = FIXTURES / "pinewater-minutes.pdf"
    done = subprocess.run(
        [sys.executable, "-c", READ, paper, tmp_path, *HEAVY], capture_output=True, text=True, cwd=REPO
    )
    assert done.stdout.split() == ["ok"], done.stderr


@pytest.fixture(scope="module")
def tables():
    return {
        n: table_of(DATASETS[n], rows, "Pinewater", 2031)
        for n, rows in read_fixture("pinewater-minutes").rows.items()
        if rows
    }


def test_rows_that_keep_the_rules_are_sound_by_arrow_and_by_pandera(tables, monkeypatch):
    assert are_sound(tables)
    monkeypatch.setattr("pipeline.store.rules.are_sound", lambda _: False)
    assert breaches(tables) == {}


@pytest.mark.parametrize(
    ("dataset", "column", "value"),
    [
        ("resolutions", "page", 0),
        ("resolutions", "confidence", 1.5),
        ("resolutions", "verb", "ponder"),
        ("resolutions", "motion_id", "no such"),
        ("parts", "page_from", 9000),
    ],
)
def test_a_row_that_breaks_a_rule_is_not_sound(tables, dataset, column, value):
    table = tables[dataset]
    at = table.column_names.index(column)
    values = [value, *table[column].to_pylist()[1:]]
    changed = table.set_column(at, table.schema.field(at), pa.array(values, table.schema.field(at).type))
    assert not are_sound({**tables, dataset: changed})


def test_two_rows_of_one_key_are_not_sound(tables):
    assert not are_sound({**tables, "resolutions": pa.concat_tables([tables["resolutions"]] * 2)})
