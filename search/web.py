"""The web page: server-rendered, read only, no script needed to read. `create_app(index, papers)` gives an
ASGI application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from search import web_pages, web_search
from search.query import TooSlow
from search.shelf import HERE, Limiter, Shelf

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
A_MINUTE = 300
"""Requests a minute from one address."""


def create_app(
    index: Path, papers: tuple[Path, ...] = (), *, contact: str = "", a_minute: int = A_MINUTE
) -> FastAPI:
    """The application over one index; `papers` are folders where the PDFs lie, `contact` an address for
    reports of errors."""
    app = FastAPI(
        title="Minutebook",
        version=version("minutebook"),
        description="What councils decided, with a pointer to the line.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.shelf, app.state.limiter = Shelf(index, papers, contact), Limiter(a_minute)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(guard)
    app.add_exception_handler(TooSlow, too_slow)
    app.add_exception_handler(FileNotFoundError, no_index)
    app.include_router(web_search.router)
    app.include_router(web_pages.router)
    return app


async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Every answer carries the safety headers; an address that asks too often is told to wait."""
    address = request.client.host if request.client else "?"
    if not request.app.state.limiter.allows(address):
        return Response("too many requests: wait a minute", 429, {"Retry-After": "60"}, "text/plain")
    response = await call_next(request)
    response.headers.update(HEADERS)
    return response


async def too_slow(_: Request, error: Exception) -> Response:
    """A search that took too long."""
    return JSONResponse({"detail": str(error)}, 503)


async def no_index(_: Request, __: Exception) -> Response:
    """There is nothing to search in yet."""
    return JSONResponse({"detail": "no index yet: run minutebook index"}, 503)
