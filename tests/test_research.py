"""For researchers: SQL views over whole documents, releases that can be cited."""

import json
import shutil
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline.store.evolve import migrate
from pipeline.store.merge import forget
from pipeline.store.snapshot import faults_of, make_snapshot
from pipeline.store.sql import connect
from schemas import DATASETS
from search.lake import documents_held, rows_of
from tests.conftest import run_command
from tests.lake import contents, rows_in


def test_views_show_whole_documents_only(output, tmp_path):
    copy = tmp_path / "out"
    shutil.copytree(output, copy)
    n = connect(copy).sql("SELECT count(*) FROM resolutions WHERE kind = 'resolution'").fetchall()[0][0]
    gone = (
        connect(copy)
        .sql("SELECT document_id FROM resolutions WHERE kind = 'resolution' LIMIT 1")
        .fetchall()[0][0]
    )
    for file in (copy / "documents").glob("*.parquet"):
        table = pq.read_table(file)
        pq.write_table(table.filter(pc.not_equal(table.column("document_id"), gone)), file)
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
    forget(next(documents_held(copy)).document_id, copy)
    second = make_snapshot(copy, releases, name="two")
    assert second["since"] == "one" and second["changes"] == {"added": 0, "removed": 1, "changed": 0}
    assert run_command("snapshot", releases, "-o", copy, "--name", "two").returncode == 1
    assert run_command("snapshot", releases, "--verify").returncode == 0
    assert connect(releases / "one").sql("SELECT count(*) FROM documents").fetchall()[0][0] == 6
    victim = next((releases / "two" / "resolutions").glob("2*.parquet"))
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


# --- datasets of older versions ---


def _older(output, folder):
    """The datasets as an older version would have written them: resolutions without `stem`, with numbers as
    64 bits, and `act` for `verb`."""
    shutil.copytree(output, folder)
    for file in folder.glob("resolutions/2*.parquet"):
        table = pq.ParquetFile(file).read()
        table = table.drop_columns(["stem"]).rename_columns({"verb": "act"})
        at = table.schema.get_field_index("page")
        pq.write_table(table.set_column(at, "page", table.column("page").cast(pa.int64())), file)
    return folder


def _a_file_a_document(output, folder):
    """The datasets in folders of council and year with a file a document, as they once were."""
    for name in DATASETS:
        for row in rows_in(output, name):
            year, council = row["year"] or 0, row["council"]
            file = folder / name / f"council={council}" / f"year={year}" / f"{row['document_id']}.parquet"
            file.parent.mkdir(parents=True, exist_ok=True)
            had = pq.ParquetFile(file).read().to_pylist() if file.exists() else []
            schema = DATASETS[name].arrow.remove(0).remove(0)
            pq.write_table(pa.Table.from_pylist([*had, row], schema=schema), file)
    (folder / ".where").mkdir()
    return folder


@pytest.fixture
def renamed(monkeypatch):
    """As if `verb` had been called `act` before."""
    fields = tuple(
        replace(f, was=("act",)) if f.name == "verb" else f for f in DATASETS["resolutions"].fields
    )
    monkeypatch.setitem(DATASETS, "resolutions", replace(DATASETS["resolutions"], fields=fields))


def test_an_old_dataset_is_read_by_new_code_and_migrated(output, tmp_path, renamed):
    old = _older(output, tmp_path / "old")
    ask = "SELECT resolution_id, verb, stem, page FROM resolutions ORDER BY 1"
    new = connect(output).sql(ask).fetchall()
    assert connect(old).sql(ask).fetchall() == [(i, verb, None, page) for i, verb, _, page in new]
    shutil.copy(output / "resolutions" / "2024.parquet", old / "resolutions")
    assert {r[1] for r in connect(old).sql(ask).fetchall()} == {r[1] for r in new}, (
        "old files and new ones side by side"
    )
    read = [r for _, rows in rows_of(old, documents_held(old), ["resolutions"]) for r in rows["resolutions"]]
    assert {r["verb"] for r in read} == {r[1] for r in new}
    done = migrate(old)
    assert done.rewritten > 0 and done.current > done.rewritten
    assert migrate(old).rewritten == 0
    for file in old.glob("resolutions/*.parquet"):
        assert pq.read_schema(file).equals(DATASETS["resolutions"].arrow, check_metadata=False)


def test_a_file_a_document_is_merged_and_says_the_same(output, tmp_path):
    old = _a_file_a_document(output, tmp_path / "old")
    assert "minutebook migrate" in run_command("sql", "SELECT 1", "-o", old).stderr
    done = run_command("migrate", "-o", old)
    assert done.returncode == 0 and "6 papers merged" in done.stdout, done.stderr
    assert contents(old) == contents(output)
    assert not list(old.glob("*/council=*")) and not (old / ".where").exists()


def test_migrating_refuses_to_invent(output, tmp_path):
    old = _older(output, tmp_path / "old")
    for file in old.glob("actions/2*.parquet"):
        pq.write_table(pq.ParquetFile(file).read().drop_columns(["action_id"]), file)
    done = run_command("migrate", "-o", old)
    assert done.returncode == 1 and "actions lacks action_id" in done.stderr and "reprocess" in done.stderr


def test_the_command_migrates(output, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(output, old)
    assert "0 files rewritten" in run_command("migrate", "-o", old).stdout
