"""One meeting over a council's papers: what each document calls or minutes, put together by body, day and
sitting; and what each paper is to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from extractors.rows.people import slug
from pipeline.store.bodies import COUNCIL, Body, bodies_named, body_id, fold
from schemas.over_papers import Relation

NEAR = 45
"""Minutes between the hours that two papers give for the start of one meeting, at the most."""
LATE = 20
"""The same, where only one of the papers says that it was a special meeting, or of another kind."""
USUAL = (None, "ordinary")
"""What a meeting is called whose paper does not say what kind it was."""
VERBATIM = re.compile(r"\b(?:verbatim|transcript|hansard|stenographic|official report)\b", re.I)
SUPPLEMENT = re.compile(r"\b(?:supplement\w*|to follow|late papers?|addendum)\b", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document, as the identity of meetings asks for it."""

    part_id: str
    kind: str
    title: str
    state: str | None
    page_from: int


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting as one document tells of it: `told_id` is the document's own meeting_id; `kind` what kind of
    meeting, `paper` what kind of document. Of several documents that tell equally well, the one that was
    `made` last counts, and one that another `supersedes` after it."""

    document_id: str
    told_id: str
    committee: str | None
    day: date | None
    start: time | None
    kind: str | None
    status: str | None
    paper: str
    title: str
    ocr: bool
    pages: int
    made: datetime | None
    supersedes: str | None
    parts: tuple[Part, ...] = ()


@dataclass(slots=True)
class Sitting:
    """The papers of one meeting."""

    body: str | None
    joint_with: tuple[str, ...]
    day: date | None
    told: list[Told] = field(default_factory=lambda: list[Told]())
    meeting_id: str = ""

    @property
    def kind(self) -> str | None:
        """special, annual ...; None for a usual meeting."""
        return next((t.kind for t in self.told if t.kind not in USUAL), None)

    @property
    def start(self) -> time | None:
        """The hour that its papers give first."""
        return min((t.start for t in self.told if t.start), default=None)


@dataclass(frozen=True, slots=True)
class Account:
    """What a part of a document, or all of it, is to a meeting."""

    told: Told
    part: Part | None
    relation: Relation


def sittings_of(told: Iterable[Told], bodies: Mapping[str, Body], council: str) -> list[Sitting]:
    """The meetings that a council's documents tell of, each once. `bodies` as `put_together` gives them. What
    names no day is a meeting of its own."""
    by_day: defaultdict[tuple[str | None, date], list[Told]] = defaultdict(list)
    joint: dict[str, tuple[str, ...]] = {}
    out: list[Sitting] = []
    for t in sorted(told, key=lambda t: (t.document_id, t.told_id)):
        met = _who_met(t.committee, bodies, council)
        joint[t.told_id] = met[1:]
        if t.day is None:
            out.append(Sitting(met[0] if met else None, met[1:], None, [t], t.told_id))
        else:
            by_day[met[0] if met else None, t.day].append(t)
    _give_bodies(by_day, bodies)
    for (body, day), listed in by_day.items():
        found = _sittings(body, day, listed, joint)
        _name(found, council)
        out += found
    return out


def _give_bodies(by_day: dict[tuple[str | None, date], list[Told]], bodies: Mapping[str, Body]) -> None:
    """Put what names no body, and reports and notices that name the council of their letterhead or none by
    its name, to the meeting of their day: the only one that is called or minuted, or the only one whose
    body's name has a word of theirs."""
    of_day: defaultdict[date, set[str]] = defaultdict(set)
    for (body, day), listed in by_day.items():
        if body and any(_calls_or_minutes(t) for t in listed):
            of_day[day].add(body)
    words = {b.body_id: set(b.words) for b in bodies.values()}
    kinds = {b.body_id: b.kind for b in bodies.values()}
    for body, day in list(by_day):
        there = of_day[day] - {body}
        own = any(_calls_or_minutes(t) for t in by_day[body, day])
        if body and (own or kinds[body] not in ("other", "council")):
            continue
        like = [b for b in there if body and words[b] & words[body]]
        chosen = like if len(like) == 1 else list(there) if len(there) == 1 else []
        if chosen:
            by_day[chosen[0], day] += by_day.pop((body, day))


def _calls_or_minutes(t: Told) -> bool:
    return t.status == "held" or any(p.kind in ("agenda", "minutes") for p in t.parts)


def _who_met(committee: str | None, bodies: Mapping[str, Body], council: str) -> tuple[str, ...]:
    """The ids of the bodies that met, the council itself first, else in the order of their ids."""
    found: set[str] = set()
    for name in bodies_named(committee or ""):
        body = bodies.get(body_id(council, fold(name, council))) if name else None
        if body:
            found.add(body.body_id)
    own = body_id(council, COUNCIL)
    return tuple(sorted(found, key=lambda b: (b != own, b)))


def _sittings(
    body: str | None, day: date, listed: Sequence[Told], joint: Mapping[str, tuple[str, ...]]
) -> list[Sitting]:
    """The meetings of one body on one day: what says most about itself first, each joining the first that it
    does not contradict."""
    out: list[Sitting] = []
    for t in sorted(listed, key=lambda t: (t.start is None, t.kind is None, t.status != "held", t.told_id)):
        home = next((s for s in out if not _contradict(s, t, joint)), None)
        if home is None:
            home = Sitting(body, joint[t.told_id], day)
            out.append(home)
        home.told.append(t)
        home.joint_with = tuple(sorted({*home.joint_with, *joint[t.told_id]}))
    return out


def _contradict(sitting: Sitting, t: Told, joint: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the paper tells of another meeting than these do: one document that tells of two means two, and
    papers of different documents two where both the kind and the hour differ."""
    for other in sitting.told:
        apart = _apart(other.start, t.start)
        kinds = other.kind != t.kind and not {other.kind, t.kind} <= set(USUAL)
        others = joint[other.told_id] != joint[t.told_id]
        if other.document_id == t.document_id and (apart > NEAR or kinds or others):
            return True
        if (kinds or others) and apart > (LATE if None in (other.kind, t.kind) else NEAR):
            return True
    return False


def _apart(a: time | None, b: time | None) -> int:
    """Minutes between two hours; 0 where one is not known."""
    return abs(a.hour * 60 + a.minute - b.hour * 60 - b.minute) if a and b else 0


def _name(found: list[Sitting], council: str) -> None:
    """Ids: the usual meeting of a day, or its first, bears the body and the day alone, another what kind it
    was, else its hour."""
    found.sort(key=lambda s: (s.kind is not None, s.start or time.max, s.told[0].told_id))
    taken: set[str] = set()
    for s in found:
        base = f"{slug(council)}-meeting-{(s.body or 'unnamed').partition('-body-')[2] or 'unnamed'}-{s.day}"
        if council == "unknown":
            base = f"{s.told[0].document_id[:16]}-{base}"
        hour = f"{s.start:%H%M}" if s.start else "2"
        ways = (base, f"{base}-{slug(s.kind or hour)}", f"{base}-{slug(s.kind or '')}-{hour}")
        more = (f"{base}-{n}" for n in range(2, len(found) + 3))
        s.meeting_id = next(way for way in (*ways, *more) if way not in taken)
        taken.add(s.meeting_id)


def accounts_of(sitting: Sitting) -> Iterator[Account]:
    """What each part is to the meeting, the account that counts first before the others."""
    older = {t.supersedes for t in sitting.told}
    found = [a for t in sitting.told for a in _accounts(t)]
    yield from sorted(found, key=lambda a: (a.told.document_id in older, *_worth(a)))


def _accounts(t: Told) -> Iterator[Account]:
    for part in t.parts:
        if part.kind != "blank":
            yield Account(t, part, _relation(t, part))
    if not t.parts:
        yield Account(t, None, _relation(t, None))


def _relation(t: Told, part: Part | None) -> Relation:
    if t.paper == "record":
        return "platform's record"
    kind = part.kind if part else "minutes" if t.status == "held" else "agenda"
    title = f"{part.title if part else ''} {t.title}"
    if kind == "minutes":
        if VERBATIM.search(title):
            return "verbatim record"
        if part and part.state == "draft":
            return "draft minutes"
        in_a_pack = t.paper in ("agenda_pack", "agenda", "supplement", "report")
        return "earlier minutes" if in_a_pack else "minutes"
    if t.paper == "decisions":
        return "decision notice"
    if kind == "agenda":
        return "supplement" if t.paper == "supplement" else "calls"
    return "supplement" if t.paper == "supplement" or SUPPLEMENT.search(t.title) else "report"


ORDER: tuple[Relation, ...] = (
    "minutes",
    "earlier minutes",
    "draft minutes",
    "verbatim record",
    "decision notice",
    "calls",
    "supplement",
    "report",
    "platform's record",
)
"""Which relation's account counts before which."""


def _worth(a: Account) -> tuple[int, bool, bool, int, float, str, int]:
    """Minutes before drafts of them, what says that it is confirmed, digital pages before scans, the whole
    before an extract, the last made before earlier ones."""
    confirmed = bool(a.part and a.part.state == "confirmed")
    made = a.told.made.timestamp() if a.told.made else 0.0
    page = a.part.page_from if a.part else 0
    return (
        ORDER.index(a.relation),
        not confirmed,
        a.told.ocr,
        -a.told.pages if a.relation != "earlier minutes" else 0,
        -made,
        a.told.document_id,
        page,
    )
