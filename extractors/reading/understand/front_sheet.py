"""What a front sheet prints beside an item's title: its pages, whether it is exempt or for information."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.cues.load import pattern
from extractors.mentions.dates import MONTHS
from extractors.reading.doc import Sheet
from extractors.reading.facts import ItemFact

PAGES = re.compile(
    r"\(?\s*(?:\b(?:pages?|pp?\.?|pgs?\.?)\s*)?\b(?P<a>\d{1,4})\s*[-–—]\s*(?P<b>\d{1,4})\s*\)?(?=\s|$)", re.I
)
PAGES_SAID = re.compile(
    r"\(?\s*\b(?:pages?|pp\.?|pgs?\.?)\s*(?P<a>\d{1,4})\s*(?:(?:[-–—]|to)\s*(?P<b>\d{1,4}))?\s*\)?", re.I
)
PAGES_LAST = re.compile(PAGES.pattern + r"\s*$", re.I)
FILE_BEFORE = re.compile(
    r"(?:\bNo\.?|[#–-]|\bNumber|\bFile|\bCase"
    rf"|\b(?:{'|'.join(m[:3] for m in MONTHS)})\w*\.?)\s*$",
    re.I,
)
"""Before the number of a file or days of a month, which are no range of pages: "(C.C. No. 11-208)"."""
YEARS = re.compile(r"(?:19|20)\d\d$")
NEAR_THE_END = 14
"""Characters at a title's end in which a bare range is believed to be one of pages."""
CLOSED = re.compile(rf"\b(?:{pattern('items.exempt')})\b", re.I)
SECTION = re.compile(
    r"\b(?:(?P<open>unrestricted|open|public|non-exempt|part (?:i|1|a)\b)|(?P<closed>exempt"
    r"|restricted|private|confidential|in camera|part (?:ii|2|b)\b))\b.{0,30}\b(?:items?|session"
    r"|business|agenda)?",
    re.I,
)
EXEMPT_REASON = re.compile(
    r"(?:schedule 12a|section 239|s\.\s?239|section 100a|exempt information|paragraphs? \d+ of"
    r"|clause \d|section 48|freedom of information)[^.;]{0,140}",
    re.I,
)
FOR_INFORMATION = re.compile(rf"\b{pattern('items.for_information')}\b", re.I)


def pages_in(text: str) -> tuple[str | None, str | None]:
    """The labels of the first and last page that are printed with a title: ("13", "40")."""
    m = PAGES_SAID.search(text) or _bare_range(text)
    return (m["a"], m["b"] or m["a"]) if m else (None, None)


def without_pages(title: str) -> str:
    """The title without its range of pages, wherever the range's column put it."""
    title = PAGES_SAID.sub(" ", title).strip()
    m = _bare_range(title)
    return title.removesuffix(m.group()).strip() if m else title


def _bare_range(text: str) -> re.Match[str] | None:
    """A range at the text's end that counts up and is none of years: "13 - 40", not "2024-2025"."""
    m = PAGES_LAST.search(text[-NEAR_THE_END:])
    if m and FILE_BEFORE.search(text[: len(text) - len(m.group())]):
        return None
    return m if m and int(m["a"]) <= int(m["b"]) and not YEARS.match(m["a"]) else None


def with_front_sheet(sheet: Sheet, items: Sequence[ItemFact]) -> list[ItemFact]:
    """The items of an agenda with what stands beside their titles and in the sections that they are in."""
    marks = [
        (v.start, SECTION.search(v.text))
        for v in sheet.views
        if v.block.kind == "heading" and not v.block.marker and len(v.text.split()) <= 12
    ]
    out: list[ItemFact] = []
    for item in items:
        text = " ".join(
            v.text for v in sheet.views if v.start <= item.start < v.end or item.start <= v.start < item.end
        )
        first, last = pages_in(_titled(sheet, item))
        own = bool(CLOSED.search(text)) and not re.search(r"\bunrestricted\b", text, re.I)
        reason = EXEMPT_REASON.search(text) if own else None
        section = next((m for start, m in reversed(marks) if start < item.start and m), None)
        closed = section is not None and section["closed"] is not None
        said = section.string.strip(" :") if closed and section else None
        out.append(
            replace(
                item,
                label_from=first,
                label_to=last,
                for_information=bool(FOR_INFORMATION.search(text)),
                exempt=own or closed,
                exempt_reason=reason.group().strip() if reason else said,
            )
        )
    return out


def _titled(sheet: Sheet, item: ItemFact) -> str:
    """The title's words and a range that stands alone on one of the two blocks after it."""
    text = sheet.text[item.start : item.end]
    after = [v for v in sheet.views if v.start >= item.end][:2]
    for view in after:
        if PAGES.fullmatch(view.text.strip()) or PAGES_SAID.fullmatch(view.text.strip()):
            return f"{text} {view.text.strip()}"
        if view.block.marker:
            break
    return text
