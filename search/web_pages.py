"""The pages that a search leads to: an entry, a meeting, a person, a council, a committee, the paper."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from search import pages
from search.cite import citations
from search.shelf import AtHand, Shelf

router = APIRouter(include_in_schema=False)


def _shown(shelf: Shelf, found: dict[str, Any] | None, template: str, **more: Any) -> Response:
    return shelf.page(template, x=found, **more) if found else shelf.page("missing.html", 404)


@router.get("/entry/{key}", response_class=HTMLResponse)
def entry(key: str, request: Request, shelf: AtHand) -> Response:
    """One thing that was found, with its citation and the page it was read on."""
    with shelf.readers.db() as db:
        hit = pages.entry(db, key)
    cites = citations(hit, hit["document"], str(request.url)) if hit else {}
    return _shown(
        shelf, hit, "entry.html", cites=cites, at_hand=bool(hit and shelf.papers.path(hit["document_id"]))
    )


@router.get("/meeting/{meeting_id}", response_class=HTMLResponse)
def meeting(meeting_id: str, shelf: AtHand) -> Response:
    """A meeting."""
    with shelf.readers.db() as db:
        return _shown(shelf, pages.meeting(db, meeting_id), "meeting.html")


@router.get("/person/{person_id}", response_class=HTMLResponse)
def person(person_id: str, shelf: AtHand) -> Response:
    """A person; nobody of the public unless the index holds them."""
    with shelf.readers.db() as db:
        return _shown(shelf, pages.person(db, person_id), "person.html")


@router.get("/council/{name}", response_class=HTMLResponse)
def council(name: str, shelf: AtHand) -> Response:
    """A council."""
    with shelf.readers.db() as db:
        return _shown(shelf, pages.council(db, name), "council.html")


@router.get("/council/{name}/{committee:path}", response_class=HTMLResponse)
def committee(name: str, committee: str, shelf: AtHand) -> Response:
    """A council's committee."""
    with shelf.readers.db() as db:
        return _shown(shelf, pages.committee(db, name, committee), "committee.html")


@router.get("/picture/{key}/{number}.png")
def picture(key: str, number: int, shelf: AtHand) -> Response:
    """A page of the paper with boxes round what was read."""
    with shelf.readers.db() as db:
        hit = pages.one(db, "SELECT document_id, regions FROM entries WHERE key = ? LIMIT 1", key)
    image = shelf.papers.page(hit["document_id"], number, hit["regions"] or "[]") if hit else None
    return (
        Response(image, media_type="image/png", headers={"Cache-Control": "max-age=3600"})
        if image
        else Response("no such page at hand", 404, media_type="text/plain")
    )


@router.get("/document/{document_id}.pdf")
def document(document_id: str, shelf: AtHand) -> Response:
    """The paper as its council published it."""
    with shelf.readers.db() as db:
        known = pages.one(db, "SELECT 1 FROM documents WHERE document_id = ?", document_id)
    path = shelf.papers.path(document_id) if known else None
    return (
        FileResponse(path, media_type="application/pdf", headers={"Content-Disposition": "inline"})
        if path
        else Response("that paper is not at hand", 404, media_type="text/plain")
    )


@router.get("/about", response_class=HTMLResponse)
def about(shelf: AtHand) -> Response:
    """What this is and where it came from."""
    return shelf.page("about.html")
