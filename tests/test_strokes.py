"""Words struck out are not read as live, and an amendment shows what it changes."""

from __future__ import annotations

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from extractors import extract
from extractors.model import Box, Rule, Word
from extractors.pdf.strokes import with_marks
from schemas.decisions import MotionRow

PAPER = (
    "<b>OAKMERE TOWN COUNCIL</b>",
    "<b>Minutes of the meeting of the Council held on 3 March 2026 at 7.00 pm in the Town Hall</b>",
    "Present: Cllr Ann Moss (Chair), Cllr Ben Reed, Cllr Cara Fenn, Cllr Dai Pugh",
    "<b>1. Parking charges</b>",
    "It was moved by Cllr Ben Reed, seconded by Cllr Cara Fenn, that the charge in Mill Lane be "
    "<strike>two pounds</strike> <u>three pounds</u> an hour. The motion was carried.",
    "<b>2. <u>Street lights</u></b>",
    "It was moved by Cllr Dai Pugh, seconded by Cllr Cara Fenn, that the <u>whole</u> of Mill Lane be lit. "
    "The motion was lost.",
)


@pytest.fixture(scope="module")
def motions(tmp_path_factory):
    pdf = tmp_path_factory.mktemp("strokes") / "amended.pdf"
    style = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=6)
    SimpleDocTemplate(str(pdf), pagesize=A4).build([Paragraph(text, style) for text in PAPER])
    return extract(pdf).of(MotionRow)


def test_what_is_struck_out_is_not_read_as_live(motions):
    first, _ = motions
    assert "three pounds an hour" in first.text and "two" not in first.text
    assert (first.text_struck, first.text_inserted) == ("two pounds", "three pounds")


def test_a_line_under_words_alone_only_stresses_them(motions):
    _, second = motions
    assert "whole of Mill Lane" in second.text
    assert (second.text_struck, second.text_inserted) == (None, None)


@pytest.mark.parametrize(
    ("rule", "mark"),
    [
        (Rule(100, 105.5, 140, 105.5, True), "struck"),
        (Rule(100, 109.5, 140, 109.5, True), "underlined"),
        (Rule(100, 112, 140, 112, True), None),  # a rule between two lines
        (Rule(100, 101, 140, 101, True), None),  # the line above is underlined
        (Rule(50, 105.5, 400, 105.5, True), None),  # a rule that runs on
        (Rule(100, 105.5, 112, 105.5, True), None),  # a dash
        (Rule(100, 90, 100, 120, False), None),
    ],
)
def test_a_stroke_is_as_long_as_its_words(rule, mark):
    words = [Word("pounds", Box(1, 100, 100, 140, 110), 10.0), Word("an", Box(1, 143, 100, 155, 110), 10.0)]
    assert [w.mark for w in with_marks(words, [rule])] == [mark, None]
