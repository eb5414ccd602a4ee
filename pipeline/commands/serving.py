"""`minutebook serve`: the search page in a thread, Prefect's server as a process beside, the schedule in
front."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from pipeline.commands.operations import with_operations
from pipeline.config import Settings
from pipeline.errors import CannotServe

PR_SET_PDEATHSIG = 1
"""Of linux/prctl.h."""
PATIENCE = 120.0
"""Seconds that Prefect's server may take to answer: 14 to 24 on two cores."""


@contextmanager
def page_at(settings: Settings, host: str, port: int) -> Generator[None]:
    """The search page and /metrics for the length of a block. Raises CannotServe when it cannot listen."""
    told = uvicorn.Config(
        with_operations(settings),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=bool(settings.trusted_proxy),
        forwarded_allow_ips=settings.trusted_proxy or None,
    )
    server = uvicorn.Server(told)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.05)
    if not server.started:
        raise CannotServe(f"{host}:{port} cannot be listened on: name another with --host and --port")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=5)


def wait_for_the_end() -> None:
    """Until somebody ends this process, by SIGTERM or at the keyboard."""
    ended = threading.Event()

    def end(number: int, frame: object) -> None:
        ended.set()

    for sort in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sort, end)
    ended.wait()


@contextmanager
def prefect_server(port: int) -> Generator[str]:
    """The address of the Prefect server that PREFECT_API_URL names, or of one started for the length of a
    block: a schedule needs a server that stays, not the one that Prefect starts for a single run. Prefect
    reads its settings when it is imported, so it must not have been. Raises CannotServe when the server does
    not come up."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        yield named
        return
    _refuse_a_port_that_is_taken(port)
    api = f"http://127.0.0.1:{port}/api"
    # its pages ask port 4200 unless they are told
    env = {**os.environ, "PREFECT_API_URL": api, "PREFECT_UI_API_URL": api}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=_end_with_parent()
    )
    try:
        _wait_for(server, api)
        os.environ["PREFECT_API_URL"] = api
        yield api
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()


@contextmanager
def ephemeral_server_ends_with_us() -> Generator[None]:
    """Within the block, the server that Prefect starts for a single run ends with this process, also when
    that is killed. To be entered by the thread that lives longest: the system minds which one started it.
    Where a server is named, none is started, and the seconds that loading one takes are saved."""
    from prefect.settings import get_current_settings

    if get_current_settings().api.url:
        yield
        return
    from prefect.server.api.server import SubprocessASGIServer

    start: Any = SubprocessASGIServer._run_uvicorn_command  # pyright: ignore[reportPrivateUsage] - where it is started

    def started(server: SubprocessASGIServer) -> Any:
        before: Any = subprocess.Popen
        subprocess.Popen = partial(before, preexec_fn=_end_with_parent())  # pyright: ignore
        try:
            return start(server)
        finally:
            subprocess.Popen = before

    SubprocessASGIServer._run_uvicorn_command = started  # pyright: ignore
    try:
        yield
    finally:
        SubprocessASGIServer._run_uvicorn_command = start  # pyright: ignore


def _refuse_a_port_that_is_taken(port: int) -> None:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotServe(
                f"port {port} is taken: name another with --prefect-port, or a server that runs there "
                f"with PREFECT_API_URL=http://127.0.0.1:{port}/api"
            ) from error


def _end_with_parent() -> Callable[[], object] | None:
    """What a child is to do before it starts so that it ends with this process, however that ends. None where
    the system has no such thing."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up here: a child may not load anything between fork and exec
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for(server: subprocess.Popen[bytes], api: str) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and server.poll() is None:
        try:
            if httpx.get(f"{api}/health", timeout=5).status_code == 200 and server.poll() is None:
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    raise CannotServe(
        f"Prefect's server did not come up at {api}: `prefect server start` says why; PREFECT_API_URL names "
        "one that runs already"
    )


def schedule(config: Path, settings: Settings) -> None:
    """Run the configuration's nights when they are due, until the process is ended."""
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from pipeline.commands.scheduled import scheduled_night

    scheduled_night.serve(
        name=config.stem,
        schedule=Cron(settings.schedule, timezone=settings.timezone),
        parameters={"config": str(config.resolve())},
        pause_on_shutdown=False,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
