"""The row that every dataset starts from: where it was read, how surely, and by what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar, cast, dataclass_transform

from schemas.fields import Column, Dataset, fields_of


class Bbox(NamedTuple):
    """A rectangle on a page, in points, origin at the top left."""

    x0: float
    top: float
    x1: float
    bottom: float


class Region(NamedTuple):
    """A rectangle and the page that it lies on, counted from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The columns that every row of every dataset carries."""

    document_id: Annotated[
        str,
        Column("SHA-256 of the PDF's bytes, in hexadecimal; of a record, of what it is about", repeats=True),
    ]
    page: Annotated[
        int | None,
        Column("page of the PDF where the row was read, counted from 1; null where no page says it", least=1),
    ]
    bbox: Annotated[
        Bbox | None,
        Column("box around the row's words, from the top left of the page as it is displayed", unit="points"),
    ]
    regions: Annotated[
        tuple[Region, ...],
        Column("every box the row covers, one a page; page and bbox are the first", unit="points"),
    ]
    confidence: Annotated[
        float,
        Column("probability that the row is right: of the rows at 0.9, nine in ten are", least=0, most=1),
    ]
    extractor: Annotated[str, Column("what read the row, with its version", repeats=True)]


COMMON = fields_of(Place)
"""The columns of every dataset."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The columns that files have before those of a row: what the store knows of the paper."""

    council: Annotated[
        str, Column("the paper's council; 'unknown' where neither paper nor command says", repeats=True)
    ]
    year: Annotated[
        int | None, Column("year of the meeting, else of publication; null where the paper names none")
    ]


FILED = fields_of(Filed)
"""The columns that stand before the common ones in files."""


def nowhere(document_id: str, confidence: float, extractor: str) -> Place:
    """The place of a row that no page says."""
    return Place(
        document_id=document_id,
        page=None,
        bbox=None,
        regions=(),
        confidence=confidence,
        extractor=extractor,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a dataset. Every column must be given: one that is missing or misspelt is a TypeError."""

    DATASET: ClassVar[Dataset]
    place: Place


R = TypeVar("R", bound=Row)


@dataclass_transform(kw_only_default=True, frozen_default=True)
def dataset(name: str, *, key: tuple[str, ...] = ()) -> Callable[[type[R]], type[R]]:
    """Make a row class of a dataset: its docstring says what one row is, its annotations what the columns
    are; no two rows share the columns of `key`."""

    def made(kind: type[R]) -> type[R]:
        row = dataclass(frozen=True, slots=True, kw_only=True)(kind)
        said = (kind.__doc__ or "").strip().rstrip(".")
        row.DATASET = Dataset(
            name, said[:1].lower() + said[1:], COMMON, fields_of(row, without=("place",)), key, FILED
        )
        return row

    return made


def as_dicts(rows: Mapping[str, Sequence[Row]]) -> dict[str, list[dict[str, Any]]]:
    """Rows by dataset, each as a dictionary of plain values: what reading the Parquet files gives."""
    return {name: [_as_dict(row) for row in listed] for name, listed in rows.items()}


def _as_dict(row: Row) -> dict[str, Any]:
    """The row's columns by name, the common ones first."""
    common = {f.name: _plain(getattr(row.place, f.name)) for f in fields(Place)}
    return common | {f.name: _plain(getattr(row, f.name)) for f in fields(row) if f.name != "place"}


def _plain(value: Any) -> Any:
    if isinstance(value, (Bbox, Region)):
        return value._asdict()
    if isinstance(value, tuple):
        return [_plain(v) for v in cast("tuple[Any, ...]", value)]
    return value.value if isinstance(value, Enum) else value
