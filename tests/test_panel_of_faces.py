"""Invented faces in the manner of many countries: whose paper it is, which body met, where.

`faces.txt` holds a face a paragraph, "@ council | body | place" above it; "--" parts its blocks. A face is
formulaic, so that these are nobody's sentences; councils of the register keep their names.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.model import Layout, Page, Paper
from extractors.parts.council import council_of
from extractors.parts.face.body import body_of_meeting
from extractors.parts.face.opening import opening
from extractors.parts.face.place import place_of_meeting
from tests.test_face import blocks

FACES = [
    paragraph.removeprefix("@ ").split("\n", 1)
    for paragraph in Path(__file__).with_name("faces.txt").read_text("utf-8").split("\n\n")
    if paragraph.startswith("@ ")
]


def test_there_is_a_panel():
    assert len(FACES) > 100


@pytest.mark.parametrize(("wanted", "text"), FACES, ids=[wanted for wanted, _ in FACES])
def test_a_face_says_who_met_and_where(wanted, text):
    own = blocks(*(" / ".join(block.strip().split("\n")) for block in text.split("\n--\n")))
    page = Page(1, 612.0, 792.0, tuple(w for b in own for w in b.words))
    lines = opening(own)
    council = council_of(Paper((page,)), Layout(tuple(own))).name
    told = (council, body_of_meeting(own, lines), place_of_meeting(own, lines) or "")
    assert " | ".join(str(x) for x in told).rstrip(" |") == wanted.rstrip(" |")
