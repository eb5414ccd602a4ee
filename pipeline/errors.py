"""What can go wrong between a council's site and the archive."""

from __future__ import annotations

from extractors.errors import MinutebookError


class BadConfig(MinutebookError):
    """minutebook.toml says something that cannot be meant."""


class NotFetched(MinutebookError):
    """An address gave nothing that can be kept; the message says why."""


class Unreachable(NotFetched):
    """The host does not answer, or asks to come back later: its other addresses would give as little now."""


class Gone(NotFetched):
    """There is nothing at the address (404, 410)."""


class Forbidden(NotFetched):
    """robots.txt or the configuration does not allow the address."""


class WebPage(NotFetched):
    """A page of the web where a PDF was asked for."""


class AlreadyRunning(MinutebookError):
    """Another run holds the lock."""


class NetworkForbidden(MinutebookError):
    """Something that reads a paper wanted to use the network."""


class CannotWrite(MinutebookError):
    """The datasets cannot be written: a full or read-only disk, a missing right. No paper is at fault, and
    none is marked as failed."""


class CannotServe(MinutebookError):
    """A page or a server cannot listen where it is asked to."""
