"""docs/adding.md and the first change of CONTRIBUTING.md, followed step by step on copies of the code."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPO

PAGE = REPO / "docs" / "adding.md"
COPIED = (
    "benchmarks",
    "docs",
    "extractors",
    "fixtures",
    "pipeline",
    "schemas",
    "search",
    "tests",
    "tools",
    "pyproject.toml",
)
BIN = Path(".venv") / "bin"
NEW = re.compile(r"# new file: (?P<file>\S+)$")
END = re.compile(r"# at the end of (?P<file>\S+)$")
AFTER = re.compile(r"# in (?P<file>\S+), after (?P<line>.+)$")
INSTEAD = re.compile(r"# in (?P<file>\S+), instead of (?P<words>.+)$")


def _steps(section: str) -> Iterator[tuple[str, str]]:
    """(language, text) of each block of code."""
    yield from re.findall(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)


def _apply(text: str, root: Path) -> None:
    """Do to the copy what the block's first line says."""
    first, _, rest = text.partition("\n")
    if found := NEW.match(first):
        assert not (root / found["file"]).exists(), f"{first}: it is there"
        (root / found["file"]).write_text(rest, "utf-8")
        return
    found = END.match(first) or AFTER.match(first) or INSTEAD.match(first)
    assert found, f"{first!r} does not say where the block goes"
    path = root / found["file"]
    old = path.read_text("utf-8")
    at = found.groupdict()
    if "line" in at:
        assert old.splitlines().count(at["line"]) == 1, f"{first}: not one such line"
        new = f"\n{old}".replace(f"\n{at['line']}\n", f"\n{at['line']}\n{rest}", 1)[1:]
    elif "words" in at:
        assert old.count(at["words"]) == 1, f"{first}: such words do not stand there once"
        new = old.replace(at["words"], rest.rstrip("\n"))
    else:
        new = old + rest
    path.write_text(new, "utf-8")


def _run(text: str, root: Path) -> None:
    """Run the block's commands; each must print the lines under it, and end well unless they tell of a red
    test."""
    for command, printed in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.M):
        environment = os.environ | {
            "PATH": f"{root / BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COLUMNS": "200",
        }
        done = subprocess.run(
            command,
            shell=True,
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        red = bool(re.search(r"\d failed", printed))
        assert (done.returncode != 0) == red, f"{command}\n{done.stdout}{done.stderr}"
        for line in printed.splitlines():
            assert line in done.stdout, f"{command} printed no {line!r} but\n{done.stdout}"


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The code to follow docs/adding.md on."""
    return _copied(tmp_path_factory.mktemp("adding"))


def _copied(root: Path) -> Path:
    """The code in a folder of its own, with `python` and `minutebook` that run it."""
    for name in COPIED:
        source = REPO / name
        if source.is_dir():
            shutil.copytree(
                source, root / name, ignore=shutil.ignore_patterns("__pycache__", "truth", "seeds")
            )
        else:
            shutil.copy(source, root / name)
    (root / BIN).mkdir(parents=True)
    for name, arguments in (("python", ""), ("minutebook", "-m pipeline.cli ")):
        script = root / BIN / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments}"$@"\n', "utf-8")
        script.chmod(0o755)
    return root


def _sections(page: Path) -> list[tuple[str, str]]:
    parts = re.split(r"^## (.+)$", page.read_text("utf-8"), flags=re.M)
    return [(name, text) for name, text in zip(parts[1::2], parts[2::2], strict=True) if any(_steps(text))]


def test_the_page_as_it_stands_can_be_followed(copy):
    told = [name for name, _ in _sections(PAGE)]
    assert told == ["A platform", "Wording", "A kind of fact", "A dataset"]
    for name, text in _sections(PAGE):
        steps = list(_steps(text))
        assert steps[-1][0] == "console", f"{name} does not say how to see what it did"
        for language, block in steps:
            (_run if language == "console" else _apply)(block, copy)
    assert "## applications" in (copy / "docs" / "datasets.md").read_text("utf-8")
    _keeps_the_house_rules(copy)


def test_a_newcomers_first_change_goes_red_and_green(tmp_path):
    first = dict(_sections(REPO / "CONTRIBUTING.md"))["A first change"]
    shown = [text for language, text in _steps(first) if language == "console"]
    assert [re.findall(r"\d (failed|passed)", text) for text in shown] == [["failed"], ["passed"]]
    root = _copied(tmp_path)
    for text in shown:
        _run(text, root)


def _keeps_the_house_rules(copy: Path) -> None:
    named = re.findall(r"^# (?:new file:|in|at the end of) ([^\s,]+\.py)", PAGE.read_text("utf-8"), re.M)
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *sorted(set(named))],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert len(set(named)) > 10 and done.returncode == 0, done.stdout
