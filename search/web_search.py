"""The search itself: as a page, as JSON, as CSV and as a feed; councils side by side; words as they are
typed."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from search import facets, pages
from search.entries import KINDS, OUTCOMES
from search.following import matters_named
from search.query import PAGE, SORTS, Search, search
from search.shelf import AtHand
from search.spreadsheets import harmless
from search.words import beginning_with

EXPORT = 1_000
"""Hits of an export."""
FEED = 50
DAY = r"^(\d{4}(-\d{2}-\d{2})?)?$"
SLOW: dict[int | str, dict[str, Any]] = {
    503: {"description": "no index yet, or the search took too long"},
    429: {"description": "too many requests"},
}
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
router = APIRouter(tags=["search"])


class Hit(BaseModel):
    """Something found, as JSON gives it. `doubts` are the reasons to doubt it; `outcome` is null where the
    paper prints none; `also_in` are the keys of other papers' accounts of the same, one a line."""

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
    amount: float | None
    due: str | None
    confidence: float
    doubts: str | None
    document_id: str
    meeting_id: str | None
    page: int | None
    found_at: str | None
    also_in: str | None
    url: str


class Results(BaseModel):
    """A page of hits; `more` when only the newest were counted. `better_spelling` was searched for instead
    when what was typed found nothing."""

    total: int
    more: bool
    better_spelling: str | None
    counts: dict[str, list[tuple[str, int]]]
    hits: list[Hit]


def _asked(
    q: Annotated[
        str, Query(max_length=300, description='words; "a phrase"; pre*; -without; this OR that; NEAR(a b)')
    ] = "",
    council: Annotated[list[str] | None, Query(max_length=30, description="any of these")] = None,
    committee: Annotated[list[str] | None, Query(max_length=30, description="any of these")] = None,
    kind: Annotated[list[str] | None, Query(max_length=12, description=", ".join(KINDS))] = None,
    outcome: Annotated[list[str] | None, Query(max_length=6, description=", ".join(OUTCOMES))] = None,
    person: Annotated[str, Query(max_length=200, description="person_id")] = "",
    paper: Annotated[str, Query(max_length=64, description="document_id")] = "",
    since: Annotated[str, Query(pattern=DAY, description="a day or a year")] = "",
    until: Annotated[str, Query(pattern=DAY)] = "",
    due_since: Annotated[str, Query(pattern=DAY, description="to be done on this day or later")] = "",
    due_until: Annotated[str, Query(pattern=DAY, description="to be done by this day")] = "",
    amount: Annotated[str, Query(pattern=r"^\d{0,12}$", description="names a sum of at least so much")] = "",
    sure: Annotated[str, Query(pattern="^1?$", description="1: only what nothing doubts")] = "",
    every: Annotated[str, Query(pattern="^1?$", description="1: what several papers tell, from each")] = "",
    page: Annotated[int, Query(ge=1, le=150)] = 1,
    sort: Annotated[str, Query(max_length=10, description=", ".join(SORTS))] = "best",
) -> Search:
    for given, known in ((kind, KINDS), (outcome, OUTCOMES), ([sort], SORTS)):
        for value in given or ():
            if value and value not in known:
                raise HTTPException(422, f"{value[:40]}: not one of {', '.join(known)}")
    return Search(
        _clean(q),
        *(
            tuple(dict.fromkeys(_clean(v) for v in given or () if v))
            for given in (council, committee, kind, outcome)
        ),
        person=_clean(person),
        paper=_clean(paper),
        since=day_of(since, "-01-01"),
        until=day_of(until, "-12-31"),
        due_since=day_of(due_since, "-01-01"),
        due_until=day_of(due_until, "-12-31"),
        amount=int(amount or 0),
        sure=bool(sure),
        every=bool(every),
        page=page,
        sort=sort,
    )


def _clean(text: str) -> str:
    """What XML and SQLite allow of a text."""
    return NOT_XML.sub(" ", text)


def day_of(text: str, rest: str) -> date | None:
    """A day, or a year made a day with `rest`. Raises HTTPException (422) for a day that there is not."""
    try:
        return date.fromisoformat(text + rest if len(text) == 4 else text) if text else None
    except ValueError:
        raise HTTPException(422, f"{text}: no such day") from None


Asked = Annotated[Search, Depends(_asked)]


def hit_of(h: dict[str, Any], base: str) -> Hit:
    """A hit as JSON gives it."""
    kind = "person" if h["kind"] == "person" else "entry"
    named = {name: h[name] for name in Hit.model_fields if name not in ("date", "url")}
    return Hit(**named, date=h["day"], url=f"{base}{kind}/{quote(h['key'], safe='')}")


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def home(s: Asked, shelf: AtHand, request: Request) -> Response:
    """The form, with the hits when something is asked, else with what is new."""
    with shelf.readers.db() as db:
        if not s.asks:
            return shelf.page("home.html", request, s=s, councils=pages.councils(db), newest=pages.newest(db))
        answer = search(db, s)
        s = replace(s, q=answer.better) if answer.better else s
        counts = facets.counts(db, s, answer) if answer.total else {}
        plot = facets.over_time(db, s, answer) if answer.total else []
        unknown, advice = ([], []) if answer.total else facets.advice(db, s)
        named = matters_named(db, s.q, s.council)
    shown: dict[str, Any] = {
        "typed": request.query_params.get("q", ""),
        "counts": counts,
        "plot": plot,
        "size": PAGE,
        "named": named,
    }
    return shelf.page("search.html", request, s=s, answer=answer, unknown=unknown, advice=advice, **shown)


@router.get("/compare", response_class=HTMLResponse, include_in_schema=False)
def compare(s: Asked, shelf: AtHand, request: Request) -> Response:
    """Councils side by side on one question: the first hits of each and how many over time."""
    with shelf.readers.db() as db:
        sides: list[dict[str, Any]] = []
        for name in s.council[:4]:
            one = replace(s, council=(name,))
            found = search(db, one, size=8)
            sides.append({"name": name, "s": one, "answer": found, "plot": facets.over_time(db, one, found)})
        return shelf.page("compare.html", request, s=s, sides=sides, councils=pages.councils(db))


@router.get("/search.json", response_model=Results, responses=SLOW)
def as_json(s: Asked, shelf: AtHand, request: Request) -> Results:
    """A page of hits with counts by council, committee, kind and outcome."""
    with shelf.readers.db() as db:
        a = search(db, s, snippets=False)
        counts = facets.counts(db, replace(s, q=a.better or s.q), a)
    hits = [hit_of(h, shelf.base(request)) for h in a.hits]
    return Results(total=a.total, more=a.more, better_spelling=a.better, counts=counts, hits=hits)


@router.get("/search.csv", responses={**SLOW, 200: {"content": {"text/csv": {}}}}, response_class=Response)
def as_csv(s: Asked, shelf: AtHand, request: Request) -> Response:
    """Up to a thousand hits as CSV."""
    with shelf.readers.db() as db:
        hits = search(db, s, size=EXPORT, snippets=False).hits
    base = shelf.base(request)
    return csv_answer(
        list(Hit.model_fields), (hit_of(h, base).model_dump().values() for h in hits), "minutebook"
    )


def csv_answer(heads: list[str], rows: Any, name: str) -> Response:
    """Rows as a CSV to save; what a spreadsheet would run is made plain."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([harmless(v) if isinstance(v, str) else v for v in row] for row in rows)
    told = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=told)


@router.get(
    "/search.atom",
    responses={**SLOW, 200: {"content": {"application/atom+xml": {}}}},
    response_class=Response,
)
def as_atom(s: Asked, shelf: AtHand, request: Request) -> Response:
    """What was found last, as a feed: by when it came into the index, not by the day of the meeting."""
    with shelf.readers.db() as db:
        hits = search(db, replace(s, sort="found", page=1), size=FEED, snippets=False).hits
    entries = [h | {"text": _clean(h["text"] or ""), "title": _clean(h["title"] or "")} for h in hits]
    newest = max((h["found_at"] or "" for h in hits), default="") or "1970-01-01T00:00:00Z"
    body = shelf.text("feed.xml", request, s=s, hits=entries, updated=newest)
    return Response(body, media_type="application/atom+xml")


@router.get("/suggest.json", responses=SLOW)
def suggest(shelf: AtHand, q: Annotated[str, Query(max_length=80)] = "") -> list[str]:
    """Words that begin as the last word typed does, the most usual first."""
    before, _, last = _clean(q).rpartition(" ")
    with shelf.readers.db() as db:
        found = beginning_with(db, last)
    return [f"{before} {word}".strip() for word in found]
