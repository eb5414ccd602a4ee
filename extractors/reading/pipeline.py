"""The spaCy pipeline: registered factories, one a kind of fact, over Docs made from parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from extractors.reading.doc import Sheet, add_facts, facts_of, make_doc, sheet_of
from extractors.reading.facts import Fact
from extractors.reading.readers.amounts import find_amounts
from extractors.reading.readers.contacts import find_contacts
from extractors.reading.readers.meeting import find_meeting
from extractors.reading.readers.seats import find_seats
from extractors.reading.witnesses import (
    actions_of,
    corrections_of,
    decisions_of,
    declarations_of,
    items_of,
    motions_of,
    people_of,
    votes_of,
)
from extractors.version import __version__


def _meeting(doc: Any) -> Sequence[Fact]:
    found = find_meeting(sheet_of(doc))
    if found:
        sheet_of(doc).meeting_date = found.date
    return [found] if found else []


STEPS: dict[str, Callable[[Any], Sequence[Fact]]] = {
    "meeting": _meeting,
    "items": lambda doc: items_of(sheet_of(doc)),
    "seats": lambda doc: find_seats(sheet_of(doc)),
    "attendance": lambda doc: people_of(sheet_of(doc)),
    "declarations": lambda doc: declarations_of(sheet_of(doc), facts_of(doc, "items")),
    "corrections": lambda doc: corrections_of(sheet_of(doc), facts_of(doc, "items")),
    "motions": lambda doc: motions_of(sheet_of(doc)),
    "votes": lambda doc: votes_of(sheet_of(doc)),
    "decisions": lambda doc: decisions_of(sheet_of(doc), facts_of(doc, "items")),
    "actions": lambda doc: actions_of(sheet_of(doc)),
    "contacts": lambda doc: find_contacts(sheet_of(doc)),
    "amounts": lambda doc: find_amounts(sheet_of(doc)),
}
"""What the pipeline runs, in the order that they need one another: decisions read items."""


def _component(kind: str, find: Callable[[Any], Sequence[Fact]]) -> Callable[[Any], Any]:
    def step(doc: Any) -> Any:
        return add_facts(doc, kind, find(doc))

    return step


@lru_cache(maxsize=2)
def build() -> Any:
    """The pipeline, built once a process: spaCy's English tokenizer and STEPS, each a registered factory
    "minutebook_KIND"."""
    from extractors.reading.lean_spacy import spacy

    Doc, Language = spacy.tokens.Doc, spacy.language.Language
    for name in ("sheet", "facts"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    nlp = spacy.blank("en")
    for kind, find in STEPS.items():
        name = f"minutebook_{kind}"
        if not Language.has_factory(name):
            Language.component(name, func=_component(kind, find))
        nlp.add_pipe(name)
    nlp.max_length = 50_000_000
    nlp.meta["name"], nlp.meta["version"] = "minutebook", __version__
    return nlp


def tag(sheets: Iterable[Sheet]) -> Iterator[Any]:
    """Each part as a tagged Doc."""
    nlp = build()
    yield from nlp.pipe(make_doc(nlp, s) for s in sheets)
