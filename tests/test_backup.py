"""A backup is whole or says that it is not, copies nothing twice, and comes back; data of the first release
is brought up to date."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from extractors.errors import MinutebookError
from pipeline.archive import Archive
from pipeline.archive.tables import VERSION
from pipeline.config import Settings, load
from pipeline.errors import AlreadyRunning
from pipeline.night.backup import NOTE, CannotRestore, Copied, back_up, restore
from pipeline.night.work import drop_old_reports, only_one, origin, read_paper
from pipeline.store.merge import merge
from schemas import OF_A_COUNCIL
from tests.conftest import run_command
from tests.replay import NOTICE

PORT = "Port Council"


def settings_in(folder) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "minutebook.toml"
    file.write_text(f'[[councils]]\nname = "{PORT}"\nplatform = "folder"\naddress = "."\n', "utf-8")
    return load(file)


def filled(folder) -> Settings:
    """An archive with a paper that was read."""
    settings = settings_in(folder)
    archive = Archive(settings.archive)
    sha256, size, _ = archive.store([NOTICE])
    archive.record("https://port.example/a.pdf", status=200, sha256=sha256, bytes=size)
    archive.link("https://port.example/a.pdf", sha256, PORT)
    assert read_paper(sha256, PORT, settings) == "ok"
    merge(settings.output)
    return settings


def content(folder) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*.parquet")}


@pytest.fixture(scope="module")
def there(tmp_path_factory) -> Settings:
    return filled(tmp_path_factory.mktemp("there"))


def test_a_backup_comes_back_whole(there, tmp_path):
    first = back_up(there, tmp_path / "backup")
    assert first.new > 4 and first.kept == 0
    again = back_up(there, tmp_path / "backup")
    assert again == Copied(0, first.new), "what is there is not copied again"
    assert not list((tmp_path / "backup").rglob("*-wal"))
    settings_in(tmp_path / "anew")
    done = run_command("restore", tmp_path / "backup", "-c", tmp_path / "anew" / "minutebook.toml")
    assert done.returncode == 0 and "1 documents indexed" in done.stdout, done.stderr
    anew = load(tmp_path / "anew" / "minutebook.toml")
    documents = {k: v for k, v in content(there.output).items() if k.partition("/")[0] not in OF_A_COUNCIL}
    assert documents.items() <= content(anew.output).items() and documents
    assert list(Archive(anew.archive).verify()) == [] and Archive(anew.archive).unread("0.0")
    assert (
        run_command("restore", tmp_path / "backup", "-c", tmp_path / "anew" / "minutebook.toml").returncode
        == 1
    )


def test_what_is_gone_goes_from_the_backup(there, tmp_path):
    settings = settings_in(tmp_path / "copy")
    shutil.copytree(there.archive, settings.archive)
    shutil.copytree(there.output, settings.output)
    back_up(settings, tmp_path / "backup")
    for file in settings.output.glob("sections/**/*.parquet"):
        file.unlink()
    back_up(settings, tmp_path / "backup")
    assert not list((tmp_path / "backup" / "output").glob("sections/**/*.parquet"))


def test_a_backup_waits_for_no_night_and_a_broken_one_is_refused(there, tmp_path, monkeypatch):
    with only_one(there), pytest.raises(AlreadyRunning):
        back_up(there, tmp_path / "backup")
    back_up(there, tmp_path / "backup")
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: (_ for _ in ()).throw(full))
    with pytest.raises(OSError, match="No space"):
        back_up(there, tmp_path / "backup")
    monkeypatch.undo()
    assert not (tmp_path / "backup" / NOTE).exists()
    with pytest.raises(CannotRestore, match="no whole backup"):
        restore(settings_in(tmp_path / "anew"), tmp_path / "backup")
    assert not (tmp_path / "anew" / "archive").exists()


def test_a_backup_with_a_damaged_paper_is_told(there, tmp_path):
    back_up(there, tmp_path / "backup")
    (paper,) = (tmp_path / "backup" / "archive" / "blobs").glob("??/*.pdf")
    paper.write_bytes(b"%PDF something else")
    with pytest.raises(CannotRestore, match="1 faults"):
        restore(settings_in(tmp_path / "anew"), tmp_path / "backup")


def test_without_an_archive_there_is_nothing_to_back_up(tmp_path):
    with pytest.raises(MinutebookError, match="no archive yet"):
        back_up(settings_in(tmp_path / "new"), tmp_path / "backup")


FIRST = """
CREATE TABLE fetches (id INTEGER PRIMARY KEY, url TEXT NOT NULL, final_url TEXT, at TEXT NOT NULL,
  status INTEGER, sha256 TEXT, bytes INTEGER, etag TEXT, last_modified TEXT, error TEXT);
CREATE TABLE publications (url TEXT PRIMARY KEY, council TEXT NOT NULL, committee TEXT, meeting_date TEXT,
  kind TEXT, title TEXT, published_at TEXT, knows TEXT, first_seen TEXT, last_seen TEXT, document_id TEXT);
CREATE TABLE papers (document_id TEXT PRIMARY KEY, council TEXT, url TEXT, version TEXT, status TEXT,
  error TEXT, read_at TEXT, withdrawn TEXT);
CREATE TABLE nights (id INTEGER PRIMARY KEY, council TEXT, began TEXT, ended TEXT, found INTEGER, new INTEGER,
  failed INTEGER, error TEXT);
INSERT INTO fetches (url, at, status, sha256) VALUES ('u', '2026-01-01T00:00:00Z', 200, 'aaaa');
INSERT INTO fetches (url, at, status, sha256) VALUES ('u', '2026-02-01T00:00:00Z', 200, 'bbbb');
INSERT INTO publications VALUES ('u', 'Port Council', 'Harbour', '2026-01-05', 'minutes', 't', NULL, NULL,
  '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'bbbb');
INSERT INTO papers (document_id, council, version, status) VALUES ('aaaa', 'Port Council', '0.1.0', 'ok');
INSERT INTO papers (document_id, council, version, status) VALUES ('bbbb', 'Port Council', '0.1.0', 'ok');
INSERT INTO nights (council, began, ended, found, new, failed) VALUES ('Port Council', 'a', 'b', 1, 1, 0);
"""


def first_release(folder):
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as db:
        db.executescript(FIRST)
    return folder


def test_an_archive_of_the_first_release_is_brought_up_to_date(tmp_path):
    archive = Archive(first_release(tmp_path / "archive"))
    assert archive.known("Port Council")["u"].document_id == "bbbb"
    assert archive.nights("Port Council")[0]["remaining"] == 0
    assert archive.unread("0.1.0") == [], "nothing is read again for it"
    assert origin(archive.source_of("aaaa"))["source_url"] == "u", "the older version has its origin back"
    assert archive.source_of("bbbb")["supersedes"] == "aaaa"
    with archive.db() as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == VERSION
    Archive(tmp_path / "archive")


def test_an_upgrade_that_is_stopped_leaves_the_old_tables(tmp_path, monkeypatch):
    from pipeline.archive import tables

    folder = first_release(tmp_path / "archive")
    broken = tables.FROM_THE_FIRST.replace("DROP TABLE publications_0", "SELECT no_such_function()")
    monkeypatch.setattr(tables, "FROM_THE_FIRST", broken)
    with pytest.raises(sqlite3.OperationalError):
        Archive(folder)
    monkeypatch.undo()
    assert Archive(folder).known("Port Council")["u"].document_id == "bbbb"


def test_a_note_says_what_made_the_backup(there, tmp_path):
    back_up(there, tmp_path / "backup")
    note = json.loads((tmp_path / "backup" / NOTE).read_text("utf-8"))
    assert note["minutebook"] and note["files"] > 4


def test_old_reports_are_deleted(there):
    there.reports.mkdir(exist_ok=True)
    old, new = there.reports / "2020-01-01.html", there.reports / "today.html"
    for file in (old, new):
        file.write_text("", "utf-8")
    os.utime(old, (0, 0))
    assert drop_old_reports(there) == 1 and new.exists() and not old.exists()
