"""How motions that are open are seconded, voted on and ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.says.people import PERSON, TITLES
from extractors.reading.counts import count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division
from extractors.reading.understand.borrowed import FAR, SUBSTANTIVE, same_word
from extractors.reading.understand.divisions import candidate_at, division_at
from extractors.reading.understand.ended import ended_by, with_count
from extractors.reading.understand.motion import (
    Motion,
    first_outcome,
    same_name,
    second_in,
)
from extractors.reading.understand.rivals import put_rivals
from extractors.reading.understand.unmoved import (
    CLOSE,
    agreed_by_count,
    is_of_nobodys_motion,
    tells_of_a_decision,
    voted_without_mover,
)
from extractors.reading.understand.votes_told import dissent_in

CEREMONY = frozenset(
    {
        "Mayor",
        "Council",
        "Councillor",
        "Councillors",
        "Deputy",
        "Chair",
        "Chairman",
        "The",
        "Clerk",
        "City",
        "County",
        "Meetings",
    }
)

LOST_ALONE = re.compile(r"^\W*(?:motion\s+|resolution\s+)?(?:lost|defeated|failed)\W*$", re.I)

OF_WHOM = re.compile(rf"(?P<by>{PERSON})[’']s\s+(?:motion|proposal|amendment)\b")
"""Whose motion a vote is taken on."""


def settle(segments: Sequence[Segment], i: int, live: list[Motion], out: list[Motion]) -> int:
    """Let the segment second or end a motion that is open; the segment after what was used."""
    s = segments[i]
    _second(s, i, [m for m in live if i - m.last < FAR])
    _end(segments, i, live)
    backed = candidate_at(segments, i)
    if backed:
        target = next(
            (m for m in reversed(live) if m.division is None and same_word(backed[0], m.text)), None
        )
        if target:
            target.division, target.last = backed[1], backed[2] - 1
        return backed[2]
    after = put_rivals(segments, i, live)
    if after is not None:
        return after
    divided = division_at(segments, i)
    if not any(m.outcome is None and i - m.last < CLOSE for m in live) and (
        agreed := agreed_by_count(segments, i)
    ):
        out.append(agreed)
        return i + 1
    if divided is None:
        if (
            i
            and not any(m.outcome is None or m.last >= i - 1 for m in live)
            and tells_of_a_decision(segments, i)
        ):
            out.append(voted_without_mover(segments, i))
        return i + 1
    target = _divided(segments, i, live, out, divided[0])
    if target is None and is_of_nobodys_motion(segments, i, divided[0]):
        target = voted_without_mover(segments, i)
        out.append(target)
    if target:
        target.division, target.last = divided[0], divided[1] - 1
    return divided[1]


def _divided(
    segments: Sequence[Segment], i: int, live: list[Motion], out: list[Motion], division: Division
) -> Motion | None:
    """The motion that was divided on: of the kind that the labels or the sentence before them name, else the
    last without a division."""
    undivided = [
        m
        for m in live or out[-1:]
        if (m.division is None or _is_less(m, division, i))
        and (m in live or m.outcome is None)
        and not _died(m)
    ]
    before = segments[i - 1].text if i else ""
    called = f"{before} {segments[i].text}"
    if SUBSTANTIVE.search(segments[i].text) and (main := [m for m in undivided if m.kind == "motion"]):
        return main[0]
    just = next((m for m in undivided if m.outcome and m.last == i - 1), None)
    if just and first_outcome(before):
        return just
    if SUBSTANTIVE.search(called):
        main = next((m for m in undivided if m.kind == "motion"), None)
        if main:
            return main
    if (of := OF_WHOM.search(called)) and (his := [m for m in undivided if same_name(m.mover, of["by"])]):
        return his[-1]
    named = [m for m in undivided if m.kind == division.about]
    return next(reversed(named or undivided), None)


def _is_less(m: Motion, division: Division, i: int) -> bool:
    """One vote was told just before the roll that tells all: "the Chair voted aye"."""
    return m.division is not None and len(m.division.ballots) < 2 < len(division.ballots) and i - m.last <= 3


def _died(m: Motion) -> bool:
    """Nobody seconded it: it was never put."""
    return m.outcome == "lost" and m.seconder is None and "second" in (m.outcome_text or "").lower()


def _second(s: Segment, i: int, live: list[Motion]) -> None:
    name = second_in(s.text)
    target = next((m for m in reversed(live) if m.seconder is None), None) if name else None
    if target and not same_name(target.mover, name):
        target.seconder, target.last = name, i


def _end(segments: Sequence[Segment], i: int, live: list[Motion]) -> None:
    """Give the open motion its outcome and count; an election settles all nominations that are open."""
    text = with_count(segments, i)
    found = first_outcome(text)
    dissent = None if division_at(segments, i) else dissent_in(segments[i])
    if found and found[0].gives == "elected":
        _elect([m for m in live if m.outcome is None], text, i)
        return
    target = next((m for m in live if m.outcome is None and m.last == i - 1 and _is_put_alone(m)), None)
    target = target or _meant(live, text)
    put = next((m for m in reversed(live) if not _died(m)), None)
    told = target if target and found else put
    if dissent and told and i - told.last <= 2 + FAR * bool(found or count_in(text)):
        _add_votes(told, dissent)
    if target:
        ended_by(target, text, i)
    elif (last := _last_put(live)) and last.count is None and (found or i - last.last <= 2):
        last.count = count_in(text)


def _is_put_alone(m: Motion) -> bool:
    """It was just divided on, against nothing else."""
    return m.division is not None and m.division.about is None


def _add_votes(motion: Motion, told: Division) -> None:
    """Votes told sentence by sentence: "Mr. Foss in favor." "Ms. Lund opposed."."""
    if motion.division is None:
        motion.division = told
        return
    sides = {choice for _, choice, _, _ in motion.division.ballots}
    motion.division.ballots += [b for b in told.ballots if b[1] not in sides]


def _last_put(live: list[Motion]) -> Motion | None:
    """The motion that was voted on last."""
    return max((m for m in live if not _died(m)), key=lambda m: m.last, default=None)


def _meant(live: list[Motion], text: str) -> Motion | None:
    """The open motion that the text speaks of: the substantive one, the amendment, else the last."""
    open_motions = [m for m in live if m.outcome is None]
    if SUBSTANTIVE.search(text):
        first = next((m for m in open_motions if m.kind == "motion"), None)
        return first or next(reversed(open_motions), None)
    kind = "amendment" if re.search(r"\bamendment\b", text, re.I) else None
    if kind is None and re.search(r"\bmotion\b", text, re.I) and any(_about(m) for m in open_motions):
        kind = "motion"
    named = next((m for m in reversed(open_motions) if m.kind == kind), None) if kind else None
    if named is None and kind == "amendment" and any(m.kind == kind for m in live):
        return None  # told again of the amendment that has ended
    if live and not open_motions and LOST_ALONE.match(text) and live[-1].outcome_text in (None, "resolved"):
        live[-1].outcome = None  # "Resolved that" is how the clerk words all motions
        return live[-1]
    return named or next(reversed(open_motions), None)


def _about(m: Motion) -> bool:
    """Its division names what was voted for: motion and amendment were put against one another."""
    return m.division is not None and m.division.about is not None


def _elect(nominations: list[Motion], text: str, i: int) -> None:
    """Who is declared elected was nominated by a motion that is thereby carried; the other nominations are
    lost."""
    names = {w for w in re.findall(r"[A-ZÀ-Þ][\w’'-]+", text) if not re.fullmatch(TITLES, w)}
    named = [
        m
        for m in nominations
        if {w.strip(".,()") for w in m.text.split() if w[:1].isupper()} & names - CEREMONY
    ]
    for m in nominations:
        if named or len(nominations) == 1:
            m.outcome, m.last = ("carried" if m in named or not named else "lost"), i
