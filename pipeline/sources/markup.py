"""A page as elements with their words and links, whatever the state of its HTML (lxml repairs it)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

from pipeline.sources.words import day_alone, day_in, spaced

lxml_html: Any = import_module("lxml.html")  # without type stubs
lxml_etree: Any = import_module("lxml.etree")
LONGEST_ROW = 3000
"""Characters of the longest row: more is a list of them."""
DEEPEST = 60
"""So many elements out from a link is looked for its row."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page."""

    node: Any

    @property
    def words(self) -> str:
        """All its text, each piece apart, without comments and scripts."""
        return spaced(" ".join(self.pieces()))

    def pieces(self) -> list[str]:
        """Its text, piece by piece."""
        return [spaced(piece) for piece in self.node.xpath(".//text()[not(parent::script or parent::style)]")]

    @property
    def tag(self) -> str:
        """Its name."""
        return str(self.node.tag)

    def get(self, name: str) -> str:
        """An attribute, empty when it has none."""
        return str(self.node.get(name) or "")

    def all(self, path: str) -> list[Element]:
        """What an XPath finds from here."""
        return [Element(found) for found in self.node.xpath(path)]

    def first(self, path: str) -> Element | None:
        """The first of what an XPath finds from here."""
        return next(iter(self.all(path)), None)

    def outward(self) -> Iterator[Element]:
        """The elements around it, the nearest first."""
        node = self.node.getparent()
        for _ in range(DEEPEST):
            if node is None:
                return
            yield Element(node)
            node = node.getparent()

    def said(self) -> str:
        """What a link is called: its words, else its title, label or picture's text."""
        if self.words:
            return self.words
        for name in ("title", "aria-label"):
            if self.get(name):
                return spaced(self.get(name))
        picture = self.first(".//img[@alt or @title]")
        return spaced(picture.get("alt") or picture.get("title")) if picture else ""


def row_of(link: Element, order: str = "mdy") -> tuple[Element, date] | None:
    """The row that a link stands in and its day: the nearest element around the link that names a day, or the
    row of the table that this is in. None when there is none before a whole list of rows is reached. A day
    that stands by itself is the row's sooner than one within a name ("Minutes of 3 May")."""
    for around in link.outward():
        words = around.words
        if len(words) > LONGEST_ROW or around.tag in ("table", "tbody", "body", "html"):
            return None
        if day_in(words, order):
            row = around
            if around.tag != "tr":
                table_row = next((e for e in around.outward() if e.tag in ("tr", "table")), None)
                if table_row and table_row.tag == "tr" and len(table_row.words) <= LONGEST_ROW:
                    row = table_row
            day = next((d for piece in row.pieces() if (d := day_alone(piece, order))), None)
            told = day or day_in(words, order)
            return (row, told) if told else None
    return None


def page(text: str) -> Element:
    """A page. Text that is no HTML at all gives a page without elements."""
    whole = f"<html><body>{text}</body></html>" if "<" not in text else text
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        return Element(lxml_html.document_fromstring(whole.replace("\0", "").encode(), parser=parser))
    except (lxml_etree.LxmlError, ValueError):
        return Element(lxml_html.document_fromstring("<html><body></body></html>"))


def address(base: str, href: str) -> str | None:
    """A link's address, absolute and as it is to be kept: no fragment, no blanks, a host in small letters;
    None for what is no address of the web. A viewer of PDFs in the browser gives the PDF's own."""
    href = href.strip()
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        parts = urlsplit(urljoin(base, href))
        within = dict(parse_qsl(parts.query)).get("pdfurl", "")
        if within.startswith("http"):
            parts = urlsplit(within)
        if parts.scheme not in ("http", "https") or not parts.hostname or " " in parts.hostname:
            return None
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return None
    path, query = (quote(piece, safe="%/:=&?~+!$,;'@()*[]|{}") for piece in (parts.path, parts.query))
    return urlunsplit((parts.scheme, parts.hostname + port, path or "/", query, ""))
