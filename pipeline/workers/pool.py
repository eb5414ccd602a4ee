"""The processes that papers are read in: limited in memory, processor, files and core dumps, and cut off from
the network.

What a paper makes a library do costs its own worker: a limit that is reached ends the worker or raises in it,
and the paper's row says so.
"""

from __future__ import annotations

import ctypes
import logging
import math
import multiprocessing
import os
import resource
import select
import sys
import threading
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from extractors.text.kept import only_ours, save
from pipeline.errors import NetworkForbidden

log = logging.getLogger("minutebook")

SECONDS_A_PAPER = 1800
"""A paper that takes longer is given up: the slowest corpus paper, 35 scanned pages, takes about one
minute."""
PROCESSOR_A_PAPER = 1800
"""Seconds of processor that one paper may take; the system ends the worker that takes more (signal XCPU)."""
BYTES_A_WORKER = 3_000_000_000
"""Address space a worker may take beyond what it starts with: a paper that wants more fails with its
reason."""
FILES_A_WORKER = 256
"""Files a worker may open beyond those it starts with."""
PAPERS_A_WORKER = 50
"""A worker is replaced after so many papers, which bounds what its libraries keep."""

BYTES_OF_A_TIRED_WORKER = 1_000_000_000
"""A worker that still holds so much memory after a paper reads no other: it leaves, and the paper goes to a
new one."""
TIRED = 75
"""The exit code of a worker that leaves before it has begun with a paper (EX_TEMPFAIL)."""

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # from <sched.h>; os.unshare comes with Python 3.12
CALLS_OUT = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
)


PRELOADED = (
    "pipeline.workers.patterns",
    "extractors.rows",
    "extractors.pdf.pages",
    "extractors.pdf",
    "extractors.layout",
    "extractors.tables.borderless",
    "extractors.parts.council",
    "extractors.reading.pipeline",
    "pipeline.store.publish",
    "pipeline.workers.witness",
    "pdfplumber",
    "extractors.reading.lean_spacy",
)
"""What every worker needs, imported once, in this order, in the server that workers are forked from."""


def make_pool(count: int) -> Any:
    """Workers with limits, `count` at a time.

    They are forked from a server that has one thread and does nothing else: a fork of this process could take
    over a lock, such as an import's, that another thread holds and that nobody would ever let go.
    """
    from pebble import ProcessPool

    start_server()
    return ProcessPool(
        max_workers=max(1, count),
        max_tasks=PAPERS_A_WORKER,
        initializer=begin_as_a_worker,
        initargs=(os.getpid(),),
        context=multiprocessing.get_context("forkserver"),
    )


def start_server() -> None:
    """Have the server that workers are forked from load what they need; told early, it loads while this
    process does other things."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(list(PRELOADED))
    forkserver.ensure_running()


_retiring = threading.Lock()


@lru_cache(maxsize=1)
def shared_pool() -> Any:
    """The process's own workers for single papers, kept warm; as many papers at a time as threads ask."""
    return make_pool(os.cpu_count() or 2)


def retire(pool: Any) -> None:
    """Put a broken shared pool away, once, so that the next paper gets a new one. Its papers have all been
    told."""
    with _retiring:
        if shared_pool() is pool:
            shared_pool.cache_clear()
            pool.stop()
            pool.join()
            log.debug("the workers were replaced")


def schedule(pool: Any, task: Any, arguments: tuple[Any, ...], seconds: int) -> Any:
    """A task's future. Raises BrokenProcessPool when the pool takes no more."""
    try:
        return pool.schedule(_as_a_worker, args=(task, *arguments), timeout=seconds)
    except RuntimeError as error:  # another thread's paper found the pool broken, or has retired it
        raise BrokenProcessPool(str(error)) from error


def _as_a_worker(task: Any, *arguments: Any) -> Any:
    if _memory_held() > BYTES_OF_A_TIRED_WORKER:
        os._exit(TIRED)
    allow_processor(PROCESSOR_A_PAPER)
    done = task(*arguments)
    save()
    return done


def allow_processor(seconds: int) -> None:
    """Let this process take so many more seconds of processor than it has taken."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(own.ru_utime + own.ru_stime) + seconds
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def begin_as_a_worker(owner: int) -> None:
    """Set this process's limits, and have it end as soon as its owner does, however that ends."""
    ended = _when_it_ends(owner)
    only_ours()
    limit_this_process()
    if ended is not None:  # a thread only now: a process of several gets no user namespace
        threading.Thread(target=_end_with, args=(ended,), daemon=True).start()


def _when_it_ends(process: int) -> int | None:
    """A file that can be read once the process has ended; None where the system has no such thing. This
    process ends where that one has."""
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.pidfd_open(process)
    except ProcessLookupError:
        os._exit(1)
    except OSError:  # an old system
        return None


def _end_with(ended: int) -> None:
    waiting = select.poll()
    waiting.register(ended, select.POLLIN)
    waiting.poll()
    os._exit(1)


def limit_this_process() -> None:
    """Set this process's limits for good, above what it starts with."""
    _lower(resource.RLIMIT_AS, _address_space() + BYTES_A_WORKER)
    _lower(resource.RLIMIT_NOFILE, _highest_file() + FILES_A_WORKER)
    _lower(resource.RLIMIT_CORE, 0)
    cut_off_network()


def _lower(which: int, limit: int) -> None:
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _address_space() -> int:
    """Bytes of address space of this process; 0 where the system does not tell (no /proc)."""
    return _pages_told()[0] * resource.getpagesize()


def _memory_held() -> int:
    """Bytes of memory that this process holds now; 0 where the system does not tell."""
    return _pages_told()[1] * resource.getpagesize()


def _pages_told() -> tuple[int, int]:
    told = Path("/proc/self/statm")
    size, resident = told.read_text("ascii").split()[:2] if told.exists() else (0, 0)
    return int(size), int(resident)


def _highest_file() -> int:
    folder = Path("/proc/self/fd")
    return max((int(f.name) for f in folder.iterdir()), default=64) if folder.exists() else 64


def cut_off_network() -> None:
    """Leave this process and its children no network, for good: a network namespace of its own where the
    system gives one, and in any case a hook that refuses Python's calls out (NetworkForbidden)."""
    sys.addaudithook(_refuse_calls_out)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        failed = libc.unshare(CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER)
    except (OSError, AttributeError):
        failed = True
    if failed:
        log.debug("no network namespace of its own for a worker: only Python's calls out are refused")


def _refuse_calls_out(event: str, arguments: tuple[Any, ...]) -> None:
    if event in CALLS_OUT:
        raise NetworkForbidden(f"a paper's worker may not use the network ({event})")
