"""The root of the errors' family, in the room that every other knows."""

from __future__ import annotations


class MinutebookError(Exception):
    """Anything Minutebook raises on purpose; the message says what to do."""
