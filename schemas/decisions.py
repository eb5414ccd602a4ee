"""Decisions: resolutions and recommendations, and who is to do what."""

from schemas.fields import DATE, LIST, REPEATED, TEXT, Dataset, Field

VERBS = ("note", "approve", "agree", "refuse", "defer", "refer", "delegate", "recommend", "appoint", "other")

RESOLUTIONS = Dataset("resolutions", "a clause resolved, or recommended in a report", (
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
))  # fmt: skip

ACTIONS = Dataset("actions", "something somebody is to do", (
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
))  # fmt: skip
