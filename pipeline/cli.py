"""The `minutebook` command."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(name="minutebook", help="Reads council papers (PDF) and writes what they say as data.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say more, for finding faults.")]


def _log_to_stderr(verbose: bool) -> None:
    from rich.console import Console
    from rich.logging import RichHandler

    handler = RichHandler(console=Console(stderr=True), show_path=False, show_level=verbose, markup=False, highlighter=None)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", datefmt="%H:%M:%S", handlers=[handler], force=True)
    logging.getLogger("minutebook").setLevel(logging.DEBUG if verbose else logging.INFO)
    if verbose:
        logging.getLogger("extractors").setLevel(logging.DEBUG)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)


@app.command()
def extract(
    pdfs: Annotated[list[Path], typer.Argument(help="PDFs, or folders of them.", metavar="PDF...")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the datasets.")] = Path("output"),
    council: Annotated[Optional[str], typer.Option(help="Council's name; read from the papers when not given.")] = None,  # noqa: UP045
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Papers read at a time.")] = max(1, (os.cpu_count() or 2) // 2),
    ocr: Annotated[str, typer.Option(help="Engine for pages without text: auto, tesseract, rapidocr or none.")] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
    verbose: Verbose = False,
) -> None:
    """Read PDFs and write every dataset as Parquet. Exit code 0: all read; 1: some failed; 2: wrong usage."""
    from extractors.errors import MinutebookError
    from pipeline.publish import write_data_package
    from pipeline.run import pdfs_in, read_all

    _log_to_stderr(verbose)
    if ocr not in ("auto", "tesseract", "rapidocr", "none"):
        raise typer.BadParameter("use auto, tesseract, rapidocr or none", param_hint="--ocr")
    try:
        papers = pdfs_in(pdfs)
        if not papers:
            raise MinutebookError("no PDF in the folders given")
        write_data_package(output)
    except (MinutebookError, OSError) as error:
        typer.echo(f"minutebook: {error}", err=True)
        raise typer.Exit(2) from error
    failed = 0
    try:
        with _progress(len(papers), quiet) as advance:
            for outcome in read_all(papers, output, council=council, jobs=jobs, ocr=ocr):
                failed += outcome.status == "failed"
                advance(outcome.path.name)
    except MinutebookError as error:
        typer.echo(f"minutebook: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{len(papers) - failed} of {len(papers)} read into {output}")
    raise typer.Exit(1 if failed else 0)


def _progress(total: int, quiet: bool):
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    @contextmanager
    def bar():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
            task = progress.add_task("reading", total=total)
            yield lambda name: progress.update(task, advance=1, description=name[:40])

    return bar()


@app.command()
def inspect(
    pdf: Annotated[Path, typer.Argument(help="The PDF to look at.", exists=True, dir_okay=False)],
    page: Annotated[Optional[int], typer.Option("--page", "-p", min=1, help="One page only.")] = None,  # noqa: UP045
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pictures.")] = Path("inspect"),
    verbose: Verbose = False,
) -> None:
    """Draw what was read over the pages: blocks, parts, tables and tagged facts, a PNG a page."""
    from extractors.errors import MinutebookError
    from pipeline.inspect import draw_pages

    _log_to_stderr(verbose)
    try:
        for picture in draw_pages(pdf, output, page):
            typer.echo(picture)
    except (MinutebookError, OSError) as error:
        typer.echo(f"minutebook: {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def schema(dataset: Annotated[Optional[str], typer.Argument(help="A dataset; all of them when left out.")] = None) -> None:  # noqa: UP045
    """Print the datasets, or one dataset's fields and what they mean."""
    from rich.console import Console
    from rich.table import Table

    from schemas import DATASETS
    from schemas.datapackage import type_name

    console = Console()
    if dataset is None:
        table = Table("dataset", "one row is", box=None)
        for d in DATASETS.values():
            table.add_row(d.name, d.row)
    elif dataset in DATASETS:
        table = Table("field", "type", "meaning", title=f"{dataset}: one row is {DATASETS[dataset].row}", box=None)
        for f in DATASETS[dataset].all_fields:
            table.add_row(f.name, type_name(f), f.meaning + (f" ({f.unit})" if f.unit else "") + (f": {', '.join(f.values)}" if f.values else ""))
    else:
        typer.echo(f"minutebook: no dataset {dataset!r}; there are {', '.join(DATASETS)}", err=True)
        raise typer.Exit(2)
    console.print(table)


@app.command()
def summary(output: Annotated[Path, typer.Argument(help="Folder of the datasets.")] = Path("output")) -> None:
    """Say what the datasets hold, with two queries to try."""
    from pipeline.summary import print_summary

    print_summary(output)


def main() -> None:
    """Entry point of the command."""
    app()


if __name__ == "__main__":
    main()
