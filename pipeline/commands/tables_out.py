"""Just the tables of a PDF, for a person in a hurry: CSV, a workbook, HTML, and pictures that show page and
reading side by side."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from extractors.model import Table
from extractors.tables.figures import figures_of
from search.drawing import picture_of
from search.spreadsheets import harmless

RESOLUTION = 110
STYLE = (
    "table{border-collapse:collapse;margin:1em 0}"
    "td,th{border:1px solid #999;padding:.2em .5em;vertical-align:top;text-align:left}"
)


def tables_of(pdf: Path, ocr: str = "auto") -> list[Table]:
    """The PDF's tables, joined across pages, in reading order. Raises MinutebookError when it cannot be
    opened."""
    import hashlib

    from extractors.rows import read

    return [t for t, _ in read(pdf, hashlib.sha256(pdf.read_bytes()).hexdigest(), ocr=ocr).tables]


def name_of(table: Table, n: int) -> str:
    """A short name for a file or a sheet: its place and its pages."""
    first, last = table.regions[0].page, table.regions[-1].page
    return f"table{n:03d}-p{first}" + (f"-{last}" if last != first else "")


def write_csv(tables: Iterable[Table], folder: Path) -> Iterator[Path]:
    """A CSV a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, table in enumerate(tables, 1):
        target = folder / f"{name_of(table, n)}.csv"
        with target.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([harmless(" ".join(c.split())) for c in row] for row in table.grid())
        yield target


def write_xlsx(tables: Iterable[Table], target: Path) -> None:
    """A workbook with a sheet a table; numbers are numbers, merged cells merged, headers bold."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book: Any = Workbook()
    book.remove(book.active)
    for n, table in enumerate(tables, 1):
        sheet = book.create_sheet(name_of(table, n)[:31])
        figures = figures_of(table)
        for c in table.cells:
            number, unit = figures.get((c.row, c.col), (None, None))
            cell = sheet.cell(c.row + 1, c.col + 1)
            cell.value = float(number) if number is not None and unit != "%" else harmless(c.text) or None
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=c.is_header or c.bold)
            if c.row_span > 1 or c.col_span > 1:
                sheet.merge_cells(
                    start_row=c.row + 1,
                    start_column=c.col + 1,
                    end_row=c.row + c.row_span,
                    end_column=c.col + c.col_span,
                )
    if not book.sheetnames:
        book.create_sheet("no tables")
    book.save(target)


def as_html(table: Table) -> str:
    """The table as HTML, everything escaped."""
    out = io.StringIO()
    out.write("<table>" + (f"<caption>{html.escape(table.caption)}</caption>" if table.caption else ""))
    for row in range(table.n_rows):
        out.write("<tr>")
        for c in sorted((c for c in table.cells if c.row == row), key=lambda c: c.col):
            tag = "th" if c.is_header else "td"
            spans = (f' rowspan="{c.row_span}"' if c.row_span > 1 else "") + (
                f' colspan="{c.col_span}"' if c.col_span > 1 else ""
            )
            out.write(f"<{tag}{spans}>{html.escape(c.text).replace(chr(10), '<br>')}</{tag}>")
        out.write("</tr>\n")
    out.write("</table>\n")
    return out.getvalue()


def page_of_tables(pdf: Path, tables: list[Table]) -> str:
    """All tables as one HTML page."""
    body = "".join(
        f"<h2>{name_of(t, n)}, read by {t.engine}, accuracy {t.accuracy:.2f}</h2>{as_html(t)}"
        for n, t in enumerate(tables, 1)
    )
    name = html.escape(pdf.name)
    return (
        f"<!doctype html><meta charset=utf-8><title>{name}</title><style>{STYLE}</style><h1>{name}</h1>{body}"
    )


def review(pdf: Path, tables: list[Table], folder: Path) -> Iterator[Path]:
    """A picture a table: its first page's crop on the left, the table as read on the right."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    for n, table in enumerate(tables, 1):
        box = table.regions[0]
        picture = picture_of(pdf, box.page, RESOLUTION / 72)
        if picture is None:
            continue
        page, scale = picture
        crop = page.crop(
            (
                int(max(0, box.x0 - 6) * scale),
                int(max(0, box.top - 6) * scale),
                int((box.x1 + 6) * scale),
                int((box.bottom + 6) * scale),
            )
        )
        drawn = _drawn(table, max(400, crop.width))
        both = Image.new("RGB", (crop.width + drawn.width + 20, max(crop.height, drawn.height)), "white")
        both.paste(crop, (0, 0))
        both.paste(drawn, (crop.width + 20, 0))
        target = folder / f"{name_of(table, n)}.png"
        both.save(target)
        yield target


def _drawn(table: Table, width: int) -> Any:
    """The grid as read, set in a plain font, each cell's first words."""
    import textwrap

    from PIL import Image, ImageDraw

    letters = max(4, int(width / table.n_cols / 6.2))
    heights = [
        max(
            (len(textwrap.wrap(c.text, letters)) or 1 for c in table.cells if c.row == r and c.row_span == 1),
            default=1,
        )
        * 12
        + 6
        for r in range(table.n_rows)
    ]
    image = Image.new("RGB", (width + 1, sum(heights) + 1), "white")
    draw = ImageDraw.Draw(image)
    step = width / table.n_cols
    for c in table.cells:
        top, bottom = sum(heights[: c.row]), sum(heights[: c.row + c.row_span])
        left, right = c.col * step, (c.col + c.col_span) * step
        draw.rectangle(
            (left, top, right, bottom), outline=(20, 140, 60), fill=(235, 245, 235) if c.is_header else None
        )
        draw.multiline_text(
            (left + 3, top + 3),
            "\n".join(textwrap.wrap(c.text, max(4, int((right - left) / 6.2)))),
            fill="black",
            spacing=1,
        )
    return image
