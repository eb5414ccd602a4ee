"""Every write is checked by pandera against the rules in schemas/rules.py: a row that breaks one is left out,
and `problems` says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractors import __version__
from schemas import DATASETS
from schemas.rules import KEYS, ranges_of, references_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MOST_TOLD = 5


def breaches(tables: dict[str, pa.Table]) -> dict[str, dict[int, str]]:
    """By dataset, the rows of one document that break a rule, and which; `tables` are all of the document's,
    by dataset."""
    frames = {name: _frame(name, table) for name, table in tables.items()}
    found = {name: dict(_own(name, frame)) for name, frame in frames.items()}
    for name in tables:
        for column, (other, key) in references_of(DATASETS[name]).items():
            known = set(frames[other][key]) if other in frames else set[object]()
            bad = frames[name][column].notna() & ~frames[name][column].isin(known)
            found[name] |= {int(i): f"{column} names no row of {other}" for i in frames[name].index[bad]}
    return {
        name: rows for name, rows in found.items() if rows and name != "documents"
    }  # a paper's own row stays, whatever it says


def problem_rows(document_id: str, broken: dict[str, dict[int, str]]) -> Iterator[dict[str, Any]]:
    """A row of `problems` for each dataset and rule."""
    for name, rows in broken.items():
        for rule in sorted(set(rows.values())):
            where = [i for i, r in rows.items() if r == rule]
            text = (
                f"{len(where)} rows of {name} were left out, which break a rule of the data: {rule} "
                f"(rows {', '.join(map(str, where[:MOST_TOLD]))}): please report it"
            )
            yield {
                "document_id": document_id,
                "regions": [],
                "confidence": 1.0,
                "extractor": f"minutebook.rules {__version__}",
                "kind": "row breaks a rule",
                "text": text,
            }


def _own(name: str, frame: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Rows that break a rule by themselves, or share a key."""
    import pandera.errors

    try:
        _schema(name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as told:
        for case in told.failure_cases.itertuples():
            if case.index is not None:
                yield int(case.index), f"{case.column or 'key'}: {case.check}"


@lru_cache(maxsize=32)
def _schema(name: str) -> Any:
    import pandera.pandas as pandera

    dataset = DATASETS[name]
    ranges = ranges_of(dataset)
    columns: dict[str, Any] = {}
    for f in dataset.all_fields:
        checks: list[Any] = [pandera.Check.isin(f.values)] if f.values else []
        if f.name in ranges:
            least, most = ranges[f.name]
            checks.append(pandera.Check.ge(least) if most is None else pandera.Check.in_range(least, most))
        if checks or f.required:
            columns[f.name] = pandera.Column(checks=checks, nullable=not f.required)
    if "page_from" in columns:
        checks_of_rows = [
            pandera.Check(
                lambda frame: ~(frame["page_to"] < frame["page_from"]), name="page_to before page_from"
            )
        ]
    else:
        checks_of_rows = []
    return pandera.DataFrameSchema(
        columns,
        checks=checks_of_rows,
        unique=list(KEYS[name]) if name in KEYS else None,
        report_duplicates="exclude_first",
    )


def _frame(name: str, table: pa.Table) -> pd.DataFrame:
    """The columns that rules are about."""
    dataset = DATASETS[name]
    about = (
        {f.name for f in dataset.all_fields if f.values or f.required}
        | set(ranges_of(dataset))
        | set(references_of(dataset))
        | set(KEYS.get(name, ()))
    )
    return table.select([c for c in table.column_names if c in about]).to_pandas()
