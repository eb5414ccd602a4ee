"""The datasets, declared once: the writer, the data package, `minutebook schema` and docs/datasets.md all come from here."""

from schemas import content, decisions, documents, meetings
from schemas.fields import COMMON, Dataset, Field

DATASETS: dict[str, Dataset] = {
    d.name: d
    for d in (
        documents.DOCUMENTS, documents.PARTS, documents.PAGES, meetings.MEETINGS, meetings.AGENDA_ITEMS, meetings.MEMBERSHIPS, meetings.ATTENDANCE,
        decisions.RESOLUTIONS, decisions.ACTIONS, content.SECTIONS, content.TABLES, content.TABLE_CELLS, content.REPORT_CONTACTS, content.FORWARD_PLAN,
        documents.LINKS, documents.PROBLEMS,
    )
}  # fmt: skip
"""Every dataset by name, in the order that a reader meets them."""

__all__ = ["COMMON", "DATASETS", "Dataset", "Field"]
