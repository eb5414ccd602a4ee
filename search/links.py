"""The signed links of mails: to start a saved search, to end one, to see one's own. Nobody else can make one
up, and what a link says need not be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

GOOD_FOR = 3 * 24 * 3600
"""Seconds in which a search that was asked for can be started."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A search that the operator saved, and who hears of it; name and address together tell it from
    others."""

    name: str
    email: str
    query: str = ""
    council: str = ""
    kind: str = ""

    @property
    def key(self) -> str:
        """What it is known by in the ledger."""
        return f"{self.name}|{self.email}"


@dataclass(frozen=True, slots=True)
class Wish:
    """A search that somebody asked to have mailed to an address: as a query string, and how often."""

    email: str
    asked: str
    often: str


class Links:
    """Makes the links and reads their tickets. Raises ValueError without a secret: anybody could make a link
    up."""

    def __init__(self, site: str, secret: str) -> None:
        if not secret:
            raise ValueError("links that start and end saved searches need a secret to sign them: set one")
        self.site = site.rstrip("/") + "/"
        self._end = URLSafeSerializer(secret, salt="unsubscribe")
        self._end_saved = URLSafeSerializer(secret, salt="saved")
        self._start = URLSafeTimedSerializer(secret, salt="start")
        self._own = URLSafeSerializer(secret, salt="own")

    def _to(self, page: str, ticket: str | bytes) -> str:
        return f"{self.site}{page}?{urlencode({'t': ticket})}"

    def to_end(self, s: Subscription) -> str:
        """Ends a search that the operator saved."""
        return self._to("unsubscribe", self._end.dumps([s.name, s.email]))

    def search_of(self, ticket: str) -> Subscription | None:
        """The search that such a ticket names; None for one that was not signed here."""
        try:
            name, email = self._end.loads(ticket)
        except (BadSignature, ValueError, TypeError):
            return None
        return Subscription(str(name), str(email))

    def to_end_saved(self, number: int, email: str) -> str:
        """Ends a search that a reader saved."""
        return self._to("unsubscribe", self._end_saved.dumps([number, email]))

    def saved_of(self, ticket: str) -> tuple[int, str] | None:
        """Number and address of the search that such a ticket ends."""
        try:
            number, email = self._end_saved.loads(ticket)
            return int(number), str(email)
        except (BadSignature, ValueError, TypeError):
            return None

    def to_start(self, wish: Wish) -> str:
        """Starts a search, for a few days."""
        return self._to("saved/start", self._start.dumps([wish.email, wish.asked, wish.often]))

    def wish_of(self, ticket: str) -> Wish | None:
        """What such a ticket starts; None when it was not signed here, or too long ago."""
        try:
            told: Any = self._start.loads(ticket, max_age=GOOD_FOR)
            return Wish(*(str(part) for part in told))
        except (BadSignature, ValueError, TypeError):
            return None

    def to_own(self, email: str) -> str:
        """Shows all searches of an address."""
        return self._to("saved/own", self.own_ticket(email))

    def own_ticket(self, email: str) -> str:
        """The ticket of that link."""
        return str(self._own.dumps(email))

    def owner_of(self, ticket: str) -> str | None:
        """The address whose searches such a ticket shows."""
        try:
            return str(self._own.loads(ticket))
        except (BadSignature, ValueError, TypeError):
            return None
