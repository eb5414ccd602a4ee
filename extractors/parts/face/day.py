"""The day of a meeting: which of the dates in a part's opening is the meeting's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.mentions.dates import MONTHS, WEEKDAYS, When, dated_in, dates_in, month_first, times_in
from extractors.model import Block
from extractors.parts.face.opening import BLOCKS, Face

OTHER_DAY = re.compile(
    r"\b(?:amended|published|dated|despatch|dispatch|issued|printed|posted|previous|last|minutes\s+(?:of"
    r"|from|for)"
    r"|approved?|revised|updated|due|received|effective|held on .{0,30} be adopted|next(?: regular)? meeting"
    r"|deadline|webcast|adopt(?:ed|ion)?|confirm|decision|since|until|from)\b",
    re.I,
)
"""Words before a date that make it another day's."""
LABEL = re.compile(
    r"^\W*(?:date|meeting date|date of (?:the )?meeting|day|when|date and time|date & time|date/time"
    r"|meeting date, time & location)\s*:",
    re.I,
)
BROKEN = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?,?$", re.I)
MONTH_FIRST = re.compile(rf"(?:of\s+)?(?:{'|'.join(MONTHS)})\b", re.I)
LISTED = re.compile(r"\.{4,}\s*\d*\s*$")
"""An entry of a table of contents."""
LETTER = re.compile(r"(?:^|\b)date\s*:?\s*$", re.I)
"""Before the day that a letter was written, which encloses papers for a meeting."""
HELD = re.compile(r"\b(?:held|meet(?:ing)?|met|session|convene\w*)\b[^.]*$", re.I)
TITLE = re.compile(
    r"^\W*(?:\w+\s+){0,3}(?:minutes|proceedings|record|agenda|notice|summons)\b"
    r"|^.{0,90}\b(?:meeting|session) minutes\b",
    re.I,
)
"""A title's "minutes of the meeting held on" speaks of this meeting, anywhere else it speaks of another."""
STATE = re.compile(r"^\W*(?:(?:un-?)?(?:approved|adopted|confirmed)|draft|revised|amended|final)\b", re.I)
"""How far the minutes are, over their title."""
SIGNED = re.compile(
    r"\b(?:clerk|counsel|chief executive|secretary|proper officer|solicitor|town manager|head of)\b"
    r"|\b0\d{4}\s?\d{5,6}\b",
    re.I,
)
"""Who signs a summons, or that office's telephone."""
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Day:
    """The meeting's day, in block `block` of the part as `printed`."""

    value: date
    block: int
    printed: str


def day_of_meeting(blocks: Sequence[Block], lines: Sequence[Face]) -> Day | None:
    """The date most likely to be the meeting's; the earliest printed of equals."""
    us = month_first(" ".join(b.text for b in blocks[:200]))
    best: tuple[float, Day] | None = None
    heads = {line.block: line for line in reversed(lines)}
    letter = any(re.match(r"\W*dear\b", b.text, re.I) for b in blocks[:10])
    for at, block in enumerate(blocks[:BLOCKS]):
        if at not in heads:
            continue
        text = _with_its_month(blocks, at)
        for when in dates_in(text, month_first=us):
            if when.start >= len(block.text):
                continue
            score = _score(text, when, heads[at], at) - 4.0 * _is_signature(blocks, at, when)
            score -= 6.0 * (letter and bool(LETTER.search(text[: when.start])))
            if best is None or score > best[0]:
                value = (
                    when.value if _weekday_agrees(text, when) else _with_its_weekday(when.value, text, blocks)
                )
                best = score, Day(value, at, block.text[when.start : when.end])
    if best and best[0] >= ENOUGH:
        return best[1]
    return _without_year(blocks, lines)


def _with_its_month(blocks: Sequence[Block], at: int) -> str:
    """The block's text, and the next one's where a date breaks off at its day: "ON THURSDAY, 20th"."""
    text = blocks[at].text
    broken = at + 1 < len(blocks) and BROKEN.search(text) and MONTH_FIRST.match(blocks[at + 1].text)
    return f"{text} {blocks[at + 1].text}" if broken else text


def _weekday_agrees(text: str, when: When) -> bool:
    """Whether the weekday that is printed before the date, if one is, is the date's."""
    return not when.weekday or when.value.strftime("%a").lower() in text[when.start :].lower()[:12]


def _with_its_weekday(day: date, text: str, blocks: Sequence[Block]) -> date:
    """Of a date whose weekday is another's the one on these pages that has its day, its month and that
    weekday: clerks forget in January that the year is new."""
    weekday = next((n for n, name in enumerate(WEEKDAYS) if name in text.lower()), None)
    others = {w.value for b in blocks for w in dates_in(b.text)}
    fits = [d for d in others if (d.month, d.day) == (day.month, day.day) and d.weekday() == weekday]
    return fits[0] if len(fits) == 1 else day


def _score(text: str, when: When, first: Face, order: int) -> float:
    before, after = text[: when.start], text[when.end : when.end + 40]
    near = (STATE.sub("", before) if first.head and order < 3 else before)[-70:]
    score = 3.5 * first.head + 0.5 * first.heading - 0.06 * order
    score += 1.5 * (when.weekday and _weekday_agrees(text, when))
    score += 2.0 * bool(LABEL.match(text) or HELD.search(near))
    score += 1.0 * bool(next(iter(times_in(after)), None)) + 0.8 * (len(text) < 60)
    other = OTHER_DAY.search(near)
    if other and not (
        order < 6
        and TITLE.match(STATE.sub("", text))
        and first.head
        and not re.search("approv|decision", near, re.I)
    ):
        score -= 6.0
    score -= 6.0 * bool(LISTED.search(text))
    return score - 2.0 * (first.numbered and not first.head)


def _is_signature(blocks: Sequence[Block], at: int, when: When) -> bool:
    """The date that a clerk puts under the name that signs a summons: alone on its line, an officer above."""
    text = blocks[at].text
    alone = len(text) - (when.end - when.start) < 4
    above = " ".join(b.text for b in blocks[max(0, at - 1) : at][-1:])
    own = text[: when.start]
    return bool((alone and SIGNED.search(above) and at > 3) or SIGNED.search(own[-60:]))


NUMBERED_BY_YEAR = re.compile(r"^\W*\d{1,4}/(\d{2})\b(?![/\d])")
FEWEST_NUMBERS = 4


def _without_year(blocks: Sequence[Block], lines: Sequence[Face]) -> Day | None:
    """A day and month in the head, and the one year on these pages whose weekday agrees."""
    years = set(_years(b.text for b in blocks[:60]))
    numbered = _numbered_by_year(blocks)
    if numbered is not None:
        years = {numbered}
    for line in lines:
        if line.head and not OTHER_DAY.search(line.text) and next(dates_in(line.text), None) is None:
            for when in dated_in(line.text, sorted(years)):
                if when.weekday or len(years) == 1:
                    return Day(when.value, line.block, line.text[when.start : when.end])
    return None


def _numbered_by_year(blocks: Sequence[Block]) -> int | None:
    """The year that minutes are numbered by: "65/24 Apologies", "66/24 Welcome"."""
    found = Counter(m[1] for b in blocks if (m := NUMBERED_BY_YEAR.match(b.text)))
    if not found:
        return None
    year, often = found.most_common(1)[0]
    return 2000 + int(year) if often >= FEWEST_NUMBERS and often == found.total() else None


def _years(texts: Iterable[str]) -> Iterable[int]:
    for text in texts:
        yield from (int(y) for y in re.findall(r"\b((?:19|20)\d{2})\b", text))
