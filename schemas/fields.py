"""What a dataset is made of: fields with type and meaning, from which the Arrow schema, the data package and
the docs come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemas.untyped import load

pa = load("pyarrow")

TEXT = pa.string()
REPEATED = pa.dictionary(pa.int32(), pa.string())
"""Text that repeats from row to row is kept once and pointed at."""
INT = pa.int32()
FLAG = pa.bool_()
SHARE = pa.float64()
DATE = pa.date32()
TIME = pa.time32("ms")
MOMENT = pa.timestamp("ms", tz="UTC")
NUMBER = pa.decimal128(20, 4)
LIST = pa.list_(pa.string())
BBOX = pa.struct(
    [("x0", pa.float64()), ("top", pa.float64()), ("x1", pa.float64()), ("bottom", pa.float64())]
)
REGIONS = pa.list_(
    pa.struct(
        [
            ("page", pa.int32()),
            ("x0", pa.float64()),
            ("top", pa.float64()),
            ("x1", pa.float64()),
            ("bottom", pa.float64()),
        ]
    )
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, Arrow type and meaning; `unit` where it has one, `values` where they are few, `was`
    what it was called before."""

    name: str
    type: Any
    meaning: str
    unit: str | None = None
    values: tuple[str, ...] = ()
    required: bool = False
    was: tuple[str, ...] = ()


COMMON = (
    Field("document_id", REPEATED, "SHA-256 of the PDF's bytes, in hexadecimal", required=True),
    Field("page", INT, "page of the PDF where the row was read, counted from 1; null where no page says it"),
    Field("bbox", BBOX, "box on that page around the row's words; origin at the top left", "points"),
    Field("regions", REGIONS, "every box the row covers, one a page; page and bbox are the first", "points"),
    Field(
        "confidence",
        SHARE,
        "probability that the row is right: of the rows at 0.9, nine in ten are",
        required=True,
    ),
    Field("extractor", REPEATED, "what read the row, with its version", required=True),
)
"""Carried by every row of every dataset."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of Parquet files: what one row is, and its columns after the common ones."""

    name: str
    row: str
    fields: tuple[Field, ...]

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """Common columns first."""
        return COMMON + self.fields

    @property
    def arrow(self) -> Any:
        """The Arrow schema that files are written with; meanings are kept as field metadata."""
        return pa.schema(list(self._arrow_fields()))

    def _arrow_fields(self) -> Iterator[Any]:
        for f in self.all_fields:
            note = {"meaning": f.meaning} | ({"unit": f.unit} if f.unit else {})
            yield pa.field(f.name, f.type, nullable=not f.required, metadata=note)
