"""Many readers at a time: `python -m benchmarks.load INDEX [SECONDS]` serves the index, lets 100 readers ask
for 20 s for a mix of pages, searches, exports and feeds, without the limiter and with it, and writes into
docs/search.md, with what else the machine had to do."""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import httpx
import psutil

from benchmarks.search import put_between

READERS, SECONDS, PAUSE = 100, 20.0, 1.0
"""Readers at a time, how long they ask, and how long each reads before the next question."""
SERVER = """
import sys, uvicorn
from pathlib import Path
from search.web import create_app
app = create_app(Path(sys.argv[1]), a_minute=int(sys.argv[3]))
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning")
"""
ATTACKS = (
    "/search.csv?q=flood+OR+contract+OR+housing+OR+programme",
    "/search.json?q=a*+b*+c*+d*",
    "/?q=NEAR(flood contract)",
)


def addresses(index: Path) -> list[str]:
    """What is asked for: mostly searches and entries, some exports and lists."""
    draw = random.Random(4)
    with closing(sqlite3.connect(index)) as db:
        keys = [r[0] for r in db.execute("SELECT key FROM entries LIMIT 500")]
        words = [r[0] for r in db.execute("SELECT word FROM words ORDER BY n DESC LIMIT 400")]
    searches = [f"/?q={draw.choice(words)}+{draw.choice(words)}" for _ in range(200)]
    entries = [f"/entry/{key}" for key in draw.sample(keys, min(200, len(keys)))]
    exports = [f"/search.{end}?q={draw.choice(words)}" for end in ("csv", "json", "atom") for _ in range(20)]
    return [*searches, *entries, *exports, *["/", "/about", "/records/votes"] * 20]


def asked(
    index: Path, a_minute: int, seconds: float, *, attack: bool = False
) -> tuple[list[float], list[int], float]:
    """(milliseconds of each answer, statuses, megabytes of the server)."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(index), str(port), str(a_minute)])
    base, times, statuses, lock = f"http://127.0.0.1:{port}", list[float](), list[int](), threading.Lock()
    try:
        _wait(base)
        mix, ends = addresses(index), time.monotonic() + seconds

        def read(n: int) -> None:
            draw = random.Random(n)
            is_attacker = attack and n < 5
            with httpx.Client(timeout=60, base_url=base) as c:
                while time.monotonic() < ends:
                    began = time.perf_counter()
                    status = c.get(draw.choice(ATTACKS if is_attacker else mix)).status_code
                    if not is_attacker:
                        with lock:
                            times.append((time.perf_counter() - began) * 1000)
                            statuses.append(status)
                        time.sleep(draw.uniform(0.5, 1.5) * PAUSE)

        readers = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
        for r in readers:
            r.start()
        for r in readers:
            r.join()
        memory = psutil.Process(server.pid).memory_full_info().uss / 1e6
    finally:
        server.terminate()
        server.wait()
    return sorted(times), statuses, memory


def _wait(base: str) -> None:
    for _ in range(300):
        try:
            httpx.get(f"{base}/about", timeout=5)
            return
        except httpx.HTTPError:
            time.sleep(0.2)


def told(name: str, times: list[float], statuses: list[int], memory: float) -> str:
    """A line of figures."""
    bad = sum(s >= 500 for s in statuses)
    refused = sum(s == 429 for s in statuses)
    middle, late = median(times), times[int(0.95 * len(times))]
    return (
        f"- {name}: {len(times):,} answers, {bad} failed, {refused} told to wait, median {middle:.0f} ms, "
        f"p95 {late:.0f} ms, the server's own memory {memory:,.0f} MB."
    )


def main() -> None:
    """Ask, write."""
    index, seconds = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    with closing(sqlite3.connect(index)) as db:
        entries = db.execute("SELECT count(*) FROM entries").fetchone()[0]
    before = os.getloadavg()[0]
    lines = [
        told("Limiter off", *asked(index, 10**9, seconds)),
        told("Limiter on (all from one address)", *asked(index, 300, seconds)),
        told(
            "Five of them sending the heaviest questions without a pause",
            *asked(index, 10**9, seconds, attack=True),
        ),
    ]
    head = (
        f"- {READERS} readers for {seconds:.0f} s over {entries:,} entries, on {os.cpu_count()} cores that "
        f"the readers too run on; before it began {before:.0f} programs waited for a core."
    )
    put_between("load", [head, *lines])
    print("\n".join([head, *lines]))


if __name__ == "__main__":
    main()
