"""Fetching with manners: robots.txt obeyed, one request at a time a host with a pause, validators sent back,
nothing fetched twice.

Every body is kept in the archive, which is the cache too: an address that says 304 gives the bytes that are
there.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import defaultdict
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import stamina
from protego import Protego

from extractors import __version__
from pipeline.archive import Archive
from pipeline.errors import (
    Certificate,
    Forbidden,
    Gone,
    NotFetched,
    Refused,
    Unreachable,
    WebPage,
)
from pipeline.night.connect import Guard
from pipeline.night.turns import prepared, turn
from pipeline.sources.careful import refuse_strangers

log = logging.getLogger("minutebook")
REDIRECTS = 5
SECONDS = 300.0
"""A request that takes longer, from its first byte to its last, is given up."""
ROBOTS = 500 << 10
"""Bytes of a robots.txt that are read: what RFC 9309, 2.5, asks of a crawler at least; the rest is left."""
ROBOTS_SECONDS = 60.0
LONGEST_WAIT = 120.0
"""A Retry-After longer than this is left for the next night."""
TRIES = 4
HEAD = 1024
"""Bytes among which a PDF must say that it is one, and a page in what charset it is."""
CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]{2,40})", re.I)


@dataclass(frozen=True, slots=True)
class Got:
    """A body as fetched, or as kept from before: its hash and whether the bytes are new to the archive."""

    sha256: str
    new: bool
    url: str
    unchanged: bool
    bytes: int = 0
    """That came; none when nothing had changed."""


class Busy(Exception):
    """The host asks to come back later."""

    def __init__(self, wait: float | None, status: int) -> None:
        super().__init__(f"status {status}")
        self.wait, self.status = wait, status


class Fetcher:
    """One for a night: it knows each host's robots.txt and when it was last asked."""

    def __init__(
        self,
        archive: Archive,
        *,
        contact: str = "",
        pace: float = 1.0,
        private: bool = False,
        largest: int = 300_000_000,
        turns: Path | None = None,
        proxy: str = "",
    ) -> None:
        self.archive, self.pace, self.largest, self.proxy = archive, pace, largest, proxy
        self.turns = prepared(turns or archive.folder / "turns")
        self.agent = (
            f"minutebook/{__version__} (reads published council papers; {contact or 'no contact given'})"
        )
        transport = httpx.HTTPTransport(retries=0, proxy=proxy or None)
        transport._pool._network_backend = self._guard = Guard(private, proxy)  # pyright: ignore[reportPrivateUsage] - the place where httpcore lets connections be made
        self.client = httpx.Client(
            transport=transport,
            headers={"User-Agent": self.agent},
            timeout=httpx.Timeout(30.0, read=60.0),
            follow_redirects=False,
        )
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._robots: dict[str, Protego] = {}
        self.moved: dict[str, str] = {}
        """Hosts that say that they moved for good, and where to."""
        self.paces: dict[str, float] = {}

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

    # --- the one verb ---

    def get(self, url: str, *, suffix: str = ".pdf", question: str = "") -> Got:
        """The body at an address, kept in the archive; a service that must be sent something is sent the
        question (JSON). Raises NotFetched (Forbidden among it) with the reason; every try is recorded."""
        start, url = url, f"{url}#{question}" if question else url
        kept = self.archive.last(url)
        try:
            return self._follow(start, url, kept, suffix, question)
        except NotFetched as error:
            self.archive.record(url, error=str(error))
            raise
        except (httpx.HTTPError, Busy) as error:
            told = self._told(url, error)
            self.archive.record(url, error=str(told)[:300])
            raise told from error

    def text(self, url: str, question: str = "", /) -> str:
        """The body at an address as text (a list, a web service's answer to a question)."""
        got = self.get(url, suffix=".txt", question=question)
        return text_of(self.archive.path(got.sha256, ".txt").read_bytes())

    def _follow(self, here: str, url: str, kept: Any, suffix: str, question: str) -> Got:
        for _ in range(REDIRECTS + 1):
            self._check(here)
            answer = self._ask_again(here, url, kept, suffix, question)
            if isinstance(answer, Got):
                return answer
            here = self._led(here, answer)
        raise NotFetched(f"{url}: redirected more than {REDIRECTS} times")

    def _led(self, here: str, there: str) -> str:
        """Where a redirect leads to. Another site is remembered: the council may have moved."""
        there = urljoin(here, there)
        old, new = urlsplit(here), urlsplit(there)
        if old.netloc.removeprefix("www.") != new.netloc.removeprefix("www."):
            self.moved[old.netloc] = there
        return there

    def _told(self, url: str, error: Exception) -> Unreachable:
        """Why the host could not be asked, in words that say what to do."""
        words = str(error)
        if "CERTIFICATE_VERIFY_FAILED" in words:
            return Certificate(
                f"{url}: its certificate is not valid ({_why_not_valid(words)}), so nobody can tell who "
                "answers: tell the council's webmaster; nothing is fetched from there until it is mended"
            )
        if isinstance(error, Busy):
            return Unreachable(f"{url}: status {error.status}: the site is busy and asks us to come later")
        if isinstance(error, httpx.TimeoutException):
            return Unreachable(f"{url}: the site does not answer in time")
        if isinstance(error, httpx.ConnectError | httpx.ProxyError):
            return Unreachable(f"{url}: cannot be connected to ({words})")
        return Unreachable(f"{url}: the answer broke off ({words})")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Forbidden(f"{url}: only http and https are fetched")
        if self.proxy:
            self._guard.refuse_private(parts.hostname)
        if not self._rules(parts.scheme, parts.netloc).can_fetch(url, self.agent):
            raise Forbidden(f"{url}: robots.txt does not allow it")

    def _ask_again(self, here: str, url: str, kept: Any, suffix: str, question: str) -> Got | str:
        """Ask, and again when the host is busy or the line breaks: after Retry-After where it says so, else
        after growing pauses."""
        for attempt in stamina.retry_context(
            on=lambda e: _wait_for(e, self), attempts=TRIES, timeout=None, wait_initial=0.5, wait_max=20.0
        ):
            with attempt:
                return self._ask(here, url, kept, suffix, question)
        raise NotFetched(f"{url}: no answer")

    # --- a request ---

    def _rules(self, scheme: str, host: str) -> Protego:
        if host not in self._robots:
            try:
                text = self._robots_text(f"{scheme}://{host}/robots.txt", host)
            except Forbidden:
                raise
            except NotFetched as error:
                raise Unreachable(f"{host}: does not answer ({error})") from error
            except httpx.HTTPError as error:
                raise self._told(host, error) from error
            self._robots[host] = Protego.parse(text)
        return self._robots[host]

    def _robots_text(self, url: str, host: str) -> str:
        """The beginning of a robots.txt; all forbidden when the host is in trouble, nothing when it has
        none."""
        with (
            self._turn(host),
            self._guard.limit(url, min(SECONDS, ROBOTS_SECONDS)),
            self.client.stream("GET", url) as answer,
        ):
            if answer.status_code >= 500:
                return "User-agent: *\nDisallow: /"
            if answer.status_code != 200:
                return ""
            head = b""
            for chunk in answer.iter_bytes():
                head += chunk
                if len(head) >= ROBOTS:
                    break
        return head[:ROBOTS].decode("utf-8", "replace")

    @contextmanager
    def _turn(self, host: str) -> Generator[None]:
        """A turn at the host: one at a time, a pause after the last."""
        rules = self._robots.get(host)
        asked_for = float(rules.crawl_delay(self.agent) or 0) if rules else 0.0
        pace = min(max(self.paces.get(host, self.pace), asked_for), LONGEST_WAIT)
        with self._locks[host], turn(self.turns, host, pace):
            yield

    def _ask(self, here: str, url: str, kept: Any, suffix: str, question: str) -> Got | str:
        headers: dict[str, str] = {"Content-Type": "application/json"} if question else {}
        verb = "POST" if question else "GET"
        if kept and self.archive.path(kept.sha256, suffix).exists():
            headers |= {"If-None-Match": kept.etag} if kept.etag else {}
            headers |= {"If-Modified-Since": kept.last_modified} if kept.last_modified else {}
        with (
            self._turn(urlsplit(here).netloc),
            self._guard.limit(url, SECONDS),
            self.client.stream(verb, here, headers=headers, content=question or None) as answer,
        ):
            if answer.status_code == 304 and kept:
                return Got(kept.sha256, False, here, True)
            if answer.is_redirect:
                return answer.headers.get("location", "")
            if answer.status_code in (429, 503):
                raise Busy(retry_after(answer.headers.get("retry-after")), answer.status_code)
            if answer.status_code in (404, 410):
                raise Gone(f"{url}: status {answer.status_code}")
            if answer.status_code in (401, 403):
                raise Refused(
                    f"{url}: status {answer.status_code}: the site lets others in and not us: ask its "
                    "council to let Minutebook in (the User-Agent names you), or raise `pace`"
                )
            if answer.status_code != 200:
                raise NotFetched(f"{url}: status {answer.status_code}")
            return self._keep(answer, here, url, kept, suffix)

    def _keep(self, answer: httpx.Response, here: str, url: str, kept: Any, suffix: str) -> Got:
        length = answer.headers.get("content-length")
        if length and length.isdigit() and int(length) > self.largest:
            raise NotFetched(f"{url}: {int(length):,} bytes are more than the {self.largest:,} allowed")
        sha256, size, new = self.archive.store(self._body(answer, url, suffix), suffix)
        if length and length.isdigit() and not answer.headers.get("content-encoding") and int(length) != size:
            if new:
                self.archive.path(sha256, suffix).unlink(missing_ok=True)
            raise httpx.ReadError(f"{size} of {length} bytes came")
        unchanged = bool(kept and kept.sha256 == sha256)
        self.archive.record(
            url,
            final_url=here,
            status=answer.status_code,
            sha256=sha256,
            bytes=size,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
        )
        return Got(sha256, new, here, unchanged, size)

    def _body(self, answer: httpx.Response, url: str, suffix: str) -> Iterable[bytes]:
        """The body as it comes, with a limit on its size; what is not a PDF where one is asked for is
        told for what it is."""
        size, head, known = 0, b"", suffix != ".pdf"
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > self.largest:
                raise NotFetched(f"{url}: more than the {self.largest:,} bytes allowed")
            if not known:
                head += chunk
                if len(head) < HEAD:  # a first chunk may be one byte long
                    continue
                _refuse_what_is_no_pdf(head, url)
                chunk, known = head, True
            yield chunk
        if not known:
            if not head:
                raise NotFetched(f"{url}: an empty body")
            _refuse_what_is_no_pdf(head, url)
            yield head


def _why_not_valid(words: str) -> str:
    known = {
        "expired": "it has expired",
        "mismatch": "it is another host's",
        "not valid for": "it is another host's",
        "self-signed": "it is signed by nobody that is known",
        "self signed": "it is signed by nobody that is known",
        "local issuer": "it is signed by nobody that is known, or the site does not send the whole chain",
    }
    return next((why for part, why in known.items() if part in words), words[-80:])


def _refuse_what_is_no_pdf(chunk: bytes, url: str) -> None:
    head = chunk[:HEAD].lstrip()
    if b"%PDF" in head:
        return
    if (
        head[:200].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<?xml"))
        or b"<html" in head.lower()
    ):
        refuse_strangers(text_of(chunk), url)
        raise WebPage(f"{url}: a web page, not a PDF: the site gave an error page under the paper's name")
    raise NotFetched(f"{url}: not a PDF (it begins {head[:12]!r})")


def text_of(body: bytes) -> str:
    """A page's bytes as text: UTF-8 where they are, else what the page says that they are, else what old
    Windows servers send and say nothing of."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = CHARSET.search(body[:HEAD])
        name = told[1].decode("ascii") if told else ""
    try:
        return body.decode(name if name.lower() not in ("", "utf-8", "utf8") else "cp1252", "replace")
    except LookupError:
        return body.decode("cp1252", "replace")


def retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After asks for, told as seconds or as a date; None when it says nothing."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _wait_for(error: Exception, fetcher: Fetcher) -> float | bool:
    """What stamina is to do: wait so long, wait as it likes (True), or give up (False)."""
    if isinstance(error, Busy):
        if error.wait is not None and error.wait > LONGEST_WAIT:
            return False
        return error.wait if error.wait is not None else True
    return isinstance(
        error,
        (
            httpx.ReadError,
            httpx.RemoteProtocolError,
            httpx.ConnectError,
            httpx.ReadTimeout,
            httpx.ConnectTimeout,
        ),
    )
