"""How a motion ended where no wording told it: members of the roll beside a yes or a no, two numbers beside a
vote, an outcome in a few words.

Wording is without end, but who may vote is known from the roll. What stands between a motion and the next is
searched for members and sides, however they are set: "Foss-y, Lund-n", "Foss, Lund yes, Rowe no".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from extractors.cues.says.people import TITLES
from extractors.reading.counts import Count, count_in
from extractors.reading.facts import PersonFact
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division, choice_of
from extractors.reading.understand.motion import Motion, conclude
from schemas.decisions import Choice

REACH = 7
"""Segments behind a motion in which its end may be told."""
FEW_WORDS = 9
"""Words of a sentence that tells an outcome and nothing else."""
SIDE = (
    r"yes|yeas?|ayes?|y|in\s+favou?r|no|nays?|noes|n|against|opposed|dissent(?:ed|ing)"
    r"|abst(?:ain(?:ed|ing|s)?|\.)?"
)
"""A side beside a member of the roll, letters and shortened words too."""
LOST = re.compile(
    r"\b(?:lost|fail(?:s|ed)|defeated|died|dies|rejected|not\s+(?:carried|passed|adopted|approved)|did\s+not\s+(?:carry|pass)"
    r"|no\s+(?:2nd|second\w*)|lack\s+of\s+(?:an?\s+)?(?:2nd|second)|tied?)\b",
    re.I,
)
WON = re.compile(
    r"\b(?:carr(?:ied|ies)|pass(?:ed|es)|adopted|approved|agreed|unan(?:\.|imous\w*)|all\s+(?:in\s+favou?r|ayes?|yes|voted\s+(?:aye|yes|in\s+favou?r)))",
    re.I,
)
COUNTED = re.compile(
    r"\b(?:vote[ds]?|tied?|carried|passed|lost|failed|defeated|roll\s+call)\b[^.;\d]{0,12}(?P<f>\d{1,2})\s*(?:[-–—/]|to)\s*(?P<a>\d{1,2})\b"
    r"|[,;]\s*(?P<g>\d{1,2})\s*[-–—]\s*(?P<b>\d{1,2})(?=[,;.]|\s*$)",
    re.I,
)
OF_THE_MOTION = re.compile(r"\bmotion\b", re.I)
LEAST = 2
"""Members told to have voted from which it is a division; fewer only say who was not for it."""


def settle_by_roll(
    segments: Sequence[Segment],
    motions: Sequence[Motion],
    roll: Iterable[PersonFact],
    is_heading: Callable[[int], bool],
) -> None:
    """Give motions without an outcome, or without votes, those that stand behind them."""
    names = _surnames(roll) | {n.split()[-1] for m in motions for n in (m.mover, m.seconder) if n}
    if not motions or len(names) < LEAST:
        return
    listed = rf"(?:(?:{TITLES})\s+)?(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})"
    several = rf"{listed}(?:\s*(?:,\s*and|,|;|&|\band\b)\s*{listed})*"
    looks = (
        re.compile(
            rf"\b(?P<who>{several})\s*[-–—:,(]*\s*(?:vot(?:ed|es|ing)\s+)?[“\"]?(?P<side>{SIDE})(?![\w-])"
        ),
        re.compile(
            rf"(?<![\w-])(?P<side>(?i:{SIDE}))\s*(?:\(\d{{1,2}}\)|\d{{1,2}})?\s*[-–—:(]\s*(?P<who>{several})\b"
        ),
    )
    starts = [m.at for m in motions]
    for m, after in zip(motions, [*starts[1:], len(segments)], strict=True):
        if m.division and m.division.about:
            continue  # motion and amendment were put against one another
        if m.outcome is None or (m.division is None and m.count is None):
            _settle(segments, m, range(m.at, min(after, m.at + REACH)), looks, is_heading)


def _settle(
    segments: Sequence[Segment],
    m: Motion,
    reach: range,
    looks: Sequence[re.Pattern[str]],
    is_heading: Callable[[int], bool],
) -> None:
    said = max((end for _, _, end in m.words), default=segments[m.at].start)
    for i in reach:
        s = segments[i]
        if i > m.at and is_heading(i):
            return
        start = max(0, said - s.start)
        text = s.text[start:]
        if not text.strip():
            continue
        found = _votes_in(s, start, looks)
        if m.division is None and len(found) >= (LEAST if m.count is None else 1):
            m.division = Division(found)
        few = len(text.split()) <= FEW_WORDS or i == m.at
        if m.outcome is None and m.count is None and few and (count := _count_in(text)):
            m.count = count
        mine = m.kind == "motion" or not OF_THE_MOTION.search(text)
        if m.outcome is None and few and mine and (end := LOST.search(text) or WON.search(text)):
            m.outcome = "lost" if end.re is LOST else "carried"
            m.outcome_text = end.group()
        if m.division or m.count or m.outcome:
            m.last = max(m.last, i)
        if m.division and m.outcome:
            break
    conclude(m)


def _votes_in(s: Segment, start: int, looks: Sequence[re.Pattern[str]]) -> list[tuple[str, Choice, int, int]]:
    """Members and their sides from letter `start` on, by the order (name, side or side, name) that tells
    more."""
    best: list[tuple[str, Choice, int, int]] = []
    for look in looks:
        told: dict[str, tuple[str, Choice, int, int]] = {}
        for m in look.finditer(s.text, start):
            said = m["side"].lower()
            side: Choice = "abstain" if said.startswith("abst") else choice_of(said)
            for name in re.finditer(r"[A-ZÀ-Þ][\w’'.-]*(?:\s+[A-ZÀ-Þ][\w’'-]+)*", m["who"]):
                bare = re.sub(rf"^(?:{TITLES})\s+", "", name.group())
                a = s.start + m.start("who") + name.start()
                told.setdefault(bare, (bare, side, a, a + len(name.group())))
        if len(told) > len(best):
            best = list(told.values())
    return best


def _count_in(text: str) -> Count | None:
    told = count_in(text)
    m = None if told else COUNTED.search(text)
    return told or (Count(int(m["f"] or m["g"]), int(m["a"] or m["b"])) if m else None)


def _surnames(roll: Iterable[PersonFact]) -> set[str]:
    """What members are called by in votes: surnames, and the one name of whoever has one only."""
    return {
        p.name.split(",")[0].split()[-1]
        for p in roll
        if p.capacity == "member" and p.status == "present" and p.name.split(",")[0].split()
    }
