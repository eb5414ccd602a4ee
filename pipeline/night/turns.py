"""Turns at a host, kept by all processes that share a folder: one request at a time, with a pause after the
last, whoever made it.

The folder holds a lock and a moment a host. Machines that read the same hosts share one over the network.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import Unreachable

PATIENCE = 900.0
"""Seconds that another process may hold a host: longer than any of its requests."""


def folder_of_this_machine() -> Path:
    """Where the processes of one user keep their turns when no folder is named."""
    return Path(tempfile.gettempdir()) / f"minutebook-turns-{os.getuid() if hasattr(os, 'getuid') else ''}"


def prepared(folder: Path) -> Path:
    """The folder, made. Raises OSError when it cannot be, or is another user's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = folder.lstat()
    if not stat.S_ISDIR(told.st_mode) or (folder == folder_of_this_machine() and told.st_uid != os.getuid()):
        raise OSError(f"{folder} is not ours: name another folder with `turns`")
    return folder


@contextmanager
def turn(folder: Path, host: str, pace: float) -> Generator[None]:
    """A turn at the host, `pace` seconds after the last one ended. Raises Unreachable when another process
    does not let go of it."""
    name = re.sub(r"[^\w.-]", "_", host.lower())[:120]
    moment = folder / f"{name}.last"
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=PATIENCE, poll_interval=0.05)
    except Timeout as error:
        raise Unreachable(f"{host}: another process has asked it for {PATIENCE:g} s without end") from error
    try:
        _pause(moment, pace)
        try:
            yield
        finally:
            moment.touch()
    finally:
        lock.release()


def _pause(moment: Path, pace: float) -> None:
    """Wait until `pace` seconds after the last turn; never longer, whatever the clocks of other machines
    say."""
    with suppress(FileNotFoundError):
        time.sleep(min(pace, max(0.0, moment.stat().st_mtime + pace - time.time())))
