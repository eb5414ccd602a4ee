"""Every platform: what is found in an invented answer, what every fault comes to, and what docs/platforms.md
says of the recordings that lie beside the repository."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from benchmarks import platforms
from pipeline.errors import NotFetched
from pipeline.night.fetch import text_of
from pipeline.sources import MODULES, Council, Window
from pipeline.sources.listing import listing
from tests import platforms_uk_au
from tests.platforms import BODY, FIRST, PLAYED, WINDOW, html

PLAYED = PLAYED | platforms_uk_au.PLAYED
ON_DISK = {"folder", "links"}
NAMES = sorted(PLAYED)
BLOCK = html("<h1>Access Denied</h1><p>Request unsuccessful. Incapsula incident ID: 1</p>")
LOGIN = html("<h1>Sign in</h1><form><input type='password' name='p'></form>")


def found(papers):
    return {(p.url, p.meeting_date, p.kind, p.form) for p in papers}


def listed(name: str, ask, **more):
    return listing(PLAYED[name].council(name).model_copy(update=more), WINDOW, ask)


def test_every_platform_is_tried():
    assert set(MODULES) == set(PLAYED) | ON_DISK


@pytest.mark.parametrize("name", NAMES)
def test_its_papers_are_found_with_day_kind_and_body(name):
    got = listed(name, PLAYED[name].ask())
    assert got.problem is None and found(got.papers) == PLAYED[name].papers
    assert {p.committee for p in got.papers} == {BODY} and all(p.title for p in got.papers)
    assert len(got.papers) == len(PLAYED[name].papers)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_bodies_and_days_asked_for(name):
    assert listed(name, PLAYED[name].ask(), not_committees=["mérande"]).papers == []
    day = Window(FIRST, FIRST)
    got = listing(PLAYED[name].council(name), day, PLAYED[name].ask())
    assert found(got.papers) == {p for p in PLAYED[name].papers if p[1] == FIRST}


@pytest.mark.parametrize("status", [403, 429, 503])
@pytest.mark.parametrize("name", NAMES)
def test_a_status_is_told(name, status):
    def ask(url, question="", /):
        raise NotFetched(f"{url}: status {status}")

    got = listed(name, ask)
    assert got.papers == [] and got.problem and str(status) in got.problem


@pytest.mark.parametrize(("page", "words"), [(BLOCK, "a block page"), (LOGIN, "a login page")])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_another_sort_under_status_200_is_told(name, page, words):
    got = listed(name, PLAYED[name].ask(lambda text: page))
    assert got.papers == [] and got.problem and words in got.problem and got.problem.startswith("Mérande: ")


@pytest.mark.parametrize(
    "answer", ["", "Gone fishing", html("<h1>Welcome to our new site</h1>"), "null", "7", "{}"]
)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_the_platforms_is_told(name, answer):
    got = listed(name, PLAYED[name].ask(lambda text: answer))
    assert got.papers == [] and got.problem


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_list_is_told_where_the_window_is_long(name):
    """A list of nothing, in the platform's own frame."""
    played = PLAYED[name]
    got = listed(name, replace(played, answers=played.empty).ask() if played.empty else played.ask(_emptied))
    assert got.papers == [] and got.problem and NOTHING.search(got.problem)


NOTHING = re.compile(r"nothing is listed|lists? no|names? no meeting|not a list of papers")


def _emptied(text: str) -> str:
    if text.startswith("<meetings>"):
        return "<meetings></meetings>"
    if text.startswith("<"):
        frame = "granicus iqm2 /AgendaCenter novusagenda <table class='rgMasterTable'></table>"
        return html(f"<p>{frame}: no meetings</p>")
    answer = json.loads(text)
    if isinstance(answer, list):
        return "[]"
    for key in ("value", "d"):
        answer = {**answer, key: []} if key in answer else answer
    if answer.get("data") and answer["data"][0]["type"].endswith("Meeting"):
        answer["data"] = []
    return json.dumps(answer)


@pytest.mark.parametrize("name", NAMES)
def test_half_an_answer_is_told_and_gives_no_wrong_paper(name):
    for share in (0.3, 0.5, 0.8):
        got = listed(name, PLAYED[name].ask(lambda text, s=share: text[: int(len(text) * s)]))
        assert got.problem
        assert {p.meeting_date for p in got.papers} <= {p[1] for p in PLAYED[name].papers} | {None}


@pytest.mark.parametrize("name", NAMES)
def test_another_charset_is_read_as_what_it_is(name):
    def change(text: str) -> str:
        return text_of(text.replace("\\u00e9", "é").encode("cp1252"))

    got = listed(name, PLAYED[name].ask(change))
    assert found(got.papers) == PLAYED[name].papers and {p.committee for p in got.papers} == {BODY}


@pytest.mark.parametrize("name", [n for n in NAMES if PLAYED[n].foreign])
def test_a_calendar_in_another_language(name):
    def change(text: str) -> str:
        for ours, theirs in PLAYED[name].foreign.items():
            text = text.replace(ours, theirs)
        return text

    got = listed(name, PLAYED[name].ask(change))
    assert got.problem is None and found(got.papers) == PLAYED[name].papers


@pytest.mark.parametrize("name", NAMES)
def test_what_is_listed_twice_is_found_once(name):
    played = PLAYED[name]
    papers = listed(name, played.ask(_doubled)).papers
    assert len(papers) == len({p.url for p in papers}) == len(played.papers)


def _doubled(text: str) -> str:
    if text.startswith("<"):
        tag = next((t for t in ("<body>", "<meetings>") if t in text), "")
        if not tag:
            return text
        start, end = text.index(tag) + len(tag), text.rindex(f"</{tag[1:]}")
        return text[:end] + text[start:end] + text[end:]
    answer = json.loads(text)
    if isinstance(answer, list):
        return json.dumps(answer * 2)
    return json.dumps({k: v * 2 if isinstance(v, list) else v for k, v in answer.items()})


@pytest.mark.parametrize("name", [n for n in NAMES if PLAYED[n].endless])
def test_a_list_without_end_ends(name, monkeypatch):
    monkeypatch.setattr(f"pipeline.sources.{MODULES[name]}.PAGES", 4)
    played, pages = PLAYED[name], iter(range(1, 1000))

    def ask(url, question="", /):
        return played.endless(next(pages)) if played.endless_at in url else played.ask()(url)

    got = listed(name, ask)
    assert got.problem and next(pages) < 10


@pytest.mark.parametrize("name", [n for n in NAMES if PLAYED[n].endless])
def test_the_same_page_again_and_again_ends(name):
    played, asked = PLAYED[name], []
    page = played.endless(1)

    def ask(url, question="", /):
        asked.append(url)
        assert len(asked) < 50
        return page if played.endless_at in url else played.ask()(url)

    got = listed(name, ask)
    assert len(got.papers) == len({p.url for p in got.papers})


@pytest.mark.parametrize("name", NAMES)
def test_fields_that_are_null_or_of_another_type_cost_only_what_they_hold(name):
    """Each value of each JSON answer in turn: no error but ours leaves the adapter, no paper comes twice."""
    played = PLAYED[name]
    for part, text in played.answers.items():
        if text.startswith("<"):
            continue
        for path in _paths(json.loads(text)):
            for value in (None, 7, "x", [], {}, [None], True):
                changed = json.dumps(_with(json.loads(text), path, value))
                one = replace(played, answers={**played.answers, part: changed})
                got = listed(name, one.ask())
                assert "does not know" not in (got.problem or ""), (path, value)
                assert len(got.papers) == len({p.url for p in got.papers})
                assert all(isinstance(p.url, str) and isinstance(p.title, str | None) for p in got.papers)


def _paths(value: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [so_far, *(p for k, v in inner for p in _paths(v, (*so_far, k)))]


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    value[path[0]] = _with(value[path[0]], path[1:], new)
    return value


def test_a_meeting_that_is_off_is_told():
    played = PLAYED["granicus"]
    got = listed("granicus", played.ask(lambda t: t.replace("Jun&nbsp; 3, 2025", "Jun 3, 2025 CANCELLED")))
    assert {p.meeting_date: p.knows.get("status") for p in got.papers}[FIRST] is None
    assert [p.knows for p in got.papers if p.meeting_date != FIRST] == [{"status": "cancelled"}]


def test_legistar_knows_who_moved_and_how_each_voted():
    got = {p.kind: p for p in listed("legistar", PLAYED["legistar"].ask()).papers if p.meeting_date == FIRST}
    (motion,) = got["minutes"].knows["motions"]
    assert (motion["mover"], motion["votes"]) == ("M. Yoder", [{"name": "M. Yoder", "choice": "Aye"}])
    assert got["agenda"].knows == {}


def test_legistars_calendar_is_read_where_its_api_is_shut():
    got = listing(PLAYED["legistar"].council("legistar"), WINDOW, PLAYED["legistar-calendar"].ask())
    assert found(got.papers) == PLAYED["legistar-calendar"].papers and got.problem is None


def test_a_token_is_sent_and_not_told():
    asked = []

    def ask(url, question="", /):
        asked.append(url)
        raise NotFetched(f"{url}: status 403")

    council = Council(name="Mérande", platform="legistar", address="merande", token="s3cret")
    got = listing(council, WINDOW, ask)
    assert "token=s3cret" in asked[0] and got.problem and "s3cret" not in got.problem


@pytest.mark.skipif(
    not (platforms.SHARED / "recordings").exists(), reason="recordings lie beside the repository"
)
def test_of_the_recordings_nearly_all_is_found_and_the_page_says_so():
    results = platforms.measured()
    for name, sums in platforms.by_platform(results).items():
        assert sums.share >= 0.98, name
        assert sums.day >= 0.98 * sums.dated and sums.kind >= 0.98 * sums.sorted, name
    assert platforms.page(results) == platforms.PAGE.read_text("utf-8"), "python -m benchmarks.platforms"
    assert platforms.scores(results) == json.loads(platforms.SCORES.read_text("utf-8"))


def test_a_list_of_links_that_cannot_be_read_is_told(tmp_path):
    for name, text, words in (
        ("none.csv", None, "does"),
        ("other.csv", b"council,title\na,b\n", "url among them"),
        ("charset.csv", "url,title\nhttps://x.example/a.pdf,Mérande\n".encode("cp1252"), "not UTF-8"),
        ("cut.csv", b'url,title\nhttps://x.example/a.pdf,"Half', None),
    ):
        file = tmp_path / name
        if text is not None:
            file.write_bytes(text)
        got = listing(Council(name="Mérande", platform="links", address=str(file)), WINDOW, None)
        assert (got.problem is None) if words is None else (got.problem and words in got.problem), name
        assert len(got.papers) == (name == "cut.csv")
    got = listing(Council(name="Mérande", platform="folder", address=str(tmp_path / "none")), WINDOW, None)
    assert got.papers == [] and got.problem
