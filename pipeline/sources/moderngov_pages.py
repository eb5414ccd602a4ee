"""modern.gov by its pages, where the web service is off: committees, their meetings, the documents of
each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.moderngov_service import kind_of

DATE = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Z][a-z]{2,8})[ -,]+(\d{4})\b|\b(\d{2})/(\d{2})/(\d{4})\b"
)
PAPER = re.compile(r"/documents/[gs]\d+/.+\.pdf", re.I)


class Links(HTMLParser):
    """Every link of a page with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a link goes."""
        if tag == "a":
            self._href, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        """Note its words."""
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag == "a" and self._href:
            self.found.append((self._href, " ".join("".join(self._words).split())))
            self._href = None


def links_of(text: str) -> list[tuple[str, str]]:
    """(address, words) of every link of a page."""
    parser = Links()
    parser.feed(text)
    return parser.found


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Every PDF of every meeting in the window."""
    base = council.address.rstrip("/") + "/"
    for href, title in links_of(ask(base + "mgListCommittees.aspx?bcr=1")):
        key = (
            _number(href, "mgCommitteeDetails", "ID")
            or _number(href, "ieListMeetings", "CommitteeId")
            or _number(href, "ieListMeetings", "CId")
        )
        if key and council.wants(title):
            yield from _committee(council, base, key, title, window, ask)


def _committee(
    council: Council, base: str, key: str, title: str, window: Window, ask: Ask
) -> Iterator[Publication]:
    for href, words in links_of(ask(f"{base}ieListMeetings.aspx?CommitteeId={key}")):
        meeting = _number(href, "ieListDocuments", "MId")
        day = day_in(words)
        if meeting and window.holds(day):
            yield from _meeting(council, base, key, meeting, title, day, ask)


def _meeting(
    council: Council, base: str, committee: str, meeting: str, title: str, day: date | None, ask: Ask
) -> Iterator[Publication]:
    seen: set[str] = set()
    for href, words in links_of(ask(f"{base}ieListDocuments.aspx?CId={committee}&MId={meeting}")):
        url = urljoin(base, href)
        name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
        if PAPER.search(urlsplit(url).path) and url not in seen:
            seen.add(url)
            yield Publication(
                url,
                council.name,
                title,
                day or day_in(name),
                kind_of(name) or kind_of(words),
                name.removesuffix(".pdf"),
            )


def _number(href: str, page: str, name: str) -> str | None:
    parts = urlsplit(href)
    if page.lower() not in parts.path.lower():
        return None
    values = {k.lower(): v for k, v in parse_qs(parts.query).items()}
    found = values.get(name.lower(), [""])[0]
    return found if found.isdigit() else None


def day_in(text: str) -> date | None:
    """The first whole date that a link's words name: "14 Feb 2023", "14th-Feb-2023", "14/02/2023"."""
    m = DATE.search(text)
    if not m:
        return None
    try:
        if m[4]:
            return date(int(m[6]), int(m[5]), int(m[4]))
        return datetime.strptime(f"{m[1]} {m[2][:3]} {m[3]}", "%d %b %Y").date()
    except ValueError:
        return None
