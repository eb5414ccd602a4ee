"""How a reading of tables is scored: pairs of grids found and wanted, and the shares over them.

The measures are those of camelot's own benchmark, so that its figures compare: F1 of tables, similarity of
the cell texts times a penalty for a wrong shape, shares of tables with the exact number of rows and of
columns. Beside them the F1 of cells, texts that stand in the row and column where they are wanted, and TEDS,
the likeness of tables as trees (benchmarks/teds.py).
"""

from __future__ import annotations

import difflib
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.teds import Grid, teds

ALIKE = 0.3
"""Tables of a pack are matched from this similarity on, the most alike first."""


@dataclass
class Tally:
    """Pairs (found, wanted) of tables, and how many were found or wanted alone."""

    pairs: list[tuple[Grid, Grid]] = field(default_factory=list[tuple[Grid, Grid]])
    extra: int = 0
    missed: int = 0

    def add(self, other: Tally) -> None:
        """The counts of another tally beside one's own."""
        self.pairs += other.pairs
        self.extra, self.missed = self.extra + other.extra, self.missed + other.missed

    def figures(self) -> dict[str, float]:
        """F1, similarity, rows, columns, cells and TEDS, from 0 to 1; all but F1 over the pairs."""
        n = len(self.pairs) or 1
        return {
            "F1": _f1(len(self.pairs), self.extra, self.missed),
            "similarity": sum(similarity(a, b) for a, b in self.pairs) / n,
            "rows": sum(len(a) == len(b) for a, b in self.pairs) / n,
            "columns": sum(_width(a) == _width(b) for a, b in self.pairs) / n,
            "cells": sum(cells_f1(a, b) for a, b in self.pairs) / n,
            "TEDS": sum(teds(a, b) for a, b in self.pairs) / n,
        }


def truth(xml: Path, *, from_zero: bool = False) -> dict[int, list[Grid]]:
    """The tables of an ICDAR structure file, by page, rows and columns as the file numbers them; with
    `from_zero` moved so that the smallest number is 0: some files count from 1, one from -1."""
    out: dict[int, list[Grid]] = defaultdict(list)
    for region in ET.parse(xml).getroot().iter("region"):
        placed = [
            (int(c.get("start-row", 0)), int(c.get("start-col", 0)), c.findtext("content") or "")
            for c in region.findall("cell")
        ]
        top, left = (min((p[i] for p in placed), default=0) if from_zero else 0 for i in (0, 1))
        grid = [
            ["" for _ in range(max((c for _, c, _ in placed), default=0) - left + 1)]
            for _ in range(max((r for r, _, _ in placed), default=0) - top + 1)
        ]
        for r, c, s in placed:
            grid[r - top][c - left] = s
        out[int(region.get("page", 1))].append(grid)
    return out


def by_page(found: Mapping[int, list[Grid]], want: Mapping[int, list[Grid]]) -> Tally:
    """Tables matched page by page in their order, as the scorer of ICDAR's papers does."""
    tally = Tally()
    for page in sorted(set(want) | set(found)):
        w, f = want.get(page, []), found.get(page, [])
        tally.add(Tally(list(zip(f, w, strict=False)), max(0, len(f) - len(w)), max(0, len(w) - len(f))))
    return tally


def by_likeness(found: Sequence[Grid], want: Sequence[Grid]) -> Tally:
    """Tables of a pack matched by their texts, the most alike first, as the scorer of packs does."""
    likeness = sorted(
        ((similarity(f, w), i, j) for i, f in enumerate(found) for j, w in enumerate(want)), reverse=True
    )
    taken: dict[int, int] = {}
    for alike, i, j in likeness:
        if alike >= ALIKE and i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [(found[i], want[j]) for i, j in taken.items()]
    return Tally(pairs, len(found) - len(pairs), len(want) - len(pairs))


def similarity(a: Grid, b: Grid) -> float:
    """difflib's ratio over the row-major cell texts, less for a wrong shape."""
    x, y = ([_plain(c) for row in g for c in row] for g in (a, b))
    shape = [(len(g), _width(g)) for g in (a, b)]
    off = abs(shape[0][0] - shape[1][0]) + abs(shape[0][1] - shape[1][1])
    return difflib.SequenceMatcher(None, x, y, autojunk=False).ratio() * (
        1 - off / (sum(map(sum, shape)) + 1)
    )


def cells_f1(a: Grid, b: Grid) -> float:
    """F1 of the filled cells that hold the same text at the same row and column."""
    x, y = (
        Counter((i, j, _plain(c)) for i, row in enumerate(g) for j, c in enumerate(row) if c.strip())
        for g in (a, b)
    )
    right = (x & y).total()
    return _f1(right, x.total() - right, y.total() - right)


def _f1(right: int, extra: int, missed: int) -> float:
    return 2 * right / (2 * right + extra + missed) if right else 0.0


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _width(grid: Grid) -> int:
    return max(map(len, grid), default=0)
