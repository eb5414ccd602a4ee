"""The scorer on invented rows, its figures, and that it agrees with the scorer that lies with the papers."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, time

import pyarrow.dataset as ds
import pytest

from benchmarks.accuracy import measure, of_whole_councils
from benchmarks.accuracy_page import table_of_changes, table_of_measures
from benchmarks.figures import Result, by_council, of_council, over_councils, pooled, shared_by, write_report
from benchmarks.likeness import alike, name_of, number_of, same_body, starts_alike
from benchmarks.reliability import bins_of, calibration_error, hits_of
from benchmarks.scoring import Score, compare
from benchmarks.truths import NAMED_ASIDE, Truth, all_truths, paper, source_of
from schemas import DATASETS
from tests.conftest import run_command, shared

MEETING = {
    "meeting_id": "m",
    "date": date(2024, 3, 5),
    "start_time": time(19, 30),
    "committee": "Parish Council",
}


def held(**rows: list[dict]) -> dict[str, list[dict]]:
    """Rows of one meeting of an invented council."""
    filled = {name: [{"meeting_id": "m", "confidence": 0.9} | r for r in own] for name, own in rows.items()}
    documents = [{"council": "Elmbury Parish Council", "kind": "minutes"}]
    return {"meetings": [MEETING], "documents": documents} | filled


def scored(truth: dict, **rows: list[dict]) -> dict[str, tuple[int, int, int]]:
    """(found, wanted, right) a measure."""
    found = compare(held(**rows), {"date": "2024-03-05"} | truth)
    return {m: (s.found, s.wanted, s.right) for m, s in found.items()}


def person(name: str, status: str = "present", capacity: str = "member") -> dict:
    return {"name": name, "status": status, "capacity": capacity}


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("Cllr. Mrs Jane Ward OBE", "jane ward"),
        ("Vice-Chair Seán O’Dowd", "sen odowd"),
        ("The Deputy Mayor", ""),
        ("Mayor Pro Tem Hill", "hill"),
        ("Theodora Marsh", "theodora marsh"),
        (None, ""),
    ],
)
def test_names_are_bare(printed, bare):
    assert name_of(printed) == bare


def test_numbers_and_bodies_agree_by_what_they_say():
    assert number_of("3(a)") == number_of("3.A.") == number_of("3a") == "3.a"
    assert same_body("City of Elmbury", "Elmbury City Council")
    assert same_body("Planning Board", "Elmbury Planning Board", within="Elmbury Council")
    assert not same_body("Planning Board", "Library Board")
    assert not same_body(None, "Council")


def test_texts_agree_whole_or_by_their_beginning():
    assert alike("The lease, be approved!", "the lease be approved") == 1
    assert alike("one two three four", "five", least=0.85) == 0
    assert starts_alike("to accept the tender of Marsh Ltd for the roof", "to accept the tender") == 1
    assert starts_alike("anything", "") == 0


def test_a_key_that_the_truth_lacks_is_not_scored():
    assert scored({}, attendance=[person("Jane Ward")]) == {"meeting": (1, 1, 1)}


def test_what_is_said_once_is_right_or_wrong():
    truth = {
        "start_time": "19:30",
        "end_time": "21:00",
        "council": "Elmbury Parish Council",
        "kind": "agenda",
    }
    assert scored(truth | {"committee": "Elmbury Parish Council"}) == {
        "meeting": (1, 1, 1),
        "start_time": (1, 1, 1),
        "end_time": (0, 1, 0),
        "council": (1, 1, 1),
        "kind": (1, 1, 0),
        "committee": (1, 1, 1),
    }


def test_of_two_meetings_on_a_day_the_one_that_began_then():
    later = MEETING | {"meeting_id": "n", "start_time": time(21, 0)}
    rows = held(attendance=[person("Jane Ward"), person("Ann Hill") | {"meeting_id": "n"}])
    rows["meetings"] = [MEETING, later]
    truth = {"date": "2024-03-05", "present": [{"name": "Hill"}, {"name": "Ann Hill"}]}
    told = compare(rows, truth | {"start_time": "21:00"})
    assert (told["meeting"].f1, told["present"].right, told["present"].found) == (1, 1, 1)
    assert compare(rows, truth)["meeting"].f1 == 0


def test_people_by_name_standing_and_capacity():
    attendance = [
        person("Jane Ward"),
        person("Crescent Avenue"),
        person("A Smith", "apologies"),
        person("R Nolan", capacity="officer"),
        person("P Moss", capacity="other"),
        person("V Reed", capacity="other"),
    ]
    truth = {"present": ["Cllr Jane Ward"], "absent": ["A Smith", "B Lee"], "apologies": []}
    truth["in_attendance"] = [{"name": "R Nolan"}, {"name": "P Moss"}]
    told = compare(held(attendance=attendance), truth)
    assert {m: (s.found, s.wanted, s.right) for m, s in told.items()} == {
        "present": (2, 1, 1),
        "absent": (1, 2, 1),
        "apologies": (1, 0, 0),
        "in_attendance": (2, 2, 2),
    }
    assert told["present"].made_up == ("Crescent Avenue",)
    assert told["absent"].missed == ("B Lee",)
    assert told["present"].hits == ((0.9, True), (0.9, False))


def test_an_unsure_entry_costs_nothing_found_or_not():
    truth = {"present": [{"name": "Jane Ward"}, {"name": "Ann Hill", "unsure": True}]}
    assert scored(truth, attendance=[person("Jane Ward")])["present"] == (1, 1, 1)
    both = compare(held(attendance=[person("Jane Ward"), person("Ann Hill")]), truth)["present"]
    assert (both.found, both.wanted, both.right, both.hits) == (1, 1, 1, ((0.9, True),))


def test_items_by_number_and_title():
    rows = [
        {"number": "4(a)", "title": "Minutes of the last meeting"},
        {"number": "5", "title": "Finance"},
        {"number": "6", "minute_number": "45/24", "title": "Highways"},
    ]
    truth = {
        "items": [
            {"number": "4.A", "title": "Minutes of the last meeting"},
            {"number": "7", "title": "Finance"},
            {"number": "45/24", "title": "Highways"},
        ]
    }
    assert scored(truth, agenda_items=rows)["items"] == (3, 3, 2)


def motion(**more) -> dict:
    return {
        "motion_id": "x",
        "mover": "Cllr Ward",
        "seconder": "Hill",
        "outcome": "carried",
        "votes_for": 2,
        "votes_against": 0,
        "text": "to accept the tender of Marsh Ltd",
    } | more


@pytest.mark.parametrize(
    ("entry", "right"),
    [
        ({"mover": "Jane Ward", "seconder": "Hill", "outcome": "carried", "for": 2, "against": 0}, 1),
        ({"mover": "Jane Ward", "seconder": None}, 1),
        ({"mover": None}, 0),
        ({"mover": "Ward", "seconder": "Moss"}, 0),
        ({"mover": "Ward", "outcome": "lost"}, 0),
        ({"mover": "Ward", "for": 3}, 0),
    ],
)
def test_a_motion_needs_its_mover_seconder_outcome_and_counts(entry, right):
    assert scored({"motions": [entry]}, motions=[motion()])["motions"] == (1, 1, right)


def test_votes_count_only_for_motions_that_were_found():
    votes = [
        {"motion_id": "x", "name": name, "choice": choice}
        for name, choice in (("Ward", "for"), ("Lee", "for"), ("Moss", "against"))
    ]
    entry = {"mover": "Ward", "first_words": "to accept", "for_names": ["Cllr Ward", "Hill"]}
    truth = {"motions": [entry, entry | {"mover": "Reed"}]}
    assert scored(truth, motions=[motion()], votes=votes)["votes"] == (3, 4, 1)


def test_resolutions_by_words_and_their_place():
    rows = [
        {"kind": "resolution", "text": "the minutes be approved as a correct record", "item_number": "4"},
        {
            "kind": "resolution",
            "text": "the tender of Marsh Ltd be accepted for the roof",
            "item_number": "9",
        },
        {
            "kind": "recommendation",
            "text": "that the report be noted",
            "item_number": "5",
            "meeting_id": None,
        },
    ]
    truth = {
        "resolutions": [
            {"item": "45/24", "text": "The minutes be approved as a correct record."},
            {"item": "6", "text_begins": "the tender of Marsh Ltd be accepted"},
        ],
        "recommendations": [{"text": "that the report be noted"}],
    }
    items = [{"number": "4", "minute_number": "45/24", "title": "Minutes"}]
    told = scored(truth, resolutions=rows, agenda_items=items)
    assert told["resolutions"] == (2, 2, 2)
    assert told["resolutions_item"] == (2, 2, 1)
    assert told["recommendations"] == (1, 1, 1)


@pytest.mark.parametrize(
    ("owner", "text", "right"),
    [
        ("Clerk", "write to the highway authority", 1),
        ("the Clerk and Cllr Ward", "write to the highway authority about the drain", 1),
        ("Treasurer", "write to the highway authority", 0),
        (None, "buy a new mower for the green", 0),
    ],
)
def test_actions_by_owner_and_words(owner, text, right):
    row = {"owners": ["The Clerk"], "text": "Write to the highway authority about the drain."}
    truth = {"actions": [{"owner": owner, "text": text}]}
    assert scored(truth, actions=[row])["actions"] == (1, 1, right)


def test_declarations_by_surname():
    assert scored({"declarations": [{"name": "J Ward"}]}, declarations=[{"name": "Cllr Ward"}])[
        "declarations"
    ] == (1, 1, 1)


def test_a_paper_that_was_not_read_is_nothing_found():
    truth = {"date": "2024-03-05", "present": ["Jane Ward"], "kind": "minutes", "start_time": "19:30"}
    told = compare({}, truth)
    assert {m: s.f1 for m, s in told.items()} == {"meeting": 0, "present": 0, "kind": 0}


def result(name: str, found: int, wanted: int, right: int, hits: tuple = ()) -> Result:
    score = Score(found, wanted, right, ("a thing missed",) * (wanted - right), (), hits)
    return Result(Truth(name, {}), {"items": score})


def test_each_council_counts_the_same():
    many = [result(f"elmbury-{i}", 4, 4, 4) for i in range(3)]
    results = [*many, result("oakwick-1", 4, 4, 0), result("oakwick-2", 0, 0, 0)]
    figures = by_council(results)
    assert figures == {"items": {"elmbury": 1.0, "oakwick": 0.0}}
    assert over_councils(figures, "items") == 0.5
    assert over_councils(figures, "votes") is None
    assert of_council(figures, "elmbury") == 1.0
    assert pooled(results, "items").f1 == 0.75
    assert any(line.startswith("| items |  | 0.500 | 0.500 | 2 | 4 |") for line in table_of_measures(results))


def test_a_new_truth_is_no_gain():
    before = {"items": {"elmbury": 0.5, "oakwick": 0.25}}
    now = {"items": {"elmbury": 0.75, "marlow": 1.0, "oakwick": 0.0}, "votes": {"elmbury": 1.0}}
    assert shared_by(before, now)[1] == {"items": {"elmbury": 0.75, "oakwick": 0.0}}
    assert list(table_of_changes(before, now))[-1] == (
        "| items | 0.375 | 0.375 | +0.000 | elmbury +0.25 | oakwick -0.25 |"
    )
    assert list(table_of_changes(now, now)) == ["None."]


def test_only_councils_read_whole_are_compared():
    results = [result("elmbury-1", 1, 1, 1), result("oakwick-1", 1, 1, 1)]
    truths = [r.truth for r in results] + [Truth("oakwick-2", {})]
    assert of_whole_councils(results, truths) == results[:1]


def test_the_report_says_nothing_of_councils_set_aside(tmp_path):
    aside = min(NAMED_ASIDE)
    write_report([result("elmbury-1", 0, 1, 0), result(f"{aside}-1", 0, 1, 0)], tmp_path / "report.tsv")
    assert (tmp_path / "report.tsv").read_text() == "elmbury-1\titems\tmissed\ta thing missed\n"


def test_calibration_is_how_far_saying_is_from_being():
    hits = ((0.95, True), (0.95, False), (0.5, True), (1.0, True))
    results = [result("elmbury-1", 4, 3, 3, hits)]
    assert hits_of(results) == hits_of(results, "items") == list(hits)
    assert hits_of(results, "motions") == []
    assert [b.rows for b in bins_of(hits)] == [1, 3]
    assert calibration_error(hits) == pytest.approx(0.25 * 0.5 + 0.75 * abs(2.9 / 3 - 2 / 3))
    assert calibration_error([]) is None


def test_every_truth_is_of_the_one_form():
    truths = all_truths()
    assert len(truths) >= 51
    for truth in truths:
        assert truth.says["file"].endswith(".pdf"), truth.name
        assert not {"source", "convention"} & truth.says.keys(), truth.name
        assert "own" in truth.says or "set_aside" not in truth.says, truth.name


@pytest.mark.corpus
@pytest.mark.parametrize(
    "name", ["burton-2024-03-05", "alameda-CityCouncil-2023-04-18-a", "limerick-2014-06-10-adare-rathkeale"]
)
def test_agrees_with_the_scorer_that_lies_with_the_papers(name, tmp_path):
    scorer = shared("score", "score.py")
    truth = next((t for t in all_truths() if t.name == name), None)
    source = truth and source_of(truth)
    if truth is None or source is None:
        pytest.skip(f"the paper of {name} lies not on this machine")
    said = tmp_path / "truth.json"
    said.write_text(json.dumps(truth.says), "utf-8")
    with paper(source, truth.says["file"]) as pdf:
        assert run_command("extract", pdf, "-o", tmp_path / "out").returncode == 0
        told = subprocess.run(
            [sys.executable, scorer, tmp_path / "out", pdf, said], capture_output=True, text=True, check=True
        ).stdout
    theirs = {m[1]: json.loads(m[2])["f1"] for m in re.finditer(r"^(\w+) +(\{.*\})$", told, re.M)}
    written = {
        d: ds.dataset(tmp_path / "out" / d, format="parquet").to_table().to_pylist()
        for d in DATASETS
        if (tmp_path / "out" / d).exists()
    }
    [read] = measure([truth], source)
    for ours in (compare(written, truth.says), read.scores):
        assert {m: round(s.f1, 3) for m, s in ours.items()} == theirs
