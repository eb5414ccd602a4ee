"""The datasets, declared once: the writer, the data package, `minutebook schema` and docs/datasets.md all
come from here."""

from schemas import content, decisions, documents, meetings, people
from schemas.fields import COMMON, Dataset, Field

DATASETS: dict[str, Dataset] = {
    d.name: d
    for d in (
        documents.DOCUMENTS,
        documents.PARTS,
        documents.PAGES,
        meetings.MEETINGS,
        meetings.AGENDA_ITEMS,
        meetings.MEMBERSHIPS,
        meetings.ATTENDANCE,
        decisions.DECLARATIONS,
        decisions.MOTIONS,
        decisions.VOTES,
        decisions.RESOLUTIONS,
        decisions.ACTIONS,
        content.SECTIONS,
        content.TABLES,
        content.TABLE_CELLS,
        content.REPORT_CONTACTS,
        content.FORWARD_PLAN,
        content.RISKS,
        content.MEASURES,
        content.AMOUNTS,
        people.PEOPLE_NAMED,
        people.PEOPLE,
        people.PEOPLE_LINKS,
        documents.LINKS,
        documents.PROBLEMS,
    )
}
"""Every dataset by name, in the order that a reader meets them."""

OF_A_COUNCIL = ("people", "people_links")
"""Datasets made from all of a council's documents: one file a council instead of one a document."""

__all__ = ["COMMON", "DATASETS", "OF_A_COUNCIL", "Dataset", "Field"]
