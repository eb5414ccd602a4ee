"""People: as one document names them, and across a council's documents."""

import datetime as dt
from typing import Annotated, Literal

from schemas.fields import Column
from schemas.row import Row, dataset

Same = Literal["yes", "no", "doubtful"]
DecidedBy = Literal["rule", "person"]


@dataset("people_named")
class PersonNamedRow(Row):
    """A person as one document names them."""

    person_id: Annotated[
        str, Column("person; the same for the same full name in all of a council's documents")
    ]
    name: Annotated[str, Column("fullest name printed, without title")]
    other_names: Annotated[tuple[str, ...], Column("other ways the document prints the name")]
    titles: Annotated[tuple[str, ...], Column("titles printed with it")]
    roles: Annotated[tuple[str, ...], Column("offices and posts printed with it")]
    capacities: Annotated[tuple[str, ...], Column("member, officer, other: how the rolls list the person")]
    seen: Annotated[dt.date | None, Column("day of the first meeting in the document that names the person")]


@dataset("people")
class PersonRow(Row):
    """A person across a council's documents."""

    person_id: Annotated[str, Column("identifies the person")]
    name: Annotated[str, Column("fullest name printed, without title")]
    other_names: Annotated[tuple[str, ...], Column("other ways the papers print the name")]
    also_ids: Annotated[
        tuple[str, ...],
        Column("person_id of other printings that are this person, each with its evidence in people_links"),
    ]
    titles: Annotated[tuple[str, ...], Column("titles printed with it")]
    roles: Annotated[tuple[str, ...], Column("offices and posts")]
    capacities: Annotated[tuple[str, ...], Column("member, officer, other")]
    first_seen: Annotated[dt.date | None, Column("first meeting")]
    last_seen: Annotated[dt.date | None, Column("last meeting")]
    documents: Annotated[tuple[str, ...], Column("documents that name the person")]


@dataset("people_links")
class PersonLinkRow(Row):
    """Two printings that are, or may be, one person."""

    person_id: Annotated[str, Column("the one")]
    other_id: Annotated[str, Column("the other")]
    name: Annotated[str | None, Column("name of the one")]
    other_name: Annotated[str | None, Column("name of the other")]
    same: Annotated[Same, Column("yes, no or doubtful")]
    evidence: Annotated[str | None, Column("why")]
    decided_by: Annotated[DecidedBy | None, Column("rule, or the decisions file that a person keeps")]
