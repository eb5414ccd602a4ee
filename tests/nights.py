"""A configuration over sites played back, and nights run from it as an operator would."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pyarrow.dataset as ds

from tests.conftest import REPO, free_port, run_command

CONFIG = """
output = "{folder}/output"
archive = "{folder}/archive"
index = "{folder}/index.sqlite"
reports = "{folder}/reports"
contact = "clerk@example.org"
private_addresses = true
workers = 2
engine = "{engine}"
secret = "{secret}"

[[councils]]
name = "Aldermere Borough Council"
platform = "{platform}"
address = "{base}"
pace = 0.0
days_back = 9000

[smtp]
password = "{password}"
"""
SECRET, PASSWORD = "signs-nothing-but-tests", "opens-no-mailbox"
QUIET = {
    **os.environ,
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PYTHONPATH": os.pathsep.join(filter(None, (str(REPO), os.environ.get("PYTHONPATH")))),
    "COLUMNS": "220",
}


def configured(folder: Path, base: str, *, engine: str = "threads", platform: str = "moderngov") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "minutebook.toml"
    values = {"folder": folder, "base": base, "engine": engine, "platform": platform}
    file.write_text(CONFIG.format(**values, secret=SECRET, password=PASSWORD), "utf-8")
    return file


def minutebook(config: Path, command: str, *more: str, api: str = "") -> subprocess.CompletedProcess[str]:
    """A command, with the Prefect server at `api`; without one, Prefect starts its own where it needs it."""
    server = {"PREFECT_API_URL": api} if api else {}
    home = {"PREFECT_HOME": str(config.parent / ".prefect")}
    return run_command(command, *more, "-c", str(config), env={**QUIET, **home, **server})


def start_prefect(home: Path, port: int) -> subprocess.Popen[bytes]:
    """A Prefect server that answers, in a session of its own: to be ended by its group."""
    prefect = shutil.which("prefect", path=str(Path(sys.executable).parent))
    assert prefect
    server = subprocess.Popen(
        [prefect, "server", "start", "--port", str(port)],
        env={**QUIET, "PREFECT_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/api/health").status_code == 200:
                return server
        time.sleep(0.2)
    raise AssertionError("Prefect's server did not come up")


def serve_while(owner: psutil.Process, folder: Path) -> None:
    """A Prefect server as long as another process lives; its address is written when it answers."""
    port = free_port()
    server = start_prefect(folder, port)
    try:
        (folder / "api.new").write_text(f"http://127.0.0.1:{port}/api", "utf-8")
        (folder / "api.new").rename(folder / "api")
        while owner.is_running() and owner.status() != psutil.STATUS_ZOMBIE and server.poll() is None:
            time.sleep(0.5)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def rows(folder: Path) -> dict[str, list]:
    """All rows of all datasets without what differs from run to run: when a paper was fetched, which
    address came first, and the hash over all."""
    out = {}
    for d in sorted((folder / "output").iterdir()):
        if d.is_dir() and not d.name.startswith("."):
            table = ds.dataset(d, format="parquet").to_table()
            keep = [c for c in table.column_names if c not in ("fetched_at", "source_url", "rows_hash")]
            out[d.name] = sorted(map(repr, table.select(keep).to_pylist()))
    return out


def files(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in (folder / "output").rglob("*.parquet")}


if __name__ == "__main__":
    serve_while(psutil.Process(int(sys.argv[1])), Path(sys.argv[2]))
