"""Nights that a schedule starts, seen to run: from `serve` alone, and from a deployment with a worker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from pipeline.commands.afterwards import saved_of
from pipeline.config import load
from tests.conftest import free_port, run_command
from tests.lake import rows_in
from tests.nights import CONFIG, PASSWORD, QUIET, SECRET
from tests.replay import MINUTES, Site, playing
from tests.sink import Server, mail_sink

EVERY_MINUTE = '\nschedule = "* * * * *"\ntimezone = "Asia/Kolkata"'
ALERTS = """
[alerts]
email = ["operator@example.org"]

[[searches]]
name = "Landfill"
email = "reporter@example.org"
query = "landfill"
"""
PATIENCE = 300.0
OFTEN = {"PREFECT_RUNNER_POLL_FREQUENCY": "2", "PREFECT_WORKER_QUERY_SECONDS": "2"}
"""Seconds between looks for nights that are due: Prefect's own are 10."""


@contextmanager
def running(log: Path, env: dict[str, str], *command: str):
    """A process for the length of a block, what it starts included; what it says goes into a log."""
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], env=env, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield process
        finally:
            for end in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.killpg(process.pid, end)
                    process.wait(timeout=30)


def wait_until(what: Callable[[], object], log: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < ends, f"not within {PATIENCE:.0f} s:\n{log.read_text()[-4000:]}"
        time.sleep(0.5)


def scheduled(file: Path, base: str, sink: Server) -> Path:
    """A configuration with a night a minute and a reader; its places are beside it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {"folder": file.parent, "base": base, "engine": "threads", "platform": "moderngov"}
    text = CONFIG.format(**values, secret=SECRET, password=PASSWORD)
    text = text.replace("\nworkers", f"{EVERY_MINUTE}\nworkers")
    text = text.replace("[smtp]", f'[smtp]\nhost = "127.0.0.1"\nport = {sink.port}')
    file.write_text(text + ALERTS, "utf-8")
    return file


def answers(port: int) -> bool:
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def papers_read(file: Path) -> int:
    return len(rows_in(file.parent / "output", "documents"))


@pytest.mark.slow
def test_nights_that_a_schedule_starts_read_papers_and_send_digests(undisturbed, tmp_path):
    """`serve` from a folder that is not the configuration's; beside it `deploy` with a worker on the server
    that `serve` started. Both wait for the same minute."""
    port, page = free_port(), free_port()
    shutil.copytree(undisturbed / ".prefect", tmp_path / ".prefect")  # a database that is there
    env = {**QUIET, **OFTEN, "PREFECT_HOME": str(tmp_path / ".prefect"), "DO_NOT_TRACK": "1"}
    log, site = tmp_path / "serve.log", Site()
    site.papers = {"/documents/g1/Public reports pack.pdf": MINUTES}
    with ExitStack() as stack:
        _, base = stack.enter_context(playing(site))
        sink = stack.enter_context(mail_sink())
        served = scheduled(tmp_path / "served" / "odd name.toml", base, sink)
        saved_of(load(served)).start(
            "reader@example.org", "kind=resolution", "at once", ()
        )  # on the page, before
        ports = ("--port", str(page), "--prefect-port", str(port))
        serve = stack.enter_context(running(log, env, "pipeline.cli", "serve", "-c", str(served), *ports))
        deployed = scheduled(tmp_path / "deployed" / "another.toml", base, sink)
        wait_until(lambda: answers(port), log)
        env["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
        prefect = shutil.which("prefect", path=str(Path(sys.executable).parent))
        pool = [prefect, "work-pool", "create", "councils", "--type", "process"]
        subprocess.run(pool, env=env, check=True, capture_output=True)
        done = run_command("deploy", "-c", deployed, "--pool", "councils", env=env, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        worker = tmp_path / "worker.log"
        start = ("prefect", "worker", "start", "--pool", "councils", "--type", "process")
        stack.enter_context(running(worker, env, *start))
        wait_until(lambda: len(sink.to("reporter@example.org")) == 2, worker)
        wait_until(lambda: len(sink.to("reader@example.org")) == 1, log)
        assert "/entry/" in sink.to("reader@example.org")[0].get_content()
        for night in served, deployed:
            assert papers_read(night) == 2, "a paper, and the record of its platform"
        metrics = httpx.get(f"http://127.0.0.1:{page}/metrics").text
        assert "minutebook_night_crashed 0" in metrics
        serve.kill()
        wait_until(lambda: not answers(port), log)  # its Prefect server ends with it
    assert sink.to("operator@example.org") == []
