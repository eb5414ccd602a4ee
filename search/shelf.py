"""What a request needs: the index as it is now, the papers, the templates, and the address of the site."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import anyio
from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from search import charts
from search.doubts import DOUBTFUL
from search.facets import span
from search.matters import KINDS as NUMBERED
from search.papers import Papers
from search.query import Search, without
from search.readers import Readers
from search.wording import KINDS, query_string, with_value

HERE = Path(__file__).parent
DRAWERS = 2
"""Pictures that are drawn at a time; requests for more wait without keeping others waiting."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the operator says of the site: its own address (absolute links are made with it), an address for
    reports of errors, the folder of the datasets for downloads, one for pictures that are kept, whether
    searches can be saved by e-mail."""

    address: str = ""
    contact: str = ""
    output: Path | None = None
    pictures: Path | None = None
    by_mail: bool = False


class Shelf:
    """One application's index, papers and templates."""

    def __init__(self, index: Path, papers: tuple[Path, ...], site: Site) -> None:
        self.readers, self.papers, self.site = Readers(index), Papers(papers, site.pictures), site
        self.drawers = anyio.CapacityLimiter(DRAWERS)
        self._templates: Any = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"marked": marked, "day": day}
        self._templates.globals |= {
            "query_string": query_string,
            "with_value": with_value,
            "without": without,
            "span": span,
            "KINDS": KINDS,
            "NUMBERED": NUMBERED,
            "DOUBTFUL": DOUBTFUL,
            "contact": site.contact,
            "by_mail": site.by_mail,
            "bars": bars,
            "over_time": over_time,
            "division": division,
            "quote": address_part,
            "council_name": council_name,
            "pairs_of": pairs_of,
        }

    def base(self, request: Request) -> str:
        """The site's own address with a slash at its end: the one configured, else where the server listens.
        What a request says of its host is not believed."""
        if self.site.address:
            return self.site.address.rstrip("/") + "/"
        host, port = request.scope.get("server") or ("localhost", 80)
        return f"http://{host}/" if port in (80, None) else f"http://{host}:{port}/"

    def page(self, template: str, request: Request, status: int = 200, **values: Any) -> HTMLResponse:
        """A template filled in."""
        path = quote(request.url.path)
        told = {"base": self.base(request), "path": path, "asked": request.url.query, **values}
        return HTMLResponse(self._templates.get_template(template).render(**told), status)

    def dressed(self, title: str, words: str) -> str:
        """A page that only says something, for requests that are answered before they are looked at."""
        values = {"base": "", "path": "", "advice": "", "title": title, "words": words}
        return self._templates.get_template("error.html").render(values)

    def text(self, template: str, request: Request, **values: Any) -> str:
        """A template that is no page, filled in."""
        return self._templates.get_template(template).render(base=self.base(request), **values)

    def shown(self, request: Request, found: dict[str, Any] | None, template: str, **more: Any) -> Response:
        """The page of what was found, its JSON when the address ends so, or that it is not here."""
        if found is None:
            return missing(self, request)
        if request.url.path.endswith(".json"):
            return JSONResponse(found, headers={"Cache-Control": "max-age=60"})
        return self.page(template, request, x=found, **more)


def missing(shelf: Shelf, request: Request) -> Response:
    """Nothing has that address."""
    if request.url.path.endswith(".json"):
        return JSONResponse({"detail": "nothing has that address"}, 404)
    return shelf.page("missing.html", request, 404)


async def _shelf_of(request: Request) -> Shelf:
    return request.app.state.shelf


AtHand = Annotated[Shelf, Depends(_shelf_of)]


def marked(text: str | None) -> Markup:
    """A snippet with its found words marked; everything else escaped."""
    safe = str(escape(text or ""))
    return Markup(safe.replace("\x02", "<mark>").replace("\x03", "</mark>"))


MONTHS = tuple(calendar.month_name)


def day(iso: str | None) -> str:
    """2024-02-01 as people write it: 1 February 2024."""
    try:
        d = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return iso or "undated"
    return f"{d.day} {MONTHS[d.month]} {d.year}"


def bars(pairs: list[tuple[str, int]], title: str) -> Markup:
    """`charts.bars` as a template may show it."""
    return Markup(charts.bars(pairs, title))


def over_time(pairs: list[tuple[str, int]], s: Search) -> Markup:
    """The plot over time of a search: each bar leads to the search narrowed to its time."""
    links = [f"/?{query_string(s, **span(label), page=1)}" for label, _ in pairs]
    return Markup(charts.bars(pairs, "Found over time", links=links, height=110))


def division(votes_for: int | None, against: int | None, abstain: int | None) -> Markup:
    """`charts.division` as a template may show it; a count that is not known is none."""
    return Markup(charts.division(votes_for or 0, against or 0, abstain or 0))


def address_part(text: str | None) -> str:
    """A text as one step of an address."""
    return quote(text or "", safe="")


def council_name(name: str | None, doubt: str | None = None) -> str:
    """A council's name, or what may be said where it is not known."""
    if name != "unknown":
        return name or ""
    guess = (doubt or "").partition("it may be ")[2].partition(":")[0]
    return f"Council not known, perhaps {guess}" if guess else "Council not known"


def pairs_of(people: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Members with the meetings they were at."""
    return [(p["name"], p["present"]) for p in people]
