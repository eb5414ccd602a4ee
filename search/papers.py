"""The papers themselves, by hash: found in folders that hold them, drawn page by page with boxes over what
was read."""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas.untyped import load

SCALE = 1.6
BOX = (200, 30, 60)
MAX_PIXELS = 16_000_000
LONGEST = 8_000
"""Pixels at the most of a picture, and of its longer side."""
LARGEST_UNIT = 1000.0
"""As `extractors.pdf.shown`, which says what a box's numbers mean."""
PDFIUM = threading.Lock()
"""pdfium is not safe for threads."""


class Papers:
    """PDFs in folders, by their SHA-256; a file named by its hash is believed, others are hashed once."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._paths: dict[str, Path] = {}
        for folder in folders:
            for file in sorted(folder.rglob("*")):
                if file.is_file() and file.suffix.lower() in (".pdf", ""):
                    named = re.fullmatch(r"[0-9a-f]{64}", file.stem)
                    self._paths.setdefault(
                        file.stem if named else hashlib.sha256(file.read_bytes()).hexdigest(), file
                    )

    def path(self, document_id: str) -> Path | None:
        """Where the paper lies; None when it is not at hand."""
        found = self._paths.get(document_id)
        return found if found and found.exists() else None

    def page(self, document_id: str, number: int, regions: str = "[]") -> bytes | None:
        """A PNG of the page with the regions ([[page, x0, top, x1, bottom], ...] as JSON) boxed; None when
        paper or page is not there."""
        path = self.path(document_id)
        return _draw(str(path), number, regions) if path else None


@lru_cache(maxsize=128)
def _draw(path: str, number: int, regions: str) -> bytes | None:
    from PIL import ImageDraw

    picture = picture_of(Path(path), number, SCALE)
    if picture is None:
        return None
    image, scale = picture
    draw = ImageDraw.Draw(image)
    for page, x0, top, x1, bottom in json.loads(regions):
        if page == number:
            draw.rectangle(
                (x0 * scale - 4, top * scale - 4, x1 * scale + 4, bottom * scale + 4), outline=BOX, width=3
            )
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def picture_of(pdf: Path, number: int, scale: float) -> tuple[Any, float] | None:
    """The page as it is displayed and its pixels a point: `scale`, or fewer where MAX_PIXELS and LONGEST say
    so. A row's box times that many pixels lies over the row's words. None when there is no such page."""
    with PDFIUM:
        document = load("pypdfium2").PdfDocument(pdf)
        try:
            if not 1 <= number <= len(document):
                return None
            page = document[number - 1]
            if not all(page.get_size()):  # its CropBox lies off the page: pdfium would show nothing
                page.set_cropbox(*page.get_mediabox())
            unit = _unit(pdf, number)
            width, height = (unit * side for side in page.get_size())
            pixels = min(scale, (MAX_PIXELS / (width * height)) ** 0.5, LONGEST / max(width, height))
            return page.render(scale=pixels * unit).to_pil().convert("RGB"), pixels
        finally:
            document.close()


def _unit(pdf: Path, number: int) -> float:
    """The length in points of one of the page's own units, which pdfium does not ask for."""
    pikepdf = load("pikepdf")
    try:
        with pikepdf.open(pdf) as document:
            unit = float(document.pages[number - 1].obj.get("/UserUnit", 1))
    except (pikepdf.PdfError, TypeError, ValueError):
        return 1.0
    return unit if 0 < unit <= LARGEST_UNIT else 1.0
