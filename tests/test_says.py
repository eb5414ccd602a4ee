"""Turns of phrase as data: every cue reads its examples and passes its near misses by; a bad cue is
refused."""

import pytest

from extractors.cues import says
from extractors.cues.signals import signal_patterns

CUES = says.every_cue()


@pytest.mark.parametrize("cue", CUES, ids=lambda c: f"{c.act}: {c.name}")
def test_a_cue_reads_its_examples_and_no_near_miss(cue):
    assert cue.reads
    for line in cue.reads:
        assert cue.look.search(line), line
    for line in cue.near_misses:
        assert not cue.look.search(line), line


def test_movers_and_seconders_are_read_as_printed():
    line = "On the proposal of Councillor Ní Riain, seconded by Councillor Byrne, it was agreed to write."
    found = next(m for c in says.cues_of("motion") if (m := c.look.search(line)))
    assert (found["mover"], found["seconder"]) == ("Councillor Ní Riain", "Councillor Byrne")


@pytest.mark.parametrize(
    "toml, told",
    [
        ('[[cues]]\nname = "x"', "only [[cue]] tables"),
        ('[[cue]]\nname = "x"\nact = "motion"\nsay = "a"\nreads = ["a"]\nexampels = []', "unknown keys"),
        ('[[cue]]\nname = "x"\nact = "motion"\nsay = "moved"', "needs an act, examples"),
        ('[[cue]]\nname = "x"\nact = "motion"\nlook = "(moved"\nreads = ["moved"]', "x: "),
    ],
)
def test_a_bad_cue_is_refused_with_its_file_and_name(tmp_path, toml, told):
    file = tmp_path / "bad.toml"
    file.write_text(toml, "utf-8")
    with pytest.raises(says.BadCue, match=r"bad\.toml") as error:
        says.cues_in(file)
    assert told in str(error.value)


def test_signals_are_lists_of_phrases_with_a_star_for_the_rest_of_a_word():
    assert signal_patterns()["approve"].search("The minutes were approved.")
    assert not signal_patterns()["lost"].search("The clerk reported.")
