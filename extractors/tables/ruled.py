"""Ruled tables: pdfplumber's own geometry (edges to intersections to cells) over the rules that the page was read with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Cell, Page, Rule, Table, Word, cover

SNAP = 3.0
"""Points within which two rules are one; pdfplumber's default, for lines and thin boxes drawn side by side."""
MIN_SIDE = 4.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one ruled table on one page, by their place: (row, col, row_span, col_span, box)."""

    box: Box
    n_rows: int
    n_cols: int
    cells: tuple[tuple[int, int, int, int, Box], ...]


def find_grids(page: Page) -> list[Grid]:
    """Every ruled grid of two cells or more on the page, from top to bottom."""
    if len(page.rules) < 4:
        return []
    groups = _cell_groups(page.rules)
    grids = [g for g in (_grid(page.number, cells) for cells in groups) if g is not None]
    filled = [g for g in grids if _is_table(g, page)]
    outer = [g for g in filled if not any(_inside(g.box, o.box) for o in filled if o is not g)]
    return sorted(outer, key=lambda g: (g.box.top, g.box.x0))


def _cell_groups(rules: Sequence[Rule]) -> list[list[tuple[float, float, float, float]]]:
    from pdfplumber import table as geometry

    module = cast(Any, geometry)
    edges = [
        {"x0": r.x0, "x1": r.x1, "top": r.top, "bottom": r.bottom, "orientation": "h" if r.horizontal else "v",
         "width": r.x1 - r.x0, "height": r.bottom - r.top, "object_type": "line"}
        for r in rules
    ]  # fmt: skip
    merged = module.merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= SNAP]
    if len(merged) > 4000:
        return []
    crossings = module.edges_to_intersections(merged, SNAP, SNAP)
    return module.cells_to_tables(module.intersections_to_cells(crossings))


def _grid(number: int, cells: list[tuple[float, float, float, float]]) -> Grid | None:
    cells = [c for c in cells if c[2] - c[0] >= MIN_SIDE and c[3] - c[1] >= MIN_SIDE]
    if len(cells) < 2:
        return None
    xs, ys = _steps(c[0] for c in cells), _steps(c[1] for c in cells)
    placed: list[tuple[int, int, int, int, Box]] = []
    for x0, top, x1, bottom in cells:
        row, col = _index(ys, top), _index(xs, x0)
        row_span = max(1, sum(1 for y in ys if top - SNAP < y < bottom - SNAP))
        col_span = max(1, sum(1 for x in xs if x0 - SNAP < x < x1 - SNAP))
        placed.append((row, col, row_span, col_span, Box(number, x0, top, x1, bottom)))
    return Grid(cover(p[4] for p in placed)[0], len(ys), len(xs), tuple(sorted(placed)))


def _steps(values: Any) -> list[float]:
    out: list[float] = []
    for v in sorted(values):
        if not out or v - out[-1] > SNAP:
            out.append(v)
    return out


def _index(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def _inside(a: Box, b: Box) -> bool:
    return b.x0 - 1 <= a.x0 and b.top - 1 <= a.top and a.x1 <= b.x1 + 1 and a.bottom <= b.bottom + 1


def _is_table(grid: Grid, page: Page) -> bool:
    """Not a box around text, a form's single field or the bars of a chart: two columns with words in two cells."""
    if grid.n_cols < 2:
        return False
    words = [w for w in page.words if grid.box.holds((w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2)]
    if not words:
        return False
    filled = 0
    for *_, box in grid.cells:
        filled += any(box.holds((w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2) for w in words)
    return filled >= 2


def read_grid(grid: Grid, words: Sequence[Word]) -> Table:
    """The words of a page put into the grid's cells; `accuracy` is the share of its letters that found one."""
    inside: dict[int, list[Word]] = {}
    found = lost = 0
    for w in words:
        x, y = (w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2
        if not grid.box.holds(x, y):
            continue
        home = next((i for i, c in enumerate(grid.cells) if c[4].holds(x, y)), None)
        if home is None:
            lost += len(w.text)
        else:
            found += len(w.text)
            inside.setdefault(home, []).append(w)
    cells = tuple(
        Cell(row, col, cell_text(inside.get(i, ())), (box,), row_span, col_span)
        for i, (row, col, row_span, col_span, box) in enumerate(grid.cells)
    )
    accuracy = found / (found + lost) if found + lost else 0.0
    return Table((grid.box,), grid.n_rows, grid.n_cols, cells, "pdfplumber-lines", accuracy)


def cell_text(words: Sequence[Word]) -> str:
    """A cell's words, a line a row; turned words after the upright ones, in their own direction."""
    upright = [w for w in words if not w.turned]
    lines = [" ".join(w.text for w in row) for row in rows_of(upright)]
    turned = [w.text for w in words if w.turned]
    return "\n".join([*lines, *([" ".join(turned)] if turned else [])])
