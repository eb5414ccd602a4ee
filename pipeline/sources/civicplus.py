"""CivicPlus by its Agenda Center: the search lists every board's meetings between two days; an address has
the meeting's day in it.

`address` is the site's (https://www.CITY.gov or https://STATE-CITY.civicplus.com). An agenda can be there as
a PDF, as a page (`?html=true`) and as a packet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.errors import AnotherLayout
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.days import day_in
from pipeline.sources.webpage import Link, Page, words_of
from pipeline.sources.words import is_off, kind_of

FILE = re.compile(r"/AgendaCenter/ViewFile/(?P<sort>\w+)/_(?P<day>\d{8})-\d+(?:\?(?P<more>.*))?$", re.I)


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas, packets and minutes of every board for the window."""
    parts = urlsplit(council.address)
    base = f"{parts.scheme}://{parts.netloc}/"
    since, until = (quote(d.strftime("%m/%d/%Y"), safe="") for d in (window.since, window.until))
    days = f"startDate={since}&endDate={until}&dateRange=&dateSelector="
    url = f"{base}AgendaCenter/Search/?term=&CIDs=all&{days}"
    text = ask(url)
    if "agendacenter" not in text.lower():
        raise AnotherLayout(
            f"{council.name}: {url} is no Agenda Center: has the council moved, or switched it off?"
        )
    seen: set[str] = set()
    for link in Page(text, url).links:
        look = FILE.search(link.url)
        if not look or link.url.lower() in seen:
            continue
        seen.add(link.url.lower())
        row = link.within(("tr",))
        told = look["day"]
        day = day_in(f"{told[4:]}-{told[:2]}-{told[2:4]}")
        if day is None and row is not None:
            day = day_in(words_of(row), month_first=True)
        body = _body(link)
        if not window.holds(day) or not council.wants(body):
            continue
        more = (look["more"] or "").lower()
        kind = (
            "agenda_pack" if "packet=true" in more else kind_of(look["sort"]) or kind_of(link.said) or "other"
        )
        title = _title(row) or f"{body or ''} {kind}".strip()
        knows = dict(CANCELLED) if is_off(title) else {}
        form = "html" if "html=true" in more else "either"
        yield Publication(link.url, council.name, body, day, kind, title, None, knows, form)


def _body(link: Link) -> str | None:
    """The board: the heading of the list that the link is in, without its arrow."""
    for around in link.outward():
        named = f"{around.get('id') or ''} {around.get('class') or ''}"
        for heading in around.xpath("./h2 | ./h3") if re.search(r"^cat|\blisting", named) else ():
            return re.sub(r"^[^\w(]+", "", words_of(heading)) or None
    return None


def _title(row: Any | None) -> str | None:
    """What the row says the meeting is, below its day."""
    said = row.find(".//p") if row is not None else None
    return (words_of(said) or None) if said is not None else None
