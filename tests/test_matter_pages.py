"""The pages of matters: a number's history over meetings, what links to it, what is gone with its papers."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from pipeline.store.matters import follow_matters
from pipeline.store.merge import forget
from search.following import Followed, forget_matters, matters_named, write_matters
from search.index import build, open_index, prepare, withdraw
from search.matters import _is_its_own, matter
from search.web import create_app

QUAY = "wexbourne-borough-council-matter-decision-24-00031"
COUNCIL = "Wexbourne Borough Council"


@pytest.fixture(scope="module")
def index(council_year, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("matters") / "index.sqlite"
    build(council_year, target)
    return target


@pytest.fixture(scope="module")
def client(index) -> TestClient:
    return TestClient(create_app(index, a_minute=10_000))


def test_its_history_is_told_meeting_by_meeting(index, client):
    with closing(open_index(index)) as db:
        found = matter(db, QUAY)
    assert [(m["date"], [v["event"] for v in m["events"]]) for m in found["history"]] == [
        ("2024-03-12", ["on the agenda", "decided"]),
        ("2024-04-16", ["on the agenda", "decided"]),
        ("2024-05-14", ["on the agenda"]),
        ("2024-06-11", ["on the agenda"]),
        ("2024-07-09", ["on the agenda", "decided"]),
        ("2024-10-08", ["on the agenda", "decided"]),
    ]
    assert found["latest"]["date"] == "2024-10-08" and found["meetings"] == 6
    assert [m["status"] for m in found["history"] if m["date"] == "2024-05-14"] == ["cancelled"]
    text = client.get(f"/matter/{QUAY}").text
    assert (
        "<h1>Repairs to the north quay (decision 24/00031)</h1>" in text
        and "Decision number 24/00031<" in text
    )
    assert text.count("/entry/") == 4 and text.count("/meeting/") == 6
    for line in text.split('href="')[1:]:
        address = line.partition('"')[0].replace("&amp;", "&")
        if address.startswith(("/entry/", "/meeting/", "/paper/")):
            assert client.get(address).status_code == 200, address


def test_its_json_and_the_list(client):
    told = client.get(f"/matter/{QUAY}.json").json()
    assert told["reference"] == "24/00031" and len(told["papers"]) == 6
    assert client.get("/matter/none").status_code == client.get("/matter/none.json").status_code == 404
    listed = client.get("/records/matters.json?q=quay").json()["records"]
    assert [(r["matter_id"], r["meetings"], r["date"]) for r in listed] == [(QUAY, 6, "2024-10-08")]
    for narrowed, n in (
        ("choice=decision", 1),
        ("choice=by-law", 0),
        ("since=2024-11", 0),
        ("committee=x", 1),
    ):
        got = client.get(f"/records/matters.json?{narrowed}")
        assert got.status_code == 422 if "since" in narrowed else len(got.json()["records"]) == n, narrowed


def test_what_links_to_it(client):
    link = f'href="/matter/{QUAY}"'
    hits = client.get("/?q=24/00031").text
    assert "Dealt with under this number" in hits and hits.count(link) > 3
    hit = client.get("/search.json?q=24/00031&kind=resolution&sort=newest").json()["hits"][0]
    for address in (
        f"/entry/{hit['key']}",
        f"/paper/{hit['document_id']}",
        f"/meeting/{hit['meeting_id']}",
        f"/council/{COUNCIL}",
        "/records/matters",
    ):
        assert link in client.get(address).text, address
    locations = ElementTree.fromstring(client.get("/sitemap-matters-1.xml").content)
    assert [loc.text for loc in locations.iter() if loc.text] == [f"http://testserver/matter/{QUAY}"]


@pytest.mark.parametrize(
    ("typed", "n"), [("24/00031", 1), ('the quay "24/00031".', 1), ("24/00032", 0), ("2024", 0), ("", 0)]
)
def test_a_number_is_known_among_words(index, typed, n):
    with closing(open_index(index)) as db:
        assert len(matters_named(db, typed)) == n
        assert matters_named(db, typed, ["Another Council"]) == []


def test_matters_with_nothing_else_new_are_brought_up_to_date(council_year, tmp_path):
    output, target = tmp_path / "out", tmp_path / "index.sqlite"
    shutil.copytree(council_year, output)
    kept = {name: (output / name).rename(tmp_path / name) for name in ("matters", "matter_events")}
    build(output, target)
    client = TestClient(create_app(target))
    assert client.get(f"/matter/{QUAY}").status_code == 404
    for name, folder in kept.items():
        folder.rename(output / name)
    assert build(output, target) == (0, 0)
    assert client.get(f"/matter/{QUAY}").status_code == 200
    before = target.stat().st_ino
    assert build(output, target) == (0, 0) and target.stat().st_ino == before


def test_a_withdrawn_paper_takes_its_part_of_the_history_with_it(council_year, tmp_path):
    output, target = tmp_path / "out", tmp_path / "index.sqlite"
    shutil.copytree(council_year, output)
    build(output, target)
    with closing(open_index(target)) as db:
        papers = [r["document_id"] for r in matter(db, QUAY)["papers"]]
    withdraw(target, papers[0])
    with closing(open_index(target)) as db:
        left = matter(db, QUAY)
        assert left["meetings"] == 5 and left["first_seen"] == "2024-04-16"
        assert "quay" in left["title"] and papers[0] not in json.dumps(left["history"])
    for document_id in papers[1:]:
        withdraw(target, document_id)
    with closing(open_index(target)) as db:
        assert matter(db, QUAY) is None
    forget(papers[0], output)
    follow_matters(output)
    build(output, target)
    with closing(open_index(target)) as db:
        assert matter(db, QUAY)["meetings"] >= 5


@pytest.mark.parametrize(
    ("title", "is_its_own"),
    [
        ("By-law 2020-20 to regulate zoning", True),
        ("Repairs to the quay", True),
        ("By-law 2031-4 amending by-law 2020-20", False),
        ("Budget of 2031", False),
        ("", False),
    ],
)
def test_a_title_that_is_anothers_names_no_matter(title, is_its_own):
    assert _is_its_own(title, "2020-20") is is_its_own


def test_neighbours_go_by_number_and_a_line_may_name_several(tmp_path):
    def by_law(number: str) -> tuple:
        return f"by-law-{number}", "Port Council", "d", number, "by-law", None

    def event(number: str, row: str) -> tuple:
        return f"by-law-{number}", "d", "motions", row, "carried", "2031-05-06", "m", 1

    numbers = ("2031-10", "2031-9", "2030-100")
    with closing(open_index(tmp_path / "index.sqlite", read_only=False)) as db:
        prepare(db)
        db.execute("INSERT INTO documents (document_id, council) VALUES ('d', 'Port Council')")
        events = [*(event(n, f"row {n}") for n in numbers), event("2031-9", "row 2031-10")]
        events.append(("gone", "of no paper here", "motions", "x", "carried", None, None, None))
        write_matters(
            db, Followed([*map(by_law, numbers), ("gone", "Port Council", "x", "1", "file", "t")], events, "")
        )
        middle = matter(db, "by-law-2031-9")
        assert (middle["before"]["reference"], middle["after"]["reference"]) == ("2030-100", "2031-10")
        assert [o["reference"] for o in middle["together"]] == ["2031-10"]
        assert (
            matter(db, "by-law-2030-100")["before"] is None and matter(db, "by-law-2031-10")["after"] is None
        )
        assert matter(db, "gone") is None
        forget_matters(db, "d")
        assert matter(db, "by-law-2031-9") is None
