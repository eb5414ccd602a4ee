"""Council sites that answer from a table of addresses, for sources alone: no server, no fetcher."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pipeline.errors import Gone, NotFetched
from pipeline.sources import Council, Publication, Window, source_for

YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))


def ask_of(pages: dict[str, str], asked: list[str] | None = None) -> Callable[[str], str]:
    """Answers by the first key that an address holds; nothing is at any other."""

    def ask(url: str) -> str:
        if asked is not None:
            asked.append(url)
        for part, text in pages.items():
            if part in url:
                return text
        raise Gone(f"{url}: status 404")

    return ask


def read(
    platform: str,
    pages: dict[str, str],
    address: str = "https://marlow.example/",
    *,
    window: Window = YEAR,
    asked: list[str] | None = None,
    **more: object,
) -> tuple[list[Publication], str]:
    """What a platform gives of a council, and what it says that it could not get ("" when nothing)."""
    council = Council(name="Marlow Council", platform=platform, address=address, **more)  # pyright: ignore[reportArgumentType]
    found: list[Publication] = []
    try:
        for p in source_for(council).publications(council, window, ask_of(pages, asked)):
            found.append(p)  # one by one: what was given before something failed is kept
    except NotFetched as error:
        return found, str(error)
    return found, ""
