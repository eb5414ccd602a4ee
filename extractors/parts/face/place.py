"""Where a meeting was or will be held, without how to join it from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.mentions.dates import WEEKDAYS, dates_in, times_in
from extractors.model import Block
from extractors.parts.face.opening import BUSINESS, Face

LABEL = re.compile(
    r"^\W*(?:meeting\s+)?(?:venue|place|location|where|place of meeting|(?:date, )?(?:day, )?time,? (?:&|and)"
    r" (?:location|place)|location of meeting|held at|address)\s*:\s*(?P<place>.*)$",
    re.I,
)
MET = re.compile(
    r"\b(?:held|meets?|meeting|met|session|convened|assembled|gathered|to order|took place|conducted"
    r"|commenced|hearing|takes? place|mtg)\b",
    re.I,
)
"""After these words a sentence tells when and where."""
WHERE = re.compile(r"(?:\b(?:in|at|within|from)\s+|§,\s*)(?=(?:(?:the|its)\s+)?(?-i:[A-ZÀ-Þ0-9]))", re.I)
STOP = re.compile(
    r"(?<!\bSt)(?<!\bAve)(?<!\bRd)(?<!\bBlvd)(?<!\bDr)(?<!\bCo)(?<!\bHwy)(?<!\bNo)(?<!\bRm)(?<!\bSte)"
    r"(?<!\b[A-Z])\.(?=\s|$)|;|§",
    re.I,
)
"""Where a sentence ends; § stands for a date or an hour."""
CUT = re.compile(
    r"\s*(?:[,–—-]?\s*\b(?:on\s+(?:\w+day\b|the\s+\d|\d)|(?:at|commencing|starting|beginning|from)\s+(?:at\s+)?\d"
    r"|and\s+(?:live|was|chaired|be\w*|remotely|there|called)|by\s+(?:(?-i:[A-Z])|the)|hosted|chaired|(?:was|were|is"
    r"|are|will|shall|has|had)\s"
    r"|this\s+(?:the\s+)?(?:§|\d|$)|when\b|with\b|which\b|there\b|to\s+(?:consider|discuss|transact)|for\s+(?:the|a|an)\b|pursuant"
    r"|,\s*(?:city|county|state|town) of\b|,?\s*of\s+said\b|,?\s*(?:(?:date|time|notice|place)\b[\w\s,]{0,20}"
    r"|duly\s+)?(?:posted|advertised|given|noticed)\b|commencing|immediately|following|after\b|before\b"
    r"|ask for|starting|beginning|present\b)"
    r"|due\s+to\b|because\b|in\s+lieu\b|in\s+and\s+for\b"
    r"|\b(?:at|on|and|from|in)\s*$|\s*\b(?:ask for|telephone|tel|e-?mail|contact|phone|fax|web(?:site)?)\s*:"
    r"|\s*\(?\b(?:https?:|www\.))",
    re.I,
)
JOIN = re.compile(
    r"[\s,;/(&–—-]*\b(?:and|or|&)?\s*\(?\b(?:hybrid|zoom|(?:ms|microsoft) teams|via|virtual|on-?line"
    r"|live-?stream|remote|electronic|in[- ]person|tele-?conferenc|video)\w*\b.*$",
    re.I,
)
"""How to join from elsewhere, and all behind it."""
THERE = re.compile(
    r"\b(?:chambers?|(?:guild|town|city)?halls?|(?:board|school|class|court|ball)?rooms?|street|st\.|avenue|ave"
    r"|road|rd|boulevard|blvd|drive|lane|highway|hwy|library|cent(?:re|er)|school(?!\s+(?:board|committee"
    r"|district))|church|chapel|building|plaza|court(?:house)?|house|offices?|hotel|auditorium|theat(?:re|er)"
    r"|suite|pavilion|complex|conference|campus|parkway|terrace|square|institute|club(?:house)?|gym(?:nasium)?"
    r"|cafeteria|facility|station|headquarters|museum|arena|lodge|legion|castle|marae|lounge|barn|depot|quay"
    r"|trail|crescent|close|commons|inn|college|annexe?|áras|neuadd|canolfan"
    r"|ystafell|siambr|seomra|halla)\b"
    r"|\b[A-Z]{2}\s+\d{5}\b|,\s*(?:california|CA|NV|MA|CO|OH)\b|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b",
    re.I,
)
OF_A_BODY = (
    r"(?![’']?\s?(?:chambers?|offices?|house|conference|rooms?|building|headquarters"
    r"|meeting\s?(?:rooms?|place)|school(?!\s+(?:board|committee|district))|street|road|avenue|lane))"
)
"""Nouns that make a place of a body's name: "Council Chambers", "Commissioners' meeting room"."""
NOT_THERE = re.compile(
    rf"\b(?:(?:council(?:l?or)?s?|committee|commission(?:ers?)?|board|district|local board)\b{OF_A_BODY}"
    r"|meeting(?! (?:rooms?|place|house|hall))|public(?! (?:works|library|safety))|minutes|agenda|members?"
    r"|proceedings|clerk|mayor|present|notice|director|manager|tel(?:ephone)?|fax|e-?mail|invite|report"
    r"|audience|supervisor|session|order|camera|accordance|person|attendance|chair(?:man|person)?|resolution"
    r"|ordinance|motion|bylaw|closed|page|roll|call|zoning|approv\w*)\b"
    r"|https?:|www\.|@|\(\d{3}\)|\bhttp|\.{4,}",
    re.I,
)
STREET = re.compile(r"^\d{1,5}[A-Za-z]?\s+(?:[NSEW]\.?\s+)?[A-ZÀ-Þ][\w’'.]+(?:\s[\w’'.]+){0,4},?$")
"""A line that is a street and its number."""
TOWN = re.compile(
    r"^[A-ZÀ-Þ][\w’' .-]{2,30},?\s+(?:[A-Z]{2}|California)(?:\s+\d{5})?$|^[A-Z]{1,2}\d\w? \d[A-Z]{2}$"
)
ONLINE = re.compile(
    r"\b(?:meeting|session|held|conducted|met)\b[^.]{0,60}\b(?:via|by|through|on|over"
    r"|using)\s+(?P<how>zoom|microsoft teams|ms teams"
    r"|teams|webex|teleconference|video ?conference)\b",
    re.I,
)
NOT_HERE = re.compile(
    r"\b(?:tele|video)\s?-?conference\s+(?:only|with\s+no\s+physical\s+(?:meeting\s+)?location)\b"
    r"|\bvia\s+(?:video|remote\s+participation)$",
    re.I,
)
"""A line that says that the meeting was nowhere but on the screen."""
HELD_AT = re.compile(
    r"\b(?:held|took\s+place|takes\s+place)\s+(?:in|at)\s+(?P<place>(?:the\s+)?(?-i:[A-ZÀ-Þ])[^,.;:§]{2,60}?)"
    r"(?=,?\s+(?:on\s+)?§|,?\s+on\s+\w+day\b|,?\s+at\s+§)",
    re.I,
)
""" "Held at Ballymore Mill on Monday": a place by where it stands, whatever it is called."""
OFFICE = re.compile(
    r"^\W*(?:tel(?:ephone)?|phone|e-?mail|fax|web)\b|\b(?:tel(?:ephone)?|phone)\b[.:\s]*[(+\d]", re.I
)
"""What stands below an address that is the office's, not the meeting's."""
TITLE = re.compile(r"\b(?:minutes|agenda|meeting|council|committee|board|commission|cabinet)\b", re.I)
"""A letterhead's address stands above any of these."""
CUT_OFF = 12
"""Characters at a block's end in which a place may be cut off: "held in Áras / Seán Finn"."""
REACH = 260
"""Characters after "held" in which the place is told."""
LONGEST = 18
"""Words of a place at the most."""

IN_A_STATE = re.compile(r"(?:the\s+)?(?:state|county|city|town|province|commonwealth)\s+of\b", re.I)
"""Where the council's place lies, before what it met in."""

Found = tuple[int, str]
"""The line at which a place is told, and the place."""


def place_of_meeting(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    """The place as printed, on one line: labelled; else what comes first of the sentence that calls or
    records the meeting and of lines of its own in the head; "Zoom" where the meeting was only there."""
    labelled = _labelled(lines)
    if labelled:
        return labelled
    told = [found for find in (_on_lines, _said) if (found := find(blocks, lines))]
    return min(told)[1] if told else _held_at(blocks) or _online(blocks, lines) or _of_the_letterhead(lines)


def _labelled(lines: Sequence[Face]) -> str | None:
    for at, line in enumerate(lines):
        m = LABEL.match(line.text)
        if m is None:
            continue
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        place = _trim(_undated(m["place"]))
        if not place and ":" not in below:
            place = _trim(_undated(below))
        elif place and (STREET.match(below) or TOWN.match(below)):
            place = f"{place}, {below}"
        if len(place) > 2:
            return place
    return None


def _said(blocks: Sequence[Block], lines: Sequence[Face]) -> Found | None:
    """ "held in the Council Chamber on 4 June", "was called to order at 7 pm at Town Hall"."""
    first: dict[int, int] = {}
    for line in lines:
        if line.head or line.order < 24:
            first.setdefault(line.block, line.order)
    for at, order in sorted(first.items()):
        text = blocks[at].text
        told = THERE.search(text) and not THERE.search(text[-CUT_OFF:])
        below = blocks[at + 1].text if at + 1 < len(blocks) else ""
        if text[-1:] not in ".:" and below and not told and not BUSINESS.match(below):
            text = f"{text} {below}"
        for m in MET.finditer(text[:900]):
            sentence = _marked(text[m.end() : m.end() + REACH])
            for where in WHERE.finditer(sentence):
                if _ended(sentence[: where.start()]):
                    break
                place = _trim(_to_the_stop(sentence[where.end() :]))
                if IN_A_STATE.match(place):
                    continue
                if _is_place(place):
                    return order, place
    return None


def _held_at(blocks: Sequence[Block]) -> str | None:
    for block in blocks[:6]:
        m = HELD_AT.search(_marked(block.text[:400]))
        if m and not NOT_THERE.search(m["place"]) and not JOIN.search(m["place"]):
            return m["place"].strip()
    return None


def _of_the_letterhead(lines: Sequence[Face]) -> str | None:
    """The address above the title, where nothing else says where and no telephone makes it an office's."""
    for at, line in enumerate(lines[:5]):
        if TITLE.search(line.text):
            return None
        below = [x.text for x in lines[at + 1 : at + 4]]
        if STREET.match(line.text) and not any(OFFICE.search(x) for x in below):
            return line.text
    return None


def _ended(text: str) -> bool:
    return any(m.group() != "§" for m in STOP.finditer(text))


def _marked(text: str) -> str:
    """The text with § for each date and hour."""
    spans = [(w.start, w.end) for w in dates_in(text)] + [(a, b) for _, a, b in times_in(text)]
    for a, b in sorted(spans, reverse=True):
        text = f"{text[:a]}§{text[b:]}"
    return text


def _to_the_stop(text: str) -> str:
    m = STOP.search(text)
    return text[: m.start()] if m else text


def _is_place(place: str) -> bool:
    return bool(
        len(place) > 3
        and len(place.split()) <= LONGEST
        and (THERE.search(place) or STREET.match(place) or (place[:1].isupper() and "," in place))
        and not NOT_THERE.search(place)
        and not re.match(r"(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\b(?!\s+[A-ZÀ-Þ])", place)
    )


def _on_lines(blocks: Sequence[Block], lines: Sequence[Face]) -> Found | None:
    """Lines that name a place, next to each other, below a title or a date."""
    near = [line for line in lines if line.order < 22]
    found: list[str] = []
    order = 0
    spare: Found | None = None  # a letterhead's street, until a room or a building is named below the day
    for at, line in enumerate(near):
        below = [x.text for x in near[at + 1 : at + 3]]
        place = _trim(_undated(line.text))
        addressed = bool(STREET.match(place) and below and TOWN.match(below[0]))
        goes_on = bool(found) and bool(STREET.match(place) or TOWN.match(place))
        is_place = (goes_on or addressed or _stands_alone(place)) and not line.numbered
        if not is_place:
            if found and not ((place and len(place) < 3) or not line.text):
                if spare or not (found[0][:1].isdigit() and next(dates_in(line.text), None)):
                    break
                spare, found = (order, ", ".join(found)), []
            continue
        if spare and not found and place[:1].isdigit():
            break
        titled = any(TITLE.search(x.text) or next(dates_in(x.text), None) for x in near[:at])
        office = any(OFFICE.search(x) for x in below)
        begun = any(x.numbered or BUSINESS.match(x.text) for x in near[:at])
        if not found and (not titled or office or not (line.head or (line.order < 8 and not begun))):
            continue
        order = order if found else line.order
        found.append(place)
    return (order, ", ".join(found)) if found else spare


def _stands_alone(place: str) -> bool:
    """A line that is a place and nothing else: capitalised, few words, no verb."""
    words = place.split()
    proper = [w for w in words if w[:1].isupper() or w[:1].isdigit() or len(w) < 4]
    return (
        bool(THERE.search(place))
        and not BUSINESS.match(place)
        and not TOWN.match(place)
        and not NOT_THERE.search(place)
        and (len(words) > 1 or place.lower().endswith("hall"))
        and len(words) <= 14
        and len(proper) >= 0.8 * len(words)
        and not MET.search(place.replace("Meeting", "").replace("MEETING", ""))
    )


def _online(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    alone = next((m.group() for x in lines if (m := NOT_HERE.search(x.text))), None)
    if alone:
        return alone
    text = " ".join(b.text for b in blocks[:12])
    m = ONLINE.search(text)
    return m["how"].strip() if m else None


def _undated(text: str) -> str:
    bare = " ".join(_marked(text).replace("§", " ").split())
    return re.sub(rf"^(?:(?:{'|'.join(WEEKDAYS)})\b[\s,]*)+", "", bare, flags=re.I)


def _trim(place: str) -> str:
    cut = CUT.search(place)
    place = re.split(r"(?<=[A-Za-z]{4})\.\s+", place[: cut.start()] if cut else place)[-1]
    place = re.sub(r"^\W*(?:(?:[ap]\.?m\.?|held|at|in|on|from)\s+)+", "", place, flags=re.I)
    return JOIN.sub("", place).strip(" .,;:-–—(|")
