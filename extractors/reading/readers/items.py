"""Agenda items: the numbered list of a front sheet, the headings of minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.cues.load import is_one_of, pattern
from extractors.layout.markers import as_number, is_bullet, parse
from extractors.mentions.dates import dates_in
from extractors.mentions.names import title_words
from extractors.mentions.people import people_in
from extractors.reading.doc import Sheet, View
from extractors.reading.facts import ItemFact
from extractors.reading.readers.motions import is_motion_opener, moved_motions

PAGES = re.compile(
    r"\(?\s*(?:\b(?:pages?|pp?\.?|pgs?\.?)\s*)?\b(?P<a>\d{1,4})\s*[-–—]\s*(?P<b>\d{1,4})\s*\)?(?=\s|$)", re.I
)
PAGES_SAID = re.compile(
    r"\(?\s*\b(?:pages?|pp\.?|pgs?\.?)\s*(?P<a>\d{1,4})\s*(?:(?:[-–—]|to)\s*(?P<b>\d{1,4}))?\s*\)?", re.I
)
ITEM_REF = re.compile(
    r"^\(?(?:agenda\s+)?item\s*(?:no\.?|number)?\s*(?P<number>\d{1,3}[a-z]?(?:\.\d{1,2})?(?:\([0-9a-z"
    r"]{1,3}\))?)\)?\.?$",
    re.I,
)
"""The line under a heading of minutes that says which item of the agenda it minutes: "(Item 3)"."""
CLOSED = re.compile(rf"\b(?:{pattern('items.exempt')})\b", re.I)
SECTION = re.compile(
    r"\b(?:(?P<open>unrestricted|open|public|non-exempt|part (?:i|1|a)\b)|(?P<closed>exempt"
    r"|restricted|private|confidential|in camera|part (?:ii|2|b)\b))\b.{0,30}\b(?:items?|session"
    r"|business|agenda)?",
    re.I,
)
EXEMPT_REASON = re.compile(
    r"(?:schedule 12a|section 239|s\.\s?239|section 100a|exempt information|paragraphs? \d+ of"
    r"|clause \d|section 48|freedom of information)[^.;]{0,140}",
    re.I,
)
FOLLOW = re.compile(
    r"\s*[-–—(]?\s*\b(?:to follow|attached|enclosed|report attached|herewith"
    r"|previously circulated)\b\.?\)?\s*$",
    re.I,
)
TRAILER = re.compile(r"\s*[-–—]*\s*(?:https?://\S+)?\s*$")
MINUTE_NUMBER = re.compile(
    r"^(?P<number>\d{2,4}/\d{1,4}|[A-Z]{1,4}\d{0,2}[/.-]\d{1,4})[.:]?\s+(?P<title>[A-Z].*)$"
)
"""A minute's number that carries its year or its body, in front of a heading: "24/112 Apologies", "FC/14
Budget"."""
BARE_NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})?)\s+(?P<title>[A-Z].*)$")
"""A heading's number set off by a word space only: believed where several headings have one."""
NOT_AN_ITEM = re.compile(
    r"^(?:resolved|decision|recommendations?|action|minutes|agenda|attendance|present|motion"
    r"|amendment|vote|for|against|abstain\w*|in favour)\b",
    re.I,
)
TITLE_WORDS = 60


@dataclass
class Counter:
    """How far a front sheet's numbering has come."""

    top: int = 0
    letter: str = ""
    sub: int = 0
    family: str | None = None
    subfamily: str | None = None


def find_items(sheet: Sheet) -> list[ItemFact]:
    """The items of the part's meeting, in order."""
    if sheet.part.kind == "agenda":
        found = list(_agenda_items(sheet)) or list(_headed_agenda(sheet))
        return _closed_sections(sheet, _with_bodies(sheet, found))
    if sheet.part.kind == "minutes":
        return _with_bodies(sheet, _without_letterhead(sheet, list(_minute_items(sheet))))
    return []


def _without_letterhead(sheet: Sheet, items: list[ItemFact]) -> list[ItemFact]:
    """Where items are numbered, headings above the line with the meeting's day and those of the roll are none
    of them."""
    if not any(i.number or i.minute_number for i in items):
        return items
    dated = next((v.start for v in sheet.views[:8] if next(dates_in(v.text), None)), 0)
    roll = ("attendance.apologies", "attendance.present", "attendance.officers", "attendance.absent")
    return [
        i
        for i in items
        if i.number
        or i.minute_number
        or (i.start > dated and not any(is_one_of(name, i.title) for name in roll))
    ]


# --- a front sheet ---


def _agenda_items(sheet: Sheet) -> Iterator[ItemFact]:
    """Blocks whose numbers go on from one another: 1, 2, 3 at the top, (1), (2) or a), b) below.

    A number that does not follow is another list (a note, a rule of procedure) and is passed over.
    """
    count = Counter()
    last_top = ""
    views = sheet.views
    for i, view in enumerate(views):
        marker = view.block.marker
        if not marker or is_bullet(marker) or not view.body:
            continue
        mark = parse(marker)
        number = as_number(mark)
        if number is None:
            continue
        bare = marker.strip("().")
        nested = re.fullmatch(r"(\d+)[.(](\d+)", bare)
        if nested and nested[1] == str(count.top) and int(nested[2]) == count.sub + 1:
            count.sub += 1
            yield _agenda_item(
                sheet,
                view,
                views[i + 1 : i + 3],
                bare if "." in bare else f"{nested[1]}({nested[2]})",
                last_top,
            )
        elif (
            "decimal" in mark.family
            and (count.family in (None, mark.family))
            and len(mark.parts) == 1
            and _follows(number, count)
        ):
            if count.family is None and not _opens_list(views[i:], mark.family):
                continue
            count.top, count.sub, count.family, count.subfamily = number, 0, mark.family, None
            last_top = str(number)
            yield _agenda_item(sheet, view, views[i + 1 : i + 3], last_top, None)
        elif (
            count.top
            and mark.family != count.family
            and number == count.sub + 1
            and count.subfamily in (None, mark.family)
            and _is_sub(view)
        ):
            count.sub, count.subfamily = number, mark.family
            yield _agenda_item(sheet, view, views[i + 1 : i + 3], f"{last_top}({mark.bare})", last_top)


LETTERED = re.compile(r"^(?P<letter>[A-Z])[.)]\s+(?P<title>\S.*)$")


def _headed_agenda(sheet: Sheet) -> Iterator[ItemFact]:
    """An agenda without numbers, as American cities print: headings from the first usual topic on, and
    lettered business below them."""
    begun, letters = False, 0
    for view in sheet.views:
        m = LETTERED.match(view.text)
        if m and begun and ord(m["letter"]) - 64 == letters + 1:
            letters += 1
            yield replace(
                _agenda_item(sheet, view, [], m["letter"], None),
                title=FOLLOW.sub("", " ".join(m["title"].split())),
                confidence=0.85,
            )
        elif (
            view.block.kind == "heading"
            and not view.block.marker
            and (begun or is_topic(view.text))
            and len(view.text.split()) <= 16
            and not next(dates_in(view.text), None)
        ):
            begun = True
            yield ItemFact(
                start=view.start, end=view.end, confidence=0.75, number=None, title=view.text.strip(" :")
            )


def _follows(number: int, count: Counter) -> bool:
    return number == 1 if count.top == 0 else count.top < number <= count.top + 2


def _opens_list(views: list[View], family: str) -> bool:
    """A first item is believed when a second follows it."""
    return any(
        v.block.marker
        and parse(v.block.marker).family == family
        and as_number(parse(v.block.marker)) in (2, 3)
        for v in views[1:40]
    )


def _is_sub(view: View) -> bool:
    """A sub-item is a title: a heading, or short."""
    return view.block.kind == "heading" or len(view.body.split()) <= 30


def _agenda_item(sheet: Sheet, view: View, after: list[View], number: str, parent: str | None) -> ItemFact:
    title, first, last = _title_and_pages(view)
    end = view.end
    for follower in after:  # a range on its own line below the title
        m = PAGES.fullmatch(follower.text.strip()) or PAGES_SAID.fullmatch(follower.text.strip())
        if m and first is None:
            first, last = m["a"], m["b"] or m["a"]
        if follower.block.marker or m is None:
            break
    reason = EXEMPT_REASON.search(view.text)
    closed = bool(CLOSED.search(view.text)) and not re.search(r"\bunrestricted\b", view.text, re.I)
    return ItemFact(
        start=view.start,
        end=end,
        confidence=0.97,
        number=number,
        title=title,
        parent_number=parent,
        label_from=first,
        label_to=last,
        for_information=bool(re.search(rf"\b{pattern('items.for_information')}\b", view.text, re.I)),
        exempt=closed,
        exempt_reason=reason.group().strip() if closed and reason else None,
    )


def _title_and_pages(view: View) -> tuple[str, str | None, str | None]:
    """The title without the page range, wherever the range's column put it, and the range."""
    title = _bold_title(view) or view.body
    first = last = None
    m = PAGES_SAID.search(view.body) or PAGES.search(view.body[-14:])
    if m:
        first, last = m["a"], m["b"] or m["a"]
    title = PAGES_SAID.sub(" ", title)
    title = re.sub(PAGES.pattern + r"\s*$", " ", title, flags=re.I)
    title = FOLLOW.sub("", " ".join(title.split()))
    words = title.split()
    if len(words) > TITLE_WORDS:
        title = re.split(r"(?<=[a-z)])[.:;]\s", title)[0]
    return TRAILER.sub("", title).strip(), first, last


def _bold_title(view: View) -> str | None:
    """Where a title is set bold and its explanation plain within one block, the bold words are the title."""
    words = view.block.words[1:] if view.block.marker else view.block.words
    if not words or not words[0].bold or all(w.bold for w in words):
        return None
    bold = [w.text for w in words[: next(i for i, w in enumerate(words) if not w.bold)]]
    rest = [w for w in words[len(bold) :] if w.bold]
    return " ".join(bold) if len(bold) >= 2 and not rest else None


def _closed_sections(sheet: Sheet, items: list[ItemFact]) -> list[ItemFact]:
    """Items under a heading such as EXEMPT ITEMS are exempt; those under UNRESTRICTED ITEMS are not."""
    out: list[ItemFact] = []
    marks = [
        (v.start, SECTION.search(v.text))
        for v in sheet.views
        if v.block.kind == "heading" and not v.block.marker and len(v.text.split()) <= 12
    ]
    for item in items:
        last = next((m for start, m in reversed(marks) if start < item.start and m), None)
        closed = last is not None and last["closed"] is not None
        out.append(
            replace(
                item,
                exempt=item.exempt or closed,
                exempt_reason=item.exempt_reason or (last.string.strip() if closed and last else None),
            )
        )
    return out


# --- minutes ---


def _minute_items(sheet: Sheet) -> Iterator[ItemFact]:
    """Headings: numbered like the agenda, minute-numbered with the item under them, or plain with the item
    under them."""
    views = sheet.views
    referred = any(ITEM_REF.match(v.text) for v in views)
    count = Counter()
    last_top = ""
    begun = False
    start = _business_begins(views)
    bare = (
        sum(
            bool(BARE_NUMBER.match(v.text)) for v in views if v.block.kind == "heading" and not v.block.marker
        )
        >= 3
    )
    motions = [(m.start, m.end) for m in moved_motions(sheet)]
    for i, view in enumerate(views):
        spaced = (
            BARE_NUMBER.match(view.text)
            if bare
            and not next(dates_in(view.text), None)
            and view.block.kind == "heading"
            and not view.block.marker
            else None
        )
        if (i < start and not spaced) or any(a <= view.start < b for a, b in motions):
            continue
        if spaced:
            yield _minute_item(
                view,
                spaced["number"],
                spaced["title"].strip(" :"),
                None,
                spaced["number"].partition(".")[0] if "." in spaced["number"] else None,
                0.9,
            )
            begun = True
            continue
        reference = next((m for v in views[i + 1 : i + 2] if (m := ITEM_REF.match(v.text))), None)
        if reference is None and view.block.kind != "heading":
            label = view.body.partition(":")[0]
            shouted = (
                bool(view.block.marker)
                and _is_label_heading(view)
                and label.isupper()
                and not NOT_AN_ITEM.match(label)
            )
            if (
                not ((_is_label_heading(view) or is_topic(view.text)) and not referred and count.top == 0)
                and not shouted
            ):
                continue
        if (
            is_motion_opener(view.text)
            or ITEM_REF.match(view.text)
            or is_one_of("decisions.resolved", view.body)
            or is_one_of("decisions.carried", view.body)
        ):
            continue
        marker = view.block.marker if not is_bullet(view.block.marker or " ") else ""
        shouted = view.block.kind != "heading" and ":" in view.body and view.body.partition(":")[0].isupper()
        title = view.body.partition(":")[0].strip() if shouted else _clean_title(view)
        numbered = MINUTE_NUMBER.match(title) if view.block.kind == "heading" and not marker else None
        if numbered:
            yield _minute_item(
                view,
                reference["number"] if reference else None,
                numbered["title"],
                numbered["number"],
                None,
                0.93,
            )
            begun = True
            continue
        if (
            not title
            or (NOT_AN_ITEM.match(title) and reference is None and not marker)
            or len(title.split()) > 45
        ):
            continue
        if reference:
            number = reference["number"]
            minute = marker.strip("().") if marker and marker.strip("().") != number else None
            parent = re.match(r"\d+", number)
            yield _minute_item(
                view, number, title, minute, parent[0] if parent and parent[0] != number else None, 0.97
            )
        elif marker:
            item = _numbered_minute(view, title, count, last_top)
            if item:
                last_top = item.number or last_top if item.parent_number is None else last_top
                yield item
        elif not referred and count.top == 0 and (is_topic(view.text) or not _is_aside(sheet, view)):
            yield _minute_item(view, None, _label_of(title), None, None, 0.7)
        elif referred and not begun and _has_business(views, i):
            yield _minute_item(
                view, None, title, None, None, 0.75
            )  # taken before the agenda's first item: an election of chair
        begun = begun or reference is not None


def _minute_item(
    view: View, number: str | None, title: str, minute: str | None, parent: str | None, confidence: float
) -> ItemFact:
    return ItemFact(
        start=view.start,
        end=view.end,
        confidence=confidence,
        number=number,
        title=title,
        minute_number=minute,
        parent_number=parent,
    )


def _numbered_minute(view: View, title: str, count: Counter, last_top: str) -> ItemFact | None:
    mark = parse(view.block.marker)
    number = as_number(mark)
    bare = view.block.marker.strip("().")
    if number is None:
        return None
    nested = re.fullmatch(r"(\d+)[.(](\d+)", bare)
    if nested and nested[1] == str(count.top):
        count.sub = int(nested[2])
        return _minute_item(
            view, bare if "." in bare else f"{nested[1]}({nested[2]})", title, None, nested[1], 0.93
        )
    if "decimal" in mark.family and len(mark.parts) == 1 and count.family in (None, mark.family):
        if (count.top == 0 and number > 20) or (count.family == mark.family and count.top > 20):
            count.top, count.family = (
                number,
                mark.family,
            )  # a run of minute numbers over the year, not the agenda's own
            return _minute_item(view, None, title, bare, None, 0.93)
        if count.top == 0 or count.top < number <= count.top + 4:
            count.top, count.sub, count.family, count.subfamily = number, 0, mark.family, None
            return _minute_item(view, bare, title, None, None, 0.95)
        return None
    if count.top and mark.family != count.family and number <= count.sub + 2:
        count.sub, count.subfamily = number, mark.family
        return _minute_item(view, f"{last_top}({mark.bare})", title, None, last_top, 0.93)
    return None


def _has_business(views: list[View], i: int) -> bool:
    """Text stands under the heading, and the heading does not part open from closed items."""
    after = views[i + 1].block.kind if i + 1 < len(views) else "heading"
    return (
        after in ("paragraph", "numbered")
        and not SECTION.search(views[i].text)
        and len(views[i].text.split()) <= 12
    )


def is_topic(text: str) -> bool:
    """A line that is, or begins with a colon after, a topic that any council's minutes have."""
    return is_one_of("items.topics", text.partition(":")[0])


def _is_aside(sheet: Sheet, view: View) -> bool:
    """What looks like a heading and is none: a date, an hour, "Moved by", somebody's name, anything set large
    by a scan."""
    label = view.text.partition(":")[0]
    if (
        sheet.is_ocr(view)
        or re.match(r"^(?:time|moved|seconded|signed|dated?|mayor|clerk|chair\w*)\b", label, re.I)
        or next(dates_in(label), None)
    ):
        return True
    named = people_in(label)
    if label.isupper() and not any(p.title for p in named):
        return False  # a subject in capitals looks like a name in capitals; names of people stand on the roll
    return bool(named) or bool(title_words().match(label))


def _label_of(title: str) -> str:
    """ "Disclosure of pecuniary interest: None." is an item and what was said under it; a label of one word
    keeps its subject."""
    label, _, rest = title.partition(":")
    return label.strip() if rest and len(label.split()) >= 3 else title.strip(" .")


def _clean_title(view: View) -> str:
    label = view.body.partition(":")[0]
    bold = sum(w.bold for w in view.block.lines[0].words)
    cut = (
        is_topic(view.text) and bold <= len(label.split()) + 1
    )  # a subject set bold after the topic belongs to the title
    title = (label if cut else view.body).strip(" :–—-")
    title = re.sub(r"\s*\((?:agenda )?item \d+[a-z]?\)\s*$", "", title, flags=re.I)
    return PAGES_SAID.sub("", title).strip()


def _is_label_heading(view: View) -> bool:
    """A short bold line with a colon and no number: "Committee Reports:"; what follows the colon is its
    text."""
    first = view.block.lines[0]
    marker = view.block.marker
    label = re.match(
        r"^[A-Z][A-Za-z’' /&-]{3,70}:", first.text[len(marker) :].lstrip() if marker else first.text
    )
    bold = [w for w in first.words if w.bold and w.text != marker]
    return (
        bool(label) and len(bold) >= len(label.group().split())
        if label
        else view.block.kind == "heading" and len(view.text.split()) <= 16
    )


def _business_begins(views: list[View]) -> int:
    """The first block after the heading, the roll and the place of the meeting: where the last label of the
    roll stands."""
    roll = re.compile(
        rf"^\W*(?:{pattern('attendance.present')}|{pattern('attendance.officers')}"
        rf"|{pattern('attendance.others')}|{pattern('attendance.remote')}|attendance)\s*(?::|\(|$|-"
        rf"|–)",
        re.I,
    )
    sorry = re.compile(
        rf"^\W*(?:{pattern('attendance.apologies')}|{pattern('attendance.absent')})\s*:\s*\S", re.I
    )
    last = 0
    for i, view in enumerate(views[:40]):
        after = views[i + 1].text if i + 1 < len(views) else ""
        if ITEM_REF.match(after):
            break
        if (
            not view.block.marker
            and is_one_of("attendance.apologies", view.text)
            and last
            and people_in(after)
            and len(after.split()) < 8
        ):
            last = i + 1
            continue
        if sorry.match(view.text) and not view.block.marker and people_in(view.text.partition(":")[2]):
            last = i + 1
            continue
        if view.block.marker and view.block.kind == "heading" and last:
            break
        if (
            last
            and i > last
            and view.block.kind == "heading"
            and view.text.isupper()
            and not (roll.match(view.text) or sorry.match(view.text) or next(dates_in(view.text), None))
        ):
            break
        if is_topic(view.text) and not roll.match(view.text):
            last = max(last, i)
            break
        if not view.block.marker and re.search(
            r"\b(?:present|in attendance)\s+(?:were|was|included)\b", view.text, re.I
        ):
            last = i + 1  # a roll told in prose
            continue
        if roll.match(view.text) and not ITEM_REF.match(views[i + 1].text if i + 1 < len(views) else ""):
            last = i + 1
    return last


def _with_bodies(sheet: Sheet, items: list[ItemFact]) -> list[ItemFact]:
    """Each item reaches to where the next begins."""
    ends = [*(b.start for b in items[1:]), len(sheet.text)] if items else []
    return [replace(item, body_end=end) for item, end in zip(items, ends, strict=True)]


def item_at(items: list[ItemFact], at: int) -> ItemFact | None:
    """The item that the character stands under."""
    return next((i for i in reversed(items) if i.start <= at < max(i.body_end, i.end)), None)
