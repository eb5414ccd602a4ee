"""Whether minutes say of themselves that they are a draft, or confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from schemas.documents import PartState

DRAFT = r"(?:draft|un-?adopted|un-?approved|un-?confirmed|un-?official)"
CONFIRMED = r"(?:(?<!un)(?<!un-)(?:adopted|approved|confirmed)|final)"
SUBJECT_TO = re.compile(
    r"\bsubject to (?:confirmation|approval|ratification|correction|amendment)\b"
    r"|\b(?:not|yet to be|to be) (?:yet )?(?:been )?(?:confirmed|approved|adopted) (?:at|by)\b",
    re.I,
)
LONGEST = 14
"""Words of a line that says it as a heading does; a sentence speaks of other minutes."""
OF_OTHERS = re.compile(
    r"^\W*\d|\b(?:previous|last|that|resolved|approval|moved|agreed|budget|plan)\b"
    r"|\bminutes (?:of|from) \w+ meetings\b",
    re.I,
)
STAMPED = re.compile(
    r"DRAFT|UN-?(?:CONFIRMED|APPROVED|ADOPTED)|(?:Draft|Unconfirmed|Unapproved)(?= Minutes$)"
)


def state_of(lines: Iterable[str], running: Iterable[str] = ()) -> PartState | None:
    """draft or confirmed, by the `lines` of the opening and what is `running` at the page's head or foot;
    None where neither says."""
    for text in running:
        if STAMPED.search(text):
            return "draft"
    for text in lines:
        if SUBJECT_TO.search(text) and len(text.split()) <= 3 * LONGEST:
            return "draft"
        if len(text.split()) <= LONGEST and not OF_OTHERS.search(text) and (said := _said(text)):
            return said
    return None


def _said(text: str) -> PartState | None:
    answers: tuple[tuple[str, Literal["draft", "confirmed"]], ...] = (
        (DRAFT, "draft"),
        (CONFIRMED, "confirmed"),
    )
    for word, answer in answers:
        before = (
            rf"^\W*(?:\w+ ){{0,3}}{word}\b(?:(?! of the (?:previous|last))\W+[\w’']+){{0,6}}?\W+minutes\b"
        )
        after = rf"\bminutes\b[^.;]{{0,80}}?[-–—(:,\s]\s*{word}\W*$|^\W*{word}\W*$"
        if re.search(before, text, re.I) or re.search(after, text, re.I):
            return answer
    return None
