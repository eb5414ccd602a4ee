"""What papers hold: sections, tables, contacts, decisions to come."""

from schemas.fields import DATE, FLAG, INT, NUMBER, REPEATED, SHARE, TEXT, Dataset, Field

SECTIONS = Dataset(
    "sections",
    "a heading or numbered paragraph",
    (
        Field("part_id", TEXT, "its part"),
        Field("section_id", TEXT, "identifies the section", required=True),
        Field("parent_id", TEXT, "section that it is under"),
        Field("position", INT, "its place in the part, from 1"),
        Field("level", INT, "depth in the tree, from 1"),
        Field("number", REPEATED, 'number as printed: "1.2", "(a)"'),
        Field("heading", TEXT, "the heading; null for a numbered paragraph"),
        Field("text", TEXT, "words under it up to the next section"),
        Field("page_from", INT, "first page"),
        Field("page_to", INT, "last page"),
    ),
)

TABLES = Dataset(
    "tables",
    "a table, joined across its pages",
    (
        Field("table_id", TEXT, "identifies the table", required=True),
        Field("part_id", TEXT, "its part"),
        Field("section_id", TEXT, "section that it stands in"),
        Field("caption", TEXT, "caption above or below it"),
        Field("page_from", INT, "first page"),
        Field("page_to", INT, "last page"),
        Field("n_rows", INT, "number of rows"),
        Field("n_cols", INT, "number of columns"),
        Field("header_rows", INT, "how many of the rows, from the top, are headers"),
        Field("engine", REPEATED, "what found its cells"),
        Field("accuracy", SHARE, "share of its letters that fell inside a cell", "0 to 1"),
    ),
)

TABLE_CELLS = Dataset(
    "table_cells",
    "a cell",
    (
        Field("table_id", TEXT, "its table", required=True),
        Field("row", INT, "row, from 0", required=True),
        Field("col", INT, "column, from 0", required=True),
        Field("row_span", INT, "rows that it covers"),
        Field("col_span", INT, "columns that it covers"),
        Field("is_header", FLAG, "stands in a header row"),
        Field("text", TEXT, "its words; lines kept"),
        Field("number", NUMBER, "the number that the text is, if it is one"),
        Field("unit", REPEATED, "its unit: %, £, £m, £000...; a percentage is kept as printed, 45 for 45%"),
        Field(
            "colour",
            REPEATED,
            "what the cell is filled with: red, amber, green, blue, grey; null for none or another",
        ),
    ),
)

REPORT_CONTACTS = Dataset(
    "report_contacts",
    "who stands behind a report",
    (
        Field("part_id", TEXT, "the report"),
        Field("item_number", REPEATED, "agenda item"),
        Field("role", REPEATED, "Report Author, Assistant Director, Portfolio Holder..."),
        Field("name", TEXT, "name as printed", required=True),
        Field("job_title", TEXT, "post"),
        Field("email", TEXT, "address"),
    ),
)

FORWARD_PLAN = Dataset(
    "forward_plan",
    "a decision to come",
    (
        Field("decision", TEXT, "what is to be decided", required=True),
        Field("description", TEXT, "what it is about"),
        Field("due_text", TEXT, "when, as printed"),
        Field("due_date", DATE, "the day that names, when it names one"),
        Field("decision_maker", TEXT, "who decides"),
    ),
)

AMOUNTS = Dataset(
    "amounts",
    "a sum of money named in text or a table",
    (
        Field("part_id", TEXT, "part that it stands in"),
        Field("amount", NUMBER, "the sum in whole units of its currency: 1500000 for £1.5m"),
        Field("currency", REPEATED, "ISO 4217: GBP, EUR...; XXX for a bare dollar sign"),
        Field("text", TEXT, "the sum as printed"),
        Field("context", TEXT, "the sentence, or the heads of the table's row and column"),
    ),
)

RISKS = Dataset(
    "risks",
    "a risk in a risk register",
    (
        Field("part_id", TEXT, "part that it stands in"),
        Field("reference", TEXT, "the register's own number"),
        Field("risk", TEXT, "the risk in the paper's words", required=True),
        Field("owner", TEXT, "who owns it, as printed"),
        Field("likelihood", TEXT, "as printed"),
        Field("impact", TEXT, "as printed"),
        Field("score", TEXT, "current score or rating, as printed"),
        Field("target", TEXT, "score aimed at, as printed"),
        Field("controls", TEXT, "what is done about it"),
        Field("status", REPEATED, "direction or rating; the colour of the cell where it prints nothing"),
    ),
)

MEASURES = Dataset(
    "measures",
    "a performance measure in a table",
    (
        Field("part_id", TEXT, "part that it stands in"),
        Field("measure", TEXT, "what is measured", required=True),
        Field("latest", TEXT, "latest figure, as printed"),
        Field("latest_number", NUMBER, "the latest figure, when it is a number"),
        Field("target", TEXT, "target, as printed"),
        Field("target_number", NUMBER, "the target, when it is a number"),
        Field("unit", REPEATED, "unit of both"),
        Field(
            "status", REPEATED, "on track or not, as printed; the colour of the cell where it prints nothing"
        ),
        Field("forecast", TEXT, "what is expected, as printed"),
    ),
)
