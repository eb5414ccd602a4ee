"""What the operator sees while a command runs: one log line a document, a progress bar on a terminal, errors
in a line."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, for finding faults.")]
LINE = "%(asctime)s %(message)s"


@lru_cache(maxsize=1)
def stderr() -> Console:
    """The one console that log lines and progress bars share, so that they do not write over each other."""
    from rich.console import Console

    return Console(stderr=True)


def start_log(verbose: bool) -> None:
    """Log to standard error: on a terminal above the progress bar, elsewhere a plain line a message."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if stderr().is_terminal:
        from rich.logging import RichHandler

        handler = RichHandler(
            console=stderr(),
            show_path=False,
            show_level=verbose,
            markup=False,
            highlighter=None,
            omit_repeated_times=False,
        )
        handler.setFormatter(logging.Formatter("%(message)s"))
    else:
        handler.setFormatter(logging.Formatter(LINE, datefmt="%H:%M:%S"))
    logging.basicConfig(level=logging.WARNING, datefmt="%H:%M:%S", handlers=[handler], force=True)
    logging.getLogger("minutebook").setLevel(logging.DEBUG if verbose else logging.INFO)
    if verbose:
        logging.getLogger("extractors").setLevel(logging.DEBUG)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)


def prepare_prefect() -> None:
    """Prefect sends its makers nothing about this machine, and its own server has two minutes to start,
    unless the environment says otherwise: on a busy machine it takes longer than Prefect's 20 s. To be called
    before Prefect is imported; the processes that it starts inherit it."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")


@contextmanager
def progress(total: int, quiet: bool = False, what: str = "reading") -> Generator[Callable[[str], None]]:
    """A bar that advances by one and names what was done; nothing when quiet or when nobody is watching."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr(), disable=quiet or not stderr().is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda name: bar.update(task, advance=1, description=name[:40])


@contextmanager
def told_plainly(code: int = 1) -> Generator[None]:
    """An error that Minutebook raises on purpose, or the system's own about a file, is one line and an exit
    code; a wrong configuration is wrong usage, code 2, everywhere."""
    from extractors.errors import MinutebookError
    from pipeline.errors import BadConfig

    try:
        yield
    except BadConfig as error:
        typer.echo(f"minutebook: {error}", err=True)
        raise typer.Exit(2) from error
    except (MinutebookError, OSError) as error:
        typer.echo(f"minutebook: {error}", err=True)
        raise typer.Exit(code) from error
