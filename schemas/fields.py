"""What a dataset is made of: fields with type and meaning, read from the annotations of a row class; the
Arrow schema, the rules, the data packages and the docs come from them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import EnumMeta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from schemas.untyped import load

pa = load("pyarrow")

SCALARS: dict[Any, Any] = {
    str: pa.string(),
    int: pa.int32(),
    bool: pa.bool_(),
    float: pa.float64(),
    dt.date: pa.date32(),
    dt.time: pa.time32("ms"),
    dt.datetime: pa.timestamp("ms", tz="UTC"),
    Decimal: pa.decimal128(20, 4),
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column's type does not say; stands in its annotation: `Annotated[int | None, Column("...")]`.

    `repeats` where few texts make up the column, which files then keep once and point at; `least` and `most`
    are allowed themselves; `references` is "dataset.column", a row of the same document; `was` what the
    column was called before.
    """

    meaning: str
    unit: str | None = None
    repeats: bool = False
    least: float | None = None
    most: float | None = None
    references: str | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A column as the writers of schemas want it: Arrow type, and `values` where they are enumerated.

    `required`: no row may lack it. `repeats`: few texts make it up. `references` is (dataset, column).
    """

    name: str
    type: Any
    meaning: str
    unit: str | None = None
    values: tuple[str, ...] = ()
    required: bool = False
    was: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    references: tuple[str, str] | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder of Parquet files: what one row is, its columns after the common ones, those that no two
    rows share, and those that files have before all others."""

    name: str
    row: str
    common: tuple[Field, ...]
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    filed: tuple[Field, ...] = ()

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """What files have: council and year, the common columns, the dataset's own."""
        return self.filed + self.common + self.fields

    @property
    def references(self) -> dict[str, tuple[str, str]]:
        """By column: the dataset and column that it names a row of, in the same document."""
        return {f.name: f.references for f in self.fields if f.references}

    @property
    def repeated(self) -> list[str]:
        """The columns whose texts a file keeps once and points at: Parquet's dictionary encoding, which
        readers undo by themselves."""
        return [f.name for f in self.all_fields if f.repeats]

    @property
    def pruning(self) -> list[str]:
        """The columns that queries narrow by, of which files tell the least and the most value: no texts, no
        lists."""
        return [f.name for f in self.all_fields if f.repeats or f.name.endswith("_id") or _is_number(f.type)]

    @property
    def arrow(self) -> Any:
        """The Arrow schema of files; what columns mean is told once, in the data package."""
        return pa.schema([pa.field(f.name, f.type, nullable=not f.required) for f in self.all_fields])


def _is_number(kind: Any) -> bool:
    return not (pa.types.is_string(kind) or pa.types.is_nested(kind))


def fields_of(kind: type[Any], *, without: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """The fields that a dataclass declares. Raises TypeError for an annotation that is no column."""
    return tuple(_field(f.name, f.type) for f in fields(kind) if f.name not in without)


def _field(name: str, annotation: Any) -> Field:
    kind, *notes = get_args(annotation) or (annotation,)
    column = next((n for n in notes if isinstance(n, Column)), None)
    if column is None:
        raise TypeError(f"{name}: write Annotated[{annotation}, Column(...)] with what the column means")
    optional = get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind)
    base = next(k for k in get_args(kind) if k is not NoneType) if optional else kind
    type_, values = _arrow_type(base), _values(base)
    other = tuple((column.references or "").split("."))
    return Field(
        name,
        type_,
        column.meaning,
        unit=column.unit,
        values=values,
        # a list says "none" by being empty; files are not made to refuse a null there, older ones hold some
        required=not optional and not pa.types.is_list(type_),
        was=column.was,
        least=column.least,
        most=column.most,
        references=(other[0], other[1]) if len(other) == 2 else None,
        repeats=column.repeats or bool(values),
    )


def _values(kind: Any) -> tuple[str, ...]:
    if isinstance(kind, EnumMeta):
        return tuple(str(member.value) for member in kind)  # type: ignore[attr-defined]
    return get_args(kind) if get_origin(kind) is Literal else ()


def _arrow_type(kind: Any) -> Any:
    """The Arrow type of an annotation: enumerated text is text, a NamedTuple a struct."""
    if kind in SCALARS:
        return SCALARS[kind]
    if _values(kind):
        return pa.string()
    if get_origin(kind) is tuple:
        return pa.list_(_arrow_type(get_args(kind)[0]))
    if hasattr(kind, "_fields"):
        return pa.struct([(n, _arrow_type(t)) for n, t in get_type_hints(kind).items()])
    raise TypeError(f"{kind}: no column has this type")
