"""Legistar by its web API: events a thousand at a time, their items and the votes on them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote

from pipeline.errors import NotFetched
from pipeline.sources import Ask, Council, Publication, Window, day_told

PAGE = 1000
API = "https://webapi.legistar.com/v1/"


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agenda and minutes of every event in the window, with what the platform knows of its motions and
    votes."""
    base = council.address.rstrip("/") if council.address.startswith("http") else API + council.address
    for event in _events(base, window, ask, council):
        committee, day = event.get("EventBodyName"), day_told(event.get("EventDate"))
        if not council.wants(committee):
            continue
        knows = _knows(base, event, ask, council)
        for field, kind in (("EventAgendaFile", "agenda"), ("EventMinutesFile", "minutes")):
            url = event.get(field)
            if isinstance(url, str) and url:
                yield Publication(
                    url,
                    council.name,
                    committee,
                    day,
                    kind,
                    f"{committee} {kind}",
                    None,
                    knows if kind == "minutes" else {},
                )


def _events(base: str, window: Window, ask: Ask, council: Council) -> Iterator[dict[str, Any]]:
    where = quote(
        f"EventDate ge datetime'{window.since.isoformat()}' and EventDate le "
        f"datetime'{window.until.isoformat()}'"
    )
    skip = 0
    while True:
        page = _json(ask(f"{base}/events?$filter={where}&$top={PAGE}&$skip={skip}"), council)
        yield from page
        if len(page) < PAGE:
            return
        skip += PAGE


def _knows(base: str, event: dict[str, Any], ask: Ask, council: Council) -> dict[str, Any]:
    items: list[dict[str, Any]] = event.get("EventItems") or []
    motions = [
        {
            "title": i.get("EventItemTitle"),
            "action": i.get("EventItemActionName"),
            "passed": i.get("EventItemPassedFlagName"),
            "mover": i.get("EventItemMover"),
            "seconder": i.get("EventItemSeconder"),
            "votes": _votes(base, i, ask, council),
        }
        for i in items
        if i.get("EventItemMover") or i.get("EventItemPassedFlagName")
    ]
    return {"motions": motions} if motions else {}


def _votes(base: str, item: dict[str, Any], ask: Ask, council: Council) -> list[dict[str, Any]]:
    if not item.get("EventItemId") or not item.get("EventItemPassedFlagName"):
        return []
    return [
        {"name": v.get("VotePersonName"), "choice": v.get("VoteValueName")}
        for v in _json(ask(f"{base}/eventitems/{item['EventItemId']}/votes"), council)
    ]


def _json(text: str, council: Council) -> list[dict[str, Any]]:
    try:
        found: Any = json.loads(text)
    except ValueError as error:
        raise NotFetched(
            f"{council.name}: Legistar did not answer with JSON: is {council.address} the client's name?"
        ) from error
    if not isinstance(found, list):
        raise NotFetched(f"{council.name}: Legistar answered with {str(found)[:80]}")
    return cast(list[dict[str, Any]], found)
