"""Names by themselves: their words, titles, honours, and what tells them from posts and departments."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.cues.load import pattern, words

INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.?){1,4}$")
NAME_WORD = re.compile(
    r"^(?:[A-ZÀ-ÖØ-Þ](?:['’‘][A-ZÀ-Þ])?[a-zà-öø-ÿ]+|(?:Mc|Mac|De|Du|Le|La|O['’‘]|D['’‘]|Fitz|Van"
    r"|St\.?)-?[A-Z][a-zà-ÿ]+)(?:[-–—'’][A-ZÀ-Þ]?[a-zà-ÿ]+)*\.?$"
)
CAPITAL_NAME = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ'’-]+$")
JUNIOR = re.compile(r",?\s+(?:Jr|Sr|II|III|IV|Esq)\.?$", re.I)
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<title>(?:the\s+)?(?:{pattern('people.titles')}"
        rf"|{pattern('people.offices_before_names')}))(?:\s+|(?<=\.))(?=\S)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def title_words() -> re.Pattern[str]:
    """A title at a word boundary inside running text."""
    return re.compile(
        rf"\b(?:{pattern('people.titles')}|{pattern('people.offices_before_names')})(?=[\s.])", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def honours_pattern() -> re.Pattern[str]:
    """One honour after a name, with the comma before it."""
    return re.compile(
        rf",?\s*\b(?P<honour"
        rf">{'|'.join(sorted((h.upper() for h in words()['people.honours']), key=len, reverse=True))}"
        rf")\b\.?(?=\s*(?:,|$|\(|[A-Z]{{2,5}}\b))"
    )


def strip_title(text: str) -> tuple[str | None, str]:
    """The titles in front of a name and the rest: "Sir Paul Carter" gives "Sir" and "Paul Carter"."""
    titles: list[str] = []
    rest = text.strip()
    while (m := _title().match(rest)) and (rest[m.end() :][:1].isupper() or not titles):
        if not rest[m.end() :][:1].isupper():
            break
        titles.append(m["title"])
        rest = rest[m.end() :].lstrip()
    return (" ".join(titles) or None), rest


def strip_honours(text: str) -> tuple[str, str | None]:
    """The name and the letters after it."""
    found = [m["honour"] for m in honours_pattern().finditer(text)]
    return honours_pattern().sub("", text).strip(" ,"), (", ".join(found) or None)


def is_role_word(word: str) -> bool:
    """A word of posts and departments rather than of names."""
    folded = word.lower().strip(".,’'()")
    known = words()["people.role_words"]
    return folded in known or all(p in known for p in re.split(r"[-/–—]", folded) if p)


def looks_like_name(text: str, *, titled: bool = False) -> bool:
    """Two to five words that could be a person's: capitalised, initials or particles, none of them a post's.

    After a title one word is enough ("Cllr Kaur").
    """
    tokens = [t for t in text.replace("‘", "'").split() if t]
    if not (1 if titled else 2) <= len(tokens) <= 5:
        return False
    solid = 0
    for t in tokens:
        if INITIALS.match(t):
            continue
        if t.lower() in words()["people.particles"]:
            continue
        if not (NAME_WORD.match(t) or CAPITAL_NAME.match(t) or re.match(r"^\([A-Z][a-z]+\)$", t)) or (
            is_role_word(t) and not titled and not (solid and t.lower() in words()["people.surnames_too"])
        ):
            return False
        solid += 1
    return solid >= 1


def is_person(text: str) -> bool:
    """Whether the text is a person's name and nothing else, with or without title and honours."""
    bare, _ = strip_honours(BRACKETS.sub("", text).strip(" ,;."))
    title, name = strip_title(bare)
    return looks_like_name(name, titled=title is not None)


def surname_key(name: str) -> str:
    """The last word of a name without case, marks and honours, to compare two printings of one person."""
    bare, _ = strip_honours(name)
    _, bare = strip_title(JUNIOR.sub("", bare))
    tokens = re.sub(r"[^a-z\s-]+", "", bare.lower().replace("’", "").replace("'", "")).split()
    return tokens[-1] if tokens else ""


SINGULAR = {
    "councillors": "Councillor",
    "cllrs": "Cllr",
    "cllrs.": "Cllr",
    "messrs": "Mr",
    "crs": "Cr",
    "council members": "Council Member",
    "aldermen": "Alderman",
    "commissioners": "Commissioner",
    "trustees": "Trustee",
    "supervisors": "Supervisor",
    "councilmembers": "Councilmember",
    "members": "Member",
    "comhairleoirí": "Comhairleoir",
}
"""Titles in front of a list, as each person in it has them."""


def is_plural(title: str) -> bool:
    """ "Councillors", "Cllrs", "Messrs": a title for all the names that follow it."""
    return title.lower().rstrip(".").endswith("s") and title.lower().rstrip(".") not in ("mrs", "ms", "miss")
