"""What the components find: frozen records over character offsets of the part's Doc."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from schemas.decisions import (
    ActionSource,
    Choice,
    DuePrecision,
    InterestKind,
    MotionKind,
    Outcome,
    OwnerKind,
    ResolutionKind,
    Verb,
)
from schemas.meetings import Capacity, MeetingStatus, Presence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something read at characters `start` to `end` of a part's text, right with probability `confidence`."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact(Fact):
    """The meeting that an agenda calls or minutes record."""

    committee: str | None = None
    date: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    called_for: time | None = None
    adjourned: time | None = None
    resumed: time | None = None
    venue: str | None = None
    kind: str | None = None
    status: MeetingStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact(Fact):
    """An item of an agenda or a minute; `body_start` to `body_end` is all that stands under it."""

    number: str | None
    title: str
    minute_number: str | None = None
    parent_number: str | None = None
    label_from: str | None = None
    label_to: str | None = None
    for_information: bool = False
    exempt: bool = False
    exempt_reason: str | None = None
    body_end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact(Fact):
    """A person on a roll: present, sorry not to be, or absent."""

    name: str
    title: str | None = None
    honours: str | None = None
    status: Presence = "present"
    capacity: Capacity = "member"
    role: str | None = None
    job_title: str | None = None
    organisation: str | None = None
    substitute_for: str | None = None
    virtual: bool | None = None
    arrived: time | None = None
    left: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFact(Fact):
    """A seat on a front sheet's list of members, with what the sheet says of party, ward and term."""

    name: str
    title: str | None = None
    role: str | None = None
    party: str | None = None
    ward: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact(Fact):
    """A clause resolved, or recommended in a report."""

    kind: ResolutionKind
    text: str
    clause: str | None = None
    stem: str | None = None
    verb: Verb = "other"
    reference: str | None = None
    mover: str | None = None
    seconder: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact(Fact):
    """Something somebody is to do."""

    text: str
    owners: tuple[str, ...] = ()
    owner_kind: OwnerKind = "unknown"
    due_text: str | None = None
    due_date: date | None = None
    due_precision: DuePrecision | None = None
    status: str | None = None
    source: ActionSource = "minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFact(Fact):
    """Somebody who stands behind a report."""

    role: str
    name: str
    job_title: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationFact(Fact):
    """An interest that somebody declared; `item_number` is the item that it is in, where that is said."""

    name: str
    kind: InterestKind
    text: str
    title: str | None = None
    item_number: str | None = None
    left_meeting: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFact(Fact):
    """What is put right in the minutes of an earlier meeting, held on `day` where that is said: in `minute`
    or on `in_page` as printed; `was` goes and `reads` comes, where they are quoted."""

    text: str
    day: date | None = None
    minute: str | None = None
    in_page: str | None = None
    was: str | None = None
    reads: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionFact(Fact):
    """A motion or amendment put; `key` is where it begins, `amends` the key of the motion that it amends."""

    key: int
    kind: MotionKind
    mover: str | None
    seconder: str | None
    text: str
    reference: str | None = None
    outcome: Outcome | None = None
    outcome_text: str | None = None
    unanimous: bool | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    casting_vote: bool = False
    amends: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFact(Fact):
    """One person's recorded vote on the motion with this key."""

    motion: int
    name: str
    choice: Choice
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountFact(Fact):
    """A sum of money named in the text, in whole units of its currency, with the sentence that names it."""

    amount: Decimal
    currency: str
    text: str
    context: str
