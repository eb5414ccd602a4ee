"""The search page with what the operator adds to it: metrics, and the end of saved searches."""

from __future__ import annotations

from fastapi import FastAPI, Response

from pipeline.alerts import end_search
from pipeline.config import Settings
from pipeline.night.status import metrics
from search.web import create_app


def with_operations(settings: Settings) -> FastAPI:
    """The search application over the configured index and archive, with /metrics and /unsubscribe."""
    app = create_app(settings.index, (settings.archive / "blobs",), contact=settings.contact)

    @app.get("/metrics", include_in_schema=False)
    def prometheus() -> Response:  # pyright: ignore[reportUnusedFunction]
        return Response(metrics(settings), media_type="text/plain; version=0.0.4")

    @app.get("/unsubscribe", include_in_schema=False)
    def unsubscribe(t: str = "") -> Response:  # pyright: ignore[reportUnusedFunction]
        ours = end_search(settings, t)
        return Response(
            "You will get no more of these mails." if ours else "That address is not one of ours.",
            200 if ours else 404,
            media_type="text/plain",
        )

    return app
