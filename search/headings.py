"""What a row stands under: the item of its meeting, its part, its section."""

from __future__ import annotations

from collections import Counter
from typing import Any

Row = dict[str, Any]
Spot = tuple[int, float]
"""A page and how far down it, in points."""


def spot(row: Row) -> Spot | None:
    """Where the row begins; None for one that no page says."""
    regions = row.get("regions") or ()
    if regions:
        return regions[0]["page"], regions[0]["top"]
    return (row["page"], 0.0) if row.get("page") else None


class Headings:
    """A document's items, parts and sections, asked by row. Nothing is made up: what no item, section or part
    heads has no heading."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.parts = {p["part_id"]: p for p in rows.get("parts", ())}
        items = rows.get("agenda_items", ())
        self._by_number = _unequivocal(items, "number") | _unequivocal(items, "minute_number")
        self._placed = sorted(
            ((at, i) for i in items if (at := spot(i)) and i.get("title")), key=lambda x: x[0]
        )
        self._sections = {s["section_id"]: s for s in rows.get("sections", ())}
        self._headed = sorted(
            ((at, s) for s in self._sections.values() if s.get("heading") and (at := spot(s))),
            key=lambda x: x[0],
        )

    def part_of(self, row: Row) -> Row:
        """The part that the row says, else the innermost one of its page; empty when none is."""
        named = self.parts.get(row.get("part_id") or "")
        if named:
            return named
        page = row.get("page")
        around = [
            p
            for p in self.parts.values()
            if page and p.get("page_from") and p["page_from"] <= page <= (p["page_to"] or p["page_from"])
        ]
        return min(around, key=lambda p: (p["page_to"] or 0) - p["page_from"], default={})

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
        """The heading of a section, or of the nearest one that it is under."""
        seen = 0
        while section and not section.get("heading") and seen < 20:
            section, seen = self._sections.get(section.get("parent_id") or "", {}), seen + 1
        return section.get("heading")

    def about(self, row: Row) -> str:
        """What the row is about: its item's title, else the heading or the part that it stands in; empty when
        nothing says."""
        item = self.item_of(row)
        return item.get("title") or self.section_above(row) or self.part_of(row).get("title") or ""


def _unequivocal(items: Any, column: str) -> dict[tuple[str | None, str], Row]:
    """Items by meeting and number, those left out whose number several items of a meeting bear."""
    keys = Counter((i.get("meeting_id"), i.get(column)) for i in items)
    return {
        (i.get("meeting_id"), i[column]): i
        for i in items
        if i.get(column) and i.get("title") and keys[(i.get("meeting_id"), i[column])] == 1
    }
