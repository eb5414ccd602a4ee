"""The pack told apart: agenda, minutes of an earlier meeting, reports, their appendices, blanks.

A page begins a part when what speaks for it (`starts`) weighs enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.model import FURNITURE, Block, Layout, Paper, Part
from extractors.parts.face.kind import kind_chances
from extractors.parts.face.several import each_meeting
from extractors.parts.kinds import kind_of_part
from extractors.parts.signs import ITEM_IN_TITLE, has_roll
from extractors.parts.starts import CLOSE, Start, find_starts, minutes_close

ENOUGH = 0.6
SURE = {"stamp", "range", "bookmark", "after the minutes' close"}
"""Witnesses that a part begins though minutes had not ended."""


def tell_apart(paper: Paper, layout: Layout) -> list[Part]:
    """The parts in page order; together they hold every page once, but for a page on which one meeting ends
    and the next begins."""
    by_page = _blocks_by_page(layout)
    starts = find_starts(paper, layout, by_page)
    n = len(paper.pages)
    begin = sorted({1, *(p for p, s in starts.items() if s.weight >= ENOUGH)})
    parts: list[Part] = []
    for first, after in zip(begin, [*begin[1:], n + 1], strict=True):
        last = after - 1
        while last > first and last in layout.blanks:
            last -= 1
        parts.append(_part(len(parts), first, last, starts.get(first, Start()), parts, by_page))
        if last < after - 1:
            parts.append(Part(len(parts), "blank", "", last + 1, after - 1, parts[-1].item_number, 0.99))
    whole = [
        replace(p, blocks=tuple(_blocks_between(layout, p.page_from, p.page_to)))
        for p in _split_leading_blanks(parts, layout)
    ]
    kept = _minutes_whole(whole, starts, minutes_close(by_page))
    return [replace(p, index=at) for at, p in enumerate(q for part in kept for q in each_meeting(part))]


def _minutes_whole(parts: Sequence[Part], starts: dict[int, Start], closed: set[int]) -> list[Part]:
    """Minutes go on until they close: a directorate's heading at the top of a page begins no report, nor does
    "Appendix 1" within them; a paper that begins with minutes is no pack."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        told = starts[part.page_from].witnesses if part.page_from in starts else []
        if before and before.kind == "minutes" and _goes_on(before, part, closed, told):
            out[-1] = replace(before, page_to=part.page_to, blocks=(*before.blocks, *part.blocks))
        else:
            out.append(part)
    return out


def _goes_on(before: Part, part: Part, closed: set[int], told: Sequence[str]) -> bool:
    sure = SURE if before.index else SURE - {"range", "bookmark"}
    rolled = part.kind == "minutes" and has_roll(part.blocks[:12])
    alike = not before.index or kind_chances([b.text for b in part.blocks])["minutes"] > 0.5
    ended = before.page_to in closed or any(CLOSE.search(b.text) for b in before.blocks[-25:])
    return (
        part.kind != "blank"
        and part.page_from == before.page_to + 1
        and not rolled
        and alike
        and (not ended or part.kind == "minutes")
        and not sure & set(told)
    )


def _split_leading_blanks(parts: list[Part], layout: Layout) -> list[Part]:
    """A part of nothing but blank pages is a blank part."""
    return [
        replace(p, kind="blank", title="")
        if all(n in layout.blanks for n in range(p.page_from, p.page_to + 1))
        else p
        for p in parts
    ]


def _blocks_by_page(layout: Layout) -> dict[int, list[Block]]:
    out: dict[int, list[Block]] = defaultdict(list)
    for b in layout.blocks:
        if b.kind not in FURNITURE:
            out[b.page].append(b)
    return out


def _blocks_between(layout: Layout, first: int, last: int) -> Iterator[Block]:
    return (b for b in layout.blocks if first <= b.page <= last and b.kind not in FURNITURE)


def _part(
    index: int,
    first: int,
    last: int,
    start: Start,
    before: list[Part],
    by_page: dict[int, list[Block]],
) -> Part:
    blocks = [b for page in range(first, min(last, first + 2) + 1) for b in by_page.get(page, [])]
    real = [p for p in before if p.kind != "blank"]
    item = start.item or (real[-1].item_number if real else None)
    kind = kind_of_part(blocks, start, real, index)
    title = start.title or _title(blocks)
    m = ITEM_IN_TITLE.match(title)
    if m and start.item and m["number"] == start.item:
        title = m["title"]
    return Part(index, kind, title, first, last, item, round(max(0.5, min(0.99, start.weight or 0.8)), 2))


def _title(blocks: Sequence[Block]) -> str:
    """The first heading that is more than a name and a date; else the first words of the page."""
    headings = [b.text for b in blocks if b.kind == "heading"]
    return (headings[0] if headings else " ".join(blocks[0].text.split()[:20]) if blocks else "")[:300]
