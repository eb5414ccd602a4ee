"""Numbers that count on: which segments of a paper belong to one list, how long it is and how it looks.

The headings of business are mostly the longest such list, of one type, from the first page to the last; the
clauses of a resolution are short ones between two of its numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.reading.numbering import Number, Place, places_of
from extractors.reading.segments import Segment

FAR = 400
"""Segments between two numbers of one list, at most."""
SKIPPED = 1
"""Numbers that a list may leave out between two of its own."""


@dataclass
class Link:
    """A number in its list: the segments before and after it in the list, and how long the list is."""

    place: Place
    before: int | None = None
    after: int | None = None
    length: int = 1
    first: int = 0
    last: int = 0


def links_of(segments: Sequence[Segment], numbers: Sequence[Number | None]) -> list[Link | None]:
    """For each segment with a number its link in the longest list that it can stand in."""
    by_list: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    for i, number in enumerate(numbers):
        for place in places_of(number) if number else ():
            by_list[place.of].append((i, place))
    out: list[Link | None] = [None] * len(segments)
    for entries in by_list.values():
        for chain in _chains(entries, segments):
            for k, (i, place) in enumerate(chain):
                known = out[i]
                if known is None or known.length < len(chain):
                    out[i] = Link(
                        place,
                        chain[k - 1][0] if k else None,
                        chain[k + 1][0] if k + 1 < len(chain) else None,
                        len(chain),
                        chain[0][0],
                        chain[-1][0],
                    )
    return out


def _chains(
    entries: Sequence[tuple[int, Place]], segments: Sequence[Segment]
) -> list[list[tuple[int, Place]]]:
    """The entries of one list parted into runs that count on; of two runs that could go on, the one of the
    same look does, else the later."""
    open_: list[list[tuple[int, Place]]] = []
    done: list[list[tuple[int, Place]]] = []
    for i, place in entries:
        fitting = [c for c in open_ if 0 < place.at - c[-1][1].at <= 1 + SKIPPED and i - c[-1][0] <= FAR]
        best = max(
            fitting,
            key=lambda c: (
                place.at - c[-1][1].at == 1,
                alike(segments[c[-1][0]], segments[i]),
                c[-1][0],
            ),
            default=None,
        )
        if best is None:
            open_.append([(i, place)])
        else:
            best.append((i, place))
    return done + open_


def alike(a: Segment, b: Segment) -> bool:
    """Set in the same weight and case at the same indent."""
    return (a.bold, a.capitals) == (b.bold, b.capitals) and abs(a.indent - b.indent) < 4
