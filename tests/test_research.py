"""For researchers: SQL views over whole documents, releases that can be cited."""

import json
import shutil

from pipeline.snapshot import faults_of, make_snapshot
from pipeline.sql import connect
from tests.conftest import run_command


def test_views_show_whole_documents_only(output, tmp_path):
    copy = tmp_path / "out"
    shutil.copytree(output, copy)
    n = connect(copy).sql("SELECT count(*) FROM resolutions WHERE kind = 'resolution'").fetchall()[0][0]
    gone = connect(copy).sql("SELECT document_id FROM resolutions WHERE kind = 'resolution' LIMIT 1").fetchall()[0][0]
    next((copy / "documents").rglob(f"{gone}.parquet")).unlink()
    assert 0 < connect(copy).sql("SELECT count(*) FROM resolutions WHERE kind = 'resolution'").fetchall()[0][0] < n


def test_the_command_asks_and_writes_views(output, tmp_path):
    import duckdb

    assert "resolutions" in run_command("sql", "-o", output).stdout
    assert "5" in run_command("sql", "SELECT count(*) FROM resolutions WHERE council LIKE 'Aldermere%' AND kind = 'resolution'", "-o", output).stdout
    assert run_command("sql", "SELECT nonsense", "-o", output).returncode == 1
    assert run_command("sql", "-o", output, "--file", tmp_path / "views.duckdb").returncode == 0
    assert duckdb.connect(str(tmp_path / "views.duckdb"), read_only=True).sql("SELECT count(*) FROM documents").fetchall()[0][0] == 6
    assert (tmp_path / "views.duckdb").stat().st_size < 2_000_000


def test_a_release_is_whole_hashed_and_not_changed(output, tmp_path):
    copy, releases = tmp_path / "out", tmp_path / "releases"
    shutil.copytree(output, copy)
    first = make_snapshot(copy, releases, name="one")
    assert first["changes"] == {"added": 6, "removed": 0, "changed": 0} and faults_of(releases / "one") == []
    gone = next((copy / "documents").rglob("*.parquet"))
    for file in copy.rglob(gone.name):
        file.unlink()
    second = make_snapshot(copy, releases, name="two")
    assert second["since"] == "one" and second["changes"] == {"added": 0, "removed": 1, "changed": 0}
    assert run_command("snapshot", releases, "-o", copy, "--name", "two").returncode == 1
    assert run_command("snapshot", releases, "--verify").returncode == 0
    assert connect(releases / "one").sql("SELECT count(*) FROM documents").fetchall()[0][0] == 6
    victim = next((releases / "two" / "resolutions").rglob("*.parquet"))
    victim.unlink()
    victim.write_bytes(b"changed")
    assert faults_of(releases / "two") == [str(victim.relative_to(releases / "two"))]
    assert json.loads((releases / "two" / "manifest.json").read_text("utf-8"))["licence"]
