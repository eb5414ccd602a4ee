"""What papers say of people that cannot all be so: somebody in two places at one hour, a vote by somebody
who was absent. What the papers of one meeting contradict each other in is told from `repeats`.

Asked of the views that count once, after everything that they count by is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors import __version__
from pipeline.store.facts import rows_of
from pipeline.store.views import PERSON_OF
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import nowhere

EXTRACTOR = f"minutebook.contradictions {__version__}"
MOST_NAMED = 5
"""People whom a doubt about two meetings names; of more it says how many."""

TWO_PLACES = f"""
WITH together AS (
    SELECT DISTINCT council, document_id, meeting_id FROM told.meetings WHERE meeting_id IS NOT NULL
),
joint AS (
    SELECT DISTINCT meeting_id, unnest(list_append(joint_with, body_id)) AS body_id FROM meeting_papers
),
came AS (
    SELECT a.council, coalesce(p.whole, a.person_id) AS person_id,
        any_value(coalesce(p.name, a.name)) AS name, a.meeting_id, t.date, t.body_id,
        any_value(t.venue) AS venue, arg_min(a.document_id, coalesce(a.page, 0)) AS document_id,
        min(coalesce(a.arrived, t.start_time)) AS came, max(coalesce(a.left, t.end_time)) AS went
    FROM attendance a JOIN meetings t USING (meeting_id)
    LEFT JOIN {PERSON_OF} p ON p.council = a.council AND p.person_id = a.person_id
    WHERE a.council <> 'unknown' AND a.status = 'present' AND a.capacity IN ('member', 'officer')
        AND contains(trim(a.name), ' ') AND t.date IS NOT NULL AND t.start_time IS NOT NULL
    GROUP BY ALL
)
SELECT a.council, a.meeting_id, b.meeting_id AS other_id, any_value(a.document_id) AS document_id,
    any_value(a.date) AS date, mode(a.came) AS came, mode(b.came) AS other_came,
    list(DISTINCT a.name ORDER BY a.name) AS names
FROM came a JOIN came b ON a.council = b.council AND a.person_id = b.person_id AND a.date = b.date
    AND a.meeting_id < b.meeting_id
WHERE (a.came = b.came
        OR (b.came > a.came AND b.came < a.went) OR (a.came > b.came AND a.came < b.went))
    AND (a.venue IS NULL OR b.venue IS NULL OR lower(a.venue) <> lower(b.venue) OR a.came <> b.came)
    AND NOT EXISTS (SELECT 1 FROM together x JOIN together y USING (council, document_id)
        WHERE x.meeting_id = a.meeting_id AND y.meeting_id = b.meeting_id)
    AND NOT EXISTS (SELECT 1 FROM joint j WHERE j.meeting_id = a.meeting_id AND j.body_id = b.body_id)
    AND NOT EXISTS (SELECT 1 FROM joint j WHERE j.meeting_id = b.meeting_id AND j.body_id = a.body_id)
GROUP BY a.council, a.meeting_id, b.meeting_id ORDER BY ALL
"""
"""Two meetings of one day whose hours meet and at which one person is present. Bodies that sit together
(minuted in one paper, called jointly, in one room from one hour) are no contradiction; surnames alone may be
two people's."""

ABSENT_AND_VOTED = f"""
WITH away AS (
    SELECT a.council, a.meeting_id, coalesce(p.whole, a.person_id) AS person_id,
        arg_min(a.document_id, coalesce(a.page, 0)) AS document_id, any_value(a.status) AS status
    FROM told.attendance a LEFT JOIN {PERSON_OF} p ON p.council = a.council AND p.person_id = a.person_id
    WHERE a.person_id IS NOT NULL AND a.council <> 'unknown'
    GROUP BY ALL HAVING bool_and(a.status IN ('apologies', 'absent'))
)
SELECT v.council, v.motion_id, v.name, v.choice, v.document_id, w.status, w.document_id AS roll_id
FROM voting_record v JOIN away w USING (council, meeting_id, person_id)
WHERE v.choice IN ('for', 'against', 'abstain') ORDER BY ALL
"""
"""Votes of people whom every roll of the meeting lists as sorry or absent."""


def contradictions(connection: Any) -> Iterator[tuple[str, ProblemRow]]:
    """Each contradiction with its council; `connection` as pipeline.store.sql makes it."""
    for r in rows_of(connection, TWO_PLACES):
        yield r["council"], _two_places(r)
    for r in rows_of(connection, ABSENT_AND_VOTED):
        yield r["council"], _absent_and_voted(r)


def _two_places(r: dict[str, Any]) -> ProblemRow:
    names: list[str] = r["names"]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    text = (
        f"{', '.join(names[:MOST_NAMED])}{more}: present here at {r['came']:%H:%M} and at "
        f"{r['other_came']:%H:%M} in {r['other_id']}"
    )
    at = nowhere(r["document_id"], 0.7, EXTRACTOR)
    return problem(at, ProblemKind.IN_TWO_PLACES, text, row_id=r["meeting_id"])


def _absent_and_voted(r: dict[str, Any]) -> ProblemRow:
    roll = "" if r["roll_id"] == r["document_id"] else f" of {r['roll_id'][:16]}"
    said = "sends apologies" if r["status"] == "apologies" else "is absent"
    text = f"{r['name']} votes {r['choice']} and by the roll{roll} {said}"
    at = nowhere(r["document_id"], 0.8, EXTRACTOR)
    return problem(at, ProblemKind.ABSENT_AND_VOTED, text, row_id=r["motion_id"])
