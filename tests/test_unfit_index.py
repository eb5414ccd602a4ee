"""What the site answers when the index vanishes, is damaged or is replaced, also in the middle of a query:
a page that says so with 503, never a traceback, and never the end of the process."""

from __future__ import annotations

import logging
import os
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search import web_search
from search.index import open_index
from search.web import create_app
from tests.conftest import FIXTURES
from tests.test_search import index  # noqa: F401 - fixture

READS_PAGES = {"accept": "text/html"}


def vanish(target: Path) -> None:
    target.unlink()


def cut_short(target: Path) -> None:
    os.truncate(target, 3 * 4096)


def written_over(target: Path) -> None:
    target.write_bytes(b"no index" * 1000)


def zeros(target: Path) -> None:
    with target.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(target.stat().st_size - 8192))


@pytest.fixture
def target(index, tmp_path) -> Path:  # noqa: F811
    return Path(shutil.copy(index, tmp_path / "index.sqlite"))


def is_said(answer) -> bool:
    text = answer.text
    return (
        answer.status_code == 503
        and "<h1>Nothing can be looked up just now</h1>" in text
        and "try again in a minute" in text
        and "minutebook index" in text
        and answer.headers["retry-after"] == "60"
        and answer.headers["cache-control"] == "no-store"
        and "Traceback" not in text
    )


@pytest.mark.parametrize("damage", [cut_short, written_over, zeros, vanish])
def test_in_the_middle_of_a_query(target, monkeypatch, damage):
    """The file is damaged after the query has read of it; a mapped file that is cut short would end the
    process."""
    client = TestClient(create_app(target, contact="clerk@example.org"))
    search = web_search.search

    def damaged_meanwhile(db, *arguments, **more):
        rows = db.execute("SELECT * FROM pages")
        rows.fetchone()
        damage(target)
        rows.fetchall()
        return search(db, *arguments, **more)

    monkeypatch.setattr(web_search, "search", damaged_meanwhile)
    got = client.get("/?q=landfill", headers=READS_PAGES)
    monkeypatch.undo()
    if damage is vanish:  # what is open stays readable
        assert got.status_code == 200 and "landfill" in got.text
        got = client.get("/?q=landfill", headers=READS_PAGES)
    assert is_said(got) and "clerk@example.org" in got.text and 'href="/?q=landfill"' in got.text
    told = client.get("/search.json?q=landfill")
    assert told.status_code == 503 and "minutebook index" in told.json()["detail"]


def test_a_good_index_put_in_its_place_is_asked_at_once(index, target):  # noqa: F811
    client = TestClient(create_app(target))
    zeros(target)
    assert is_said(client.get("/?q=landfill", headers=READS_PAGES))
    shutil.copy(index, target.with_name("new"))
    target.with_name("new").replace(target)
    assert client.get("/?q=landfill").status_code == 200
    assert client.get("/about").status_code == 200


def test_one_that_is_written_to_keeps_nobody_waiting_long(target):
    client = TestClient(create_app(target))
    assert client.get("/search.json?q=landfill").status_code == 200
    with closing(sqlite3.connect(target)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        got = client.get("/search.json?q=landfill")
        assert got.status_code == 503 and "being written" in got.json()["detail"]
        writer.rollback()
    assert client.get("/search.json?q=landfill").status_code == 200


def addresses(target: Path) -> list[str]:
    keys = {
        "entry": "SELECT key FROM entries WHERE kind = 'resolution'",
        "meeting": "SELECT meeting_id FROM meetings",
        "division": "SELECT motion_id FROM motions",
        "table": "SELECT table_id FROM tables",
        "person": "SELECT key FROM entries WHERE kind = 'person'",
        "paper": "SELECT document_id FROM documents",
    }
    with closing(open_index(target)) as db:
        own = [f"/{step}/{db.execute(sql).fetchone()[0]}" for step, sql in keys.items()]
    exports = ("/search.csv?q=the", "/search.atom?q=a*", "/records/attendance", "/sitemap-papers-1.xml")
    return [*own, *exports, "/", "/?q=landfill", "/council/Aldermere Borough Council"]


@pytest.mark.parametrize("seed", range(6))
def test_bytes_gone_wrong_anywhere_are_no_fault_of_the_pages(index, target, seed):  # noqa: F811
    draw, asked, size = random.Random(seed), addresses(index), target.stat().st_size
    client = TestClient(create_app(target, (FIXTURES,), a_minute=10**6))
    assert client.get("/").status_code == 200
    with target.open("r+b") as file:
        for _ in range(draw.choice((1, 10, 100))):
            file.seek(draw.randrange(size))
            file.write(draw.randbytes(draw.choice((1, 64, 4096))))
    assert {client.get(a, headers=READS_PAGES).status_code for a in asked} <= {200, 404, 503}


def test_a_paper_that_is_damaged_or_taken_away_is_not_at_hand(target, tmp_path, caplog):
    with closing(open_index(target)) as db:
        document_id = db.execute("SELECT document_id FROM documents").fetchone()[0]
    paper = tmp_path / "papers" / f"{document_id}.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"%PDF-1.7 and no more")
    client = TestClient(create_app(target, (paper.parent,)))
    with caplog.at_level(logging.WARNING, "minutebook"):
        assert client.get(f"/paper/{document_id}/1.png").status_code == 404
    assert "could not be drawn" in caplog.text
    assert client.get(f"/paper/{document_id}/1").status_code == 200
    paper.unlink()
    assert client.get(f"/document/{document_id}.pdf").status_code == 404


def test_what_fails_and_what_is_refused_wear_the_same_dress(target, monkeypatch):
    client = TestClient(create_app(target, a_minute=3), raise_server_exceptions=False)
    monkeypatch.setattr(web_search, "search", lambda *_, **__: 1 / 0)
    got = client.get("/?q=landfill", headers=READS_PAGES)
    assert got.status_code == 500 and "<h1>Something failed here</h1>" in got.text
    assert "ZeroDivision" not in got.text and "/static/style.css" in got.text
    for _ in range(3):
        got = client.get("/about", headers=READS_PAGES)
    assert got.status_code == 429 and "<h1>Too many requests</h1>" in got.text
    assert client.get("/about").text.startswith("Too many requests")
