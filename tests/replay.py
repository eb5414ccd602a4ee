"""Councils' sites played back: modern.gov by service and by pages, Legistar, and the faults that real sites
have, with fixture PDFs behind."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from tests.conftest import FIXTURES

PACK = (FIXTURES / "aldermere-pack.pdf").read_bytes()
MINUTES = (FIXTURES / "pinewater-minutes.pdf").read_bytes()
NOTICE = (FIXTURES / "pinewater-notice.pdf").read_bytes()


class Site:
    """What the server answers, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, str, str, dict[str, str]]] = []
        self.papers: dict[str, bytes] = {
            "/documents/g1/Public reports pack 12th-Sep-2024 18.30 Environment.pdf": PACK,
            "/documents/s2/Minutes.pdf": MINUTES,
            "/documents/s3/Notice.pdf": NOTICE,
        }
        self.robots = ""
        self.busy: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.faults: dict[str, str] = {}
        self.held: dict[str, Callable[[], bool]] = {}
        """Papers that trickle until something has happened."""
        self.service = True
        self.lock = threading.Lock()
        self.extra: dict[str, tuple[str, str]] = {}

    def times(self, path: str) -> int:
        return sum(1 for _, _, p, _ in self.asked if p == path)


def service_answers(site: Site, path: str, query: dict[str, list[str]]) -> str | None:
    """modern.gov's web service."""
    if path.endswith("/GetCommittees"):
        committee = (
            "<committee><committeeid>{}</committeeid><committeetitle>{}</committeetitle>"
            "<committeedeleted>{}</committeedeleted></committee>"
        )
        listed = (7, "Environment Committee", False), (8, "Old Committee", True)
        return f"<committees>{''.join(committee.format(*c) for c in listed)}</committees>"
    if path.endswith("/GetAllMeetingsByDate"):
        return (
            "<getmeetingsbydate><meetings><meeting><meetingid>1</meetingid><committeeid>7</committeeid>"
            "<committeetitle>Environment Committee</committeetitle><meetingdate>12/09/2024</meetingdate>"
            "</meeting></meetings></getmeetingsbydate>"
        )
    if path.endswith("/GetMeetings"):
        return (
            "<getmeetings><committee><committeemeetings><meeting><meetingid>1</meetingid>"
            "<meetingdate>12/09/2024</meetingdate></meeting></committeemeetings></committee></getmeetings>"
        )
    if path.endswith("/GetMeeting"):
        docs = "".join(
            f"<linkeddoc><title>{unquote(p.rsplit('/', 1)[-1])}</title><url>{p.replace(' ', '%20')}</url>"
            "<isrestricted>False</isrestricted></linkeddoc>"
            for p in site.papers
        )
        return (
            "<meeting><meetingid>1</meetingid><meetingdate>12/09/2024</meetingdate><agendaitems><agendaitem>"
            f"<linkeddocuments>{docs}<linkeddoc><title>Secret</title><url>/documents/s9/Secret.pdf</url>"
            "<isrestricted>True</isrestricted></linkeddoc></linkeddocuments></agendaitem></agendaitems>"
            '<attendees><attendee name="Councillor Priya Nandakumar" attendance="Present"/></attendees>'
            "</meeting>"
        )
    return None


def page_answers(site: Site, path: str, query: dict[str, list[str]]) -> str | None:
    """modern.gov's pages."""
    if path == "/mgListCommittees.aspx":
        return (
            '<ul><li><a href="mgCommitteeDetails.aspx?ID=7">Environment Committee</a></li>'
            '<li><a href="http://elsewhere.example/">Elsewhere</a></li></ul>'
        )
    if path == "/mgDelegatedDecisions.aspx":
        return '<div id="modgov">No decisions</div>'
    if path == "/ieListMeetings.aspx":
        return '<a href="ieListDocuments.aspx?CId=7&amp;MId=1&amp;Ver=4">12 Sep 2024 6.30 pm</a>'
    if path == "/ieListDocuments.aspx":
        return "".join(f'<a href="{p.replace(" ", "%20")}">{p}</a>' for p in site.papers)
    return None


def legistar_answers(site: Site, path: str, query: dict[str, list[str]], base: str) -> str | None:
    """Legistar's web API: a full page of events and the rest."""
    if path == "/v1/pineport/events":
        skip, top = int(query["$skip"][0]), int(query["$top"][0])
        events = [
            {
                "EventId": i,
                "EventBodyName": "City Council",
                "EventDate": "2024-05-21T00:00:00",
                "EventAgendaFile": None,
                "EventMinutesFile": f"{base}/documents/s2/Minutes.pdf" if i == 1002 else None,
                "EventItems": [
                    {
                        "EventItemId": 5,
                        "EventItemTitle": "Tender",
                        "EventItemMover": "M. Yoder",
                        "EventItemPassedFlagName": "Pass",
                    }
                ]
                if i == 1002
                else [],
            }
            for i in range(1003)
        ]
        return json.dumps(events[skip : skip + top])
    if path == "/v1/pineport/eventitems/5/votes":
        return json.dumps([{"VotePersonName": "M. Yoder", "VoteValueName": "Aye"}])
    return None


TRICKLES = {
    "slow headers": (b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n", 0.05),
    "endless": (b"HTTP/1.1 200 OK\r\n\r\n", b"# nothing is forbidden here\n" * 1000, 0.0),
}
"""A fault's first bytes, those that follow for ever, and the seconds between."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        path, query = unquote(parts.path), parse_qs(parts.query)
        with self.site.lock:
            self.site.asked.append((time.monotonic(), self.headers["Host"], path, dict(self.headers)))
            waiting = self.site.busy.get(path)
            busy = waiting.pop(0) if waiting else None
        if busy:
            return self.give(b"", "text/plain", busy[0], busy[1])
        if path == "/robots.txt" and path in self.site.faults:
            return self.fail(self.site.faults[path])
        if path == "/robots.txt":
            return self.give(self.site.robots.encode(), "text/plain")
        fault = self.site.faults.get(path)
        if fault:
            return self.fail(fault)
        base = f"http://{self.headers['Host']}"
        if path in self.site.held:
            return self.hold(self.site.papers[path], self.site.held[path])
        if path in self.site.papers:
            return self.give(self.site.papers[path], "application/pdf")
        if path in self.site.extra:
            return self.give(self.site.extra[path][0].encode(), self.site.extra[path][1])
        text = (
            (service_answers(self.site, path, query) if self.site.service else None)
            or page_answers(self.site, path, query)
            or legistar_answers(self.site, path, query, base)
        )
        if text is None:
            return self.give(b"<html>no such page</html>", "text/html", 404)
        return self.give(text.encode(), "text/xml")

    def give(self, body: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None) -> None:
        tag = f'"{hashlib.md5(body).hexdigest()}"'
        if status == 200 and body and self.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", kind)
        for k, v in (more or {}).items():
            self.send_header(k, v)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def fail(self, fault: str):
        if fault == "html":
            return self.give(
                b"<!DOCTYPE html><html><body>Sorry, an error occurred</body></html>", "text/html"
            )
        if fault.startswith("redirect "):
            return self.give(b"", "text/plain", 302, {"Location": fault[9:]})
        if fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", str(len(PACK)))
            self.end_headers()
            self.wfile.write(PACK[: len(PACK) // 2])
            self.close_connection = True
            return None
        if fault == "huge":
            self.send_response(200)
            self.send_header("Content-Length", "999999999999")
            self.end_headers()
            self.close_connection = True
            return None
        if fault == "one byte":
            self.send_response(200)
            self.send_header("Content-Length", str(len(NOTICE)))
            self.end_headers()
            self.wfile.write(NOTICE[:1])
            self.wfile.flush()
            time.sleep(0.1)
            self.wfile.write(NOTICE[1:])
            return None
        if fault == "slow":
            self.send_response(200)
            self.send_header("Content-Length", str(len(NOTICE)))
            self.end_headers()
            try:
                for i in range(0, len(NOTICE), 400):
                    self.wfile.write(NOTICE[i : i + 400])
                    time.sleep(0.1)
            except OSError:
                pass
            return None
        if fault in TRICKLES:
            return self.trickle(*TRICKLES[fault])
        raise AssertionError(fault)

    def hold(self, body: bytes, until: Callable[[], bool]) -> None:
        """Send a byte at a time until something has happened, then the rest."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        sent = 0
        while not until() and sent < len(body):
            self.wfile.write(body[sent : sent + 1])
            sent += 1
            time.sleep(0.2)
        self.wfile.write(body[sent:])

    def trickle(self, first: bytes, again: bytes, pause: float) -> None:
        """Send what comes first, and the rest over and over until nobody listens."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(first)
            while True:
                time.sleep(pause)
                self.wfile.write(again)


@contextmanager
def playing(site: Site | None = None):
    """A server for the length of a block: (site, its address)."""
    site = site or Site()
    handler = type("Playing", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def conditional(site: Site, since: int = 0) -> list[str]:
    """Requests after the first `since` that were not conditional, robots.txt left out."""
    return [
        p
        for _, _, p, h in site.asked[since:]
        if p != "/robots.txt" and not re.search("If-None-Match", " ".join(h))
    ]
