"""What stands in front of a list of people, and what it says of them: the cues "roll STATUS CAPACITY" of
cues/says, and the lists [attendance] of the conventions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast

from extractors.cues.load import pattern
from extractors.cues.says import cues_of
from extractors.cues.says.people import MEMBERS, OFFICES
from extractors.reading.facts import Capacity, Presence
from extractors.reading.understand.names_listed import ELECTED, is_name, split_title
from extractors.text.kept import compiled
from extractors.text.needed import Needs, any_of, needs_of, words_in

LISTS: tuple[tuple[str, str], ...] = (
    ("attendance.apologies", "roll apologies member"),
    ("attendance.absent", "roll absent member"),
    ("attendance.officers", "roll present officer"),
    ("attendance.others", "roll present other"),
    ("attendance.substitutes", "roll present member"),
    ("attendance.present", "roll present member"),
)
"""The conventions' own labels, and what each list is."""
BE = r"(?:\s+(?:were|was|are|is|being|as\s+follows|physically|remotely|in\s+person|virtually|via\s+zoom))*"
FOREIGN = r"(?!(?:present|absent|apologies|leave|clerk|staff|in)\b)[^\W\d_]+(?:[ ][^\W\d_]+){0,2}"
IN_ANOTHER_TONGUE = (
    rf"(?:{FOREIGN}(?:[ ][^\W\d_]+){{0,3}}[ ]*[/|][ ]*|{FOREIGN}[ ][–—-][ ](?=[^:,]{{4,40}}:))"
)
""" "Yn bresennol / Present": a label in two languages."""
LEAD = (
    rf"(?P<lead>^(?:\(cid:\d+\))?\W*(?:[A-Z]{{1,4}}\d[\w/.-]*[.)]?\s+)?(?:\(?\d{{1,4}}[a-z]?[\d./]{{0,8}}[.)]?\s+|\(?\w{{1,3}}[.)]\s*)?(?:{IN_ANOTHER_TONGUE})?"
    r"|(?<=[A-Z]:)|(?<=[A-Z]:[ ])|[.;,\]–—-]\s+|[\s]{2,}|\t|\s+(?=[A-Z])|^\W*(?:\(?\w{1,2}[.)]\s*)?"
    r"(?:roll\s+call|attendance)\s*[:–—.-]+\s*)"
)
"""What stands before a label."""
SIGN = (
    rf"(?:[ ]*[/|][ ]*{FOREIGN})?{BE}[ ]*"
    r"(?P<note>\([^)]{1,60}\))?[ ]*"
    r"(?P<sign>:+[ ]*[-–—]*|(?-i:(?<=\bABSENT)|(?<=\bEXCUSED)|(?<=\bPRESENT))[ ]+(?=(?-i:[A-Z][a-z]))"
    r"|[ ][-–—]+(?=\s|[A-Z])|[-–—](?=\s)|\t|\.?\s*$|(?<=[a-z]{3})(?<!the)[ ]"
    r"(?=(?:Mr|Mrs|Ms|Dr|Cllrs?|Clrs?|Crs?|Councill?ors?|Aldermen)\.?[ ]+(?-i:[A-Z])))"
)
"""What stands behind one, and the sign by which it is one."""
STAFF_POST = re.compile(
    r"\b(?:clerk|manager|director|officer|attorney|counsel|counsell?or(?=\b.*(?:county|city|town|legal))|(?<=county\s)counsell?or|(?<=city\s)counsell?or|solicitor|engineer|planner|superintendent"
    r"|administrator|assistant|analyst|secretary\s+to|minutes?\s+secretary|head\s+of|chief|inspector|treasurer"
    r"|comptroller|foreman|recorder|assessor|bookkeeper|registrar|operator|(?:city|town|village|county|borough|township|district|parish)\s+secretary"
    r"|(?:works|roads?|highways?|maintenance|utilit\w+|parks|building|office)\s+supervisor|marshal|accountant|auditor|coordinator|co-ordinator|specialist|architect|executive|principal|staff"
    r"|pcso|consultant|librarian|technician|recording\s+secretary|legal|finance|c\.?[abefo]\.?o|lawyer|scientist|ranger|surveyor|economist|ecologist|appraiser|(?:committee|council|board)\s+secretary|commissioners?[’']\s+secretary|sanitarian|harbou?r\s*master|team\s+leader|advis[eo]r|head|lead|dir)\b"
    r"|^(?!T\.?D|M\.?[PE]|M\.?S\.?P|M\.?L)(?-i:(?:[A-Z]/)?(?:[A-Z]\.\s?){1,4}[A-Z]\.?)$",
    re.I,
)
MEMBER_POST = re.compile(
    rf"^(?:the\s+)?(?:{OFFICES}|vice[- ]chair\w*|{MEMBERS}|in\s+the\s+chair|ex[- ]officio"
    r"|(?:council|board)\s+president"
    r"|(?:supervisor|commissioner|trustee|alderperson)(?!\s+of)|(?:ward|district|division|place"
    r"|position|seat|zone)\s+\w{1,3})\b(?![’']\s)",
    re.I,
)
ONE_WORD = re.compile(
    rf"(?:{MEMBERS}|chair\w*|mayor|president|clerks?|public|staff|vice[- ]\w+|executive|also|others?|press"
    r"|management|deputy\s+mayor|reeve|warden|leader|secretary)",
    re.I,
)
"""Labels that are words of prose too: alone they need a colon."""


ROLL_WORD = re.compile(r"present|attend|absent|apolog|excused|roll", re.I)
FOLLOWING = re.compile(r"(?:with\s+)?the\s+following\b", re.I)
ROLL_LABEL = re.compile(r"(?:members\s+)?(?:present|absent|apologies|in\s+attendance)", re.I)
"""Labels that may stand before a title with no sign between, where their column is narrow."""
STATUS_WORD = re.compile(r"present|attend|absent|apolog|excused|regret|leave|roll|quorum|sederunt", re.I)
"""What a label says of whether its people were there."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at characters `start` to `end` (its sign included) of a line, and what its people are; `gives`
    as the cues have it ("remote", "Chair", "office", "post")."""

    text: str
    start: int
    end: int
    status: Presence
    capacity: Capacity
    gives: str | None = None

    @property
    def bare(self) -> bool:
        """Whether it says who its people are and not whether they were there: "Member", "Councillors"."""
        return not STATUS_WORD.search(self.text) and self.gives != "remote"

    @property
    def single(self) -> bool:
        """Whether it is the label of one person only."""
        return self.gives in ("Chair", "office", "post")


@dataclass(frozen=True)
class _Form:
    """One way to say a label: its words as a pattern, what they need of a line, and what they say."""

    words: str
    needs: Needs
    status: Presence
    capacity: Capacity
    gives: str | None

    @cached_property
    def look(self) -> re.Pattern[str]:
        """The words with what stands before and behind them, compiled when a line first has them."""
        return compiled(rf"{LEAD}(?P<label>{self.words}){SIGN}", re.I)


@lru_cache(maxsize=2)
def _forms(groups: bool) -> tuple[_Form, ...]:
    """The labels' cues and the conventions' lists; with `groups` those of any group at all, which only the
    first words of a line are."""
    cues = [
        c for c in cues_of("roll") if not c.act.startswith("roll told") and (c.gives == "group") == groups
    ]
    said = [(c.pattern, c.act, c.gives) for c in cues] + [(pattern(name), act, None) for name, act in LISTS]
    return tuple(_form(*one) for one in said)


def _form(look: str, act: str, gives: str | None) -> _Form:
    _, status, capacity = act.split()
    needs = needs_of(rf"(?<!\w)(?:{look})(?!\w)", re.I)  # no letter stands right before or behind a label
    in_one_column = look.replace(r"\s", r"[^\S\t]")
    return _Form(in_one_column, needs, cast(Presence, status), cast(Capacity, capacity), gives)


@lru_cache(maxsize=2)
def _words(groups: bool) -> int:
    return any_of(form.needs.all for form in _forms(groups))


@lru_cache(maxsize=4096)
def _with_words(groups: bool, words: int) -> tuple[_Form, ...]:
    return tuple(form for form in _forms(groups) if form.needs.met_by(words))


def _forms_for(groups: bool, text: str) -> tuple[_Form, ...]:
    """The forms that may stand in the text."""
    return _with_words(groups, _words(groups) & words_in(text))


Found = tuple[re.Match[str], _Form]


def _first_of(found: Sequence[Found]) -> Found | None:
    """Of what the forms found in their order the first in the text, and at one place the first form. Where
    they differ in what stands before the label, one pattern of all of them says which is meant."""
    start = min((m.start() for m, _ in found), default=0)
    here = [(m, form) for m, form in found if m.start() == start]
    if len({m.start("label") for m, _ in here}) < 2:
        return here[0] if here else None
    m = _together(tuple(form.words for _, form in here)).match(here[0][0].string, start)
    return (m, next(form for i, (_, form) in enumerate(here) if m[f"l{i}"] is not None)) if m else None


@lru_cache(maxsize=64)
def _together(words: tuple[str, ...]) -> re.Pattern[str]:
    rivals = "|".join(f"(?P<l{i}>{one})" for i, one in enumerate(words))
    return re.compile(rf"{LEAD}(?P<label>{rivals}){SIGN}", re.I)


def _all_in(text: str) -> list[Found]:
    """Every label that is no group's, one after another."""
    out: list[Found] = []
    at = 0
    found = [(m, form) for form in _forms_for(False, text) if (m := form.look.search(text))]
    while first := _first_of(found):
        out.append(first)
        at = first[0].end()
        found = [
            (m, form)
            for old, form in found
            if (m := old if old.start() >= at else form.look.search(text, at)) is not None
        ]
    return out


def labels_in(text: str, now: Label | None, *, heading: bool = False) -> list[Label]:
    """The labels in a line: at its start, or after another's list in the same line. `now` is the label of the
    list that the line stands in."""
    out: list[Label] = []
    groups = _forms_for(True, text) if ":" in text else ()
    group = _first_of([(m, form) for form in groups if (m := form.look.match(text))])
    own = _all_in(text)
    if group and any(m.start("label") <= group[0].start("label") for m, _ in own):
        group = None
    for m, form in [group, *(one for one in own if one[0].start() >= group[0].end() - 1)] if group else own:
        status, capacity, gives = form.status, form.capacity, form.gives
        if not _stands(m, text, now, gives, first=not out, heading=heading):
            continue
        if _calls_the_roll(m, text, now):
            status, capacity, gives = "present", "member", None
        if m["note"] and re.search(r"virtual|remote|online|zoom|teams|phone", m["note"], re.I):
            gives = "remote"
        out.append(Label(m["label"].strip(), m.start("label"), m.end(), status, capacity, gives))
    return out


def _is_other(m: re.Match[str], text: str, gives: str | None) -> bool:
    """Whether the words stand where a label of their kind never does."""
    colon = m["sign"].startswith(":")
    if m["note"] and not colon and is_name(split_title(m["note"].strip("()"))[1]):
        return True  # "Committee Clerk (A Foss)"
    if gives == "line":
        return m.start("label") > 0 or bool(text[m.end() :].strip())
    return gives == "group" and not (colon and m.start() == 0)


def _stands(
    m: re.Match[str], text: str, now: Label | None, gives: str | None, *, first: bool, heading: bool
) -> bool:
    """Whether the words are a label where they stand, rather than words of prose or of somebody's post."""
    if _is_other(m, text, gives):
        return False
    if gives == "line":
        return True
    sign, lead = m["sign"], m["lead"]
    colon = sign.startswith(":")
    if gives == "body" and not colon and not (now and m["label"].isupper()):
        return False
    if not colon and (gives == "colon" or not m["label"][:1].isupper()):
        return False
    if lead.strip() in ("-", "–", "—", ",") and lead.strip() and not sign.strip(" ."):
        return False  # "Foss - Absent"
    word = bool(ONE_WORD.fullmatch(m["label"].strip()))
    if lead and lead.isspace() and len(lead) == 1 and not sign.startswith(":") and m.start() > 0:
        return False
    if not sign.strip(" ."):
        rest = text[m.end() :].strip()
        column = bool(rest) and ("\t" in sign or (m.start() == 0 and bool(ROLL_LABEL.fullmatch(m["label"]))))
        if (rest and not column) or (word and not (column or now or heading or m["label"].isupper())):
            return False
    if m.start() > 0 and now is None and first and m.start("label") > 4:
        after_stop = lead[:1] in ".;" and bool(ROLL_WORD.search(m["label"]))
        told = gives == "colon" or bool(FOLLOWING.match(m["label"]))
        within = colon and (told or "\t" in lead or after_stop)
        if not within and not re.match(r"^\W*(?:[\d.]{1,5}\s+|\w{1,3}[.)]\s*)?roll\s+call", text, re.I):
            return False
    if not (word or gives in ("Chair", "office", "post")) or m.start() == 0 or "\t" in lead:
        return True
    return lead.strip() not in (",", "-", "–", "") or (not lead.strip() and colon)


def _calls_the_roll(m: re.Match[str], text: str, now: Label | None) -> bool:
    """ "Clerk: Mayor Foss, Councillors Ash and Birch", in a verbatim record: the clerk calls the roll."""
    return (
        now is not None
        and (now.status, now.capacity) == ("present", "member")
        and "clerk" in m["label"].lower()
        and bool(ELECTED.search(text[m.end() : m.end() + 40]))
    )
