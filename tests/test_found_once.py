"""What several papers tell is found once, with its other accounts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from search.index import build, open_index, withdraw
from search.query import Search, search
from search.web import create_app
from tests.conftest import once

QUAY = "north quay"


@pytest.fixture(scope="module")
def index(council_year, tmp_path_factory) -> Path:
    def make(folder: Path) -> None:
        build(council_year, folder / "index.sqlite")

    return once(tmp_path_factory, "found-once", make) / "index.sqlite"


def found(index: Path, **asked) -> list[dict]:
    with closing(open_index(index)) as db:
        return search(db, Search(q=QUAY, kind=("resolution",), sort="oldest", **asked), size=50).hits


def test_a_decision_that_four_papers_tell_is_found_once(index):
    assert [h["day"] for h in found(index)] == ["2024-03-12", "2024-04-16", "2024-07-09", "2024-10-08"]
    march = found(index)[0]
    assert len(march["accounts"]) == 3 and "£41,000" in march["text"]
    assert march["also_in"] == "\n".join(a["key"] for a in march["accounts"])


def test_every_account_when_asked(index):
    every = found(index, every=True)
    assert [h["day"] for h in every].count("2024-03-12") == 4
    other = next(h for h in every if "£14,000" in h["text"])
    assert found(index, paper=other["document_id"])[0]["key"] == other["key"], "a paper's own, all of them"


def test_the_page_lists_the_other_accounts(index):
    with TestClient(create_app(index)) as client:
        page = client.get("/", params={"q": QUAY, "kind": "resolution"}).text
        assert page.count("Also told in") == 1 and "every=1" in page
        assert client.get("/", params={"q": QUAY, "kind": "resolution", "every": "1"}).status_code == 200
        hits = client.get("/search.json", params={"q": QUAY, "kind": "resolution"}).json()["hits"]
    assert sum(bool(h["also_in"]) for h in hits) == 1


def test_what_repeated_a_withdrawn_paper_is_found_again(index, tmp_path):
    copy = tmp_path / "index.sqlite"
    copy.write_bytes(index.read_bytes())
    withdraw(copy, found(index)[0]["document_id"])
    assert [h["day"] for h in found(copy)].count("2024-03-12") == 3


def test_a_second_build_writes_nothing(index, council_year):
    before = index.stat().st_mtime_ns
    assert build(council_year, index) == (0, 0)
    assert index.stat().st_mtime_ns == before
