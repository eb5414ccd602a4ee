"""What a row stands under: the item of its meeting, its part, its section."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import unquote

Row = dict[str, Any]
Spot = tuple[int, float]
"""A page and how far down it, in points."""
LABELS = (
    r"report to|report of|report by|to|from|by|date|classification|electoral divisions?|wards?( affected)?|"
    r"author|contact|status|decision no|key decision|cabinet members?|portfolio holders?|lead \w+"
)
LABEL = re.compile(rf"({LABELS})\s?:|(the )?report( template)?$", re.I)
"""How a line of a report's front begins that some papers have for a title."""
SAYS_NOTHING = re.compile(
    r"[\W\d]*(recommendations?|recommendation\(s\)|resolved|decisions?|motions?|agenda|minutes|discussion|"
    r"introduction|background|summary|purpose|conclusions?|(the )?report|report template)\W*"
    rf"|({LABELS})\s?:.*",
    re.I,
)
"""A heading that says what sort of thing is under it, or the label of a report's front, and not what it is
about."""


def spot(row: Row) -> Spot | None:
    """Where the row begins; None for one that no page says."""
    regions = row.get("regions") or ()
    if regions:
        return regions[0]["page"], regions[0]["top"]
    return (row["page"], 0.0) if row.get("page") else None


class Headings:
    """A document's items, parts and sections, asked by row. Nothing is made up: what no item, section or part
    heads has no heading."""

    def __init__(self, rows: dict[str, list[Row]], council: str = "") -> None:
        self.council = council
        self.parts: dict[str, Row] = {p["part_id"]: p for p in rows.get("parts", ())}
        items = rows.get("agenda_items", ())
        self._by_number = _unequivocal(items, "number") | _unequivocal(items, "minute_number")
        self._placed = sorted(
            ((at, i) for i in items if (at := spot(i)) and i.get("title")), key=lambda x: x[0]
        )
        self._sections: dict[str, Row] = {s["section_id"]: s for s in rows.get("sections", ())}
        headed = (s for s in self._sections.values() if s.get("heading"))
        telling = (s for s in headed if not SAYS_NOTHING.fullmatch(s["heading"]))
        self._headed: list[tuple[Spot, Row]] = sorted(
            ((at, s) for s in telling if (at := spot(s))), key=lambda x: x[0]
        )
        document = next(iter(rows.get("documents", ())), Row())
        self._paper = title_of(document, self.council)
        self._titles = {i: p["title"] for i, p in self.parts.items() if self._says(p.get("title"))}

    def _says(self, title: str | None) -> bool:
        return (
            bool(title)
            and (title or "").lower() != self.council.lower()
            and not SAYS_NOTHING.fullmatch(title or "")
        )

    def part_of(self, row: Row) -> Row:
        """The part that the row says, else the innermost one of its page; empty when none is."""
        named = self.parts.get(row.get("part_id") or "")
        if named:
            return named
        page = row.get("page")
        around: list[Row] = [
            p
            for p in self.parts.values()
            if page and p.get("page_from") and p["page_from"] <= page <= (p["page_to"] or p["page_from"])
        ]
        return min(around, key=lambda p: (p["page_to"] or 0) - p["page_from"], default=Row())

    def item_of(self, row: Row) -> Row:
        """The item that the row names, else that of its part, else the last one above it in the same part;
        empty when there is none."""
        meeting = row.get("meeting_id")
        part = self.part_of(row)
        for number in (row.get("item_number"), part.get("item_number")):
            found = self._by_number.get((meeting, number)) if number else None
            if found:
                return found
        if row.get("item_number"):  # a number that no item bears: the item above is another one
            return {}
        return self._item_above(row, meeting, part)

    def _item_above(self, row: Row, meeting: str | None, part: Row) -> Row:
        here = spot(row)
        above = [
            i
            for at, i in self._placed
            if here and at <= here and i.get("meeting_id") == meeting and self.part_of(i) is part
        ]
        return above[-1] if above else {}

    def section_above(self, row: Row) -> str | None:
        """The heading of the last headed section above the row in its part."""
        here, part = spot(row), self.part_of(row)
        above = [
            s for at, s in self._headed if here and at <= here and self.parts.get(s["part_id"] or "") is part
        ]
        return above[-1]["heading"] if above else None

    def under(self, section: Row) -> str | None:
        """The heading of a section, or of the nearest one that it is under, that says what it is about."""
        for _ in range(20):
            heading = section.get("heading")
            if heading and not SAYS_NOTHING.fullmatch(heading):
                return heading.rstrip(" :")
            section = self._sections.get(section.get("parent_id") or "", Row())
        return None

    def about(self, row: Row, *, in_sections: bool = True) -> str:
        """What the row is about: its item's title; else, in a report, the report's own, elsewhere the heading
        above it; else that of the part or paper. Empty when nothing says, and for one that the council
        numbers by itself and puts under no item: the heading above is then of another matter. A row that is
        about the whole report, not about the section that it happens to follow, asks for no sections."""
        item, part = self.item_of(row), self.part_of(row)
        if row.get("reference") and not row.get("item_number") and not item.get("number"):
            return ""
        title = self._titles.get(part.get("part_id") or "") or ""
        section = (in_sections and self.section_above(row)) or ""
        in_report = part.get("kind") in ("report", "appendix")
        found = item.get("title") or (title or section if in_report else section or title) or self._paper
        return found.rstrip(" :")


def title_of(document: Row, council: str) -> str:
    """A paper's title; the name of its file where it has none, or only the council's name for one."""
    title = (document.get("title") or "").strip()
    if title and title.lower() != council.lower() and not LABEL.match(title):
        return title
    name = unquote((document.get("source_url") or "").rsplit("/", 1)[-1])
    return " ".join(re.sub(r"[_+-]+", " ", re.sub(r"\.pdf$", "", name, flags=re.I)).split())


def _unequivocal(items: Any, column: str) -> dict[tuple[str | None, str], Row]:
    """Items by meeting and number, those left out whose number several items of a meeting bear."""
    keys = Counter((i.get("meeting_id"), i.get(column)) for i in items)
    return {
        (i.get("meeting_id"), i[column]): i
        for i in items
        if i.get(column) and i.get("title") and keys[(i.get("meeting_id"), i[column])] == 1
    }
