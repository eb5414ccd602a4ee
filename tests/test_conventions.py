"""Every named sentence pattern reads the lines that stand beside it; misspelt cue files are refused."""

import re
from pathlib import Path

import pytest

from extractors.cues.files import GROUPS, cue_files, read_file
from extractors.cues.load import sentence_patterns, words
from extractors.errors import MisspeltCue
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
    assert all(p.examples for kind in GROUPS for p in sentence_patterns(kind))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [(p, line) for kind in GROUPS for p in sentence_patterns(kind) for line in p.misses],
    ids=lambda x: x.name if hasattr(x, "name") else None,
)
def test_near_misses_are_not_read(pattern, line):
    look = pattern.look.match if pattern.kind == "motion_opener" else pattern.look.search
    assert not look(line), line


def test_lists_that_readers_ask_for_are_there():
    asked = {
        name
        for file in Path("extractors").rglob("*.py")
        for name in re.findall(
            r"""(?:is_one_of|pattern|words\(\)|word_lists\(\))[(\[]["']([a-z]+\.[a-z_]+)""",
            file.read_text("utf-8"),
        )
    }
    assert {"attendance.present", "people.titles"} <= asked <= words().keys()


PATTERN = """[[motion_closer]]
name = "words, then movers"
look = "Moved {mover}, seconded {seconder}.(?P<tail>.*)"
examples = [["Moved Ash, seconded Birch. Carried.", "Ash", "Birch"]]
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[attendance]\nabsent = ["away"]\npresnt = ["here"]\n',
            "line 3: common.toml has no list attendance.presnt",
        ),
        ('[attendence]\npresent = ["here"]\n', "line 2: common.toml has no list attendence.present"),
        ('[attendance]\npresent = "here"\n', "line 2: attendance.present is no list"),
        (PATTERN.replace("motion_closer", "motion_closser"), "line 1: .*no kind of pattern"),
        (PATTERN + PATTERN.replace("examples", "exmples"), "line 8: a pattern has no 'exmples'"),
        ("# one\n" + PATTERN.replace('name = "words, then movers"\n', ""), "line 2: a pattern needs name"),
        (PATTERN.replace("(?P<tail>.*)", ".*"), r"line 3: a motion_closer needs a group \(\?P<tail>"),
        (PATTERN.replace("(?P<tail>.*)", "("), "line 3: no regular expression"),
        (PATTERN.replace("motion_closer", "motion_opener"), "line 1: no style ''"),
        ("[attendance\n", "not TOML"),
    ],
)
def test_misspelt_cues_are_refused_with_file_and_line(tmp_path, text, told):
    file = tmp_path / "somewhere.toml"
    file.write_text(text)
    with pytest.raises(MisspeltCue, match=r"somewhere\.toml.*" + told):
        read_file(file, cue_files()[0])


def test_a_convention_adds_to_the_common_lists(tmp_path):
    file = tmp_path / "somewhere.toml"
    file.write_text('[attendance]\npresent = ["Who Came"]\n' + PATTERN)
    found = read_file(file, cue_files()[0])
    assert found.lists == {"attendance.present": frozenset({"who came"})}
    assert [p.name for p in found.patterns] == ["words, then movers"]
