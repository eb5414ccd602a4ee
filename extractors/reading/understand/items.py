"""Items of business: the headings that the model finds, with their numbers, told apart from what stands under
them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.mentions.dates import dates_in, times_in
from extractors.mentions.names import is_person, is_role_word
from extractors.parts.face.opening import BUSINESS
from extractors.parts.face.place import STREET
from extractors.reading.broken_lines import RECORD
from extractors.reading.numbering import Number, number_of
from extractors.reading.references import ITEM_REF
from extractors.reading.roles.model import DOUBTED, Span, spans_of
from extractors.reading.segments import Segment
from extractors.reading.understand.counting import settled
from extractors.reading.understand.titles import title_of

FACE = re.compile(
    r"^(?:(?:regular|special|ordinary|adjourned|rescheduled|annual)\s+)+"
    r"(?:(?:city |town )?(?:council|board)\s+)?(?:meeting|session)(?:\s+(?:agenda|minutes|notice))?$|"
    r"^(?:(?:draft|approved|unapproved|unadopted|proposed|regular|special|public)\s+)*(?:minutes|agenda|notice"
    r"|summons)(?:\s+(?:of|for)\b.*\b(?:meeting|council|board|commission|committee)\b.*)?$"
    r"|^.{0,60}\b(?:council|board|commission|committee)\s+(?:regular\s+|special\s+)?(?:meeting"
    r"|minutes|agenda)$",
    re.I,
)
"""A paper's own title."""
DAY_ALONE = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}\w{0,2}\s+)?[A-Z][a-z]{2,8"
    r"}\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s*)?(?:19|20)\d{2}$",
    re.I,
)
BODY_ALONE = re.compile(
    r"^(?:[\w’'.&,-]+\s+){0,6}(?:council|board|commission|committee|authority|district|township)$", re.I
)
COUNCIL_ALONE = re.compile(r"^(?:[\w’'.&,-]+\s+){1,6}(?:council|district|township)$", re.I)
"""A council's own name."""
RECORDED = re.compile(
    r"(?:now,?\s+)?(?:therefore,?\s+)?be\s+it\s+(?:further\s+|hereby\s+)?(?:resolved|ordained|enacted|remembered)\b"
    r"|whereas\b|(?:duly\s+|passed\s+and\s+)?(?:adopted|passed|approved)(?:\s+and\s+\w+)?"
    r"(?:\s+(?:this|on\s+the)\s+\d|\s*:\s+\w+\s+\d)"
    r"|(?:for|against)\s+the\s+(?:motion|amendment)\b|.*\bseconded(?:\s+by)?\s*:",
    re.I,
)
"""The words of an enactment, or of a motion's record, set like a heading."""
SAYS_WHAT_CAME_OF_IT = re.compile(
    r"^(?:resolved|decision|recommendations?|actions?|attendance|present|motion|amendment|vote|for|against"
    r"|abstain\w*|absent|excused|in favou?r|carried|defeated|lost|moved|seconded|ayes?|noes|nays)\b",
    re.I,
)
"""Words set like a heading that head no business, where no number stands before them."""
BESIDE_A_CASE = re.compile(
    r"(?:(?:project\s+)?location|applicants?|(?:project\s+)?address|(?:property\s+)?owners?|zoning|apns?|ceqa"
    r"|project\s+planner|case\s+(?:no|number)\.?|representative|attachments?)\s*:",
    re.I,
)
"""What a planning agenda prints under the title of a case."""
PAPER = re.compile(r"(?:ordinance|resolution|bill|by-?law)s?\s+(?:no\.?|number|#)?\s*[\w/-]*\d[\w/-]*", re.I)
"""The number of an enactment, over its title."""
INITIAL = re.compile(r"[A-Z]\.\s")
APPENDED = re.compile(
    r"(?:tab|exhibit|attachment|enclosure)\s+\w{1,3}\s*[:–—-]|(?:media\s+)?timestamp\b", re.I
)
"""A paper or a recording that goes with an item."""
MINUTE_BEHIND = re.compile(r"\s*\((?:minute\s+)?(?P<number>\d{1,4}/\d{1,4})\)$", re.I)
"""The minute's number behind its title: "1. Election of Chairman (18/01)"."""
NO_BUSINESS = re.compile(
    r"(?:items\s+on\s+the\s+)?agenda|agenda\s+items|items?\s+of\s+business|others?\s+(?:present|in\s+attendance)|also\s+present"
    r"|(?:staff|officers|members|guests|visitors|public)\s+(?:present|in\s+attendance|attending)",
    re.I,
)
"""What stands over the business, or over a roll, without a number."""
CORRECTS = re.compile(r"[“\"'‘][^”\"’]{1,60}[”\"'’]\s+(?:to|should)\s+read\b", re.I)
"""A correction of minutes, which counts their items: "Item 4: 'five' to read 'nine'"."""
BOILERPLATE = re.compile(
    r"(?:go to|enter (?:the|your)|press|dial|click|download|please|if you|mute|unmute|log ?in"
    r"|(?:to )?join (?:the |a |zoom |via )+(?:meeting|webinar|zoom)"
    r"|submit (?:your|a|public|written) comments?|to (?:watch|speak|view))\b"
    r"|(?:notes?|notices?|information|guidance|advice)\s+(?:for|to)\b.*\b(?:public|visitors|members)\b",
    re.I,
)
"""How to join a meeting and speak at it, counted or not."""
STREET_WORD = re.compile(
    r"\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|way|square|place|boulevard|blvd|highway|hwy|court|circle|terrace|quay"
    r"|close|row|hill|green|parade|crescent)\b\.?,?$",
    re.I,
)
DATED = re.compile(r"(?:dated|held\s+on)\b", re.I)
"""How the second line of a heading begins that says of which meeting it is."""
LONG_NUMBER = 3
"""Figures of a number that is a house's rather than an item's."""
OPENING = 14
"""Segments in which a paper says whose it is, and when and where it met."""
LONGEST_OF_HEAD = 30
"""Words of a line of a head at the most."""
MOST_WORDS = 70
NUMBER_BELOW = frozenset({"year", "long year", "letters year", "letters number", "decimal", "spaced"})
"""Shapes of a minute's number that may stand under its heading, in front of the text."""
MINUTE_NUMBERS = frozenset({"year", "long year", "letters year", "letters number"})
AGENDA_BEGINS = 20
"""A run of plain numbers that begins above it counts the year's minutes, not the agenda's items."""
FEWEST = 3
FEW_WORDS = 4
FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """A heading of business: its numbers and title as printed, the segments it stands in, how sure.

    `number` is the agenda's, `minute` the minute's own where minutes are numbered over the year, `parent`
    the number of the item that it is under.
    """

    number: str | None
    title: str
    first: int
    last: int
    start: int
    end: int
    sure: float
    shape: str | None = None
    minute: str | None = None
    parent: str | None = None


def end_of_head(segments: Sequence[Segment]) -> int:
    """The last segment of the paper's head, -1 where it has none: above the business, what says when and
    where the meeting is."""
    end = -1
    for i, s in enumerate(segments[:OPENING]):
        if BUSINESS.match(s.text) or (
            number_of(s.text) and not _is_street(s.text) and not DAY_ALONE.match(s.text)
        ):
            break
        told = next(dates_in(s.text), None) or next(times_in(s.text), None) or _is_street(s.text)
        if told and len(s.text.split()) <= LONGEST_OF_HEAD:
            end = i
    return end


def _is_street(text: str) -> bool:
    """A line that is a street and its number, and not a number and a title."""
    m = STREET.match(text)
    return m is not None and (bool(STREET_WORD.search(text)) or len(m.group().split()[0]) >= LONG_NUMBER)


def read_items(
    segments: Sequence[Segment], features: Sequence[Sequence[str]], kind: str = "minutes"
) -> list[Item]:
    """The items in order."""
    return items_in(segments, settled(segments, spans_of("items", features, DOUBTED), kind), kind)


def items_in(segments: Sequence[Segment], spans: Sequence[Span], kind: str = "minutes") -> list[Item]:
    """The items that stand in these spans of a part of this kind, in order."""
    head = end_of_head(segments)
    apart = [own for span in _with_days_below(segments, spans) for own in _apart(segments, span)]
    apart = [s for s in apart if s.first >= OPENING or not COUNCIL_ALONE.match(segments[s.first].text)]
    found = [item for span in apart if (item := _item(segments, span, head)) is not None]
    found = [i for i in found if not _runs_at_the_head(i, found)]
    items = [item for i, item in enumerate(found) if i == 0 or item.first > found[i - 1].last]
    if kind == "minutes":
        items = _with_minute_numbers(_numbered_below(segments, items))
    return _with_parents(items)


def _with_days_below(segments: Sequence[Segment], spans: Sequence[Span]) -> list[Span]:
    """The spans, a line "DATED 8 FEBRUARY 2017" with the heading above it."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].last == span.first - 1 and DATED.match(segments[span.first].text):
            out[-1] = out[-1]._replace(last=span.last)
        else:
            out.append(span)
    return out


def _apart(segments: Sequence[Segment], span: Span) -> list[Span]:
    """A span for each of the headings that stand under each other without anything between: in capitals, each
    a block of its own or with a number."""
    last = _end_of_title(segments, span)
    cuts = [
        i
        for i in range(span.first + 1, last + 1)
        if segments[i].capitals
        and (
            segments[i].first
            or (segments[i - 1].capitals and segments[i].opens and number_of(segments[i].text))
        )
        and not is_number_alone(segments[i - 1])
        and not DATED.match(segments[i].text)
        and not PAPER.fullmatch(segments[i - 1].text.strip(" .:"))
    ]
    ends = [*(c - 1 for c in cuts), last]
    return [Span(a, b, span.sure) for a, b in zip([span.first, *cuts], ends, strict=True)]


def _runs_at_the_head(item: Item, items: Sequence[Item]) -> bool:
    """A body's name without a number that comes again: a page's head, not business."""
    again = sum(i.title == item.title and i.number is None for i in items)
    return item.number is None and again > 1 and bool(BODY_ALONE.match(item.title))


def is_number_alone(s: Segment) -> bool:
    """Whether the segment is the number of business and nothing else."""
    if re.fullmatch(r"\W*\d{1,4}\W*", s.text):
        return True
    number = number_of(s.text)
    return number is not None and not any(c.isalpha() for c in s.text[number.end :])


def _end_of_title(segments: Sequence[Segment], span: Span) -> int:
    """The last segment of the title: none goes on in other type behind a full stop, nor over a label of a
    motion's record."""
    plain = not (segments[span.first].bold or segments[span.first].capitals)
    for i in range(span.first + 1, span.last + 1):
        before, s = segments[i - 1], segments[i]
        if RECORD.fullmatch(s.text.strip()):
            return i - 1
        stopped = before.text.endswith((".", ":")) and not is_number_alone(before)
        if plain and stopped and not (s.bold or s.capitals) and not s.opens:
            return i - 1
    return span.last


def _item(segments: Sequence[Segment], span: Span, head: int) -> Item | None:
    last = span.last
    text = " ".join(s.text for s in segments[span.first : last + 1])
    number = number_of(text)
    minute = None
    if number and number.shape in MINUTE_NUMBERS and (own := number_of(text[number.end :])):
        if own.shape in ("decimal", "level"):
            minute, text = number.text, text[number.end :]
            number = own
    elif number and number.shape == "decimal" and text.isupper() and (own := number_of(text[number.end :])):
        if own.shape == "letter":  # "1. A. INTERVIEWS": the heading above it has no title
            number = own._replace(end=number.end + own.end)
    reference, title = title_of(text[number.end :] if number else text)
    if not title and last + 1 < len(segments):  # the number stands in a line or column of its own
        last += 1
        reference, title = title_of(segments[last].text)
    if number and minute is None and (behind := MINUTE_BEHIND.search(title)):
        minute, title = behind["number"], title[: behind.start()]
    below = ITEM_REF.match(segments[last + 1].text) if last + 1 < len(segments) else None
    agenda = below["number"] if below else reference
    if (
        sum(c.isalpha() for c in title) < FEWEST_LETTERS
        or len(title.split()) > MOST_WORDS * 2
        or _is_no_business(title, text, numbered=bool(number or agenda), early=span.first <= head)
    ):
        return None
    printed = number.text if number else None
    return Item(
        agenda or printed,
        title,
        span.first,
        last,
        segments[span.first].start,
        segments[last].end,
        span.sure,
        number.shape if number else "decimal" if agenda else None,
        minute or (printed if agenda and printed != agenda else None),
    )


def _is_no_business(title: str, text: str, *, numbered: bool, early: bool) -> bool:
    """The paper's own heading, or a line that opens a motion."""
    bare = text.strip(" .")
    if early and (not numbered or _is_street(bare)):
        return True
    face = FACE.match(bare) and (early or " " in bare)  # "MINUTES" further down is what they were read under
    if not numbered and (face or DAY_ALONE.match(title) or (early and BODY_ALONE.match(title))):
        return True
    if not numbered and (BESIDE_A_CASE.match(title) or NO_BUSINESS.fullmatch(bare.strip(" :"))):
        return True
    if not numbered and len(title.split()) <= FEW_WORDS and SAYS_WHAT_CAME_OF_IT.match(title):
        return True
    if not numbered and RECORDED.match(title):
        return True
    if DAY_ALONE.match(bare):  # "18 May 2022" has no number
        return True
    name, _, post = text.partition(",")
    if INITIAL.match(text) and is_person(name.strip()) and any(is_role_word(w) for w in post.split()[:4]):
        return True  # "C. Moore, Director"
    if (
        BOILERPLATE.match(title)
        or CORRECTS.search(title)
        or RECORD.fullmatch(bare)
        or (not numbered and APPENDED.match(title))
    ):
        return True
    if len(pair := re.split(r"\s+[–—-]\s+", title)) == 2 and all(
        INITIAL.match(p) and is_person(p) for p in pair
    ):
        return True  # who moved and seconded: "A. Foss – B. Lund"
    return bool(ITEM_REF.match(text))


def _numbered_below(segments: Sequence[Segment], items: list[Item]) -> list[Item]:
    """Where minutes print the number in front of the text under each heading, the number is the heading's and
    its text no heading."""
    bare = [i for i in items if i.number is None and _is_set_apart(segments[i.first])]
    below = {
        i.first: n
        for i in bare
        if i.last + 1 < len(segments)
        and (n := number_of(segments[i.last + 1].text))
        and n.shape in NUMBER_BELOW
    }
    if len(below) < FEWEST or len(below) < 0.5 * len(bare) or 1 not in _steps(list(below.values())):
        return items
    text = {i.last + 1 for i in bare if i.first in below}
    return [
        replace(i, number=n.text, shape=n.shape) if (n := below.get(i.first)) else i
        for i in items
        if i.first not in text
    ]


def _is_set_apart(s: Segment) -> bool:
    return s.view.block.kind == "heading" or s.bold or s.capitals


def _steps(numbers: Sequence[Number]) -> set[int]:
    last = [int(re.findall(r"\d+", n.text)[-1 if "/" not in n.text else 0]) for n in numbers]
    return {b - a for a, b in itertools.pairwise(last)}


def _with_minute_numbers(items: list[Item]) -> list[Item]:
    """Numbers that carry their year or body, and plain ones that count the year's minutes, are the
    minutes'."""
    plain = next(
        (
            int(i.number or 0)
            for i in items
            if i.shape in ("decimal", "spaced") and (i.number or "").isdigit()
        ),
        0,
    )
    over_the_year = plain > AGENDA_BEGINS
    return [
        replace(i, minute=i.number, number=None)
        if i.minute is None
        and i.number
        and (
            i.shape in MINUTE_NUMBERS
            or (
                over_the_year
                and i.shape in ("decimal", "spaced")
                and i.number.isdigit()
                and int(i.number) > AGENDA_BEGINS
            )
        )
        else i
        for i in items
    ]


def _with_parents(items: list[Item]) -> list[Item]:
    """What is numbered in another manner stands under the last item of the manner before; a digit in brackets
    is printed with the number that it is under."""
    out: list[Item] = []
    open_: list[Item] = []
    for item in items:
        if item.number is None:
            out.append(item)
            open_ = [] if item.minute is None and item.shape is None else open_
            continue
        while open_ and (open_[-1].shape == item.shape and _depth(open_[-1]) >= _depth(item)):
            open_.pop()
        if any(o.shape == item.shape and _depth(o) >= _depth(item) for o in open_):
            while open_ and not (open_[-1].shape == item.shape and _depth(open_[-1]) >= _depth(item)):
                open_.pop()
            open_.pop()
        under = open_[-1] if open_ else None
        new = item
        if under is not None and (item.shape != "decimal" or under.shape in ("roman", "letter")):
            number = item.number
            if item.shape == "bracketed" and number.isdigit() and under.shape in ("decimal", "spaced"):
                number = f"{under.number}({number})"
            new = replace(item, number=number, parent=under.number)
        out.append(new)
        open_.append(new)
    return out


def _depth(item: Item) -> int:
    return (item.number or "").count(".") if item.shape == "level" else 0
