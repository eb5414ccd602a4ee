"""The pack told apart: agenda, minutes of an earlier meeting, reports, their appendices, blanks.

Four witnesses say where a part begins: item stamps, page ranges on the front sheet, bookmarks, and headings
at the top of a page. Each can be missing and each can be wrong, so a page begins a part when what speaks for
it weighs enough.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.cues.load import is_one_of
from extractors.model import FURNITURE, Block, Layout, OutlineEntry, Paper, Part, PartKind

FRONT_PAGES = 8
ENOUGH = 0.6

APPENDIX = re.compile(
    r"^\W*(?:appendix|appendices|annexe?|addendum|enclosure|attachment"
    r"|schedule)\b(?:\s+(?P<name>[0-9]{1,2}[a-z]?|[A-Z]{1,2}[0-9]?|[ivx]{1,4})\b)?",
    re.I,
)
MINUTES = re.compile(
    r"^(?:draft |unconfirmed |confirmed |printed )*(?:minutes\b|minute of\b)|\bminutes? of (?:(?:a|an"
    r"|the) .{0,60})?meeting\b|\bminutes$",
    re.I,
)
RESOLVED = re.compile(r"^\W*(?:UNANIMOUSLY\s+|IT WAS\s+(?:UNANIMOUSLY\s+)?|[\d.]{1,6}\s+)?RESOLVED\b")
"""Minutes that do not call themselves so have a roll and say what was resolved."""
AGENDA = re.compile(
    r"^\W*(?:(?:amended|revised|draft|council|public|summons to and"
    r"|supplementary) )*agenda\b(?! item)|^(?!\W*(?:adoption|approval|additions|order|review"
    r"|confirmation|changes|items)\b)\W*(?:[\w’&'.-]+ ){1,6}agenda(?:\s*[-–:].*)?$",
    re.I,
)
MET = re.compile(
    r"\b(?:met|convened|was held)\b[^.]{0,40}\b(?:in|for)\s+(?:a\s+|its\s+)?(?:regular|special|open"
    r"|emergency|executive|called|adjourned)\s+(?:session|meeting)\b|\b(?:commissioners|members"
    r"|trustees|supervisors|aldermen|councilmembers|councillors)\s+present\s+were\b",
    re.I,
)
"""Minutes that tell in prose that the body met, and who was there."""
SUMMONED = re.compile(
    r"\bsummoned to (?:attend|a meeting)\b|\b(?:meeting|council|committee)\b.{0,60}\b(?:will|is to"
    r"|to) be held\b|\bnotice is (?:hereby )?given\b|\brequested to attend\b",
    re.I,
)
"""What calls a meeting that is still to come."""
DECISION = re.compile(
    r"\b(?:record of (?:executive |officer |delegated )?decision|decision (?:notice|record|sheet)"
    r"|notice of decisions?)\b",
    re.I,
)
SUPPLEMENT = re.compile(
    r"\b(?:supplement(?:ary)? (?:agenda|pack|papers?)|agenda supplement|to follow papers?)\b", re.I
)
REPORT_FIELD = re.compile(
    r"^(?:from|to|by|report (?:to|of|by|author|no\.?|number)|subject|title|classification|decision no"
    r"|lead officer|ward|prepared by|"
    r"report title|date of meeting|electoral division|past pathway|future pathway)\b[^:]{0,30}:",
    re.I,
)
RANGE = re.compile(
    r"\(?(?:\b(?:pages?|pp?\.?|pgs?\.?)\s*)?\b(?P<a>\d{1,4})\s*[-–—]\s*(?P<b>\d{1,4})\)?\s*$", re.I
)
ITEM_IN_TITLE = re.compile(
    r"^(?:agenda )?(?:item )?(?P<number>\d{1,3}[a-z]?(?:\.\d{1,2})?(?:\([0-9a-z]{1,3}\))?)[.:)]?\s+(?"
    r"P<title>\S.*)$",
    re.I,
)


@dataclass
class Start:
    """What is known of a page that may begin a part."""

    weight: float = 0.0
    item: str | None = None
    title: str | None = None
    appendix: bool = False
    witnesses: list[str] = field(default_factory=lambda: list[str]())

    def hear(self, witness: str, weight: float) -> None:
        """Add a witness; two that agree are surer than either."""
        self.witnesses.append(witness)
        self.weight = 1 - (1 - self.weight) * (1 - weight)


def tell_apart(paper: Paper, layout: Layout) -> list[Part]:
    """The parts in page order; together they hold every page exactly once."""
    by_page = _blocks_by_page(layout)
    starts = _starts(paper, layout, by_page)
    n = len(paper.pages)
    begin = sorted({1, *(p for p, s in starts.items() if s.weight >= ENOUGH)})
    parts: list[Part] = []
    for first, after in zip(begin, [*begin[1:], n + 1], strict=True):
        last = after - 1
        while last > first and last in layout.blanks:
            last -= 1
        parts.append(_part(len(parts), first, last, starts.get(first, Start()), parts, layout, by_page))
        if last < after - 1:
            parts.append(Part(len(parts), "blank", "", last + 1, after - 1, parts[-1].item_number, 0.99))
    return [
        replace(p, blocks=tuple(_blocks_between(layout, p.page_from, p.page_to)))
        for p in _split_leading_blanks(parts, layout)
    ]


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


def _starts(paper: Paper, layout: Layout, by_page: dict[int, list[Block]]) -> dict[int, Start]:
    starts: dict[int, Start] = defaultdict(Start)
    for page, item in layout.stamps.items():
        starts[page].hear("stamp", 0.95)
        starts[page].item = item
    _hear_ranges(starts, paper, layout, by_page)
    _hear_outline(starts, paper.outline, by_page)
    _hear_headings(starts, paper, layout, by_page)
    for page in layout.blanks:
        starts.pop(page, None)
    return starts


def _is_front_sheet(by_page: dict[int, list[Block]]) -> bool:
    """The paper opens with an agenda: the word as a heading, or several page ranges, within the first
    pages."""
    opening = [line.text for page in range(1, 4) for b in by_page.get(page, []) for line in b.lines]
    said = any(
        AGENDA.match(t) or (re.search(r"\bitems on the agenda\b|\bagenda\b", t, re.I) and len(t) < 60)
        for t in opening
    )
    return said or sum(bool(RANGE.search(t)) for t in opening) >= 3


def page_of_label(layout: Layout, n_pages: int) -> dict[str, int]:
    """The page that a printed number names: the first page with that label; the page's own count where none
    is printed."""
    out: dict[str, int] = {}
    for page in sorted(layout.labels):
        out.setdefault(layout.labels[page], page)
    return out if len(out) > 0.5 * n_pages else {str(p): p for p in range(1, n_pages + 1)}


def _hear_ranges(
    starts: dict[int, Start], paper: Paper, layout: Layout, by_page: dict[int, list[Block]]
) -> None:
    n = len(paper.pages)
    if n < 4 or not _is_front_sheet(by_page):
        return
    pages, last = page_of_label(layout, n), 0
    for page in range(1, min(FRONT_PAGES, n) + 1):
        if starts and page in starts and starts[page].item:
            return
        for block in by_page.get(page, []):
            for line in block.lines:
                m = RANGE.search(line.text)
                first, end = (pages.get(m["a"]), int(m["b"])) if m else (None, 0)
                if m and first and int(m["a"]) <= end and first > max(last, page):
                    starts[first].hear("range", 0.7)
                    last = first


def _hear_outline(
    starts: dict[int, Start], outline: Sequence[OutlineEntry], by_page: dict[int, list[Block]]
) -> None:
    """A bookmark counts when its page is stamped, when it names an appendix or minutes, or when the front
    sheet lists its title."""
    front = _letters(" ".join(b.text for page in range(1, FRONT_PAGES + 1) for b in by_page.get(page, [])))
    agenda = _is_front_sheet(by_page)
    seen: set[int] = set()
    for entry in outline:
        if entry.level > 3 or entry.page in seen:
            continue
        m = ITEM_IN_TITLE.match(entry.title)
        title = m["title"] if m else entry.title
        start = starts[entry.page]
        appendix = bool(APPENDIX.match(title))
        listed = agenda and entry.page > 1 and len(title) > 8 and _letters(title) in front
        if not (start.item or appendix or listed or (agenda and (MINUTES.search(title) or entry.page == 1))):
            continue
        seen.add(entry.page)
        start.hear("bookmark", 0.75)
        start.title = start.title or title
        start.appendix = appendix
        start.item = start.item or (m["number"] if m and listed else None)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _hear_headings(
    starts: dict[int, Start], paper: Paper, layout: Layout, by_page: dict[int, list[Block]]
) -> None:
    before: str | None = None
    closed = _minutes_close(by_page)
    bookmarked = sum("bookmark" in s.witnesses for s in starts.values()) >= 3
    for page in range(1, len(paper.pages) + 1):
        blocks = by_page.get(page, [])[:5]
        if not blocks:
            continue
        start = starts[page]
        first = blocks[0]
        appendix = (
            APPENDIX.match(first.text)
            if len(first.words) <= 25 and first.kind in ("heading", "paragraph", "caption")
            else None
        )
        name = (appendix["name"] or "").upper() if appendix else None
        if appendix and (first.kind == "heading" or name) and name != before:
            # software that bookmarks every paper would have bookmarked this one: else it is an appendix
            # within a report
            start.hear("appendix heading", 0.4 if bookmarked else 0.65)
            start.appendix = True
            start.title = start.title or first.text
        before = name if appendix else before
        if page - 1 in closed:
            start.hear("after the minutes' close", 0.65)
        blank_before = page - 1 in layout.blanks
        if any(b.kind == "heading" and len(b.words) <= 14 and MINUTES.search(b.text) for b in blocks[:4]):
            start.hear("minutes heading", 0.65 if _has_roll(by_page.get(page, [])) else 0.3)
        if sum(bool(REPORT_FIELD.match(line.text)) for b in blocks for line in b.lines) >= 2:
            start.hear("report head", 0.65)
        if blank_before:
            start.hear("after a blank", 0.35 if first.kind == "heading" else 0.2)
        if (
            _letters(first.text)
            and first.kind == "heading"
            and first.lines[0].size > 1.15 * max(first.body_size, 1)
        ):
            start.hear("large heading", 0.15)


CLOSE = re.compile(
    r"\bmeeting (?:rose|closed|ended|concluded|finished|terminated|adjourned|was (?:closed|adjourned"
    r"|declared closed))\b|\bthat the meeting (?:be|is|stand) (?:hereby )?(?:adjourned|closed)"
    r"|\bmotion to adjourn\b",
    re.I,
)
GOES_ON = re.compile(r"^\(?item \d|^(?:[A-Z]{0,4}\d{2,4}[-/]\d{1,4})\s+[A-Z]|^(?:moved|resolved)\b", re.I)


def _minutes_close(by_page: dict[int, list[Block]]) -> set[int]:
    """Pages on which minutes end: the meeting rises and no business is minuted on the page after."""
    out: set[int] = set()
    for page, blocks in by_page.items():
        said = [i for i, b in enumerate(blocks) if len(b.words) < 60 and CLOSE.search(b.text)]
        later = [*blocks[said[-1] + 1 :], *by_page.get(page + 1, [])] if said else []
        if (
            said
            and not any(GOES_ON.match(b.text) for b in later)
            and not any(b.kind == "heading" and re.match(r"\d", b.marker) for b in later)
        ):
            out.add(page)
    return out


ROLL = re.compile(
    r"^(?:members |councillors |also |committee members|those )?(?:present|in attendance|attendance"
    r"|attended)\b",
    re.I,
)


def _has_roll(blocks: Sequence[Block]) -> bool:
    """A line that is, or begins with, the label of a roll in any convention."""
    return any(ROLL.match(line.text) or _is_roll_label(line.text) for b in blocks for line in b.lines)


def _is_roll_label(text: str) -> bool:
    label = re.split(r":|\s-\s", text, maxsplit=1)[0]
    return len(label) < 60 and any(
        is_one_of(name, piece)
        for piece in re.split(r"\s*/\s*", label)
        for name in ("attendance.present", "attendance.officers", "attendance.apologies")
    )


def _part(
    index: int,
    first: int,
    last: int,
    start: Start,
    before: list[Part],
    layout: Layout,
    by_page: dict[int, list[Block]],
) -> Part:
    blocks = [b for page in range(first, min(last, first + 2) + 1) for b in by_page.get(page, [])]
    real = [p for p in before if p.kind != "blank"]
    item = start.item or (real[-1].item_number if real and (start.appendix or not start.item) else None)
    kind = _kind(blocks, start, real, index)
    title = start.title or _title(blocks)
    m = ITEM_IN_TITLE.match(title)
    if m and start.item and m["number"] == start.item:
        title = m["title"]
    return Part(index, kind, title, first, last, item, round(max(0.5, min(0.99, start.weight or 0.8)), 2))


def _title(blocks: Sequence[Block]) -> str:
    """The first heading that is more than a name and a date; else the first words of the page."""
    headings = [b.text for b in blocks if b.kind == "heading"]
    return (headings[0] if headings else " ".join(blocks[0].text.split()[:20]) if blocks else "")[:300]


def _kind(blocks: Sequence[Block], start: Start, before: Sequence[Part], index: int) -> PartKind:
    if start.appendix:
        return "appendix"
    opening = [b.text for b in blocks[:14]]
    if _reads_as_minutes(start.title, blocks):
        return "minutes"
    if index == 0 and _reads_as_agenda(blocks, opening):
        return "agenda"
    if start.item and before and before[-1].item_number == start.item and "stamp" not in start.witnesses:
        return "appendix"
    if before and not start.item and before[-1].item_number and before[-1].kind in ("report", "appendix"):
        return "appendix"
    if (
        not start.item
        and not _reads_as_report(blocks)
        and (index == 0 or "after the minutes' close" in start.witnesses)
    ):
        return "other"
    return "report"


def _reads_as_minutes(title: str | None, blocks: Sequence[Block]) -> bool:
    short = [b.text for b in blocks[:10] if len(b.words) <= 40]
    if _calls_a_meeting(blocks):
        return False
    if any(MET.search(b.text) for b in blocks[:6]):
        return True
    said = (
        any(MINUTES.search(t) for t in short)
        or bool(title and MINUTES.search(title))
        or any(RESOLVED.match(b.text) for b in blocks)
    )
    return _has_roll(blocks) and said


def _calls_a_meeting(blocks: Sequence[Block]) -> bool:
    """A summons or an agenda's heading near the top, and nobody present below."""
    opening = blocks[:14]
    called = any(SUMMONED.search(b.text) or re.fullmatch(r"\W*agenda\W*", b.text, re.I) for b in opening)
    return called and not any(
        ROLL.match(line.text) or RESOLVED.match(line.text) for b in blocks for line in b.lines
    )


def _reads_as_agenda(blocks: Sequence[Block], opening: Sequence[str]) -> bool:
    if any(DECISION.search(t) for t in opening):
        return False
    said = any(
        AGENDA.search(line.text) and len(line.text) < 90 for b in blocks[:14] for line in b.lines
    ) or any(re.search(r"\bitems on the agenda\b", b.text, re.I) for b in blocks)
    return said or sum(bool(RANGE.search(b.text)) for b in blocks) >= 3


def _reads_as_report(blocks: Sequence[Block]) -> bool:
    fields = sum(bool(REPORT_FIELD.match(line.text)) for b in blocks[:12] for line in b.lines)
    return fields >= 2 or any(
        re.match(
            r"^(?:\d+\.?\s*)?(?:recommendation|executive summary|introduction|background|purpose)",
            b.text,
            re.I,
        )
        for b in blocks
    )


def kind_of_document(parts: Sequence[Part]) -> str:
    """agenda_pack, agenda, minutes, decisions, report, supplement or other, from the parts and the first
    words."""
    real = [p for p in parts if p.kind != "blank"]
    if not real:
        return "other"
    opening = " ".join(b.text for b in real[0].blocks[:12])[:1500]
    if DECISION.search(opening):
        return "decisions"
    if SUPPLEMENT.search(opening):
        return "supplement"
    if real[0].kind == "agenda":
        return "agenda_pack" if len(real) > 1 else "agenda"
    if real[0].kind in ("report", "minutes"):
        return real[0].kind
    return "other"
