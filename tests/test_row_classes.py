"""A row has every column of its dataset, and the dataset's description is its row class."""

import datetime as dt
from dataclasses import FrozenInstanceError, fields
from typing import Annotated

import pyarrow as pa
import pytest

from pipeline.store.files import table_of
from schemas import DATASETS, ROWS
from schemas.decisions import VoteRow
from schemas.documents import LinkRow
from schemas.fields import Column
from schemas.older import conformed
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import Place, Row, as_dicts, dataset, nowhere
from tests.conftest import FIXTURE_PDFS, read_fixture

PLACE = nowhere("a" * 64, 1.0, "minutebook.test 0")


def test_a_missing_or_misspelt_column_is_an_error():
    given = {"place": PLACE, "motion_id": "m", "person_id": None, "name": "A Moss", "choice": "for"}
    assert VoteRow(**given).name == "A Moss"
    for name in given:
        with pytest.raises(TypeError, match=name):
            VoteRow(**{k: v for k, v in given.items() if k != name})
    with pytest.raises(TypeError, match="chioce"):
        VoteRow(**given, chioce="for")


def test_a_row_is_not_changed():
    row = LinkRow(place=PLACE, part_id=None, url="https://aldermere.example", text=None)
    with pytest.raises(FrozenInstanceError):
        row.url = "https://elsewhere.example"


def test_a_value_that_does_not_fit_its_column_is_not_written():
    row = LinkRow(place=PLACE, part_id=None, url=7, text=None)  # type: ignore[arg-type]
    with pytest.raises((pa.ArrowInvalid, pa.ArrowTypeError)):
        table_of(DATASETS["links"], [row], "Aldermere")


def test_rows_of_another_dataset_are_not_written():
    with pytest.raises(AttributeError):
        table_of(DATASETS["votes"], [LinkRow(place=PLACE, part_id=None, url=None, text=None)], "Aldermere")


def test_no_column_has_a_default():
    for kind in (Place, *ROWS):
        given = [f.name for f in fields(kind)]
        with pytest.raises(TypeError, match=f"{len(given)} required"):
            kind()


def test_no_dataset_has_a_common_column_of_its_own():
    common = {f.name for f in fields(Place)}
    for d in DATASETS.values():
        assert not common & {f.name for f in d.fields}, d.name


def test_annotations_become_fields():
    @dataset("visits", key=("day",))
    class VisitRow(Row):
        """A visit to a site."""

        day: Annotated[dt.date, Column("when")]
        miles: Annotated[int | None, Column("how far", unit="miles", least=0)]
        sites: Annotated[tuple[str, ...], Column("where")]

    made = VisitRow.DATASET
    assert (made.name, made.row, made.key) == ("visits", "a visit to a site", ("day",))
    day, miles, sites = made.fields
    assert (day.type, day.required) == (pa.date32(), True)
    assert (miles.type, miles.required, miles.unit, miles.least) == (pa.int32(), False, "miles", 0)
    assert sites.type == pa.list_(pa.string())


def test_an_annotation_without_a_meaning_is_refused():
    with pytest.raises(TypeError, match="write Annotated"):

        @dataset("visits")
        class VisitRow(Row):
            """A visit to a site."""

            day: dt.date


def test_a_kind_of_problem_tells_its_severity_mender_and_dataset():
    for kind in ProblemKind:
        assert kind.dataset is None or kind.dataset in DATASETS
        row = problem(PLACE, kind, "why")
        assert (row.severity, row.mended_by) == (kind.severity, kind.mended_by)
    heard = ProblemKind("heard and not understood")
    assert (heard.severity, heard.mended_by) == ("lost", "minutebook")
    assert ProblemRow.DATASET.fields[1].values == tuple(str(k) for k in ProblemKind)


@pytest.mark.parametrize("name", FIXTURE_PDFS)
def test_a_page_names_the_part_that_it_belongs_to(name):
    rows = as_dicts(read_fixture(name).rows)
    covered = {p["part_id"]: range(p["page_from"], p["page_to"] + 1) for p in rows["parts"]}
    assert [p["page"] for p in rows["pages"] if p["page"] not in covered[p["part_id"]]] == []


@pytest.mark.parametrize(
    ("name", "newer"),
    [
        ("documents", ["understood", "style"]),
        ("pages", ["part_id"]),
        ("motions", ["text_struck", "text_inserted"]),
        ("actions", ["due_precision"]),
        ("problems", ["severity", "mended_by", "dataset", "row_id"]),
    ],
)
def test_a_file_without_the_newer_columns_is_read_with_nulls_in_them(name, newer):
    rows = {p: list(read_fixture(p).rows.get(name, ())) for p in FIXTURE_PDFS if not p.endswith("scan")}
    rows["none"] = [problem(PLACE, ProblemKind.VOTES_TWICE, "why")] if name == "problems" else []
    today = table_of(DATASETS[name], [r for listed in rows.values() for r in listed], "Aldermere")
    assert today.num_rows
    read = conformed(today.drop_columns(newer), DATASETS[name])
    assert read.schema == DATASETS[name].arrow
    assert all(read.column(c).null_count == today.num_rows for c in newer)
    assert read.drop_columns(newer) == today.drop_columns(newer)
