"""Care that is taken of every platform's module: each paper once, a trouble costs what it touches, and what a
site can answer wrongly is told in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from pipeline.errors import AnotherLayout, LoginPage, NotFetched, Refused, Silence, Unreachable

if TYPE_CHECKING:
    from pipeline.sources import Ask, Council, Publication, Source, Window

MOST = 50_000
"""Papers of a council in one night: more is a list that never ends."""
IN_A_ROW = 3
"""Requests to a host in trouble before the others are left."""
ON_DISK = ("folder", "links")
"""Platforms whose address is a path."""
WHOLE = re.compile(r"</(?:html|body)\s*>", re.I)
BLOCKS = re.compile(
    r"incapsula|request (?:unsuccessful|rejected|blocked)|just a moment|attention required|ray id|captcha|"
    r"pardon our interruption|checking (?:if the site connection is secure|your browser)|security check|"
    r"access (?:to this page has been )?denied|are you (?:a )?(?:human|robot)|403 forbidden|bot protection|"
    r"enable javascript and cookies|the requested url was rejected|you have been blocked|unusual traffic|"
    r"website firewall|too many requests",
    re.I,
)
LOGINS = re.compile(
    r"<title[^>]*>[^<]*\b(?:log ?in|log ?on|sign ?in|mewngofnodi|anmeld\w*|connexion|se connecter|iniciar "
    r"sesi[oó]n)\b|<h1[^>]*>\s*(?:please )?(?:log ?in|log ?on|sign ?in)\s*</h1>",
    re.I,
)
PASSWORD = re.compile(r"<input[^>]+type\s*=\s*[\"']?password", re.I)
SHORT = 60_000
"""Characters of the longest block page or page to log in, with its scripts."""
A_BLOCK = 1500
"""Characters that the words of a block page have at most: a real page may speak of it in passing."""
A_LOGIN = 15
"""A page with a field for a password and so many links is a site's own, with a box to log in."""

T = TypeVar("T")


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
            for paper in self._source.publications(council, window, guarded(ask, cut)):
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
            raise AnotherLayout(
                f"{council.name}: {council.platform} answered in a way that Minutebook does not know "
                f"({type(error).__name__}: {error}): has {council.address} a new layout or another platform?"
            ) from error
        if silence := _silent(council, window, bool(seen), cut):
            raise silence


def going_on(
    council: Council, items: Iterable[T], read: Callable[[T], Iterable[Publication]]
) -> Iterator[Publication]:
    """What `read` makes of each item. A page that fails costs itself only and is told at the end, by
    NotFetched; a host that does not answer, or asks to come later, is left after three pages in a row."""
    failures: list[NotFetched] = []
    asked = in_a_row = 0
    for item in items:
        asked += 1
        try:
            yield from read(item)
            in_a_row = 0
        except NotFetched as error:
            failures.append(error)
            in_a_row = in_a_row + 1 if isinstance(error, Unreachable) else 0
            if in_a_row == IN_A_ROW:
                raise type(error)(f"{council.name}: the site stopped answering; {error}") from error
    if failures:
        more = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
        sort = type(failures[0]) if len({type(f) for f in failures}) == 1 else NotFetched
        first = str(failures[0]).removeprefix(f"{council.name}: ")
        raise sort(f"{council.name}: {len(failures)} of {asked} pages gave nothing: {first}{more}")


def guarded(ask: Ask, cut: list[str]) -> Ask:
    """The asking, with block and login pages refused; pages that end in the middle are noted in `cut`."""

    def answer(url: str, question: str = "", /) -> str:
        text = ask(url, question) if question else ask(url)
        if text.lstrip("\ufeff \t\r\n").startswith("<"):
            refuse_strangers(text, url)
            if re.match(r"\s*(?:<!doctype[^>]*>\s*)?<html", text, re.I) and not WHOLE.search(text[-5000:]):
                cut.append(url)
        return text

    return answer


def refuse_strangers(text: str, url: str) -> None:
    """Raise NotFetched for a block page or a login page under status 200."""
    if len(text) <= SHORT and BLOCKS.search(text):
        bare = re.sub(r"<script\b.*?</script>|<style\b.*?</style>|<[^>]*>", " ", text, flags=re.I | re.S)
        words = " ".join(bare.split())
        if len(words) <= A_BLOCK and BLOCKS.search(words):
            raise Refused(
                f"{url}: a block page instead of an answer: the site takes us for an attack; ask its council "
                "to let Minutebook in (the User-Agent names you), or raise `pace`"
            )
    head = text[:SHORT]
    if LOGINS.search(head) or (PASSWORD.search(head) and head.lower().count("<a ") < A_LOGIN):
        raise LoginPage(
            f"{url}: a login page instead of an answer: is the address the public one, and the list public?"
        )


def _silent(council: Council, window: Window, found: bool, cut: list[str]) -> NotFetched | None:
    """What is to be told though nobody raised it: half a page, and nothing where something must be."""
    if cut:
        return NotFetched(
            f"{council.name}: {cut[0]} ends in the middle: only what stands before it was found"
        )
    chosen = council.committees or council.not_committees or council.platform in ON_DISK
    if found or chosen or not window.long:
        return None
    return Silence(
        f"{council.name}: nothing is listed from {window.since} to {window.until}: has the council moved, or "
        f"has {council.address} a new layout? See it with a browser; raise days_back if it meets so seldom"
    )


def _told(text: str, council: Council) -> str:
    """The problem with the council's name, and without its token, which is in the addresses that it sends."""
    token = council.token.get_secret_value()
    text = text.replace(token, "…") if token else text
    return text if text.startswith(council.name) else f"{council.name}: {text}"
