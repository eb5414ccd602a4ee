"""Reads one PDF: `extract(path) -> Extraction`, pure, without network, database or orchestration.

The rooms, in the order that data goes through them, each knowing only those before it: `text`, `pdf`,
`layout`, `tables`, `cues`, `mentions`, `parts`, `reading`, `rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.rows import Extraction


def extract(pdf: str | Path, *, council: str | None = None) -> Extraction:
    """Read `pdf` and return every dataset's rows; see `extractors.rows.extract`."""
    from extractors.rows import extract as _extract

    return _extract(pdf, council=council)


__all__ = ["__version__", "extract"]
