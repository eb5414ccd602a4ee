"""Where the time goes: `python -m benchmarks.speed [PDF] [--others PYTHON]` reads one pack whole and by
stage, beside other readers, each in a process of its own, in turns, three rounds; writes docs/performance.md
and docs/performance.png.

PYTHON is an interpreter that has markitdown, opendataloader-pdf and pymupdf4llm (the extra `bench`); without
it they are left out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPO, SHARED

ROUNDS = 3
OURS = {
    "pdfium, text": "import pypdfium2\nd = pypdfium2.PdfDocument(PDF)\nfor p in d: "
    "p.get_textpage().get_text_range()",
    "pdfplumber, extract_words": "import pdfplumber\nwith pdfplumber.open(PDF) as d:\n    for p "
    "in d.pages: p.extract_words(); "
    "p.close()",
    "pdfplumber, extract_tables": "import pdfplumber\nwith pdfplumber.open(PDF) as d:\n    for p "
    "in d.pages: p.extract_tables(); "
    "p.close()",
    "camelot, lattice, vector": "import camelot\ncamelot.read_pdf(PDF, pages='all', "
    "flavor='lattice', engine='vector', "
    "suppress_stdout=True)",
    "minutebook, to Parquet, one process": "from pathlib import Path\nimport tempfile\nfrom "
    "pipeline.workers.papers import Task, "
    "read_one\nread_one(Task(Path(PDF), Path(tempfile.mkdtemp()), ocr='none'))",
    "minutebook, to Parquet, two workers": "from pathlib import Path\nimport "
    "tempfile\nfrom pipeline.workers.papers import "
    "read_all\nlist(read_all([Path(PDF)], Path(tempfile.mkdtemp()), jobs=2, ocr='none'))",
}
OTHERS = {
    "markitdown": "from markitdown import MarkItDown\nMarkItDown().convert(PDF)",
    "pymupdf4llm": "import pymupdf4llm\npymupdf4llm.to_markdown(PDF, show_progress=False)",
    "opendataloader-pdf": "import tempfile, opendataloader_pdf\nopendataloader_pdf.convert(input_path=PDF, "
    "output_dir=tempfile.mkdtemp(), format='json')",
}
MEASURED = """
import resource, sys, time
PDF = {pdf!r}
began = time.monotonic()
{code}
own, others = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
wall, peak = time.monotonic() - began, max(own.ru_maxrss, others.ru_maxrss) / 1024
print("measured", own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime, wall, peak)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Median processor and wall seconds of a reader, and the peak MB of its largest process."""

    name: str
    processor: float
    wall: float
    peak: float


def spent() -> float:
    """User and system seconds of this process so far."""
    import resource

    r = resource.getrusage(resource.RUSAGE_SELF)
    return r.ru_utime + r.ru_stime


def compared(pdf: Path, others: str | None) -> list[Cost]:
    """Every reader's cost, in turns."""
    readers = [(sys.executable, n, c) for n, c in OURS.items()] + (
        [(others, n, c) for n, c in OTHERS.items()] if others else []
    )
    found: dict[str, list[list[float]]] = {}
    for round_ in range(ROUNDS):
        for python, name, code in readers:
            began = time.monotonic()
            script = MEASURED.format(pdf=str(pdf), code=code)
            done = subprocess.run(
                [python, "-c", script], capture_output=True, text=True, check=False, cwd=REPO
            )
            if done.returncode:
                print(f"{name} is left out, it failed: {done.stderr.strip().splitlines()[-1]}", flush=True)
                continue
            own, children, _, peak = map(
                float,
                next(line for line in done.stdout.splitlines() if line.startswith("measured")).split()[1:],
            )
            found.setdefault(name, []).append([own + children, time.monotonic() - began, peak])
            print(f"round {round_ + 1}: {name}: {found[name][-1]}", flush=True)
    return [
        Cost(name, *(statistics.median(column) for column in zip(*runs, strict=True)))
        for name, runs in found.items()
    ]


def stages(pdf: Path) -> list[tuple[str, float]]:
    """(stage, seconds) of a reading in this process, imports in a stage of their own."""
    import tempfile
    from time import process_time

    out: list[tuple[str, float]] = []
    last = process_time()

    def mark(name: str) -> None:
        nonlocal last
        out.append((name, process_time() - last))
        last = process_time()

    import pandera.pandas  # noqa: F401 - its import is a stage
    import pyarrow.parquet  # noqa: F401

    from extractors.layout import lay_out
    from extractors.parts.pack import tell_apart
    from extractors.pdf.pages import read_paper
    from extractors.reading.doc import Sheet
    from extractors.reading.pipeline import build, tag
    from extractors.rows import read, rows_of
    from extractors.tables import find_grids, join_tables, read_grid
    from pipeline.store.publish import publish

    build()
    mark("imports and the spaCy pipeline")
    paper = read_paper(pdf, ocr="none")
    mark("pages (words, rules, links)")
    grids = {p.number: find_grids(p) for p in paper.pages}
    tables = [read_grid(g, p.words, p.shades) for p in paper.pages for g in grids[p.number]]
    join_tables(tables, {p.number: (p.width, p.height) for p in paper.pages}, {})
    mark("tables")
    layout = lay_out(paper, {n: [g.box for g in found] for n, found in grids.items()})
    parts = tell_apart(paper, layout)
    mark("layout and parts")
    list(tag([Sheet(p) for p in parts if p.kind != "blank" and p.blocks]))
    mark("tagging")
    reading = read(pdf, "0" * 64, ocr="none")
    last = process_time()
    extraction = rows_of(reading, pdf, pdf.stat().st_size)
    mark("rows")
    publish(extraction, Path(tempfile.mkdtemp()))
    mark("checks and Parquet")
    return out


def corpus(folder: Path) -> str:
    """A sentence on a folder of papers, read by the command with two workers."""
    import tempfile

    from pipeline.workers.papers import pdfs_in, read_all

    began = time.monotonic()
    outcomes = list(read_all(pdfs_in([folder]), Path(tempfile.mkdtemp()), jobs=2, ocr="none"))
    took, pages = time.monotonic() - began, sum(o.pages for o in outcomes)
    failed = sum(o.status == "failed" for o in outcomes)
    return (
        f"{len(outcomes)} papers of many kinds, {pages} pages, OCR off, two workers: {took:.0f} s, "
        f"{1000 * took / pages:.0f} ms a page; {failed} could not be read, each with its reason."
    )


def draw(costs: list[Cost], parts: list[tuple[str, float]]) -> None:
    """Readers beside each other, and ours by stage."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(13, 4.5), layout="constrained")
    shown = sorted((c for c in costs if "two workers" not in c.name), key=lambda c: c.processor, reverse=True)
    left.barh(
        [c.name for c in shown],
        [c.processor for c in shown],
        color=["#2b5d8a" if "minutebook" in c.name else "#b0b0b0" for c in shown],
    )
    left.set(title="Processor seconds, one pack of 122 pages")
    right.barh([n for n, _ in reversed(parts)], [s for _, s in reversed(parts)], color="#2b5d8a")
    right.set(title="Minutebook by stage, seconds")
    figure.savefig(REPO / "docs" / "performance.png", dpi=110)


OPENING = """# Performance

Made by `python -m benchmarks.speed` on {cores} cores: a pack of 122 pages, each reader in a process of
its own, in turns, the median of {rounds} rounds. Processor is user and system time, imports and child
processes included; wall is from the start of the interpreter to its end.

![](performance.png)

The other readers give text, Markdown or tables; Minutebook gives all 25 datasets.

| reader | processor, s | wall, s | peak of a process, MB |
| --- | --- | --- | --- |"""


def _line(c: Cost) -> str:
    several = "two workers" in c.name  # workers are forked from a server whose time is nobody's to ask for
    return (
        f"| {c.name} | {'not told' if several else f'{c.processor:.2f}'} | {c.wall:.2f} | "
        f"{'not told' if several else f'{c.peak:.0f}'} |"
    )


def main() -> None:
    """Measure, draw, write."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("pdf", nargs="?", type=Path, default=SHARED / "seed" / "pack.pdf")
    arguments.add_argument("--others")
    asked = arguments.parse_args()
    costs = compared(asked.pdf, asked.others)
    parts = stages(asked.pdf)
    lines = [OPENING.format(cores=os.cpu_count(), rounds=ROUNDS), *(_line(c) for c in costs)]
    if not asked.others:
        lines.append(
            "\nLeft out: markitdown, pymupdf4llm and opendataloader-pdf, since no `--others` named "
            "an interpreter that has them."
        )
    lines += [
        "",
        "## By stage",
        "",
        "| stage | seconds |",
        "| --- | --- |",
        *(f"| {name} | {seconds:.2f} |" for name, seconds in parts),
    ]
    if (SHARED / "corpus").exists():
        lines += ["", "## A corpus", "", corpus(SHARED / "corpus")]
    draw(costs, parts)
    notes = Path(__file__).with_name("speed-notes.md")
    lines += ["", notes.read_text("utf-8").strip()] if notes.exists() else []
    (REPO / "docs" / "performance.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
