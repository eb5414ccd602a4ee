"""Interests declared: who, of what kind, in which item, and whether they left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.mentions.names import surname_key
from extractors.mentions.people import people_in
from extractors.reading.doc import Sheet, View
from extractors.reading.facts import DeclarationFact, InterestKind, ItemFact
from extractors.reading.references import ITEM_REF, item_at
from extractors.text.sentences import sentences_of

DECLARED = re.compile(
    r"(?P<names>.{2,200}?)\s*,?\s+(?:had\s+|has\s+|have\s+|also\s+|each\s+|both\s+|all\s+"
    r"|then\s+)*(?:declared|disclosed|registered|stated)\s+(?:an?|their|his|her|the following"
    r"|that (?:he|she|they) (?:had|have|has)(?: an?)?)?\s*"
    r"(?P<kind>(?:[\w-]+\s+){0,6}?)(?:and\s+)?(?P<what>interests?|conflicts?(?: of interest)?"
    r"|dpis?)\b(?P<rest>.*)$",
    re.I | re.S,
)
"""\"Councillor A declared a non-pecuniary interest in item 7 as she is a governor of the school.\""""
HEADING = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:declarations?|disclosures?)\s+(?:of"
    r"|by)\b.{0,90}?\binterests?\b.{0,60}?(?P<sign>:)\s*(?P<rest>.*)$",
    re.I | re.S,
)
"""A label with the names on its own line: "Disclosure of pecuniary interest: Councillor Shelly Foote."."""
NOTHING = re.compile(r"\b(?:no|nil|none|not any|there (?:were|was) (?:no|none))\b", re.I)
IN_ITEM = re.compile(
    r"\b(?:agenda\s+)?(?:items?|minutes?)\s*(?:no\.?|number|#)?\s*(?P<item>\d{2,4}/\d{1,4}"
    r"|\d{1,3}[a-z]?(?:\.\d{1,2})?(?:\([0-9a-z]{1,3}\))?)",
    re.I,
)
LEFT = re.compile(
    r"\b(?:left|withdrew|vacated|retired from|absented|leave|withdraw)\b[^.]{0,60}\b(?:meeting|room"
    r"|chamber|table|hall|discussion|item|voting|seat)\b|\btook no part\b|\bdid not (?:participate"
    r"|take part)\b",
    re.I,
)
STAYED = re.compile(r"\b(?:remained|stayed)\b", re.I)


def find_declarations(sheet: Sheet, items: list[ItemFact]) -> list[DeclarationFact]:
    """The declarations of minutes, each person once an item."""
    if sheet.part.kind != "minutes":
        return []
    found = [d for view in sheet.views for d in _of_view(sheet, view, items)]
    return sorted(_one_each(found), key=lambda d: d.start)


def _of_view(sheet: Sheet, view: View, items: list[ItemFact]) -> Iterator[DeclarationFact]:
    label = HEADING.match(view.text)
    if label:
        if not NOTHING.search(label["rest"][:40]):
            for p in people_in(label["rest"], view.start + label.start("rest")):
                yield DeclarationFact(
                    start=p.start,
                    end=p.end,
                    confidence=0.9,
                    name=p.name,
                    title=p.title,
                    kind=kind_of(view.text[: label.start("sign")]),
                    text=view.text,
                )
        return
    if view.block.kind == "heading" or ITEM_REF.match(view.text):
        return
    for a, b in sentences_of(view.text):
        sentence = view.text[a:b].strip()
        m = DECLARED.match(sentence)
        if m is None or NOTHING.search(m["kind"]) or re.match(r"(?:no|there)\b", sentence, re.I):
            continue
        after = view.text[b : b + 160]
        yield from _declared(view.start + a, sentence, m, after, items)


def _declared(
    at: int, sentence: str, m: re.Match[str], after: str, items: list[ItemFact]
) -> Iterator[DeclarationFact]:
    ref = IN_ITEM.search(m["rest"]) or IN_ITEM.search(m["names"])
    under = item_at(items, at)
    own = (
        None
        if under is None or re.search(r"\b(?:declarations?|disclosures?)\b", under.title, re.I)
        else (under.number or under.minute_number)
    )
    left = LEFT.search(sentence) or LEFT.search(after)
    names = re.sub(
        r"^(?:in relation to|with regard to|regarding|in respect of)[^,]*,\s*",
        lambda x: " " * len(x.group()),
        m["names"],
        flags=re.I,
    )
    for p in people_in(names, at):
        yield DeclarationFact(
            start=at,
            end=at + len(sentence),
            confidence=0.9 if p.sure and (p.title or len(p.name.split()) > 1) else 0.6,
            name=p.name,
            title=p.title,
            kind=kind_of(m["kind"] + " " + m["rest"][:60]),
            text=sentence,
            item_number=ref["item"] if ref else own,
            left_meeting=True if left else False if STAYED.search(sentence) else None,
        )


def kind_of(words: str) -> InterestKind:
    """pecuniary (financial, DPI), non-pecuniary (personal, prejudicial, registrable but not financial) or
    other."""
    if re.search(
        r"\bnon[- ]?(?:disclosable[- ])?(?:pecuniary|financial)|\bpersonal\b|\bnon[- ]registrable"
        r"|\bprejudicial\b",
        words,
        re.I,
    ):
        return "non-pecuniary"
    if re.search(r"\bpecuniary\b|\bfinancial\b|\bdpis?\b", words, re.I):
        return "pecuniary"
    return "other"


def _one_each(found: list[DeclarationFact]) -> list[DeclarationFact]:
    """A label's names say less than the sentences about the same people: those stand for both."""
    told = {surname_key(d.name) for d in found if d.text and d.start and DECLARED.match(d.text)}
    out: list[DeclarationFact] = []
    seen: set[tuple[str, str | None]] = set()
    for d in found:
        key = (surname_key(d.name), d.item_number)
        from_label = not DECLARED.match(d.text)
        if key in seen or (from_label and surname_key(d.name) in told):
            continue
        seen.add(key)
        out.append(replace(d))
    return out
