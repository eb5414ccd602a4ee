"""Care that is taken of every platform's module: each paper once, and what a site can answer wrongly in words
that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.errors import NotFetched
from pipeline.sources.answers import refuse_strangers

if TYPE_CHECKING:
    from pipeline.sources import Ask, Council, Publication, Source, Window

MOST = 50_000
"""Papers of a council in one night: more is a list that never ends."""
LONG = timedelta(days=60)
"""A council that meets at all meets within so long."""
ON_DISK = ("folder", "links")
WHOLE = re.compile(r"</(?:html|body)\s*>", re.I)


class Careful:
    """A platform's module, so that each paper comes once and nothing that a site can answer leaves as another
    error than ours; pages that are not the platform's, half a page and an empty list are told."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def publications(self, council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
        """As the module's; what goes wrong is raised (NotFetched) after what was found before."""
        seen: set[str] = set()
        cut: list[str] = []
        try:
            for paper in self._source.publications(council, window, _guarded(ask, cut)):
                if paper.url not in seen:
                    seen.add(paper.url)
                    yield paper
                if len(seen) > MOST:
                    raise NotFetched(f"{council.name}: more than {MOST:,} papers: its list does not end")
        except NotFetched as error:
            raise type(error)(_told(str(error), council)) from None
        except OSError as error:
            raise NotFetched(f"{council.name}: {error}: does {council.address} exist?") from error
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            # a shape that nobody foresaw: told as what it is, with where to look
            raise NotFetched(
                f"{council.name}: {council.platform} answered in a way that Minutebook does not know "
                f"({type(error).__name__}: {error}): has {council.address} a new layout or another platform?"
            ) from error
        if silence := _silent(council, window, bool(seen), cut):
            raise NotFetched(silence)


def _silent(council: Council, window: Window, found: bool, cut: list[str]) -> str | None:
    """What is to be told though nobody raised it: half a page, and nothing where something must be."""
    if cut:
        return f"{council.name}: {cut[0]} ends in the middle: only what stands before it was found"
    chosen = council.committees or council.not_committees or council.platform in ON_DISK
    if found or chosen or window.until - window.since < LONG:
        return None
    return (
        f"{council.name}: nothing is listed from {window.since} to {window.until}: has the council moved, or "
        f"has {council.address} a new layout? See it with a browser; raise days_back if it meets so seldom"
    )


def _guarded(ask: Ask, cut: list[str]) -> Ask:
    """The asking, with block and login pages refused and pages that end in the middle noted."""

    def answer(url: str, question: str = "", /) -> str:
        text = refuse_strangers(ask(url, question) if question else ask(url), url)
        if re.match(r"\s*(?:<!doctype[^>]*>\s*)?<html", text, re.I) and not WHOLE.search(text[-5000:]):
            cut.append(url)
        return text

    return answer


def _told(text: str, council: Council) -> str:
    """The problem with the council's name, and without its token, which is in the addresses that it sends."""
    token = council.token.get_secret_value()
    text = text.replace(token, "…") if token else text
    return text if text.startswith(council.name) else f"{council.name}: {text}"
