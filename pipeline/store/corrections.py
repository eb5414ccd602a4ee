"""Which rows the corrections of later minutes are about: by the day, the minute and the words that they name.

A correction is not applied: the row stays as its paper tells it, and `corrected` says what was put right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractors import __version__
from pipeline.store.facts import rows_of
from pipeline.store.files import table_of
from pipeline.store.of_council import write_of_councils
from pipeline.store.repeats import plain
from schemas import DATASETS
from schemas.over_papers import Corrected, CorrectedRow
from schemas.people import Same
from schemas.row import nowhere

EXTRACTOR = f"minutebook.corrected {__version__}"
FEW = 3
"""Rows with the words quoted, of which each is doubted; where more have them nothing is pointed at."""

CORRECTIONS = """
CREATE OR REPLACE TEMP TABLE correcting AS
WITH made AS (
    SELECT c.council, c.correction_id, c.document_id, c.minutes_of, c.minute, c.was, c.reads, c.confidence,
        t.body_id, t.date
    FROM corrections c JOIN meetings t USING (meeting_id) WHERE c.council <> 'unknown'
),
fits AS (
    SELECT m.*, t.meeting_id, t.body_id IS NOT DISTINCT FROM m.body_id AS same_body,
        m.minutes_of IS NOT NULL AS said
    FROM made m JOIN meetings t ON t.council = m.council AND t.minuted AND
        CASE WHEN m.minutes_of IS NULL THEN t.body_id = m.body_id AND t.date < m.date
        ELSE t.date = m.minutes_of END
    QUALIFY row_number() OVER (PARTITION BY m.correction_id ORDER BY same_body DESC, t.date DESC,
        t.meeting_id) = 1
)
FROM fits
"""
"""Each correction with the meeting whose minutes it is about: of the day that it names, else the body's last
before, which is doubtful."""

ROWS = """
WITH rows AS (
    SELECT 'agenda_items' AS dataset, item_id AS row_id, meeting_id, minute_number, number, title AS text
        FROM agenda_items
    UNION ALL SELECT 'resolutions', resolution_id, meeting_id, NULL, item_number, concat_ws(' ', stem, text)
        FROM resolutions
    UNION ALL SELECT 'motions', motion_id, meeting_id, NULL, item_number, text FROM motions
    UNION ALL SELECT 'actions', action_id, meeting_id, NULL, item_number, text FROM actions
    UNION ALL SELECT 'attendance', concat_ws('/', told_id, name), meeting_id, NULL, NULL,
        concat_ws(' ', title, name) FROM told.attendance WHERE told_before IS NULL
)
SELECT r.* FROM rows r WHERE r.meeting_id IN (SELECT meeting_id FROM correcting) ORDER BY ALL
"""


def point_at_corrected(output: Path) -> int:
    """Write `corrected` for every council; how many rows. Raises OSError."""
    from pipeline.store.sql import connect

    connection = connect(output)
    connection.execute(CORRECTIONS)
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for r in rows_of(connection, ROWS):
        rows[r["meeting_id"]].append(r)
    made: defaultdict[str, list[CorrectedRow]] = defaultdict(list)
    for c in rows_of(connection, "FROM correcting ORDER BY council, correction_id"):
        made[c["council"]] += corrected_by(c, rows[c["meeting_id"]])
    tables = {name: table_of(DATASETS["corrected"], listed, name) for name, listed in made.items()}
    write_of_councils(output, "corrected", tables)
    return sum(map(len, made.values()))


def corrected_by(c: dict[str, Any], rows: Sequence[dict[str, Any]]) -> Iterator[CorrectedRow]:
    """The rows that a correction is about: those with the words that it quotes, else the minute that it
    names, else the meeting alone. `c` and `rows` as CORRECTIONS and ROWS give them."""
    sure = c["said"] and c["same_body"]
    whose = f"minutes of {c['minutes_of']}" if c["said"] else "the body's last minutes before"
    items = [r for r in rows if r["dataset"] == "agenda_items" and _is_minute(r, c["minute"])]
    numbers = {c["minute"], *(str(r["number"]) for r in items)}
    under = [r for r in rows if r["number"] in numbers or r in items] if c["minute"] else list(rows)
    for words, state in _quoted(c):
        found = [r for r in under if f" {plain(words)} " in f" {plain(r['text'] or '')} "]
        if 0 < len(found) <= FEW:
            evidence = f'{whose}{_minute(c)}, "{words}"'
            for r in found:
                yield _row(c, r["dataset"], r["row_id"], sure and _say_one_thing(found), evidence, state)
            return
    for r in items:
        yield _row(c, r["dataset"], r["row_id"], sure and len(items) == 1, f"{whose}{_minute(c)}", None)
    if not items:
        yield _row(c, "meetings", c["meeting_id"], sure, whose, None)


def _say_one_thing(found: Sequence[dict[str, Any]]) -> bool:
    """Whether the rows have one text under one item, as a motion and what was resolved by it."""
    texts = sorted((plain(r["text"] or "") for r in found), key=len)
    return len({r["number"] for r in found}) == 1 and all(texts[0] in text for text in texts)


def _quoted(c: dict[str, Any]) -> Iterator[tuple[str, Corrected]]:
    if plain(c["was"] or ""):
        yield c["was"], "as before"
    if plain(c["reads"] or ""):
        yield c["reads"], "as corrected"


def _is_minute(r: dict[str, Any], minute: str | None) -> bool:
    """Whether the item is the minute that is named."""
    return minute is not None and plain(minute) in {plain(r["minute_number"] or ""), plain(r["number"] or "")}


def _minute(c: dict[str, Any]) -> str:
    return f", minute {c['minute']}" if c["minute"] else ""


def _row(
    c: dict[str, Any], dataset: str, row_id: str, sure: bool, evidence: str, state: Corrected | None
) -> CorrectedRow:
    same: Same = "yes" if sure else "doubtful"
    return CorrectedRow(
        place=nowhere(c["document_id"], round(c["confidence"] * (1 if sure else 0.6), 3), EXTRACTOR),
        correction_id=c["correction_id"],
        meeting_id=c["meeting_id"],
        dataset=dataset,
        row_id=row_id,
        same=same,
        evidence=evidence,
        state=state,
    )
