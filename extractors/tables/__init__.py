"""Tables: found page by page on the rules and words that the page was read with, joined across pages."""

from extractors.tables.grid import Grid, read_grid
from extractors.tables.join import join_tables
from extractors.tables.router import find_grids

__all__ = ["Grid", "find_grids", "join_tables", "read_grid"]
