"""How motions that are open are seconded, voted on and ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reading.counts import count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import candidate_at, division_at
from extractors.reading.understand.motion import ENDING, Motion, first_outcome, same_name, second_in

AGREED = re.compile(
    r"^(?:(?!carried|passed|adopted|approved|resolved|unanim).)*\bagreed\b(?!.*(?:carried|passed"
    r"|adopted|unanim))",
    re.I | re.S,
)


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


FAR = 60
"""Segments after which a motion without an end is no longer open."""


def settle(segments: Sequence[Segment], i: int, live: list[Motion], out: list[Motion]) -> int:
    """Let the segment second or end a motion that is open; the segment after what was used."""
    s = segments[i]
    _second(s, i, [m for m in live if i - m.last < FAR])
    _end(segments, i, live)
    backed = candidate_at(segments, i)
    if backed:
        target = next(
            (m for m in reversed(live) if m.division is None and _same_word(backed[0], m.text)), None
        )
        if target:
            target.division, target.last = backed[1], backed[2] - 1
        return backed[2]
    divided = division_at(segments, i)
    if divided is None:
        return i + 1
    target = next(
        (m for m in reversed(live or out[-1:]) if m.division is None and (m in live or m.outcome is None)),
        None,
    )
    if target is None and divided[0].count("for") is not None and ENDING.search(s.text):
        target = Motion(i, None, None, "a vote without a mover", last=i)
        borrow(segments, target, 0)
        ended_by(target, s.text, i)
        out.append(target)
    if target:
        target.division, target.last = divided[0], divided[1] - 1
    return divided[1]


def _same_word(name: str, text: str) -> bool:
    """Whether the text names whom `name` names, by surname."""
    return re.sub(r"\s*\([A-Z]\)", "", name).split()[-1] in text


def _second(s: Segment, i: int, live: list[Motion]) -> None:
    name = second_in(s.text)
    target = next((m for m in reversed(live) if m.seconder is None), None) if name else None
    if target and not same_name(target.mover, name):
        target.seconder, target.last = name, i


def _end(segments: Sequence[Segment], i: int, live: list[Motion]) -> None:
    """Give the open motion its outcome and count; an election settles all nominations that are open."""
    text = with_count(segments, i)
    found = first_outcome(text)
    if found and found[0].gives == "elected":
        _elect([m for m in live if m.outcome is None], text, i)
        return
    target = _meant(live, text)
    if target:
        ended_by(target, text, i)
    elif live and live[-1].count is None and i - live[-1].last <= 2:
        live[-1].count = count_in(text)


def _meant(live: list[Motion], text: str) -> Motion | None:
    """The open motion that the text speaks of: the substantive one, the amendment, else the last."""
    open_motions = [m for m in live if m.outcome is None]
    if re.search(
        r"\b(?:substantive|original|main|amended)\s+motion\b|\bmotion,?\s+as\s+amended\b", text, re.I
    ):
        first = next((m for m in open_motions if m.kind == "motion"), None)
        return first or next(reversed(open_motions), None)
    kind = "amendment" if re.search(r"\bamendment\b", text, re.I) else None
    named = next((m for m in reversed(open_motions) if m.kind == kind), None) if kind else None
    return named or next(reversed(open_motions), None)


def _elect(nominations: list[Motion], text: str, i: int) -> None:
    """Who is declared elected was nominated by a motion that is thereby carried; the other nominations are
    lost."""
    names = {w.strip(".,()") for w in re.findall(r"[A-ZÀ-Þ][\w’'-]+", text)}
    named = [
        m
        for m in nominations
        if {w.strip(".,()") for w in m.text.split() if w[:1].isupper()} & names - CEREMONY
    ]
    for m in nominations:
        if named or len(nominations) == 1:
            m.outcome, m.last = ("carried" if m in named or not named else "lost"), i
            m.outcome_cue = "declared elected"


def with_count(segments: Sequence[Segment], i: int) -> str:
    """The segment's text, with the next one's first number where it breaks off before it: "voice vote -"
    "4."."""
    text = segments[i].text
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    return f"{text} {after[:4]}" if re.search(r"[–-]\s*$", text) and re.match(r"\d{1,2}\b", after) else text


def ended_by(motion: Motion, text: str, k: int) -> bool:
    """Whether the text ends the motion, which it then does."""
    found = first_outcome(text)
    counted = count_in(text)
    if (
        counted
        and motion.count is None
        and (found or re.search(r"\bvot|motion|\bayes?\b|\byeas?\b|in favou?r", text, re.I))
    ):
        motion.count = counted
    if found is None:
        return False
    if motion.outcome is None:
        motion.outcome, motion.outcome_cue = found[0].gives, found[0].name
        if found[0].gives == "carried" and AGREED.search(found[1].group()):
            motion.outcome = "agreed"
        motion.outcome_text = " ".join(found[1].group().split())
        motion.last = k
    return True


def borrow(segments: Sequence[Segment], motion: Motion, start: int) -> None:
    """Words told before the movers: in the same sentence, else in the segment before, be it a sentence or a
    heading."""
    s = segments[motion.at]
    before = s.text[:start].strip(" .,;:([–-")
    if len(before.split()) < 3 and motion.at > 0:
        s = segments[motion.at - 1]
        before = s.text.strip(' .,;:“”"')
    if before:
        motion.words.append((before, s.start, s.end))
        motion.borrowed = True
