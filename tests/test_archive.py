"""What the archive remembers of papers: which version read them, which are to be read again."""

from __future__ import annotations

import pytest
from packaging.version import InvalidVersion

from pipeline.archive import Archive
from tests.conftest import run_command

READ_BY = {"a": "0.1.0", "b": "0.2.0rc1", "c": "0.2.0", "d": "0.10.0"}


@pytest.fixture
def archive(tmp_path) -> Archive:
    made = Archive(tmp_path / "archive")
    for document, version in READ_BY.items():
        made.link(f"https://port.example/{document}.pdf", document, "Port Council")
        made.done(document, version, "failed" if document == "a" else "ok", None)
    return made


@pytest.mark.parametrize(
    ("version", "again"), [("0.2.0rc1", "ab"), ("0.2.0", "abc"), ("9999", "abcd"), ("0.0.9", "")]
)
def test_versions_are_compared_as_versions(archive, version, again):
    assert archive.older_again(version) == len(again)
    unread = {p["document_id"] for p in archive.unread("0.10.0")}
    assert unread & set(again) == set(again) and ("d" in unread) == ("d" in again)


def test_what_is_no_version_is_refused(archive, tmp_path):
    with pytest.raises(InvalidVersion):
        archive.older_again("yesterday")
    config = tmp_path / "minutebook.toml"
    config.write_text(f'archive = "{archive.folder}"\n', "utf-8")
    done = run_command("reprocess", "--since-version", "yesterday", "--config", config)
    assert done.returncode == 2 and "not a version" in done.stderr.replace("\n", " ")


def test_failed_papers_are_read_again_and_withdrawn_ones_never(archive):
    assert archive.waiting("Port Council", "0.1.0") == (3, None)
    assert archive.failed_again() == 1
    archive.withdraw("b", "recalled by its clerk")
    assert [p["document_id"] for p in archive.unread("0.2.0")] == ["a", "d"]
    assert archive.unread("0.2.0", council="Another") == []
