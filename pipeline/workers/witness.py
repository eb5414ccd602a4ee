"""The second witness: what the platform knows of a paper's meeting, put beside what the PDF said; differences
become problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extractors import __version__
from extractors.mentions.names import strip_honours, strip_title, surname_key
from extractors.rows import Extraction, Row

PRESENT = ("present", "attended", "in attendance", "as substitute", "in attendance, virtual")
SORRY = ("apologies", "apologies sent", "absent", "absence")


def with_source(extraction: Extraction, source: dict[str, Any]) -> Extraction:
    """The extraction with the address and days that the archive knows, and with what the platform says
    differently as problems."""
    rows = dict(extraction.rows)
    document: Row = dict(rows["documents"][0])
    for column in ("source_url", "fetched_at", "published_at"):
        document[column] = source.get(column) or document.get(column)
    for column in ("committee", "meeting_date"):
        document[column] = document.get(column) or _as_date(column, source.get(column))
    rows["documents"] = [document]
    rows["problems"] = [*rows.get("problems", ()), *_differences(extraction, document, source)]
    year = extraction.year or (document["meeting_date"].year if document.get("meeting_date") else None)
    return replace(extraction, rows=rows, year=year)


def _as_date(column: str, value: Any) -> Any:
    from datetime import date

    return date.fromisoformat(value) if column == "meeting_date" and isinstance(value, str) else value


def _differences(extraction: Extraction, document: Row, source: dict[str, Any]) -> Iterator[Row]:
    said = source.get("meeting_date")
    if said and document.get("meeting_date") and str(document["meeting_date"]) != str(said):
        yield _problem(
            extraction,
            "platform says another day",
            f"the platform dates the meeting {said}, the paper {document['meeting_date']}",
        )
    knows: dict[str, Any] = source.get("knows") or {}
    roll = extraction.rows.get("attendance", ())
    minuted = {
        str(m["meeting_id"]) for m in extraction.rows.get("meetings", ()) if str(m.get("date")) == str(said)
    }
    own = [r for r in roll if r["meeting_id"] in minuted]
    if knows.get("attendance") and own:
        yield from _roll(extraction, own, knows["attendance"])
    if knows.get("motions") and extraction.rows.get("motions"):
        yield from _motions(extraction, knows["motions"])


def plain(name: str) -> str:
    """A name without title and honours."""
    return strip_title(strip_honours(name)[0])[1]


def _roll(extraction: Extraction, roll: list[Row], attendees: list[dict[str, str]]) -> Iterator[Row]:
    there = {surname_key(r["name"]) for r in roll if r["status"] == "present"}
    sorry = {surname_key(r["name"]) for r in roll if r["status"] != "present"}
    for a in attendees:
        key, how = surname_key(plain(a["name"])), a["attendance"].lower()
        if how.startswith(PRESENT) and key not in there:
            yield _problem(
                extraction,
                "platform says present",
                f"{a['name']} is {a['attendance']} on the platform and not on the paper's roll",
            )
        elif how.startswith(SORRY) and key in there and key not in sorry:
            yield _problem(
                extraction,
                "platform says absent",
                f"{a['name']} is {a['attendance']} on the platform and present on the paper",
            )


def _motions(extraction: Extraction, known: list[dict[str, Any]]) -> Iterator[Row]:
    movers = {surname_key(m["mover"] or "") for m in extraction.rows["motions"]}
    for m in known:
        if m.get("mover") and surname_key(plain(m["mover"])) not in movers:
            yield _problem(
                extraction,
                "platform names another mover",
                f"{m['mover']} moved “{(m.get('title') or '')[:80]}” on the platform; no motion of "
                f"the paper has that mover",
            )


def _problem(extraction: Extraction, kind: str, text: str) -> Row:
    return {
        "document_id": extraction.document_id,
        "page": None,
        "bbox": None,
        "regions": [],
        "confidence": 0.9,
        "extractor": f"minutebook.witness {__version__}",
        "part_id": None,
        "kind": kind,
        "text": text,
    }
