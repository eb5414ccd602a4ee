"""Pictures of what was read, drawn with pdfplumber's own debugging tools over the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.errors import UnreadablePdf
from extractors.model import Box
from extractors.reading.doc import facts_of, sheet_of
from extractors.rows import Reading, read

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
    import pdfplumber

    reading = read(pdf, hashlib.sha256(pdf.read_bytes()).hexdigest())
    total = len(reading.paper.pages)
    if only is not None and only > total:
        raise UnreadablePdf(f"{pdf.name} has {total} pages, not {only}")
    output.mkdir(parents=True, exist_ok=True)
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            if only is None or page.page_number == only:
                target = output / f"{pdf.stem}-p{page.page_number:03d}.png"
                _draw(reading, page).save(str(target))
                page.close()
                yield target


def _draw(reading: Reading, page: Any) -> Any:
    image = page.to_image(resolution=RESOLUTION)
    for box, look in _shapes(reading):
        if box.page == page.page_number:
            x1, bottom = max(box.x1, box.x0 + 0.5), max(box.bottom, box.top + 0.5)
            corners = (max(0, box.x0), max(0, box.top), min(page.width, x1), min(page.height, bottom))
            image.draw_rect(corners, **look)
    number = page.page_number
    part = next((p for p in reading.parts if p.page_from <= number <= p.page_to), None)
    if part:
        caption = f"part {part.index}: {part.kind} {part.item_number or ''} {part.title[:60]}"
        image.draw.text((4, 2), caption, fill=(200, 0, 0))
    return image


def _shapes(reading: Reading) -> Iterator[tuple[Box, dict[str, Any]]]:
    """Every box of the paper with how it is drawn, the first ones undermost."""
    for block in reading.layout.blocks:
        stroke = COLOURS.get(block.kind, (0, 0, 0))
        for box in block.regions:
            yield box, {"fill": (0, 0, 0, 0), "stroke": stroke, "stroke_width": 1}
    for table, _ in reading.tables:
        for box in (b for cell in table.cells for b in cell.regions):
            yield box, {"fill": (*TABLE, 20), "stroke": TABLE, "stroke_width": 1}
    for kind, fill in FACT_FILL.items():
        for doc in reading.docs.values():
            for fact in facts_of(doc, kind):
                for box in sheet_of(doc).regions(fact.start, fact.end):
                    yield box, {"fill": fill, "stroke": None, "stroke_width": 0}
