"""What machines read of the site: whole datasets, the sitemap, robots.txt; and the pages that explain it."""

from __future__ import annotations

import threading
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from schemas import DATASETS
from search import pages
from search.downloads import FORMATS, OFFERED, Downloads
from search.index import downloads_of, open_current
from search.shelf import AtHand, Shelf, missing
from search.web_search import SLOW

router = APIRouter(tags=["data"])
LISTED = 45_000
"""Addresses of one sitemap; the standard allows 50,000."""
MAPS: dict[str, tuple[str, str]] = {
    "meetings": ("meeting", "SELECT DISTINCT meeting_id FROM meetings ORDER BY 1"),
    "papers": ("paper", "SELECT document_id FROM documents ORDER BY 1"),
    "people": (
        "person",
        "SELECT DISTINCT coalesce(s.main_id, p.person_id) FROM people p LEFT JOIN same_person s "
        "USING (person_id) ORDER BY 1",
    ),
    "matters": ("matter", "SELECT matter_id FROM matters ORDER BY 1"),
}
"""Sitemaps by name: the step of the address, and what finds the rest."""
_making = threading.Lock()


@router.get("/about", response_class=HTMLResponse, include_in_schema=False)
def about(shelf: AtHand, request: Request) -> Response:
    """What this is and where it came from."""
    return shelf.page("about.html", request)


@router.get("/help", response_class=HTMLResponse, include_in_schema=False)
def help_page(shelf: AtHand, request: Request) -> Response:
    """How to find things."""
    return shelf.page("help.html", request)


@router.get("/api", response_class=HTMLResponse, include_in_schema=False)
def api(shelf: AtHand, request: Request) -> Response:
    """What can be asked by machines, from the OpenAPI description itself."""
    described: dict[str, Any] = request.app.openapi()
    listed = [
        {
            "path": path,
            "says": (asked.get("description") or "").split("\n\n")[0],
            "parameters": [p for p in asked.get("parameters", ()) if p["in"] == "query"],
        }
        for path, methods in described["paths"].items()
        for asked in methods.values()
    ]
    return shelf.page("api.html", request, listed=listed)


@router.get("/data", response_class=HTMLResponse, include_in_schema=False)
def data(shelf: AtHand, request: Request) -> Response:
    """The datasets to take away."""
    offered = [DATASETS[name] for name in OFFERED] if shelf.site.output else []
    return shelf.page("data.html", request, offered=offered, formats=FORMATS)


@router.get("/data/{name}.{form}", responses=SLOW)
def download(name: str, form: str, shelf: AtHand) -> Response:
    """A whole dataset as Parquet or CSV. It is made when first asked for, one at a time."""
    if shelf.site.output is None or name not in OFFERED or form not in FORMATS:
        raise HTTPException(404, "no such dataset here")
    if not _making.acquire(blocking=False):
        raise HTTPException(
            503, "another download is being made: try again in a minute", {"Retry-After": "60"}
        )
    try:
        index = shelf.readers.path
        downloads = Downloads(shelf.site.output, downloads_of(index))
        connection = open_current(index)  # of its own: a whole dataset takes longer than a search may
        stamp = "-".join(map(str, shelf.readers.stamp))
        try:
            file = downloads.file(connection, stamp, name, form)
        except OSError as error:  # a night puts them in place just now, or the disk is full
            said = f"the datasets cannot be read or kept just now ({error.strerror}): try again in a minute"
            raise HTTPException(503, said, {"Retry-After": "60"}) from error
        finally:
            connection.close()
    finally:
        _making.release()
    kind = "text/csv" if form == "csv" else "application/vnd.apache.parquet"
    return FileResponse(file, media_type=kind, filename=f"minutebook-{name}.{form}")


@router.get("/robots.txt", include_in_schema=False)
def robots(shelf: AtHand, request: Request) -> Response:
    """Searches, exports and pictures are not for crawlers; pages are."""
    closed = (
        "/search.",
        "/records/",
        "/compare",
        "/picture/",
        "/data/",
        "/suggest.json",
        "/embed/",
        "/saved",
        "/unsubscribe",
        "/*?",
    )
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {shelf.base(request)}sitemap.xml",
    ]
    return Response("\n".join(lines) + "\n", media_type="text/plain")


@router.get("/sitemap.xml", include_in_schema=False)
def sitemap(shelf: AtHand, request: Request) -> Response:
    """The sitemaps that there are."""
    with shelf.readers.db() as db:
        names = [f"{name}-{n}" for name in MAPS for n in range(1, 1 + max(1, -(-_count(db, name) // LISTED)))]
    return _xml(shelf, request, "sitemaps.xml", names=names)


def _count(db: Any, name: str) -> int:
    return db.execute(f"SELECT count(*) FROM ({MAPS[name][1]})").fetchone()[0]


@router.get("/sitemap-{name}-{number}.xml", include_in_schema=False)
def sitemap_part(name: str, number: int, shelf: AtHand, request: Request) -> Response:
    """A part of the sitemap."""
    if name not in MAPS or not 1 <= number <= 1000:
        return missing(shelf, request)
    step, sql = MAPS[name]
    with shelf.readers.db() as db:
        found = pages.many(db, f"{sql} LIMIT {LISTED} OFFSET ?", (number - 1) * LISTED)
    return _xml(shelf, request, "sitemap.xml", step=step, keys=[next(iter(r.values())) for r in found])


def _xml(shelf: Shelf, request: Request, template: str, **values: Any) -> Response:
    return Response(shelf.text(template, request, **values), media_type="application/xml")
