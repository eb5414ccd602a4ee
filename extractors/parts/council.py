"""Which council a paper is of, when nobody said: the name that its pages print most."""

from __future__ import annotations

import re
from collections import Counter

from extractors.mentions.bodies import COUNCIL_KIND, COUNCIL_NAMES
from extractors.mentions.dates import MONTHS, WEEKDAYS
from extractors.mentions.names import is_role_word
from extractors.model import Paper

PAGES = 6
GENERAL = re.compile(r"budget|full|item|this|every|each|our|your|annual|meeting|new|two|other|local", re.I)
OF_A_MEETING = re.compile(
    r"regular|special|ordinary|extraordinary|council|meeting|minutes|agenda|notice|public|committee|planning"
    r"|monthly|unapproved|draft|approved",
    re.I,
)
DAY = re.compile("|".join((*WEEKDAYS, *MONTHS)), re.I)
SMALL = {"of", "and", "the", "upon", "on", "in"}


def council_of(paper: Paper) -> str | None:
    """The council's name in title case, or None when no page prints one."""
    count: Counter[str] = Counter()
    for page in paper.pages[:PAGES]:
        text = " ".join(w.text for w in page.words[:1500])
        for look in COUNCIL_NAMES:
            for m in look.finditer(text):
                count.update(_names(m.group(1)))
    if not count:
        return None
    best = max(count.values())
    # of the names printed nearly as often as the commonest, the fullest: "North Bay" before "North"
    return max(
        (name for name, n in count.items() if n >= 0.6 * best),
        key=lambda name: (len(name.split()), count[name]),
    )


def _names(found: str) -> list[str]:
    """The ways to read a find: a council's full name, or "Township of X" and "Township of X Y", as the count
    decides."""
    name = re.sub(r"^(?:(?:the|of|by|for|and|to|corporation of the)\s+)+", "", found, flags=re.I)
    words = name.split()
    if (
        len(words) > 3
        and words[1].lower() == "of"
        and is_role_word(words[0])
        and not re.fullmatch(COUNCIL_KIND + "|township|village|municipality", words[0], re.I)
        and words[-1].lower() == "council"
        and any(re.fullmatch(COUNCIL_KIND, w, re.I) for w in words[3:])
    ):
        words = words[2:]  # "Leader of Somewhere Borough Council"
    if words[-1].lower() == "council" and not (len(words) > 1 and words[1].lower() == "of"):
        kind = next(i for i, w in enumerate(words) if re.fullmatch(COUNCIL_KIND, w, re.I))
        proper = [i for i, w in enumerate(words[:kind]) if not is_role_word(w) and not GENERAL.fullmatch(w)]
        # only the unbroken run of proper words before "County Council" is the name
        start = kind
        while start - 1 in proper or (
            start - 1 > 0 and words[start - 1].lower() in SMALL and start - 2 in proper and start < kind
        ):
            start -= 1
        return [_title_case(words[start:])] if start < kind else []
    at = next(i for i, w in enumerate(words) if w.lower() == "of") + 1
    tail = words[at:]
    return [
        _title_case(words[:at] + tail[:n])
        for n in range(1, len(tail) + 1)
        if not any(is_role_word(w) or DAY.fullmatch(w) or OF_A_MEETING.fullmatch(w) for w in tail[:n])
    ]


def _title_case(words: list[str]) -> str:
    return " ".join(
        w.lower() if w.lower() in SMALL and i else w.capitalize() if w.isupper() or w.islower() else w
        for i, w in enumerate(words)
    )
