"""Text on its way into a spreadsheet."""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection)."""
NUMBER = re.compile(r"[+-]\s?[£$€]?[\d,]*\.?\d+\s?%?")


def harmless(text: str) -> str:
    """The text, with what a spreadsheet would take for a formula made plain by an apostrophe; numbers such as
    -5 and lone signs stay."""
    return "'" + text if text.startswith(FORMULA) and len(text) > 1 and not NUMBER.fullmatch(text) else text
