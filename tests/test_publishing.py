"""Publishing: all of a document or nothing, whatever happens meanwhile, and readers who look all the time."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import CannotWrite
from pipeline.store.publish import forget, publish, recover
from tests.conftest import FIXTURES, REPO, read_fixture

PAPERS = ("pinewater-minutes", "marlow-minutes", "aldermere-pack")
FORK = multiprocessing.get_context("fork")


def _contents(output: Path) -> dict[str, list[dict]]:
    """Every dataset's rows, by file."""
    return {
        str(f.relative_to(output)): pq.ParquetFile(f).read().to_pylist()
        for f in sorted(output.glob("*/council=*/year=*/*.parquet"))
    }


def _publish_for_ever(output: Path) -> None:
    draw = random.Random(os.getpid())
    while True:
        publish(read_fixture(draw.choice(PAPERS)), output)


def _look_for_ever(output: Path, whole: dict[str, dict[str, int]], told) -> None:
    """Ask the views, over and over, how many rows each document has; send what is not whole, and at the end
    how often it looked."""
    import duckdb

    from pipeline.store.sql import connect

    looked, ended = 0, []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    while not ended:
        try:
            connection = connect(output)
            for dataset in ("resolutions", "attendance", "agenda_items"):
                for document, n in connection.sql(
                    f"SELECT document_id, count(*) FROM {dataset} GROUP BY 1"
                ).fetchall():
                    if n != whole[document][dataset]:
                        told.send(f"{n} rows of {dataset}, not {whole[document][dataset]}")
            looked += 1
        except duckdb.Error as error:
            if "No files found" not in str(error):
                told.send(str(error))
    told.send(looked)


def test_twenty_kills_while_publishing(tmp_path):
    """Killed at any moment and recovered: readers see whole documents, and the rows are those of an
    undisturbed run."""
    undisturbed, output = tmp_path / "undisturbed", tmp_path / "output"
    for name in PAPERS:
        publish(read_fixture(name), undisturbed)
        publish(read_fixture(name), output)
    whole = {
        read_fixture(n).document_id: {d: len(rows) for d, rows in read_fixture(n).rows.items()}
        for n in PAPERS
    }
    here, there = multiprocessing.Pipe(duplex=False)
    reader = FORK.Process(target=_look_for_ever, args=(output, whole, there))
    reader.start()
    draw, kills, killed_within = random.Random(11), 0, 0
    while kills < 20 or (
        killed_within < 5 and kills < 100
    ):  # twenty, and more until some were in the middle of a publication
        kills += 1
        writer = FORK.Process(target=_publish_for_ever, args=(output,))
        writer.start()
        time.sleep(draw.uniform(0.05, 0.6))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        killed_within += bool(
            list(output.glob("*/*/*/.*.writing")) or list((output / ".publishing").glob("*"))
        )
        recover(output)
    reader.terminate()
    reader.join()
    said = []
    while here.poll(1):
        said.append(here.recv())
        if isinstance(said[-1], int):
            break
    assert said[:-1] == [] and said[-1] > 10, said
    assert killed_within >= 5, "some kills were in the middle of a publication"
    assert _contents(output) == _contents(undisturbed)
    assert not list(output.rglob("*.writing")) and not list((output / ".publishing").iterdir())


def _publish_with_room_for(size: int, output: Path, told) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        publish(read_fixture("aldermere-pack"), output)
        told.send("written")
    except CannotWrite as error:
        told.send(str(error))


@pytest.mark.parametrize("size", [0, 3_000, 5_000, 8_000, 12_000])
def test_a_file_that_cannot_be_written_whole_leaves_the_old_rows(tmp_path, size):
    """The system itself stops the write, at another file each time."""
    read_fixture("aldermere-pack")
    publish(read_fixture("pinewater-minutes"), tmp_path)
    before = _contents(tmp_path)
    here, there = multiprocessing.Pipe(duplex=False)
    writer = FORK.Process(target=_publish_with_room_for, args=(size, tmp_path, there))
    writer.start()
    writer.join()
    assert "File too large" in (said := here.recv()) and "what was there before is intact" in said
    assert _contents(tmp_path) == before
    assert not list(tmp_path.rglob("*.writing")) and not list((tmp_path / ".publishing").iterdir())


DISK = """
mount -t tmpfs -o size={size} tmpfs {folder} || exit 77
cp -r {old}/. {folder} || exit 78
{change}
{python} -m pipeline.cli extract {paper} -o {folder} -q
code=$?
cp -r {folder}/. {after}
exit $code
"""


@pytest.mark.skipif(
    not shutil.which("unshare"), reason="needs unshare (util-linux) to mount a disk of its own"
)
@pytest.mark.parametrize(
    ("change", "says"),
    [("", "No space left on device"), ("mount -o remount,ro {folder}", "Read-only file system")],
    ids=["full", "read-only"],
)
def test_a_full_and_a_read_only_disk_end_in_a_clear_error(tmp_path, change, says):
    folder, old, after = (tmp_path / n for n in ("disk", "old", "after"))
    for f in (folder, old, after):
        f.mkdir()
    publish(read_fixture("pinewater-notice"), old)
    used = sum(f.stat().st_blocks * 512 for f in old.rglob("*")) // 1024
    script = DISK.format(
        size=f"{used + 60}k",
        folder=folder,
        old=old,
        after=after,
        python=sys.executable,
        paper=FIXTURES / "aldermere-pack.pdf",
        change=change.format(folder=folder),
    )
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script],
        capture_output=True,
        text=True,
        cwd=REPO,
        timeout=120,
        check=False,
    )
    if done.returncode in (1, 77) and ("unshare" in done.stderr or "mount" in done.stderr):
        pytest.skip("this system lets nobody mount a disk of its own")
    assert done.returncode in (1, 2) and says in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2 and "Traceback" not in done.stderr
    assert _contents(after) == _contents(old)


def test_readers_see_whole_documents_only(tmp_path):
    """A document read and written over and over: whoever joins on `documents` sees all of its rows."""
    import duckdb

    extraction = read_fixture("pinewater-minutes")
    publish(extraction, tmp_path)
    wanted = len(extraction.rows["resolutions"])
    stop, wrong, right = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                n = (
                    duckdb.connect()
                    .sql(
                        f"SELECT count(*) FROM read_parquet('{tmp_path}/resolutions/**/*.parquet') r "
                        f"JOIN read_parquet('{tmp_path}/documents/**/*.parquet') d USING "
                        f"(document_id)"
                    )
                    .fetchall()[0][0]
                )
            except duckdb.Error as error:
                wrong.append(str(error))
                continue
            (right if n == wanted else wrong).append(n)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for r in readers:
        r.start()
    for _ in range(40):
        publish(extraction, tmp_path)
    stop.set()
    for r in readers:
        r.join()
    assert wrong == []
    assert len(right) > 20, "the readers did read"


def test_publishing_looks_into_no_other_councils_partitions(tmp_path, monkeypatch):
    output = tmp_path / "output"
    publish(read_fixture(PAPERS[0]), output)
    looked: list[str] = []
    glob = Path.glob
    monkeypatch.setattr(Path, "glob", lambda self, pattern: looked.append(pattern) or glob(self, pattern))
    publish(replace(read_fixture(PAPERS[0]), council="Another", year=2001), output)
    assert {f.split("/")[1] for f in _contents(output)} == {"council=Another"}
    looked.clear()
    publish(read_fixture(PAPERS[1]), output)
    forget(read_fixture(PAPERS[0]).document_id, output)
    assert looked == []
    monkeypatch.undo()
    assert {Path(f).stem for f in _contents(output)} == {read_fixture(PAPERS[1]).document_id}


@pytest.mark.parametrize("lost", ["the folder", "what a note says"])
def test_where_rows_lie_is_found_again(tmp_path, lost):
    output, paper = tmp_path / "output", read_fixture(PAPERS[0])
    publish(paper, output)
    if lost == "the folder":
        shutil.rmtree(output / ".where")
    else:
        (output / ".where" / paper.document_id).write_text("")
    publish(replace(paper, council="Another [North]"), output)
    assert {f.split("/")[1] for f in _contents(output)} == {"council=Another [North]"}
    forget(paper.document_id, output)
    assert _contents(output) == {} and list((output / ".where").iterdir()) == []
