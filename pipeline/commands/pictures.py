"""Pictures of what was read, drawn over the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.errors import UnreadablePdf
from extractors.model import Box
from extractors.reading.doc import facts_of, sheet_of
from extractors.rows import Reading, read
from search.drawing import picture_of

TABLE = (20, 140, 60)
COLOURS = {
    "heading": (200, 30, 30),
    "paragraph": (120, 120, 120),
    "numbered": (40, 90, 200),
    "bullet": (40, 150, 200),
    "table": TABLE,
    "caption": (150, 90, 20),
    "footnote": (150, 90, 150),
    "running": (220, 160, 0),
    "stamp": (220, 160, 0),
    "blank_notice": (220, 160, 0),
}
FACT_FILL = {
    "items": (255, 200, 0, 60),
    "attendance": (0, 120, 255, 60),
    "seats": (0, 120, 255, 60),
    "decisions": (255, 0, 80, 60),
    "actions": (0, 180, 80, 70),
    "contacts": (140, 0, 255, 60),
    "meeting": (255, 120, 0, 70),
}
RESOLUTION = 100


def draw_pages(pdf: Path, output: Path, only: int | None = None) -> Iterator[Path]:
    """A PNG for each page (or the one asked for) under `output`: blocks outlined by kind, tables, tagged
    facts shaded, the part in the corner."""
    reading = read(pdf, hashlib.sha256(pdf.read_bytes()).hexdigest())
    total = len(reading.paper.pages)
    if only is not None and only > total:
        raise UnreadablePdf(f"{pdf.name} has {total} pages, not {only}")
    output.mkdir(parents=True, exist_ok=True)
    for number in (only,) if only is not None else range(1, total + 1):
        picture = picture_of(pdf, number, RESOLUTION / 72)
        if picture:
            target = output / f"{pdf.stem}-p{number:03d}.png"
            _draw(reading, number, *picture).save(target)
            yield target


def _draw(reading: Reading, number: int, image: Any, scale: float) -> Any:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image, "RGBA")
    for box, look in _shapes(reading):
        if box.page == number:
            x1, bottom = max(box.x1, box.x0 + 0.5), max(box.bottom, box.top + 0.5)
            draw.rectangle([scale * side for side in (box.x0, box.top, x1, bottom)], **look)
    part = next((p for p in reading.parts if p.page_from <= number <= p.page_to), None)
    if part:
        caption = f"part {part.index}: {part.kind} {part.item_number or ''} {part.title[:60]}"
        draw.text((4, 2), caption, fill=(200, 0, 0))
    return image


def _shapes(reading: Reading) -> Iterator[tuple[Box, dict[str, Any]]]:
    """Every box of the paper with how it is drawn, the first ones undermost."""
    for block in reading.layout.blocks:
        stroke = COLOURS.get(block.kind, (0, 0, 0))
        for box in block.regions:
            yield box, {"fill": (0, 0, 0, 0), "outline": stroke, "width": 1}
    for table, _ in reading.tables:
        for box in (b for cell in table.cells for b in cell.regions):
            yield box, {"fill": (*TABLE, 20), "outline": TABLE, "width": 1}
    for kind, fill in FACT_FILL.items():
        for doc in reading.docs.values():
            for fact in facts_of(doc, kind):
                for box in sheet_of(doc).regions(fact.start, fact.end):
                    yield box, {"fill": fill, "outline": None, "width": 0}
