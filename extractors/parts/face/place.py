"""Where a meeting was or will be held, without how to join it from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.mentions.dates import dates_in, times_in
from extractors.model import Block
from extractors.parts.face.opening import Face

LABEL = re.compile(
    r"^\W*(?:venue|place|location|where|meeting (?:place|venue|location)|(?:meeting )?date, time (?:&"
    r"|and) (?:location|place)"
    r"|held at|address)\s*:\s*(?P<place>\S.*)$",
    re.I,
)
HELD = re.compile(
    r"\b(?:held|meet|meeting|met|session|convened)\b(?:\s+(?:in person|virtually|remotely|in session))?"
    r"(?P<when>,?\s+(?:on|at|from)\s+[^.;]{0,60}?\d[^.;]{0,24}?(?:[ap]\.?m\.?)?)?,?\s+(?:in|at|within)\s+"
    r"(?P<place>(?:the\s+)?(?-i:[A-ZÀ-Þ])(?:[^.;\n]|(?:(?<=\s[A-Z])|(?<=\bCo)|(?<=\bSt)|(?<=\bAve)"
    r"|(?<=\bRd)|(?<=\bBlvd))\.){3,140})",
    re.I,
)
"""held in the Council Chamber on 4 June; met on 4 June 2025 at 6.30 pm in the Council Chamber."""
CUT = re.compile(
    r"\s*(?:,?\s*\b(?:on\s+(?:\w+day\b|the\s+\d|\d)|(?:at|commencing|starting|beginning"
    r"|from)\s+(?:at\s+)?\d|and\s+(?:live|was|chaired)"
    r"|when\b|with\b|which\b|there\b|to\s+(?:consider|discuss)|for the purpose|pursuant|commencing"
    r"|ask for|starting)"
    r"|\bat\s*$|\bon\s*$|\s*\b(?:ask for|telephone|tel|e-?mail|contact|phone|fax|web(?:site)?)\s*:"
    r"|\s*\(?\b(?:https?:|www\.))",
    re.I,
)
JOIN = re.compile(
    r"[\s,;/(&–-]*\b(?:and|or|&)?\s*\(?\b(?:hybrid|zoom|(?:ms|microsoft) teams|via|virtual|online"
    r"|live-?stream"
    r"|remote|tele-?conferenc|video)\w*\b.*$",
    re.I,
)
THERE = re.compile(
    r"\b(?:chambers?|hall|rooms?|street|avenue|ave|road|rd|boulevard|blvd|drive|lane|highway|hwy|library"
    r"|cent(?:re|er)"
    r"|school|church|building|plaza|court|house|offices?|hotel|auditorium|theat(?:re|er)|suite|pavilion"
    r"|complex"
    r"|conference|campus|parkway|terrace|square)\b|\b[A-Z]{2}\s+\d{5}\b|,\s*(?:california|CA|NV|MA|CO|OH)\b"
    r"|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b",
    re.I,
)
NOT_THERE = re.compile(
    r"\b(?:minutes|agenda|meeting|members?|council(?:l?or)?s? (?!chambers?|offices?|house)"
    r"|committee (?!room)|commission(?!er)|board(?! ?room)"
    r"|clerk|mayor|present|public|notice|director|manager|tel(?:ephone)?|fax|e-?mail|invite|district"
    r"|report|audience|supervisor)\b"
    r"|https?:|www\.|@|\(\d{3}\)|\bhttp",
    re.I,
)
ONLINE = re.compile(
    r"\b(?:meeting|session|held|conducted|met)\b[^.]{0,60}\b(?:via|by|through|on|over"
    r"|using)\s+(?P<how>zoom|microsoft teams|ms teams"
    r"|teams|webex|teleconference|video ?conference)\b",
    re.I,
)
OFFICE = re.compile(r"^\W*(?:tel(?:ephone)?|phone|e-?mail|fax|web)\b", re.I)
"""What stands below an address that is the office's, not the meeting's."""


TITLE = re.compile(r"\b(?:minutes|agenda|meeting|council|committee|board|commission|cabinet)\b", re.I)
"""A letterhead's address stands above any of these."""


def place_of_meeting(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    """The place as printed, on one line: labelled, said in the sentence that calls or records the meeting, or
    on lines of its own in the head; "Zoom" where the meeting was only there."""
    for find in (_labelled, _said, _on_lines, _online):
        found = find(blocks, lines)
        if found:
            return found
    return None


def _labelled(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    for line in lines:
        m = LABEL.match(line.text)
        place = _trim(_undated(m["place"])) if m else ""
        if place and len(place) > 2:
            return place
    return None


def _said(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    heads = {line.block for line in lines if line.head or line.order < 24}
    for at in sorted(heads):
        text = " ".join(
            [blocks[at].text, *(b.text for b in blocks[at + 1 : at + 2] if blocks[at].text[-1:] not in ".:")]
        )
        for m in HELD.finditer(text):
            place = _trim(m["place"])
            if (THERE.search(place) and not re.match(r"(?:the\s+)?\d", place)) or (
                place[:1].isupper() and "," in place
            ):
                if len(place) > 3 and not re.search(
                    r"\b(?:session|camera|person|accordance|order)\b", place, re.I
                ):
                    return place
    return None


def _on_lines(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    """Lines that name a place, next to each other."""
    near = [line for line in lines if line.order < 22]
    found: list[str] = []
    for at, line in enumerate(near):
        below = [x.text for x in near[at + 1 : at + 3]]
        place = _trim(_undated(line.text))
        is_place = place and THERE.search(place) and not NOT_THERE.search(place) and len(place.split()) <= 14
        prose = len(blocks[line.block].words) > 30 or (line.text.endswith(".") and len(line.text.split()) > 6)
        if not is_place or line.numbered or prose:
            if found and not ((place and len(place) < 3) or not line.text):
                break
            continue
        titled = any(TITLE.search(x.text) or next(dates_in(x.text), None) for x in near[:at])
        if not found and (
            not titled or any(OFFICE.match(x) for x in below) or not (line.head or line.order < 8)
        ):
            continue
        found.append(place)
    return ", ".join(found) or None


def _online(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    text = " ".join(b.text for b in blocks[:12])
    m = ONLINE.search(text)
    return m["how"].strip() if m else None


def _undated(text: str) -> str:
    spans = [(w.start, w.end) for w in dates_in(text)]
    spans += [(a, b) for _, a, b in times_in(text)]
    for a, b in sorted(spans, reverse=True):
        text = text[:a] + " " + text[b:]
    return " ".join(text.split())


def _trim(place: str) -> str:
    cut = CUT.search(place)
    place = place[: cut.start()] if cut else place
    place = re.sub(r"^\W*(?:(?:[ap]\.?m\.?|at|in|on|from)\s+)+", "", place)
    return JOIN.sub("", place).strip(" .,;:-–—(|")
