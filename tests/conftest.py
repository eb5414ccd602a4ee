"""What tests share: the fixtures' PDFs read once a run, and the papers that lie outside the repository, where
they lie."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
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


SLOWEST = (
    "test_nights_that_a_schedule_starts_read_papers_and_send_digests",
    "test_axe_finds_nothing_on_any_kind_of_page",
    "test_on_a_cluster_the_same_rows_and_both_workers",
    "test_at_200_per_cent_nothing_is_cut_off_or_runs_sideways",
    "test_the_prefect_server_restarted_in_the_middle_of_a_night",
    "test_readers_see_a_document_whole_or_not_at_all_while_uploads_are_killed",
    "test_a_night_uploads_and_its_keys_stand_nowhere",
    "test_an_upload_killed_before_any_of_its_steps_is_finished_by_the_next",
    "test_twenty_kills_while_publishing_and_merging",
    "test_the_operators_commands",
    "test_the_page_as_it_stands_can_be_followed",
    "test_a_night_that_is_over_leaves_its_papers_for_the_next",
    "test_killed_at_any_moment_and_run_again",
    "test_a_council_that_does_not_answer_costs_its_own_night_only",
    "test_a_night_that_is_killed_leaves_no_process",
    "test_papers_are_read_while_a_slow_council_is_gathered",
    "test_what_the_openapi_description_promises",
    "test_minutes_are_read_as_a_person_read_them",
    "test_a_councils_papers_tell_of_its_meetings",
    "test_new_mutants_find_no_fault",
    "test_readers_while_the_index_is_replaced",
    "test_printed_total_is_the_sum_of_the_rows",
)
"""Begun with, so that no worker is left alone with one of them when the others have no more to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest first, in their order; the rest as they stand."""
    place = {name: n for n, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: place.get(getattr(item, "originalname", item.name), len(place)))


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


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


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
def prefect(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a Prefect server for all tests of a run, whichever worker they are in: it ends with the
    process that started the run. Its first start takes as long as reading several papers."""

    def make(folder: Path) -> None:
        owner = os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()
        command = [sys.executable, "-m", "tests.nights", str(owner), str(folder)]
        starter = subprocess.Popen(
            command, cwd=REPO, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
        while not (folder / "api").exists():
            assert starter.poll() is None, "no Prefect server"
            time.sleep(0.2)

    return (once(tmp_path_factory, "prefect", make) / "api").read_text("utf-8")


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, prefect: str) -> Path:
    """A night that nothing disturbed, with the server that Prefect starts for a single run, and a second one;
    what was asked is kept beside."""

    from tests.nights import configured, files, minutebook
    from tests.replay import conditional, playing

    def make(folder: Path) -> None:
        with playing() as (site, base):
            config = configured(folder, base)
            first = minutebook(config, "run")
            assert first.returncode == 0, first.stderr[-3000:]
            assert "3 found, 3 new, 0 failed" in first.stdout and "3 ok" in first.stdout
            asked, before = len(site.asked), files(folder)
            second = minutebook(config, "run", api=prefect)
            assert second.returncode == 0, second.stderr[-3000:]
            assert "3 found, 0 new" in second.stdout and "nothing new" in second.stdout
            assert conditional(site, asked) == [], "the second night asks only whether something changed"
            assert files(folder) == before, "and writes nothing"

    return once(tmp_path_factory, "undisturbed", make)
