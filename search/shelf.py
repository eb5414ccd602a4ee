"""What a request needs: the index as it is now, the papers, the templates, and a limit on how many requests
one address may send."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from search import charts
from search.index import open_index
from search.papers import Papers
from search.query import Search, without

HERE = Path(__file__).parent
DOUBTFUL = 0.8
"""Rows below this confidence say that they are doubtful."""
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


class Readers:
    """Connections to the index, one a thread, opened anew when the file was replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @contextmanager
    def db(self) -> Generator[sqlite3.Connection]:
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


class Shelf:
    """One application's index, papers and templates."""

    def __init__(self, index: Path, papers: tuple[Path, ...], contact: str) -> None:
        self.readers, self.papers = Readers(index), Papers(papers)
        self._templates: Any = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["marked"] = marked
        self._templates.globals |= {
            "query_string": query_string,
            "without": without,
            "KINDS": KINDS,
            "DOUBTFUL": DOUBTFUL,
            "contact": contact,
            "bars": bars,
            "division": division,
            "quote": address_part,
            "pairs_of": pairs_of,
        }

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A template filled in."""
        return HTMLResponse(self._templates.get_template(template).render(**values), status)


async def _shelf_of(request: Request) -> Shelf:
    return request.app.state.shelf


AtHand = Annotated[Shelf, Depends(_shelf_of)]


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


def bars(pairs: list[tuple[str, int]], title: str) -> Markup:
    """`charts.bars` as a template may show it."""
    return Markup(charts.bars(pairs, title))


def division(votes_for: int | None, against: int | None, abstain: int | None) -> Markup:
    """`charts.division` as a template may show it; a count that is not known is none."""
    return Markup(charts.division(votes_for or 0, against or 0, abstain or 0))


def address_part(text: str | None) -> str:
    """A text as one step of an address."""
    return quote(text or "", safe="")


def pairs_of(people: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Members with the meetings they were at."""
    return [(p["name"], p["present"]) for p in people]
