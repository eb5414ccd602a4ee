"""Other people's tools read the output with one glob and see the partition columns."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest

from schemas import DATASETS


def test_duckdb(output):
    rows = duckdb.sql(
        f"SELECT council, year, count(*) FROM read_parquet('{output}/resolutions/**/*.parquet', "
        f"hive_partitioning=true) WHERE kind = 'resolution' GROUP BY ALL ORDER BY 1"
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
    assert set(frame["year"].astype(int)) == {2024, 2025}
    assert (frame.groupby("status").size()["apologies"]) >= 3


def test_polars(output):
    frame = (
        pl.scan_parquet(f"{output}/agenda_items/**/*.parquet", hive_partitioning=True)
        .filter(pl.col("for_information"))
        .collect()
    )
    assert frame["title"].to_list() == ["Allotments Review - For Information Only"]
    assert frame["council"].to_list() == ["Aldermere Borough Council"]


@pytest.mark.parametrize("name", list(DATASETS))
def test_every_file_has_its_schema(output, name):
    for file in (output / name).glob("council=*/year=*/*.parquet"):
        assert ds.dataset(file).schema.equals(DATASETS[name].arrow, check_metadata=False)


def test_data_package_describes_what_is_there(output):
    import json

    package = json.loads((output / "datapackage.json").read_text("utf-8"))
    described = {r["title"]: {f["name"] for f in r["schema"]["fields"]} for r in package["resources"]}
    for name in DATASETS:
        if (output / name).exists():
            assert set(ds.dataset(output / name, partitioning="hive").schema.names) == described[name]


def test_the_data_package_has_the_keys_of_the_rules(output):
    import json

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
    import pyarrow.parquet as pq

    described = mlc.Dataset(jsonld=output / "croissant.json")
    assert {r.name for r in described.metadata.record_sets} == set(DATASETS)
    assert not described.metadata.ctx.issues.errors
    wanted = sum(pq.ParquetFile(f).metadata.num_rows for f in (output / "agenda_items").glob("*/*/*.parquet"))
    records = list(described.records("agenda_items"))
    assert len(records) == wanted and all(r["agenda_items/item_id"] for r in records)
