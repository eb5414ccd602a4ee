"""`minutebook index` and `minutebook web`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.console import progress, start_log, told_plainly

INDEX = Path("index.sqlite")


def index(
    output: Annotated[Path, typer.Argument(help="Folder of the datasets.")] = Path("output"),
    target: Annotated[Path, typer.Option("--index", help="The index file.")] = INDEX,
    with_public: Annotated[
        bool, typer.Option("--with-public", help="List members of the public as people too.")
    ] = False,
) -> None:
    """Bring the search index up to date with the datasets; readers see the old one until the new one is
    whole."""
    from pipeline.store.evolve import adopt
    from search.index import build, write_metadata
    from search.lake import documents_held

    with told_plainly():
        adopt(output)
    with told_plainly(), progress(sum(1 for _ in documents_held(output)), what="indexing") as advance:
        read, dropped = build(output, target, with_public=with_public, progress=advance)
        write_metadata(target)
    typer.echo(f"{read} documents indexed, {dropped} dropped, in {target}")


def web(
    target: Annotated[Path, typer.Option("--index", help="The index file.")] = INDEX,
    papers: Annotated[
        list[Path] | None, typer.Option(help="Folder where the PDFs lie; may be given again.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8500,
    contact: Annotated[str, typer.Option(help="E-mail address for reports of errors.")] = "",
    site: Annotated[str, typer.Option(help="The site's own address, for links in feeds and citations.")] = "",
    output: Annotated[
        Path | None, typer.Option(help="Folder of the datasets, to offer them whole for download.")
    ] = None,
    proxy: Annotated[
        str, typer.Option(help="Address of the proxy in front, whose word on who asks is believed.")
    ] = "",
) -> None:
    """Serve the search page over the index."""
    import uvicorn

    from search.index import pictures_of
    from search.web import create_app

    start_log(False)
    typer.echo(f"http://{host}:{port}/")
    app = create_app(
        target,
        tuple(papers or ()),
        contact=contact,
        site=site,
        output=output,
        pictures=pictures_of(target),
    )
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or None,
        timeout_keep_alive=15,
    )


def mcp(
    target: Annotated[Path, typer.Option("--index", help="The index file.")] = INDEX,
    site: Annotated[str, typer.Option(help="Address of the search page, for citations.")] = "",
) -> None:
    """Answer an assistant over standard input and output (Model Context Protocol), read only: search,
    meeting, person, paper, division, SQL."""
    from search.assistants import create_server

    create_server(target, site).run("stdio")
