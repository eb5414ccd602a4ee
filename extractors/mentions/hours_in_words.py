"""Hours written out in words: "half past seven", "twenty minutes to ten", "eight o'clock in the evening"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

HOURS = {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
}
MINUTES = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty five": 25, "half": 30}
_HOUR = rf"(?P<hour>{'|'.join(HOURS)})"
_OF_DAY = r"(?:,?\s+in\s+the\s+(?P<when>morning|afternoon|evening)|\s*(?P<half>[ap])\.?\s?m\b\.?)?"
LOOK = re.compile(
    rf"\b(?:(?P<minutes>twenty[\s-]five|twenty|ten|five|(?:a\s+)?quarter|half)(?:\s+minutes)?\s+(?P<side>past|to)"
    rf"\s+{_HOUR}\b(?:\s+o[’']?\s?clock)?|{_HOUR.replace('hour', 'whole')}\s+o[’']?\s?clock){_OF_DAY}",
    re.I,
)
AFTERNOON = 8
"""An hour before it that is said without its half of the day is one of the afternoon or evening: councils do
not meet at night."""


def worded_hours_in(text: str) -> Iterator[tuple[time, int, int]]:
    """Every hour in words, and its place; of the morning where the words do not tell and it is eight or
    later."""
    for m in LOOK.finditer(text):
        hour = HOURS[(m["hour"] or m["whole"]).lower()]
        minute = MINUTES[re.sub(r"^a\s+|-", " ", m["minutes"].lower()).strip()] if m["minutes"] else 0
        of_day = (m["half"] or m["when"] or "").lower()
        total = 60 * (hour % 12) + (minute if (m["side"] or "past").lower() == "past" else -minute)
        late = of_day[:1] in ("p", "e") or of_day == "afternoon"
        early = of_day == "morning" or of_day == "a"
        if late or (not early and (total < 60 * AFTERNOON)):
            total += 12 * 60
        yield time(total // 60 % 24, total % 60), m.start(), m.end()
