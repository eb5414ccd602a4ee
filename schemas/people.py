"""People: as one document names them, and across a council's documents."""

from schemas.fields import DATE, LIST, REPEATED, TEXT, Dataset, Field

PEOPLE_NAMED = Dataset(
    "people_named",
    "a person as one document names them",
    (
        Field(
            "person_id",
            TEXT,
            "person; the same for the same full name in all of a council's documents",
            required=True,
        ),
        Field("name", TEXT, "fullest name printed, without title", required=True),
        Field("other_names", LIST, "other ways the document prints the name"),
        Field("titles", LIST, "titles printed with it"),
        Field("roles", LIST, "offices and posts printed with it"),
        Field("capacities", LIST, "member, officer, other: how the rolls list the person"),
        Field("seen", DATE, "day of the first meeting in the document that names the person"),
    ),
)

PEOPLE = Dataset(
    "people",
    "a person across a council's documents",
    (
        Field("person_id", TEXT, "identifies the person", required=True),
        Field("name", TEXT, "fullest name printed, without title", required=True),
        Field("other_names", LIST, "other ways the papers print the name"),
        Field(
            "also_ids",
            LIST,
            "person_id of other printings that are this person, each with its evidence in people_links",
        ),
        Field("titles", LIST, "titles printed with it"),
        Field("roles", LIST, "offices and posts"),
        Field("capacities", LIST, "member, officer, other"),
        Field("first_seen", DATE, "first meeting"),
        Field("last_seen", DATE, "last meeting"),
        Field("documents", LIST, "documents that name the person"),
    ),
)

PEOPLE_LINKS = Dataset(
    "people_links",
    "two printings that are, or may be, one person",
    (
        Field("person_id", TEXT, "the one", required=True),
        Field("other_id", TEXT, "the other", required=True),
        Field("name", TEXT, "name of the one"),
        Field("other_name", TEXT, "name of the other"),
        Field("same", REPEATED, "yes, no or doubtful", values=("yes", "no", "doubtful"), required=True),
        Field("evidence", TEXT, "why"),
        Field(
            "decided_by",
            REPEATED,
            "rule, or the decisions file that a person keeps",
            values=("rule", "person"),
        ),
    ),
)
