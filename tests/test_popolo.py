"""The export to Popolo: its classes have the properties and types that the format gives them, and every id
leads to something."""

from __future__ import annotations

import json
import re

import pytest

from pipeline.store.popolo import popolo_of
from tests.conftest import run_command

TEXT, DAY, LIST = (str,), re.compile(r"\d{4}(-\d\d){0,2}"), (list,)
SHAPES = {
    "persons": {"id": TEXT, "name": TEXT, "other_names": LIST, "honorific_prefix": TEXT},
    "organizations": {
        "id": TEXT,
        "name": TEXT,
        "other_names": LIST,
        "identifiers": LIST,
        "classification": TEXT,
        "parent_id": TEXT,
    },
    "memberships": {"id": TEXT, "person_id": TEXT, "organization_id": TEXT, "role": TEXT},
    "events": {
        "id": TEXT,
        "name": TEXT,
        "start_date": DAY,
        "location": TEXT,
        "status": TEXT,
        "classification": TEXT,
        "organization_id": TEXT,
        "attendees": LIST,
    },
    "motions": {
        "id": TEXT,
        "organization_id": TEXT,
        "creator_id": TEXT,
        "text": TEXT,
        "classification": TEXT,
        "date": DAY,
        "result": TEXT,
        "sources": LIST,
    },
    "vote_events": {
        "id": TEXT,
        "motion_id": TEXT,
        "organization_id": TEXT,
        "identifier": TEXT,
        "start_date": DAY,
        "result": TEXT,
        "counts": LIST,
        "votes": LIST,
        "sources": LIST,
    },
}
"""Popolo's properties of each class that are written, and their types."""


@pytest.fixture(scope="module")
def exported(council_year, tmp_path_factory):
    folder = tmp_path_factory.mktemp("popolo")
    assert run_command("people", council_year).returncode == 0
    done = run_command("export", "popolo", folder, "-o", council_year)
    assert done.returncode == 0, done.stderr
    (file,) = folder.iterdir()
    assert done.stdout.strip() == str(file) and file.name == "wexbourne-borough-council.json"
    return json.loads(file.read_text("utf-8"))


def test_each_class_has_its_properties_and_types(exported):
    assert list(exported) == list(SHAPES)
    for name, listed in exported.items():
        for row in listed:
            assert row.keys() <= SHAPES[name].keys() and {"id"} <= row.keys()
            for key, value in row.items():
                shape = SHAPES[name][key]
                good = shape.fullmatch(value) if isinstance(shape, re.Pattern) else isinstance(value, shape)
                assert good, (name, key, value)
        assert len({row["id"] for row in listed}) == len(listed)


def test_every_id_leads_to_something(exported):
    ids = {name: {row["id"] for row in listed} for name, listed in exported.items()}
    for name in ("memberships", "events", "motions", "vote_events"):
        assert {row["organization_id"] for row in exported[name]} <= ids["organizations"]
    assert {o["parent_id"] for o in exported["organizations"] if "parent_id" in o} <= ids["organizations"]
    assert {m["person_id"] for m in exported["memberships"]} <= ids["persons"]
    assert {m["creator_id"] for m in exported["motions"]} <= ids["persons"]
    assert {v["motion_id"] for v in exported["vote_events"]} <= ids["motions"]
    voters = {v["voter_id"] for e in exported["vote_events"] for v in e["votes"]}
    assert voters and voters <= ids["persons"]


def test_the_year_is_told_once(exported):
    assert {name: len(listed) for name, listed in exported.items()} == {
        "persons": 5,
        "organizations": 2,
        "memberships": 5,
        "events": 7,
        "motions": 4,
        "vote_events": 4,
    }
    (march,) = [e for e in exported["vote_events"] if e["start_date"] == "2024-03-12"]
    assert march["result"] == "pass"
    assert march["counts"] == [{"option": "yes", "value": 2}, {"option": "no", "value": 1}]
    assert sorted(v["option"] for v in march["votes"]) == ["no", "yes", "yes"]


def test_choices_are_options_of_their_own_and_unknown_voters_keep_their_names():
    unknown = ("body_id", "mover_person_id", "date", "reference", "votes_for", "votes_against", "abstentions")
    motion = {**dict.fromkeys(unknown), "motion_id": "m", "meeting_id": "t", "text": "That it be so."}
    motion |= {"kind": "motion", "outcome": "withdrawn", "page": 3}
    motion |= {"source_url": "https://wexbourne.example/a.pdf"}
    votes = [
        {"motion_id": "m", "person_id": None, "name": "Ida Marsh", "choice": choice}
        for choice in ("recused", "absent", "not_voting")
    ]
    empty = {"people": [], "bodies": [], "seats": [], "meetings": [], "came": []}
    made = popolo_of("Wexbourne Borough Council", {**empty, "motions": [motion], "votes": votes})
    (event,) = made["vote_events"]
    assert [v["option"] for v in event["votes"]] == ["excused", "absent", "not voting"]
    assert event["votes"][0]["voter"] == {"name": "Ida Marsh"} and "result" not in event
    assert made["motions"][0]["sources"] == [{"url": "https://wexbourne.example/a.pdf#page=3"}]
    assert made["organizations"][0]["name"] == "Wexbourne Borough Council"
