"""A folder of PDFs: each is a publication whose address is its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import BadConfig
from pipeline.sources import Ask, Council, Publication, Window


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Every PDF under the folder."""
    del window, ask
    if not Path(council.address).is_dir():
        raise BadConfig(f"{council.name}: {council.address} is no folder")
    for path in sorted(Path(council.address).rglob("*")):
        if path.suffix.lower() == ".pdf" and path.is_file():
            yield Publication(path.resolve().as_uri(), council.name, None, None, None, path.stem)
