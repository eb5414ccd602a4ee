"""What modern.gov's addresses and words say of a paper: which it is, of what sort, of which day."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.sources import words
from pipeline.sources.days import days_in

PAPER = re.compile(r"/documents/(?P<series>[a-z]+)(?P<number>\d+)/(?P<name>[^/]+)\.pdf$", re.I)
"""Series g: what is made of a whole meeting; s: what hangs on an item; b: supplements; d: decisions."""
CONVERTED = re.compile(r"/mgConvert2PDF\.aspx$", re.I)
PACK_CHOICE = re.compile(r"/mgChooseDocPack\.aspx$", re.I)
OF_MEETING = {"0": "agenda", "1": "minutes", "2": "decisions", "9": "supplement", "10": "agenda_pack"}
"""The sort of a paper of a whole meeting, by its parameter T: what says it in every language."""


def is_paper(url: str) -> bool:
    """Whether a PDF stands behind an address."""
    path = unquote(urlsplit(url).path)
    return bool(PAPER.search(path) or CONVERTED.search(path))


def paper_key(url: str) -> tuple[str, ...]:
    """What is the same for the addresses of the same paper: the service's mgConvert2PDF.aspx?ID=1 is the
    page's documents/s1/NAME.pdf, whatever its name."""
    parts = urlsplit(url)
    path, query = unquote(parts.path), _query(parts.query)
    if m := PAPER.search(path):
        series, kind = m["series"].lower(), query.get("t", "")
        return (series, m["number"], kind or ("" if series == "s" else m["name"].lower()))
    if CONVERTED.search(path) and query.get("id"):
        return ("s", query["id"], "")
    return (url,)


def kind_of(url: str, title: str) -> str | None:
    """The sort of a paper, by its series, its parameter T and the words that it goes by."""
    m = PAPER.search(unquote(urlsplit(url).path))
    said = f"{m['name'] if m else ''} {title}".lower()
    if (m and m["series"].lower() == "s") or CONVERTED.search(urlsplit(url).path):
        return "minutes" if is_minutes(title or said) else None if not title else "report"
    named = words.kind_of(said)
    return (
        named if named not in (None, "report") else OF_MEETING.get(_query(urlsplit(url).query).get("t", ""))
    )


def is_minutes(title: str) -> bool:
    """Whether what hangs on an item is the minutes of an earlier meeting: "Minutes of Previous Meeting",
    "6 - CHAIR APPROVED Minutes Audit Committee 25 Nov 2025"."""
    return bool(re.search(r"\b(?:minutes|cofnodion)\b(?! silence)", title, re.I)) and not re.search(
        r"\b(?:action|matters? arising|tracker|log|appendix|annex)\b", title, re.I
    )


def day_of_minutes(title: str, around: str, meeting: date | None, before: date | None) -> date | None:
    """The day that minutes which hang on an item record: the one that their title or the item's words name;
    else that of the meeting `before`; never a later one."""
    for text in (title, around):
        for named in days_in(text):
            if meeting is None or named.day <= meeting:
                return named.day
    return before


def _query(text: str) -> dict[str, str]:
    return {k.lower(): v[0] for k, v in parse_qs(text).items()}
