"""The index and the pages: 40 queries, safety, readers while the index is replaced, and what the OpenAPI
description promises."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from pipeline.store.merge import forget
from search.entries import Entry
from search.facets import counts
from search.index import build, finish, open_index
from search.lake import documents_held
from search.query import Search, search
from search.web import create_app
from search.words import match_of
from search.writing import Places, add_entries
from tests.conftest import FIXTURES, once

FOUND_AT = "2031-06-01T03:00:00+00:00"

INVENTED = [
    Entry(
        "r1",
        "resolution",
        "Planning applications",
        "RESOLVED that application 24/01150/FULL at 3 Mill Lane be approved subject to conditions",
        page=4,
        day=date(2031, 5, 6),
        committee="Planning Committee",
        outcome="carried",
        mover="Cllr O'Brien",
        people="Cllr O'Brien",
        meeting_id="m1",
        item="5",
    ),
    Entry(
        "r2",
        "resolution",
        "Budget",
        "That a grant of £1.5m be awarded to the Harbour Trust from the regeneration fund",
        page=2,
        day=date(2031, 2, 14),
        committee="Cabinet",
        outcome="carried",
        amount=1_500_000,
        mover="Councillor Smith-Jones",
        people="Councillor Smith-Jones",
        item="7",
    ),
    Entry(
        "r3",
        "resolution",
        "Minute 292: Allotments",
        "That the rents of the allotments be frozen for 2031/32",
        day=date(2030, 11, 3),
        committee="Environment Committee",
        outcome="carried",
        confidence=0.6,
    ),
    Entry(
        "m1x",
        "motion",
        "Amendment: Budget",
        "To cut the communications budget by £250,000 and spend it on libraries",
        day=date(2031, 2, 14),
        committee="Cabinet",
        outcome="lost",
        mover="Mr D'Souza",
        seconder="Ms Lee",
        people="Mr D'Souza Ms Lee",
        amount=250_000,
    ),
    Entry(
        "a1",
        "action",
        "Highways",
        "The Head of Highways undertook to repair the potholes in Church Road by 31 March 2031",
        day=date(2031, 1, 9),
        mover="The Head of Highways",
        people="The Head of Highways",
    ),
    Entry(
        "s1",
        "report",
        "2.1 Low-traffic neighbourhood",
        "The low-traffic neighbourhood in St. John's ward reduced speeding by 12 per cent; "
        "residents' parking remains unaffected",
        day=date(2031, 3, 1),
    ),
    Entry(
        "s2",
        "minutes",
        "Café licence",
        "Members heard that the café on the promenade had applied for a late licence",
        day=date(2031, 3, 1),
    ),
    Entry(
        "t1",
        "table",
        "Table 3: Waste tonnage",
        "Ward | Tonnes | Recycling | Quay | 412 | 38%",
        day=date(2031, 3, 1),
    ),
    Entry(
        "p1",
        "person",
        "Siobhán O'Brien",
        "Siobhán O'Brien Councillor Chair of Planning",
        people="Siobhán O'Brien",
        person_ids=("p1",),
    ),
    Entry(
        "r4",
        "resolution",
        "Libraries",
        "That the closure of Northgate Library be deferred until after public consultation",
        day=date(2030, 6, 1),
        committee="Cabinet",
    ),
]
QUERIES = [
    ("O'Brien", {"r1", "p1"}),
    ("Cllr O'Brien", {"r1", "p1"}),
    ("Siobhan O’Brien", {"p1"}),
    ("Siobhán", {"p1"}),
    ("24/01150/FULL", {"r1"}),
    ("24/01150/full", {"r1"}),
    ("£1.5m", {"r2"}),
    ("1.5m grant", {"r2"}),
    ("minute 292", {"r3"}),
    ("Minute 292", {"r3"}),
    ("2031/32", {"r3"}),
    ("allotment", {"r3"}),
    ("allotments rent", {"r3"}),
    ('"rents of the allotments"', {"r3"}),
    ("Smith-Jones", {"r2"}),
    ("smith jones", {"r2"}),
    ("Councillor Smith-Jones", {"r2"}),
    ("D'Souza", {"m1x"}),
    ("DSouza OR D'Souza", {"m1x"}),
    ("potholes", {"a1"}),
    ("pothole Church Road", {"a1"}),
    ('"Church Road"', {"a1"}),
    ("31 March 2031", {"a1"}),
    ("repair*", {"a1"}),
    ("low-traffic", {"s1"}),
    ("low traffic neighbourhood", {"s1"}),
    ("St John's", {"s1"}),
    ("St. John's ward", {"s1"}),
    ("residents' parking", {"s1"}),
    ("cafe", {"s2"}),
    ("café licence", {"s2"}),
    ("late licences", {"s2"}),
    ("tonnage", {"t1"}),
    ("recycl*", {"t1"}),
    ("library -Northgate", {"m1x"}),
    ("library", {"m1x", "r4"}),
    ("libraries closure", {"r4"}),
    ("NEAR(closure library)", {"r4"}),
    ("harbour OR promenade", {"r2", "s2"}),
    ("£250,000", {"m1x"}),
    ('"public consultation', {"r4"}),
    ("defer", {"r4"}),
]
HOSTILE = [
    '"',
    "*",
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "NEAR()",
    "( ) ^ : -",
    "facets:zqk",
    "a AND",
    "-",
    "--x",
    "\x00",
    "'; DROP TABLE entries",
    "{title}: x",
    "ﷺ",
    "a" * 300,
]


@pytest.fixture(scope="module")
def invented(tmp_path_factory) -> Path:
    """An index of the invented entries."""
    folder = tmp_path_factory.mktemp("invented")
    target = folder / "index.sqlite"
    build(folder / "nothing", target)
    with closing(open_index(target, read_only=False)) as db:
        add_entries(db, (("d" * 64, "Port Council", e) for e in INVENTED), Places(db), lambda _: FOUND_AT)
        finish(db)
    return target


@pytest.mark.parametrize(("typed", "keys"), QUERIES)
def test_queries_that_a_journalist_would_type(invented, typed, keys):
    with closing(open_index(invented)) as db:
        assert {h["key"] for h in search(db, Search(q=typed)).hits} == keys, match_of(typed)


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_query_breaks_the_search(invented, typed):
    with closing(open_index(invented)) as db:
        search(db, Search(q=typed))


def test_filters_and_counts(invented):
    with closing(open_index(invented)) as db:
        asked = Search(council=("Port Council",))
        counted = counts(db, asked, search(db, asked))
        assert dict(counted["kind"])["resolution"] == 4
        assert dict(counted["committee"])["Cabinet"] == 3
        assert {
            h["key"]
            for h in search(
                db, Search(council=("Port Council",), committee=("Cabinet",), outcome=("lost",))
            ).hits
        } == {"m1x"}
        assert {
            h["key"] for h in search(db, Search(since=date(2031, 2, 1), until=date(2031, 2, 28))).hits
        } == {"r2", "m1x"}
        assert {h["key"] for h in search(db, Search(amount=300_000)).hits} == {"r2"}
        assert [h["key"] for h in search(db, Search(kind=("resolution",), sort="newest")).hits] == [
            "r1",
            "r2",
            "r3",
            "r4",
        ]
        assert search(db, Search(person="p1")).total == 1


def test_help_with_spelling(invented):
    with closing(open_index(invented)) as db:
        assert search(db, Search(q="alotments")).better == "allotments"


@pytest.fixture(scope="session")
def index(output, tmp_path_factory) -> Path:
    """The index of the fixtures."""

    def make(folder: Path) -> None:
        build(output, folder / "index.sqlite")

    return once(tmp_path_factory, "index", make) / "index.sqlite"


@pytest.fixture(scope="session")
def client(index) -> TestClient:
    return TestClient(create_app(index, (FIXTURES,), contact="clerk@aldermere.example", a_minute=100_000))


def test_the_index_is_incremental(output, index, tmp_path):
    assert build(output, index) == (0, 0)
    copy = tmp_path / "out"
    import shutil

    shutil.copytree(output, copy)
    target = tmp_path / "index.sqlite"
    assert build(copy, target) == (6, 0)
    gone = next(documents_held(copy)).document_id
    forget(gone, copy)
    assert build(copy, target) == (0, 1)
    with closing(open_index(target)) as db:
        assert db.execute("SELECT count(*) FROM entries WHERE document_id = ?", [gone]).fetchone()[0] == 0
        assert search(db, Search(q="mowing")).total + search(db, Search(q="landfill")).total > 0
    assert not list(tmp_path.glob(".*.draft*"))


def test_from_a_name_to_the_line(client):
    text = client.get("/", params={"q": "grounds maintenance contract extension"}).text
    key = re.search(r'href="/entry/([^"]+)"', text)[1]
    page = client.get(f"/entry/{key}").text
    assert "What the machine read" in page and "What is printed" in page
    picture = re.search(r'src="(/picture/[^"]+)"', page)[1]
    got = client.get(picture)
    assert got.headers["content-type"] == "image/png"
    assert "#page=3" in page or "#page=4" in page
    assert "cite web" in page and "mailto:clerk@aldermere.example" in page


def test_the_box_stands_around_the_words(client, index):
    from PIL import Image

    from search.papers import SCALE

    with closing(open_index(index)) as db:
        row = db.execute(
            "SELECT * FROM entries WHERE kind = 'resolution' AND text LIKE '%underspend%'"
        ).fetchone()
    page, x0, top, x1, bottom = json.loads(row["regions"])[0]
    image = Image.open(io.BytesIO(client.get(f"/picture/{row['key']}/{page}.png").content)).convert("RGB")
    assert image.getpixel((int(x0 * SCALE) - 4, int((top + bottom) / 2 * SCALE))) == (200, 30, 60)
    assert image.getpixel((int((x0 + x1) / 2 * SCALE), int(bottom * SCALE) + 4)) == (200, 30, 60)
    inside = image.crop((int(x0 * SCALE), int(top * SCALE), int(x1 * SCALE), int(bottom * SCALE)))
    assert inside.convert("L").getextrema()[0] < 80, "words stand inside the box"


def test_every_page_answers(client, index):
    with closing(open_index(index)) as db:
        meeting = db.execute("SELECT meeting_id FROM meetings WHERE status = 'held'").fetchone()[0]
        person = db.execute("SELECT person_id FROM attendance WHERE capacity = 'member'").fetchone()[0]
    for address in (
        f"/meeting/{meeting}",
        f"/person/{person}",
        "/council/Aldermere Borough Council",
        "/council/Township of Pinewater/Township of Pinewater Council",
        "/about",
        "/",
    ):
        got = client.get(address)
        assert got.status_code == 200, address
        assert "script-src 'self'" in got.headers["content-security-policy"]
        assert "<script>" not in got.text
    for address in (
        "/entry/none",
        "/meeting/none",
        "/person/none",
        "/council/none",
        "/council/none/none",
        "/picture/none/1.png",
        "/document/none.pdf",
        "/nowhere",
    ):
        assert client.get(address).status_code == 404, address


def test_exports_and_feed(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv", params={"q": "landfill"}).text)))
    found = client.get("/search.json", params={"q": "landfill"}).json()
    assert len(rows) == found["total"] > 0
    feed = ElementTree.fromstring(client.get("/search.atom", params={"q": "landfill"}).content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == min(50, found["total"])


def test_text_from_papers_is_escaped_and_formulas_are_harmless(tmp_path):
    target = tmp_path / "index.sqlite"
    build(tmp_path / "none", target)
    evil = replace(
        INVENTED[0],
        key="=cmd",
        title="<script>alert(1)</script> evil",
        text='=HYPERLINK("http://x") <img src=x onerror=alert(1)> evil',
    )
    with closing(open_index(target, read_only=False)) as db:
        add_entries(db, [("e" * 64, "Port <b>Council", evil)], Places(db), lambda _: FOUND_AT)
        finish(db)
    c = TestClient(create_app(target))
    for address in ("/?q=evil", "/entry/%3Dcmd", "/search.atom?q=evil"):
        text = c.get(address).text
        assert "<script>alert" not in text and "<img src=x" not in text and "Port <b>" not in text
    row = next(csv.DictReader(io.StringIO(c.get("/search.csv?q=evil").text)))
    assert row["text"].startswith("'=") and row["key"].startswith("'=")


def test_members_of_the_public_are_not_listed(output, tmp_path):
    for with_public, wanted in ((False, 0), (True, 1)):
        target = tmp_path / f"{with_public}.sqlite"
        build(output, target, with_public=with_public)
        with closing(open_index(target)) as db:
            assert (
                db.execute("SELECT count(*) FROM people WHERE name = 'Winona Tait'").fetchone()[0] >= wanted
            )
            assert (search(db, Search(q="Winona", kind=("person",))).total > 0) == bool(wanted)


def test_a_withdrawn_paper_is_gone_at_once(output, tmp_path):
    from search.index import withdraw

    target = tmp_path / "index.sqlite"
    build(output, target)
    c = TestClient(create_app(target))
    hit = c.get("/search.json?q=landfill").json()["hits"][0]
    withdraw(target, hit["document_id"])
    left = c.get("/search.json?q=landfill").json()["hits"]
    assert all(h["document_id"] != hit["document_id"] for h in left)
    assert c.get(f"/entry/{hit['key']}").status_code == 404


def test_too_many_requests_are_refused(index):
    c = TestClient(create_app(index, a_minute=5))
    codes = [c.get("/about").status_code for _ in range(8)]
    assert codes[:5] == [200] * 5 and codes[-1] == 429


def test_readers_while_the_index_is_replaced(output, tmp_path):
    """50 readers, the index replaced again and again: no error, and nobody reads an old one after the
    last."""
    target = tmp_path / "index.sqlite"
    build(output, target)
    app = create_app(target, a_minute=10**6)
    stop, errors = threading.Event(), list[str]()

    def read() -> None:
        with TestClient(app) as c:
            while not stop.is_set():
                got = c.get("/search.json?q=landfill")
                if got.status_code != 200 or not got.json()["total"]:
                    errors.append(got.text[:200])
                stop.wait(0.2)

    readers = [threading.Thread(target=read) for _ in range(50)]
    for r in readers:
        r.start()
    for _ in range(3):
        build(output, tmp_path / "new.sqlite")
        (tmp_path / "new.sqlite").replace(target)
    stop.set()
    for r in readers:
        r.join()
    assert errors == []
    first = next(documents_held(output)).document_id
    from search.index import withdraw

    withdraw(target, first)
    left = TestClient(app).get("/search.json?q=the").json()["hits"]
    assert all(h["document_id"] != first for h in left)


def test_what_the_openapi_description_promises(index):
    """Schemathesis' cases against the description: no 5xx."""
    import schemathesis
    from hypothesis import HealthCheck, settings

    app = create_app(index, a_minute=10**7)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    cases = 0
    for operation in schema.get_all_operations():

        @settings(
            max_examples=100,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            derandomize=True,
        )
        @(
            schemathesis.given(case=operation.ok().as_strategy())
            if hasattr(schemathesis, "given")
            else _given(operation.ok().as_strategy())
        )
        def check(case) -> None:
            nonlocal cases
            cases += 1
            assert case.call().status_code < 500

        check()
    assert cases >= 2000


def _given(strategy):
    from hypothesis import given

    return given(case=strategy)
