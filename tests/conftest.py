"""What tests share: the fixtures' PDFs read once a run, and the papers that lie outside the repository, where
they lie."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

REPO = Path(__file__).parent.parent
FIXTURES = REPO / "fixtures"
SHARED = Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared"))
FIXTURE_PDFS = (
    "aldermere-pack",
    "pinewater-minutes",
    "pinewater-minutes-scan",
    "pinewater-notice",
    "marlow-minutes",
    "marlow-agenda",
)


@lru_cache(maxsize=8)
def read_fixture(name: str):
    """The fixture's Extraction, read once a process."""
    from extractors import extract

    return extract(FIXTURES / f"{name}.pdf")


def truth_of(name: str) -> dict[str, Any]:
    """The truth typeset with a fixture."""
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def shared(*parts: str) -> Path:
    """A path under the shared papers; the test is skipped, saying so, where they are absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(
            f"needs {'/'.join(parts)} of the papers that lie outside the repository "
            f"(MINUTEBOOK_SHARED names their folder)"
        )
    return path


def run_command(
    *arguments: str | Path, cwd: Path | None = None, **more: Any
) -> subprocess.CompletedProcess[str]:
    """The command as a person would run it."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
        cwd=cwd or REPO,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        **more,
    )


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Any) -> Path:
    """A folder that `make(folder)` fills once a run, whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = root / name
    with FileLock(str(folder) + ".lock"):
        if not (folder / ".made").exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / ".made").touch()
    return folder


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets of all fixtures, written by the command."""

    def make(folder: Path) -> None:
        done = run_command(
            "extract", *(FIXTURES / f"{n}.pdf" for n in FIXTURE_PDFS), "-o", folder, "--jobs", "2"
        )
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "output", make)


@pytest.fixture(scope="session")
def council_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Datasets of an invented council's year, with what is one over its papers."""
    from tests.council_year import typeset_year

    def make(folder: Path) -> None:
        from extractors import extract
        from tests.lake import write

        write(folder / "output", *(extract(paper) for paper in typeset_year(folder / "papers")))
        done = run_command("bodies", folder / "output", cwd=folder)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "council-year", make) / "output"


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A night that nothing disturbed, and a second one; what was asked is kept beside."""

    from tests.nights import configured, files, minutebook
    from tests.replay import conditional, playing

    def make(folder: Path) -> None:
        with playing() as (site, base):
            config = configured(folder, base)
            first = minutebook(config, "run")
            assert first.returncode == 0, first.stderr[-3000:]
            assert "3 found, 3 new, 0 failed" in first.stdout and "3 ok" in first.stdout
            asked, before = len(site.asked), files(folder)
            second = minutebook(config, "run")
            assert second.returncode == 0, second.stderr[-3000:]
            assert "3 found, 0 new" in second.stdout and "nothing new" in second.stdout
            assert conditional(site, asked) == [], "the second night asks only whether something changed"
            assert files(folder) == before, "and writes nothing"

    return once(tmp_path_factory, "undisturbed", make)
