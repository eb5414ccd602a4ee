"""Mails to readers and to the operator, and what monitoring is told of nights that stopped."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from pipeline.archive import Archive
from pipeline.commands.afterwards import ledger_of, mail_all, mail_readers
from pipeline.commands.operations import with_operations
from pipeline.config import Settings, faults_of
from pipeline.errors import AlreadyRunning, BadConfig
from pipeline.night.record import FILE, moment, recall
from pipeline.night.status import late, metrics
from pipeline.night.watch import watched
from tests.nights import SECRET, configured, minutebook
from tests.sink import mail_sink

OPERATOR, READER = "operator@example.org", "reporter@example.org"
LANDFILL = {"name": "Landfill", "email": READER, "query": "landfill", "kind": "resolution"}


def settings_of(folder, port: int, *searches: dict, **more) -> Settings:
    return Settings.model_validate(
        {
            **{name: str(folder / name) for name in ("output", "archive")},
            "index": str(folder / "index.sqlite"),
            "smtp": {"host": "127.0.0.1", "port": port},
            "secret": SECRET,
            "alerts": {"email": [OPERATOR], "silent_nights": 1},
            "councils": [{"name": "Silent", "platform": "folder", "address": str(folder), "pace": 1}],
            "searches": searches,
            **more,
        }
    )


@pytest.fixture
def after_a_night(undisturbed, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(undisturbed, folder, ignore=shutil.ignore_patterns(".prefect"))
    return folder


def test_a_digest_is_sent_once_and_ended_by_its_button(after_a_night):
    with mail_sink() as sink:
        settings = settings_of(after_a_night, sink.port, LANDFILL)
        assert mail_readers(settings).written == [READER]
        assert mail_readers(settings).written == [], "nothing new, no mail"
        mail = sink.mails[0]
        link = mail["List-Unsubscribe"].strip("<>")
        body = mail.get_content()
        assert "landfill" in body.lower() and "/entry/" in body and link in re.sub(r"=\n", "", body)
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        client = TestClient(with_operations(settings))
        address = "/" + link.removeprefix(settings.site)
        page = client.get(address)
        assert page.status_code == 200 and '<form method="post"' in page.text
        (settings.archive / "alerts.json").unlink()
        assert mail_readers(settings).written == [READER], "to look at the page ends nothing"
        button = re.search(r'action="([^"]+)"', page.text)[1]
        assert client.post(button).status_code == 200
        assert ledger_of(settings)._read()["unsubscribed"] == [f"Landfill|{READER}"]
        (settings.archive / "alerts.json").write_text(
            json.dumps({"unsubscribed": [f"Landfill|{READER}"]}), "utf-8"
        )
        assert mail_readers(settings).written == []
        assert (
            client.get("/unsubscribe?t=forged").status_code == client.post("/unsubscribe").status_code == 404
        )


def test_without_a_secret_no_link_is_sent_or_served(after_a_night):
    """A link signed with a word of the code could be made up by anybody."""
    with mail_sink() as sink:
        settings = settings_of(after_a_night, sink.port, LANDFILL, secret="")
        with pytest.raises(BadConfig, match="MINUTEBOOK_SECRET"):
            mail_readers(settings)
        with pytest.raises(BadConfig, match="MINUTEBOOK_SECRET"):
            with_operations(settings)
        assert any("secret is empty" in fault for fault in faults_of(settings))
        assert sink.mails == []
        sent, told = mail_all(settings)  # as the schedule does: the operator hears of it
        assert not sent.written and any("secret is empty" in words for words in told)
        assert [m["To"] for m in sink.mails] == [OPERATOR]
    with pytest.raises(BadConfig, match="shorter"):
        settings_of(after_a_night, 1, LANDFILL, secret="guess").signing_secret()
    assert TestClient(with_operations(settings_of(after_a_night, 1))).get("/unsubscribe").status_code == 404


def test_one_readers_failure_hurts_no_other(after_a_night):
    gone = LANDFILL | {"email": "gone@example.org"}
    with mail_sink("gone@example.org") as sink:
        settings = settings_of(after_a_night, sink.port, gone, LANDFILL | {"query": '"'}, LANDFILL)
        sent, told = mail_all(settings)
        assert READER in sent.written and "gone@example.org" not in sent.written
        assert len([words for words in told if "gone@example.org" in words]) == 1
        assert "gone@example.org" in sink.to(OPERATOR)[0].get_content()
        sink.refused = ()
        assert "gone@example.org" in mail_readers(settings).written, "what failed is sent the next time"


def test_the_operator_hears_of_a_silent_council(after_a_night):
    with mail_sink() as sink:
        settings = settings_of(after_a_night, sink.port)
        Archive(settings.archive).night_ended("Silent", "2030-01-01T02:00:00Z", found=0, new=0, failed=0)
        assert any("Silent" in text for text in mail_all(settings)[1])
        assert "Silent" in sink.to(OPERATOR)[0].get_content()


def a_night(settings: Settings, error: BaseException | None = None) -> None:
    with watched(settings):
        if error:
            raise error


def test_a_crash_is_mailed_once_and_so_is_its_end(tmp_path):
    with mail_sink() as sink:
        settings = settings_of(tmp_path, sink.port)
        a_night(settings)
        good = recall(settings.archive).last_good
        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                a_night(settings, ZeroDivisionError("the store is on fire"))
        assert recall(settings.archive).last_good == good
        assert [m["Subject"] for m in sink.mails] == ["Minutebook: the night crashed"]
        assert "the store is on fire" in sink.mails[0].get_content()
        assert "minutebook_night_crashed 1" in metrics(settings)
        for _ in range(2):
            a_night(settings)
        assert [m["Subject"] for m in sink.mails[1:]] == ["Minutebook: nights work again"]
        assert "minutebook_night_crashed 0" in metrics(settings)


def test_a_killed_night_is_told_by_the_next(tmp_path):
    with mail_sink() as sink:
        settings = settings_of(tmp_path, sink.port)
        with pytest.raises(SystemExit):
            a_night(settings, SystemExit())  # nothing is written at its end, as after kill -9
        assert sink.mails == []
        a_night(settings)
        subjects = [m["Subject"] for m in sink.mails]
        assert subjects == ["Minutebook: the night crashed", "Minutebook: nights work again"]
        assert "killed" in sink.mails[0].get_content()


def test_a_mail_server_that_is_away_hides_no_crash_and_is_asked_again(tmp_path):
    settings = settings_of(tmp_path, 1)
    with pytest.raises(ZeroDivisionError):
        a_night(settings, ZeroDivisionError("first"))
    with mail_sink() as sink:
        settings.smtp.port = sink.port
        with pytest.raises(ZeroDivisionError):
            a_night(settings, ZeroDivisionError("first"))
        assert len(sink.to(OPERATOR)) == 1


def test_a_night_that_nobody_answered_is_not_good(tmp_path):
    settings = settings_of(tmp_path, 1)
    with watched(settings) as ending:
        ending.well = False
    assert recall(settings.archive).last_good is None and recall(settings.archive).crash is None


def test_monitoring_sees_that_nights_stopped(after_a_night):
    config = configured(after_a_night, "http://127.0.0.1:9")
    settings = settings_of(after_a_night, 1)
    told = re.search(r"^minutebook_last_good_night_timestamp_seconds (\d+)$", metrics(settings), re.M)
    assert abs(int(told[1]) - datetime.now(UTC).timestamp()) < 3600 and late(settings) is None
    assert minutebook(config, "status").returncode == 0
    old = (datetime.fromisoformat(moment()) - timedelta(hours=40)).isoformat()
    (settings.archive / FILE).write_text(json.dumps({"last_good": old}), "utf-8")
    done = minutebook(config, "status")
    assert done.returncode == 1 and "40 hours ago" in done.stdout
    (settings.archive / FILE).unlink()
    assert "no whole night" in late(settings)
    assert "minutebook_last_good_night_timestamp_seconds 0" in metrics(settings)


def test_another_run_under_way_is_no_crash(tmp_path):
    """The lock is taken before the watch begins."""
    from pipeline.night.work import only_one

    settings = settings_of(tmp_path, 1)
    with only_one(settings), pytest.raises(AlreadyRunning), only_one(settings), watched(settings):
        pass
    assert recall(settings.archive).crash is None
