"""Which row counts of those that several papers tell of one meeting."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

from pipeline.store.repeats import Fact, repeats_of

FERRY = "That the ferry be repaired before the winter."


def fact(told: str, n: int = 1, text: str = FERRY, dataset: str = "resolutions", **more) -> Fact:
    return Fact(dataset, f"{told}-{dataset}{n}", told, told, text, **({"sort": "resolution"} | more))


def person(told: str, name: str, status: str = "present") -> Fact:
    who = f"wexbourne-person-{name.lower().replace(' ', '-')}"
    return Fact("attendance", f"{told}/{name}", told, told, who=who, name=name, said=status)


def pairs(*facts: Fact, newer: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    accounts = list(dict.fromkeys(f.told_id for f in facts))
    return [(r.fact.row_id, r.before.row_id, r.how) for r in repeats_of(accounts, facts, newer)]


def test_the_better_account_counts_and_the_others_repeat_it():
    assert pairs(fact("a"), fact("b"), fact("c", text=FERRY.upper())) == [
        ("b-resolutions1", "a-resolutions1", "same words"),
        ("c-resolutions1", "a-resolutions1", "same words"),
    ]


def test_what_one_account_says_twice_is_two_facts():
    noted = "That the report be noted."
    assert pairs(fact("a", 1, noted, item="3"), fact("a", 2, noted, item="4")) == []
    assert pairs(
        fact("a", 1, noted, item="3"),
        fact("a", 2, noted, item="4"),
        fact("b", 1, noted, item="4"),
        fact("b", 2, noted, item="5"),
        fact("b", 3, noted, item="6"),
    ) == [
        ("b-resolutions1", "a-resolutions2", "same words"),
        ("b-resolutions2", "a-resolutions1", "same words"),
    ]


def test_a_misread_text_is_the_same_and_another_is_not():
    assert pairs(fact("a"), fact("b", text="That the terry be repaired bef0re the winter")) == [
        ("b-resolutions1", "a-resolutions1", "differs")
    ]
    assert (
        pairs(fact("a"), fact("b", text="That the terry be repaired belore the winter"))[0][2]
        == "other words"
    )
    assert pairs(fact("a"), fact("b", text="That parking on Lantern Street be free.")) == []


def test_a_recommendation_is_no_resolution():
    assert pairs(fact("a"), fact("b", sort="recommendation")) == []


def test_people_are_told_apart_by_who_they_are():
    assert pairs(
        person("a", "Ruth Calder"),
        person("a", "Owen Pryce", "apologies"),
        person("b", "R Calder"),
        person("b", "Owen Pryce"),
        person("b", "Rhys Calderwood"),
    ) == [
        ("b/Owen Pryce", "a/Owen Pryce", "differs"),
        ("b/R Calder", "a/Ruth Calder", "other words"),
    ]
    two = [person("a", "Ruth Calder"), person("a", "Ray Calder")]
    assert pairs(*two, person("b", "R Calder")) == [], "it may be either"


def test_votes_follow_their_motion():
    def vote(told: str, name: str, choice: str = "for") -> Fact:
        row_id = f"{told}-motions1"
        return Fact("votes", f"{row_id}/{name}", told, told, name=name, said=choice, motion=row_id)

    motions = [fact(told, dataset="motions", sort="motion") for told in ("a", "b")]
    assert pairs(
        *motions,
        vote("a", "Ada Lund"),
        vote("a", "Ben Marr"),
        vote("b", "Ada Lund", "against"),
        vote("b", "Cy Orr"),
    ) == [
        ("b-motions1", "a-motions1", "same words"),
        ("b-motions1/Ada Lund", "a-motions1/Ada Lund", "differs"),
        ("b-motions1/Cy Orr", "a-motions1", "left out"),
    ]
    only_the_worse = pairs(*motions, vote("b", "Ada Lund"))
    assert only_the_worse == [("b-motions1", "a-motions1", "same words")], "the only names count"


def test_the_silence_of_a_paper_that_supersedes_another_counts():
    old = [fact("old"), fact("old", 2, "That parking on Lantern Street be free.")]
    assert pairs(fact("new"), *old) == [("old-resolutions1", "new-resolutions1", "same words")]
    assert pairs(fact("new"), *old, newer={"old": "new"}) == [
        ("old-resolutions1", "new-resolutions1", "same words"),
        ("old-resolutions2", "new", "left out"),
    ]


def test_a_meeting_of_many_rows_takes_no_time():
    draw = random.Random(3)
    words = ["quay", "ferry", "lamp", "harbour", "budget", "report", "lane", "school", "library", "park"]
    told = [fact("a", n, " ".join(draw.choices(words, k=30)), item=str(n // 3)) for n in range(600)]
    again = [replace(f, row_id=f"b{n}", told_id="b", document_id="b") for n, f in enumerate(told)]
    misread = [
        replace(f, row_id=f"c{n}", told_id="c", document_id="c", text=f.text[2:]) for n, f in enumerate(told)
    ]
    began = process_time()
    assert len(pairs(*told, *again, *misread)) == 1200
    assert process_time() - began < 10
