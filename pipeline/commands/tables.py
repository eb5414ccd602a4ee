"""`minutebook tables`: just the tables of one PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.commands.console import told_plainly


def tables(
    pdf: Annotated[Path, typer.Argument(help="A PDF.")],
    csv: Annotated[Optional[Path], typer.Option(help="Folder for a CSV a table.")] = None,  # noqa: UP045
    xlsx: Annotated[Optional[Path], typer.Option(help="Workbook with a sheet a table.")] = None,  # noqa: UP045
    html: Annotated[bool, typer.Option("--html", help="Print one HTML page.")] = False,
    review: Annotated[
        Path | None, typer.Option(help="Folder for pictures: page and reading side by side.")
    ] = None,
    ocr: Annotated[str, typer.Option(help="Engine for pages without text.")] = "auto",
) -> None:
    """Read just the tables of a PDF; without an option, list them."""
    from pipeline.commands import tables_out

    with told_plainly():
        found = tables_out.tables_of(pdf, ocr)
        if csv:
            for target in tables_out.write_csv(found, csv):
                typer.echo(str(target))
        if xlsx:
            tables_out.write_xlsx(found, xlsx)
            typer.echo(str(xlsx))
        if html:
            typer.echo(tables_out.page_of_tables(pdf, found))
        if review:
            for target in tables_out.review(pdf, found, review):
                typer.echo(str(target))
        if not (csv or xlsx or html or review):
            for n, t in enumerate(found, 1):
                typer.echo(
                    f"{tables_out.name_of(t, n)}  {t.n_rows} x {t.n_cols}  {t.engine}  accuracy "
                    f"{t.accuracy:.2f}  "
                    f"{t.caption or ' | '.join(' '.join(c.split()) for c in t.grid()[0])[:70]}"
                )
