"""A mail server for tests: takes every mail and keeps it, or refuses those to some addresses."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Talk(socketserver.StreamRequestHandler):
    """One conversation in SMTP, as far as smtplib speaks it."""

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))
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
