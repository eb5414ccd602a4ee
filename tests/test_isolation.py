"""What hostile and broken papers cost: their own row, and nothing else."""

from __future__ import annotations

import inspect
import os
import signal
import socket
import time
from pathlib import Path

import pytest
from pebble import ProcessExpired

from pipeline.errors import NetworkForbidden
from pipeline.store.fresh import FOLDER, opened
from pipeline.workers import papers as run
from pipeline.workers import pool as workers
from schemas.row import as_dicts
from tests import hostile
from tests.replay import NOTICE

STATUS = {
    "bomb": "partial",
    "pages_in_a_ring": "failed",
    "form_in_itself": "ok",
    "forms_that_double": "partial",
    "nested_arrays": "ok",
    "deep_page_tree": "failed",
    "no_pages": "failed",
    "a_large_sheet": "partial",
    "secret_map": "ok",
    "without_a_map": "partial",
    "locked": "failed",
    "locked_for_changes_only": "ok",
    "index_gone": "partial",
    "objects_behind_a_broken_index": "partial",
    "cut_in_the_middle": "partial",
    "no_pdf": "failed",
    "empty": "failed",
}
SAYS = {
    "locked": "password",
    "no_pages": "no pages",
    "index_gone": "read after repair by pikepdf",
    "cut_in_the_middle": "read after repair",
    "no_pdf": "not a PDF",
    "bomb": "pages not read: 1",
    "without_a_map": "pages not read: 1",
    "deep_page_tree": "RecursionError",
}


def _rows(output: Path, dataset: str, document_id: str) -> list[dict]:
    paper = opened(output / FOLDER / f"{document_id}.zip")
    return paper.table(dataset).to_pylist() if dataset in paper.datasets else []


@pytest.mark.parametrize("make", hostile.HOSTILE, ids=lambda f: f.__name__)
def test_a_hostile_paper_costs_its_own_row_and_the_next_is_read(make, tmp_path):
    bad, good, output = tmp_path / f"{make.__name__}.pdf", tmp_path / "good.pdf", tmp_path / "output"
    bad.write_bytes(make())
    good.write_bytes(NOTICE + b"\n%" + make.__name__.encode())
    outcome = run.read_isolated(bad, output, ocr="none", seconds=100)
    (row,) = _rows(output, "documents", outcome.document_id)
    assert row["status"] == outcome.status == STATUS[make.__name__], outcome.error
    assert SAYS.get(make.__name__, "") in (row["error"] or "")
    assert run.read_isolated(good, output, ocr="none").status == "ok"


def test_ten_thousand_pages_are_read(tmp_path):
    paper = tmp_path / "long.pdf"
    paper.write_bytes(hostile.ten_thousand_pages())
    outcome = run.read_isolated(paper, tmp_path / "output", ocr="none", seconds=200)
    assert (outcome.status, outcome.pages) == ("ok", 10_000)


def test_a_mended_paper_says_so_and_gives_what_the_whole_one_gives(tmp_path):
    """The repaired minutes have the rows of the undamaged ones, and one problem more."""
    from tests.conftest import read_fixture

    paper = tmp_path / "minutes.pdf"
    paper.write_bytes(hostile.objects_behind_a_broken_index())
    outcome = run.read_isolated(paper, tmp_path / "output")
    whole = read_fixture("pinewater-minutes")
    assert {r["text"] for r in _rows(tmp_path / "output", "resolutions", outcome.document_id)} == {
        r["text"] for r in as_dicts(whole.rows)["resolutions"]
    }
    assert "paper repaired" in {
        r["kind"] for r in _rows(tmp_path / "output", "problems", outcome.document_id)
    }


def test_letters_without_a_map_are_read_by_ocr_or_not_at_all(tmp_path):
    paper = tmp_path / "garbled.pdf"
    paper.write_bytes(hostile.without_a_map())
    outcome = run.read_isolated(paper, tmp_path / "output", ocr="none")
    (page,) = _rows(tmp_path / "output", "pages", outcome.document_id)
    assert page["text"] == "" and page["text_source"] == "none"
    assert "page not read" in {r["kind"] for r in _rows(tmp_path / "output", "problems", outcome.document_id)}


# --- the limits ---


@pytest.fixture(scope="module")
def pool():
    with workers.make_pool(1) as made:
        yield made


def _call(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=3)


def _namespace() -> str:
    return str(Path("/proc/self/ns/net").readlink())


def test_a_worker_has_no_network(pool):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=3).close()
        with pytest.raises(NetworkForbidden, match="may not use the network"):
            workers.schedule(pool, _call, (server.getsockname(),), 20).result()


def test_a_worker_has_a_network_of_its_own_where_the_system_gives_one(pool):
    import ctypes

    if os.fork() == 0:
        os._exit(
            0
            if ctypes.CDLL(None).unshare(
                workers.CLONE_NEWNET if os.geteuid() == 0 else workers.CLONE_NEWNET | workers.CLONE_NEWUSER
            )
            == 0
            else 1
        )
    if os.waitstatus_to_exitcode(os.wait()[1]) != 0:
        pytest.skip("this system gives no network namespaces to such a process")
    assert workers.schedule(pool, _namespace, (), 20).result() != _namespace()


def _open_many() -> None:
    kept: list[int] = []
    try:
        for _ in range(2000):
            kept.append(os.open("/dev/null", os.O_RDONLY))
    finally:
        for file in kept:
            os.close(file)
    raise AssertionError(f"{len(kept)} files were opened")


def test_a_worker_opens_so_many_files_and_no_more(pool):
    with pytest.raises(OSError, match="Too many open files"):
        workers.schedule(pool, _open_many, (), 20).result()


def _take(size: int) -> int:
    return len(bytearray(size))


def test_a_worker_takes_so_much_memory_and_no_more(pool):
    assert workers.schedule(pool, _take, (100_000_000,), 20).result() == 100_000_000
    with pytest.raises(MemoryError):
        workers.schedule(pool, _take, (2 * workers.BYTES_A_WORKER,), 20).result()


def _burn() -> None:
    workers.allow_processor(1)
    while True:
        pass


def test_a_worker_takes_so_much_processor_and_no_more(pool, tmp_path):
    paper = tmp_path / "slow.pdf"
    paper.write_bytes(NOTICE)
    began = time.monotonic()
    future = workers.schedule(pool, _burn, (), 60)
    with pytest.raises(ProcessExpired) as told:
        future.result()
    assert told.value.exitcode == -signal.SIGXCPU and time.monotonic() - began < 20
    outcome = run._settle(run.Task(paper, tmp_path / "output"), future.result)
    assert outcome.status == "failed" and "of processor" in outcome.error


def _sleep() -> None:
    time.sleep(60)


def test_a_paper_that_takes_too_long_is_given_up(pool, tmp_path):
    paper = tmp_path / "slow.pdf"
    paper.write_bytes(NOTICE)
    began = time.monotonic()
    outcome = run._settle(
        run.Task(paper, tmp_path / "output", seconds=1), workers.schedule(pool, _sleep, (), 1).result
    )
    assert (
        outcome.status == "failed" and "gave up after 1 s" in outcome.error and time.monotonic() - began < 20
    )


KEPT: list[bytearray] = []


def _keep() -> None:
    KEPT.append(bytearray(b"x") * (workers.BYTES_OF_A_TIRED_WORKER + 50_000_000))


def test_a_worker_that_keeps_much_memory_leaves_and_the_paper_is_read_by_another(pool, tmp_path):
    paper = tmp_path / "next.pdf"
    paper.write_bytes(NOTICE)
    workers.schedule(pool, _keep, (), 30).result()
    task = run.Task(paper, tmp_path / "output")
    future = workers.schedule(pool, run.read_one, (task,), 60)
    with pytest.raises(ProcessExpired) as told:
        future.result()
    assert told.value.exitcode == workers.TIRED
    assert run._settle(task, future.result).status == "ok"


def test_character_maps_are_not_unpickled_and_not_looked_for_outside():
    """CVE-2025-64512 and CVE-2025-70559: pdfminer took a font's map name for a path and unpickled what lay
    there. Releases since 20251230 do not."""
    from pdfminer import cmapdb

    assert "pickle" not in inspect.getsource(cmapdb)
    with pytest.raises(cmapdb.CMapDB.CMapNotFound):
        cmapdb.CMapDB._load_data("../../../../tmp/evil")


def test_no_code_of_ours_unpickles_evaluates_or_asks_a_shell():
    import ast

    banned = {"eval", "exec", "compile", "pickle", "marshal", "shelve"}
    for file in (
        f
        for room in ("extractors", "pipeline", "schemas", "search")
        for f in Path(run.__file__).parent.parent.parent.joinpath(room).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = (
                {a.name for a in node.names}
                if isinstance(node, ast.Import)
                else {node.module}
                if isinstance(node, ast.ImportFrom)
                else set()
            )
            called = (
                {node.func.id} if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else set()
            )
            assert not banned & (names | called), f"{file.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.keyword) and node.arg == "shell":
                raise AssertionError(f"{file.name}:{node.value.lineno} asks a shell")
