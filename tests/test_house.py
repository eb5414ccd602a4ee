"""The house stays one that can be read: files of a subject, functions of a screen, one version."""

import ast
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from extractors import __version__
from tests.conftest import REPO
from tools import release

ROOMS = ("extractors", "pipeline", "schemas", "search")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LARGER: dict[str, str] = {}
"""By file, or file and function: why it may be longer."""


def _files() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((REPO / room).rglob("*.py")):
            yield path.relative_to(REPO).as_posix(), path


def _too_long() -> Iterator[tuple[str, int]]:
    for name, path in _files():
        text = path.read_text("utf-8")
        if (lines := len(text.splitlines())) > LONGEST_FILE:
            yield name, lines
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION:
                    yield f"{name}:{node.name}", lines


def test_files_are_of_a_subject_and_functions_of_a_screen():
    found = {name: lines for name, lines in _too_long() if name not in LARGER}
    assert not found, "part these, or name them in LARGER with the reason"


def test_nothing_is_excused_that_needs_no_excuse():
    assert set(LARGER) <= {name for name, _ in _too_long()}


def test_the_changelog_begins_with_the_version_that_the_code_has():
    first = re.search(r"^## (\S+) \((unreleased|\d{4}-\d\d-\d\d)\)$", _text("CHANGELOG.md"), re.M)
    assert first and first[1] == __version__


def test_the_version_stands_in_one_place():
    project = tomllib.loads(_text("pyproject.toml"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "extractors/version.py"


def test_the_wheel_has_the_rooms_with_their_data_and_nothing_else(tmp_path):
    with zipfile.ZipFile(release.build(tmp_path)) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    files = (
        path for room in ROOMS for path in (REPO / room).rglob("*.*") if path.parent.name != "__pycache__"
    )
    assert names == {path.relative_to(REPO).as_posix() for path in files}


def test_the_trial_of_a_release_installs_what_is_pinned():
    lock = _text("requirements.lock")
    pinned = list(release.pins(lock))
    assert len(pinned) == lock.count("==") - sum(pin.count("==") - 1 for pin in pinned)
    assert not [pin for pin in pinned if "\\" in pin or "--hash" in pin]


def test_check_runs_before_the_tests_and_before_a_commit():
    rules = dict(re.findall(r"^([a-z-]+):((?: [a-z$()A-Z-]+)*)", _text("Makefile"), re.M))
    checks = rules["check"].split()
    assert "check" in rules["test"].split() and "check" in rules["release"].split()
    hooks = yaml.safe_load(_text(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    assert [hook["entry"] for hook in hooks] == [f"make {check}" for check in checks]


@pytest.mark.parametrize("target", ["demo", "test", "check", "format", "docs", "bench", "release", "lock"])
def test_make_help_tells_of_the_target(target):
    assert re.search(rf"^{target}:[^#\n]*## \S", _text("Makefile"), re.M)


def _text(name: str) -> str:
    return (REPO / name).read_text("utf-8")
