"""Tables against the truth of ICDAR-2013, ours beside camelot alone and pdfplumber alone: `python -m
benchmarks.tables [FOLDER]`.

The measures are those of camelot's own benchmark: F1 of tables found page by page, similarity of the cell
texts times a penalty for a wrong shape, and the shares of tables with the exact number of rows and columns.
Writes docs/tables.md.
"""

from __future__ import annotations

import difflib
import os
import resource
import sys
import warnings
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
PAGE = REPO / "docs" / "tables.md"
Grid = list[list[str]]


def ours(pdf: Path) -> Iterator[tuple[int, Grid]]:
    """Minutebook's reading."""
    from pipeline.commands.tables_out import tables_of

    for t in tables_of(pdf):
        yield t.regions[0].page, t.grid()


def pdfplumber_alone(pdf: Path) -> Iterator[tuple[int, Grid]]:
    """pdfplumber's extract_tables with its defaults."""
    import pdfplumber

    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            for table in page.extract_tables():
                yield page.page_number, [[c or "" for c in row] for row in table]


def camelot_alone(flavor: str) -> Callable[[Path], Iterator[tuple[int, Grid]]]:
    """camelot with one flavour and its defaults."""

    def read(pdf: Path) -> Iterator[tuple[int, Grid]]:
        import camelot

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for t in camelot.read_pdf(str(pdf), pages="all", flavor=flavor, suppress_stdout=True):
                yield int(t.page), [[str(c) for c in row] for row in t.data]

    return read


READERS: dict[str, Callable[[Path], Iterator[tuple[int, Grid]]]] = {
    "minutebook": ours,
    "camelot auto": camelot_alone("auto"),
    "camelot lattice": camelot_alone("lattice"),
    "pdfplumber": pdfplumber_alone,
}


def truth(xml: Path) -> dict[int, list[Grid]]:
    """The tables of a structure file, by page."""
    out: dict[int, list[Grid]] = defaultdict(list)
    for region in ET.parse(xml).getroot().iter("region"):
        placed = [
            (int(c.get("start-row", 0)), int(c.get("start-col", 0)), c.findtext("content") or "")
            for c in region.findall("cell")
        ]
        grid = [
            ["" for _ in range(max((c for _, c, _ in placed), default=0) + 1)]
            for _ in range(max((r for r, _, _ in placed), default=0) + 1)
        ]
        for r, c, s in placed:
            grid[r][c] = s
        out[int(region.get("page", 1))].append(grid)
    return out


def similarity(a: Grid, b: Grid) -> float:
    """difflib's ratio over the row-major cell texts, less for a wrong shape."""
    x, y = ([" ".join(c.split()).lower() for row in g for c in row] for g in (a, b))
    shape = [(len(g), max(map(len, g), default=0)) for g in (a, b)]
    off = abs(shape[0][0] - shape[1][0]) + abs(shape[0][1] - shape[1][1])
    return difflib.SequenceMatcher(None, x, y, autojunk=False).ratio() * (
        1 - off / (sum(map(sum, shape)) + 1)
    )


def measure(read: Callable[[Path], Iterator[tuple[int, Grid]]], folder: Path) -> dict[str, float]:
    """Figures over all papers of the folder that have a truth; seconds are user and system time."""
    began = resource.getrusage(resource.RUSAGE_SELF)
    tp = fp = fn = 0
    pairs: list[tuple[Grid, Grid]] = []
    for xml in sorted(folder.rglob("*-str.xml")):
        pdf = xml.with_name(xml.name.replace("-str.xml", ".pdf"))
        if not pdf.exists():
            continue
        want, got = truth(xml), defaultdict[int, list[Grid]](list)
        for page, grid in read(pdf):
            got[page].append(grid)
        for page in set(want) | set(got):
            w, g = want.get(page, []), got.get(page, [])
            tp, fp, fn = tp + min(len(w), len(g)), fp + max(0, len(g) - len(w)), fn + max(0, len(w) - len(g))
            pairs += zip(g, w, strict=False)
    ended = resource.getrusage(resource.RUSAGE_SELF)
    n = len(pairs) or 1
    p, r = tp / (tp + fp or 1), tp / (tp + fn or 1)
    return {
        "F1": 2 * p * r / (p + r or 1),
        "similarity": sum(similarity(a, b) for a, b in pairs) / n,
        "rows": sum(len(a) == len(b) for a, b in pairs) / n,
        "columns": sum(max(map(len, a), default=0) == max(map(len, b), default=0) for a, b in pairs) / n,
        "seconds": ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime,
    }


def main() -> None:
    """Measure every reader in one run and write the page."""
    folder = (
        Path(sys.argv[1])
        if len(sys.argv) > 1
        else Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared")) / "corpus" / "icdar2013"
    )
    lines = [
        "# Tables",
        "",
        "Made by `python -m benchmarks.tables` on the ICDAR-2013 papers at hand (27 documents); "
        "seconds are user and system time of the whole run.",
        "",
        "| reader | F1 | similarity | rows | columns | seconds |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, read in READERS.items():
        found: dict[str, Any] = measure(read, folder)
        lines.append(
            f"| {name} | {found['F1']:.3f} | {found['similarity']:.3f} | {found['rows']:.3f} | "
            f"{found['columns']:.3f} | {found['seconds']:.1f} |"
        )
        print(lines[-1], flush=True)
    lines += [
        "",
        "Camelot's own best published figures, over the full set of 67 papers: 0.864, 0.789, 0.762, 0.829.",
    ]
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
