"""Days as councils' sites write them, in the languages that platforms are translated into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ion ionawr januar jänner janvier janv enero ene gennaio gen januari",
            "feb february chwef chwefror februar février fevrier févr fév febrero febbraio februari",
            "mar march maw mawrth märz mrz mars marzo maart",
            "apr april ebr ebrill avril avr abril abr aprile",
            "may mai mayo maggio mei",
            "jun june meh mehefin juni juin junio giugno",
            "jul july gorff gorffennaf juli juillet juil julio luglio",
            "aug august awst août aout agosto ago augustus",
            "sep sept september medi septembre septiembre settembre",
            "oct october hyd hydref oktober okt octobre octubre ottobre",
            "nov november tach tachwedd novembre noviembre",
            "dec december rhag rhagfyr dezember dez décembre decembre déc diciembre dic dicembre",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
GAP = r"[\s\-_.,/]{1,3}"
NEAR = r"[\s\-_.,/]{0,3}"
"""What may stand, or not, between a month's name and its day."""
DAY = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|er|ain|fed|ed|eg|ydd|af|il|\.|º)?(?:\s+(?:of|de))?{NEAR}"
    rf"(?P<m>{MONTH})\.?(?:\s+del?)?{NEAR}(?P<y>20\d\d|19\d\d)(?!\d)"
    rf"|(?<![a-z])(?P<m2>{MONTH})\.?{NEAR}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{GAP}(?P<y2>20\d\d|19\d\d)(?!\d)"
    r"|(?<!\d)(?P<y3>20\d\d|19\d\d)[-./_ ](?P<m3>\d{1,2})[-./_ ](?P<d3>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d4>\d{1,2})[-./_ ](?P<m4>\d{1,2})[-./_ ](?P<y4>20\d\d|19\d\d)(?!\d)"
    r"|(?<!\d)(?P<d5>\d\d)(?P<m5>\d\d)(?P<y5>20\d\d)(?!\d)"
    r"|(?<!\d)(?P<y6>20\d\d)(?P<m6>\d\d)(?P<d6>\d\d)(?!\d)"
    r"|(?<!\d)(?P<d7>\d{1,2})[-._/](?P<m7>\d{1,2})[-._/](?P<y7>[012]\d)(?!\d)",
    re.I,
)
FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:(?:19|20)\d\d|\d\d)(?!\d)")
ALONE = re.compile(r"\W*(?:[^\W\d_]{2,9}day\W+)?(?:\d|[^\W\d_]{3,10}\.?\s*\d{1,2}\b)", re.I)


class Named(NamedTuple):
    """A day and the span of the text that names it."""

    day: date
    start: int
    end: int


def days_in(text: str, *, month_first: bool = False) -> Iterator[Named]:
    """Every whole day that a text names, in order: "14 Feb 2023", "14th-Feb-2023", "February 14, 2023",
    "14 de febrero de 2023", "14/02/2023", "2023-02-14", "14022023". Of two numbers that can both be the month
    the day stands first, unless `month_first`."""
    for m in DAY.finditer(text):
        found = {k.rstrip("234567"): v for k, v in m.groupdict().items() if v}
        year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
        month = MONTHS.get(found["m"].lower()) or (int(found["m"]) if found["m"].isdigit() else 0)
        day = int(found["d"])
        if (m["d4"] or m["d7"]) and (month > 12 or (month_first and day <= 12)):
            day, month = month, day
        try:
            yield Named(date(year, month, day), *m.span())
        except ValueError:
            continue


def day_in(text: str | None, *, month_first: bool = False) -> date | None:
    """The first whole day that a text names; None when it names none."""
    return next((n.day for n in days_in(text or "", month_first=month_first)), None)


def day_alone(text: str, *, month_first: bool = False) -> date | None:
    """The day that a short text is, or begins with: a weekday before it and a time after it do no harm."""
    return day_in(text, month_first=month_first) if len(text) <= 45 and ALONE.match(text) else None


def day_in_year(text: str, year: int) -> date | None:
    """The first day that a text names without its year: "Tuesday 12 May", "May 12th"."""
    for m in re.finditer(
        rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?{GAP}({MONTH})\b|\b({MONTH})\.?{GAP}(\d{{1,2}})(?:st|nd|rd|th)?\b",
        text,
        re.I,
    ):
        try:
            return date(year, MONTHS[(m[2] or m[3]).lower()], int(m[1] or m[4]))
        except ValueError:
            continue
    return None


def day_told(text: object) -> date | None:
    """The day that a service writes in ISO 8601, with or without a time; None for anything else."""
    try:
        return date.fromisoformat(str(text).strip()[:10])
    except ValueError:
        return None


def writes_month_first(text: str) -> bool:
    """Whether a page writes figures as Americans do: told by the first number over 12; so when none is."""
    for m in FIGURES.finditer(text):
        if int(m[1]) > 12 >= int(m[2]):
            return False
        if int(m[2]) > 12 >= int(m[1]):
            return True
    return True
