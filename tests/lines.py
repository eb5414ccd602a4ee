"""Minutes made of a few invented lines: enough layout for the components to read them as they read a page."""

from __future__ import annotations

from typing import Any

from extractors.layout.blocks import marker_of
from extractors.layout.markers import is_bullet
from extractors.model import Block, Box, Line, Part, Word
from extractors.reading.doc import Sheet, facts_of
from extractors.reading.pipeline import tag


def block(text: str, top: float) -> Block:
    """A paragraph; "# " in front makes it a bold heading, "|" parts its printed lines."""
    bold = text.startswith("# ")
    lines = []
    for i, line in enumerate(text.removeprefix("# ").split("|")):
        x, words = 60.0, []
        for j, token in enumerate(line.split()):
            width = 5.0 * len(token)
            words.append(Word(token, Box(1, x, top + 12 * i, x + width, top + 12 * i + 11), 11.0, bold))
            x += width + (14.0 if j == 0 and i == 0 else 3.0)
        lines.append(Line(tuple(words)))
    marker = marker_of(lines[0])
    kind = (
        "heading"
        if bold
        else "bullet"
        if marker and is_bullet(marker)
        else "numbered"
        if marker
        else "paragraph"
    )
    return Block(kind, tuple(lines), marker, body_size=11.0)


def sheet_of_lines(*texts: str, kind: Any = "minutes") -> Sheet:
    """The lines as one part of the kind given."""
    blocks = tuple(block(t, 40.0 + 30 * i) for i, t in enumerate(texts))
    return Sheet(Part(0, kind, "Minutes", 1, 1, blocks=blocks))


def read(*texts: str, kind: Any = "minutes") -> Any:
    """A tagged Doc of the lines, as one part of the kind given."""
    return next(iter(tag([sheet_of_lines(*texts, kind=kind)])))


def found(facts: str, *texts: str, kind: Any = "minutes") -> list[Any]:
    """The facts of one kind that the lines give."""
    return facts_of(read(*texts, kind=kind), facts)
