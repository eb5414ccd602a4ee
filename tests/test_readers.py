"""Other people's tools read the output with one glob and see all columns."""

import json
import shutil

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from schemas import DATASETS


def test_duckdb(output):
    rows = duckdb.sql(
        f"SELECT council, year, count(*) FROM read_parquet('{output}/resolutions/*.parquet') "
        f"WHERE kind = 'resolution' GROUP BY ALL ORDER BY 1"
    ).fetchall()
    assert ("Aldermere Borough Council", 2024, 5) in rows
    assert any(council == "Township of Pinewater" for council, *_ in rows)


def test_pandas(output):
    frame = pd.read_parquet(output / "attendance")
    assert set(frame["council"].unique()) == {
        "Aldermere Borough Council",
        "Township of Pinewater",
        "Marlow Vale District Council",
    }
    assert set(frame["year"]) == {2024, 2025}
    assert (frame.groupby("status").size()["apologies"]) >= 3


def test_polars(output):
    frame = pl.scan_parquet(f"{output}/agenda_items/*.parquet").filter(pl.col("for_information")).collect()
    assert frame["title"].to_list() == ["Allotments Review - For Information Only"]
    assert frame["council"].to_list() == ["Aldermere Borough Council"]


@pytest.mark.parametrize("name", list(DATASETS))
def test_every_file_has_its_schema(output, name):
    for file in (output / name).glob("*.parquet"):
        assert ds.dataset(file).schema.equals(DATASETS[name].arrow, check_metadata=False)


def test_every_dataset_exists_with_all_its_columns_as_text_where_they_are_text(output):
    package = json.loads((output / "datapackage.json").read_text("utf-8"))
    described = {r["title"]: {f["name"] for f in r["schema"]["fields"]} for r in package["resources"]}
    for name in DATASETS:
        there = ds.dataset(output / name).schema
        assert set(there.names) == described[name]
        assert not [f.name for f in there if pa.types.is_dictionary(f.type)]
        views = duckdb.sql(f"SELECT * FROM read_parquet('{output}/{name}/*.parquet')")
        assert {*views.columns} == described[name]
        lazy = pl.scan_parquet(f"{output}/{name}/*.parquet")
        assert {*lazy.collect_schema()} == described[name]
        assert {*pd.read_parquet(output / name).columns} == described[name]


def test_the_views_have_the_types_of_the_schemas(output, tmp_path):
    """With and without rows, opening nothing."""
    from pipeline.store.sql import connect

    with_rows, without = connect(output), connect(tmp_path)
    for name in DATASETS:
        described = [c[:2] for c in with_rows.sql(f"DESCRIBE {name}").fetchall()]
        assert described == [c[:2] for c in without.sql(f"DESCRIBE {name}").fetchall()]
        assert without.sql(f"SELECT * FROM {name}").fetchall() == []
    types = dict(c[:2] for c in with_rows.sql("DESCRIBE amounts").fetchall())
    assert (types["amount"], types["page"], types["year"]) == ("DECIMAL(20,4)", "INTEGER", "INTEGER")


def test_making_the_views_opens_no_file(output, tmp_path):
    """A file that is no Parquet is told of by the query that meets it, not before."""
    from pipeline.store.sql import connect

    copy = tmp_path / "out"
    shutil.copytree(output, copy)
    for file in copy.glob("votes/*.parquet"):
        file.write_bytes(b"no Parquet")
    views = connect(copy)
    assert views.sql("SELECT count(*) FROM documents").fetchall()[0][0] == 6
    with pytest.raises(duckdb.Error):
        views.sql("SELECT count(*) FROM votes").fetchall()


def test_files_are_sorted_by_council_and_say_what_prunes(output):
    for name in DATASETS:
        for file in (output / name).glob("*.parquet"):
            read = pq.ParquetFile(file)
            papers = read.read(columns=["council", "document_id"]).to_pylist()
            order = [(r["council"], r["document_id"]) for r in papers]
            assert order == sorted(order)
            for group in range(read.num_row_groups):
                columns = [read.metadata.row_group(group).column(i) for i in range(read.metadata.num_columns)]
                told = {c.path_in_schema for c in columns if c.is_stats_set}
                assert {"council", "document_id"} <= told
                assert not told & {"text", "regions.list.element.page"}


def test_frictionless_finds_the_package_valid(output):
    """All rows, keys and references."""
    import frictionless

    report = frictionless.validate(str(output / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    assert len(report.tasks) == len(DATASETS)


def test_the_data_package_has_the_keys_of_the_rules(output):
    resources = {
        r["title"]: r["schema"]
        for r in json.loads((output / "datapackage.json").read_text("utf-8"))["resources"]
    }
    assert resources["table_cells"]["primaryKey"] == ["table_id", "row", "col"]
    assert {"fields": "motion_id", "reference": {"resource": "motions", "fields": "motion_id"}} in resources[
        "votes"
    ]["foreignKeys"]
    confidence = next(f for f in resources["resolutions"]["fields"] if f["name"] == "confidence")
    assert confidence["constraints"] == {"required": True, "minimum": 0, "maximum": 1}


def test_croissant_is_valid_and_reads_the_rows(output):
    import mlcroissant as mlc

    described = mlc.Dataset(jsonld=output / "croissant.json")
    assert {r.name for r in described.metadata.record_sets} == set(DATASETS)
    assert not described.metadata.ctx.issues.errors
    for name in DATASETS:
        files = (output / name).glob("*.parquet")
        records = list(described.records(name))
        assert len(records) == sum(pq.ParquetFile(f).metadata.num_rows for f in files), name
        assert all(r[f"{name}/council"] and r[f"{name}/document_id"] for r in records)
