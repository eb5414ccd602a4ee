"""TEDS, the likeness of two tables as trees (Zhong, ShafieiBavani and Jimeno Yepes, "Image-based table
recognition", 2020): 1 less the cost of making one of the other, divided by the nodes of the larger.

A table is a tree of a table, its rows and their cells. A node put in or left out costs 1, a cell turned into
another the share of its letters that change (Levenshtein's distance by the longer text). Grids know no
spans, so a cell over several columns is one filled cell and empty ones beside it, in truths and readings
alike. The distance between ordered trees is Zhang and Shasha's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Node:
    """A node in post-order: what it is, its text, and the index of its first leaf."""

    kind: str
    text: str
    leaf: int


def teds(a: Grid, b: Grid) -> float:
    """The likeness of two grids, from 0 to 1."""
    x, y = nodes_of(a), nodes_of(b)
    return 1 - distance(x, y) / max(len(x), len(y))


def nodes_of(grid: Grid) -> list[Node]:
    """The table's tree in post-order: cells, their row after them, the table last."""
    out: list[Node] = []
    for row in grid:
        first = len(out)
        out += [Node("td", " ".join(c.split()), first + i) for i, c in enumerate(row)]
        out.append(Node("tr", "", first))
    return [*out, Node("table", "", 0)]


def distance(a: Sequence[Node], b: Sequence[Node]) -> float:
    """The least cost of making one tree of the other."""
    done = [[0.0] * len(b) for _ in a]
    for i in _roots(a):
        for j in _roots(b):
            _fill(a, b, i, j, done)
    return done[-1][-1]


def _roots(nodes: Sequence[Node]) -> list[int]:
    """The last node of every first leaf: each begins a subtree that is no part of one begun before."""
    return sorted({n.leaf: i for i, n in enumerate(nodes)}.values())


def _fill(a: Sequence[Node], b: Sequence[Node], i: int, j: int, done: list[list[float]]) -> None:
    """The distances between all subtrees on the left sides of two, given those of the smaller ones."""
    x0, y0 = a[i].leaf, b[j].leaf
    above = [float(y) for y in range(j - y0 + 2)]
    rows = [above]
    for x in range(x0, i + 1):
        own = [above[0] + 1]
        whole_x = a[x].leaf == x0
        for y in range(y0, j + 1):
            least = min(above[y - y0 + 1], own[y - y0]) + 1
            if whole_x and b[y].leaf == y0:
                least = min(least, above[y - y0] + _change(a[x], b[y]))
                done[x][y] = least
            else:
                least = min(least, rows[a[x].leaf - x0][b[y].leaf - y0] + done[x][y])
            own.append(least)
        rows.append(own)
        above = own


def _change(a: Node, b: Node) -> float:
    if a.kind != b.kind:
        return 1.0
    return Levenshtein.normalized_distance(a.text, b.text) if a.kind == "td" else 0.0
