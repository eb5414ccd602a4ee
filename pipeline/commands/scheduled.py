"""The flows that a command, a schedule or a Prefect deployment starts: a night, and what follows it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.schedules import Cron

from pipeline.commands import afterwards
from pipeline.config import load
from pipeline.errors import BadConfig, CannotServe
from pipeline.flows import run_night
from pipeline.night.work import Night

ENTRYPOINT = "pipeline/commands/scheduled.py:scheduled_night"


def _night_of_today() -> str:
    return f"night of {datetime.now(UTC):%Y-%m-%d %H:%M}"


@task(name="index", retries=1, cache_policy=NO_CACHE)
def index(config: str) -> None:
    """People and search brought up to date."""
    afterwards.bring_index_up_to_date(load(Path(config)))


@task(name="mails", cache_policy=NO_CACHE)
def mails(config: str) -> None:
    """Readers and operator written to."""
    afterwards.mail_all(load(Path(config)))


@task(name="upload", retries=1, retry_delay_seconds=60, cache_policy=NO_CACHE)
def upload(config: str) -> None:
    """The bucket brought up to date."""
    afterwards.upload(load(Path(config)))


def _index_what_was_read(config: str, done: Night) -> None:
    if done.read or done.records or not load(Path(config)).index.exists():
        index(config)


def _write_to_all(config: str, done: Night) -> None:
    del done
    mails(config)


def _put_in_the_bucket(config: str, done: Night) -> None:
    """Also after a night that read nothing: the upload of one before may have failed."""
    del done
    if load(Path(config)).upload.to:
        upload(config)


@flow(name="night", flow_run_name=_night_of_today)
def night(
    config: str,
    *,
    council: str | None = None,
    since: date | None = None,
    dry: bool = False,
    only_read: bool = False,
    unlimited: bool = False,
) -> Night:
    """A night now, indexed; nobody is written to, save the operator of a crash."""
    return run_night(
        config,
        council=council,
        since=since,
        dry=dry,
        only_read=only_read,
        unlimited=unlimited,
        after=[_index_what_was_read, _put_in_the_bucket],
    )


@flow(name="scheduled night", flow_run_name=_night_of_today)
def scheduled_night(config: str) -> Night:
    """What the schedule starts: a whole night, indexed, then the mails, which no bucket can hold up, and the
    upload."""
    return run_night(config, after=[_index_what_was_read, _write_to_all, _put_in_the_bucket])


def deploy(config: Path, *, pool: str = "minutebook") -> str:
    """Register the schedule of a configuration, under its file's name, on the Prefect server that
    PREFECT_API_URL names; the deployment's id. Raises CannotServe when that server does not answer, BadConfig
    when it has no such pool."""
    try:
        return _deploy(config, pool)
    except (httpx.HTTPError, RuntimeError) as error:
        raise CannotServe(
            f"no Prefect server answers ({type(error).__name__}: {error}): PREFECT_API_URL names the server"
        ) from error
    except ValueError as error:
        if "work pool" not in str(error):
            raise
        raise BadConfig(
            f"the Prefect server has no work pool {pool}: `prefect work-pool create {pool} --type process` "
            "makes it, and --pool names another"
        ) from error


def _deploy(config: Path, pool: str) -> str:
    settings = load(config)
    source: Any = scheduled_night.from_source(source=str(Path(__file__).parents[2]), entrypoint=ENTRYPOINT)
    return str(
        source.deploy(
            name=config.stem,
            work_pool_name=pool,
            schedule=Cron(settings.schedule, timezone=settings.timezone),
            parameters={"config": str(config.resolve())},
            build=False,
            push=False,
        )
    )
