"""Who on a roll is a member of the body itself, and who of another: a county's councillor at a parish's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.reading.understand.labels import MEMBER_POST, STAFF_POST
from extractors.reading.understand.names_listed import ELECTED, ELECTED_WORD
from extractors.reading.understand.seen import Seen

ATTENDING = re.compile(r"(?:those\s+)?(?:attending|attendance|attended|attendees)", re.I)
OF_ANOTHER = re.compile(r"(?:county|district|borough|unitary)\s+(?:/\s+\w+\s+)?(?:council|cllr)", re.I)
"""A member of another council, where few on the list are told so."""
BODY_LETTERS = re.compile(r"[A-Z]{3,6}")
OTHER_LETTERS = re.compile(r"[A-Z]{1,4}(?:CC|DC|BC)")
""" "(SCDC)", "(LCC)": a county, district or borough council's letters behind a name."""
FEWEST_OF_BODY = 3


def of_this_council(people: Sequence[Seen]) -> list[Seen]:
    """Members of another council, by their title, are none of a council whose own have none such; with no
    member anywhere else, those with a member's title among "officials" are the members."""
    told = [p for p in people if p.capacity == "member"]
    own = _own_letters(told)
    joint = 2 * sum(bool(_letters(p)) for p in told) >= len(told)  # every one with letters
    others = [p for p in told if _is_of_another(p, own, joint=joint)]
    if own or 2 * len(others) < len(told):
        people = [replace(p, capacity="other") if p in others else p for p in people]
    sitting = [p for p in people if p.capacity == "member" and p.status == "present"]
    if len(sitting) > 1 or any(p.listed for p in sitting):  # one may be whoever chaired
        return list(people)
    return [replace(p, capacity="member") if _could_sit(p) else p for p in people]


def _letters(p: Seen) -> list[str]:
    """What is behind a name in capitals and not the name's initials: "(NHCC)"."""
    return [n for n in p.entry.notes if BODY_LETTERS.fullmatch(n) and not _are_initials(n, p.name)]


def _own_letters(members: Sequence[Seen]) -> str | None:
    """The letters behind most of the members' names: "Ann Foss (NHCC)"."""
    letters = [n for p in members for n in _letters(p)]
    most = max(letters, key=letters.count, default="")
    return most if letters.count(most) >= max(FEWEST_OF_BODY, 0.4 * len(members)) else None


def _is_of_another(p: Seen, own: str | None, *, joint: bool) -> bool:
    """A title of another council, its letters in brackets ("(SCDC)"), or words where all others have the
    body's own letters."""
    if p.entry.title and OF_ANOTHER.match(p.entry.title):
        return True
    post = p.entry.post
    if own and p.listed and post and not _letters(p):
        return not MEMBER_POST.match(post) or bool(ELECTED_WORD.match(post))
    return not (joint or own) and any(OTHER_LETTERS.fullmatch(n) for n in _letters(p))


def _are_initials(letters: str, name: str) -> bool:
    return letters[0] == name[0] and letters[-1] == name.split()[-1][0]


def _could_sit(p: Seen) -> bool:
    """A member's title, or no post on the only list of who attended."""
    if not p.listed or p.status != "present":
        return False
    if p.entry.title and ELECTED.search(p.entry.title):
        return True
    return bool(ATTENDING.fullmatch(p.label)) and not (p.entry.post and STAFF_POST.search(p.entry.post))
