"""Commands for a researcher: sql, snapshot, migrate, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from pipeline.commands.console import progress, told_plainly

Output = Annotated[Path, typer.Option("--output", "-o", help="Folder of the datasets.")]


def sql(
    query: Annotated[
        str | None,
        typer.Argument(help="A query over the datasets' names; without one, the views are listed."),
    ] = None,
    output: Output = Path("output"),
    file: Annotated[Optional[Path], typer.Option(help="Write a .duckdb file with the views instead.")] = None,  # noqa: UP045
) -> None:
    """Ask the datasets in SQL (DuckDB): every dataset is a view."""
    import duckdb

    from pipeline.store.sql import connect
    from pipeline.store.views import RECORDS
    from schemas import DATASETS

    with told_plainly():
        connection = connect(output, file)
        try:
            if query:
                typer.echo(connection.sql(query))
        except duckdb.Error as error:
            typer.echo(f"minutebook: {error}", err=True)
            raise typer.Exit(1) from error
    if not query:
        typer.echo("\n".join((*DATASETS, *RECORDS)))


def snapshot(
    target: Annotated[Path, typer.Argument(help="Folder of the releases.")],
    output: Output = Path("output"),
    name: Annotated[str | None, typer.Option(help="The release's name; today's date when not given.")] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Check a release's hashes instead.")] = False,
) -> None:
    """Make a dated release that can be cited, with every file's hash and what changed since the last."""
    from pipeline.store.snapshot import faults_of, latest, make_snapshot

    with told_plainly():
        if verify:
            newest = latest(target)
            which = name or (newest["name"] if newest else None)
            faults = faults_of(target / which) if which else ["no release"]
            typer.echo("\n".join(faults) or "every file has its hash")
            raise typer.Exit(1 if faults else 0)
        made = make_snapshot(output, target, name=name)
    typer.echo(f"{made['name']}: {len(made['files'])} files, sha256 {made['hash']}, {made['changes']}")


def migrate(
    output: Output = Path("output"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Bring datasets of an older Minutebook into today's files and columns."""
    from pipeline.store import evolve
    from pipeline.store.files import write_data_package

    with told_plainly():
        total = sum(1 for _ in output.glob("*/[!.]*.parquet"))
        with progress(total, quiet, "migrating") as advance:
            done = evolve.migrate(output, lambda n, _: advance("migrating"))
        write_data_package(output)
    typer.echo(
        f"{output}: {done.papers} papers merged, {done.rewritten} files rewritten, {done.current} were up to "
        "date"
    )


def report(
    output: Output = Path("output"),
    folder: Annotated[Path, typer.Option(help="Folder of the reports.")] = Path("reports"),
    name: Annotated[str | None, typer.Option(help="The report's name; today's date when not given.")] = None,
) -> None:
    """Write the quality report: coverage, doubt, drift against last month, problems by kind (HTML)."""
    from pipeline.store.quality import write_report

    with told_plainly():
        typer.echo(str(write_report(output, folder, name)))
