"""Several meetings in one part of minutes: where the heading of another meeting stands, with its own day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.mentions.dates import dates_in
from extractors.model import Block, Part

HEADING = re.compile(
    r"^\W*(?:(?:un)?(?:approved|adopted|confirmed)\s+|draft\s+)*(?:minutes|proceedings|record)\s+(?:of"
    r"|at)\b.{0,120}\b(?:meeting|session|hearing)s?\b"
    r"|^\W*(?:(?:un)?approved\s+|draft\s+)*(?:special|regular|annual|adjourned|joint|closed|emergency"
    r"|extraordinary|ordinary)\b.{0,90}\b(?:meeting|session)s?\b"
    r"|^.{0,70}\bmeeting minutes\b",
    re.I,
)
PROSE = re.compile(
    r"\b(?:approv\w+ (?:of|the)|were|was|be|that|as|received|signed|read|accept\w*|moved|motion|amend\w*"
    r"|correct\w*|next|will|has|had|cancelled)\b",
    re.I,
)
"""Words of a sentence about minutes or another meeting."""
OPENS = re.compile(
    r"\b(?:convened|called (?:the meeting |the .{0,30}meeting )?to order|call to order|roll call"
    r"|came to order|met at|was called to)\b|^\W*(?:members )?present\b",
    re.I,
)
"""What follows such a heading when a meeting begins there."""
A_HEADING = 45
"""Words at the most."""
BELOW = 12
"""Blocks after a heading in which its meeting opens."""


def each_meeting(part: Part) -> list[Part]:
    """The part itself, or a part for each meeting that its minutes record; two may share a page."""
    begin = [0, *meetings_within(part.blocks)]
    if part.kind != "minutes" or len(begin) == 1:
        return [part]
    out: list[Part] = []
    for first, after in zip(begin, [*begin[1:], len(part.blocks)], strict=True):
        blocks = part.blocks[first:after]
        last = after == len(part.blocks)
        end = part.blocks[after].regions[0] if not last else None
        reach = part.page_to if end is None else end.page - (end.top < _top_of(part.blocks, end.page) + 2)
        page = part.page_from if first == 0 else blocks[0].page
        out.append(
            replace(
                part,
                title=part.title if first == 0 else blocks[0].text[:300],
                page_from=page,
                page_to=max(reach, page),
                begins=0.0 if first == 0 or page != reach_of(out) else blocks[0].regions[0].top,
                ends=end.top if end and end.page == reach else float("inf"),
                blocks=blocks,
            )
        )
    return out


def reach_of(parts: Sequence[Part]) -> int:
    """The last page of the last part; 0 before the first."""
    return parts[-1].page_to if parts else 0


def _top_of(blocks: Sequence[Block], page: int) -> float:
    return min((r.top for b in blocks for r in b.regions if r.page == page), default=0.0)


def meetings_within(blocks: Sequence[Block]) -> list[int]:
    """The blocks, after the part's own heading, at which the heading of another meeting begins."""
    out: list[int] = []
    seen = {_bare(b.text) for b in blocks[:2]}
    begun = False
    for at, block in enumerate(blocks[:-2]):
        text = _heading(blocks, at) if at > 1 and begun else None
        begun = begun or bool(OPENS.search(block.text[:160]) or HEADING.match(block.text))
        if text and _bare(text) not in seen and _opens(blocks, at):
            out.append(at)
            seen.add(_bare(text))
    return out


def _heading(blocks: Sequence[Block], at: int) -> str | None:
    """A meeting's heading with its date, in the block or on the lines below it."""
    block = blocks[at]
    words = len(block.words)
    if block.marker or words > A_HEADING or not HEADING.match(block.text) or PROSE.search(block.text):
        return None
    if not (block.kind == "heading" or block.bold or _loud(block.text)):
        return None
    below = [b.text for b in blocks[at + 1 : at + 3] if len(b.words) <= 14]
    text = " ".join([block.text, *below])
    return text if next(dates_in(text), None) else None


def _loud(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _opens(blocks: Sequence[Block], at: int) -> bool:
    return any(OPENS.search(b.text[:160]) for b in blocks[at + 1 : at + 1 + BELOW])


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
