"""The number in front of a heading of business, however councils write it: "3.1", "45/24", "(16-007)",
"VII.", "8.A"."""

from __future__ import annotations

import re
from typing import NamedTuple

SHAPES: tuple[tuple[str, str], ...] = (
    ("file", r"\(\*?(?P<{}>\d{{2}}-\d{{1,4}}[A-Z]?)\)"),
    ("year", r"(?P<{}>\d{{1,4}}/\d{{1,4}}(?:\.\d{{1,2}})?)[.:]?"),
    ("letters year", r"(?P<{}>[A-Z]{{1,4}}[ .-]?\d{{1,3}}[/-]\d{{1,4}})[.:]?"),
    ("level", r"(?P<{}>\d{{1,3}}(?:\s?\.\s?\d{{1,2}}){{1,3}})[.:)]?"),
    ("number letter", r"(?P<{}>\d{{1,2}}[.-]?[A-Za-z])[.:)]?(?=\s)"),
    ("letter number", r"(?P<{}>[A-Z](?:[.-]\s?\d{{1,2}})+)[.:)]?"),
    ("bracketed", r"\((?P<{}>\d{{1,2}}|[a-zA-Z]|[ivx]{{1,5}})\)"),
    ("decimal", r"(?P<{}>\d{{1,4}})\s?[.:)](?=\s|[A-Z]|$)"),
    ("item", r"(?:Item|ITEM)\s+(?:No\.?\s*)?(?P<{}>\d{{1,2}}[A-Za-z]?)\s*[.:–-]?"),
    ("roman", r"(?P<{}>[IVX]{{1,6}})[.:)](?=\s)"),
    ("letter", r"(?P<{}>[A-Za-z])[.)](?=\s)"),
    ("spaced", r"(?P<{}>\d{{1,4}})(?=\s{{1,4}}[A-Z])"),
)
LOOK = re.compile(
    r"^\s*(?:" + "|".join(look.format(f"n{i}") for i, (_, look) in enumerate(SHAPES)) + r")\s*(?:[–-]\s)?"
)


class Number(NamedTuple):
    """A number as printed without its brackets and stops, its shape, and where the words after it begin."""

    text: str
    shape: str
    end: int


def number_of(text: str) -> Number | None:
    """The number that the text begins with, or None."""
    m = LOOK.match(text)
    if m is None:
        return None
    i = next(i for i in range(len(SHAPES)) if m[f"n{i}"])
    return Number(re.sub(r"\s", "", m[f"n{i}"]), SHAPES[i][0], m.end())
