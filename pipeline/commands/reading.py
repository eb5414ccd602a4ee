"""Commands for a person with PDFs: extract, inspect, schema, summary."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.commands.console import Verbose, progress, start_log, told_plainly

ENGINES = ("auto", "tesseract", "rapidocr", "none")


def extract(
    pdfs: Annotated[list[Path], typer.Argument(help="PDFs, or folders of them.", metavar="PDF...")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the datasets.")] = Path("output"),
    council: Annotated[
        str | None, typer.Option(help="Council's name; read from the papers when not given.")
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", min=1, help="Papers read at a time.", show_default="half of the processors"
        ),
    ] = max(1, (os.cpu_count() or 2) // 2),
    ocr: Annotated[
        str, typer.Option(help="Engine for pages without text: auto, tesseract, rapidocr or none.")
    ] = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
    verbose: Verbose = False,
) -> None:
    """Read PDFs and write every dataset as Parquet. Exit code 0: all read; 1: some failed; 2: wrong usage."""
    from pipeline.workers.pool import start_server

    start_log(verbose)
    if ocr not in ENGINES:
        raise typer.BadParameter(f"use {', '.join(ENGINES)}", param_hint="--ocr")
    if all(path.exists() for path in pdfs):
        start_server()
    from extractors.errors import MinutebookError
    from pipeline.store.evolve import adopt
    from pipeline.store.files import write_data_package
    from pipeline.store.merge import merge
    from pipeline.workers.papers import pdfs_in, read_all

    with told_plainly(2):
        papers = pdfs_in(pdfs)
        if not papers:
            raise MinutebookError("no PDF in the folders given")
        write_data_package(output)
        adopt(output)
    failed = 0
    with told_plainly(1), progress(len(papers), quiet) as advance:
        try:
            for outcome in read_all(papers, output, council=council, jobs=jobs, ocr=ocr):
                failed += outcome.status == "failed"
                advance(outcome.path.name)
        finally:  # what was read before it was stopped is to be seen too
            merge(output)
    typer.echo(f"{len(papers) - failed} of {len(papers)} read into {output}")
    raise typer.Exit(1 if failed else 0)


def inspect(
    pdf: Annotated[Path, typer.Argument(help="A PDF.")],
    page: Annotated[Optional[int], typer.Option(min=1, help="Only this page, counted from 1.")] = None,  # noqa: UP045
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pictures.")] = Path(
        "inspect"
    ),
) -> None:
    """Draw what was read over each page: blocks, parts, tables and tagged facts, one PNG a page."""
    from pipeline.commands.pictures import draw_pages

    with told_plainly():
        for target in draw_pages(pdf, output, page):
            typer.echo(str(target))


def schema(dataset: Annotated[Optional[str], typer.Argument(help="A dataset's name.")] = None) -> None:  # noqa: UP045
    """List the datasets, or one dataset's fields and what they mean."""
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
        table = Table(
            "field", "type", "meaning", title=f"{dataset}: one row is {DATASETS[dataset].row}", box=None
        )
        for f in DATASETS[dataset].all_fields:
            table.add_row(
                f.name,
                type_name(f),
                f.meaning
                + (f" ({f.unit})" if f.unit else "")
                + (f": {', '.join(f.values)}" if f.values else ""),
            )
    else:
        typer.echo(f"minutebook: no dataset {dataset!r}; there are {', '.join(DATASETS)}", err=True)
        raise typer.Exit(2)
    console.print(table)


def summary(output: Annotated[Path, typer.Argument(help="Folder of the datasets.")] = Path("output")) -> None:
    """Say what the datasets hold, with two queries to try."""
    from pipeline.store.summary import print_summary

    print_summary(output)
