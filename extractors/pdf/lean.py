"""pdfplumber's page, parsed the short way."""

from __future__ import annotations

from typing import Any

from extractors.pdf.content import LeanInterpreter
from extractors.pdf.letters import LetterDevice
from schemas.untyped import load

plumber = load("pdfplumber.page")


class LeanPage(plumber.Page):
    """A pdfplumber page whose letters carry text, box, font, size, matrix and whether they stand upright."""

    @property
    def layout(self) -> Any:
        """pdfminer's page, letters in it being rows already. Raises PdfminerException."""
        if not hasattr(self, "_layout"):
            device = LetterDevice(self)
            try:
                LeanInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:
                raise plumber.PdfminerException(error) from error
            self._layout = device.get_result()
        return self._layout

    def process_object(self, obj: Any) -> dict[str, Any]:
        """A letter as it is; anything else as pdfplumber makes it."""
        full: Any = super()
        return obj if obj.__class__ is dict else full.process_object(obj)


def lean(page: Any) -> Any:
    """The same page, made lean before anything of it was parsed."""
    page.__class__ = LeanPage
    return page
