"""What the words around a link say: the day of a meeting, the sort of a paper, whether the meeting is off.

Platforms are translated (a calendar may be French, Spanish or German), so months, kinds and "cancelled" are
known in those languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv enero ene gennaio gen januari",
            "feb february februar février févr fevrier fév febrero febbraio februari",
            "mar march märz mrz mars marzo maart",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mei",
            "jun june juni juin junio giugno",
            "jul july juli juillet juil julio luglio",
            "aug august août aout agosto ago augustus",
            "sep sept september septembre septiembre settembre",
            "oct october oktober okt octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec december dezember dez décembre déc decembre diciembre dic dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_NAME = r"(?P<month>[^\W\d_]{3,10})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
ISO = re.compile(rf"(?<!\d){_YEAR}[-/](?P<month>\d\d)[-/](?P<day>\d\d)(?!\d)")
NAMED = (
    re.compile(rf"(?<![^\W\d_]){_NAME}\s*{_DAY}(?:st|nd|rd|th)?\s*,?\s+{_YEAR}(?!\d)"),
    re.compile(
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.|º)?[\s-]*(?:de\s+|of\s+)?{_NAME}[\s,-]*(?:de[l]?\s+)?{_YEAR}(?!\d)"
    ),
)
NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d|\d\d)(?![\d/]|[.-]\d)")

ALONE = re.compile(r"\W*(?:[^\W\d_]{2,9}day\W+)?(?:\d|[^\W\d_]{3,10}\.?\s*\d{1,2}\b)", re.I)

OFF = re.compile(
    r"\b(?:cancel+ed|cancel+ation|annul[ée]e?s?|abgesagt|entfällt|cancelad[ao]s?|suspendid[ao]|annullat[ao])\b",
    re.I,
)
KINDS = (
    (r"minutes|\brecap\b|proc[eè]s[- ]verbal|\bactas?\b|niederschrift|protokoll|\bverbal[ei]\b", "minutes"),
    (
        r"pack(?:et|age)?\b|packets|board ?book|agenda books?\b|full agenda|complete agenda|agenda with "
        r"(?:attachments|reports)|gesamt(?:paket|dokument)|dossier complet|paquete",
        "agenda_pack",
    ),
    (
        r"supplement|addend|errat|late (?:item|correspondence)|revised pages|additional material|nachtrag|"
        r"ergänzung|suppl[ée]ment",
        "supplement",
    ),
    (
        r"agenda|ordre du jour|orden del d[ií]a|tagesordnung|einladung|front ?sheet|order of business|"
        r"\bconvocation\b|ordine del giorno",
        "agenda",
    ),
    (r"decision|action (?:summary|report)|beschluss|beschlüsse|d[ée]cision|result", "decisions"),
    (r"summary|sommaire|zusammenfassung", "minutes"),
    (
        r"report|memo|resolution|ordinance|exhibit|attachment|vorlage|antrag|anfrage|stellungnahme|"
        r"mitteilung|rapport|informe",
        "report",
    ),
)
"""What says the sort of a paper, the surest first: a "minutes packet" is minutes, "agenda packet" a pack."""


def spaced(text: str) -> str:
    """The text with every run of white space, unbreakable ones among them, as one space."""
    return " ".join(text.split())


def kind_of(words: str | None) -> str | None:
    """The sort of paper that the words name, one of DocumentKind; None when they name none."""
    folded = (words or "").lower()
    return next((kind for look, kind in KINDS if re.search(look, folded)), None)


def is_off(words: str | None) -> bool:
    """Whether the words say that a meeting is cancelled."""
    return bool(OFF.search(words or ""))


def day_in(text: str | None, order: str = "mdy") -> date | None:
    """The first whole date that the words name, in figures or with the month's name. `order` ("mdy" or "dmy")
    is how figures are meant where both ways are dates."""
    words = spaced(text or "")
    found = [(m.start(), day) for m in ISO.finditer(words) if (day := _day(m["year"], m["month"], m["day"]))]
    for look in NAMED:
        for m in look.finditer(words):
            month = MONTHS.get(m["month"].lower())
            if month and (day := _day(m["year"], month, m["day"])):
                found.append((m.start(), day))
    for m in NUMBERS.finditer(words):
        if day := _figures(m[1], m[2], m[3], order):
            found.append((m.start(), day))
    return min(found)[1] if found else None


def day_alone(text: str, order: str = "mdy") -> date | None:
    """The day that a short text is, or begins with: a weekday before it and a time after it do no harm."""
    words = spaced(text)
    return day_in(words, order) if len(words) <= 45 and ALONE.match(words) else None


def order_of(texts: Iterable[str], usual: str = "mdy") -> str:
    """Which way a page writes its figures: told by the first day over 12; the usual way when none is."""
    for text in texts:
        for m in NUMBERS.finditer(spaced(text)):
            if int(m[1]) > 12 >= int(m[2]):
                return "dmy"
            if int(m[2]) > 12 >= int(m[1]):
                return "mdy"
    return usual


def _figures(first: str, second: str, year: str, order: str) -> date | None:
    full = year if len(year) == 4 else f"20{year}"
    ways = ((first, second), (second, first))
    for month, day in ways if order == "mdy" else reversed(ways):
        if told := _day(full, month, day):
            return told
    return None


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
