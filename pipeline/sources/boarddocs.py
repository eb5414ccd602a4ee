"""BoardDocs by its feed of meetings (XML), and by the list that it gives search engines (JSON) where the feed
is off: one agenda a meeting, a page of the web.

`address` is the board's (https://go.boarddocs.com/STATE/CLIENT/Board.nsf). The files behind an agenda's items
are given only to a browser's session, so they are not found.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date

from pipeline.errors import AnotherLayout, NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.answers import json_of, number_of, rows_of, text_of
from pipeline.sources.days import day_told
from pipeline.sources.webpage import canonical
from pipeline.sources.words import is_off

Row = tuple[str | None, str | None, str | None, date | None]
"""A meeting's address or id, its body, its name, its day."""


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The agenda of every meeting in the window."""
    base = council.address.split(".nsf")[0].rstrip("/")
    base += ".nsf" if ".nsf" in council.address else "/Board.nsf"
    for where, body, name, day in _meetings(base, ask):
        url = canonical(f"{base}/", where or "")
        if not url or not window.holds(day) or not council.wants(body or name):
            continue
        told = dict(CANCELLED) if is_off(name) else {}
        yield Publication(url, council.name, body or name, day, "agenda", name, None, told, "html")


def _meetings(base: str, ask: Ask) -> list[Row]:
    feed = f"{base}/XML-ActiveMeetings"
    try:
        return list(_feed(ask(feed), feed))
    except NotFetched as off:
        url = f"{base}/BD-GETMeetingsListForSEO?open"
        try:
            return list(_list(ask(url), url))
        except NotFetched as error:
            raise NotFetched(f"neither BoardDocs' feed ({off}) nor its list ({error}) can be read") from error


def _feed(text: str, url: str) -> Iterator[Row]:
    if "<!ENTITY" in text:
        raise NotFetched(f"{url}: declares entities: refused")
    if text.lstrip().startswith("["):
        yield from _list(text, url)
        return
    try:
        root = ET.fromstring(text.lstrip("\ufeff \r\n\t"))
    except ET.ParseError as error:
        raise AnotherLayout(
            f"{url}: no whole XML ({error}): is the address that of the Board.nsf?"
        ) from error
    if root.tag != "meetings":
        raise AnotherLayout(f"{url}: no list of meetings ({root.tag})")
    for m in root.iter("meeting"):
        name, day = text_of(m.findtext("name")), day_told(m.findtext("start/date"))
        key = m.get("id")
        yield m.findtext("link") or (f"goto?open&id={key}" if key else None), m.get("bodyname"), name, day


def _list(text: str, url: str) -> Iterator[Row]:
    for m in rows_of(json_of(text, url, "BoardDocs"), url, "BoardDocs"):
        row = {k.lower(): v for k, v in m.items()}
        key, day = number_of(row.get("unique")), number_of(row.get("numberdate")) or ""
        told = day_told(f"{day[:4]}-{day[4:6]}-{day[6:8]}") or day_told(row.get("date"))
        yield f"goto?open&id={key}" if key else None, None, text_of(row.get("name")), told
