"""One person across a council's documents."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from time import process_time

from rapidfuzz import fuzz

from extractors.mentions.names import surname_key
from extractors.rows.people import agree, given_names
from pipeline.store.people import MISSPELT, Somebody, links_between

SYLLABLES = ("har", "bor", "nan", "da", "ku", "mar", "wil", "son", "ton", "ford", "ash", "ley", "by", "well")
GIVEN = ("Anne", "Brian", "Carla", "Ella", "Hugh", "Ivy", "John", "Kate", "Q.", "R.", "J.", "A.")
TITLES = ("Mr", "Mrs", "Cllr")


def invented(count: int) -> dict[str, Somebody]:
    draw = random.Random(count)
    surnames = ["".join(draw.choices(SYLLABLES, k=draw.choice((2, 3)))).title() for _ in range(count // 2)]
    people = [
        Somebody(
            f"p{n:05d}",
            f"{' '.join(draw.sample(GIVEN, draw.choice((1, 2))))} {draw.choice(surnames)}",
            titles={draw.choice(TITLES)},
            roles=set(draw.sample(("Chair", "Clerk"), draw.choice((0, 1)))),
            capacities={draw.choice(("member", "officer"))},
        )
        for n in range(count)
    ]
    return {s.person_id: s for s in people}


def test_every_pair_that_is_alike_is_linked_and_no_other():
    people = invented(300)
    wanted = {
        (a.person_id, b.person_id)
        for a, b in combinations(people.values(), 2)
        if fuzz.ratio(surname_key(a.name), surname_key(b.name)) >= MISSPELT
        and not (a.gender and b.gender and a.gender != b.gender)
        and agree(given_names(a.name), given_names(b.name))
    }
    links = list(links_between(people))
    assert wanted and [(x.a, x.b) for x in links] == sorted(wanted)
    assert {x.same for x in links} == {"yes", "doubtful"}


def test_thousands_of_names_take_no_time():
    people = invented(2_000)
    began = process_time()
    assert list(links_between(people))
    assert process_time() - began < 5, "every name was compared with every other"


def somebody(
    name: str, day: date = date(2024, 3, 12), capacity: str = "member", title: str = "Cllr"
) -> Somebody:
    return Somebody(name, name, names={name}, titles={title}, capacities={capacity}, days={day})


def judged(*people: Somebody) -> list[tuple[str, str, str]]:
    return [(x.a, x.b, x.same) for x in links_between({s.person_id: s for s in people})]


def test_three_printings_that_agree_are_one():
    told = judged(somebody("R C Love"), somebody("R Love"), somebody("Rory Love"))
    assert told == [
        ("R C Love", "R Love", "yes"),
        ("R C Love", "Rory Love", "yes"),
        ("R Love", "Rory Love", "yes"),
    ]


def test_an_initial_that_fits_two_who_cannot_be_one_is_doubtful_with_both():
    told = judged(somebody("A Foss"), somebody("Alan Foss"), somebody("Ann Foss"))
    assert told == [("A Foss", "Alan Foss", "doubtful"), ("A Foss", "Ann Foss", "doubtful")]


def test_a_surname_alone_is_the_only_member_who_bears_it():
    assert judged(somebody("Foss"), somebody("Ann Foss")) == [("Ann Foss", "Foss", "yes")]
    assert judged(somebody("Foss"), somebody("Ann Foss"), somebody("Alan Foss")) == [
        ("Alan Foss", "Foss", "doubtful"),
        ("Ann Foss", "Foss", "doubtful"),
    ]
    assert judged(somebody("Foss"), somebody("Ann Foss", capacity="officer")) == []
    assert judged(somebody("Foss", title="Mr"), somebody("Ann Foss", title="Mrs")) == []
    two = [somebody("Foss"), somebody("Lund"), somebody("Foss Lund")]
    assert judged(*two) == [("Foss Lund", "Lund", "doubtful")], "two surnames run together"
    later = somebody("Ann Foss", date(2029, 1, 8))
    assert judged(somebody("Foss"), later) == [("Ann Foss", "Foss", "doubtful")]
