"""Commands that say how nights go: status, alerts; and who is written to: readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.console import start_log, told_plainly

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.night.status import CouncilStatus

Config = Annotated[Path, typer.Option("--config", "-c", help="The configuration.")]
FILE = Path("minutebook.toml")
REASONS = 5
"""Papers of a council whose reasons are printed; how many more there are is said."""


def status(config: Config = FILE) -> None:
    """Say how the last night went, per council, and why what failed did. Exit code 0: well; 1: something
    needs a look, or the last good night is old."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from pipeline.config import load
    from pipeline.night.status import late, statuses

    with told_plainly(1):
        settings = load(config)
        found, nights = statuses(settings), late(settings)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("council", "last night", "found", "new", "failed", "left", "unread", "oldest unread"):
        table.add_column(name, no_wrap=True, justify="left" if name.startswith(("c", "l", "o")) else "right")
    for s in found:
        numbers = map(str, (s.found, s.new, s.failed, s.remaining, s.unread))
        table.add_row(s.council, s.last or "never", *numbers, s.oldest_unread or "")
    console = Console()
    width = max(console.width, console.measure(table).maximum) if not console.is_terminal else None
    Console(width=width).print(table)
    for s in found:
        for line in _reasons(s):
            typer.echo(line)
    if nights:
        typer.echo(nights)
    raise typer.Exit(0 if all(s.well and not s.unread for s in found) and not nights else 1)


def _reasons(s: CouncilStatus) -> list[str]:
    """What failed and why, a line each."""
    lines = [words for words in (s.error, s.notice) if words]
    for what, papers in (("not fetched", s.not_fetched), ("not read", s.not_read)):
        lines += [f"{what}: {at}: {why.removeprefix(f'{at}: ')}" for at, why in papers[:REASONS]]
        lines += [f"{what}: {len(papers) - REASONS} more"] if len(papers) > REASONS else []
    return [f"{s.council}: {line.removeprefix(f'{s.council}: ')}" for line in lines]


def alerts(
    config: Config = FILE,
    test: Annotated[
        bool, typer.Option("--test", help="Send the operator a test by every way, and say how each went.")
    ] = False,
) -> None:
    """Mail the saved searches' new hits, and what needs the operator's look. Exit code 0: all sent; 1: a
    digest, or the test, could not be sent; 2: a wrong configuration, an empty secret among it."""
    from pipeline.commands.afterwards import mail_all
    from pipeline.config import load

    with told_plainly(1):
        settings = load(config)
        start_log(False, settings.log)
        if test:
            raise typer.Exit(0 if _test(settings) else 1)
        if settings.searches:
            settings.signing_secret()
        sent, told = mail_all(settings)
    for words in sent.failed:
        typer.echo(f"not sent: {words}", err=True)
    typer.echo(f"{len(sent.written)} digests, {len(told)} alerts")
    raise typer.Exit(1 if sent.failed else 0)


def _test(settings: Settings) -> bool:
    """Whether the operator can be written to by every way; none at all is no way."""
    from pipeline.night.post import beat, posted

    words = "This is a test of Minutebook's alerts. Nothing needs a look.\n"
    results = list(posted(settings, "Minutebook: a test", words, well=True))
    if settings.alerts.heartbeat:
        results.append(("heartbeat", beat(settings)))
    for way, why in results:
        typer.echo(f"{way}: {f'not sent: {why}' if why else 'sent'}")
    if not results:
        typer.echo("nobody is told of anything: set alerts.email, alerts.webhook or alerts.ntfy")
    return bool(results) and not any(why for _, why in results)


def readers(
    config: Config = FILE,
    forget: Annotated[
        str | None, typer.Option(help="End all searches of this address, and forget the address.")
    ] = None,
) -> None:
    """Say how many searches readers have saved by e-mail, or end those of one of them. Exit code 0: done; 1:
    that address has none; 2: a wrong configuration."""
    from pipeline.commands.afterwards import saved_of
    from pipeline.config import load

    with told_plainly(1):
        settings = load(config)
        saved = saved_of(settings)
        if forget:
            ended = saved.end_all(forget)
            typer.echo(f"{ended} searches ended")
            raise typer.Exit(0 if ended else 1)
        counts = saved.counts()
    typer.echo(f"{sum(counts.values())} searches: {', '.join(f'{n} {pace}' for pace, n in counts.items())}")
    if not settings.saved_by_readers or not settings.readers_are_mailed:
        typer.echo("none can be saved now: that needs smtp.host, a secret, and saved_by_readers = true")
