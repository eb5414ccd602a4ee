"""output/datapackage.json: a Frictionless Data Package, field by field, made from the schemas."""

from __future__ import annotations

from typing import Any

from schemas import DATASETS, Dataset, Field
from schemas.untyped import load

pa = load("pyarrow")

TYPES: tuple[tuple[Any, str], ...] = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_decimal, "number"),
    (pa.types.is_date, "date"),
    (pa.types.is_time, "time"),
    (pa.types.is_timestamp, "datetime"),
    (pa.types.is_list, "array"),
    (pa.types.is_struct, "object"),
)


def type_name(field: Field) -> str:
    """The field's type in Frictionless terms."""
    return next((name for test, name in TYPES if test(field.type)), "string")


LICENCE = {
    "name": "various",
    "title": "Each paper is its council's own; in the United Kingdom most are under the Open Government "
    "Licence",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}


NULLS = ["", "nan", "NaT", "None", "<NA>"]
"""How frictionless sees a null of a column that is no text: it reads Parquet through pandas."""


def _field(field: Field) -> dict[str, Any]:
    kind = type_name(field)
    # frictionless is handed lists as numpy's, which it takes for no array
    out: dict[str, Any] = {"name": field.name, "type": "any" if kind == "array" else kind}
    out |= {"description": field.meaning, "arrowType": str(field.type)}
    if kind not in ("string", "array", "object"):
        out["missingValues"] = NULLS
    if field.unit:
        out["unit"] = field.unit
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = list(field.values)
    constraints |= {k: v for k, v in (("minimum", field.least), ("maximum", field.most)) if v is not None}
    return out | ({"constraints": constraints} if constraints else {})


def data_package(version: str) -> dict[str, Any]:
    """The whole descriptor, ready for json.dumps.

    A resource's path is the dataset's folder, which readers of Parquet take whole: the standard joins listed
    files byte by byte, which Parquet is not made for.
    """
    resources = [
        {
            "name": d.name.replace("_", "-"),
            "title": d.name,
            "description": f"One row is {d.row}.",
            "path": d.name,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": _schema(d),
        }
        for d in DATASETS.values()
    ]
    return {
        "profile": "data-package",
        "name": "minutebook",
        "title": "What councils decided, read from their papers",
        "version": version,
        "licenses": [LICENCE],
        "description": "Each row carries document_id, page and bbox: the paper, the "
        "page and the box where it was "
        "read.",
        "resources": resources,
    }


def with_files(package: dict[str, Any], files: list[dict[str, Any]]) -> dict[str, Any]:
    """The descriptor of a release: each resource with its `rows`, and its `files` ({path, bytes, hash, rows},
    the path relative to the descriptor)."""
    resources: list[dict[str, Any]] = []
    for resource in package["resources"]:
        own = [f for f in files if f["path"].startswith(f"{resource['path']}/")]
        resources.append(resource | {"rows": sum(f["rows"] for f in own), "files": own})
    return package | {"resources": resources}


def _schema(d: Dataset) -> dict[str, Any]:
    """Fields, keys and references."""
    keys = [
        {
            "fields": column,
            "reference": {"resource": "" if other == d.name else other.replace("_", "-"), "fields": key},
        }
        for column, (other, key) in d.references.items()
    ]
    out: dict[str, Any] = {"fields": [_field(f) for f in d.all_fields]}
    if d.key:
        out["primaryKey"] = list(d.key)
    return out | ({"foreignKeys": keys} if keys else {})
