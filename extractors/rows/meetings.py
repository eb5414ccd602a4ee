"""Rows about meetings: who met, the agenda, seats, who came, who is who."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractors.model import Part
from extractors.parts.starts import page_of_label
from extractors.reading.doc import sheet_of
from extractors.reading.facts import (
    ItemFact,
    PersonFact,
    SeatFact,
)
from extractors.rows.reading import Reading, facts, meeting_id, sheet_for
from schemas.meetings import AgendaItemRow, AttendanceRow, Capacity, MeetingRow, MembershipRow
from schemas.people import PersonNamedRow

OF_THE_PUBLIC = re.compile(
    r"(?:a |the )?(?:members? of (?:the )?(?:public|press|gallery)|(?:the )?(?:public|press)"
    r"|(?:local |area )?resident|(?:local )?ratepayer|deputation|delegation|petitioner"
    r"|objector|supporter|journalist|reporter|observer)s?",
    re.I,
)
"""What a roll prints of those who came from outside, as a whole role, post or organisation."""
COUNCILLOR = re.compile(r"(?:cllr|councillor|coun|ald|alderman|alderwoman|mayor|reeve)\b", re.I)


def meetings_rows(r: Reading) -> Iterator[MeetingRow]:
    """Each meeting once, read from the part that calls or minutes it."""
    done: set[str] = set()
    for part in r.parts:
        if part.index not in r.meetings or r.meetings[part.index][0] in done:
            continue
        key, m = r.meetings[part.index]
        done.add(key)
        yield MeetingRow(
            place=r.place(
                "meeting", sheet_for(r, part).regions(m.start, m.end), m.confidence, page=part.page_from
            ),
            meeting_id=key,
            committee=m.committee,
            date=m.date,
            start_time=m.start_time,
            end_time=m.end_time,
            called_for=m.called_for,
            adjourned=m.adjourned,
            resumed=m.resumed,
            venue=m.venue,
            kind=m.kind,
            status=m.status,
        )


def items_rows(r: Reading) -> Iterator[AgendaItemRow]:
    """Agenda items; the pages of an item are those of its parts, else its printed range."""
    pages = page_of_label(r.layout, len(r.paper.pages))
    place: Counter[str | None] = Counter()
    taken: set[tuple[str | None, str | None, str]] = set()
    for part, sheet, item in facts(r, "items", ItemFact):
        meeting = meeting_id(r, part)
        if (meeting, item.number, item.title) in taken:
            continue
        taken.add((meeting, item.number, item.title))
        place[meeting] += 1
        first, last = _item_pages(r, part, item, pages)
        box = sheet.regions(item.start, item.end)
        yield AgendaItemRow(
            place=r.place("items", box, item.confidence),
            meeting_id=meeting,
            item_id=r.new_id("item", box[0].page if box else part.page_from),
            number=item.number,
            minute_number=item.minute_number,
            parent_number=item.parent_number,
            position=place[meeting],
            title=item.title,
            page_from=first,
            page_to=last,
            for_information=item.for_information,
            exempt=item.exempt,
            exempt_reason=item.exempt_reason,
        )


def _item_pages(
    r: Reading, part: Part, item: ItemFact, pages: dict[str, int]
) -> tuple[int | None, int | None]:
    if part.kind != "agenda":
        covered = sheet_of(r.docs[part.index]).words_at(item.start, max(item.end, item.body_end))
        return (covered[0].box.page, covered[-1].box.page) if covered else (None, None)
    numbers = {item.number, f"{item.parent_number}({item.number})"}
    own = [
        p
        for p in r.parts
        if p.index != part.index and p.item_number and p.item_number in numbers and p.kind != "blank"
    ]
    if own:
        return own[0].page_from, max(p.page_to for p in own)
    first, last = pages.get(item.label_from or ""), pages.get(item.label_to or "")
    return (first, last) if first and last and first <= last else (None, None)


def memberships_rows(r: Reading) -> Iterator[MembershipRow]:
    """Seats on front sheets."""
    for part, sheet, seat in facts(r, "seats", SeatFact):
        yield MembershipRow(
            place=r.place("attendance", sheet.regions(seat.start, seat.end), seat.confidence),
            meeting_id=meeting_id(r, part),
            person_id=r.person_id(seat.name, seat.title),
            name=seat.name,
            title=seat.title,
            role=seat.role,
            party=seat.party,
            ward=seat.ward,
            since=seat.since,
            until=seat.until,
            source="front sheet",
        )


def attendance_rows(r: Reading) -> Iterator[AttendanceRow]:
    """Everybody on the rolls."""
    for part, sheet, p in facts(r, "attendance", PersonFact):
        yield AttendanceRow(
            place=r.place("attendance", sheet.regions(p.start, p.end), p.confidence, page=part.page_from),
            meeting_id=meeting_id(r, part),
            person_id=r.person_id(p.name, p.title),
            name=p.name,
            title=p.title,
            honours=p.honours,
            status=p.status,
            capacity=capacity_of(p),
            role=p.role,
            job_title=p.job_title,
            organisation=p.organisation,
            substitute_for=p.substitute_for,
            virtual=p.virtual,
            arrived=p.arrived,
            left=p.left,
        )


def capacity_of(p: PersonFact) -> Capacity:
    """How the person takes part. Whoever is printed as the public, the press or a resident sits on no body,
    whatever list they stand in; a councillor whose party is called so does."""
    said = [text for text in (p.role, p.job_title, p.organisation, p.title) if text]
    public = any(OF_THE_PUBLIC.fullmatch(text.strip(" ()[].,")) for text in said)
    return "other" if public and not COUNCILLOR.match(p.title or "") else p.capacity


def people_rows(r: Reading) -> Iterator[PersonNamedRow]:
    """Everybody whom the document names on rolls, front sheets, in votes and declarations."""
    for p in r.people.known:
        yield PersonNamedRow(
            place=r.place("people", (), 0.95),
            person_id=r.id_of(p),
            name=p.name,
            other_names=tuple(n for n in p.names if n != p.name),
            titles=tuple(p.titles),
            roles=tuple(p.roles),
            capacities=tuple(p.capacities),
            seen=p.seen,
        )
