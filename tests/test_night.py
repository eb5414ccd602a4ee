"""The whole night against sites played back: twice, killed, on Dask, two at once; the operator's commands."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pyarrow.dataset as ds
import pytest

from pipeline.config import Settings, faults_of, load
from pipeline.errors import BadConfig
from tests.conftest import FIXTURES, free_port, read_fixture, run_command
from tests.nights import PASSWORD, QUIET, SECRET, configured, minutebook, rows, start_prefect
from tests.replay import MINUTES, NOTICE, Site, playing

FORK = multiprocessing.get_context("fork")
WHY = "recalled by its clerk"


def test_a_second_night_asks_only_whether_something_changed(undisturbed):
    found = rows(undisturbed)
    assert len(found["documents"]) == 4 and len(found["resolutions"]) > 8
    document = ds.dataset(undisturbed / "output" / "documents", format="parquet").to_table().to_pylist()[0]
    assert document["source_url"].startswith("http://127.0.0.1") and document["fetched_at"] is not None


def test_no_secret_stands_in_prefects_database(undisturbed):
    """Flow parameters are kept in plain text: they name the configuration and hold none of it."""
    kept = [p for p in (undisturbed / ".prefect").rglob("*") if p.is_file()]
    assert any(p.name == "prefect.db" for p in kept)
    content = b"".join(p.read_bytes() for p in kept)
    assert b"minutebook.toml" in content, "the flows' parameters are there"
    assert SECRET.encode() not in content and PASSWORD.encode() not in content


def test_the_operators_commands(undisturbed, prefect, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(undisturbed, folder)
    config = configured(folder, "http://127.0.0.1:9")
    assert minutebook(config, "status").returncode == 0
    assert "0 faults" in run_command("archive", "verify", "-c", str(config)).stdout
    assert run_command("check", "-c", str(config)).returncode == 0
    gone = (
        ds.dataset(folder / "output" / "documents", format="parquet").to_table().to_pylist()[0]["document_id"]
    )
    assert minutebook(config, "withdraw", gone[:20], "--reason", WHY).returncode == 2, (
        "not a paper of the archive"
    )
    assert minutebook(config, "withdraw", gone).returncode == 2, "no reason given"
    assert minutebook(config, "withdraw", gone, "--reason", "x").returncode == 2, "one that says nothing"
    assert minutebook(config, "withdraw", gone, "--reason", WHY).returncode == 0
    assert all(gone not in row for name in rows(folder).values() for row in name)
    again = minutebook(config, "reprocess", "--since-version", "9.9.9", api=prefect)
    assert "3 papers to read again" in again.stdout
    assert gone not in "".join(rows(folder)["documents"]), "a withdrawn paper stays away"
    assert len(rows(folder)["documents"]) == 3


def test_two_runs_at_once_one_leaves(undisturbed, tmp_path):
    from filelock import FileLock

    config = configured(tmp_path, "http://127.0.0.1:9")
    (tmp_path / "archive").mkdir()
    with FileLock(tmp_path / "archive" / "night.lock"):
        done = minutebook(config, "run")
    assert done.returncode == 3 and "another run is under way" in done.stderr


def test_a_council_that_does_not_answer_costs_its_own_night_only(prefect, tmp_path):
    site = Site()
    site.papers = {"/documents/s3/Notice.pdf": NOTICE}
    with playing(site) as (_, base):
        config = configured(tmp_path, base)
        config.write_text(
            config.read_text("utf-8")
            + (
                '\n[[councils]]\nname = "Gone Council"\nplatform = "moderngov"\naddress = '
                '"http://127.0.0.1:9"\npace = 0.0\n'
            ),
            "utf-8",
        )
        done = minutebook(config, "run", api=prefect)
    assert done.returncode == 1
    assert "Aldermere Borough Council: 1 found, 1 new" in done.stdout
    assert "Gone Council: 0 found" in done.stdout
    told = minutebook(config, "status")
    assert told.returncode == 1 and "Gone Council" in told.stdout


@pytest.mark.slow
def test_a_night_that_is_killed_leaves_no_process(undisturbed, tmp_path):
    """Prefect's server for a single run, the server of workers and the workers end with it."""
    shutil.copytree(undisturbed / ".prefect", tmp_path / ".prefect")  # a database that is there
    with playing() as (_, base):
        command = [sys.executable, "-m", "pipeline.cli", "run", "-c", str(configured(tmp_path, base))]
        env = {**QUIET, "PREFECT_HOME": str(tmp_path / ".prefect")}
        night = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started: list[psutil.Process] = []
        ends = time.monotonic() + 300
        while time.monotonic() < ends and len(started) < 5:  # server, resource tracker, forkserver, workers
            started = psutil.Process(night.pid).children(recursive=True)
            time.sleep(0.2)
        assert len(started) >= 5
        night.kill()
        night.wait()
        _, left = psutil.wait_procs(started, timeout=240)  # one that imports looks up late
    assert left == []


@pytest.mark.slow
def test_papers_are_read_while_a_slow_council_is_gathered(prefect, tmp_path):
    """Its paper comes in whole only when one of the other council has been read."""
    quick, slow = Site(), Site()
    quick.papers = {"/documents/s3/Notice.pdf": NOTICE}
    slow.papers = {"/documents/s9/Own.pdf": NOTICE + b"\n%own"}
    slow.held = {"/documents/s9/Own.pdf": lambda: "" < _read_of_others(tmp_path) < _this_second()}
    with playing(quick) as (_, base), playing(slow) as (_, behind):
        config = configured(tmp_path, base)
        entry = f'\n[[councils]]\nname = "Slow Council"\nplatform = "moderngov"\naddress = "{behind}"\n'
        config.write_text(config.read_text("utf-8") + entry + "pace = 0.0\ndays_back = 9000\n", "utf-8")
        done = minutebook(config, "run", api=prefect)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Slow Council: 1 found, 1 new" in done.stdout and "2 ok" in done.stdout
    with closing(sqlite3.connect(tmp_path / "archive" / "archive.sqlite")) as db:
        ((last_came,),) = db.execute("SELECT max(at) FROM fetches WHERE url LIKE '%Own.pdf'")
    assert "" < _read_of_others(tmp_path) < last_came, "a paper was read before the last came"


def _read_of_others(folder: Path) -> str:
    """When the first paper of a council that is not the slow one was read, to the second; "" before that."""
    with closing(sqlite3.connect(folder / "archive" / "archive.sqlite")) as db:
        ((at,),) = db.execute("SELECT min(read_at) FROM papers WHERE council <> 'Slow Council'")
    return at or ""


def _this_second() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def test_a_night_that_is_over_leaves_its_papers_for_the_next(prefect, tmp_path):
    site = Site()
    site.papers = {f"/documents/s{i}/Notice {i}.pdf": NOTICE + f"\n%{i}\n".encode() for i in range(3)}
    with playing(site) as (_, base):
        config = configured(tmp_path, base)
        text = config.read_text("utf-8")
        config.write_text(text + "\n[limits]\ncouncil_requests = 5\n", "utf-8")
        first = minutebook(config, "run", api=prefect)
        assert "left for the next night" in first.stdout and first.returncode == 0, first.stdout
        config.write_text(text, "utf-8")
        second = minutebook(config, "run", api=prefect)
        assert second.returncode == 0 and "left for" not in second.stdout
    assert len([r for r in rows(tmp_path)["documents"] if "'kind': 'record'" not in r]) == 3


@pytest.mark.parametrize("engine", ["dask", "ray"])
def test_on_a_cluster_the_same_rows_and_both_workers(undisturbed, prefect, tmp_path, engine):
    if engine == "ray":
        pytest.importorskip("prefect_ray", reason="needs Ray: the extra minutebook[ray]")
    with playing() as (_, base):
        config = configured(tmp_path, base, engine=engine)
        done = minutebook(config, "run", api=prefect)
    assert done.returncode == 0, done.stderr[-3000:]
    assert rows(tmp_path) == rows(undisturbed)
    read = {int(pid): int(n) for pid, n in re.findall(r"^\S+:(\d+): (\d+) read$", done.stdout, re.M)}
    assert len(read) == 2 and sum(read.values()) == 3, f"two processes read papers: {done.stdout}"


def _plain_night(config: Path) -> None:
    """The night's own functions in order, papers read in this process: without the seconds that Prefect and
    the workers take to start."""
    from pipeline.archive import Archive
    from pipeline.commands.afterwards import bring_index_up_to_date
    from pipeline.night import work
    from pipeline.night.gather import gather
    from pipeline.night.limits import NightEnd, Share
    from pipeline.night.told import publish_records
    from pipeline.store.merge import merge, recover
    from pipeline.workers import papers

    def read_here(path: Path, output: Path, *, council: str, source: dict[str, Any], **_: object) -> Any:
        return papers.read_one(papers.Task(path, output, council, source=source))

    papers.read_isolated = read_here
    settings = load(config)
    with work.only_one(settings):
        archive = Archive(settings.archive)
        archive.sweep()
        recover(settings.output)
        fetcher = work.fetcher_for(settings, archive)
        for council in settings.councils:
            gather(council, archive, fetcher, Share(settings.limits, NightEnd()))
        for p in archive.unread(work.VERSION):
            work.read_paper(p["document_id"], p["council"], settings)
        publish_records(settings, archive)
        merge(settings.output)
        bring_index_up_to_date(settings)


def _whole_night(config: Path) -> float:
    """Seconds that a night takes which nobody kills."""
    began = time.monotonic()
    process = FORK.Process(target=_plain_night, args=(config,))
    process.start()
    process.join(timeout=300)
    assert process.exitcode == 0
    return time.monotonic() - began


def test_killed_at_any_moment_and_run_again(tmp_path):
    import pipeline.commands.afterwards  # noqa: F401 - what a night needs, loaded before it is forked

    for name in ("pinewater-minutes", "pinewater-notice"):
        read_fixture(name)
    draw, site = random.Random(7), Site()
    site.papers = {"/documents/s2/Minutes.pdf": MINUTES, "/documents/s3/Notice.pdf": NOTICE}
    killed = 0
    with playing(site) as (_, base):
        took = _whole_night(configured(tmp_path / "undisturbed", base))
        folder = tmp_path / "killed"
        config = configured(folder, base)
        for _ in range(20):
            process = FORK.Process(target=_plain_night, args=(config,))
            process.start()
            process.join(timeout=draw.uniform(0.02, 0.6 * took))
            killed += process.is_alive()
            process.kill()
            process.join()
        _whole_night(config)
    assert killed >= 10, "most were in the middle of something"
    assert rows(folder) == rows(tmp_path / "undisturbed")
    left = [
        p
        for p in folder.rglob("*")
        if p.name.startswith(".part-")
        or ".draft" in p.name
        or p.suffix == ".writing"
        or ".publishing/" in str(p)
    ]
    assert left == []


def test_configuration_faults_are_told_in_words(tmp_path):
    file = tmp_path / "minutebook.toml"
    file.write_text(
        'workers = "many"\n[[councils]]\nname = "X"\nplatform = "telegraph"\naddress = ""\n', "utf-8"
    )
    with pytest.raises(BadConfig) as told:
        load(file)
    assert "workers" in str(told.value) and "platform" in str(told.value)
    file.write_text("[[councils]\n", "utf-8")
    with pytest.raises(BadConfig, match="not TOML"):
        load(file)
    settings = Settings.model_validate(
        {
            "councils": [
                {"name": "Port", "platform": "moderngov", "address": "port.example", "pace": 0.1},
                {"name": "Port", "platform": "folder", "address": "/nowhere"},
            ]
        }
    )
    told = "\n".join(faults_of(settings))
    assert all(
        words in told
        for words in (
            "named twice",
            "contact is empty",
            "must begin with https",
            "does not exist",
            "faster than one request",
        )
    )
    assert run_command("check", "-c", str(file)).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("run",),
        ("status",),
        ("check",),
        ("retry",),
        ("alerts",),
        ("serve",),
        ("deploy",),
        ("archive", "verify"),
    ],
)
def test_a_configuration_that_is_not_there_is_exit_code_2(arguments, tmp_path):
    done = run_command(*arguments, "-c", tmp_path / "misspelt.toml", env=QUIET)
    assert done.returncode == 2
    assert "misspelt.toml does not exist" in done.stderr and "Traceback" not in done.stderr


def test_no_councils_and_a_misspelt_one_are_exit_code_2(tmp_path):
    config = configured(tmp_path, "http://127.0.0.1:9")
    done = minutebook(config, "run", "--council", "Aldermear")
    assert done.returncode == 2 and "Aldermere Borough Council" in done.stderr
    config.write_text('output = "output"\n', "utf-8")
    assert minutebook(config, "run").returncode == 2


def test_paths_are_beside_the_configuration(tmp_path, monkeypatch):
    file = tmp_path / "minutebook.toml"
    file.write_text(
        'output = "data"\n[[councils]]\nname = "Port"\nplatform = "folder"\naddress = "papers"\n', "utf-8"
    )
    monkeypatch.chdir("/")
    settings = load(file)
    assert settings.output == tmp_path / "data" and settings.archive == tmp_path / "archive"
    assert settings.people == tmp_path / "people.toml"
    assert settings.councils[0].address == str(tmp_path / "papers")


def test_environment_variables_win(tmp_path, monkeypatch):
    file = tmp_path / "minutebook.toml"
    file.write_text('output = "a"\n', "utf-8")
    monkeypatch.setenv("MINUTEBOOK_OUTPUT", "b")
    monkeypatch.setenv("MINUTEBOOK_SMTP__HOST", "mail.example.org")
    assert load(file).output == Path("b") and load(file).smtp.host == "mail.example.org"


def test_what_the_platform_knows_is_compared(tmp_path):
    from extractors import extract
    from pipeline.workers.witness import with_source
    from schemas.problems import ProblemKind, ProblemRow

    extraction = extract(FIXTURES / "aldermere-pack.pdf")
    source = {
        "source_url": "https://x/y.pdf",
        "meeting_date": "2024-06-11",
        "knows": {
            "attendance": [
                {"name": "Councillor Priya Nandakumar OBE", "attendance": "Present"},
                {"name": "Councillor Nobody Known", "attendance": "Present"},
                {"name": "Councillor Tobias Wren", "attendance": "Apologies"},
            ]
        },
    }
    told = {(p.kind, p.text.split(" is ")[0]) for p in with_source(extraction, source).of(ProblemRow)}
    assert (ProblemKind.PLATFORM_SAYS_PRESENT, "Councillor Nobody Known") in told
    assert (ProblemKind.PLATFORM_SAYS_ABSENT, "Councillor Tobias Wren") in told
    assert not any("Nandakumar" in text for _, text in told)


def test_the_prefect_server_restarted_in_the_middle_of_a_night(undisturbed, tmp_path):
    port, home = free_port(), tmp_path / "server"
    shutil.copytree(undisturbed / ".prefect", home)  # a database that is there
    site = Site()
    site.papers = {f"/documents/s{i}/Minutes {i}.pdf": MINUTES + f"\n%{i}\n".encode() for i in range(4)}
    site.papers["/documents/s4/Notice.pdf"] = NOTICE
    server = start_prefect(home, port)
    try:
        with playing(site) as (_, base):
            config = configured(tmp_path, base)
            env = {
                **QUIET,
                "PREFECT_HOME": str(tmp_path / ".prefect"),
                "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
            }
            night = subprocess.Popen(
                [sys.executable, "-m", "pipeline.cli", "run", "-c", str(config)],
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            for _ in range(600):  # the middle: some papers are read, some are not
                if list((tmp_path / "output" / ".fresh").glob("*.zip")) or night.poll() is not None:
                    break
                time.sleep(0.02)
            assert night.poll() is None, "the night ended before the server could be stopped"
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            server = start_prefect(home, port)
            assert night.wait(timeout=240) == 0
    finally:
        os.killpg(server.pid, signal.SIGKILL)
    assert len(rows(tmp_path)["documents"]) == 6, "five papers, and the record of their platform"
