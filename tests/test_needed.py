"""What a pattern needs of a text: no text that it matches is ever passed over."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.cues.says import cues_for, cues_of, every_cue
from extractors.cues.signals import signal_patterns, signals_in
from extractors.text.looks import Look
from extractors.text.needed import needs_of, words_in

PIECES = [
    *(
        "a",
        "mov",
        "to",
        "K",
        "ſ",
        "é",
        "ı",
        " ",
        "1",
        "-",
        r"\s+",
        r"\s*",
        r"\b",
        r"\w+",
        ".",
        r"\d",
        "^",
        "$",
    ),
    *("[Mm]", "[a-c]", "[^a]", r"[\s,]+", "(?:ed)?", "(?:ed|er|es)", "(?:a|to )*", "(?:mov){2}", "(?>to|t)"),
    *(r"(?!\w)", r"(?<!\w)", r"(?=to)", r"(?<=\s)", "(?-i:T)", r"(?:to|\bmov|)", "(?:mov|1)", "s{0,2}?"),
]
TEXT = st.text(st.sampled_from("amoveds tTMK Kſİıé1-,"), max_size=16)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), TEXT, st.booleans())
def test_a_text_that_matches_has_what_the_pattern_needs(pieces: list[str], text: str, folded: bool) -> None:
    flags = re.IGNORECASE if folded else 0
    try:
        look = re.compile("".join(pieces), flags)
    except re.error:
        return
    if look.search(text):
        assert needs_of(look.pattern, flags).met_by(words_in(text))


@pytest.mark.parametrize(
    "pattern, has, lacks",
    [
        (r"\bto\b", "To be", "tomorrow"),
        (r"mov(?:ed|er)\s+by", "MOVED  BY", "moving by"),
        (r"\bmotions?\b.*carried", "The motion was carried.", "It was carried."),
        (r"(?:favou?r|against)", "in favor", "opposed"),
        (r"(?:The\s+)?[Cc]ouncil(?=\s+agreed)", "the Council agreed", "The Council met"),
    ],
)
def test_what_is_needed_is_told_from_the_pattern(pattern: str, has: str, lacks: str) -> None:
    needs = needs_of(pattern, re.IGNORECASE)
    assert needs.met_by(words_in(has))
    assert not needs.met_by(words_in(lacks))


def test_a_pattern_of_no_words_needs_none() -> None:
    assert needs_of(r"\w+\s*(?:a|b)?").sets == ()


@pytest.mark.parametrize("act", sorted({cue.act for cue in every_cue()}))
def test_a_cue_is_asked_of_every_line_that_it_reads(act: str) -> None:
    lines = [line for cue in every_cue() for line in (*cue.reads, *cue.near_misses)]
    for line in lines:
        asked = cues_for(act, line)
        assert [c for c in cues_of(act) if c.look.search(line)] == [c for c in asked if c.look.search(line)]


def test_signals_are_found_as_by_their_patterns_alone() -> None:
    for line in (line for cue in every_cue() for line in cue.reads):
        heard = [
            (name, bool(look.match(line))) for name, look in signal_patterns().items() if look.search(line)
        ]
        assert list(signals_in(line)) == heard


def test_most_cues_need_words() -> None:
    bare = [cue.name for cue in every_cue() if not cue.needs.sets]
    assert len(bare) < len(every_cue()) / 10, bare


def test_a_look_is_compiled_when_a_text_has_its_words() -> None:
    look = Look(r"(?P<who>{NAME})\s+voted\b", re.I, NAME=r"[A-Z][a-z]+")
    assert look.search("Foss spoke.") is None
    assert "pattern" not in vars(look)
    assert [m["who"] for m in look.finditer("Foss voted, Lund VOTED.")] == ["Foss", "Lund"]
