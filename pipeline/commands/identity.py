"""Commands about what is one over a council's papers: bodies, meetings, diff, export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import told_plainly

Output = Annotated[Path, typer.Argument(help="Folder of the datasets.")]
Decisions = Annotated[
    Path, typer.Option(help="File of a person's decisions: same = [[id, id]], different = [[id, id]].")
]


def bodies(
    output: Output = Path("output"),
    decisions: Decisions = Path("bodies.toml"),
    review: Annotated[bool, typer.Option("--review", help="List the names that may be one body's.")] = False,
) -> None:
    """Put the names of one body together over each council's papers, and with them its meetings and what
    several papers tell; a person's decisions win."""
    from pipeline.store.identity import identify

    with told_plainly(1):
        found = identify(output, decisions)
    doubtful = [x for x in found.links if x.same == "doubtful"]
    for x in doubtful if review else ():
        typer.echo(f"{x.a}\n{x.b}\n  {x.evidence}\n")
    typer.echo(f"{found.bodies} bodies, {len(found.links)} links, {len(doubtful)} doubtful")


def meetings(
    output: Output = Path("output"),
    decisions: Decisions = Path("bodies.toml"),
    review: Annotated[
        bool, typer.Option("--review", help="List what papers tell differently, and what was never minuted.")
    ] = False,
) -> None:
    """Give each meeting one id over all of its papers, and mark the rows that repeat what a better account
    tells; `minutebook sql` counts once after that."""
    from pipeline.store.identity import identify

    with told_plainly(1):
        found = identify(output, decisions)
    for doubt in found.doubts if review else ():
        if doubt.dataset != "bodies":
            typer.echo(f"{doubt.row_id}\n  {doubt.kind}: {doubt.text}\n")
    told = ", ".join(f"{n} of {name}" for name, n in sorted(found.repeats.items())) or "no"
    typer.echo(
        f"{found.meetings} meetings, {found.of_several_papers} told by several papers; repeats: {told}"
    )
    typer.echo(f"{found.matters} matters followed")


def diff(
    old: Annotated[str, typer.Argument(help="A document's id, or how it begins.")],
    new: Annotated[
        str, typer.Argument(help="The other's: a paper published again, minutes after their draft.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the datasets.")] = Path("output"),
) -> None:
    """Say what changed from one document to another, row by row: + new, - gone, ~ told otherwise. Exit code
    0: nothing; 1: something; 2: no such document."""
    from pipeline.store.diff import changes_between, in_words

    with told_plainly(2):
        found = changes_between(output, old, new)
    for change in found:
        typer.echo(in_words(change))
    typer.echo(f"{len(found)} changes")
    raise typer.Exit(1 if found else 0)


class Format(StrEnum):
    """What the datasets can be exported as."""

    POPOLO = "popolo"


def export(
    form: Annotated[Format, typer.Argument(help="popolo: people, bodies, seats, meetings, motions, votes.")],
    target: Annotated[Path, typer.Argument(help="Folder for a file a council.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the datasets.")] = Path("output"),
) -> None:
    """Write the datasets in a format that other projects read, each fact once (docs/exchange.md)."""
    from pipeline.store.popolo import export_popolo

    makers = {Format.POPOLO: export_popolo}
    with told_plainly(1):
        files = makers[form](output, target)
    typer.echo("\n".join(map(str, files)) or "nothing to export")
