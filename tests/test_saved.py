"""Searches that readers save by e-mail: begun by whoever owns the mailbox, mailed by the night, ended by a
click; nobody learns from the page what is known of an address."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient

from pipeline.commands.afterwards import mail_all, mail_readers, saved_of
from pipeline.commands.operations import with_operations
from pipeline.config import Settings
from pipeline.night.backup import _databases
from search.entries import Entry
from search.index import finish, open_index
from search.query import Search
from search.saved import MOST, OF_A_READER, OF_ALL, OF_AN_ADDRESS, REFUSALS
from search.web import create_app
from search.wording import query_string, search_of
from search.writing import Places, add_entries
from tests.conftest import run_command
from tests.nights import SECRET
from tests.sink import mail_sink
from tests.test_search import index  # noqa: F401 - fixture

READER, OTHER = "reporter@example.org", "editor@example.org"
ASKED = "q=landfill&kind=resolution"
NEW = Entry(
    "new", "resolution", "Landfill", "RESOLVED that the landfill be closed", page=1, day=date(2031, 5, 6)
)


@pytest.fixture
def sink():
    with mail_sink() as server:
        yield server


@pytest.fixture
def settings(index, tmp_path, sink) -> Settings:  # noqa: F811
    shutil.copy(index, tmp_path / "index.sqlite")
    return Settings.model_validate(
        {
            **{name: str(tmp_path / name) for name in ("output", "archive")},
            "index": str(tmp_path / "index.sqlite"),
            "smtp": {"host": "127.0.0.1", "port": sink.port},
            "secret": SECRET,
            "site": "https://minutes.example/",
        }
    )


@pytest.fixture
def client(settings) -> TestClient:
    return TestClient(with_operations(settings))


def found_meanwhile(settings: Settings, *keys: str) -> None:
    """New entries come into the index."""
    entries = [("e" * 64, "Port Council", replace(NEW, key=key)) for key in keys]
    with closing(open_index(settings.index, read_only=False)) as db:
        add_entries(db, entries, Places(db), lambda _: "2031-06-01T03:00:00+00:00")
        finish(db)


def wish(client: TestClient, email: str = READER, asked: str = ASKED, often: str = "at once"):
    return client.post(f"/saved?{asked}", data={"email": email, "often": often})


def link_in(mail) -> str:
    """The address of the first link, as a path."""
    return re.search(r"https://minutes\.example(/\S+)", mail.get_content())[1]


def begin(client: TestClient, sink, **how) -> None:
    assert wish(client, **how).status_code == 200
    got = client.post(link_in(sink.mails.pop()))
    assert got.status_code == 200 and "<h1>Started</h1>" in got.text


def backdate(settings: Settings, hours: float) -> None:
    with closing(sqlite3.connect(settings.archive / "readers.sqlite")) as db:
        db.execute("UPDATE searches SET mailed = mailed - ?", (hours * 3600,))
        db.commit()


def test_from_the_search_to_the_mail_and_to_its_end(settings, client, sink):
    page = client.get(f"/?{ASKED}").text
    form = client.get(re.search(r'href="(/saved\?[^"]+)"', page)[1].replace("&amp;", "&"))
    assert "“landfill”, decision" in form.text and form.headers["cache-control"] == "no-store"
    sent = wish(client)
    assert "Look into your mailbox" in sent.text
    (mail,) = sink.mails
    assert mail["To"] == READER and "landfill" not in mail.get_content().lower(), "no words of the asker's"
    start = link_in(mail)
    assert "<h1>Start this search?</h1>" in client.get(start).text
    assert not saved_of(settings).of(READER), "to look at the page begins nothing"
    assert mail_readers(settings).written == [] and len(sink.mails) == 1

    begun = client.post(start)
    assert "<h1>Started</h1>" in begun.text and begun.headers["cache-control"] == "no-store"
    assert mail_readers(settings).written == [], "what is there already is no news"
    found_meanwhile(settings, "new1", "new2")
    assert mail_readers(settings).written == [READER]
    assert mail_readers(settings).written == [], "told once"
    news = sink.mails[-1]
    text = news.get_content()
    assert "2 new" in news["Subject"] and text.count("/entry/new") == 2 and text.count("/entry/") == 2
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"List-Unsubscribe: {news['List-Unsubscribe']}\r\n".encode() in sink.raw[-1], (
        "on a line, not encoded"
    )
    assert sink.raw[-1].isascii(), "any mail server takes it"

    ends = news["List-Unsubscribe"].strip("<>").removeprefix("https://minutes.example")
    assert "“landfill”, decision" in client.get(ends).text and saved_of(settings).of(READER)
    assert client.post(ends, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not saved_of(settings).of(READER)
    assert client.post(ends).status_code == client.get(ends).status_code == 200
    found_meanwhile(settings, "new3")
    assert mail_readers(settings).written == []
    assert READER.encode() not in (settings.archive / "readers.sqlite").read_bytes(), "and is forgotten"


def test_who_does_not_confirm_is_not_kept(settings, client, sink):
    wish(client)
    found_meanwhile(settings, "new1")
    assert mail_readers(settings).written == [] and len(sink.mails) == 1
    content = (settings.archive / "readers.sqlite").read_bytes()
    assert READER.encode() not in content and b"landfill" not in content
    assert (settings.archive / "readers.sqlite").stat().st_mode & 0o077 == 0, "nobody else's to read"


def test_the_answer_does_not_tell_what_is_known_of_an_address(client, sink):
    begin(client, sink, email=OTHER)
    fresh = [wish(client).text for _ in range(OF_AN_ADDRESS + 2)]
    known = [wish(client, OTHER).text.replace(OTHER, READER) for _ in range(OF_AN_ADDRESS + 2)]
    assert set(fresh) == set(known) and len(set(fresh)) == 1
    assert len(sink.to(READER)) == OF_AN_ADDRESS
    assert len(sink.to(OTHER)) == OF_AN_ADDRESS - 1, "one was popped when it began"


def test_a_reader_and_all_together_can_ask_for_so_many_mails(client, sink, monkeypatch):
    answers = [wish(client, f"a{n}@example.org").status_code for n in range(OF_A_READER + 1)]
    assert answers == [200] * OF_A_READER + [429] and len(sink.mails) == OF_A_READER
    monkeypatch.setattr("search.saved.OF_A_READER", 10**6)
    monkeypatch.setattr("search.saved.OF_ALL", OF_A_READER + 1)
    assert [wish(client, f"b{n}@example.org").status_code for n in range(2)] == [200, 503]
    assert OF_ALL > OF_A_READER


def test_a_plus_is_no_other_mailbox(client, sink):
    for n in range(OF_AN_ADDRESS + 2):
        wish(client, f"reporter+{n}@example.org")
    assert len(sink.mails) == OF_AN_ADDRESS


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "a b@c.example",
        "<a@b.example>",
        "a@-.example" * 40,
        "ä@b.example",
        "\x00@b.example",
    ],
)
def test_what_is_no_address_is_not_written_to(client, sink, email):
    got = wish(client, email)
    assert got.status_code == 422 and "That is no e-mail address" in got.text and not sink.mails


def test_forms_of_other_sites_and_giant_ones_are_refused(client, sink):
    data = {"email": READER, "often": "daily"}
    assert (
        client.post(f"/saved?{ASKED}", data=data, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    )
    assert client.post(f"/saved?{ASKED}", data=data | {"more": "x" * 10_000}).status_code == 413
    assert client.post("/saved", data=data).status_code == 422, "everything is no search"
    assert client.post(f"/saved?{ASKED}", data={"email": READER, "often": "hourly"}).status_code == 422
    many = "&".join(f"council={'x' * 90}{n}" for n in range(20))
    assert (
        client.get(f"/saved?{many}").status_code
        == client.post(f"/saved?{many}", data=data).status_code
        == 422
    )
    assert not sink.mails


def test_links_that_were_not_made_here_do_nothing(settings, client, sink):
    for page in ("/saved/start", "/saved/own", "/unsubscribe"):
        for ticket in ("", "?t=", "?t=forged", "?t=WyJhIl0.x"):
            assert client.get(page + ticket).status_code == client.post(page + ticket).status_code == 404
    wish(client)
    link = link_in(sink.mails[0])
    assert client.post(link.replace("/saved/start", "/unsubscribe")).status_code == 404
    assert client.post(link.replace("/saved/start", "/saved/own")).status_code == 404


def test_a_link_to_start_is_good_for_days_only(client, sink, monkeypatch):
    wish(client)
    monkeypatch.setattr("search.links.GOOD_FOR", -1)
    got = client.post(link_in(sink.mails[0]))
    assert got.status_code == 404 and "can be used no more" in got.text


def test_the_pace_is_kept(settings, client, sink):
    begin(client, sink, often="weekly")
    begin(client, sink, email=OTHER, often="daily")
    found_meanwhile(settings, "new1")
    assert mail_readers(settings).written == [READER, OTHER], "the first as soon as there is something"
    found_meanwhile(settings, "new2")
    assert mail_readers(settings).written == []
    backdate(settings, 21)
    assert mail_readers(settings).written == [OTHER]
    found_meanwhile(settings, "new3")
    backdate(settings, 6 * 24 - 21)
    assert mail_readers(settings).written == [OTHER]
    backdate(settings, 24)
    assert mail_readers(settings).written == [READER]
    text = sink.to(READER)[-1].get_content()
    assert "/entry/new2" in text and "/entry/new3" in text and "/entry/new1" not in text


def test_the_same_search_again_takes_another_pace(settings, client, sink):
    begin(client, sink, often="daily")
    begin(client, sink, often="weekly")
    assert [s.often for s in saved_of(settings).of(READER)] == ["weekly"]


def test_ones_own_searches_are_seen_and_ended(settings, client, sink):
    for asked in ("q=landfill", "q=budget&sure=1", "council=Port+Council"):
        begin(client, sink, asked=asked)
    found_meanwhile(settings, "new1")
    mail_readers(settings)
    own = re.search(r"All your searches: https://minutes\.example(/\S+)", sink.mails[-1].get_content())[1]
    page = client.get(own)
    assert page.headers["cache-control"] == "no-store"
    for words in ("“landfill”", "“budget”, only what nothing doubts", "Port Council"):
        assert words in page.text
    first = saved_of(settings).of(READER)[0]
    assert "Done" in client.post(own, data={"end": str(first.number)}).text
    assert len(saved_of(settings).of(READER)) == 2
    for value in ("nothing", "99999", "9" * 40):
        client.post(own, data={"end": value})
    assert len(saved_of(settings).of(READER)) == 2
    assert "has none" in client.post(own, data={"end": "all"}).text


def test_an_address_has_so_many_searches(settings, client, sink):
    store = saved_of(settings)
    assert all(store.start(READER, f"q=a{n}", "daily", ()) for n in range(MOST))
    wish(client)
    assert "one too many" in client.post(link_in(sink.mails[0])).text
    assert len(store.of(READER)) == MOST


def test_a_mailbox_that_takes_nothing_is_left_alone_in_the_end(settings, client, sink):
    begin(client, sink)
    begin(client, sink, email=OTHER)
    sink.refused = (READER,)
    for n in range(REFUSALS):
        found_meanwhile(settings, f"new{n}")
        sent = mail_readers(settings)
        assert sent.written == [OTHER] and len(sent.failed) == 1 and READER not in sent.failed[0]
    assert "was ended" in sent.failed[0] and not saved_of(settings).of(READER)


def test_a_mail_server_that_is_away_ends_nothing(settings, client, sink):
    for n in range(5):
        begin(client, sink, email=f"a{n}@example.org")
    found_meanwhile(settings, "new1")
    settings.smtp.port = 1
    for _ in range(REFUSALS + 1):
        sent, _ = mail_all(settings)
        assert sent.written == [] and 0 < len(sent.failed) < 5, "the rest waits for the next night"
    settings.smtp.port = sink.port
    assert len(mail_readers(settings).written) == 5


def test_a_search_that_cannot_be_asked_hurts_no_other(settings, client, sink):
    saved_of(settings).start(OTHER, "since=never", "at once", ())
    begin(client, sink)
    found_meanwhile(settings, "new1")
    sent = mail_readers(settings)
    assert sent.written == [READER] and len(sent.failed) == 1


def test_one_can_end_it_while_there_is_no_index(settings, client, sink):
    begin(client, sink)
    found_meanwhile(settings, "new1")
    mail_readers(settings)
    settings.index.unlink()
    ends = sink.mails[-1]["List-Unsubscribe"].strip("<>").removeprefix("https://minutes.example")
    assert client.get(ends).status_code == 200 and client.post(ends).status_code == 200
    assert not saved_of(settings).of(READER)


def test_page_and_night_have_the_file_open_together(settings):
    store, errors = saved_of(settings), []

    def begin_and_end(n: int) -> None:
        try:
            for i in range(6):
                s = saved_of(settings).start(f"a{n}@example.org", f"q=a{i}", "at once", ("k",))
                store.mailed(s.number, ["k", "l"])
                store.end(s.number, s.email) if i % 2 else None
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=begin_and_end, args=(n,)) for n in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not errors and store.counts() == {"at once": 18, "daily": 0, "weekly": 0}


def test_it_is_offered_where_mail_is_set_up_only(settings, index):  # noqa: F811
    without_server = settings.model_copy(update={"smtp": settings.smtp.model_copy(update={"host": ""})})
    without_secret = Settings.model_validate({**settings.model_dump(), "secret": ""})
    closed = settings.model_copy(update={"saved_by_readers": False})
    for app in (*map(with_operations, (without_server, without_secret, closed)), create_app(index)):
        c = TestClient(app)
        assert "e-mail" not in c.get(f"/?{ASKED}").text + c.get("/?q=zzyzx").text + c.get(
            "/help"
        ).text.replace("mail service", "")
        assert c.get(f"/saved?{ASKED}").status_code == 404
        assert c.post(f"/saved?{ASKED}", data={"email": READER}).status_code in (404, 405)


def test_those_that_run_can_be_ended_where_no_more_are_offered(settings, client, sink):
    begin(client, sink)
    found_meanwhile(settings, "new1")
    closed = settings.model_copy(update={"saved_by_readers": False})
    assert mail_readers(closed).written == [READER]
    ends = sink.mails[-1]["List-Unsubscribe"].strip("<>").removeprefix("https://minutes.example")
    assert TestClient(with_operations(closed)).post(ends).status_code == 200
    assert not saved_of(settings).of(READER)


def test_a_backup_holds_them_for_nobody_else_to_read(settings, tmp_path):
    saved_of(settings).start(READER, "q=landfill", "daily", ())
    (tmp_path / "copy").mkdir()
    _databases(settings.archive, tmp_path / "copy")
    copy = tmp_path / "copy" / "readers.sqlite"
    assert READER.encode() in copy.read_bytes() and copy.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "s",
    [
        Search(q='"a phrase" -b', council=("A & B", "C"), kind=("motion",)),
        Search(since=date(2031, 1, 2), due_until=date(2031, 3, 4), amount=5_000, sure=True),
        Search(person="p-1", paper="d" * 64, page=3, sort="due", outcome=("lost",), committee=("X",)),
        Search(),
    ],
)
def test_a_search_is_its_query_string(s):
    assert search_of(query_string(s)) == s


def test_the_operator_sees_how_many_there_are_and_forgets_an_address(settings, tmp_path):
    saved_of(settings).start(READER, "q=landfill", "daily", ())
    file = tmp_path / "minutebook.toml"
    file.write_text(f'secret = "{SECRET}"\n', "utf-8")
    told = run_command("readers", "-c", file)
    assert "1 searches: 0 at once, 1 daily, 0 weekly" in told.stdout and "smtp.host" in told.stdout
    assert READER not in told.stdout
    assert run_command("readers", "-c", file, "--forget", READER.title()).stdout == "1 searches ended\n"
    assert run_command("readers", "-c", file, "--forget", READER).returncode == 1
