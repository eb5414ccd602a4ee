"""An S3 server as tests start it, and uploads that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest

from pipeline.config import Upload
from pipeline.store import upload as store
from tests.conftest import REPO, free_port

PAPERS = ("pinewater-minutes", "marlow-minutes", "pinewater-notice")
KEYS = {"AWS_ACCESS_KEY_ID": "an-access-key-of-tests", "AWS_SECRET_ACCESS_KEY": "a-secret-key-of-tests"}
SERVER = "from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"


@dataclass(frozen=True)
class S3:
    """A server, and the log of what it was asked."""

    endpoint: str
    log: Path

    def settings(self, name: str, **more: bool) -> Upload:
        """A folder in a bucket of its own, which is made."""
        _put(f"{self.endpoint}/{name}")
        return Upload(to=f"s3://{name}/council/data", endpoint=self.endpoint, region="eu-west-2", **more)

    def changes(self) -> int:
        """How many requests there were that change something."""
        said = self.log.read_text("utf-8")
        return sum(said.count(f'"{method} /') for method in ("PUT", "POST", "DELETE"))


def _put(address: str) -> None:
    urllib.request.urlopen(urllib.request.Request(address, method="PUT")).close()


def _answers(port: int) -> bool:
    with suppress(OSError):
        _put(f"http://127.0.0.1:{port}/first")
        return True
    return False


@contextmanager
def s3_server(folder: Path) -> Iterator[S3]:
    """A server that answers; the environment holds the keys to it."""
    port, log = free_port(), folder / "s3.log"
    with log.open("w") as out, pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        server = subprocess.Popen(
            [sys.executable, "-c", SERVER.format(port=port)], stdout=out, stderr=out, cwd=REPO
        )
        try:
            ends = time.monotonic() + 60
            while not _answers(port):
                assert server.poll() is None and time.monotonic() < ends, log.read_text("utf-8")
                time.sleep(0.1)
            yield S3(f"http://127.0.0.1:{port}", log)
        finally:
            server.kill()
            server.wait()


def started(*arguments: str) -> subprocess.Popen[str]:
    """This module's `main` in a process of its own: S3 clients outlive no fork."""
    command = [sys.executable, "-m", "tests.uploads", *arguments]
    return subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True)


def upload_and_die_at(step: int, settings: Upload, output: Path) -> None:
    """Exit with 9 before a step that changes the bucket; with 0 when there were fewer."""
    done = 0

    def counted(name: str) -> None:
        real = getattr(store, name)

        def instead(*arguments: object) -> None:
            nonlocal done
            done += 1
            if done == step:
                os._exit(9)
            real(*arguments)

        setattr(store, name, instead)

    for name in ("_write", "_move", "_delete"):
        counted(name)
    store.AT_A_TIME = 1
    store.upload(output, store.open_bucket(settings))


def upload_for_ever(settings: Upload, outputs: list[Path]) -> None:
    """One after another, as if papers came and went."""
    bucket = store.open_bucket(settings)
    for output in cycle(outputs):
        store.upload(output, bucket)
        print("uploaded", flush=True)


if __name__ == "__main__":
    how, step, to, endpoint, *folders = sys.argv[1:]
    place = Upload(to=to, endpoint=endpoint, region="eu-west-2")
    if how == "die":
        upload_and_die_at(int(step), place, Path(folders[0]))
    else:
        upload_for_ever(place, [Path(f) for f in folders])
