"""Where parts begin. Four witnesses say so: item stamps, page ranges on the front sheet, bookmarks, headings.
Each can be missing and each can be wrong, so what speaks for a page is weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.model import Block, Layout, OutlineEntry, Paper
from extractors.parts.signs import AGENDA, APPENDIX, ITEM_IN_TITLE, MINUTES, RANGE, REPORT_FIELD, has_roll

FRONT_PAGES = 8
FRONT = re.compile(r"\bagenda\b(?!\s*:\s*(?:link|https?|attached|here)\b)", re.I)


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


def find_starts(paper: Paper, layout: Layout, by_page: dict[int, list[Block]]) -> dict[int, Start]:
    """By page, what speaks for a part's beginning there; `by_page` holds the blocks without furniture."""
    starts: dict[int, Start] = defaultdict(Start)
    if _is_printed_web_page(paper, layout):
        return starts
    for page, item in layout.stamps.items():
        starts[page].hear("stamp", 0.95)
        starts[page].item = item
    _hear_ranges(starts, paper, layout, by_page)
    _hear_outline(starts, paper.outline, by_page)
    _hear_headings(starts, paper, layout, by_page)
    for page in layout.blanks:
        starts.pop(page, None)
    return starts


def _is_printed_web_page(paper: Paper, layout: Layout) -> bool:
    """A browser printed it: an address and "2 of 5" run at the head or foot of every page. However its
    headings read, it is one paper."""
    ran: dict[int, str] = defaultdict(str)
    for b in layout.blocks:
        if b.kind == "running":
            ran[b.page] += f" {b.text}"
    n = len(paper.pages)
    return n > 1 and all(
        re.search(r"https?://", ran[p]) and re.search(rf"\b{p}\s*(?:of|/)\s*{n}\b", ran[p])
        for p in range(1, n + 1)
    )


def _is_front_sheet(by_page: dict[int, list[Block]]) -> bool:
    """The paper opens with an agenda: the word as a heading, or several page ranges, within the first
    pages."""
    opening = [line.text for page in range(1, 4) for b in by_page.get(page, []) for line in b.lines]
    said = any(AGENDA.match(t) or (FRONT.search(t) and len(t) < 60) for t in opening)
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
    closed = minutes_close(by_page)
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
            start.hear("minutes heading", 0.65 if has_roll(by_page.get(page, [])) else 0.3)
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
    r"\bmeeting (?:rose|closed|ended|concluded|finished|terminated|adjourned|was (?:closed"
    r"|adjourned(?! (?:to|into|for) )"
    r"|declared closed))\b|\bthat the meeting (?:be|is|stand) (?:hereby )?(?:adjourned|closed)"
    r"|\bmotion to adjourn\b",
    re.I,
)
GOES_ON = re.compile(r"^\(?item \d|^(?:[A-Z]{0,4}\d{2,4}[-/]\d{1,4})\s+[A-Z]|^(?:moved|resolved)\b", re.I)


FOR_A_WHILE = re.compile(r"\W*(?:from\s+)?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:to|until|[-–—])\s*\d", re.I)
"""Behind "closed": from one hour to another, after which it goes on."""


def _closes(text: str) -> bool:
    return any(not FOR_A_WHILE.match(text[m.end() :]) for m in CLOSE.finditer(text))


def minutes_close(by_page: dict[int, list[Block]]) -> set[int]:
    """Pages on which minutes end: the meeting rises and no business is minuted on the page after."""
    out: set[int] = set()
    for page, blocks in by_page.items():
        said = [i for i, b in enumerate(blocks) if len(b.words) < 60 and _closes(b.text)]
        later = [*blocks[said[-1] + 1 :], *by_page.get(page + 1, [])] if said else []
        if (
            said
            and not any(GOES_ON.match(b.text) for b in later)
            and not any(b.kind == "heading" and re.match(r"\d", b.marker) for b in later)
        ):
            out.add(page)
    return out
