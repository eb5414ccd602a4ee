"""Who is who within one document: "Mr Gough" in a division is the "Mr R W Gough" of the roll, when nobody
else can be.

Two printings are one person when surnames agree, given names do not contradict each other (an initial stands
for a name), and titles do not (Mr and Mrs). A printing that fits two people is placed with neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from extractors.mentions.names import strip_honours, strip_title, surname_key

HE = {"mr", "sir", "lord", "baron", "father", "fr"}
SHE = {"mrs", "ms", "miss", "dame", "lady", "baroness"}


@dataclass
class Person:
    """Everything a document prints of one person."""

    name: str
    surname: str
    given: tuple[str, ...]
    names: list[str] = field(default_factory=lambda: list[str]())
    titles: list[str] = field(default_factory=lambda: list[str]())
    roles: list[str] = field(default_factory=lambda: list[str]())
    capacities: list[str] = field(default_factory=lambda: list[str]())
    seen: date | None = None

    def note(
        self, name: str, title: str | None, role: str | None, capacity: str | None, day: date | None
    ) -> None:
        """Add a printing; the fullest becomes the name."""
        for listed, value in (
            (self.names, name),
            (self.titles, title),
            (self.roles, role),
            (self.capacities, capacity),
        ):
            if value and value not in listed:
                listed.append(value)
        given = given_names(name)
        if _letters(given) > _letters(self.given):
            self.name, self.given = name, given
        if day and (self.seen is None or day < self.seen):
            self.seen = day


def _letters(given: Iterable[str]) -> int:
    return sum(len(g) for g in given)


def given_names(name: str) -> tuple[str, ...]:
    """Given names and initials, lower case: "R W Gough" gives ("r", "w")."""
    bare = strip_honours(strip_title(name)[1])[0]
    words = re.sub(r"\([^)]*\)", " ", bare).replace(".", " ").split()[:-1]
    return tuple(_plain(w).strip("'’") for w in words)


def gender_of(title: str | None) -> str | None:
    """m or f where the title tells, to keep "Mr Cole" and "Mrs Cole" apart; None elsewhere."""
    words = {w.strip(".").lower() for w in (title or "").split()}
    return "m" if words & HE else "f" if words & SHE else None


def agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Given names that may be one person's: each of the shorter list's is, or begins, one of the longer's, in
    order."""
    short, long = sorted((a, b), key=len)
    at = 0
    for g in short:
        while at < len(long) and not _same_given(g, long[at]):
            at += 1
        if at == len(long):
            return False
        at += 1
    return not short or not long or _same_given(short[0], long[0])


def _same_given(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


class People:
    """The people of one document. Rolls are added first; what the prose prints is placed among them."""

    def __init__(self) -> None:
        self.known: list[Person] = []

    def add(
        self,
        name: str,
        title: str | None = None,
        *,
        role: str | None = None,
        capacity: str | None = None,
        day: date | None = None,
    ) -> Person:
        """Place a full printing, making somebody new where nobody known can be meant."""
        fits = self._fits(name, title)
        exact = [p for p in fits if any(n.lower() == name.lower() for n in p.names)]
        person = exact[0] if exact else fits[0] if len(fits) == 1 else None
        if person is None:
            person = Person(name, surname_key(name), given_names(name))
            self.known.append(person)
        person.note(name, title, role, capacity, day)
        return person

    def find(self, name: str | None, title: str | None = None) -> Person | None:
        """The one person whom the printing can mean; an office ("the Leader") means who holds it. None when
        nobody or several."""
        if not name:
            return None
        bare_title, bare = strip_title(name)
        title = title or bare_title
        office = re.sub(r"^the\s+", "", name, flags=re.I).lower()
        holders = [p for p in self.known if any(r.lower() == office for r in p.roles)]
        if len(holders) == 1:
            return holders[0]
        fits = self._fits(bare, title)
        exact = [p for p in fits if any(n.lower() == bare.lower() for n in p.names)]
        return exact[0] if len(exact) == 1 else fits[0] if len(fits) == 1 else None

    def could_be(self, name: str, title: str | None = None) -> bool:
        """Whether somebody known can be meant, one or several."""
        return bool(self._fits(strip_title(name)[1], title or strip_title(name)[0]))

    def _fits(self, name: str, title: str | None) -> list[Person]:
        surname, given, gender = surname_key(name), given_names(name), gender_of(title)
        out: list[Person] = []
        for p in self.known:
            genders = {g for t in p.titles if (g := gender_of(t))}
            if (
                p.surname == surname
                and agree(given, p.given)
                and not (gender and genders and gender not in genders)
            ):
                out.append(p)
        return out


def slug(text: str) -> str:
    """Lower-case letters and digits with hyphens, for ids: "O'Shaughnessy" is "oshaughnessy"."""
    plain = _plain(text)
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’.]", "", plain)))


def _plain(text: str) -> str:
    """Lower case, marks taken off, what is not ASCII then left out."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
