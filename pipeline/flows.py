"""The night as Prefect flows: discover and fetch each council, read what is new, publish, index. Nothing but
orchestration."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.archive import Archive
from pipeline.config import Council, Settings
from pipeline.night import night as work
from pipeline.store.publish import recover, write_data_package
from pipeline.store.quality import write_report

SETTINGS = dict[str, Any]
"""Settings as plain data: what tasks are handed must travel to any worker."""


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
        from importlib import import_module

        runner: Any = import_module("prefect_ray").RayTaskRunner
        return runner(address=settings.engine_address or None)
    return ThreadPoolTaskRunner(max_workers=settings.workers)


@task(
    name="read",
    task_run_name="read {document_id:.12}",
    retries=1,
    retry_delay_seconds=5,
    cache_policy=NO_CACHE,
)
def read_paper(document_id: str, council: str, settings: SETTINGS) -> str:
    """Read one paper and publish its rows."""
    return work.read_paper(document_id, council, Settings.model_validate(settings))


@task(name="gather", task_run_name="gather {council[name]}", cache_policy=NO_CACHE)
def gather(
    council: dict[str, Any], settings: SETTINGS, fetcher: Any, since: date | None, dry: bool
) -> work.Tally:
    """Discover and fetch one council."""
    archive = Archive(Settings.model_validate(settings).archive)
    return work.gather(Council.model_validate(council), archive, fetcher, since=since, dry=dry)


SIDE_BY_SIDE: Any = ThreadPoolTaskRunner(max_workers=16)


@flow(
    name="gather councils",
    flow_run_name="gather {settings[output]}",
    validate_parameters=False,
    task_runner=SIDE_BY_SIDE,
)
def gather_all(
    settings: SETTINGS, councils: list[dict[str, Any]], since: date | None, dry: bool
) -> list[work.Tally]:
    """All councils side by side; each host is asked one thing at a time by the fetcher they share."""
    whole = Settings.model_validate(settings)
    fetcher = work.fetcher_for(whole, Archive(whole.archive))
    try:
        return [f.result() for f in [gather.submit(c, settings, fetcher, since, dry) for c in councils]]
    finally:
        fetcher.close()


@flow(name="read papers", validate_parameters=False)
def read_all(papers: list[tuple[str, str]], settings: SETTINGS) -> dict[str, int]:
    """Read papers in parallel, on whatever engine runs the tasks; how many ended how."""
    futures = [read_paper.submit(document_id, council, settings) for document_id, council in papers]
    wait(futures)
    count: dict[str, int] = {}
    for f in futures:
        status = f.result(raise_on_failure=False)
        count[status if isinstance(status, str) else "crashed"] = (
            count.get(status if isinstance(status, str) else "crashed", 0) + 1
        )
    return count


@flow(name="night", flow_run_name="night of {day}", validate_parameters=False)
def night(
    settings: SETTINGS,
    day: str,
    *,
    council: str | None = None,
    since: date | None = None,
    dry: bool = False,
    only_read: bool = False,
) -> dict[str, Any]:
    """One night: what was found, fetched, read. Raises AlreadyRunning when another run is under way."""
    whole = Settings.model_validate(settings)
    councils = [c for c in whole.councils if council is None or c.name.lower() == council.lower()]
    with work.only_one(whole):
        archive = Archive(whole.archive)
        archive.sweep()
        recover(whole.output)
        tallies = (
            gather_all(settings, [c.model_dump() for c in councils], since, dry) if not only_read else []
        )
        read: dict[str, int] = {}
        if not dry:
            papers = [(p["document_id"], p["council"]) for p in archive.unread(work.VERSION, council=council)]
            if papers:
                write_data_package(whole.output)
                read = read_all.with_options(task_runner=runner_for(whole))(papers, settings)
            if papers or not whole.index.exists():
                index_datasets(settings)
            if papers:
                report_quality(settings)
    _tell(tallies, read)
    return {"councils": [vars(t) for t in tallies], "read": read}


@task(name="index", retries=1, cache_policy=NO_CACHE)
def index_datasets(settings: SETTINGS) -> tuple[int, int]:
    """People and search brought up to date."""
    return work.make_index(Settings.model_validate(settings))


@task(name="quality report", retries=0, cache_policy=NO_CACHE)
def report_quality(settings: SETTINGS) -> str:
    """The night's quality report."""
    whole = Settings.model_validate(settings)
    return str(write_report(whole.output, whole.reports))


def _tell(tallies: list[work.Tally], read: dict[str, int]) -> None:
    """The night's table on the Prefect server."""
    rows = [
        {"council": t.council, "found": t.found, "new": t.new, "failed": t.failed, "error": t.error or ""}
        for t in tallies
    ]
    create_table_artifact(
        table=rows or [{"council": "", "found": 0}], key="night", description=f"read: {read or 'nothing new'}"
    )


def run_night(settings: Settings, **how: Any) -> dict[str, Any]:
    """Run a night now, in this process."""
    from datetime import UTC, datetime

    done: Any = night(settings.model_dump(mode="json"), datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), **how)
    return done


def deploy(settings: Settings, *, pool: str = "minutebook") -> str:
    """Register the nightly schedule on the Prefect server that PREFECT_API_URL names; the deployment's id."""
    source: Any = night.from_source(
        source=str(Path(__file__).parent.parent), entrypoint="pipeline/flows.py:scheduled_night"
    )
    return str(
        source.deploy(name="nightly", work_pool_name=pool, cron=settings.schedule, build=False, push=False)
    )


@flow(name="scheduled night", flow_run_name="scheduled night")
def scheduled_night(config: str = "minutebook.toml") -> dict[str, Any]:
    """What the schedule starts: reads the configuration, runs the night, mails what is to be mailed."""
    from pipeline.alerts import after_the_night
    from pipeline.config import load

    settings = load(Path(config))
    done = run_night(settings)
    after_the_night(settings)
    return done
