"""Votes told in sentences: "Aldermen Foss and Lund voted yes", "carried 4-1 with Mr. Quill opposed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.cues.says.people import PERSON
from extractors.reading.counts import N, number_said
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import (
    BALLOT,
    NOBODY_NAMED,
    TITLE,
    Division,
    choice_of,
    names_listed,
)
from extractors.text.looks import Look
from schemas.decisions import Choice

SAID = Look(
    r"(?P<who>{PERSON})\s*(?:\([^()]{2,30}\)\s*)?(?:[,:–—(-]|\s|voted|votes)+\s*[“\"]?(?P<side>in\s+favou?r|for|ayes?|yes|yea|opposed|no"
    r"|nay|against|abstain(?:ed|ing|s)?|recused|absent)\b(?!\s*[:=]|\.?\s*\d)",
    re.I,
    PERSON=PERSON,
)
"""One member and the vote: "Mr. Foss, in favor", "Lund – aye"."""
BY_LETTER = Look(r"(?P<who>{PERSON})\s*[-–—:=]\s*(?P<side>(?-i:[YyNn]))(?!\w)", PERSON=PERSON)
"""One member and the vote as a letter: "Foss-Y, Lund-N"."""
SIDE_SAID = (
    r"ayes?|yes|yeas?|in\s+(?:the\s+)?(?:affirmative|favou?r)|for|no|nays?|noes?|against"
    r"|in\s+(?:the\s+)?(?:negative|opposition)|opposed|abstain(?:ed|ing)?"
)
SEVERAL = rf"{PERSON}(?:\s*(?:,\s*and|,|;|and|&)\s*{PERSON})*"
VOTED = Look(
    rf"(?P<who>{{SEVERAL}})\s*,?\s*(?:who\s+|all\s+|each\s+|both\s+)*vot(?:ed|ing|es?)\s*[,:–—-]?\s*[“\"‘]?"
    rf"(?P<side>{SIDE_SAID})\b",
    re.I,
    SEVERAL=SEVERAL,
)
"""Members and how they voted: "with Ald. Foss and Ald. Lund voting no"."""
BESIDE = Look(
    r"(?P<who>{SEVERAL})\s*[,:–—(-]?\s*(?:who\s+|was\s+|were\s+|is\s+|are\s+|having\s+)*"
    r"(?:(?:requested|asked)\s+that\s+(?:his|her|their)\s+votes?\s+)?"
    r"(?P<side>opposed|opposing|against|nay|dissent(?:ed|ing)?|in\s+opposition|in\s+favou?r|abstain(?:ed|ing|s)?|(?-i:No|NO)(?=\W*$))\b"
    r"(?!\s+(?:the|a|any|to|of|by)\b)",
    re.I,
    SEVERAL=SEVERAL,
)
"""Members and how they voted, beside an outcome: "Motion carried, Councillor Foss opposed"."""
RECORDED = Look(
    r"(?P<who>{SEVERAL})\s+(?:(?:requested|asked)\s+(?:that\s+|for\s+)?|recorded\s+|wished\s+)"
    r"(?:to\s+have\s+)?(?:his|her|their)\s+(?:votes?|names?|dissent)\s+(?:be\s+)?(?:recorded\s+|noted\s+)?(?:as\s+)?"
    r"(?P<side>against|abstaining)\b",
    re.I,
    SEVERAL=SEVERAL,
)
"""Who had the vote recorded: "Cr Foss requested that his vote against the motion be recorded"."""
AFTER = Look(
    r"\b(?P<side>opposed|against|nays?|noes?|no|dissent(?:ing)?|abst(?:ain(?:ed|ing|s)?|entions?))"
    r"(?:\s*[:–—-]?\s*\(?\d{1,2}\)?)?(?:\s+votes?)?\s*(?:[:(–—-]|\b(?:by|from|was|were)\b)\s*(?:by\s+)?"
    r"(?P<who>{SEVERAL})(?!\s*[:–—-]?\s*\d)",
    re.I,
    SEVERAL=SEVERAL,
)
"""A side, its number and in brackets who it was: "1 nay (Mr. Quill)", "one nay vote by Mr. Quill"."""
VOTE_OF = Look(r"\b(?P<side>affirmative|negative)\s+votes?\s+of\s+(?P<who>{SEVERAL})", re.I, SEVERAL=SEVERAL)
"""The side before its members: "upon the affirmative vote of Trustees Foss and Lund"."""
ALL_BUT = Look(
    r"\ball\s+(?:were\s+|voted\s+|voting\s+)?(?:in\s+favou?r|ayes?|yes)\s*,?\s*(?:but|except|save|bar)(?:\s+for)?\s+(?P<who>{SEVERAL})",
    re.I,
    SEVERAL=SEVERAL,
)
"""Who alone was against it: "All in favor but Foss"."""
ASKED = Look(
    r"\b(?P<side>against|noe?s|nays?|opposed|abst\w+)\s*[:–—-]?\s*\d{1,2}\s*\((?P<who>{SEVERAL})\s+(?:asked|requested|wished)[^()]*\)",
    re.I,
    SEVERAL=SEVERAL,
)
"""Who of a side had it noted: "Against: 1 (Cllr Foss asked for his name to be recorded)"."""
COUNTED = Look(
    rf"\b(?P<n>{N})\s+(?:\(\d{{1,2}}\)\s*)?(?:members?\s+|councillors?\s+|votes?\s+)?(?:(?:voted\s+|voting\s+)?(?P<side>{SIDE_SAID}|abstentions?)\b"
    rf"\s*\(\s*(?P<who>{{SEVERAL}})\s*\)|\(\s*(?P<who2>{{SEVERAL}})\s*\)\s*(?:voted\s+|voting\s+)?(?P<side2>{SIDE_SAID})\b"
    rf"|(?P<side3>{SIDE_SAID})\s*:\s*(?P<who3>{{SEVERAL}}))",
    re.I,
    SEVERAL=SEVERAL,
)
"""A number, a side and who it was: "2 Nays (Foss, Lund)", "1 Member (Councillor Foss) abstained"."""
VOTE_WORD = re.compile(r"\bvot(?:ed|ing)\b", re.I)
"""Without it and without a side nobody is told to have voted."""
MOST_TOLD = 400
"""Letters that such a sentence may have."""
MOST_ELSE = 0.5
"""Share of a sentence that may be other words than members and their votes."""


def told_at(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """Votes told in sentences, one a side; and the segment after them."""
    out, k = Division(), i
    while k < len(segments) and (BALLOT.search(segments[k].text) or VOTE_WORD.search(segments[k].text)):
        text = segments[k].text
        found = list(VOTED.finditer(text) if k == i else _apart(text, 0))
        said = sum(m.end() - m.start() for m in found)
        if said < MOST_ELSE * len(text) or (k > i and found[0].start() > MOST_ELSE * len(text)):
            break
        _add(out, segments[k], found)
        k += 1
    return (out, k) if len(out.ballots) >= 2 and out.count("for") is not None else None


def counted_in(s: Segment, at: int = 0) -> Division | None:
    """Numbers of votes with the names behind them in brackets, from `at` on."""
    out = Division()
    for m in COUNTED.finditer(s.text, at):
        side = choice_of(m["side"] or m["side2"] or m["side3"])
        who = next(name for name in ("who", "who2", "who3") if m[name])
        out.printed[side] = number_said(m["n"]) or 0
        start = s.start + m.start(who)
        out.ballots.extend((name, side, start + a, start + b) for name, a, b in names_listed(m[who]))
    return out if out.ballots else None


def spoken_in(s: Segment, at: int = 0) -> Division | None:
    """Votes told in one segment from `at` on: numbers with names in brackets, or each member's vote, or the
    members of each side, whichever names most."""
    found = [d for d in (counted_in(s, at), each_in(s, at)) if d]
    if found and (sides := dissent_in(s, at)):
        found.append(sides)
    return max(found, key=lambda d: len(d.ballots), default=None)


def each_in(s: Segment, at: int = 0) -> Division | None:
    """ "Mr. Foss, in favor; Mrs. Lund, opposed": two votes and more, each after its name, from `at` on."""
    lettered = list(BY_LETTER.finditer(s.text, at))
    if len(lettered) < 2 and len(BALLOT.findall(s.text, at)) < 2:
        return None
    looks = lettered if len(lettered) > 1 else SAID.finditer(s.text, at)
    said = [m for m in looks if not NOBODY_NAMED.match(m["who"])]
    if len(said) < 2:
        return None
    out = Division()
    for m in said:
        name = TITLE.sub("", m["who"].strip())
        out.ballots.append((name, choice_of(m["side"]), s.start + m.start(), s.start + m.end()))
    return out


def dissent_in(s: Segment, at: int = 0) -> Division | None:
    """Who voted how, told after or beside the outcome; of most papers only the few who voted otherwise."""
    if not BALLOT.search(s.text, at) or len(s.text) - at > MOST_TOLD:
        return None
    out = Division()
    _add(out, s, _apart(s.text, at))
    return out if out.ballots else None


def _apart(text: str, at: int) -> Iterator[re.Match[str]]:
    """All tellings of votes from `at` on, in order, none over another."""
    found = [
        m
        for look in (AFTER, VOTED, RECORDED, BESIDE, ASKED, VOTE_OF, ALL_BUT)
        for m in look.finditer(text, at)
    ]
    end = at
    for m in sorted(found, key=lambda m: (m.start(), -m.end())):
        if m.start() >= end:
            yield m
            end = m.end()


def _add(out: Division, s: Segment, told: Sequence[re.Match[str]] | Iterator[re.Match[str]]) -> None:
    for m in told:
        told_side = m.groupdict().get("side")
        side: Choice = choice_of(told_side) if told_side else "against"  # ALL_BUT has none
        for name, a, b in names_listed(m["who"]):
            start = s.start + m.start("who")
            out.ballots.append((name, side, start + a, start + b))
