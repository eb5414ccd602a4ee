"""A row's box lies over the row's words, as pdfium shows the page, wherever the page begins, however it is
turned."""

from __future__ import annotations

import ctypes
import io
import itertools
import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen import canvas

from extractors import extract
from extractors.model import Box
from extractors.pdf.pages import read_paper
from extractors.pdf.shown import shown
from search.drawing import LONGEST, MAX_PIXELS, picture_of
from tests.conftest import FIXTURES, shared

ORIGINS = ((0, 0), (-30, -40), (100, 50))
CROPS = (None, (10, 20, -15, -25), (-60, -60, 60, 60), (5000, 5000, 5300, 5300))
"""How far each side of the CropBox lies from the MediaBox's; the last lies off the page."""
TURNS = (0, 90, 180, 270, -90, 450)
UNITS = (1, 2.5)
ITS_OWN = {
    "sections": "heading",
    "agenda_items": "title",
    "attendance": "name",
    "motions": "text",
    "resolutions": "text",
    "actions": "text",
    "table_cells": "text",
    "links": "text",
    "declarations": "name",
}
"""A column of each dataset that gives the paper's own words."""
PAGES = 2
"""Pages at the most of a real paper that are read: the test is to take seconds."""
AIM = 0.99


def letters(text: str) -> str:
    """What pdfium and we must agree on: spacing and hyphens at line ends are the readers' own."""
    return "".join(c for c in text.casefold() if c.isalnum())


class Seen:
    """A paper as pdfium shows it; boxes of our rows go by pdfium's own way from a screen to a page."""

    def __init__(self, pdf: Path) -> None:
        self.document = pypdfium2.PdfDocument(pdf)
        with pikepdf.open(pdf) as told:
            self.units = [float(p.obj.get("/UserUnit", 1)) for p in told.pages]

    def under(self, box: Box, slack: float = 1.5) -> str:
        """The letters in the box, `slack` points more on each side."""
        page: Any = self.document[box.page - 1]
        if not all(page.get_size()):
            page.set_cropbox(*page.get_mediabox())
        width, height = (self.units[box.page - 1] * side for side in page.get_size())
        corners = [
            _on_page(page, x / width, y / height)
            for x, y in ((box.x0 - slack, box.top - slack), (box.x1 + slack, box.bottom + slack))
        ]
        (x0, x1), (y0, y1) = (sorted(side) for side in zip(*corners, strict=True))
        return page.get_textpage().get_text_bounded(x0, y0, x1, y1)


def _on_page(page: Any, x: float, y: float) -> tuple[float, float]:
    """The point of the page at a share of its width and height on the screen."""
    raw, size = pypdfium2.raw, 1_000_000
    a, b = ctypes.c_double(), ctypes.c_double()
    raw.FPDF_DeviceToPage(page, 0, 0, size, size, 0, round(x * size), round(y * size), a, b)
    return a.value, b.value


def sheet(path: Path, origin: tuple[float, float], crop: Any, turn: int, unit: float) -> Path:
    """A page of lines with such boxes."""
    out = io.BytesIO()
    drawn = canvas.Canvas(out, pagesize=(400, 500))
    drawn.translate(*origin)
    for n, line in enumerate(("Present: Councillor Roe", "Moved by Councillor Day", "Carried")):
        drawn.drawString(60, 400 - 90 * n, line)
    drawn.linkURL("https://dunmere.example/paper", (55, 390, 220, 415), relative=1)
    drawn.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        page = document.pages[0]
        media = (*origin, origin[0] + 400, origin[1] + 500)
        page.MediaBox = pikepdf.Array(media)
        if crop:
            page.CropBox = pikepdf.Array([m + c for m, c in zip(media, crop, strict=True)])
        page.Rotate = turn
        page.obj["/UserUnit"] = unit
        document.save(path)
    return path


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("unit", UNITS)
def test_every_word_and_link_is_under_its_box(tmp_path, origin, unit):
    for crop, turn in itertools.product(CROPS, TURNS):
        pdf = sheet(tmp_path / "sheet.pdf", origin, crop, turn, unit)
        [page], seen = read_paper(pdf).pages, Seen(pdf)
        assert len(page.words) == 8, (crop, turn)
        assert [letters(seen.under(w.box)) for w in page.words] == [letters(w.text) for w in page.words]
        assert [x.text for x in page.links] == ["Present: Councillor Roe"], (crop, turn)
        image, scale = picture_of(pdf, 1, 1.5) or pytest.fail("no picture")
        assert image.size == pytest.approx((page.width * scale, page.height * scale), abs=1.5)
        for w in page.words:
            inked = image.crop([scale * side for side in w.box[1:]]).convert("L").getextrema()
            assert inked[0] < 128, (crop, turn, w)
        blank = image.convert("L")
        for box in (w.box for w in page.words):
            around = (box.x0 - 2, box.top - 2, box.x1 + 2, box.bottom + 2)
            blank.paste(255, [round(scale * side) for side in around])
        assert blank.getextrema()[0] > 128, "nothing is drawn but under the words' boxes"


def displaced(pdf: Path, target: Path, origin: tuple[float, float], turn: int, unit: float) -> Path:
    """The same paper to look at, of pages that begin elsewhere, lie on their side and have other units."""
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            _, _, wide, high = (float(side) for side in page.mediabox)
            size = (high, wide) if turn in (90, 270) else (wide, high)
            crop = (*origin, *(o + s / unit for o, s in zip(origin, size, strict=True)))
            page.CropBox = pikepdf.Array(crop)
            page.MediaBox = pikepdf.Array([c + more for c, more in zip(crop, (-9, -9, 9, 9), strict=True)])
            page.Rotate, page.obj["/UserUnit"] = turn, unit
            there = pikepdf.Matrix(shown(dict(_plain(page))).matrix).inverse()
            page.contents_add(b"q " + there.encode() + b" cm", prepend=True)
            page.contents_add(b"Q")
        document.save(target)
    return target


def _plain(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    for key in ("MediaBox", "CropBox", "Rotate", "UserUnit"):
        told = page.obj["/" + key]
        yield key, [float(v) for v in told] if key.endswith("Box") else float(told)


@pytest.mark.parametrize(("turn", "unit"), [(0, 1), (90, 0.5), (180, 1), (270, 2)])
def test_a_paper_gives_the_same_rows_however_its_pages_lie(tmp_path, turn, unit):
    plain = FIXTURES / "pinewater-minutes.pdf"
    moved = displaced(plain, tmp_path / plain.name, (-70, 130), turn, unit)
    expected, found = _rows(plain), _rows(moved)
    assert len(expected) > 30
    assert [r[:2] for r in found] == [r[:2] for r in expected]
    for (*_, was), (dataset, said, now) in zip(expected, found, strict=True):
        assert [tuple(b) for b in now] == [pytest.approx(tuple(b), abs=0.2) for b in was], (dataset, said)
    seen = Seen(moved)
    for dataset, said, boxes in found:
        assert all(letters(w) in letters(" ".join(map(seen.under, boxes))) for w in said.split()), (
            dataset,
            said,
        )


def _rows(pdf: Path) -> list[tuple[str, str, list[Box]]]:
    """Each row that gives words of the paper: its dataset, the words and where they stand."""
    rows = extract(pdf).rows
    return [
        (dataset, said, [Box(r.page, r.x0, r.top, r.x1, r.bottom) for r in row.place.regions])
        for dataset, column in ITS_OWN.items()
        for row in rows[dataset]
        if (said := getattr(row, column)) and row.place.regions
    ]


def test_a_page_of_absurd_size_is_read_and_drawn_within_limits(tmp_path):
    for n, (media, unit) in enumerate(
        (
            ((0, 0, 2e7, 2e7), 1),
            ((0, 0, 14400, 3), 75),
            ((0, 0, 1, 9e6), 1),
            ((0, 0, 400, 500), 9e9),
            ((0, 0, 0, 0), 1),
        )
    ):
        pdf = sheet(tmp_path / f"{n}.pdf", (0, 0), None, 0, unit)
        with pikepdf.open(pdf, allow_overwriting_input=True) as document:
            document.pages[0].MediaBox = pikepdf.Array(media)
            document.save(pdf)
        [page] = read_paper(pdf).pages
        assert page.trouble is None and page.width > 0
        image, scale = picture_of(pdf, 1, 1.6) or pytest.fail("no picture")
        assert max(image.size) <= LONGEST + 1 and image.width * image.height <= 1.1 * MAX_PIXELS
        assert scale <= 1.6


def test_a_file_that_tells_no_size_is_read(tmp_path):
    pdf = sheet(tmp_path / "sheet.pdf", (0, 0), None, 0, 1)
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        del document.pages[0].obj["/MediaBox"]
        document.save(pdf)
    [page], seen = read_paper(pdf).pages, Seen(pdf)
    assert (page.width, page.height) == (612, 792)
    assert [letters(seen.under(w.box)) for w in page.words] == [letters(w.text) for w in page.words]


def _cut(pdf: Path, folder: Path) -> Path | None:
    """The paper's first pages, boxes and all; None for one that is damaged or whose text is a picture."""
    target = folder / f"{zlib.crc32(str(pdf).encode()):08x}.pdf"
    try:
        with pikepdf.open(pdf) as document:
            del document.pages[PAGES:]
            document.save(target)
    except pikepdf.PdfError:
        return None
    letters_drawn = sum(p.get_textpage().count_chars() for p in pypdfium2.PdfDocument(target))
    return target if letters_drawn > 400 else None


def _is_displaced(pdf: Path) -> bool:
    try:
        with pikepdf.open(pdf) as document:
            pages = document.pages[:PAGES]
            return any(
                any(p.mediabox[k] != 0 for k in (0, 1))
                or p.cropbox != p.mediabox
                or p.obj.get("/Rotate", 0) % 360
                for p in pages
            )
    except (pikepdf.PdfError, TypeError):
        return False


@pytest.mark.corpus
def test_the_rows_of_real_papers_are_under_their_boxes(tmp_path):
    chance = random.Random(15)
    papers = sorted(
        p
        for folder in ("kent", "nipissing", "strangers", "alameda-by-date")
        for p in shared("corpus", folder).rglob("*.pdf")
    )
    odd = [p for p in papers if _is_displaced(p)]
    chance.shuffle(papers)
    rows: list[tuple[str, str, str, list[Box], Seen]] = []
    read = 0
    for pdf in dict.fromkeys([*odd, *papers]):
        cut = _cut(pdf, tmp_path) if read < 40 else None
        if cut:
            own = _rows(cut)
            read += bool(own)
            seen = Seen(cut)
            rows += [(pdf.name, *row, seen) for row in chance.sample(own, min(12, len(own)))]
    picked = chance.sample(rows, min(300, len(rows)))
    assert read == 40 and len(picked) == 300
    astray = [
        (name, dataset, said)
        for name, dataset, said, boxes, seen in picked
        if not _is_under(said, boxes, seen)
    ]
    assert len(astray) <= (1 - AIM) * 300, astray


def _is_under(said: str, boxes: list[Box], seen: Seen) -> bool:
    there = letters(" ".join(seen.under(b) for b in boxes))
    return all(letters(word) in there for word in re.findall(r"[\w'’.-]+", said))
