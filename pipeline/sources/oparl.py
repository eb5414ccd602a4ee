"""OParl 1.0 and 1.1 (Germany): from the system or a body to its meetings and papers, list by list.

`address` is the system's, a body's or a list of meetings'. Specification: https://dev.oparl.org/. A meeting
holds invitation, minutes and other files; a report comes to a meeting by a consultation that its paper names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.answers import json_of, record, records, several, text_of
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_told
from pipeline.sources.webpage import canonical
from pipeline.sources.words import is_off, kind_of

FILES = (
    ("invitation", "agenda"),
    ("resultsProtocol", "minutes"),
    ("verbatimProtocol", "minutes"),
    ("auxiliaryFile", None),
)
PAPER_FILES = ("mainFile", "auxiliaryFile")
PAGES = 1000
EARLIER = timedelta(days=365)
"""A meeting of the window was changed last, or entered, at most so long before it."""
FORMS: dict[str, Form] = {
    "application/pdf": "pdf",
    "text/html": "html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


About = tuple[date | None, str | None, dict[str, Any]]
"""A meeting's day, its body, what is known of it."""


class Site:
    """An OParl server during one listing: asked for each object once."""

    def __init__(self, council: Council, ask: Ask) -> None:
        self.council, self._ask = council, ask
        self._objects: dict[str, dict[str, Any]] = {}

    def get(self, url: str) -> Any:
        """What is at an address. Raises NotFetched when it is no JSON."""
        return json_of(self._ask(url), url, "OParl")

    def whole(self, value: object) -> dict[str, Any]:
        """An object that is given within another, or by its address only."""
        url = text_of(value)
        if not url:
            return record(value)
        if url not in self._objects:
            self._objects[url] = record(self.get(url))
        return self._objects[url]

    def each(self, value: object, since: date) -> Iterator[dict[str, Any]]:
        """The objects of a list, given within, by its address or by that of its first page; as long as a page
        brings new ones."""
        yield from records(value)
        url = text_of(value)
        if url and "?" not in url:
            url += f"?modified_since={since.isoformat()}T00:00:00Z"
        known: set[str] = set()
        for _ in range(PAGES):
            if not url:
                return
            answer = self.get(url)
            new = [o for o in _listed(answer) if str(o.get("id")) not in known]
            yield from new
            known.update(str(o.get("id")) for o in new)
            url = text_of(record(record(answer).get("links")).get("next")) if new else None
        if url:
            raise NotFetched(f"{url}: a list that does not end: stopped after {PAGES} pages")


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The files of every meeting in the window, then those of the papers that it treats."""
    site = Site(council, ask)
    meetings: dict[str, About] = {}
    bodies = list(_bodies(site, site.get(council.address)))

    def steps() -> Iterator[Callable[[], Iterator[Publication]]]:
        for meeting in _meetings(site, bodies, window):
            if meeting.get("deleted") is not True and window.holds(day_told(meeting.get("start"))):
                yield partial(_meeting, site, meeting, meetings)
        for body in bodies:
            yield partial(_papers, site, body, meetings, window)

    yield from going_on(council, steps(), lambda step: step())


def _listed(answer: object) -> list[dict[str, Any]]:
    """The objects of a page: its data, a bare list, or the one object that was asked for."""
    page = record(answer)
    return [page] if page.get("type") else records(page["data"]) if "data" in page else records(answer)


def _bodies(site: Site, root: object) -> Iterator[dict[str, Any]]:
    """The bodies that an address leads to; a list of meetings counts as one. Raises NotFetched when it leads
    to nothing of OParl's."""
    found = _listed(root)
    sorts = {str(o.get("type")).rsplit("/", 1)[-1] for o in found}
    if sorts == {"System"}:
        yield from site.each(found[0].get("body"), date.min.replace(year=1970))
    elif sorts == {"Body"}:
        yield from found
    elif sorts == {"Meeting"} or root == [] or record(root).get("data") == []:
        yield {"meeting": site.council.address}
    else:
        raise NotFetched(
            f"{site.council.name}: {site.council.address} is no OParl system, body or list of meetings "
            f"({', '.join(sorted(sorts)) or 'nothing of a known type'})"
        )


def _meetings(site: Site, bodies: list[dict[str, Any]], window: Window) -> Iterator[dict[str, Any]]:
    for body in bodies:
        yield from site.each(body.get("meeting"), window.since - EARLIER)


def _meeting(site: Site, meeting: dict[str, Any], meetings: dict[str, About]) -> Iterator[Publication]:
    """The files of a meeting of a body that is asked for, which is noted among `meetings`."""
    committee = _committee(site, meeting)
    if site.council.wants(committee):
        off = meeting.get("cancelled") is True or is_off(text_of(meeting.get("name")))
        of = day_told(meeting.get("start")), committee, CANCELLED if off else {}
        meetings[str(meeting.get("id"))] = of
        for field, kind in FILES:
            for file in _files(meeting.get(field)):
                yield from _file(site, file, of, kind)


def _committee(site: Site, meeting: dict[str, Any]) -> str | None:
    """The name of the organization that meets; the meeting's own where none can be had."""
    named = meeting.get("organization")
    try:
        found = site.whole(next(iter(several(named)), named))
    except NotFetched:
        found = {}
    return text_of(found.get("name")) or text_of(found.get("shortName")) or text_of(meeting.get("name"))


def _files(value: object) -> list[object]:
    """A field's files, whether it holds one or a list."""
    return [f for f in (several(value) or [value]) if isinstance(f, (dict, str))]


def _file(
    site: Site, value: object, of: About, kind: str | None, about: str | None = None
) -> Iterator[Publication]:
    """A file of a meeting."""
    file = site.whole(value)
    url = canonical(
        site.council.address, text_of(file.get("accessUrl")) or text_of(file.get("downloadUrl")) or ""
    )
    if not url or file.get("deleted") is True:
        return
    name = text_of(file.get("name")) or text_of(file.get("fileName"))
    day, committee, told = of
    title = " - ".join(filter(None, (about, name))) or None
    published = text_of(file.get("date")) or text_of(file.get("created"))
    yield Publication(
        url,
        site.council.name,
        committee,
        day,
        kind or kind_of(name) or "other",
        title,
        published,
        dict(told),
        FORMS.get(text_of(file.get("mimeType")) or "")
        or ("pdf" if urlsplit(url).path.endswith(".pdf") else None),
    )


def _papers(
    site: Site, body: dict[str, Any], meetings: dict[str, About], window: Window
) -> Iterator[Publication]:
    """The files of the papers that a meeting of the window treats, as of the first such meeting."""
    if not meetings:
        return
    for paper in site.each(body.get("paper"), window.since - EARLIER):
        treated = [
            meetings[str(c.get("meeting"))]
            for c in records(paper.get("consultation"))
            if str(c.get("meeting")) in meetings
        ]
        if treated and paper.get("deleted") is not True:
            of = min(treated, key=lambda m: m[0] or date.max)
            for field in PAPER_FILES:
                for file in _files(paper.get(field)):
                    yield from _file(site, file, of, "report", text_of(paper.get("name")))
