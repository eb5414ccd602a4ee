"""The number in front of a heading of business, however councils write it: "3.1", "45/24", "(16-007)",
"VII.", "8.A"; and the lists in which numbers count on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SHAPES: tuple[tuple[str, str], ...] = (
    ("file", r"\(\*?(?P<{}>\d{{2}}-\d{{1,4}}[A-Z]?)\)"),
    (
        "long year",
        r"(?P<{}>(?:[A-Z][A-Za-z]{{0,4}}/)?\d{{1,4}}/(?:\d\d-\d\d|(?:19|20)\d\d-\d\d))[.:]?(?=\s|$)",
    ),
    ("day", r"(?P<{}>\d\d/\d\d/\d\d-\d{{1,2}})[.:]?"),
    ("year", r"(?P<{}>\d{{1,4}}[a-z]?/\d{{1,4}}(?:\.\d{{1,2}})?)(?![\w/])[.:]?"),
    (
        "letters year",
        r"(?P<{}>[A-Z]{{1,5}}[ ./-]?\d{{1,4}}[/-]\d{{1,4}}(?:[/-](?:19|20)?\d\d)?)(?![\w/])[.:]?",
    ),
    ("letters number", r"(?P<{}>[A-Z]{{1,4}}[./-]\d{{2,4}})[.:]?(?=\s)"),
    ("letters number", r"(?P<{}>[A-Z]{{2,5}}\d{{1,4}})[.:](?=\s|$)"),
    ("dashed", r"(?P<{}>\d{{2,4}}-\d{{2,4}})[.:]?(?=\s)"),
    ("level", r"(?P<{}>\d{{1,6}}(?:\s?\.\s?\d{{1,2}}){{1,3}})(?!\d|[-/:]\d)[.:)]?"),
    ("level", r"\((?P<{}>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})\)(?=\s)"),
    ("number letter", r"(?P<{}>\d{{1,2}}[.-]?[A-Za-z])[.:)]?(?=\s)"),
    ("number letter", r"(?P<{}>\d{{1,4}}(?:i{{2,3}}|i?[vx]|vi{{1,3}}|(?<=\d\d\d)i))[.:)]?(?=\s)"),
    ("number letter", r"\((?P<{}>\d{{1,2}}-?[A-Z])\.?\)[.:]?(?=\s)"),
    ("letter number", r"(?P<{}>[A-Z](?:[.-]\s?\d{{1,2}})+(?:[a-z](?!\w))?)[.:)]?"),
    ("nested", r"(?P<{}>\d{{1,2}}\([a-zA-Z\d]{{1,3}}\))[.:]?(?=\s)"),
    ("bracketed", r"\((?P<{}>\d{{1,2}}|[a-zA-Z]|[ivx]{{1,5}})\)"),
    ("decimal", r"(?P<{}>\d{{1,4}})\s?[.:)](?=\s|[A-Z]|$)"),
    (
        "item",
        r"(?:(?:Agenda|AGENDA)\s+)?(?:Item|ITEM)\s+(?:(?:No\.?|NO\.?|Number)\s*)?(?P<{}>\d{{1,2}}(?:[A-Za-z]|\(\d{{1,2}}\))?)\s*[.:–—-]?",
    ),
    ("item", r"(?:(?:Agenda|AGENDA)\s+)?(?:Item|ITEM)\s+#\s?(?P<{}>\d{{1,2}}[A-Za-z]?)\s*:"),
    ("roman", r"(?P<{}>[IVX]{{1,6}}|[ivx]{{2,6}})[.:)](?=\s)"),
    ("letter", r"(?P<{}>[A-Za-z])[.)](?=\s)"),
    ("spaced", r"(?P<{}>(?!(?:19|20)\d\d\b)\d{{1,4}})(?=\s{{1,4}}[A-Z])"),
    ("spaced", r"(?P<{}>\d{{5}})(?=\s{{1,4}}[A-Z]{{2}})"),
)
LOOK = re.compile(
    r"^\s*(?:" + "|".join(look.format(f"n{i}") for i, (_, look) in enumerate(SHAPES)) + r")\s*(?:[–—-]\s)?"
)
ROMANS = {"i": 1, "v": 5, "x": 10}


class Number(NamedTuple):
    """A number as printed without its brackets and stops, its shape, and where the words after it begin."""

    text: str
    shape: str
    end: int


class Place(NamedTuple):
    """The list that a number counts on in, and its place there: "24/112" is the 112th of "24/"."""

    of: str
    at: int


def number_of(text: str) -> Number | None:
    """The number that the text begins with, or None."""
    m = LOOK.match(text)
    if m is None:
        return None
    i = next(i for i in range(len(SHAPES)) if m[f"n{i}"])
    shape, printed = SHAPES[i][0], m[f"n{i}"]
    text = " ".join(printed.split()) if shape == "letters year" else re.sub(r"\s", "", printed)
    return Number(text, shape, m.end())


def places_of(number: Number) -> Iterator[Place]:
    """Where the number may stand: "I." is the first of a roman list or the ninth of a lettered one, "45/24"
    the 45th of a year or the 24th of a body."""
    text, shape = number.text, number.shape
    if m := re.fullmatch(r"(.*?)(\d+)(\D*)", text):
        yield Place(f"{shape} {m[1]}#{m[3]}", int(m[2]))
        if shape in ("year", "long year", "letters year") and (
            n := re.fullmatch(r"(\D*)(\d+)(/[\d-]+)", text)
        ):
            yield Place(f"{shape} {n[1]}#{n[3]}", int(n[2]))
    if m := re.fullmatch(r"(\d+)([a-z])(/\d+)", text):  # "58a/24", under minute 58
        yield Place(f"{shape} {m[1]}a{m[3]}", _letter(m[2]))
    if m := re.fullmatch(r"(.*?)([A-Za-z])", text):
        yield Place(
            f"{shape.replace('roman', 'letter')} {m[1]}{'a' if m[2].islower() else 'A'}", _letter(m[2])
        )
    if m := re.fullmatch(r"(\d+)([ivx]+)", text):
        yield Place(f"{shape} {m[1]}i", _roman(m[2]))
    if shape in ("roman", "bracketed", "letter") and re.fullmatch(r"[ivx]+|[IVX]+", text):
        style = "bracketed" if shape == "bracketed" else "roman"
        yield Place(f"{style} {'i' if text.islower() else 'I'}", _roman(text.lower()))


def _letter(text: str) -> int:
    return ord(text.lower()) - 96


def _roman(text: str) -> int:
    total = 0
    for c, after in zip(text, [*text[1:], ""], strict=True):
        total += -ROMANS[c] if after and ROMANS[after] > ROMANS[c] else ROMANS[c]
    return total
