"""The `minutebook` command: every subcommand by name."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands import (
    adding,
    identity,
    keeping,
    nightly,
    reading,
    research,
    searching,
    tables,
    watching,
)

app = typer.Typer(
    name="minutebook",
    help="Reads council papers (PDF) and writes what they say as data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for command in (
    reading.extract,
    reading.inspect,
    reading.schema,
    reading.summary,
    tables.tables,
    searching.index,
    searching.web,
    searching.mcp,
):
    app.command()(command)
for command in (
    adding.add,
    adding.platforms,
    nightly.check,
    nightly.run,
    watching.status,
    nightly.retry,
    nightly.backfill,
    nightly.reprocess,
    nightly.withdraw,
    keeping.backup,
    keeping.restore,
    keeping.upload,
    watching.alerts,
    watching.readers,
    nightly.serve,
    nightly.deploy,
    nightly.people,
    identity.bodies,
    identity.meetings,
    identity.diff,
    identity.export,
    research.sql,
    research.snapshot,
    research.migrate,
    research.report,
):
    app.command()(command)
archive = typer.Typer(help="The archive of papers.", no_args_is_help=True)
archive.command()(nightly.verify)
app.add_typer(archive, name="archive")


def _say_version(wanted: bool) -> None:
    if wanted:
        from extractors import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="Say which version this is."),
    ] = False,
) -> None:
    """Options that stand before any command."""
    del version


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
