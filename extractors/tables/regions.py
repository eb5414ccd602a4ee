"""Where words stand in columns though no rule shows it: runs of lines that share a gutter, the lines of prose
around them left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.layout.markers import is_marker
from extractors.layout.reading_order import rows_of
from extractors.model import Box, Page, Word
from extractors.tables.columns import gutter_of, stretches, with_half_lines
from extractors.text.figures import is_figure

FARTHEST = 3.0
"""Lines of a table stand no further apart than this many times the type size."""
OTHER_SIZE = 1.15
"""Type so many times larger or smaller than a region's is not of it."""
WIDE = 1.0
"""A region begins with a gap of so many times the type size."""
FEWEST_PARTED = 2
DRAWN = 3
"""So many upright rules among words make a drawing of them."""
NARROWER = 0.8
"""What the gaps of all lines have in common may be narrower than a gutter, by this share of it."""
SAME = 0.22
"""Gaps between lines that differ by less than this share of the type size are of one kind."""

Line = list[Word]
Gaps = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of words from top to bottom that one gutter or more runs through; `size` is their type's."""

    lines: tuple[Sequence[Word], ...]
    size: float

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [w for line in self.lines for w in line]

    def box(self, page: int) -> Box:
        """What its words cover, a point around them."""
        words = self.words
        return Box(
            page,
            min(w.box.x0 for w in words) - 1,
            min(w.box.top for w in words) - 1,
            max(w.box.x1 for w in words) + 1,
            max(w.box.bottom for w in words) + 1,
        )


def regions_of(page: Page, taken: Sequence[Box]) -> list[Region]:
    """The page's regions outside the boxes `taken`, from top to bottom."""
    free = [w for w in page.words if not w.turned and not any(b.holds(*w.box.middle) for b in taken)]
    lines = with_half_lines(rows_of(free))
    out: list[Region] = []
    start = 0
    while start < len(lines):
        end, gaps = _end_of(lines, start)
        region = _trimmed(lines, start, end, gaps) if end else None
        if region is not None and not _is_drawn(region, page):
            out.append(region)
        start = max(end, start + 1)
    return out


def _is_drawn(region: Region, page: Page) -> bool:
    """Upright lines stand between the words: a chart or a form."""
    box = region.box(page.number)
    upright = [r for r in page.rules if not r.horizontal and box.x0 < r.x0 < box.x1]
    return sum(r.top < box.bottom and r.bottom > box.top for r in upright) >= DRAWN


def _end_of(lines: Sequence[Line], start: int) -> tuple[int, Gaps]:
    """The index after the last line that shares a gutter with the line at `start`, and the room that they
    leave; 0 where that has none."""
    size = median(w.size for w in lines[start])
    if not _is_parted(lines[start], size):
        return 0, []
    gutter = gutter_of(lines[start], size)
    gaps = _gaps(lines[start], size, gutter)
    at = start + 1
    left, right = lines[start][0].box.x0, lines[start][-1].box.x1
    while at < len(lines):
        line = lines[at]
        left, right = min(left, line[0].box.x0), max(right, line[-1].box.x1)
        own = _common(gaps, _gaps(line, size, gutter))
        inner = [(a, b) for a, b in own if a > left and b < right and b - a >= NARROWER * gutter]
        if not inner or top_of(line) - bottom_of(lines[at - 1]) > FARTHEST * size or not _of_size(line, size):
            break
        gaps, at = own, at + 1
    return at, gaps


def _is_parted(line: Line, size: float) -> bool:
    return len(_pieces(line, size, WIDE * size)) > 1


def _pieces(line: Line, size: float, gutter: float) -> list[tuple[float, float]]:
    """The line's stretches, a list marker at its head with what it stands before."""
    out = stretches(line, size, gutter)
    if (
        len(out) > 1
        and out[0][1] == line[0].box.x1
        and is_marker(line[0].text)
        and not is_figure(line[1].text)
    ):
        return [(out[0][0], out[1][1]), *out[2:]]
    return out


def _of_size(line: Line, size: float) -> bool:
    own = median(w.size for w in line)
    return size / OTHER_SIZE <= own <= size * OTHER_SIZE


def _gaps(line: Line, size: float, gutter: float) -> Gaps:
    """Where the line leaves room, its outer sides included."""
    out: Gaps = []
    last = float("-inf")
    for a, b in _pieces(line, size, gutter):
        out.append((last, a))
        last = b
    return [*out, (last, float("inf"))]


def _common(a: Gaps, b: Gaps) -> Gaps:
    out = [(max(x0, y0), min(x1, y1)) for x0, x1 in a for y0, y1 in b]
    return [(x0, x1) for x0, x1 in out if x1 - x0 > 0]


def top_of(line: Sequence[Word]) -> float:
    """Where a line begins, marks above it left out of account."""
    return median(w.box.top for w in line)


def bottom_of(line: Sequence[Word]) -> float:
    """Where a line ends."""
    return median(w.box.bottom for w in line)


def _trimmed(lines: Sequence[Line], start: int, end: int, gaps: Gaps) -> Region | None:
    """The lines from `start` to `end` without those at the end that fill one place only, unless they carry on
    the line above or the page ends with them; with those above that a page break cut from a row."""
    own = lines[start:end]
    size = median(w.size for line in own for w in line)
    parted = [i for i, line in enumerate(own) if _is_parted(line, size)]
    if len(parted) < FEWEST_PARTED:
        return None
    within = [top_of(b) - bottom_of(a) for a, b in pairwise(own)]
    close, last = min(within) + SAME * size, parted[-1]
    while last < len(own) - 1 and within[last] <= close:
        last += 1
    if end == len(lines) and all(line[0].box.x0 > own[0][0].box.x1 for line in own[last + 1 :]):
        last = len(own) - 1
    first = _begun_before(lines, start, size, close, gaps)
    return Region(tuple(lines[first : start + last + 1]), size)


def _begun_before(lines: Sequence[Line], start: int, size: float, close: float, gaps: Gaps) -> int:
    """The index of the page's first line when all lines from there to `start` lie in columns, close to one
    another: the rest of a row that a page break cuts. Else `start`, or that of a head's upper lines."""
    first = start
    while first > 0:
        line, below = lines[first - 1], lines[first]
        if (
            not _of_size(line, size)
            or top_of(below) - bottom_of(line) > close
            or len(_common(gaps, _gaps(line, size, NARROWER * size))) < len(gaps)
        ):
            break
        first -= 1
    upper = [line for line in lines[first:start] if line[0].box.x0 > lines[start][0].box.x1]
    return first if first == 0 or len(upper) == start - first else start
