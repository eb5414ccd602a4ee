"""InfoCouncil, of Australian councils: a page a year with a row a meeting.

Told by *.infocouncil.biz, `<meta name="generator" content="Infocouncil">` and links
RedirectToDoc.aspx?URL=Open/2024/05/CM_21052024_AGN_1.PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline.errors import AnotherLayout
from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_in
from pipeline.sources.webpage import Link, Page, words_of

PAPER = re.compile(r"(?:^|/)open/\d{4}/\d{1,2}/(?P<name>[^/]+)\.pdf$", re.I)
ROW = r"\bmeeting-row\b|\bbpsGridMenu(?:Alt)?Item\b"
BODY = "[contains(@class, 'Committee') or contains(@class, 'meeting-title')]"
SORTS = {"SUP": "supplement", "MIN": "minutes", "AGN": "agenda", "ATT": "supplement", "MAT": "supplement"}
"""The sort of a paper, by the part of its file's name that says it; MAT: attachments of minutes."""


def _is_one(page: Page) -> bool:
    """Whether a page is InfoCouncil's."""
    return bool(
        re.search(
            r"\.infocouncil\.biz|content=[\"']Infocouncil|bpsGridMenu|RedirectToDoc\.aspx\?URL=",
            page.text,
            re.I,
        )
    )


def bodies(council: Council, ask: Ask) -> list[tuple[str, str]]:
    """(number, name) of each committee that can be chosen."""
    url = _base(council)
    page = Page(ask(url), url)
    options = page.root.xpath("//select[contains(@id, 'ommittee')]/option")
    found = [(o.get("value") or "", words_of(o)) for o in options if o.get("value") not in (None, "", "0")]
    if not found and not _is_one(page):
        raise page.refuse(council, "InfoCouncil")
    return found


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas, minutes and attachments of each year that the window touches."""
    seen: set[str] = set()
    offered: set[int] = set()
    rows = 0

    def of_year(year: int) -> Iterator[Publication]:
        nonlocal rows
        if offered and year not in offered:
            return
        url = f"{_base(council)}?year={year}"
        page = Page(ask(url), url)
        if not _is_one(page):
            raise page.refuse(council, "InfoCouncil")
        offered.update(_years(page))
        for link in page.links:
            paper = _paper(council, link)
            rows += 1
            if paper and window.holds(paper.meeting_date) and council.wants(paper.committee):
                if paper.url not in seen:
                    seen.add(paper.url)
                    yield paper

    last = min(window.until.year, date.today().year + 1)
    yield from going_on(council, range(last, window.since.year - 1, -1), of_year)
    if not rows:
        raise AnotherLayout(
            f"{council.name}: {_base(council)} lists no paper in any year: has the layout changed?"
        )


def _years(page: Page) -> Iterator[int]:
    """The years that a page offers to choose from."""
    for option in page.root.iter("option"):
        if re.fullmatch(r"20\d\d", option.get("value") or ""):
            yield int(option.get("value"))


def _base(council: Council) -> str:
    parts = urlsplit(council.address)
    return (
        f"{parts.scheme}://{parts.netloc}{re.sub(r'[^/]+[.]aspx$', '', parts.path, flags=re.I).rstrip('/')}/"
    )


def _paper(council: Council, link: Link) -> Publication | None:
    """A link to a PDF as a publication, with what its row says; None for any other link."""
    parts = urlsplit(link.url)
    target = parse_qs(parts.query).get("URL", [parts.path])[0]
    m = PAPER.search(target)
    if not m:
        return None
    row = link.within((), ROW) if link.within((), ROW) is not None else link.within(("tr",))
    day, body = _day_and_body(row, link)
    kind = _kind(m["name"], link)
    title = " ".join(filter(None, (body, kind or m["name"], str(day or ""))))
    return Publication(link.url, council.name, body, day, kind, title)


def _day_and_body(row: Any | None, link: Link) -> tuple[date | None, str | None]:
    """The day and the committee of a row; the link's own title repeats the day."""
    if row is None:
        return day_in(link.hint), None
    cells = row.xpath(f".//td{BODY} | .//*{BODY}") or row.xpath("./td[2]")
    body = " ".join("".join(cells[0].xpath("text()")).split()) if cells else ""
    body = re.sub(r"[\s–-]+supplementary$", "", body, flags=re.I)
    days = row.xpath(".//*[contains(@class, 'Date') or contains(@class, 'meeting-date')]") or [row]
    return day_in(words_of(days[0])) or day_in(link.hint), body or None


def _kind(name: str, link: Link) -> str | None:
    """The sort of a paper, by its file's name, else by its words. A supplementary agenda stands in the column
    of agendas and is none: it adds to one."""
    for sort, kind in SORTS.items():
        if re.search(rf"(?:^|_){sort}(?:_|$)", name, re.I):
            return kind
    said = re.search(r"minutes|agenda|attach", f"{link.hint} {link.words}", re.I)
    return (
        {"m": "minutes", "a": "agenda"}[said[0][0].lower()] if said and said[0].lower() != "attach" else None
    )
