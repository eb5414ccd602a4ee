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

from schemas.untyped import load

SCALE = 1.6
BOX = (200, 30, 60)
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

    with PDFIUM:
        document = load("pypdfium2").PdfDocument(path)
        try:
            if not 1 <= number <= len(document):
                return None
            image = document[number - 1].render(scale=SCALE).to_pil().convert("RGB")
        finally:
            document.close()
    draw = ImageDraw.Draw(image)
    for page, x0, top, x1, bottom in json.loads(regions):
        if page == number:
            draw.rectangle(
                (x0 * SCALE - 4, top * SCALE - 4, x1 * SCALE + 4, bottom * SCALE + 4), outline=BOX, width=3
            )
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()
