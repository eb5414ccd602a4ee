"""The search page with what the operator adds to it: /metrics, /healthz, and searches saved by e-mail where
mail is set up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

from pipeline.archive import archive_of
from pipeline.commands.afterwards import mailing_of
from pipeline.config import Settings
from pipeline.errors import CannotRecord
from pipeline.night.record import recall
from pipeline.night.status import metrics
from search.index import open_index, pictures_of
from search.web import create_app


def with_operations(settings: Settings) -> FastAPI:
    """The search application over the configured index and archive. Raises BadConfig when there are saved
    searches and no secret to sign the links that end them."""
    app = create_app(
        settings.index,
        (settings.archive / "blobs",),
        contact=settings.contact,
        site=settings.site,
        output=settings.output,
        pictures=pictures_of(settings.index),
        mailing=mailing_of(settings),
    )

    @app.get("/metrics", include_in_schema=False)
    def prometheus() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(metrics(settings), media_type="text/plain; version=0.0.4")

    @app.get("/healthz", include_in_schema=False)
    def health() -> Response:  # pyright: ignore[reportUnusedFunction]
        faults = list(unwell(settings))
        said = {"well": not faults, "faults": faults, "last_good_night": recall(settings.archive).last_good}
        return JSONResponse(said, 503 if faults else 200)

    return app


def unwell(settings: Settings) -> Iterator[str]:
    """Why this process cannot do its work: the archive or the index does not open. An index that is not there
    yet is none, nor is an old night, which /metrics and `minutebook status` tell."""
    try:
        archive_of(settings).waiting("", "")
    except (OSError, sqlite3.Error, CannotRecord) as error:
        yield f"the archive cannot be read: {error}"
    try:
        with closing(open_index(settings.index)) as index:
            index.execute("SELECT count(*) FROM documents").fetchone()
    except FileNotFoundError:
        pass
    except (OSError, sqlite3.Error) as error:
        yield f"the index cannot be read: {error}"
