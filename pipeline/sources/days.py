"""Days as councils' sites write them, in English, Welsh and German."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ion ionawr januar jänner",
            "feb february chwef chwefror februar",
            "mar march maw mawrth märz",
            "apr april ebr ebrill",
            "may mai",
            "jun june meh mehefin juni",
            "jul july gorff gorffennaf juli",
            "aug august awst",
            "sep sept september medi",
            "oct october hyd hydref oktober",
            "nov november tach tachwedd",
            "dec december rhag rhagfyr dezember",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
GAP = r"[\s\-_.,/]{1,3}"
DAY = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|ain|fed|ed|eg|ydd|af|il|\.)?(?:\s+of)?{GAP}(?P<m>{MONTH})\.?{GAP}(?P<y>20\d\d|19\d\d)(?!\d)"
    rf"|(?<![a-z])(?P<m2>{MONTH})\.?{GAP}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{GAP}(?P<y2>20\d\d|19\d\d)(?!\d)"
    r"|(?<!\d)(?P<y3>20\d\d|19\d\d)[-./_ ](?P<m3>\d{1,2})[-./_ ](?P<d3>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<d4>\d{1,2})[-./_ ](?P<m4>\d{1,2})[-./_ ](?P<y4>20\d\d|19\d\d)(?!\d)"
    r"|(?<!\d)(?P<d5>\d\d)(?P<m5>\d\d)(?P<y5>20\d\d)(?!\d)"
    r"|(?<!\d)(?P<y6>20\d\d)(?P<m6>\d\d)(?P<d6>\d\d)(?!\d)"
    r"|(?<!\d)(?P<d7>\d{1,2})[-._/](?P<m7>\d{1,2})[-._/](?P<y7>[012]\d)(?!\d)",
    re.I,
)


class Named(NamedTuple):
    """A day and the span of the text that names it."""

    day: date
    start: int
    end: int


def days_in(text: str, *, month_first: bool = False) -> Iterator[Named]:
    """Every whole day that a text names, in order: "14 Feb 2023", "14th-Feb-2023", "February 14, 2023",
    "14/02/2023", "2023-02-14", "14022023". Of two numbers the day stands first, unless `month_first`."""
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


def day_in(text: str) -> date | None:
    """The first whole day that a text names; None when it names none."""
    return next((n.day for n in days_in(text)), None)


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
