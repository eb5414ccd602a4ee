"""What numbers and references say of headings, once the model has said what looks like one.

A list of which most numbers are headings has no others; a line "(Item 3)" stands under a heading and nowhere
else.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extractors.cues.load import is_one_of
from extractors.mentions.names import is_person
from extractors.reading.numbering import Number, number_of, places_of
from extractors.reading.references import ITEM_REF
from extractors.reading.roles.chains import Link, alike, links_of
from extractors.reading.roles.model import LEAST as BELIEVED
from extractors.reading.roles.model import Span
from extractors.reading.run_in import headed_so
from extractors.reading.segments import Segment
from extractors.reading.understand.set_apart import (
    FEWEST,
    LEAST,
    MOST,
    REFERENCES,
    SAYS,
    SHORT,
    SURE,
    is_of_the_roll,
    numbered_above,
    of_one_manner,
    opens_motion,
    over_numbers,
    stands_above,
)

MINUTES = frozenset({"year", "long year", "letters year"})
"""Shapes of a number that only a minute has."""
CLOSES = re.compile(r"\b(?:adjourn|clos)", re.I)
"""What may stand without a number under the last number of an agenda."""
NEAR = 40
"""Segments between two entries of a list under a heading, at most."""
MUST = re.compile(r"(?:That|Where\w*|And|The|If)$", re.I)
"""What begins a clause or a sentence."""
LONE = re.compile(r"\s*(\d{1,4})(?:[a-z]|[ivx]{1,5})?[.)]?\s*")
"""A number in a line or cell of its own."""


def settled(segments: Sequence[Segment], spans: Sequence[Span], kind: str) -> list[Span]:
    """The spans that the references and the lists of numbers leave and add, in order."""
    spans = [s for s in spans if not opens_motion(segments[s.first])]
    if kind == "minutes" and (told := _referred(segments)):
        free = [
            s
            for s in spans
            if s.sure >= BELIEVED and _is_plain_heading(segments[s.first]) and s.first < told[0].first
        ]
        return sorted([*free, *told])
    spans = numbered_above(segments, spans)
    found = _with_run_in(segments, of_one_manner(segments, _filled(segments, spans, kind)))
    return _with_lone_numbers(segments, over_numbers(segments, found)) if kind == "minutes" else found


def _with_lone_numbers(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans, each number that stands alone before its business taken with it, as in the first column of a
    table; where they count on through most of the paper, headings without a number are none."""
    lone = {i: m[1] for i, s in enumerate(segments[:-1]) if s.first and (m := LONE.fullmatch(s.text))}
    lone = {i: n for i, n in lone.items() if i + 1 not in lone and segments[i + 1].text[:1].isupper()}
    at = [i for i in lone if any(int(lone[i]) - int(lone[j]) in (0, 1) for j in lone if i - NEAR < j < i)]
    if len({lone[i] for i in at}) < FEWEST:
        return list(spans)
    taken = {*at, *(i for i in lone if i < at[0] and int(lone[i]) == int(lone[at[0]]) - 1)}
    numbered = [Span(i, i + 1, SURE) for i in sorted(taken)]
    inside = {j for i in taken for j in (i, i + 1)}
    kept = [
        s for s in spans if not inside & {*range(s.first, s.last + 1)} and number_of(segments[s.first].text)
    ]
    return sorted([*kept, *numbered])


def _with_run_in(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans and the titles that run into their text, where the paper heads its business so; a title's
    sentence is none."""
    opens = [i for i, s in enumerate(segments) if s.first or s.opens]
    texts = {
        a: " ".join(s.text for s in segments[a:b])
        for a, b in itertools.pairwise([*opens, len(segments)])
        if segments[a].view.block.kind != "heading"
    }
    titled = {i: found for i, found in headed_so(texts).items() if len(segments[i].text) <= found.end}
    kept = [s for s in spans if not any(s.first <= i <= s.last or s.first - 1 == i for i in titled)]
    return sorted([*kept, *(Span(i, i, SURE) for i in titled)])


def _referred(segments: Sequence[Segment]) -> list[Span]:
    """The headings above lines "(Item 3)"."""
    out: list[Span] = []
    for i, s in enumerate(segments):
        if (
            i
            and ITEM_REF.match(s.text)
            and s.first
            and (s.last or s.text.startswith("("))
            and not stands_above(segments, i)
        ):
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
    numbers = [number_of(s.text) if (s.opens or s.first) and not opens_motion(s) else None for s in segments]
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
    below = _under_headings(segments, numbers, out)
    counted |= set(below)
    out |= {i: Span(i, i, SURE) for i in below if i not in covered}
    if len(counted) < MOST * len(out):
        return sorted(out.values())
    first = min(counted, default=0)
    kept = counted | _half_believed_below(segments, numbers, out)
    return sorted(
        s
        for i, s in out.items()
        if not counted
        or i in kept
        or (s.sure >= LEAST and not (i < first and is_of_the_roll(segments[i].text)))
    )


def _under_headings(
    segments: Sequence[Segment], numbers: Sequence[Number | None], heads: Mapping[int, Span]
) -> list[int]:
    """The entries of lists that begin right under a heading and are titles, each on a line of its own: "a)
    Roads Superintendent"."""
    found: set[int] = set()
    for i, number in enumerate(numbers):
        if number is None or not _is_title(segments, i, number):
            continue
        first = any(p.at == 1 for p in places_of(number))
        own = heads.get(i - 1)
        over = numbers[i - 1] if own else None
        if first and own and own.sure >= LEAST and (over is None or over.shape != number.shape):
            found.add(i)
        elif _listed_before(numbers, i, number) in found:
            found.add(i)
    return sorted(found)


def _half_believed_below(
    segments: Sequence[Segment], numbers: Sequence[Number | None], heads: Mapping[int, Span]
) -> set[int]:
    """The numbers that the model believes right under another heading, and those that go on from them."""
    found: set[int] = set()
    for i in sorted(heads):
        number = numbers[i]
        if number is None or heads[i].sure < BELIEVED or SAYS.search(segments[i].text):
            continue
        over = numbers[i - 1] if i - 1 in heads else None
        first = i - 1 in heads and (over is None or over.shape != number.shape)
        if (first and any(p.at == 1 for p in places_of(number))) or _listed_before(
            numbers, i, number
        ) in found:
            found.add(i)
    return found


def _listed_before(numbers: Sequence[Number | None], i: int, number: Number) -> int | None:
    """The number just before it in its list, not far above."""
    wanted = {(p.of, p.at - 1) for p in places_of(number)}
    for j in range(i - 1, max(-1, i - NEAR), -1):
        other = numbers[j]
        if other and any((p.of, p.at) in wanted for p in places_of(other)):
            return j
    return None


def _is_title(segments: Sequence[Segment], i: int, number: Number) -> bool:
    """Few words that begin with a capital, are no sentence and nobody's name, and end with their line."""
    s = segments[i]
    words = s.text[number.end :].split()
    alone = i + 1 == len(segments) or segments[i + 1].opens or segments[i + 1].view is not s.view
    if not alone or not words or len(words) > SHORT or not words[0][0].isupper() or s.text[-1] in ".,;":
        return False
    if any(sign in s.text for sign in "£$€") or MUST.match(words[0]) or SAYS.search(s.text):
        return False
    return not is_person(re.split(r"[,(–]| - ", " ".join(words))[0].strip())


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
