"""The second witness: what the platform knows of a paper's meeting, put beside what the PDF said; differences
become problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from extractors import __version__
from extractors.mentions.names import strip_honours, strip_title, surname_key
from extractors.rows import Extraction
from extractors.rows.across import name_doubts
from schemas.decisions import MotionRow
from schemas.documents import DocumentRow
from schemas.meetings import AttendanceRow, MeetingRow
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import nowhere

PRESENT = ("present", "attended", "in attendance", "as substitute", "in attendance, virtual")
SORRY = ("apologies", "apologies sent", "absent", "absence")


def with_source(extraction: Extraction, source: dict[str, Any]) -> Extraction:
    """The extraction with the address and days that the archive knows, and with what the platform says
    differently as problems."""
    was = extraction.document
    document = replace(
        was,
        source_url=source.get("source_url") or was.source_url,
        fetched_at=source.get("fetched_at") or was.fetched_at,
        published_at=source.get("published_at") or was.published_at,
        committee=was.committee or source.get("committee"),
        meeting_date=was.meeting_date or _day(source.get("meeting_date")),
        supersedes=source.get("supersedes"),
        other_councils=tuple(source.get("other_councils") or ()) or None,
    )
    problems = [*extraction.of(ProblemRow), *_differences(extraction, document, source)]
    rows = {**extraction.rows, "documents": [document], "problems": problems}
    year = extraction.year or (document.meeting_date.year if document.meeting_date else None)
    return replace(extraction, rows=rows, year=year)


def _day(said: date | str | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said


def _differences(
    extraction: Extraction, document: DocumentRow, source: dict[str, Any]
) -> Iterator[ProblemRow]:
    said = source.get("meeting_date")
    if said and document.meeting_date and str(document.meeting_date) != str(said):
        yield _problem(
            extraction,
            ProblemKind.PLATFORM_SAYS_ANOTHER_DAY,
            f"the platform dates the meeting {said}, the paper {document.meeting_date}",
            document.meeting_id,
        )
    yield from name_doubts(source.get("source_url") or "", document, extraction.of(MeetingRow))
    knows: dict[str, Any] = source.get("knows") or {}
    minuted = {m.meeting_id for m in extraction.of(MeetingRow) if str(m.date) == str(said)}
    own = [r for r in extraction.of(AttendanceRow) if r.meeting_id in minuted]
    if knows.get("attendance") and own:
        yield from _roll(extraction, own, knows["attendance"])
    motions = extraction.of(MotionRow)
    if knows.get("motions") and motions:
        yield from _motions(extraction, motions, knows["motions"])


def plain(name: str) -> str:
    """A name without title and honours."""
    return strip_title(strip_honours(name)[0])[1]


def _roll(
    extraction: Extraction, roll: Sequence[AttendanceRow], attendees: list[dict[str, str]]
) -> Iterator[ProblemRow]:
    there = {surname_key(r.name) for r in roll if r.status == "present"}
    sorry = {surname_key(r.name) for r in roll if r.status != "present"}
    for a in attendees:
        key, how = surname_key(plain(a["name"])), a["attendance"].lower()
        if how.startswith(PRESENT) and key not in there:
            yield _problem(
                extraction,
                ProblemKind.PLATFORM_SAYS_PRESENT,
                f"{a['name']} is {a['attendance']} on the platform and not on the paper's roll",
                roll[0].meeting_id,
            )
        elif how.startswith(SORRY) and key in there and key not in sorry:
            yield _problem(
                extraction,
                ProblemKind.PLATFORM_SAYS_ABSENT,
                f"{a['name']} is {a['attendance']} on the platform and present on the paper",
                roll[0].meeting_id,
            )


def _motions(
    extraction: Extraction, motions: Sequence[MotionRow], known: list[dict[str, Any]]
) -> Iterator[ProblemRow]:
    movers = {surname_key(m.mover or "") for m in motions}
    for m in known:
        if m.get("mover") and surname_key(plain(m["mover"])) not in movers:
            yield _problem(
                extraction,
                ProblemKind.PLATFORM_NAMES_ANOTHER_MOVER,
                f"{m['mover']} moved “{(m.get('title') or '')[:80]}” on the platform; no motion of "
                f"the paper has that mover",
            )


def _problem(extraction: Extraction, kind: ProblemKind, text: str, row_id: str | None = None) -> ProblemRow:
    place = nowhere(extraction.document_id, 0.9, f"minutebook.witness {__version__}")
    return problem(place, kind, text, row_id=row_id)
