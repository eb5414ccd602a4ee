"""People as councils print them: a name with its title, honours, role and post, and lists of them in running
text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from extractors.cues.load import is_one_of
from extractors.mentions.names import (
    BRACKETS,
    NAME_WORD,
    SINGULAR,
    honours_pattern,
    is_person,
    is_plural,
    is_role_word,
    looks_like_name,
    strip_honours,
    strip_title,
    title_words,
)
from extractors.text.numbers import NUMBERS


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; `start` and `end` are offsets of the entry in the text it was read from."""

    name: str
    title: str | None
    honours: str | None
    role: str | None
    post: str | None
    start: int
    end: int
    notes: tuple[str, ...] = ()
    sure: bool = True


GLUED = re.compile(r"^(Cllrs?|Clr)\.?(?=[A-Z][a-z])")
"""A title that the clerk wrote without the space behind it: "CllrAnn Foss"."""


def parse_person(text: str, start: int = 0, inherited: str | None = None) -> Name | None:
    """One entry of a list: "Councillor Jerry Roodhouse (Vice-Chair)", "Chris Baird, Interim AD for
    Education".

    A post may stand after the name (in brackets, after a comma or a dash) or before it ("Fire Chief Will
    Bateman"). None when no name can be told.
    """
    lead = len(text) - len(text.lstrip(" ,;•-–*"))
    entry = text.strip(" ,;•-–*\n")
    entry = entry[:-1].rstrip() if entry.endswith(".") and not re.search(r"\b[A-Z]\.$", entry) else entry
    if not entry or is_one_of("people.nobody", entry):
        return None
    at = start + lead
    head, post = _split_post(entry)
    notes = [(a or b).strip() for a, b in BRACKETS.findall(head)]
    head = " ".join(BRACKETS.sub(" ", head).split())
    head, honours = strip_honours(GLUED.sub(r"\1 ", head))
    title, name = strip_title(head)
    bare = re.sub(r"\s+(?:The|This)$", "", name)  # the sentence after a list that has no full stop
    name, sure = bare, bare == name
    if not looks_like_name(name, titled=bool(title or inherited)):
        before, name2 = _post_before_name(head)
        if name2 is None and "," in head:
            head, after = (part.strip() for part in head.split(",", 1))
            before, name2 = _post_before_name(head)
            post = post or after
        if name2 is None:
            return None
        title, name2 = strip_title(name2)
        post, name = (before if post is None else f"{before}, {post}"), name2
        sure = before is not None
    notes = [n for n in notes if not _is_initials(n, name)]
    role, rest = role_of([*notes, *([post] if post else [])])
    title, role = _office(title or inherited, role)
    return Name(name.strip(" ,"), title, honours, role, rest, at, at + len(entry), tuple(notes), sure)


def _is_initials(note: str, name: str) -> bool:
    """ "Ann Birch (AB)": how the minutes call somebody from here on."""
    return bool(re.fullmatch(r"[A-Z]{2,4}", note)) and note == "".join(
        w[0] for w in re.split(r"[\s-]+", name) if w[:1].isupper()
    )


def _office(title: str | None, role: str | None) -> tuple[str | None, str | None]:
    """ "Mayor Dave Yemm": the office is his title and his role; "Councillors" in front of a list is
    "Councillor" for each."""
    if not title:
        return None, role
    if is_one_of("people.offices_before_names", title):
        return title, role or (title if is_one_of("people.roles", title) else None)
    return SINGULAR.get(title.lower(), title), role


def _split_post(entry: str) -> tuple[str, str | None]:
    """The name and the post after a comma or a spaced dash; honours are not a post."""
    masked = BRACKETS.sub(lambda m: "#" * len(m.group()), entry)
    for m in re.finditer(r",\s+|\s+[-–—]\s+|\s*;\s+", masked):
        name, post = entry[: m.start()], entry[m.end() :].strip()
        if strip_honours("X Y, " + post)[0] == "X Y":
            return entry, None
        if is_person(name) and not honours_pattern().match(entry, m.start()):
            return name, post or None
    return entry, None


POST = re.compile(
    r"officer|manager|director|clerk|assistant|co-?ordinator|administrator|engineer|inspector"
    r"|treasurer|secretary|superintendent|planner|solicitor|technician|analyst|specialist",
    re.I,
)
"""Words that end a post and are hardly anybody's surname."""


def _post_before_name(entry: str) -> tuple[str | None, str | None]:
    """ "Operations Superintendent Dan MacInnis": the longest run of name words at the end, when posts' words
    stand before it."""
    tokens = entry.split()
    for size in (2, 3, 4):
        if len(tokens) <= size:
            break
        name, before = " ".join(tokens[-size:]), tokens[:-size]
        if looks_like_name(name) and is_role_word(before[-1]):
            return " ".join(before), name
    given, last = tokens[-2:] if len(tokens) > 2 else ("", "")
    if (
        last
        and is_role_word(tokens[-3])
        and looks_like_name(given, titled=True)
        and not is_role_word(given)
        and NAME_WORD.match(last)
        and not POST.fullmatch(last)
    ):
        return " ".join(
            tokens[:-2]
        ), f"{given} {last}"  # a surname that is also a word of posts: "City Attorney Lee Park"
    for size in (2, 3):
        name, before = " ".join(tokens[-size:]), tokens[:-size]
        if before and looks_like_name(name) and any(is_role_word(t) for t in before):
            return " ".join(before), name
    return None, None


def role_of(notes: Sequence[str]) -> tuple[str | None, str | None]:
    """A role in the chair from the notes, and what is left of them as the post."""
    role: str | None = None
    rest: list[str] = []
    for note in notes:
        folded = re.sub(r"\s*-\s*", "-", note.lower().strip(" .")).replace("the ", "")
        if is_one_of("people.roles", folded) or is_one_of("people.roles", folded.replace("-", " ")):
            role = role or note
        elif note and not REMARK.search(note):
            parts = [p.strip() for p in note.split(",")]
            held = next((p for p in parts if len(parts) > 1 and is_one_of("people.roles", p.lower())), None)
            role = role or (
                "Chair" if held and "in the chair" in held.lower() else held
            )  # "Leader of the Council, in the Chair"
            rest.append(", ".join(p for p in parts if p != held) if held else note)
    return role, (", ".join(rest) or None)


REMARK = re.compile(
    r"\b(?:substitut|sub\.? for|deputi[sz]ing|virtual|remote|online|via |by (?:tele)?phone|zoom|teams"
    r"|arrived|left|joined|departed|from \d|until \d|items?\b|minutes?\b|ex[- ]officio|excused|unwell"
    r"|unexcused|for part|part of)",
    re.IGNORECASE,
)
"""Notes that say how somebody attended rather than who they are."""


def split_people(text: str) -> list[tuple[int, int]]:
    """The entries of a list of people in running text, as offsets; brackets, honours and posts after commas
    stay with their name.

    Semicolons part entries where there are any; else commas, "and" and "&" do, when a person stands on both
    sides.
    """
    out: list[tuple[int, int]] = []
    plural = False
    for a, b, kind in _pieces(text):
        piece = text[a:b]
        if not piece.strip(" ,;.\n"):
            continue
        if out and not _starts_entry(text[out[-1][0] : out[-1][1]], piece, kind, plural):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
        title, _ = strip_title(piece.strip(" ,;.\n"))
        plural = is_plural(title) if title else plural
    return out


def _pieces(text: str) -> list[tuple[int, int, str]]:
    """The list cut everywhere it may be cut: (start, end, what the cut before it was). "And" within a post is
    no cut."""
    out: list[tuple[int, int, str]] = []
    start, kind = 0, "start"
    for end, after, sign in _cuts(text):
        if sign in ("and", "&") and parse_person(text[start:end]) is None and not _lone_name(text[start:end]):
            continue
        out.append((start, end, kind))
        start, kind = after, sign
    return [*out, (start, len(text), kind)]


def _lone_name(text: str) -> bool:
    word = strip_title(text.strip(" ,;.\n"))[1]
    return len(word.split()) == 1 and looks_like_name(word, titled=True) and not is_role_word(word)


def _cuts(text: str) -> list[tuple[int, int, str]]:
    """Where the list may be cut: (end of the entry before, start of the next, by what), outside brackets."""
    depth, out = 0, list[tuple[int, int, str]]()
    spans = list(re.finditer(r"[()\[\]]|;|,(?!\d)|\n|\s(?:and|&)\s", text))
    for m in spans:
        sign = m.group().strip() or "\n"
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth = max(0, depth - 1)
        elif depth == 0:
            out.append((m.start(), m.end(), sign))
    merged: list[tuple[int, int, str]] = []
    for c in out:  # ", and" is one cut
        if merged and not text[merged[-1][1] : c[0]].strip():
            merged[-1] = (merged[-1][0], c[1], ";" if ";" in (merged[-1][2], c[2]) else merged[-1][2])
        else:
            merged.append(c)
    return merged


def _starts_entry(entry: str, piece: str, kind: str, plural: bool) -> bool:
    """Whether the piece after a cut begins another person or carries on the post of the one before."""
    if kind in (";", "\n"):
        return True
    bare = BRACKETS.sub(" ", piece).strip(" ,.")
    if not strip_honours("X Y, " + bare)[0].removeprefix("X Y").strip(" ,"):
        return False
    has_person = parse_person(entry) is not None
    if plural and _lone_name(piece):
        return True
    if kind in ("and", "&"):
        return has_person and parse_person(piece) is not None
    return not has_person or is_person(piece) or _post_before_name(bare.split(",")[0])[1] is not None


def people_in(text: str, start: int = 0) -> list[Name]:
    """Every person in a list, in order; a plural title ("Councillors A, B and C") carries on until another
    title comes."""
    out: list[Name] = []
    carried: str | None = None
    text = CROWD.sub(lambda m: " " * len(m.group()), text)
    for a, b in split_people(text):
        piece = text[a:b]
        m = re.match(r"\s*(?:and\s+|&\s+)", piece)
        shift = m.end() if m else 0
        couple = COUPLE.match(piece)
        if couple and not any(is_role_word(w) or strip_title(w + " X")[0] for w in couple.groups()):
            at, end = start + a + couple.start(1), start + a + couple.end(3)
            out += [
                Name(f"{given} {couple[3]}", None, None, None, None, at, end, sure=False)
                for given in couple.groups()[:2]
            ]
            continue
        for x, y in _fused(piece[shift:]):
            title, _ = strip_title(piece[shift + x : shift + y].strip(" ,;."))
            if title:
                carried = title if is_plural(title) else None
            p = parse_person(piece[shift + x : shift + y], start + a + shift + x, None if title else carried)
            if p is not None:
                out.append(p)
    return out


CROWD = re.compile(
    rf"\s*(?:,|\band\b|&)\s*(?:\d{{1,3}}|an?|{'|'.join(NUMBERS[1:11])}|several|some)"
    r"\s+(?:other\s+)?(?:(?:members?|residents?|representatives?)\s+of(?:\s+(?:the\s+)?(?:publi"
    r"c|press|parish)\b[^,;]*|\s*$)|(?:citizens?|residents?|visitors?|guests?|spectators?|electors?"
    r"|ratepayers?)\b[^,;]*)",
    re.I,
)
"""People who are counted rather than named: "and 4 members of the public"."""
COUPLE = re.compile(r"^\s*([A-ZÀ-Þ][a-zà-ÿ]+)\s+(?:and|&)\s+([A-ZÀ-Þ][a-zà-ÿ]+)\s+([A-ZÀ-Þ]\S+?)\.?\s*$")
"""Two people who share a printed surname: "John and Sheila Richards"."""


def _fused(entry: str) -> list[tuple[int, int]]:
    """Two titled people with nothing between them ("Mayor Dave Yemm Councillors Lisa Chalapenko") are two
    entries."""
    marks = [m.start() for m in title_words().finditer(BRACKETS.sub(lambda m: " " * len(m.group()), entry))]
    for at in marks:
        left, right = entry[:at], entry[at:]
        if (
            left.strip()
            and is_person(left)
            and strip_title(right)[0]
            and looks_like_name(" ".join(strip_title(right)[1].split()[:2]).strip(",."), titled=True)
            and right[:1].isupper()
        ):
            return [(0, at), (at, len(entry))]
    return [(0, len(entry))]


def owners_in(text: str, common: Collection[str] = ()) -> list[str]:
    """The people whom a cell of owners names, where what follows a name may run on ("Helen Stephenson
    Existing resources").

    `common` are words that the paper prints in lower case: a run of name words ends before one of them, and
    before an abbreviation.
    """
    out: list[str] = []
    for chunk in re.split(r"[,;/\n&+]|\band\b|\(|\)", text):
        tokens = strip_title(chunk.strip())[1].split()
        run: list[str] = []
        for t in tokens:
            usual = any(p in common for p in re.findall(r"[a-z]+", t.lower()))
            if (
                not NAME_WORD.match(t) or is_role_word(t) or (usual and len(run) != 1)
            ):  # a surname may be a usual word: "Linda Saw"
                break
            run.append(t)
        if 2 <= len(run) <= 4 and " ".join(run) not in out:
            out.append(" ".join(run))
    return out
