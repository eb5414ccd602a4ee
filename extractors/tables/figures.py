"""A cell's text as a number with its unit: £1.5m, 45% (5), (1,234), –."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

FIGURE = re.compile(
    r"^(?P<open>\()?\s*(?P<sign>[-–−+])?\s*(?P<currency>[£$€])?\s*(?P<minus>[-–−])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?P<scale>bn|m|k|000s?|million|billion)?\s*(?P<percent>%)?\s*(?P<close>\))?\s*(?:[*†‡])?$",
    re.I,
)
SCALES = {"bn": "bn", "billion": "bn", "m": "m", "million": "m", "k": "k", "000": "000", "000s": "000"}


def number_of(text: str) -> tuple[Decimal | None, str | None]:
    """(number, unit), or (None, None) when the text is not one number. Brackets and a minus make it negative.

    The number is kept as printed, not multiplied: "£1.5m" is 1.5 with the unit "£m"; "45%" is 45 with "%".
    """
    m = FIGURE.match(" ".join(text.split()))
    if m is None or bool(m["open"]) != bool(m["close"]):
        return None, None
    if re.fullmatch(r"0\d+", m["digits"]):  # a code, not a quantity
        return None, None
    try:
        value = Decimal(m["digits"].replace(",", ""))
    except InvalidOperation:
        return None, None
    if abs(value) >= Decimal(10) ** 15:
        return None, None
    negative = bool(m["open"]) or ((m["sign"] or "") in ("-", "–", "−") and bool(m["sign"])) or bool(m["minus"])
    unit = (m["currency"] or "") + SCALES.get((m["scale"] or "").lower(), "") + (m["percent"] or "")
    return (-value if negative else value).quantize(Decimal("0.0001")), unit or None
