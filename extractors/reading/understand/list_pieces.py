"""The pieces of a list of people, cut wherever it may be cut, and whether a piece is a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.cues.load import is_one_of
from extractors.cues.load import words as words_of
from extractors.cues.says.people import NAME, OFFICES
from extractors.mentions.names import SINGULAR, is_role_word, strip_honours
from extractors.mentions.people import CROWD
from extractors.reading.segments import ABBREVIATIONS
from extractors.reading.understand.names_listed import (
    ELECTED,
    INITIAL_FIRST,
    POST_ENDS,
    beside_post,
    common_words,
    is_lone_name,
    is_name,
    split_title,
)

SECOND_TITLE = re.compile(
    r"\s+(?=(?:Councillors?|Cllrs?\.?|Crs?\.?|Clrs?\.?|Council\s?[Mm]embers?|Councilm[ae]n|Councilwom[ae]n"
    r"|Commissioners?|Trustees?|Supervisors?|Alderm[ae]n|(?:Deputy\s|Vice\s)?Mayor|(?:Deputy\s)?Reeve|Council\sPresident)"
    r"\s+[A-Z])"
)
""" "Mayor Foss Councillors Lund and Marsh": nothing stands between two titled people."""
LAST_WORD = re.compile(r"[A-Z][\w’'-]*(?=\s*$)")
FIRST_WORD = re.compile(r"[A-Z][\w’'-]*")
PLURAL = re.compile(r"(?:ors|essrs\.?|llrs|lrs\.?|\bCrs\.?|members|ees|oners|visors|men|Members)\.?\s*$")
CUTS = re.compile(
    r"\s*(?:(?P<mark>[,;\n\t•▪·|])|(?P<stop>(?:(?<=[a-z]{3})|(?<=\s))\.(?=\s+[A-Z]))|(?<=\s)(?P<and>&|and)(?=\s)"
    r"|(?P<with>\b(?:chaired|presided(?:\s+over)?|in\s+the\s+chair|presiding)(?:\s+the\s+meeting)?,?\s+(?:and|with)(?=\s))"
    r"|(?<=\s)(?P<dash>[–—-]+)(?=\s)|(?P<hyphen>[–—-])(?=\s+(?:present|absent|here|excused|late)\b)"
    r"|(?P<office>(?<=[a-z])(?<!Vice)(?<!vice)(?<!Town)-)(?=(?:Chair(?:man|woman|person)?|Vice[- ]Chair\w*"
    r"|Clerk|Mayor|Deputy\s\w+|Secretary|Treasurer|RFO)\b)|(?P<colon>:)(?=\s))\s*"
)
HEADING_WORD = re.compile(
    r"(?:Reports?|Minutes|Apologies|Absent|Present|Correspondence|Announcements|Attendance)", re.I
)
NO_SURNAME = re.compile(r"(?:Commission|Committee|Council|Department|Authority|Calendar|Agenda)")
"""What the last word of a body's or a list's name is, and of nobody's."""
NOTES = re.compile(r"\[(?P<square>[^\]]*)\]|\((?P<round>[^)]*)\)")
STAFF_TITLE = re.compile(r"(?:(?:deputy|assistant|acting)\s+)?(?:treasurer|secretary)", re.I)
POST_TITLE = re.compile(r"(?:Director|Superintendent|Secretary|Treasurer)$")
POST_TITLE_NAME = re.compile(
    rf"(?P<post>(?:the\s+)?[a-z]+(?:\s+[a-z]+){{0,5}})\s+(?P<title>Mrs?|Ms|Miss|Dr)\.?\s+(?P<name>{NAME})$"
)
""" "the assistant to the clerk Mrs A. Foss"."""
NEXT_NAME = re.compile(r"[ ]+[A-Z][a-z]+\s+[A-Z]")
INITIAL = re.compile(r"\([A-Z]\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two cuts of a list; `sign` is the cut before it, `after` the one behind it."""

    text: str
    start: int
    end: int
    sign: str
    after: str
    notes: tuple[str, ...]

    @property
    def opens(self) -> bool:
        """Whether it stands at the beginning of a line."""
        return self.sign in ("", "\n", "•", "▪", "·")


def pieces_of(text: str) -> Iterator[Piece]:
    """The list cut wherever it may be cut, outside brackets."""
    bare = NOTES.sub(_blank, text)
    bare = CROWD.sub(lambda m: " " * len(m.group()), bare)
    cuts = [
        (m.start(), m.end(), (m[m.lastgroup or 0] or "").strip(" "))
        for m in CUTS.finditer(bare)
        if not (m["stop"] and _abbreviated(bare, m.start())) and not (m["and"] and _within_post(bare, m))
    ]
    starts = [(0, ""), *((end, sign) for _, end, sign in cuts)]
    ends = [*((start, sign) for start, _, sign in cuts), (len(bare), "\n")]
    notes = [
        (m.start(), (m["square"] or m["round"] or "").strip())
        for m in NOTES.finditer(text)
        if not INITIAL.fullmatch(m.group())
    ]
    for (start, sign), (end, after), (until, _) in zip(
        starts, ends, [*starts[1:], (len(bare) + 1, "")], strict=True
    ):
        within = tuple(note for at, note in notes if start <= at < until and note)
        while (second := SECOND_TITLE.search(bare, start, end)) and person_in(
            bare[start : second.start()].strip(), None, lone=False
        ):
            yield _piece(bare, start, second.start(), sign, ",", ())
            start, sign = second.end(), ","
        yield _piece(bare, start, end, sign, after, within)


def _blank(m: re.Match[str]) -> str:
    """Spaces for brackets; a comma at the end of those that tell a time, where the next name stands right
    behind them: "Ann Foss (arrived at 6:52 PM)  Bo Lund"."""
    if INITIAL.fullmatch(m.group()):
        return m.group()
    timed = re.search(r"\d", m.group()) and NEXT_NAME.match(m.string, m.end())
    return " " * (len(m.group()) - 1) + ("," if timed else " ")


def _piece(bare: str, start: int, end: int, sign: str, after: str, notes: tuple[str, ...]) -> Piece:
    raw = bare[start:end]
    lead = len(raw) - len(raw.lstrip(" .*"))
    return Piece(raw.strip(" *"), start + lead, start + len(raw.rstrip()), sign, after, notes)


def _abbreviated(text: str, at: int) -> bool:
    return text[:at].rsplit(None, 1)[-1].lower() in ABBREVIATIONS


def _within_post(text: str, m: re.Match[str]) -> bool:
    """ "Parks and Recreation Director Foss", "Manager Services & Assets Lund": the sign is part of a post."""
    before, after = LAST_WORD.search(text, 0, m.start()), FIRST_WORD.match(text, m.end())
    if not (before and after) or POST_ENDS.match(before.group()):
        return False
    if before.group().lower() in words_of()["people.surnames_too"] or not is_role_word(before.group()):
        return False
    return not POST_ENDS.match(after.group()) and (
        is_role_word(after.group()) or after.group().lower() in common_words()
    )


def person_in(
    text: str, carried: str | None, lone: bool, *, listed: bool = False
) -> tuple[str, str | None, str | None, str | None] | None:
    """(name, title, post, the plural title that it opens) of a piece of a list."""
    piece = re.sub(r"[\s.:–—-]*\b\d{1,2}\b[\s.]*$", "", text).strip(" .:")
    title, rest = split_title(piece)
    if (told := POST_TITLE_NAME.match(piece)) and is_role_word(told["post"].split()[-1]):
        return told["name"], told["title"], told["post"], None
    if not rest or is_one_of("people.nobody", rest):
        return None
    if title and STAFF_TITLE.fullmatch(title) and is_name(rest):
        return rest.strip(" ."), None, title, None
    if title and POST_TITLE.search(title) and all(is_role_word(w) for w in rest.split()):
        return None  # "Director Community"
    if title and POST_TITLE.fullmatch(title) and rest.lower() in common_words():
        return None  # "Director Assets"
    if carried and not title and is_one_of("items.topics", rest):
        return None
    if len(rest.split()) > 1 and NO_SURNAME.fullmatch(rest.split()[-1]) and " to " not in rest:
        return None
    if carried and not title and len(rest.split()) == 1 and HEADING_WORD.fullmatch(rest):
        return None
    first, _, more = (title or "").partition(" ")
    if more and PLURAL.search(first) and not PLURAL.search(title or ""):
        carried, title = first, f"{_singular(first)} {more}"  # "Councillors Mrs Foss, Lund"
    plural = title if title and PLURAL.search(title) else carried if title and carried == first else None
    each = _singular(title or carried)
    bare = strip_honours(rest)[0]
    if is_name(bare, titled=bool(each) or (listed and bool(INITIAL_FIRST.match(bare)))) or (
        lone and is_lone_name(rest)
    ):
        return rest.strip(" ."), each, None, plural
    named = beside_post(rest.split())
    if named and title and not ELECTED.search(title) and re.match(OFFICES, title):
        return named[0], None, f"{title} {named[1]}", None  # "Deputy Treasurer Office Assistant Foss"
    return (named[0], each if title else None, named[1], plural) if named else None


def _singular(title: str | None) -> str | None:
    return SINGULAR.get(title.lower(), title) if title else None
