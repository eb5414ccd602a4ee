"""The archive's record in PostgreSQL, spoken to as SQLite is: the same statements, the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from pipeline.archive import tables
from pipeline.archive.tables import SCHEMA, VERSION
from pipeline.errors import BadConfig, CannotRecord
from schemas.untyped import load

PREPARING = 20_260_000
"""The lock of those who make the tables (pg_advisory_xact_lock)."""
SECONDS = 10
"""How long a connection is waited for."""


class Database(Protocol):
    """What the archive asks of a connection, of SQLite's as of PostgreSQL's."""

    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Any:
        """A statement with `?` for its values."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any:
        """The same statement for each."""
        ...


class Row(tuple[Any, ...]):
    """A row whose values are asked for by place or by name, as sqlite3.Row."""

    names: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        """The columns' names."""
        return self.names

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(self.names.index(key) if isinstance(key, str) else key)


class Postgres:
    """A connection of PostgreSQL's."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any:
        """A statement with `?` for its values."""
        return self._connection.execute(sql.replace("?", "%s"), _storable(parameters))

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Any:
        """The same statement for each."""
        cursor = self._connection.cursor()
        cursor.executemany(sql.replace("?", "%s"), [_storable(p) for p in parameters])
        return cursor


def _storable(values: Sequence[Any]) -> list[Any]:
    """PostgreSQL's text holds no NUL, which a site's title might."""
    return [v.replace("\0", "") if isinstance(v, str) else v for v in values]


def _rows(cursor: Any) -> Any:
    names = tuple(c.name for c in cursor.description or ())

    def row(values: Sequence[Any]) -> Row:
        made = Row(values)
        made.names = names
        return made

    return row


@contextmanager
def connected(url: str) -> Generator[Postgres]:
    """A connection whose changes are kept when the block ends well. Raises CannotRecord, which says nothing
    of the password, and BadConfig where the driver is missing."""
    try:
        psycopg = load("psycopg")
    except ImportError as error:
        raise BadConfig(
            f"state needs PostgreSQL's driver, pip install 'minutebook[postgres]': {error}"
        ) from error
    try:
        with psycopg.connect(
            url, row_factory=_rows, cursor_factory=psycopg.ClientCursor, connect_timeout=SECONDS
        ) as connection:
            yield Postgres(connection)
    except psycopg.Error as error:
        said = " ".join(str(error).split()).replace(url, "…").replace(urlsplit(url).password or url, "…")
        raise CannotRecord(f"the archive's record in PostgreSQL: {said[:300]}") from error


def prepare(url: str, before: Path) -> None:
    """Make the tables, once, whichever process comes first, with what a database of SQLite's holds where
    there was one before: all of it or nothing. Raises CannotRecord, also for tables of a newer Minutebook."""
    with connected(url) as db:
        if db.execute("SELECT to_regclass('archive_version')").fetchone()[0] is None:
            db.execute("SELECT pg_advisory_xact_lock(?)", [PREPARING])
            for statement in filter(str.strip, _schema().split(";")):
                db.execute(statement)
            made = db.execute("INSERT INTO archive_version VALUES (?) ON CONFLICT DO NOTHING", [VERSION])
            if made.rowcount and before.exists():
                with closing(sqlite3.connect(before, timeout=60, isolation_level=None)) as old:
                    tables.prepare(old)
                    _take_over(old, db)
        version = db.execute("SELECT max(version) FROM archive_version").fetchone()[0]
        if version > VERSION:
            raise CannotRecord(f"the archive's record in PostgreSQL is of a newer Minutebook ({version})")


def _take_over(old: sqlite3.Connection, db: Postgres) -> None:
    """Every row of SQLite's tables; those that come later are numbered on."""
    for table in ("fetches", "publications", "papers", "nights", "records"):
        rows = old.execute(f"SELECT * FROM {table}")
        columns = [c[0] for c in rows.description]
        marks = ", ".join("?" * len(columns))
        db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        if "id" in columns:
            db.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} "
                "HAVING max(id) IS NOT NULL"
            )


def _schema() -> str:
    """SQLite's, in PostgreSQL's words; text is sorted as SQLite sorts it."""
    number = "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
    words = SCHEMA.replace("INTEGER PRIMARY KEY", number).replace("INTEGER", "BIGINT")
    version = "CREATE TABLE IF NOT EXISTS archive_version (version BIGINT PRIMARY KEY);"
    return words.replace("TEXT", 'TEXT COLLATE "C"') + version
