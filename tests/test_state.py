"""The archive's record in PostgreSQL answers as the one in SQLite, and its password is told to nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import Archive, archive_of
from pipeline.archive.postgres import connected
from pipeline.config import load
from pipeline.errors import BadConfig, CannotRecord
from pipeline.night.gather import gather
from pipeline.night.limits import NightEnd, Share
from pipeline.night.work import VERSION, fetcher_for, read_paper
from pipeline.sources import Publication
from pipeline.store.merge import merge
from tests.conftest import run_command
from tests.lake import rows_in
from tests.nights import QUIET, configured
from tests.postgres import new_database, postgres_server
from tests.replay import NOTICE, Site, playing

PORT, OTHER = "Port Council", "Other Council"
DAY = date(2026, 3, 4)


@pytest.fixture(scope="module")
def server():
    with postgres_server() as address:
        yield address


@pytest.fixture
def database(server, request) -> str:
    return new_database(server, request.node.name[:60].lower())


def _paper(council: str, name: str, **knows: Any) -> Publication:
    address = f"https://port.example/{name}.pdf"
    return Publication(address, council, "Harbour", DAY, "minutes", f"Minutes\0 {name}", knows=knows)


def _answers(archive: Archive) -> Iterator[Any]:
    """A year of an archive, and all that it says of it; moments are left out."""
    papers = [_paper(PORT, "a", present=["Ann Foss"]), _paper(PORT, "b"), _paper(OTHER, "a")]
    archive.listed(papers)
    archive.listed([_paper(PORT, "a")])
    yield {url: (k.document_id, k.checked_at) for url, k in archive.known(PORT).items()}
    for paper, sha256 in zip(papers, ("1", "2", "1"), strict=True):
        archive.record(paper.url, status=200, sha256=sha256 * 64, bytes=5_000_000_000, etag=f'"{sha256}"')
        yield archive.link(paper.url, sha256 * 64, paper.council)
    yield archive.link(papers[0].url, "1" * 64, PORT)
    yield archive.last(papers[1].url).etag, archive.last("https://port.example/none.pdf")
    yield [p["document_id"] for p in archive.unread("0.1.0")], archive.waiting(PORT, "0.1.0")[0]
    source = archive.source_of("1" * 64)
    yield source["publication"]["knows"], source["other_councils"], source["supersedes"]
    archive.done("1" * 64, "0.1.0", "failed", "no text")
    archive.done("2" * 64, "0.1.0", "ok", None)
    yield archive.failed(PORT), archive.unread("0.1.0")
    archive.record(papers[1].url, status=200, sha256="3" * 64)
    yield archive.link(papers[1].url, "3" * 64, PORT), archive.source_of("3" * 64)["supersedes"]
    archive.tried(papers[0].url, PORT, gone=True)
    archive.record(papers[0].url, status=404, error="not there")
    yield archive.not_fetched(PORT, "2000"), archive.unlisted(PORT, "9999", DAY, DAY)
    yield archive.failed_again(), archive.older_again("0.2.0")
    archive.withdraw("3" * 64, "recalled by its clerk")
    archive.withdraw("4" * 64, "never to be read")
    yield archive.withdrawn(), [p["document_id"] for p in archive.unread("0.1.0", council=PORT)]
    archive.night_ended(PORT, "2026-03-05T02:00:00Z", found=2, new=1, failed=0, error=None, remaining=3)
    yield [{k: v for k, v in n.items() if k != "ended"} for n in archive.nights(PORT)]
    yield archive.told(), archive.record_written("5")
    archive.note_record("5", "first")
    archive.note_record("5", "then")
    yield archive.record_written("5"), sorted(archive.verify())


def test_both_answer_the_same(database, tmp_path):
    wanted = list(_answers(Archive(tmp_path / "sqlite")))
    found = list(_answers(Archive(tmp_path / "postgres", database)))
    assert not (tmp_path / "postgres" / "archive.sqlite").exists()
    for a, b in zip(wanted, found, strict=True):
        assert repr(a).replace("\\x00", "") == repr(b)
    assert any("recalled" in repr(a) or "1" * 64 in repr(a) for a in wanted)


def test_a_block_that_fails_changes_nothing_and_tables_are_made_once(database, tmp_path):
    made: list[Archive] = []
    many = [threading.Thread(target=lambda: made.append(Archive(tmp_path, database))) for _ in range(6)]
    for thread in many:
        thread.start()
    for thread in many:
        thread.join()
    assert len(made) == 6
    with pytest.raises(ZeroDivisionError), made[0].db() as db:
        db.execute("INSERT INTO records VALUES (?, ?)", ["1", "first"])
        raise ZeroDivisionError
    assert made[1].record_written("1") is None
    with connected(database) as db:
        db.execute("UPDATE archive_version SET version = 99")
    with pytest.raises(CannotRecord, match="newer Minutebook"):
        Archive(tmp_path, database)


def test_a_record_that_was_in_sqlite_is_taken_over_once(database, tmp_path):
    before = Archive(tmp_path)
    for _ in _answers(before):
        pass
    after = Archive(tmp_path, database)
    for table, order in (("fetches", "id"), ("publications", "url, council"), ("papers", "document_id")):
        with before.db() as old, after.db() as new:
            sql = f"SELECT * FROM {table} ORDER BY {order}"
            rows = [dict(r) for r in new.execute(sql)]
            was = [dict(r) for r in old.execute(sql)]
            assert repr(rows) == repr(was).replace("\\x00", "") and len(rows) > 2
    assert len(after.nights(PORT)) == 1 and after.record_written("5") == "then"
    after.night_ended(PORT, "2026-03-06T02:00:00Z", found=0)
    assert [n["id"] for n in Archive(tmp_path, database).nights(PORT)] == [2, 1]
    assert len(before.nights(PORT)) == 1, "the old one is left as it was"


def test_papers_are_gathered_and_read(database, tmp_path):
    site = Site()
    site.papers = {"/documents/s3/Notice.pdf": NOTICE}
    with playing(site) as (_, base):
        config = configured(tmp_path, base)
        config.write_text(f'state = "{database}"\n' + config.read_text("utf-8"), "utf-8")
        settings = load(config)
        archive = archive_of(settings)
        tally = gather(
            settings.councils[0], archive, fetcher_for(settings, archive), Share(settings.limits, NightEnd())
        )
    assert (tally.found, tally.new, tally.error) == (1, 1, None)
    for p in archive.unread(VERSION):
        assert read_paper(p["document_id"], p["council"], settings) == "ok"
    merge(settings.output)
    assert archive.unread(VERSION) == [] and len(rows_in(settings.output, "documents")) == 1
    assert not (settings.archive / "archive.sqlite").exists()
    done = run_command("status", "-c", config, env=QUIET)
    assert "Aldermere Borough Council" in done.stdout, done.stderr
    assert "0 faults" in run_command("archive", "verify", "-c", config).stdout


def _config(folder: Path, state: str) -> Path:
    file = folder / "minutebook.toml"
    file.write_text(f'state = "{state}"\n', "utf-8")
    return file


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path):
    done = run_command("status", "-c", _config(tmp_path, "postgresql://clerk:hush@127.0.0.1:9/minutebook"))
    assert done.returncode == 1 and "the archive's record in PostgreSQL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "hush" not in done.stderr + done.stdout


def test_an_address_of_another_sort_is_refused_without_being_told(tmp_path):
    with pytest.raises(BadConfig, match="state: ") as told:
        load(_config(tmp_path, "mysql://clerk:hush@db.example.org/minutebook"))
    assert "hush" not in str(told.value)
