"""Votes: counts told in a sentence, and recorded divisions with every name under For, Against and Abstain."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast, get_args

from extractors.cues.load import sentence_patterns
from extractors.mentions.people import people_in
from extractors.reading.readers.outcomes import OUTCOME
from extractors.text.numbers import number_said

if TYPE_CHECKING:
    from extractors.reading.doc import View

Choice = Literal["for", "against", "abstain"]
CHOICES: tuple[tuple[str, str], ...] = (
    (
        "for",
        r"for(?: the (?:motion|amendment))?|in favou?r(?: of the (?:motion|amendment))?|yes|ayes?"
        r"|yeas?|aye votes?|affirmative|voting for|voted for",
    ),
    (
        "against",
        r"against(?: the (?:motion|amendment))?|no|noes|nos|nays?|opposed|negative|voting against"
        r"|voted against",
    ),
    ("absent", r"absent(?: and not voting)?|excused|not present|absent from the vote"),
    ("abstain", r"abstain(?:ed|ing)?|abstentions?|abstained from voting|not voting|present but not voting"),
)
_EVERY = "|".join(f"(?P<{name}>{look})" for name, look in CHOICES)
LABEL = re.compile(
    rf"(?:^|(?<=[.;,\n])\s*|(?<=\s))(?:(?:those|members"
    rf"|councillors)\s+(?:voting\s+)?)?(?:(?:recorded\s+|roll[- ]call\s+)?vot(?:es?"
    rf"|ing)\s*:?\s*)?(?i:{_EVERY})\s*(?:\((?P<n>\d{{1,3}})\)\s*[:–-]?"
    rf"|[:–=]\s*(?:\(?(?P<n2>\d{{1,3}})\)?(?=\s|$|[.,;–-])\s*[–:-]?)?|\s[–-]\s"
    rf"|\s+(?P<n3>\d{{1,3}})\s*:)",
    re.I,
)
"""A label in front of names: "For (14)", "Against:", "Ayes – ", "Nays: 0"."""
ALONE = re.compile(rf"^(?i:{_EVERY.replace('?P<', '?P<a_')})\s*(?:\((?P<n>\d{{1,3}})\))?\s*:?$", re.I)
TELLS_OUTCOME = re.compile(
    r"(?:^|(?<=\s))(?:(?:the|this)\s+)?(?:(?:substantive|original|amended)\s+)?(?:motion|amendment"
    r"|proposal|recommendation|resolution)s?(?:,?\s+as\s+amended,?)?\s+(?:was|is|were|having|being"
    r"|therefore|carried|passed|failed|lost|fell|put)\b.*$",
    re.I | re.S,
)
"""The sentence after the last name that says what became of the motion, with or without a full stop before
it."""
NOBODY = re.compile(r"^\W*(?:none|nil|0|nobody|n/?a)\b\W*", re.I)


@dataclass(frozen=True, slots=True)
class Tally:
    """A printed count; None where nothing is printed."""

    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    casting: bool = False

    def joined(self, other: Tally | None) -> Tally:
        """What either says; the first to say it stands."""
        if other is None:
            return self
        return Tally(
            _either(self.votes_for, other.votes_for),
            _either(self.votes_against, other.votes_against),
            _either(self.abstentions, other.abstentions),
            self.casting or other.casting,
        )


def _either(a: int | None, b: int | None) -> int | None:
    return a if a is not None else b


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's recorded vote at characters `start` to `end`."""

    name: str
    title: str | None
    choice: Choice
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Division:
    """Names under their choices, and the counts printed beside the choices."""

    ballots: list[Ballot] = field(default_factory=lambda: list[Ballot]())
    tally: Tally = field(default_factory=Tally)


SIDE = re.compile(r"^\W*(?:for|in favou?r of|voting for)\s+the\s+(?P<kind>motion|amendment)\b", re.I)
"""A label that says which of a motion and its amendment the names are for."""


def tally_in(text: str) -> Tally | None:
    """The counts that a sentence tells, or None."""
    casting = bool(re.search(r"\bcasting vote\b", text, re.I))
    for p in sentence_patterns("vote_count"):
        m = p.look.search(text)
        if m:
            return Tally(number_said(m["for"]), number_said(m["against"]), number_said(m["abstain"]), casting)
    return Tally(casting=True) if casting else None


def is_ballot_label(text: str) -> bool:
    """Whether a block begins a list of who voted how: the label alone, or with names or a count after it."""
    text = text.strip()
    if ALONE.match(text) and len(text) < 40:
        return bool(re.search(r"\(\d+\)|:", text)) or not re.match(r"^(?:for|no|yes)$", text, re.I)
    m = LABEL.match(text)
    if m is None:
        return False
    after = LABEL.search(text, m.end())
    rest = text[m.end() : after.start() if after else len(text)].strip()
    return not rest or bool(NOBODY.match(rest)) or bool(people_in(rest[:80])) or bool(_surnames(rest[:60]))


def _choice(m: re.Match[str]) -> str:
    return next(name for name, _ in CHOICES if m[name])


def ballots_in(views: list[View], k: int) -> tuple[Division, int]:
    """The division whose first label stands at block k: every label's names, until a block that is neither
    label nor names."""
    out = Division()
    counts: dict[str, int | None] = {}
    choice: str | None = None
    side: str | None = None
    while k < len(views):
        view = views[k]
        text = OUTCOME.sub("", TELLS_OUTCOME.sub("", view.text))
        named = SIDE.match(text)
        if named and side and named["kind"].lower() != side:
            break  # the names for the other of the two: a division of its own
        side = named["kind"].lower() if named else side
        marks = list(LABEL.finditer(text)) if is_ballot_label(text) else []
        alone = ALONE.match(text.strip()) if not marks else None
        if alone:
            choice = next(name for name, _ in CHOICES if alone[f"a_{name}"])
            counts[choice] = int(alone["n"]) if alone["n"] else counts.get(choice)
        elif marks:
            for m, after in zip(marks, [*marks[1:], None], strict=True):
                choice = _choice(m)
                n = m["n"] or m["n2"] or m["n3"]
                counts[choice] = int(n) if n else counts.get(choice)
                end = after.start() if after else len(text)
                out.ballots.extend(_names(text[m.end() : end], view.start + m.end(), choice))
        elif choice and text.strip() and view.block.kind != "heading" and _is_names(text):
            out.ballots.extend(_names(text, view.start, choice))
        else:
            break
        k += 1
    tally = Tally(counts.get("for"), counts.get("against"), counts.get("abstain"))
    return Division(out.ballots, tally), k


def _is_names(text: str) -> bool:
    """A block of nothing but names: at least one, and few words beyond them."""
    found = people_in(text)
    named = sum(len(p.name.split()) + len((p.title or "").split()) for p in found)
    return bool(found) and named >= 0.6 * len(text.replace(",", " ").split())


def _surnames(text: str) -> list[re.Match[str]]:
    """ "Smith, Jones, Lee": single capitalised words between commas."""
    pieces = [m for m in re.finditer(r"[^,;]+", text) if m.group().strip(" .")]
    good = [m for m in pieces if re.fullmatch(r"\s*(?:and\s+)?[A-Z][\w'’-]+\s*\.?\s*", m.group())]
    return good if pieces and len(good) >= 0.7 * len(pieces) else []


def _names(text: str, start: int, label: str) -> list[Ballot]:
    if NOBODY.match(text) or label not in get_args(Choice):
        return []  # nobody, or those who were absent
    choice = cast(Choice, label)
    found = people_in(text, start)
    bare = _surnames(text)
    if len(bare) > len(found):
        return [
            Ballot(
                re.sub(r"^and\s+", "", m.group().strip(" .")),
                None,
                choice,
                start + m.start(),
                start + m.end(),
            )
            for m in bare
        ]
    return [Ballot(p.name, p.title, choice, p.start, p.end) for p in found]
