"""docs/commands.md, written from what `--help` prints of every command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer.main
from typer.testing import CliRunner

from pipeline.cli import app

NAME = "minutebook"
OPENING = """# Commands

Made from the commands' own help by `make docs`; do not edit by hand. [Settings](settings.md) are told apart,
[operating](operating.md) says how a night goes.
"""


def page() -> str:
    """The whole page as Markdown."""
    with _plain_help():
        sections = [f"## {name}\n\n```text\n{text}\n```\n" for name, text in helps()]
    return "\n".join([OPENING, *sections])


def helps() -> Iterator[tuple[str, str]]:
    """Each command's full name ("minutebook archive verify") and what its `--help` prints."""
    yield from _under([], typer.main.get_command(app))


def _under(path: list[str], command: Any) -> Iterator[tuple[str, str]]:
    printed = CliRunner().invoke(app, [*path, "--help"], prog_name=NAME)
    yield " ".join([NAME, *path]), "\n".join(line.rstrip() for line in printed.output.strip().splitlines())
    for name, sub in getattr(command, "commands", {}).items():
        yield from _under([*path, name], sub)


@contextmanager
def _plain_help() -> Iterator[None]:
    """Help without the boxes that a terminal's width decides."""
    usual, app.rich_markup_mode = app.rich_markup_mode, None
    try:
        yield
    finally:
        app.rich_markup_mode = usual
