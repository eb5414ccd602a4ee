"""Pages by pdfplumber: each parsed once, reduced to plain words, rules and links, and closed."""

from __future__ import annotations

import colorsys
import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

from extractors.errors import LockedPdf, MinutebookError, UnreadablePdf
from extractors.model import Box, Link, OutlineEntry, Page, Paper, Rule, Shade, Word
from schemas.untyped import load

log = logging.getLogger(__name__)

MAX_EDGES = 20_000
"""More edges than this on a page is a drawing: it is read without its rules."""
THIN = 3.0
"""A filled box slimmer than this is a ruling line, in points."""
MAX_SHADES = 800
MAX_OUTLINE = 5_000
OCR_DPI = 200

Progress = Callable[[int, int], None]
Plumber = Any  # pdfplumber's classes carry no useful types: everything it hands over is turned into ours in this module


def read_paper(pdf: Path, *, ocr: str = "auto", progress: Progress | None = None) -> Paper:
    """Open `pdf` and read every page.

    `ocr` names the engine for pages without usable text: auto, tesseract, rapidocr or none.
    Raises `UnreadablePdf` or `LockedPdf` when it cannot be opened at all; a page that fails becomes a page with `trouble`.
    """
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    pdfplumber = load("pdfplumber")
    try:
        with pdfplumber.open(pdf) as document:
            pages = tuple(_pages(document, pdf, ocr, progress))
            meta: dict[str, Any] = document.metadata or {}
    except MinutebookError:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise LockedPdf("the PDF asks for a password: get an open copy from its publisher") from error
        raise UnreadablePdf(f"not a PDF that can be opened ({_reason(error)}): fetch it again or open it by hand") from error
    except Exception as error:  # damaged files fail in many ways inside the parser; each costs its own paper only
        raise UnreadablePdf(f"the PDF is damaged ({_reason(error)}): fetch it again or open it by hand") from error
    if not pages:
        raise UnreadablePdf("the PDF has no pages")
    text = {key: _text(meta.get(key)) for key in ("Title", "Producer", "CreationDate")}
    return Paper(pages, _outline(pdf), text["Title"], text["Producer"], text["CreationDate"])


def _reason(error: BaseException) -> str:
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    return f"{type(inner).__name__}: {inner}"[:200].rstrip(": ")


def _text(value: object) -> str | None:
    return value.replace("\x00", "").strip() or None if isinstance(value, str) else None


def _pages(document: Plumber, pdf: Path, ocr: str, progress: Progress | None) -> Iterator[Page]:
    from extractors.lean import lean

    labels = _labels(document)
    total = len(document.pages)
    for index, plain in enumerate(document.pages):
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
    if _needs_ocr(page, words, images):
        from extractors import ocr as engine

        found, trouble = engine.read_page(pdf, number, float(page.width), float(page.height), engine=ocr, dpi=OCR_DPI)
        if found:
            words, source = found, "ocr"
    return Page(
        number, float(page.width), float(page.height), words, tuple(_rules(page)), tuple(_links(page, number, words)),
        images, tuple(_shades(page, number)), label, source, trouble,
    )  # fmt: skip


def _box(number: int, thing: dict[str, Any]) -> Box:
    return Box(number, float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def _needs_ocr(page: Plumber, words: tuple[Word, ...], images: tuple[Box, ...]) -> bool:
    """A page whose text is missing or has no Unicode map, and that shows something."""
    letters = sum(len(w.text) for w in words)
    garbled = sum(w.text.count("(cid:") * 6 + sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in w.text) for w in words)
    if letters and garbled > 0.3 * letters and garbled > 60:
        return True
    area = float(page.width) * float(page.height) or 1.0
    pictured = sum((b.x1 - b.x0) * (b.bottom - b.top) for b in images) / area
    return letters < 60 and (pictured > 0.25 or len(page.curves) > 400)


def _words(page: Plumber, number: int) -> Iterator[Word]:
    extract_words = load("pdfplumber.utils.text").extract_words
    width, height = float(page.width), float(page.height)
    chars = [c for c in page.chars if -2 <= (c["x0"] + c["x1"]) / 2 <= width + 2 and -2 <= (c["top"] + c["bottom"]) / 2 <= height + 2]
    chars = _once(chars)
    settings: dict[str, Any] = {"x_tolerance_ratio": 0.18, "y_tolerance": 2}
    turns: tuple[tuple[list[dict[str, Any]], dict[str, str]], ...] = (
        ([c for c in chars if c["upright"]], {}),
        ([c for c in chars if not c["upright"] and c["matrix"][1] > 0], {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"}),
        ([c for c in chars if not c["upright"] and c["matrix"][1] <= 0], {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"}),
    )
    for turn, (some, direction) in enumerate(turns):
        attrs = ["fontname"] if turn else ["fontname", "size"]  # a turned letter's size is its advance, not its height
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
    for rule in (*(_rule(e) for e in page.lines), *(r for box in boxes for r in _sides(box)), *(_rule(e) for e in page.curve_edges)):
        if rule.x1 >= 0 and rule.x0 <= width and rule.bottom >= 0 and rule.top <= height:
            yield rule


def _visible(boxes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The boxes without shadings that lie on a larger shading of the same colour: word processors shade a cell and each line in it."""
    shades = [b for b in boxes if not b.get("stroke") and b.get("fill") and min(b["x1"] - b["x0"], b["bottom"] - b["top"]) >= THIN]
    if len(shades) > MAX_SHADES:
        return list(boxes)
    by_colour: dict[str, list[dict[str, Any]]] = {}
    for b in shades:
        by_colour.setdefault(str(b.get("non_stroking_color")), []).append(b)
    hidden = {id(b) for group in by_colour.values() for b in group if any(_lies_on(b, o) for o in group if o is not b)}
    return [b for b in boxes if id(b) not in hidden]


def _lies_on(a: dict[str, Any], b: dict[str, Any]) -> bool:
    smaller = (a["x1"] - a["x0"]) * (a["bottom"] - a["top"]) < 0.98 * (b["x1"] - b["x0"]) * (b["bottom"] - b["top"])
    return smaller and b["x0"] - 0.7 <= a["x0"] and a["x1"] <= b["x1"] + 0.7 and b["top"] - 0.7 <= a["top"] and a["bottom"] <= b["bottom"] + 0.7


def _rule(thing: dict[str, Any]) -> Rule:
    level = thing["orientation"] == "h" if "orientation" in thing else thing["x1"] - thing["x0"] >= thing["bottom"] - thing["top"]
    return Rule(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]), level)


def _sides(box: dict[str, Any]) -> Iterator[Rule]:
    """A thin box is one rule; a large one four, which are not drawn when it is only a shading; white on white shows nothing."""
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
    """red, amber, green, blue or grey for a fill in grey, RGB or CMYK (0 to 1); None for white, black and what is between."""
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
    return "red" if degrees < 18 or degrees > 340 else "amber" if degrees < 65 else "green" if 75 < degrees < 170 else "blue" if 185 < degrees < 260 else None


def _links(page: Plumber, number: int, words: tuple[Word, ...]) -> Iterator[Link]:
    for a in page.hyperlinks:
        uri = a.get("uri")
        if isinstance(uri, str) and uri:
            box = _box(number, a)
            inside = [w.text for w in words if box.holds((w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2)]
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
