"""A page of a council's site: its links with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import import_module
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

from pipeline.errors import AnotherLayout, NotFetched
from pipeline.sources import Council
from pipeline.sources.days import day_alone, day_in

lxml_html: Any = import_module("lxml.html")
lxml_etree: Any = import_module("lxml.etree")
"""lxml has no types of its own."""

SAFE = "/%:@!$&'()*+,;=~?-._"
"""Characters that stay as they are in an address."""
INLINE = re.compile(r"a|abbr|bdi?|b|cite|code|em|font|i|img|mark|small|span|strong|su[bp]|u|wbr")
"""Elements whose words run on from those before; those of others stand apart."""
LONGEST_ROW = 3000
"""Characters of the longest row: more is a list of them."""
DEEPEST = 60
"""So many elements out from a link is looked for its row."""


def canonical(base: str, href: str) -> str | None:
    """The absolute address of a link, with a quoted path and no fragment; None for what is no web address. A
    link of a secure page to plain http on the same host is a secure one; that of a viewer of PDFs (pdfurl) is
    the PDF's own."""
    href = href.strip()
    try:
        parts, here = urlsplit(urljoin(base, href)), urlsplit(base)
        viewed = dict(parse_qsl(parts.query)).get("pdfurl", "")
        parts = urlsplit(viewed) if viewed.startswith("http") else parts
        host = parts.hostname
    except ValueError:
        return None
    if not href or href.startswith("#") or parts.scheme not in ("http", "https") or not host or " " in host:
        return None
    scheme = "https" if here.scheme == "https" and here.hostname == host and not parts.port else parts.scheme
    place = parts.netloc.lower().removesuffix(":80" if scheme == "http" else ":443")
    return urlunsplit((scheme, place, quote(parts.path or "/", SAFE), quote(parts.query, SAFE), ""))


def words_of(element: Any) -> str:
    """An element's words with single blanks; those of blocks apart."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    """The texts within an element in order, a blank around those of elements that stand apart. The parser
    nests no deeper than 256."""
    if isinstance(element.tag, str) and element.tag not in ("script", "style"):
        yield element.text or ""
        for child in element:
            apart = "" if not isinstance(child.tag, str) or INLINE.fullmatch(child.tag) else " "
            yield apart
            yield from _pieces(child)
            yield apart + (child.tail or "")


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where it goes, its words, what its `title` or `aria-label` says, and where it stands."""

    url: str
    words: str
    hint: str
    element: Any

    @property
    def said(self) -> str:
        """What it is called: its words, else its hint, else what its picture shows."""
        pictures = self.element.xpath(".//img/@alt | .//img/@title")
        return self.words or self.hint or " ".join(next(iter(pictures), "").split())

    def outward(self) -> Iterator[Any]:
        """The elements around it, the nearest first, as far as a row's may be."""
        yield from islice(self.element.iterancestors(), DEEPEST)

    def within(self, tags: Iterable[str] = (), classes: str = "") -> Any | None:
        """The nearest element around it of one of the tags, or with a class that the pattern finds."""
        for e in self.element.iterancestors():
            if e.tag in tags or (classes and re.search(classes, e.get("class") or "")):
                return e
        return None


class Page:
    """A page at an address. Whatever the text is, it can be parsed; `refuse` says what is wrong with it."""

    def __init__(self, text: str, url: str) -> None:
        self.text, self.url = text, url
        body = text.replace("\0", "").encode("utf-8", "replace")
        self.root: Any = _parsed(body if body.strip() else b"<html></html>")
        base = self.root.find(".//base[@href]")
        self.base = urljoin(url, base.get("href")) if base is not None else url

    @cached_property
    def links(self) -> list[Link]:
        """Its links in order."""
        return self.links_in(self.root)

    def links_in(self, element: Any) -> list[Link]:
        """The links within one of its elements, in order."""
        found: list[Link] = []
        for a in element.iter("a"):
            url = canonical(self.base, a.get("href") or "") if a.get("href") else None
            if url:
                hint = " ".join(f"{a.get('title') or ''} {a.get('aria-label') or ''}".split())
                found.append(Link(url, words_of(a), hint, a))
        return found

    @cached_property
    def title(self) -> str:
        """What the page calls itself, as a browser's tab shows it."""
        found = self.root.find(".//title")
        return words_of(found) if found is not None else ""

    def refuse(self, council: Council, platform: str) -> NotFetched:
        """Why this is no page of the platform, in words that say what to do; to be raised."""
        start = f"{council.name}: {self.url} answered with "
        shown = f" (“{self.title[:60]}”)" if self.title else ""
        if not words_of(self.root):
            return AnotherLayout(f"{start}nothing: the site is being mended, or its pages need a browser")
        return AnotherLayout(
            f"{start}a page that is not {platform}'s{shown}: the council may have moved or the layout "
            "changed; `minutebook add ADDRESS` tells what is there now"
        )


def _parsed(body: bytes) -> Any:
    try:
        return lxml_html.document_fromstring(body, parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (lxml_etree.LxmlError, ValueError):
        return lxml_html.document_fromstring(b"<html></html>")


def row_of(link: Link, *, month_first: bool = False) -> tuple[Any, date] | None:
    """The row that a link stands in and its day: the nearest element around the link that names a day, or the
    row of the table that this is in. None when there is none before a whole list of rows is reached. A day
    that stands by itself is the row's sooner than one within a name ("Minutes of 3 May")."""
    for around in link.outward():
        words = words_of(around)
        if len(words) > LONGEST_ROW or around.tag in ("table", "tbody", "body", "html"):
            return None
        if told := day_in(words, month_first=month_first):
            row = around
            table_row = next(around.iterancestors("tr", "table"), None) if around.tag != "tr" else None
            if table_row is not None and table_row.tag == "tr" and len(words_of(table_row)) <= LONGEST_ROW:
                row = table_row
            pieces = row.xpath(".//text()[not(parent::script or parent::style)]")
            alone = (day_alone(" ".join(piece.split()), month_first=month_first) for piece in pieces)
            return row, next((day for day in alone if day), told)
    return None
