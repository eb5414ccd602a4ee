"""NovusAgenda by its public page: a row a meeting, with the agenda and the minutes as PDFs by their numbers.

`address` is the site's (https://CLIENT.novusagenda.com/agendapublic). The page shows what the council chose
to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.errors import AnotherLayout
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.days import day_in, writes_month_first
from pipeline.sources.webpage import Link, Page, canonical, row_of, words_of
from pipeline.sources.words import is_off, kind_of

PDF = re.compile(r"/DisplayAgendaPDF\.ashx\?(?P<of>Minutes)?MeetingID=\d+", re.I)
VIEW = re.compile(r"/MeetingView\.aspx\?.*MeetingID=\d+", re.I)


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas and minutes of every meeting that the page shows and the window holds."""
    url = council.address if "aspx" in council.address else f"{council.address.rstrip('/')}/"
    text = ask(url)
    if not re.search(r"novusagenda|novus|agendapublic|DisplayAgendaPDF", text, re.I):
        raise AnotherLayout(
            f"{council.name}: {url} is no NovusAgenda page: is /agendapublic part of the address?"
        )
    page = Page(text, url)
    month_first = writes_month_first(words_of(page.root))
    for link in _clicks(page):
        pdf, view = PDF.search(link.url), VIEW.search(link.url)
        found = row_of(link, month_first=month_first) if pdf or view else None
        if not found:
            continue
        row, day = found
        body = _body(row, month_first)
        if not window.holds(day) or not council.wants(body):
            continue
        minutes = bool(pdf and pdf["of"]) or "doctype=minutes" in link.url.lower()
        said = kind_of(link.said)
        kind = "minutes" if minutes else said if said in ("agenda_pack", "supplement") else "agenda"
        told = dict(CANCELLED) if is_off(words_of(row)) else {}
        title = f"{body or ''} {kind}".strip()
        yield Publication(
            link.url, council.name, body, day, kind, title, None, told, "pdf" if pdf else "html"
        )


def _clicks(page: Page) -> Iterator[Link]:
    """The links, and what a click opens by a script, where it says an address."""
    for a in page.root.iter("a"):
        inside = re.search(r"['\"]([^'\"]+\.as[hp]x\?[^'\"]+)", a.get("onclick") or "")
        if url := canonical(page.base, inside[1] if inside else a.get("href") or ""):
            yield Link(url, words_of(a), "", a)


def _body(row: Any, month_first: bool) -> str | None:
    """The first cell that is neither a day nor a link's label."""
    for cell in row.xpath("./td"):
        words = words_of(cell)
        if (
            words
            and not day_in(words, month_first=month_first)
            and not kind_of(words)
            and re.search(r"[^\W\d_]{3}", words)
        ):
            return words
    return None
