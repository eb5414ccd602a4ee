"""Commands that keep what was gathered, and pass it on: backup, restore, upload."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import told_plainly

Config = Annotated[Path, typer.Option("--config", "-c", help="The configuration.")]
FILE = Path("minutebook.toml")


def backup(
    target: Annotated[Path, typer.Argument(help="Folder of the backup; what it holds is not copied again.")],
    config: Config = FILE,
) -> None:
    """Copy archive and datasets, while no night runs. Exit code 0: the backup is whole; 1: it is not; 2: a
    wrong configuration; 3: a run is under way."""
    from pipeline.config import load
    from pipeline.errors import AlreadyRunning
    from pipeline.night.backup import back_up

    with told_plainly(1):
        settings = load(config)
        try:
            done = back_up(settings, target)
        except AlreadyRunning as error:
            typer.echo(f"minutebook: {error}", err=True)
            raise typer.Exit(3) from error
    typer.echo(f"{target}: {done.new} files copied, {done.kept} were there")


def restore(
    source: Annotated[Path, typer.Argument(help="Folder of the backup.")], config: Config = FILE
) -> None:
    """Put a backup where the configuration has archive and datasets, check every paper's hash, and build the
    search index. Exit code 0: all is there; 1: not, with the reason; 2: a wrong configuration."""
    from pipeline.commands.afterwards import bring_index_up_to_date
    from pipeline.config import load
    from pipeline.night.backup import restore as do_it

    with told_plainly(1):
        settings = load(config)
        done = do_it(settings, source)
        indexed, _ = bring_index_up_to_date(settings)
    typer.echo(f"{done.new} files restored, every paper has its hash; {indexed} documents indexed")


def upload(config: Config = FILE) -> None:
    """Bring the bucket that `[upload]` names up to date, as each night does: what changed is put there. Exit
    code 0: it is; 1: it is not, with the reason; 2: a wrong configuration, or none of a bucket; 3: a run is
    under way."""
    from pipeline.commands import afterwards
    from pipeline.config import load
    from pipeline.errors import AlreadyRunning, BadConfig
    from pipeline.night.work import only_one

    with told_plainly(1):
        settings = load(config)
        try:
            with only_one(settings):
                done = afterwards.upload(settings)
        except AlreadyRunning as error:
            typer.echo(f"minutebook: {error}", err=True)
            raise typer.Exit(3) from error
        if done is None:
            raise BadConfig("the configuration names no bucket: give upload.to an address")
    typer.echo(f"{settings.upload.to}: {done.new} files put, {done.kept} were there, {done.gone} taken away")
