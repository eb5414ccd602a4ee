"""output/croissant.json: the same datasets in Croissant 1.0 (mlcommons.org/croissant), which dataset searches
and machine-learning tools read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas import DATASETS, Dataset, Field
from schemas.datapackage import LICENCE, type_name

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that Croissant 1.0 prescribes."""
TYPES = {
    "boolean": "sc:Boolean",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
    "time": "sc:Time",
    "datetime": "sc:DateTime",
}
NESTED = ("bbox", "regions")
"""Columns of boxes, which a record set leaves out."""


def croissant(version: str) -> dict[str, Any]:
    """The whole description, ready for json.dumps."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "minutebook",
        "version": f"{version}.0" if version.count(".") == 1 else version,
        "isLiveDataset": True,
        "description": "What councils decided, read from their papers. Each row "
        "carries document_id, page and bbox: "
        "the paper, the page and the box where it was read.",
        "license": LICENCE["title"],
        "distribution": [f for d in DATASETS.values() for f in _files(d)],
        "recordSet": [_record_set(d) for d in DATASETS.values()],
    }


def _files(d: Dataset) -> Iterator[dict[str, Any]]:
    yield {
        "@type": "cr:FileSet",
        "@id": f"{d.name}-files",
        "name": f"{d.name}-files",
        "description": f"One row is {d.row}.",
        "encodingFormat": "application/x-parquet",
        "includes": f"{d.name}/*.parquet",
    }


def _record_set(d: Dataset) -> dict[str, Any]:
    keys = {"key": [{"@id": f"{d.name}/{k}"} for k in d.key]} if d.key else {}
    return (
        {"@type": "cr:RecordSet", "@id": d.name, "name": d.name, "description": f"One row is {d.row}."}
        | keys
        | {"field": [_field(d, f) for f in d.all_fields if f.name not in NESTED]}
    )


def _field(d: Dataset, f: Field) -> dict[str, Any]:
    kind = type_name(f)
    note = f.meaning + (f" ({f.unit})" if f.unit else "") + (f": {', '.join(f.values)}" if f.values else "")
    if f.references:  # in words: mlcroissant takes Croissant's own references for an order to join, and fails
        note += f"; names a row of {f.references[0]} by its {f.references[1]}"
    return {
        "@type": "cr:Field",
        "@id": f"{d.name}/{f.name}",
        "name": f.name,
        "description": note,
        "dataType": TYPES.get(kind, "sc:Text"),
        "source": {"fileSet": {"@id": f"{d.name}-files"}, "extract": {"column": f.name}},
    } | ({"repeated": True} if kind == "array" else {})
