"""Many papers: each read in a worker of its own with limits, so that a bad one costs its own row and nothing else."""

from __future__ import annotations

import hashlib
import logging
import os
import resource
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any

from extractors.errors import MinutebookError

log = logging.getLogger("minutebook")

SECONDS_A_PAPER = 1800
"""A paper that takes longer is given up: the slowest corpus paper, 35 scanned pages, takes about one minute."""
BYTES_A_WORKER = 3_000_000_000
"""Address space a worker may take beyond what it starts with: a paper that wants more fails with its reason."""
PAPERS_A_WORKER = 50
"""A worker is replaced after so many papers, which bounds what its libraries keep."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper."""

    path: Path
    document_id: str
    status: str
    error: str | None
    pages: int
    seconds: float
    counts: dict[str, int]


def pdfs_in(paths: Sequence[Path]) -> list[Path]:
    """The PDFs named, and those in the folders named, in order and each once. Raises MinutebookError for a missing path."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())))
        elif path.is_file():
            found[path] = None
        else:
            raise MinutebookError(f"{path}: no such file or folder")
    return list(found)


def read_one(path: Path, output: Path, council: str | None, ocr: str, source: dict[str, Any] | None = None) -> Outcome:
    """Read one paper and write its rows; `source` is what is known of where it came from."""
    from extractors.records import extract
    from pipeline.publish import publish
    from pipeline.witness import with_source

    began = perf_counter()
    extraction = extract(path, council=council, ocr=ocr)
    if source:
        extraction = with_source(extraction, source)
    publish(extraction, output)
    row = extraction.document
    counts = {name: len(rows) for name, rows in extraction.rows.items()}
    return Outcome(path, extraction.document_id, row["status"], row.get("error"), row.get("pages") or 0, perf_counter() - began, counts)


def _limit_worker() -> None:
    # A worker is forked, so it starts with its parent's address space, which the threads of a large night make large.
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + BYTES_A_WORKER, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes of address space of this process; 0 where the system does not tell (no /proc)."""
    told = Path("/proc/self/statm")
    return int(told.read_text("ascii").split()[0]) * resource.getpagesize() if told.exists() else 0


def read_all(
    paths: Sequence[Path], output: Path, *, council: str | None = None, jobs: int = 1, ocr: str = "auto", seconds: int = SECONDS_A_PAPER
) -> Iterator[Outcome]:
    """Read the papers, `jobs` at a time, yielding each as it is done. Never raises for a bad paper."""
    waiting = list(paths)
    while waiting:
        with _workers(min(jobs, len(waiting))) as pool, suppress(BrokenProcessPool):
            for future in [_schedule(pool, (p, output, council, ocr), seconds) for p in waiting]:
                outcome = _settle(waiting[0], future.result, output, council, seconds)
                waiting.pop(0)
                yield outcome
        if waiting:  # the pool broke, which is no paper's fault: one is read alone, the rest in a new pool
            yield read_isolated(waiting.pop(0), output, council=council, ocr=ocr, seconds=seconds, warm=False)


def _workers(count: int) -> Any:
    """Workers with limits, `count` at a time."""
    from pebble import ProcessPool

    return ProcessPool(max_workers=max(1, count), max_tasks=PAPERS_A_WORKER, initializer=_limit_worker)


_retiring = threading.Lock()


@lru_cache(maxsize=1)
def _pool() -> Any:
    """The process's own workers for single papers, kept warm; as many papers at a time as threads ask."""
    return _workers(os.cpu_count() or 2)


def read_isolated(
    path: Path, output: Path, *, council: str | None = None, ocr: str = "auto", seconds: int = SECONDS_A_PAPER, source: dict[str, Any] | None = None, warm: bool = True
) -> Outcome:
    """Read one paper in a worker with limits. Never raises for a bad paper; raises MinutebookError when nothing can be written.

    `warm` keeps the workers for the next paper; without it one is started and ended for this paper, as a cluster's workers need it,
    which must be free to end when they are told.
    """
    arguments = (path, output, council, ocr, source)
    if warm:
        pool = _pool()
        try:
            return _settle(path, _schedule(pool, arguments, seconds).result, output, council, seconds, source)
        except BrokenProcessPool:
            _retire(pool)
    with _workers(1) as pool:
        try:
            return _settle(path, _schedule(pool, arguments, seconds).result, output, council, seconds, source)
        except BrokenProcessPool as error:
            return _settled(path, _give_up(path, output, council, source, f"its worker died ({error}): read it alone"))


def _schedule(pool: Any, arguments: tuple[Any, ...], seconds: int) -> Any:
    try:
        return pool.schedule(read_one, args=arguments, timeout=seconds)
    except RuntimeError as error:  # another thread's paper found the pool broken, or has retired it
        raise BrokenProcessPool(str(error)) from error


def _retire(pool: Any) -> None:
    """Put a broken pool away, once, so that the next paper gets a new one. Its papers have all been told."""
    with _retiring:
        if _pool() is pool:
            _pool.cache_clear()
            pool.stop()
            pool.join()
            log.debug("the workers were replaced")


def _settle(path: Path, result: Callable[[], Outcome], output: Path, council: str | None, seconds: int, source: dict[str, Any] | None = None) -> Outcome:
    """The outcome, or why there is none. Raises BrokenProcessPool when the workers, not the paper, are at fault."""
    from pebble import ProcessExpired

    try:
        outcome = result()
    except BrokenProcessPool:
        raise
    except FutureTimeout:
        outcome = _give_up(path, output, council, source, f"gave up after {seconds} s: read it alone, with a longer limit")
    except MemoryError:
        outcome = _give_up(path, output, council, source, "needs more memory than a worker may take: read it alone on a larger machine")
    except ProcessExpired as error:
        outcome = _give_up(path, output, council, source, f"its worker died (exit code {error.exitcode}): read it alone on a larger machine")
    except OSError as error:
        if error.filename and Path(str(error.filename)) != path:
            raise MinutebookError(f"cannot write {error.filename}: {error.strerror}") from error
        outcome = _give_up(path, output, council, source, f"cannot be read from disk ({error.strerror or error})")
    except Exception as error:  # a worker that died or a fault of ours: the night goes on, the reason is kept
        log.debug("%s", path, exc_info=True)
        outcome = _give_up(path, output, council, source, f"reading failed ({type(error).__name__}: {str(error)[:160]}): please report it")
    return _settled(path, outcome)


def _settled(path: Path, outcome: Outcome) -> Outcome:
    level = logging.INFO if outcome.status != "failed" else logging.WARNING
    counts = ", ".join(f"{outcome.counts[k]} {k.replace('_', ' ')}" for k in ("resolutions", "actions", "tables") if outcome.counts.get(k))
    log.log(level, "%s: %s, %d pages, %.1f s%s%s", path.name, outcome.status, outcome.pages, outcome.seconds, f", {counts}" if counts else "", f", {outcome.error}" if outcome.error else "")
    return outcome


def _give_up(path: Path, output: Path, council: str | None, source: dict[str, Any] | None, reason: str) -> Outcome:
    from extractors.records import failed
    from pipeline.publish import publish
    from pipeline.witness import with_source

    try:
        data = path.read_bytes()
    except OSError:
        return Outcome(path, "", "failed", reason, 0, 0.0, {})
    extraction = failed(hashlib.sha256(data).hexdigest(), path, len(data), reason, council)
    extraction = with_source(extraction, source) if source else extraction
    publish(extraction, output)
    return Outcome(path, extraction.document_id, "failed", reason, 0, 0.0, {"documents": 1})
