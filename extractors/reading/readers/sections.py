"""Sections: headings and numbered paragraphs, as a tree, with the words under each."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.layout.markers import is_bullet, parse
from extractors.model import Block, Box, Part, cover


@dataclass
class Section:
    """A node: `parent` is the index of the section above it in the part's list."""

    level: int
    number: str | None
    heading: str | None
    parent: int | None
    blocks: list[Block] = field(default_factory=lambda: list[Block]())
    family: str = ""

    @property
    def text(self) -> str:
        """The paragraphs under it, a line each; a numbered paragraph's own words first."""
        own = [
            b.body if i == 0 and b.marker == self.number else b.text
            for i, b in enumerate(self.blocks)
            if not (i == 0 and self.heading)
        ]
        return "\n".join(own)

    @property
    def regions(self) -> tuple[Box, ...]:
        """Boxes around all of it."""
        return cover(r for b in self.blocks for r in b.regions)

    @property
    def begins(self) -> tuple[int, float]:
        """Page and height of its first words."""
        return min((r.page, r.top) for b in self.blocks for r in b.regions[:1])


def sections_of(part: Part) -> list[Section]:
    """The part's sections in order. Words before the first heading belong to none."""
    out: list[Section] = []
    stack: list[int] = []
    sizes = sorted(
        {round(b.lines[0].size) for b in part.blocks if b.kind == "heading" and not b.marker}, reverse=True
    )[:4]
    for block in part.blocks:
        if block.kind in ("table", "caption", "footnote"):
            continue
        marker = block.marker if block.marker and not is_bullet(block.marker) else ""
        if block.kind not in ("heading", "numbered") or (block.kind == "numbered" and not marker):
            if out:
                out[-1].blocks.append(block)
            continue
        stack = _open(stack, out, block, marker, sizes)
        parent = stack[-1] if stack else None
        level = out[parent].level + 1 if parent is not None else 1
        family = parse(marker).family if marker else f"size {_rank(block, sizes)}"
        out.append(
            Section(
                level,
                marker or None,
                block.body if block.kind == "heading" else None,
                parent,
                [block],
                family,
            )
        )
        stack = [*stack, len(out) - 1]
    return out


def _rank(block: Block, sizes: list[int]) -> int:
    size = round(block.lines[0].size)
    return sizes.index(size) if size in sizes else len(sizes)


def _open(stack: list[int], out: list[Section], block: Block, marker: str, sizes: list[int]) -> list[int]:
    """The sections that stay open above the new one: "1.2.1" is under 1.2, "(a)" under the paragraph before
    it."""
    if not marker:
        rank = _rank(block, sizes)
        return [i for i in stack if out[i].family.startswith("size ") and int(out[i].family[5:]) < rank]
    parts = parse(marker).parts
    if len(parts) > 1:
        for depth in range(len(stack) - 1, -1, -1):
            number = out[stack[depth]].number
            above = parse(number).parts if number else ()
            if above and len(above) < len(parts) and parts[: len(above)] == above:
                return stack[: depth + 1]
        return [i for i in stack if not out[i].number]
    family = parse(marker).family
    for depth, i in enumerate(stack):
        if out[i].family == family:
            return stack[:depth]
    if block.kind == "heading" and "decimal" in family:
        return [i for i in stack if not out[i].number]
    return stack
