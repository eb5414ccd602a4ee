"""Mails to readers: each saved search's new hits, and the signed link that ends it."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from filelock import FileLock
from itsdangerous import BadSignature, URLSafeSerializer

from search.index import open_index
from search.query import Search, search

log = logging.getLogger("minutebook")
MOST = 40
"""Hits that one mail lists."""
DEEPEST = 500
"""Hits of a search that are looked at in one night."""
ENDED = "unsubscribed"
Send = Callable[[str, str, str, str], None]
"""Mails (address, subject, text, link that ends the search)."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A saved search and who hears of it; name and address together tell it from others."""

    name: str
    email: str
    query: str = ""
    council: str = ""
    kind: str = ""

    @property
    def key(self) -> str:
        """What it is known by in the ledger."""
        return f"{self.name}|{self.email}"


class Ledger:
    """A JSON file of what each saved search has told its reader, and which were ended. The page and the night
    may both have it open."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def told(self, s: Subscription) -> frozenset[str]:
        """Keys of the hits that its reader has had."""
        return frozenset(self._read().get(s.key, ()))

    def note(self, s: Subscription, hits: Iterable[str]) -> None:
        """Add hits to those told."""
        self._add(s.key, hits)

    def ended(self, s: Subscription) -> bool:
        """Whether its reader wants no more."""
        return s.key in self._read().get(ENDED, ())

    def end(self, s: Subscription) -> None:
        """Its reader wants no more."""
        self._add(ENDED, [s.key])

    def _read(self) -> dict[str, list[str]]:
        return json.loads(self.file.read_text("utf-8")) if self.file.exists() else {}

    def _add(self, key: str, values: Iterable[str]) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self.file}.lock"):
            content = self._read()
            content[key] = sorted({*content.get(key, ()), *values})
            draft = self.file.with_suffix(".writing")
            draft.write_text(json.dumps(content), "utf-8")
            draft.replace(self.file)


class Links:
    """Makes and reads the links that end a saved search. Raises ValueError without a secret: anybody could
    make a link up."""

    def __init__(self, site: str, secret: str) -> None:
        if not secret:
            raise ValueError("links that end a saved search need a secret to sign them: set one")
        self.site = site
        self._signer = URLSafeSerializer(secret, salt="unsubscribe")

    def to_end(self, s: Subscription) -> str:
        """The address."""
        return f"{self.site}unsubscribe?{urlencode({'t': self._signer.dumps([s.name, s.email])})}"

    def search_of(self, ticket: str) -> Subscription | None:
        """The search that a link's ticket names; None for one that was not signed here."""
        try:
            name, email = self._signer.loads(ticket)
        except (BadSignature, ValueError, TypeError):
            return None
        return Subscription(str(name), str(email))


@dataclass
class Sent:
    """Who was written to, and for whom it failed and why."""

    written: list[str] = field(default_factory=lambda: list[str]())
    failed: list[str] = field(default_factory=lambda: list[str]())


def send_digests(
    index: Path, searches: Iterable[Subscription], ledger: Ledger, links: Links, send: Send
) -> Sent:
    """Mail each saved search's new hits; one without new ones, and one that was ended, sends nothing. What
    fails for one reader is noted, hurts no other, and is sent the next time."""
    sent = Sent()
    with closing(open_index(index)) as db:
        for s in searches:
            try:
                if not ledger.ended(s) and _send_digest(db, s, ledger, links, send):
                    sent.written.append(s.email)
            except Exception as error:  # a reader's bad query or mailbox: the others get theirs
                log.warning("digest “%s”: %s: %s", s.name, type(error).__name__, error)
                sent.failed.append(f"“{s.name}” to {s.email}: {type(error).__name__}: {error}")
    return sent


def _send_digest(db: sqlite3.Connection, s: Subscription, ledger: Ledger, links: Links, send: Send) -> bool:
    asked = Search(
        q=s.query,
        council=(s.council,) if s.council else (),
        kind=(s.kind,) if s.kind else (),
        sort="found",
    )
    told = ledger.told(s)
    fresh = [h for h in search(db, asked, size=DEEPEST, snippets=False).hits if h["key"] not in told]
    if not fresh:
        return False
    link = links.to_end(s)
    send(s.email, f"Minutebook: {len(fresh)} new for “{s.name}”", _text(s, fresh, links.site, link), link)
    ledger.note(s, [h["key"] for h in fresh])
    return True


def _text(s: Subscription, hits: list[dict[str, Any]], site: str, link: str) -> str:
    lines = [f"New for “{s.name}” ({s.query or 'everything'}):", ""]
    for h in hits[:MOST]:
        words = " ".join((h["text"] or "").split())[:240]
        lines += [
            f"{h['council']}, {h['committee'] or ''} {h['day'] or ''}: {words}",
            f"  {site}entry/{quote(h['key'], safe='')}",
            "",
        ]
    if len(hits) > MOST:
        more = urlencode({"q": s.query, "sort": "found"})
        lines.append(f"and {len(hits) - MOST} more: {site}?{more}")
    return "\n".join([*lines, "", f"No more of these: {link}", ""])
