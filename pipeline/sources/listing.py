"""What a council publishes, whole, and what went wrong in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.errors import MinutebookError
from pipeline.sources import Ask, Council, Publication, Window, source_for


@dataclass
class Listing:
    """A council's papers, and what to do about those that could not be listed."""

    papers: list[Publication] = field(default_factory=lambda: list[Publication]())
    problem: str | None = None
    trouble: str | None = None
    """The sort of problem, the same from night to night."""


def listing(council: Council, window: Window, ask: Ask) -> Listing:
    """The council's papers of the window. What was found before something went wrong is kept."""
    found = Listing()
    try:
        found.papers.extend(source_for(council).publications(council, window, ask))
    except MinutebookError as error:
        found.problem, found.trouble = str(error), getattr(error, "trouble", "not fetched")
    return found
