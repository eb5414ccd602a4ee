"""Lines to blocks: where one paragraph, heading or list item ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.layout.markers import is_bullet, is_marker, needs_gap
from extractors.model import FURNITURE, Block, BlockKind, Line, Page
from extractors.text.sentences import ENDS

CAPTION = re.compile(
    r"^(?:table|figure|fig\.|chart|graph|map|plate)\s+(?:\d{1,3}|[A-Z])(?:\.\d+)?\s*[:.–—-]?\s+\S",
    re.IGNORECASE,
)
CAPTION_ALONE = re.compile(r"^(?:table|figure|chart|graph)\s+\d{1,3}(?:\.\d+)?\.?$", re.IGNORECASE)
LABEL = re.compile(r"^[A-Z][\w’' /&-]{2,40}:\s+\S")
"""A line that begins with a label ("Membership: ...", "Apologies: ...") begins a paragraph when the line
above stops short."""
HEADING_WORDS = 32
LONG_GAP = 1.3
"""A base-line distance so many times the usual one parts two paragraphs."""


def blocks_of_page(lines: Sequence[Line], page: Page, body_size: float) -> list[Block]:
    """The page's lines as blocks, each line in exactly one."""
    if not lines:
        return []
    pitch = _usual_pitch(lines)
    groups: list[list[Line]] = []
    right = max(line.box.x1 for line in lines)
    for line in lines:
        if groups and not _begins(groups[-1], line, pitch, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group, page, body_size) for group in groups]


def marker_of(line: Line) -> str:
    """The list marker that the line begins with, or nothing."""
    first = line.words[0]
    if len(line.words) < 2 or not is_marker(first.text):
        return ""
    gap = line.words[1].box.x0 - first.box.x1
    wide = gap > 0.45 * first.size
    after = line.words[1].text
    if needs_gap(first.text) and not wide:
        return ""
    if (
        not wide
        and after[:1].islower()
        and first.text[:1].isdigit()
        and first.text[-1:].isdigit()
        and after not in ("that", "to")
    ):
        return (
            ""  # prose that happens to break before a figure; "4.1 that the budget be approved" is a clause
        )
    return first.text


def _usual_pitch(lines: Sequence[Line]) -> float:
    """The distance between base lines within a paragraph, in multiples of the type size: the lower quarter of
    all distances, since on a page of short paragraphs most of them are distances between paragraphs."""
    steps = sorted(
        (b.box.bottom - a.box.bottom) / max(a.size, 1)
        for a, b in pairwise(lines)
        if abs(a.size - b.size) < 1 and 0.8 < (b.box.bottom - a.box.bottom) / max(a.size, 1) < 2.2
    )
    return steps[len(steps) // 4] if steps else 1.2


def _begins(group: list[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether `line` begins a new block rather than carries on the group before it."""
    last = group[-1]
    step = (line.box.bottom - last.box.bottom) / max(last.size, 1)
    if step <= 0.2 or step > max(LONG_GAP * min(pitch, 1.45), 1.4):
        return True
    if line.words[0].turned != last.words[0].turned:
        return True
    if abs(line.size - last.size) > 0.14 * max(line.size, last.size) and not _same_letters(line, last):
        return True
    ended = bool(ENDS.search(last.text))
    if marker_of(line):
        return _marker_begins(group, line, ended)
    wrapped = (
        last.bold and line.words[0].bold and not ended and last.box.x1 > right - 0.25 * (right - last.box.x0)
    )
    if line.bold != last.bold and (line.bold or all(w.bold for w in last.words)) and not wrapped:
        return True
    carries_on = not ended and line.text[:1].islower()
    short = last.box.x1 < right - 0.2 * (right - min(last.box.x0, line.box.x0))
    if short and (ended or LABEL.match(line.text)):
        return True
    hang = group[0].words[1].box.x0 if marker_of(group[0]) else group[0].box.x0
    return (
        not carries_on
        and marker_of(group[0]) != ""
        and line.box.x0 < min(hang, group[-1].box.x0) - 8
        and (ended or short)
    )


def _same_letters(a: Line, b: Line) -> bool:
    """Sizes differ only by a superscript or a stray word."""
    return abs(median(w.size for w in a.words) - median(w.size for w in b.words)) < 0.8


def _marker_begins(group: list[Line], line: Line, ended: bool) -> bool:
    """A number at a line's start is a marker unless the sentence before runs into it at the same indent."""
    here = line.box.x0
    if marker_of(group[0]):
        text_indent = group[0].words[1].box.x0
        return (
            abs(here - text_indent) > 3
            or ended
            or is_bullet(line.words[0].text)
            or line.words[0].text[-1] in ".)"
        )
    return (
        ended
        or here > group[-1].box.x0 + 3
        or not line.words[0].text[0].isdigit()
        or len(group) == 1
        or line.words[0].text[-1] in ".)"
    )


def _block(group: list[Line], page: Page, body_size: float) -> Block:
    marker = marker_of(group[0])
    block = Block("paragraph", tuple(group), marker, body_size=body_size)
    return replace(block, kind=_kind(block, page, body_size))


def _kind(block: Block, page: Page, body_size: float) -> BlockKind:
    text, words = block.text, len(block.words)
    if (CAPTION.match(text) and words <= 40) or CAPTION_ALONE.match(text):
        return "caption"
    if block.marker and is_bullet(block.marker):
        return "bullet"
    if _is_heading(block, text, words, body_size):
        return "heading"
    if (
        block.lines[0].size < 0.88 * body_size
        and block.lines[0].box.top > 0.72 * page.height
        and re.match(r"^\W?\d{1,2}\W?\s", text)
    ):
        return "footnote"
    return "numbered" if block.marker else "paragraph"


def _is_heading(block: Block, text: str, words: int, body_size: float) -> bool:
    if words > HEADING_WORDS or len(block.lines) > 4 or not any(c.isalpha() for c in text):
        return False
    ends_as_sentence = text.rstrip().endswith((".", ";", ",")) and not block.marker
    large = min(line.size for line in block.lines) >= 1.12 * body_size
    if (
        (block.bold or large or _bold_but_for_pages(block))
        and not ends_as_sentence
        and not (words > 20 and text.endswith("."))
    ):
        return True
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) > 3 and all(c.isupper() for c in letters) and words <= 14
    return capitals and not ends_as_sentence and ":" not in text[:-1]


def _bold_but_for_pages(block: Block) -> bool:
    """A front sheet's item: a bold title with its page range in plain type."""
    plain = " ".join(w.text for w in block.words if not w.bold)
    return any(w.bold for w in block.words) and bool(
        re.fullmatch(r"\(?(?:pages? )?\d{1,4} ?[-–—] ?\d{1,4}\)?", plain, re.IGNORECASE)
    )


def join_over_pages(pages: Sequence[Sequence[Block]]) -> list[Block]:
    """All pages' blocks in a row; a paragraph that the page break cut in two is one block again."""
    out: list[Block] = []
    for blocks in pages:
        rest = list(blocks)
        tail = next((i for i in reversed(range(len(out))) if _is_text(out[i])), None)
        head = next((i for i, b in enumerate(rest) if _is_text(b)), None)
        if tail is not None and head is not None and _carries_over(out[tail], rest[head]):
            out[tail] = replace(out[tail], lines=(*out[tail].lines, *rest.pop(head).lines))
        out.extend(rest)
    return out


def _is_text(block: Block) -> bool:
    return block.kind not in FURNITURE and block.kind != "footnote"


def _carries_over(tail: Block, head: Block) -> bool:
    """The first block of a page finishes the last one of the page before."""
    if tail.kind not in ("paragraph", "numbered", "bullet") or head.kind != "paragraph" or head.marker:
        return False
    last, first = tail.lines[-1], head.lines[0]
    if first.words[0].box.page - last.words[-1].box.page != 1 or abs(first.size - last.size) > 1.5:
        return False
    if ENDS.search(last.text):
        return False
    listing = last.text.endswith((",", " and")) or first.text[:1].islower() or first.text[:1] in "(“\"'‘"
    full = last.box.x1 > max(line.box.x1 for line in tail.lines) - 90
    return listing or (full and len(last.words) > 4)
