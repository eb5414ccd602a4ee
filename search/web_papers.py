"""The papers: a viewer with thumbnails, each page as a picture with its words over it, the file itself."""

from __future__ import annotations

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response

from search import pages, paper
from search.drawing import Words
from search.shelf import AtHand, Shelf, missing
from search.web_search import SLOW
from search.words import pieces_of

router = APIRouter(tags=["papers"])
Q = Annotated[str, Query(max_length=300)]
MARKED = 8
"""Words of a search that a page marks."""
FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


@router.get("/paper/{document_id}.json", responses=SLOW)
def paper_as_json(document_id: str, request: Request, shelf: AtHand) -> Response:
    """A paper: where it was fetched and when, its parts, meetings, what was read and what is doubted."""
    with shelf.readers.db() as db:
        return shelf.shown(request, paper.paper(db, document_id), "paper.html")


@router.get("/paper/{document_id}/{number}.png", include_in_schema=False)
async def page_picture(
    document_id: str, number: int, shelf: AtHand, small: Annotated[str, Query(pattern="^1?$")] = ""
) -> Response:
    """A page as a picture, or as a thumbnail."""
    return await _drawn(shelf, document_id, number, "[]", small=bool(small))


@router.get("/paper/{document_id}", include_in_schema=False)
async def show_first(document_id: str, request: Request, shelf: AtHand, q: Q = "") -> Response:
    """The viewer at the paper's first page."""
    return await show_paper(document_id, 1, request, shelf, q)


@router.get("/paper/{document_id}/{number}", include_in_schema=False)
async def show_paper(document_id: str, number: int, request: Request, shelf: AtHand, q: Q = "") -> Response:
    """The viewer: a page with the boxes of its rows, its words to select, those looked for marked."""

    def ask() -> tuple[pages.Found | None, pages.Found | None, list[int], Words | None]:
        looked_for = tuple(w for w in pieces_of(q) if len(w) > 1)[:MARKED]
        with shelf.readers.db() as db:
            found = paper.paper(db, document_id)
            side = paper.page(db, document_id, number) if found else None
            hits = paper.pages_with(db, document_id, list(looked_for)) if found else []
        return found, side, hits, shelf.papers.words(document_id, number, looked_for) if side else None

    found, side, hits, words = await anyio.to_thread.run_sync(ask, limiter=shelf.drawers)
    if found is None or (side is None and number != 1):
        return missing(shelf, request)
    at_hand = bool(shelf.papers.path(document_id))
    shown = {"number": number, "side": side, "hits": hits, "words": words, "q": q, "at_hand": at_hand}
    return shelf.shown(request, found, "paper.html", **shown)


@router.get("/picture/{key}/{number}.png", include_in_schema=False)
async def picture(key: str, number: int, shelf: AtHand) -> Response:
    """A page of the paper with boxes round what was read."""

    def ask() -> pages.Found | None:
        with shelf.readers.db() as db:
            return pages.one(db, "SELECT document_id, regions FROM entries WHERE key = ? LIMIT 1", key)

    hit = await anyio.to_thread.run_sync(ask)
    return await _drawn(
        shelf, hit["document_id"] if hit else "", number, hit["regions"] or "[]" if hit else "[]"
    )


async def _drawn(
    shelf: Shelf, document_id: str, number: int, regions: str, *, small: bool = False
) -> Response:
    """A picture, when it is its turn: who waits for one takes no thread from those who read."""

    def draw() -> bytes | None:
        with shelf.readers.db() as db:
            known = pages.document(db, document_id)
        if not known or not 1 <= number <= (known["pages"] or 0):
            return None
        return shelf.papers.page(document_id, number, regions, small=small)

    image = await anyio.to_thread.run_sync(draw, limiter=shelf.drawers)
    if image is None:
        return Response("no such page at hand", 404, media_type="text/plain")
    return Response(image, media_type="image/png", headers=FOR_AN_HOUR)


@router.get("/document/{document_id}.pdf", responses=SLOW)
def document(document_id: str, shelf: AtHand) -> Response:
    """The paper as its council published it."""
    with shelf.readers.db() as db:
        known = pages.document(db, document_id)
    path = shelf.papers.path(document_id) if known else None
    if path is None:
        return Response("that paper is not at hand", 404, media_type="text/plain")
    told = {"Content-Disposition": "inline", **FOR_AN_HOUR}
    return FileResponse(path, media_type="application/pdf", headers=told)
