"""A running site over the fixtures and a typeset year, and a browser to use it with: Debian's chromium."""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from fixtures.year import typeset
from pipeline.commands.afterwards import saved_of
from pipeline.commands.serving import page_at
from pipeline.config import Settings
from search.links import Links, Wish
from tests.conftest import FIXTURES, free_port, once, run_command
from tests.nights import SECRET
from tests.sink import Server, mail_sink

READER = "reporter@example.org"
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")


@dataclass(frozen=True)
class Site:
    """Where it answers, and its index."""

    address: str
    index: Path

    def first(self, sql: str) -> str:
        """The first value of a query, as a step of an address."""
        with closing(sqlite3.connect(self.index)) as db:
            return quote(db.execute(sql).fetchone()[0], safe="")

    def pages(self) -> dict[str, str]:
        """An address of every kind of page."""
        entry = "SELECT key FROM entries WHERE kind = '{}' AND text LIKE '%{}%' ORDER BY key LIMIT 1"
        council, paper = (
            "Fenwater%20Borough%20Council",
            self.first("SELECT document_id FROM documents WHERE pages > 3 ORDER BY 1 LIMIT 1"),
        )
        officer = self.first("SELECT name FROM report_contacts ORDER BY name LIMIT 1")
        return {
            "home": "/",
            "search": "/?q=landfill",
            "nothing": "/?q=zzyzx+qwxyz&kind=motion",
            "compare": f"/compare?q=report&council={council}&council=Aldermere%20Borough%20Council",
            "entry": f"/entry/{self.first(entry.format('resolution', 'landfill'))}",
            "motion": f"/entry/{self.first(entry.format('motion', 'parking'))}",
            "embed": f"/embed/{self.first(entry.format('resolution', 'landfill'))}",
            "meeting": f"/meeting/{self.first('SELECT meeting_id FROM motions ORDER BY meeting_id LIMIT 1')}",
            "division": f"/division/{self.first('SELECT motion_id FROM votes ORDER BY motion_id LIMIT 1')}",
            "table": f"/table/{self.first('SELECT table_id FROM tables ORDER BY n_rows DESC LIMIT 1')}",
            "person": "/person/fenwater-borough-council-person-joseph-pike",
            "officer": f"/officer/Aldermere%20Borough%20Council/{officer}",
            "council": f"/council/{council}",
            "unknown council": "/council/unknown",
            "body": f"/council/{council}/Finance%20and%20Services%20Committee",
            "paper": f"/paper/{paper}/3?q=committee",
            "votes": "/records/votes?choice=against",
            "attendance": "/records/attendance",
            "declarations": "/records/declarations",
            "officers": "/records/officers",
            "matter": f"/matter/{self.first('SELECT matter_id FROM matters ORDER BY matter_id LIMIT 1')}",
            "matters": "/records/matters",
            "number": "/?q=25/00321/FUL",
            "about": "/about",
            "help": "/help",
            "api": "/api",
            "data": "/data",
            "missing": "/entry/none",
            "error": "/?kind=nothing",
        }


@pytest.fixture(scope="session")
def year(output, tmp_path_factory) -> Path:
    """The fixtures' datasets with a typeset year beside them: a folder of `out`, `papers`, `index.sqlite`."""

    def make(folder: Path) -> None:
        shutil.copytree(output, folder / "out")
        typeset(folder / "papers")
        for file in FIXTURES.glob("*.pdf"):
            shutil.copy(file, folder / "papers")
        papers = sorted((folder / "papers").glob("fenwater*.pdf"))
        for arguments in (
            ("extract", *papers, "-o", folder / "out"),
            ("people", folder / "out"),
            ("bodies", folder / "out"),
            ("index", folder / "out", "--index", folder / "index.sqlite"),
        ):
            done = run_command(*arguments, cwd=None)
            assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "site", make)


@pytest.fixture(scope="module")
def site(year) -> Generator[Site]:
    """A running server."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = ["web", "--index", year / "index.sqlite", "--papers", year / "papers", "--output", year / "out"]
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", *map(str, command), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            httpx.get(address + "/about")
            break
        except httpx.HTTPError:
            time.sleep(0.2)
    yield Site(address, year / "index.sqlite")
    server.terminate()
    server.wait()


@dataclass(frozen=True)
class MailingSite:
    """One where mail is set up: its address and settings, the links of mails, what was mailed."""

    address: str
    settings: Settings
    links: Links
    sink: Server

    def pages(self) -> dict[str, str]:
        """An address of every kind of page that mails lead to, and of those that lead to mails."""
        store = saved_of(self.settings)
        for asked in ("q=landfill&kind=resolution", "council=Fenwater+Borough+Council"):
            store.start(READER, asked, "daily", ())
        first = store.of(READER)[0]
        wish = Wish(READER, "q=landfill", "weekly")
        links = {
            "start": self.links.to_start(wish),
            "own": self.links.to_own(READER),
            "unsubscribe": self.links.to_end_saved(first.number, READER),
        }
        return {
            "saved": "/saved?q=landfill&kind=resolution",
            "search by mail": "/?q=landfill",
            "cut link": "/saved/start?t=cut",
            **{name: link.removeprefix(self.address) for name, link in links.items()},
        }


@pytest.fixture(scope="module")
def mailing_site(year, tmp_path_factory) -> Generator[MailingSite]:
    """As `minutebook serve` serves it, over the same index."""
    folder, port = tmp_path_factory.mktemp("mailing"), free_port()
    address = f"http://127.0.0.1:{port}"
    with mail_sink() as sink:
        settings = Settings.model_validate(
            {
                "output": str(year / "out"),
                "archive": str(folder / "archive"),
                "index": str(year / "index.sqlite"),
                "smtp": {"host": "127.0.0.1", "port": sink.port},
                "secret": SECRET,
                "site": address,
            }
        )
        with page_at(settings, "127.0.0.1", port):
            yield MailingSite(address, settings, Links(address, SECRET), sink)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def folder_at(folder: Path) -> Generator[str]:
    """The address of a folder's files, for the length of a block: another site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser():
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield b
        b.close()


@pytest.fixture
def page(browser):
    """A page in which nothing may fail: no script error, nothing that the policy forbids."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda e: page.problems.append(str(e)))
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    yield page
    assert page.problems == []
    context.close()
