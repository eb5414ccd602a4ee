"""The people in a list, however a council lists them: with titles, posts, brackets, one a line or in a
sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from extractors import mentions
from extractors.cues.says.people import NAME, TITLES
from extractors.mentions.names import is_role_word

TITLE = re.compile(rf"^(?:(?:the\s+)?(?-i:{TITLES})(?=\s|$)\s*)+")


ELECTED = re.compile(
    r"^(?:Councill?or|Cllr|Clr|Cr\b|Council[ -]?m|Commissioner|Trustee|Board|Supervisor|Alder|Select"
    r"|Member|Mayor|Vice|Deputy Mayor|President|Comh|Cmhlr)",
    re.I,
)


WHOLE_NAME = re.compile(rf"^{NAME}\.?$")


POST_THEN_NAME = re.compile(
    r"(?P<post>[^()]{3,110}?)\s*\((?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Fr|Rev)s?\.?\s+[^()]{3,80})\)"
)


PLURAL = re.compile(r"(?:ors|llrs|lrs\.?|members|ees|oners|visors|men|Members)\.?\s*$")


PIECES = re.compile(r"\s*(?:[,;\n•▪·]|\s&\s|\band\b|\s[–—]\s|\s-\s)\s*")


NOTES = re.compile(r"\[[^\]]*\]|\([^)]*\)")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that English minutes print in lower case: a name has one that is none of them, or a title."""
    return frozenset((Path(mentions.__file__).parent / "common_words.txt").read_text("utf-8").split())


def entries_in(text: str) -> Iterator[tuple[str, str | None, str | None, int, int]]:
    """(name, title, post, start, end) of each person in a list; a plural title carries on, a post follows its
    name."""
    posts_first = list(POST_THEN_NAME.finditer(text))
    if len(posts_first) >= 1 and len(posts_first) * 60 > len(text) * 0.5:
        for m in posts_first:
            at = m.start("name")
            for piece in PIECES.split(m["name"]):
                at = text.find(piece, at)
                title, name = split_title(piece.strip())
                if WHOLE_NAME.match(name):
                    post = re.sub(r"^\W*(?:and\b)?[\s,;.&]*", "", " ".join(m["post"].split()))
                    yield name, title, post, at, at + len(piece)
        return
    bare = NOTES.sub(
        lambda m: m.group() if re.fullmatch(r"\([A-Z]\)", m.group()) else " " * len(m.group()), text
    )
    held: tuple[str, str | None, str | None, int, int] | None = None
    carried: str | None = None
    at = 0
    for piece in [*PIECES.split(bare)]:
        found = bare.find(piece, at) if piece.strip() else -1
        if found < 0:
            continue
        at = found + len(piece)
        if held and re.fullmatch(r"\s*(?:Jr|Sr|II|III|Esq)\.?\s*", piece):
            held = (f"{held[0]}, {piece.strip()}", *held[1:])
            continue
        made = _entry(piece.strip(), found, at, carried, after=held is not None)
        if made is None:
            if held and _is_post(piece):
                held = (
                    held[0],
                    held[1],
                    f"{held[2]}, {piece.strip(' .')}" if held[2] else piece.strip(" ."),
                    held[3],
                    held[4],
                )
            continue
        if held:
            yield held
        held = made[:5]
        carried = made[5] or carried
    if held:
        yield held


def _entry(
    piece: str, start: int, end: int, carried: str | None, *, after: bool
) -> tuple[str, str | None, str | None, int, int, str | None] | None:
    """A person told by one piece of a list, and the plural title that it opens."""
    piece = re.sub(r"[\s.:–-]*\b\d{1,2}\b[\s.]*$", "", piece).strip(" .:")
    title, rest = split_title(piece)
    plural = title if title and PLURAL.search(title) else None
    if not rest:
        return None
    if is_name(rest, titled=bool(title or carried)):
        return rest.strip(" ."), title or carried, None, start, end, plural
    if title is None or not after:
        words = rest.split()
        for size in (2, 3, 1):  # "Fire Chief Will Bateman", "Jackie Foss Chair"
            last, first = " ".join(words[-size:]), " ".join(words[:size])
            if (
                size < len(words)
                and size > 1
                and is_name(last)
                and all(is_role_word(w) for w in words[-size - 1 : -size])
            ):
                return last, title, " ".join(words[:-size]), start, end, plural
            if (
                size < len(words)
                and size > 1
                and is_name(first)
                and is_role_word(words[size])
                and words[size][:1].isupper()
            ):
                return first, title, " ".join(words[size:]), start, end, plural
    return None


def split_title(text: str) -> tuple[str | None, str]:
    """The titles in front of a name, and the rest."""
    m = TITLE.match(text)
    if m is None or not m.group().strip():
        return None, text
    return m.group().strip(), text[m.end() :].strip()


def _is_post(piece: str) -> bool:
    return bool(piece.strip()) and len(piece.split()) <= 12 and not piece.strip()[:1].isdigit()


def is_name(text: str, *, titled: bool = False) -> bool:
    """One to four words that can be a person's name: capitalised, none of a post, not all of them common
    words."""
    words = text.replace(".", ". ").split()
    if not WHOLE_NAME.match(text) or not (1 if titled else 2) <= len(words) <= 5:
        return False
    solid = [w.strip(".,()’'") for w in words if len(w.strip(".")) > 1 and any(c.isupper() for c in w)]
    if any(len(w) in (3, 4) and w.isupper() for w in solid) and not text.isupper():
        return False  # an abbreviation: "Alameda USD"
    if not solid or any(is_role_word(w) for w in solid if not (titled and len(solid) == 1)):
        return False
    return titled or not all(w.lower() in common_words() for w in solid)


def names_in(text: str) -> Iterator[str]:
    """Names in a text as a list has them."""
    return (e[0] for e in entries_in(text))
