"""Attendance, votes, declarations and officers as lists: a page, JSON, CSV."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from search import pages
from search.records import KINDS, MOST, Kind, Wanted, records
from search.shelf import AtHand
from search.web_search import DAY, SLOW, csv_answer, day_of

router = APIRouter(tags=["records"])
Text = Annotated[str, Query(max_length=300)]


def _wanted(
    q: Text = "",
    name: Annotated[str, Query(max_length=100, description="part of a name")] = "",
    choice: Annotated[
        str, Query(max_length=20, description="present, apologies, absent; for, against...")
    ] = "",
    council: Text = "",
    committee: Text = "",
    person: Text = "",
    since: Annotated[str, Query(pattern=DAY)] = "",
    until: Annotated[str, Query(pattern=DAY)] = "",
    page: Annotated[int, Query(ge=1, le=200)] = 1,
) -> Wanted:
    days = day_of(since, "-01-01"), day_of(until, "-12-31")
    return Wanted(q, name, choice, council, committee, person, *days, page)


Asked = Annotated[Wanted, Depends(_wanted)]


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise HTTPException(404, f"no such list: there are {', '.join(KINDS)}")
    return KINDS[name]


@router.get("/records/{which}.csv", responses=SLOW)
def as_csv(which: str, w: Asked, shelf: AtHand) -> Response:
    """Up to 5,000 records as CSV."""
    kind = _kind(which)
    with shelf.readers.db() as db:
        rows, _ = records(db, kind, replace(w, page=1), MOST)
    heads = [*(c for c, _ in kind.columns), "document_id", "page", "confidence"]
    return csv_answer(heads, ([r[h] for h in heads] for r in rows), which)


@router.get("/records/{which}", include_in_schema=False)
@router.get("/records/{which}.json", responses=SLOW)
def show(which: str, w: Asked, shelf: AtHand, request: Request) -> Response:
    """A page of records, the newest first."""
    kind = _kind(which)
    with shelf.readers.db() as db:
        rows, more = records(db, kind, w)
        councils = pages.councils(db)
    if request.url.path.endswith(".json"):
        return JSONResponse({"records": rows, "more": more})
    shown: dict[str, Any] = {"kind": kind, "w": w, "rows": rows, "more": more, "councils": councils}
    return shelf.page("records.html", request, kinds=KINDS.values(), narrowed=_asked(w), **shown)


def _asked(w: Wanted) -> Any:
    """Makes the query string of a list, with changes."""

    def query(**changes: Any) -> str:
        values = {k: v for k, v in (asdict(w) | changes).items() if v and not (k == "page" and v == 1)}
        return urlencode({k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()})

    return query
