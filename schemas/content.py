"""What papers hold: sections, tables, contacts, decisions to come."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from schemas.fields import Column
from schemas.row import Row, dataset


@dataset("sections", key=("section_id",))
class SectionRow(Row):
    """A heading or numbered paragraph."""

    part_id: Annotated[str | None, Column("its part", references="parts.part_id")]
    section_id: Annotated[str, Column("identifies the section")]
    parent_id: Annotated[str | None, Column("section that it is under", references="sections.section_id")]
    position: Annotated[int | None, Column("its place in the part, from 1")]
    level: Annotated[int | None, Column("depth in the tree, from 1", least=1)]
    number: Annotated[str | None, Column('number as printed: "1.2", "(a)"', repeats=True)]
    heading: Annotated[str | None, Column("the heading; null for a numbered paragraph")]
    text: Annotated[str | None, Column("words under it up to the next section")]
    page_from: Annotated[int | None, Column("first page", least=1)]
    page_to: Annotated[int | None, Column("last page", least=1)]


@dataset("tables", key=("table_id",))
class TableRow(Row):
    """A table, joined across its pages."""

    table_id: Annotated[str, Column("identifies the table")]
    part_id: Annotated[str | None, Column("its part", references="parts.part_id")]
    section_id: Annotated[str | None, Column("section that it stands in", references="sections.section_id")]
    caption: Annotated[str | None, Column("caption above or below it")]
    page_from: Annotated[int | None, Column("first page", least=1)]
    page_to: Annotated[int | None, Column("last page", least=1)]
    n_rows: Annotated[int | None, Column("number of rows", least=1)]
    n_cols: Annotated[int | None, Column("number of columns", least=1)]
    header_rows: Annotated[int | None, Column("how many of the rows, from the top, are headers", least=0)]
    engine: Annotated[str | None, Column("what found its cells", repeats=True)]
    accuracy: Annotated[
        float | None, Column("share of its letters that fell inside a cell", unit="0 to 1", least=0, most=1)
    ]


@dataset("table_cells", key=("table_id", "row", "col"))
class TableCellRow(Row):
    """A cell."""

    table_id: Annotated[str, Column("its table", references="tables.table_id")]
    row: Annotated[int, Column("row, from 0", least=0)]
    col: Annotated[int, Column("column, from 0", least=0)]
    row_span: Annotated[int | None, Column("rows that it covers", least=1)]
    col_span: Annotated[int | None, Column("columns that it covers", least=1)]
    is_header: Annotated[bool | None, Column("stands in a header row")]
    text: Annotated[str | None, Column("its words; lines kept")]
    number: Annotated[Decimal | None, Column("the number that the text is, if it is one")]
    unit: Annotated[
        str | None,
        Column("its unit: %, £, £m, £000...; a percentage is kept as printed, 45 for 45%", repeats=True),
    ]
    colour: Annotated[
        str | None,
        Column(
            "what the cell is filled with: red, amber, green, blue, grey; null for none or another",
            repeats=True,
        ),
    ]


@dataset("report_contacts")
class ReportContactRow(Row):
    """Who stands behind a report."""

    part_id: Annotated[str | None, Column("the report", references="parts.part_id")]
    item_number: Annotated[str | None, Column("agenda item", repeats=True)]
    role: Annotated[
        str | None, Column("Report Author, Assistant Director, Portfolio Holder...", repeats=True)
    ]
    name: Annotated[str, Column("name as printed")]
    job_title: Annotated[str | None, Column("post")]
    email: Annotated[str | None, Column("address")]


@dataset("forward_plan")
class ForwardPlanRow(Row):
    """A decision to come."""

    decision: Annotated[str, Column("what is to be decided")]
    description: Annotated[str | None, Column("what it is about")]
    due_text: Annotated[str | None, Column("when, as printed")]
    due_date: Annotated[dt.date | None, Column("the day that names, when it names one")]
    decision_maker: Annotated[str | None, Column("who decides")]


@dataset("amounts")
class AmountRow(Row):
    """A sum of money named in text or a table."""

    part_id: Annotated[str | None, Column("part that it stands in", references="parts.part_id")]
    amount: Annotated[Decimal | None, Column("the sum in whole units of its currency: 1500000 for £1.5m")]
    currency: Annotated[str | None, Column("ISO 4217: GBP, EUR...; XXX for a bare dollar sign", repeats=True)]
    text: Annotated[str | None, Column("the sum as printed")]
    context: Annotated[str | None, Column("the sentence, or the heads of the table's row and column")]


@dataset("risks")
class RiskRow(Row):
    """A risk in a risk register."""

    part_id: Annotated[str | None, Column("part that it stands in", references="parts.part_id")]
    reference: Annotated[str | None, Column("the register's own number")]
    risk: Annotated[str, Column("the risk in the paper's words")]
    owner: Annotated[str | None, Column("who owns it, as printed")]
    likelihood: Annotated[str | None, Column("as printed")]
    impact: Annotated[str | None, Column("as printed")]
    score: Annotated[str | None, Column("current score or rating, as printed")]
    target: Annotated[str | None, Column("score aimed at, as printed")]
    controls: Annotated[str | None, Column("what is done about it")]
    status: Annotated[
        str | None,
        Column("direction or rating; the colour of the cell where it prints nothing", repeats=True),
    ]


@dataset("measures")
class MeasureRow(Row):
    """A performance measure in a table."""

    part_id: Annotated[str | None, Column("part that it stands in", references="parts.part_id")]
    measure: Annotated[str, Column("what is measured")]
    latest: Annotated[str | None, Column("latest figure, as printed")]
    latest_number: Annotated[Decimal | None, Column("the latest figure, when it is a number")]
    target: Annotated[str | None, Column("target, as printed")]
    target_number: Annotated[Decimal | None, Column("the target, when it is a number")]
    unit: Annotated[str | None, Column("unit of both", repeats=True)]
    status: Annotated[
        str | None,
        Column("on track or not, as printed; the colour of the cell where it prints nothing", repeats=True),
    ]
    forecast: Annotated[str | None, Column("what is expected, as printed")]
