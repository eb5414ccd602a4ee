"""The `minutebook` command: every subcommand by name."""

from __future__ import annotations

import typer

from pipeline.commands import reading, searching, tables

app = typer.Typer(name="minutebook", help="Reads council papers (PDF) and writes what they say as data.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

for command in (reading.extract, reading.inspect, reading.schema, reading.summary, tables.tables, searching.index, searching.web):
    app.command()(command)


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
