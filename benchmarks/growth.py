"""How cost grows: `python -m benchmarks.growth [PAPERS]` reads packs of 1 to 400 pages, then PAPERS notices
(10,000 when not told) in two workers; writes docs/growth.md and docs/growth.png."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import psutil

from benchmarks.lake import PART
from benchmarks.speed import spent
from tests.conftest import FIXTURES, REPO, SHARED

PAGES = (1, 10, 25, 50, 100, 200, 400)
STEPS = 10


def pack_of(pages: int, folder: Path) -> Path:
    """A pack of so many pages: the first pages of a real one, over again when it has too few; of the
    fixture's where there is none."""
    real = SHARED / "seed" / "pack.pdf"
    target = folder / f"{pages}.pdf"
    with (
        pikepdf.open(real if real.exists() else FIXTURES / "aldermere-pack.pdf") as source,
        pikepdf.new() as out,
    ):
        while len(out.pages) < pages:
            out.pages.extend(list(source.pages)[: pages - len(out.pages)])
        out.save(target)
    return target


def by_pages(folder: Path) -> list[tuple[int, float]]:
    """(pages, processor seconds to Parquet) in this process, warm; the least of two readings."""
    from pipeline.workers.papers import Task, read_one

    read_one(Task(pack_of(3, folder), folder / "warm", ocr="none"))
    out: list[tuple[int, float]] = []
    for pages in PAGES:
        pack = pack_of(pages, folder)
        times: list[float] = []
        for _ in range(2):
            began = spent()
            read_one(Task(pack, folder / "output", ocr="none"))
            times.append(spent() - began)
        out.append((pages, min(times)))
        print(f"{pages} pages: {out[-1][1]:.2f} s", flush=True)
    return out


def by_papers(folder: Path, count: int) -> list[tuple[int, float, float, float]]:
    """(papers read, seconds so far, MB of this process, MB of the largest worker) at ten points."""
    from pipeline.workers.papers import read_all

    notice = (FIXTURES / "pinewater-notice.pdf").read_bytes()
    papers: list[Path] = []
    for i in range(count):
        papers.append(folder / f"{i:05d}.pdf")
        papers[-1].write_bytes(notice + f"\n%{i}\n".encode())
    out: list[tuple[int, float, float, float]] = []
    me, began = psutil.Process(), time.monotonic()
    for n, outcome in enumerate(read_all(papers, folder / "many", jobs=2, ocr="none"), 1):
        assert outcome.status == "ok", outcome.error
        if n % max(1, count // STEPS) == 0:
            workers = [0.0]
            for child in me.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    workers.append(child.memory_info().rss / 1e6)
            out.append((n, time.monotonic() - began, me.memory_info().rss / 1e6, max(workers)))
            print(out[-1], flush=True)
    return out


def draw(pages: list[tuple[int, float]], papers: list[tuple[int, float, float, float]]) -> None:
    """Both growths side by side."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(13, 3.6), layout="constrained")
    left.plot([p for p, _ in pages], [s for _, s in pages], marker="o")
    left.set(title="Processor by pages of one pack", xlabel="pages", ylabel="seconds", ylim=0)
    middle.plot([n for n, *_ in papers], [s for _, s, *_ in papers], marker="o")
    middle.set(title="Wall time by papers, two workers", xlabel="papers", ylabel="seconds", ylim=0, xlim=0)
    right.plot([n for n, *_ in papers], [m for *_, m, _ in papers], marker="o", label="the run itself")
    right.plot([n for n, *_ in papers], [m for *_, m in papers], marker="o", label="its largest worker")
    right.set(title="Memory by papers", xlabel="papers", ylabel="MB", ylim=0, xlim=0)
    right.legend()
    figure.savefig(REPO / "docs" / "growth.png", dpi=110)


def main() -> None:
    """Measure, draw, write."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = by_pages(folder)
        papers = by_papers(folder, count)
    draw(pages, papers)
    lines = [
        "# Growth",
        "",
        f"Made by `python -m benchmarks.growth {count}` on {os.cpu_count()} cores.",
        "",
        "![](growth.png)",
        "",
        "## By pages",
        "",
        "One process, warm, to Parquet; OCR off. The packs are the first pages of one real pack, over again.",
        "",
        "| pages | processor, s | a page, ms |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {n} | {s:.2f} | {1000 * s / n:.1f} |" for n, s in pages]
    lines += [
        "",
        "## By papers",
        "",
        "One-page notices, each another document, two workers. The first column of seconds is from "
        "the start, the second for the papers since the row above.",
        "",
        "| papers | s | s more | run, MB | largest worker, MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {n} | {s:.0f} | {s - before:.0f} | {m:.0f} | {w:.0f} |"
        for (n, s, m, w), before in zip(papers, [0.0, *(s for _, s, *_ in papers)], strict=False)
    ]
    page = REPO / "docs" / "growth.md"
    _, part, datasets = page.read_text("utf-8").partition(PART)  # benchmarks.lake's
    page.write_text("\n".join(lines) + "\n" + (f"\n{part}{datasets}" if part else ""), "utf-8")


if __name__ == "__main__":
    main()
