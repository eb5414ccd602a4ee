"""For researchers: SQL views over whole documents, releases that can be cited."""

import json
import shutil
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from pipeline.store.snapshot import faults_of, make_snapshot
from pipeline.store.sql import connect
from schemas import DATASETS
from tests.conftest import run_command


def test_views_show_whole_documents_only(output, tmp_path):
    copy = tmp_path / "out"
    shutil.copytree(output, copy)
    n = connect(copy).sql("SELECT count(*) FROM resolutions WHERE kind = 'resolution'").fetchall()[0][0]
    gone = (
        connect(copy)
        .sql("SELECT document_id FROM resolutions WHERE kind = 'resolution' LIMIT 1")
        .fetchall()[0][0]
    )
    next((copy / "documents").rglob(f"{gone}.parquet")).unlink()
    assert (
        0
        < connect(copy).sql("SELECT count(*) FROM resolutions WHERE kind = 'resolution'").fetchall()[0][0]
        < n
    )


def test_the_command_asks_and_writes_views(output, tmp_path):
    import duckdb

    assert "resolutions" in run_command("sql", "-o", output).stdout
    assert (
        "5"
        in run_command(
            "sql",
            "SELECT count(*) FROM resolutions WHERE council LIKE 'Aldermere%' AND kind = 'resolution'",
            "-o",
            output,
        ).stdout
    )
    assert run_command("sql", "SELECT nonsense", "-o", output).returncode == 1
    assert run_command("sql", "-o", output, "--file", tmp_path / "views.duckdb").returncode == 0
    assert (
        duckdb.connect(str(tmp_path / "views.duckdb"), read_only=True)
        .sql("SELECT count(*) FROM documents")
        .fetchall()[0][0]
        == 6
    )
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


def test_a_release_lists_its_files_with_rows_and_hashes(output, tmp_path):
    """frictionless counts the rows; the hashes are those of the manifest."""
    made = make_snapshot(output, tmp_path, name="one")
    package = json.loads((tmp_path / "one" / "datapackage.json").read_text("utf-8"))
    listed = {f["path"]: f for r in package["resources"] for f in r["files"]}
    assert {p: f["hash"] for p, f in listed.items()} == {
        p: f"sha256:{h}" for p, h in made["files"].items() if p.endswith(".parquet")
    }
    counts = connect(tmp_path / "one")
    for r in package["resources"]:
        assert counts.sql(f"SELECT count(*) FROM {r['title']}").fetchall() == [(r["rows"],)]
    before = json.loads((output / "datapackage.json").read_text("utf-8"))
    assert not any("rows" in r for r in before["resources"]), "the datasets' own description stays as it is"
    import frictionless

    assert frictionless.validate(str(tmp_path / "one" / "datapackage.json")).valid
    package["resources"][0]["rows"] += 1
    (tmp_path / "one" / "wrong.json").write_text(json.dumps(package))
    assert not frictionless.validate(str(tmp_path / "one" / "wrong.json")).valid


# --- old datasets, and copies in few files ---


def _old(output, folder):
    """The datasets as an older version would have written them: resolutions without `stem`, with numbers as
    64 bits, and `act` for `verb`."""
    import pyarrow as pa

    shutil.copytree(output, folder)
    for file in folder.glob("resolutions/*/*/*.parquet"):
        table = pq.ParquetFile(file).read()
        table = table.drop_columns(["stem"]).rename_columns({"verb": "act"})
        at = table.schema.get_field_index("page")
        pq.write_table(table.set_column(at, "page", table.column("page").cast(pa.int64())), file)
    return folder


@pytest.fixture
def renamed(monkeypatch):
    """As if `verb` had been called `act` before."""
    fields = tuple(
        replace(f, was=("act",)) if f.name == "verb" else f for f in DATASETS["resolutions"].fields
    )
    monkeypatch.setitem(DATASETS, "resolutions", replace(DATASETS["resolutions"], fields=fields))


def test_an_old_dataset_is_read_by_new_code_and_migrated(output, tmp_path, renamed):
    from pipeline.store.evolve import migrate
    from search.lake import document_rows, documents_held

    old = _old(output, tmp_path / "old")
    ask = "SELECT resolution_id, verb, stem, page FROM resolutions ORDER BY 1"
    new = connect(output).sql(ask).fetchall()
    assert connect(old).sql(ask).fetchall() == [(i, verb, None, page) for i, verb, _, page in new]
    shutil.rmtree(old / "resolutions" / "council=Marlow Vale District Council")
    shutil.copytree(
        output / "resolutions" / "council=Marlow Vale District Council",
        old / "resolutions" / "council=Marlow Vale District Council",
    )
    assert {r[1] for r in connect(old).sql(ask).fetchall()} == {r[1] for r in new}, (
        "old files and new ones side by side"
    )
    assert {r["verb"] for h in documents_held(old) for r in document_rows(old, "resolutions", h)} == {
        r[1] for r in new
    }
    done = migrate(old)
    assert done.rewritten > 0 and done.current > done.rewritten
    assert migrate(old).rewritten == 0
    for file in old.glob("resolutions/*/*/*.parquet"):
        assert pq.read_schema(file).equals(DATASETS["resolutions"].arrow, check_metadata=False)


def test_migrating_refuses_to_invent(output, tmp_path):
    old = _old(output, tmp_path / "old")
    for file in old.glob("actions/*/*/*.parquet"):
        pq.write_table(pq.ParquetFile(file).read().drop_columns(["action_id"]), file)
    done = run_command("migrate", "-o", old)
    assert done.returncode == 1 and "actions lacks action_id" in done.stderr and "reprocess" in done.stderr


def test_the_command_migrates(output, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(output, old)
    assert "0 files rewritten" in run_command("migrate", "-o", old).stdout


def test_a_compacted_copy_says_the_same_in_few_files(output, tmp_path):
    work, few = tmp_path / "work", tmp_path / "few"
    shutil.copytree(output, work)
    assert run_command("compact", few, "-o", work).returncode == 0
    for name in ("resolutions", "attendance", "table_cells", "documents"):
        ask = f"SELECT * FROM {name} ORDER BY ALL"
        assert connect(few).sql(ask).fetchall() == connect(work).sql(ask).fetchall()
    assert len(list(few.rglob("*.parquet"))) < len(list(work.rglob("*.parquet")))
    before = {f: f.stat().st_mtime_ns for f in few.rglob("*.parquet")}
    assert "into 0" in run_command("compact", few, "-o", work).stdout
    gone = next((work / "documents").glob("*Pinewater*/*/*.parquet"))
    for file in work.rglob(gone.name):
        file.unlink()
    assert run_command("compact", few, "-o", work).returncode == 0
    assert connect(few).sql("SELECT count(*) FROM documents").fetchall() == [(5,)]
    kept = [f for f in few.rglob("*.parquet") if f.stat().st_mtime_ns == before.get(f)]
    assert kept and not any(
        "Pinewater" in str(f) for f in kept if gone.parent.name in str(f) and "documents" in str(f)
    )
    assert run_command("compact", work, "-o", work).returncode == 1
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    assert "not empty" in run_command("compact", tmp_path / "full", "-o", work).stderr
