"""How long the index may be asked: one request, one budget, whatever it asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic

SECONDS = 2.0
STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class TooSlow(Exception):
    """The index was asked for longer than it may be."""


@contextmanager
def within(db: sqlite3.Connection, seconds: float = SECONDS) -> Generator[sqlite3.Connection]:
    """The connection, for so long. Raises `TooSlow` out of whatever query is running then."""
    ends = monotonic() + seconds
    db.set_progress_handler(lambda: int(monotonic() > ends), STEPS)
    try:
        yield db
    except sqlite3.OperationalError as error:
        if monotonic() > ends:  # SQLite says "interrupted", or what the interruption broke inside it
            raise TooSlow("the search took too long: add a word or a filter") from error
        raise
    finally:
        db.set_progress_handler(None, 0)
