"""Who voted how: names after "Ayes:", under "For", or "Mr. Foss, in favor"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.cues.load import words as lists
from extractors.cues.says.people import NAME, PERSON, TITLES
from extractors.mentions.names import is_role_word
from extractors.reading.counts import number_said
from extractors.reading.segments import Segment
from schemas.decisions import Choice

SIDES: tuple[tuple[Choice, str], ...] = (
    (
        "for",
        r"ayes?|yeas?|yes|in\s+favou?r(?:\s+of\s+(?:the\s+)?(?:motion|amendment|proposal))?"
        r"|for(?:\s+the\s+(?:motion|amendment|proposal))?|affirmative|voting\s+aye|voted\s+aye",
    ),
    (
        "against",
        r"noe?s|nays?|no|opposed(?:\s+to\s+(?:the\s+)?(?:motion|amendment))?"
        r"|against(?:\s+the\s+(?:motion|amendment|proposal))?|negative|oppose"
        r"|dissenting",
    ),
    ("abstain", r"abst(?:ain(?:ed|ing|s)?|entions?)"),
    ("recused", r"recus(?:ed|als?)"),
    ("absent", r"absent|excused"),
    ("not_voting", r"not\s+voting"),
)
SIDE = "|".join(f"(?P<{side}>{look})" for side, look in SIDES)
LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[\s;,.\[(:–-]))(?:(?:members|those|councillors|vote|votes|voting"
    rf"|voted)\s+[“\"]?)*(?:{SIDE})\s*"
    r"[”\"]?(?:\((?P<n>\d{1,2})\)\s*(?:were|was)?\s*[:–-]?|\s(?P<n2>\d{1,2})\s*(?=\([A-Z])|(?:were|was)\s*[:–-]|[:–=]\s*-?|\s[-–]\s|(?=\s*$))",
    re.I,
)
"""A label in front of names: "Ayes:", "For (14)", "NOES – ", or alone in its segment."""
SAID = re.compile(
    rf"(?P<who>{PERSON})\s*(?:[,:–-]|\s|voted|votes)+\s*(?P<side>in\s+favou?r|aye|yes|yea|opposed|no"
    rf"|nay|against|abstain(?:ed|ing)?|recused|absent)\b",
    re.I,
)
BALLOT = re.compile(
    r"\b(?:favou?r|ayes?|yes|yea|oppose[ds]?|no|nay|against|abst\w+|recused|absent|dissent\w*|opposition)\b",
    re.I,
)
TOTAL = re.compile(r"[–(-]+\s*(?P<n>\d{1,2})\s*\)?\s*[.;\])]*\s*$")
NOBODY_NAMED = re.compile(
    r"(?:Those|All|Members|None|The|Motion|Vote|Voting|Roll|And|Ayes?|Nays?|Noes)\b", re.I
)
NOBODY = re.compile(r"^\W*(?:none|nil|0|no\s?one|nobody|n/?a)\b", re.I)
STOPS = re.compile(
    r"\b(?:(?:the|this)\s+)?(?:motion|amendment|resolution|the\s+vote|carried|passed|declared|note)\b|[\[\]]",
    re.I,
)
SPLIT = re.compile(r"\s*(?:,|;|/|&|\band\b|\n)\s*")
TITLE = re.compile(rf"^(?:(?:the\s+)?(?:{TITLES})\s+)+")
ONE_NAME = re.compile(rf"^{NAME}\.?$")


@dataclass(slots=True)
class Division:
    """Names by choice with their places, and the numbers printed beside the labels."""

    ballots: list[tuple[str, Choice, int, int]] = field(
        default_factory=lambda: list[tuple[str, Choice, int, int]]()
    )
    printed: dict[str, int] = field(default_factory=lambda: dict[str, int]())
    about: Literal["motion", "amendment"] | None = None
    """What its first label says is voted for: "For the amendment"."""

    def count(self, choice: Choice) -> int | None:
        """The printed number, else how many are named; None when the division does not mention the choice."""
        named = sum(c == choice for _, c, _, _ in self.ballots)
        return self.printed.get(choice, named if named or choice in self.printed else None)


LEADING = re.compile(r"\W*\d{1,2}\s*[-–:]\s*")
"""The number in front of the names: "11 - Foss, Lund"."""
ALONE = re.compile(
    rf"^\W*(?P<who>{PERSON})\s*[-–—:.…,]*\s*(?P<side>ayes?|yes|yea|noe?|nay|abstain(?:ed|s)?|recused"
    rf"|absent)\W*$",
    re.I,
)
"""One member and the vote, alone in a line."""


def _listed(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """Votes one a line: "Councilman Foss – yes"; and the segment after them."""
    out, k = Division(), i
    while k < len(segments) and (m := ALONE.match(segments[k].text)):
        choice: Choice = next(side for side, look in SIDES if re.fullmatch(look, m["side"], re.I))
        start = segments[k].start + m.start("who")
        out.ballots.append((TITLE.sub("", m["who"]), choice, start, start + len(m["who"])))
        k += 1
    return (out, k) if k - i >= 2 else None


TOLD = re.compile(
    r"^\W*(?:[\w -]{1,20}:\s*)?(?P<who>(?-i:[A-Z])[^.;:]{2,200}?)\s+(?:voted|voting)\s+[“\"]?"
    r"(?P<side>ayes?|yes|yea|in\s+favou?r|for|noe?|nay|against|in\s+opposition|opposed|abstain(?:ed|ing)?)\b",
    re.I,
)
"""Several members and how they voted: "Aldermen Foss and Lund voted yes"."""


def _told(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """Votes told in sentences, one a side; and the segment after them."""
    out, k = Division(), i
    while k < len(segments) and (m := TOLD.match(segments[k].text)):
        names = names_listed(m["who"])
        if not names or sum(b - a for _, a, b in names) < 0.6 * len(m["who"]):
            break
        side = "against" if m["side"].lower() == "in opposition" else m["side"]
        choice: Choice = next(c for c, look in SIDES if re.fullmatch(look, side, re.I))
        at = segments[k].start + m.start("who")
        for name, a, b in names:
            out.ballots.append((name, choice, at + a, at + b))
        k += 1
    return (out, k) if len(out.ballots) >= 2 and out.count("for") is not None else None


def division_at(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """The division whose first label or vote stands in segment i, and the segment after it; None when there
    is none."""
    listed = (_listed(segments, i) or _told(segments, i)) if BALLOT.search(segments[i].text) else None
    if listed is not None:
        return listed
    spoken = spoken_in(segments[i])
    if spoken is not None:
        return spoken, i + 1
    out, choice, k = Division(), None, i
    while k < len(segments):
        took, choice = _take(out, segments[k], choice, opening=k == i)
        if not took:
            break
        k += 1
    real = len(out.ballots) >= 1 and len({c for _, c, _, _ in out.ballots} | set(out.printed)) >= 1
    return (
        (out, k)
        if real
        and ("for" in out.printed or any(c == "for" for _, c, _, _ in out.ballots) or len(out.ballots) > 1)
        else None
    )


CANDIDATE = re.compile(rf"^\W*(?:for|votes? for)\s*:?\s*(?P<who>{PERSON})\W*$", re.I)


TOLD_WITHIN = re.compile(
    rf"(?P<who>{PERSON}(?:\s*(?:,|and|&)\s*{PERSON})*)\s*[,:–-]?\s*(?:was\s+|were\s+)?"
    r"(?:(?:vot(?:ed|ing|es)\s+[“\"]?(?P<voted>ayes?|yes|in\s+favou?r|for|nay|no|against|in\s+opposition|opposed))"
    r"|(?:requested\s+that\s+(?:his|her|their)\s+votes?\s+)?"
    r"(?P<side>opposed|against|nay|dissent(?:ed|ing)|in\s+opposition|abstain(?:ed|ing|s)?))\b"
    r"(?!\s+(?:the|a|any|to)\b)",
    re.I,
)
"""Names and how they voted within a sentence: "Motion carried, Councillor Foss opposed"."""
MOST_TOLD = 260
"""Letters that such a sentence may have."""


def dissent_in(s: Segment) -> Division | None:
    """Who voted how, told after or beside the outcome; of most papers only the few who voted otherwise."""
    if not BALLOT.search(s.text) or len(s.text) > MOST_TOLD:
        return None
    out = Division()
    for m in TOLD_WITHIN.finditer(s.text):
        side = (m["voted"] or m["side"]).lower()
        choice: Choice = (
            "abstain"
            if side.startswith("abst")
            else "for"
            if re.match(r"ayes?|yes|in\s+favou?r|for", side)
            else "against"
        )
        for name, a, b in names_listed(m["who"]):
            out.ballots.append((name, choice, s.start + m.start() + a, s.start + m.start() + b))
    return out if out.ballots else None


def candidate_at(segments: Sequence[Segment], i: int) -> tuple[str, Division, int] | None:
    """Who voted for one candidate: "For Councillor Foss", the names below it; and the segment after them."""
    m = CANDIDATE.match(segments[i].text)
    if m is None:
        return None
    out, k = Division(), i + 1
    while (
        k < len(segments)
        and k < i + 6
        and not CANDIDATE.match(segments[k].text)
        and _names_only(segments[k].text)
    ):
        _add(out, segments[k], 0, len(segments[k].text), "for")
        k += 1
    return (TITLE.sub("", m["who"]), out, k) if out.ballots else None


def _take(out: Division, s: Segment, choice: Choice | None, *, opening: bool) -> tuple[bool, Choice | None]:
    """Whether the segment is part of the division, and the label that stands at its end."""
    labels = [m for m in LABEL.finditer(s.text) if _is_label(s.text, m)]
    if not labels:
        if opening or choice is None or not _names_only(s.text):
            return False, choice
        _add(out, s, 0, len(s.text), choice)
        return True, choice
    if labels[0].start() > 0 and choice and not opening and _names_only(s.text[: labels[0].start()]):
        _add(out, s, 0, labels[0].start(), choice)
    elif (
        labels[0].start() > 0 and choice and (m := re.match(r"\W*(\d{1,2})\W*$", s.text[: labels[0].start()]))
    ):
        out.printed[choice] = int(m[1])
    elif labels[0].start() > 6 and not opening:
        return False, choice
    about = _about(labels[0].group())
    if about and not opening and out.about and about != out.about:
        return False, choice
    out.about = out.about or about
    for m, after in zip(labels, [*labels[1:], None], strict=True):
        choice = next(side for side, _ in SIDES if m[side])
        if m["n"] or m["n2"]:
            out.printed[choice] = int(m["n"] or m["n2"])
        _add(out, s, m.end(), after.start() if after else len(s.text), choice)
    return True, choice


def _about(label: str) -> Literal["motion", "amendment"] | None:
    """What a label sets against another: "For the amendment"."""
    m = re.search(r"\b(?:for|against)\s+the\s+(motion|amendment)\b", label, re.I)
    return None if m is None else "amendment" if m[1].lower() == "amendment" else "motion"


def _is_label(text: str, m: re.Match[str]) -> bool:
    word = m.group().strip()
    rest = text[m.end() :].strip()
    if not rest:
        return len(text.strip()) < 34 and not text.strip().endswith(",")
    if m["for"] and m["for"].lower() == "for" and not (m["n"] or word.endswith((":", "–"))):
        return False
    return bool(NOBODY.match(rest) or re.match(rf"\W*(?:\d{{1,2}}\b|{PERSON})", rest))


def _add(out: Division, s: Segment, start: int, end: int, choice: Choice) -> None:
    text = s.text[start:end]
    stop = STOPS.search(text)
    text = text[: stop.start()] if stop else text
    total = TOTAL.search(text.strip()) or re.match(r"\W*(?P<n>\d{1,2})\b(?!\s*[/.]\s*\d)", text)
    if total:
        out.printed[choice] = int(total["n"])
        lead = LEADING.match(text)
        if lead:
            start, text = start + lead.end(), text[lead.end() :]
    if NOBODY.match(text):
        out.printed[choice] = 0
        return
    for name, a, b in names_listed(TOTAL.sub("", text)):
        out.ballots.append((name, choice, s.start + start + a, s.start + start + b))


def names_listed(text: str) -> list[tuple[str, int, int]]:
    """The names in a list, titles off, with their places: "Councilmembers Foss, Lund and Mayor Quill"."""
    out: list[tuple[str, int, int]] = []
    at = 0
    for piece in [*SPLIT.split(text)]:
        found = text.find(piece, at) if piece else -1
        if found < 0:
            continue
        at = found + len(piece)
        bare = TITLE.sub(
            "", piece.strip(" .:–-()[]") + (")" if piece.rstrip().endswith(")") and "(" in piece else "")
        )
        if (
            bare
            and not NOBODY_NAMED.match(bare)
            and ONE_NAME.match(bare)
            and not TITLE.fullmatch(bare + " ")
            and number_said(bare) is None
            and not _is_post(bare)
        ):
            out.append((bare.strip(), found, at))
    return out


def _is_post(name: str) -> bool:
    """Nothing but words of posts ("City Manager"); "Young" and "Park" alone are surnames in a list of
    votes."""
    words = name.split()
    return all(is_role_word(w) for w in words) and not (
        len(words) == 1 and words[0].lower() in lists()["people.surnames_too"]
    )


def _names_only(text: str) -> bool:
    """Nothing but names and a total."""
    bare = TOTAL.sub("", text)
    found = names_listed(bare)
    return (bool(found) and sum(b - a for _, a, b in found) > 0.6 * len(bare.strip())) or bool(
        re.fullmatch(r"\W*\d{1,2}\W*", text)
    )


def spoken_in(s: Segment, at: int = 0) -> Division | None:
    """ "Mr. Foss, in favor; Mrs. Lund, opposed": two votes and more, each after its name, from `at` on."""
    if len(BALLOT.findall(s.text, at)) < 2:
        return None
    said = [m for m in SAID.finditer(s.text, at) if not NOBODY_NAMED.match(m["who"])]
    if len(said) < 2:
        return None
    out = Division()
    for m in said:
        choice: Choice = next(side for side, look in SIDES if re.fullmatch(look, m["side"], re.I))
        name = TITLE.sub("", m["who"].strip())
        out.ballots.append((name, choice, s.start + m.start(), s.start + m.end()))
    return out
