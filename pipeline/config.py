"""minutebook.toml: councils, places, workers, alerts; environment variables (MINUTEBOOK_OUTPUT,
MINUTEBOOK_SMTP__HOST...) win over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from pipeline.errors import BadConfig

PLATFORMS = ("moderngov", "moderngov-pages", "legistar", "civic", "links", "folder")
FILE = Path("minutebook.toml")


class Council(BaseModel):
    """A council to be read every night."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    name: str = Field(min_length=2)
    """The council's name, as datasets and pages are to print it."""
    platform: Literal["moderngov", "moderngov-pages", "legistar", "civic", "links", "folder"]
    """What publishes its papers."""
    address: str = Field(
        description="base address of the site, the Legistar client's name, a CSV file, or a folder"
    )
    id: str = ""
    """Kept for the operator's own use."""
    committees: list[str] = []
    """Only committees whose name holds one of these; all when empty."""
    not_committees: list[str] = []
    """No committee whose name holds one of these."""
    days_back: int = Field(60, ge=0, le=36500)
    """Meetings of so many days before today are asked for."""
    days_ahead: int = Field(60, ge=0, le=3650)
    """And of so many days after."""
    pace: float = Field(1.0, ge=0)
    """Seconds between two requests to its host."""

    def wants(self, committee: str | None) -> bool:
        """Whether the committee is asked for: among `committees` (all when none are named) and not among
        `not_committees`."""
        folded = (committee or "").lower()
        named = not self.committees or any(c.lower() in folded for c in self.committees)
        return named and not any(c.lower() in folded for c in self.not_committees)


class Smtp(BaseModel):
    """Where alerts are sent through."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    host: str = ""
    """Mail server; nothing is mailed when empty."""
    port: int = 25
    """Its port."""
    user: str = ""
    """Who logs in there; nobody does when empty."""
    password: str = ""
    """With what: better in MINUTEBOOK_SMTP__PASSWORD than in the file."""
    sender: str = "minutebook@localhost"
    """Address that mails come from."""


class Alerts(BaseModel):
    """Who hears of a council that is silent or failing."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    email: list[str] = []
    """Who is mailed."""
    webhook: str = ""
    """Address that gets the same as JSON."""
    silent_nights: int = Field(default=7, ge=1)
    """Nights without a new paper before a council is called silent."""
    failing_nights: int = Field(default=2, ge=1)
    """Nights without an answer before a council is called failing."""


class SavedSearch(BaseModel):
    """A search whose new hits are mailed every day."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    name: str
    """The search's name, the mail's subject."""
    email: str
    """Who is mailed."""
    query: str = ""
    """Words, as in the search page's box."""
    council: str = ""
    """Only this council."""
    kind: str = ""
    """Only entries of this kind."""


class Settings(BaseSettings):
    """The whole configuration."""

    model_config = SettingsConfigDict(
        env_prefix="MINUTEBOOK_", env_nested_delimiter="__", extra="forbid", use_attribute_docstrings=True
    )

    councils: list[Council] = []
    output: Path = Path("output")
    """Folder of the datasets."""
    archive: Path = Path("archive")
    """Folder of the papers as fetched."""
    index: Path = Path("index.sqlite")
    """File of the search index."""
    reports: Path = Field(Path("reports"), description="folder for a quality report a night")
    workers: int = Field(2, ge=1, le=64)
    """Papers read at a time."""
    engine: Literal["threads", "dask", "ray"] = "threads"
    """What the reading runs on."""
    engine_address: str = Field(
        "", description="address of a running Dask or Ray cluster; a local one is started when empty"
    )
    contact: str = Field("", description="who to complain to: goes into the User-Agent")
    largest: int = Field(300_000_000, description="bytes of the largest paper fetched")
    seconds_a_paper: int = Field(1800, ge=10)
    """Time that a paper may take before it is given up."""
    private_addresses: bool = Field(False, description="fetch from private and loopback addresses too")
    schedule: str = "0 2 * * *"
    """When a night begins, as cron writes it."""
    site: str = "http://127.0.0.1:8500/"
    """Address of the search page, for links in mails."""
    secret: str = ""
    """Signs the links that end saved searches: better in MINUTEBOOK_SECRET than in the file."""
    smtp: Smtp = Smtp()
    alerts: Alerts = Alerts()
    searches: list[SavedSearch] = []

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment variables win over the file."""
        return env_settings, init_settings


def load(file: Path = FILE) -> Settings:
    """Read the file and the environment. Raises BadConfig with every fault in words."""
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"{file}: not TOML: {error}") from error
    try:
        return Settings(**content)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise BadConfig(f"{file}: {faults}") from error


def faults_of(settings: Settings) -> Iterator[str]:
    """What is wrong with a configuration that can be read but not meant."""
    if not settings.councils:
        yield "no council is named: add a [[councils]] table"
    names = [c.name.lower() for c in settings.councils]
    yield from (f"{name}: named twice" for name in sorted({n for n in names if names.count(n) > 1}))
    if any(c.platform not in ("folder", "links") for c in settings.councils) and not settings.contact:
        yield "contact is empty: councils must be able to find out who is asking"
    for c in settings.councils:
        if c.platform in ("moderngov", "moderngov-pages") and urlsplit(c.address).scheme not in (
            "http",
            "https",
        ):
            yield f"{c.name}: address must begin with https:// (the site's base address)"
        if c.platform == "legistar" and not re.fullmatch(r"[\w-]+|https?://\S+", c.address):
            yield f"{c.name}: address is the Legistar client's name, as in webapi.legistar.com/v1/NAME"
        if c.platform in ("folder", "links") and not Path(c.address).exists():
            yield f"{c.name}: {c.address} does not exist"
        if c.pace < 1 and c.platform not in ("folder", "links") and not settings.private_addresses:
            yield f"{c.name}: a pace of {c.pace} s is faster than one request a second"
    if settings.alerts.email and not settings.smtp.host:
        yield "alerts.email names people but smtp.host is empty"
    if settings.searches and not settings.smtp.host:
        yield "searches are saved but smtp.host is empty"
