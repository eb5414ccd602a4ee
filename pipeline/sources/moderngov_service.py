"""modern.gov by its web service (mgWebService.asmx): plain XML over GET, absent lists as absent elements."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import quote, urljoin

from pipeline.errors import NotFetched
from pipeline.sources import Ask, Council, Publication, Window


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Every linked document of every meeting in the window."""
    base = council.address.rstrip("/") + "/mgWebService.asmx/"
    for c in _each(_xml(ask(base + "GetCommittees"), council), "committee"):
        title, key = _text(c, "committeetitle"), _text(c, "committeeid")
        if key and _text(c, "committeedeleted") != "True" and council.wants(title):
            yield from _committee(council, base, key, title, window, ask)


def _committee(
    council: Council, base: str, key: str, title: str | None, window: Window, ask: Ask
) -> Iterator[Publication]:
    since, until = (quote(day.strftime("%d/%m/%Y")) for day in (window.since, window.until))
    days = f"sFromDate={since}&sToDate={until}"
    for m in _each(_xml(ask(f"{base}GetMeetings?lCommitteeId={key}&{days}"), council), "meeting"):
        meeting = _text(m, "meetingid")
        if meeting and window.holds(_day(_text(m, "meetingdate"))):
            yield from _meeting(council, _xml(ask(f"{base}GetMeeting?lMeetingId={meeting}"), council), title)


def _meeting(council: Council, root: ET.Element, committee: str | None) -> Iterator[Publication]:
    day = _day(_text(root, "meetingdate"))
    knows = {
        "attendance": _attendees(root),
        "status": _text(root, "meetingstatus"),
        "start": _text(root, "meetingactualstarttime"),
        "end": _text(root, "meetingactualfinishtime"),
    }
    seen: set[str] = set()
    for doc in _each(root, "linkeddoc"):
        url = _text(doc, "url")
        if not url or _text(doc, "isrestricted") == "True" or url in seen:
            continue
        seen.add(url)
        title = _text(doc, "title")
        yield Publication(
            urljoin(council.address, url),
            council.name,
            committee,
            day,
            kind_of(title),
            title,
            _text(doc, "publicationdate"),
            {k: v for k, v in knows.items() if v},
        )


def _attendees(root: ET.Element) -> list[dict[str, str]]:
    """Who the service says was there, from attributes or child elements."""
    out: list[dict[str, str]] = []
    for a in _each(root, "attendee"):
        name, how = a.get("name") or _text(a, "name"), a.get("attendance") or _text(a, "attendance")
        if name and how:
            out.append(
                {
                    "name": name,
                    "attendance": how,
                    "role": a.get("roledescription") or _text(a, "roledescription") or "",
                }
            )
    return out


def kind_of(title: str | None) -> str | None:
    """The sort of paper, by the names that modern.gov gives."""
    folded = (title or "").lower()
    for look, kind in (
        (r"printed minutes|\bminutes\b", "minutes"),
        (r"reports pack|agenda pack", "agenda_pack"),
        (r"frontsheet|front sheet|\bagenda\b", "agenda"),
        (r"supplement", "supplement"),
        (r"forward plan|forthcoming decisions", "forward_plan"),
        (r"decision", "decisions"),
    ):
        if re.search(look, folded):
            return kind
    return None


def _xml(text: str, council: Council) -> ET.Element:
    """The answer as XML without namespaces. The parser expands no external entities; a declaration of
    entities is refused."""
    if "<!ENTITY" in text or ("<!DOCTYPE" in text[:2000] and "html" not in text[:2000].lower()):
        raise NotFetched(f"{council.name}: the web service answered with a document type: refused")
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        raise NotFetched(
            f"{council.name}: the web service did not answer with XML ({error}): is it switched on? "
            f"platform moderngov-pages reads the pages instead"
        ) from error
    for e in root.iter():
        e.tag = e.tag.rpartition("}")[2].lower()
    return root


def _each(root: ET.Element, tag: str) -> Iterator[ET.Element]:
    return root.iter(tag)


def _text(root: ET.Element, tag: str) -> str | None:
    found = root.find(tag) if root.tag != tag else root
    found = found if found is not None else root.find(f".//{tag}")
    return " ".join((found.text or "").split()) or None if found is not None else None


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime((text or "").strip()[:10], "%d/%m/%Y").date()
    except ValueError:
        return None
