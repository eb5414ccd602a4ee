"""A report that several papers of a meeting have counts once, with its sections, tables and sums."""

from __future__ import annotations

import random
from datetime import date

from pipeline.store.sql import connect
from schemas.content import AmountRow, SectionRow, TableCellRow, TableRow
from schemas.documents import PartRow
from tests.papers_told import Told, put

DAY = date(2024, 3, 12)
WORDS = ("quay", "ferry", "lamp", "harbour", "budget", "lane", "school", "park", "bridge", "market")


def words(seed: int, many: int = 400) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choices(WORDS, k=many))


def report(paper: Told, text: str, title: str = "Ferry dues") -> Told:
    """A report of two paragraphs with a table and a sum, as a part of the paper."""
    part = {"part_id": paper.new_id("report")}
    paper.add(
        PartRow, **part, kind="report", title=title, page_from=2, page_to=4, meeting_id=paper.meeting_id
    )
    half = len(text) // 2
    for n, piece in enumerate((text[:half], text[half:]), 1):
        paper.add(SectionRow, **part, section_id=paper.new_id("section"), position=n, text=piece)
    table = {"table_id": paper.new_id("table")}
    paper.add(TableRow, **part, **table).add(TableCellRow, **table, row=0, col=0, text="£5")
    return paper.add(AmountRow, **part, text="£5")


def counts(tmp_path, *papers: Told) -> list[int]:
    asked = connect(put(tmp_path, *papers))
    names = ("sections", "tables", "table_cells", "amounts")
    return [asked.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in names]


def test_a_report_alone_and_in_the_pack_is_one(tmp_path):
    alone = report(Told("alone", DAY, "Cabinet", "report"), words(1))
    pack = report(Told("pack", DAY, "Cabinet", "agenda_pack"), words(1))
    assert counts(tmp_path, alone, pack) == [2, 1, 1, 1]
    asked = connect(tmp_path)
    assert asked.sql("SELECT count(*) FROM told.sections").fetchall() == [(4,)]
    assert asked.sql("SELECT DISTINCT document_id FROM sections").fetchall() == [(pack.document_id,)]
    assert asked.sql("SELECT how FROM repeats WHERE dataset = 'parts'").fetchall() == [("same words",)]


def test_a_word_misread_makes_no_other_report(tmp_path):
    misread = words(1).replace("quay ferry", "quay terry", 1)
    alone = report(Told("alone", DAY, "Cabinet", "report"), misread)
    assert counts(tmp_path, alone, report(Told("pack", DAY, "Cabinet", "agenda_pack"), words(1)))[0] == 2


def test_reports_of_other_words_or_other_meetings_are_others(tmp_path):
    alone = report(Told("alone", DAY, "Cabinet", "report"), words(1))
    changed = f"{words(1, 200)} {words(2, 200)}"
    revised = report(Told("pack", DAY, "Cabinet", "agenda_pack"), changed)
    april = report(Told("april", date(2024, 4, 9), "Cabinet", "agenda_pack"), words(1))
    assert counts(tmp_path, alone, revised, april) == [6, 3, 3, 3]


def test_a_paper_that_has_a_page_twice_says_it_twice(tmp_path):
    pack = report(report(Told("pack", DAY, "Cabinet", "agenda_pack"), words(1)), words(1))
    assert counts(tmp_path, pack, Told("minutes", DAY, "Cabinet"))[0] == 4
