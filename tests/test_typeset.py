"""Plain text and Markdown as PDFs."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from tools.typeset import short_name, typeset

MARKDOWN = """[Original file](https://marlow.example/minutes.pdf)

---
**MINUTES OF THE HARBOUR COMMITTEE OF MARLOW VALE HELD IN THE TOWN HALL ON MONDAY, 3RD MARCH,**

**2025 AT 6.30 P.M.**

**1.**

**Adoption of Minutes**

It was agreed on the proposal of Councillor White that the draft minutes of the meeting of the Har-

bour Committee be taken as read.

| Vessel | Dues |
| --- | --- |
| Ré Órga | €20 |

---
2

**Signed:** \\_\\_\\_
---
"""
PLAIN = """                         BOARD OF WORKS
                            MINUTES

Present:     Ann Gray, Chair

BRIDGES. Repair. Motion made and seconded to approve the repair of the
bridge at Mill Road. All in favor.
\f
Motion made and seconded to adjourn at 8:35 p.m.
"""


def set_as_pdf(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, "utf-8")
    target = tmp_path / "paper.pdf"
    typeset(tmp_path / name, target)
    return target


def lines(pdf: Path) -> list[list[str]]:
    with pdfplumber.open(pdf) as opened:
        return [page.extract_text().split("\n") for page in opened.pages]


def bold(pdf: Path) -> str:
    with pdfplumber.open(pdf) as opened:
        return "".join(c["text"] for page in opened.pages for c in page.chars if "Bold" in c["fontname"])


def test_markdown_keeps_headings_numbers_tables_and_pages(tmp_path):
    pdf = set_as_pdf(tmp_path, "minutes.md", MARKDOWN)
    first, second = lines(pdf)
    assert "1. Adoption of Minutes" in [" ".join(x.split()) for x in first]
    assert "Har-bour Committee" in " ".join(first)
    assert first[-1] == "1" and second == ["Signed: ___", "2"]
    assert "HELD IN THE TOWN HALL" in bold(pdf) and "Adoption of Minutes" in bold(pdf)
    assert "taken as read" not in bold(pdf)
    with pdfplumber.open(pdf) as opened:
        assert opened.pages[0].extract_tables() == [[["Vessel", "Dues"], ["Ré Órga", "€20"]]]


def test_plain_text_keeps_lines_and_joins_paragraphs(tmp_path):
    pdf = set_as_pdf(tmp_path, "minutes.txt", PLAIN)
    first, second = lines(pdf)
    assert first[:2] == ["BOARD OF WORKS", "MINUTES"]
    assert any("the repair of the bridge at Mill Road." in x for x in first)
    assert second[0] == "Motion made and seconded to adjourn at 8:35 p.m."
    assert bold(pdf) == "BOARD OF WORKSMINUTESBRIDGES."


def test_the_same_text_gives_the_same_bytes(tmp_path):
    once = set_as_pdf(tmp_path, "minutes.md", MARKDOWN).read_bytes()
    assert set_as_pdf(tmp_path, "minutes.md", MARKDOWN).read_bytes() == once


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("limerick/2016-09-19-Monthly-Meeting-of-Metropolitan-District-of-Limerick-Minutes-July-md.md",
         "limerick-2016-09-19-metropolitan.pdf"),
        ("marlow/harbour_board-2021-10-19.txt", "marlow-2021-10-19-harbour-board.pdf"),
    ],
)  # fmt: skip
def test_names_are_short(text, name):
    assert short_name(Path(text)) == name
