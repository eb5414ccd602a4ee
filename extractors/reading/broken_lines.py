"""Printed lines that were ended on purpose: where one stands apart from the next within a block."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractors.cues.load import is_one_of
from extractors.reading.doc import LineView
from extractors.reading.numbering import number_of, places_of

VOTE_LINE = re.compile(
    r"(?:motion\s+made|motion\s+by|moved\s+by|mover|seconded(?:\s+by)?|seconder|result|ayes|nays|noes|yeas"
    r"|abstain(?:ed|ing)?|abstentions?|absent|for|against|opposed|vote)\s*(?:\(\d{1,2}\))?\s*:"
    r"|(?-i:MOTION|Motion)\s+(?:passed|carried|failed|lost)\b",
    re.I,
)
"""A line that begins with a label of a motion's record stands apart from the line before."""
RECORD = re.compile(
    r"(?:(?:the\s+)?motion\s+(?:was\s+)?)?(?:carried|defeated|lost|passed|failed)(?:\s+unanimously)?"
    r"(?:\s*[(\d][^A-Za-z]*(?:to[^A-Za-z]*)?)?[.!]?"
    r"|(?:council\s+|committee\s+)?(?:resolution|motion|amendment|decision|minute)(?:\s+(?:no\.?|number|#)?"
    r"\s*[\w./-]*\d[\w./-]*)?\s*:?"
    r"|(?-i:(?:IT\s+WAS\s+)?(?:RESOLVED|NOTED|AGREED))\s*[:.]?",
    re.I,
)
"""A printed line of a motion's record and of nothing else: "CARRIED 8/0", "Resolution 2018/211", "NOTED"."""
MOVED = re.compile(r"\W*(?:moved|mover|motion|that|it\s+was)\b", re.I)
"""What belongs to the number of a motion above it."""
FIELD = re.compile(
    r"(?:Applicants?|Location|Address|Request|Project|(?:Property )?Owners?|Zoning|Recommendations?"
    r"|Recommended Action|Attachments?|Presenters?|Presented by|Staff Contact|Contact|Author"
    r"|File (?:Reference|No\.?|Number)|Ward)\s*:\s"
)
"""What a paper prints in a line of its own under an item's title."""
FILE = re.compile(r"\d\d-\d{3,4}\s+[A-Z]")
"""The number of a file of an agenda's software, in front of its title."""
GOES_ON = re.compile(r"(?:\b(?:of|on|the|and|for|to|in|by|with|from|or|a|an)|[,&–-])$", re.I)
"""What a line cannot end with on purpose."""
UNFINISHED = re.compile(r"\b(?:by|and|of|the|an?|to|with|from|for\s+the|proposed|seconded|moved)$", re.I)
"""A line that ends so goes on in the next, however short it is."""
SHORT = 0.22
"""A line that ends this share of its column before the column's edge was broken on purpose."""
BESIDE = 12
"""Points within which lines are said to begin at one place."""
HANGING = 3
"""So many times more they may begin to the right: hanging lines of the same column."""
FEW = 3
"""Lines of a block that may each be ended on purpose."""
LOOSE = 1.2
"""A step from line to line that is so many times the paper's usual one sets the lines apart."""
LISTED = frozenset(
    {"letter", "bracketed", "decimal", "roman", "level", "letter number", "number letter", "file"}
)
"""Shapes of a number (numbering.py) in front of an entry of a list."""


class Edges:
    """How far to the right the lines reach that begin where a line does, over the whole part."""

    def __init__(self, lines: Sequence[LineView]) -> None:
        self._right: dict[int, float] = {}
        for line in lines:
            at = int(line.words[0].box.x0 // BESIDE)
            self._right[at] = max(self._right.get(at, 0.0), line.words[-1].box.x1)

    def right_of(self, left: float) -> float:
        """The column's right edge, in points."""
        at = int(left // BESIDE)
        return max(self._right.get(i, 0.0) for i in range(at - 1, at + HANGING + 1))


def usual_step(blocks: Sequence[list[LineView]]) -> float:
    """The step from base line to base line within a paragraph, in multiples of the type size: a low tenth of
    all, since most may be steps between paragraphs."""
    steps = sorted(
        step for lines in blocks for a, b in itertools.pairwise(lines) if 0.8 < (step := _step(a, b)) < 3
    )
    return steps[len(steps) // 10] if steps else 1.2


def _step(line: LineView, after: LineView) -> float:
    return (after.words[0].box.bottom - line.words[0].box.bottom) / max(line.words[0].size, 1.0)


def broken_in(lines: list[LineView], usual: float, edges: Edges) -> Iterator[int]:
    """Where a line begins after one that was ended on purpose."""
    if len(lines) < 2:
        return
    left = min(w.box.x0 for line in lines for w in line.words)
    right = max(w.box.x1 for line in lines for w in line.words)
    alone = _stand_alone(lines, right, edges.right_of(left))
    if alone:
        right = edges.right_of(left)
    width = max(right - left, 1.0)
    for line, after in itertools.pairwise(lines):
        room = right - line.words[-1].box.x1
        needed = after.words[0].box.x1 - after.words[0].box.x0
        ended = room > SHORT * width and room > needed + 6
        apart = _step(line, after) > LOOSE * usual and room > 6
        heavier = all(w.bold for w in line.words) != all(w.bold for w in after.words)
        labelled = bool(VOTE_LINE.match(after.text))
        ended = (ended or apart) and after.text[:1] != "" and not after.text[0].islower()
        ended = ended and not UNFINISHED.search(line.text.rstrip())
        ended = ended and not (alone and GOES_ON.search(line.text))
        if (
            ended
            or labelled
            or (RECORD.fullmatch(line.text.strip()) and not MOVED.match(after.text))
            or RECORD.fullmatch(after.text.strip())
            or _counts_on(line, after)
            or _is_apart(line.text, after.text)
            or (heavier and not UNFINISHED.search(line.text.rstrip()) and _is_solid(line, after))
            or (_is_listed(after) and not _runs_on(line, after) and not UNFINISHED.search(line.text.rstrip()))
        ):
            yield after.start


def _stand_alone(lines: list[LineView], right: float, edge: float) -> bool:
    """Few lines that begin at one place, none of which reaches the column's edge: not one of them was full,
    so that each was ended on purpose."""
    left = min(line.words[0].box.x0 for line in lines)
    level = all(line.words[0].box.x0 - left < BESIDE for line in lines)
    return level and right < edge - SHORT * (edge - left) and (len(lines) <= FEW or _ragged(lines))


def _ragged(lines: list[LineView]) -> bool:
    """Lines that end where they like: fewer than half reach near the longest of them."""
    ends = [line.words[-1].box.x1 for line in lines[:-1]]
    width = max(ends) - min(line.words[0].box.x0 for line in lines)
    return sum(max(ends) - end < 0.12 * width for end in ends) < 0.5 * len(ends)


def _is_apart(line: str, after: str) -> bool:
    """A field or a file's number begins the line after, or either is a heading that all councils have."""
    if FIELD.match(after) or FILE.match(after):
        return True
    return not GOES_ON.search(line) and (_is_topic(after) or _is_topic(line))


def _is_topic(text: str) -> bool:
    number = number_of(text)
    title = text[number.end :] if number else text
    return title[:1].isupper() and is_one_of("items.topics", title)


def _counts_on(line: LineView, after: LineView) -> bool:
    """Two numbers of one list, one line after the other, or one of them left out: "2 Minutes", "3
    Deputations"."""
    number, follows = number_of(line.text), number_of(after.text)
    if number is None or follows is None or number.shape != follows.shape:
        return False
    places = {(p.of, p.at + step) for p in places_of(number) for step in (1, 2)}
    return after.text[follows.end :][:1].isupper() and any((p.of, p.at) in places for p in places_of(follows))


def _is_listed(line: LineView) -> bool:
    """It begins with the number of an entry of a list, and words after it."""
    number = number_of(line.text)
    return number is not None and number.shape in LISTED and line.text[number.end :][:1].isupper()


def _runs_on(line: LineView, after: LineView) -> bool:
    """What looks like a number is words of a sentence: "under section / 4. The", "Cllr / A. Moss"."""
    number = number_of(after.text)
    if number is not None and number.shape in ("letter", "roman") and number_of(line.text) is None:
        return not line.text.isupper()
    return line.text.rstrip()[-1:] not in ".:;)" and number_of(line.text) is None and not line.text.isupper()


def _is_solid(line: LineView, after: LineView) -> bool:
    """Both lines are of one weight each, so that the change of weight is at the line's end."""
    return all(len({w.bold for w in part.words}) == 1 for part in (line, after))
