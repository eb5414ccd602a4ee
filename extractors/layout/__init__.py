"""From words to blocks: page furniture taken off, reading order, paragraphs, headings and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.layout.blocks import blocks_of_page, join_over_pages
from extractors.layout.furniture import strip_furniture
from extractors.layout.hyphens import mend_hyphens
from extractors.layout.reading_order import lines_of_page
from extractors.model import Block, Box, Layout, Line, Paper, Word

__all__ = ["lay_out"]


def lay_out(paper: Paper, table_regions: Mapping[int, Sequence[Box]]) -> Layout:
    """Every word of every page in exactly one block, in reading order, but for those that are struck out.

    `table_regions` gives, by page, the boxes whose words belong to a table and are not read as prose.
    """
    furniture = strip_furniture(paper.pages, table_regions)
    body_size = _body_size(paper)
    pages: list[list[Block]] = []
    for page in paper.pages:
        taken = furniture.taken.get(page.number, {})
        kept = [w for w in page.words if id(w) not in taken and w.mark != "struck"]
        prose, tables = _out_of_tables(kept, table_regions.get(page.number, ()))
        lines = mend_hyphens(lines_of_page(prose, page.width), paper)
        found = blocks_of_page(lines, page, body_size)
        pages.append([*_insert_tables(found, tables), *furniture.blocks_of(page)])
    blocks = join_over_pages(pages)
    return Layout(tuple(blocks), furniture.labels, furniture.stamps, frozenset(furniture.blanks))


def _body_size(paper: Paper) -> float:
    """The type size that most letters of the paper are set in."""
    letters: dict[float, int] = {}
    for page in paper.pages:
        for w in page.words:
            letters[w.size] = letters.get(w.size, 0) + len(w.text)
    count: dict[float, int] = {}
    for size, many in letters.items():
        key = round(size * 2) / 2
        count[key] = count.get(key, 0) + many
    return max(count, key=lambda k: (count[k], k)) if count else 11.0


def _out_of_tables(
    words: Sequence[Word], regions: Sequence[Box]
) -> tuple[list[Word], list[tuple[Box, list[Word]]]]:
    """Words outside every table, and each table's own."""
    if not regions:
        return list(words), []
    tables: list[tuple[Box, list[Word]]] = [(box, []) for box in regions]
    prose: list[Word] = []
    for w in words:
        x, y = w.box.middle
        for box, inside in tables:
            if box.top <= y <= box.bottom and box.x0 <= x <= box.x1:
                inside.append(w)
                break
        else:
            prose.append(w)
    return prose, [(box, inside) for box, inside in tables if inside]


def _insert_tables(blocks: list[Block], tables: list[tuple[Box, list[Word]]]) -> list[Block]:
    """Each table as one block where it stands: before the first block of its own page that begins below its
    top."""
    out = list(blocks)
    for box, words in tables:
        block = Block("table", tuple(Line((w,)) for w in words))
        place = next((i for i, b in enumerate(out) if b.regions[0].top > box.top), len(out))
        out.insert(place, block)
    return out
