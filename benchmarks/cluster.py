"""What a cluster would come to: `python -m benchmarks.cluster [FEW] [MANY]`. Two nights on Dask with two
workers, of few and of many one-page papers; what each further paper costs the one process that hands papers
out, Prefect's server and the workers, in seconds of processor. Writes docs/cluster.md."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.conftest import REPO, free_port
from tests.nights import QUIET, configured, start_prefect
from tests.replay import NOTICE, Site, playing

MACHINES, CORES = 20, 2
A_PAGE = 0.036
"""Seconds of processor that a page takes beyond a paper's first (docs/growth.md)."""
MERGING = 0.024
"""Seconds of processor that merging takes a paper (docs/growth.md: 12 s for 500)."""
SIZES = (1, 20, 100, 400)
"""Pages of papers that are asked about."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processor."""

    coordinator: float
    server: float
    workers: float

    def further(self, other: Cost, papers: int) -> Cost:
        """What each of so many papers more has cost."""
        return Cost(
            (other.coordinator - self.coordinator) / papers,
            (other.server - self.server) / papers,
            (other.workers - self.workers) / papers,
        )


def night_of(papers: int) -> Cost:
    """A night of so many papers, on two workers of Dask."""
    folder, site = Path(tempfile.mkdtemp()), Site()
    site.papers = {f"/documents/s{i}/Notice {i}.pdf": NOTICE + f"\n%{i}\n".encode() for i in range(papers)}
    port = free_port()
    server = start_prefect(folder / "server", port)
    try:
        with playing(site) as (_, base):
            config = configured(folder, base, engine="dask")
            before = _processor(server.pid), _of_children()
            night = subprocess.Popen(
                [sys.executable, "-m", "pipeline.cli", "run", "-c", str(config)],
                env={**QUIET, "PREFECT_API_URL": f"http://127.0.0.1:{port}/api"},
                cwd=REPO,
                stdout=subprocess.PIPE,
                text=True,
            )
            own = _until_it_ends(night.pid)
            said = night.communicate()[0]
        assert night.returncode == 0 and f"{papers} ok" in said, said
        assert len(re.findall(r"^\S+:\d+: \d+ read$", said, re.M)) == 2, said
        return Cost(own, _processor(server.pid) - before[0], _of_children() - before[1] - own)
    finally:
        os.killpg(server.pid, signal.SIGKILL)


def _until_it_ends(pid: int) -> float:
    """A process's own seconds of processor as they were last seen."""
    own = 0.0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        while process.status() != psutil.STATUS_ZOMBIE:
            own = _processor(pid)
            time.sleep(0.1)
    return own


def _processor(pid: int) -> float:
    used = psutil.Process(pid).cpu_times()
    return used.user + used.system


def _of_children() -> float:
    """What children that have ended used, and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def page(few: int, many: int, a_paper: Cost, load: float) -> str:
    """The estimate as Markdown."""
    ceiling = 3600 / max(a_paper.coordinator + MERGING, a_paper.server)
    rows = "\n".join(
        f"| {size} | {each:.2f} | {3600 / each:,.0f} | {rate:,.0f} | {min(rate, ceiling):,.0f} |"
        for size in SIZES
        for each in [a_paper.workers + (size - 1) * A_PAGE]
        for rate in [MACHINES * CORES * 3600 / each]
    )
    a_page = f"{A_PAGE * 1000:.0f} ms"
    machines = f"{MACHINES} machines of {CORES} cores"
    return f"""# A cluster

**Estimated, not run**: what {machines} would come to. `python -m benchmarks.cluster {few} {many}`
ran two nights on Dask with two workers, of {few} and of {many} one-page papers that a played site gave.
What each further paper cost, in seconds of processor, at a load of {load:.0f} on two cores, which lengthens
those too of processes that look round while they wait:

| | s a paper |
| --- | --- |
| the process that fetches, and hands papers out | {a_paper.coordinator:.3f} |
| merging, in the same process ([growth](growth.md)) | {MERGING:.3f} |
| Prefect's server | {a_paper.server:.3f} |
| the workers, all together | {a_paper.workers:.3f} |

The first two are one process, the third is another: however many workers there are, a night reads no more
than **{ceiling:,.0f} papers an hour**. The workers' share is divided among the machines. With {a_page} for
each page beyond the first ([growth](growth.md)):

| pages of a paper | processor, s | papers an hour: a core | {MACHINES * CORES} cores | under the ceiling |
| --- | --- | --- | --- | --- |
{rows}

Not in it: the network, a shared disk that all workers read and write, and the councils' sites, which are
asked for one paper a second each.
"""


def main() -> None:
    """Run the nights, write the page."""
    few, many = (int(n) for n in sys.argv[1:3]) if len(sys.argv) > 2 else (10, 110)
    one, other = night_of(few), night_of(many)
    text = page(few, many, one.further(other, many - few), os.getloadavg()[2])
    (REPO / "docs" / "cluster.md").write_text(text, "utf-8")
    print(one, other, text, sep="\n")


if __name__ == "__main__":
    main()
