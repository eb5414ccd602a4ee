"""The meeting that an agenda calls or that minutes record: body, date, times, place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from extractors.cues.load import pattern
from extractors.mentions.bodies import BELOW_A_COUNCIL
from extractors.mentions.dates import dates_in, times_in
from extractors.reading.doc import Sheet, View
from extractors.reading.facts import MeetingFact

OPENING = 30
"""Blocks at the beginning of a part in which its meeting is announced."""
NOT_THE_MEETING = re.compile(
    r"\b(?:amended|published|dated|despatch|dispatch|issued|printed|previous|last|minutes of"
    r"|held on .{0,30} be adopted|next meeting|deadline|webcast|minutes? .{0,40}approved|adopt)",
    re.I,
)
DATE_LABEL = re.compile(
    r"^\W*(?:date|meeting date|date of meeting|day|when|date and time|date & time|date/time)\s*:", re.I
)
TIME_LABEL = re.compile(r"^\W*(?:time|start time|meeting time|commencing|starts?)\s*:?\s", re.I)
VENUE_LABEL = re.compile(
    r"^\W*(?:venue|place|location|where|meeting (?:place|venue|location))\s*:\s*(?P<venue>\S.*)$", re.I
)
HELD = re.compile(
    r"\b(?:held|meet|meeting)\s+(?:in person\s+|virtually\s+|remotely\s+)?(?P<prep>in|at"
    r"|within)\s+(?P<venue>(?:the\s+)?[A-Z](?:(?!\s(?:on|at|commencing|starting)\s+(?:\w+day|\d"
    r"|the\s+\d)).){3,160}?)"
    r"(?=\s*(?:,?\s+on\s+(?:\w+day|\d|the\s+\d)|,?\s+(?:at|commencing|starting|beginning)\s+\d"
    r"|,?\s+and\s+(?:live|virtually|was|via|online)|,?\s+via\b|,?\s+(?:when|with)\b|\.\s|\.?$))"
)
HELD_ON = re.compile(
    r"\b(?i:held\s+on)\s+[^.]{6,50}?\d{4},?\s+(?:(?i:at|commencing at|starting at"
    r"|from)\s+\d[\d:.]*\s*(?i:[ap]\.?m\.?)?,?\s+)?(?i:in"
    r"|at)\s+(?P<venue>(?:the\s+)?[A-Z][^.;]{3,120}?)(?=\s*(?:\.|$|,?\s+(?:at|commencing"
    r"|starting)\s+\d|,?\s+when\b))"
)
""""held on 4 June 2025 at 6.30 pm in the Council Chamber, Town Hall"."""
ROSE = re.compile(rf"\b{pattern('meeting.rose')}\s*:?\s*(?:at\s+)?", re.I)
RANGE = re.compile(
    r"(?<![\d:.])(?P<from>\d{1,2}[.:]\d{2})\s*(?P<half1>[ap]\.?m\.?)?\s*(?:[-–]"
    r"|to)\s*(?P<to>\d{1,2}[.:]\d{2})\s*(?P<half2>[ap]\.?m\.?)(?!\w)",
    re.I,
)
OTHER_HOURS = re.compile(
    r"\b(?:session|public|camera|open house|hearing|break|recess|workshop|registration|pre-?meeting"
    r"|briefing)\b",
    re.I,
)
CLOSED = re.compile(
    r"\b(?:declared|closed|adjourned|concluded)\s+(?:the\s+)?meeting\b|\bmeeting\s+(?:was\s+"
    r"|be\s+)?(?:declared\s+)?(?:closed|adjourned|concluded)\b",
    re.I,
)
BEGAN = re.compile(rf"\b{pattern('meeting.began')}\s*:?\s*(?:at\s+)?", re.I)
BODY_HELD = re.compile(
    r"\b(?:meeting|minutes)\s+of\s+(?:a\s+meeting\s+of\s+)?(?:the\s+)?(?P<body>(?-i:[A-Z])[^.,:\n]{3,"
    r"100}?)\s*(?:,|\.|:|\bwill\b|\bwas\b|\bto be\b|\bheld\b|\bon\b|\bcommenc|$)",
    re.I,
)
BODY_MEETING = re.compile(
    r"^(?:(?:regular|special|ordinary|monthly)\s+)?(?P<body>[A-Z][\w’'& -]{2,60}?)\s+(?:(?:regular"
    r"|special|ordinary|monthly)\s+)?(?:meeting\s*[-–]?\s*)?(?:minutes|agenda)$",
    re.I,
)
"""A heading such as "Council Meeting Minutes" or "City Council Agenda"."""
KINDS = (
    ("special", r"\bspecial (?:council |committee )?meeting|\bspecial meeting"),
    ("extraordinary", r"\bextraordinary\b"),
    ("annual", r"\bannual (?:general )?(?:council )?meeting\b"),
    ("committee of the whole", r"\bcommittee of the whole meeting\b"),
    ("inaugural", r"\binaugural\b"),
    ("ordinary", r"\b(?:ordinary|regular) (?:council )?meeting\b"),
)


def find_meeting(sheet: Sheet) -> MeetingFact | None:
    """The part's meeting; None when the part names neither a date nor a body."""
    views = sheet.views[:OPENING]
    day = _date(views)
    committee = _committee(sheet, views)
    if day is None and committee is None:
        return None
    text = "\n".join(v.text for v in views)
    kind = next(
        (name for name, look in KINDS if re.search(look, text, re.I)),
        "ordinary" if sheet.part.kind == "minutes" else None,
    )
    start, end = (day[1], day[2]) if day else (views[0].start, views[0].end)
    status = (
        "cancelled"
        if re.search(r"\b(?:meeting (?:is |has been |was )?cancelled|\*+\s*cancelled)\b", text, re.I)
        else None
    )
    return MeetingFact(
        start=start,
        end=end,
        confidence=0.97 if day and committee else 0.8,
        committee=committee,
        date=day[0] if day else None,
        start_time=_start_time(views, sheet.part.kind == "minutes"),
        end_time=_end_time(sheet),
        venue=_venue(sheet, views),
        kind=kind,
        status=status or ("held" if sheet.part.kind == "minutes" else "called"),
    )


def _date(views: list[View]) -> tuple[date, int, int] | None:
    """The date most likely to be the meeting's: labelled, with its weekday, in a heading; the earliest of
    equals."""
    best: tuple[float, date, int, int] | None = None
    for order, view in enumerate(views):
        for when in dates_in(view.text):
            before = view.text[max(0, when.start - 60) : when.start]
            score = 2.0 * when.weekday + 1.5 * (view.block.kind == "heading") - 0.08 * order
            score += 2.0 * bool(
                DATE_LABEL.match(view.text) or re.search(r"\b(?:held|meeting|on)\b[^.]*$", before, re.I)
            )
            score -= 3.0 * bool(NOT_THE_MEETING.search(before))
            score += 0.8 * (len(view.text) < 60)
            if best is None or score > best[0]:
                best = score, when.value, view.start + when.start, view.start + when.end
    return best[1:] if best and best[0] > -0.5 else None


def _lines(views: list[View]) -> Iterator[str]:
    for v in views:
        for line in v.block.lines:
            yield line.text


def _start_time(views: list[View], minutes: bool) -> time | None:
    """The labelled time on a front sheet, the one in words that begin a meeting in minutes; else a lone time
    near the top."""
    ranged = _ranged(views)
    if ranged:
        return ranged[0]
    ways = (_begun, _labelled) if minutes else (_labelled, _begun)
    return next((found for way in ways if (found := way(views)) is not None), None) or _lone(views)


def _ranged(views: list[View]) -> tuple[time, time] | None:
    """ "10.00 - 11.15 a.m." near the top: when the meeting began and ended."""
    for line in _lines(views[:12]):
        m = RANGE.search(line) if len(line) <= 90 else None
        if m and not OTHER_HOURS.search(line):
            half = m["half2"]
            first = next(iter(times_in(f"{m['from']} {m['half1'] or half}")), None)
            last = next(iter(times_in(f"{m['to']} {half}")), None)
            if (
                first and last and m["half1"] is None and first[0] > last[0]
            ):  # "11.30 - 1.15 p.m.": the first is of the morning
                first = next(iter(times_in(f"{m['from']} a.m.")), None)
            if first and last:
                return first[0], last[0]
    return None


def _labelled(views: list[View]) -> time | None:
    for line in _lines(views):
        if TIME_LABEL.match(line.strip("* ")):
            for value, *_ in times_in(line):
                return value
    return None


def _begun(views: list[View]) -> time | None:
    for v in views:
        m = BEGAN.search(v.text)
        near = next((t for t in times_in(v.text[m.end() :]) if t[1] <= 12), None) if m else None
        if near:
            return near[0]
    return None


def _lone(views: list[View]) -> time | None:
    for v in views[:12]:
        for value, at, _ in times_in(v.text):
            if re.search(r"(?:\bat|\bfrom|\btime|,|\d{4}|^)\W*$", v.text[:at], re.I) and not re.search(
                r"\b(?:deadline|by|before|until)\W*$", v.text[:at], re.I
            ):
                return value
    return None


def _end_time(sheet: Sheet) -> time | None:
    if sheet.part.kind != "minutes":
        return None
    for view in reversed(sheet.views):
        for m in ROSE.finditer(view.text):
            near = next((t for t in times_in(view.text[m.end() :]) if t[1] <= 14), None)
            if near:
                return near[0]
    ranged = _ranged(sheet.views[:OPENING])
    if ranged:
        return ranged[1]
    for view in reversed(sheet.views[-12:]):  # "2.35 pm The Chairperson declared the meeting closed."
        first = next(iter(times_in(view.text[:14])), None)
        if first and first[1] <= 2 and CLOSED.search(view.text):
            return first[0]
    for view in reversed(
        sheet.views
    ):  # the motion to adjourn with its time: "That the meeting be adjourned. Time: 8:40 p.m."
        m = re.search(r"\badjourn(?:ed|ment)?\b", view.text, re.I)
        if m:
            found = next((t for t in times_in(view.text[m.end() : m.end() + 60])), None)
            if found:
                return found[0]
    return None


def _venue(sheet: Sheet, views: list[View]) -> str | None:
    for line in _lines(views):
        m = VENUE_LABEL.match(line)
        if m:
            return m["venue"].strip(" .")
    for v in views:
        m = HELD.search(v.text)
        if m and not re.match(r"\d", m["venue"]):
            return _place(m["venue"])
        m = HELD_ON.search(v.text)
        if m:
            return _place(m["venue"])
    return None


def _place(venue: str) -> str:
    return re.sub(r",?\s+(?:on|at|commencing|starting|beginning)(?:\s+at)?$", "", venue).strip(" ,.")


def _committee(sheet: Sheet, views: list[View]) -> str | None:
    """The body: from a heading that names one, else from the sentence that says whose meeting it is."""
    body_word = re.compile(rf"\b{pattern('meeting.committee_words')}s?\b", re.I)
    for v in views:  # the sentence that says whose meeting it was outweighs any heading
        m = re.search(
            r"\bmeeting of (?:the )?(?P<body>[A-Z][^.,:]{3,80}?),? (?:was |which was |to be |will be "
            r"|is to be )?held\b",
            v.text,
        )
        if m and (body_word.search(m["body"]) or " was held" in m.group()):
            return m["body"]
    for v in views[:8]:
        if (
            (v.block.kind == "heading" or len(v.block.lines) == 1)
            and len(v.text.split()) <= 16
            and not v.text.rstrip().endswith((":", "."))
        ):
            text = _without_date(v.text)
            text = re.sub(
                r"^\W*(?:(?:draft|printed|public)\s+)*(?:minutes?|agenda)\s+(?:of"
                r"|for)\s+(?:the\s+)?(?:meeting\s+of\s+)?(?:the\s+)?",
                "",
                text,
                flags=re.I,
            )
            if body_word.search(text) and not re.search(
                r"\b(?:members|present|telephone|items|minutes|report|clerk|summons|agenda|decisions?"
                r"|resolved|that)\b|[:?]|^\d",
                text,
                re.I,
            ):
                if re.fullmatch(
                    r".*\b(?:county|borough|city|district|town|parish|metropolitan) council", text, re.I
                ) and _another(views, v, body_word):
                    continue
                if re.fullmatch(r".*\bcouncil", text, re.I) and _another(views, v, BELOW_A_COUNCIL):
                    continue
                return text
    for v in views[:4]:  # a letterhead of several lines that stand close together
        for line in v.block.lines[:-1] if len(v.block.lines) > 1 and v.block.kind == "heading" else ():
            if (
                BELOW_A_COUNCIL.search(line.text)
                and len(line.text.split()) <= 10
                and not re.search(
                    r"\b(?:minutes|agenda|report|members|resolved|present)\b|[:?.]|\d", line.text, re.I
                )
            ):
                return line.text.strip(" -–—,")
    for v in views[:8]:
        m = BODY_MEETING.match(v.text)
        if m and body_word.search(m["body"]):
            return m["body"]
    for v in views:
        m = BODY_HELD.search(v.text)
        if m and body_word.search(m["body"]):
            return re.sub(r"\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$", "", m["body"].strip())
    return next(
        (
            _without_date(v.text)
            for v in views[:6]
            if re.search(r"\bof the township|township of|city of|town of|county of", v.text, re.I)
            and len(v.text) < 70
        ),
        None,
    )


def _another(views: list[View], this: View, body_word: re.Pattern[str]) -> bool:
    """A letterhead names the council; the body that meets stands in another heading."""
    return any(
        v is not this
        and v.block.kind == "heading"
        and len(v.text.split()) <= 14
        and body_word.search(v.text)
        and not re.search(r"\d{4}.*\d{4}|:", v.text)
        for v in views[:8]
    )


def _without_date(text: str) -> str:
    spans = [(w.start, w.end) for w in dates_in(text)]
    for a, b in reversed(spans):
        text = text[:a] + text[b:]
    return text.strip(" -–—,:*\t")
