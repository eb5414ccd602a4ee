"""Reports that are published alone and in a pack, or in two packs: parts of several papers of one meeting
that have the same words. Their sections, tables, sums and links count by the part that they stand in.

Of each part a sketch is kept, the smallest hashes of its runs of words: two sketches tell how much of two
texts is the same, and a hundred thousand fit into memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from pipeline.store.repeats import Fact, Repeat, plain
from schemas.over_papers import How

RUN = 4
"""Words that follow each other, by which texts are compared."""
SKETCH = 128
"""Hashes kept of a part."""
ALIKE = 0.93
"""Share of the runs of both that both have, by their sketches, from which two parts are one."""
LEAST = 30
"""Runs that a part has which can be told from others: less is a front sheet."""
AT_A_TIME = 500
"""Sections that are read at a time."""

ASKED = """
SELECT a.meeting_id AS told_id, p.document_id, p.part_id, p.page_from,
    concat_ws(' ', s.heading, s.text) AS text
FROM asked a JOIN files.parts p USING (meeting_id)
JOIN files.sections s ON s.part_id = p.part_id AND s.document_id = p.document_id
WHERE p.kind IN ('report', 'appendix', 'other')
"""
"""The sections of the parts, but agendas and minutes, of the meetings in `asked`."""


@dataclass(slots=True)
class Told:
    """A part as it is compared: how many runs of words it has, and the smallest hashes of them in order."""

    told_id: str
    document_id: str
    part_id: str
    page: int | None
    many: int
    sketch: Sequence[int]


def parts_of(connection: Any) -> Iterable[Told]:
    """The parts that can be compared; `asked` as pipeline.store.facts leaves it."""
    found: dict[str, Told] = {}
    asked = connection.execute(ASKED)
    while batch := asked.fetchmany(AT_A_TIME):
        for told_id, document_id, part_id, page, text in batch:
            runs = runs_in(text or "")
            part = found.setdefault(part_id, Told(told_id, document_id, part_id, page, 0, ()))
            part.many += len(runs)
            part.sketch = array("L", sorted({*part.sketch, *runs})[:SKETCH])
    return [p for p in found.values() if p.many >= LEAST]


def runs_in(text: str) -> list[int]:
    """The hash of each run of words."""
    words = plain(text).split()
    return [crc32(" ".join(words[n : n + RUN]).encode()) for n in range(len(words) - RUN + 1)]


def parts_again(accounts: Sequence[str], parts: Iterable[Told]) -> Iterator[Repeat]:
    """The parts of one meeting that a better account has too. `accounts` are the papers' ids of the meeting,
    the best first."""
    rank = {told_id: n for n, told_id in enumerate(accounts)}
    kept: list[Told] = []
    having: defaultdict[int, set[int]] = defaultdict(set)
    for p in sorted(parts, key=lambda p: (rank[p.told_id], p.document_id, p.page or 0, p.part_id)):
        near = {n for run in p.sketch for n in having[run] if kept[n].document_id != p.document_id}
        share, same = max(((alike(kept[n], p), -n) for n in near), default=(0.0, 0))
        if share >= ALIKE:
            before = kept[-same]
            how: How = "same words" if (before.sketch, before.many) == (p.sketch, p.many) else "other words"
            yield Repeat(_fact(p), _fact(before), how)
            continue
        for run in p.sketch:
            having[run].add(len(kept))
        kept.append(p)


def alike(a: Told, b: Told) -> float:
    """About what share of the runs that either part has both have."""
    either = sorted({*a.sketch, *b.sketch})[:SKETCH]
    both = {*a.sketch} & {*b.sketch}
    return sum(run in both for run in either) / len(either) * min(a.many, b.many) / max(a.many, b.many)


def _fact(p: Told) -> Fact:
    return Fact("parts", p.part_id, p.document_id, p.told_id, page=p.page)
