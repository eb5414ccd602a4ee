"""Meetings: what was called, the agenda, who sits on the body, who came."""

from schemas.fields import DATE, FLAG, INT, REPEATED, TEXT, TIME, Dataset, Field

MEETINGS = Dataset(
    "meetings",
    "a meeting that a paper calls or minutes",
    (
        Field("meeting_id", TEXT, "identifies the meeting in this document", required=True),
        Field("committee", REPEATED, "body that meets, as printed"),
        Field("date", DATE, "day of the meeting"),
        Field("start_time", TIME, "when it began or is to begin", "local time"),
        Field("end_time", TIME, "when it rose", "local time"),
        Field("venue", TEXT, "where, as printed"),
        Field("kind", REPEATED, "ordinary, special, extraordinary, annual...; null where nothing says"),
        Field(
            "status",
            REPEATED,
            "called (by an agenda), held (by minutes) or cancelled",
            values=("called", "held", "cancelled"),
        ),
    ),
)

AGENDA_ITEMS = Dataset(
    "agenda_items",
    "an item of a meeting",
    (
        Field("meeting_id", TEXT, "its meeting"),
        Field("item_id", TEXT, "identifies the item", required=True),
        Field("number", REPEATED, 'its number, nested numbers in brackets: "3(1)"'),
        Field(
            "minute_number", REPEATED, 'number of its minute, where minutes are numbered over the year: "292"'
        ),
        Field("parent_number", REPEATED, "number of the item that it is under"),
        Field("position", INT, "its place among the meeting's items, from 1"),
        Field("title", TEXT, "its title, without page numbers"),
        Field("page_from", INT, "first page of its papers in this PDF"),
        Field("page_to", INT, "last page of its papers in this PDF"),
        Field("for_information", FLAG, "marked as for information only"),
        Field("exempt", FLAG, "taken, or to be taken, in private"),
        Field("exempt_reason", TEXT, "words that say why"),
    ),
)

MEMBERSHIPS = Dataset(
    "memberships",
    "a seat on the front sheet's list of members",
    (
        Field("meeting_id", TEXT, "meeting of the front sheet"),
        Field("person_id", TEXT, "person, within the document"),
        Field("name", TEXT, "name as printed, without title"),
        Field("title", REPEATED, "title as printed"),
        Field("role", REPEATED, "Chair, Vice-Chair..."),
    ),
)

ATTENDANCE = Dataset(
    "attendance",
    "a person at, or sorry not to be at, a meeting",
    (
        Field("meeting_id", TEXT, "the meeting"),
        Field("person_id", TEXT, "person, within the document"),
        Field("name", TEXT, "name as printed, without title", required=True),
        Field("title", REPEATED, "Councillor, Mr, Dr... as printed"),
        Field("honours", REPEATED, "letters after the name"),
        Field("status", REPEATED, "how the roll lists the person", values=("present", "apologies", "absent")),
        Field(
            "capacity",
            REPEATED,
            "member: sits on this body; officer: of the council or a partner; other: visiting "
            "councillor, guest, public",
            values=("member", "officer", "other"),
        ),
        Field("role", REPEATED, "Chair, Mayor... at this meeting"),
        Field("job_title", TEXT, "post, as printed"),
        Field("organisation", TEXT, "body that a guest comes from"),
        Field("substitute_for", TEXT, "whose place the person took"),
        Field("virtual", FLAG, "true when by video or telephone; null where nothing says"),
        Field("arrived", TIME, "when, if later than the start", "local time"),
        Field("left", TIME, "when, if before the end", "local time"),
    ),
)
