"""Other people's tools read the output with one glob and see the partition columns."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest

from schemas import DATASETS


def test_duckdb(output):
    rows = duckdb.sql(f"SELECT council, year, count(*) FROM read_parquet('{output}/resolutions/**/*.parquet', hive_partitioning=true) WHERE kind = 'resolution' GROUP BY ALL ORDER BY 1").fetchall()
    assert ("Aldermere Borough Council", 2024, 5) in rows
    assert any(council == "Township of Pinewater" for council, *_ in rows)


def test_pandas(output):
    frame = pd.read_parquet(output / "attendance")
    assert set(frame["council"].unique()) == {"Aldermere Borough Council", "Township of Pinewater", "Marlow Vale District Council"}
    assert set(frame["year"].astype(int)) == {2024, 2025}
    assert (frame.groupby("status").size()["apologies"]) >= 3


def test_polars(output):
    frame = pl.scan_parquet(f"{output}/agenda_items/**/*.parquet", hive_partitioning=True).filter(pl.col("for_information")).collect()
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
