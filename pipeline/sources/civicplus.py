"""CivicPlus by its Agenda Center: the search lists every board's meetings between two days; an address has
the meeting's day in it.

`address` is the site's (https://www.CITY.gov or https://STATE-CITY.civicplus.com). An agenda can be there as
a PDF, as a page (`?html=true`) and as a packet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.markup import Element, address, page
from pipeline.sources.words import day_in, is_off, kind_of

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
        raise NotFetched(
            f"{council.name}: {url} is no Agenda Center: has the council moved, or switched it off?"
        )
    seen: set[str] = set()
    for link in page(text).all("//a[@href]"):
        here = address(base, link.get("href"))
        look = FILE.search(here) if here else None
        if not here or not look or here.lower() in seen:
            continue
        seen.add(here.lower())
        row = next((e for e in link.outward() if e.tag == "tr"), None)
        day = _day(look["day"]) or day_in(row.words if row else None)
        body = _body(link)
        if not window.holds(day) or not council.wants(body):
            continue
        more = (look["more"] or "").lower()
        kind = (
            "agenda_pack"
            if "packet=true" in more
            else kind_of(look["sort"]) or kind_of(link.said()) or "other"
        )
        title = _title(row) or f"{body or ''} {kind}".strip()
        told = dict(CANCELLED) if is_off(title) else {}
        form = "html" if "html=true" in more else "either"
        yield Publication(here, council.name, body, day, kind, title, None, told, form)


def _day(told: str) -> date | None:
    """The day within an address: month, day, year."""
    return day_in(f"{told[4:]}-{told[:2]}-{told[2:4]}")


def _body(link: Element) -> str | None:
    """The board: the heading of the list that the link is in, without its arrow."""
    for around in link.outward():
        heading = around.first("./h2 | ./h3")
        if heading and (around.get("id").startswith("cat") or "listing" in around.get("class")):
            return re.sub(r"^[^\w(]+", "", heading.words) or None
    return None


def _title(row: Element | None) -> str | None:
    """What the row says the meeting is, below its day."""
    said = row.first(".//p") if row else None
    return (said.words or None) if said else None
