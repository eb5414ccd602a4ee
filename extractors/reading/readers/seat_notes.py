"""What stands in brackets behind a member's name: party, ward, term of office; and the party that a list of
members is headed by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.mentions.dates import dates_in

PARTY = re.compile(
    r"(?:the\s+)?(?:con(?:servatives?)?|lab(?:our)?|lab(?:our)?(?:\s+and\s+|[\s/-]+)co-?op(?:erative)?"
    r"|lib(?:eral)?\s*-?\s*dem(?:ocrat)?s?|ld|green(?:\s+party)?|grn|independents?|ind|reform(?:\s+uk)?"
    r"|ukip|plaid(?:\s+cymru)?|snp|dup|uup|sdlp|alliance|sinn\s+f[eé]in|fianna\s+f[aá]il|fine\s+gael"
    r"|social\s+democrats?|democrat(?:ic)?|republican|residents?['’]?(?:\s+(?:association|group))?)"
    r"(?:\s+(?:group|party))?",
    re.I,
)
"""A party as papers print it."""
HEADED = re.compile(rf"^\W*(?P<party>{PARTY.pattern})\s*(?:\(\d+\))?\s*(?::|-|–|$)", re.I)
"""A list of members under their party: "Labour (2): Ms C Orr"."""
WARD = re.compile(r"\b(?:ward|division|riding|district)\b", re.I)
UNTIL = re.compile(r"\b(?:until|expires?|expiring|ends?|ending|to)\b", re.I)


@dataclass(frozen=True, slots=True)
class Notes:
    """What brackets say of a seat."""

    party: str | None = None
    ward: str | None = None
    since: date | None = None
    until: date | None = None


def party_of_list(text: str) -> str | None:
    """The party that heads a list of members."""
    m = HEADED.match(text)
    return m["party"] if m else None


def notes_of(notes: Iterable[str], party: str | None = None) -> Notes:
    """The notes behind a name; `party` heads the list that it stands in."""
    ward: str | None = None
    since: date | None = None
    until: date | None = None
    for note in (piece.strip() for n in notes for piece in re.split(r"[,;]|\s[-–—]\s", n)):
        if PARTY.fullmatch(note):
            party = note
        elif WARD.search(note):
            ward = note
        for when in dates_in(note):
            if UNTIL.search(note[: when.start]):
                until = when.value
            elif re.search(r"\b(?:since|from|appointed|elected)\b", note[: when.start], re.I):
                since = when.value
    return Notes(party, ward, since, until)
