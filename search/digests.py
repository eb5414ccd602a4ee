"""Mails to readers: each saved search's new hits, with the link that ends it. The operator saves searches in
the configuration, readers on the page."""

from __future__ import annotations

import json
import logging
import smtplib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock

from search.budget import within
from search.index import open_index
from search.links import Links, Subscription
from search.query import Search, search
from search.saved import Saved, SavedSearches
from search.wording import in_words, query_string, search_of

log = logging.getLogger("minutebook")
MOST = 40
"""Hits that one mail lists."""
DEEPEST = 500
"""Hits of a search that are looked at in one night."""
ENDED = "unsubscribed"
Send = Callable[[str, str, str, str], None]
"""Mails (address, subject, text, link that ends the search)."""
AWAY = 3
"""Mails in a row that the mail server does not take before the rest waits for the next night."""
SECONDS = 5.0
"""What one reader's search may take."""


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
    asked = Search(s.query, council=(s.council,) if s.council else (), kind=(s.kind,) if s.kind else ())
    told = ledger.told(s)
    fresh = [h for h in newest(db, asked) if h["key"] not in told]
    if not fresh:
        return False
    link = links.to_end(s)
    head = f"New for “{s.name}” ({s.query or 'everything'}):"
    send(
        s.email, f"Minutebook: {len(fresh)} new for “{s.name}”", _text(head, asked, fresh, links, link), link
    )
    ledger.note(s, [h["key"] for h in fresh])
    return True


def newest(db: sqlite3.Connection, asked: Search) -> list[dict[str, Any]]:
    """The hits of a search that were found last."""
    return search(db, replace(asked, page=1, sort="found"), size=DEEPEST, snippets=False).hits


def send_saved(index: Path, store: SavedSearches, links: Links, send: Send) -> Sent:
    """Mail the new hits of the searches that readers saved and whose time has come. A mailbox that takes no
    mail some times in a row has its search ended; when the mail server itself does not answer, the rest waits
    for the next time."""
    sent, away = Sent(), 0
    with closing(open_index(index)) as db:
        for s in store.due():
            try:
                if _send_saved(db, s, store, links, send):
                    sent.written.append(s.email)
                    away = 0
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
                ended = store.refused(s)
                sent.failed.append(f"a reader's mailbox took no mail{', and its search was ended' * ended}")
            except OSError as error:  # smtplib's errors among them
                sent.failed.append(f"a reader's search, number {s.number}: {type(error).__name__}")
                away += 1
                if away == AWAY:
                    break
            except Exception as error:  # a search that cannot be asked: the others get theirs
                log.warning("saved search %d: %s: %s", s.number, type(error).__name__, error)
                sent.failed.append(f"a reader's search, number {s.number}: {type(error).__name__}")
    return sent


def _send_saved(db: sqlite3.Connection, s: Saved, store: SavedSearches, links: Links, send: Send) -> bool:
    asked = search_of(s.asked)
    with within(db, SECONDS):
        hits, words = newest(db, asked), in_words(db, asked)
    told = store.told(s.number)
    fresh = [h for h in hits if h["key"] not in told]
    if not fresh:
        return False
    link = links.to_end_saved(s.number, s.email)
    text = _text(f"New for your search: {words}", asked, fresh, links, link)
    text += f"All your searches: {links.to_own(s.email)}\n"
    send(s.email, f"Minutebook: {len(fresh)} new: {words[:120]}", text, link)
    store.mailed(s.number, [h["key"] for h in hits])
    return True


def _text(head: str, asked: Search, hits: list[dict[str, Any]], links: Links, link: str) -> str:
    lines = [head, ""]
    for h in hits[:MOST]:
        words = " ".join((h["text"] or "").split())[:240]
        page = "person" if h["kind"] == "person" else "entry"
        lines += [
            ", ".join(part for part in (h["council"], h["committee"], h["day"]) if part) + f": {words}",
            f"  {links.site}{page}/{quote(h['key'], safe='')}",
            "",
        ]
    if len(hits) > MOST:
        lines.append(f"and {len(hits) - MOST} more: {links.site}?{query_string(asked, sort='found')}")
    return "\n".join([*lines, "", f"No more of these: {link}", ""])
