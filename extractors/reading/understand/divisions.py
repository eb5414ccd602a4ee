"""Divisions under labels: names after "Ayes:", under "For", or each with the vote in a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from extractors.cues.load import is_one_of
from extractors.cues.says.people import PERSON
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import (
    BALLOT,
    NOBODY_NAMED,
    SIDES,
    TITLE,
    Division,
    choice_of,
    names_listed,
)
from extractors.reading.understand.divisions_in_columns import columns_at
from extractors.reading.understand.votes_told import VOTE_WORD, each_in, spoken_in, told_at
from schemas.decisions import Choice

CAST = ("for", "against", "abstain")
SIDE = "|".join(f"(?P<{side}>{look})" for side, look in SIDES)
LABEL = re.compile(
    rf"(?:(?<=^)|(?<=[\s;,.\[(:–—“\"-]))(?:(?:the\s+following|members|those|councillors|votes?|voting"
    rf"|voted)\s+[“\"]?)*(?:{SIDE})(?:\s+(?:thereof|votes?)(?=\s*[:–—-]))?(?:\s+viz\b\.?)?\s*[”\"]?"
    r"(?:\((?P<n>\d{1,2})\)\s*(?:were|was)?\s*[:–—-]?|\s(?P<n2>\d{1,2})\s*(?=\([A-Z])"
    r"|\s(?P<n3>\d{1,2})(?=\s*[:–—]?\s+(?-i:[A-Z])|\W*$)|(?:were|was|are)(?:\s*[:–—-]|\s+(?=(?-i:[A-Z])))"
    r"|[:–—=]\s*-?|\s[-–—](?:\s|$)|(?<=[”\"])(?=\s+(?-i:[A-Z]))|(?=\s*$))",
    re.I,
)
"""A label in front of names: "Ayes:", "For (14)", "NOES – ", or alone in its segment."""
PLURAL = re.compile(r"(?:ayes|yeas|nays|noes|abstentions|for|against|opposed|in\s+favou?r|absent)\b", re.I)
"""Sides after which a bare number is a count: "Ayes 4 Foss, Lund"."""
TOTAL = re.compile(r"(?:\W*\btotals?\s*[:–—-]?\s*|[–—(-]+\s*)(?P<n>\d{1,2})\s*\)?[\s.;,\])”“\"]*$", re.I)
BARE_TOTAL = re.compile(r"\s(?P<n>\d{1,2})\W*$")
"""The number of the names behind them, "Foss, Lund 2": where it is their number."""
NOBODY = re.compile(r"^\W*(?:none|nil|0|no\s?one|nobody|n/?a)\b", re.I)
STOPS = re.compile(
    r"\b(?:(?:the|this)\s+)?(?:motion|amendment|resolution|the\s+vote|carried|passed|declared|note)\b|[\[\]]",
    re.I,
)
LEADING = re.compile(r"\W*(?:\(\d{1,2}\)\s*[-–—:]?|\d{1,2}\s*[-–—:])\s*")
"""The number in front of the names: "11 - Foss, Lund"."""
ALONE = re.compile(
    rf"^\W*(?P<who>{PERSON})(?:\s*\([^()]{{2,30}}\))?\s*[-–—:.…,(]*\s*(?P<side>ayes?|yes|yea|noe?|nay|abstain(?:ed|s)?|recused"
    rf"|absent|(?:(?<=[-–—:.…] )|(?<=[-–—:.…]))(?:for|against))\W*$",
    re.I,
)
"""One member and the vote, alone in a line."""
MARKS = (":", "–", "—", "-", "”", '"')
"""What ends a label within a sentence."""
MOST_SIDES = 8
"""Segments over which the sides may run."""
CUT_LABEL = re.compile(
    r"^\W*(?:those\s+|members\s+)?(?:vot(?:ed|ing)\s+)?(?P<side>in\s+favou?r\s+of|opposed\s+to|for|against)"
    r"(?:\s+the)?\W*$",
    re.I,
)
"""The first line of a label that runs over two: "Voted in favor of"."""
VOTE_SIDE = re.compile(
    r"^\W*(?-i:VOTE|Vote)\s*[:–—-]\s*(?:\([^()]{2,20}\)\s*)?(?P<side>yes|no|ayes?|nays?|noes|abst\w+)\.\s*",
    re.I,
)
"""A side behind "VOTE:", closed by a full stop: "VOTE: YES. FOSS, LUND"."""
REST_OF_LABEL = re.compile(r"^\W*(?:the\s+)?(?:motion|amendment|resolution)\s*[:–—-]\s*", re.I)


def _listed(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """Votes one a line: "Councilman Foss – yes"; and the segment after them."""
    out, k = Division(), i
    while k < len(segments) and (one := _alone(segments[k]) or (each_in(segments[k]) if k > i else None)):
        out.ballots += one.ballots
        k += 1
    return (out, k) if k - i >= 2 else None


def _alone(s: Segment) -> Division | None:
    """One member and the vote, alone in the segment."""
    m = ALONE.match(s.text)
    if m is None or NOBODY_NAMED.match(m["who"]):
        return None
    start = s.start + m.start("who")
    return Division([(TITLE.sub("", m["who"]), choice_of(m["side"]), start, start + len(m["who"]))])


def division_at(segments: Sequence[Segment], i: int) -> tuple[Division, int] | None:
    """The division whose first label or vote stands in segment i, and the segment after it; None when there
    is none."""
    listed = _listed(segments, i) if ALONE.match(segments[i].text) else None
    if listed is None and (BALLOT.search(segments[i].text) or VOTE_WORD.search(segments[i].text)):
        listed = told_at(segments, i)
    if listed is not None:
        return listed
    spoken = spoken_in(segments[i])
    if spoken is not None:
        k = i + 1
        while k < len(segments) and (more := spoken_in(segments[k]) or _alone(segments[k])):
            spoken.ballots += more.ballots
            k += 1
        return spoken, k
    columns = columns_at(segments, i)
    if columns is not None:
        return columns
    out, choice, k = Division(), None, i
    while k < len(segments):
        took, choice = _take(out, segments[k], choice, opening=k == i)
        if not took:
            break
        k += 1
    return (out, k) if _is_whole(out) else None


def division_within(segments: Sequence[Segment], i: int, at: int) -> tuple[Division, int] | None:
    """The division whose first label stands inside segment i, from `at` on: "... carried by the vote: Ayes:
    Foss, Lund"; and the segment after it."""
    s = segments[i]
    labels = (m for m in LABEL.finditer(s.text, at) if _is_label(s.text, m))
    first = next((m for m in labels if m.group().rstrip().endswith(MARKS)), None)
    if first is None:
        return None
    rest = replace(s, text=s.text[first.start() :], start=s.start + first.start())
    found = division_at([rest, *segments[i + 1 : i + 1 + MOST_SIDES]], 0)
    return (found[0], i + found[1]) if found else None


def _is_whole(out: Division) -> bool:
    """Somebody voted for it, or several against it: one label alone may be anything."""
    cast = [c for _, c, _, _ in out.ballots if c in CAST]
    return bool(out.ballots) and (
        "for" in out.printed or "for" in cast or len(cast) > 1 or (bool(cast) and len(out.printed) > 1)
    )


CANDIDATE = re.compile(rf"^\W*(?:for|votes? for)\s*:?\s*(?P<who>{PERSON})\W*$", re.I)


def candidate_at(segments: Sequence[Segment], i: int) -> tuple[str, Division, int] | None:
    """Who voted for one candidate: "For Councillor Foss", the names below it; and the segment after them."""
    m = CANDIDATE.match(segments[i].text)
    if m is None or re.fullmatch(SIDE, m["who"], re.I):
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
    cut = CUT_LABEL.match(s.text)
    if cut:
        return True, choice_of(re.sub(r"\s+(?:of|to)$", "", cut["side"]))
    called = VOTE_SIDE.match(s.text)
    if called and (called.end() == len(s.text) or _names_only(s.text[called.end() :])):
        side = choice_of(called["side"])
        _add(out, s, called.end(), len(s.text), side)
        return True, side
    rest = REST_OF_LABEL.match(s.text) if choice and not opening else None
    if rest and choice:
        _add(out, s, rest.end(), len(s.text), choice)
        return True, None
    labels = [m for m in LABEL.finditer(s.text) if _is_label(s.text, m)]
    if not labels:
        heading = s.view.block.kind == "heading" or is_one_of("items.topics", s.text)
        if opening or choice is None or heading or not _names_only(s.text):
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
    ended = False
    for m, after in zip(labels, [*labels[1:], None], strict=True):
        choice = next(side for side, _ in SIDES if m[side])
        if m["n"] or m["n2"] or m["n3"]:
            out.printed[choice] = int(m["n"] or m["n2"] or m["n3"])
        ended = _add(out, s, m.end(), after.start() if after else len(s.text), choice)
    return True, None if ended else choice


def _about(label: str) -> Literal["motion", "amendment"] | None:
    """What a label sets against another: "For the amendment"."""
    m = re.search(r"\b(?:for|against)\s+the\s+(motion|amendment)\b", label, re.I)
    return None if m is None else "amendment" if m[1].lower() == "amendment" else "motion"


def _is_label(text: str, m: re.Match[str]) -> bool:
    word = m.group().strip()
    rest = text[m.end() :].strip()
    if m["n"] and not rest.strip(" .;,"):
        return True
    if not rest:
        return len(text.strip()) < 34 and not text.strip().endswith(",")
    if m["for"] and m["for"].lower() == "for" and not (m["n"] or word.endswith((":", "–", "-", "were"))):
        return False
    if m["n3"] and not PLURAL.match(m.group()):
        return False
    return bool(NOBODY.match(rest) or re.match(rf"\W*(?:\d{{1,2}}\b|{PERSON})", rest))


def _add(out: Division, s: Segment, start: int, end: int, choice: Choice) -> bool:
    """Add the names that stand under a label; whether the list is ended there for sure."""
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
        return True
    names = names_listed(TOTAL.sub("", text))
    if (bare := BARE_TOTAL.search(text)) and len(listed := names_listed(text[: bare.start()])) == int(
        bare["n"]
    ):
        out.printed[choice], names = int(bare["n"]), listed
    for name, a, b in names:
        out.ballots.append((name, choice, s.start + start + a, s.start + start + b))
    return stop is not None


def _names_only(text: str) -> bool:
    """Nothing but names and a total."""
    bare = TOTAL.sub("", text)
    found = names_listed(bare)
    return (bool(found) and sum(b - a for _, a, b in found) > 0.6 * len(bare.strip())) or bool(
        re.fullmatch(r"\W*\d{1,2}\W*", text)
    )
