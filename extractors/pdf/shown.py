"""A page as it is displayed: which part of it is seen, which way up, and how large.

Every box in our rows is in points (1/72 inch) from the top left corner of the page as a screen shows it: the
CropBox within the MediaBox, wherever the two begin; turned by /Rotate; each unit as long as /UserUnit says.
Source: ISO 32000-1, 7.7.3.3 and 14.11.2; where a page's own numbers make no page, the one that pdfium shows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from schemas.untyped import load

pdftypes = load("pdfminer.pdftypes")

LETTER = (0.0, 0.0, 612.0, 792.0)
"""The page of a file that tells no size."""
LARGEST_UNIT = 1000.0

Matrix = tuple[float, float, float, float, float, float]
Corners = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own units."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a page is displayed.

    `seen` is the part of it, in the page's own units; `turn` how far it is turned, in degrees clockwise;
    `unit` a unit's length in points.
    """

    seen: Corners = LETTER
    turn: int = 0
    unit: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        x0, y0, x1, y1 = self.seen
        wide, high = (x1 - x0) * self.unit, (y1 - y0) * self.unit
        return (high, wide) if self.turn in (90, 270) else (wide, high)

    @property
    def matrix(self) -> Matrix:
        """From the page's own units to points from the bottom left of the page as displayed."""
        x0, y0, x1, y1 = self.seen
        u = self.unit
        return {
            90: (0.0, -u, u, 0.0, -y0 * u, x1 * u),
            180: (-u, 0.0, 0.0, -u, x1 * u, y1 * u),
            270: (0.0, u, -u, 0.0, y1 * u, -x0 * u),
        }.get(self.turn, (u, 0.0, 0.0, u, -x0 * u, -y0 * u))

    def place(self, corners: Corners) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of a rectangle in the page's own units."""
        a, b, c, d, e, f = self.matrix
        height = self.size[1]
        x0, y0, x1, y1 = corners
        xs = sorted((a * x0 + c * y0 + e, a * x1 + c * y1 + e))
        ys = sorted((height - (b * x0 + d * y0 + f), height - (b * x1 + d * y1 + f)))
        return xs[0], ys[0], xs[1], ys[1]


def shown(attributes: Mapping[str, Any]) -> Shown:
    """What is displayed of the page with these attributes, inherited ones among them."""
    media = _corners(attributes.get("MediaBox")) or LETTER
    crop = _corners(attributes.get("CropBox")) or media
    seen = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    turn = int((_number(attributes.get("Rotate")) or 0) / 90) % 4 * 90
    unit = _number(attributes.get("UserUnit")) or 1.0
    return Shown(
        seen if seen[0] < seen[2] and seen[1] < seen[3] else media,
        turn,
        unit if 0 < unit <= LARGEST_UNIT else 1.0,
    )


def _number(told: object) -> float | None:
    try:
        value = float(pdftypes.resolve1(told))
    except (TypeError, ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _corners(told: object) -> Corners | None:
    """Any two opposite corners as left, bottom, right, top; None where they span nothing."""
    four = pdftypes.resolve1(told)
    if not isinstance(four, Sequence) or len(cast(Any, four)) != 4:
        return None
    values = [_number(v) for v in cast(Any, four)]
    numbers = [v for v in values if v is not None]
    if len(numbers) != 4:
        return None
    (x0, x1), (y0, y1) = sorted(numbers[::2]), sorted(numbers[1::2])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None
