"""Pages by pdfplumber: each parsed once, reduced to plain words, rules and links, and closed."""

from __future__ import annotations

import colorsys
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, cast

from extractors.errors import LockedPdf, MinutebookError, UnreadablePdf
from extractors.model import Box, Link, OutlineEntry, Page, Paper, Rule, Shade, Word
from extractors.pdf.repair import mended
from schemas.untyped import load

log = logging.getLogger(__name__)

MAX_EDGES = 20_000
"""More edges than this on a page is a drawing: it is read without its rules."""
THIN = 3.0
"""A filled box slimmer than this is a ruling line, in points."""
MAX_SHADES = 800
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

    pdfplumber = load("pdfplumber")
    try:
        with pdfplumber.open(pdf) as document:
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
    from extractors.pdf import lean

    labels = _labels(document)
    total = len(document.pages)
    for index, plain in enumerate(document.pages[first - 1 : last], first - 1):
        page = lean(plain)
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
    words = tuple(_words(page, number))
    images = tuple(_box(number, i) for i in page.images)
    source, trouble = ("digital" if words else "none"), None
    garbled = _is_garbled(words)
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
    return Page(
        number,
        float(page.width),
        float(page.height),
        words,
        tuple(_rules(page)),
        tuple(_links(page, number, words)),
        images,
        tuple(_shades(page, number)),
        label,
        source,
        trouble,
    )


def _box(number: int, thing: dict[str, Any]) -> Box:
    return Box(number, float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _is_garbled(words: tuple[Word, ...]) -> bool:
    """Most letters are codes that the fonts give no Unicode for: what is on the page is not what its text
    says."""
    letters = sum(len(w.text) for w in words)
    garbled = sum(
        w.text.count("(cid:") * 6 + sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " for c in w.text)
        for w in words
    )
    return bool(letters) and garbled > 0.3 * letters and garbled > 60


def _shows_a_picture_of_words(page: Plumber, words: tuple[Word, ...], images: tuple[Box, ...]) -> bool:
    """Nearly no text, and pictures or drawings over much of the page."""
    area = float(page.width) * float(page.height) or 1.0
    pictured = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in images) / area
    return sum(len(w.text) for w in words) < 60 and (pictured > 0.25 or len(page.curves) > 400)


def _words(page: Plumber, number: int) -> Iterator[Word]:
    extract_words = load("pdfplumber.utils.text").extract_words
    width, height = float(page.width), float(page.height)
    chars = [
        c
        for c in page.chars
        if -2 <= (c["x0"] + c["x1"]) / 2 <= width + 2 and -2 <= (c["top"] + c["bottom"]) / 2 <= height + 2
    ]
    chars = _once(chars)
    settings: dict[str, Any] = {"x_tolerance_ratio": 0.18, "y_tolerance": 2}
    turns: tuple[tuple[list[dict[str, Any]], dict[str, str]], ...] = (
        ([c for c in chars if c["upright"]], {}),
        (
            [c for c in chars if not c["upright"] and c["matrix"][1] > 0],
            {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"},
        ),
        (
            [c for c in chars if not c["upright"] and c["matrix"][1] <= 0],
            {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"},
        ),
    )
    for turn, (some, direction) in enumerate(turns):
        attrs = (
            ["fontname"] if turn else ["fontname", "size"]
        )  # a turned letter's size is its advance, not its height
        for w in extract_words(some, extra_attrs=attrs, **settings, **direction) if some else ():
            text = w["text"].replace("\x00", "").strip()
            if text:
                size = float(w["x1"] - w["x0"]) if turn else float(w["size"])
                yield Word(text, _box(number, w), size, _is_bold(w["fontname"]), turned=turn > 0)


def _once(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Letters printed twice over themselves (a way of making bold) are kept once."""
    seen: set[tuple[str, int, int]] = set()
    kept: list[dict[str, Any]] = []
    for c in chars:
        key = (c["text"], round(c["x0"]), round(c["top"]))
        if key not in seen or c["text"] == " ":
            seen.add(key)
            kept.append(c)
    return kept


def _is_bold(font: object) -> bool:
    name = str(font).lower()
    return any(mark in name for mark in ("bold", "black", "heavy", "semibd", "-bd", "demi"))


def _rules(page: Plumber) -> Iterator[Rule]:
    """Lines, boxes and the straight sides of curves as rules; none from a page that is a drawing."""
    if len(page.lines) + 4 * len(page.rects) + len(page.curve_edges) > MAX_EDGES:
        return
    width, height = float(page.width), float(page.height)
    boxes = _visible(page.rects)
    for rule in (
        *(_rule(e) for e in page.lines),
        *(r for box in boxes for r in _sides(box)),
        *(_rule(e) for e in page.curve_edges),
    ):
        if rule.x1 >= 0 and rule.x0 <= width and rule.bottom >= 0 and rule.top <= height:
            yield rule


def _visible(boxes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The boxes without shadings that lie on a larger shading of the same colour: word processors shade a
    cell and each line in it."""
    shades = [
        b
        for b in boxes
        if not b.get("stroke") and b.get("fill") and min(b["x1"] - b["x0"], b["bottom"] - b["top"]) >= THIN
    ]
    if len(shades) > MAX_SHADES:
        return list(boxes)
    by_colour: dict[str, list[dict[str, Any]]] = {}
    for b in shades:
        by_colour.setdefault(str(b.get("non_stroking_color")), []).append(b)
    hidden = {
        id(b)
        for group in by_colour.values()
        for b in group
        if any(_lies_on(b, o) for o in group if o is not b)
    }
    return [b for b in boxes if id(b) not in hidden]


def _lies_on(a: dict[str, Any], b: dict[str, Any]) -> bool:
    smaller = (a["x1"] - a["x0"]) * (a["bottom"] - a["top"]) < 0.98 * (b["x1"] - b["x0"]) * (
        b["bottom"] - b["top"]
    )
    return (
        smaller
        and b["x0"] - 0.7 <= a["x0"]
        and a["x1"] <= b["x1"] + 0.7
        and b["top"] - 0.7 <= a["top"]
        and a["bottom"] <= b["bottom"] + 0.7
    )


def _rule(thing: dict[str, Any]) -> Rule:
    level = (
        thing["orientation"] == "h"
        if "orientation" in thing
        else thing["x1"] - thing["x0"] >= thing["bottom"] - thing["top"]
    )
    return Rule(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]), level)


def _sides(box: dict[str, Any]) -> Iterator[Rule]:
    """A thin box is one rule; a large one four, which are not drawn when it is only a shading; white on white
    shows nothing."""
    x0, top, x1, bottom = float(box["x0"]), float(box["top"]), float(box["x1"]), float(box["bottom"])
    if min(x1 - x0, bottom - top) < THIN:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        yield Rule(x0, y, x1, y, True) if x1 - x0 >= bottom - top else Rule(x, top, x, bottom, False)
        return
    drawn = bool(box.get("stroke"))
    if not drawn and _is_white(box.get("non_stroking_color")):
        return
    yield Rule(x0, top, x1, top, True, drawn)
    yield Rule(x0, bottom, x1, bottom, True, drawn)
    yield Rule(x0, top, x0, bottom, False, drawn)
    yield Rule(x1, top, x1, bottom, False, drawn)


def _is_white(colour: object) -> bool:
    """White in grey or RGB; CMYK's white is no ink."""
    parts: list[Any] = list(cast(Any, colour)) if isinstance(colour, (tuple, list)) else [colour]
    if not parts or not all(isinstance(p, (int, float)) for p in parts):
        return False
    return max(parts) == 0 if len(parts) == 4 else min(parts) >= 0.999


def _shades(page: Plumber, number: int) -> Iterator[Shade]:
    """Filled boxes in the colours that councils rate with."""
    if len(page.rects) > MAX_SHADES * 4:
        return
    for box in page.rects:
        if box.get("fill") and min(box["x1"] - box["x0"], box["bottom"] - box["top"]) >= THIN:
            name = colour_name(box.get("non_stroking_color"))
            if name:
                yield Shade(_box(number, box), name)


def colour_name(colour: object) -> str | None:
    """red, amber, green, blue or grey for a fill in grey, RGB or CMYK (0 to 1); None for white, black and
    what is between."""
    parts: list[Any] = list(cast(Any, colour)) if isinstance(colour, (tuple, list)) else [colour]
    if not all(isinstance(p, (int, float)) for p in parts) or len(parts) not in (1, 3, 4):
        return None
    levels = [float(p) for p in parts]
    if len(levels) == 4:
        c, m, y, k = levels
        levels = [(1 - x) * (1 - k) for x in (c, m, y)]
    r, g, b = levels * 3 if len(levels) == 1 else levels
    hue, saturation, value = colorsys.rgb_to_hsv(*(min(1.0, max(0.0, x)) for x in (r, g, b)))
    if saturation < 0.15:
        return "grey" if 0.3 < value < 0.9 else None
    if saturation < 0.35 or value < 0.35:
        return None
    degrees = hue * 360
    return (
        "red"
        if degrees < 18 or degrees > 340
        else "amber"
        if degrees < 65
        else "green"
        if 75 < degrees < 170
        else "blue"
        if 185 < degrees < 260
        else None
    )


def _links(page: Plumber, number: int, words: tuple[Word, ...]) -> Iterator[Link]:
    for a in page.hyperlinks:
        uri = a.get("uri")
        if isinstance(uri, str) and uri:
            box = _box(number, a)
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
