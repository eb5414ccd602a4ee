"""minutebook.toml: councils, places, workers, alerts; environment variables (MINUTEBOOK_OUTPUT,
MINUTEBOOK_SMTP__HOST...) win over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from pipeline.errors import BadConfig
from pipeline.sources import ON_DISK, Council

FILE = Path("minutebook.toml")
SECRET = 16
"""Characters of the shortest secret that is worth the name."""


class Smtp(BaseModel):
    """Where alerts are sent through."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    host: str = ""
    """Mail server; nothing is mailed when empty."""
    port: int = 25
    """Its port."""
    user: str = ""
    """Who logs in there; nobody does when empty."""
    password: SecretStr = SecretStr("")
    """With what: better in MINUTEBOOK_SMTP__PASSWORD than in the file."""
    sender: str = "minutebook@localhost"
    """Address that mails come from."""


class Limits(BaseModel):
    """How much one night may take; what is left over is done by the next, oldest first."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    night_hours: float = Field(default=10.0, gt=0)
    """Nothing more is asked or read after so many hours."""
    council_hours: float = Field(default=3.0, gt=0)
    """Time for one council's lists and papers; its lists may take half."""
    council_requests: int = Field(default=20_000, ge=1)
    """Requests for one council."""
    council_bytes: int = Field(default=50_000_000_000, ge=1)
    """Bytes fetched of one council."""


class Alerts(BaseModel):
    """Who hears of crashes, and of a council that is silent or failing: each once, and when it is over."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    email: list[str] = []
    """Who is mailed."""
    webhook: str = ""
    """Address that gets the same as JSON, `{"text": …}`, as chat services take it."""
    ntfy: str = ""
    """Address of a topic that gets the same as ntfy (ntfy.sh) takes it."""
    ntfy_token: SecretStr = SecretStr("")
    """What the topic's server has given you, where it asks for one."""
    heartbeat: str = ""
    """Address that is asked after each good night, for a watch that raises alarm without it."""
    silent_nights: int = Field(default=7, ge=1)
    """Nights without a new paper before a council is called silent."""
    failing_nights: int = Field(default=2, ge=1)
    """Nights without an answer before a council is called failing."""
    late_hours: int = Field(default=36, ge=1, description="the last good night is old after so many hours")


class Upload(BaseModel):
    """Where the datasets are put for others to read, after each night: what changed only, a document whole or
    not at all. Keys and secrets are taken from the environment, such as AWS_ACCESS_KEY_ID."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    to: str = ""
    """A folder of its own: s3://bucket/folder, gs://, abfs://, file:// or fsspec+…://; nothing is uploaded
    when empty."""
    endpoint: str = ""
    """Address of an S3 server that is not Amazon's, such as https://minio.example.org."""
    region: str = ""
    """The bucket's region; the environment's (AWS_REGION) when empty."""
    papers: bool = False
    """Put the archive's papers there too, as `papers/ab/ab12….pdf`."""

    @field_validator("to")
    @classmethod
    def _an_address_without_secrets(cls, to: str) -> str:
        at = urlsplit(to)
        if to and not (at.scheme and at.netloc + at.path):
            raise ValueError(f"{to}: not an address; one is written s3://bucket/folder")
        if at.password or (at.scheme == "s3" and (at.username or at.query)):
            raise ValueError(
                "holds more than a bucket and a folder: keys and secrets belong in the environment "
                "(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), a server's address in upload.endpoint"
            )
        return to

    @field_validator("endpoint")
    @classmethod
    def _on_the_web(cls, endpoint: str) -> str:
        at = urlsplit(endpoint)
        if endpoint and (at.scheme not in ("http", "https") or not at.hostname or at.username):
            raise ValueError("not the address of a server; one is written https://minio.example.org")
        return endpoint


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
    state: SecretStr = Field(
        SecretStr(""),
        description="PostgreSQL database for the archive's record, such as "
        "postgresql://clerk@db.example.org/minutebook; archive.sqlite in the archive's folder when empty",
    )
    index: Path = Path("index.sqlite")
    """File of the search index."""
    reports: Path = Field(Path("reports"), description="folder for a quality report a night")
    people: Path = Path("people.toml")
    """File of a person's decisions about who is who."""
    bodies: Path = Path("bodies.toml")
    """A person's decisions which names are one body's (`minutebook bodies --review`)."""
    keep_reports: int = Field(365, ge=1)
    """Days after which a quality report is deleted."""
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
    proxy: SecretStr = Field(
        SecretStr(""), description="where all requests go through, such as http://proxy.example.org:3128"
    )
    turns: Path | None = Field(
        None,
        description="folder in which processes take turns at hosts, which several machines may share; the "
        "machine's own when not given",
    )
    log: Literal["text", "json"] = "text"
    """How log lines are written: for people, or an object a line."""
    private_addresses: bool = Field(False, description="fetch from private and loopback addresses too")
    schedule: str = "0 2 * * *"
    """When a night begins, as cron writes it."""
    timezone: str = Field("UTC", description="whose clock the schedule goes by, such as Europe/London")
    site: str = "http://127.0.0.1:8500/"
    """Address of the search page, for links in mails, feeds and citations."""
    trusted_proxy: str = Field(
        "", description="address of a proxy before the search page, whose word on who asks is believed"
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="signs the links that start and end saved searches; nobody else may know it",
    )
    limits: Limits = Limits()
    smtp: Smtp = Smtp()
    alerts: Alerts = Alerts()
    upload: Upload = Upload()
    searches: list[SavedSearch] = []
    saved_by_readers: bool = True
    """Readers may save searches by e-mail on the page, where `smtp.host` and `secret` are set."""

    @property
    def readers_are_mailed(self) -> bool:
        """Whether mail is set up for readers: a server, and a secret that signs the links in mails."""
        return bool(self.smtp.host) and len(self.secret.get_secret_value()) >= SECRET

    def council(self, name: str) -> Council:
        """The council of that name, in whatever case. Raises BadConfig, naming those that are there."""
        for c in self.councils:
            if c.name.lower() == name.lower():
                return c
        known = ", ".join(c.name for c in self.councils) or "none"
        raise BadConfig(f"{name}: no such council in the configuration, which has: {known}")

    def asked(self, council: str | None) -> list[Council]:
        """The councils of a night: the named one, or all. Raises BadConfig when there is none."""
        if not self.councils:
            raise BadConfig("the configuration names no council: add a [[councils]] table")
        return [self.council(council)] if council else self.councils

    def signing_secret(self) -> str:
        """What signs the links that end saved searches. Raises BadConfig when none, or a word that can be
        guessed, is set."""
        secret = self.secret.get_secret_value()
        if len(secret) < SECRET:
            raise BadConfig(
                f"secret is {'shorter than 16 characters' if secret else 'empty'}, so anybody could end your "
                "readers' searches: set MINUTEBOOK_SECRET, or secret in the configuration, to what "
                'python -c "import secrets; print(secrets.token_urlsafe())" prints'
            )
        return secret

    @field_validator("state")
    @classmethod
    def _of_postgres(cls, state: SecretStr) -> SecretStr:
        at = urlsplit(state.get_secret_value())
        if state.get_secret_value() and at.scheme not in ("postgresql", "postgres"):
            raise ValueError("not the address of a database; one is written postgresql://user@host/database")
        return state

    @field_validator("timezone")
    @classmethod
    def _on_the_map(cls, timezone: str) -> str:
        try:
            return ZoneInfo(timezone).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{timezone}: no such timezone; one is written Europe/London") from error

    @field_validator("councils")
    @classmethod
    def _fetchable(cls, councils: list[Council]) -> list[Council]:
        for council in councils:
            if council.unfetchable:
                raise ValueError(council.unfetchable)
        return councils

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
    """Read the file and the environment; paths that the file gives, or leaves out, are beside the file.
    Raises BadConfig with every fault in words, a file that is not there among them."""
    try:
        content: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BadConfig(
            f"{file} does not exist: name your configuration with --config, or write one (docs/operating.md)"
        ) from error
    except (OSError, ValueError) as error:
        raise BadConfig(f"{file}: not TOML: {error}") from error
    try:
        return Settings(**(content | _beside(file.parent, content)))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise BadConfig(f"{file}: {faults}") from error


def _beside(folder: Path, content: dict[str, Any]) -> dict[str, Any]:
    """The places of a configuration as seen from where a command or a worker happens to run."""
    default = Settings.model_fields
    places: dict[str, Any] = {
        key: folder / str(content.get(key, default[key].default))
        for key in ("output", "archive", "index", "reports", "people", "bodies")
    }
    if content.get("turns"):
        places["turns"] = folder / str(content["turns"])
    councils = content.get("councils")
    if isinstance(councils, list):
        places["councils"] = [_council_beside(folder, c) for c in cast(list[Any], councils)]
    return places


def _council_beside(folder: Path, council: Any) -> Any:
    if isinstance(council, dict):
        told = cast(dict[str, Any], council)
        address = told.get("address")
        if told.get("platform") in ON_DISK and isinstance(address, str):
            return told | {"address": str(folder / address)}
    return cast(Any, council)  # on the web, or not what it should be: then Settings says so in words


def faults_of(settings: Settings) -> Iterator[str]:
    """What is wrong with a configuration that can be read but not meant."""
    if not settings.councils:
        yield "no council is named: add a [[councils]] table"
    names = [c.name.lower() for c in settings.councils]
    yield from (f"{name}: named twice" for name in sorted({n for n in names if names.count(n) > 1}))
    if any(c.platform not in ON_DISK for c in settings.councils) and not settings.contact:
        yield "contact is empty: councils must be able to find out who is asking"
    for c in settings.councils:
        if c.platform not in (*ON_DISK, "legistar") and urlsplit(c.address).scheme not in ("http", "https"):
            yield f"{c.name}: address must begin with https:// (the site's base address)"
        if c.platform == "legistar" and not re.fullmatch(r"[\w-]+|https?://\S+", c.address):
            yield f"{c.name}: address is the Legistar client's name, as in webapi.legistar.com/v1/NAME"
        if c.platform in ON_DISK and not Path(c.address).exists():
            yield f"{c.name}: {c.address} does not exist"
        if c.pace < 1 and c.platform not in ON_DISK and not settings.private_addresses:
            yield f"{c.name}: a pace of {c.pace} s is faster than one request a second"
    if settings.alerts.email and not settings.smtp.host:
        yield "alerts.email names people but smtp.host is empty"
    yield from _faults_of_upload(settings.upload)
    if settings.searches and not settings.smtp.host:
        yield "searches are saved but smtp.host is empty"
    if settings.searches:
        try:
            settings.signing_secret()
        except BadConfig as error:
            yield str(error)


def _faults_of_upload(upload: Upload) -> Iterator[str]:
    if not upload.to and upload != Upload():
        yield "upload.to is empty, so that nothing is uploaded"
    if upload.endpoint and urlsplit(upload.to).scheme not in ("s3", ""):
        yield "upload.endpoint names an S3 server, and upload.to is on none"
