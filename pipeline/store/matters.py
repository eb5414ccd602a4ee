"""Matters: what a council deals with under one number, put off by its title, or keeps as an action, followed
from the agenda and report over what was moved and decided to the action, over meetings.

Each fact is told once, since the views that count once are asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, groupby
from pathlib import Path
from typing import Any

from extractors import __version__
from extractors.rows.people import slug
from pipeline.store.action_logs import followed_actions, is_done
from pipeline.store.facts import rows_of
from pipeline.store.files import table_of
from pipeline.store.of_council import write_of_councils
from pipeline.store.put_off import Step, carried_by_title
from schemas import DATASETS
from schemas.over_papers import MatterEvent, MatterEventRow, MatterKind, MatterRow
from schemas.row import Place, Row, nowhere

EXTRACTOR = f"minutebook.matters {__version__}"
NUMBER = r"(?:\s+(?:no\.?|number|num\.?|#)\s*:?)\s*#?\s*"
NUMBERS: tuple[tuple[MatterKind, re.Pattern[str]], ...] = (
    ("planning", re.compile(r"(?<![\w/])(\d{2,4}/\d{3,6}/[A-Z]{1,6}\d?)(?![\w/])")),
    ("decision", re.compile(r"(?<![\w/.,£$-])(\d{2}/\d{5})(?![\w/])")),
    (
        "by-law",
        re.compile(
            rf"\bby-?law(?:{NUMBER}|\s+)(\d{{4}}-\d{{1,4}}|(?!(?:19|20)\d\d\b)\d{{2,6}}(?:[-/]\d{{2,4}})?)\b",
            re.I,
        ),
    ),
    ("ordinance", re.compile(rf"\bordinance{NUMBER}(\d[\d.-]*\d|\d)", re.I)),
    ("resolution", re.compile(rf"\bresolution{NUMBER}([A-Z]{{0,4}}-?\d[\d-]*)", re.I)),
    (
        "file",
        re.compile(rf"\b(?:file|bill|case|docket|application){NUMBER}([A-Z]{{0,6}}-?\d[\w/.-]*\w)", re.I),
    ),
)
"""How papers number what they deal with."""

ASKED = """
SELECT i.council, 'agenda_items' AS dataset, i.item_id AS row_id, i.meeting_id, i.document_id, i.page,
    i.confidence, i.title AS text, i.title AS item, i.number, 'on the agenda' AS event, NULL AS status,
    NULL AS source, CAST([] AS VARCHAR[]) AS owners
    FROM agenda_items i
UNION ALL SELECT p.council, 'parts', p.part_id, p.meeting_id, p.document_id, p.page_from, p.confidence,
    p.title, p.title, NULL, 'reported', NULL, NULL, [] FROM parts p WHERE p.kind = 'report'
UNION ALL SELECT m.council, 'motions', m.motion_id, m.meeting_id, m.document_id, m.page, m.confidence, m.text,
    i.title, m.item_number, CASE WHEN m.outcome IN ('carried', 'agreed') THEN 'carried'
    WHEN m.outcome = 'lost' THEN 'lost' ELSE 'moved' END, NULL, NULL, []
    FROM motions m LEFT JOIN items i ON i.meeting_id = m.meeting_id AND i.number = m.item_number
UNION ALL SELECT r.council, 'resolutions', r.resolution_id, r.meeting_id, r.document_id, r.page, r.confidence,
    concat_ws(' ', r.stem, r.text), i.title, r.item_number,
    CASE WHEN r.kind = 'recommendation' THEN 'recommended'
    WHEN r.verb = 'defer' THEN 'deferred' WHEN r.verb = 'refer' THEN 'referred'
    WHEN r.verb = 'refuse' THEN 'refused' ELSE 'decided' END, NULL, NULL, []
    FROM resolutions r LEFT JOIN items i ON i.meeting_id = r.meeting_id AND i.number = r.item_number
UNION ALL SELECT a.council, 'actions', a.action_id, a.meeting_id, a.document_id, a.page, a.confidence, a.text,
    i.title, a.item_number, 'action', a.status, a.source, a.owners
    FROM actions a LEFT JOIN items i ON i.meeting_id = a.meeting_id AND i.number = a.item_number
"""
QUERY = f"""
WITH items AS (
    SELECT meeting_id, number, any_value(title) AS title FROM agenda_items
    WHERE number IS NOT NULL GROUP BY ALL
),
asked AS ({ASKED})
SELECT a.*, t.date, t.body_id FROM asked a LEFT JOIN meetings t USING (meeting_id)
WHERE a.council <> 'unknown' ORDER BY a.council, t.date, a.document_id, a.page, a.row_id
"""
MOST_OF_ID = 8
"""Words of a title that its matter's id is made of."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number that a text names: what kind it is, and how it is printed."""

    kind: MatterKind
    reference: str


def numbers_in(text: str) -> Iterator[Found]:
    """The numbers of matters that a text names, each once."""
    if not any(c.isdigit() for c in text):
        return
    seen: set[Found] = set()
    for kind, look in NUMBERS:
        for m in look.finditer(text):
            found = Found(kind, m[1])
            if found not in seen:
                seen.add(found)
                yield found


def follow_matters(output: Path) -> int:
    """Write `matters` and `matter_events` for every council, from what counts once; how many there are. A
    council's rows are in memory at a time. Raises OSError."""
    from pipeline.store.sql import connect

    tables: dict[str, dict[str, Any]] = {"matters": {}, "matter_events": {}}
    many = 0
    for council, listed in groupby(rows_of(connect(output), QUERY), key=lambda r: str(r["council"])):
        found = sorted(_matters(council, list(listed)), key=lambda m: m.matter_id)
        made: dict[str, Sequence[Row]] = {
            "matters": [_matter(m) for m in found],
            "matter_events": [_event(m.matter_id, step) for m in found for step in m.steps],
        }
        for name, rows in made.items():
            if rows:
                tables[name][council] = table_of(DATASETS[name], rows, council)
        many += len(found)
    for name, of_councils in tables.items():
        write_of_councils(output, name, of_councils)
    return many


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter with its rows, in the order of their days."""

    matter_id: str
    kind: MatterKind
    reference: str
    title: str | None
    steps: Sequence[Step]


def _matters(council: str, rows: Sequence[dict[str, Any]]) -> Iterator[Matter]:
    yield from _numbered(council, rows)
    without = [r for r in rows if r["dataset"] != "parts" and not _named(r)]
    by_words: tuple[tuple[MatterKind, Iterator[tuple[str, list[Step]]]], ...] = (
        ("title", carried_by_title(without)),
        ("action", followed_actions(rows)),
    )
    for kind, found in by_words:
        taken: set[str] = set()
        for title, steps in found:
            first = f"{slug(' '.join(title.split()[:MOST_OF_ID]))}-{steps[0].row['date']}"
            base = f"{slug(council)}-matter-{kind}-{first}"
            matter_id = next(way for n in count(1) if (way := base if n == 1 else f"{base}-{n}") not in taken)
            taken.add(matter_id)
            yield Matter(matter_id, kind, title, title, steps)


def _numbered(council: str, rows: Sequence[dict[str, Any]]) -> Iterator[Matter]:
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    first: dict[str, tuple[Found, str | None]] = {}
    for r in rows:
        for found in _named(r):
            matter_id = f"{slug(council)}-matter-{found.kind}-{slug(found.reference)}"
            first.setdefault(matter_id, (found, r["item"]))
            event: MatterEvent = "completed" if is_done(r["status"]) else r["event"]
            steps[matter_id].append(Step(r, event, f"names {found.reference}"))
    for matter_id, (found, title) in first.items():
        yield Matter(matter_id, found.kind, found.reference, title, steps[matter_id])


def _named(r: dict[str, Any]) -> Iterable[Found]:
    """The numbers of a row: its own words', else its item's, which all that is decided under it is about."""
    return tuple(numbers_in(r["text"] or "")) or tuple(numbers_in(r["item"] or ""))


def _event(matter_id: str, step: Step) -> MatterEventRow:
    r = step.row
    return MatterEventRow(
        place=Place(
            document_id=r["document_id"],
            page=r["page"],
            bbox=None,
            regions=(),
            confidence=round(r["confidence"] * step.sure, 3),
            extractor=EXTRACTOR,
        ),
        matter_id=matter_id,
        meeting_id=r["meeting_id"],
        date=r["date"],
        event=step.event,
        dataset=r["dataset"],
        row_id=r["row_id"],
        text=r["text"],
        evidence=step.evidence,
    )


def _matter(m: Matter) -> MatterRow:
    days: set[date] = {s.row["date"] for s in m.steps if s.row["date"]}
    return MatterRow(
        place=nowhere(m.steps[0].row["document_id"], 0.9 * min(s.sure for s in m.steps), EXTRACTOR),
        matter_id=m.matter_id,
        reference=m.reference,
        kind=m.kind,
        title=m.title,
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        meetings=len({s.row["meeting_id"] for s in m.steps if s.row["meeting_id"]}),
    )
