"""Tables: figures, joins, kinds, colours, and the command for a person in a hurry."""

from decimal import Decimal

import pytest

from extractors.mentions.people import owners_in
from extractors.model import Box, Cell, Table
from extractors.pdf.shapes import colour_name
from extractors.tables.figures import figures_of, number_of, unit_in
from extractors.tables.join import join_tables
from extractors.tables.kinds import type_of
from tests.conftest import FIXTURES, run_command

NUMBERS = [
    ("£1.5m", "1.5", "£m"),
    ("45%", "45", "%"),
    ("(1,234)", "-1234", None),
    ("-£5.2m", "-5.2", "£m"),
    ("+35.4", "35.4", None),
    ("12,035*", "12035", None),
    ("£20,629", "20629", "£"),
    ("1 649 692", "1649692", None),
    ("2023/24", None, None),
    ("12 March 2024", None, None),
    ("007", None, None),
    ("5 - 12", None, None),
    ("", None, None),
    ("Q3", None, None),
]


@pytest.mark.parametrize(("text", "number", "unit"), NUMBERS)
def test_cells_as_numbers(text, number, unit):
    assert number_of(text) == (None if number is None else Decimal(number).quantize(Decimal("0.0001")), unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Budget £'000", "£000"),
        ("2024/25 £000s", "£000"),
        ("£m", "£m"),
        ("% of target", "%"),
        ("Ward", None),
        ("£ and %", None),
        ("Spend (£)", "£"),
        ("'000s", "000"),
    ],
)
def test_units_of_heads(text, unit):
    assert unit_in(text) == unit


def table(
    page: int,
    rows: list[list[str]],
    *,
    head: int = 0,
    top: float = 100.0,
    bottom: float = 780.0,
    bold: int = 0,
) -> Table:
    """A plain table of equal columns on a page."""
    width = 480 / len(rows[0])
    step = (bottom - top) / len(rows)
    cells = [
        Cell(
            r,
            c,
            text,
            (Box(page, 60 + c * width, top + r * step, 60 + (c + 1) * width, top + (r + 1) * step),),
            is_header=r < head,
            lines=(text,),
            bold=r < bold,
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table((Box(page, 60, top, 540, bottom),), len(rows), len(rows[0]), tuple(cells), "test", 1.0, head)


def test_a_columns_unit_and_dashes_for_nil():
    t = table(
        1,
        [["Scheme", "Cost £000", "Share %"], ["A", "(40)", "12"], ["B", "–", "8"], ["C", "310", "n/a"]],
        head=1,
    )
    assert figures_of(t)[1, 1] == (Decimal("-40.0000"), "£000")
    assert figures_of(t)[2, 1] == (Decimal("0.0000"), "£000")
    assert figures_of(t)[2, 2] == (Decimal("8.0000"), "%")
    assert figures_of(t)[3, 2] == (None, None)


SIZES = {1: (595.0, 842.0), 2: (595.0, 842.0)}


def test_joined_with_a_repeated_head():
    joined = join_tables(
        [table(1, [["Ref", "Text"], ["1", "First."]]), table(2, [["Ref", "Text"], ["2", "Second."]], top=60)],
        SIZES,
        {},
    )
    assert [t.grid() for t in joined] == [[["Ref", "Text"], ["1", "First."], ["2", "Second."]]]


def test_joined_without_a_head_and_a_cut_cell_made_whole():
    joined = join_tables(
        [
            table(1, [["Ref", "Text"], ["1", "The scheme will"]]),
            table(2, [["", "be reviewed in May."], ["2", "Second."]], top=60),
        ],
        SIZES,
        {},
    )
    assert joined[0].grid() == [
        ["Ref", "Text"],
        ["1", "The scheme will be reviewed in May."],
        ["2", "Second."],
    ]
    assert [b.page for b in joined[0].regions] == [1, 2]


def test_not_joined_when_prose_stands_between():
    parts = [
        table(1, [["Ref", "Text"], ["1", "First."]]),
        table(2, [["Name", "Post"], ["Ann", "Clerk"]], top=200),
    ]
    assert len(join_tables(parts, SIZES, {2: (60.0, 120.0)})) == 2


def test_not_joined_when_merely_alike():
    parts = [
        table(1, [["Ref", "Text"], ["1", "First."]], bottom=300),
        table(2, [["Name", "Post"], ["Ann", "Clerk"]], top=60),
    ]
    assert len(join_tables(parts, SIZES, {})) == 2


HEADS = [
    (["Action", "Owner", "Due date", "Status"], "action_table"),
    (["What will we do", "Lead officer", "By when"], "action_table"),
    (["Decision", "Date due", "Decision maker"], "forward_plan"),
    (["Ref", "Risk", "Likelihood", "Impact", "Owner"], "risk_register"),
    (["Performance indicator", "Latest", "Target", "RAG"], "performance"),
    (["Ward", "Inspected", "Passed"], None),
]


@pytest.mark.parametrize(("head", "kind"), HEADS)
def test_kinds_by_their_heads(head, kind):
    typed = type_of(table(1, [head, ["x"] * len(head)]))
    assert (typed.kind if typed else None) == kind


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((1, 0, 0), "red"),
        ((1, 0.75, 0), "amber"),
        ((0, 0.69, 0.31), "green"),
        ((0, 0.44, 0.75), "blue"),
        (0.75, "grey"),
        ((1, 1, 1), None),
        ((0, 0, 0), None),
        ((0, 1, 1, 0), "red"),
        (None, None),
    ],
)
def test_colours_that_rate(colour, name):
    assert colour_name(colour) == name


def test_owners_run_on_into_their_resources():
    common = {"existing", "resources", "change", "programme"}
    assert owners_in("Helen Stephenson Existing resources", common) == ["Helen Stephenson"]
    assert owners_in("Jo Rolls & Linda Saw SEND Change Programme", common | {"rolls", "saw"}) == [
        "Jo Rolls",
        "Linda Saw",
    ]
    assert owners_in("Existing resources", common) == []


def test_the_command_lists_and_exports(tmp_path):
    import pikepdf
    from openpyxl import load_workbook

    pack = tmp_path / "pack.pdf"
    with pikepdf.open(FIXTURES / "aldermere-pack.pdf") as whole, pikepdf.new() as some:
        some.pages.extend(whole.pages[n - 1] for n in (11, 12, 30, 31, 40))  # those with tables
        some.save(pack)
    listed = run_command("tables", pack).stdout.splitlines()
    assert len(listed) == 6 and listed[0].startswith("table001-p1  5 x 4")
    done = run_command(
        "tables",
        pack,
        "--csv",
        tmp_path / "csv",
        "--xlsx",
        tmp_path / "t.xlsx",
        "--review",
        tmp_path / "review",
        "--html",
    )
    assert done.returncode == 0, done.stderr
    book = load_workbook(tmp_path / "t.xlsx")
    assert book["table005-p4"]["B2"].value == 1250 and book["table005-p4"]["B3"].value == -40
    assert len(list((tmp_path / "csv").iterdir())) == 6
    assert len(list((tmp_path / "review").iterdir())) == 6
    assert "<caption>Table 1: Cleansing inspections by ward</caption>" in done.stdout
