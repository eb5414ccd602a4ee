"""What must hold of any paper."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout import lay_out
from extractors.model import Box, Line, Page, Paper, Word, fold
from schemas.row import as_dicts
from tests.conftest import FIXTURE_PDFS, FIXTURES, read_fixture

TEXTS = {
    "resolutions": "text",
    "actions": "text",
    "attendance": "name",
    "agenda_items": "title",
    "memberships": "name",
    "declarations": "name",
    "motions": "mover",
}


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def words_inside(paper: Paper, regions: list[dict]) -> str:
    out = []
    for r in regions:
        for w in paper.pages[r["page"] - 1].words:
            x, y = (w.box.x0 + w.box.x1) / 2, (w.box.top + w.box.bottom) / 2
            if r["x0"] - 0.5 <= x <= r["x1"] + 0.5 and r["top"] - 0.5 <= y <= r["bottom"] + 0.5:
                out.append(w.text)
    return letters(" ".join(out))


@pytest.mark.parametrize("name", FIXTURE_PDFS)
def test_a_rows_words_stand_inside_its_boxes(name):
    from extractors.pdf.pages import read_paper

    paper = read_paper(FIXTURES / f"{name}.pdf")
    for dataset, column in TEXTS.items():
        for row in as_dicts(read_fixture(name).rows).get(dataset, []):
            inside = words_inside(paper, row["regions"])
            for word in (row[column] or "").split():
                assert letters(word) in inside, (dataset, row[column], row["page"])
            if row["bbox"]:
                assert row["regions"][0]["page"] == row["page"]
                assert {k: row["regions"][0][k] for k in row["bbox"]} == row["bbox"]


@pytest.mark.parametrize("name", FIXTURE_PDFS)
def test_every_word_lies_in_exactly_one_block(name):
    from extractors.pdf.pages import read_paper
    from extractors.tables import find_grids

    paper = read_paper(FIXTURES / f"{name}.pdf")
    layout = lay_out(paper, {p.number: [g.box for g in find_grids(p)] for p in paper.pages})
    _assert_partition(paper, layout)


def _assert_partition(paper: Paper, layout) -> None:
    placed = sorted((w.box, w.text.rstrip("\u00ad-‐")) for b in layout.blocks for w in b.words)
    printed = sorted((w.box, w.text.rstrip("\u00ad-‐")) for p in paper.pages for w in p.words)
    assert placed == printed


words = st.text(
    alphabet=st.characters(codec="ascii", categories=("Ll", "Lu", "Nd", "Po")), min_size=1, max_size=12
)


@st.composite
def papers(draw) -> Paper:
    pages = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        found = []
        for _ in range(draw(st.integers(0, 25))):
            x, y, size = (
                draw(st.floats(0, 560)),
                draw(st.floats(0, 820)),
                draw(st.sampled_from([8.0, 11.0, 16.0])),
            )
            text = draw(words)
            found.append(
                Word(
                    text,
                    Box(number, x, y, x + 0.5 * size * len(text), y + size),
                    size,
                    draw(st.booleans()),
                    draw(st.integers(0, 9)) == 0,
                )
            )
        pages.append(Page(number, 595.0, 842.0, tuple(found)))
    return Paper(tuple(pages))


@settings(max_examples=60, deadline=None)
@given(
    papers(),
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(0, 400), st.floats(10, 250), st.floats(10, 300)), max_size=2
    ),
)
def test_any_scatter_of_words_is_parted_into_blocks(paper, boxes):
    regions = {1: [Box(1, x, y, x + w, y + h) for x, y, w, h in boxes]}
    _assert_partition(paper, lay_out(paper, regions))


@given(st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=5))
def test_folding_keeps_every_letter(lines):
    made = [Line(tuple(Word(t, Box(1, 0, 0, 1, 1), 11.0) for t in line)) for line in lines]
    assert letters(fold(made)) == letters("".join("".join(line) for line in lines))


def test_the_same_pdf_twice_gives_the_same_bytes(tmp_path):
    from extractors import extract
    from tests.lake import write

    digests = []
    for run in ("a", "b"):
        write(tmp_path / run, extract(FIXTURES / "aldermere-pack.pdf"))
        digests.append(
            {
                str(p.relative_to(tmp_path / run)): hashlib.sha256(p.read_bytes()).hexdigest()
                for p in sorted((tmp_path / run).rglob("*.parquet"))
            }
        )
    assert digests[0] == digests[1] and len(digests[0]) > 10


def test_ids_do_not_repeat():
    for name in FIXTURE_PDFS:
        rows = as_dicts(read_fixture(name).rows)
        for dataset, key in (
            ("resolutions", "resolution_id"),
            ("actions", "action_id"),
            ("agenda_items", "item_id"),
            ("parts", "part_id"),
            ("tables", "table_id"),
            ("sections", "section_id"),
        ):
            ids = [r[key] for r in rows.get(dataset, [])]
            assert len(ids) == len(set(ids)), (name, dataset)
