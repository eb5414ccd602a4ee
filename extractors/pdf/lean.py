"""pdfplumber's document and page, parsed the short way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.pdf.content import LeanInterpreter
from extractors.pdf.letters import LetterDevice
from extractors.pdf.shown import Shown, shown
from schemas.untyped import load

plumber = load("pdfplumber.page")
plumber_pdf = load("pdfplumber.pdf")
pdfpage = load("pdfminer.pdfpage")

SIDES = ("x0", "top", "x1", "bottom")
BOXES = ("CropBox", "TrimBox", "BleedBox", "ArtBox")


class LeanPage(plumber.Page):
    """A pdfplumber page as it is displayed (`shown`), whose letters carry text, box, font, size, matrix and
    whether they stand upright."""

    shown: Shown

    @property
    def layout(self) -> Any:
        """pdfminer's page, letters in it being rows already. Raises PdfminerException."""
        if not hasattr(self, "_layout"):
            device = LetterDevice(self)
            try:
                LeanInterpreter(self.pdf.rsrcmgr, device).show_page(self.page_obj, self.shown.matrix)
            except Exception as error:
                raise plumber.PdfminerException(error) from error
            self._layout = device.get_result()
        return self._layout

    def process_object(self, obj: Any) -> dict[str, Any]:
        """A letter as it is; anything else as pdfplumber makes it."""
        full: Any = super()
        return obj if obj.__class__ is dict else full.process_object(obj)

    @property
    def annots(self) -> list[dict[str, Any]]:
        """pdfplumber's annotations, placed as they are displayed."""
        full: Any = plumber.Page.annots
        found: list[dict[str, Any]] = full.fget(self)
        return [a | dict(zip(SIDES, self.shown.place(a["data"]["Rect"]), strict=True)) for a in found]


class LeanDocument(plumber_pdf.PDF):
    """A pdfplumber document of lean pages, which opens whatever its pages' boxes say."""

    @property
    def pages(self) -> list[Any]:
        """All of them, in order. Raises PdfminerException."""
        if not hasattr(self, "_pages"):
            try:
                self._pages = [self._page(n, page) for n, page in enumerate(self._found(), 1)]
            except Exception as error:
                raise plumber.PdfminerException(error) from error
        return self._pages

    def _found(self) -> Iterator[Any]:
        return pdfpage.PDFPage.create_pages(self.doc)

    def _page(self, number: int, page: Any) -> Any:
        told = shown(page.attrs)
        for box in BOXES:
            page.attrs.pop(box, None)
        page.attrs |= {"MediaBox": list(told.seen), "Rotate": told.turn}
        return lean(plumber.Page(self, page, page_number=number))


def lean(page: Any) -> Any:
    """The same page, made lean before anything of it was parsed. pdfplumber measures from the MediaBox; a
    lean page knows only what is displayed."""
    page.__class__ = LeanPage
    page.shown = shown(page.page_obj.attrs)
    page.page_obj.mediabox = page.shown.seen
    page.mediabox = page.cropbox = page.bbox = (0, 0, *page.shown.size)
    page.rotation = 0
    return page
