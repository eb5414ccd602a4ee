"""How long the index may be asked: one request, one budget, whatever it asks."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from time import monotonic, thread_time

SECONDS = 2.0
"""Of the processor: a machine that is busy with other things is no fault of the question."""
WAITING = 4.0
"""By how much more the clock may show."""
STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class TooSlow(Exception):
    """The index was asked for longer than it may be."""


@contextmanager
def within(db: sqlite3.Connection, seconds: float = SECONDS) -> Generator[sqlite3.Connection]:
    """The connection, for so many seconds of work by this thread, or a few times as many by the clock. Raises
    `TooSlow` out of whatever query is running then."""
    work_ends, ends = thread_time() + seconds, monotonic() + WAITING * seconds

    def is_over() -> bool:
        return thread_time() > work_ends or monotonic() > ends

    db.set_progress_handler(lambda: int(is_over()), STEPS)
    try:
        yield db
    except sqlite3.OperationalError as error:
        if is_over():  # SQLite says "interrupted", or what the interruption broke inside it
            raise TooSlow("the search took too long: add a word or a filter") from error
        raise
    finally:
        db.set_progress_handler(None, 0)
