"""The archive: bytes kept once by their hash, a record of every fetch, and what became of each paper. Nothing
in it is overwritten.

`blobs/ab/ab12….pdf` are the bytes; `archive.sqlite` says where each came from, when, with what validators,
and which papers were read; a PostgreSQL database can say so instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.archive.record import Archive, Kept, now

if TYPE_CHECKING:
    from pipeline.config import Settings

__all__ = ["Archive", "Kept", "archive_of", "now"]


def archive_of(settings: Settings) -> Archive:
    """The archive that a configuration names. Raises CannotRecord where its record cannot be reached."""
    return Archive(settings.archive, settings.state.get_secret_value())
