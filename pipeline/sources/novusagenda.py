"""NovusAgenda by its public page: a row a meeting, with the agenda and the minutes as PDFs by their numbers.

`address` is the site's (https://CLIENT.novusagenda.com/agendapublic). The page shows what the council chose
to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.markup import Element, address, page, row_of
from pipeline.sources.words import day_in, is_off, kind_of, order_of

PDF = re.compile(r"/DisplayAgendaPDF\.ashx\?(?P<of>Minutes)?MeetingID=\d+", re.I)
VIEW = re.compile(r"/MeetingView\.aspx\?.*MeetingID=\d+", re.I)


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas and minutes of every meeting that the page shows and the window holds."""
    url = council.address if "aspx" in council.address else f"{council.address.rstrip('/')}/"
    text = ask(url)
    if not re.search(r"novusagenda|novus|agendapublic|DisplayAgendaPDF", text, re.I):
        raise NotFetched(
            f"{council.name}: {url} is no NovusAgenda page: is /agendapublic part of the address?"
        )
    root = page(text)
    order = order_of([root.words])
    seen: set[str] = set()
    for link in root.all("//a[@href or @onclick]"):
        inside = re.search(r"['\"]([^'\"]+\.as[hp]x\?[^'\"]+)", link.get("onclick"))
        here = address(url, inside[1] if inside else link.get("href"))
        found = row_of(link, order)
        if not here or not found or here in seen:
            continue
        pdf, view = PDF.search(here), VIEW.search(here)
        if not pdf and not view:
            continue
        seen.add(here)
        row, day = found
        body = _body(row, order)
        if not window.holds(day) or not council.wants(body):
            continue
        minutes = bool(pdf and pdf["of"]) or "doctype=minutes" in here.lower()
        said = kind_of(link.said())
        kind = "minutes" if minutes else said if said in ("agenda_pack", "supplement") else "agenda"
        told = dict(CANCELLED) if is_off(row.words) else {}
        title = f"{body or ''} {kind}".strip()
        yield Publication(here, council.name, body, day, kind, title, None, told, "pdf" if pdf else "html")


def _body(row: Element, order: str) -> str | None:
    """The first cell that is neither a day nor a link's label."""
    for cell in row.all("./td"):
        words = cell.words
        if words and not day_in(words, order) and not kind_of(words) and re.search(r"[^\W\d_]{3}", words):
            return words
    return None
