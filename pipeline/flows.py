"""The night in Prefect: councils gathered, and what is new read as it comes in, a report. Nothing but
orchestration.

What flows and tasks are handed stands in Prefect's database: the configuration's path, never its content.
"""

from __future__ import annotations

import os
import threading
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from contextvars import copy_context
from datetime import date
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, cast

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.archive import Archive, archive_of
from pipeline.config import Settings, load
from pipeline.errors import CannotWrite
from pipeline.night import work
from pipeline.night.gather import Tally, gather
from pipeline.night.limits import NightEnd, Share
from pipeline.night.told import publish_records
from pipeline.night.watch import Ending, watched
from pipeline.store.evolve import adopt
from pipeline.store.files import write_data_package
from pipeline.store.merge import merge, recover
from pipeline.store.quality import write_report

Hook = Callable[[str, work.Night], object]
"""Something done at a night's end: (the configuration's path, what the night came to)."""
THREADS: Any = ThreadPoolTaskRunner  # its type parameter is known to nobody
SIDE_BY_SIDE = 16
"""Councils gathered at once."""
AHEAD = 4
"""Papers handed to the engine for each that it reads at a time."""
LOOK = 2.0
"""Seconds between looks for papers that came in."""
READ_AT_A_TIME = 2_000
"""Papers read between two mergings: readers see a long night's work by parts."""


def runner_for(settings: Settings) -> Any:
    """The task runner that the configuration names: threads here, Dask or Ray elsewhere."""
    if settings.engine == "dask":
        import dask.config
        from prefect_dask.task_runners import DaskTaskRunner

        dask.config.set({"distributed.worker.daemon": False})  # readers start workers of their own
        if settings.engine_address:
            return DaskTaskRunner(address=settings.engine_address)
        return DaskTaskRunner(
            cluster_kwargs={
                "n_workers": settings.workers,
                "threads_per_worker": 1,
                "processes": True,
                "dashboard_address": None,
            }
        )
    if settings.engine == "ray":
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # its makers are told nothing of this machine
        runner: Any = import_module("prefect_ray").RayTaskRunner
        if settings.engine_address:
            return runner(address=settings.engine_address)
        return runner(init_kwargs={"num_cpus": settings.workers, "include_dashboard": False})
    return THREADS(max_workers=settings.workers)


@task(
    name="read",
    task_run_name="read {document_id:.12}",
    retries=1,
    retry_delay_seconds=5,
    cache_policy=NO_CACHE,
)
def read_document(document_id: str, council: str, config: str) -> tuple[str, str]:
    """Read one paper and publish its rows: how it ended, and which process of the engine had it."""
    return work.read_paper(document_id, council, load(Path(config))), work.this_process()


@task(name="gather", task_run_name="gather {council}", cache_policy=NO_CACHE)
def gather_council(
    council: str, config: str, fetcher: Any, ends: NightEnd, since: date | None, dry: bool
) -> Tally:
    """Discover and fetch one council."""
    settings = load(Path(config))
    share = Share(settings.limits, ends)
    archive = archive_of(settings)
    return gather(settings.council(council), archive, fetcher, share, since=since, dry=dry)


@flow(name="gather councils", validate_parameters=False, task_runner=THREADS(max_workers=SIDE_BY_SIDE))
def gather_councils(
    config: str, councils: list[str], ends: NightEnd, since: date | None, dry: bool
) -> list[Tally]:
    """All councils side by side; each host is asked one thing at a time by the fetcher they share."""
    settings = load(Path(config))
    fetcher = work.fetcher_for(settings, archive_of(settings))
    try:
        task_a_council: Any = gather_council
        futures = [task_a_council.submit(name, config, fetcher, ends, since, dry) for name in councils]
        return [f.result() for f in futures]
    finally:
        fetcher.close()


class Beside:
    """A flow that runs in a thread beside the one that started it, and belongs to it."""

    def __init__(self, flow: Callable[..., list[Tally]], *arguments: object) -> None:
        self._result: list[Tally] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(
            target=copy_context().run, args=(self._run, flow, *arguments), daemon=True
        )
        self._thread.start()

    def _run(self, flow: Callable[..., list[Tally]], *arguments: object) -> None:
        try:
            self._result = flow(*arguments)
        except BaseException as error:  # raised where the result is asked for
            self._error = error

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or the other."""
        return not self._thread.is_alive()

    def result(self) -> list[Tally]:
        """What it gave. Raises what it raised."""
        self._thread.join()
        if self._error:
            raise self._error
        return self._result


@flow(name="gather and read", validate_parameters=False)
def gather_and_read(
    config: str, councils: list[str], ends: NightEnd, *, only: str | None, since: date | None, fetch: bool
) -> work.Night:
    """Gather councils and read their papers as they come in, in parallel on whatever engine runs the
    tasks."""
    settings = load(Path(config))
    archive = archive_of(settings)
    gathering = Beside(gather_councils, config, councils, ends, since, False) if fetch else None
    try:
        read = _read_as_they_come(config, settings, archive, only, gathering, ends)
        tallies = gathering.result() if gathering else []
    except BaseException:
        ends.stop()
        raise
    return work.Night(tallies, *read, len(archive.unread(work.VERSION, council=only)))


def _read_as_they_come(
    config: str,
    settings: Settings,
    archive: Archive,
    only: str | None,
    gathering: Beside | None,
    ends: NightEnd,
) -> tuple[dict[str, int], dict[str, int]]:
    """How many papers ended how, and how many each process read. Those first fetched come first; few are
    handed to the engine ahead of time, so that the night can end when it must. Raises CannotWrite when the
    datasets cannot be written."""
    endings: Counter[str] = Counter()
    readers: Counter[str] = Counter()
    done: SimpleQueue[Any] = SimpleQueue()
    waiting: deque[tuple[str, str]] = deque()
    under_way: dict[Any, str] = {}
    passed_over: set[str] = set()
    task_a_paper: Any = read_document
    while True:
        complete = gathering is None or gathering.done  # before the look, which may then be the last
        if not waiting:
            left = passed_over.union(under_way.values())
            unread = archive.unread(work.VERSION, council=only)
            waiting.extend((p["document_id"], p["council"]) for p in unread if p["document_id"] not in left)
        while waiting and len(under_way) < AHEAD * settings.workers and not ends.over:
            document_id, council = waiting.popleft()
            future = task_a_paper.submit(document_id, council, config)
            under_way[future] = document_id
            future.add_done_callback(done.put)
        if not under_way and (ends.over or (complete and not waiting)):
            return dict(endings), dict(readers)
        try:
            future = done.get(timeout=LOOK)
        except Empty:
            continue
        came = future.result(raise_on_failure=False)
        document_id = under_way.pop(future)
        if isinstance(came, CannotWrite):
            raise came
        if isinstance(came, tuple):
            ending, reader = cast(tuple[str, str], came)
            readers[reader] += 1
        else:
            ending = "crashed"
            passed_over.add(document_id)  # it stays unread: the next night tries again
        endings[ending] += 1
        if endings.total() % READ_AT_A_TIME == 0:
            merge(settings.output)


@task(name="quality report", retries=0, cache_policy=NO_CACHE)
def report_quality(config: str) -> str:
    """The night's quality report; old ones are deleted."""
    settings = load(Path(config))
    written = write_report(settings.output, settings.reports)
    work.drop_old_reports(settings)
    return str(written)


def run_night(
    config: str,
    *,
    council: str | None = None,
    since: date | None = None,
    dry: bool = False,
    only_read: bool = False,
    unlimited: bool = False,
    after: Sequence[Hook] = (),
) -> work.Night:
    """One night, to be called within a flow: what was found, fetched, read; then the hooks, still under the
    archive's lock. Raises AlreadyRunning when another run has it, BadConfig when there is no such council, or
    none at all."""
    settings = load(Path(config))
    councils = settings.asked(council)
    names, only = [c.name for c in councils], councils[0].name if council else None
    ends = NightEnd(None if unlimited else settings.limits.night_hours)
    whole = council is None and not dry and not only_read
    with work.only_one(settings), ExitStack() as stack:
        ending = stack.enter_context(watched(settings)) if whole else Ending()
        archive_of(settings).sweep()
        adopt(settings.output)
        recover(settings.output)
        if dry:
            done = work.Night(gather_councils(config, names, ends, since, True))
        else:
            done = _gather_and_read(config, settings, names, ends, only, since, not only_read)
        _show(done)
        for hook in after if not dry else ():
            hook(config, done)
        ending.well = any(not t.error for t in done.councils)
    return done


def _gather_and_read(
    config: str,
    settings: Settings,
    names: list[str],
    ends: NightEnd,
    only: str | None,
    since: date | None,
    fetch: bool,
) -> work.Night:
    """The night's work; its datasets are described and whole, those without rows among them."""
    write_data_package(settings.output)
    on_the_engine = gather_and_read.with_options(task_runner=runner_for(settings))
    done = on_the_engine(config, names, ends, only=only, since=since, fetch=fetch)
    done.records = publish_records(settings, archive_of(settings))
    merge(settings.output)
    if done.read:
        report_quality(config)
    return done


def _show(done: work.Night) -> None:
    """The night's table on the Prefect server."""
    rows: list[dict[str, Any]] = [
        {"council": t.council, "found": t.found, "new": t.new, "failed": t.failed, "error": t.error or ""}
        for t in done.councils
    ]
    create_table_artifact(
        table=rows or [{"council": "", "found": 0}],
        key="night",
        description=f"read: {done.read or 'nothing new'}",
    )
