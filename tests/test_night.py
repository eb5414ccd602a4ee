"""The whole night against sites played back: twice, killed, on Dask, two at once; the operator's commands."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from pipeline.config import Settings, faults_of, load
from pipeline.errors import BadConfig
from tests.conftest import FIXTURES, run_command
from tests.nights import PASSWORD, QUIET, SECRET, configured, minutebook, rows
from tests.replay import Site, playing


def test_a_second_night_asks_only_whether_something_changed(undisturbed):
    found = rows(undisturbed)
    assert len(found["documents"]) == 3 and len(found["resolutions"]) > 8
    document = ds.dataset(undisturbed / "output" / "documents", format="parquet").to_table().to_pylist()[0]
    assert document["source_url"].startswith("http://127.0.0.1") and document["fetched_at"] is not None


def test_no_secret_stands_in_prefects_database(undisturbed):
    """Flow parameters are kept in plain text: they name the configuration and hold none of it."""
    kept = [p for p in (undisturbed / ".prefect").rglob("*") if p.is_file()]
    assert any(p.name == "prefect.db" for p in kept)
    content = b"".join(p.read_bytes() for p in kept)
    assert b"minutebook.toml" in content, "the flows' parameters are there"
    assert SECRET.encode() not in content and PASSWORD.encode() not in content


def test_the_operators_commands(undisturbed, tmp_path):
    import shutil

    folder = tmp_path / "copy"
    shutil.copytree(undisturbed, folder)
    config = configured(folder, "http://127.0.0.1:9")
    assert minutebook(config, "status").returncode == 0
    assert "0 faults" in run_command("archive", "verify", "-c", str(config)).stdout
    assert run_command("check", "-c", str(config)).returncode == 0
    gone = (
        ds.dataset(folder / "output" / "documents", format="parquet").to_table().to_pylist()[0]["document_id"]
    )
    assert minutebook(config, "withdraw", gone[:20]).returncode == 2, "not a paper of the archive"
    assert minutebook(config, "withdraw", gone).returncode == 0
    assert all(gone not in row for name in rows(folder).values() for row in name)
    again = minutebook(config, "reprocess", "--since-version", "9.9.9")
    assert "3 papers to read again" in again.stdout
    assert gone not in "".join(rows(folder)["documents"]), "a withdrawn paper stays away"
    assert len(rows(folder)["documents"]) == 2


def test_two_runs_at_once_one_leaves(undisturbed, tmp_path):
    from filelock import FileLock

    config = configured(tmp_path, "http://127.0.0.1:9")
    (tmp_path / "archive").mkdir()
    with FileLock(tmp_path / "archive" / "night.lock"):
        done = minutebook(config, "run")
    assert done.returncode == 3 and "another run is under way" in done.stderr


def test_a_council_that_does_not_answer_costs_its_own_night_only(tmp_path):
    with playing() as (_, base):
        config = configured(tmp_path, base)
        config.write_text(
            config.read_text("utf-8")
            + (
                '\n[[councils]]\nname = "Gone Council"\nplatform = "moderngov"\naddress = '
                '"http://127.0.0.1:9"\npace = 0.0\n'
            ),
            "utf-8",
        )
        done = minutebook(config, "run")
    assert done.returncode == 1
    assert (
        "Aldermere Borough Council: 3 found, 3 new" in done.stdout and "Gone Council: 0 found" in done.stdout
    )
    told = minutebook(config, "status")
    assert told.returncode == 1 and "Gone Council" in told.stdout


def test_on_dask_the_same_rows_and_both_workers(undisturbed, tmp_path):
    with playing() as (_, base):
        config = configured(tmp_path, base, engine="dask")
        done = minutebook(config, "run")
    assert done.returncode == 0, done.stderr[-3000:]
    assert rows(tmp_path) == rows(undisturbed)


PLAIN = """
import sys
from pathlib import Path
from pipeline.night import work
from pipeline.archive import Archive
from pipeline.commands.afterwards import bring_index_up_to_date
from pipeline.config import load
from pipeline.store.merge import merge, recover
settings = load(Path(sys.argv[1]))
with work.only_one(settings):
    archive = Archive(settings.archive)
    archive.sweep(); recover(settings.output)
    fetcher = work.fetcher_for(settings, archive)
    for council in settings.councils:
        work.gather(council, archive, fetcher)
    for p in archive.unread(work.VERSION):
        work.read_paper(p["document_id"], p["council"], settings)
    merge(settings.output)
    bring_index_up_to_date(settings)
"""
"""The night's own functions in order, without the seconds that Prefect takes to start."""


def test_killed_at_any_moment_and_run_again(undisturbed, tmp_path):
    draw = random.Random(7)
    with playing(Site()) as (_, base):
        config = configured(tmp_path, base)
        for _ in range(20):
            process = subprocess.Popen(
                [sys.executable, "-c", PLAIN, str(config)],
                env=QUIET,
                start_new_session=True,
                stderr=subprocess.DEVNULL,
            )
            try:
                process.wait(timeout=draw.uniform(0.4, 4.0))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        done = subprocess.run(
            [sys.executable, "-c", PLAIN, str(config)],
            env=QUIET,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    assert rows(tmp_path) == rows(undisturbed)
    left = [
        p
        for p in tmp_path.rglob("*")
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
    assert settings.councils[0].address == str(tmp_path / "papers")


def test_environment_variables_win(tmp_path, monkeypatch):
    file = tmp_path / "minutebook.toml"
    file.write_text('output = "a"\n', "utf-8")
    monkeypatch.setenv("MINUTEBOOK_OUTPUT", "b")
    monkeypatch.setenv("MINUTEBOOK_SMTP__HOST", "mail.example.org")
    assert load(file).output == Path("b") and load(file).smtp.host == "mail.example.org"


def test_a_changed_paper_is_a_new_document_and_the_old_one_stays(tmp_path):
    from pipeline.archive import Archive
    from pipeline.night import work
    from tests.replay import NOTICE

    with playing() as (site, base):
        settings = load(configured(tmp_path, base))
        archive = Archive(settings.archive)
        fetcher = work.fetcher_for(settings, archive)
        assert work.gather(settings.councils[0], archive, fetcher).new == 3
        site.papers["/documents/s2/Minutes.pdf"] = NOTICE + b"\n%changed"
        assert work.gather(settings.councils[0], archive, fetcher).new == 1
        site.papers["/documents/s4/Again.pdf"] = NOTICE
        before = len(archive.unread(work.VERSION))
        work.gather(settings.councils[0], archive, fetcher)
        assert len(archive.unread(work.VERSION)) == before, "the same paper at two addresses is read once"
        assert before == 4
        time.sleep(0)


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


def test_the_prefect_server_restarted_in_the_middle_of_a_night(tmp_path):
    import shutil
    import socket

    import httpx

    from tests.replay import PACK

    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    home = tmp_path / "server"
    home.mkdir()
    prefect = shutil.which("prefect", path=str(Path(sys.executable).parent))

    def start() -> subprocess.Popen:
        server = subprocess.Popen(
            [prefect, "server", "start", "--port", str(port)],
            env={**QUIET, "PREFECT_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(200):
            try:
                if httpx.get(f"http://127.0.0.1:{port}/api/health").status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.3)
        return server

    site = Site()
    site.papers = {f"/documents/s{i}/Pack {i}.pdf": PACK + f"\n%{i}\n".encode() for i in range(5)}
    server = start()
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
                time.sleep(0.1)
            assert night.poll() is None, "the night ended before the server could be stopped"
            os.killpg(server.pid, signal.SIGKILL)
            time.sleep(2)
            server = start()
            assert night.wait(timeout=240) == 0
    finally:
        os.killpg(server.pid, signal.SIGKILL)
    assert len(rows(tmp_path)["documents"]) == 5
