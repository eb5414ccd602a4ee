"""Recorded answers of platforms and, counted without their adapters, the papers that are in them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urljoin

Answer = Callable[[str], str]
"""The recorded text for an address."""


@dataclass(frozen=True, slots=True)
class There:
    """A paper that is in a recording: its address, the day of its meeting, its kind; None where the recording
    does not tell."""

    url: str
    day: date | None
    kind: str | None

    @property
    def key(self) -> str:
        """What it is found by: its address without scheme, case and escapes."""
        return key_of(self.url)


@dataclass(frozen=True, slots=True)
class Recording:
    """An adapter's council, what it is answered, and what is there. `about` says what is not as recorded."""

    platform: str
    name: str
    address: str
    answer: Answer
    there: list[There]
    about: str = ""
    more: Mapping[str, object] = field(default_factory=dict)


def key_of(url: str) -> str:
    """An address without scheme, letter case and escapes."""
    return re.sub(r"^https?://(?:www\.)?", "", unquote(html.unescape(url)).strip().lower()).rstrip("/")


def absolute(base: str, href: str) -> str:
    """A link as a browser would follow it."""
    return urljoin(base, html.unescape(href).strip())


def plain(markup: str) -> str:
    """Markup without tags, scripts and comments, with single blanks."""
    bare = re.sub(r"<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", " ", markup, flags=re.S)
    return " ".join(html.unescape(bare).split())
