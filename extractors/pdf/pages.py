"""Pages by pdfplumber: each parsed once, reduced to plain words, rules and links, and closed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from extractors.errors import LockedPdf, MinutebookError, UnreadablePdf
from extractors.model import Box, Link, OutlineEntry, Page, Paper, Word
from extractors.pdf.lean import LeanDocument
from extractors.pdf.repair import mended
from extractors.pdf.shapes import box_of, rules_of, shades_of
from extractors.pdf.strokes import with_marks
from extractors.pdf.words import is_garbled, words_of
from schemas.untyped import load

log = logging.getLogger(__name__)

MAX_OUTLINE = 5_000
OCR_DPI = 200
MOST_TROUBLE = 0.5
"""When a greater share of the pages than this cannot be read, the file may be damaged: a mended copy is
tried."""
BEYOND_REPAIR = ("MemoryError", "TooMuch", "the page", "its letters", "OCR")
"""How the trouble of a page begins that no mending helps: it wants more than there is, or has no text."""

Progress = Callable[[int, int], None]
# pdfplumber's classes carry no useful types: everything it hands over is turned into ours in this module
Plumber = Any


def count_pages(pdf: Path) -> int:
    """How many pages the file has. Raises as `read_pages`."""
    with _opened(pdf) as document:
        return len(document.pages)


def read_pages(pdf: Path, first: int, last: int, *, ocr: str = "auto") -> tuple[Page, ...]:
    """Pages `first` to `last`, counted from 1. Raises `UnreadablePdf` or `LockedPdf` when the file cannot be
    opened as it is."""
    with _opened(pdf) as document:
        return tuple(_pages(document, pdf, ocr, None, first, last))


def read_paper(
    pdf: Path, *, ocr: str = "auto", progress: Progress | None = None, pages: Sequence[Page] | None = None
) -> Paper:
    """Open `pdf` and read every page, unless others have read its `pages`; a damaged file is read from a
    mended copy, and `damage` says so.

    `ocr` names the engine for pages without usable text: auto, tesseract, rapidocr or none.
    Raises `UnreadablePdf` or `LockedPdf` when it cannot be opened at all; a page that fails becomes a page
    with `trouble`.
    """
    try:
        paper = _read(pdf, ocr, progress, pages)
    except LockedPdf:
        raise
    except UnreadablePdf as error:
        with mended(pdf) as copy:
            if copy is None:
                raise
            return replace(_read(copy, ocr, progress), damage=str(error))
    if sum(bool(p.trouble) for p in paper.pages) > MOST_TROUBLE * len(paper.pages):
        return _less_troubled(paper, pdf, ocr)
    return paper


def _less_troubled(paper: Paper, pdf: Path, ocr: str) -> Paper:
    """The paper as a mended copy shows it, when fewer of its pages fail."""
    troubles = [p.trouble for p in paper.pages if p.trouble]
    if any(t.startswith(BEYOND_REPAIR) for t in troubles):
        return paper
    with suppress(UnreadablePdf), mended(pdf) as copy:
        if copy is not None:
            again = _read(copy, ocr, None)
            if sum(bool(p.trouble) for p in again.pages) < len(troubles):
                return replace(again, damage=f"{len(troubles)} pages could not be read ({troubles[0]})")
    return paper


def _read(pdf: Path, ocr: str, progress: Progress | None, pages: Sequence[Page] | None = None) -> Paper:
    with _opened(pdf) as document:
        found = tuple(pages) if pages else tuple(_pages(document, pdf, ocr, progress))
        meta: dict[str, Any] = document.metadata or {}
    if not found:
        raise UnreadablePdf("the PDF has no pages")
    text = {key: _text(meta.get(key)) for key in ("Title", "Producer", "CreationDate")}
    return Paper(found, _outline(pdf), text["Title"], text["Producer"], text["CreationDate"])


@contextmanager
def _opened(pdf: Path) -> Generator[Plumber]:
    """pdfplumber's document for the length of a block. Whatever the file makes the parser raise is an
    UnreadablePdf or a LockedPdf."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with LeanDocument.open(pdf) as document:
            yield document
    except (MinutebookError, MemoryError, RecursionError):
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise LockedPdf("the PDF asks for a password: get an open copy from its publisher") from error
        raise UnreadablePdf(
            f"not a PDF that can be opened ({_reason(error)}): fetch it again or open it by hand"
        ) from error
    except (
        Exception
    ) as error:  # damaged files fail in many ways inside the parser; each costs its own paper only
        raise UnreadablePdf(
            f"the PDF is damaged ({_reason(error)}): fetch it again or open it by hand"
        ) from error


def _reason(error: BaseException) -> str:
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    return f"{type(inner).__name__}: {inner}"[:200].rstrip(": ")


def _text(value: object) -> str | None:
    return value.replace("\x00", "").strip() or None if isinstance(value, str) else None


def _pages(
    document: Plumber, pdf: Path, ocr: str, progress: Progress | None, first: int = 1, last: int | None = None
) -> Iterator[Page]:
    labels = _labels(document)
    total = len(document.pages)
    for index, page in enumerate(document.pages[first - 1 : last], first - 1):
        try:
            yield _page(page, index + 1, labels.get(index), pdf, ocr)
        except MinutebookError:
            raise
        except Exception as error:
            log.debug("%s page %d", pdf.name, index + 1, exc_info=True)
            width, height = _size(page)
            yield Page(index + 1, width, height, (), text_source="none", trouble=_reason(error))
        finally:
            page.close()
        if progress:
            progress(index + 1, total)


def _size(page: Plumber) -> tuple[float, float]:
    try:
        return float(page.width), float(page.height)
    except Exception:
        return 0.0, 0.0


def _labels(document: Plumber) -> dict[int, str]:
    try:
        labels: list[str] = list(islice(document.doc.get_page_labels(), len(document.pages)))
        return dict(enumerate(labels))
    except Exception:
        return {}


def _page(page: Plumber, number: int, label: str | None, pdf: Path, ocr: str) -> Page:
    words = tuple(words_of(page, number))
    images = tuple(box_of(number, i) for i in page.images)
    source, trouble = ("digital" if words else "none"), None
    garbled = is_garbled(words)
    if garbled or _shows_a_picture_of_words(page, words, images):
        from extractors.pdf import ocr as engine

        found, trouble = engine.read_page(
            pdf, number, float(page.width), float(page.height), engine=ocr, dpi=OCR_DPI
        )
        if found:
            words, source = found, "ocr"
        elif garbled:
            words, source, trouble = (
                (),
                "none",
                trouble or "its letters have no Unicode map, and OCR read nothing",
            )
    rules = tuple(rules_of(page))
    return Page(
        number,
        float(page.width),
        float(page.height),
        with_marks(words, rules) if source == "digital" else words,
        rules,
        tuple(_links(page, number, words)),
        images,
        tuple(shades_of(page, number)),
        label,
        source,
        trouble,
    )


def _shows_a_picture_of_words(page: Plumber, words: tuple[Word, ...], images: tuple[Box, ...]) -> bool:
    """Nearly no text, and pictures or drawings over much of the page; no text at all, and a box over it that
    may be filled with a pattern (some printers draw a whole page as one)."""
    if sum(len(w.text) for w in words) >= 60:
        return False
    area = float(page.width) * float(page.height) or 1.0
    pictured = sum(b.area for b in images) / area
    filled = 0.0 if words else sum(abs(r["x1"] - r["x0"]) * abs(r["y1"] - r["y0"]) for r in page.rects) / area
    return pictured > 0.25 or filled > 0.25 or len(page.curves) > 400


def _links(page: Plumber, number: int, words: tuple[Word, ...]) -> Iterator[Link]:
    for a in page.hyperlinks:
        uri = a.get("uri")
        if isinstance(uri, str) and uri:
            box = box_of(number, a)
            inside = [w.text for w in words if box.holds(*w.box.middle)]
            yield Link(uri, box, " ".join(inside))


def _outline(pdf: Path) -> tuple[OutlineEntry, ...]:
    """The bookmarks, by pdfium, which resolves named destinations; none where it cannot."""
    pypdfium2 = load("pypdfium2")
    entries: list[OutlineEntry] = []
    try:
        document = pypdfium2.PdfDocument(pdf)
        for mark in islice(document.get_toc(max_depth=6), MAX_OUTLINE):
            dest = mark.get_dest()
            page = dest.get_index() if dest else None
            if page is not None:
                entries.append(OutlineEntry(mark.level + 1, " ".join(mark.get_title().split()), page + 1))
        document.close()
    except Exception:
        log.debug("no outline in %s", pdf.name, exc_info=True)
    return tuple(entries)
