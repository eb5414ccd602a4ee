"""Numbered and lettered clauses that hang from a stem: in blocks below it, nested, or within its
paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.layout.markers import as_number, is_bullet, parse
from extractors.reading.doc import View


class Clause(NamedTuple):
    """A block under a stem: its path as printed ("2(a)", None for a bullet) and the words that introduce it
    within the list."""

    view: View
    path: str | None
    above: str


class Inline(NamedTuple):
    """A clause within a paragraph: its mark, and from where to where of the text."""

    mark: str
    start: int
    end: int


def introduces(text: str) -> bool:
    """The text ends on what clauses are to follow: a colon, a dash, "to", "that"."""
    return bool(re.search(r"(?:[:–—-]|\b(?:to|that|the following))\s*$", text))


def inline_clauses(text: str, most_before: int = 0) -> list[Inline]:
    """Clauses within one paragraph: "(1) that x; (2) that y", at least two, counting from one, after no more
    than `most_before` words."""
    marks = list(
        re.finditer(
            r"(?:(?<=^)|(?<=[\s;:–—-]))"
            r"(\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z])\)|\d{1,2}\.(?=\s+[A-Z]))\s+(?=\S)",
            text,
        )
    )
    if (
        len(marks) < 2
        or len(text[: marks[0].start()].split()) > most_before
        or as_number(parse(marks[0][1])) != 1
        or as_number(parse(marks[1][1])) != 2
    ):
        return []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [Inline(m[1], m.end(), end) for m, end in zip(marks, ends, strict=True)]


def clauses_under(views: Sequence[View], stem: int) -> tuple[list[Clause], int]:
    """The marked blocks that hang from the block `stem`, and the block after them.

    A clause that ends on a colon is itself a stem: its children are the clauses.
    """
    out: list[Clause] = []
    marker = views[stem].block.marker
    own = parse(marker) if marker and not is_bullet(marker) else None
    stack: list[tuple[str, str, str]] = []  # family, marker, words when it introduces
    i = stem + 1
    while i < len(views):
        view = views[i]
        marker = view.block.marker
        if not marker or (view.block.kind == "heading" and len(view.body.split()) < 12 and not out):
            break
        if view.block.kind == "heading" and not view.body[:1].islower() and view.block.bold:
            break
        family, number = _place(marker, stack)
        if own and not stack and family == own.family and number == (as_number(own) or 0) + 1:
            break
        if own and stack and family == own.family and family != stack[0][0]:
            break
        depth = _depth(family, number, stack)
        if depth == 0 and stack and number == 1:
            break
        stack = [*stack[:depth], (family, marker.strip("."), view.body if introduces(view.body) else "")]
        above = " ".join(s[2] for s in stack[:-1] if s[2])
        path = "".join(s[1] for s in stack) if len(stack) > 1 else stack[0][1]
        if not introduces(view.body) or not _has_child(views, i, family):
            out.append(Clause(view, None if is_bullet(path) else path, above))
        i += 1
    return out, i


def _depth(family: str, number: int | None, stack: list[tuple[str, str, str]]) -> int:
    """How deep a marker of this family stands in the list that is open."""
    depth = next((d for d, s in enumerate(stack) if s[0] == family), len(stack))
    lettered = depth == len(stack) and stack and "alpha" in family and "roman" in stack[-1][0]
    return len(stack) - 1 if lettered and number and number > 3 else depth


def _place(marker: str, stack: list[tuple[str, str, str]]) -> tuple[str, int | None]:
    """The marker's list and its number in it; an "i" that does not follow an "h" begins a roman list under a
    lettered one."""
    if is_bullet(marker):
        return "bullet", None
    mark = parse(marker)
    above = next((s[1] for s in reversed(stack) if s[0] == mark.family), None)
    roman = mark.family.replace("alpha", "roman")
    if mark.bare.lower() in ("i", "v", "x") and (
        any(s[0] == roman for s in stack)
        or (stack and above and above.strip("()").lower() not in ("h", "u", "w"))
    ):
        return roman, {"i": 1, "v": 5, "x": 10}[mark.bare.lower()]
    return mark.family, as_number(mark)


def _has_child(views: Sequence[View], i: int, family: str) -> bool:
    after = views[i + 1].block.marker if i + 1 < len(views) else ""
    return bool(after) and _place(after, [(family, views[i].block.marker, "")])[0] != family
