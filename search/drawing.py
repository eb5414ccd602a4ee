"""A page of a PDF as a picture, and where its words lie on it."""

from __future__ import annotations

import io
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.untyped import load

BOX = (200, 30, 60)
MAX_PIXELS = 16_000_000
LONGEST = 8_000
"""Pixels at the most of a picture, and of its longer side."""
SERVED_PIXELS = 3_000_000
"""Pixels at the most of a picture that the site serves: A4 at 115 dots an inch is 1.3 million."""
LARGEST_UNIT = 1000.0
"""As `extractors.pdf.shown`, which says what a box's numbers mean."""
PDFIUM = threading.Lock()
"""pdfium is not safe for threads."""
MOST_WORDS = 4_000
"""Lines of a page's text, and marks on it, that are looked at."""
Box = tuple[float, float, float, float]
"""x0, top, width, height in points, as the page is displayed."""


@dataclass(frozen=True, slots=True)
class Words:
    """A page's size in points, its runs of text with their boxes, and boxes round the words looked for."""

    width: float
    height: float
    runs: tuple[tuple[str, Box], ...]
    marks: tuple[Box, ...]


def picture_of(
    pdf: Path, number: int, scale: float, most_pixels: int = MAX_PIXELS
) -> tuple[Any, float] | None:
    """The page as it is displayed and its pixels a point: `scale`, or fewer where `most_pixels` and LONGEST
    say so. A row's box times that many pixels lies over the row's words. None when there is no such page."""
    with PDFIUM:
        document = load("pypdfium2").PdfDocument(pdf)
        try:
            page = _page(document, number)
            if page is None:
                return None
            unit = _unit(pdf, number)
            width, height = (unit * side for side in page.get_size())
            pixels = min(scale, (most_pixels / (width * height)) ** 0.5, LONGEST / max(width, height))
            return page.render(scale=pixels * unit).to_pil().convert("RGB"), pixels
        finally:
            document.close()


def _page(document: Any, number: int) -> Any:
    if not 1 <= number <= len(document):
        return None
    page = document[number - 1]
    if not all(page.get_size()):  # its CropBox lies off the page: pdfium would show nothing
        page.set_cropbox(*page.get_mediabox())
    return page


def _unit(pdf: Path, number: int) -> float:
    """The length in points of one of the page's own units, which pdfium does not ask for."""
    pikepdf = load("pikepdf")
    try:
        with pikepdf.open(pdf) as document:
            unit = float(document.pages[number - 1].obj.get("/UserUnit", 1))
    except (pikepdf.PdfError, TypeError, ValueError):
        return 1.0
    return unit if 0 < unit <= LARGEST_UNIT else 1.0


def png_of(pdf: Path, number: int, scale: float, regions: str = "[]") -> bytes | None:
    """A PNG of the page with the regions ([[page, x0, top, x1, bottom], ...] as JSON) boxed; None when there
    is no such page."""
    picture = picture_of(pdf, number, scale, SERVED_PIXELS)
    if picture is None:
        return None
    image, scale = picture
    boxes = [r for r in json.loads(regions) if r[0] == number]
    if boxes:
        draw = load("PIL.ImageDraw").Draw(image)
        for _, x0, top, x1, bottom in boxes:
            draw.rectangle(
                (x0 * scale - 4, top * scale - 4, x1 * scale + 4, bottom * scale + 4), outline=BOX, width=3
            )
    out = io.BytesIO()
    image.quantize(128).save(out, "PNG") if not boxes else image.save(out, "PNG")
    return out.getvalue()


def words_of(pdf: Path, number: int, looked_for: tuple[str, ...] = ()) -> Words | None:
    """Where the words of a page lie; None when there is no such page, or it is turned round or measured in
    units of its own: pdfium tells places as the page was before."""
    with PDFIUM:
        document = load("pypdfium2").PdfDocument(pdf)
        try:
            page = _page(document, number)
            if page is None or page.get_rotation() or _unit(pdf, number) != 1.0:
                return None
            left, bottom, _, _ = page.get_cropbox()
            width, height = page.get_size()
            text = page.get_textpage()

            def box(i: int) -> Box:
                x0, y0, x1, y1 = text.get_rect(i)
                return x0 - left, height - (y1 - bottom), x1 - x0, y1 - y0

            runs: list[tuple[str, Box]] = []
            for i in range(min(text.count_rects(), MOST_WORDS)):
                words = str(text.get_text_bounded(*text.get_rect(i))).strip()
                if words:
                    runs.append((" ".join(words.split()), box(i)))
            return Words(width, height, tuple(runs), tuple(_marks(text, looked_for, box)))
        finally:
            document.close()


def _marks(text: Any, looked_for: tuple[str, ...], box: Any) -> list[Box]:
    out: list[Box] = []
    for word in looked_for:
        search = text.search(word)
        while len(out) < MOST_WORDS and (found := search.get_next()):
            for i in _rects(text, *found):
                out.append(box(i))
        search.close()
    return out


def _rects(text: Any, start: int, length: int) -> range:
    """Asks pdfium for the boxes of these letters; what `get_rect` then numbers."""
    return range(text.count_rects(start, length))
