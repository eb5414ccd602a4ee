"""Motions and amendments: who moved and seconded what, how it ended, who voted how.

A sentence that a cue reads begins a motion, seconds it or ends it; what is said between belongs to the motion
that is open. A heading of business closes what is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.cues.says import Cue, cues_of
from extractors.cues.says.people import TITLES
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import division_at, spoken_in
from extractors.reading.understand.endings import borrow, ended_by, settle, with_count
from extractors.reading.understand.motion import (
    TRIGGER,
    Motion,
    conclude,
    first_cue,
    first_outcome,
    name_of,
    same_name,
    second_in,
    seconder_in,
)

LEAD = re.compile(
    r"^[\s,;:.…–—*-]*(?:and\s+)?(?:the\s+(?:\w+\s+){0,4}?voted\s+(?:unanimously\s+)?(?=to\b|that\b))?(?:move\s+(?=to\b|that\b))?"
    r"(?:(?:(?:it\s+)?was\s+)?(?:unanimously\s+)?(?:resolved|agreed"
    r"|carried)\s*[,:]?\s*)?"
    r"(?:(?:the|an?)\s+(?:following\s+)?(?:motion|amendment"
    r"|recommendation)s?(?:\s+to\s+the\s+(?:\w+\s+){0,2}(?:motion"
    r"|recommendations?)(?:\s+[^:“\"]{1,60}(?=:))?)?"
    r"(?:\s+as\s+follows)?(?=\s*[:;]|\s*$|\s+(?:that|to)\b)\s*[:;]?\s*)?"
    r"(?:for\b)?[\s,:;–—-]*",
    re.I,
)


OWN_WORDS = re.compile(
    r"^\W*(?:that|whereas|and\s+whereas|therefore|be\s+it|now|resolved|to\s+[a-z]+)\b|^\W*[“\"]", re.I
)


NOTE = re.compile(
    r"(?:^|\s+)(?:time:\s*\d{1,2}[:.]\d{2}\b.*|next\s+(?:regular\s+)?meeting\b.*|(?-i:(?:CARRIED"
    r"|Carried|DEFEATED|LOST))\W*)$",
    re.I | re.S,
)
"""A note after the words of a motion: "Time: 8:27 p.m.", "Next regular meeting ...", "Carried"."""


TAIL = re.compile(
    r"[\s,;.]*(?:(?:the\s+)?motion\s+(?:was\s+)?)?(?:and\s+)?(?:was\s+)?(?:duly\s+)?(?:seconded\b"
    r"|second\s*(?:by|from|was|made)\b|second\s*[:–-]|supported\s+by\b).*$|"
    r"[\s,;]+(?:and|but)\s+(?:the\s+\w+(?:\s+\w+)?\s+|it\s+was\s+)?(?:unanimously\s+)?"
    r"(?-i:RESOLVED|AGREED|resolved)\b.*$|"
    r"[\s,;.]*\b(?:which|the\s+motion|motion|and\s+(?:it\s+)?(?:was"
    r"|the\s+\w+))\s+(?:\w+\s+){0,3}?(?:carried|passed|voted|unanimous\w*)\b.*$",
    re.I | re.S,
)


AMENDS = re.compile(r"\bamend(?:ment|ed|s)?\b", re.I)


TITLED = re.compile(rf"^(?:the\s+)?(?:{TITLES})\b")


MOVES_ON = re.compile(
    r"^\W*(?:that|to|for|approv|adopt|accept|introduc|we|the|an?|item|resolution|second|and|continu|final|$)",
    re.I,
)
"""What follows "moved" when it is a motion that is moved."""


RESOLVED_TO = re.compile(
    r"^\W*(?:and\s+)?(?:it\s+was\s+)?(?:unanimously\s+)?resolved\b[\s:,–-]*(?=(?:that|to)\s+\w+\s+\w)", re.I
)
"""What was resolved, below a line of mover and seconder."""
VOTE_CALLED = re.compile(
    r"^\W*(?:(?:on|upon|following)\s+)?(?:an?\s+|the\s+)?(?:(?:roll[- ]call|recorded|named"
    r"|show\s+of\s+hands)\s+vote"
    r"|division|vote\s+(?:was|being))\b",
    re.I,
)
"""The vote is called: the motion's words are over."""
LONGEST = 30
"""Segments that a motion's own words may run over."""


STAFF = re.compile(
    r"\b(?:manager|director|clerk|officer|attorney|engineer|planner|staff|consultant|administrator"
    r"|superintendent|motion|amendment"
    r"|resolution|item|report|act|section|policy|plan|project|ordinance)\b",
    re.I,
)
"""Posts of staff, and words that are no names at all."""


PRONOUN = re.compile(
    r"^(?:I|We|He|She|They|It|You|This|That|There|Who|The|A|An|And|Also|Then|Motion|Members?|Council"
    r"|Committee|Board)(?:[’'](?:ve|d|ll|m|re|s))?$",
    re.I,
)


MOVED_BELOW = re.compile(r"^\W*(?:be\s+it\s+)?(?:resolved|whereas|that)\b", re.I)
"""What stands below a line of two names when it is a motion's."""
DONE = re.compile(r"\bresolved\b|\bvoted\s+(?:unanimously\s+)?(?=to\b)", re.I)
TOLD_DONE = re.compile(
    r"^(?:the\s+|an?\s+)?[^.;]{2,120}?\b(?:was|were)\s+(?:duly\s+|unanimously\s+|then\s+)*"
    r"(?:adopted|approved|passed|tabled|closed|opened|adjourned|granted|accepted|received|confirmed|authorized)\b",
    re.I,
)
"""Words that tell what was done on the motion: "on motion by X, seconded by Y, the ordinance was adopted"."""
MOVED_ONLY = re.compile(r"\W*(?:be\s+it\s+|motion\b)", re.I)
"""What moves a resolution without adopting it: "Be it resolved"."""


def read_motions(segments: Sequence[Segment], is_heading: Callable[[int], bool]) -> list[Motion]:
    """The motions in order. `is_heading(i)` tells whether segment i begins an item of business."""
    out: list[Motion] = []
    floor = i = 0
    while i < len(segments):
        if is_heading(i):
            floor = len(out)
        live = out[floor:] if floor < len(out) else out[-1:] if _near(out, i) else []
        cue = _opening(segments, i, live)
        if cue and _names_mover(segments, i, live, *cue):
            i += 1
        elif cue:
            motion = _begin(segments, i, *cue)
            out.append(motion)
            i = _read_words(segments, motion, cue[1], is_heading)
        else:
            i = settle(segments, i, live, out)
    for motion in out:
        conclude(motion)
    return out


def _opening(segments: Sequence[Segment], i: int, live: list[Motion]) -> tuple[Cue, re.Match[str]] | None:
    """The cue by which segment i begins a motion."""
    text = segments[i].text
    if first_cue(text, "amends own"):
        return None
    if not TRIGGER.search(text):
        return _pair(segments, i)
    for act in ("motion", "unnamed", "perhaps"):
        cue = first_cue(text, act)
        if cue is None or _is_remark(text, cue[1]) or not _may_move(cue[1].groupdict().get("mover")):
            continue
        if cue[0].name.startswith("X/Y") and not _says_what(segments, i, cue[1]):
            continue
        if act == "perhaps" and not _is_seconded_soon(segments, i, cue[1]):
            continue
        mover = cue[1].groupdict().get("mover")
        if (
            cue[0].name == "X moved"
            and mover
            and not TITLED.match(mover)
            and not MOVES_ON.match(text[cue[1].end() :])
        ):
            continue
        if not cue[0].gives and not cue[0].name.startswith("X/Y") and _told_before(cue[1], live):
            return None
        if cue[0].name.startswith("in proposing") and live and same_name(live[-1].mover, cue[1]["mover"]):
            return None  # the mover speaks to the motion that was begun before
        return cue
    return _pair(segments, i)


def _pair(segments: Sequence[Segment], i: int) -> tuple[Cue, re.Match[str]] | None:
    """A line of two names above what they moved and seconded: "W. Foss – S. Lund", "RESOLVED THAT ..."."""
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    if len(segments[i].text.split()) > 10 or not MOVED_BELOW.match(after):
        return None
    return next(((c, m) for c in cues_of("pair") if (m := c.look.search(segments[i].text))), None)


def _says_what(segments: Sequence[Segment], i: int, m: re.Match[str]) -> bool:
    """Words follow the names, in the line or in the next; a colon alone may end a label of two words."""
    if not m.group().rstrip().endswith(":"):
        return True
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    return bool(m.string[m.end() :].strip()) or bool(MOVED_BELOW.match(after))


def _names_mover(segments: Sequence[Segment], i: int, live: list[Motion], cue: Cue, m: re.Match[str]) -> bool:
    """A line of nothing but the mover, below the words of a motion that named none: "MOTION MADE: Foss"."""
    last = live[-1] if live else None
    found = m.groupdict()
    rest = segments[i].text[m.end() :].strip(" .;,")
    if (
        last is None
        or last.mover
        or last.cue != "motion to"
        or i - last.last > 3
        or rest
        or cue.act != "motion"
    ):
        return False
    last.mover, last.last = name_of(found.get("mover")), i
    last.seconder = name_of(found.get("seconder")) or last.seconder
    return last.mover is not None


def _told_before(m: re.Match[str], live: list[Motion]) -> bool:
    """The clerk or a speaker names again who moved and seconded a motion that is open."""
    found = m.groupdict()
    mover, seconder = found.get("mover"), found.get("seconder")
    if not (mover and seconder):
        return False
    named = next(
        (x for x in reversed(live) if same_name(x.mover, mover) and same_name(x.seconder, seconder)), None
    )
    rest = m.string[m.end() :]
    return (
        named is not None
        and (m.start() > 0 or len(rest.split()) > 2)
        and not re.match(r"\W*(?:that|to|and)\b", rest, re.I)
    )


def _may_move(mover: str | None) -> bool:
    """Members move; staff and things do not."""
    return mover is None or not (STAFF.search(mover) or PRONOUN.match(mover))


def _is_seconded_soon(segments: Sequence[Segment], i: int, m: re.Match[str]) -> bool:
    near = [
        segments[i].text[m.end() :],
        *(s.text for s in segments[i + 1 : i + 4] if len(s.text.split()) < 25),
    ]
    return any(second_in(text) for text in near)


def _near(out: list[Motion], i: int) -> bool:
    return bool(out) and out[-1].outcome is None and i - out[-1].last < 6


def _is_remark(text: str, m: re.Match[str]) -> bool:
    """The words stand far inside a sentence about something else: "... reported that Cllr Ash had moved"."""
    before = text[: m.start()]
    return len(before.split()) > 16 and bool(
        re.search(r"\b(?:that|who|which|if|when|stated|said|reported|asked)\b", before, re.I)
    )


def _begin(segments: Sequence[Segment], i: int, cue: Cue, m: re.Match[str]) -> Motion:
    found = m.groupdict()
    motion = Motion(
        i,
        name_of(found.get("mover") or found.get("mover2")),
        name_of(found.get("seconder")),
        cue.name,
        last=i,
    )
    motion.number = found.get("number")
    if DONE.search(segments[i].text[: m.end() + 60]) and not MOVED_ONLY.match(segments[i].text):
        motion.outcome, motion.outcome_text = "carried", "resolved"
    if cue.gives:
        motion.outcome, motion.outcome_text = cue.gives, " ".join(m.group().split())
    motion.kind = "amendment" if AMENDS.search(segments[i].text[: m.end() + 30]) else "motion"
    return motion


def _read_words(
    segments: Sequence[Segment], motion: Motion, m: re.Match[str], is_heading: Callable[[int], bool]
) -> int:
    """Give the motion its words; the segment after those that were used."""
    s = segments[motion.at]
    rest = s.text[m.end() :]
    below = first_cue(rest, "mover after") or first_cue(rest, "motion") if _is_bare(motion) else None
    if below and below[0].name in ("made by X after the words", "moved by X", "moved X, seconded Y"):
        motion.mover = name_of(below[1].groupdict().get("mover"))
        rest = rest[: below[1].start()]
    lead = LEAD.match(rest)
    cut = lead.end() if lead else 0
    ends = [x.start() for x in (TAIL.search(rest, cut), seconder_in(rest, cut)) if x]
    own = rest[cut : min(ends, default=len(rest))].strip(' ,;:“”"')
    motion.seconder = motion.seconder or second_in(s.text[m.end() :])
    ended_by(motion, with_count(segments, motion.at)[m.end() :], motion.at)
    motion.division = spoken_in(s, m.end())
    k = motion.at + 1
    if len(own.split()) >= 2 or (ends and own[:1].isupper()):
        start = s.start + m.end() + cut
        motion.words.append((own, start, start + len(own)))
        motion.last = motion.at
        if motion.outcome is None and TOLD_DONE.search(own):
            motion.outcome = "carried"
        return k
    while k < len(segments) and k - motion.at < 4 and _seconds_only(motion, segments[k], k):
        k += 1
    if k < len(segments) and (stem := RESOLVED_TO.match(segments[k].text)):
        t = segments[k]
        motion.words.append((t.text[stem.end() :], t.start + stem.end(), t.end))
        motion.outcome, motion.last = "carried", k
        return k + 1
    began = k
    until = _closed_at(segments, k, is_heading)
    while (
        k < len(segments)
        and k - began < LONGEST
        and (k < until or (not is_heading(k) and _goes_on(segments, k, began)))
    ):
        t = segments[k]
        motion.words.append((t.text.strip(' “”"'), t.start, t.end))
        motion.last = k
        k += 1
    if not motion.words:
        borrow(segments, motion, m.start())
    else:
        _without_notes(motion)
    return k


def _without_notes(motion: Motion) -> None:
    """Cut off what the clerk notes after the words: the hour, the next meeting, and how it ended."""
    kept: list[tuple[str, int, int]] = []
    for text, a, b in motion.words:
        note = NOTE.search(text)
        cut = text[: note.start()].rstrip() if note else text
        if cut.strip(" .;"):
            kept.append((cut, a, a + len(cut) if note else b))
        if note:
            ended_by(motion, note.group().split()[-1], motion.last)
            break
    motion.words = kept or motion.words


def _is_bare(motion: Motion) -> bool:
    """The motion was begun by its words alone: "MOTION: APPROVE ...", its mover may follow them."""
    return motion.cue in ("motion to", "motion made and seconded") and motion.mover is None


def _closed_at(segments: Sequence[Segment], k: int, is_heading: Callable[[int], bool]) -> int:
    """Where words that begin at k are closed by a line of nothing but the outcome: all that stands between is
    the motion's."""
    if k >= len(segments) or not OWN_WORDS.match(segments[k].text):
        return k
    for j in range(k + 1, min(k + LONGEST, len(segments))):
        text = segments[j].text
        if first_cue(text, "motion") or division_at(segments, j) or VOTE_CALLED.match(text):
            return k
        if len(text.split()) <= 6 and first_outcome(text):
            return j
    return k


def _seconds_only(motion: Motion, s: Segment, k: int) -> bool:
    """A segment of nothing but the seconder or "And resolved:" between the movers and the words."""
    if len(s.text.split()) > 12:
        return False
    name = second_in(s.text)
    if name and motion.seconder is None:
        motion.seconder, motion.last = name, k
        return True
    return ended_by(motion, s.text, k) and len(s.text.split()) <= 4


def _goes_on(segments: Sequence[Segment], k: int, began: int) -> bool:
    """Whether segment k is of the motion's words: "That ...", a quotation, its clauses."""
    text = segments[k].text
    if (
        first_cue(text, "motion")
        or first_outcome(text)
        or division_at(segments, k)
        or VOTE_CALLED.match(text)
    ):
        return False
    if k == began:
        return bool(OWN_WORDS.match(text)) or (
            bool(segments[k].view.block.marker) and segments[k - 1].text.rstrip().endswith(":")
        )
    before = segments[k - 1]
    if OWN_WORDS.match(text) or before.text.rstrip().endswith((":", ";", ",", " and")):
        return True
    if segments[k].view is before.view:
        return True
    opened = "".join(s.text for s in segments[began:k])
    return opened.count("“") > opened.count("”") or (
        bool(segments[k].view.block.marker) and bool(before.view.block.marker)
    )
