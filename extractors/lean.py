"""pdfplumber's page with a shorter way from pdfminer's letters to dicts: only what words need, without a walk through every attribute.

Most of the time that pdfplumber takes goes into that walk. Everything but letters is left to pdfplumber; positions are computed by the
same sums as `Page.process_object`, which tests hold the two to.
"""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTChar
from pdfplumber.page import Page


class LeanPage(Page):
    """A pdfplumber page whose letters carry text, box, font, size, matrix and whether they stand upright."""

    def process_object(self, obj: Any) -> dict[str, Any]:
        """A letter in short; anything else as pdfplumber makes it."""
        if type(obj) is not LTChar:
            return super().process_object(obj)
        left, over = self.mediabox[:2]
        height = self.height
        top = height - obj.y1 + over
        name = obj.fontname
        return {
            "object_type": "char", "page_number": self.page_number, "text": obj.get_text(), "x0": obj.x0 + left, "x1": obj.x1 + left, "top": top, "bottom": height - obj.y0 + over,
            "doctop": self.initial_doctop + top, "size": obj.size, "fontname": name if isinstance(name, str) else str(name), "upright": obj.upright, "matrix": obj.matrix, "adv": obj.adv,
            "width": obj.width, "height": obj.height,
        }  # fmt: skip


def lean(page: Any) -> Any:
    """The same page, made lean before anything of it was parsed."""
    page.__class__ = LeanPage
    return page
