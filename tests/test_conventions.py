"""Every named sentence pattern reads the lines that stand beside it."""

import pytest

from extractors.cues.load import sentence_patterns, words
from extractors.text.numbers import number_said

OPENERS = [(p, e) for p in sentence_patterns("motion_opener") for e in p.examples]
COUNTS = [(p, e) for p in sentence_patterns("vote_count") for e in p.examples]


@pytest.mark.parametrize(
    ("pattern", "example"), OPENERS, ids=lambda x: x.name if hasattr(x, "name") else None
)
def test_motion_openers_name_their_people(pattern, example):
    line, mover, seconder = example
    from extractors.reading.readers.motions import movers_of, opener_of

    found = pattern.look.match(line)
    assert found, line
    assert movers_of(found) == (mover, seconder or None)
    first = opener_of(line)
    assert first is not None and movers_of(first[1]) == (mover, seconder or None), (
        "another pattern reads the line first, and otherwise"
    )


@pytest.mark.parametrize(
    ("pattern", "example"),
    [(p, e) for p in sentence_patterns("motion_closer") for e in p.examples],
    ids=lambda x: x.name if hasattr(x, "name") else None,
)
def test_movers_named_after_the_words(pattern, example):
    from extractors.reading.readers.motions import movers_of

    found = pattern.look.search(example[0])
    assert found and movers_of(found) == tuple(example[1:])


@pytest.mark.parametrize(("pattern", "example"), COUNTS, ids=lambda x: x.name if hasattr(x, "name") else None)
def test_vote_counts(pattern, example):
    line, *counts = example
    found = pattern.look.search(line)
    assert found, line
    assert [number_said(found[k]) for k in ("for", "against", "abstain")] == [
        int(c) if c else None for c in counts
    ]


def test_every_pattern_has_examples():
    assert all(
        p.examples
        for kind in ("motion_opener", "motion_closer", "vote_count")
        for p in sentence_patterns(kind)
    )
    assert "present" in words()["attendance.present"]
