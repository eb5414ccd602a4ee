"""Which platform a council publishes on, told from addresses and from what its pages hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from extractors.parts.register import entries, place_letters
from pipeline.errors import NotFetched, Unreachable
from pipeline.sources import MODULES, Ask, Council
from pipeline.sources.careful import guarded
from pipeline.sources.webpage import Page, canonical, words_of

MARKS = {
    "moderngov": r"\.moderngov\.co\.uk|/(?:mg\w+|ie(?:List|Doc|Decision)\w*)\.aspx|id=[\"']modgov",
    "cmis": r"\.cmis\.uk\.com|/ctl/ViewMeetingPublic|MeetingCalendarPublic",
    "infocouncil": r"\.infocouncil\.biz|content=[\"']Infocouncil|RedirectToDoc\.aspx\?URL=Open",
    "legistar": r"\.legistar\.com|legistar1?\.granicus",
    "granicus": r"\.granicus\.com/(?:ViewPublisher|AgendaViewer|MinutesViewer)|/ViewPublisher\.php",
    "iqm2": r"\.iqm2\.com",
    "primegov": r"\.primegov\.com|/api/v2/PublicPortal",
    "civicclerk": r"\.civicclerk\.com",
    "civicplus": r"/AgendaCenter(?:/|\b)",
    "boarddocs": r"go\.boarddocs\.com",
    "simbli": r"simbli\.eboardsolutions\.com",
    "novusagenda": r"\.novusagenda\.com",
    "escribe": r"\.escribemeetings\.com",
    "oparl": r"schema\.oparl\.org|/oparl/v?1",
    "docassembler": r"docspublished\.com\.au|api\.docassembler\.com\.au",
}
"""What the addresses and pages of a platform hold and no others do."""
OWN_ADDRESS = ("moderngov", "cmis", "infocouncil", "civicplus")
"""Platforms whose address is the beginning of their pages' addresses; of the others it is the host."""
MEETINGS = re.compile(r"\b(?:agendas?|minutes|council meetings?|committees?|democracy|meetings)\b", re.I)
STEPS = 3
"""Pages that are looked at beyond the address and where it leads to."""
BODIES = 500


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was found at an address: the entry for the configuration, the bodies that the platform lists, and
    how sure the council's name is."""

    council: Council
    bodies: tuple[str, ...]
    registered: bool


def recognise(address: str, ask: Ask, *, name: str = "", platform: str = "") -> Recognised:
    """Look at an address, and a few pages on from it, as a visitor would. Raises NotFetched when it does not
    answer or is a block page."""
    address = address if "//" in address else f"https://{address}"
    address = canonical(address, address) or address
    ask = lru_cache(maxsize=64)(guarded(ask, []))  # a page that leads on is also one that is read
    page = Page(ask(address), address)
    told, known = named_council(page)
    council = _entry(name or told or "Unknown council", "page", address)
    if platform:
        return _with_bodies(_on(council, platform, page.url), ask, bool(name) or known)
    found = platform_of(page.url, page) or _further(page, ask)
    if not found and not page.links:
        raise page.refuse(council, "a council")
    chosen, place = found or ("page", page.url)
    return _with_bodies(_on(council, chosen, place), ask, bool(name) or known)


def platform_of(address: str, page: Page) -> tuple[str, str] | None:
    """The platform and the address to name for it: of this page, else of the one that most of its links lead
    to; None when there is none."""
    for platform, mark in MARKS.items():
        if platform in MODULES and re.search(mark, address, re.I):
            return platform, address
    links: Counter[tuple[str, str]] = Counter()
    for link in page.links:
        for platform, mark in MARKS.items():
            if platform in MODULES and re.search(mark, link.url, re.I):
                links[platform, place_of(platform, link.url)] += 1
    if links:
        return links.most_common(1)[0][0]
    for platform in OWN_ADDRESS:
        if platform in MODULES and re.search(MARKS[platform], page.text, re.I):
            return platform, address
    return None


def place_of(platform: str, url: str) -> str:
    """A platform's address as the configuration names it, from the address of one of its pages."""
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    if platform == "legistar":
        return parts.netloc.split(".")[0]
    if platform == "moderngov":
        return site + re.sub(r"(?:documents/|[^/]+\.as[pm]x).*$", "", parts.path, flags=re.I)
    if platform == "infocouncil":
        return site + "/"
    if platform == "cmis":
        return site + re.sub(r"/(?:Document\.ashx|(?:[^/]+/)?tabid/).*$", "/", parts.path, flags=re.I)
    if platform == "granicus":
        view = re.search(r"view_id=(\d+)", parts.query)
        return f"{site}/ViewPublisher.php?view_id={view[1] if view else 1}"
    if platform == "boarddocs":
        return site + re.sub(r"(\.nsf).*$", r"\1", parts.path, flags=re.I)
    if platform == "simbli":
        board = re.search(r"\bS=(\d+)", parts.query, re.I)
        return f"{site}/SB_Meetings/SB_MeetingListing.aspx?S={board[1] if board else ''}"
    return site + {"oparl": parts.path, "novusagenda": "/agendapublic"}.get(platform, "")


def _entry(name: str, platform: str, address: str) -> Council:
    """Raises ValueError, through pydantic, for a platform that is not known."""
    return Council.model_validate({"name": name, "platform": platform, "address": address})


def _on(council: Council, platform: str, url: str) -> Council:
    """The entry with a platform and its address."""
    address = place_of(platform, url) if platform in MARKS and "//" in url else url
    return _entry(council.name, platform, address)


def _further(page: Page, ask: Ask) -> tuple[str, str] | None:
    """As `platform_of`, of the pages that speak of meetings, the first ones."""
    host, found = urlsplit(page.url).netloc.removeprefix("www."), None
    near = [x for x in page.links if MEETINGS.search(x.words) and host in urlsplit(x.url).netloc]
    asked = dict.fromkeys(link.url for link in near if link.url != page.url)
    for url in list(asked)[:STEPS]:
        try:
            other = Page(ask(url), url)
        except Unreachable:
            raise
        except NotFetched:
            continue
        if found := platform_of(url, other):
            return found
    first = next((x.url for x in near if re.search(r"agenda|minutes", x.words, re.I)), None)
    return ("page", first) if first and not MEETINGS.search(page.url) else None


def _with_bodies(council: Council, ask: Ask, registered: bool) -> Recognised:
    """The bodies that the platform lists. A modern.gov site whose service is off is read by its pages."""
    for platform in (
        (council.platform, "moderngov-pages") if council.platform == "moderngov" else (council.platform,)
    ):
        council = _entry(council.name, platform, council.address)
        lister: Any = getattr(import_module(f"pipeline.sources.{MODULES[platform]}"), "bodies", None)
        if lister is None:
            return Recognised(council, (), registered)
        try:
            listed = lister(council, ask)
        except Unreachable:
            raise
        except NotFetched:
            continue
        return Recognised(council, tuple(title for _, title in listed[:BODIES]), registered)
    return Recognised(council, (), registered)


# --- which council ---


def named_council(page: Page) -> tuple[str | None, bool]:
    """The council's name and whether the register has it: by the host's name and what the page says; else
    what the page calls itself."""
    labels = {
        w for label in (urlsplit(page.url).hostname or "").split(".") for w in (label, *label.split("-"))
    }
    path = urlsplit(page.url).path.strip("/").split("/")[0].lower()
    said = f"{page.title} {words_of(page.root)}".lower()
    scores = {e.name: _likely(e.name, labels | {path}, said) for e in entries()}
    best = max(scores.values())
    likely = [name for name, score in scores.items() if score == best]
    if best >= 2 and len(likely) == 1:
        return likely[0], True
    return next(_own_names(page), None), False


def _likely(name: str, labels: set[str], said: str) -> int:
    """How much speaks for a council: its place in the host's name, its name on the page."""
    place = place_letters(name)
    of_host = (
        2
        if place and place in labels
        else 1
        if any(len(x) > 4 and place.startswith(x) for x in labels)
        else 0
    )
    return of_host + (2 if name.lower() in said else 0)


def _own_names(page: Page) -> Iterator[str]:
    site = page.root.find(".//meta[@property='og:site_name']")
    if site is not None and site.get("content"):
        yield " ".join(site.get("content").split())[:80]
    for piece in reversed(re.split(r"\s+[|–—-]\s+|\s*::\s*", page.title)):
        if re.search(r"council|county|city|town|borough|district|shire|gemeinde|stadt", piece, re.I):
            yield piece.strip()[:80]
    if host := urlsplit(page.url).hostname:
        yield host.removeprefix("www.")
