"""Legistar by its web API: events a thousand at a time, their items, the votes on them and what is attached
to them; the calendar's page where the API is shut.

`address` is the client's name, as in https://webapi.legistar.com/v1/NAME; a client that asks for a token gets
the council's. Shapes: https://webapi.legistar.com/Help.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window, legistar_calendar
from pipeline.sources.answers import json_of, number_of, records, rows_of, text_of
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_told
from pipeline.sources.webpage import canonical
from pipeline.sources.words import is_off, kind_of

log = logging.getLogger("minutebook")
PAGE = 1000
PAGES = 50
API = "https://webapi.legistar.com/v1/"
FILES = (("EventAgendaFile", "agenda"), ("EventMinutesFile", "minutes"))


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agenda, minutes and attachments of every event in the window, with what the platform knows of its
    motions and votes. Raises NotFetched when neither the API nor the calendar answers."""
    client = re.sub(r"^https?://([\w-]+)\.legistar\.com.*$", r"\1", council.address)
    base = client.rstrip("/") if client.startswith("http") else API + client
    ask_api = _with_token(council, ask)
    try:
        events = list(_events(base, window, ask_api))
    except NotFetched as shut:
        yield from _calendar(council, window, ask, shut)
        return
    wanted = [e for e in events if window.holds(day_told(e.get("EventDate"))) and council.wants(_body(e))]
    yield from going_on(council, wanted, lambda event: _event(council, base, event, ask_api))


def _calendar(council: Council, window: Window, ask: Ask, shut: NotFetched) -> Iterator[Publication]:
    """What the calendar's page shows, where the API is shut."""
    site = re.match(r"https?://([\w-]+)\.legistar\.com", council.address)
    client = site[1] if site else urlsplit(council.address).path.rsplit("/", 1)[-1]
    page = council.model_copy(update={"address": f"https://{client}.legistar.com"})
    log.warning("%s: the API is shut (%s): only what the calendar shows is found", council.name, shut)
    try:
        yield from legistar_calendar.publications(page, window, ask)
    except NotFetched as error:
        raise NotFetched(
            f"{council.name}: neither Legistar's API ({shut}) nor its calendar ({error}) answers: is "
            f"{council.address} the client's name, and does it ask for a `token`?"
        ) from error


def _with_token(council: Council, ask: Ask) -> Ask:
    token = council.token.get_secret_value()
    if not token:
        return ask

    def answer(url: str, question: str = "", /) -> str:
        return ask(f"{url}{'&' if '?' in url else '?'}token={quote(token, safe='')}", question)

    return answer


def _body(event: dict[str, Any]) -> str | None:
    return text_of(event.get("EventBodyName"))


def _event(council: Council, base: str, event: dict[str, Any], ask: Ask) -> Iterator[Publication]:
    """An event's papers. They come though its items do not; that is raised after them."""
    committee, day = _body(event), day_told(event.get("EventDate"))
    status = " ".join(
        text_of(event.get(k)) or "" for k in ("EventAgendaStatusName", "EventComment", "EventLocation")
    )
    told = dict(CANCELLED) if is_off(status) else {}
    papers = [
        (kind, here) for field, kind in FILES if (here := canonical(base, text_of(event.get(field)) or ""))
    ]
    items: list[dict[str, Any]] = []
    trouble: NotFetched | None = None
    knows: dict[str, Any] = {}
    if papers:
        try:
            items = records(event.get("EventItems")) or _items(base, event, ask)
            knows = _knows(base, event, items, ask) if papers[-1][0] == "minutes" else {}
        except NotFetched as error:
            trouble = error
    for kind, here in papers:
        of_it = told | (knows if kind == "minutes" else {})
        yield Publication(here, council.name, committee, day, kind, f"{committee} {kind}", None, of_it, "pdf")
    for name, here in _attached(base, items):
        form = "pdf" if here.lower().endswith(".pdf") else None
        kind = kind_of(name) if kind_of(name) in ("report", "supplement") else "report"
        yield Publication(here, council.name, committee, day, kind, name, None, dict(told), form)
    if trouble:
        raise trouble


def _attached(base: str, items: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """(name, address) of what is attached to the items' matters."""
    for item in items:
        for attached in records(item.get("EventItemMatterAttachments")):
            here = canonical(base, text_of(attached.get("MatterAttachmentHyperlink")) or "")
            if here:
                yield text_of(attached.get("MatterAttachmentName")) or "attachment", here


def _events(base: str, window: Window, ask: Ask) -> Iterator[dict[str, Any]]:
    """Every event of the window, page by page, as long as a page brings new ones."""
    where = quote(f"EventDate ge datetime'{window.since}' and EventDate le datetime'{window.until}'")
    known: set[str] = set()
    for page in range(PAGES):
        url = f"{base}/events?$filter={where}&$top={PAGE}&$skip={page * PAGE}"
        rows = rows_of(json_of(ask(url), url, "Legistar"), url, "Legistar")
        new = [r for r in rows if (number_of(r.get("EventId")) or str(r)) not in known]
        yield from new
        known.update(number_of(r.get("EventId")) or str(r) for r in new)
        if len(rows) < PAGE or not new:
            return
    raise NotFetched(f"{base}/events: a list that does not end: stopped after {PAGES} pages")


def _items(base: str, event: dict[str, Any], ask: Ask) -> list[dict[str, Any]]:
    number = number_of(event.get("EventId"))
    if not number:
        return []
    url = f"{base}/events/{number}/eventitems?AgendaNote=0&MinutesNote=0&Attachments=1"
    return rows_of(json_of(ask(url), url, "Legistar"), url, "Legistar")


def _knows(base: str, event: dict[str, Any], items: list[dict[str, Any]], ask: Ask) -> dict[str, Any]:
    motions = [
        {
            "number": text_of(i.get("EventItemAgendaNumber")),
            "reference": text_of(i.get("EventItemMatterFile")),
            "title": text_of(i.get("EventItemTitle")),
            "action": text_of(i.get("EventItemActionName")),
            "passed": text_of(i.get("EventItemPassedFlagName")),
            "mover": text_of(i.get("EventItemMover")),
            "seconder": text_of(i.get("EventItemSeconder")),
            "votes": _votes(base, i, ask),
        }
        for i in items
        if text_of(i.get("EventItemMover")) or text_of(i.get("EventItemPassedFlagName"))
    ]
    listed = [
        {"number": text_of(i.get("EventItemAgendaNumber")), "title": title}
        for i in items
        if (title := text_of(i.get("EventItemTitle")))
    ]
    source = f"{base}/events/{number_of(event.get('EventId'))}"
    told = {"motions": motions, "items": listed, "source": source}
    return {k: v for k, v in told.items() if v} if motions or listed else {}


def _votes(base: str, item: dict[str, Any], ask: Ask) -> list[dict[str, Any]]:
    """The votes on an item, where it was voted on by name (or nobody says whether it was)."""
    number = number_of(item.get("EventItemId"))
    if (
        not number
        or not text_of(item.get("EventItemPassedFlagName"))
        or item.get("EventItemRollCallFlag") == 0
    ):
        return []
    url = f"{base}/eventitems/{number}/votes"
    return [
        {"name": text_of(v.get("VotePersonName")), "choice": text_of(v.get("VoteValueName"))}
        for v in rows_of(json_of(ask(url), url, "Legistar"), url, "Legistar")
    ]
