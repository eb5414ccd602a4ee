"""Connections that go only where they may, and end when their time is over."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpcore

from pipeline.errors import Forbidden, NotFetched


class Guard(httpcore.SyncBackend):
    """Connects only to addresses that are allowed, at the moment of connecting: a name cannot be pointed
    elsewhere after it was checked. Within a `limit`, everything that this thread asks has so long in all."""

    def __init__(self, private: bool, proxy: str = "") -> None:
        super().__init__()
        self.private = private
        self._proxy = urlsplit(proxy).hostname
        """May be anywhere: the operator named it."""
        self._thread = threading.local()

    @contextmanager
    def limit(self, url: str, seconds: float) -> Generator[None]:
        """A block whose requests raise NotFetched when they have taken so long, however steadily they
        trickle."""
        self._thread.slow = f"{url}: slower than {seconds:g} s"
        self._thread.ends = time.monotonic() + seconds
        try:
            yield
        finally:
            del self._thread.ends

    @contextmanager
    def timeout(self, asked: float | None) -> Generator[float | None]:
        """The timeout for one read or write: what was asked for, or what is left of the limit if that is
        less. Raises NotFetched when the limit is over, before or in the block."""
        ends: float | None = getattr(self._thread, "ends", None)
        if ends is None:
            yield asked
            return
        left = ends - time.monotonic()
        if left <= 0:
            raise NotFetched(self._thread.slow)
        try:
            yield left if asked is None else min(asked, left)
        except httpcore.TimeoutException as error:
            if asked is None or left < asked:
                raise NotFetched(self._thread.slow) from error
            raise

    def refuse_private(self, host: str) -> None:
        """Raise Forbidden for a host that a proxy is to be asked for and that is no public one, as far as its
        name is known here."""
        with suppress(OSError):
            self._refuse(host, [str(info[4][0]) for info in socket.getaddrinfo(host, None)])

    def _refuse(self, host: str, addresses: list[str]) -> None:
        if not self.private and any(not ipaddress.ip_address(a).is_global for a in addresses):
            raise Forbidden(f"{host} is not a public address: set private_addresses to allow it")

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, connect to the first."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"{host}: no such host") from error
        addresses = [str(info[4][0]) for info in found]
        if host != self._proxy:
            self._refuse(host, addresses)
        stream = super().connect_tcp(addresses[0], port, timeout, local_address, socket_options)
        return Timed(stream, self)


class Timed(httpcore.NetworkStream):
    """A stream whose reads and writes keep to its guard's limit: a server that sends a byte a minute keeps
    every timeout of a single read."""

    def __init__(self, stream: httpcore.NetworkStream, guard: Guard) -> None:
        self._stream, self._guard = stream, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes as they come."""
        with self._guard.timeout(timeout) as seconds:
            return self._stream.read(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        with self._guard.timeout(timeout) as seconds:
            self._stream.write(buffer, seconds)

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same stream, encrypted."""
        with self._guard.timeout(timeout) as seconds:
            return Timed(self._stream.start_tls(ssl_context, server_hostname, seconds), self._guard)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream."""
        return self._stream.get_extra_info(info)
