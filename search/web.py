"""The web page: server-rendered, read only, no script needed to read. `create_app(index, papers)` gives an
ASGI application."""

from __future__ import annotations

import csv
import io
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote, urlencode

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape
from pydantic import BaseModel

from search import charts, pages
from search.cite import citations
from search.index import open_index
from search.papers import Papers
from search.query import PAGE, Answer, Search, TooSlow, search, without
from search.spreadsheets import harmless

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DOUBTFUL = 0.8
"""Rows below this confidence say that they are doubtful."""
EXPORT = 1_000
A_MINUTE = 300
"""Requests a minute from one address."""
KINDS = {
    "resolution": "Decision",
    "recommendation": "Recommendation",
    "motion": "Motion",
    "action": "Action",
    "minutes": "Minutes",
    "report": "Report",
    "table": "Table",
    "person": "Person",
}


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


@dataclass(frozen=True)
class Shelf:
    """What requests need: the index's place and the papers."""

    index: Path
    papers: Papers


class Readers:
    """Connections to the index, one a thread, opened anew when the file was replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @contextmanager
    def db(self) -> Iterator[sqlite3.Connection]:
        """A connection to the index as it is now."""
        stat = self.path.stat()
        stamp = (stat.st_ino, stat.st_mtime_ns)
        if getattr(self._local, "stamp", None) != stamp:
            old: sqlite3.Connection | None = getattr(self._local, "connection", None)
            self._local.connection, self._local.stamp = open_index(self.path), stamp
            if old is not None:
                old.close()
        yield self._local.connection


class Limiter:
    """So many requests a minute from an address; the least recently seen addresses are forgotten."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, address: str) -> bool:
        """Whether one more request is allowed now (a bucket that fills again with time)."""
        now = time.monotonic()
        with self._lock:
            left, then = self._seen.pop(address, (float(self.a_minute), now))
            left = min(self.a_minute, left + (now - then) * self.a_minute / 60)
            self._seen[address] = (left - 1 if left >= 1 else left, now)
            while len(self._seen) > 10_000:
                self._seen.popitem(last=False)
        return left >= 1


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


def marked(text: str | None) -> Markup:
    """A snippet with its found words marked; everything else escaped."""
    safe = str(escape(text or ""))
    return Markup(safe.replace("\x02", "<mark>").replace("\x03", "</mark>"))


def query_string(s: Search, **changes: Any) -> str:
    """The search as a query string, with changes."""
    values = asdict(s) | changes
    kept = {
        k: v.isoformat() if isinstance(v, date) else v
        for k, v in values.items()
        if v and not (k == "page" and v == 1) and not (k == "sort" and v == "best")
    }
    return urlencode(kept)


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
    shelf, readers, limiter = Shelf(index, Papers(papers)), Readers(index), Limiter(a_minute)
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["marked"] = marked
    env.globals.update(
        query_string=query_string,
        without=without,
        KINDS=KINDS,
        DOUBTFUL=DOUBTFUL,
        contact=contact,
        bars=lambda pairs, title: Markup(charts.bars(pairs, title)),
        division=lambda f, a, x: Markup(charts.division(f or 0, a or 0, x or 0)),
        quote=lambda t: quote(t or "", safe=""),
        pairs_of=lambda people: [(p["name"], p["present"]) for p in people],
    )
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(env.get_template(template).render(**values), status)

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:  # pyright: ignore[reportUnusedFunction]
        address = request.client.host if request.client else "?"
        if not limiter.allows(address):
            return Response("too many requests: wait a minute", 429, {"Retry-After": "60"}, "text/plain")
        response: Response = await call_next(request)
        response.headers.update(
            {
                "Content-Security-Policy": POLICY,
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
            }
        )
        return response

    @app.exception_handler(TooSlow)
    async def too_slow(_: Request, error: TooSlow) -> Response:  # pyright: ignore[reportUnusedFunction]
        return JSONResponse({"detail": str(error)}, 503)

    @app.exception_handler(FileNotFoundError)
    async def no_index(_: Request, error: FileNotFoundError) -> Response:  # pyright: ignore[reportUnusedFunction]
        return JSONResponse({"detail": "no index yet: run minutebook index"}, 503)

    _add_search(app, readers, page)
    _add_pages(app, readers, shelf, page)
    return app


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


SLOW: dict[int | str, dict[str, Any]] = {
    503: {"description": "no index yet, or the search took too long"},
    429: {"description": "too many requests"},
}


def _add_search(app: FastAPI, readers: Readers, page: Any) -> None:
    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def home(s: Asked) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            asked = any((s.q, s.council, s.kind, s.outcome, s.person, s.since, s.until, s.amount))
            answer: Answer | None = search(db, s) if asked else None
            return page(
                "search.html", s=s, answer=answer, councils=pages.councils(db) if not asked else [], size=PAGE
            )

    @app.get("/search.json", response_model=Results, responses=SLOW)
    def as_json(s: Asked, request: Request) -> Results:  # pyright: ignore[reportUnusedFunction]
        """A page of hits with counts by council, committee, kind, outcome and year."""
        with readers.db() as db:
            a = search(db, s)
        return Results(
            total=a.total,
            more=a.more,
            better_spelling=a.better,
            counts=a.counts,
            hits=[_hit(h, str(request.base_url)) for h in a.hits],
        )

    @app.get("/search.csv", responses={**SLOW, 200: {"content": {"text/csv": {}}}}, response_class=Response)
    def as_csv(s: Asked, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """Up to a thousand hits as CSV."""
        with readers.db() as db:
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

    @app.get(
        "/search.atom",
        responses={**SLOW, 200: {"content": {"application/atom+xml": {}}}},
        response_class=Response,
    )
    def as_atom(s: Asked, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        """The newest hits as a feed."""
        from dataclasses import replace

        with readers.db() as db:
            hits = search(db, replace(s, sort="newest", page=1), size=50, counts=False).hits
        body = page(
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


def _add_pages(app: FastAPI, readers: Readers, shelf: Shelf, page: Any) -> None:
    def shown(found: dict[str, Any] | None, template: str, **more: Any) -> Response:
        return page(template, x=found, **more) if found else page("missing.html", 404)

    @app.get("/entry/{key}", response_class=HTMLResponse, include_in_schema=False)
    def entry(key: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            hit = pages.entry(db, key)
        cites = citations(hit, hit["document"], str(request.url)) if hit else {}
        return shown(
            hit, "entry.html", cites=cites, at_hand=bool(hit and shelf.papers.path(hit["document_id"]))
        )

    @app.get("/meeting/{meeting_id}", response_class=HTMLResponse, include_in_schema=False)
    def meeting(meeting_id: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            return shown(pages.meeting(db, meeting_id), "meeting.html")

    @app.get("/person/{person_id}", response_class=HTMLResponse, include_in_schema=False)
    def person(person_id: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            return shown(pages.person(db, person_id), "person.html")

    @app.get("/council/{name}", response_class=HTMLResponse, include_in_schema=False)
    def council(name: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            return shown(pages.council(db, name), "council.html")

    @app.get("/council/{name}/{committee:path}", response_class=HTMLResponse, include_in_schema=False)
    def committee(name: str, committee: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            return shown(pages.committee(db, name, committee), "committee.html")

    @app.get("/picture/{key}/{number}.png", include_in_schema=False)
    def picture(key: str, number: int) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            hit = pages.one(db, "SELECT document_id, regions FROM entries WHERE key = ? LIMIT 1", key)
        image = shelf.papers.page(hit["document_id"], number, hit["regions"] or "[]") if hit else None
        return (
            Response(image, media_type="image/png", headers={"Cache-Control": "max-age=3600"})
            if image
            else Response("no such page at hand", 404, media_type="text/plain")
        )

    @app.get("/document/{document_id}.pdf", include_in_schema=False)
    def document(document_id: str) -> Response:  # pyright: ignore[reportUnusedFunction]
        with readers.db() as db:
            known = pages.one(db, "SELECT 1 FROM documents WHERE document_id = ?", document_id)
        path = shelf.papers.path(document_id) if known else None
        return (
            FileResponse(path, media_type="application/pdf", headers={"Content-Disposition": "inline"})
            if path
            else Response("that paper is not at hand", 404, media_type="text/plain")
        )

    @app.get("/about", response_class=HTMLResponse, include_in_schema=False)
    def about() -> Response:  # pyright: ignore[reportUnusedFunction]
        return page("about.html")
