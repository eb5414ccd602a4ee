"""What holds of every row, beside its columns' types: keys, references within a document, ranges.

The checks on every write, the data package and the Croissant description are made from this.
"""

from __future__ import annotations

from schemas.fields import Dataset

KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document_id",),
    "parts": ("part_id",),
    "pages": ("document_id", "page"),
    "meetings": ("meeting_id",),
    "agenda_items": ("item_id",),
    "motions": ("motion_id",),
    "resolutions": ("resolution_id",),
    "actions": ("action_id",),
    "sections": ("section_id",),
    "tables": ("table_id",),
    "table_cells": ("table_id", "row", "col"),
}
"""Columns that no two rows of a dataset share."""

REFERENCES: dict[str, tuple[str, str]] = {
    "meeting_id": ("meetings", "meeting_id"),
    "part_id": ("parts", "part_id"),
    "section_id": ("sections", "section_id"),
    "parent_id": ("sections", "section_id"),
    "table_id": ("tables", "table_id"),
    "motion_id": ("motions", "motion_id"),
    "amends": ("motions", "motion_id"),
}
"""By column, wherever it stands: the dataset and column that it names a row of, in the same document."""

RANGES: dict[str, tuple[float, float | None]] = {
    "page": (1, None),
    "page_from": (1, None),
    "page_to": (1, None),
    "confidence": (0, 1),
    "accuracy": (0, 1),
    "votes_for": (0, None),
    "votes_against": (0, None),
    "abstentions": (0, None),
    "bytes": (0, None),
    "pages": (0, None),
    "width": (0, None),
    "height": (0, None),
    "n_rows": (1, None),
    "n_cols": (1, None),
    "header_rows": (0, None),
    "row": (0, None),
    "col": (0, None),
    "row_span": (1, None),
    "col_span": (1, None),
    "level": (1, None),
}
"""By column, wherever it stands: the least and the greatest value."""


def references_of(dataset: Dataset) -> dict[str, tuple[str, str]]:
    """The dataset's own references, its key's columns left out when they name itself."""
    return {
        f.name: REFERENCES[f.name]
        for f in dataset.fields
        if f.name in REFERENCES and REFERENCES[f.name] != (dataset.name, f.name)
    }


def ranges_of(dataset: Dataset) -> dict[str, tuple[float, float | None]]:
    """The ranges of the dataset's columns."""
    return {f.name: RANGES[f.name] for f in dataset.all_fields if f.name in RANGES}
