"""The site against what may happen to it: bad indexes, forged headers, hostile questions, giant pages, papers
that come and go."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import closing
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from search import budget
from search.drawing import SERVED_PIXELS, png_of
from search.index import build, downloads_of, open_index, pictures_of, withdraw
from search.papers import Kept, Papers
from search.query import Search, search
from search.web import create_app
from tests.conftest import FIXTURES
from tests.test_search import HOSTILE, client, index, invented  # noqa: F401 - fixtures

EXPORTS = ("/search.json", "/search.csv", "/search.atom", "/records/votes.csv", "/records/attendance.json")
SAFE = ("content-security-policy", "x-content-type-options", "referrer-policy")


def is_safe(answer) -> bool:
    return all(name in answer.headers for name in SAFE)


def test_every_answer_carries_the_safety_headers(index, tmp_path):  # noqa: F811
    c = TestClient(create_app(index, a_minute=6))
    for address, status in (("/", 200), ("/nowhere", 404), ("/?kind=x", 422), ("/static/style.css", 200)):
        assert (got := c.get(address)).status_code == status and is_safe(got)
        assert ("max-age" if status == 200 else "no-store") in got.headers["cache-control"]
    answers = [c.get("/about") for _ in range(6)]
    assert answers[-1].status_code == 429 and is_safe(answers[-1]) and answers[-1].headers["retry-after"]
    gone = TestClient(create_app(tmp_path / "none.sqlite")).get("/", headers={"accept": "text/html"})
    assert gone.status_code == 503 and is_safe(gone) and "<h1>" in gone.text


def test_head_is_get_without_a_body(client):  # noqa: F811
    for address in ("/", "/?q=landfill", "/search.csv?q=landfill", "/static/style.css", "/nowhere"):
        head, get = client.head(address), client.get(address)
        assert head.status_code == get.status_code and head.content == b"", address
        assert head.headers["content-type"] == get.headers["content-type"]


def test_pages_are_packed(client):  # noqa: F811
    assert (
        client.get("/?q=landfill", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    )


def test_what_a_request_says_of_its_host_is_not_believed(index):  # noqa: F811
    forged = {"host": "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-for": "9.9.9.9"}
    for site, wanted in (("https://minutes.example", "https://minutes.example/"), ("", "http://testserver/")):
        c = TestClient(create_app(index, site=site))
        for address in ("/search.atom?q=landfill", "/search.json?q=landfill", "/sitemap.xml", "/"):
            text = c.get(address, headers=forged).text
            assert "evil.example" not in text and wanted in text, address
    limited = TestClient(create_app(index, a_minute=2))
    codes = [limited.get("/about", headers={"x-forwarded-for": f"9.9.9.{n}"}).status_code for n in range(4)]
    assert codes[-1] == 429, "an address that is made up is no way round the limit"


@pytest.mark.parametrize("damage", ["letters", "half", "other version"])
def test_a_damaged_index_is_said_and_built_anew(output, index, tmp_path, damage):  # noqa: F811
    target = tmp_path / "index.sqlite"
    shutil.copy(index, target)
    c = TestClient(create_app(target))
    assert c.get("/search.json?q=landfill").status_code == 200
    if damage == "letters":
        target.write_bytes(b"no index" * 1000)
    elif damage == "half":
        content = target.read_bytes()
        target.write_bytes(content[:8192] + bytes(len(content) - 8192))
    else:
        with closing(open_index(target, read_only=False)) as db:
            db.execute("UPDATE facts SET value = '0' WHERE name = 'version'")
            db.commit()
    got = c.get("/search.json?q=landfill")
    assert got.status_code == 503 and "minutebook index" in got.json()["detail"]
    build(output, target)
    assert c.get("/search.json?q=landfill").json()["total"] > 0


def test_the_budget_holds_for_exports_feeds_and_lists(client, monkeypatch):  # noqa: F811
    monkeypatch.setattr(budget, "STEPS", 1)
    monkeypatch.setattr(budget.within.__wrapped__, "__defaults__", (-1.0,))
    for address in (*EXPORTS, "/", "/?q=landfill"):
        got = client.get(address, params={"q": "landfill"})
        assert got.status_code == 503 and "too long" in got.text, address


@pytest.mark.parametrize(
    "typed",
    [
        *HOSTILE,
        "\x1b[0m",
        "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "]]>",
        "<x>&",
    ],
)
def test_no_question_breaks_an_export_or_the_feed(client, typed):  # noqa: F811
    for address in EXPORTS:
        got = client.get(address, params={"q": typed})
        assert got.status_code == 200, address
        if address.endswith("atom"):
            ElementTree.fromstring(got.content)


def test_a_page_of_absurd_size_costs_little(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "giant.pdf"
    canvas = Canvas(str(file), pagesize=(14_400, 14_400))
    canvas.drawString(100, 100, "a plan")
    canvas.save()
    picture = png_of(file, 1, 1.6)
    assert picture is not None and len(picture) < 200_000
    assert int.from_bytes(picture[16:20]) * int.from_bytes(picture[20:24]) <= SERVED_PIXELS * 1.01


def test_a_picture_is_drawn_once_for_all_who_ask(tmp_path):
    made = []
    kept = Kept(tmp_path)
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        assert kept.get("a/one", lambda: made.append(1) or b"picture") == b"picture"

    readers = [threading.Thread(target=ask) for _ in range(8)]
    for r in readers:
        r.start()
    for r in readers:
        r.join()
    assert made == [1]
    assert Kept(tmp_path).get("a/one", lambda: None) == b"picture", "and kept on disk"


def test_papers_that_come_while_serving_are_found(tmp_path, monkeypatch):
    import hashlib

    monkeypatch.setattr("search.papers.AGAIN", -1.0)
    papers = Papers((tmp_path,))
    source = FIXTURES / "marlow-agenda.pdf"
    name = hashlib.sha256(source.read_bytes()).hexdigest()
    assert papers.path(name) is None
    shutil.copy(source, tmp_path / "new.pdf")
    assert papers.path(name) == tmp_path / "new.pdf"


def test_withdrawn_words_are_gone_from_the_spelling_help_and_the_file(output, tmp_path):
    target = tmp_path / "index.sqlite"
    build(output, target)
    with closing(open_index(target)) as db:
        largest = "SELECT document_id FROM entries GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        document_id = db.execute(largest).fetchone()[0]
        own, others = (
            " ".join(
                " ".join(map(str, row)).lower()
                for table in ("entries", "pages", "agenda_items", "documents", "people", "parts", "problems")
                for row in db.execute(f"SELECT * FROM {table} WHERE document_id {sign} ?", [document_id])
            )
            for sign in ("=", "<>")
        )
        known = [
            w
            for (w,) in db.execute("SELECT word FROM words WHERE length(word) > 7")
            if w in own and w not in others
        ]
    assert len(known) > 5
    kept = [pictures_of(target) / document_id / "page.png", downloads_of(target) / "votes.csv"]
    for file in kept:
        file.parent.mkdir(parents=True)
        file.touch()
    withdraw(target, document_id)
    assert not [file for file in kept if file.exists()]
    with closing(open_index(target)) as db:
        assert not [w for w in known if db.execute("SELECT 1 FROM words WHERE word = ?", [w]).fetchone()]
    content = target.read_bytes().lower()
    assert not [w for w in known if w.encode() in content]


def test_a_hit_keeps_the_day_when_it_was_found(output, tmp_path):
    target = tmp_path / "index.sqlite"
    build(output, target)
    with closing(open_index(target, read_only=False)) as db:
        key = search(db, Search(q="landfill")).hits[0]["key"]
        document_id = db.execute("SELECT document_id FROM entries WHERE key = ?", [key]).fetchone()[0]
        for table in ("entries", "documents"):
            db.execute(f"UPDATE {table} SET found_at = '2020-01-01T00:00:00+00:00'")
        db.execute("DELETE FROM entries WHERE key = ?", [key])  # as if only the next reading found it
        db.execute("UPDATE documents SET stamp = 'old' WHERE document_id = ?", [document_id])
        db.execute("INSERT INTO found (found) VALUES ('rebuild')")
        db.commit()
    assert build(output, target) == (1, 0)
    with closing(open_index(target)) as db:
        newest = search(db, Search(sort="found")).hits
        assert [h["key"] for h in newest if h["found_at"] > "2021"] == [key]


def test_several_values_of_a_filter_and_sums_compared_exactly(invented):  # noqa: F811
    with closing(open_index(invented)) as db:
        either = search(db, Search(committee=("Cabinet", "Planning Committee"), council=("Port Council",)))
        assert {h["key"] for h in either.hits} == {"r1", "r2", "m1x", "r4"}
        assert search(db, Search(amount=1_500_000)).total == 1
        assert search(db, Search(amount=1_500_001)).total == 0
        assert {h["key"] for h in search(db, Search(kind=("table", "person"))).hits} == {"t1", "p1"}


def test_an_empty_answer_gives_advice(client):  # noqa: F811
    text = client.get("/?q=landfill&kind=officer").text
    assert "These find something" in text and "Without this filter: any kind" in text


def test_whole_datasets_without_the_public(output, index, tmp_path):  # noqa: F811
    import pyarrow.parquet as pq

    target = tmp_path / "index.sqlite"
    shutil.copy(index, target)
    c = TestClient(create_app(target, output=output))
    assert c.get("/data/resolutions.parquet").content[:4] == b"PAR1"
    (tmp_path / "r.parquet").write_bytes(c.get("/data/resolutions.parquet").content)
    assert pq.read_table(tmp_path / "r.parquet").num_rows > 10
    assert "Winona Tait" not in c.get("/data/people_named.csv").text
    assert c.get("/data/nothing.csv").status_code == 404
    assert TestClient(create_app(target)).get("/data/resolutions.csv").status_code == 404


def test_every_page_has_its_json_and_the_sitemap_its_pages(client, index):  # noqa: F811
    with closing(open_index(index)) as db:
        keys = {
            "entry": "SELECT key FROM entries WHERE kind = 'resolution'",
            "meeting": "SELECT meeting_id FROM meetings",
            "division": "SELECT motion_id FROM motions",
            "table": "SELECT table_id FROM tables",
            "person": "SELECT key FROM entries WHERE kind = 'person'",
            "paper": "SELECT document_id FROM documents",
        }
        addresses = [f"/{step}/{db.execute(sql).fetchone()[0]}" for step, sql in keys.items()]
    for address in (*addresses, "/council/Aldermere Borough Council"):
        assert client.get(address).status_code == 200, address
        assert isinstance(json.loads(client.get(f"{address}.json").content), dict)
        assert client.get(f"{address}x.json").status_code == 404
    for name in ("sitemap.xml", "sitemap-meetings-1.xml", "sitemap-people-1.xml"):
        assert len(ElementTree.fromstring(client.get(f"/{name}").content)) > 0
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
