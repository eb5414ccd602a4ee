"""Decisions: interests declared, motions and votes, resolutions and recommendations, and who is to do
what."""

from schemas.fields import DATE, FLAG, INT, LIST, REPEATED, TEXT, Dataset, Field

VERBS = ("note", "approve", "agree", "refuse", "defer", "refer", "delegate", "recommend", "appoint", "other")

DECLARATIONS = Dataset(
    "declarations",
    "an interest declared",
    (
        Field("meeting_id", TEXT, "meeting"),
        Field("item_number", REPEATED, "item that the interest is in, where that is said"),
        Field("person_id", TEXT, "who declared it"),
        Field("name", TEXT, "name as printed, without title", required=True),
        Field(
            "kind",
            REPEATED,
            "pecuniary: financial; non-pecuniary: personal and the like; other: not said",
            values=("pecuniary", "non-pecuniary", "other"),
        ),
        Field("text", TEXT, "the paper's words"),
        Field(
            "left_meeting",
            FLAG,
            "true when the person left or took no part, false when they stayed; null where nothing says",
        ),
    ),
)

MOTIONS = Dataset(
    "motions",
    "a motion or amendment put",
    (
        Field("meeting_id", TEXT, "meeting"),
        Field("motion_id", TEXT, "identifies the motion", required=True),
        Field("item_number", REPEATED, "agenda item"),
        Field("kind", REPEATED, "motion or amendment", values=("motion", "amendment")),
        Field("amends", TEXT, "motion_id of the motion that an amendment amends"),
        Field("mover", REPEATED, "who moved it, as printed"),
        Field("mover_person_id", TEXT, "the mover, where the roll tells who that is"),
        Field("seconder", REPEATED, "who seconded it, as printed"),
        Field("seconder_person_id", TEXT, "the seconder, where the roll tells who that is"),
        Field("text", TEXT, "its words"),
        Field(
            "outcome",
            REPEATED,
            "how it ended; null where nothing says, or when it was deferred",
            values=("carried", "lost", "withdrawn", "agreed"),
        ),
        Field("outcome_text", REPEATED, "how it ended, as printed"),
        Field("unanimous", FLAG, "true where the paper says so; null elsewhere"),
        Field("votes_for", INT, "votes for, as counted in print", "votes"),
        Field("votes_against", INT, "votes against, as counted in print", "votes"),
        Field("abstentions", INT, "abstentions, as counted in print", "votes"),
        Field("casting_vote", FLAG, "a casting vote decided it"),
        Field("reference", TEXT, 'number that the council gives it: "R2025-051"'),
    ),
)

VOTES = Dataset(
    "votes",
    "one person's recorded vote",
    (
        Field("motion_id", TEXT, "motion", required=True),
        Field("person_id", TEXT, "who voted"),
        Field("name", TEXT, "name as printed, without title", required=True),
        Field(
            "choice", REPEATED, "for, against or abstain", values=("for", "against", "abstain"), required=True
        ),
    ),
)

RESOLUTIONS = Dataset(
    "resolutions",
    "a clause resolved, or recommended in a report",
    (
        Field("meeting_id", TEXT, "meeting that resolved it, or that the report is for"),
        Field("resolution_id", TEXT, "identifies the clause", required=True),
        Field("item_number", REPEATED, "agenda item"),
        Field("clause", REPEATED, 'number of the clause as printed: "1", "(a)"; null when there is one only'),
        Field("kind", REPEATED, "resolution or recommendation", values=("resolution", "recommendation")),
        Field("verb", REPEATED, "what it does", values=VERBS),
        Field("text", TEXT, "the clause's own words", required=True),
        Field("motion_id", TEXT, "motion that it came from"),
        Field("stem", TEXT, "words that the clause hangs from; the preamble of a motion"),
        Field("reference", TEXT, 'number that the council gives it: "R2025-051"'),
        Field("mover", TEXT, "who moved it, as printed"),
        Field("seconder", TEXT, "who seconded it, as printed"),
        Field("outcome", REPEATED, "outcome as printed: carried..."),
    ),
)

ACTIONS = Dataset(
    "actions",
    "something somebody is to do",
    (
        Field("meeting_id", TEXT, "meeting"),
        Field("action_id", TEXT, "identifies the action", required=True),
        Field("item_number", REPEATED, "agenda item"),
        Field("owners", LIST, "who is to do it, as printed; empty when nobody is named"),
        Field("owner_person_ids", LIST, "those of them who are people known in the document"),
        Field("owner_kind", REPEATED, "what sort of owner", values=("person", "role", "body", "unknown")),
        Field("text", TEXT, "what is to be done, in the paper's words", required=True),
        Field("due_text", TEXT, "by when, as printed"),
        Field("due_date", DATE, "the day that names, when it names one"),
        Field("status", REPEATED, "as an action table prints it"),
        Field("source", REPEATED, "where it was read", values=("minutes", "resolution", "action_table")),
    ),
)
