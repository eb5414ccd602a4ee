"""Words of a page that has no text of its own: tesseract when it is installed, rapidocr (from the registry)
otherwise."""

from __future__ import annotations

import logging
import os
import shutil
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from extractors.errors import OcrUnavailable
from extractors.model import Box, Word
from schemas.untyped import load

MAX_PIXELS = 40_000_000
LONGEST = 20_000
"""Pixels at the most of a page's longer side."""
MIN_CONFIDENCE = 0.3


@lru_cache(maxsize=1)
def best_engine() -> str:
    """tesseract, rapidocr or none, by what is installed."""
    if shutil.which("tesseract") and find_spec("pytesseract"):
        return "tesseract"
    return "rapidocr" if find_spec("rapidocr") else "none"


def read_page(
    pdf: Path, number: int, width: float, height: float, *, engine: str = "auto", dpi: int = 200
) -> tuple[tuple[Word, ...], str | None]:
    """The page's words with boxes in points, and what went wrong if anything did.

    `number` counts from 1, `width` and `height` are the page's in points. Raises `OcrUnavailable` for an
    unknown engine.
    """
    if engine == "none":
        return (), "the page has no text and OCR is off (--ocr none)"
    engine = best_engine() if engine == "auto" else engine
    if engine == "none":
        return (), "the page has no text and no OCR engine is installed (pip install rapidocr onnxruntime)"
    if engine not in ("tesseract", "rapidocr"):
        raise OcrUnavailable(f"unknown OCR engine {engine!r}: use tesseract, rapidocr or none")
    try:
        image = _render(pdf, number, width, height, dpi)
        scale = width / image.width
        found = _tesseract(image, number, scale) if engine == "tesseract" else _rapidocr(image, number, scale)
        return tuple(found), None
    except OcrUnavailable:
        raise
    except Exception as error:
        return (), f"OCR failed ({type(error).__name__}: {error})"[:200]


def _render(pdf: Path, number: int, width: float, height: float, dpi: int) -> Any:
    """The page as it is displayed, `dpi` pixels an inch, or as many as MAX_PIXELS and LONGEST allow."""
    pypdfium2 = load("pypdfium2")
    scale = min(dpi / 72, (MAX_PIXELS / (width * height)) ** 0.5, LONGEST / max(width, height))
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        if not all(page.get_size()):  # its CropBox lies off the page: pdfium would show nothing
            page.set_cropbox(*page.get_mediabox())
        # pdfium knows no UserUnit: its units are the page's own
        return page.render(scale=scale * width / page.get_size()[0]).to_pil().convert("L")
    finally:
        document.close()


def _tesseract(image: Any, number: int, scale: float) -> list[Word]:
    pytesseract = load("pytesseract")
    os.environ.setdefault(
        "OMP_THREAD_LIMIT", "1"
    )  # its threads fight each other on small machines: one is faster than four
    data: dict[str, list[Any]] = pytesseract.image_to_data(
        image, config="--psm 3", output_type=pytesseract.Output.DICT
    )
    rows: list[dict[str, Any]] = [{key: data[key][i] for key in data} for i in range(len(data["text"]))]
    lines: dict[tuple[int, int, int], list[dict[str, Any]]] = {}
    for r in rows:
        if str(r["text"]).strip() and float(r["conf"]) >= 100 * MIN_CONFIDENCE:
            lines.setdefault((r["block_num"], r["par_num"], r["line_num"]), []).append(r)
    words: list[Word] = []
    for line in lines.values():
        size = _size([r["height"] * scale for r in line])
        top = median(r["top"] for r in line) * scale
        for r in line:
            x0, y = r["left"] * scale, r["top"] * scale
            box = Box(number, x0, min(y, top), x0 + r["width"] * scale, y + r["height"] * scale)
            words.append(Word(str(r["text"]).strip(), box, size))
    return words


def _size(heights: list[float]) -> float:
    """A type size from the heights of a line's words: to the point, since OCR cannot tell closer."""
    return float(max(6, round(median(heights) * 1.15)))


@lru_cache(maxsize=1)
def _rapid_engine() -> Any:
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return load("rapidocr").RapidOCR(
        params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
    )


def _rapidocr(image: Any, number: int, scale: float) -> list[Word]:
    numpy = load("numpy")
    result = _rapid_engine()(numpy.asarray(image.convert("RGB")), return_word_box=True)
    words: list[Word] = []
    for line in result.word_results or ():
        tops = [min(y for _, y in box) * scale for _, _, box in line if box is not None]
        bottoms = [max(y for _, y in box) * scale for _, _, box in line if box is not None]
        if not tops:
            continue
        size = _size([(b - t) * 0.75 for t, b in zip(tops, bottoms, strict=True)])
        for text, score, box in line:
            if box is not None and str(text).strip() and score >= MIN_CONFIDENCE:
                xs = [x * scale for x, _ in box]
                words.append(
                    Word(
                        str(text).strip(), Box(number, min(xs), median(tops), max(xs), median(bottoms)), size
                    )
                )
    return words
