"""Letters to words, and whether they can be believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.model import Word
from extractors.pdf.shapes import box_of
from schemas.untyped import load


def is_garbled(words: tuple[Word, ...]) -> bool:
    """Most letters are codes that the fonts give no Unicode for: what is on the page is not what its text
    says."""
    letters = sum(len(w.text) for w in words)
    garbled = sum(
        w.text.count("(cid:") * 6 + sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " for c in w.text)
        for w in words
    )
    return bool(letters) and garbled > 0.3 * letters and garbled > 60


def words_of(page: Any, number: int) -> Iterator[Word]:
    """The page's words: upright ones, then those that run up, those that run down, those upside down."""
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
        ([c for c in chars if c["upright"] and c["matrix"][0] >= 0], {}),
        (
            [c for c in chars if not c["upright"] and c["matrix"][1] > 0],
            {"char_dir_rotated": "btt", "line_dir_rotated": "ltr"},
        ),
        (
            [c for c in chars if not c["upright"] and c["matrix"][1] <= 0],
            {"char_dir_rotated": "ttb", "line_dir_rotated": "rtl"},
        ),
        (
            [c for c in chars if c["upright"] and c["matrix"][0] < 0],
            {"char_dir": "rtl", "line_dir": "btt"},
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
                yield Word(text, box_of(number, w), size, _is_bold(w["fontname"]), turned=turn > 0)


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
