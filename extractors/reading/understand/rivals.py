"""Proposals put against one another: a motion against an amendment, one candidate against another. Who votes
for the one votes against the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.says.people import PERSON
from extractors.reading.counts import WORDS, Count, number_said
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division, names_listed
from extractors.reading.understand.motion import Motion, same_name
from extractors.text.looks import Look
from schemas.decisions import Choice

N = rf"(?:\d{{1,3}}|{'|'.join(w for w in WORDS if len(w) > 2)})"
WHAT = r"the\s+(?P<what>motion|amendment)(?:\s+by\s+(?P<by>{PERSON}))?"
LISTED = Look(
    rf"\bfor\s+{WHAT}\s*\((?P<n>\d{{1,3}})\)\s*[:–—-]+\s*(?P<who>[^;]*(?:;(?!\s*(?:for\b|declin|abst))[^;]*)*)",
    re.I,
    PERSON=PERSON,
)
"""One side and who voted for it: "For the amendment (4) – Councillors Foss and Lund"."""
COUNTED = Look(
    rf"\b(?P<n>{N})\s+(?:members?\s+|votes?\s+)?(?:having\s+)?(?:voted\s+|(?:were\s+)?cast\s+)?(?:for|in\s+favou?r\s+of)\s+{WHAT}",
    re.I,
    PERSON=PERSON,
)
"""One side and its number: "5 members voted for the amendment and 8 for the motion"."""
ABSTAINED = re.compile(
    r"(?:declined\s+to\s+vote|abst\w+)\s*(?:\((?P<n>\d{1,3})\))?\s*[:–—-]+\s*(?P<who>[^.;]*)", re.I
)
CANDIDATE = Look(
    r"\b(?:for\s+(?P<who>{PERSON})\s*[,:–—-]?\s*(?P<n>\d{1,3})\b"
    r"|(?P<who2>{PERSON})\s*[,:–—-]?\s*(?P<n2>\d{1,3})\s+votes?\b)",
    re.I,
    PERSON=PERSON,
)
"""A candidate and the votes: "for Mrs Foss 9", "Cllr Lund 12 votes"."""
MOST_JOINED = 3
"""Segments over which the sides may run, since "(1) –" looks like a number of a list."""


def put_rivals(segments: Sequence[Segment], i: int, live: Sequence[Motion]) -> int | None:
    """Settle the proposals that segment i puts against one another; the segment after what was used, None
    where there are none."""
    if not live or not re.search(r"\bfor\b|\bvotes\b", segments[i].text, re.I):
        return None
    return _put_amendment(segments, i, live) or _put_candidates(segments[i], i, live)


def _put_amendment(segments: Sequence[Segment], i: int, live: Sequence[Motion]) -> int | None:
    end, text = i + 1, segments[i].text
    while end < len(segments) and end - i < MOST_JOINED and segments[end].text.startswith("("):
        text = f"{text} {segments[end].text}"
        end += 1
    sides = {m["what"].lower(): m for look in (COUNTED, LISTED) for m in look.finditer(text)}
    if set(sides) != {"motion", "amendment"}:
        return None
    main = next((m for m in live if m.kind == "motion"), None)
    by = sides["amendment"]["by"]
    amendment = next(
        (m for m in reversed(live) if m.kind == "amendment" and (by is None or same_name(m.mover, by))), None
    )
    if by is None:
        amendment = next((m for m in live if m.kind == "amendment" and m.count is None), amendment)
    if main is None or amendment is None:
        return None
    neither = ABSTAINED.search(text)
    for motion, own, other in (
        (main, sides["motion"], sides["amendment"]),
        (amendment, sides["amendment"], sides["motion"]),
    ):
        motion.count = Count(number_said(own["n"]), number_said(other["n"]), _number(neither))
        motion.division = _division(segments[i], text, own, other, neither) or motion.division
        motion.last = end - 1
    _against_one_another(main, amendment)
    own, other = number_said(sides["motion"]["n"]) or 0, number_said(sides["amendment"]["n"]) or 0
    if own != other:
        main.outcome = "carried" if own > other else "lost"
        amendment.outcome = "lost" if own > other else "carried"
    return end


def _against_one_another(main: Motion, amendment: Motion) -> None:
    """Who is named for the one, in a list of its own, voted against the other."""
    one, other = main.division, amendment.division
    if one is None or other is None or any(c == "against" for d in (one, other) for _, c, _, _ in d.ballots):
        return
    told = tuple(one.ballots)
    one.ballots.extend(_against(other.ballots))
    other.ballots.extend(_against(told))


def _against(ballots: Sequence[tuple[str, Choice, int, int]]) -> list[tuple[str, Choice, int, int]]:
    """Those who voted for the other side, as voting against this one."""
    return [(name, "against", a, b) for name, choice, a, b in ballots if choice == "for"]


def _number(m: re.Match[str] | None) -> int | None:
    return number_said(m["n"]) if m else None


def _division(
    s: Segment, text: str, own: re.Match[str], other: re.Match[str], neither: re.Match[str] | None
) -> Division | None:
    """Who voted for the one side, for the other and for neither, where they are named."""
    out = Division()
    sides: tuple[tuple[re.Match[str] | None, Choice], ...] = (
        (own, "for"),
        (other, "against"),
        (neither, "abstain"),
    )
    for m, choice in sides:
        if m is None or m.groupdict().get("who") is None:
            continue
        start = s.start + m.start("who")
        for name, a, b in names_listed(m["who"]):
            out.ballots.append((name, choice, start + a, start + b))
    return out if out.ballots else None


def _put_candidates(s: Segment, i: int, live: Sequence[Motion]) -> int | None:
    """Give nominations the votes that their candidates had; the most elects."""
    votes = {m["who"] or m["who2"]: int(m["n"] or m["n2"]) for m in CANDIDATE.finditer(s.text)}
    found = [(m, n) for m in live for who, n in votes.items() if who.split()[-1] in m.text]
    if len(votes) < 2 or len(found) != len(votes) or len({id(m) for m, _ in found}) != len(found):
        return None
    most = max(n for _, n in found)
    if sum(n == most for _, n in found) > 1:
        return None
    for motion, n in found:
        motion.outcome, motion.last = ("carried" if n == most else "lost"), i
        if n == most and len(found) == 2:
            motion.count = Count(n, sum(votes.values()) - n, None)
    return i + 1
