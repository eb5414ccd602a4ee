"""Whether rows keep the rules of the data, asked of Arrow: nearly all do, and pandera and pandas, which name
each row that does not, take longer to load than a short paper takes to read."""

from __future__ import annotations

import sys
from typing import Any

from schemas import DATASETS
from schemas.fields import Dataset, Field
from schemas.untyped import load

pa = load("pyarrow")
pc = load("pyarrow.compute")


def are_sound(tables: dict[str, Any]) -> bool:
    """Whether no row of one document's tables, by dataset, breaks a rule that `pipeline.store.rules` knows;
    where in doubt, False."""
    return all(_is_sound(DATASETS[name], table, tables) for name, table in tables.items())


def _is_sound(dataset: Dataset, table: Any, tables: dict[str, Any]) -> bool:
    return (
        all(_keeps(f, table[f.name]) for f in dataset.all_fields if f.name in table.column_names)
        and all(_points(table[c], tables, *where) for c, where in dataset.references.items())
        and _in_order(table)
        and _differ(dataset, table)
    )


def _keeps(field: Field, column: Any) -> bool:
    """No row lacks what it must have; values are of those that are named, or within their bounds."""
    if field.required and column.null_count:
        return False
    if field.values and not _all(pc.is_in(column.drop_null(), value_set=pa.array(field.values, field.type))):
        return False
    if field.least is None:
        return True
    held = pc.greater_equal(column, field.least)
    if field.most is not None:
        held = pc.and_(held, pc.less_equal(column, field.most))
    return _all(held)


def _points(column: Any, tables: dict[str, Any], other: str, key: str) -> bool:
    """Each value that is given is one of the other dataset's."""
    given = column.drop_null()
    if not len(given):
        return True
    return other in tables and _all(pc.is_in(given, value_set=tables[other][key].combine_chunks()))


def _in_order(table: Any) -> bool:
    if "page_from" not in table.column_names:
        return True
    return _all(pc.less_equal(table["page_from"], table["page_to"]))


def _differ(dataset: Dataset, table: Any) -> bool:
    """No two rows share a key."""
    if not dataset.key:
        return True
    keys = list(zip(*(table[c].to_pylist() for c in dataset.key), strict=True))
    return len(set(keys)) == len(keys)


def _all(held: Any) -> bool:
    """True for all, unknown ones left out; nothing at all is all."""
    return bool(pc.all(held, min_count=0).as_py())


class _NoPandas:
    """A finder of modules that has no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Nothing, for others to look; raises ImportError for pandas."""
        if name == "pandas":
            raise ImportError(name)


def without_pandas() -> None:
    """pyarrow looks for pandas when it is first handed a list, to tell whether that is a series: it is told
    that there is none. Where rows are put into a frame it looks again, and finds it."""
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(_NoPandas)
