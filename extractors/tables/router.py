"""How a page's tables are read, decided cheaply by what the page shows: rules that enclose cells, level rules
only, figures in columns, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.reading_order import rows_of
from extractors.model import Box, Page, Rule
from extractors.tables.borderless import find_borderless
from extractors.tables.columns import columns_of, grid_from_words
from extractors.tables.grid import Grid, part_stacked, tidy, words_in
from extractors.tables.halfruled import find_half_ruled
from extractors.tables.hidden import part_columns, with_head_above, with_labels_left
from extractors.tables.ruled import close_ends, close_sides, grids_of_rules, merged_rules
from extractors.text.figures import is_figure

FEWEST_RULES = 2
FEWEST_WORDS = 4
LARGER = 1.15
"""A table of so many times the words of those that it overlaps is believed before them."""
CROWDED = 0.3
SPARSE = 0.2
"""A grid of more than a dozen cells of which fewer hold words than this share is a chart or a drawing."""


def find_grids(page: Page) -> list[Grid]:
    """The page's tables from top to bottom; tables within tables left out."""
    if len(page.words) < FEWEST_WORDS:
        return []
    found: list[Grid] = []
    merged = merged_rules(page.rules) if len(page.rules) >= FEWEST_RULES else []
    if len(merged) >= 4:
        closed = close_ends(close_sides(merged, page), page)
        drawn = [r for r in page.rules if r.horizontal and r.drawn]
        found = [
            tidy(p, page.words, drawn) for g in grids_of_rules(page.number, closed) for p in part_stacked(g)
        ]
        found = [read_again(part_columns(g, page.words), page, merged) for g in found if is_table(g, page)]
        found = [with_labels_left(g, page.words, [o.box for o in found if o is not g]) for g in found]
        found = [with_head_above(g, page.words, [o.box for o in found if o is not g]) for g in found]
        found = [g for g in found if not any(g.box.lies_in(o.box, 1) for o in found if o is not g)]
    found += _of_words(page, merged, [g.box for g in found])
    return sorted(found, key=lambda g: (g.box.top, g.box.x0))


def _of_words(page: Page, merged: Sequence[Rule], taken: Sequence[Box]) -> list[Grid]:
    """The tables that no rules enclose: where level rules and the words alone tell of different ones, the
    larger."""
    halves = find_half_ruled(page, merged, taken) if len(merged) >= FEWEST_RULES else []
    worded = find_borderless(page, taken)
    whole = [w for w in worded if _is_larger(w, [h for h in halves if h.box.overlaps(w.box)], page)]
    kept = [h for h in halves if not any(h.box.overlaps(w.box) for w in whole)] + whole
    if len(whole) < len(worded):
        kept += find_borderless(page, [*taken, *(g.box for g in kept)])
    return kept


def _is_larger(worded: Grid, halves: Sequence[Grid], page: Page) -> bool:
    """Whether the others are but parts of the table: it has more words than all of them."""
    theirs = sum(len(words_in(h.box, page.words)) for h in halves)
    return not halves or len(words_in(worded.box, page.words)) > LARGER * theirs


def read_again(grid: Grid, page: Page, merged: Sequence[Rule]) -> Grid:
    """Where rules enclose several columns or rows of words in one cell, the reading that the words give, if
    it parts them better."""
    crowded = crowding(grid, page)
    if crowded < CROWDED:
        return grid
    cuts = [r.top for r in merged if r.horizontal and r.x0 <= grid.box.x0 + 5 and r.x1 >= grid.box.x1 - 5]
    other = grid_from_words(grid.box, page.words, cuts, "rules-and-text", None, merged)
    if (
        other is None
        or other.n_cols < grid.n_cols
        or other.n_rows < grid.n_rows
        or crowding(other, page) > 0.5 * crowded
    ):
        return grid
    return other


def crowding(grid: Grid, page: Page) -> float:
    """The share of the table's words in cells that hold lists of figures, or several clear columns, of their
    own."""
    inside = crowd = 0
    near = [w for w in words_in(grid.box, page.words) if not w.turned]
    for *_, box in grid.cells:
        words = words_in(box, near)
        rows = rows_of(words)
        inside += len(words)
        figures = sum(all(is_figure(w.text) for w in row) for row in rows)
        listed = len(rows) >= 3 and figures >= 0.8 * len(rows)
        columns = (
            len(rows) >= 2
            and len(columns_of(rows)) >= 2
            and sum(any(is_figure(w.text) for w in row[1:]) for row in rows) >= 0.6 * len(rows)
        )
        crowd += len(words) if listed or columns else 0
    return crowd / inside if inside else 0.0


def is_table(grid: Grid, page: Page) -> bool:
    """Not a box around text, a form's single field or the bars of a chart: two columns with words in two
    cells."""
    if grid.n_cols < 2:
        return False
    words = words_in(grid.box, page.words)
    filled = sum(any(box.holds(*w.box.middle) for w in words) for *_, box in grid.cells)
    wide = grid.n_cols >= 3 and filled  # the rest of a long row may stand on its page with one cell filled
    return bool(filled >= 2 or wide) and (len(grid.cells) <= 12 or filled >= SPARSE * len(grid.cells))
