"""Matters: what a council deals with under one number, followed from the agenda and report over what was
moved and decided to the action, over meetings.

Each fact is told once, since the views that count once are asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractors import __version__
from extractors.rows.people import slug
from pipeline.store.facts import rows_of
from pipeline.store.files import table_of
from pipeline.store.of_council import write_of_councils
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
"""How papers number what they deal with. What is carried from agenda to agenda by its title alone is not
followed."""

ASKED = """
SELECT i.council, 'agenda_items' AS dataset, i.item_id AS row_id, i.meeting_id, i.document_id, i.page,
    i.confidence, i.title AS text, i.title AS item, 'on the agenda' AS event
    FROM agenda_items i
UNION ALL SELECT p.council, 'parts', p.part_id, p.meeting_id, p.document_id, p.page_from, p.confidence,
    p.title, p.title, 'reported' FROM parts p WHERE p.kind = 'report'
UNION ALL SELECT m.council, 'motions', m.motion_id, m.meeting_id, m.document_id, m.page, m.confidence, m.text,
    i.title, CASE WHEN m.outcome IN ('carried', 'agreed') THEN 'carried' WHEN m.outcome = 'lost' THEN 'lost'
    ELSE 'moved' END
    FROM motions m LEFT JOIN items i ON i.meeting_id = m.meeting_id AND i.number = m.item_number
UNION ALL SELECT r.council, 'resolutions', r.resolution_id, r.meeting_id, r.document_id, r.page, r.confidence,
    concat_ws(' ', r.stem, r.text), i.title, CASE WHEN r.kind = 'recommendation' THEN 'recommended'
    WHEN r.verb = 'defer' THEN 'deferred' WHEN r.verb = 'refer' THEN 'referred'
    WHEN r.verb = 'refuse' THEN 'refused' ELSE 'decided' END
    FROM resolutions r LEFT JOIN items i ON i.meeting_id = r.meeting_id AND i.number = r.item_number
UNION ALL SELECT a.council, 'actions', a.action_id, a.meeting_id, a.document_id, a.page, a.confidence, a.text,
    i.title, 'action'
    FROM actions a LEFT JOIN items i ON i.meeting_id = a.meeting_id AND i.number = a.item_number
"""
QUERY = f"""
WITH items AS (
    SELECT meeting_id, number, any_value(title) AS title FROM agenda_items
    WHERE number IS NOT NULL GROUP BY ALL
),
asked AS ({ASKED})
SELECT a.*, t.date FROM asked a LEFT JOIN meetings t USING (meeting_id)
WHERE a.council <> 'unknown' AND regexp_matches(concat_ws(' ', a.text, a.item), '\\d')
ORDER BY a.council, t.date, a.document_id, a.page, a.row_id
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A number that a text names: what kind it is, and how it is printed."""

    kind: MatterKind
    reference: str


def numbers_in(text: str) -> Iterator[Found]:
    """The numbers of matters that a text names, each once."""
    seen: set[Found] = set()
    for kind, look in NUMBERS:
        for m in look.finditer(text):
            found = Found(kind, m[1])
            if found not in seen:
                seen.add(found)
                yield found


def follow_matters(output: Path) -> int:
    """Write `matters` and `matter_events` for every council, from what counts once; how many there are.
    Raises OSError."""
    from pipeline.store.sql import connect

    events: defaultdict[str, defaultdict[str, list[MatterEventRow]]] = defaultdict(lambda: defaultdict(list))
    named: dict[str, tuple[Found, str | None]] = {}
    for r in rows_of(connect(output), QUERY):
        for found in _named(r):
            matter_id = f"{slug(r['council'])}-matter-{found.kind}-{slug(found.reference)}"
            named.setdefault(matter_id, (found, r["item"]))
            events[r["council"]][matter_id].append(_event(matter_id, r))
    tables: dict[str, dict[str, Any]] = {"matters": {}, "matter_events": {}}
    for council, matters in events.items():
        made: dict[str, Sequence[Row]] = {
            "matters": [_matter(key, *named[key], listed) for key, listed in sorted(matters.items())],
            "matter_events": [e for _, listed in sorted(matters.items()) for e in listed],
        }
        for name, rows in made.items():
            tables[name][council] = table_of(DATASETS[name], rows, council)
    for name, of_councils in tables.items():
        write_of_councils(output, name, of_councils)
    return len(named)


def _named(r: dict[str, Any]) -> Iterable[Found]:
    """The numbers of a row: its own words', else its item's, which all that is decided under it is about."""
    return tuple(numbers_in(r["text"] or "")) or tuple(numbers_in(r["item"] or ""))


def _event(matter_id: str, r: dict[str, Any]) -> MatterEventRow:
    event: MatterEvent = r["event"]
    return MatterEventRow(
        place=Place(
            document_id=r["document_id"],
            page=r["page"],
            bbox=None,
            regions=(),
            confidence=r["confidence"],
            extractor=EXTRACTOR,
        ),
        matter_id=matter_id,
        meeting_id=r["meeting_id"],
        date=r["date"],
        event=event,
        dataset=r["dataset"],
        row_id=r["row_id"],
        text=r["text"],
    )


def _matter(matter_id: str, found: Found, title: str | None, events: Sequence[MatterEventRow]) -> MatterRow:
    days: set[date] = {e.date for e in events if e.date}
    return MatterRow(
        place=nowhere(events[0].place.document_id, 0.9, EXTRACTOR),
        matter_id=matter_id,
        reference=found.reference,
        kind=found.kind,
        title=title,
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        meetings=len({e.meeting_id for e in events if e.meeting_id}),
    )
