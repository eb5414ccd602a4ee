"""Every write is checked against the rules that the row classes in schemas/ state, by Arrow and, where it
finds some broken, row by row by pandera: a row that breaks one is left out, and `problems` says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractors import __version__
from pipeline.store.sound import are_sound
from schemas import DATASETS
from schemas.fields import Field
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import nowhere
from schemas.untyped import load

if TYPE_CHECKING:
    import pyarrow as pa

MOST_TOLD = 5


def breaches(tables: dict[str, pa.Table]) -> dict[str, dict[int, str]]:
    """By dataset, the rows of one document that break a rule, and which; `tables` are all of the document's,
    by dataset."""
    if are_sound(tables):
        return {}
    frames = {name: _frame(name, table) for name, table in tables.items()}
    found = {name: dict(_own(name, frame)) for name, frame in frames.items()}
    for name in tables:
        for column, (other, key) in DATASETS[name].references.items():
            known = set(frames[other][key]) if other in frames else set[object]()
            bad = frames[name][column].notna() & ~frames[name][column].isin(known)
            found[name] |= {int(i): f"{column} names no row of {other}" for i in frames[name].index[bad]}
    return {
        name: rows for name, rows in found.items() if rows and name != "documents"
    }  # a paper's own row stays, whatever it says


def problem_rows(document_id: str, broken: dict[str, dict[int, str]]) -> Iterator[ProblemRow]:
    """A row of `problems` for each dataset and rule."""
    for name, rows in broken.items():
        for rule in sorted(set(rows.values())):
            where = [i for i, r in rows.items() if r == rule]
            text = (
                f"{len(where)} rows of {name} were left out, which break a rule of the data: {rule} "
                f"(rows {', '.join(map(str, where[:MOST_TOLD]))}): please report it"
            )
            place = nowhere(document_id, 1.0, f"minutebook.rules {__version__}")
            yield problem(place, ProblemKind.ROW_BREAKS_A_RULE, text, dataset=name)


def _own(name: str, frame: Any) -> Iterator[tuple[int, str]]:
    """Rows of a pandas frame that break a rule by themselves, or share a key."""
    errors = load("pandera.errors")
    try:
        _schema(name).validate(frame, lazy=True)
    except errors.SchemaErrors as told:
        for case in told.failure_cases.itertuples():
            if case.index is not None:
                yield int(case.index), f"{case.column or 'key'}: {case.check}"


@lru_cache(maxsize=32)
def _schema(name: str) -> Any:
    pandera = load("pandera.pandas")
    dataset = DATASETS[name]
    columns: dict[str, Any] = {}
    for f in dataset.all_fields:
        checks: list[Any] = [pandera.Check.isin(f.values)] if f.values else []
        if f.least is not None:
            checks.append(
                pandera.Check.ge(f.least) if f.most is None else pandera.Check.in_range(f.least, f.most)
            )
        if checks or f.required:
            columns[f.name] = pandera.Column(checks=checks, nullable=not f.required)
    in_order = pandera.Check(_pages_in_order, name="page_to before page_from")
    return pandera.DataFrameSchema(
        columns,
        checks=[in_order] if "page_from" in columns else [],
        unique=list(dataset.key) or None,
        report_duplicates="exclude_first",
    )


def _frame(name: str, table: pa.Table) -> Any:
    """The columns that rules are about, as a pandas frame."""
    dataset = DATASETS[name]
    about = {f.name for f in dataset.all_fields if _has_rule(f)} | set(dataset.key)
    chosen: Any = table.select([c for c in table.column_names if c in about])
    return chosen.to_pandas()


def _pages_in_order(frame: Any) -> Any:
    return ~(frame["page_to"] < frame["page_from"])


def _has_rule(field: Field) -> bool:
    return bool(field.values or field.required or field.least is not None or field.references)
