"""The pages that a search leads to: an entry, a meeting, a division, a matter, a table, a person, an officer,
a council, a body. Each has its JSON under the same address with .json at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from search import grids, pages
from search.cite import citations
from search.divisions import division
from search.matters import matter
from search.meetings import meeting
from search.pages import Found
from search.persons import officer, person
from search.shelf import AtHand, Shelf, missing
from search.web_search import SLOW

router = APIRouter(tags=["pages"])
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(shelf: Shelf, ask: Callable[..., Found | None], *values: str) -> Found | None:
    with shelf.readers.db() as db:
        return ask(db, *values)


def at_hand(shelf: Shelf, found: Found | None) -> bool:
    """Whether the paper of what was found can be shown."""
    return bool(found and shelf.papers.path(found["document_id"]))


def _without_rowid(found: Found | None) -> Found | None:
    return {k: v for k, v in found.items() if k != "rowid"} if found else None


@router.get("/entry/{key}", include_in_schema=False)
@router.get("/entry/{key}.json", responses=SLOW)
def show_entry(key: str, request: Request, shelf: AtHand) -> Response:
    """One thing that was found, with its citation and the page it was read on."""
    hit = _asked(shelf, pages.entry, key)
    cites = citations(hit, hit["document"], f"{shelf.base(request)}entry/{key}") if hit else {}
    return shelf.shown(request, _without_rowid(hit), "entry.html", cites=cites, at_hand=at_hand(shelf, hit))


@router.get("/embed/{key}", include_in_schema=False)
def embed(key: str, request: Request, shelf: AtHand) -> Response:
    """One thing that was found, small, to stand in another page."""
    hit = _asked(shelf, pages.entry, key)
    return shelf.page("embed.html", request, x=hit) if hit else missing(shelf, request)


@router.get("/oembed", responses=SLOW)
def oembed(url: Annotated[str, Query(max_length=500)], request: Request, shelf: AtHand) -> dict[str, Any]:
    """oEmbed 1.0 of an entry's address: what a publishing system asks to show a link as the thing itself."""
    key = url.partition("/entry/")[2]
    hit = _asked(shelf, pages.entry, key) if key else None
    base = shelf.base(request)
    if hit is None:
        return {"version": "1.0", "type": "link", "title": "Minutebook", "provider_url": base}
    frame = f'<iframe src="{base}embed/{key}" width="600" height="240" title="From council minutes"></iframe>'
    told = {"version": "1.0", "type": "rich", "title": hit["title"], "provider_name": "Minutebook"}
    return {**told, "provider_url": base, "html": frame, "width": 600, "height": 240}


@router.get("/meeting/{meeting_id}", include_in_schema=False)
@router.get("/meeting/{meeting_id}.json", responses=SLOW)
def show_meeting(meeting_id: str, request: Request, shelf: AtHand) -> Response:
    """A meeting: its papers, agenda with outcomes, roll, divisions, declarations, actions."""
    return shelf.shown(request, _asked(shelf, meeting, meeting_id), "meeting.html")


@router.get("/division/{motion_id}", include_in_schema=False)
@router.get("/division/{motion_id}.json", responses=SLOW)
def show_division(motion_id: str, request: Request, shelf: AtHand) -> Response:
    """A motion that was put: its words, who voted how."""
    found = _asked(shelf, division, motion_id)
    return shelf.shown(request, found, "division.html", at_hand=at_hand(shelf, found))


@router.get("/matter/{matter_id}", include_in_schema=False)
@router.get("/matter/{matter_id}.json", responses=SLOW)
def show_matter(matter_id: str, request: Request, shelf: AtHand) -> Response:
    """A matter, what is dealt with under one number: its history over meetings, where it stands."""
    return shelf.shown(request, _asked(shelf, matter, matter_id), "matter.html")


@router.get("/table/{table_id}", include_in_schema=False)
@router.get("/table/{table_id}.json", responses=SLOW)
@router.get("/table/{table_id}.xlsx", responses=SLOW)
@router.get("/table/{table_id}.csv", responses=SLOW)
def show_table(table_id: str, request: Request, shelf: AtHand) -> Response:
    """A table as a table, as JSON, CSV or a workbook."""
    found = _asked(shelf, grids.table, table_id)
    end = request.url.path.rsplit(".", 1)[-1]
    if found is None or end not in ("csv", "xlsx"):
        return shelf.shown(request, found, "table.html", at_hand=at_hand(shelf, found))
    told = {"Content-Disposition": f'attachment; filename="{table_id}.{end}"'}
    if end == "csv":
        return Response(grids.as_csv(found), media_type="text/csv; charset=utf-8", headers=told)
    return Response(grids.as_workbook(found), media_type=WORKBOOK, headers=told)


@router.get("/person/{person_id}", include_in_schema=False)
@router.get("/person/{person_id}.json", responses=SLOW)
def show_person(person_id: str, request: Request, shelf: AtHand) -> Response:
    """A person: attendance, voting record, declarations, roles; nobody of the public unless the index holds
    them."""
    return shelf.shown(request, _asked(shelf, person, person_id), "person.html")


@router.get("/officer/{council}/{name}", include_in_schema=False)
@router.get("/officer/{council}/{name}.json", responses=SLOW)
def show_officer(council: str, name: str, request: Request, shelf: AtHand) -> Response:
    """An officer's reports."""
    return shelf.shown(request, _asked(shelf, officer, council, name), "officer.html")


@router.get("/council/{name}", include_in_schema=False)
@router.get("/council/{name}.json", responses=SLOW)
def show_council(name: str, request: Request, shelf: AtHand) -> Response:
    """A council: its bodies, members, meetings, papers."""
    return shelf.shown(request, _asked(shelf, pages.council, name), "council.html")


@router.get("/council/{name}/{committee:path}", include_in_schema=False)
@router.get("/council/{name}/{committee:path}.json", responses=SLOW)
def show_body(name: str, committee: str, request: Request, shelf: AtHand) -> Response:
    """A council's body: its meetings and members."""
    return shelf.shown(request, _asked(shelf, pages.body, name, committee), "committee.html")
