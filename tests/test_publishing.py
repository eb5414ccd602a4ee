"""Publishing and merging: all of a document or nothing, once and never twice, whatever happens meanwhile, and
readers who look all the time."""

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
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import CannotWrite
from pipeline.store import files, fresh
from pipeline.store.merge import forget, merge, recover
from pipeline.store.publish import publish
from schemas import DATASETS
from tests.conftest import FIXTURES, REPO, read_fixture
from tests.lake import contents, rows_in, write

PAPERS = ("pinewater-minutes", "marlow-minutes", "aldermere-pack")
FORK = multiprocessing.get_context("fork")


def _nothing_is_left_of(output: Path) -> bool:
    """No draft, no journal, no paper that waits."""
    left = [f for f in (output / ".fresh").rglob("*") if f.is_file() and f.name != ".lock"]
    return not left and not list(output.rglob("*.writing"))


def _publish_for_ever(output: Path) -> None:
    draw = random.Random(os.getpid())
    while True:
        write(output, *(read_fixture(n) for n in draw.sample(PAPERS, draw.randint(1, 3))))


def _look_for_ever(output: Path, whole: dict[str, dict[str, int]], told) -> None:
    """Ask the views and the files, over and over, how many rows each document has; send what is not whole,
    and at the end how often it looked."""
    import duckdb

    from pipeline.store.sql import connect

    looked, ended = 0, []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    while not ended:
        views = connect(output)
        for dataset in ("documents", "resolutions", "attendance", "agenda_items"):
            for place in (dataset, f"read_parquet('{output}/{dataset}/*.parquet')"):
                try:
                    rows = views.sql(f"SELECT document_id, count(*) FROM {place} GROUP BY 1").fetchall()
                except duckdb.Error as error:  # replaced between footer and rows: told, and asked again
                    if "No files found" in str(error) or "No such file" in str(error):
                        told.send(str(error))
                    continue
                wanted = {d: n[dataset] for d, n in whole.items() if dataset in n}
                if dict(rows) != wanted:
                    told.send(f"{rows} of {dataset}, not {wanted}")
        looked += 1
    told.send(looked)


def test_twenty_kills_while_publishing_and_merging(tmp_path):
    """Killed at any moment and recovered: readers see every document once and whole, and the rows are those
    of an undisturbed run."""
    undisturbed, output = tmp_path / "undisturbed", tmp_path / "output"
    for folder in (undisturbed, output):
        papers = [read_fixture(n) for n in PAPERS]
        began = time.monotonic()
        write(folder, *papers)
        took = time.monotonic() - began
    whole = {
        read_fixture(n).document_id: {d: len(rows) for d, rows in read_fixture(n).rows.items() if rows}
        for n in PAPERS
    }
    here, there = multiprocessing.Pipe(duplex=False)
    reader = FORK.Process(target=_look_for_ever, args=(output, whole, there))
    reader.start()
    draw, kills, within = random.Random(11), 0, Counter()
    while kills < 20 or (
        min(within[k] for k in ("publishing", "merging")) < 3 and kills < 100
    ):  # twenty, and more until some were in the middle of either
        kills += 1
        writer = FORK.Process(target=_publish_for_ever, args=(output,))
        writer.start()
        time.sleep(draw.uniform(0.05, 1.5 * took))
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        within["publishing"] += bool(list((output / ".fresh").glob("*.zip")))
        within["merging"] += bool(list((output / ".fresh" / "taken").glob("*.zip")))
        recover(output)
    reader.terminate()
    said = []
    while not said or not isinstance(said[-1], int):
        said.append(here.recv())
    reader.join()
    assert said[:-1] == [] and said[-1] > 5, said
    assert min(within.values()) >= 3, within
    assert contents(output) == contents(undisturbed)
    assert _nothing_is_left_of(output)


def _merge_and_die_at(rename: int, output: Path) -> None:
    count = 0
    real = Path.replace

    def counted(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == rename:
            os._exit(9)
        return real(self, target)

    Path.replace = counted
    merge(output)
    os._exit(0)


@pytest.mark.parametrize("change", ["new", "read again", "withdrawn", "another year"])
def test_a_merge_killed_before_any_of_its_renames_is_finished_by_the_next(tmp_path, change):
    first, second = (read_fixture(n) for n in PAPERS[:2])
    start, wanted = tmp_path / "start", tmp_path / "wanted"
    later = {
        "new": lambda folder: publish(second, folder),
        "read again": lambda folder: publish(replace(first, council="Another"), folder),
        "withdrawn": lambda folder: fresh.put(first.document_id, "", None, {}, folder),
        "another year": lambda folder: publish(replace(first, year=1999), folder),
    }[change]
    write(start, first)
    shutil.copytree(start, wanted)
    later(start)
    later(wanted)
    merge(wanted)
    killed = 0
    for rename in range(1, 200):
        output = tmp_path / str(rename)
        shutil.copytree(start, output)
        writer = FORK.Process(target=_merge_and_die_at, args=(rename, output))
        writer.start()
        writer.join()
        recover(output)
        assert contents(output) == contents(wanted), f"killed before rename {rename}"
        assert _nothing_is_left_of(output)
        if writer.exitcode == 0:
            break
        killed += 1
        shutil.rmtree(output)
    assert killed > 10 and writer.exitcode == 0


def _with_room_for(size: int, work, told) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        work()
        told.send("written")
    except CannotWrite as error:
        told.send(str(error))


def _done_with_room_for(size: int, work) -> str:
    here, there = multiprocessing.Pipe(duplex=False)
    writer = FORK.Process(target=_with_room_for, args=(size, work, there))
    writer.start()
    writer.join()
    return here.recv()


@pytest.mark.parametrize("size", [0, 3_000, 8_000, 12_000])
def test_a_paper_that_cannot_be_written_whole_leaves_the_old_rows(tmp_path, size):
    pack = read_fixture("aldermere-pack")
    write(tmp_path, read_fixture("pinewater-minutes"))
    before = contents(tmp_path)
    said = _done_with_room_for(size, lambda: publish(pack, tmp_path))
    assert "File too large" in said and "what was there before is intact" in said
    assert contents(tmp_path) == before and _nothing_is_left_of(tmp_path)


@pytest.mark.parametrize("size", [0, 3_000, 5_000, 8_000, 12_000])
def test_a_merge_that_cannot_write_every_file_changes_none_and_is_made_up_for(tmp_path, size):
    """The system itself stops the write, at another file each time."""
    undisturbed, output = tmp_path / "undisturbed", tmp_path / "output"
    write(undisturbed, *(read_fixture(n) for n in PAPERS))
    write(output, read_fixture("pinewater-minutes"))
    before = contents(output)
    for name in PAPERS:
        publish(read_fixture(name), output)
    said = _done_with_room_for(size, lambda: merge(output))
    assert "File too large" in said and "merged once there is room" in said
    assert contents(output) == before and not list(output.rglob("*.writing"))
    assert merge(output) == 3
    assert contents(output) == contents(undisturbed) and _nothing_is_left_of(output)


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
    write(old, read_fixture("pinewater-notice"))
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
    assert contents(after) == contents(old)


def _with_duckdb(output: Path) -> dict[str, int]:
    import duckdb

    return dict(
        duckdb.connect()
        .sql(f"SELECT document_id, count(*) FROM read_parquet('{output}/resolutions/*.parquet') GROUP BY 1")
        .fetchall()
    )


def _with_polars(output: Path) -> dict[str, int]:
    import polars as pl

    found = pl.scan_parquet(f"{output}/resolutions/*.parquet").group_by("document_id").len().collect()
    return dict(found.rows())


def _with_pandas(output: Path) -> dict[str, int]:
    import pandas as pd

    return pd.read_parquet(output / "resolutions").groupby("document_id").size().to_dict()


def _with_arrow(output: Path) -> dict[str, int]:
    import pyarrow.dataset as ds

    found = ds.dataset(output / "resolutions").to_table(columns=["document_id"])
    return dict(Counter(found.column("document_id").to_pylist()))


@pytest.mark.parametrize("count", [_with_duckdb, _with_polars, _with_pandas, _with_arrow])
def test_readers_of_plain_files_see_each_paper_once_while_others_are_merged(tmp_path, count):
    """Papers are read again and new ones come, over and over, while a reader looks over and over."""
    first = read_fixture("pinewater-minutes")
    write(tmp_path, first, read_fixture("marlow-minutes"))
    wanted = {p: n for p, n in count(tmp_path).items() if n}
    assert len(wanted) == 2
    stop, wrong, right, failed = threading.Event(), [], [], []

    def read() -> None:
        while not stop.is_set():
            try:
                found = count(tmp_path)
            except Exception as error:  # the file was replaced between two of the reader's own steps
                failed.append(repr(error))
                continue
            stays = {p: n for p, n in found.items() if p in wanted}
            (right if stays == wanted and set(found.values()) <= set(wanted.values()) else wrong).append(
                found
            )

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(12):
        write(tmp_path, first, _renamed(first, f"{n:064x}"))
    stop.set()
    reader.join()
    assert wrong == []
    assert len(right) > 5 and len(failed) <= len(right) / 5, failed


def _renamed(extraction, document_id: str):
    """The same paper under another id."""
    rows = {
        name: [replace(r, place=replace(r.place, document_id=document_id)) for r in listed]
        for name, listed in extraction.rows.items()
    }
    return replace(extraction, document_id=document_id, rows=rows)


def test_a_withdrawn_paper_is_gone_from_every_file(tmp_path):
    first, second = (read_fixture(n) for n in PAPERS[:2])
    write(tmp_path, first, second)
    forget(first.document_id, tmp_path)
    assert {r["document_id"] for rows in contents(tmp_path).values() for r in rows} == {second.document_id}
    forget(first.document_id, tmp_path)
    write(tmp_path, first)
    assert {r["document_id"] for r in rows_in(tmp_path, "documents")} == {
        first.document_id,
        second.document_id,
    }


def test_a_paper_read_again_takes_the_place_of_its_rows_whatever_council_and_year(tmp_path):
    paper = read_fixture(PAPERS[0])
    write(tmp_path, paper)
    write(tmp_path, replace(paper, council="Another [North]", year=2001))
    assert {f.split("/")[1] for f in contents(tmp_path)} == {"2001.parquet"}
    assert {r["council"] for rows in contents(tmp_path).values() for r in rows} == {"Another [North]"}
    write(tmp_path, replace(paper, year=None))
    assert {f.split("/")[1] for f in contents(tmp_path)} == {"undated.parquet"}
    assert {r["year"] for r in rows_in(tmp_path, "documents")} == {None}


def test_the_last_reading_counts_also_of_those_that_wait(tmp_path):
    paper = read_fixture(PAPERS[0])
    publish(replace(paper, council="First"), tmp_path)
    fresh.take(tmp_path)  # a merge that was killed had taken it
    publish(replace(paper, council="Second"), tmp_path)
    assert fresh.waiting(tmp_path) == 2
    assert merge(tmp_path) == 1
    assert {r["council"] for r in rows_in(tmp_path, "documents")} == {"Second"}


def test_a_merge_leaves_other_years_alone(tmp_path):
    paper = read_fixture(PAPERS[0])
    write(tmp_path, paper, replace(_renamed(paper, "0" * 64), year=1999))
    before = {f: f.stat().st_ino for f in tmp_path.glob("*/1999.parquet")}
    write(tmp_path, _renamed(paper, "1" * 64))
    assert before and before == {f: f.stat().st_ino for f in before}
    assert merge(tmp_path) == 0


def test_merged_files_are_the_same_however_the_papers_came(tmp_path, monkeypatch):
    """Sorted, in row groups of equal size."""
    monkeypatch.setattr(files, "ROW_GROUP", 7)
    paper = read_fixture(PAPERS[0])
    papers = [replace(_renamed(paper, f"{n:064x}"), council=f"Council {n % 3}") for n in range(9)]
    write(tmp_path / "at once", *papers)
    for some in (papers[4:6], papers[:3], papers[6:], papers[3:5]):
        write(tmp_path / "by and by", *some)
    assert contents(tmp_path / "at once") == contents(tmp_path / "by and by")
    groups = pq.ParquetFile(tmp_path / "at once" / "resolutions" / f"{paper.year}.parquet").metadata
    assert groups.num_row_groups == -(-groups.num_rows // 7) > 3


def test_a_council_is_read_over_all_years(tmp_path):
    paper = read_fixture(PAPERS[0])
    for n in range(6):
        publish(
            replace(_renamed(paper, f"{n:064x}"), council=f"Council {n % 2}", year=2000 + n % 4), tmp_path
        )
    merge(tmp_path)
    told = {c: t.num_rows for c, t in files.by_council(tmp_path, "resolutions")}
    each = 3 * len(paper.rows["resolutions"])
    assert told == {"Council 0": each, "Council 1": each}


def test_every_dataset_has_a_file_after_a_merge(tmp_path):
    assert merge(tmp_path / "nowhere") == 0 and not (tmp_path / "nowhere").exists()
    assert merge(tmp_path) == 0
    assert all(files.files_of(tmp_path, name) for name in DATASETS)
