"""The web page: server-rendered, read only, no script needed to read. `create_app(index, papers)` gives an
ASGI application."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as NotServed
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from search import web_data, web_pages, web_papers, web_records, web_saved, web_search
from search.budget import TooSlow
from search.guard import Guard, Limiter
from search.index import IndexUnfit
from search.shelf import HERE, Shelf, Site

A_MINUTE = 300
"""Requests a minute from one address."""
UNFIT = (
    "These pages are made from an index, which is missing, damaged or being replaced. Nothing is wrong with "
    "your question or the address: try again in a minute. If it stays so, tell who runs this site"
)
PACKED_ALREADY = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf", "application/vnd.apache.parquet")
DESCRIPTION = "What councils decided, with a pointer to the line. Every page has its JSON under .json."


def create_app(
    index: Path,
    papers: tuple[Path, ...] = (),
    *,
    contact: str = "",
    a_minute: int = A_MINUTE,
    site: str = "",
    output: Path | None = None,
    pictures: Path | None = None,
    mailing: web_saved.Mailing | None = None,
) -> FastAPI:
    """The application over one index; `papers` are folders where the PDFs lie, `contact` an address for
    reports of errors, `site` the site's own address for absolute links, `output` the datasets that may be
    downloaded, `pictures` a folder where drawn pages are kept, `mailing` what mails of saved searches need,
    where there are such."""
    app = FastAPI(
        title="Minutebook",
        version=version("minutebook"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
    )
    app.state.shelf = Shelf(
        index, papers, Site(site, contact, output, pictures, by_mail=bool(mailing and mailing.offered))
    )
    app.state.limiter = Limiter(a_minute)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(
        GZipMiddleware, minimum_size=800, compresslevel=5, exclude_content_types=PACKED_ALREADY
    )
    app.add_middleware(Guard, limiter=app.state.limiter, dress=app.state.shelf.dressed)
    for error, told in (
        (TooSlow, too_slow),
        (IndexUnfit, index_unfit),
        (NotServed, not_served),
        (RequestValidationError, not_understood),
    ):
        app.add_exception_handler(error, told)
    for routes in (web_search, web_pages, web_papers, web_records, web_data):
        app.include_router(routes.router)
    if mailing:
        app.state.mailing = mailing
        app.include_router(web_saved.ends)
        if mailing.offered:
            app.include_router(web_saved.router)
    return app


def _told(
    request: Request,
    status: int,
    title: str,
    words: str,
    headers: dict[str, str] | None = None,
    advice: str = "",
) -> Response:
    """An error: as a page for those who read pages, else as JSON. Where there is advice for readers, the
    words are for who runs the site."""
    if "text/html" in request.headers.get("accept", ""):
        shelf: Shelf = request.app.state.shelf
        answer = shelf.page("error.html", request, status, title=title, words=words, advice=advice)
        answer.headers.update(headers or {})
        return answer
    return JSONResponse({"detail": words}, status, headers)


async def too_slow(request: Request, error: Exception) -> Response:
    """A search that took too long."""
    return _told(request, 503, "That took too long", str(error), {"Retry-After": "10"})


async def index_unfit(request: Request, error: Exception) -> Response:
    """The index is missing, damaged or being replaced: nothing is wrong with what was asked."""
    return _told(request, 503, "Nothing can be looked up just now", str(error), {"Retry-After": "60"}, UNFIT)


async def not_served(request: Request, error: Exception) -> Response:
    """Nothing has that address, or the request is one that is not answered."""
    assert isinstance(error, (NotServed, HTTPException))
    if error.status_code == 404 and error.detail == "Not Found":
        title, words = "Not here", "nothing has that address; it may have been withdrawn by its council"
    else:
        title, words = "Not answered", str(error.detail)
    return _told(request, error.status_code, title, words, dict(error.headers or {}))


async def not_understood(request: Request, error: Exception) -> Response:
    """A search whose filters are none."""
    assert isinstance(error, RequestValidationError)
    words = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
    return _told(request, 422, "Not understood", words)
