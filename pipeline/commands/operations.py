"""The search page with what the operator adds to it: /metrics, and /unsubscribe where there are saved
searches."""

from __future__ import annotations

from fastapi import FastAPI, Response

from pipeline.commands.afterwards import ledger_of
from pipeline.config import Settings
from pipeline.night.status import metrics
from search.digests import Links
from search.index import pictures_of
from search.unsubscribe import unsubscribe_page
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
    )

    @app.get("/metrics", include_in_schema=False)
    def prometheus() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(metrics(settings), media_type="text/plain; version=0.0.4")

    if settings.searches:
        links = Links(settings.site, settings.signing_secret())
        app.include_router(unsubscribe_page(ledger_of(settings), links))
    return app
