"""Motions and amendments: who moved and seconded what, how it ended, who voted how.

A sentence that a cue reads begins a motion, seconds it or ends it; what is said between belongs to the motion
that is open. A heading of business closes what is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.cues.says import Cue, cues_for
from extractors.cues.says.people import TITLES
from extractors.reading.counts import MANNER, count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.endings import settle
from extractors.reading.understand.motion import (
    TRIGGER,
    Motion,
    conclude,
    first_cue,
    first_outcome,
    name_of,
    same_name,
    second_in,
)
from extractors.reading.understand.motion_words import read_words

AMENDS = re.compile(r"\bamend(?:ment|ed|s)?\b", re.I)


TITLED = re.compile(rf"^(?:the\s+)?(?:{TITLES})\b")
PLACED = re.compile(r"(?<!motion\s)(?<!motions\s)(?<!proposal\s)\b(?:of|at|from|in)\s+(?:the\s+)?$", re.I)
LEADING_TITLE = re.compile(rf"^(?:the\s+)?(?:{TITLES})\s+(?=[A-ZÀ-Þ])")


MOVES_ON = re.compile(
    r"^\W*(?:that|to|for|from\s+the\s+chair|approv|adopt|accept|introduc|we|the|an?|item|resolution|second|and|continu|final|$)",
    re.I,
)
"""What follows "moved" when it is a motion that is moved."""


MOVES_A_THING = re.compile(
    r"^\s*(?:here|there|everyone|everybody|us|them|along|house)\b"
    r"|^\s*to\s+the\s+(?:area|village|town|city|county|neighbou?rhood|district|state|property|house|podium|table)\b"
    r"|^\s*(?:the|this|that|his|her|their|our|its)\s+(?:\w+\s+)?(?:discussion|conversation|meeting|service|date|start|venue|car|cars|house|home|office"
    r"|debate|event|bins?|polls?|signs?|benches|bench)\b(?:\s+\w+)?\s+(?:on|to|from|forward|back|along|into|up|down)\b",
    re.I,
)
"""What follows "moved" when something else than a motion was moved."""
FIRST_WORDS = 16
"""Letters before which a name follows the label "Motion:"."""
TO_A_PLACE = re.compile(
    r"^\s*to\s+(?!A[bcdmpuw]|Cl|Con|De|Di|En|Ex|Fi|Go|Gr|Ho|In|Ma|Mo|No|Op|Pa|Pl|Po|Pr|Ra|Re|Se|Su|Ta|Up|Wa|Wi)[A-Z][a-z]+\b"
)
"""Where somebody moved house to: a capital that begins no verb of a motion ("to Approve")."""
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


VOTE_ON = re.compile(r"^\W*(?:roll[- ]call\s+)?vote\s+on\b", re.I)
"""A line over a vote, however it is set: "VOTE ON MAIN MOTION"."""
LABELLED = re.compile(
    r"^\W*(?:motion|resolution)\s*[:–—-]|^\W*(?:[\w/.-]{1,10}\s+)?(?:\w+\s+)?amendment(?:\s+(?:no\.?\s*)?\w{1,3})?\W*$",
    re.I,
)
NAMED_ALONE = re.compile(r"^\s*(?:$|[,;.)/&–—-]|(?:to|that|and|second\w*|made|moved?s?)\b)", re.I)
BALLOTS = re.compile(
    r"^\W*(?:(?:the\s+)?(?:roll[- ]call\s+|recorded\s+)?vote|voting|roll\s+call|division)\b"
    r"(?![^:]*\bmoved)[^.:]{0,40}:",
    re.I,
)
"""A label over votes: "VOTE ON THE MOTION:"."""
MOVED_BELOW = re.compile(
    r"^\W*(?:be\s+it\s+)?(?:resolved?|whereas|that)\b(?![’']|\s+(?:is|was|were|has|had|would|could|will|can|does|did|means|makes|may|might)\b)",
    re.I,
)
"""What stands below a line of two names when it is a motion's."""
LABEL_OF_MOVER = re.compile(r"^\W*(?:mover|moved\s+by|motion\s+by|proposer)\s*:", re.I)
DONE = re.compile(
    rf"\bresolved\b|\bvoted\s+{MANNER}?(?=to\b)|\b(?:was|were)\s+(?:then\s+|duly\s+|unanimously\s+)*(?:agreed|decided)\b",
    re.I,
)
MOVED_ONLY = re.compile(r"\W*(?:be\s+it\s+|motion\b)", re.I)
"""What moves a resolution without adopting it: "Be it resolved"."""


def read_motions(segments: Sequence[Segment], is_heading: Callable[[int], bool]) -> list[Motion]:
    """The motions in order. `is_heading(i)` tells whether segment i begins an item of business."""
    out: list[Motion] = []
    floor = i = 0
    while i < len(segments):
        if is_heading(i) and not (VOTE_ON.match(segments[i].text) or LABELLED.match(segments[i].text)):
            floor = len(out)
        live = out[floor:] if floor < len(out) else out[-1:] if _near(out, i) else []
        cue = _opening(segments, i, live, is_heading)
        if cue and _names_mover(segments, i, live, *cue):
            i += 1
        elif cue:
            motion = _begin(segments, i, *cue)
            out.append(motion)
            i = read_words(segments, motion, cue[1], is_heading)
        elif live and not live[-1].words and MOVED_BELOW.match(segments[i].text):
            live[-1].words.append((segments[i].text, segments[i].start, segments[i].end))
            i += 1
        else:
            i = settle(segments, i, live, out)
    for motion in out:
        conclude(motion)
    return out


def _opening(
    segments: Sequence[Segment], i: int, live: list[Motion], is_heading: Callable[[int], bool]
) -> tuple[Cue, re.Match[str]] | None:
    """The cue by which segment i begins a motion."""
    text = segments[i].text
    if first_cue(text, "amends own") or BALLOTS.match(text):
        return None
    if not TRIGGER.search(text):
        return None if is_heading(i) and text.isupper() else _pair(segments, i)
    for act in ("motion", "unnamed", "perhaps"):
        cue = first_cue(text, act)
        if cue is None or _is_remark(text, cue[1]) or not _may_move(cue[1]):
            continue
        if cue[0].name.startswith("X/Y") and not _says_what(segments, i, cue[1]):
            continue
        if act == "perhaps" and not _is_seconded_soon(segments, i, cue[1]):
            continue
        if _is_no_mover(*cue):
            continue
        return None if _is_told_again(segments, i, live, *cue) else cue
    return None if is_heading(i) and text.isupper() else _pair(segments, i)


def _is_no_mover(cue: Cue, m: re.Match[str]) -> bool:
    """What looks like an untitled name is the first word of the motion ("MOTION: First reading by title"), or
    moved something else ("Foss moved house")."""
    mover, text = m.groupdict().get("mover"), m.string
    if not mover or TITLED.match(mover):
        return False
    if LABELLED.match(text) and m.start("mover") < FIRST_WORDS:
        return not NAMED_ALONE.match(text[m.end("mover") :])
    rest = text[m.end() :]
    return cue.name == "X moved" and (not MOVES_ON.match(rest) or bool(TO_A_PLACE.match(rest)))


def _is_told_again(
    segments: Sequence[Segment], i: int, live: list[Motion], cue: Cue, m: re.Match[str]
) -> bool:
    """The cue speaks of a motion that was begun before."""
    text, mover = segments[i].text, m.groupdict().get("mover")
    last = live[-1] if live else None
    if not cue.gives and not cue.name.startswith("X/Y") and _told_before(m, live):
        return True
    if cue.name == "VOTED: to" and last and not last.words:
        return True
    if cue.name == "motion to":  # "Motion to table carried"
        return any(x.outcome is None for x in live) and first_outcome(text) is not None
    if last is None or not same_name(last.mover, mover):
        return False
    boxed = bool(LABEL_OF_MOVER.match(text)) and i - last.last <= 3  # the record in a box
    return boxed or cue.name.startswith("in proposing")


def _pair(segments: Sequence[Segment], i: int) -> tuple[Cue, re.Match[str]] | None:
    """A line of two names above what they moved and seconded: "W. Foss – S. Lund", "RESOLVED THAT ..."."""
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    before = segments[i - 1].text if i else ""
    beside = MOVED_BELOW.match(after.lstrip("“‘\"' ")) or (
        "/" in segments[i].text and MOVED_BELOW.match(before)
    )
    if len(segments[i].text.split()) > 10 or not beside:
        return None
    text = segments[i].text
    named = [c for act in ("pair", "one name") for c in cues_for(act, text)]
    return next(((c, m) for c in named if (m := c.look.search(text))), None)


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


def _may_move(m: re.Match[str]) -> bool:
    """Members move; staff, things and who is only known by a place ("Mr Foss of Mill Lane") do not."""
    mover = m.groupdict().get("mover")
    if mover is None:
        return True
    before = m.string[: m.start("mover")]
    if MOVES_A_THING.match(m.string[m.end() :]):
        return False
    if re.search(r"\bthe\s+$", before, re.I) and not TITLED.match(mover):
        return False  # "The Rector moved the service to eleven"
    placed = PLACED.search(m.string[: m.start("mover")]) and not TITLED.match(mover)
    return not (placed or STAFF.search(LEADING_TITLE.sub("", mover)) or PRONOUN.match(mover))


def _is_seconded_soon(segments: Sequence[Segment], i: int, m: re.Match[str]) -> bool:
    near = [
        segments[i].text[m.end() :],
        *(s.text for s in segments[i + 1 : i + 4] if len(s.text.split()) < 25),
    ]
    return any(second_in(text) or NO_SECOND.search(text) for text in near[:2]) or any(
        second_in(text) for text in near
    )


NO_SECOND = re.compile(r"\bno\s+second(?:er)?\b|\bnot\s+seconded\b", re.I)


def _near(out: list[Motion], i: int) -> bool:
    return bool(out) and out[-1].outcome is None and i - out[-1].last < 6


def _is_remark(text: str, m: re.Match[str]) -> bool:
    """The words stand far inside a sentence about something else: "... reported that Cllr Ash had moved"."""
    before = SENTENCE_END.split(text[: m.start()])[-1]
    return len(before.split()) > 16 and bool(
        re.search(r"\b(?:that|who|which|if|when|stated|said|reported|asked)\b", before, re.I)
    )


SENTENCE_END = re.compile(r"(?<=[a-z)]\.)\s+(?=[A-Z])|(?<=\s[a-z]\.)\s+(?=[A-Z])|;\s+")


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
        motion.count = count_in(m.group())
        motion.outcome, motion.outcome_text = cue.gives, " ".join(m.group().split())
    motion.kind = "amendment" if AMENDS.search(segments[i].text[: m.end() + 30]) else "motion"
    return motion
