"""Commands for the operator: check, run, status, retry, backfill, reprocess, withdraw, archive verify, serve,
deploy, alerts, people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.commands.console import Verbose, start_log, told_plainly

Config = Annotated[Path, typer.Option("--config", "-c", help="The configuration.")]
FILE = Path("minutebook.toml")


def check(
    config: Config = FILE,
    online: Annotated[bool, typer.Option("--online", help="Ask each address whether it answers.")] = False,
) -> None:
    """Say in words what is wrong with the configuration. Exit code 0: nothing; 1: something."""
    from pipeline.config import faults_of, load

    with told_plainly(1):
        settings = load(config)
        faults = list(faults_of(settings))
        if online and not faults:
            faults += _not_answering(settings)
    for fault in faults:
        typer.echo(fault)
    if not faults:
        typer.echo(f"{len(settings.councils)} councils, nothing wrong")
    raise typer.Exit(1 if faults else 0)


def _not_answering(settings) -> list[str]:
    from itertools import islice

    from pipeline.archive import Archive
    from pipeline.errors import NotFetched
    from pipeline.night.night import fetcher_for
    from pipeline.sources import Window, source_for

    fetcher = fetcher_for(settings, Archive(settings.archive))
    out: list[str] = []
    for c in settings.councils:
        try:
            list(islice(source_for(c).publications(c, Window.around(c, date.today()), fetcher.text), 1))
            typer.echo(f"{c.name}: answers")
        except (NotFetched, OSError) as error:
            out.append(f"{c.name}: {error}")
    return out


def run(
    config: Config = FILE,
    since: Annotated[str | None, typer.Option(help="Ask for meetings from this day on (YYYY-MM-DD).")] = None,
    council: Annotated[Optional[str], typer.Option(help="Only this council.")] = None,  # noqa: UP045
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be fetched; fetch no paper.")
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Run a night now. Exit code 0: all well; 1: a council or a paper failed; 3: another run is under way."""
    _run(config, verbose, since=_day(since), council=council, dry=dry_run)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text}: not a day, write YYYY-MM-DD") from None


def _run(config: Path, verbose: bool, **how) -> None:
    from pipeline.config import load
    from pipeline.errors import AlreadyRunning

    start_log(verbose)
    with told_plainly(1):
        settings = load(config)
        from pipeline.flows import run_night

        try:
            done = run_night(settings, **how)
        except AlreadyRunning as error:
            typer.echo(f"minutebook: {error}", err=True)
            raise typer.Exit(3) from error
    for t in done["councils"]:
        typer.echo(
            f"{t['council']}: {t['found']} found, {t['new']} new, {t['failed']} failed"
            + (f", {t['error']}" if t["error"] else "")
        )
    typer.echo(f"read: {', '.join(f'{n} {status}' for status, n in done['read'].items()) or 'nothing new'}")
    raise typer.Exit(1 if any(t["error"] or t["failed"] for t in done["councils"]) else 0)


def status(config: Config = FILE) -> None:
    """Say how the last night went, per council. Exit code 0: well; 1: something needs a look."""
    from rich.console import Console
    from rich.table import Table

    from pipeline.config import load
    from pipeline.night.status import statuses

    with told_plainly(1):
        found = statuses(load(config))
    table = Table("council", "last night", "found", "new", "failed", "unread", "oldest unread", "error")
    for s in found:
        table.add_row(
            s.council,
            s.last or "never",
            str(s.found),
            str(s.new),
            str(s.failed),
            str(s.unread),
            s.oldest_unread or "",
            s.error or "",
        )
    Console().print(table)
    raise typer.Exit(0 if all(s.well and not s.unread for s in found) else 1)


def retry(config: Config = FILE, verbose: Verbose = False) -> None:
    """Read again the papers that failed."""
    from pipeline.archive import Archive
    from pipeline.config import load

    with told_plainly(1):
        n = Archive(load(config).archive).failed_again()
    typer.echo(f"{n} papers to read again")
    _run(config, verbose, only_read=True)


def backfill(
    since: Annotated[int, typer.Option("--from", help="First year.")],
    config: Config = FILE,
    council: Annotated[str | None, typer.Option(help="Only this council.")] = None,
    verbose: Verbose = False,
) -> None:
    """Fetch and read what was published since a year."""
    _run(config, verbose, since=date(since, 1, 1), council=council)


def reprocess(
    since_version: Annotated[str, typer.Option(help="Read again what this version or an older one read.")],
    config: Config = FILE,
    verbose: Verbose = False,
) -> None:
    """Read papers of the archive again with the extractors of now."""
    from packaging.version import InvalidVersion

    from pipeline.archive import Archive
    from pipeline.config import load

    with told_plainly(1):
        try:
            n = Archive(load(config).archive).older_again(since_version)
        except InvalidVersion as error:
            raise typer.BadParameter(f"{since_version}: not a version, write 0.2.0 or 0.2.0rc1") from error
    typer.echo(f"{n} papers to read again")
    _run(config, verbose, only_read=True)


def withdraw(
    document: Annotated[str, typer.Argument(help="The document's hash.")], config: Config = FILE
) -> None:
    """Take a paper that its council recalled out of the datasets and the index; a tombstone is kept."""
    from pipeline.config import load
    from pipeline.night.night import withdraw as do_it

    with told_plainly(1):
        do_it(document, load(config))
    typer.echo(f"{document[:16]} withdrawn")


def verify(config: Config = FILE) -> None:
    """Check that every kept paper still has its hash."""
    from pipeline.archive import Archive
    from pipeline.config import load

    with told_plainly(1):
        faults = list(Archive(load(config).archive).verify())
    for fault in faults:
        typer.echo(fault)
    typer.echo(f"{len(faults)} faults")
    raise typer.Exit(1 if faults else 0)


def alerts(config: Config = FILE) -> None:
    """Mail the saved searches' new hits, and what needs the operator's look."""
    from pipeline.alerts import after_the_night, send_digests
    from pipeline.config import load

    start_log(False)
    with told_plainly(1):
        settings = load(config)
        written = send_digests(settings) if settings.searches else []
        told = after_the_night(settings)
    typer.echo(f"{len(written)} digests, {len(told)} alerts")


def serve(
    config: Config = FILE,
    host: Annotated[str, typer.Option(help="Address for the page and the metrics.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Its port.")] = 8500,
) -> None:
    """Everything in one process on a laptop: the nightly schedule with Prefect's own server, the search page,
    metrics at /metrics."""
    import threading

    import uvicorn

    from pipeline.config import load
    from pipeline.web import with_operations

    start_log(False)
    with told_plainly(1):
        settings = load(config)
    server = uvicorn.Server(
        uvicorn.Config(with_operations(settings), host=host, port=port, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()
    typer.echo(f"http://{host}:{port}/")
    from pipeline.flows import scheduled_night

    scheduled_night.serve(
        name="nightly",
        cron=settings.schedule,
        parameters={"config": str(config.resolve())},
        pause_on_shutdown=False,
    )


def deploy(
    config: Config = FILE, pool: Annotated[str, typer.Option(help="Work pool on the server.")] = "minutebook"
) -> None:
    """Register the nightly schedule on the Prefect server that PREFECT_API_URL names."""
    from pipeline.config import load

    with told_plainly(1):
        settings = load(config)
        from pipeline.flows import deploy as do_it

        typer.echo(f"deployment {do_it(settings, pool=pool)}")


def people(
    output: Annotated[Path, typer.Argument(help="Folder of the datasets.")] = Path("output"),
    decisions: Annotated[
        Path, typer.Option(help="File of a person's decisions: same = [[id, id]], different = [[id, id]].")
    ] = Path("people.toml"),
    review: Annotated[bool, typer.Option("--review", help="List the doubtful links.")] = False,
) -> None:
    """Put the printings of one person together over each council's documents; a person's decisions win."""
    from pipeline.store.people import link_people

    with told_plainly(1):
        links = link_people(output, decisions)
    doubtful = [x for x in links if x.same == "doubtful"]
    for x in doubtful if review else ():
        typer.echo(f"{x.a}\n{x.b}\n  {x.evidence}\n")
    typer.echo(f"{len(links)} links, {len(doubtful)} doubtful")
