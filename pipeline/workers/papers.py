"""Many papers: each read in a worker of its own with limits, so that a bad one costs its own row and nothing
else."""

from __future__ import annotations

import hashlib
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from extractors.errors import MinutebookError
from pipeline.errors import CannotWrite
from pipeline.workers.pool import (
    PROCESSOR_A_PAPER,
    SECONDS_A_PAPER,
    TIRED,
    make_pool,
    retire,
    schedule,
    shared_pool,
)

if TYPE_CHECKING:
    from extractors.rows import Leaf

log = logging.getLogger("minutebook")

PAGES_A_SHARE = 20
"""When workers stand idle, a paper of twice as many pages is read by several, so many pages or more each."""


@dataclass(frozen=True, slots=True)
class Task:
    """A paper to read: where its rows go, what is known of it, how long it may take."""

    path: Path
    output: Path
    council: str | None = None
    ocr: str = "auto"
    seconds: int = SECONDS_A_PAPER
    source: dict[str, Any] | None = None
    """What is known of where it came from."""


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
    understood: float | None = None
    """The share of its strong cues that a fact explains; None where none were heard."""


def pdfs_in(paths: Sequence[Path]) -> list[Path]:
    """The PDFs named, and those in the folders named, in order and each once. Raises MinutebookError for a
    missing path."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(
                dict.fromkeys(
                    sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
                )
            )
        elif path.is_file():
            found[path] = None
        else:
            raise MinutebookError(f"{path}: no such file or folder")
    return list(found)


def read_one(task: Task, leaves: Sequence[Leaf] | None = None) -> Outcome:
    """Read one paper and write its rows; `leaves` where others have read its pages."""
    from extractors.rows import extract
    from pipeline.store.publish import publish
    from pipeline.workers.witness import with_source

    began = perf_counter()
    extraction = extract(task.path, council=task.council, ocr=task.ocr, leaves=leaves)
    if task.source:
        extraction = with_source(extraction, task.source)
    publish(extraction, task.output)
    row = extraction.document
    counts = {name: len(rows) for name, rows in extraction.rows.items()}
    return Outcome(
        task.path,
        extraction.document_id,
        row.status,
        row.error,
        row.pages or 0,
        perf_counter() - began,
        counts,
        row.understood,
    )


def read_all(
    paths: Sequence[Path],
    output: Path,
    *,
    council: str | None = None,
    jobs: int = 1,
    ocr: str = "auto",
    seconds: int = SECONDS_A_PAPER,
) -> Iterator[Outcome]:
    """Read the papers, `jobs` at a time, yielding each as it is done. Never raises for a bad paper; raises
    CannotWrite when nothing can be written."""
    waiting = [Task(path, output, council, ocr, seconds) for path in paths]
    while waiting:
        alone = len(waiting) < jobs
        with make_pool(jobs if alone else min(jobs, len(waiting))) as pool, suppress(BrokenProcessPool):
            futures = [
                _shared_out(pool, t, jobs) if alone else schedule(pool, read_one, (t,), seconds).result
                for t in waiting
            ]
            for result in futures:
                outcome = _settle(waiting[0], result)
                waiting.pop(0)
                yield outcome
        if waiting:  # the pool broke, which is no paper's fault: one is read alone, the rest in a new pool
            yield _read_alone(waiting.pop(0))


def _shared_out(pool: Any, task: Task, jobs: int) -> Callable[[], Outcome]:
    """The paper's pages read by several workers, the rest of the work by one. What fails on the way is left
    to that one to tell."""

    def result() -> Outcome:
        leaves: list[Leaf] | None = None
        with suppress(Exception):
            leaves = _leaves_by_many(pool, task, jobs)
        return schedule(pool, read_one, (task, leaves), task.seconds).result()

    return result


def _leaves_by_many(pool: Any, task: Task, jobs: int) -> list[Leaf] | None:
    count: int = schedule(pool, pages_in, (task.path,), task.seconds).result()
    if count < 2 * PAGES_A_SHARE:
        return None
    share = max(PAGES_A_SHARE, -(-count // (4 * jobs)))
    spans = [(first, min(first + share - 1, count)) for first in range(1, count + 1, share)]
    parts = [
        schedule(pool, pages_between, (task.path, first, last, task.ocr), task.seconds)
        for first, last in spans
    ]
    return [leaf for part in parts for leaf in part.result()]


def pages_in(path: Path) -> int:
    """How many pages pdfplumber sees. Raises MinutebookError when it cannot open the file."""
    from extractors.pdf.pages import count_pages

    return count_pages(path)


def pages_between(path: Path, first: int, last: int, ocr: str) -> tuple[Leaf, ...]:
    """Some of a paper's pages."""
    from extractors.rows import read_leaves

    return read_leaves(path, first, last, ocr=ocr)


def read_isolated(
    path: Path,
    output: Path,
    *,
    council: str | None = None,
    ocr: str = "auto",
    seconds: int = SECONDS_A_PAPER,
    source: dict[str, Any] | None = None,
    warm: bool = True,
) -> Outcome:
    """Read one paper in a worker with limits. Never raises for a bad paper; raises CannotWrite when nothing
    can be written.

    `warm` keeps the workers for the next paper; without it one is started and ended for this paper, as a
    cluster's workers need it, which must be free to end when they are told.
    """
    task = Task(path, output, council, ocr, seconds, source)
    if warm:
        pool = shared_pool()
        try:
            return _settle(task, schedule(pool, read_one, (task,), seconds).result)
        except BrokenProcessPool:
            retire(pool)
    return _read_alone(task)


def _read_alone(task: Task) -> Outcome:
    with make_pool(1) as pool:
        try:
            return _settle(task, schedule(pool, read_one, (task,), task.seconds).result)
        except BrokenProcessPool as error:
            return _settled(task, _give_up(task, f"its worker died ({error}): read it alone"))


def _settle(task: Task, result: Callable[[], Outcome]) -> Outcome:
    """The outcome, or why there is none. Raises BrokenProcessPool when the workers, not the paper, are at
    fault."""
    from pebble import ProcessExpired

    try:
        outcome = result()
    except (BrokenProcessPool, CannotWrite):
        raise
    except FutureTimeout:
        outcome = _give_up(task, f"gave up after {task.seconds} s: read it alone, with a longer limit")
    except MemoryError:
        outcome = _give_up(
            task, "needs more memory than a worker may take: read it alone on a larger machine"
        )
    except ProcessExpired as error:
        if error.exitcode == TIRED:
            return _read_alone(task)
        outcome = _give_up(task, _why(error.exitcode))
    except OSError as error:
        outcome = _give_up(task, f"cannot be read from disk ({error.strerror or error})")
    except Exception as error:  # a worker that died or a fault of ours: the night goes on, the reason is kept
        log.debug("%s", task.path, exc_info=True)
        outcome = _give_up(
            task, f"reading failed ({type(error).__name__}: {str(error)[:160]}): please report it"
        )
    return _settled(task, outcome)


def _why(exitcode: int | None) -> str:
    if exitcode == -signal.SIGXCPU:
        return f"took more than {PROCESSOR_A_PAPER} s of processor: read it alone, with a longer limit"
    return f"its worker died (exit code {exitcode}): read it alone on a larger machine"


def _settled(task: Task, outcome: Outcome) -> Outcome:
    title = (task.source or {}).get("title")
    level = logging.INFO if outcome.status != "failed" else logging.WARNING
    counts = ", ".join(
        f"{outcome.counts[k]} {k.replace('_', ' ')}"
        for k in ("resolutions", "actions", "tables")
        if outcome.counts.get(k)
    )
    log.log(
        level,
        "%s: %s, %d pages, %.1f s%s%s%s",
        f"{task.council}: {title} ({task.path.stem[:12]})" if title else task.path.name,
        outcome.status,
        outcome.pages,
        outcome.seconds,
        f", {counts}" if counts else "",
        f", {outcome.understood:.0%} of its cues understood" if _is_doubtful(outcome.understood) else "",
        f", {outcome.error}" if outcome.error else "",
        extra={"council": task.council, "title": title, "document_id": outcome.document_id},
    )
    return outcome


def _is_doubtful(understood: float | None) -> bool:
    """Less than nine in ten of what was heard was understood."""
    return understood is not None and understood < 0.9


def _give_up(task: Task, reason: str) -> Outcome:
    from extractors.rows import failed
    from pipeline.store.publish import publish
    from pipeline.workers.witness import with_source

    try:
        data = task.path.read_bytes()
    except OSError:
        return Outcome(task.path, "", "failed", reason, 0, 0.0, {})
    extraction = failed(hashlib.sha256(data).hexdigest(), task.path, len(data), reason, task.council)
    extraction = with_source(extraction, task.source) if task.source else extraction
    publish(extraction, task.output)
    return Outcome(task.path, extraction.document_id, "failed", reason, 0, 0.0, {"documents": 1})
