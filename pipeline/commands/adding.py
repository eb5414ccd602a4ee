"""Commands that find out about councils' sites: add, platforms."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.console import told_plainly

if TYPE_CHECKING:
    from pipeline.config import Settings
    from pipeline.sources import Council
    from pipeline.sources.recognise import Recognised

FILE = Path("minutebook.toml")
WIDTH = 110
"""Columns where the output is no terminal."""
SHOWN = 12
"""Bodies that are shown by name."""


def add(
    address: Annotated[str, typer.Argument(help="The council's site, or its page of agendas and minutes.")],
    config: Annotated[Path, typer.Option("--config", "-c", help="The configuration.")] = FILE,
    name: Annotated[str, typer.Option(help="The council's name, when it is not told rightly.")] = "",
    platform: Annotated[str, typer.Option(help="The platform, when it is not told rightly.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
) -> None:
    """Look at a council's site, tell its platform, name and bodies, and write it into the configuration.
    Exit code 0: written, or there already; 1: not written; 2: the site does not answer or cannot be added."""
    from pipeline.errors import BadConfig

    with told_plainly(2):
        settings = _settings(config)
        found = _look(settings, address, name, platform)
        if found.council.unfetchable:
            raise BadConfig(found.council.unfetchable)
        if there := _there_already(settings, found.council):
            typer.echo(f"{there}: already in {config}")
            return
        _show(found, config)
        written = _with_entry(config, entry_of(found.council))
    if not yes and not _agreed(config):
        typer.echo("nothing written; --yes writes without asking", err=True)
        raise typer.Exit(1)
    with told_plainly(2):
        _write(config, written)
    missing = "" if settings.contact else ": set contact there, councils must be able to ask who reads them"
    typer.echo(f"written into {config}{missing}")


def platforms() -> None:
    """List the platforms that are known, and what of their recorded papers is found."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from pipeline.sources import LISTED_ONLY, MODULES, ON_DISK

    figures, table = scores(), Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("platform", style="bold", no_wrap=True)
    table.add_column("what it is")
    table.add_column("recorded", justify="right")
    table.add_column("papers found", justify="right", no_wrap=True)
    for platform in MODULES:
        own = figures.get(platform)
        sites = "" if platform in ON_DISK else str(own["recordings"]) if own else "0"
        share = "" if platform in ON_DISK else "[yellow]unproven[/]"
        if own and own["there"]:
            share = f"{own['found']:,} of {own['there']:,} {own['found'] / own['there']:7.1%}"
        if platform in LISTED_ONLY:
            share = f"listed only: {share}"
        table.add_row(platform, escape(what_it_is(platform)), sites, share)
    console = Console(width=None if os.isatty(1) else WIDTH)
    console.print(table)
    console.print(
        "Papers found of those in recorded answers of real sites; docs/platforms.md has each of them."
    )
    console.print("`minutebook add ADDRESS` tells which platform a council uses.")


def scores() -> dict[str, dict[str, int]]:
    """By platform, as the benchmark wrote them last: recordings, papers there, papers found, and of those how
    many of a day and a kind that the recording tells have the right one."""
    file = Path(__file__).parent.parent / "sources" / "platforms.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def what_it_is(platform: str) -> str:
    """What the docstring of the platform's module begins with, up to its first colon or stop."""
    from importlib import import_module

    from pipeline.sources import MODULES

    words = " ".join((import_module(f"pipeline.sources.{MODULES[platform]}").__doc__ or "").split())
    return re.split(r"[:.] ", words)[0].rstrip(".")


def entry_of(council: Council) -> str:
    """A council as minutebook.toml has it: only what differs from the defaults."""
    told: dict[str, Any] = {"name": council.name, "platform": council.platform, "address": council.address}
    # a JSON string is a TOML string
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    return "\n".join(["[[councils]]", *lines]) + "\n"


def _settings(config: Path) -> Settings:
    from pipeline.config import Settings, load

    nothing: dict[str, Any] = {}
    return load(config) if config.exists() else Settings(**nothing)


def _look(settings: Settings, address: str, name: str, platform: str) -> Recognised:
    from tempfile import TemporaryDirectory

    from pipeline.archive import Archive
    from pipeline.errors import BadConfig
    from pipeline.night.work import fetcher_for
    from pipeline.sources.recognise import recognise

    # what is looked at here is no night's: the archive is left alone
    with TemporaryDirectory() as folder:
        fetcher = fetcher_for(settings, Archive(Path(folder)))
        try:
            return recognise(address, fetcher.text, name=name, platform=platform)
        except ValueError as error:
            raise BadConfig(f"{address}: {error}") from error
        finally:
            fetcher.close()


def _there_already(settings: Settings, council: Council) -> str | None:
    same = (c.name for c in settings.councils if c.address.rstrip("/") == council.address.rstrip("/"))
    return next(same, None)


def _show(found: Recognised, config: Path) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.syntax import Syntax
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    unsure = "" if found.registered else "  [yellow](not in the register: --name says it rightly)[/]"
    table.add_row("[bold]council[/]", escape(found.council.name) + unsure)
    table.add_row("[bold]platform[/]", f"{found.council.platform}: {what_it_is(found.council.platform)}")
    table.add_row("[bold]bodies[/]", escape(_bodies(found.bodies)))
    console = Console(width=None if os.isatty(1) else WIDTH)
    console.print(table)
    console.print(f"\nFor {config}:\n")
    console.print(Syntax(entry_of(found.council).rstrip(), "toml", background_color="default"))
    console.print()


def _bodies(bodies: tuple[str, ...]) -> str:
    if not bodies:
        return "the platform does not list them; all are read"
    more = f", and {len(bodies) - SHOWN} more" if len(bodies) > SHOWN else ""
    return f"{len(bodies)}: {', '.join(bodies[:SHOWN])}{more}"


def _agreed(config: Path) -> bool:
    try:
        return typer.confirm(f"Write it into {config}?", default=True)
    except typer.Abort:
        typer.echo()
        return False


def _with_entry(config: Path, entry: str) -> str:
    """The configuration with the entry at its end. Raises BadConfig when it could not be read any more."""
    import tomllib

    from pipeline.config import Settings
    from pipeline.errors import BadConfig

    before = config.read_text("utf-8") if config.exists() else ""
    text = f"{before.rstrip()}\n\n{entry}" if before.strip() else entry
    try:
        Settings(**tomllib.loads(text))
    except ValueError as error:
        raise BadConfig(
            f"{config}: nothing can be added at its end ({error}): write councils as [[councils]] tables"
        ) from error
    return text


def _write(config: Path, text: str) -> None:
    """Whole or not at all."""
    draft = config.with_name(f".{config.name}.writing")
    draft.write_text(text, "utf-8")
    draft.replace(config)
