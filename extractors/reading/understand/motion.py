"""A motion as it is being read, and the cues that more than one step asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from extractors.cues.says import Cue, cues_for
from extractors.reading.counts import Count
from extractors.reading.understand.ballots import Division

TRIGGER = re.compile(
    r"\b(?:mov(?:ed|er|es)|motion|nominat|prop(?:\b|os(?:ed|al|er))|second|m/s|resol|sponsor)"
    r"|it\s+(?:was|is)\s+(?:then\s+)?(?:voted|agreed|resolved|decided)\s+(?:by\s+)?\d|submitted\s+by"
    r"|\b(?:it\s+(?:was|is)\s+(?:then\s+)?(?:unanimously\s+)?voted|voted\s*[\d\s–-]{0,8}:)"
    r"|^\W*[A-Z]{0,4}-?\d{2,4}[-/.]\d|[A-Za-z.’]\s?/\s?(?-i:[A-Z])|[:–—-]\s*(?-i:That|THAT)\b|\bms[cfpu]\b",
    re.I,
)


SECONDING = re.compile(r"\b(?:sec\b|second|2nd|support)", re.I)


ENDING = re.compile(
    r"\b(?:carri|pass|lost|defeat|fail|fell|reject|withdr|adopt|agree|approv|favou?r|unanim|resolv"
    r"|no\s+(?:second|support)|dies\b|died\b|laps|fall|all\s+(?:voting|ayes?|yeas?|yes)\b|elected|appointed|so\s+ordered|not\s+seconded|one\s+seconded|nem|deni|cd\b|vot)",
    re.I,
)


SPOKE = re.compile(
    r"\b(?:said|stated|explained|commented|asked|felt|believed|argued|suggested|reported|advised|outlined|thought"
    r"|emphasi[sz]ed|expressed|hoped|reminded|added)\b",
    re.I,
)
DECLARED = re.compile(r"\b(?:declared|announced|ruled|vote[ds]?|the\s+(?:motion|proposal|amendment))\b", re.I)
"""Who declares a result speaks too."""


DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Half|Quarter|Reading|Time|Floor|Phase|Homes?)\b",
    re.I,
)
"""What "second" may stand in front of without seconding anything."""


NEXT_AFTER_COMMA = re.compile(r"(?:seconded|2nd|second)\s*,", re.I)
"""Who is named behind "seconded," is the next to do something: "Foss seconded, Lund against"."""
NOT_ONE = re.compile(r"A|I|Be|No|None|Nobody|All|Everyone|Everybody")
"""What looks like a name and is nobody's."""
ADJOURNED = re.compile(r"\badjourn(?:ed|ment)?\s+(?:\w+\s+){0,3}?at\s+\d{1,2}[:.]\d{2}", re.I)
"""A motion to adjourn that names the hour at which the meeting did."""


@dataclass(slots=True)
class Motion:
    """A motion as read: `at` the segment that begins it, by which cue; `words` with their places; what
    settles it; `last` the segment that was used last."""

    at: int
    mover: str | None
    seconder: str | None
    cue: str
    words: list[tuple[str, int, int]] = field(default_factory=lambda: list[tuple[str, int, int]]())
    outcome: str | None = None
    outcome_text: str | None = None
    count: Count | None = None
    division: Division | None = None
    kind: Literal["motion", "amendment"] = "motion"
    number: str | None = None
    last: int = 0

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(w for w, _, _ in self.words)


def conclude(motion: Motion) -> None:
    """Settle the count by the division, and the outcome by the count where none is told."""
    named = motion.division
    if named is not None:
        printed = motion.count or Count()
        votes_for = named.count("for")
        against = named.count("against")
        told = _holds(printed, votes_for or 0, against or 0)
        if told or votes_for is None:
            motion.count = Count(
                printed.votes_for,
                against if printed.votes_against is None else printed.votes_against,
                named.count("abstain") if printed.abstentions is None else printed.abstentions,
            )
        else:
            motion.count = Count(votes_for, against if named.about else against or 0, named.count("abstain"))
    count = motion.count
    alone = count is not None and count.votes_against is None and not (named and named.about)
    if motion.outcome is None and alone and count and (count.votes_for or 0) > 1:
        motion.outcome = "carried"  # "4 yes", and nobody said to be against it
    if motion.outcome is None and count and count.votes_for is not None and count.votes_against is not None:
        if count.votes_for != count.votes_against:
            motion.outcome = "carried" if count.votes_for > count.votes_against else "lost"
        elif count.votes_for:
            motion.outcome = "lost"  # a tie carries nothing, unless somebody is said to have broken it
    if motion.outcome is None and ADJOURNED.search(motion.text):
        motion.outcome = "carried"


def _holds(printed: Count, votes_for: int, against: int) -> bool:
    """The printed numbers leave room for all who are named: some names may be missing."""
    if printed.votes_for is None:
        return False
    if printed.votes_against is None:
        return printed.votes_for > votes_for
    if abs(printed.votes_for - votes_for) <= 1 and abs(printed.votes_against - against) <= 1:
        return True  # a name more or less than was counted was misread
    return printed.votes_for >= votes_for and printed.votes_against >= against


def first_cue(text: str, act: str) -> tuple[Cue, re.Match[str]] | None:
    """The first cue of an act that reads the text, and its match."""
    if not TRIGGER.search(text):
        return None
    for cue in cues_for(act, text):
        m = cue.look.search(text)
        if m:
            return cue, m
    return None


def second_in(text: str) -> str | None:
    """The seconder whom the text names, as printed."""
    if not SECONDING.search(text):
        return None
    for cue in cues_for("second", text):
        m = cue.look.search(text)
        if m and not NEXT_AFTER_COMMA.match(m.group()):
            return name_of(m["seconder"])
    return None


def seconder_in(text: str, at: int) -> re.Match[str] | None:
    """Where the text from `at` on begins to say who seconded: "..., Foss seconded"."""
    if not SECONDING.search(text, at):
        return None
    found = (cue.look.search(text, at) for cue in cues_for("second", text))
    return min((m for m in found if m), key=lambda m: m.start(), default=None)


def first_outcome(text: str) -> tuple[Cue, re.Match[str]] | None:
    """The first cue that tells an outcome, and its match; a question tells none."""
    if not ENDING.search(text) or text.rstrip().endswith("?"):
        return None
    for cue in cues_for("outcome", text):
        m = cue.look.search(text)
        if m and not _is_told_of_another(text[: m.start()]):
            return cue, m
    return None


def _is_told_of_another(before: str) -> bool:
    """What stands before says that somebody spoke: the words after it are theirs."""
    return len(before.split()) > 5 and bool(SPOKE.search(before)) and not DECLARED.search(before)


def same_name(a: str | None, b: str | None) -> bool:
    """Whether both printings end in the same surname."""
    return a is not None and b is not None and a.split()[-1].lower() == b.split()[-1].lower()


def name_of(printed: str | None) -> str | None:
    """A name as a cue found it, without the punctuation around it; None for a day of the week."""
    name = re.sub(r"(?<=[a-zà-ÿ]{2})\.$", "", printed.strip(" ,;:–-")) if printed else ""
    return None if not name or NOT_ONE.fullmatch(name) or DAYS.match(name) else name
