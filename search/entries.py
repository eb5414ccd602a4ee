"""What a search can find: one entry a decision, proposal, motion, action, paragraph, table, officer or
person, made from a document's rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from search.doubts import Doubts
from search.headings import Headings
from search.sums import largest_sum

Row = dict[str, Any]
KINDS = (
    "resolution",
    "recommendation",
    "motion",
    "action",
    "plan",
    "minutes",
    "report",
    "table",
    "officer",
    "person",
)
"""What an entry can be; `recommendation` is anything proposed and not decided, `minutes` and `report` are
paragraphs of those parts, `plan` is a decision to come, `officer` somebody who stands behind a report."""
OUTCOMES = ("carried", "lost", "withdrawn", "agreed")
FAILED = ("lost", "withdrawn")
LONGEST = 6000
"""Letters of a table or paragraph that are indexed."""
SHORTEST = 40
"""Letters that a paragraph must have to be found by itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that can be found. `key` is its stable id, `regions` the boxes (page, x0, top, x1, bottom)
    where it was read, `doubts` the reasons to doubt it, one a line, `due` the day to do it by."""

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
    motion_id: str | None = None
    due: date | None = None
    due_text: str | None = None
    doubts: str = ""


def entries_of(rows: dict[str, list[Row]], council: str = "") -> Iterator[Entry]:
    """Everything of one document that can be found, but people, who are put together over all documents."""
    document = DocumentRows(rows, council)
    yield from _decisions(document)
    yield from _motions(document)
    yield from _actions(document)
    yield from _plans(document)
    yield from _paragraphs(document)
    yield from _tables(document)
    yield from _officers(document)


class DocumentRows:
    """A document's rows, by dataset, and what its entries share."""

    def __init__(self, rows: dict[str, list[Row]], council: str) -> None:
        self.rows = rows
        self.meetings = {m["meeting_id"]: m for m in rows.get("meetings", ())}
        self.motions = {m["motion_id"]: m for m in rows.get("motions", ())}
        self.headings, self.doubts = Headings(rows, council), Doubts(rows)
        document = rows["documents"][0]
        self.committee, self.day = document.get("committee"), document.get("meeting_date")

    def meeting(self, row: Row) -> Row:
        """The row's meeting, or the document's."""
        return self.meetings.get(row.get("meeting_id") or "", {"committee": self.committee, "date": self.day})

    def entry(
        self,
        row: Row,
        key: str,
        kind: str,
        title: str,
        text: str,
        *,
        doubted: Iterable[tuple[str, str | None]] = (),
        **more: Any,
    ) -> Entry:
        """An entry with what its row and its meeting say; `doubted` are the (dataset, id) whose doubts are
        its own."""
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
            item=row.get("item_number") or self.headings.item_of(row).get("number"),
            amount=largest_sum(text),
            doubts=self.doubts.of(row, *doubted),
            **more,
        )

    def motion_of(self, row: Row) -> Row:
        """The motion that a clause came from; empty for none, and for one put under another item: what became
        of that one says nothing of the clause."""
        m = self.motions.get(row.get("motion_id") or "", {})
        items = row.get("item_number"), m.get("item_number")
        return {} if all(items) and items[0] != items[1] else m

    def is_decided(self, row: Row, motion: Row) -> bool:
        """Whether a resolution was taken. One printed in an agenda or in a report for a meeting to come is
        proposed; so are the words of a motion that was lost or withdrawn, or whose end nothing says."""
        if row["kind"] != "resolution":
            return False
        part = self.headings.part_of(row).get("kind")
        if part in ("agenda", "report", "appendix") and self.meeting(row).get("status") == "called":
            return False
        outcome = _outcome(row) or motion.get("outcome")
        return outcome not in FAILED if outcome else not motion


def _decisions(document: DocumentRows) -> Iterator[Entry]:
    for clause in document.rows.get("resolutions", ()):
        m = document.motion_of(clause)
        r: Row = clause | {"reference": clause.get("reference") or m.get("reference")}
        decided = document.is_decided(r, m)
        outcome = _outcome(r) or m.get("outcome")
        mover, seconder = (r.get(x) or m.get(x) for x in ("mover", "seconder"))
        yield document.entry(
            r,
            r["resolution_id"],
            "resolution" if decided else "recommendation",
            document.headings.about(r, in_sections=decided) or _numbered("Resolution", r),
            f"{r['stem']} {r['text']}" if r.get("stem") else r["text"],
            doubted=(
                ("resolutions", r["resolution_id"]),
                ("motions", m.get("motion_id")),
                ("votes", m.get("motion_id")),
            ),
            outcome=outcome if decided or outcome in FAILED else None,
            mover=mover,
            seconder=seconder,
            reference=r.get("reference"),
            people=_names(mover, seconder),
            person_ids=_ids(m.get("mover_person_id"), m.get("seconder_person_id")),
            motion_id=m.get("motion_id"),
        )


def _numbered(kind: str, row: Row) -> str:
    """What the council's own number calls the row."""
    return f"{kind} {row['reference']}".strip() if row.get("reference") else ""


def _outcome(row: Row) -> str | None:
    """The outcome that the row itself prints, where it is one of those that we know."""
    said = (row.get("outcome") or "").strip().lower()
    return said if said in OUTCOMES else None


def _motions(document: DocumentRows) -> Iterator[Entry]:
    for m in document.motions.values():
        about = document.headings.about(m) or _numbered("", m)
        yield document.entry(
            m,
            m["motion_id"],
            "motion",
            f"{(m['kind'] or 'motion').title()}: {about}" if about else (m["kind"] or "motion").title(),
            m["text"] or "",
            doubted=(("motions", m["motion_id"]), ("votes", m["motion_id"])),
            outcome=m.get("outcome"),
            mover=m.get("mover"),
            seconder=m.get("seconder"),
            reference=m.get("reference"),
            people=_names(m.get("mover"), m.get("seconder")),
            person_ids=_ids(m.get("mover_person_id"), m.get("seconder_person_id")),
            motion_id=m["motion_id"],
        )


def _actions(document: DocumentRows) -> Iterator[Entry]:
    for a in document.rows.get("actions", ()):
        owners: Sequence[str] = a.get("owners") or ()
        yield document.entry(
            a,
            a["action_id"],
            "action",
            document.headings.about(a),
            a["text"],
            doubted=(("actions", a["action_id"]),),
            people=" ".join(owners),
            mover=", ".join(owners) or None,
            person_ids=tuple(a.get("owner_person_ids") or ()),
            due=a.get("due_date"),
            due_text=a.get("due_text"),
        )


def _plans(document: DocumentRows) -> Iterator[Entry]:
    """Decisions that a forward plan announces."""
    for n, p in enumerate(document.rows.get("forward_plan", ()), 1):
        yield document.entry(
            p,
            f"{p['document_id'][:16]}-plan-{n}",
            "plan",
            p["decision"],
            " ".join(x for x in (p["decision"], p.get("description")) if x),
            mover=p.get("decision_maker"),
            people=p.get("decision_maker") or "",
            due=p.get("due_date"),
            due_text=p.get("due_text"),
        )


def _names(*names: str | None) -> str:
    return " ".join(n for n in names if n)


def _ids(*ids: str | None) -> tuple[str, ...]:
    return tuple(i for i in ids if i)


def _places(row: Row) -> str:
    return json.dumps(
        [[r["page"], r["x0"], r["top"], r["x1"], r["bottom"]] for r in row.get("regions") or ()]
    )


def _in_part(row: Row, part: Row) -> Row:
    return row | {"meeting_id": part.get("meeting_id"), "item_number": part.get("item_number")}


def _paragraphs(document: DocumentRows) -> Iterator[Entry]:
    for s in document.rows.get("sections", ()):
        part = document.headings.parts.get(s["part_id"] or "", {})
        text = s.get("text") or ""
        if len(text) < SHORTEST:
            continue
        row = _in_part(s, part)
        kind = "minutes" if part.get("kind") == "minutes" else "report"
        above = document.headings.under(s) or ""
        # a clause of minutes stands in the item that is being minuted, whatever headings its number is under
        heading = document.headings.about(row) if kind == "minutes" and not s.get("heading") else above
        heading = heading or above or document.headings.about(row)
        if s.get("number"):
            own = s.get("heading")
            heading = f"{s['number']} {own}" if own else f"{heading}, paragraph {s['number']}".lstrip(", ")
        yield document.entry(row, s["section_id"], kind, heading, text[:LONGEST])


def _tables(document: DocumentRows) -> Iterator[Entry]:
    cells: dict[str, list[str]] = {}
    for c in document.rows.get("table_cells", ()):
        cells.setdefault(c["table_id"], []).append(c["text"] or "")
    for t in document.rows.get("tables", ()):
        row = _in_part(t, document.headings.parts.get(t["part_id"] or "", {}))
        about = document.headings.section_above(row) or document.headings.about(row)
        text = " | ".join(" ".join(x.split()) for x in cells.get(t["table_id"], ()) if x)
        yield document.entry(
            row,
            t["table_id"],
            "table",
            t.get("caption") or (f"Table in {about.rstrip(' :')}" if about else "Table"),
            text[:LONGEST],
            doubted=(("tables", t["table_id"]),),
        )


def _officers(document: DocumentRows) -> Iterator[Entry]:
    """Who stands behind each report: found by name, by post, and by what the report is about."""
    for n, c in enumerate(document.rows.get("report_contacts", ()), 1):
        part = document.headings.parts.get(c["part_id"] or "", {})
        title = document.headings.about(_in_part(c, part))
        yield document.entry(
            _in_part(c, part) | {"item_number": c.get("item_number") or part.get("item_number")},
            f"{c['document_id'][:16]}-officer-{n}",
            "officer",
            title,
            ", ".join(x for x in (c["name"], c.get("job_title"), c.get("role")) if x),
            mover=c["name"],
            people=c["name"],
        )


def is_official(person: Row) -> bool:
    """Whether a row of people_named is a member or an officer, and nobody of the public."""
    return bool(set(person.get("capacities") or ()) & {"member", "officer"})
