"""The views that count once: over the datasets as their files hold them (`files.X`), every row with the
meeting that all papers share and the row that it repeats (`told.X`), and what counts (`X`)."""

from __future__ import annotations

from typing import Any

from schemas import DATASETS, Dataset

FILES, TOLD = "files", "told"
ROW_ID = {
    "parts": "part_id",
    "agenda_items": "item_id",
    "memberships": "concat_ws('/', t.meeting_id, t.name)",
    "attendance": "concat_ws('/', t.meeting_id, t.name)",
    "declarations": "concat_ws('/', t.meeting_id, t.name, t.item_number)",
    "corrections": "correction_id",
    "motions": "motion_id",
    "votes": "concat_ws('/', t.motion_id, t.name)",
    "resolutions": "resolution_id",
    "actions": "action_id",
}
"""By dataset whose rows may repeat others, how `repeats.row_id` names a row."""
OF_MEETINGS = ("meeting_papers", "repeats", "matter_events", "corrected")
"""Datasets whose meeting_id is that of all papers already."""
OF_A_PART = ("sections", "tables", "amounts", "links", "report_contacts", "risks", "measures")
"""Datasets whose rows count by the part that they stand in."""
COUNTED = (*ROW_ID, *OF_A_PART, "table_cells")
"""Datasets whose rows may be told before."""
OF_A_MOTION = ("votes", "resolutions")
"""Datasets whose motion_id may be that of a motion which repeats another."""
MEETING_OF = """(
    SELECT told_id, any_value(meeting_id) AS meeting_id FROM files.meeting_papers GROUP BY told_id
)"""
"""By a document's own meeting_id, the meeting that all papers share."""


PART_REPEATS = "r.dataset = 'parts' AND r.council = {0}.council AND r.row_id = {0}.part_id"
TABLES_AGAIN = f"""(
    SELECT x.table_id, r.told_before, r.account FROM {FILES}.tables x
    JOIN {FILES}.repeats r ON {PART_REPEATS.format("x")}
)"""
"""The tables of parts that repeat others."""


def make_views(connection: Any) -> None:
    """Make `told` and the views that count once, over the views of the files."""
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {TOLD}")
    for dataset in DATASETS.values():
        connection.execute(f"CREATE OR REPLACE VIEW {TOLD}.{dataset.name} AS {_told(dataset)}")
    for dataset in DATASETS.values():
        connection.execute(f"CREATE OR REPLACE VIEW {dataset.name} AS {_counted(dataset)}")
    for name, query in RECORDS.items():
        connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")


def _told(dataset: Dataset) -> str:
    """Every row; what names a meeting names the one that all papers share, `told_id` the document's own."""
    name = dataset.name
    if name == "problems":
        return PROBLEMS
    told: list[str] = []
    replaced: list[str] = []
    joins: list[str] = []
    if "meeting_id" in {f.name for f in dataset.fields} and name not in OF_MEETINGS:
        replaced.append("coalesce(m.meeting_id, t.meeting_id) AS meeting_id")
        told.append("t.meeting_id AS told_id")
        joins.append(f"LEFT JOIN {MEETING_OF} m ON m.told_id = t.meeting_id")
    if name in ROW_ID:
        told.append("r.told_before, r.account")
        joins.append(
            f"LEFT JOIN {FILES}.repeats r ON r.dataset = '{name}' AND r.council = t.council "
            f"AND r.row_id = {ROW_ID[name]}"
        )
    if name in OF_A_PART:
        told.append("r.told_before, r.account")
        joins.append(f"LEFT JOIN {FILES}.repeats r ON {PART_REPEATS.format('t')}")
    if name == "table_cells":
        told.append("r.told_before, r.account")
        joins.append(f"LEFT JOIN {TABLES_AGAIN} r ON r.table_id = t.table_id")
    if name in OF_A_MOTION:
        replaced.append("coalesce(o.told_before, t.motion_id) AS motion_id")
        joins.append(
            f"LEFT JOIN {FILES}.repeats o ON o.dataset = 'motions' AND o.council = t.council "
            f"AND o.row_id = t.motion_id"
        )
    star = "t.*" + (f" REPLACE ({', '.join(replaced)})" if replaced else "")
    return f"SELECT {', '.join((star, *told))} FROM {FILES}.{name} t {' '.join(joins)}"


def _counted(dataset: Dataset) -> str:
    name = dataset.name
    if name == "meetings":
        return MEETINGS
    fields = {f.name for f in dataset.fields}
    left_out = ["told_id"] if "meeting_id" in fields and name not in OF_MEETINGS else []
    left_out += ["told_before", "account"] if name in COUNTED else []
    star = "*" + (f" EXCLUDE ({', '.join(left_out)})" if left_out else "")
    where = " WHERE told_before IS NULL" if name in COUNTED else ""
    return f"SELECT {star} FROM {TOLD}.{name}{where}"


PROBLEMS = f"""
SELECT p.* REPLACE (coalesce(m.meeting_id, p.row_id) AS row_id)
FROM {FILES}.problems p LEFT JOIN {MEETING_OF} m ON m.told_id = p.row_id
UNION ALL BY NAME SELECT * FROM {FILES}.problems_over_papers
"""

MEETINGS = f"""
WITH accounts AS (
    SELECT told_id, meeting_id, any_value(body_id) AS body_id, min(rank) AS rank,
        list(DISTINCT relation) AS relations
    FROM {FILES}.meeting_papers GROUP BY told_id, meeting_id
),
every AS (
    SELECT t.* REPLACE (coalesce(a.meeting_id, t.meeting_id) AS meeting_id), coalesce(a.rank, 1) AS rank,
        a.body_id, coalesce(a.relations, []) AS relations
    FROM {FILES}.meetings t LEFT JOIN accounts a ON a.told_id = t.meeting_id
)
SELECT
    arg_min(document_id, rank) AS document_id,
    arg_min(page, rank) AS page,
    arg_min(bbox, rank) AS bbox,
    arg_min(regions, rank) AS regions,
    arg_min(confidence, rank) AS confidence,
    arg_min(extractor, rank) AS extractor,
    meeting_id,
    arg_min(committee, rank) AS committee,
    arg_min(date, rank) AS date,
    arg_min(called_for, rank) AS called_for,
    arg_min(start_time, rank) AS start_time,
    arg_min(adjourned, rank) AS adjourned,
    arg_min(resumed, rank) AS resumed,
    arg_min(end_time, rank) AS end_time,
    arg_min(venue, rank) AS venue,
    coalesce(arg_min(kind, rank) FILTER (kind <> 'ordinary'), any_value(kind)) AS kind,
    CASE WHEN bool_or(status = 'held') THEN 'held'
        WHEN bool_or(status = 'cancelled') THEN 'cancelled'
        WHEN bool_or(status = 'postponed') THEN 'postponed'
        ELSE any_value(status) END AS status,
    any_value(body_id) AS body_id,
    bool_or(list_has_any(relations, ['calls', 'supplement', 'report'])) AS called,
    bool_or(list_has_any(relations, ['minutes', 'draft minutes', 'earlier minutes', 'verbatim record']))
        AS minuted,
    count(DISTINCT document_id) AS papers,
    any_value(council) AS council,
    arg_min(year, rank) AS year
FROM every GROUP BY meeting_id
"""

PERSON_OF = f"""(
    SELECT council, person_id AS whole, name, unnest(list_prepend(person_id, also_ids)) AS person_id
    FROM {FILES}.people
)"""
"""By each printing's person_id, the person that `minutebook people` put it together with."""

VOTING_RECORD = f"""
SELECT v.council, t.date, t.committee, t.body_id, m.meeting_id, v.motion_id, m.item_number, m.kind, m.text,
    m.mover, m.seconder, m.outcome, m.reference, coalesce(p.whole, v.person_id) AS person_id,
    coalesce(p.name, v.name) AS name, v.choice,
    CASE WHEN v.choice IN ('for', 'against') AND m.outcome IN ('carried', 'agreed', 'lost')
        THEN (v.choice = 'for') = (m.outcome <> 'lost') END AS prevailed,
    v.document_id, v.page, v.confidence
FROM votes v JOIN motions m USING (motion_id) LEFT JOIN meetings t USING (meeting_id)
LEFT JOIN {PERSON_OF} p ON p.council = v.council AND p.person_id = v.person_id
"""
"""A row a vote: how a person voted on a motion, and whether the motion went so."""

ATTENDANCE_RECORD = f"""
SELECT a.council, t.date, t.committee, t.body_id, a.meeting_id, coalesce(p.whole, a.person_id) AS person_id,
    coalesce(p.name, a.name) AS name, a.capacity, a.status, a.role, a.substitute_for, a.virtual, a.arrived,
    a.left, a.document_id, a.page, a.confidence
FROM attendance a LEFT JOIN meetings t USING (meeting_id)
LEFT JOIN {PERSON_OF} p ON p.council = a.council AND p.person_id = a.person_id
"""
"""A row a person and meeting: present, sorry not to be, or absent."""

AGREEMENT = """
WITH pairs AS (
    SELECT a.council, a.person_id, b.person_id AS other_id, any_value(a.name) AS name,
        any_value(b.name) AS other_name, count(*) AS votes,
        count(*) FILTER (a.choice = b.choice) AS agreed
    FROM voting_record a JOIN voting_record b ON a.council = b.council AND a.motion_id = b.motion_id
        AND a.person_id < b.person_id
    WHERE a.choice IN ('for', 'against') AND b.choice IN ('for', 'against')
    GROUP BY a.council, a.person_id, b.person_id
)
SELECT council, person_id, other_id, name, other_name, votes, agreed, agreed / votes AS share,
    greatest(0, (share + 1.9208 / votes - 1.96 * sqrt((share * (1 - share) + 0.9604 / votes) / votes))
        / (1 + 3.8416 / votes)) AS least,
    least(1, (share + 1.9208 / votes + 1.96 * sqrt((share * (1 - share) + 0.9604 / votes) / votes))
        / (1 + 3.8416 / votes)) AS most
FROM pairs
"""
"""A row two people who voted for or against in the same divisions: in how many, in how many alike, and
between what bounds the share lies (Wilson's interval at 95 in 100)."""

RECORDS = {"voting_record": VOTING_RECORD, "attendance_record": ATTENDANCE_RECORD, "agreement": AGREEMENT}
"""Views for the questions that are asked most, by name."""
