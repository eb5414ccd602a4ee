"""One council's night at its site: what it lists, and the papers that are not in the archive, oldest debts
first."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.archive import Archive, now
from pipeline.errors import Gone, LimitReached, NotFetched, WebPage
from pipeline.night.fetch import Fetcher
from pipeline.night.limits import Share
from pipeline.sources import Council, Publication, Window
from pipeline.sources.listing import Listing, listing

log = logging.getLogger("minutebook")
SAID = 20
"""Failures of a council that are kept in words."""


@dataclass
class Tally:
    """What a council's night came to. `remaining` papers were not asked for, since a limit was reached;
    `trouble` is the sort of `error`; a `notice` is for the operator to know, though all was found."""

    council: str
    found: int = 0
    new: int = 0
    failed: int = 0
    remaining: int = 0
    error: str | None = None
    trouble: str | None = None
    notice: str | None = None
    failures: list[str] = field(default_factory=lambda: list[str]())


def gather(
    council: Council,
    archive: Archive,
    fetcher: Fetcher,
    share: Share,
    *,
    since: date | None = None,
    dry: bool = False,
) -> Tally:
    """Discover and fetch for one council; a paper that fails costs itself only, a council that fails its own
    night only."""
    tally, began = Tally(council.name), now()
    try:
        window = Window.around(council, datetime.now(UTC).date(), since)
        found = discover(council, window, archive, fetcher, share)
        tally.found, tally.error, tally.trouble = len(found.papers), found.problem, found.trouble
        if not dry:
            papers = _debts_first([p for p in found.papers if p.form != "html"], archive)
            _fetch_all(papers, archive, fetcher, share, tally)
            if not tally.error and not tally.remaining:
                _look_for_the_vanished(council.name, window, began, archive, fetcher, share)
        tally.notice = _moved(council, fetcher)
    except Exception as error:  # a full disk, a locked archive: the other councils go on
        tally.error, tally.trouble = f"{type(error).__name__}: {error}"[:400], type(error).__name__
        log.debug("%s", council.name, exc_info=True)
    _tell(tally)
    if not dry:
        archive.night_ended(
            council.name,
            began,
            found=tally.found,
            new=tally.new,
            failed=tally.failed,
            error=tally.error,
            trouble=tally.trouble,
            notice=tally.notice,
            remaining=tally.remaining,
        )
    return tally


def discover(council: Council, window: Window, archive: Archive, fetcher: Fetcher, share: Share) -> Listing:
    """What the council publishes for its window, noted in the archive, and what could not be listed."""
    found = listing(council, window, share.asking(fetcher.text))
    archive.listed(found.papers)
    return found


def fetch(p: Publication, archive: Archive, fetcher: Fetcher, share: Share) -> bool:
    """Fetch a publication into the archive; whether it gave a paper that was not there. Raises NotFetched,
    LimitReached, OSError."""
    share.check()
    if p.url.startswith("file:"):
        return _from_disk(p, archive)
    size = 0
    try:
        got = fetcher.get(p.url)
        size = got.bytes
    finally:
        share.took(size)
    return archive.link(p.url, got.sha256, p.council)


def _from_disk(p: Publication, archive: Archive) -> bool:
    path = Path(unquote(urlsplit(p.url).path))
    kept = archive.last(p.url)
    stamp = f"{path.stat().st_mtime_ns}-{path.stat().st_size}"
    if kept and kept.etag == stamp:
        return archive.link(p.url, kept.sha256, p.council)
    with path.open("rb") as source:
        sha256, size, _ = archive.store(iter(lambda: source.read(1 << 20), b""))
    archive.record(p.url, status=200, sha256=sha256, bytes=size, etag=stamp)
    return archive.link(p.url, sha256, p.council)


def _debts_first(papers: list[Publication], archive: Archive) -> list[Publication]:
    """Papers that never came before those that only may have changed; each sort by when it was last tried,
    never first, then by when it was first listed."""
    known = archive.known(papers[0].council) if papers else {}

    def debt(p: Publication) -> tuple[bool, str, str]:
        seen = known[p.url]
        return seen.document_id is not None, seen.checked_at or "", seen.first_seen

    return sorted(papers, key=debt)


def _fetch_all(
    papers: list[Publication], archive: Archive, fetcher: Fetcher, share: Share, tally: Tally
) -> None:
    for done, p in enumerate(papers):
        try:
            tally.new += fetch(p, archive, fetcher, share)
        except LimitReached as reached:
            tally.remaining = len(papers) - done
            log.warning("%s: %s; %d papers are left for the next night", p.council, reached, tally.remaining)
            return
        except (NotFetched, OSError) as error:
            archive.tried(p.url, p.council, gone=isinstance(error, Gone | FileNotFoundError))
            if p.form == "either" and isinstance(error, WebPage):
                continue  # asked again tomorrow: its council may put the PDF there
            tally.failed += 1
            if len(tally.failures) < SAID:
                tally.failures.append(str(error))
            log.warning("%s: %s: %s", p.council, p.title or p.kind or "a paper", error, extra=_about(p))


def _about(p: Publication) -> dict[str, str]:
    return {"council": p.council, "title": p.title or "", "url": p.url}


def _look_for_the_vanished(
    council: str, window: Window, began: str, archive: Archive, fetcher: Fetcher, share: Share
) -> None:
    """Ask papers that the list leaves out tonight whether they are still there. Their rows stay; the archive
    knows since when they are gone."""
    for url in archive.unlisted(council, began, window.since, window.until):
        try:
            fetch(Publication(url, council), archive, fetcher, share)
        except LimitReached:
            return
        except (NotFetched, OSError) as error:
            gone = isinstance(error, Gone | WebPage | FileNotFoundError)
            archive.tried(url, council, gone=gone)
            if gone:
                log.warning("%s: no longer published: %s", council, url)


def _moved(council: Council, fetcher: Fetcher) -> str | None:
    there = fetcher.moved.get(urlsplit(council.address).netloc)
    if not there:
        return None
    return (
        f"{council.name}: {council.address} leads to {there} now: the council may have moved; "
        f"`minutebook add {there}` tells what is there"
    )


def _tell(tally: Tally) -> None:
    for words in filter(None, (tally.error, tally.notice)):
        log.warning("%s: %s", tally.council, words.removeprefix(f"{tally.council}: "))
    log.info(
        "%s: %d found, %d new, %d failed%s",
        tally.council,
        tally.found,
        tally.new,
        tally.failed,
        f", {tally.remaining} left for the next night" if tally.remaining else "",
        extra={"council": tally.council},
    )
