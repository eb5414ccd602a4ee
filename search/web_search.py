"""The search itself: as a page, as JSON, as CSV and as a feed."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from search import pages
from search.query import PAGE, Answer, Search, search
from search.shelf import AtHand
from search.spreadsheets import harmless

EXPORT = 1_000
SLOW: dict[int | str, dict[str, Any]] = {
    503: {"description": "no index yet, or the search took too long"},
    429: {"description": "too many requests"},
}
router = APIRouter()


class Hit(BaseModel):
    """Something found, as JSON gives it."""

    key: str
    kind: str
    council: str
    committee: str | None
    date: str | None
    item: str | None
    title: str | None
    text: str | None
    outcome: str | None
    mover: str | None
    seconder: str | None
    confidence: float
    document_id: str
    page: int | None
    url: str


class Results(BaseModel):
    """A page of hits; `more` when only the newest were counted."""

    total: int
    more: bool
    better_spelling: str | None
    counts: dict[str, list[tuple[str, int]]]
    hits: list[Hit]


def _asked(
    q: Annotated[
        str, Query(max_length=300, description='words; "a phrase"; pre*; -without; this OR that; NEAR(a b)')
    ] = "",
    council: Annotated[str, Query(max_length=200)] = "",
    committee: Annotated[str, Query(max_length=300)] = "",
    kind: Literal[
        "", "resolution", "recommendation", "motion", "action", "minutes", "report", "table", "person"
    ] = "",
    outcome: Literal["", "carried", "lost", "withdrawn", "agreed"] = "",
    person: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(pattern=r"^(\d{4}(-\d{2}-\d{2})?)?$", description="a day or a year")] = "",
    until: Annotated[str, Query(pattern=r"^(\d{4}(-\d{2}-\d{2})?)?$")] = "",
    amount: Annotated[str, Query(pattern=r"^\d{0,12}$", description="names a sum of at least so much")] = "",
    page: Annotated[int, Query(ge=1, le=250)] = 1,
    sort: Literal["best", "newest"] = "best",
) -> Search:
    return Search(
        q,
        council,
        committee,
        kind,
        outcome,
        person,
        _day(since, "-01-01"),
        _day(until, "-12-31"),
        int(amount or 0),
        page,
        sort,
    )


def _day(text: str, rest: str) -> date | None:
    try:
        return date.fromisoformat(text + rest if len(text) == 4 else text) if text else None
    except ValueError:
        raise HTTPException(422, f"{text}: no such day") from None


Asked = Annotated[Search, Depends(_asked)]


def _hit(h: dict[str, Any], base: str) -> Hit:
    return Hit(
        key=h["key"],
        kind=h["kind"],
        council=h["council"],
        committee=h["committee"],
        date=h["day"],
        item=h["item"],
        title=h["title"],
        text=h["text"],
        outcome=h["outcome"],
        mover=h["mover"],
        seconder=h["seconder"],
        confidence=h["confidence"],
        document_id=h["document_id"],
        page=h["page"],
        url=f"{base}entry/{quote(h['key'], safe='')}",
    )


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def home(s: Asked, shelf: AtHand) -> Response:
    """The form, with the hits when something is asked."""
    with shelf.readers.db() as db:
        asked = any((s.q, s.council, s.kind, s.outcome, s.person, s.since, s.until, s.amount))
        answer: Answer | None = search(db, s) if asked else None
        return shelf.page(
            "search.html", s=s, answer=answer, councils=pages.councils(db) if not asked else [], size=PAGE
        )


@router.get("/search.json", response_model=Results, responses=SLOW)
def as_json(s: Asked, shelf: AtHand, request: Request) -> Results:
    """A page of hits with counts by council, committee, kind, outcome and year."""
    with shelf.readers.db() as db:
        a = search(db, s)
    return Results(
        total=a.total,
        more=a.more,
        better_spelling=a.better,
        counts=a.counts,
        hits=[_hit(h, str(request.base_url)) for h in a.hits],
    )


@router.get("/search.csv", responses={**SLOW, 200: {"content": {"text/csv": {}}}}, response_class=Response)
def as_csv(s: Asked, shelf: AtHand, request: Request) -> Response:
    """Up to a thousand hits as CSV."""
    with shelf.readers.db() as db:
        hits = search(db, s, size=EXPORT, counts=False).hits
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(list(Hit.model_fields))
    writer.writerows(
        [
            harmless(v) if isinstance(v, str) else v
            for v in _hit(h, str(request.base_url)).model_dump().values()
        ]
        for h in hits
    )
    return Response(
        out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="minutebook.csv"'},
    )


@router.get(
    "/search.atom",
    responses={**SLOW, 200: {"content": {"application/atom+xml": {}}}},
    response_class=Response,
)
def as_atom(s: Asked, shelf: AtHand, request: Request) -> Response:
    """The newest hits as a feed."""
    with shelf.readers.db() as db:
        hits = search(db, replace(s, sort="newest", page=1), size=50, counts=False).hits
    body = shelf.page(
        "feed.xml",
        s=s,
        hits=[h | {"text": _xml(h["text"]), "title": _xml(h["title"])} for h in hits],
        base=str(request.base_url),
        now=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    ).body
    return Response(body, media_type="application/atom+xml")


def _xml(text: str | None) -> str:
    """What XML allows of a text."""
    return "".join(c for c in text or "" if c in "\t\n\r" or ord(c) >= 32)
