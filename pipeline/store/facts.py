"""The rows that several papers may tell, as they are compared: read from the datasets for some meetings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.store.repeats import Fact

ASKED = (
    ("agenda_items", "item_id", {"text": "title", "item": "number"}),
    ("memberships", "concat_ws('/', t.meeting_id, name)", {"who": "person_id", "name": "name"}),
    (
        "attendance",
        "concat_ws('/', t.meeting_id, name)",
        {"who": "person_id", "name": "name", "said": "status"},
    ),
    (
        "declarations",
        "concat_ws('/', t.meeting_id, name, item_number)",
        {"item": "item_number", "who": "person_id", "name": "name"},
    ),
    ("corrections", "correction_id", {"text": "text", "item": "item_number"}),
    (
        "motions",
        "motion_id",
        {"text": "text", "item": "item_number", "sort": "kind", "name": "mover", "said": "outcome"},
    ),
    ("resolutions", "resolution_id", {"text": "text", "item": "item_number", "sort": "kind"}),
    ("actions", "action_id", {"text": "text", "item": "item_number"}),
    (
        "votes",
        "concat_ws('/', motion_id, name)",
        {"who": "person_id", "name": "name", "said": "choice", "motion": "motion_id"},
    ),
)
"""By dataset: how `repeats.row_id` names a row, and which columns are compared as what."""
COLUMNS = ("text", "item", "sort", "who", "name", "said", "motion")
WHOLE = """
CREATE OR REPLACE TEMP TABLE whole AS
SELECT person_id AS whole, unnest(also_ids) AS person_id FROM files.people WHERE len(also_ids) > 0
"""
"""By each printing's person_id, the person that `minutebook people` put it together with."""


def facts_of(
    connection: Any, told_ids: Iterable[str], councils: Sequence[str] | None = None
) -> Iterator[Fact]:
    """Every row of the meetings, each named by a document's own meeting_id, in order of those; `councils`
    where it is known whose they are, so that others' rows need not be looked at."""
    import pyarrow as pa

    connection.register("asked", pa.table({"meeting_id": pa.array(list(told_ids), pa.string())}))
    connection.execute(WHOLE)
    chosen = f" WHERE t.council IN ({', '.join(quoted(c) for c in councils)})" if councils else ""
    queries = " UNION ALL ".join(_query(*asked) + chosen for asked in ASKED)
    for r in rows_of(connection, f"{queries} ORDER BY told_id, dataset, page, row_id"):
        yield Fact(**r)


def _query(dataset: str, row_id: str, columns: dict[str, str]) -> str:
    chosen = [f"t.{columns[c]}" if c in columns else "NULL" for c in COLUMNS]
    chosen[COLUMNS.index("text")] = f"coalesce({columns['text']}, '')" if "text" in columns else "''"
    if "who" in columns:
        chosen[COLUMNS.index("who")] = "coalesce(p.whole, t.person_id)"
    named = ", ".join(f"CAST({value} AS VARCHAR) AS {c}" for c, value in zip(COLUMNS, chosen, strict=True))
    source = f"files.{dataset} t"
    if dataset == "votes":  # of the meeting of their motion
        source = "(SELECT v.*, m.meeting_id FROM files.votes v JOIN files.motions m USING (motion_id)) t"
    people = " LEFT JOIN whole p ON p.person_id = t.person_id" if "who" in columns else ""
    return (
        f"SELECT '{dataset}' AS dataset, {row_id} AS row_id, t.document_id, t.meeting_id AS told_id, "
        f"{named}, t.page FROM {source} JOIN asked ON asked.meeting_id = t.meeting_id{people}"
    )


def quoted(text: str) -> str:
    """The text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def rows_of(connection: Any, query: str) -> Iterator[dict[str, Any]]:
    """A query's rows, a batch in memory at a time."""
    asked = connection.execute(query)
    names = [column[0] for column in asked.description]
    while batch := asked.fetchmany(50_000):
        yield from (dict(zip(names, row, strict=True)) for row in batch)
