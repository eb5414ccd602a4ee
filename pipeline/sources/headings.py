"""The headings that a link on a page stands under."""

from __future__ import annotations

import re
from typing import Any
from weakref import WeakKeyDictionary

from pipeline.sources.webpage import Link, Page, words_of

LONGEST = 200
"""Characters of the longest heading."""
DEEPEST = 7
"""The level of what works as a heading and is none: an accordion's button, a summary, a line in bold."""
LIKE_ONE = re.compile(
    r"accordion.*(?:title|head|button|toggle)|\b(?:card|panel|toggle)-?(?:title|heading|header)|heading", re.I
)

_known: WeakKeyDictionary[Page, dict[Any, tuple[str, ...]]] = WeakKeyDictionary()


def headings_over(page: Page, link: Link) -> tuple[str, ...]:
    """The words of the headings over a link, the nearest first."""
    if page not in _known:
        _known[page] = _all(page)
    return _known[page].get(link.element, ())


def _all(page: Page) -> dict[Any, tuple[str, ...]]:
    """For each link of a page the headings over it: a heading ends those of its level and beneath."""
    stack: list[tuple[int, str]] = []
    found: dict[Any, tuple[str, ...]] = {}
    for e in page.root.iter():
        if not isinstance(e.tag, str):
            continue
        if (level := _level(e)) and (words := words_of(e)) and len(words) <= LONGEST:
            while stack and stack[-1][0] >= level:
                stack.pop()
            stack.append((level, words))
        if e.tag == "a":
            found[e] = tuple(words for _, words in reversed(stack))
    return found


def _level(e: Any) -> int | None:
    """A heading's level, 1 to 7; None for what is no heading."""
    if m := re.fullmatch(r"h([1-6])", e.tag):
        return int(m[1])
    if e.tag in ("summary", "caption", "button", "dt") or e.get("role") in ("button", "heading"):
        return DEEPEST
    if e.tag == "a" and (e.get("href") or "#").startswith(("#", "javascript:")):
        return DEEPEST
    if e.tag in ("strong", "b"):
        parent = e.getparent()
        alone = parent is not None and parent.tag in ("p", "div", "td") and words_of(parent) == words_of(e)
        return DEEPEST if alone else None
    if e.tag in ("div", "span", "p", "li", "legend") and LIKE_ONE.search(e.get("class") or ""):
        return DEEPEST
    return None
