"""Misspelt lists of phrases are refused, and every list that readers ask for is there."""

import re
from pathlib import Path

import pytest

from extractors.cues.files import cue_files, read_file
from extractors.cues.load import words
from extractors.errors import MisspeltCue


def test_lists_that_readers_ask_for_are_there():
    asked = {
        name
        for file in Path("extractors").rglob("*.py")
        for name in re.findall(
            r"""(?:is_one_of|pattern|words\(\)|word_lists\(\))[(\[]["']([a-z]+\.[a-z_]+)""",
            file.read_text("utf-8"),
        )
    }
    assert {"decisions.recommendation_headings", "people.titles"} <= asked <= words().keys()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[attendance]\nabsent = ["away"]\npresnt = ["here"]\n',
            "line 3: common.toml has no list attendance.presnt",
        ),
        ('[attendence]\npresent = ["here"]\n', "line 2: common.toml has no list attendence.present"),
        ('[attendance]\npresent = "here"\n', "line 2: attendance.present is no list"),
        ('[[motion_opener]]\nname = "x"\n', "line 1: .*turns of phrase are cues"),
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
    file.write_text('[attendance]\npresent = ["Who Came"]\n')
    found = read_file(file, cue_files()[0])
    assert found.lists == {"attendance.present": frozenset({"who came"})}
