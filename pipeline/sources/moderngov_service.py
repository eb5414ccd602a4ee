"""modern.gov by its web service (mgWebService.asmx): plain XML over GET, absent lists as absent elements.

One call names the meetings of all committees (GetAllMeetingsByDate; where it is not there or stays empty,
GetMeetings a committee). The service knows attendance and what hangs on the items; front sheets, packs,
supplements, printed minutes and decisions are on the meeting's page only, which is read as well.
"""

from __future__ import annotations

import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from pipeline.errors import NotFetched, Unreachable
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_in
from pipeline.sources.moderngov_decisions import decisions
from pipeline.sources.moderngov_pages import Meeting, base_of, papers_of, publication_of
from pipeline.sources.moderngov_papers import paper_key
from pipeline.sources.webpage import Page, canonical
from pipeline.sources.words import is_off

log = logging.getLogger("minutebook")
SERVICE = "mgWebService.asmx/"
EVERY_COMMITTEE = ("0", "-1")
"""What stands for all committees in GetAllMeetingsByDate: sites differ."""

Seen = set[tuple[str, ...]]


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Every paper of every meeting in the window, and of the decisions taken between meetings."""
    base = base_of(council)
    papers = _Papers(council, base, ask)
    meetings = _all_meetings(council, base, window, ask) or _by_committee(council, base, window, ask)
    wanted = [m for m in meetings if council.wants(m.committee) and window.holds(m.day)]
    yield from going_on(council, wanted, papers.of)
    yield from decisions(council, base, window, ask, papers.seen)
    papers.tell()


def bodies(council: Council, ask: Ask) -> list[tuple[str, str]]:
    """(number, title) of each committee that is not deleted. Raises NotFetched when there is none."""
    root = _xml(ask(base_of(council) + SERVICE + "GetCommittees"), council)
    found = [
        (key, title)
        for c in root.iter("committee")
        if (key := _text(c, "committeeid"))
        and (title := _text(c, "committeetitle"))
        and _text(c, "committeedeleted") != "True"
    ]
    if not found:
        raise NotFetched(
            f"{council.name}: the web service lists no committee: platform moderngov-pages reads the pages"
        )
    return found


# --- which meetings there are ---


def _all_meetings(council: Council, base: str, window: Window, ask: Ask) -> list[Meeting]:
    """The meetings of all committees by one call; none where the service does not know it."""
    for every in EVERY_COMMITTEE:
        which = f"lCommitteeId={every}&{_days(window)}&bIsAscendingDateOrder=true"
        url = f"{base}{SERVICE}GetAllMeetingsByDate?{which}"
        try:
            root = _xml(ask(url), council)
        except Unreachable:
            raise
        except NotFetched as error:
            log.debug("%s: %s", council.name, error)
            continue
        if found := list(_meetings(root)):
            return found
    return []


def _by_committee(council: Council, base: str, window: Window, ask: Ask) -> list[Meeting]:
    found: list[Meeting] = []
    wanted = [body for body in bodies(council, ask) if council.wants(body[1])]
    for key, title in wanted:
        url = f"{base}{SERVICE}GetMeetings?lCommitteeId={key}&{_days(window)}"
        found += [replace(m, committee_id=key, committee=title) for m in _meetings(_xml(ask(url), council))]
    if wanted and not found and window.long:
        span = f"from {window.since} to {window.until}"
        raise NotFetched(
            f"{council.name}: the web service names no meeting of {len(wanted)} committees {span}"
        )
    return found


def _meetings(root: ET.Element) -> Iterator[Meeting]:
    """Every meeting of an answer, whose committee is named beside it or around it."""
    around: dict[ET.Element, ET.Element] = {m: c for c in root.iter("committee") for m in c.iter("meeting")}
    for m in root.iter("meeting"):
        number, outer = _text(m, "meetingid"), around.get(m, m)
        if number:
            key, title = (_text(m, t) or _text(outer, t) or "" for t in ("committeeid", "committeetitle"))
            yield Meeting(key, title, number, day_in(_text(m, "meetingdate")))


def _days(window: Window) -> str:
    since, until = (quote(day.strftime("%d/%m/%Y")) for day in (window.since, window.until))
    return f"sFromDate={since}&sToDate={until}"


# --- a meeting's papers ---


class _Papers:
    """The papers of a night's meetings. The pages beside the service give what it leaves out: a page that is
    not there is told where others are; a site that has none is read by its service alone."""

    def __init__(self, council: Council, base: str, ask: Ask) -> None:
        self.council, self.base, self.ask = council, base, ask
        self.seen = Seen()
        self.pages = 0
        self.missed: list[str] = []

    def of(self, meeting: Meeting) -> Iterator[Publication]:
        """The papers of a meeting that were not seen."""
        council = self.council
        root = _xml(self.ask(f"{self.base}{SERVICE}GetMeeting?lMeetingId={meeting.number}"), council)
        if root.tag != "meeting" and root.find(".//meeting") is None:
            raise NotFetched(f"{council.name}: the web service answered with no meeting for {meeting.number}")
        meeting = replace(meeting, day=day_in(_text(root, "meetingdate")) or meeting.day)
        knows = _knows(root)
        if is_off(knows.get("status")):
            log.info("%s: %s of %s is cancelled", council.name, meeting.committee, meeting.day)
            knows = dict(CANCELLED)
        own = {paper_key(p.url): p for p in _linked(council, self.base, root, meeting, knows)}
        on_page = self._on_page(meeting, knows) if own or _published(root) else []
        for p in [*on_page, *own.values()]:
            key = paper_key(p.url)
            if key not in self.seen:
                self.seen.add(key)
                yield _joined(p, own.get(key), meeting.day)

    def _on_page(self, meeting: Meeting, knows: dict[str, Any]) -> list[Publication]:
        try:
            found = list(papers_of(self.council, self.base, meeting, self.ask, Seen(), knows))
        except Unreachable:
            raise
        except NotFetched as error:
            self.missed.append(str(error))
            return []
        self.pages += 1
        return found

    def tell(self) -> None:
        """Raise NotFetched when some pages were there and others not."""
        if self.missed:
            count, first = len(self.missed), self.missed[0]
            told = f"{self.council.name}: {count} pages beside the service gave nothing: {first}"
            if self.pages:
                raise NotFetched(told)
            log.warning("%s; packs and printed minutes are on these pages only", told)


def _published(root: ET.Element) -> bool:
    """Whether anything of a meeting is published; one of which the service does not say may be."""
    said = [_text(root, t) for t in ("agendapublished", "minutepublished", "decisionpublished")]
    return not any(said) or "True" in said


def _joined(page: Publication, service: Publication | None, day: date | None) -> Publication:
    """A paper as the page addresses it, with what the service says of it. Whichever of the two knows of what
    day the last minutes are is believed."""
    if service is None:
        return page
    told = service if service.meeting_date != day else page
    return replace(told, url=page.url, title=service.title or page.title, published_at=service.published_at)


def _linked(
    council: Council, base: str, root: ET.Element, meeting: Meeting, knows: dict[str, Any]
) -> Iterator[Publication]:
    """The documents that hang on the meeting and its items, but for restricted ones."""
    done: set[ET.Element] = set()
    for host in [*root.iter("agendaitem"), root]:
        texts = ("agendatext", "minutesnonemptyhtmlbody") if host is not root else ()
        around = " ".join(_plain(_text(host, t)) for t in texts)
        for doc in host.iter("linkeddoc"):
            url = canonical(base, _text(doc, "url") or "")
            if doc in done or not url or _text(doc, "isrestricted") == "True":
                continue
            done.add(doc)
            found = publication_of(council, meeting, url, _text(doc, "title") or "", around, knows)
            yield replace(found, published_at=_text(doc, "publicationdate"))


def _knows(root: ET.Element) -> dict[str, Any]:
    knows = {
        "attendance": _attendees(root),
        "status": _text(root, "meetingstatus"),
        "start": _text(root, "meetingactualstarttime"),
        "end": _text(root, "meetingactualfinishtime"),
    }
    return {k: v for k, v in knows.items() if v}


def _attendees(root: ET.Element) -> list[dict[str, str]]:
    """Who the service says was there, from attributes or child elements."""
    out: list[dict[str, str]] = []
    for a in root.iter("attendee"):
        name, how = a.get("name") or _text(a, "name"), a.get("attendance") or _text(a, "attendance")
        if name and how:
            role = a.get("roledescription") or _text(a, "roledescription") or ""
            out.append({"name": name, "attendance": how, "role": role})
    return out


# --- XML ---


def _xml(text: str, council: Council) -> ET.Element:
    """The answer as XML without namespaces. The parser expands no external entities; a declaration of
    entities is refused."""
    if "<!ENTITY" in text or ("<!DOCTYPE" in text[:2000] and "html" not in text[:2000].lower()):
        raise NotFetched(f"{council.name}: the web service answered with a document type: refused")
    try:
        root = ET.fromstring(text.lstrip("\ufeff \r\n\t"))
    except (ET.ParseError, ValueError) as error:
        refusal = Page(text, council.address).refuse(council, "modern.gov's web service")
        raise NotFetched(
            f"{refusal} (no XML: {error}): is the service switched on? platform moderngov-pages reads the "
            "pages instead"
        ) from error
    for e in root.iter():
        e.tag = e.tag.rpartition("}")[2].lower()
    if root.tag == "html":
        raise Page(text, council.address).refuse(council, "modern.gov's web service")
    return root


def _text(root: ET.Element, tag: str) -> str | None:
    found = root.find(tag) if root.tag != tag else root
    found = found if found is not None else root.find(f".//{tag}")
    return " ".join((found.text or "").split()) or None if found is not None else None


def _plain(html: str | None) -> str:
    return re.sub(r"<[^>]+>", " ", html or "")
