"""Votes by number: "carried 4-1", "unanimous voice vote – 5", "7 votes to 4 with 2 abstentions", "Ayes: 5
Noes: 0"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.text.numbers import NUMBERS

WORDS = {word: i for i, word in enumerate(NUMBERS[:17])} | {"none": 0, "nil": 0, "a": 1, "an": 1, "zero": 0}
"""Numbers as a vote's count has them; an article is one: "a vote against"."""
N = rf"(?:\d{{1,3}}|{'|'.join(WORDS)})"
F = rf"(?P<f>\d{{1,3}}|{'|'.join(w for w in WORDS if w not in ('a', 'an', 'nil'))})"
"""How many voted for: no article."""
DASH = r"\s*[-–—:]\s*"
GAP = r"\s*[-–—:]?\s*"
AGAIN = r"\s*(?:\(\d{1,2}\)\s*)?"
"""A number said again in figures: "three (3)"."""
NAMED = r"\s*(?:\([^()]{1,90}\)\s*)?"
"""Who they were, in brackets."""
MANNER = (
    r"(?:\(?(?:unanimously|nem\.?\s*con\.?|(?:by|on)\s+(?:an?\s+)?(?:consensus|show\s+of\s+hands"
    r"|(?:general|unanimous)\s+consent|(?:unanimous|voice|roll[- ]call|recorded|majority)(?:\s+vote)?)"
    r"|(?:by\s+)?(?:an?\s+)?(?:(?:vote|majority)\s+of\s+)?"
    rf"{N}\s*(?:votes?\s+)?(?:to|[-–—]|in\s+favou?r(?:\s+and|,)?)\s*{N}(?:\s*[-–—]\s*\d{{1,2}})?"
    rf"(?:\s+(?:against|votes?|abstentions?))*(?:,?\s*(?:and|with)\s+{N}\s+abstentions?)?)\b\)?[\s,:;–—-]*)"
)
"""How a vote was taken, told in front of what was decided: "by 5 votes to 2", "by a show of hands", "5-0"."""
LOOKS = tuple(
    re.compile(look, re.I)
    for look in (
        rf"\bby\s+(?P<f>{N})\s+votes?\s+(?:in\s+favou?r\s+)?to\s+(?P<a>{N})\b(?:.{{0,30}}?(?P<b>{N}"
        rf")\s+abst)?",
        rf"\b(?P<f>{N})\s+(?:(?:votes?|members?|councillors?)\s+)?(?:voted\s+|were\s+)?(?:in\s+favou?r"
        rf"|for)\b[^.]{{0,40}}?\b(?P<a>{N})\s+"
        rf"(?:(?:votes?|members?)\s+)?(?:voted\s+|were\s+)?(?:against"
        rf"|opposed)\b(?:[^.]{{0,20}}?\b(?P<b>{N})\s+abst)?",
        rf"\bunanimous(?:ly)?\b(?:\s+(?:voice|roll[- ]call|vote|votes|by|of|consent|a|the|board"
        rf"|council))*{DASH}\(?(?P<f>\d{{1,2}})(?![\d:/.-]\d)",
        r"\b(?:votes?|ayes?)\s*[-–—:]\s*(?P<f>\d{1,2})\s*[,;.]\s*(?:noe?s|nays?|against"
        r"|opposed)\s*[-–—:]?\s*(?P<a>\d{1,2})",
        r"(?<![\d/-])(?P<f>\d{1,2})[-–—](?P<a>\d{1,2})[-–—]\d{1,2}[-–—](?P<b>\d{1,2})(?![\d/-])",
        r"\b(?:carried|passed|passes|carries|approved|accepted|lost|defeated|failed|fails|adopted"
        r"|vote[ds]?(?:\s+on\s+(?:the|an?|this)\s+\w+)?|unanimous(?:ly)?|favou?r)\b[\s,:;()\[–—-]*"
        r"(?:was|is|of|by|a|the|vote)?[\s,:;()–—-]*(?P<f>\d{1,2})\s*(?:[-–—/]"
        r"|\bto\b)\s*(?P<a>\d{1,2})(?:\s*[-–—/]\s*(?P<b>\d{1,2}))?(?![\d%]|:\d|/(?!/)|\s*[-–—/]\s*\d"
        r"|\s*[ap]\.?m)",
        r"(?<![\d/-])(?P<f>\d{1,2})\s*[-–—/]\s*(?P<a>\d{1,2})(?:\s*[-–—/]\s*(?P<b>\d{1,2}))?\s+(?:tie\s+)?vote\b",
        r"^\W*(?P<f>\d{1,2})\s*[-–—]\s*(?P<a>\d{1,2})(?:\s*[-–—]\s*(?P<b>\d{1,2}))?\W+"
        r"(?:carried|passed|approved|adopted|lost|failed|defeated|to\s+[a-z]|that\b)",
        r"^\W*(?:motion\s+)?(?:carried|passed|lost|defeated|failed)\s*\([^()]{3,60}\)\s*(?P<f>\d{1,2})\s*[-–—/]\s*(?P<a>\d{1,2})\W*$",
        r"(?-i:\b[CF])\s+(?P<f>\d{1,2})\s*-\s*(?P<a>\d{1,2})(?:\s*-\s*(?P<b>\d{1,2}))?(?=\s*[,;)])",
        r"^\W*\((?P<f>\d{1,2})\s*[-–—]\s*(?P<a>\d{1,2})(?:\s*[-–—]\s*(?P<b>\d{1,2}))?\)\W*$",
        r"(?:^|[.;]\s+)\W*(?P<f>\d{1,2})\s*/\s*(?P<a>\d{1,2})\s*/\s*(?P<b>\d)\W*$",
        rf"\b(?:vote|count|tally|majority|margin)\s+of\s+{F}\s*(?:votes?\s+)?(?:to|[-–—:])\s*(?P<a>{N})\b",
        rf"\b{F}\s+votes?\s+to\s+(?P<a>{N})\b(?:[^.;]{{0,20}}?\b(?P<b>{N})\s+abst)?",
        rf"\bvot(?:es|ing)\s+(?:being|was|were|is)\b[^.;\d]{{0,20}}\b{F}\s*(?:to|[-–—])\s*(?P<a>{N})\b",
        rf"\bvotes?\s+for\s+(?:the\s+\w+\s+)?{F}\s*[,;]?\s*(?:and\s+)?against\s+(?:it\s+)?(?P<a>{N})\b",
        r"\bunanimous\s+(?:approval|vote|consent)\W{1,3}(?P<f>\d{1,2})\s*[-–—]\s*(?P<a>\d{1,2})\b",
        rf"\b{F}{AGAIN}(?:yes|ayes?|yeas?)\b{NAMED}[\s,;]*(?:and\s+)?(?P<a>{N}){AGAIN}(?:no|nays?|noe?s)\b",
        rf"\ball\s+(?:yes|ayes?|yeas?)\s*\({F}\)",
        r"\by(?:es)?\s*:\s*(?P<f>\d{1,2})[\s,;]+n(?:o)?\s*:\s*(?P<a>\d{1,2})\b",
        rf"\b(?P<f>{N})[\s–—-]+(?:ayes?|yeas?|yes)\b[\s,;]*(?:and\s+)?(?P<a>{N})[\s–—-]+(?:nays?|noe?s?)\b"
        rf"(?:[\s,;]*(?:and\s+)?(?P<b>{N})[\s–—-]+abst)?",
        rf"\b(?P<f>{N})\s+(?:members?\s+)?vot(?:ed|ing)\s+(?:ayes?|yes|in\s+favou?r|for)[\s,;]*(?:and\s+)?"
        rf"(?P<a>{N})\s+(?:vot(?:ed|ing)\s+)?(?:nays?|no|against|opposed)\b",
        rf"\b(?P<f>{N})\s*(?:\(\d{{1,2}}\)\s*)?(?:yea|aye|yes|affirmative)\s+votes?\b"
        rf"(?:[\s,;]*(?:and\s+)?(?P<a>{N})\s*(?:\(\d{{1,2}}\)\s*)?(?:nay|no|negative)\s+votes?\b)?",
        rf"\ball\s+{F}\s+(?:\w+\s+)?(?:present\s+)?vot(?:ed|ing)\s+(?:in\s+favou?r|ayes?|yes)\b",
        r"\ball\s+(?:members\s+|present\s+)*(?:voted|voting)\s+(?:in\s+favou?r|ayes?|yes)\W{0,3}"
        r"(?P<f>\d{1,2})\b(?!\s*[-–—:/.]\s*\d)",
        rf"\b{F}\s+(?:votes?\s+)?(?:in\s+favou?r|for)[\s,;]*(?:and\s+)?(?:with\s+)?(?P<b>{N})\s+abst",
        rf"\b(?P<f>{N})[\s–—-]+ayes?\b(?![^.]*\b(?:nays?|noes|no)\b)",
        rf"\b(?:ayes?|yeas?|yes|for|in\s+favou?r){GAP}\(?{F}\)?[\s,;.|]{{1,4}}(?:noe?s"
        rf"|nays?|against|opposed|no){GAP}\(?(?P<a>{N})\)?"
        rf"(?:[\s,;.|]{{1,4}}(?:abst\w+){GAP}\(?(?P<b>{N})\)?)?",
    )
)


ONE_SIDED = re.compile(
    rf"\(\s*(?P<f>{N})\s+(?:votes?\s+|members?\s+)?(?:voted\s+)?in\s+favou?r\b"
    rf"|(?:\b(?:with|vote\s+of|vote\s*[:–—-])\s+|^\W*){F.replace('<f>', '<g>')}{AGAIN}(?:yes|ayes?|yeas?)\b",
    re.I,
)
"""How many voted for it, and nothing of the others."""


AGAINST_ONLY = re.compile(
    rf"\bwith\s+(?P<a>{N})\s+(?:votes?\s+|members?\s+)?(?:against|opposed|opposing|dissenting)\b", re.I
)
"""How many were against it, and nothing of the others."""


@dataclass(frozen=True, slots=True)
class Count:
    """Votes for, against and abstaining; None where nothing is printed."""

    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None


def number_said(word: str | None) -> int | None:
    """A number in figures or words, None for another word."""
    if not word:
        return None
    return int(word) if word.isdigit() else WORDS.get(word.lower())


def count_in(text: str) -> Count | None:
    """The count that the text tells; a unanimous vote with a number is against nobody."""
    for look in LOOKS:
        m = look.search(text)
        if m:
            found = m.groupdict()
            against = number_said(found.get("a"))
            return Count(number_said(m["f"]), 0 if against is None else against, number_said(found.get("b")))
    one = ONE_SIDED.search(text)
    if one:
        return Count(number_said(one["f"] or one["g"]))
    few = AGAINST_ONLY.search(text)
    return Count(None, number_said(few["a"])) if few else None
