"""The platform's own record of meetings and decisions as rows: who was there, what was moved, how each voted,
what was decided. They have no page, and `extractor` begins with "platform".

A record is a document of its own, kind `record`: a paper may be withdrawn or read anew without it, and what a
paper says otherwise stands beside it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from extractors import __version__
from extractors.mentions.names import strip_honours, strip_title
from extractors.rows import Extraction
from extractors.rows.people import slug
from pipeline.archive import Archive
from pipeline.config import Settings
from pipeline.store.publish import publish
from schemas.decisions import Choice, MotionRow, Outcome, ResolutionRow, VoteRow
from schemas.documents import DocumentRow
from schemas.meetings import AgendaItemRow, AttendanceRow, Capacity, MeetingRow, Presence
from schemas.people import PersonNamedRow
from schemas.row import Place, Row, nowhere

PRESENT = re.compile(r"present|attended|in attendance|as substitute", re.I)
SORRY = re.compile(r"apolog|excused", re.I)
ABSENT = re.compile(r"absent|absence|not present|did not attend", re.I)
MEMBER = re.compile(r"\b(?:member|councillor|cllr|chair\w*|vice|mayor|leader|substitute|trustee)\b", re.I)
OFFICER = re.compile(r"\b(?:officer|director|clerk|solicitor|manager|head of|adviser|advisor)\b", re.I)
CHOICES: tuple[tuple[re.Pattern[str], Choice], ...] = (
    (re.compile(r"did not vote|no vote.*|not voting", re.I), "not_voting"),
    (re.compile(r"for|aye|yea|yes|in favou?r|affirmative", re.I), "for"),
    (re.compile(r"against|nay|no|noe|negative", re.I), "against"),
    (re.compile(r"abst\w+", re.I), "abstain"),
    (re.compile(r"absent\b.*|excused", re.I), "absent"),
    (re.compile(r"conflict\b.*|recus\w+", re.I), "recused"),
)
OUTCOMES: tuple[tuple[re.Pattern[str], Outcome], ...] = (
    (re.compile(r"withdrawn", re.I), "withdrawn"),
    (re.compile(r"not carried|lost|reject\w+|fail\w*|fell|defeated", re.I), "lost"),
    (re.compile(r"agreed", re.I), "agreed"),
    (re.compile(r"carried|pass\w*|approved|adopted", re.I), "carried"),
)
SURE = 0.95
"""Clerks type these records by hand too."""


@dataclass(frozen=True)
class Told:
    """All that a platform says of one meeting, or of one decision."""

    council: str
    committee: str | None
    day: date | None
    url: str
    """The first paper's that it was told with, where no page of its own is known."""
    knows: dict[str, Any]


def publish_records(settings: Settings, archive: Archive) -> int:
    """Write the records that are new or changed since they were written; how many. Raises CannotWrite."""
    platforms = {c.name: c.platform for c in settings.councils}
    written = 0
    for told in _records(archive):
        extraction = record_of(told, platforms.get(told.council, "unknown"))
        if extraction is None:
            continue
        said = json.dumps([__version__, told.url, told.knows], sort_keys=True, default=str)
        digest = hashlib.sha256(said.encode()).hexdigest()
        if archive.record_written(extraction.document_id) != digest:
            publish(extraction, settings.output)
            archive.note_record(extraction.document_id, digest)
            written += 1
    return written


def _records(archive: Archive) -> Iterator[Told]:
    """What was told with the papers of each meeting, put together: the fuller account of each thing."""
    found: defaultdict[tuple[str, str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for p in archive.told():
        knows: dict[str, Any] = json.loads(p["knows"])
        decision = _dict(knows.get("decision"))
        found[
            p["council"], p["committee"] or "", p["meeting_date"] or "", decision.get("title") or ""
        ].append({"url": p["url"], "knows": knows})
    for (council, committee, day, _), several in found.items():
        together: dict[str, Any] = {}
        for one in several:
            for key, value in one["knows"].items():
                if len(str(value)) > len(str(together.get(key, ""))):
                    together[key] = value
        held = date.fromisoformat(day) if day else None
        yield Told(council, committee or None, held, several[0]["url"], together)


def record_of(told: Told, platform: str) -> Extraction | None:
    """The record as a document's rows; None when the platform tells nothing but that there is a meeting."""
    knows = told.knows
    if not any(knows.get(k) for k in ("attendance", "motions", "decision", "items")):
        return None
    title = str(_dict(knows.get("decision")).get("title") or "")
    key = "\n".join((platform, told.council, told.committee or "", str(told.day), title))
    document_id = hashlib.sha256(f"a platform's record\n{key}".encode()).hexdigest()
    r = _Record(told, nowhere(document_id, SURE, f"platform {platform} {__version__}"))
    rows: dict[str, Sequence[Row]] = {
        "documents": [r.document()],
        "meetings": [r.meeting()],
        "agenda_items": list(r.items()),
        "attendance": list(r.attendance()),
        "motions": list(r.motions()),
        "votes": list(r.votes()),
        "resolutions": list(r.decision()),
        "people_named": list(r.people()),
    }
    rows = {name: listed for name, listed in rows.items() if listed}
    return Extraction(document_id, told.council, told.day.year if told.day else None, rows)


class _Record:
    """The rows of one record, each dataset by its own verb."""

    def __init__(self, told: Told, place: Place) -> None:
        self.told, self.place = told, place
        self.id = place.document_id[:16]
        self.meeting_id = f"{self.id}-meeting-1"
        self.moved = [m for m in _dicts(told.knows.get("motions")) if m.get("title") or m.get("votes")]
        self.attended = [a for a in _dicts(told.knows.get("attendance")) if a.get("name")]

    def document(self) -> DocumentRow:
        """Its row in `documents`."""
        decision = _dict(self.told.knows.get("decision"))
        title = decision.get("title") or f"{self.told.committee or self.told.council}: the platform's record"
        return DocumentRow(
            place=self.place,
            source_url=self.told.knows.get("source") or self.told.url,
            title=title,
            kind="record",
            committee=self.told.committee,
            meeting_id=self.meeting_id,
            meeting_date=self.told.day,
            published_at=None,
            fetched_at=None,
            bytes=None,
            pages=None,
            producer=None,
            text_source=None,
            status="ok",
            error=None,
            understood=None,
            style=None,
            supersedes=None,
            other_councils=None,
            rows_hash=None,  # the store's to say
        )

    def meeting(self) -> MeetingRow:
        """The meeting; of a decision between meetings, the sitting of the one who decided."""
        knows = self.told.knows
        off = "cancel" in str(knows.get("status") or "").lower()
        held = bool(self.attended or self.moved or knows.get("decision"))
        return MeetingRow(
            place=self.place,
            meeting_id=self.meeting_id,
            committee=self.told.committee,
            date=self.told.day,
            called_for=None,
            start_time=_time(knows.get("start")),
            end_time=_time(knows.get("end")),
            adjourned=None,
            resumed=None,
            venue=None,
            kind=None,
            status="cancelled" if off else "held" if held else "called",
        )

    def items(self) -> Iterator[AgendaItemRow]:
        """Agenda items as the platform numbers them."""
        for n, item in enumerate(_dicts(self.told.knows.get("items")), 1):
            yield AgendaItemRow(
                place=self.place,
                meeting_id=self.meeting_id,
                item_id=f"{self.id}-item-{n}",
                number=item.get("number"),
                minute_number=None,
                parent_number=None,
                position=n,
                title=item.get("title"),
                page_from=None,
                page_to=None,
                for_information=None,
                exempt=None,
                exempt_reason=None,
            )

    def attendance(self) -> Iterator[AttendanceRow]:
        """Who was there, or sorry not to be."""
        for a in self.attended:
            title, name, honours = _named(a["name"])
            how, role = a.get("attendance") or "", a.get("role") or ""
            yield AttendanceRow(
                place=self.place,
                meeting_id=self.meeting_id,
                person_id=self._person_id(name),
                name=name,
                title=title,
                honours=honours,
                status=_presence(how),
                capacity=_capacity(role, title),
                role=role or None,
                job_title=None,
                organisation=None,
                substitute_for=None,
                virtual=True if re.search("virtual|remote", how, re.I) else None,
                arrived=None,
                left=None,
            )

    def motions(self) -> Iterator[MotionRow]:
        """What was put to the vote."""
        for n, m in enumerate(self.moved, 1):
            passed = m.get("passed") or m.get("action")
            mover, seconder = (_named(m[k])[1] if m.get(k) else None for k in ("mover", "seconder"))
            yield MotionRow(
                place=self.place,
                meeting_id=self.meeting_id,
                motion_id=f"{self.id}-motion-{n}",
                item_number=m.get("number"),
                kind="amendment" if re.search(r"\bamendment\b", m.get("title") or "", re.I) else "motion",
                amends=None,
                mover=mover,
                mover_person_id=self._person_id(mover),
                seconder=seconder,
                seconder_person_id=self._person_id(seconder),
                text=m.get("title"),
                text_struck=None,
                text_inserted=None,
                outcome=_first(OUTCOMES, m.get("passed") or ""),
                outcome_text=passed,
                unanimous=None,
                votes_for=None,
                votes_against=None,
                abstentions=None,
                casting_vote=None,
                reference=m.get("reference"),
            )

    def votes(self) -> Iterator[VoteRow]:
        """How each voted; a word for it that is not known gives no row."""
        for n, m in enumerate(self.moved, 1):
            for v in _dicts(m.get("votes")):
                choice = _first(CHOICES, v.get("choice") or "", whole=True)
                if v.get("name") and choice:
                    name = _named(v["name"])[1]
                    yield VoteRow(
                        place=self.place,
                        motion_id=f"{self.id}-motion-{n}",
                        person_id=self._person_id(name),
                        name=name,
                        choice=choice,
                    )

    def decision(self) -> Iterator[ResolutionRow]:
        """What a register of decisions says was decided."""
        said = _dict(self.told.knows.get("decision"))
        if text := said.get("text"):
            yield ResolutionRow(
                place=self.place,
                meeting_id=self.meeting_id,
                resolution_id=f"{self.id}-resolution-1",
                item_number=None,
                clause=None,
                kind="recommendation" if "recommend" in (said.get("status") or "").lower() else "resolution",
                verb=None,
                text=text,
                motion_id=None,
                stem=said.get("title"),
                reference=None,
                mover=None,
                seconder=None,
                outcome=said.get("status"),
            )

    def people(self) -> Iterator[PersonNamedRow]:
        """Everybody whom the record names."""
        named: dict[str, tuple[set[str], set[str], set[str]]] = {}
        for a in self.attended:
            title, name, _ = _named(a["name"])
            titles, roles, capacities = named.setdefault(name, (set(), set(), set()))
            titles |= {title} if title else set()
            roles |= {a["role"]} if a.get("role") else set()
            capacity = _capacity(a.get("role") or "", title)
            capacities |= {capacity} if capacity else set()
        voters = (v["name"] for m in self.moved for v in _dicts(m.get("votes")) if v.get("name"))
        movers = (m[k] for m in self.moved for k in ("mover", "seconder") if m.get(k))
        for printed in (*voters, *movers):
            named.setdefault(_named(printed)[1], (set(), set(), {"member"}))
        for name, (titles, roles, capacities) in named.items():
            yield PersonNamedRow(
                place=self.place,
                person_id=cast(str, self._person_id(name)),
                name=name,
                other_names=(),
                titles=tuple(sorted(titles)),
                roles=tuple(sorted(roles)),
                capacities=tuple(sorted(capacities)),
                seen=self.told.day,
            )

    def _person_id(self, name: str | None) -> str | None:
        """As the papers' own people have it: the council and the name."""
        return f"{slug(self.told.council)}-person-{slug(name)}" if name else None


def _named(printed: str) -> tuple[str | None, str, str | None]:
    """(title, name, honours)."""
    bare, honours = strip_honours(" ".join(printed.split()))
    title, name = strip_title(bare)
    return title or None, name, honours or None


def _presence(how: str) -> Presence | None:
    for pattern, status in ((ABSENT, "absent"), (SORRY, "apologies"), (PRESENT, "present")):
        if pattern.search(how):
            return cast(Presence, status)
    return None


def _capacity(role: str, title: str | None) -> Capacity | None:
    if OFFICER.search(role):
        return "officer"
    return "member" if MEMBER.search(f"{role} {title or ''}") else None


def _first(patterns: Sequence[tuple[re.Pattern[str], Any]], text: str, *, whole: bool = False) -> Any:
    words = text.strip()
    return next((v for p, v in patterns if (p.fullmatch(words) if whole else p.search(words))), None)


def _time(said: object) -> time | None:
    found = re.search(r"\b(\d{1,2})[:.](\d\d)\b\s*([ap]m)?", str(said or ""), re.I)
    if not found:
        return None
    hour = int(found[1]) % 12 + 12 * (found[3].lower() == "pm") if found[3] else int(found[1])
    return time(hour, int(found[2])) if hour < 24 and int(found[2]) < 60 else None


def _dict(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [_dict(v) for v in cast("list[object]", value)] if isinstance(value, list) else []
