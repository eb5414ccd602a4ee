"""docs/datasets.md, written from the schemas."""

from __future__ import annotations

from collections.abc import Iterator

from schemas import COMMON, DATASETS, Dataset, Field
from schemas.datapackage import type_name
from schemas.rules import KEYS, RANGES, references_of

OPENING = """# Datasets

Made from the schemas by `make docs`; do not edit by hand. `minutebook schema DATASET` prints the same.

One folder a dataset, Hive-partitioned by `council=` and `year=`, zstd, one file a document named after the
document's hash. A document's rows are replaced together. Every row says where it was read:
"""


def page() -> str:
    """The whole page as Markdown."""
    return (
        "\n".join([OPENING, *_fields(COMMON), *(line for d in DATASETS.values() for line in _dataset(d))])
        + "\n"
    )


def _dataset(d: Dataset) -> Iterator[str]:
    yield f"\n## {d.name}\n\nOne row is {d.row}. Beyond the columns above:\n"
    yield from _fields(d.fields)
    if d.name in KEYS:
        yield f"\nNo two rows share {' and '.join(KEYS[d.name])}."
    if named := references_of(d):
        yield (
            "\nWithin a document, "
            + "; ".join(
                f"{column} names a row of {other} by its {key}" for column, (other, key) in named.items()
            )
            + "."
        )


def _range(name: str) -> str:
    least, most = RANGES.get(name, (None, None))
    return "" if least is None else f"; {least} or more" if most is None else f"; {least} to {most}"


def _fields(fields: tuple[Field, ...]) -> Iterator[str]:
    yield "| column | type | meaning |\n| --- | --- | --- |"
    for f in fields:
        notes = "".join(
            (
                f" ({f.unit})" if f.unit else "",
                f": {', '.join(f.values)}" if f.values else "",
                _range(f.name),
                "; never null" if f.required else "",
            )
        )
        yield f"| {f.name} | {type_name(f)} | {f.meaning}{notes} |".replace("\n", " ")
