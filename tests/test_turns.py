"""Manners that hold over processes, and ways out through a proxy."""

from __future__ import annotations

import socketserver
import subprocess
import sys
import threading
from contextlib import contextmanager
from itertools import pairwise

import pytest

from pipeline.archive import Archive
from pipeline.errors import BadConfig, Forbidden, NotFetched
from pipeline.night.fetch import Fetcher
from pipeline.night.turns import turn
from pipeline.night.work import fetcher_for
from tests.conftest import REPO
from tests.nights import QUIET
from tests.replay import playing
from tests.test_mails import settings_of

ASK = """
import sys
from pathlib import Path
from pipeline.archive import Archive
from pipeline.night.fetch import Fetcher
folder, turns, base = sys.argv[1:]
fetcher = Fetcher(Archive(Path(folder)), pace=0.3, private=True, turns=Path(turns))
for i in range(3):
    fetcher.get(f"{base}/documents/s3/Notice.pdf")
"""


def test_two_processes_with_archives_of_their_own_keep_one_pace(tmp_path):
    with playing() as (site, base):
        started = [
            subprocess.Popen(
                [sys.executable, "-c", ASK, str(tmp_path / name), str(tmp_path / "turns"), base], env=QUIET
            )
            for name in ("one", "two")
        ]
        assert [p.wait(timeout=120) for p in started] == [0, 0]
    times = [t for t, *_ in site.asked]
    assert len(times) == 8 and min(b - a for a, b in pairwise(times)) >= 0.28


def test_a_turn_is_free_when_its_process_is_killed(tmp_path):
    hold = (
        "import sys, time; from pathlib import Path; from pipeline.night.turns import turn\n"
        "with turn(Path(sys.argv[1]), 'port.example', 0.0):\n    print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], env=QUIET, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with turn(tmp_path, "port.example", 0.0):
        pass


def test_clocks_that_differ_make_no_long_wait(tmp_path):
    import os
    import time

    with turn(tmp_path, "port.example", 0.0):
        pass
    os.utime(tmp_path / "port.example.last", (time.time() + 3600,) * 2)
    began = time.monotonic()
    with turn(tmp_path, "port.example", 0.2):
        assert time.monotonic() - began < 2


class Proxy(socketserver.StreamRequestHandler):
    """Passes one plain request on, as HTTP proxies do."""

    def handle(self) -> None:
        import httpx

        verb, url, _ = self.rfile.readline().decode().split()
        headers = {}
        while line := self.rfile.readline().decode().strip():
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        self.server.passed.append(url)
        port = self.server.site.rsplit(":", 1)[1]
        inner = url.replace("http://council.test", f"http://127.0.0.1:{port}")
        headers.pop("host")
        answer = httpx.request(verb, inner, headers=headers)
        self.wfile.write(
            f"HTTP/1.1 {answer.status_code} x\r\nContent-Length: {len(answer.content)}\r\n"
            f"Connection: close\r\n\r\n".encode()
            + answer.content
        )


@contextmanager
def a_proxy(site: str):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads, server.site, server.passed = True, site, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_all_is_asked_through_the_proxy_which_may_be_a_private_host(tmp_path):
    """The council's name is known to the proxy only."""
    with playing() as (site, base), a_proxy(base) as (proxy, address):
        fetcher = Fetcher(Archive(tmp_path), pace=0.0, proxy=address)
        assert fetcher.get("http://council.test/documents/s3/Notice.pdf").new
        with pytest.raises(Forbidden, match="not a public address"):
            fetcher.get("http://127.0.0.1:9/secret.pdf")
        fetcher.close()
    assert proxy.passed[-1] == "http://council.test/documents/s3/Notice.pdf" and len(site.asked) == 2


def test_a_proxy_that_is_away_is_told(tmp_path):
    fetcher = Fetcher(Archive(tmp_path), pace=0.0, proxy="http://127.0.0.1:9")
    with pytest.raises(NotFetched, match="cannot be connected to"):
        fetcher.get("http://council.test/a.pdf")


def test_an_address_that_is_no_proxy_is_a_wrong_configuration(tmp_path):
    settings = settings_of(tmp_path, 1, proxy="proxy.example:3128")
    with pytest.raises(BadConfig, match="proxy: "):
        fetcher_for(settings, Archive(tmp_path / "archive"))


def test_log_lines_have_date_level_and_what_they_are_about():
    """In a process of its own: what other tests load does as it likes with logging."""
    import json

    code = (
        "import logging\n"
        "from pipeline.commands.console import start_log\n"
        "for style in ('text', 'json'):\n"
        "    start_log(False, style)\n"
        "    about = {'council': 'Port Council', 'title': 'Minutes of 3 May'}\n"
        "    logging.getLogger('minutebook').warning('%s: no answer', 'Port Council', extra=about)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO)
    plain, told = said.stderr.splitlines()
    assert plain[:2] == "20" and plain[19] in "+-" and plain.endswith("WARNING Port Council: no answer")
    line = json.loads(told)
    assert (line["level"], line["council"], line["title"]) == ("warning", "Port Council", "Minutes of 3 May")
