"""Fetching with manners, and every fault that SOURCES names."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest

from pipeline.archive import Archive
from pipeline.config import Limits
from pipeline.errors import Forbidden, NotFetched
from pipeline.night import fetch as fetching
from pipeline.night.fetch import Fetcher, retry_after
from pipeline.night.gather import Tally, gather
from pipeline.night.limits import NightEnd, Share
from pipeline.sources import Council, Window, legistar, moderngov_pages, moderngov_service
from tests.replay import NOTICE, PACK, Site, playing

PAPER = "/documents/s3/Notice.pdf"
WINDOW = Window(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def played(tmp_path):
    with playing() as (site, base):
        fetcher = Fetcher(Archive(tmp_path / "archive"), contact="clerk@example.org", pace=0.0, private=True)
        yield site, base, fetcher
        fetcher.close()


def council(base: str, platform: str = "moderngov", **more) -> Council:
    return Council(name="Aldermere Borough Council", platform=platform, address=base, pace=0, **more)


def gathered(one: Council, fetcher: Fetcher) -> Tally:
    return gather(one, fetcher.archive, fetcher, Share(Limits(), NightEnd()))


def left_behind(fetcher: Fetcher) -> list[str]:
    return [p.name for p in fetcher.archive.blobs.rglob("*") if p.is_file()]


def test_the_service_and_the_pages_find_the_same_papers(played):
    _, base, fetcher = played
    by_service = {
        (p.url, p.committee, p.meeting_date, p.kind)
        for p in moderngov_service.publications(council(base), WINDOW, fetcher.text)
    }
    by_pages = {
        (p.url, p.committee, p.meeting_date, p.kind)
        for p in moderngov_pages.publications(council(base), WINDOW, fetcher.text)
    }
    assert by_service == by_pages and len(by_service) == 3
    assert {k for *_, k in by_service} == {"agenda_pack", "minutes", "report"}
    first = next(moderngov_service.publications(council(base), WINDOW, fetcher.text))
    assert first.knows["attendance"] == [
        {"name": "Councillor Priya Nandakumar", "attendance": "Present", "role": ""}
    ]


def test_committees_in_and_out(played):
    _, base, fetcher = played
    assert not list(
        moderngov_service.publications(council(base, not_committees=["Environment"]), WINDOW, fetcher.text)
    )
    assert list(
        moderngov_service.publications(council(base, committees=["environment"]), WINDOW, fetcher.text)
    )


def test_a_service_that_is_off_says_what_to_do(played):
    site, base, fetcher = played
    site.service = False
    site.extra["/mgWebService.asmx/GetCommittees"] = ("not xml at all", "text/plain")
    with pytest.raises(NotFetched, match="moderngov-pages"):
        list(moderngov_service.publications(council(base), WINDOW, fetcher.text))


def test_entities_in_a_services_answer_are_refused(played):
    site, base, fetcher = played
    site.service = False
    site.extra["/mgWebService.asmx/GetCommittees"] = (
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><committees>&a;</committees>',
        "text/xml",
    )
    with pytest.raises(NotFetched, match="refused"):
        list(moderngov_service.publications(council(base), WINDOW, fetcher.text))


def test_legistar_by_thousands_with_votes(played):
    site, base, fetcher = played
    found = list(legistar.publications(council(base + "/v1/pineport", "legistar"), WINDOW, fetcher.text))
    assert [p.kind for p in found] == ["minutes"]
    assert found[0].knows["motions"][0]["mover"] == "M. Yoder" and found[0].knows["motions"][0]["votes"] == [
        {"name": "M. Yoder", "choice": "Aye"}
    ]
    assert site.times("/v1/pineport/events") == 2


def test_nothing_is_fetched_twice(played):
    site, base, fetcher = played
    first, second = fetcher.get(base + PAPER), fetcher.get(base + PAPER)
    assert first.new and not second.new and second.unchanged and first.sha256 == second.sha256
    assert "If-None-Match" in site.asked[-1][3]
    assert (
        site.asked[-1][3]["User-Agent"].startswith("minutebook/")
        and "clerk@example.org" in site.asked[-1][3]["User-Agent"]
    )


def test_the_same_address_with_new_bytes_is_a_new_version(played):
    site, base, fetcher = played
    old = fetcher.get(base + PAPER)
    site.papers[PAPER] = PACK
    new = fetcher.get(base + PAPER)
    assert new.sha256 != old.sha256 and new.new
    assert (
        fetcher.archive.path(old.sha256).read_bytes() == NOTICE
        and fetcher.archive.path(new.sha256).read_bytes() == PACK
    )


def test_robots_txt_is_obeyed(played):
    site, base, fetcher = played
    site.robots = "User-agent: *\nDisallow: /documents/"
    with pytest.raises(Forbidden, match=r"robots\.txt"):
        fetcher.get(base + PAPER)
    assert site.times(PAPER) == 0


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(played, status):
    site, base, fetcher = played
    site.busy[PAPER] = [(status, {"Retry-After": "1"})]
    began = time.monotonic()
    assert fetcher.get(base + PAPER).new
    assert time.monotonic() - began >= 1
    assert site.times(PAPER) == 2


def test_a_long_retry_after_is_left_for_the_next_night(played):
    site, base, fetcher = played
    site.busy[PAPER] = [(503, {"Retry-After": "86400"})]
    with pytest.raises(Exception, match="503"):
        fetcher.get(base + PAPER)
    assert site.times(PAPER) == 1
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0 and retry_after("soon") is None


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("html", "a web page, not a PDF"),
        ("huge", "more than"),
        ("cut", "bytes came|ReadError|RemoteProtocolError|peer closed"),
    ],
)
def test_what_is_no_whole_paper_is_not_kept(played, monkeypatch, fault, words):
    site, base, fetcher = played
    monkeypatch.setattr(fetching, "TRIES", 2)
    site.faults[PAPER] = fault
    with pytest.raises(NotFetched, match=words):
        fetcher.get(base + PAPER)
    assert left_behind(fetcher) == []
    with fetcher.archive.db() as db:
        assert db.execute("SELECT count(*) FROM fetches WHERE error IS NOT NULL").fetchone()[0] == 1


def test_a_slow_body_is_given_up(played, monkeypatch):
    site, base, fetcher = played
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    site.faults[PAPER] = "slow"
    with pytest.raises(NotFetched, match="slower"):
        fetcher.get(base + PAPER)
    assert left_behind(fetcher) == []


@pytest.mark.parametrize("path", [PAPER, "/robots.txt"])
def test_slow_headers_hold_no_night(played, monkeypatch, path):
    """Each line comes before a single read's timeout."""
    site, base, fetcher = played
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    site.faults[path] = "slow headers"
    began = time.monotonic()
    with pytest.raises(NotFetched, match="slower"):
        fetcher.get(base + PAPER)
    assert time.monotonic() - began < 5 and left_behind(fetcher) == []


def test_an_endless_robots_txt_is_read_as_far_as_it_must_be(played):
    site, base, fetcher = played
    site.faults["/robots.txt"] = "endless"
    assert fetcher.get(base + PAPER).new


def test_a_paper_whose_first_byte_comes_alone_is_kept(played):
    site, base, fetcher = played
    site.faults[PAPER] = "one byte"
    assert fetcher.get(base + PAPER).new


def test_one_busy_paper_costs_itself_only(played):
    site, base, fetcher = played
    site.busy[PAPER] = [(429, {"Retry-After": "86400"})]
    tally = gathered(council(base, days_back=9000), fetcher)
    assert (tally.found, tally.new, tally.failed, tally.error) == (3, 2, 1, None)


def test_a_body_larger_than_allowed_is_stopped_while_it_streams(played):
    _, base, fetcher = played
    fetcher.largest = 1000
    with pytest.raises(NotFetched, match="1,000"):
        fetcher.get(base + PAPER)
    assert left_behind(fetcher) == []


def test_a_moved_paper_is_followed_and_a_loop_is_not(played):
    site, base, fetcher = played
    site.faults["/documents/s8/Moved.pdf"] = f"redirect {PAPER}"
    assert fetcher.get(base + "/documents/s8/Moved.pdf").url.endswith(PAPER)
    site.faults["/documents/s8/Loop.pdf"] = "redirect /documents/s8/Loop.pdf"
    with pytest.raises(NotFetched, match="redirected"):
        fetcher.get(base + "/documents/s8/Loop.pdf")


def test_another_hosts_robots_and_address_are_checked_after_a_redirect(played):
    site, base, fetcher = played
    other = Site()
    other.robots = "User-agent: *\nDisallow: /"
    with playing(other) as (_, elsewhere):
        site.faults["/documents/s8/Away.pdf"] = f"redirect {elsewhere}{PAPER}"
        with pytest.raises(Forbidden, match=r"robots\.txt"):
            fetcher.get(base + "/documents/s8/Away.pdf")
    assert other.times(PAPER) == 0
    site.faults["/documents/s8/File.pdf"] = "redirect file:///etc/passwd"
    with pytest.raises(Forbidden, match="only http"):
        fetcher.get(base + "/documents/s8/File.pdf")


def test_private_addresses_are_refused_at_the_moment_of_connecting(tmp_path):
    with playing() as (site, base):
        guarded = Fetcher(Archive(tmp_path / "archive"), pace=0.0)
        with pytest.raises(NotFetched, match="not a public address"):
            guarded.get(base + PAPER)
        with pytest.raises(NotFetched, match="not a public address"):
            guarded.get(base.replace("127.0.0.1", "localhost") + PAPER)
        assert site.asked == []


def test_one_request_at_a_time_with_a_pause(played):
    from concurrent.futures import ThreadPoolExecutor

    site, base, fetcher = played
    fetcher.paces[base.removeprefix("http://")] = 0.15
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(fetcher.get, [base + p for p in site.papers] * 2))
    times = [t for t, *_ in site.asked]
    assert min(b - a for a, b in pairwise(times)) >= 0.14


def test_the_archive_verifies_and_tells_of_damage(played):
    _, base, fetcher = played
    got = fetcher.get(base + PAPER)
    assert list(fetcher.archive.verify()) == []
    fetcher.archive.path(got.sha256).write_bytes(b"something else")
    assert len(list(fetcher.archive.verify())) == 1


def test_a_viewer_that_gives_a_page_is_no_failure_and_a_paper_that_does_is(played):
    site, base, fetcher = played
    at = f"{base}/AgendaViewer.php?view_id=1&clip_id=%d"
    rows = (
        f"<tr><td>Council</td><td>May 6, 2025</td><td><a href='{at % n}'>Agenda</a></td></tr>" for n in (1, 2)
    )
    paper = f"<tr><td>Council</td><td>May 6, 2025</td><td><a href='{base}/a.pdf'>Minutes</a></td></tr>"
    page = f"<html><body>granicus <table>{''.join(rows)}{paper}</table></body></html>"
    site.extra |= {"/ViewPublisher.php": (page, "text/html")}
    site.faults |= {"/AgendaViewer.php": "html", "/a.pdf": "html"}
    viewed = council(base + "/ViewPublisher.php?view_id=1", "granicus", days_back=9000)
    tally = gathered(viewed, fetcher)
    assert (tally.found, tally.new, tally.failed, tally.error) == (3, 0, 1, None)


def test_a_service_is_sent_the_question(played):
    _, base, fetcher = played
    with pytest.raises(NotFetched, match="501"):  # the test's server knows GET only
        fetcher.text(base + "/Calendar.aspx/GetMeetings", '{"from": "2025-01-01"}')
