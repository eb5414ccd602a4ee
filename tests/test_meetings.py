"""One meeting a meeting: what papers contradict, and two councils' papers against lists of their meetings."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from pipeline.store.bodies import Naming, bodies_of, links_between, put_together
from pipeline.store.meetings import Part, Told, accounts_of, sittings_of
from tests.conftest import once, shared

DAY = date(2024, 3, 12)
TOWN = "Wexbourne Borough Council"


def told(
    document: str,
    committee: str | None = "Cabinet",
    *,
    day: date | None = DAY,
    start: time | None = None,
    kind: str | None = None,
    part: str = "agenda",
    state: str | None = None,
    n: int = 1,
    **more,
) -> Told:
    given = {"paper": "minutes" if part == "minutes" else "agenda", "title": "", "ocr": False, "pages": 2}
    return Told(
        document_id=document,
        told_id=f"{document}-{n}",
        committee=committee,
        day=day,
        start=start,
        kind=kind,
        status="held" if part == "minutes" else "called",
        made=None,
        supersedes=None,
        parts=(Part(f"{document}-part{n}", part, "", state, 1),),
        **(given | more),
    )


def meetings(*papers: Told) -> dict[str, list[str]]:
    """By the end of each meeting's id, its papers."""
    named = [Naming(t.committee, t.day, t.document_id) for t in papers if t.committee]
    apart = bodies_of(named, TOWN)
    found = sittings_of(papers, put_together(apart, links_between(apart, TOWN)), TOWN)
    return {
        s.meeting_id.removeprefix("wexbourne-borough-council-meeting-"): sorted(t.document_id for t in s.told)
        for s in found
    }


def test_an_agenda_and_minutes_are_of_one_meeting():
    assert meetings(
        told("a", "CABINET", start=time(18)),
        told("m", "Meeting of the Cabinet", start=time(18, 4), kind="ordinary", part="minutes"),
    ) == {"cabinet-2024-03-12": ["a", "m"]}


def test_bodies_and_days_keep_meetings_apart():
    assert len(meetings(told("a"), told("b", "Planning Board"), told("c", day=date(2024, 3, 13)))) == 3


def test_a_document_that_tells_of_two_means_two():
    assert meetings(
        told("m", start=time(17), kind="special", part="minutes", n=1),
        told("m", start=time(19), kind="ordinary", part="minutes", n=2),
        told("a", start=time(17), kind="special"),
        told("b", start=time(19)),
    ) == {"cabinet-2024-03-12": ["b", "m"], "cabinet-2024-03-12-special": ["a", "m"]}


def test_a_special_meeting_before_the_usual_one_is_another():
    assert meetings(
        told("m", start=time(18), kind="special", part="minutes"), told("a", start=time(18, 30))
    ) == {
        "cabinet-2024-03-12": ["a"],
        "cabinet-2024-03-12-special": ["m"],
    }


def test_an_hour_that_was_misread_makes_no_meeting():
    assert len(meetings(told("a", start=time(18)), told("m", start=time(8), part="minutes"))) == 1


def test_a_joint_meeting_is_the_councils():
    assert meetings(
        told("a", "Arts Commission and Borough Council"), told("b", "COUNCIL AND ARTS COMMISSION")
    ) == {"council-2024-03-12": ["a", "b"]}


def test_a_paper_without_a_body_is_of_the_days_one_meeting():
    assert meetings(told("a"), told("r", None, part="report")) == {"cabinet-2024-03-12": ["a", "r"]}
    assert len(meetings(told("a"), told("b", "Library Board"), told("r", None, part="report"))) == 3


def test_a_paper_without_a_day_is_alone():
    assert meetings(told("a"), told("b", day=None)) == {"cabinet-2024-03-12": ["a"], "b-1": ["b"]}


def test_which_account_counts_first():
    papers = [
        told("agenda"),
        told("draft", part="minutes", state="draft"),
        told("scan", part="minutes", ocr=True),
        told("minutes", part="minutes"),
        told("extract", part="minutes", pages=1),
        told("pack", part="minutes", paper="agenda_pack"),
        told("confirmed", part="minutes", state="confirmed"),
        told("verbatim", part="minutes", title="Verbatim record"),
        told("notice", part="other", paper="decisions"),
        told("late", part="report", paper="supplement"),
    ]
    apart = bodies_of([Naming("Cabinet", DAY, "a")], TOWN)
    (sitting,) = sittings_of(papers, apart, TOWN)
    assert [(a.told.document_id, a.relation) for a in accounts_of(sitting)] == [
        ("confirmed", "minutes"),
        ("minutes", "minutes"),
        ("extract", "minutes"),
        ("scan", "minutes"),
        ("pack", "earlier minutes"),
        ("draft", "draft minutes"),
        ("verbatim", "verbatim record"),
        ("notice", "decision notice"),
        ("agenda", "calls"),
        ("late", "supplement"),
    ]


# --- two councils' papers; days and bodies only ---

KENT = {
    ("corporate-parenting-panel", "2024-10-29"),
    ("corporate-parenting-panel", "2024-12-10"),
    ("cabinet", "2025-01-09"),
    ("council", "2025-01-09"),
    ("cabinet", "2025-01-30"),
    ("council", "2025-02-13"),
    ("cabinet", "2025-03-04"),
    ("council", "2025-03-13"),
    ("cabinet", "2025-03-13"),
}
NIPISSING = {
    ("council", f"{year}-{day}")
    for year, days in (
        (
            2024,
            "01-10 01-16 02-20 03-19 04-16 05-09 05-28 06-18 07-16 08-13 10-01 10-22 12-03",
        ),
        (2025, "02-04 03-18 05-27 06-24 07-15 09-02 10-07 10-28 12-16"),
    )
    for day in days.split()
}
"""Of the papers that are no scans."""


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize(
    ("corpus", "prefix", "truth"),
    [("kent", "kent-county-council", KENT), ("nipissing", "township-of-nipissing", NIPISSING)],
)
def test_a_councils_papers_tell_of_its_meetings(tmp_path_factory, corpus, prefix, truth):
    """Each meeting once, by the first pages of each paper, scans not read; no other meeting."""
    from extractors.pdf.pages import count_pages
    from extractors.rows import extract
    from extractors.rows.read import read_leaves
    from pipeline.store.identity import identify
    from pipeline.store.merge import merge
    from pipeline.store.publish import publish
    from pipeline.store.sql import connect

    papers = sorted(shared("corpus", corpus).glob("*.pdf"))

    def make(folder: Path) -> None:
        for paper in papers:
            leaves = read_leaves(paper, 1, min(4, count_pages(paper)), ocr="none")
            publish(extract(paper, ocr="none", leaves=leaves), folder)
        merge(folder)

    output = once(tmp_path_factory, f"meetings-{corpus}", make)
    identify(output)
    rows = connect(output).sql("SELECT meeting_id, date FROM meetings WHERE council <> 'unknown'").fetchall()
    assert sorted(
        (m.removeprefix(f"{prefix}-meeting-").removesuffix(f"-{day}"), str(day)) for m, day in rows
    ) == sorted(truth)
