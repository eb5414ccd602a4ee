"""Letters written as rows while the page is interpreted, by the sums of pdfminer's LTChar and pdfplumber's
`Page.process_object`."""

from __future__ import annotations

from typing import Any

from schemas.untyped import load

converter = load("pdfminer.converter")
layout = load("pdfminer.layout")
pdffont = load("pdfminer.pdffont")
utils = load("pdfminer.utils")

Matrix = tuple[float, float, float, float, float, float]
Glyph = tuple[str, float]
"""A code's text and width, the width in thousandths of the font's size divided out."""


class LetterDevice(converter.PDFPageAggregator):
    """Collects a page's things; letters as finished rows, `left`, `over` and `height` placing them as
    pdfplumber does."""

    def __init__(self, page: Any) -> None:
        plain: Any = super()
        plain.__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        self.page_number: int = page.page_number
        self.left, self.over = page.mediabox[:2]
        self.page_height: float = page.height
        self.doctop: float = page.initial_doctop
        self.forms_drawn = 0
        self.glyphs: dict[int, dict[int, Glyph]] = {}

    def render_string_horizontal(
        self,
        seq: Any,
        matrix: Matrix,
        pos: tuple[float, float],
        font: Any,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: Any,
        graphicstate: Any,
    ) -> tuple[float, float]:
        """A string of letters from `pos` on; returns where the next begins."""
        x, y = pos
        a, b, c, d, e, f = matrix
        needs_space = False
        glyphs = self.glyphs.setdefault(id(font), {})
        low = font.get_descent() * fontsize + rise
        high = low + fontsize
        upright = a * d * scaling > 0 and b * c <= 0
        straight = b == 0 == c and a > 0 and d > 0 and fontsize >= 0
        fontname = _plain(font.fontname)
        add: Any = self.cur_item.add
        for piece in seq:
            if piece.__class__ is not bytes:
                if isinstance(piece, (int, float)):
                    x -= piece * dxscale
                    needs_space = True
                continue
            for code in font.decode(piece):
                if needs_space:
                    x += charspace
                if code not in glyphs:
                    glyphs[code] = self._glyph(font, code)
                text, width = glyphs[code]
                advance = width * fontsize * scaling
                dx, dy = x * a + y * c + e, x * b + y * d + f
                at = (a, b, c, d, dx, dy)
                box = (
                    (dx, d * low + dy, a * advance + dx, d * high + dy)
                    if straight and advance >= 0
                    else utils.apply_matrix_rect(at, (0, low, advance, high))
                )
                add(self._letter(text, at, box, fontname, advance, upright))
                x += advance
                if code == 32 and wordspace:
                    x += wordspace
                needs_space = True
        return (x, y)

    def _glyph(self, font: Any, code: int) -> Glyph:
        try:
            text: str = font.to_unichr(code)
        except pdffont.PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, code)
        return text, font.char_width(code)

    def _letter(
        self,
        text: str,
        matrix: Matrix,
        box: tuple[float, float, float, float],
        fontname: str,
        advance: float,
        upright: bool,
    ) -> dict[str, Any]:
        x0, y0, x1, y1 = box
        top = self.page_height - y1 + self.over
        return {
            "object_type": "char",
            "page_number": self.page_number,
            "text": text,
            "x0": x0 + self.left,
            "x1": x1 + self.left,
            "top": top,
            "bottom": self.page_height - y0 + self.over,
            "doctop": self.doctop + top,
            "size": y1 - y0,
            "fontname": fontname,
            "upright": upright,
            "matrix": matrix,
            "adv": advance,
            "width": x1 - x0,
            "height": y1 - y0,
        }

    def render_char(
        self,
        matrix: Matrix,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """A letter of a vertical font: pdfminer's own, made a row."""
        plain: Any = super()
        advance: float = plain.render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)
        things: list[Any] = self.cur_item._objs
        c = things[-1]
        row = self._letter(
            c.get_text(), c.matrix, (c.x0, c.y0, c.x1, c.y1), _plain(c.fontname), c.adv, c.upright
        )
        things[-1] = row | {"size": c.size}
        return advance


def _plain(fontname: Any) -> str:
    return fontname if isinstance(fontname, str) else str(fontname)
