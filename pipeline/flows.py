"""The night in Prefect: each council gathered, what is new read, a report. Nothing but orchestration.

What flows and tasks are handed stands in Prefect's database: the configuration's path, never its content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.archive import Archive
from pipeline.config import Settings, load
from pipeline.night import work
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
        runner: Any = import_module("prefect_ray").RayTaskRunner
        return runner(address=settings.engine_address or None)
    return THREADS(max_workers=settings.workers)


@task(
    name="read",
    task_run_name="read {document_id:.12}",
    retries=1,
    retry_delay_seconds=5,
    cache_policy=NO_CACHE,
)
def read_document(document_id: str, council: str, config: str) -> str:
    """Read one paper and publish its rows."""
    return work.read_paper(document_id, council, load(Path(config)))


@task(name="gather", task_run_name="gather {council}", cache_policy=NO_CACHE)
def gather_council(council: str, config: str, fetcher: Any, since: date | None, dry: bool) -> work.Tally:
    """Discover and fetch one council."""
    settings = load(Path(config))
    return work.gather(settings.council(council), Archive(settings.archive), fetcher, since=since, dry=dry)


@flow(name="gather councils", validate_parameters=False, task_runner=THREADS(max_workers=SIDE_BY_SIDE))
def gather_councils(config: str, councils: list[str], since: date | None, dry: bool) -> list[work.Tally]:
    """All councils side by side; each host is asked one thing at a time by the fetcher they share."""
    settings = load(Path(config))
    fetcher = work.fetcher_for(settings, Archive(settings.archive))
    try:
        task_a_council: Any = gather_council
        futures = [task_a_council.submit(name, config, fetcher, since, dry) for name in councils]
        return [f.result() for f in futures]
    finally:
        fetcher.close()


@flow(name="read papers", validate_parameters=False)
def read_documents(papers: list[tuple[str, str]], config: str) -> dict[str, int]:
    """Read papers, (document_id, council) each, in parallel on whatever engine runs the tasks; how many ended
    how."""
    task_a_paper: Any = read_document
    futures = [task_a_paper.submit(document_id, council, config) for document_id, council in papers]
    wait(futures)
    endings = (f.result(raise_on_failure=False) for f in futures)
    return dict(Counter(e if isinstance(e, str) else "crashed" for e in endings))


@task(name="quality report", retries=0, cache_policy=NO_CACHE)
def report_quality(config: str) -> str:
    """The night's quality report."""
    settings = load(Path(config))
    return str(write_report(settings.output, settings.reports))


def run_night(
    config: str,
    *,
    council: str | None = None,
    since: date | None = None,
    dry: bool = False,
    only_read: bool = False,
    after: Sequence[Hook] = (),
) -> work.Night:
    """One night, to be called within a flow: what was found, fetched, read; then the hooks, still under the
    archive's lock. Raises AlreadyRunning when another run has it, BadConfig when there is no such council, or
    none at all."""
    settings = load(Path(config))
    councils = settings.asked(council)
    whole = council is None and not dry and not only_read
    with work.only_one(settings), ExitStack() as stack:
        ending = stack.enter_context(watched(settings)) if whole else Ending()
        archive = Archive(settings.archive)
        archive.sweep()
        adopt(settings.output)
        recover(settings.output)
        done = work.Night()
        if not only_read:
            done.councils = gather_councils(config, [c.name for c in councils], since, dry)
        if not dry:
            done.read = _read_what_is_new(config, settings, archive, councils[0].name if council else None)
        _show(done)
        for hook in after if not dry else ():
            hook(config, done)
        ending.well = any(not t.error for t in done.councils)
    return done


def _read_what_is_new(
    config: str, settings: Settings, archive: Archive, council: str | None
) -> dict[str, int]:
    papers = [(p["document_id"], p["council"]) for p in archive.unread(work.VERSION, council=council)]
    if not papers:
        return {}
    write_data_package(settings.output)
    read: Counter[str] = Counter()
    for first in range(0, len(papers), READ_AT_A_TIME):
        some = papers[first : first + READ_AT_A_TIME]
        read.update(read_documents.with_options(task_runner=runner_for(settings))(some, config))
        merge(settings.output)
    report_quality(config)
    return dict(read)


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
