"""What numbers and references say of headings, once the model has said what looks like one.

A list of which most numbers are headings has no others; a line "(Item 3)" stands under a heading and nowhere
else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.cues.load import is_one_of
from extractors.cues.says import cues_of
from extractors.reading.numbering import number_of
from extractors.reading.references import ITEM_REF
from extractors.reading.roles.chains import Link, alike, links_of
from extractors.reading.roles.model import LEAST as BELIEVED
from extractors.reading.roles.model import Span
from extractors.reading.segments import Segment

FEWEST = 4
"""Numbers below which a list says nothing."""
MOST = 0.5
"""Share of a list that the model must have taken for headings."""
REFERENCES = 2
"""Lines "(Item 3)" from which on they tell the headings."""
LEAST = 0.6
"""How sure a heading must be that stands outside of the list that counts on through the paper."""
MINUTES = frozenset({"year", "long year", "letters year"})
"""Shapes of a number that only a minute has."""
SHORT = 16
"""Words that a heading behind a minute's number has at most."""
CLOSES = re.compile(r"\b(?:adjourn|clos)", re.I)
"""What may stand without a number under the last number of an agenda."""
ROLL = ("present", "apologies", "absent")
VOTES = re.compile(r"^\W*(?:ayes|noes|nays|yeas|for|against|abstain\w*|mover|seconder|result)\s*:", re.I)
"""A label of a motion's record: no heading, however it is set."""
SURE = 0.9
"""How sure a heading is that a reference or its list tells."""


def settled(segments: Sequence[Segment], spans: Sequence[Span], kind: str) -> list[Span]:
    """The spans that the references and the lists of numbers leave and add, in order."""
    spans = [s for s in spans if not _opens_motion(segments[s.first])]
    if kind == "minutes" and (told := _referred(segments)):
        free = [
            s
            for s in spans
            if s.sure >= BELIEVED and _is_plain_heading(segments[s.first]) and s.first < told[0].first
        ]
        return sorted([*free, *told])
    return _filled(segments, spans, kind)


def _referred(segments: Sequence[Segment]) -> list[Span]:
    """The headings above lines "(Item 3)"."""
    out: list[Span] = []
    for i, s in enumerate(segments):
        if i and ITEM_REF.match(s.text) and s.first:
            first = i - 1
            while not segments[first].first and i - first < FEWEST:
                first -= 1
            out.append(Span(first, i - 1, SURE))
    return out if len(out) >= REFERENCES else []


def _is_plain_heading(s: Segment) -> bool:
    return s.view.block.kind == "heading" and number_of(s.text) is None


def _filled(segments: Sequence[Segment], spans: Sequence[Span], kind: str) -> list[Span]:
    """The spans with all of the lists that are headings for the most part, and where there are such lists
    without what the model half believed."""
    spans = _of_one_type(segments, spans)
    numbers = [number_of(s.text) if (s.opens or s.first) and not _opens_motion(s) else None for s in segments]
    links = links_of(segments, numbers)
    taken = {s.first for s in spans}
    covered = {i for s in spans for i in range(s.first, s.last + 1)}
    out = {s.first: s for s in spans}
    counted: set[int] = set()
    end = len(segments)
    lists = _lists(links)
    longest = max((len(members) for members in lists), default=0)
    for members in lists:
        share = sum(i in taken for i in members) / len(members)
        number = numbers[members[0]]
        minuted = (
            number is not None and number.shape in MINUTES and all(_is_short(segments[i]) for i in members)
        )
        front = kind == "agenda" and len(members) == max(longest, FEWEST) and _begins(links, members)
        if not (share >= MOST or front or minuted):
            continue
        model = next((segments[i] for i in members if i in taken), segments[members[0]])
        counted |= set(members)
        if front:
            end = members[-1]
        for i in members:
            if i not in covered and (
                front or minuted or (len(members) >= FEWEST and alike(model, segments[i]))
            ):
                out[i] = Span(i, i, SURE)
    for i in [i for i in out if i > end and numbers[i] is None and not CLOSES.search(segments[i].text)]:
        del out[i]  # who signed the agenda, and notes under it
    if len(counted) < MOST * len(out):
        return sorted(out.values())
    first = min(counted, default=0)
    return sorted(
        s
        for i, s in out.items()
        if not counted
        or i in counted
        or (s.sure >= LEAST and not (i < first and _is_of_the_roll(segments[i].text)))
    )


def _is_of_the_roll(text: str) -> bool:
    """ "Apologies", above the first number, is a label of the roll."""
    return any(is_one_of(f"attendance.{name}", text.strip(" :")) for name in ROLL)


def _opens_motion(s: Segment) -> bool:
    return bool(VOTES.match(s.text)) or any(cue.look.match(s.text) for cue in cues_of("motion"))


def _of_one_type(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans that the model believes, and those that it doubts where most segments that are set so are
    headings."""
    set_so = Counter(_type(s) for s in segments)
    believed = Counter(_type(segments[s.first]) for s in spans if s.sure >= BELIEVED)
    return [
        s
        for s in spans
        if s.sure >= BELIEVED
        or _names_a_topic(segments[s.first])
        or ((look := _type(segments[s.first])) and believed[look] >= MOST * set_so[look])
    ]


def _names_a_topic(s: Segment) -> bool:
    """A label that stands over business of every council, "Delegations:"."""
    return s.first and s.text.endswith(":") and is_one_of("items.topics", s.text.rstrip(":"))


def _type(s: Segment) -> tuple[bool, bool, str, bool, bool] | None:
    """How a heading is set; None for what is set as prose is."""
    if not s.first or not (s.bold or s.capitals or s.view.block.kind == "heading"):
        return None
    return s.bold, s.capitals, s.view.block.kind, s.last, s.text.endswith(":")


def _lists(links: Sequence[Link | None]) -> list[list[int]]:
    """The segments of each list of three and more numbers."""
    lists: dict[tuple[str, int, int], list[int]] = {}
    for i, link in enumerate(links):
        if link is not None:
            lists.setdefault((link.place.of, link.first, link.last), []).append(i)
    return [members for members in lists.values() if len(members) >= FEWEST - 1]


def _is_short(s: Segment) -> bool:
    """A heading by its length, and no sentence."""
    said = s.text.endswith(".") and not (s.bold or s.capitals)
    return s.first and len(s.text.split()) <= SHORT and not said


def _begins(links: Sequence[Link | None], members: Sequence[int]) -> bool:
    """The list is counted from one."""
    first = links[members[0]]
    return first is not None and first.place.at == 1
