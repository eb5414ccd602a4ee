"""Minutes and decisions set in a table, invented and typeset here."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from schemas.row import as_dicts

ROLL = [
    ["# Present", "Cllr A Moss (Chair), Cllr B Reed, Cllr C Fern"],
    ["# In attendance", "D Ivy (Town Clerk), E Broom (Estates Officer)"],
    ["# Apologies", "Cllr F Gorse"],
]
MINUTES = [
    ["# Item", "# Minute", "# Action"],
    ["AM25/01", "# Declarations of interest", ""],
    ["", "None.", ""],
    ["AM25/02", "# Minutes of 3 March 2025", ""],
    ["", "RESOLVED: That the minutes be approved.", ""],
    ["AM25/03", "# Play area", ""],
    [
        "",
        "The Estates Officer reported that the swings had been vandalised. RESOLVED: To spend up to "
        "£1,200 on repairs.",
        "EB to order parts by 30 April 2025",
    ],
    ["AM25/04", "# Allotments", ""],
    ["", "Members discussed the waiting list.", "Clerk to write to those waiting"],
]
DECISIONS = [
    ["# Item", "# Decision", "# Officer"],
    [
        "# 4. Council Tax Base 2025/26",
        "RESOLVED that the council tax base of 61,204 be approved.",
        "Head of Finance",
    ],
    [
        "# 5. Housing Strategy",
        "RESOLVED:<br/>(1) that the strategy be adopted; and<br/>(2) that the Head of Housing be "
        "authorised to make minor amendments.",
        "Head of Housing",
    ],
]


@lru_cache(maxsize=2)
def read(name: str) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    from extractors import extract

    body = ParagraphStyle("n", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=5)
    bold = ParagraphStyle("b", parent=body, fontName="Helvetica-Bold")
    grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])

    def say(text: str) -> Paragraph:
        return Paragraph(text[2:], bold) if text.startswith("# ") else Paragraph(text, body)

    def table(rows: list[list[str]], widths: list[int]) -> Table:
        return Table([[say(c) for c in row] for row in rows], colWidths=widths, style=grid)

    papers = {
        "minutes": [
            say("# Thornbury Vale Town Council"),
            say(
                "# Minutes of the Amenities Committee meeting held on Monday 7 April 2025 at 7.00 pm "
                "at the Town Hall"
            ),
            table(ROLL, [100, 370]),
            Spacer(1, 8),
            table(MINUTES, [60, 300, 110]),
            say("The meeting closed at 8.10 pm."),
        ],
        "decisions": [
            say("# Eastmoor City Council"),
            say("# DECISION NOTICE"),
            say("# Cabinet - Tuesday, 4 February 2025"),
            say("Published: 6 February 2025. Call-in deadline: 13 February 2025."),
            table(DECISIONS, [120, 250, 100]),
        ],
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.pdf"
        SimpleDocTemplate(str(path), pagesize=A4).build(papers[name])
        return extract(path)


def test_items_roll_and_hours():
    rows = as_dicts(read("minutes").rows)
    assert [(i["minute_number"], i["title"]) for i in rows["agenda_items"]] == [
        ("AM25/01", "Declarations of interest"),
        ("AM25/02", "Minutes of 3 March 2025"),
        ("AM25/03", "Play area"),
        ("AM25/04", "Allotments"),
    ]
    assert [(a["name"], a["status"]) for a in rows["attendance"]] == [
        ("A Moss", "present"),
        ("B Reed", "present"),
        ("C Fern", "present"),
        ("D Ivy", "present"),
        ("E Broom", "present"),
        ("F Gorse", "apologies"),
    ]
    assert str(rows["meetings"][0]["end_time"]) == "20:10:00"


def test_decisions_and_who_acts():
    rows = as_dicts(read("minutes").rows)
    assert [(r["item_number"], r["text"]) for r in rows["resolutions"]] == [
        ("AM25/02", "the minutes be approved."),
        ("AM25/03", "spend up to £1,200 on repairs."),
    ]
    assert [(a["owners"], a["text"], str(a["due_date"])) for a in rows["actions"]] == [
        (["EB"], "EB to order parts by 30 April 2025", "2025-04-30"),
        (["Clerk"], "Clerk to write to those waiting", "None"),
    ]
    assert all(r["page"] == 1 and r["bbox"] for r in rows["resolutions"] + rows["actions"])


def test_a_decision_notice():
    e = read("decisions")
    assert e.document.kind == "decisions"
    assert [(r["clause"], r["text"]) for r in as_dicts(e.rows)["resolutions"]] == [
        (None, "the council tax base of 61,204 be approved."),
        ("(1)", "the strategy be adopted"),
        ("(2)", "the Head of Housing be authorised to make minor amendments."),
    ]
