"""The short way through pdfminer gives pdfplumber's own letters, lines and boxes, one by one."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pdf.content import Operator, Unusual, tokens_of
from extractors.pdf.lean import lean
from extractors.pdf.shown import shown
from tests.conftest import FIXTURES, SHARED

LETTER = (
    "text",
    "x0",
    "x1",
    "top",
    "bottom",
    "doctop",
    "size",
    "fontname",
    "upright",
    "matrix",
    "adv",
    "width",
    "height",
)
NOT_USED = ("mcid", "tag", "stream")
MOST_PAGES = 20
ODD = sorted((SHARED / "corpus" / "odd").rglob("*.pdf")) if SHARED else []


def _things(page: Any) -> dict[str, list[dict[str, Any]]] | str:
    """A page's objects, told apart by what pdfplumber's users read; or what it raised."""
    try:
        found = page.objects
    except Exception as error:
        return str(error)
    return {
        kind: [
            {k: _said(o[k]) for k in (LETTER if kind == "char" else o) if k not in NOT_USED} for o in things
        ]
        for kind, things in found.items()
    }


def _said(value: Any) -> str:
    """As text; lengths to a thousandth of a point."""
    if isinstance(value, (tuple, list)):
        return str([_said(v) for v in value])
    return f"{value + 0:.3f}".replace("-0.000", "0.000") if isinstance(value, (int, float)) else str(value)


def _measured_as_displayed(page: Any) -> Any:
    """pdfplumber's page, told that what is displayed is all there is."""
    seen = shown(page.page_obj.attrs)
    page.page_obj.mediabox = seen.seen
    page.mediabox = page.cropbox = page.bbox = (0, 0, *seen.size)
    return page


def _both(pdf: Path) -> None:
    try:
        full, short = pdfplumber.open(pdf), pdfplumber.open(pdf)
    except Exception:
        pytest.skip("pdfplumber does not open it")
    with full, short:
        for a, b in zip(full.pages[:MOST_PAGES], short.pages[:MOST_PAGES], strict=True):
            if shown(a.page_obj.attrs).unit == 1:
                assert _things(lean(b)) == _things(_measured_as_displayed(a)), (
                    f"{pdf.name} page {a.page_number}"
                )
            a.close()
            b.close()


@pytest.mark.parametrize("pdf", sorted(FIXTURES.glob("*.pdf")), ids=lambda p: p.name)
def test_a_lean_page_shows_what_pdfplumbers_shows(pdf: Path) -> None:
    _both(pdf)


@pytest.mark.corpus
@pytest.mark.skipif(not ODD, reason="no shared papers here")
@pytest.mark.parametrize("pdf", ODD, ids=lambda p: p.name)
def test_a_lean_page_shows_what_pdfplumbers_shows_of_odd_papers(pdf: Path) -> None:
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    _both(pdf)


def _plain(tokens: list[Any]) -> list[Any]:
    return [t.name if isinstance(t, Operator) else t for t in tokens]


def _by_pdfminer(data: bytes) -> list[Any]:
    from pdfminer.pdfinterp import PDFContentParser
    from pdfminer.pdftypes import PDFStream
    from pdfminer.psparser import PSEOF, PSKeyword, keyword_name

    parser, out = PDFContentParser([PDFStream({}, data)]), []
    while True:
        try:
            _, thing = parser.nextobject()
        except PSEOF:
            return out
        out.append(
            "do_" + keyword_name(thing).replace("*", "_a").replace('"', "_w").replace("'", "_q")
            if isinstance(thing, PSKeyword)
            else thing
        )


PIECES = [
    b"BT",
    b"ET",
    b"q",
    b"Q",
    b"T*",
    b"'",
    b"1",
    b"-2",
    b"+3",
    b"0.5",
    b"-.25",
    b"7.",
    b"(ab)",
    b"(a\\)b)",
    b"(a(b)c)",
    b"(\\101\\12)",
    b"(\\\nx)",
    b"<4142>",
    b"<>",
    b"/F1",
    b"/A-b.c",
    b"[(a) -3 <42>] TJ",
    b"/Span <</MCID 3 /Lang (en)>> BDC",
    b"% note\n",
    b"true",
    b"false",
    b"null",
    b"1 0 0 1 72 720 cm",
    b"[] 0 d",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([b" ", b"\n", b"\r\n", b"\t"]))
def test_the_pattern_cuts_a_stream_as_pdfminer_does(pieces: list[bytes], between: bytes) -> None:
    data = between.join(pieces) + between
    assert _plain(tokens_of(data)) == _by_pdfminer(data)


@given(st.binary(max_size=60))
def test_what_the_pattern_does_not_leave_to_pdfminer_it_reads_alike(data: bytes) -> None:
    try:
        tokens = _plain(tokens_of(data + b" "))
    except (Unusual, ValueError):
        return
    assert tokens == _by_pdfminer(data + b" ")


@pytest.mark.parametrize(
    "data",
    [b"BI /W 1 ID x EI", b"/A#20B gs", b"1-2 3 Td", b"<123> Tj", b"[(a) Tj", b"(a(b(c)))Tj", b")", b"{"],
)
def test_what_is_unusual_is_left_to_pdfminer(data: bytes) -> None:
    with pytest.raises(Unusual):
        tokens_of(data)
