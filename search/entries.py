"""What a search can find: one entry a resolution, motion, action, paragraph, table or person, made from a
document's rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Row = dict[str, Any]
KINDS = ("resolution", "recommendation", "motion", "action", "minutes", "report", "table", "person")
"""What an entry can be; `minutes` and `report` are paragraphs of those parts."""
MONEY = re.compile(r"[£$€]\s?(\d[\d,]*(?:\.\d+)?)\s?(bn|billion|million|m|k|thousand)?\b", re.I)
SCALES = {"bn": 10**9, "billion": 10**9, "million": 10**6, "m": 10**6, "k": 1000, "thousand": 1000}
LONGEST = 6000
"""Letters of a table or paragraph that are indexed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be found. `key` is its stable id, `regions` the boxes (page, x0, top, x1, bottom)
    where it was read."""

    key: str
    kind: str
    title: str
    text: str
    page: int | None = None
    regions: str = "[]"
    confidence: float = 1.0
    meeting_id: str | None = None
    committee: str | None = None
    day: date | None = None
    item: str | None = None
    outcome: str | None = None
    mover: str | None = None
    seconder: str | None = None
    reference: str | None = None
    people: str = ""
    person_ids: tuple[str, ...] = ()
    amount: float | None = None


def largest_sum(text: str) -> float | None:
    """The largest sum of money that the text names, in whole units."""
    sums = [
        float(Decimal(m[1].replace(",", "")) * SCALES.get((m[2] or "").lower(), 1))
        for m in MONEY.finditer(text or "")
    ]
    return max(sums) if sums else None


def _places(row: Row) -> str:
    return json.dumps(
        [[r["page"], r["x0"], r["top"], r["x1"], r["bottom"]] for r in row.get("regions") or ()]
    )


class DocumentRows:
    """A document's rows, by dataset, and what its entries share."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self.rows = rows
        self.meetings = {m["meeting_id"]: m for m in rows.get("meetings", ())}
        self.items = {(i["meeting_id"], i["number"]): i["title"] for i in rows.get("agenda_items", ())}
        self.parts = {p["part_id"]: p for p in rows.get("parts", ())}
        document = rows["documents"][0]
        self.committee, self.day = document.get("committee"), document.get("meeting_date")
        self.title = document.get("title") or document.get("source_url") or ""

    def meeting(self, row: Row) -> Row:
        """The row's meeting, or the document's."""
        return self.meetings.get(row.get("meeting_id") or "", {"committee": self.committee, "date": self.day})

    def about(self, row: Row) -> str:
        """The title of the row's item."""
        return self.items.get((row.get("meeting_id"), row.get("item_number"))) or self.title

    def entry(self, row: Row, key: str, kind: str, title: str, text: str, **more: Any) -> Entry:
        """An entry with what its row and its meeting say."""
        m = self.meeting(row)
        return Entry(
            key,
            kind,
            title,
            text,
            page=row.get("page"),
            regions=_places(row),
            confidence=float(row.get("confidence") or 0),
            meeting_id=row.get("meeting_id"),
            committee=m.get("committee"),
            day=m.get("date"),
            item=row.get("item_number"),
            amount=largest_sum(text),
            **more,
        )


def entries_of(rows: dict[str, list[Row]], *, with_public: bool = False) -> Iterator[Entry]:
    """Everything of one document that can be found."""
    document = DocumentRows(rows)
    yield from _decisions(document)
    yield from _paragraphs(document)
    yield from _tables(document)
    yield from _people(document, with_public)


def _decisions(document: DocumentRows) -> Iterator[Entry]:
    movers = {m["motion_id"]: m for m in document.rows.get("motions", ())}
    for r in document.rows.get("resolutions", ()):
        m = movers.get(r.get("motion_id") or "", {})
        text = f"{r['stem']} {r['text']}" if r.get("stem") else r["text"]
        yield document.entry(
            r,
            r["resolution_id"],
            r["kind"],
            document.about(r),
            text,
            outcome=m.get("outcome") or ("carried" if r["kind"] == "resolution" else None),
            mover=r.get("mover") or m.get("mover"),
            seconder=r.get("seconder") or m.get("seconder"),
            reference=r.get("reference"),
            people=_names(r.get("mover") or m.get("mover"), r.get("seconder") or m.get("seconder")),
            person_ids=_ids(m.get("mover_person_id"), m.get("seconder_person_id")),
        )
    for m in movers.values():
        yield document.entry(
            m,
            m["motion_id"],
            "motion",
            f"{m['kind'].title()}: {document.about(m)}",
            m["text"] or "",
            outcome=m.get("outcome"),
            mover=m.get("mover"),
            seconder=m.get("seconder"),
            reference=m.get("reference"),
            people=_names(m.get("mover"), m.get("seconder")),
            person_ids=_ids(m.get("mover_person_id"), m.get("seconder_person_id")),
        )
    for a in document.rows.get("actions", ()):
        owners: Sequence[str] = a.get("owners") or ()
        yield document.entry(
            a,
            a["action_id"],
            "action",
            document.about(a),
            a["text"],
            people=" ".join(owners),
            mover=", ".join(owners) or None,
            person_ids=tuple(a.get("owner_person_ids") or ()),
        )


def _names(*names: str | None) -> str:
    return " ".join(n for n in names if n)


def _ids(*ids: str | None) -> tuple[str, ...]:
    return tuple(i for i in ids if i)


def _paragraphs(document: DocumentRows) -> Iterator[Entry]:
    for s in document.rows.get("sections", ()):
        part = document.parts.get(s["part_id"], {})
        text = s.get("text") or ""
        if len(text) < 40:
            continue
        kind = "minutes" if part.get("kind") == "minutes" else "report"
        row = s | {"meeting_id": part.get("meeting_id"), "item_number": part.get("item_number")}
        yield document.entry(
            row,
            s["section_id"],
            kind,
            " ".join(
                x for x in (s.get("number"), s.get("heading") or part.get("title") or document.title) if x
            ),
            text[:LONGEST],
        )


def _tables(document: DocumentRows) -> Iterator[Entry]:
    cells: dict[str, list[str]] = {}
    for c in document.rows.get("table_cells", ()):
        cells.setdefault(c["table_id"], []).append(c["text"])
    for t in document.rows.get("tables", ()):
        part = document.parts.get(t["part_id"], {})
        row = t | {"meeting_id": part.get("meeting_id"), "item_number": part.get("item_number")}
        text = " | ".join(" ".join(x.split()) for x in cells.get(t["table_id"], ()) if x)
        yield document.entry(
            row,
            t["table_id"],
            "table",
            t.get("caption") or f"Table in {part.get('title') or document.title}",
            text[:LONGEST],
        )


def is_official(person: Row) -> bool:
    """Whether a row of people_named is a member or an officer, and nobody of the public."""
    return bool(set(person.get("capacities") or ()) & {"member", "officer"})


def _people(document: DocumentRows, with_public: bool) -> Iterator[Entry]:
    """Members and officers; members of the public, and anybody else, only when they are asked for."""
    for p in document.rows.get("people_named", ()):
        if not with_public and not is_official(p):
            continue
        names: Iterable[str] = [p["name"], *(p.get("other_names") or ())]
        yield Entry(
            p["person_id"],
            "person",
            p["name"],
            " ".join([*names, *(p.get("titles") or ()), *(p.get("roles") or ())]),
            people=" ".join(names),
            person_ids=(p["person_id"],),
            day=p.get("seen"),
            committee=document.committee,
        )
