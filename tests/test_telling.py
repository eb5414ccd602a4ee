"""What the operator is told, once and when it is over, by which ways; what monitoring and `status` see."""

from __future__ import annotations

import json
import sqlite3

import pytest
from fastapi.testclient import TestClient

from pipeline.archive import Archive, now
from pipeline.commands.operations import with_operations
from pipeline.config import Settings
from pipeline.night.status import metrics, statuses
from pipeline.night.troubles import tell_of_troubles, troubles
from pipeline.night.watch import watched
from tests.conftest import run_command
from tests.sink import mail_sink, post_sink
from tests.test_mails import OPERATOR, settings_of

PORT = "Port Council"
BLOCKED = "Port Council: https://port.example/: a block page instead of an answer"


@pytest.fixture
def told(tmp_path):
    """A council's nights, and what the operator hears after each."""
    with mail_sink() as sink:
        councils = [{"name": PORT, "platform": "folder", "address": str(tmp_path)}]
        yield Nights(settings_of(tmp_path, sink.port, councils=councils), sink)


class Nights:
    def __init__(self, settings: Settings, sink) -> None:
        self.settings, self.sink = settings, sink
        settings.alerts.silent_nights = 3

    def night(
        self, found: int = 12, error: str | None = None, trouble: str | None = None, **more
    ) -> list[str]:
        archive = Archive(self.settings.archive)
        archive.night_ended(PORT, now(), found=found, new=0, failed=0, error=error, trouble=trouble, **more)
        before = len(self.sink.mails)
        tell_of_troubles(self.settings)
        return [m["Subject"] for m in self.sink.mails[before:]]


def test_a_trouble_is_told_once_and_when_it_is_over(told):
    subject = "Minutebook: 1 thing needs a look"
    assert told.night() == []
    assert told.night(0, BLOCKED, "refused") == [], "one night may be chance"
    assert told.night(0, BLOCKED, "refused") == [subject]
    assert "a block page" in told.sink.mails[-1].get_content()
    assert told.night(0, BLOCKED + " again", "refused") == []
    assert told.night(0, "Port Council: its certificate is not valid", "certificate") == [subject]
    assert told.night() == ["Minutebook: well again"]
    assert "is well again" in told.sink.mails[-1].get_content()
    assert told.night() == []


def test_what_could_not_be_sent_is_told_by_the_next_night(told):
    told.sink.refused = (OPERATOR,)
    told.night(0, BLOCKED, "refused")
    assert told.night(0, BLOCKED, "refused") == []
    told.sink.refused = ()
    assert told.night(0, BLOCKED, "refused") == ["Minutebook: 1 thing needs a look"]


def test_a_fall_in_what_is_found_is_told(told):
    for _ in range(6):
        assert told.night(40) == []
    assert told.night(3) == ["Minutebook: 1 thing needs a look"]
    assert "40 were usual" in told.sink.mails[-1].get_content()
    assert told.night(38) == ["Minutebook: well again"]


def test_a_site_that_moved_is_told_though_all_was_found(told):
    moved = "Port Council: https://port.example leads to https://docks.example/ now"
    assert told.night(notice=moved) == ["Minutebook: 1 thing needs a look"]
    assert [t.sort for t in troubles(told.settings)] == ["moved"]


def test_metrics_name_the_trouble(told):
    told.night(0, BLOCKED, "refused")
    assert 'minutebook_trouble{council="Port Council",sort="refused"} 1' in metrics(told.settings)


def test_every_way_is_written_to(tmp_path):
    with post_sink() as web:
        settings = settings_of(tmp_path, 1)
        settings.alerts.email = []
        settings.alerts.webhook, settings.alerts.ntfy = f"{web.address}/hook", f"{web.address}/topic"
        settings.alerts.heartbeat = f"{web.address}/alive"
        with watched(settings):
            pass
        with pytest.raises(ZeroDivisionError), watched(settings):
            raise ZeroDivisionError("the store is on fire")
    assert [(verb, path) for verb, path, *_ in web.posts] == [
        ("GET", "/alive"),
        ("POST", "/hook"),
        ("POST", "/topic"),
    ], "the watch hears of the good night only"
    assert "the store is on fire" in json.loads(web.posts[1][3])["text"]
    _, _, headers, body = web.posts[2]
    assert headers["Title"] == "Minutebook: the night crashed" and "the store is on fire" in body


CONFIG = """
archive = "archive"
private_addresses = true

[alerts]
{ways}

[smtp]
host = "127.0.0.1"
port = {port}
"""


@pytest.mark.parametrize(
    ("ways", "code", "said"),
    [
        ('email = ["operator@example.org"]\nntfy = "{web}/topic"', 0, "ntfy: sent"),
        ('webhook = "{web}/refused"', 1, "webhook: not sent: status 500"),
        ('heartbeat = "{web}/refused"', 1, "heartbeat: not sent"),
        ("", 1, "nobody is told of anything"),
    ],
)
def test_a_test_is_sent_by_every_way(tmp_path, ways, code, said):
    config = tmp_path / "minutebook.toml"
    with mail_sink() as sink, post_sink("/refused") as web:
        config.write_text(CONFIG.format(ways=ways.format(web=web.address), port=sink.port), "utf-8")
        done = run_command("alerts", "--test", "-c", config)
        assert (done.returncode, said in done.stdout) == (code, True), done.stdout + done.stderr
        assert len(sink.to(OPERATOR)) == ("email" in ways)
        assert web.address not in done.stdout + done.stderr, "the addresses are secrets"


def test_healthz_says_whether_archive_and_index_open(tmp_path):
    settings = settings_of(tmp_path, 1)
    client = TestClient(with_operations(settings))
    assert client.get("/healthz").json() == {"well": True, "faults": [], "last_good_night": None}
    sqlite3.connect(settings.index).execute("CREATE TABLE other (x)")
    told = client.get("/healthz")
    assert told.status_code == 503 and "the index cannot be read" in told.json()["faults"][0]


def test_status_gives_reasons_and_is_wide_enough(tmp_path):
    config = tmp_path / "minutebook.toml"
    config.write_text(f'[[councils]]\nname = "{PORT}"\nplatform = "folder"\naddress = "."\n', "utf-8")
    archive, began = Archive(tmp_path / "archive"), now()
    url = "https://port.example/documents/s4711/A very long name of a paper about the harbour.pdf"
    with archive.db() as db:
        db.execute("INSERT INTO publications (url, council, first_seen) VALUES (?, ?, '')", [url, PORT])
    archive.record(url, error=f"{url}: status 500")
    archive.tried(url, PORT)
    archive.link("https://port.example/b.pdf", "b" * 64, PORT)
    archive.done("b" * 64, "0.1.0", "failed", "the file is locked with a password")
    archive.night_ended(PORT, began, found=2, new=1, failed=1, error=BLOCKED, trouble="refused", remaining=7)
    done = run_command("status", "-c", config)
    assert done.returncode == 1
    assert f"{PORT}: not fetched: {url}: status 500" in done.stdout
    assert "not read: https://port.example/b.pdf: the file is locked with a password" in done.stdout
    assert "a block page instead of an answer" in done.stdout and "7" in done.stdout
    assert (
        statuses(
            Settings(archive=archive.folder, councils=[{"name": PORT, "platform": "folder", "address": "."}])
        )[0].remaining
        == 7
    )
