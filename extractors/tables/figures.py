"""Cells as numbers with their units: £1.5m, 45%, (1,234), – for nil; the unit may stand in the column's head
or the caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from extractors.model import Cell, Table
from extractors.text.figures import CURRENCIES, GROUPED, SCALE, SCALES, SIGNS, cents

FIGURE = re.compile(
    rf"^(?P<open>\()?\s*(?P<sign>[-–−+])?\s*(?P<currency>(?:CA|AU|US|NZ)?[{SIGNS}])?\s*(?P<minus>[-–−])?\s?"
    rf"(?P<digits>{GROUPED}(?:\.\d+)?|\d{{1,3}}(?: \d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"\s*(?P<scale>{SCALE}|000s?)?\s*(?P<percent>%|pp)?\s*(?P<close>\))?\s*"
    r"(?P<note>[*†‡#]|\[\w{1,2}\]|\(\w\))?$",
    re.I,
)
NIL = re.compile(r"^[-–—]{1,2}$|^nil$", re.I)
SHORT = {"billion": "bn", "mn": "m", "million": "m", "000s": "000"}
"""Scales as units name them, where they are printed at length."""
HEAD_UNIT = re.compile(
    rf"(?P<currency>[{SIGNS}])\s?[’']?(?P<scale>000s?|m(?:illions?)?|k|bn|thousands?)?(?![A-Za-z\d])"
    r"|\b(?P<words>(?:pounds|euros|dollars) (?:thousands?|millions?))\b|(?P<percent>%"
    r"|\bper ?cent(?:age)?\b)|(?P<thousand>[’']000s?|\(000s?\))",
    re.I,
)


def number_of(text: str) -> tuple[Decimal | None, str | None]:
    """(number, unit), or (None, None) when the text is not one number. Brackets and a minus make it negative.

    The number is kept as printed, not multiplied: "£1.5m" is 1.5 with the unit "£m"; "45%" is 45 with "%". A
    footnote's mark is left out.
    """
    m = FIGURE.match(" ".join(text.split()))
    if m is None or (bool(m["open"]) != bool(m["close"])):
        return None, None
    digits = m["digits"].replace(",", "").replace(" ", "")
    if re.fullmatch(r"0\d+", digits):  # a code, not a quantity
        return None, None
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None, None
    if abs(value) >= Decimal(10) ** 15:
        return None, None
    negative = bool(m["open"]) or ((m["sign"] or "") in tuple("-–−") and bool(m["sign"])) or bool(m["minus"])
    scale = (m["scale"] or "").lower()
    unit = (m["currency"] or "") + SHORT.get(scale, scale) + ("%" if m["percent"] else "")
    return (-value if negative else value).quantize(Decimal("0.0001")), unit or None


def unit_in(text: str) -> str | None:
    """The unit that a head or caption names: "Budget £'000" gives "£000", "% of target" gives "%"; None when
    it names none or two."""
    found: list[str] = []
    for m in HEAD_UNIT.finditer(text):
        if m["percent"]:
            unit = "%"
        elif m["thousand"]:
            unit = "000"
        elif m["words"]:
            unit = {"p": "£", "e": "€", "d": "$"}[m["words"][0].lower()] + (
                "m" if "million" in m["words"].lower() else "000"
            )
        else:
            scale = (m["scale"] or "").lower()
            unit = m["currency"] + (
                "000"
                if scale.startswith(("0", "k", "th"))
                else "bn"
                if scale == "bn"
                else "m"
                if scale.startswith("m")
                else ""
            )
        if unit not in found:
            found.append(unit)
    return found[0] if len(found) == 1 else None


def figures_of(table: Table) -> dict[tuple[int, int], tuple[Decimal | None, str | None]]:
    """(number, unit) by (row, col) of every cell; a unit that the cell does not print is its column's, else
    the table's."""
    heads = {c: head_of(table, c) for c in range(table.n_cols)}
    whole = unit_in(table.caption or "")
    out: dict[tuple[int, int], tuple[Decimal | None, str | None]] = {}
    for col in range(table.n_cols):
        cells = [c for c in table.cells if c.col == col and not c.is_header]
        read = {c.row: number_of(c.text) for c in cells}
        numeric = sum(n is not None for n, _ in read.values())
        filled = sum(bool(c.text.strip()) for c in cells)
        unit = unit_in(heads[col]) or (whole if col else None)
        for c in cells:
            number, own = read[c.row]
            if number is None and NIL.match(c.text.strip()) and numeric >= 0.3 * filled:
                number = Decimal("0.0000")
            out[c.row, col] = (number, (own or _row_unit(table, c) or unit) if number is not None else None)
    return out


def _row_unit(table: Table, cell: Cell) -> str | None:
    """A row's own head may name its unit: "Spend (£m)"."""
    first = next((c for c in table.cells if c.row == cell.row and c.col == 0), None)
    return unit_in(first.text) if first and cell.col and "(" in first.text else None


def head_of(table: Table, col: int) -> str:
    """The words of the header cells over a column, from top to bottom."""
    return " ".join(
        c.text for c in table.cells if c.is_header and c.col <= col < c.col + c.col_span and c.text
    )


def amounts_in(table: Table) -> Iterator[tuple[Cell, Decimal, str, str]]:
    """(cell, amount in whole units, currency, heads of its row and column) of every cell whose unit is
    money."""
    read = figures_of(table)
    firsts = {c.row: c.text for c in table.cells if c.col == 0}
    for c in table.cells:
        number, unit = read.get((c.row, c.col), (None, None))
        sign = next((s for s in SIGNS if unit and s in unit), None)
        if number is None or sign is None:
            continue
        scale = SCALES.get((unit or "").replace(sign, "").replace("%", ""), 1)
        context = " | ".join(
            t for t in (" ".join(firsts.get(c.row, "").split()), " ".join(head_of(table, c.col).split())) if t
        )
        yield c, cents(number * scale), CURRENCIES[sign], context[:400]
