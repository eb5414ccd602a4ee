"""What can be a person's name in a list: titles in front, words of posts beside it, a surname alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from extractors import mentions
from extractors.cues.load import is_one_of
from extractors.cues.load import words as words_of
from extractors.cues.says.people import NAME, TITLES, WORD
from extractors.mentions.names import is_role_word, strip_title

OF_AREA = (
    r"(?:[- ]at[- ][Ll]arge"
    r"|,?\s+(?:Ward|District|Division|Place|Position|Zone|Precinct|Seat)\s+(?:\d+|[A-Z])(?!\w))?"
)
""" "Councillor Ward 2 Foss", "Councilor-at-Large Lund": for whom somebody sits is part of the title."""
TITLE = re.compile(
    rf"^(?:(?:[A-Z]\w+\s+(?:/\s+[A-Z]\w+\s+)?)?(?:Councill?or|Cllr)s?\.?{OF_AREA}\s+(?=[A-Z]))?"
    rf"(?:(?:[Tt]he\s+)?(?:{TITLES}){OF_AREA}(?=[\s,]|$)(?!\s+(?:of|for)\b)\s*)*"
)
ELECTED_WORD = re.compile(
    r"(?:councill?or|cllr|cr|clr|councilmember|councilm[ae]n|councilwoman|alderm[ae]n|alderwoman|commissioner|trustee|selectman)\.?",
    re.I,
)
"""Words that stand before or behind names and are in none."""
ELECTED = re.compile(
    r"(?:^|\s)(?:Councill?or|Cllr|Clr|Cr\b|Council[ -]?m|Commissioner|Trustee|Board|Supervisor|Alder|Select"
    r"|Member|Committee[mwp]|Assembly|Freeholder|Legislator|Juror|Mayor"
    r"|Vice|Deputy Mayor|President|Comh|Cmhlr|Reeve)",
    re.I,
)
WHOLE_NAME = re.compile(rf"^(?:{NAME}|(?-i:(?:[A-ZÀ-Þ]\.?\s){{3,5}}{WORD}))\.?$")
LONE_NAME = re.compile(rf"^(?-i:{WORD})\.?$")
VOTE = re.compile(r"(?:ayes?|yeas?|yes|noes|nays?|abstain\w*)\b", re.I)
VOTE_BEHIND = re.compile(r"[-–](?:aye|nay|yes|no|yea|abstain|absent|present)$", re.I)
POST_ENDS = re.compile(
    r"^(?:manager|director|clerk|attorney|chief|engineer|planner|administrator|superintendent|officer"
    r"|treasurer|solicitor|secretary|counsel|assistant|coordinator|supervisor|inspector|captain|recorder"
    r"|lieutenant|sergeant|sheriff|marshal|auditor|enforcement)$",
    re.I,
)
ORGANISATIONS = re.compile(
    r"(?:association|council|committee|trust|board|school|group|society|department|university|club|centre)$",
    re.I,
)
MEMBERS_ALL = frozenset(
    {"directors", "councilmembers", "councillors", "councilors", "commissioners", "trustees", "supervisors"}
)
GRADE = re.compile(r"I{1,3}|IV|V")
INITIAL_FIRST = re.compile(r"[A-Z]\.?\s(?=[A-Z][a-z])")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that English minutes print in lower case: a name has one that is none of them, or a title."""
    return frozenset((Path(mentions.__file__).parent / "common_words.txt").read_text("utf-8").split())


def is_lone_name(text: str) -> bool:
    """One word that can be a surname by itself."""
    word = text.strip(" .")
    return (
        bool(LONE_NAME.match(word))
        and len(word) > 2
        and not is_role_word(word)
        and word.lower() not in common_words()
        and word.lower() not in MEMBERS_ALL
        and not is_one_of("people.nobody", word)
        and not VOTE.match(word)
        and not VOTE_BEHIND.search(word)
    )


def beside_post(words: Sequence[str]) -> tuple[str, str] | None:
    """(name, post) of "Fire Chief Will Bateman", "Jackie Foss Chair", "Finance Director Hahn"."""
    for size in (2, 3):
        last, first = " ".join(words[-size:]), " ".join(words[:size])
        if split_title(last)[0] or split_title(first)[0]:
            continue
        given = size < len(words) and len(words[-size].strip(".")) == 1 and not is_role_word(words[-size - 1])
        if size < len(words) and not given and _ends_post(words[:-size]) and is_name(last, after_post=True):
            return last, " ".join(words[:-size])
        rest = words[size:]
        office = rest and (is_role_word(rest[0]) or ELECTED_WORD.fullmatch(rest[0]))
        if rest and office and is_name(first) and rest[0][:1].isupper():
            other = ORGANISATIONS.search(rest[-1]) and not {"to", "of"} & set(rest)
            return None if other else (first, " ".join(rest))
    if len(words) > 1 and POST_ENDS.match(words[-2]) and is_lone_name(words[-1]):
        return words[-1], " ".join(words[:-1])
    return None


def _ends_post(words: Sequence[str]) -> bool:
    """Whether the words in front of a name end like a post: "Group Manager Services and Assets"."""
    if len(words) > 1 and GRADE.fullmatch(words[-1]):
        words = words[:-1]  # "Planner II Ann Foss"
    last = words[-1].lower()
    if last in ("of", "for", "and", "the"):
        return False  # "District of Taylor Flats"
    return is_role_word(last) or (last in common_words() and is_role_word(words[0]))


def split_title(text: str) -> tuple[str | None, str]:
    """The titles in front of a name, and the rest."""
    m = TITLE.match(text)
    if m is None or not m.group().strip():
        return strip_title(text)
    return m.group().strip(" ,"), text[m.end() :].strip(" ,")


def is_name(text: str, *, titled: bool = False, after_post: bool = False) -> bool:
    """One to four words that can be a person's name: capitalised, none of a post, not all of them common
    words; after a title or post the surname may be a usual word ("City Attorney Lee Park")."""
    words = text.replace(".", ". ").split()
    if VOTE_BEHIND.search(text):
        return False
    if not WHOLE_NAME.match(text) or not (1 if titled else 2) <= len(words) <= 5:
        return False
    if len(words) > 1 and any(ELECTED_WORD.fullmatch(w) or VOTE.fullmatch(w.strip(".")) for w in words):
        return False
    short = [w for w in words if len(w) > 2]
    if len(words) > 1 and short and all(w.endswith(".") and len(w) <= 4 for w in short):
        return False  # "Sen. Ex."
    solid = [w.strip(".,()’'\"“”") for w in words if len(w.strip(".")) > 1 and any(c.isupper() for c in w)]
    if (
        any(len(w) in (3, 4) and w.isupper() and w != "III" and "-" not in w for w in solid)
        and not text.isupper()
    ):
        return False  # an abbreviation: "Alameda USD"
    if (titled or after_post) and len(solid) > 1 and solid[-1].lower() in words_of()["people.surnames_too"]:
        solid = solid[:-1]
    if not solid or any(is_role_word(w) for w in solid if not (titled and len(solid) == 1)):
        return False
    if after_post and INITIAL_FIRST.match(text):
        return True  # "City Manager J. Green"
    return titled or not all(w.lower() in common_words() for w in solid)
