"""Tables: found page by page on the pages' own rules, read by the words inside, joined across pages."""

from extractors.tables.join import join_tables
from extractors.tables.ruled import Grid, find_grids, read_grid

__all__ = ["Grid", "find_grids", "join_tables", "read_grid"]
