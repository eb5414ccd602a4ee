"""The page that ends a saved search: a link in a mail shows a button, the button ends it. Following a link
changes nothing, because mail scanners follow every link."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape

from search.digests import Ledger, Links

TEMPLATE = "unsubscribe.html"


def unsubscribe_page(ledger: Ledger, links: Links) -> APIRouter:
    """GET /unsubscribe asks, POST /unsubscribe does it; 404 for a ticket that was not signed here."""
    folder = Path(__file__).parent / "templates"
    page = Environment(
        loader=FileSystemLoader(folder), autoescape=select_autoescape(default=True)
    ).get_template(TEMPLATE)
    router = APIRouter(include_in_schema=False)

    @router.get("/unsubscribe")
    def ask(t: str = "") -> HTMLResponse:  # pyright: ignore[reportUnusedFunction]
        found = links.search_of(t)
        return HTMLResponse(page.render(search=found, ticket=t, done=False), 200 if found else 404)

    @router.post("/unsubscribe")
    def end(t: str = "") -> HTMLResponse:  # pyright: ignore[reportUnusedFunction]
        found = links.search_of(t)
        if found:
            ledger.end(found)
        return HTMLResponse(page.render(search=found, ticket=t, done=True), 200 if found else 404)

    return router
