"""A night's work as plain functions: gather a council, read a paper. The flows call these and add nothing but
orchestration."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from extractors import __version__
from pipeline.archive import Archive, archive_of
from pipeline.config import Settings
from pipeline.errors import AlreadyRunning, BadConfig
from pipeline.night.fetch import Fetcher
from pipeline.night.gather import Tally
from pipeline.night.turns import folder_of_this_machine

VERSION = __version__
BAD = {"failed", "crashed"}
"""How the reading of a paper may end that is not well."""


@dataclass
class Night:
    """What a night came to: each council's tally, how many papers were read how (ok, partial, failed,
    crashed) and how many by each process of the engine, how many are left for the next night, and how many
    platforms' records were written."""

    councils: list[Tally] = field(default_factory=lambda: list[Tally]())
    read: dict[str, int] = field(default_factory=lambda: dict[str, int]())
    readers: dict[str, int] = field(default_factory=lambda: dict[str, int]())
    unread: int = 0
    records: int = 0

    @property
    def well(self) -> bool:
        """Whether no council and no paper failed."""
        return not any(t.error or t.failed for t in self.councils) and not self.read.keys() & BAD


@contextmanager
def only_one(settings: Settings) -> Generator[None]:
    """Hold the archive's lock for a run. Raises AlreadyRunning when another run has it; a killed run's lock
    is free again."""
    settings.archive.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.archive / "night.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyRunning("another run is under way: this one leaves; nothing is lost") from error
    try:
        yield
    finally:
        lock.release()


def drop_old_reports(settings: Settings) -> int:
    """Delete quality reports that are older than they are kept; how many."""
    since = time.time() - settings.keep_reports * 86400
    old = [f for f in settings.reports.glob("*.html") if f.stat().st_mtime < since]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def fetcher_for(settings: Settings, archive: Archive) -> Fetcher:
    """A fetcher with the configuration's manners. Raises BadConfig when its folder of turns or its proxy
    cannot be used."""
    try:
        fetcher = Fetcher(
            archive,
            contact=settings.contact,
            private=settings.private_addresses,
            largest=settings.largest,
            turns=settings.turns or folder_of_this_machine(),
            proxy=settings.proxy.get_secret_value(),
        )
    except OSError as error:
        raise BadConfig(f"turns: {error}") from error
    except ValueError as error:
        raise BadConfig(f"proxy: {error}; one is written http://proxy.example.org:3128") from error
    for c in settings.councils:
        host = urlsplit(c.address).netloc
        if host:
            fetcher.paces[host] = max(fetcher.paces.get(host, 0.0), c.pace)
    if settings.councils:
        fetcher.pace = (
            min(c.pace for c in settings.councils)
            if settings.private_addresses
            else max(1.0, min(c.pace for c in settings.councils))
        )
    return fetcher


def this_process() -> str:
    """The machine and the process, as it is told which of an engine's workers read a paper."""
    return f"{socket.gethostname()}:{os.getpid()}"


def read_paper(document_id: str, council: str, settings: Settings) -> str:
    """Read one paper of the archive in a worker with limits, publish its rows, note how it ended: ok, partial
    or failed."""
    from pipeline.workers.papers import read_isolated

    archive = archive_of(settings)
    source = archive.source_of(document_id)
    outcome = read_isolated(
        archive.path(document_id),
        settings.output,
        council=council,
        seconds=settings.seconds_a_paper,
        source=origin(source),
        warm=settings.engine == "threads",
    )
    archive.done(document_id, VERSION, outcome.status, outcome.error)
    return outcome.status


def origin(source: dict[str, Any]) -> dict[str, Any]:
    """What the archive knows of a paper, as the columns of `documents` and for the second witness."""
    p = source["publication"]
    fetched = source["fetched_at"]
    return {
        "source_url": p.get("url"),
        "title": p.get("title"),
        "fetched_at": datetime.fromisoformat(fetched.replace("Z", "+00:00")) if fetched else None,
        "published_at": None,
        "committee": p.get("committee"),
        "meeting_date": p.get("meeting_date"),
        "knows": json.loads(p["knows"]) if p.get("knows") else {},
        "supersedes": source["supersedes"],
        "other_councils": source["other_councils"],
    }


def withdraw(document_id: str, settings: Settings, reason: str) -> None:
    """A paper recalled by its council: out of the datasets; the archive keeps a tombstone with the reason and
    the record, not the bytes' use."""
    from pipeline.store.merge import forget

    archive_of(settings).withdraw(document_id, reason)
    forget(document_id, settings.output)
