"""Ruled tables: pdfplumber's own geometry (edges to intersections to cells) over the rules that the page was
read with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, cast

from extractors.model import Box, Page, Rule
from extractors.tables.grid import Grid, Place, grid_of, words_in

SNAP = 3.0
"""Points within which two rules are one; pdfplumber's default, for lines and thin boxes drawn side by
side."""
MIN_SIDE = 4.0
MOST_EDGES = 4000


def merged_rules(rules: Sequence[Rule]) -> list[Rule]:
    """The rules, snapped together and joined end to end; bits shorter than `SNAP` left out. None at all when
    it is a drawing."""
    from pdfplumber import table as geometry

    edges = [_edge(r) for r in rules]
    merged = cast(Any, geometry).merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    kept = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= SNAP]
    if len(kept) > MOST_EDGES:
        return []
    return [
        Rule(float(e["x0"]), float(e["top"]), float(e["x1"]), float(e["bottom"]), e["orientation"] == "h")
        for e in kept
    ]


def _edge(r: Rule) -> dict[str, Any]:
    return {
        "x0": r.x0,
        "x1": r.x1,
        "top": r.top,
        "bottom": r.bottom,
        "orientation": "h" if r.horizontal else "v",
        "width": r.x1 - r.x0,
        "height": r.bottom - r.top,
        "object_type": "line",
    }


def grids_of_rules(number: int, merged: Sequence[Rule]) -> list[Grid]:
    """Every group of two cells or more that the merged rules enclose on page `number`."""
    from pdfplumber import table as geometry

    module = cast(Any, geometry)
    crossings = module.edges_to_intersections([_edge(r) for r in merged], SNAP, SNAP)
    groups: list[list[tuple[float, float, float, float]]] = module.cells_to_tables(
        module.intersections_to_cells(crossings)
    )
    return [g for g in (_grid(number, cells) for cells in groups) if g is not None]


def _grid(number: int, cells: list[tuple[float, float, float, float]]) -> Grid | None:
    cells = [c for c in cells if c[2] - c[0] >= MIN_SIDE and c[3] - c[1] >= MIN_SIDE]
    if len(cells) < 2:
        return None
    xs, ys = _steps(c[0] for c in cells), _steps(c[1] for c in cells)
    placed: list[Place] = []
    for x0, top, x1, bottom in cells:
        row, col = _index(ys, top), _index(xs, x0)
        row_span = max(1, sum(1 for y in ys if top - SNAP < y < bottom - SNAP))
        col_span = max(1, sum(1 for x in xs if x0 - SNAP < x < x1 - SNAP))
        placed.append((row, col, row_span, col_span, Box(number, x0, top, x1, bottom)))
    return grid_of(placed, "pdfplumber-lines")


def _steps(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for v in sorted(values):
        if not out or v - out[-1] > SNAP:
            out.append(v)
    return out


def _index(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def close_sides(merged: Sequence[Rule], page: Page) -> list[Rule]:
    """The rules with upright ones added where level ones stop at nothing: tables drawn without their outer
    sides.

    Between two neighbouring level rules of one length that inner uprights join, an end with words beyond the
    uprights is closed.
    """
    level = [r for r in merged if r.horizontal]
    upright = [r for r in merged if not r.horizontal]
    if not upright or len(level) < 2:
        return list(merged)
    added: list[Rule] = []
    for stack in stacks(level):
        for above, below in pairwise(stack):
            added += _closing(above, below, upright, page)
    return [*merged, *added]


def close_ends(merged: Sequence[Rule], page: Page) -> list[Rule]:
    """The rules with level ones added where three uprights or more run on to one height beyond the last level
    rule, words between them: a row that a page break cuts is left open by renderers of HTML."""
    upright = [r for r in merged if not r.horizontal]
    added: list[Rule] = []
    for end, inward in (("top", 1), ("bottom", -1)):
        for group in _at_one_height(upright, end):
            x0, x1 = min(r.x0 for r in group), max(r.x0 for r in group)
            y = getattr(group[0], end)
            across = [r for r in merged if r.horizontal and r.x0 <= x0 + SNAP and r.x1 >= x1 - SNAP]
            beyond = [(r.top - y) * inward for r in across]
            inner = [d for d in beyond if d > MIN_SIDE]
            if any(abs(d) <= MIN_SIDE for d in beyond) or not inner:
                continue
            level = y + inward * min(inner)
            strip = Box(page.number, x0, min(y, level), x1, max(y, level))
            if words_in(strip, page.words):
                added.append(Rule(x0, y, x1, y, True))
    return [*merged, *added]


def _at_one_height(upright: Sequence[Rule], end: str) -> Iterable[list[Rule]]:
    """Three uprights or more that begin, or end, at one height."""
    groups: list[list[Rule]] = []
    for r in sorted(upright, key=lambda r: getattr(r, end)):
        if groups and abs(getattr(r, end) - getattr(groups[-1][0], end)) <= SNAP:
            groups[-1].append(r)
        else:
            groups.append([r])
    return [g for g in groups if len({round(r.x0) for r in g}) >= 3]


def _closing(above: Rule, below: Rule, upright: Sequence[Rule], page: Page) -> Iterable[Rule]:
    top, bottom = above.top, below.top
    crossing = [r for r in upright if r.top <= top + SNAP and r.bottom >= bottom - SNAP]
    inner = [r.x0 for r in crossing if above.x0 + SNAP < r.x0 < above.x1 - SNAP]
    if not inner or bottom - top < MIN_SIDE:
        return
    for side, beyond in ((above.x0, min(inner)), (above.x1, max(inner))):
        strip = Box(page.number, min(side, beyond), top, max(side, beyond), bottom)
        if not any(abs(r.x0 - side) <= SNAP for r in crossing) and (
            words_in(strip, page.words) or abs(side - beyond) > 30
        ):
            yield Rule(side, top, side, bottom, False)


def stacks(level: Sequence[Rule], ends: float = 5.0) -> list[list[Rule]]:
    """Level rules of the same ends (to `ends` points), at least two, from top to bottom."""
    groups: list[list[Rule]] = []
    for r in sorted(level, key=lambda r: (r.top, r.x0)):
        home = next((g for g in groups if abs(g[0].x0 - r.x0) <= ends and abs(g[0].x1 - r.x1) <= ends), None)
        if home is None:
            groups.append([r])
        else:
            home.append(r)
    return [g for g in groups if len(g) >= 2]
