"""Dates written out in words: "the sixteenth day of January in the year two thousand and seven"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
BELOW_HUNDRED = {
    **{word: n for n, word in enumerate((*UNITS, *TEENS), 1)},
    **{ten: 10 * n for n, ten in enumerate(TENS, 2)},
    **{f"{ten} {unit}": 10 * n + m for n, ten in enumerate(TENS, 2) for m, unit in enumerate(UNITS, 1)},
}
FIRSTS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}
LASTS = {"nine": "ninth", "twelve": "twelfth", "twenty": "twentieth", "thirty": "thirtieth"}


def _ordinal(number: str) -> str:
    ten, _, unit = number.rpartition(" ")
    last = (FIRSTS | LASTS).get(unit, f"{unit}th")
    return f"{ten} {last}" if ten else last


DAYS = {_ordinal(word): n for word, n in BELOW_HUNDRED.items() if n <= 31}
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)


def _either(words: Iterator[str]) -> str:
    return "|".join(w.replace(" ", r"[\s-]+") for w in sorted(words, key=len, reverse=True))


_DAY = rf"(?:{_either(iter(DAYS))}|\d{{1,2}}(?:st|nd|rd|th)?)"
_SMALL = _either(iter(BELOW_HUNDRED))
_YEAR = (
    rf"(?:two\s+thousand(?:(?:\s+and)?\s+(?P<since>{_SMALL}))?|twenty[\s-]+(?P<twenty>{_SMALL})"
    rf"|nineteen(?:\s+hundred(?:\s+and)?)?[\s-]+(?P<nineteen>{_SMALL})|(?P<figures>\d{{4}}))"
)
LOOK = re.compile(
    rf"\b(?P<day>{_DAY})\s+(?:day\s+)?of\s+(?P<month>{'|'.join(MONTHS)})[\s,]+"
    rf"(?:(?:in\s+)?(?:the\s+)?year(?:\s+of\s+our\s+lord)?[\s,]+|a\.?d\.?[\s,]+)?{_YEAR}\b"
    rf"|\b(?P<month2>{'|'.join(MONTHS)})\s+(?P<day2>{_either(iter(DAYS))})[\s,]+"
    rf"{_YEAR.replace('?P<', '?P<b_')}\b",
    re.I,
)


def worded_dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every date of which the day or the year is written in words, and its place in the text."""
    for m in LOOK.finditer(text):
        day = _folded(m["day"] or m["day2"])
        number = DAYS.get(day) or int(re.sub(r"\D", "", day))
        year = _year_of(m)
        if day[:1].isdigit() and (m["figures"] or m["b_figures"]):
            continue  # in figures: dates.py's own
        try:
            yield (
                date(year, MONTHS.index((m["month"] or m["month2"]).lower()) + 1, number),
                m.start(),
                m.end(),
            )
        except ValueError:
            continue


def _year_of(m: re.Match[str]) -> int:
    if figures := m["figures"] or m["b_figures"]:
        return int(figures)
    for group, century in (("since", 2000), ("twenty", 2000), ("nineteen", 1900)):
        if said := m[group] or m[f"b_{group}"]:
            return century + BELOW_HUNDRED[_folded(said)]
    return 2000


def _folded(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text.lower())
