"""modern.gov by its pages, where the web service is off: committees, their meetings, the papers of each.

Told by addresses such as mgListCommittees.aspx and ieListDocuments.aspx, and by `<div id="modgov">`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pipeline.errors import NotFetched, Unreachable
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_in, days_in
from pipeline.sources.moderngov_decisions import decisions
from pipeline.sources.moderngov_papers import (
    PACK_CHOICE,
    PAPER,
    day_of_minutes,
    is_paper,
    kind_of,
    paper_key,
)
from pipeline.sources.moderngov_record import record_of
from pipeline.sources.webpage import Link, Page, words_of
from pipeline.sources.words import is_off

log = logging.getLogger("minutebook")
MARK = re.compile(
    r"\bmg(?:Content|Links|SubTitle|MainTitle|Label|Footer|AiTitle)|id=[\"']modgov|ieList|mgimages", re.I
)
"""What every page of modern.gov has somewhere."""
PAGES = 100
"""Lists of meetings of one committee that are followed at most."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a list names it; `before` is the day of the committee's last one before it."""

    committee_id: str
    committee: str
    number: str
    day: date | None
    before: date | None = None

    def address(self, base: str) -> str:
        """Its page."""
        return f"{base}ieListDocuments.aspx?CId={self.committee_id}&MId={self.number}"


def bodies(council: Council, ask: Ask) -> list[tuple[str, str]]:
    """(number, title) of each committee that the site lists. Raises NotFetched when it lists none."""
    url = base_of(council) + "mgListCommittees.aspx?bcr=1"
    page = Page(ask(url), url)
    found: dict[str, str] = {}
    for link in page.links:
        key = _number(link.url, "mgCommitteeDetails", "ID") or _number(
            link.url, "ieListMeetings", "CommitteeId", "CId"
        )
        if key and link.words and "info=1" not in link.url:
            found.setdefault(key, link.words)
    if not found:
        raise page.refuse(council, "modern.gov")
    return list(found.items())


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Every paper of every meeting in the window, and of the decisions taken between meetings."""
    base = base_of(council)
    seen: set[tuple[str, ...]] = set()

    listed = 0

    def of_committee(body: tuple[str, str]) -> Iterator[Publication]:
        nonlocal listed
        missed: list[NotFetched] = []
        meetings = _meetings(council, base, *body, window, ask, missed)
        listed += len(meetings)
        wanted = [m for m in meetings if window.holds(m.day)]
        yield from going_on(council, wanted, lambda m: papers_of(council, base, m, ask, seen))
        if missed:
            raise missed[0]

    wanted = [body for body in bodies(council, ask) if council.wants(body[1])]
    yield from going_on(council, wanted, of_committee)
    yield from decisions(council, base, window, ask, seen)
    if wanted and not listed:
        raise NotFetched(
            f"{council.name}: the lists of {len(wanted)} committees name no meeting: has the layout changed?"
        )


def base_of(council: Council) -> str:
    """The site's own address, of whichever of its pages the configuration names."""
    parts = urlsplit(council.address)
    path = re.sub(r"[^/]+\.as[pm]x.*$", "", parts.path, flags=re.I).rstrip("/") + "/"
    return f"{parts.scheme}://{parts.netloc}{path}"


# --- a committee's meetings ---


def _meetings(
    council: Council,
    base: str,
    key: str,
    title: str,
    window: Window,
    ask: Ask,
    missed: list[NotFetched],
) -> list[Meeting]:
    """The committee's meetings, the earliest first. Lists are followed by "Earlier meetings" and "Later
    meetings" as far as the window needs; one of them that gives nothing is noted as `missed`."""
    found: dict[str, date | None] = {}
    first = f"{base}ieListMeetings.aspx?CommitteeId={key}"
    waiting, asked = [first], set[str]()
    while waiting and len(asked) < PAGES:
        url = waiting.pop()
        asked.add(url)
        try:
            page = Page(ask(url), url)
        except NotFetched as error:
            if url == first or isinstance(error, Unreachable):
                raise
            missed.append(error)
            continue
        new = {k: d for k, d in _listed(page, key) if k not in found}
        found |= new
        if not new and url == first and not MARK.search(page.text):
            raise page.refuse(council, "modern.gov")
        if new:
            days = [d for d in new.values() if d]
            waiting += [u for u in _further(page, days, window) if u not in asked]
    if waiting:
        missed.append(
            NotFetched(f"{title}: a list of meetings that does not end: stopped after {PAGES} pages")
        )
    days = sorted({d for d in found.values() if d})
    return [
        Meeting(key, title, k, d, max((x for x in days if d and x < d), default=None))
        for k, d in sorted(found.items(), key=lambda m: m[1] or date.min)
    ]


def _listed(page: Page, key: str) -> Iterator[tuple[str, date | None]]:
    for link in page.links:
        number = _number(link.url, "ieListDocuments", "MId", "MeetingId")
        if number and _number(link.url, "ieListDocuments", "CId", "CommitteeId") in (key, None):
            yield number, day_in(link.words) or day_in(link.hint)


def _further(page: Page, days: list[date], window: Window) -> Iterator[str]:
    """The lists before and after this one, where the window goes beyond it."""
    for link in page.links:
        way = re.search(r"[?&]Act=(earlier|later)\b", link.url, re.I)
        if way and way[1].lower() == "earlier" and (not days or min(days) >= window.since):
            yield link.url
        if way and way[1].lower() == "later" and (not days or max(days) <= window.until):
            yield link.url


def _number(href: str, page: str, *names: str) -> str | None:
    parts = urlsplit(href)
    if page.lower() not in parts.path.lower():
        return None
    values = {k.lower(): v[0] for k, v in parse_qs(parts.query).items()}
    return next((values[n.lower()] for n in names if values.get(n.lower(), "").isdigit()), None)


# --- a meeting's papers ---


def papers_of(
    council: Council,
    base: str,
    meeting: Meeting,
    ask: Ask,
    seen: set[tuple[str, ...]],
    known: dict[str, Any] | None = None,
) -> Iterator[Publication]:
    """The papers on a meeting's page that were not seen: agenda, packs and supplements, minutes, decisions,
    reports. What the platform records of the meeting, with what is `known` of it, goes with the papers of its
    own day."""
    url = meeting.address(base)
    page = Page(ask(url), url)
    content = page.root.xpath("//*[@id='modgov']")
    links = page.links_in(content[0]) if content else page.links
    if not MARK.search(page.text) and not any(is_paper(link.url) for link in links):
        raise page.refuse(council, "modern.gov")
    meeting, cancelled = _heading(page, meeting)
    knows: dict[str, Any] = dict(CANCELLED) if cancelled else record_of(links, meeting.day, ask, known or {})
    knows |= {"source": url} if knows.keys() & {"attendance", "motions"} else {}
    if cancelled:
        log.info("%s: %s of %s is cancelled", council.name, meeting.committee, meeting.day)
    for link in _behind_choices(links, ask):
        if is_paper(link.url) or PACK_CHOICE.search(urlsplit(link.url).path):
            key = paper_key(link.url)
            if key not in seen:
                seen.add(key)
                yield publication_of(council, meeting, link.url, link.words, _around(link), knows)


def publication_of(
    council: Council, meeting: Meeting, url: str, words: str, around: str, knows: dict[str, Any]
) -> Publication:
    """A paper of a meeting. Minutes that hang on an item are of an earlier day."""
    m = PAPER.search(unquote(urlsplit(url).path))
    title = re.sub(r"\s*(?:, item \S+)?\s*(?:PDF [\d.,]+ [KMG]?B)?$", "", words) or (
        m["name"] if m else words
    )
    kind = kind_of(url, words)
    if PACK_CHOICE.search(urlsplit(url).path):
        kind = "supplement" if "sid=" in url.lower() else "agenda_pack"
    found = Publication(url, council.name, meeting.committee, meeting.day, kind, title, None, knows)
    hangs = kind == "minutes" and paper_key(url)[0] == "s"
    if not hangs:
        return found
    said = f"{m['name'] if m else ''} {words}"
    day = day_of_minutes(said, around, meeting.day, meeting.before)
    return found if day == meeting.day else replace(found, meeting_date=day, knows={})


def _behind_choices(links: list[Link], ask: Ask) -> Iterator[Link]:
    """The links, and instead of each choice of packs the packs that it offers. A choice that cannot be seen
    stands for itself: that there is a pack is known, and fetching it says what is wrong."""
    for link in links:
        if not PACK_CHOICE.search(urlsplit(link.url).path):
            yield link
            continue
        try:
            text = ask(link.url)
            offered = [] if text.startswith("%PDF") else Page(text, link.url).links
        except NotFetched as error:
            log.warning("%s: the packs that it offers are not known: %s", link.url, error)
            offered = []
        papers = [x for x in offered if is_paper(x.url) and paper_key(x.url)[0] != "s"]
        yield from (replace(x, words=link.words) for x in papers)
        if not papers:
            yield link


def _heading(page: Page, meeting: Meeting) -> tuple[Meeting, bool]:
    """The meeting as its own page names it ("Planning Committee - Thursday 15 January 2026 7:30 pm,
    CANCELLED"), and whether it is cancelled."""
    headings = [words_of(h) for h in page.root.xpath("//*[contains(@class, 'mgSubTitleTxt')]")]
    for said in (*headings, page.title):
        for named in days_in(said):
            body, dash, _ = said[: named.start].rpartition(" - ")
            own = replace(meeting, day=named.day, committee=body.strip() if dash else meeting.committee)
            return own, is_off(said[named.end :])
    return meeting, False


def _around(link: Link) -> str:
    """The words of the agenda item that a link belongs to."""
    row = link.within(("tr",)) if link.within(("tr",)) is not None else link.within(("li", "td"))
    words = words_of(row) if row is not None else ""
    return words if len(words) < 5000 else ""
