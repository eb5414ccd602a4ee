"""A PostgreSQL server as tests start it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import free_port

DEBIAN = Path("/usr/lib/postgresql")


def _program(name: str) -> str:
    """Where a program of PostgreSQL's lies; the test is skipped, saying so, where there is none."""
    found = shutil.which(name) or next(map(str, sorted(DEBIAN.glob(f"*/bin/{name}"), reverse=True)), None)
    return found or pytest.skip(f"needs PostgreSQL's {name} (apt-get install postgresql)")


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server that answers, without a database's name. PostgreSQL does not run as root: its
    own user does it then."""
    psycopg = pytest.importorskip("psycopg")
    initdb, postgres = _program("initdb"), _program("postgres")
    folder, port = Path(tempfile.mkdtemp()), free_port()
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    if os.geteuid() == 0:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        quiet |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    data, address = folder / "data", f"postgresql://clerk:opens-the-database@127.0.0.1:{port}"
    made = [initdb, "-D", str(data), "-U", "clerk", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(made, check=True, **quiet)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-F"]
    server = subprocess.Popen([postgres, "-D", str(data), "-p", str(port), *options], **quiet)
    try:
        ends = time.monotonic() + 60
        while time.monotonic() < ends and server.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(f"{address}/postgres").close()
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str, name: str) -> str:
    """The address of a database without tables."""
    import psycopg

    with psycopg.connect(f"{address}/postgres", autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}"')
    return f"{address}/{name}"
