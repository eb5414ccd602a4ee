"""A page of a council's site: its links with the words around them, and what a page says that is none of the
platform's: a block page, a login page, a changed layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from pipeline.errors import NotFetched, Unreachable
from pipeline.sources import Council, Publication

lxml_html: Any = import_module("lxml.html")
"""lxml has no types of its own."""

SAFE = "/%:@!$&'()*+,;=~?-._"
"""Characters that stay as they are in an address."""
BLOCKED = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied"
    r"|request (?:unsuccessful|rejected|blocked)|incapsula|are you (?:a )?(?:human|robot)|captcha"
    r"|ray id|security check|403 forbidden|enable javascript and cookies|unusual traffic|bot protection",
    re.I,
)
LOGIN = re.compile(r"\b(?:log ?in|sign ?in|log ?on|password|mewngofnodi|anmelden)\b", re.I)
A_BLOCK = 1500
"""Characters that the words of a block page have at most."""
IN_A_ROW = 3
"""Pages of a host in trouble that are asked for before the others are left."""
INLINE = re.compile(r"a|abbr|bdi?|b|cite|code|em|font|i|img|mark|small|span|strong|su[bp]|u|wbr")
"""Elements whose words run on from those before; those of others stand apart."""

T = TypeVar("T")


def canonical(base: str, href: str) -> str | None:
    """The absolute address of a link, with a quoted path and no fragment; None for what is no web address. A
    link of a secure page to plain http on the same host is a secure one."""
    try:
        parts = urlsplit(urljoin(base, href.strip()))
        here = urlsplit(base)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
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
        parser = lxml_html.HTMLParser(encoding="utf-8")
        body = text.replace("\0", "").encode("utf-8", "replace")
        self.root: Any = lxml_html.document_fromstring(
            body if body.strip() else b"<html></html>", parser=parser
        )
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
        words = words_of(self.root)
        if BLOCKED.search(self.title) or (len(words) < A_BLOCK and BLOCKED.search(f"{words} {self.text}")):
            return NotFetched(
                f"{start}a block page{shown}: the site takes us for a robot; write to the council, or name a "
                "contact in the configuration that it can ask"
            )
        if self.root.find(".//input[@type='password']") is not None and LOGIN.search(words):
            return NotFetched(
                f"{start}a login page{shown}: its papers are not public there; set address to the public one"
            )
        if not words:
            return NotFetched(f"{start}nothing: the site is being mended, or its pages need a browser")
        return NotFetched(
            f"{start}a page that is not {platform}'s{shown}: the council may have moved or the layout "
            "changed; `minutebook add ADDRESS` tells what is there now"
        )


def going_on(
    council: Council, items: Iterable[T], read: Callable[[T], Iterable[Publication]]
) -> Iterator[Publication]:
    """What `read` makes of each item. A page that fails costs itself only and is told at the end, by
    NotFetched; a host that does not answer, or asks to come later, is left after three pages in a row."""
    failures: list[str] = []
    asked = in_a_row = 0
    for item in items:
        asked += 1
        try:
            yield from read(item)
            in_a_row = 0
        except NotFetched as error:
            failures.append(str(error))
            in_a_row = in_a_row + 1 if isinstance(error, Unreachable) else 0
            if in_a_row == IN_A_ROW:
                raise Unreachable(f"{council.name}: the site stopped answering; {error}") from error
    if failures:
        more = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
        raise NotFetched(
            f"{council.name}: {len(failures)} of {asked} pages gave nothing: {failures[0]}{more}"
        )
