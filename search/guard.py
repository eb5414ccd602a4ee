"""What stands before every answer: a limit on requests, safety headers, HEAD."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import anyio

Dress = Callable[[str, str], str]
"""Makes a page of a title and words."""
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
log = logging.getLogger("minutebook")

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
AT_ONCE = 12
"""Requests of one address that are answered at a time: others' are not to wait behind them."""
PATIENCE = 20.0
"""Seconds that a request waits for its turn."""
FOR_A_MINUTE = b"public, max-age=60"
"""How long an answer may be kept: pages change when the index does, a withdrawn paper is to be gone soon."""
EMBEDDED = "/embed/"
"""Where answers are made to be shown in other sites' pages."""


class Limiter:
    """So many requests a minute from an address, and so many at a time; the least recently seen addresses are
    forgotten."""

    def __init__(self, a_minute: int, at_once: int = AT_ONCE) -> None:
        self.a_minute, self.at_once = a_minute, at_once
        self._seen: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()

    def allows(self, address: str) -> bool:
        """Whether one more request is allowed now: a bucket that fills again with time."""
        now = time.monotonic()
        with self._lock:
            left, then = self._seen.pop(address, (float(self.a_minute), now))
            left = min(self.a_minute, left + (now - then) * self.a_minute / 60)
            self._seen[address] = (left - 1 if left >= 1 else left, now)
            while len(self._seen) > 10_000:
                self._seen.popitem(last=False)
        return left >= 1

    async def turn(self, address: str) -> bool:
        """Wait until fewer than so many of the address's requests are being answered; waiting takes no
        worker. False after PATIENCE. Who had a turn says when it `ends`."""
        ends = time.monotonic() + PATIENCE
        while not self._begins(address):
            if time.monotonic() > ends:
                return False
            await anyio.sleep(0.02)
        return True

    def _begins(self, address: str) -> bool:
        with self._lock:
            free = self._now[address] < self.at_once
            self._now[address] += int(free)
        return free

    def ends(self, address: str) -> None:
        """A request was answered."""
        with self._lock:
            self._now[address] -= 1
            if self._now[address] <= 0:
                del self._now[address]


class Guard:
    """ASGI: an address that asks too often is told to wait, every answer carries the safety headers, HEAD is
    answered as GET without a body, and what fails is said so without saying how."""

    def __init__(self, app: App, limiter: Limiter, dress: Dress) -> None:
        self.app, self.limiter, self.dress = app, limiter, dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = Answer(scope, send, self.dress)
        address = scope["client"][0] if scope.get("client") else "?"
        if not (self.limiter.allows(address) and await self.limiter.turn(address)):
            await answer.plainly(
                429, "Too many requests", "wait a minute, then ask again", {"retry-after": "60"}
            )
            return
        try:
            get = {**scope, "method": "GET"} if answer.is_head else scope
            await self.app(get, receive, answer)
        except Exception:
            log.exception("%s", scope.get("path"))
            if answer.begun:
                raise
            await answer.plainly(500, "Something failed here", "it was noted; other pages may work")
        finally:
            self.limiter.ends(address)


class Answer:
    """The way out: puts the headers on, leaves the body of a HEAD out."""

    def __init__(self, scope: Scope, send: Send, dress: Dress) -> None:
        self._send, self._dress, self.begun = send, dress, False
        accepted = (v for k, v in scope.get("headers", ()) if k.lower() == b"accept")
        self._reads_pages = any(b"text/html" in v for v in accepted)
        self.is_head = scope["method"] == "HEAD"
        frames = "*" if scope["path"].startswith(EMBEDDED) else "'none'"
        self._headers = {**HEADERS, "Content-Security-Policy": POLICY.format(frames=frames)}

    async def __call__(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.begun = True
            own = [(k.lower().encode(), v.encode()) for k, v in self._headers.items()]
            if not any(k.lower() == b"cache-control" for k, _ in message["headers"]):
                kept = FOR_A_MINUTE if message["status"] == 200 else b"no-store"
                own.append((b"cache-control", kept))
            named = {k for k, _ in own}
            message = {
                **message,
                "headers": [*(h for h in message["headers"] if h[0].lower() not in named), *own],
            }
        elif self.is_head:
            message = {**message, "body": b""}
        await self._send(message)

    async def plainly(
        self, status: int, title: str, words: str, headers: dict[str, str] | None = None
    ) -> None:
        """A whole answer: a page for those who read pages, else a line of text."""
        kind = "text/html" if self._reads_pages else "text/plain"
        body = (self._dress(title, words) if self._reads_pages else f"{title}: {words}").encode()
        told = {
            "content-type": f"{kind}; charset=utf-8",
            "content-length": str(len(body)),
            **(headers or {}),
        }
        listed = [(k.encode(), v.encode()) for k, v in told.items()]
        await self({"type": "http.response.start", "status": status, "headers": listed})
        await self({"type": "http.response.body", "body": body})
