"""Headings without a number, by how they are set: in one manner, over paragraphs that count on, under a line
"Item 3"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.cues.load import is_one_of
from extractors.cues.says import cues_for
from extractors.mentions.names import is_person
from extractors.reading.broken_lines import RECORD
from extractors.reading.numbering import number_of
from extractors.reading.references import ITEM_REF
from extractors.reading.roles.model import Span
from extractors.reading.run_in import BUSINESS
from extractors.reading.segments import Segment

FEWEST = 4
"""Headings of one manner, and numbers of a list, below which they say nothing."""
MOST = 0.5
"""Share of a list that the model must have taken for headings."""
REFERENCES = 2
"""Lines "(Item 3)" from which on they tell the headings."""
LEAST = 0.6
"""How sure a heading must be that stands outside of the list that counts on through the paper."""
COMPANY = 0.55
"""Share of the lines of one manner that must be headings, so that all are."""
PLAIN_COMPANY = 0.4
"""The same of plain lines over paragraphs, which look like nothing but headings."""
Manner = tuple[bool, bool, bool, bool]
"""Bold, in capitals, with a colon, plain over a paragraph."""
FEW_WORDS = 6
"""Words of a heading that nothing sets apart but its line."""
SHORT = 16
"""Words that a heading behind a minute's number has at most."""
SAYS = re.compile(
    r"\b(?:was|were|is|are|be|been|has|had|have|will|moved|seconded|called|received|reported|resolved|said|asked"
    r"|noted|presented|thanked|stated|advised|proposed|agreed|told|gave|made|requested)\b|\b\d{2}/\d{3,}"
)
"""A verb of a sentence, or the reference of an application."""
ROLL = ("present", "apologies", "absent")
VOTES = re.compile(
    r"^\W*(?:ayes|noes|nays|yeas|in favou?r|for|against|opposed|abstain\w*|mover|seconder|result)\s*:", re.I
)
"""A label of a motion's record: no heading, however it is set."""
SURE = 0.9
"""How sure a heading is that a reference or its list tells."""


def of_one_manner(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans, and headings without a number that are set as most headings without a number are: in
    capitals or bold on lines of their own, or as a few words on a line of their own."""
    covered = {i for s in spans for i in range(s.first, s.last + 1)}
    manners: dict[Manner, list[int]] = defaultdict(list)
    for i in range(len(segments)):
        if manner := _manner(segments, i):
            manners[manner].append(i)
    out = list(spans)
    for manner, members in manners.items():
        held = [i for i in members if i in covered]
        if manner[3]:
            held = [i for i in members if i in covered or _is_business(segments[i].text)]
        company = PLAIN_COMPANY if manner[3] else COMPANY
        if len(held) >= FEWEST and len(held) >= company * len(members):
            within = [
                i for i in members if i not in covered and min(held) <= i and (manner[3] or i < max(held))
            ]
            listed = {i for i in within if segments[i - 1].text.endswith(":") or i - 1 in members}
            listed |= {i for i in within if i + 1 in members or i - 1 in listed}
            out += [Span(i, i, LEAST) for i in within if any(manner[:2]) or i not in listed]
    return sorted(out)


def _manner(segments: Sequence[Segment], i: int) -> Manner | None:
    """How a heading without a number is set: bold, in capitals, with a colon, plain over a paragraph; None
    for all else."""
    s = segments[i]
    alone = s.opens and (i + 1 == len(segments) or segments[i + 1].opens)
    words = s.text.split()
    if (
        not alone
        or number_of(s.text)
        or len(words) > SHORT
        or s.text[-1] in ".,;?"
        or not s.text[0].isupper()
    ):
        return None
    bare = s.text.strip(" :")
    if ":" in bare or SAYS.search(bare):
        return None
    if RECORD.fullmatch(bare) or is_of_the_roll(bare) or opens_motion(s) or is_person(bare):
        return None
    if not (s.bold or s.capitals) and (len(words) > FEW_WORDS or any(c.isdigit() for c in s.text)):
        return None
    plain = not (s.bold or s.capitals)
    return (
        s.bold,
        s.capitals,
        s.text.endswith(":"),
        plain and s.first and s.last and _is_over_prose(segments, i),
    )


def _is_business(text: str) -> bool:
    """It names business of councils everywhere."""
    return bool(BUSINESS.search(text)) or is_one_of("items.topics", text)


def _is_over_prose(segments: Sequence[Segment], i: int) -> bool:
    """A paragraph of sentences begins right below."""
    below = segments[i + 1] if i + 1 < len(segments) else None
    return below is not None and below.first and len(below.text.split()) > 2 and below.text[-1] in ".?!"


def over_numbers(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans, and all headings over paragraphs that count on, where most of these are headings already."""
    numbers = [number_of(s.text) if s.first else None for s in segments]
    over = [
        i
        for i, s in enumerate(segments[:-1])
        if is_set_apart(s)
        and s.first
        and s.last
        and numbers[i] is None
        and len(s.text.split()) <= SHORT
        and s.text[-1] != "."
        and not SAYS.search(s.text)
        and not VOTES.match(s.text)
    ]
    counted = [
        i for i in over if (n := numbers[i + 1]) and n.shape in ("decimal", "spaced") and n.text.isdigit()
    ]
    runs = [
        i
        for i in counted
        if any(
            abs(int(number.text) - int(other.text)) == 1
            for j in counted
            if (number := numbers[i + 1]) and (other := numbers[j + 1])
        )
    ]
    taken = {i for s in spans for i in range(s.first, s.last + 1)}
    if len(runs) < FEWEST or sum(i in taken for i in runs) < MOST * len(runs):
        return list(spans)
    return sorted([*spans, *(Span(i, i, SURE) for i in runs if i not in taken)])


def numbered_above(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans, each line "Item 3" over a heading taken with the heading."""
    above = [i for i, s in enumerate(segments) if ITEM_REF.match(s.text) and stands_above(segments, i)]
    if len(above) < REFERENCES:
        return list(spans)
    taken: dict[int, int] = {}
    for i in above:
        last = i + 1
        while not segments[last].last and is_set_apart(segments[last + 1]):
            last += 1
        taken[i] = last
    inside = {j for i, last in taken.items() for j in range(i, last + 1)}
    kept = [s for s in spans if not inside & {*range(s.first, s.last + 1)}]
    return sorted([*kept, *(Span(i, last, SURE) for i, last in taken.items())])


def stands_above(segments: Sequence[Segment], i: int) -> bool:
    """ "Item 3" over the heading that it numbers, which words of no heading stand before."""
    if segments[i].text.startswith("(") or i + 1 == len(segments):
        return False
    return is_set_apart(segments[i + 1]) and not (i and is_set_apart(segments[i - 1]))


def is_set_apart(s: Segment) -> bool:
    """Whether its type sets it apart from the text: a heading, bold or in capitals."""
    return s.view.block.kind == "heading" or s.bold or s.capitals


def is_of_the_roll(text: str) -> bool:
    """ "Apologies", above the first number, is a label of the roll."""
    return any(is_one_of(f"attendance.{name}", text.strip(" :")) for name in ROLL)


def opens_motion(s: Segment) -> bool:
    """Whether a motion's record begins with it."""
    return bool(VOTES.match(s.text)) or any(cue.look.match(s.text) for cue in cues_for("motion", s.text))
