"""Totals that real budget tables print agree with the sums of the rows that were read."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import pytest

from schemas.row import as_dicts
from tests.conftest import shared


@lru_cache(maxsize=8)
def tables_of(paper: str) -> dict[str, tuple[int, dict[int, dict[int, tuple[str, Decimal | None]]]]]:
    """Of a paper, each table's first page and its rows: {row: {col: (text, number)}}."""
    from extractors import extract

    rows = as_dicts(extract(shared("corpus", "kent", paper)).rows)
    out = {t["table_id"]: (t["page"], {}) for t in rows["tables"]}
    for c in rows["table_cells"]:
        out[c["table_id"]][1].setdefault(c["row"], {})[c["col"]] = (c["text"], c["number"])
    return out


FINANCE = "24-00108 - Finance Monitoring Report - Q3 - November 2024-25.pdf"
CAPITAL = "Appendix A - Capital Investment Summary.pdf"
QUARTER = "QPR Q3 Cabinet appendix 1.pdf"
TEMPLATES = "Appendix F List of Budget Templates.pdf"
CASES = [  # paper, page, words that begin the total's row, what rounding of the parts may do to a sum
    (FINANCE, 24, "Total DSG", "0.2"),
    (FINANCE, 27, "Total Spend", "3"),
    (FINANCE, 27, "Total Number of Pupils", "0"),
    (CAPITAL, 1, "Total Cash Limit", "2"),
    (CAPITAL, 1, "Total Finance", "2"),
    (QUARTER, 3, "TOTAL", "0"),
    (QUARTER, 13, "Total Complaints", "0"),
    (TEMPLATES, 12, "TOTAL", "0.2"),
    (TEMPLATES, 19, "TOTAL", "0.2"),
]


@pytest.mark.corpus
@pytest.mark.parametrize(("paper", "page", "label", "slack"), CASES, ids=lambda x: str(x)[:24])
def test_printed_total_is_the_sum_of_the_rows(paper, page, label, slack):
    checked = 0
    for first, rows in tables_of(paper).values():
        total = next(
            (r for r, cells in rows.items() if any(t.startswith(label) for t, _ in list(cells.values())[:2])),
            None,
        )
        if first != page or total is None:
            continue
        for col, (_, printed) in rows[total].items():
            parts = [
                cells[col][1]
                for r, cells in rows.items()
                if r < total and col in cells and cells[col][1] is not None and col
            ]
            if printed is None or not parts or col < 1:
                continue
            assert abs(sum(parts) - printed) <= Decimal(slack), (col, parts, printed)
            checked += 1
    assert checked >= 2
