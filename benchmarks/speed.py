"""Where the time goes: `python -m benchmarks.speed [PDF]` reads one pack by stage, and beside it pdfium, pdfplumber's words and tables and
camelot's render-free lattice, each in a process of its own, user and system time; writes docs/performance.md."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).parent.parent
OTHERS = {
    "pdfium, text": "import pypdfium2\nd = pypdfium2.PdfDocument(PDF)\nfor p in d: p.get_textpage().get_text_range()",
    "pdfplumber, extract_words": "import pdfplumber\nwith pdfplumber.open(PDF) as d:\n    for p in d.pages: p.extract_words(); p.close()",
    "pdfplumber, extract_tables": "import pdfplumber\nwith pdfplumber.open(PDF) as d:\n    for p in d.pages: p.extract_tables(); p.close()",
    "camelot, lattice, vector": "import camelot\ncamelot.read_pdf(PDF, pages='all', flavor='lattice', engine='vector', suppress_stdout=True)",
    "minutebook, whole, to Parquet": "from pathlib import Path\nimport tempfile\nfrom pipeline.run import Task, read_one\nread_one(Task(Path(PDF), Path(tempfile.mkdtemp()), ocr='none'))",
}


def spent() -> float:
    """User and system seconds of this process so far."""
    r = resource.getrusage(resource.RUSAGE_SELF)
    return r.ru_utime + r.ru_stime


def stages(pdf: Path) -> list[tuple[str, float]]:
    """(stage, seconds) of a reading in this process, imports in a stage of their own."""
    from time import process_time

    out: list[tuple[str, float]] = []
    last = process_time()

    def mark(name: str) -> None:
        nonlocal last
        out.append((name, process_time() - last))
        last = process_time()

    import camelot.parsers.network  # noqa: F401 - its import is a stage
    import pyarrow.parquet  # noqa: F401

    from extractors.language.doc import Sheet
    from extractors.language.pipeline import build, tag
    from extractors.layout import lay_out
    from extractors.pack import tell_apart
    from extractors.pages import read_paper
    from extractors.records import extract
    from extractors.tables import find_grids, join_tables, read_grid

    build()
    mark("imports and the spaCy pipeline")
    paper = read_paper(pdf, ocr="none")
    mark("pages (pdfplumber: words, rules, links)")
    grids = {p.number: find_grids(p) for p in paper.pages}
    tables = [read_grid(g, p.words, p.shades) for p in paper.pages for g in grids[p.number]]
    join_tables(tables, {p.number: (p.width, p.height) for p in paper.pages}, {})
    mark("tables")
    layout = lay_out(paper, {n: [g.box for g in found] for n, found in grids.items()})
    parts = tell_apart(paper, layout)
    mark("layout and parts")
    list(tag([Sheet(p) for p in parts if p.kind != "blank" and p.blocks]))
    mark("tagging")
    began = process_time()
    extract(pdf, ocr="none")
    whole = process_time() - began
    out.append(("rows", max(0.0, whole - sum(s for n, s in out[1:]))))
    return out


def main() -> None:
    """Measure and write the page."""
    pdf = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared")) / "seed" / "pack.pdf"
    lines = ["# Performance", "", "Made by `python -m benchmarks.speed` on a pack of 122 pages, one process each, one after another; user and system seconds, imports included.", "", "| reader | seconds | peak MB |", "| --- | --- | --- |"]
    for name, code in OTHERS.items():
        script = f"import resource\nPDF = {str(pdf)!r}\n{code}\nr = resource.getrusage(resource.RUSAGE_SELF)\nprint(r.ru_utime + r.ru_stime, r.ru_maxrss / 1024)"
        seconds, memory = map(float, subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=REPO).stdout.split()[-2:])
        lines.append(f"| {name} | {seconds:.2f} | {memory:.0f} |")
        print(lines[-1], flush=True)
    lines += ["", "## By stage", "", "| stage | seconds |", "| --- | --- |", *(f"| {name} | {seconds:.2f} |" for name, seconds in stages(pdf))]
    (REPO / "docs" / "performance.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines[-8:]))


if __name__ == "__main__":
    main()
