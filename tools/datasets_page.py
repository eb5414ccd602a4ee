"""docs/datasets.md, written from the schemas."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import COMMON, DATASETS, Dataset, Field
from schemas.datapackage import type_name
from schemas.problems import ProblemKind, ProblemRow
from schemas.row import FILED

OPENING = """# Datasets

Made from the schemas by `make docs`; do not edit by hand. `minutebook schema DATASET` prints the same.

One folder a dataset, a Parquet file a year in it (`undated.parquet` for papers that name none), sorted by
council; what is made from all of a council's papers (people, bodies, meeting_papers, repeats, matters ...) is
one file, `all.parquet`. A document's rows are replaced together. Every row says whose paper it is from and
where it was read:
"""


def page() -> str:
    """The whole page as Markdown."""
    return (
        "\n".join(
            [OPENING, *_fields(FILED + COMMON), *(line for d in DATASETS.values() for line in _dataset(d))]
        )
        + "\n"
    )


def _dataset(d: Dataset) -> Iterator[str]:
    yield f"\n## {d.name}\n\nOne row is {d.row}. Beyond the columns above:\n"
    yield from _fields(d.fields)
    if d.key:
        yield f"\nNo two rows share {' and '.join(d.key)}."
    if named := d.references:
        yield (
            "\nWithin a document, "
            + "; ".join(
                f"{column} names a row of {other} by its {key}" for column, (other, key) in named.items()
            )
            + "."
        )
    if d is ProblemRow.DATASET:
        yield "\n| kind of problem | severity | who can mend it | dataset |\n| --- | --- | --- | --- |"
        yield from (f"| {k} | {k.severity} | {k.mended_by} | {k.dataset or 'any'} |" for k in ProblemKind)


def _range(f: Field) -> str:
    return "" if f.least is None else f"; {f.least} or more" if f.most is None else f"; {f.least} to {f.most}"


def _fields(fields: tuple[Field, ...]) -> Iterator[str]:
    yield "| column | type | meaning |\n| --- | --- | --- |"
    for f in fields:
        notes = "".join(
            (
                f" ({f.unit})" if f.unit else "",
                f": {', '.join(f.values)}" if f.values else "",
                _range(f),
                "; never null" if f.required else "",
            )
        )
        yield f"| {f.name} | {type_name(f)} | {f.meaning}{notes} |".replace("\n", " ")
