"""Searches that readers saved, by e-mail: one SQLite file that the page and the night both have open.

An address stands in it from the moment when its owner has confirmed, until the search is ended; who asked is
counted by a keyed hash, for a day.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import sqlite3
import time
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

HOUR, DAY = 3600.0, 24 * 3600.0
OFTEN = {"at once": 0.0, "daily": 20 * HOUR, "weekly": 7 * DAY - 4 * HOUR}
"""How often a reader may want mails, and the least time between two; nights begin a little early or late."""
OF_AN_ADDRESS, OF_A_READER, OF_ALL = 3, 20, 300
"""Mails to confirm that are sent in a day to one address, for one reader's requests, and in all."""
MOST = 30
"""Searches of one address."""
REFUSALS = 5
"""Mails in a row that a mailbox may refuse before its searches are ended."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS searches (
  number INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL, asked TEXT NOT NULL, often TEXT NOT NULL,
  started REAL NOT NULL, mailed REAL NOT NULL, refused INTEGER NOT NULL DEFAULT 0, UNIQUE (email, asked)
);
CREATE TABLE IF NOT EXISTS told (
  number INTEGER REFERENCES searches (number) ON DELETE CASCADE, key TEXT, PRIMARY KEY (number, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wishes (who TEXT, at REAL);
CREATE INDEX IF NOT EXISTS wishes_who ON wishes (who, at);
"""


class Answer(Enum):
    """What becomes of a wish to be mailed."""

    MAIL = "a mail to confirm is sent"
    NO_MAIL = "the address had enough of them: none is sent, and nobody is told"
    TOO_MANY = "this reader asked too often"
    CLOSED = "enough was asked for by all readers together"


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that a reader started: `asked` as a query string, times as seconds since 1970, 0 for never."""

    number: int
    email: str
    asked: str
    often: str
    started: float
    mailed: float
    refused: int


COLUMNS = "number, email, asked, often, started, mailed, refused"


class SavedSearches:
    """The file. `secret` keys the hashes of those who asked."""

    def __init__(self, file: Path, secret: str) -> None:
        self._file, self._secret = file, secret.encode()

    @contextmanager
    def _db(self) -> Generator[sqlite3.Connection]:
        if not self._file.exists():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._file, os.O_CREAT, 0o600))  # addresses are nobody else's to read
        with closing(sqlite3.connect(self._file, timeout=20)) as db:
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            db.executescript(SCHEMA)
            with db:
                db.execute("BEGIN IMMEDIATE")
                yield db

    def _hash(self, what: str, who: str) -> str:
        return hmac.new(self._secret, f"{what}|{who}".encode(), hashlib.sha256).hexdigest()

    def wish(self, email: str, reader: str) -> Answer:
        """Count a wish, and say whether a mail may be sent for it. Only what the asker does and what all do
        shows in the answer to be given: what the address had does not."""
        address = self._hash("address", _mailbox(email))
        asker = self._hash("reader", _household(reader))
        now = time.time()
        with self._db() as db:
            db.execute("DELETE FROM wishes WHERE at < ?", (now - DAY,))

            def had(who: str) -> int:
                return db.execute("SELECT count(*) FROM wishes WHERE who = ?", (who,)).fetchone()[0]

            if had(asker) >= OF_A_READER:
                return Answer.TOO_MANY
            if had("all") >= OF_ALL:
                return Answer.CLOSED
            enough = had(address) >= OF_AN_ADDRESS
            counted = [asker] if enough else [asker, address, "all"]
            db.executemany("INSERT INTO wishes VALUES (?, ?)", [(who, now) for who in counted])
        return Answer.NO_MAIL if enough else Answer.MAIL

    def start(self, email: str, asked: str, often: str, there: Iterable[str]) -> Saved | None:
        """Begin a search whose hits `there` are no news; one that runs already takes the new pace. None when
        the address has as many as it may."""
        with self._db() as db:
            known = db.execute("SELECT 1 FROM searches WHERE email = ? AND asked = ?", (email, asked))
            if known.fetchone():
                db.execute(
                    "UPDATE searches SET often = ? WHERE email = ? AND asked = ?", (often, email, asked)
                )
            else:
                n = db.execute("SELECT count(*) FROM searches WHERE email = ?", (email,)).fetchone()[0]
                if n >= MOST:
                    return None
                added = db.execute(
                    "INSERT INTO searches (email, asked, often, started, mailed) VALUES (?, ?, ?, ?, 0)",
                    (email, asked, often, time.time()),
                )
                db.executemany("INSERT INTO told VALUES (?, ?)", [(added.lastrowid, k) for k in set(there)])
            sql = f"SELECT {COLUMNS} FROM searches WHERE email = ? AND asked = ?"
            return Saved(*db.execute(sql, (email, asked)).fetchone())

    def get(self, number: int, email: str) -> Saved | None:
        """The search of that number, if it is that address's."""
        return next((s for s in self.of(email) if s.number == number), None)

    def of(self, email: str) -> list[Saved]:
        """All searches of an address."""
        return self._found("WHERE email = ? ORDER BY started", email)

    def due(self) -> list[Saved]:
        """The searches whose readers may be written to now."""
        now = time.time()
        return [s for s in self._found("ORDER BY number") if now - s.mailed >= OFTEN.get(s.often, 0.0)]

    def _found(self, condition: str, *values: str) -> list[Saved]:
        if not self._file.exists():
            return []
        with self._db() as db:
            return [Saved(*r) for r in db.execute(f"SELECT {COLUMNS} FROM searches {condition}", values)]

    def end(self, number: int, email: str) -> None:
        """No more of this search; nothing is kept of it."""
        with self._db() as db:
            db.execute("DELETE FROM searches WHERE number = ? AND email = ?", (number, email))

    def end_all(self, email: str) -> int:
        """No more for this address; how many searches were ended."""
        with self._db() as db:
            return db.execute("DELETE FROM searches WHERE lower(email) = ?", (email.lower(),)).rowcount

    def told(self, number: int) -> frozenset[str]:
        """Keys of the hits that were there when it began, or were mailed."""
        with self._db() as db:
            return frozenset(r[0] for r in db.execute("SELECT key FROM told WHERE number = ?", (number,)))

    def mailed(self, number: int, newest: Iterable[str]) -> None:
        """Its reader has had these: the newest hits of now. Older ones than these do not come again."""
        with self._db() as db:
            sql = "UPDATE searches SET mailed = ?, refused = 0 WHERE number = ?"
            if db.execute(sql, (time.time(), number)).rowcount:  # not ended meanwhile
                db.execute("DELETE FROM told WHERE number = ?", (number,))
                db.executemany("INSERT INTO told VALUES (?, ?)", [(number, key) for key in set(newest)])

    def refused(self, s: Saved) -> bool:
        """Its mailbox took no mail; whether that was once too often, and the search is ended."""
        with self._db() as db:
            db.execute("UPDATE searches SET refused = refused + 1 WHERE number = ?", (s.number,))
            sql = "DELETE FROM searches WHERE number = ? AND refused >= ?"
            return db.execute(sql, (s.number, REFUSALS)).rowcount > 0

    def counts(self) -> dict[str, int]:
        """How many searches there are of each pace."""
        pace = [s.often for s in self._found("")]
        return {often: pace.count(often) for often in OFTEN}


def _mailbox(email: str) -> str:
    """The mailbox that an address leads to: what stands behind a plus is for its owner to sort by."""
    local, _, host = email.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}"


def _household(reader: str) -> str:
    """An address, or the network that a household has of IPv6's."""
    try:
        address = ipaddress.ip_address(reader)
    except ValueError:
        return reader
    return str(ipaddress.ip_network(f"{reader}/64", strict=False)) if address.version == 6 else reader
