"""Rows about what papers hold: sections, tables and their cells, contacts, amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractors.model import Part, Table
from extractors.reading.facts import (
    AmountFact,
    ContactFact,
)
from extractors.reading.readers.contacts import contacts_in_table
from extractors.rows.reading import Reading, facts
from extractors.tables.figures import amounts_in, figures_of
from schemas.content import AmountRow, ReportContactRow, SectionRow, TableCellRow, TableRow


def sections_rows(r: Reading) -> Iterator[SectionRow]:
    """The tree of headings and numbered paragraphs."""
    for part in r.parts:
        ids = _section_ids(r, part)
        for i, s in enumerate(r.sections[part.index]):
            box = s.regions
            yield SectionRow(
                place=r.place("layout", box, 0.9),
                part_id=r.part_id(part),
                section_id=ids[i],
                parent_id=ids[s.parent] if s.parent is not None else None,
                position=i + 1,
                level=s.level,
                number=s.number.strip(".") if s.number else None,
                heading=s.heading,
                text=s.text or None,
                page_from=box[0].page,
                page_to=box[-1].page,
            )


def _section_ids(r: Reading, part: Part) -> list[str]:
    """Ids by place: the n-th section of the part that begins on a page."""
    count: Counter[int] = Counter()
    out: list[str] = []
    for s in r.sections[part.index]:
        page = s.regions[0].page
        count[page] += 1
        out.append(f"{r.part_id(part)}-section-p{page}.{count[page]}")
    return out


def table_id(r: Reading, index: int) -> str:
    """A table's id, from its place: the n-th table that begins on its page."""
    table = r.tables[index][0]
    nth = sum(1 for t, _ in r.tables[: index + 1] if t.regions[0].page == table.regions[0].page)
    return f"{r.document_id[:16]}-table-p{table.regions[0].page}.{nth}"


def tables_rows(r: Reading) -> Iterator[TableRow]:
    """Tables, joined across pages."""
    for i, (t, part) in enumerate(r.tables):
        yield TableRow(
            place=r.place("tables", t.regions, 0.6 + 0.35 * t.accuracy),
            table_id=table_id(r, i),
            part_id=r.part_id(part),
            section_id=_section_above(r, part, t),
            caption=t.caption,
            page_from=t.regions[0].page,
            page_to=t.regions[-1].page,
            n_rows=t.n_rows,
            n_cols=t.n_cols,
            header_rows=t.header_rows,
            engine=t.engine,
            accuracy=round(t.accuracy, 4),
        )


def _section_above(r: Reading, part: Part, table: Table) -> str | None:
    first = table.regions[0]
    above = [i for i, s in enumerate(r.sections[part.index]) if s.begins <= (first.page, first.top)]
    return _section_ids(r, part)[above[-1]] if above else None


def cells_rows(r: Reading) -> Iterator[TableCellRow]:
    """Every cell of every table."""
    for i, (t, _) in enumerate(r.tables):
        key = table_id(r, i)
        figures = figures_of(t)
        for c in t.cells:
            number, unit = figures.get((c.row, c.col), (None, None))
            yield TableCellRow(
                place=r.place("tables", c.regions, 0.6 + 0.35 * t.accuracy),
                table_id=key,
                row=c.row,
                col=c.col,
                row_span=c.row_span,
                col_span=c.col_span,
                is_header=c.is_header,
                text=c.text,
                number=number,
                unit=unit,
                colour=c.colour,
            )


def contacts_rows(r: Reading) -> Iterator[ReportContactRow]:
    """Contacts from tables, else from lines; each person once a role and report."""
    done: set[tuple[int, str, str]] = set()
    for table, part in r.tables:
        for cell, role, name, post, email in contacts_in_table(table):
            if (part.index, role, name) not in done:
                done.add((part.index, role, name))
                yield ReportContactRow(
                    place=r.place("contacts", cell.regions, 0.9),
                    part_id=r.part_id(part),
                    item_number=part.item_number,
                    role=role,
                    name=name,
                    job_title=post,
                    email=email,
                )
    for part, sheet, c in facts(r, "contacts", ContactFact):
        if (part.index, c.role, c.name) not in done:
            done.add((part.index, c.role, c.name))
            yield ReportContactRow(
                place=r.place("contacts", sheet.regions(c.start, c.end), c.confidence),
                part_id=r.part_id(part),
                item_number=part.item_number,
                role=c.role,
                name=c.name,
                job_title=c.job_title,
                email=c.email,
            )


def amounts_rows(r: Reading) -> Iterator[AmountRow]:
    """Sums of money in prose, then in tables."""
    for part, sheet, a in facts(r, "amounts", AmountFact):
        yield AmountRow(
            place=r.place("amounts", sheet.regions(a.start, a.end), a.confidence, page=part.page_from),
            part_id=r.part_id(part),
            amount=a.amount,
            currency=a.currency,
            text=a.text,
            context=a.context,
        )
    for table, part in r.tables:
        for cell, amount, currency, context in amounts_in(table):
            yield AmountRow(
                place=r.place("amounts", cell.regions, 0.6 + 0.35 * table.accuracy),
                part_id=r.part_id(part),
                amount=amount,
                currency=currency,
                text=cell.text,
                context=context,
            )
