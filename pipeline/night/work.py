"""A night's work as plain functions: discover, fetch, read. The flows call these and add nothing but
orchestration."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from filelock import FileLock, Timeout

from extractors import __version__
from pipeline.archive import Archive, now
from pipeline.config import Settings
from pipeline.errors import AlreadyRunning, NotFetched, WebPage
from pipeline.night.fetch import Fetcher
from pipeline.sources import Council, Publication, Window
from pipeline.sources.listing import Listing, listing

log = logging.getLogger("minutebook")
VERSION = __version__
BAD = {"failed", "crashed"}
"""How the reading of a paper may end that is not well."""


@dataclass
class Tally:
    """What a council's night came to."""

    council: str
    found: int = 0
    new: int = 0
    failed: int = 0
    error: str | None = None
    failures: list[str] = field(default_factory=lambda: list[str]())


@dataclass
class Night:
    """What a night came to: each council's tally, and how many papers were read how (ok, partial, failed,
    crashed)."""

    councils: list[Tally] = field(default_factory=lambda: list[Tally]())
    read: dict[str, int] = field(default_factory=lambda: dict[str, int]())

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


def fetcher_for(settings: Settings, archive: Archive) -> Fetcher:
    """A fetcher with the configuration's manners."""
    fetcher = Fetcher(
        archive, contact=settings.contact, private=settings.private_addresses, largest=settings.largest
    )
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


def discover(council: Council, archive: Archive, fetcher: Fetcher, *, since: date | None = None) -> Listing:
    """What the council publishes for its window, noted in the archive, and what could not be listed."""
    window = Window.around(council, datetime.now(UTC).date(), since)
    found = listing(council, window, fetcher.text)
    for p in found.papers:
        archive.publish_seen(p)
    return found


def fetch(p: Publication, archive: Archive, fetcher: Fetcher) -> bool:
    """Fetch a publication into the archive; whether it gave a paper that was not there. Raises NotFetched."""
    if p.url.startswith("file:"):
        path = Path(unquote(urlsplit(p.url).path))
        kept = archive.last(p.url)
        stamp = f"{path.stat().st_mtime_ns}-{path.stat().st_size}"
        if kept and kept.etag == stamp:
            return archive.link(p.url, kept.sha256, p.council)
        with path.open("rb") as source:
            sha256, size, _ = archive.store(iter(lambda: source.read(1 << 20), b""))
        archive.record(p.url, status=200, sha256=sha256, bytes=size, etag=stamp)
        return archive.link(p.url, sha256, p.council)
    got = fetcher.get(p.url)
    return archive.link(p.url, got.sha256, p.council)


def gather(
    council: Council, archive: Archive, fetcher: Fetcher, *, since: date | None = None, dry: bool = False
) -> Tally:
    """Discover and fetch for one council; a paper that fails costs itself only, a council that fails its own
    night only."""
    tally, began = Tally(council.name), now()
    try:
        found = discover(council, archive, fetcher, since=since)
        tally.found, tally.error = len(found.papers), found.problem
        for p in found.papers if not dry else ():
            if p.form == "html":  # no page of the web is read yet: each has its PDF, or waits
                continue
            try:
                tally.new += fetch(p, archive, fetcher)
            except (NotFetched, OSError) as error:
                if p.form == "either" and isinstance(error, WebPage):
                    continue  # asked again tomorrow: its council may put the PDF there
                tally.failed += 1
                tally.failures.append(str(error))
                log.warning("%s: %s", council.name, error)
    except Exception as error:  # a full disk, a locked archive: the other councils go on
        tally.error = f"{type(error).__name__}: {error}"[:400]
    if tally.error:
        log.warning("%s: %s", council.name, tally.error)
    if not dry:
        archive.night_ended(
            council.name, began, found=tally.found, new=tally.new, failed=tally.failed, error=tally.error
        )
    log.info(
        "%s: %d found, %d new, %d failed%s",
        council.name,
        tally.found,
        tally.new,
        tally.failed,
        f", {tally.error}" if tally.error else "",
    )
    return tally


def read_paper(document_id: str, council: str, settings: Settings) -> str:
    """Read one paper of the archive in a worker with limits, publish its rows, note how it ended: ok, partial
    or failed."""
    from pipeline.workers.papers import read_isolated

    archive = Archive(settings.archive)
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
        "fetched_at": datetime.fromisoformat(fetched.replace("Z", "+00:00")) if fetched else None,
        "published_at": None,
        "committee": p.get("committee"),
        "meeting_date": p.get("meeting_date"),
        "knows": json.loads(p["knows"]) if p.get("knows") else {},
    }


def withdraw(document_id: str, settings: Settings) -> None:
    """A paper recalled by its council: out of the datasets; the archive keeps a tombstone and the record, not
    the bytes' use."""
    from pipeline.store.merge import forget

    Archive(settings.archive).withdraw(document_id)
    forget(document_id, settings.output)
