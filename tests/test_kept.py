"""Patterns taken from what an earlier process compiled are the patterns that would have been compiled."""

from __future__ import annotations

import re

import pytest

from extractors.cues.says import every_cue
from extractors.text import kept, needed

ODD = (
    (r"(?P<day>\d{1,2})(?:st|nd)?\s+(?P<month>[A-Z]\w+)", 0),
    (r"(?<!\bnot )\bcarried\b(?!,? that)", re.I),
    (r"^[\wÀ-ÿ’'-]+\s*:", re.I | re.M),
    (r"(a)|(?P<b>b)(?(b)c|d)", 0),
    (rb"\((?:[^()\\]|\\.)*\)", re.S),
    ("ſtraße|İ|[^\\W\\d_]+", re.I),
)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where this test keeps its patterns; `re` itself is left as it is."""
    monkeypatch.setattr(kept, "_file", lambda: tmp_path / "folder" / "kept.patterns")
    monkeypatch.setattr(kept, "_kept", kept._Kept())
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return tmp_path / "folder" / "kept.patterns"


def _patterns():
    return [*ODD, *((cue.look.pattern, cue.look.flags & ~re.U) for cue in every_cue()[::20])]


def _next_process(monkeypatch):
    monkeypatch.setattr(kept, "_kept", kept._Kept())
    kept._kept.load()


def test_what_was_kept_is_what_re_compiles(file, monkeypatch):
    patterns = _patterns()
    for pattern, flags in patterns:
        kept._compile(pattern, flags)
    kept._kept.save()
    _next_process(monkeypatch)
    assert len(kept._kept.codes) == len(set(patterns))
    for pattern, flags in patterns:
        anew = kept._compile_anew(pattern, flags)
        found = kept._compile(pattern, flags)
        assert found == anew
        assert (found.groups, dict(found.groupindex)) == (anew.groups, dict(anew.groupindex))
    assert kept._kept.spent == 0.0


def test_the_runs_that_a_pattern_needs_are_kept(file, monkeypatch):
    anew = {p: needed.needs_of(p, f) for p, f in _patterns() if isinstance(p, str)}
    kept._kept.save()
    _next_process(monkeypatch)
    monkeypatch.setattr(needed, "_sequence", None)
    assert {p: needed.needs_of(p, f) for p, f in _patterns() if isinstance(p, str)} == anew


@pytest.mark.parametrize("harm", ["cut", "of another python", "none"])
def test_a_file_of_no_use_is_passed_over(file, monkeypatch, harm):
    kept._compile("moved by", 0)
    with monkeypatch.context() as other:
        if harm == "of another python":
            other.setattr(kept, "_maker", lambda: "another")
        kept._kept.save()
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-9])
    _next_process(monkeypatch)
    assert bool(kept._kept.codes) is (harm == "none")
    assert kept._compile("moved by", 0).search("was moved by")


def test_code_that_the_machine_refuses_is_compiled_again(file):
    kept._compile("seconded", 0)
    flags, words, *rest = kept._kept.codes["seconded", 0]
    kept._kept.codes["seconded", 0] = (flags, words[:-16], *rest)
    assert kept._compile("seconded", 0) == kept._compile_anew("seconded", 0)


def test_nothing_is_written_where_python_writes_no_bytecode_or_little_is_new(file, monkeypatch):
    kept._compile("carried", 0)
    kept._kept.spent = 0.01
    kept.save()
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    kept._kept.spent = 9.0
    kept.save()
    assert not file.exists()
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    kept.save()
    assert file.exists()


def test_a_full_file_begins_again_with_what_is_used(file, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 1)
    kept._kept.codes = {("old", 0): (32, "", 0, {})}
    kept._compile("adopted", 0)
    kept._kept.save()
    assert list(kept._kept.codes) == [("adopted", 0)]


def test_patterns_made_of_a_papers_words_are_not_kept(file):
    kept._compile("present", 0)
    kept.only_ours()
    assert kept.compiled("seconded by", re.I).search("SECONDED BY")
    for pattern, flags in (("seconded by", re.I), ("Ida Marlow|Joan Pell", 0), ("present", 0)):
        assert kept._compile(pattern, flags) == kept._compile_anew(pattern, flags)
    assert set(kept._kept.codes) == {("present", 0), ("seconded by", 2)}
