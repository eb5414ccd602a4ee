"""Every source on a bad night and the good one after it, by the fetcher that nights use: no crash, no
silence, no paper twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import httpx
import pytest
import stamina

from pipeline.archive import Archive
from pipeline.config import Limits
from pipeline.errors import AnotherLayout, Certificate
from pipeline.night import fetch as fetching
from pipeline.night import gather as gathering
from pipeline.night.fetch import Fetcher
from pipeline.night.gather import Tally, gather
from pipeline.night.limits import NightEnd, Share
from pipeline.sources import Window
from tests import platforms_uk_au
from tests.platforms import PLAYED, WINDOW, html
from tests.replay import NOTICE

PLAYED = PLAYED | platforms_uk_au.PLAYED
NAMES = sorted(PLAYED)
Answer = Callable[[httpx.Request], httpx.Response]
BLOCK = html("<h1>Access Denied</h1><p>Request unsuccessful. Incapsula incident ID: 1</p>")
LOGIN = html("<h1>Sign in</h1><form><input type='password' name='p'></form>")


def status(code: int, **headers: str) -> Answer:
    return lambda request: httpx.Response(code, headers=headers)


def page(text: str) -> Answer:
    return lambda request: httpx.Response(200, text=text)


def half(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=b"%PDF-1.7 half", headers={"Content-Length": "4000"})


def unproven(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate has expired (_ssl.c:1006)")


def silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("timed out")


FAULTS: dict[str, Answer] = {
    "403": status(403),
    "429": status(429),
    "429 until tomorrow": status(429, **{"Retry-After": "86400"}),
    "503": status(503),
    "404": status(404),
    "a block page": page(BLOCK),
    "a login page": page(LOGIN),
    "nothing": page(""),
    "half an answer": half,
    "a certificate": unproven,
    "no answer": silent,
}


class Site:
    """A platform's played answers with its papers behind them, and a fault of some addresses."""

    def __init__(self, name: str) -> None:
        self.played = PLAYED[name]
        self.papers = {url for url, *_ in self.played.papers}
        self.fault: Answer | None = None
        self.at: Callable[[str], bool] = lambda url: True
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        if url.endswith("/robots.txt"):
            return httpx.Response(404)
        self.asked.append(url)
        if self.fault and self.at(url):
            return self.fault(request)
        if url in self.papers:
            return httpx.Response(200, content=NOTICE + b"\n%" + hashlib.md5(url.encode()).digest())
        text = next((t for part, t in self.played.answers.items() if part in url), None)
        return httpx.Response(404) if text is None else httpx.Response(200, text=text)


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(fetching, "TRIES", 2)
    monkeypatch.setattr("os.fsync", lambda handle: None)
    monkeypatch.setattr(Window, "around", lambda council, today, since=None: WINDOW)
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


class Nights:
    """Nights of one platform's council."""

    def __init__(self, name: str, folder) -> None:
        self.site, self.archive = Site(name), Archive(folder / "archive")
        self.council = self.site.played.council(name)
        self.fetchable = {url for url, _, _, form in self.site.played.papers if form != "html"}

    def night(self, limits: Limits | None = None) -> Tally:
        fetcher = Fetcher(self.archive, pace=0.0)
        fetcher.client = httpx.Client(transport=httpx.MockTransport(self.site))
        return gather(self.council, self.archive, fetcher, Share(limits or Limits(), NightEnd()))

    def good_night(self) -> Tally:
        self.site.fault = None
        return self.night()

    def papers(self) -> int:
        return len(self.archive.unread("0"))

    def all_is_there_once(self) -> None:
        with self.archive.db() as db:
            listed = [r["url"] for r in db.execute("SELECT url FROM publications")]
        assert set(listed) == self.site.papers and len(listed) == len(self.site.papers)
        assert self.papers() == len(self.fetchable)


@pytest.fixture
def nights(request, tmp_path) -> Nights:
    return Nights(request.param, tmp_path)


every_source = pytest.mark.parametrize("nights", NAMES, indirect=True)


@every_source
@pytest.mark.parametrize("fault", FAULTS)
def test_a_night_when_all_is_faulty_and_the_next(nights, fault):
    nights.site.fault = FAULTS[fault]
    bad = nights.night()
    assert (bad.found, bad.new) == (0, 0) and bad.error and bad.trouble
    assert "Error: " not in bad.error, "told in words"
    assert nights.archive.nights(nights.council.name)[0]["error"] == bad.error
    good = nights.good_night()
    assert (good.error, good.failed) == (None, 0) and good.new == len(nights.fetchable)
    nights.all_is_there_once()


@every_source
@pytest.mark.parametrize(
    "fault", ["403", "429 until tomorrow", "a block page", "half an answer", "no answer"]
)
def test_papers_that_are_faulty_cost_themselves_only(nights, fault):
    nights.site.fault = FAULTS[fault]
    nights.site.at = lambda url: url in nights.fetchable
    bad = nights.night()
    assert (bad.error, bad.failed, bad.new) == (None, len(nights.fetchable), 0)
    assert bool(bad.failures) == bool(nights.fetchable)
    assert nights.good_night().new == len(nights.fetchable)
    nights.all_is_there_once()


@every_source
@pytest.mark.parametrize("fault", ["429", "503", "a login page", "half an answer"])
def test_one_address_in_two_faulty(nights, fault):
    seen: list[str] = []

    def every_other(url: str) -> bool:
        seen.append(url)
        return len(set(seen)) % 2 == 0

    nights.site.fault, nights.site.at = FAULTS[fault], every_other
    bad = nights.night()
    assert bad.error or bad.failed or bad.new == len(nights.fetchable)
    good = nights.good_night()
    assert (good.error, good.failed) == (None, 0)
    assert bad.new + good.new == len(nights.fetchable), "what came in the bad night is not new again"
    nights.all_is_there_once()


@every_source
def test_a_second_night_brings_nothing_new(nights):
    assert nights.night().new == len(nights.fetchable)
    again = nights.night()
    assert (again.new, again.error, again.failed) == (0, None, 0)
    nights.all_is_there_once()


@every_source
def test_a_limit_leaves_the_rest_for_the_next_nights_and_none_is_left_out(nights):
    nights.night()
    assert nights.fetchable or all(form == "html" for *_, form in nights.site.played.papers)
    lists = len(nights.site.asked) - len(nights.fetchable)
    nights.archive = Archive(nights.archive.folder.parent / "anew")
    few = Limits(council_requests=lists + 1)
    seen = [nights.night(few) for _ in nights.fetchable]
    assert [t.new for t in seen] == [1] * len(nights.fetchable)
    assert all(t.error is None and t.remaining == len(nights.fetchable) - 1 for t in seen)
    if seen:
        nights.all_is_there_once()


def test_each_trouble_has_its_name():
    assert Certificate.trouble == "certificate" and AnotherLayout.trouble == "another layout"


@pytest.fixture
def moderngov(tmp_path) -> Nights:
    return Nights("moderngov", tmp_path)


def test_the_trouble_is_named(moderngov):
    told = {}
    for fault in FAULTS:
        moderngov.site.fault = FAULTS[fault]
        told[fault] = moderngov.night().trouble
    assert told["403"] == told["a block page"] == "refused"
    assert told["a login page"] == "login page" and told["a certificate"] == "certificate"
    assert told["no answer"] == told["503"] == "no answer"


def test_a_limit_within_the_list_is_told(moderngov):
    done = moderngov.night(Limits(council_requests=1))
    assert done.new == 0 and done.trouble == "limit" and "council_requests" in done.error
    moderngov.good_night()
    moderngov.all_is_there_once()


def test_what_is_no_longer_published_is_marked_and_comes_back(moderngov, monkeypatch):
    moderngov.night()
    url = sorted(moderngov.fetchable)[0]
    unlisted: list[str] = []
    real = gathering.listing

    def without(council, window, ask):
        found = real(council, window, ask)
        found.papers = [p for p in found.papers if p.url not in unlisted]
        return found

    def gone() -> list[str]:
        with moderngov.archive.db() as db:
            return [r["url"] for r in db.execute("SELECT url FROM publications WHERE gone_since IS NOT NULL")]

    monkeypatch.setattr(gathering, "listing", without)
    with moderngov.archive.db() as db:  # last night, not this second
        db.execute("UPDATE publications SET last_seen = '2020-01-01T00:00:00Z'")
    unlisted.append(url)
    moderngov.night()
    assert gone() == [], "left out of the list, and still there"
    moderngov.site.fault, moderngov.site.at = status(404), lambda asked: asked == url
    moderngov.night()
    assert gone() == [url]
    with moderngov.archive.db() as db:
        kept, listed = (
            {
                r["last_seen"][:4]
                for r in db.execute(f"SELECT last_seen FROM publications WHERE url {op} ?", [url])
            }
            for op in ("=", "<>")
        )
    assert kept == {"2020"} and listed == {str(date.today().year)}, "last_seen goes on for what is listed"
    unlisted.clear()
    moderngov.good_night()
    assert gone() == []


def test_a_paper_changed_under_its_address_supersedes_the_old_which_keeps_its_origin(moderngov):
    moderngov.night()
    url = sorted(moderngov.fetchable)[0]
    old = moderngov.archive.known(moderngov.council.name)[url].document_id
    moderngov.archive.done(old, "1", "ok", None)
    moderngov.site.fault = lambda request: httpx.Response(200, content=NOTICE + b"\n%mended")
    moderngov.site.at = lambda asked: asked == url
    assert moderngov.night().new == 1
    new = moderngov.archive.known(moderngov.council.name)[url].document_id
    assert moderngov.archive.source_of(new)["supersedes"] == old
    was = moderngov.archive.source_of(old)
    assert was["publication"]["url"] == url and was["fetched_at"] and was["supersedes"] is None
    moderngov.good_night()  # the council takes its change back
    assert moderngov.archive.source_of(old)["supersedes"] == new
    assert moderngov.archive.source_of(new)["supersedes"] is None
    assert old in {p["document_id"] for p in moderngov.archive.unread("1")}, "its row is to say so"


def test_an_address_that_gives_each_meetings_paper_in_turn_replaces_none(moderngov):
    moderngov.night()
    url = sorted(moderngov.fetchable)[0]
    with moderngov.archive.db() as db:
        db.execute("UPDATE publications SET meeting_date = '2026-01-01' WHERE url = ?", [url])
    moderngov.archive.record(url, sha256="f" * 64, status=200)
    moderngov.archive.link(url, "f" * 64, moderngov.council.name)
    assert moderngov.archive.source_of("f" * 64)["supersedes"] is None


def test_one_paper_at_two_councils_is_read_once_and_told_to_be_both(moderngov, tmp_path):
    moderngov.night()
    paper = moderngov.archive.unread("1")[0]["document_id"]
    moderngov.archive.done(paper, "1", "ok", None)
    url = next(
        u for u, x in moderngov.archive.known(moderngov.council.name).items() if x.document_id == paper
    )
    moderngov.council = moderngov.council.model_copy(update={"name": "Other Council"})
    moderngov.night()
    assert moderngov.archive.known("Mérande")[url] and moderngov.archive.known("Other Council")[url]
    moderngov.night()
    assert paper in {p["document_id"] for p in moderngov.archive.unread("1")}, "its row is to say so"
    assert moderngov.archive.source_of(paper)["other_councils"] == ["Other Council"]
    moderngov.archive.done(paper, "1", "ok", None)
    moderngov.night()
    assert paper not in {p["document_id"] for p in moderngov.archive.unread("1")}, "and is read no third time"


def test_a_change_while_a_paper_is_read_has_it_read_again(moderngov):
    moderngov.night()
    paper, other = (p["document_id"] for p in moderngov.archive.unread("1")[:2])
    moderngov.archive.source_of(paper)  # its reading begins
    moderngov.archive.listed([])
    with moderngov.archive.db() as db:
        db.execute(
            "INSERT INTO publications (url, council, first_seen) VALUES ('https://x.example/', 'X', '')"
        )
    moderngov.archive.link("https://x.example/", paper, "X")
    moderngov.archive.done(paper, "1", "ok", None)
    moderngov.archive.done(other, "1", "ok", None)
    unread = {p["document_id"] for p in moderngov.archive.unread("1")}
    assert paper in unread and other not in unread
