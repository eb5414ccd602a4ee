"""The meeting that an agenda calls or that minutes record, as a fact at the words that date it."""

from __future__ import annotations

import re

from extractors.parts.face.body import body_of_meeting
from extractors.parts.face.day import day_of_meeting
from extractors.parts.face.hours import began, broke_off, called_for, of_one_day, rose
from extractors.parts.face.opening import BLOCKS, opening
from extractors.parts.face.place import place_of_meeting
from extractors.reading.doc import Sheet
from extractors.reading.facts import MeetingFact

KINDS = (
    ("special", r"\bspecial (?:\w+ ){0,4}meeting|\bspecial meeting"),
    ("extraordinary", r"\bextraordinary\b"),
    ("annual", r"\bannual (?:general )?(?:\w+ )?(?:council )?meeting\b"),
    ("committee of the whole", r"\bcommittee of the whole meeting\b"),
    ("inaugural", r"\binaugural\b"),
    ("ordinary", r"\b(?:ordinary|regular) (?:council )?meeting\b"),
)
CANCELLED = re.compile(r"\b(?:meeting (?:is |has been |was )?cancelled|\*+\s*cancelled)\b", re.I)
POSTPONED = re.compile(
    r"\bmeeting (?:is |has been |was )?(?:postponed|rescheduled)|\*+\s*(?:postponed|rescheduled)\b", re.I
)


def find_meeting(sheet: Sheet) -> MeetingFact | None:
    """The part's meeting; None when the part names neither a date nor a body."""
    blocks = [v.block for v in sheet.views]
    lines = opening(blocks)
    minutes = sheet.part.kind == "minutes"
    day, body = day_of_meeting(blocks, lines), body_of_meeting(blocks, lines)
    if day is None and body is None:
        return None
    text = "\n".join(b.text for b in blocks[:BLOCKS])
    kind = next(
        (name for name, look in KINDS if re.search(look, text, re.I)), "ordinary" if minutes else None
    )
    where = sheet.views[day.block if day else 0]
    start, end = sheet.find(where, day.printed) if day else (where.start, where.end)
    adjourned, resumed = broke_off(blocks) if minutes else (None, None)
    start_time = began(blocks, lines, minutes=minutes)
    status = "cancelled" if CANCELLED.search(text) else None
    if not minutes and not status and POSTPONED.search(text):
        status = "postponed"
    return MeetingFact(
        start=start,
        end=end,
        confidence=0.97 if day and body else 0.8,
        committee=body,
        date=day.value if day else None,
        start_time=start_time,
        end_time=of_one_day(start_time, rose(blocks, lines)) if minutes else None,
        called_for=called_for(lines),
        adjourned=adjourned,
        resumed=resumed,
        venue=place_of_meeting(blocks, lines),
        kind=kind,
        status=status or ("held" if minutes else "called"),
    )
