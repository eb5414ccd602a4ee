"""The opening of a part: the printed lines above its business, where a paper says what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.mentions.dates import dates_in, times_in
from extractors.model import Block

BLOCKS = 30
"""Blocks at the beginning of a part in which its meeting is announced."""
HEAD = 14
"""Lines at the most that are a letterhead and a title."""
NUMBER = r"^\W*(?:(?:\d{1,2}|[A-Z]|[IVX]{1,4})(?:[.)]|\s*[-–—])\s*)?"
BUSINESS = re.compile(
    NUMBER
    + r"(?:roll[ -]?call|call(?:ed)?\s+(?:meeting\s+)?to\s+order|convened?\b|pledge|flag\s+salute|present\b"
    r"|(?:sc |council |board |committee )?members?\s+(?:present|absent)|attendance|apolog|absent"
    r"|in\s+attendance"
    r"|also\s+present|opening\s+prayer|quorum|declarations?\s+of|disclosure\s+of|approval\s+of"
    r"|members\s+of\s+the\s+public|public\s+comments?\b|notice\s*:|unrestricted\s+items)",
    re.I,
)
"""What begins the business, or the roll above it."""
NUMBERED = re.compile(r"^\W*(?:1|A|I)[.)]\s*\S", re.I)


@dataclass(frozen=True, slots=True)
class Face:
    """A printed line of the opening: `block` counts the part's blocks, `order` the lines; `head` while no
    business has begun."""

    text: str
    block: int
    order: int
    head: bool
    heading: bool
    numbered: bool


def opening(blocks: Sequence[Block]) -> list[Face]:
    """The lines of the part's first blocks, tables and what is no line of words left out."""
    out: list[Face] = []
    head = True
    for at, block in enumerate(blocks[:BLOCKS]):
        if block.kind == "table":
            head = head and at < 3
            continue
        head = head and not _begins(block, at)
        for line in block.lines:
            head = head and len(out) < HEAD and not (out and BUSINESS.match(line.text))
            out.append(
                Face(
                    line.text,
                    at,
                    len(out),
                    head,
                    block.kind == "heading" or block.bold,
                    block.kind in ("numbered", "bullet"),
                )
            )
    return out


def _begins(block: Block, at: int) -> bool:
    """A block of prose or the first item; a sentence that says when and where the body met is still head."""
    text = block.text
    if BUSINESS.match(text) and at:
        return True
    if NUMBERED.match(text) and next(dates_in(text), None) is None:
        return True
    dated = next(dates_in(text), None) or next(iter(times_in(text)), None)
    return len(text.split()) > 45 and not dated
