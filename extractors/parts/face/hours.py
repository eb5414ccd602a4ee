"""The hours of a meeting: called for, began, broke off, went on, rose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import time

from extractors.cues.load import pattern
from extractors.mentions.dates import dates_in, times_in
from extractors.mentions.hours_in_words import AFTERNOON, worded_hours_in
from extractors.model import Block
from extractors.parts.face.opening import Face

WORDED = r"(?:half|twenty|(?:a\s+)?quarter|\w+\s+(?:minutes\s+)?(?:past|to)|\w+\s+o[’']?\s?clock)\b"
"""What an hour in words begins with."""
TIME_LABEL = re.compile(r"^\W*(?:time|start time|meeting time|commencing|starts?)\s*:?\s", re.I)
ROSE = re.compile(rf"\b{pattern('meeting.rose')}\s*:?\s*(?:at\s+)?", re.I)
BEGAN = re.compile(
    rf"\b{pattern('meeting.began')}\s*:?\s*(?:at\s+)?"
    r"|\b(?:convened?|called|brought)\b(?:(?!\badjourn)[^.]){0,110}?\bat\s+(?:approximately\s+)?(?=\d)"
    r"|\b(?:came to order|to order|(?<!re-)(?<!hearing )(?<!session )opened)\b[^.]{0,40}?\bat\s+(?=\d)"
    r"|\bcalled\s+to\s+order,?\s+(?=\d{1,2}[:.]\d\d)"
    rf"|\bmet\b(?:[^.]|\.(?=\d)){{0,100}}?\bat\s+(?=\d|{WORDED})"
    r"|\bdeclared\s+open\b(?:[^.]|\b(?:Mr|Mrs|Ms|Dr)\.){0,80}?\bat\s+(?=\d)"
    r"|\bopened the meeting\b[^.]{0,70}?\bat\s+(?=\d)|\bcall(?:ed)? to order\s*:[^:]{0,40}?\bat\s+(?=\d)"
    r"|^\W*(?:\d+[.)]?\s*)?convene\s*:\s*",
    re.I,
)
BEGAN_AFTER = re.compile(
    r"^\W*at\s+(?=\d)(?=.{3,110}?\b(?:opened|called|convened)\b.{0,25}\b(?:meeting|session|to\s+order)\b)",
    re.I,
)
""" "At 5:30 pm the Chairman opened the meeting"."""
RANGE = re.compile(
    r"(?<![\d:.])(?P<from>\d{1,2}[.:]\d{2})\s*(?P<half1>[ap]\.?m\.?)?\s*(?:[-–—]"
    r"|to)\s*(?P<to>\d{1,2}[.:]\d{2})\s*(?P<half2>[ap]\.?m\.?)(?!\w)",
    re.I,
)
OTHER_HOURS = re.compile(
    r"\b(?:session|public|camera|open house|hearing|break|recess|workshop|registration|pre-?meeting"
    r"|briefing)\b",
    re.I,
)
CLOSED = re.compile(
    r"\b(?:declared|closed|adjourned|concluded|ended)\s+(?:the\s+)?(?:\w+\s+){0,3}meeting\b"
    r"|\bmeeting\s+(?:was\s+"
    r"|be\s+|is\s+)?(?:then\s+|hereby\s+|declared\s+)?(?:closed|adjourned|concluded|ended|rose|finished)\b"
    r"|\b(?:council|board|committee|commission|subcommittee|sub-committee|authority|cabinet)\s+(?:rose"
    r"|adjourned)\b"
    r"|\badjourn(?:ed|ment)?\b|\b(?:ended|finished|concluded)\s+at\s+(?=\d)"
    r"|\b(?:open|public)\s+session\s+(?:was\s+)?(?:closed|ended)\b",
    re.I,
)
NOT_THE_END = re.compile(
    r"\b(?:to|into|for) (?:a |the )?(?:closed|executive|open) session|\brecess|\breconvene", re.I
)


LASTED = re.compile(r"\b(?:duration|length)\s+of\s+(?:the\s+)?meeting\b", re.I)
"""Before the hours from and to which it sat, under the minutes."""
FOR_A_WHILE = re.compile(
    r"^(?:[^.]|\.\d){0,90}\b(?:re-?conven|re-?commenc|resum|retir(?:ed|ing)\b|return)|^\W*from\b", re.I
)
"""Behind "adjourned" where the meeting went on."""
BRIEFLY = re.compile(r"\W*(?:from\s+)?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:to|[-–—])\s*\d", re.I)
"""Behind "closed": from one hour to another, for what the public is not to hear."""
WENT_ON = re.compile(
    r"(?<!\bwill )(?<!\bcan )(?<!\bto )(?<!\bmay )(?<!ll )(?<!\borders be )(?<!\borders were )"
    r"\b(?:re-?conven(?:ed|ing|e(?=\s*:))|resum(?:ed|ing)|re-?commenc(?:ed?|ing)|returned to"
    r" (?:open|regular|public) session)\b",
    re.I,
)
BROKE_OFF = re.compile(
    r"\b(?:adjourn(?:ed|ment)|recess(?:ed)?|a (?:short |brief )?break|broke|suspended)\b", re.I
)
PLANNED = re.compile(r"(?:commencing|starting|held|start time|met)\b", re.I)
"""What a notice says of the hour, and minutes over what they say of it."""
LEFT_AT = re.compile(r"\W*time(?:\s+of\s+adjournment)?\s*:\s*\S{3,12}(?:\s*[ap]\.?m\.?)?\W*", re.I)
"""The hour of adjournment in a line of its own under it."""
CAME = re.compile(r"\b(?:arriv\w*|left|joined|departed|entered|from|until)\b", re.I)
"""Words beside the hour of a person of the roll."""
LATE = 20
"""Minutes that a meeting begins after or before its hour."""
SMALL_HOURS = time(5)
"""A meeting that began in the evening may rise before it."""
NEAR = 70
"""Characters between what is said to have happened and its hour."""
WITHIN = 86
"""Characters between a meeting's close and its hour."""
TILL_THE_NEXT = re.compile(
    r"\s*(?:the\s+meeting\s+)?(?:un)?till?\b(?:[^.]|\.\d){0,60}\b(?:next|session|meeting)\b", re.I
)
"""Behind "adjourn": the hours that follow are those of another meeting, all but the last of them."""
BOTH_ENDS = re.compile(
    r"^\W*(?:start|begin\w*)\s*(?:/|&|and|-|–)\s*(?:end|finish\w*|close)\b[^:\d]{0,12}:?\s*(?=\d)", re.I
)
"""A label of both hours: "Start/End Time: 6.30 p.m. - 9.35 p.m."."""
BACK = 12
"""Blocks before a meeting went on in which it broke off."""


def called_for(lines: Sequence[Face]) -> time | None:
    """The hour that the head prints: labelled, the first of a range, or beside the day."""
    ranged = _ranged(lines)
    if ranged:
        return ranged[0]
    head = [line for line in lines if line.head]
    beside = (value for line in head if _is_of_the_meeting(line.text) for value, *_ in times_in(line.text))
    return _labelled(head) or next(beside, None)


def _is_of_the_meeting(line: str) -> bool:
    """A line of the head whose hour is the meeting's: with its day, said to be held, or the hour alone."""
    if OTHER_HOURS.search(line) or BEGAN.search(line) or CAME.search(line):
        return False
    return bool(next(dates_in(line), None) or re.search(r"\b(?:held|meeting)\b", line, re.I)) or (
        len(line.split()) <= 5
    )


def broke_off(blocks: Sequence[Block]) -> tuple[time | None, time | None]:
    """When it first broke off and when it went on after that; a meeting that is not said to have gone on did
    not break off, it rose."""
    for at, block in enumerate(blocks):
        for m in WENT_ON.finditer(block.text):
            on = _hour_at(block.text, m)
            if on is None:
                continue
            before = [*(b.text for b in blocks[max(0, at - BACK) : at]), block.text[: m.start()]]
            found = ((text, x) for text in reversed(before) for x in reversed(list(BROKE_OFF.finditer(text))))
            off = next((hour for text, x in found if (hour := _hour_at(text, x)) is not None), None)
            return (off if off is None or off < on else None), on
    return None, None


def _hour_at(text: str, m: re.Match[str]) -> time | None:
    """The hour that follows within the sentence, else the one just before: "At 8:20 p.m. the Council
    reconvened"."""
    after = next(iter(times_in(text[m.end() : m.end() + NEAR])), None)
    if after and re.search(r"\b(?:to|until|till)\s*$", text[m.end() : m.end() + after[1]]):
        after = None
    if after and not re.search(r"[.;]\s+[A-Z]|\b(?:re-?conv|resum)", text[m.end() : m.end() + after[1]]):
        return after[0]
    start = max(0, m.start() - NEAR)
    before = list(times_in(text[start : m.start()]))
    if before and not re.search(
        r"[.;]\s+[A-Z]|\b(?:re-?conv|resum|adjourn|recess)", text[start + before[-1][2] : m.start()]
    ):
        return before[-1][0]
    return None


def began(blocks: Sequence[Block], lines: Sequence[Face], *, minutes: bool) -> time | None:
    """The labelled time on a front sheet, the one in words that begin a meeting in minutes; else a lone time
    near the top."""
    ranged = _both_ends(blocks) or _ranged(lines)
    if ranged:
        return ranged[0]
    ways = (_begun, _labelled) if minutes else (_labelled, _begun)
    return next((found for way in ways if (found := way(lines)) is not None), None) or _lone(blocks)


def rose(blocks: Sequence[Block], lines: Sequence[Face]) -> time | None:
    """When the minutes say that it closed, adjourned or rose; the last that they say."""
    both_ends = _both_ends(blocks)
    if both_ends:
        return both_ends[1]
    for block in reversed(blocks):
        if LASTED.search(block.text) and (both := list(times_in(block.text))) and len(both) > 1:
            return both[-1][0]
        for m in reversed(list(ROSE.finditer(block.text))):
            if FOR_A_WHILE.match(block.text[m.end() :]) and "adjourn" in m.group().lower():
                continue
            if RANGE.match(block.text[m.end() :].lstrip()) or BRIEFLY.match(block.text[m.end() :]):
                continue
            near = next((t for t in _hours_in(block.text[m.end() :]) if t[1] <= 14), None)
            if near:
                return near[0]
    ranged = _ranged(lines)
    return ranged[1] if ranged else _closed(blocks)


def of_one_day(start: time | None, end: time | None) -> time | None:
    """When it rose, twelve hours later where it would have risen before it began: "7.30 pm", "closed at
    9.20"."""
    if start is None or end is None or not SMALL_HOURS <= end < start or end.hour >= 12:
        return end
    late = end.replace(hour=end.hour + 12)
    return late if late > start else end


def _hours_in(text: str) -> Iterator[tuple[time, int, int]]:
    """The hours in figures and in words, in order; one that is printed bare and before eight is of the
    afternoon."""
    figures = ((_of_the_day(value, text[a:b]), a, b) for value, a, b in times_in(text))
    yield from sorted([*figures, *worded_hours_in(text)], key=lambda t: t[1])


def _of_the_day(value: time, printed: str) -> time:
    bare = re.fullmatch(r"[1-7][:.]\d\d", printed)
    return value.replace(hour=value.hour + 12) if bare and value.hour < AFTERNOON else value


def _both_ends(blocks: Sequence[Block]) -> tuple[time, time] | None:
    """Both hours behind one label, at the head or the foot."""
    for block in (*blocks[:BACK], *blocks[-BACK:]):
        for line in block.lines:
            if m := BOTH_ENDS.match(line.text):
                hours = [value for value, *_ in _hours_in(line.text[m.end() :])]
                if len(hours) == 2:
                    return hours[0], hours[1]
    return None


def _closed(blocks: Sequence[Block]) -> time | None:
    """ "2.35 pm The Chairperson declared the meeting closed", "adjourned. Time: 8:40 p.m.", "ADJOURNMENT" and
    a time below; the last said, within reach of its hour."""
    for at in range(len(blocks) - 1, max(-1, len(blocks) - 40), -1):
        text = blocks[at].text
        if at > len(blocks) // 2 and LEFT_AT.fullmatch(text) and (lone := next(iter(times_in(text)), None)):
            return lone[0]
        for m in reversed(list(CLOSED.finditer(text))):
            if NOT_THE_END.search(text[m.start() : m.end() + 60]):
                continue
            if FOR_A_WHILE.match(text[m.end() :]) or BRIEFLY.match(text[m.end() :]):
                continue
            after = next((t for t in _hours_in(text[m.end() :]) if t[1] <= WITHIN), None)
            before = [*_hours_in(text[:14]), *_hours_in(text[max(0, m.start() - 60) : m.start()])]
            if TILL_THE_NEXT.match(text[m.end() :]):
                later = list(_hours_in(text[m.end() :]))
                after = later[-1] if len(later) > 1 else None
            found = after or (before[-1] if before else None)
            if found:
                return found[0]
            below = blocks[at + 1].text[:120] if m.end() > len(text) - 3 and at + 1 < len(blocks) else ""
            if (lone := next(iter(times_in(below)), None)) is not None:
                return lone[0]
    return None


def _ranged(lines: Sequence[Face]) -> tuple[time, time] | None:
    """ "10.00 - 11.15 a.m." near the top: when the meeting began and ended."""
    for line in lines:
        m = RANGE.search(line.text) if (line.head or line.order < 8) and len(line.text) <= 90 else None
        if m and not OTHER_HOURS.search(line.text):
            half = m["half2"]
            first = next(iter(times_in(f"{m['from']} {m['half1'] or half}")), None)
            last = next(iter(times_in(f"{m['to']} {half}")), None)
            if first and last and m["half1"] is None and first[0] > last[0]:
                # "11.30 - 1.15 p.m.": the first is of the morning
                first = next(iter(times_in(f"{m['from']} a.m.")), None)
            if first and last:
                return first[0], last[0]
    return None


def _labelled(lines: Sequence[Face]) -> time | None:
    for line in lines:
        if TIME_LABEL.match(line.text.strip("* ")):
            for value, *_ in times_in(line.text):
                return value
    return None


def _begun(lines: Sequence[Face]) -> time | None:
    """When the paper says that it began; when it was to commence where it does not."""
    planned: time | None = None
    for at, line in enumerate(lines):
        below = [x.text for x in lines[at + 1 : at + 3] if x.block == line.block]
        text = " ".join([line.text, *below])
        m = BEGAN_AFTER.match(text) or BEGAN.search(text)
        if m and m.start() > len(line.text):
            continue  # the line below tells it, with the rest of its hour
        near = next((t for t in _hours_in(text[m.end() :]) if t[1] <= 12), None) if m else None
        if m and near and not PLANNED.match(m.group()) and (planned is None or _is_near(near[0], planned)):
            return near[0]
        planned = planned or (near[0] if near else None)
    return planned


def _is_near(hour: time, planned: time) -> bool:
    """Whether a meeting that was to begin then may have begun at the hour, rather than a hearing in it."""
    return abs(hour.hour * 60 + hour.minute - planned.hour * 60 - planned.minute) <= LATE


def _lone(blocks: Sequence[Block]) -> time | None:
    for block in blocks[:12]:
        for value, at, _ in times_in(block.text):
            before = block.text[:at]
            if CAME.search(before[-24:]):
                continue
            if re.search(r"(?:\bat|\bfrom|\btime|,|\d{4}|^)\W*$", before, re.I) and not re.search(
                r"\b(?:deadline|by|before|until)\W*$", before, re.I
            ):
                return value
    return None
