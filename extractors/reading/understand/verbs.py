"""What a decision does: note, approve, agree, refuse, defer, refer, delegate, recommend, appoint."""

from __future__ import annotations

import re

from schemas.decisions import Verb

VERBS: tuple[tuple[Verb, str], ...] = (
    ("refuse", r"\b(?:refus|reject|declin)\w*"),
    ("defer", r"\b(?:defer|postpone|adjourn(?:ed)? the (?:item|matter|report))\w*"),
    ("refer", r"\brefer(?:red|s)?\b(?! to (?:as|in))"),
    ("delegate", r"\bdelegat\w+|\bauthori[sz]\w+ (?:the|be)\b|\bbe authori[sz]ed\b"),
    ("appoint", r"\b(?:appoint|elect|nominat|re-elect)\w*"),
    ("recommend", r"\brecommend(?:s|ed)?\b(?! (?:by|in|actions?))"),
    ("note", r"\b(?:note[sd]?|noting|receive[sd]?|take note)\b"),
    (
        "approve",
        r"\b(?:approv|adopt|confirm|sign|correct record|pass (?:by-?law|a )|accept|ratif|grant|endors)\w*",
    ),
    ("agree", r"\b(?:agree|establish|continue|invite|support|create|set up|proceed|resume|close)\w*"),
)


def verb_of(text: str) -> Verb:
    """What the clause does, by the first verb of decision in it: note, approve, agree, refuse, defer, refer,
    delegate, recommend, appoint, other."""
    found: list[tuple[int, Verb]] = [
        (m.start(), name) for name, look in VERBS if (m := re.search(look, text, re.I))
    ]
    return min(found)[1] if found else "other"
