"""What is published where: one module a platform behind one small protocol.

A source is a function `publications(council, window, ask) -> Iterator[Publication]`; `ask` fetches a page
with all manners.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from typing import Any, Literal, Protocol, cast

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from pipeline.sources.careful import ON_DISK as ON_DISK
from pipeline.sources.careful import Careful


class Ask(Protocol):
    """Gives the text at an address; a service that must be sent something is sent the question (JSON)."""

    def __call__(self, url: str, question: str = "", /) -> str:
        """The text. Raises NotFetched."""
        ...


Form = Literal["pdf", "html", "docx", "either"]
"""What an address gives; "either" is a PDF or a page of the web, and only asking tells which."""
CANCELLED = {"status": "cancelled"}
"""What is known of a meeting that does not take place."""

MODULES = {
    "moderngov": "moderngov_service",
    "moderngov-pages": "moderngov_pages",
    "legistar": "legistar",
    "legistar-calendar": "legistar_calendar",
    "granicus": "granicus",
    "iqm2": "iqm2",
    "civicplus": "civicplus",
    "primegov": "primegov",
    "civicclerk": "civicclerk",
    "boarddocs": "boarddocs",
    "simbli": "simbli",
    "novusagenda": "novusagenda",
    "escribe": "escribe",
    "oparl": "oparl",
    "links": "links_csv",
    "folder": "folder",
    "infocouncil": "infocouncil",
    "cmis": "cmis",
    "docassembler": "docassembler",
    "page": "page_of_links",
}
"""Each platform's module: the one place that knows which there are."""
LISTED_ONLY = {"docassembler": "the site's viewer makes its PDFs with a script, and they have no addresses"}
"""Platforms whose papers can be listed and not fetched, and why; no configuration may name one."""
OFFERED = [name for name in MODULES if name not in LISTED_ONLY]
"""The platforms that a configuration may name."""


class Council(BaseModel):
    """A council to be read every night."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    name: str = Field(min_length=2)
    """The council's name, as datasets and pages are to print it."""
    platform: str = Field(description=f"what publishes its papers: one of {', '.join(OFFERED)}")
    address: str = Field(
        description="base address of the site, the Legistar client's name, a CSV file, or a folder"
    )
    id: str = ""
    """Kept for the operator's own use."""
    committees: list[str] = []
    """Only committees whose name holds one of these; all when empty."""
    not_committees: list[str] = []
    """No committee whose name holds one of these."""
    follow: list[str] = []
    """Platform page: only links whose words or address hold one of these are followed; those that speak of
    agendas, minutes and meetings when empty."""
    days_back: int = Field(60, ge=0, le=36500)
    """Meetings of so many days before today are asked for."""
    days_ahead: int = Field(60, ge=0, le=3650)
    """And of so many days after."""
    pace: float = Field(1.0, ge=0)
    """Seconds between two requests to its host."""
    token: SecretStr = Field(
        SecretStr(""), description="what a Legistar client that asks for one has given you"
    )

    @property
    def unfetchable(self) -> str | None:
        """Why its papers can be listed and not fetched; None when they can be."""
        why = LISTED_ONLY.get(self.platform)
        return f"{self.name}: papers of {self.platform} can be listed and not fetched: {why}" if why else None

    def wants(self, committee: str | None) -> bool:
        """Whether the committee is asked for: among `committees` (all when none are named) and not among
        `not_committees`."""
        folded = (committee or "").lower()
        named = not self.committees or any(c.lower() in folded for c in self.committees)
        return named and not any(c.lower() in folded for c in self.not_committees)

    @field_validator("platform")
    @classmethod
    def _known(cls, platform: str) -> str:
        if platform == "civic":
            raise ValueError("civic is now four platforms: civicplus, civicclerk, granicus or primegov")
        if platform not in MODULES:
            raise ValueError(f"{platform} is not known: one of {', '.join(MODULES)}")
        return platform


@dataclass(frozen=True, slots=True)
class Publication:
    """A paper that a council says is there. `knows` is what the platform says of its meeting: attendance,
    votes, motions, a status such as "cancelled". `form` is what the address gives, None
    where a PDF is expected though nobody says so."""

    url: str
    council: str
    committee: str | None = None
    meeting_date: date | None = None
    kind: str | None = None
    title: str | None = None
    published_at: str | None = None
    knows: dict[str, Any] = field(default_factory=lambda: dict[str, Any]())
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose meetings are asked for."""

    since: date
    until: date

    @classmethod
    def around(cls, council: Council, today: date, since: date | None = None) -> Window:
        """The council's own window, or from a given day."""
        return cls(
            since or today - timedelta(days=council.days_back), today + timedelta(days=council.days_ahead)
        )

    @property
    def long(self) -> bool:
        """Whether a council that meets at all meets within it."""
        return self.until - self.since >= timedelta(days=60)

    def holds(self, day: date | None) -> bool:
        """Whether the day lies within; an unknown day does."""
        return day is None or self.since <= day <= self.until


class Source(Protocol):
    """A platform."""

    def publications(self, council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
        """What the council publishes for the window's meetings. Raises NotFetched when the platform does not
        answer."""
        ...


def source_for(council: Council) -> Source:
    """The module of the council's platform, made careful."""
    return Careful(cast(Source, import_module(f"pipeline.sources.{MODULES[council.platform]}")))
