"""A list of links in a CSV file: url, and where known council, committee, meeting_date, kind, title."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import BadConfig
from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.days import day_told


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The file's links whose meetings lie in the window; those without a date always."""
    del ask
    path = Path(council.address)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadConfig(f"{path}: not UTF-8 ({error}): save it as such") from error
    with io.StringIO(text, newline="") as source:
        rows = csv.DictReader(source)
        if "url" not in (rows.fieldnames or ()):
            raise BadConfig(f"{path}: the first line must name the columns, url among them")
        for row in rows:
            day = day_told(row.get("meeting_date"))
            url = (row.get("url") or "").strip()
            if url and window.holds(day) and council.wants(row.get("committee")):
                yield Publication(
                    url,
                    row.get("council") or council.name,
                    row.get("committee") or None,
                    day,
                    row.get("kind") or None,
                    row.get("title") or None,
                )
