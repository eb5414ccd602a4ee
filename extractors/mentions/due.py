"""By when something is to be done: the day that a paper's words name, and how much of it they say; nothing is
guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.mentions.dates import MONTHS, WEEKDAYS, dates_in
from extractors.text.numbers import NUMBERS, number_said
from schemas.decisions import DuePrecision

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
LATER = re.compile(r"^\W*(?:after|following|since|from)\b", re.I)
"""Words that say when something may begin, not by when it is to be done."""
BEFORE = re.compile(r"^\W*(?:before|prior\s+to|ahead\s+of)\b(?!.*\bend\s+of\b)", re.I)
"""Words after which a month is one that is too late."""
MONTH_AND_YEAR = re.compile(rf"\b{_MONTH}[\s,-]*(?:20(?P<year>\d\d)|['’-](?P<short>\d\d))\b", re.I)
DAY_AND_MONTH = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}"
    rf"|{_MONTH.replace('<month>', '<before>')}\s+(?P<then>\d{{1,2}})(?:st|nd|rd|th)?)(?![\d:])",
    re.I,
)
MONTH = re.compile(rf"(?P<end>\bend\s+of\s+)?\b(?P<month>{'|'.join(MONTHS)})\b", re.I)
SPAN = re.compile(
    rf"\b(?:within|in)\s+(?:the\s+next\s+)?(?P<n>\d{{1,3}}|an?|{'|'.join(NUMBERS[1:13])})\s+(?P<unit>day|week|month|year)s?\b"
    r"(?!\s+of\b)",
    re.I,
)
NEXT = re.compile(r"\bnext\s+(?P<unit>month|year)\b", re.I)
YEAR = re.compile(
    r"\b(?:by|in|during|end\s+of|before)\s+(?:the\s+end\s+of\s+)?20(?P<year>\d\d)\b(?![/-])", re.I
)
QUARTER = re.compile(r"\bQ[1-4]\b|\bquarter\b", re.I)
MEETING = re.compile(r"\bmeeting\b", re.I)
WEEKDAY = re.compile(rf"\bby\s+(?:next\s+)?(?P<day>{'|'.join(WEEKDAYS)})\b", re.I)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day by which, where words or the meeting's own day tell it; and what the words name: a day, or
    the month, quarter, year or meeting that the day stands for."""

    day: date | None = None
    precision: DuePrecision | None = None


NOTHING = Due()


def due_of(text: str, meeting: date | None) -> Due:
    """What a due text names, counted from the meeting where it names no year.

    No day for what leaves room for doubt: a quarter (of which year's?), a meeting, working days, "shortly".
    """
    if LATER.search(text):
        return NOTHING
    if whole := next(dates_in(text), None):
        return Due(whole.value, "day")
    if m := MONTH_AND_YEAR.search(text):
        year = 2000 + int(m["year"] or m["short"])
        return Due(_until(year, _number(m["month"]), text), "month")
    if QUARTER.search(text):
        return Due(None, "quarter")
    if m := YEAR.search(text):
        return Due(date(2000 + int(m["year"]), 12, 31), "year")
    counted = _counted(text, meeting) if meeting else None
    return counted or (Due(None, "meeting") if MEETING.search(text) else NOTHING)


def _counted(text: str, meeting: date) -> Due | None:
    """What is counted from the meeting's day."""
    if m := DAY_AND_MONTH.search(text):
        day, month = int(m["day"] or m["then"]), _number(m["month"] or m["before"])
        return _on(day, month, meeting)
    if m := SPAN.search(text):
        return _ahead(_count(m["n"]), m["unit"].lower(), meeting)
    if m := NEXT.search(text):
        if m["unit"].lower() == "year":
            return Due(date(meeting.year + 1, 12, 31), "year")
        return Due(_last_of(meeting.year + meeting.month // 12, meeting.month % 12 + 1), "month")
    if m := MONTH.search(text):
        if MEETING.search(text):  # "the March meeting"
            return None
        month = _number(m["month"])
        day = _until(meeting.year + (month < meeting.month), month, text)
        return Due(day, "day" if m["end"] else "month")
    if m := WEEKDAY.search(text):
        ahead = (WEEKDAYS.index(m["day"].lower()) - meeting.weekday()) % 7
        return Due(meeting + timedelta(days=ahead or 7), "day")
    return None


def _on(day: int, month: int, meeting: date) -> Due | None:
    """The first such day from the meeting on."""
    for year in (meeting.year, meeting.year + 1):
        if 0 < day <= monthrange(year, month)[1] and date(year, month, day) >= meeting:
            return Due(date(year, month, day), "day")
    return None


def _ahead(n: int, unit: str, meeting: date) -> Due:
    if unit in ("day", "week"):
        return Due(meeting + timedelta(days=n * (7 if unit == "week" else 1)), "day")
    months = meeting.year * 12 + meeting.month - 1 + n * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    day = min(meeting.day, monthrange(year, month)[1])
    return Due(date(year, month, day), "month" if unit == "month" else "year")


def _count(said: str) -> int:
    said = said.lower()
    return 1 if said in ("a", "an") else number_said(said) or 0


def _number(month: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(month.lower()[:3]))


def _until(year: int, month: int, text: str) -> date:
    """The month's last day, or the one before it begins."""
    return date(year, month, 1) - timedelta(days=1) if BEFORE.search(text) else _last_of(year, month)


def _last_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
