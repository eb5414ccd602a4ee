"""Damaged PDFs mended by pikepdf (qpdf), which finds objects again where the file's own index of them is
wrong."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from extractors.errors import LockedPdf
from schemas.untyped import load

log = logging.getLogger(__name__)


@contextmanager
def mended(pdf: Path) -> Generator[Path | None]:
    """A mended copy for the length of a block; None where pikepdf cannot open the file or finds no page in
    it.

    Raises LockedPdf when a password is missing.
    """
    pikepdf = load("pikepdf")
    with tempfile.TemporaryDirectory(prefix="minutebook-") as folder:
        copy = Path(folder) / "mended.pdf"
        try:
            with pikepdf.open(pdf, suppress_warnings=True, attempt_recovery=True) as document:
                found = len(document.pages)
                document.save(copy)
        except pikepdf.PasswordError as error:
            raise LockedPdf("the PDF asks for a password: get an open copy from its publisher") from error
        except Exception:  # what is beyond qpdf fails in many ways too
            log.debug("%s cannot be mended", pdf.name, exc_info=True)
            found = 0
        yield copy if found else None
