"""Commands for the operator's nights: check, run, retry, backfill, reprocess, withdraw, archive verify,
serve, deploy, people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

if TYPE_CHECKING:
    from pipeline.config import Settings
from pipeline.commands.console import Verbose, prepare_prefect, start_log, told_plainly

Config = Annotated[Path, typer.Option("--config", "-c", help="The configuration.")]
FILE = Path("minutebook.toml")


def check(
    config: Config = FILE,
    online: Annotated[bool, typer.Option("--online", help="Ask each address whether it answers.")] = False,
) -> None:
    """Say in words what is wrong with the configuration. Exit code 0: nothing; 1: something; 2: it cannot be
    read at all."""
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


def _not_answering(settings: Settings) -> list[str]:
    from pipeline.archive import archive_of
    from pipeline.night.work import fetcher_for
    from pipeline.sources import Window
    from pipeline.sources.listing import listing

    fetcher = fetcher_for(settings, archive_of(settings))
    out: list[str] = []
    for c in settings.councils:
        if problem := listing(c, Window(date.today(), date.today()), fetcher.text).problem:
            out.append(problem)
        else:
            typer.echo(f"{c.name}: answers")
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
    """Run a night now. Exit code 0: all well; 1: a council or a paper failed; 2: no such configuration or
    council; 3: another run is under way; 4: the reading of a paper crashed."""
    _run(config, verbose, since=_day(since), council=council, dry=dry_run)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text}: not a day, write YYYY-MM-DD") from None


def _run(config: Path, verbose: bool, *, council: str | None = None, **how: Any) -> None:
    from pipeline.config import load
    from pipeline.errors import AlreadyRunning
    from pipeline.night.work import only_one

    prepare_prefect()
    with told_plainly(1):
        settings = load(config)
        start_log(verbose, settings.log)
        settings.asked(council)  # a misspelt one is told, and another run seen, before Prefect's slow start
        try:
            with only_one(settings):
                pass
            from pipeline.commands.scheduled import night
            from pipeline.commands.serving import ephemeral_server_ends_with_us

            with ephemeral_server_ends_with_us():
                done: Any = night(str(config.resolve()), council=council, **how)
        except AlreadyRunning as error:
            typer.echo(f"minutebook: {error}", err=True)
            raise typer.Exit(3) from error
    for t in done.councils:
        error = f", {t.error}" if t.error else ""
        left = f", {t.remaining} left for the next night" if t.remaining else ""
        typer.echo(f"{t.council}: {t.found} found, {t.new} new, {t.failed} failed{left}{error}")
    read = ", ".join(f"{n} {status}" for status, n in done.read.items()) or "nothing new"
    typer.echo(f"read: {read}{f', {done.unread} left for the next night' if done.unread else ''}")
    if settings.engine != "threads":
        for process, papers in sorted(done.readers.items()):
            typer.echo(f"{process}: {papers} read")
    raise typer.Exit(4 if done.read.get("crashed") else 0 if done.well else 1)


def retry(config: Config = FILE, verbose: Verbose = False) -> None:
    """Read again the papers that failed."""
    from pipeline.archive import archive_of
    from pipeline.config import load

    with told_plainly(1):
        n = archive_of(load(config)).failed_again()
    typer.echo(f"{n} papers to read again")
    _run(config, verbose, only_read=True)


def backfill(
    since: Annotated[int, typer.Option("--from", help="First year.")],
    config: Config = FILE,
    council: Annotated[str | None, typer.Option(help="Only this council.")] = None,
    verbose: Verbose = False,
) -> None:
    """Fetch and read what was published since a year, however long that takes."""
    _run(config, verbose, since=date(since, 1, 1), council=council, unlimited=True)


def reprocess(
    since_version: Annotated[str, typer.Option(help="Read again what this version or an older one read.")],
    config: Config = FILE,
    verbose: Verbose = False,
) -> None:
    """Read papers of the archive again with the extractors of now."""
    from packaging.version import InvalidVersion

    from pipeline.archive import archive_of
    from pipeline.config import load

    with told_plainly(1):
        try:
            n = archive_of(load(config)).older_again(since_version)
        except InvalidVersion as error:
            raise typer.BadParameter(f"{since_version}: not a version, write 0.2.0 or 0.2.0rc1") from error
    typer.echo(f"{n} papers to read again")
    _run(config, verbose, only_read=True)


def withdraw(
    document: Annotated[str, typer.Argument(help="The document's hash.")],
    reason: Annotated[
        str, typer.Option(help="Why, in words, for those who ask later: who recalled it, when.")
    ],
    config: Config = FILE,
) -> None:
    """Take a paper that its council recalled out of the datasets, people and the index; a tombstone with the
    reason is kept. Releases that were made before are not changed: make a new one."""
    from pipeline.archive import archive_of
    from pipeline.commands.afterwards import withdraw as do_it
    from pipeline.config import load

    with told_plainly(1):
        settings = load(config)
        if not archive_of(settings).path(document).exists():
            raise typer.BadParameter(f"{document}: the archive has no such paper; give its whole hash")
        if len(reason.split()) < 2:
            raise typer.BadParameter(
                "give the reason in words, as in --reason 'recalled by the clerk on 3 May'"
            )
        do_it(document, settings, reason)
    typer.echo(f"{document[:16]} withdrawn")


def verify(config: Config = FILE) -> None:
    """Check that every kept paper still has its hash."""
    from pipeline.archive import archive_of
    from pipeline.config import load

    with told_plainly(1):
        faults = list(archive_of(load(config)).verify())
    for fault in faults:
        typer.echo(fault)
    typer.echo(f"{len(faults)} faults")
    raise typer.Exit(1 if faults else 0)


def serve(
    config: Config = FILE,
    host: Annotated[str, typer.Option(help="Address for the page and the metrics.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Its port.")] = 8500,
    prefect_port: Annotated[
        int, typer.Option(help="Port for Prefect's own server, unless PREFECT_API_URL names one.")
    ] = 4200,
    page_only: Annotated[
        bool, typer.Option("--page-only", help="No schedule and no server: nights run elsewhere.")
    ] = False,
) -> None:
    """Everything from one command on a laptop: the nightly schedule with Prefect's own server, the search
    page, metrics at /metrics, whether all answers at /healthz."""
    from pipeline.config import load

    prepare_prefect()
    with told_plainly(1):
        settings = load(config)
        start_log(False, settings.log)
        from pipeline.commands.serving import page_at, prefect_server, schedule, wait_for_the_end

        if page_only:
            with page_at(settings, host, port):
                typer.echo(f"http://{host}:{port}/")
                wait_for_the_end()
            return
        with page_at(settings, host, port), prefect_server(prefect_port) as api:
            typer.echo(f"http://{host}:{port}/ and Prefect at {api.removesuffix('/api')}")
            schedule(config, settings)


def deploy(
    config: Config = FILE, pool: Annotated[str, typer.Option(help="Work pool on the server.")] = "minutebook"
) -> None:
    """Register the nightly schedule on the Prefect server that PREFECT_API_URL names."""
    from pipeline.config import load

    prepare_prefect()
    with told_plainly(1):
        load(config)  # a wrong one is told before Prefect takes its seconds to start
        from pipeline.commands.scheduled import deploy as do_it

        typer.echo(f"deployment {do_it(config, pool=pool)}")


def people(
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(help="Folder of the datasets; the configuration's when not given."),
    ] = None,
    config: Config = FILE,
    decisions: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            help="File of a person's decisions: same = [[id, id]], different = [[id, id]]; beside a folder "
            "that is named, people.toml in this one; else the configuration's."
        ),
    ] = None,
    review: Annotated[bool, typer.Option("--review", help="List the doubtful links.")] = False,
) -> None:
    """Put the printings of one person together over each council's documents; a person's decisions win."""
    from pipeline.config import load
    from pipeline.store.people import DECISIONS, link_people

    with told_plainly(1):
        if output is None:
            settings = load(config)
            links = link_people(settings.output, decisions or settings.people)
        else:
            links = link_people(output, decisions or DECISIONS)
    doubtful = [x for x in links if x.same == "doubtful"]
    for x in doubtful if review else ():
        typer.echo(f"{x.a}\n{x.b}\n  {x.evidence}\n")
    typer.echo(f"{len(links)} links, {len(doubtful)} doubtful")
