"""Dates and times as councils print them, only when they are printed whole: nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time

from extractors.mentions.dates_in_words import worded_dates_in

MONTHS: tuple[str, ...] = (
    *[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
)
WEEKDAYS: tuple[str, ...] = (*["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],)
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<{0}>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?[\s,.–—-]*(?:the\s+)?)?"
_GAP = r"(?:[\s,.–—-]+|(?<=,))"
_NTH = r"\s*(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"\b{_WEEKDAY.format('w1')}(?P<d1>\d{{1,2}}){_NTH}[\s,–—-]+(?:day\s+)?(?:of\s+)?{_MONTH.format('m1')}"
    + rf"{_GAP}(?P<y1>\d{{4}})\b"
    + rf"|\b{_WEEKDAY.format('w2')}{_MONTH.format('m2')}\s*(?P<d2>\d{{1,2}}){_NTH}{_GAP}(?P<y2>\d{{4}})\b"
    + r"|(?<![\w-])(?P<d3>\d{1,2})(?P<s3>[./-])(?P<m3>\d{1,2})(?P=s3)(?P<y3>\d{4}|(?<!-)\d{2})\b(?!-\w)"
    + r"|\b(?P<y4>\d{4})-(?P<m4>\d{2})-(?P<d4>\d{2})\b",
    re.IGNORECASE,
)
"""A whole date, broken spellings included: "13 th March 2018", "TUESDAY- -JULY 24, 2012", "May 4,2005"."""
YEAR = re.compile(r"\d{4}|\d[./]\d")
"""Without figures like these no date is printed in figures."""
DAY_AND_MONTH = re.compile(
    rf"\b{_WEEKDAY.format('w1')}(?:(?P<d1>\d{{1,2}}){_NTH}\s+(?:of\s+)?{_MONTH.format('m1')}"
    rf"|{_MONTH.format('m2')}\s+(?P<d2>\d{{1,2}}){_NTH})(?![\w:])",
    re.IGNORECASE,
)
"""A date without its year: "Tuesday 14TH November"."""
TIME = re.compile(
    r"\b(?P<h1>\d{1,2})\s*(?:[:.]\s*(?P<n1>\d{2})\.?)?\s*(?P<half>[ap])\.?\s?m\b\.?"
    r"|\b(?P<h2>[01]?\d|2[0-3])[:.](?P<n2>[0-5]\d)(?:\s*(?:hours|hrs|h)\b|\b)"
    r"|\b(?P<h3>[01]\d|2[0-3])(?P<n3>[0-5]\d)\s*(?:hours|hrs|h)\b"
    r"|\b(?P<noon>12\s+noon|noon|midday)\b",
    re.IGNORECASE,
)


IN_WORDS = re.compile(r"\bthousand\b|\bnineteen\b|\btwenty\b|\bday\s+of\b|\byear\b", re.I)
"""Without one of these words no date is written out."""


@dataclass(frozen=True, slots=True)
class When:
    """A date or time found at characters `start` to `end`."""

    value: date
    start: int
    end: int
    weekday: bool = False


def dates_in(text: str, *, month_first: bool = False) -> Iterator[When]:
    """Every whole date in the text, those written out in words last. In figures the day comes first (UK,
    Ireland, Canada's French, Australia) unless told."""
    yield from _in_figures(text, month_first)
    if IN_WORDS.search(text):
        yield from (When(*found) for found in worded_dates_in(text))


def _in_figures(text: str, month_first: bool) -> Iterator[When]:
    if not YEAR.search(text):
        return
    for m in DATE.finditer(text):
        if m["d1"]:
            parts = (m["y1"], _month(m["m1"]), m["d1"])
        elif m["d2"]:
            parts = (m["y2"], _month(m["m2"]), m["d2"])
        elif m["d3"]:
            day, month = (m["m3"], m["d3"]) if month_first else (m["d3"], m["m3"])
            parts = ("20" + m["y3"] if len(m["y3"]) == 2 else m["y3"], month, day)
        else:
            parts = (m["y4"], m["m4"], m["d4"])
        try:
            value = date(*(int(p) for p in parts))
        except ValueError:
            continue
        if 1850 <= value.year <= 2150:
            yield When(value, m.start(), m.end(), bool(m["w1"] or m["w2"]))


def month_first(text: str) -> bool:
    """Whether a paper's figures put the month first, by its own dates: impossible days settle it, else the
    order of those written out in words."""
    found = list(DATE.finditer(text))
    day = sum(int(m["d3"]) > 12 for m in found if m["d3"])
    month = sum(int(m["m3"]) > 12 for m in found if m["m3"])
    if day != month:
        return month > day
    written = [bool(m["d2"]) for m in found if m["d1"] or m["d2"]]
    return sum(written) > len(written) / 2


def dated_in(text: str, years: Iterable[int]) -> Iterator[When]:
    """Dates whose year is not printed with them, where just one of `years` fits; the weekday, if printed, has
    to agree."""
    for m in DAY_AND_MONTH.finditer(text):
        month, day = _month(m["m1"] or m["m2"]), int(m["d1"] or m["d2"])
        fits: set[date] = set()
        for year in years:
            with suppress(ValueError):
                when = date(year, month, day)
                if not m["w1"] or WEEKDAYS[when.weekday()].startswith(m["w1"].lower()[:3]):
                    fits.add(when)
        if len(fits) == 1:
            yield When(fits.pop(), m.start(), m.end(), bool(m["w1"]))


def first_date(text: str) -> date | None:
    """The first whole date in the text."""
    return next((w.value for w in dates_in(text)), None)


def _month(text: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text.lower().rstrip(".")[:3]))


def times_in(text: str) -> Iterator[tuple[time, int, int]]:
    """Every time of day in the text, with its place; "2.00 pm", "18:30", "6:30 p.m.", "1400 hours",
    "noon"."""
    for m in TIME.finditer(text):
        if m["noon"]:
            yield time(12), m.start(), m.end()
            continue
        hour = int(m["h1"] or m["h2"] or m["h3"])
        minute = int(m["n1"] or m["n2"] or m["n3"] or 0)
        if m["half"]:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + (12 if m["half"].lower() == "p" else 0)
        if hour < 24 and minute < 60:
            yield time(hour, minute), m.start(), m.end()
