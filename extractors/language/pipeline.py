"""The spaCy pipeline: registered factories, one a kind of fact, over Docs made from parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from extractors.language.actions import find_actions
from extractors.language.attendance import find_attendance, find_seats
from extractors.language.contacts import find_contacts
from extractors.language.decisions import find_decisions
from extractors.language.doc import Sheet, add_facts, facts_of, make_doc, sheet_of
from extractors.language.items import find_items
from extractors.language.meeting import find_meeting

COMPONENTS = ("mb_meeting", "mb_items", "mb_seats", "mb_attendance", "mb_decisions", "mb_actions", "mb_contacts")
"""In the order that they need one another: actions read decisions and attendance, decisions read items."""


def _meeting(doc: Any) -> Any:
    found = find_meeting(sheet_of(doc))
    if found:
        sheet_of(doc).meeting_date = found.date
    return add_facts(doc, "meeting", [found] if found else [])


def _items(doc: Any) -> Any:
    return add_facts(doc, "items", find_items(sheet_of(doc)))


def _seats(doc: Any) -> Any:
    return add_facts(doc, "seats", find_seats(sheet_of(doc)))


def _attendance(doc: Any) -> Any:
    return add_facts(doc, "attendance", find_attendance(sheet_of(doc)))


def _decisions(doc: Any) -> Any:
    return add_facts(doc, "decisions", find_decisions(sheet_of(doc), facts_of(doc, "items")))


def _actions(doc: Any) -> Any:
    return add_facts(doc, "actions", find_actions(sheet_of(doc), facts_of(doc, "decisions"), facts_of(doc, "attendance")))


def _contacts(doc: Any) -> Any:
    return add_facts(doc, "contacts", find_contacts(sheet_of(doc)))


@lru_cache(maxsize=2)
def build() -> Any:
    """The pipeline, built once a process: spaCy's English tokenizer and our components."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    for name in ("sheet", "facts"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    steps = {"mb_meeting": _meeting, "mb_items": _items, "mb_seats": _seats, "mb_attendance": _attendance,
             "mb_decisions": _decisions, "mb_actions": _actions, "mb_contacts": _contacts}  # fmt: skip
    for name, step in steps.items():
        if not Language.has_factory(name):
            Language.component(name, func=step)
    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def tag(sheets: Iterable[Sheet]) -> Iterator[Any]:
    """Each part as a tagged Doc."""
    nlp = build()
    yield from nlp.pipe(make_doc(nlp, s) for s in sheets)
