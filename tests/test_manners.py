"""Papers of tests/manners: each has its truth, and the truth says only what stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.truths import CONVENTIONS, MANNERS, SET_ASIDE, Truth, all_truths, paper, source_of

PAPERS = [t for t in all_truths() if "own" in t.says]
FACE = {"file", "own", "council", "committee", "kind", "date", "start_time", "venue", "items"}
"""What an agenda's truth says; minutes say more."""
KEYS = FACE | {
    *(
        "end_time",
        "present",
        "absent",
        "apologies",
        "in_attendance",
        "declarations",
        "motions",
        "resolutions",
    ),
    "actions",
}


def _folded(text: str) -> str:
    """The words as a reader sees them: without marks of Markdown, rules of tables and breaks of lines."""
    return " ".join(re.sub(r"\*\*|\\(?=[\W_])|^#+ |\|", "", text, flags=re.M).split())


def _people(says: dict[str, Any]) -> Iterator[str]:
    rolls = ("present", "absent", "apologies", "in_attendance")
    for entry in (e for key in rolls for e in says.get(key, ())):
        yield entry if isinstance(entry, str) else entry["name"]
    for entry in says.get("declarations", ()):
        yield entry["name"]
    for motion in says.get("motions", ()):
        yield from (motion[key] for key in ("mover", "seconder") if motion[key])
        for choice in ("for_names", "against_names", "abstain_names"):
            yield from motion.get(choice, [])


def _sayings(says: dict[str, Any]) -> Iterator[str]:
    yield from (item["title"] for item in says["items"])
    yield from (item["number"] for item in says["items"] if item["number"])
    yield from (motion["first_words"] for motion in says.get("motions", ()))
    yield from (
        e.get("text") or e["text_begins"] for key in ("resolutions", "actions") for e in says.get(key, ())
    )


def test_every_paper_has_its_truth():
    texts = {p.name for p in MANNERS.iterdir() if p.suffix in (".txt", ".md")} - {"README.md"}
    assert sorted(t.says["own"] for t in PAPERS) == sorted(texts)
    assert len({t.says["file"] for t in PAPERS}) == len(PAPERS)


@pytest.mark.parametrize("truth", PAPERS, ids=lambda t: t.name)
def test_a_truth_says_only_what_stands_in_the_text(truth: Truth):
    source = source_of(truth)
    assert source is not None
    assert truth.says["file"] == f"{source.stem}.pdf" and source.stem == truth.name
    assert truth.says.keys() >= (FACE if truth.says["kind"] == "agenda" else KEYS)
    text = _folded(source.read_text("utf-8"))
    assert [s for s in (*_people(truth.says), *_sayings(truth.says)) if _folded(s) not in text] == []
    numbers = {i["number"] for i in truth.says["items"]}
    placed = [
        e for key in ("declarations", "motions", "resolutions", "actions") for e in truth.says.get(key, ())
    ]
    assert {e["item"] for e in placed if e.get("item")} <= numbers


def test_each_paper_is_a_council_of_its_country():
    assert {t.convention for t in PAPERS} <= {*CONVENTIONS, "us"}
    assert all(t.council == t.name for t in PAPERS)
    aside = {t.name for t in PAPERS if t.set_aside}
    assert aside == {t.name for t in PAPERS if t.says.get("set_aside")} <= SET_ASIDE


def test_a_paper_is_typeset_from_the_text_beside_its_truth():
    truth = PAPERS[0]
    source = source_of(truth)
    assert source is not None
    with paper(source, truth.says["file"]) as pdf:
        assert pdf.name == truth.says["file"] and pdf.read_bytes().startswith(b"%PDF")
