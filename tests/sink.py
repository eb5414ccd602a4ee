"""Servers for tests that keep what they are sent: of mails, and of posts. Some addresses are refused."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Talk(socketserver.StreamRequestHandler):
    """One conversation in SMTP, as far as smtplib speaks it."""

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.raw.append(b"".join(lines))
                self.server.mails.append(message_from_bytes(self.server.raw[-1], policy=policy.default))
            refused = word == "RCPT" and any(address in line for address in self.server.refused)
            self.say("550 no such mailbox" if refused else "221 bye" if word == "QUIT" else "250 well")
            if word == "QUIT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, refused: tuple[str, ...]) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.refused = refused

    @property
    def port(self) -> int:
        return self.server_address[1]

    def to(self, address: str) -> list[EmailMessage]:
        """The mails that an address got."""
        return [m for m in self.mails if m["To"] == address]


@contextmanager
def mail_sink(*refused: str):
    """A server for the length of a block; mails to the refused addresses bounce at once."""
    server = Server(refused)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Posts(BaseHTTPRequestHandler):
    """Takes every request and keeps it: (verb, path, headers, body)."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.posts.append((self.command, self.path, dict(self.headers), body.decode()))
        self.send_response(500 if self.path in self.server.refused else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def post_sink(*refused: str):
    """A web server for the length of a block, with what it was sent in `posts`; refused paths fail."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Posts)
    server.posts, server.refused = [], refused
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
