"""Corrections of earlier minutes: what is to be read otherwise, on which page or in which minute, and the
words that go and come where they are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.cues.says import cues_for
from extractors.mentions.dates import dated_in, dates_in
from extractors.reading.segments import Segment

TELLS = re.compile(
    r"\b(?:amend|correct|should (?:read|be|say)|to read|delet|replac|insert|substitut|chang|add|remove"
    r"|strik)",
    re.I,
)
"""Words without which nothing is put right."""
ABOUT = re.compile(r"\bminutes\b|\bprevious\s+meeting\b", re.I)
"""The title of an item under which earlier minutes are put right."""
OF_MINUTES = re.compile(
    r"\b(?:the|draft|previous|these|those|amend|correct|approve)\s+(?:[\w.]+\s+){0,4}?minutes\b"
    r"|\bminutes\s+(?:of|for|from|dated|be|should)\b|\bminute\s+(?:no\.?\s*)?\d",
    re.I,
)
"""What a sentence says that speaks of minutes, and not of how long something takes."""
LIST = 8
"""Entries of a list of corrections, at most."""
NO_ENTRY = re.compile(
    r"^\W*(?:proposed|seconded|moved|resolved|and\s+resolved|agreed|carried|motion|the\s+minutes|it\s+was"
    r"|matters\s+arising|vote|all\s+in|approved)\b",
    re.I,
)
"""What follows a list of corrections and is none."""
NUMBER = r"(?:no\.?|number)?\s*:?\s*(?P<{}>[A-Z]{{0,4}}[/.-]?\d{{1,4}}[a-z]?(?:[./(-]\d{{1,4}}\)?)*(?![\w%]))"
MINUTE = re.compile(
    rf"\bminutes?\s+{NUMBER.format('minute')}|\b(?:agenda\s+)?item\s+{NUMBER.format('item')}", re.I
)
PAGE = re.compile(r"\b(?:page|pg\.?|p\.)\s*(?:no\.?\s*)?(?P<page>\d{1,4})\b", re.I)
QUOTED = r"[“\"‘']\s*(?P<{}>[^“”\"]{{1,200}}?)\s*[”\"’']"
WORD = r"(?:the\s+)?(?:words?|figures?|names?|phrase|sum)?\s*"
CHANGES = (
    rf"\b(?:replace|chang|substitut)\w*\s+{WORD}{QUOTED.format('was')}\s*,?\s*(?:with|by|to|for)\s+{WORD}"
    rf"{QUOTED.format('reads')}",
    rf"\b(?:delet|remov|strik)\w*\s+{WORD}{QUOTED.format('was')}(?:[^“\"”]{{0,40}}\b(?:insert|add|substitut"
    rf"|replac)\w*[^“\"”]{{0,30}}{QUOTED.format('reads')})?",
    rf"{QUOTED.format('was')}[^“\"”]{{0,60}}?\b(?:should|to|be\s+amended\s+to|be\s+changed\s+to)\s+"
    rf"(?:read|be|say|state)?\s*{QUOTED.format('reads')}",
    rf"\b(?:read|state|say|that)\b[^“\"”]{{0,90}}{QUOTED.format('reads')}\s*,?\s*(?:and\s+not|not|rather\s+than"
    rf"|instead\s+of)\s+{QUOTED.format('was')}",
    rf"\b(?:insert|add)\w*\s+{WORD}{QUOTED.format('reads')}",
    rf"\b(?:to\s+read|should\s+read|to\s+state)\s*[:,]?\s*{QUOTED.format('reads')}",
)
"""How words go and come; the first that reads a correction tells both."""
SAYS = tuple(re.compile(look, re.I) for look in CHANGES)


@dataclass(frozen=True, slots=True)
class Correction:
    """What segment `at` puts right, in its `text`: in the minutes of `day`, where that is said, in `minute`
    or on `in_page` as printed; `was` goes and `reads` comes, where both are quoted or one."""

    text: str
    start: int
    end: int
    at: int
    day: date | None = None
    minute: str | None = None
    in_page: str | None = None
    was: str | None = None
    reads: str | None = None


def read_corrections(
    segments: Sequence[Segment], headed: Sequence[str], meeting: date | None
) -> list[Correction]:
    """The corrections that minutes record, in the order of the page. `headed` is by segment the title of the
    item that it stands under; `meeting` the day of these minutes, by which days without a year are read."""
    out: list[Correction] = []
    until = -1  # the last segment that a list of corrections may reach
    for i, s in enumerate(segments):
        about = bool(ABOUT.search(headed[i]) or OF_MINUTES.search(_with_what_was_before(segments, i)))
        if i <= until:
            if NO_ENTRY.match(s.text) or headed[i] != headed[i - 1] or headed[i].endswith(s.text):
                until = -1
            else:
                out.append(_correction(segments, i, s.text, meeting))
                continue
        if not (about and TELLS.search(s.text)):
            continue
        words = next(_words(s.text), None)
        if words is None:
            continue
        if words.strip(" :–—-.\n") in ("", "as follows"):
            until = i + LIST
        else:
            out.append(_correction(segments, i, words, meeting))
    return out


def _words(text: str) -> Iterator[str]:
    """What the cues take for a correction."""
    for cue in cues_for("correction", text):
        if m := cue.look.search(text):
            yield m["words"] or ""


def _with_what_was_before(segments: Sequence[Segment], i: int) -> str:
    """The sentence, with the one before it in the same paragraph."""
    s = segments[i]
    before = segments[i - 1].text if i and segments[i - 1].view is s.view else ""
    return f"{before} {s.text}"


def _correction(segments: Sequence[Segment], i: int, words: str, meeting: date | None) -> Correction:
    s = segments[i]
    minute, page = MINUTE.search(s.text), PAGE.search(s.text)
    was, reads = _changed(s.text)
    return Correction(
        " ".join(s.text.split()),
        s.start,
        s.end,
        i,
        _day(segments, i, meeting),
        (minute["minute"] or minute["item"]) if minute else None,
        page["page"] if page else None,
        was,
        reads,
    )


def _changed(text: str) -> tuple[str | None, str | None]:
    """The words that go, and those that come."""
    for look in SAYS:
        if m := look.search(text):
            said = m.groupdict()
            return said.get("was"), said.get("reads")
    return None, None


def _day(segments: Sequence[Segment], i: int, meeting: date | None) -> date | None:
    """The day of the minutes: the one that the sentence names behind "minutes" or "meeting", or the only one
    that its paragraph and those two before it name so."""
    for near in ([segments[i]], segments[max(0, i - 3) : i + 1]):
        days = {d for s in near for d in _days(s.text, meeting) if meeting is None or d < meeting}
        if days:
            return next(iter(days)) if len(days) == 1 else None
    return None


def _days(text: str, meeting: date | None) -> Iterator[date]:
    at = re.search(r"\b(?:minutes|meeting)\b", text, re.I)
    if at:
        said = text[at.start() :]
        found = [w.value for w in dates_in(said)]
        if not found and meeting:
            found = [w.value for w in dated_in(said, (meeting.year,)) if w.value < meeting]
        yield from found
