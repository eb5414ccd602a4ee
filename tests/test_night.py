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
from tests.conftest import FIXTURES, REPO, once, run_command
from tests.replay import Site, conditional, playing

CONFIG = """
output = "{folder}/output"
archive = "{folder}/archive"
index = "{folder}/index.sqlite"
reports = "{folder}/reports"
contact = "clerk@example.org"
private_addresses = true
workers = 2
engine = "{engine}"

[[councils]]
name = "Aldermere Borough Council"
platform = "{platform}"
address = "{base}"
pace = 0.0
days_back = 9000
"""
QUIET = {
    **os.environ,
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PYTHONPATH": str(REPO),
    "COLUMNS": "220",
}


def configured(folder: Path, base: str, *, engine: str = "threads", platform: str = "moderngov") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "minutebook.toml"
    file.write_text(CONFIG.format(folder=folder, base=base, engine=engine, platform=platform), "utf-8")
    return file


def minutebook(config: Path, command: str, *more: str) -> subprocess.CompletedProcess[str]:
    return run_command(
        command, *more, "-c", str(config), env={**QUIET, "PREFECT_HOME": str(config.parent / ".prefect")}
    )


def rows(folder: Path) -> dict[str, list]:
    """All rows of all datasets without what differs from run to run: when a paper was fetched and which
    address came first."""
    out = {}
    for d in sorted((folder / "output").iterdir()):
        if d.is_dir() and not d.name.startswith("."):
            table = ds.dataset(d, format="parquet", partitioning="hive").to_table()
            keep = [c for c in table.column_names if c not in ("fetched_at", "source_url")]
            out[d.name] = sorted(map(repr, table.select(keep).to_pylist()))
    return out


def files(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in (folder / "output").rglob("*.parquet")}


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory) -> Path:
    """A night that nothing disturbed, and a second one; what was asked is kept beside."""

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


def test_a_second_night_asks_only_whether_something_changed(undisturbed):
    found = rows(undisturbed)
    assert len(found["documents"]) == 3 and len(found["resolutions"]) > 8
    problems = (
        ds.dataset(undisturbed / "output" / "problems", format="parquet", partitioning="hive")
        .to_table()
        .to_pylist()
    )
    assert problems is not None
    document = (
        ds.dataset(undisturbed / "output" / "documents", format="parquet", partitioning="hive")
        .to_table()
        .to_pylist()[0]
    )
    assert document["source_url"].startswith("http://127.0.0.1") and document["fetched_at"] is not None


def test_the_operators_commands(undisturbed, tmp_path):
    import shutil

    folder = tmp_path / "copy"
    shutil.copytree(undisturbed, folder)
    config = configured(folder, "http://127.0.0.1:9")
    assert minutebook(config, "status").returncode == 0
    assert "0 faults" in run_command("archive", "verify", "-c", str(config)).stdout
    assert run_command("check", "-c", str(config)).returncode == 0
    gone = (
        ds.dataset(folder / "output" / "documents", format="parquet", partitioning="hive")
        .to_table()
        .to_pylist()[0]["document_id"]
    )
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
from pipeline.night import night
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.store.publish import recover
settings = load(Path(sys.argv[1]))
with night.only_one(settings):
    archive = Archive(settings.archive)
    archive.sweep(); recover(settings.output)
    fetcher = night.fetcher_for(settings, archive)
    for council in settings.councils:
        night.gather(council, archive, fetcher)
    for p in archive.unread(night.VERSION):
        night.read_paper(p["document_id"], p["council"], settings)
    night.make_index(settings)
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
    assert run_command("check", "-c", str(file)).returncode == 1


def test_environment_variables_win(tmp_path, monkeypatch):
    file = tmp_path / "minutebook.toml"
    file.write_text('output = "a"\n', "utf-8")
    monkeypatch.setenv("MINUTEBOOK_OUTPUT", "b")
    monkeypatch.setenv("MINUTEBOOK_SMTP__HOST", "mail.example.org")
    assert load(file).output == Path("b") and load(file).smtp.host == "mail.example.org"


def test_digests_alerts_and_the_end_of_them(undisturbed, tmp_path, monkeypatch):
    import shutil

    from fastapi.testclient import TestClient

    from pipeline import alerts
    from pipeline.web import with_operations

    folder = tmp_path / "copy"
    shutil.copytree(undisturbed, folder)
    sent = []
    monkeypatch.setattr(
        alerts,
        "send",
        lambda settings, to, subject, text, unsubscribe="": sent.append((to, subject, text, unsubscribe)),
    )
    settings = Settings.model_validate(
        {
            "output": str(folder / "output"),
            "archive": str(folder / "archive"),
            "index": str(folder / "index.sqlite"),
            "smtp": {"host": "mail"},
            "secret": "s",
            "alerts": {"email": ["op@example.org"], "silent_nights": 1},
            "councils": [
                {
                    "name": "Aldermere Borough Council",
                    "platform": "moderngov",
                    "address": "http://x",
                    "pace": 1,
                },
                {"name": "Silent", "platform": "folder", "address": str(tmp_path), "pace": 1},
            ],
            "searches": [
                {
                    "name": "Landfill",
                    "email": "reporter@example.org",
                    "query": "landfill",
                    "kind": "resolution",
                }
            ],
        }
    )
    assert alerts.send_digests(settings) == ["reporter@example.org"]
    assert "landfill" in sent[0][2].lower() and "/entry/" in sent[0][2] and sent[0][3] in sent[0][2]
    assert alerts.send_digests(settings) == [], "nothing new, no mail"
    client = TestClient(with_operations(settings))
    assert "minutebook_council" in client.get("/metrics").text
    assert client.get("/unsubscribe?t=forged").status_code == 404
    assert client.get(sent[0][3].replace(settings.site, "/")).status_code == 200
    (folder / "archive" / "alerts.json").write_text(
        '{"unsubscribed": ["Landfill|reporter@example.org"]}', "utf-8"
    )
    assert alerts.send_digests(settings) == []
    from pipeline.archive import Archive

    Archive(settings.archive).night_ended("Silent", "2030-01-01T02:00:00Z", found=0, new=0, failed=0)
    assert any("Silent" in text for text in alerts.after_the_night(settings))
    assert sent[-1][0] == ["op@example.org"]


def test_a_changed_paper_is_a_new_document_and_the_old_one_stays(tmp_path):
    from pipeline.archive import Archive
    from pipeline.night import night
    from tests.replay import NOTICE

    with playing() as (site, base):
        settings = load(configured(tmp_path, base))
        archive = Archive(settings.archive)
        fetcher = night.fetcher_for(settings, archive)
        assert night.gather(settings.councils[0], archive, fetcher).new == 3
        site.papers["/documents/s2/Minutes.pdf"] = NOTICE + b"\n%changed"
        assert night.gather(settings.councils[0], archive, fetcher).new == 1
        site.papers["/documents/s4/Again.pdf"] = NOTICE
        before = len(archive.unread(night.VERSION))
        night.gather(settings.councils[0], archive, fetcher)
        assert len(archive.unread(night.VERSION)) == before, "the same paper at two addresses is read once"
        assert before == 4
        time.sleep(0)


def test_what_the_platform_knows_is_compared(tmp_path):
    from extractors import extract
    from pipeline.workers.witness import with_source

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
    told = {(p["kind"], p["text"].split(" is ")[0]) for p in with_source(extraction, source).rows["problems"]}
    assert ("platform says present", "Councillor Nobody Known") in told
    assert ("platform says absent", "Councillor Tobias Wren") in told
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
                if list((tmp_path / "output").glob("documents/*/*/*.parquet")) or night.poll() is not None:
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
