"""What can go wrong with a paper: a small family whose messages say what to do."""

from __future__ import annotations

from schemas.errors import MinutebookError

__all__ = ["LockedPdf", "MinutebookError", "OcrUnavailable", "UnreadablePdf"]


class UnreadablePdf(MinutebookError):
    """The bytes are not a PDF that can be opened: the paper's row says `failed`, nothing else is lost."""


class LockedPdf(UnreadablePdf):
    """The PDF asks for a password."""


class OcrUnavailable(MinutebookError):
    """A page needs OCR and no engine is installed."""


class MisspeltCue(MinutebookError):
    """A cue file holds what no reader would look for; the message names file and line."""
