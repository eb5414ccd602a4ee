"""Lines, boxes and fills as rules and shades."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Sequence
from typing import Any, cast

from extractors.model import Box, Rule, Shade

MAX_EDGES = 20_000
"""More edges than this on a page is a drawing: it is read without its rules."""
THIN = 3.0
"""A filled box slimmer than this is a ruling line, in points."""
MAX_SHADES = 800


def box_of(number: int, thing: dict[str, Any]) -> Box:
    """The box of one of pdfplumber's things on page `number`."""
    return Box(number, float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))


def rules_of(page: Any) -> Iterator[Rule]:
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
    by_colour: dict[str, list[tuple[int, Box]]] = {}
    for b in shades:
        by_colour.setdefault(str(b.get("non_stroking_color")), []).append((id(b), box_of(0, b)))
    hidden = {
        key
        for group in by_colour.values()
        for key, b in group
        if any(b.lies_in(o, 0.7) and b.area < 0.98 * o.area for _, o in group)
    }
    return [b for b in boxes if id(b) not in hidden]


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


def shades_of(page: Any, number: int) -> Iterator[Shade]:
    """Filled boxes in the colours that councils rate with."""
    if len(page.rects) > MAX_SHADES * 4:
        return
    for box in page.rects:
        if box.get("fill") and min(box["x1"] - box["x0"], box["bottom"] - box["top"]) >= THIN:
            name = colour_name(box.get("non_stroking_color"))
            if name:
                yield Shade(box_of(number, box), name)


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
