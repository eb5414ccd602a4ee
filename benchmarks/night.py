"""Sixty councils with twenty papers each in one night: `python -m benchmarks.night [COUNCILS] [PAPERS]`.
Checks that no host was asked faster than its pace, that the summary is right, and how memory went; writes
docs/night.md."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import psutil

from tests.replay import NOTICE, Site, playing

PACE = 0.05
CONFIG = """
contact = "x"
private_addresses = true
workers = 2
"""
COUNCIL = """
[[councils]]
name = "Council {number:02d}"
platform = "moderngov"
address = "{base}"
pace = {pace}
days_back = 9000
"""


def main() -> None:
    """Play the sites, run the night, write the page."""
    councils, papers = (
        int(sys.argv[1]) if len(sys.argv) > 1 else 60,
        int(sys.argv[2]) if len(sys.argv) > 2 else 20,
    )
    folder = Path(tempfile.mkdtemp())
    os.environ.update(
        {
            "PREFECT_HOME": str(folder / ".prefect"),
            "PREFECT_LOGGING_LEVEL": "ERROR",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        }
    )
    sites: list[Site] = []
    with contextlib.ExitStack() as stack:
        entries: list[str] = []
        for i in range(councils):
            site = Site()
            site.papers = {
                f"/documents/s{i}{j}/Notice {j}.pdf": NOTICE + f"\n%{i}-{j}\n".encode() for j in range(papers)
            }
            _, base = stack.enter_context(playing(site))
            sites.append(site)
            entries.append(COUNCIL.format(number=i, base=base, pace=PACE))
        from pipeline.commands.scheduled import night

        config = folder / "minutebook.toml"
        config.write_text(CONFIG + "".join(entries), "utf-8")
        memory, stop = list[tuple[float, float]](), threading.Event()
        threading.Thread(target=_watch, args=(memory, stop), daemon=True).start()
        began = time.monotonic()
        done = night(str(config))
        took = time.monotonic() - began
        stop.set()
    gaps = [b[0] - a[0] for s in sites for a, b in pairwise(s.asked)]
    quarter = len(memory) // 4
    early, late = (
        sum(m for _, m in part) / len(part) for part in (memory[quarter : 2 * quarter], memory[3 * quarter :])
    )
    found, new, failed = (sum(getattr(t, k) for t in done.councils) for k in ("found", "new", "failed"))
    lines = [
        "# A night",
        "",
        f"Made by `python -m benchmarks.night {councils} {papers}` on two cores, with Prefect's own "
        f"server and two reading threads.",
        "",
        f"- {councils} councils, {found} papers found, {new} new, {failed} failed; read: "
        f"{done.read}; {took:.0f} s in all.",
        f"- Every host was asked with a pause of at least {min(gaps):.3f} s (its pace: {PACE}); "
        f"{sum(len(s.asked) for s in sites)} requests.",
        f"- Memory of the run and its workers: {early:.0f} MB in the second quarter, {late:.0f} MB "
        f"in the last.",
    ]
    (Path(__file__).parent.parent / "docs" / "night.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


def _watch(memory: list[tuple[float, float]], stop: threading.Event) -> None:
    me = psutil.Process()
    while not stop.wait(1.0):
        total = me.memory_info().rss
        for child in me.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                total += child.memory_info().rss
        memory.append((time.monotonic(), total / 1e6))


if __name__ == "__main__":
    main()
