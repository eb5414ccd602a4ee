"""Papers as datasets without a PDF: a few rows each, for what is found over papers."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from datetime import date, time
from pathlib import Path
from typing import Any, get_type_hints

from extractors.rows import Extraction
from extractors.rows.people import slug
from schemas.documents import DocumentRow, PartRow
from schemas.meetings import AttendanceRow, MeetingRow
from schemas.people import PersonNamedRow
from schemas.row import Row, nowhere
from tests.lake import write

COUNCIL = "Wexbourne Borough Council"
OF_KIND = {"minutes": "held", "decisions": "held"}


def a_row(row: type[Row], document_id: str, /, **columns: Any) -> Row:
    """A row of a class; what is not given is null, a list empty."""
    place = replace(nowhere(document_id, 0.9, "tests"), page=1)
    blank = {f.name: None for f in fields(row) if f.name != "place"}
    lists = {n: () for n, t in get_type_hints(row).items() if str(t).startswith("tuple") and n in blank}
    assert columns.keys() <= blank.keys(), f"{row.__name__} has no {columns.keys() - blank.keys()}"
    return row(place=place, **(blank | lists | columns))


class Told:
    """A paper of one meeting, row by row."""

    def __init__(self, name: str, day: date, body: str, kind: str = "minutes", **meeting: Any) -> None:
        self.document_id = hashlib.sha256(name.encode()).hexdigest()
        self.meeting_id = f"{self.document_id[:16]}-meeting-p1.1"
        self.part_id = f"{self.document_id[:16]}-part-p1"
        self.year = day.year
        self.rows: dict[str, list[Row]] = {}
        self._counted: dict[str, int] = {}
        about = {"title": f"{name}", "kind": kind, "committee": body, "meeting_id": self.meeting_id}
        more = {"meeting_date": day, "pages": 1, "status": "ok", "text_source": "digital"}
        self.add(DocumentRow, source_url=f"{name}.pdf", **about, **more)
        part = {"part_id": self.part_id, "kind": "minutes" if kind == "minutes" else "agenda", "title": name}
        self.add(PartRow, **part, page_from=1, page_to=1, meeting_id=self.meeting_id)
        said = {"status": OF_KIND.get(kind, "called"), "start_time": time(18)} | meeting
        self.add(MeetingRow, meeting_id=self.meeting_id, committee=body, date=day, **said)

    def add(self, row: type[Row], /, **columns: Any) -> Told:
        """A row more."""
        self.rows.setdefault(row.DATASET.name, []).append(a_row(row, self.document_id, **columns))
        return self

    def new_id(self, kind: str) -> str:
        """The id of a row to come."""
        self._counted[kind] = self._counted.get(kind, 0) + 1
        return f"{self.document_id[:16]}-{kind}-p1.{self._counted[kind]}"

    def came(self, *names: str, status: str = "present", capacity: str = "member", **more: Any) -> Told:
        """People on its roll."""
        for name in names:
            who = {"person_id": person(name), "name": name}
            self.add(
                AttendanceRow, **who, meeting_id=self.meeting_id, status=status, capacity=capacity, **more
            )
            self.add(PersonNamedRow, **who, capacities=(capacity,))
        return self

    def extraction(self) -> Extraction:
        """As reading it would give."""
        return Extraction(self.document_id, COUNCIL, self.year, self.rows)


def person(name: str) -> str:
    """The id of a person."""
    return f"{slug(COUNCIL)}-person-{slug(name)}"


def put(output: Path, *papers: Told) -> Path:
    """Write the papers and what is one over them."""
    from pipeline.store.identity import identify
    from pipeline.store.people import link_people

    write(output, *(p.extraction() for p in papers))
    link_people(output)
    identify(output)
    return output
