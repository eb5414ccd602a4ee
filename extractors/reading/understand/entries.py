"""The people in a list, however a council lists them: with titles, posts, brackets, one a line or in a
sentence; a post or office before or after the name; "Name – Present".

A list is text with its layout kept: a line break where a line was ended on purpose, a tab where the page
leaves a column's gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.cues.says import cues_for
from extractors.cues.says.people import MEMBERS, OFFICES, TITLES
from extractors.mentions.names import is_role_word, strip_honours
from extractors.reading.understand.list_pieces import (
    NOTES,
    POST_TITLE,
    Piece,
    person_in,
    pieces_of,
)
from extractors.reading.understand.names_listed import (
    ELECTED,
    POST_ENDS,
    WHOLE_NAME,
    beside_post,
    is_lone_name,
    is_name,
    split_title,
)

NO_POST = re.compile(
    r"(?:but|which|who|that|was|were|is|are|has|had|then|to|in|on|at|it|s?he|they|there|met|called|also|this"
    r"|these|not|with)\b",
    re.I,
)
SAID = re.compile(r"\s(?:was|were|will|shall|has|had|is)\s")
"""A verb: words of a sentence, and no post."""
POST_THEN_NAME = re.compile(r"(?P<post>[^()\n]{3,110}?)\s*\((?P<name>[^()]{3,80})\)")
OFFICE_HOLDER = re.compile(
    rf"(?P<office>\b(?:{OFFICES})(?:\s+of\s+(?:the\s+)?[A-Z]\w+)?\s*)\((?P<name>(?:{TITLES})\s+[^()]+)\)"
)
""" "The Mayor (Councillor J Foss)": the brackets hold who it is."""
OF_TWO_COUNCILS = re.compile(
    r"\b(?P<one>(?:County|District|Borough|City|Town|Parish))(?P<and>\s+(?:&|and)\s+|\s?/\s?)"
    r"(?P<other>(?:County|District|Borough|City|Town|Parish)\s+(?:Councill?or|Cllr))"
)
""" "County & District Cllr Foss": one title, that nothing may cut."""
MOST_OF_LIST = 0.5
"""Share of a list that posts with names in brackets take up where the list is one of them."""
OFFICE = re.compile(rf"(?:the\s+)?(?:[A-Z]\w+\s+){{0,2}}(?-i:{OFFICES})", re.I)
JUNIOR = re.compile(r"\s*(?:Jr|Sr|II|III|IV)\.?\s*")
ESQUIRE = re.compile(
    r"(?:Esq(?:uire)?|P\.\s?E|R\.?A|A\.?I\.?A|AICP|C\.?P\.?A|M\.?P\.?A|C\.?M\.?C|M\.?M\.?C|R\.?M\.?C|Ph\.?D|M\.?D)\.?"
)
"""Letters after a name, of a lawyer, an engineer, a planner, an accountant or a clerk."""
AREA = re.compile(
    r"[Aa]t[- ][Ll]arge|(?:Ward|Division|District|Place|Position|Seat|Zone|Precinct)\s+(?:No\.?\s*)?\w{1,4}"
)
DASH_NAME = re.compile(rf"\s*[–—-]+\s+(?:(?:{TITLES})\s+)?[A-ZÀ-Þ][\w.'’-]*\s+[A-ZÀ-Þ]")
OPENING = re.compile(
    r"\s*[^,;:\n]{0,40}?,?\s*\b(?:[Pp]resent|[Aa]ttending|(?:answer|respond)\w+|in\s+attendance)\s+(?:were|was)\s*:?\s+"
)
""" "On roll call, present were ...": what stands in front of a list told in a sentence."""
OPENED = re.compile(
    r"[^\n]{0,300}?\b(?:called|opened|met|convened|came)\b[^\n]{0,200}?\.\s+[^.:\n]{0,60}?\b(?:[Pp]resent|[Aa]ttending|in\s+attendance)\s+(?:were|was)\s*:?\s+"
)
""" "Roll call - The meeting was called to order. Those present were ..."."""
MEMBERS_WORD = re.compile(MEMBERS, re.I)
RUNS_ON = re.compile(
    r"\s+(?=(?:arrived|joined|left|after|until|from|who|via|by\s+\w*phone|in\s+the\s+chair|presiding|entered"
    r"|for\s+(?:Cllr|Councillor|Cr|Mr|Mrs|Ms|Dr|the)\b|departed|present|absent|excused|late|remotely|virtually|was|were|representing|substitut\w+|deputi\w+|for\s+(?:absence|late))\b)"
)
"""Where words about how somebody attended follow a name without any mark."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody in a list, at characters `start` to `end` of it; `post` and `notes` are as printed."""

    name: str
    title: str | None
    post: str | None
    start: int
    end: int
    notes: tuple[str, ...] = ()
    honours: str | None = None


def entries_in(text: str, title: str | None = None) -> list[Entry]:
    """Each person in a list, in order; a plural title carries on (`title` is one that stands in front of the
    list), a post belongs to the name beside it."""
    if text.isupper() and len(text.split()) > 1:
        return [replace(e, name=e.name.upper()) for e in entries_in(_as_written(text), title)]
    if posts_first := _posts_first(text):
        return posts_first
    if lead := OPENED.match(text) or OPENING.match(text):
        text = " " * lead.end() + text[lead.end() :]
    text = OF_TWO_COUNCILS.sub(lambda m: f"{m['one']}{'/':^{len(m['and'])}}{m['other']}", text)
    text = OFFICE_HOLDER.sub(lambda m: f"{m['office']} {m['name']} ", text)
    pieces = [p for p in pieces_of(text) if p.text or p.notes]
    reader = _Reader(lone=_lists_surnames(pieces), carried=title)
    for piece in pieces:
        reader.take(piece, text)
    return reader.entries


def _as_written(text: str) -> str:
    """A list printed in capitals as it would be written, letter for letter: "Ann Foss and"."""

    def word(m: re.Match[str]) -> str:
        bare = m.group()
        if bare in ("AND", "OF", "THE", "FOR", "AS"):
            return bare.lower()
        return (
            bare if len(bare) < 2 or bare in ("II", "III", "IV", "CAO", "CEO", "CFO") else bare.capitalize()
        )

    return re.sub(r"[^\W\d_]+", word, text)


def _posts_first(text: str) -> list[Entry]:
    """ "Director of Housing (Mr. Foss), ...": where most of the list is so, brackets hold the names."""
    found = list(POST_THEN_NAME.finditer(text))
    told = sum(len(m.group()) for m in found)
    if not found or told <= MOST_OF_LIST * len(text) or len(found) * 60 <= len(text) * 0.5:
        return []
    out: list[Entry] = []
    for m in found:
        at = m.start("name")
        for name_text in re.split(r"\s*(?:[,;]|\s&\s|\band\b)\s*", m["name"]):
            at = text.find(name_text, at)
            title, name = split_title(name_text.strip())
            if WHOLE_NAME.match(name) and (title or (is_role_word(m["post"].split()[-1]) and is_name(name))):
                post = re.sub(r"^\W*(?:and\b)?[\s,;.&]*", "", " ".join(m["post"].split()))
                out.append(Entry(name, title, post, at, at + len(name_text)))
    return out if len(out) >= 0.6 * len(found) else []


def _lists_surnames(pieces: Sequence[Piece]) -> bool:
    """Whether the list is one of surnames alone: "Ayes: Foss, Lund, Marsh"."""
    stop = next((i for i, p in enumerate(pieces) if p.sign == "."), len(pieces))
    solid = [words for p in pieces[:stop] if (words := p.text.strip(" .")) and not note_of(words)]
    solid = [words for words in solid if not (words.isdigit() or MEMBERS_WORD.fullmatch(words))]
    lone = sum(is_lone_name(split_title(text)[1]) for text in solid)
    return lone == len(solid) or (lone >= 2 and lone >= 0.6 * len(solid))


def note_of(text: str) -> str | None:
    """What a remark says of how somebody attended ("arrived", "absent"); None when it is no remark."""
    folded = text.strip(" .")
    if len(folded.split()) > 8:
        return None
    return next((c.act.partition(" ")[2] for c in cues_for("note", folded) if c.look.match(folded)), None)


@dataclass
class _Reader:
    """Takes a list's pieces one after the other; `lone` admits surnames alone."""

    lone: bool
    entries: list[Entry] = field(default_factory=lambda: list[Entry]())
    carried: str | None = None
    waiting: str | None = None
    post_from: int | None = None
    opened: bool = False  # whether the last person's name stands first in a line
    before: Entry | None = None  # the last person without the post that was added last

    def take(self, piece: Piece, text: str) -> None:
        """A piece is a note, a person, or a post of the person before or behind it."""
        words = piece.text.strip(" .")
        note = note_of(words) and not (piece.opens and len(words.split()) > 2)
        if self.entries and (not words or note or self._ends_name(piece)):
            self._note(piece, words)
            return
        split = RUNS_ON.search(piece.text)
        said = piece.text[: split.start()] if split else piece.text
        before = self.waiting if self.waiting and not split_title(self.waiting)[1] else None
        listed = (
            (piece.opens and bool(piece.notes))
            or piece.sign in (",", ";", "and", "&")
            or piece.after in (",", ";", "and", "&", "-", "–")
        )
        named = (
            None
            if (OFFICE.fullmatch(words) and not (piece.opens and beside_post(words.split())))
            or self._goes_on(piece)
            or self._is_branch(piece, words)
            else person_in(
                said, before or (None if self.waiting else self.carried), self._lone(piece), listed=listed
            )
        )
        if named is None:
            self._post(piece, words, text)
            return
        name, title, post, plural = named
        ended = bool(self.entries and POST_ENDS.match((self.entries[-1].post or "-").split()[-1]))
        joins = piece.sign in ("and", "&") and self.before is not None and not ended
        if post and joins and self.before and self.post_from is not None:
            post = (
                " ".join(text[self.post_from : piece.start].split()) + f" {post}"
            )  # "Land & Water Officer Foss"
            self.entries[-1] = self.before
        self.carried = plural or self.carried
        notes = ((piece.text[split.start() :].strip(),) if split else ()) + piece.notes
        name, honours = strip_honours(name)
        posts = [p for p in (None if before else self.waiting, post) if p]
        self.entries.append(
            Entry(name, title, ", ".join(posts) or None, piece.start, piece.end, notes, honours)
        )
        self.waiting = self.post_from = self.before = None
        self.opened = piece.opens or piece.sign == ";"

    def _goes_on(self, piece: Piece) -> bool:
        """ "Ann Foss, Programme Lead, Flood Resilience" in a line of its own: the post has a comma in it."""
        alone = self.opened and piece.sign == "," and piece.after in ("\n", ";") and self.carried is None
        if not alone or not self.entries or self.entries[-1].post is None:
            return False
        return not split_title(piece.text)[0] and not is_role_word(piece.text.split()[0])

    def _is_branch(self, piece: Piece, words: str) -> bool:
        """ "Ann Foss, Director Assets": what stands behind the post says of what."""
        title, rest = split_title(words)
        alone = piece.sign in (",", "–", "—", "-") and bool(self.entries) and self.entries[-1].post is None
        return alone and bool(title and POST_TITLE.fullmatch(title)) and len(rest.split()) == 1

    def _lone(self, piece: Piece) -> bool:
        return self.lone and piece.sign != "."

    def _ends_name(self, piece: Piece) -> bool:
        """ "Jr." or "MBE" after a comma."""
        words = piece.text.strip(" .")
        if piece.opens or not words:
            return False
        if ESQUIRE.fullmatch(words):
            return bool(self.entries)
        return bool(JUNIOR.fullmatch(words)) or not strip_honours(f"X Y, {words}")[0].removeprefix(
            "X Y"
        ).strip(" ,")

    def _note(self, piece: Piece, words: str) -> None:
        held = self.entries[-1]
        if JUNIOR.fullmatch(words):
            held = replace(held, name=f"{held.name}, {words}", end=piece.end)
        elif words and self._ends_name(piece):
            held = replace(held, honours=f"{held.honours}, {words}" if held.honours else words)
        elif words:
            held = replace(held, notes=(*held.notes, words))
        self.entries[-1] = replace(held, notes=(*held.notes, *piece.notes))

    def _post(self, piece: Piece, words: str, text: str) -> None:
        """A post stands after its name, or at the beginning of the line before it."""
        if not is_post(words):
            self.post_from = None
            return
        leads = words.lower().startswith("the ") and piece.after == ","  # "and the Clerk, Ann Foss"
        if self._stands_before(piece, words, text):
            self.waiting, self.post_from = words, None
            return
        first = piece.after in ("–", "—", "-", "\t", ":") or (piece.after == "," and self._full())
        if (piece.opens and first) or (leads and (self._full() or piece.sign in (";", "and", "&"))):
            self.waiting, self.post_from = words, None
        elif self.entries and piece.sign != "." and not (piece.sign == "\n" and self._full()):
            held = self.entries[-1]
            joined = piece.sign in ("and", "&") and held.post is not None and self.post_from is not None
            if joined:
                post = " ".join(NOTES.sub(" ", text[self.post_from : piece.end]).split())
            else:
                post = f"{held.post}, {words}" if held.post else words
                self.post_from = piece.start if self.post_from is None else self.post_from
            self.before = None if joined else held
            remarks = tuple(note for note in piece.notes if note_of(note))
            of_post = "".join(f" ({note})" for note in piece.notes if note not in remarks)
            self.entries[-1] = replace(held, post=post.strip(" .,") + of_post, notes=(*held.notes, *remarks))

    def _stands_before(self, piece: Piece, words: str, text: str) -> bool:
        """ "Cr Lund, Chief Executive Officer – Ann Foss and the Clerk – Bo Rowe": a dash, and who has the
        post."""
        if (
            piece.sign not in (",", ";", "and", "&")
            or not self.entries
            or not DASH_NAME.match(text, piece.end)
        ):
            return False
        held = self.entries[-1]
        elected = bool(held.title and ELECTED.search(held.title))
        posted = is_role_word(words.split()[-1]) or bool(AREA.fullmatch(words))
        return posted and (elected or self._full() or piece.sign in ("and", "&", ";"))

    def _full(self) -> bool:
        """Whether the person before is told in full, so that another line is not theirs."""
        return not self.entries or self.entries[-1].post is not None or bool(self.entries[-1].notes)


def is_post(text: str) -> bool:
    """Whether the words may be somebody's post: few, and not a number of people."""
    if NO_POST.match(text) or SAID.search(text):
        return False
    return 0 < len(text.split()) <= 12 and text[:1].isalpha()


def names_in(text: str) -> Iterator[str]:
    """Names in a text as a list has them."""
    return (e.name for e in entries_in(text))
