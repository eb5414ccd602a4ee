"""Workers that die: what they cost."""

from __future__ import annotations

import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import psutil
from pebble import ProcessExpired

from pipeline.store.merge import merge
from pipeline.workers import papers as run
from pipeline.workers import pool as workers
from tests.lake import contents
from tests.replay import NOTICE


def _papers(folder: Path, count: int) -> list[Path]:
    papers = [folder / f"{i}.pdf" for i in range(count)]
    for i, paper in enumerate(papers):
        paper.write_bytes(NOTICE + f"\n%{i}\n".encode())
    return papers


def test_workers_killed_while_idle_cost_no_paper(tmp_path):
    first, second, third = _papers(tmp_path, 3)
    assert run.read_isolated(first, tmp_path / "output").status == "ok"
    broken = workers.shared_pool()
    for worker in psutil.Process().children(recursive=True):
        worker.kill()
    time.sleep(1)
    assert run.read_isolated(second, tmp_path / "output").status == "ok"
    assert workers.shared_pool() is not broken
    assert run.read_isolated(third, tmp_path / "output").status == "ok"


def test_a_broken_pool_in_the_middle_leaves_every_paper_read_once_and_in_order(tmp_path, monkeypatch):
    settle, calls = run._settle, []

    def breaking(task, result):
        calls.append(task.path)
        if len(calls) == 2:
            raise BrokenProcessPool("All workers expired")
        return settle(task, result)

    monkeypatch.setattr(run, "_settle", breaking)
    papers = _papers(tmp_path, 4)
    outcomes = list(run.read_all(papers, tmp_path / "output", jobs=2))
    assert [o.path for o in outcomes] == papers
    assert {o.status for o in outcomes} == {"ok"}


def test_a_worker_that_dies_costs_the_paper_it_read_and_says_so(tmp_path):
    (paper,) = _papers(tmp_path, 1)

    def died():
        raise ProcessExpired("Abnormal termination", code=-9)

    outcome = run._settle(run.Task(paper, tmp_path / "output", seconds=60), died)
    assert outcome.status == "failed"
    assert "worker died (exit code -9)" in outcome.error


def test_the_limit_of_a_worker_stands_above_its_parents_address_space():
    from pebble import ProcessPool

    with ProcessPool(max_workers=1, initializer=workers.limit_this_process) as pool:
        limit = pool.schedule(_limit).result()
    assert limit >= psutil.Process().memory_info().vms * 0.5 + workers.BYTES_A_WORKER


def _limit() -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0]


def _long_pack(target: Path) -> Path:
    """Fifty pages: a fixture's pack over and over."""
    import pikepdf

    from tests.conftest import FIXTURES

    with pikepdf.open(FIXTURES / "aldermere-pack.pdf") as source, pikepdf.new() as out:
        while len(out.pages) < 50:
            out.pages.extend(list(source.pages)[: 50 - len(out.pages)])
        out.save(target)
    return target


def test_a_large_paper_read_by_two_workers_gives_the_same_rows(tmp_path, monkeypatch):
    paper = _long_pack(tmp_path / "long.pdf")
    shared = []
    real = run._leaves_by_many

    def watched(*arguments):
        leaves = real(*arguments)
        shared.append(len(leaves))
        return leaves

    monkeypatch.setattr(run, "_leaves_by_many", watched)
    (alone,) = run.read_all([paper], tmp_path / "alone", jobs=1)
    assert shared == []
    (together,) = run.read_all([paper], tmp_path / "together", jobs=2)
    assert shared == [50], "the pages were read before, by several"
    assert alone.status == together.status == "ok"
    for run_once in ("alone", "together"):
        merge(tmp_path / run_once)
    assert contents(tmp_path / "alone") == contents(tmp_path / "together")


def test_a_bad_paper_among_idle_workers_costs_its_own_row(tmp_path):
    paper = tmp_path / "bad.pdf"
    paper.write_bytes(b"%PDF-1.4 nothing")
    (outcome,) = run.read_all([paper], tmp_path / "output", jobs=4)
    assert outcome.status == "failed" and "not a PDF" in outcome.error
