"""Pictures of what was read, drawn with pdfplumber's own debugging tools over the pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.errors import UnreadablePdf
from extractors.reading.doc import facts_of, sheet_of
from extractors.rows import Reading, read

COLOURS = {
    "heading": (200, 30, 30),
    "paragraph": (120, 120, 120),
    "numbered": (40, 90, 200),
    "bullet": (40, 150, 200),
    "table": (20, 140, 60),
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
    number = page.page_number
    image = page.to_image(resolution=RESOLUTION)
    clip = lambda b: (  # noqa: E731
        max(0, b.x0),
        max(0, b.top),
        min(float(page.width), max(b.x1, b.x0 + 0.5)),
        min(float(page.height), max(b.bottom, b.top + 0.5)),
    )
    for block in reading.layout.blocks:
        for box in block.regions:
            if box.page == number:
                image.draw_rect(
                    clip(box), fill=(0, 0, 0, 0), stroke=COLOURS.get(block.kind, (0, 0, 0)), stroke_width=1
                )
    for table, _ in reading.tables:
        for cell in table.cells:
            for box in cell.regions:
                if box.page == number:
                    image.draw_rect(clip(box), fill=(20, 140, 60, 20), stroke=(20, 140, 60), stroke_width=1)
    for kind, fill in FACT_FILL.items():
        for doc in reading.docs.values():
            for fact in facts_of(doc, kind):
                for box in sheet_of(doc).regions(fact.start, fact.end):
                    if box.page == number:
                        image.draw_rect(clip(box), fill=fill, stroke=None, stroke_width=0)
    part = next((p for p in reading.parts if p.page_from <= number <= p.page_to), None)
    if part:
        image.draw.text(
            (4, 2),
            f"part {part.index}: {part.kind} {part.item_number or ''} {part.title[:60]}",
            fill=(200, 0, 0),
        )
    return image
