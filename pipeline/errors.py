"""What can go wrong between a council's site and the archive."""

from __future__ import annotations

from typing import ClassVar

from extractors.errors import MinutebookError


class BadConfig(MinutebookError):
    """minutebook.toml says something that cannot be meant."""


class NotFetched(MinutebookError):
    """An address gave nothing that can be kept; the message says why."""

    trouble: ClassVar[str] = "not fetched"
    """The sort of trouble: one that goes on from night to night is told once."""


class Unreachable(NotFetched):
    """The host does not answer, or asks to come back later: its other addresses would give as little now."""

    trouble = "no answer"


class Certificate(Unreachable):
    """The host cannot show that it is the one that is asked."""

    trouble = "certificate"


class Gone(NotFetched):
    """There is nothing at the address (404, 410)."""

    trouble = "gone"


class Forbidden(NotFetched):
    """robots.txt or the configuration does not allow the address."""

    trouble = "forbidden"


class Refused(NotFetched):
    """The site lets others in and not us (401, 403, a block page)."""

    trouble = "refused"


class LoginPage(NotFetched):
    """A page to log in, where a public one was asked for."""

    trouble = "login page"


class AnotherLayout(NotFetched):
    """A page or an answer that is not the platform's: the council moved, or the layout changed."""

    trouble = "another layout"


class Silence(NotFetched):
    """Nothing is listed where something must be."""

    trouble = "nothing listed"


class WebPage(NotFetched):
    """A page of the web where a PDF was asked for."""

    trouble = "web page"


class LimitReached(MinutebookError):
    """A council's or night's share of time, requests or bytes is used up; the rest is left for the next
    night."""

    trouble = "limit"


class AlreadyRunning(MinutebookError):
    """Another run holds the lock."""


class NetworkForbidden(MinutebookError):
    """Something that reads a paper wanted to use the network."""


class CannotWrite(MinutebookError):
    """The datasets cannot be written: a full or read-only disk, a missing right. No paper is at fault, and
    none is marked as failed."""


class CannotUpload(MinutebookError):
    """The datasets cannot be put where others read them. Those on disk are whole."""


class CannotRecord(MinutebookError):
    """The archive's record cannot be read or written where it is kept."""


class CannotServe(MinutebookError):
    """A page or a server cannot listen where it is asked to."""
