"""Connections to the index, which may be missing, damaged or replaced at any time, also while it is asked."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.budget import within
from search.index import IndexUnfit, open_current

log = logging.getLogger("minutebook")


class Readers:
    """Connections to the index, one a thread, opened anew when the file was replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def stamp(self) -> tuple[int, int, int]:
        """What changes when the file is replaced or written to. Raises IndexUnfit when there is none."""
        try:
            stat = self.path.stat()
        except OSError as error:
            raise IndexUnfit(
                f"there is no index ({error.strerror}): build it with minutebook index"
            ) from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    @contextmanager
    def db(self) -> Generator[sqlite3.Connection]:
        """A connection to the index as it is now, for as long as one request may ask. Raises TooSlow after
        that, IndexUnfit for an index that is missing, damaged, or becomes so while it is asked."""
        stamp = self.stamp
        if getattr(self._local, "stamp", None) != stamp:
            self._close()
            self._local.connection, self._local.stamp = _opened(self.path), stamp
        try:
            with within(self._local.connection) as db:
                yield db
        except sqlite3.DatabaseError as error:
            if _is_ours(error):
                raise
            self._close()
            log.warning("the index: %s", error)
            raise IndexUnfit.because(error) from error

    def _close(self) -> None:
        old: sqlite3.Connection | None = getattr(self._local, "connection", None)
        self._local.connection = self._local.stamp = None
        if old is not None:
            with suppress(sqlite3.DatabaseError):
                old.close()


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return open_current(path)
    except FileNotFoundError as error:  # it was there a moment ago
        raise IndexUnfit(f"there is no index: {error}") from error


def _is_ours(error: sqlite3.DatabaseError) -> bool:
    """Whether what was asked is at fault, not the file."""
    said = getattr(error, "sqlite_errorcode", None)
    return said == sqlite3.SQLITE_ERROR or isinstance(error, sqlite3.ProgrammingError)
