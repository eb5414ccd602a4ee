"""What the operator sees while a command runs: one log line a document, a progress bar on a terminal, errors
in a line."""

from __future__ import annotations

import json
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
LINE = "%(asctime)s %(levelname)s %(message)s"
MOMENT = "%Y-%m-%dT%H:%M:%S%z"
ABOUT = ("council", "title", "url", "document_id")
"""What a message may be about, beside its words."""


@lru_cache(maxsize=1)
def stderr() -> Console:
    """The one console that log lines and progress bars share, so that they do not write over each other."""
    from rich.console import Console

    return Console(stderr=True)


class Json(logging.Formatter):
    """An object a line, with what the message is about."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, object] = {
            "at": self.formatTime(record, MOMENT),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        said |= {name: value for name in ABOUT if (value := getattr(record, name, None))}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def start_log(verbose: bool, style: str = "text") -> None:
    """Log to standard error: on a terminal above the progress bar, elsewhere a line a message with date and
    level, or a JSON object where that is asked for."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if style == "json":
        handler.setFormatter(Json())
    elif stderr().is_terminal:
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
        handler.setFormatter(logging.Formatter(LINE, datefmt=MOMENT))
    logging.basicConfig(level=logging.WARNING, datefmt="%H:%M:%S", handlers=[handler], force=True)
    ours = logging.getLogger("minutebook")
    ours.setLevel(logging.DEBUG if verbose else logging.INFO)
    ours.disabled, ours.propagate = False, True  # whatever a library did to loggers that were there before it
    if verbose:
        logging.getLogger("extractors").setLevel(logging.DEBUG)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)


def prepare_prefect() -> None:
    """Prefect sends its makers nothing about this machine, its server forgets runs of more than 90 days ago,
    and has two minutes to start, unless the environment says otherwise: on a busy machine it takes longer
    than Prefect's 20 s. To be called before Prefect is imported; the processes that it starts inherit it."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "events,flow_runs")
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
