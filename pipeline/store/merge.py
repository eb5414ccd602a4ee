"""Fresh papers into the datasets' files, a file a dataset and year: all of them or none, whatever happens
meanwhile.

All files are written first, under names that no reader sees; a journal says which they are; then they are
renamed into place, `documents` last. A file keeps its name, so that a reader who has listed the files finds
each of them, old or new, and sees a paper once. What is killed in between is finished by the next merge.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from filelock import FileLock

from pipeline.errors import CannotWrite
from pipeline.store.files import draft_of, files_of, first_file, row_groups, write_draft
from pipeline.store.fresh import FOLDER, TAKEN, Fresh, put, take
from pipeline.store.sound import without_pandas
from schemas import DATASETS, OF_A_COUNCIL, Dataset
from schemas.untyped import load

pq = load("pyarrow.parquet")
pc = load("pyarrow.compute")

JOURNAL = f"{FOLDER}/merging.json"

Move = tuple[Path, Path]
"""A draft, and the file whose place it takes."""


def merge(output: Path) -> int:
    """Put the fresh papers into the datasets in place of their earlier readings; how many there were. Every
    dataset has a file afterwards.

    One merge at a time; another waits. Memory is that of a row group or of the largest paper. Raises
    CannotWrite on a full or read-only disk: the datasets are as they were, and the papers wait for the next.
    """
    if not output.exists():
        return 0
    without_pandas()
    try:
        with alone(output):
            _finish(output)
            papers = take(output)
            moves = _write(papers, output)
            if papers or moves:
                _open_journal(moves, papers, output)
                _finish(output)
            return len(papers)
    except OSError as error:
        raise CannotWrite(
            f"cannot write into {output}: {error.strerror or error}; what was there before is intact, and "
            "the papers read since are merged once there is room"
        ) from error


def forget(document_id: str, output: Path) -> None:
    """Take a paper out of every dataset. Raises CannotWrite."""
    try:
        put(document_id, "", None, {}, output)
    except OSError as error:
        raise CannotWrite(f"cannot write into {output}: {error.strerror or error}") from error
    merge(output)


def recover(output: Path) -> None:
    """Sweep up what killed runs left of papers half written, and merge what they had read; only where no
    other run writes. Raises CannotWrite."""
    for left in (output / FOLDER).glob(".*.writing"):
        left.unlink(missing_ok=True)
    merge(output)


@contextmanager
def alone(output: Path) -> Generator[None]:
    """Hold the datasets' lock: no merge in this block but its own."""
    folder = output / FOLDER
    folder.mkdir(exist_ok=True)
    with FileLock(folder / ".lock"):
        yield


def _write(papers: list[Fresh], output: Path) -> list[Move]:
    """The drafts of all files that change, `documents` last, or first where papers only go."""
    before = _files_with({p.document_id for p in papers}, output)
    moves: list[Move] = []
    goes = not any(p.datasets for p in papers)
    try:
        for dataset in sorted(DATASETS.values(), key=lambda d: (d.name == "documents") != goes):
            for target, tables in _changes(dataset, papers, before, output):
                moves.append((draft_of(target), target))
                write_draft(tables, target, dataset)
    except BaseException:
        for draft, _ in moves:
            draft.unlink(missing_ok=True)
        raise
    return moves


def _files_with(ids: set[str], output: Path) -> dict[str, set[str]]:
    """By the name of a file, those of the papers whose rows lie in files of that name."""
    wanted = pa.array(sorted(ids), pa.string())
    return {
        f.name: set(held.filter(pc.is_in(held, value_set=wanted)).to_pylist())
        for f in (files_of(output, "documents") if ids else ())
        for held in [pq.read_table(f, columns=["document_id"]).column("document_id")]
    }


def _changes(
    dataset: Dataset, papers: list[Fresh], before: dict[str, set[str]], output: Path
) -> Iterator[tuple[Path, Iterable[pa.Table]]]:
    """The dataset's files that change, each with what it is to hold."""
    folder = output / dataset.name
    told = False
    if dataset.name not in OF_A_COUNCIL:
        coming = [p for p in papers if dataset.name in p.datasets]
        for name in sorted(before.keys() | {p.target for p in coming}):
            own = [p for p in coming if p.target == name]
            gone = before.get(name, set[str]()) | {p.document_id for p in own}
            if own or (gone and _has_any(folder / name, gone)):
                told = True
                yield folder / name, _merged(folder / name, dataset, own, gone)
    if not told and not files_of(output, dataset.name):
        yield folder / first_file(dataset), ()


def _has_any(file: Path, ids: set[str]) -> bool:
    if not file.exists():
        return False
    held = pq.read_table(file, columns=["document_id"]).column("document_id")
    return bool(pc.any(pc.is_in(held, value_set=pa.array(sorted(ids), pa.string()))).as_py())


def _merged(file: Path, dataset: Dataset, coming: list[Fresh], gone: set[str]) -> Iterator[pa.Table]:
    """A file's rows without those of papers that go, and the coming papers' between them, in order."""
    waiting = list(reversed(coming))
    for group in row_groups(file, dataset) if file.exists() else ():
        at = 0
        for order, start, end in _papers_in(group):
            while waiting and waiting[-1].order <= order:
                yield group.slice(at, start - at)
                at = start
                yield waiting.pop().table(dataset.name)
            if order[1] in gone:
                yield group.slice(at, start - at)
                at = end
        yield group.slice(at)
    while waiting:
        yield waiting.pop().table(dataset.name)


def _papers_in(table: pa.Table) -> Iterator[tuple[tuple[str, str], int, int]]:
    """Each paper's (council, document_id) with its first row and the row after its last."""
    runs = pc.run_end_encode(table.column("document_id").combine_chunks())
    councils, start = table.column("council"), 0
    for document_id, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield (councils[start].as_py(), document_id), start, end
        start = end


def _open_journal(moves: list[Move], papers: list[Fresh], output: Path) -> None:
    """The journal of one merge, in place as a whole: the renames to make, the fresh files that they take."""
    journal = output / JOURNAL
    draft = draft_of(journal)
    said = {
        "moves": [[str(d.relative_to(output)), str(t.relative_to(output))] for d, t in moves],
        "papers": [p.file.name for p in papers],
    }
    with draft.open("w", encoding="utf-8") as out:
        json.dump(said, out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(journal)


def _finish(output: Path) -> None:
    """Make the journal's renames, drop the fresh files that they took, and close it; without one, drop what a
    killed merge had written. Safe to do again."""
    journal = output / JOURNAL
    if journal.exists():
        said = json.loads(journal.read_text("utf-8"))
        for draft, target in said["moves"]:
            if (output / draft).exists():
                (output / draft).replace(output / target)
        for name in said["papers"]:
            (output / TAKEN / name).unlink(missing_ok=True)
        journal.unlink()
    for name in DATASETS:
        for left in (output / name).glob(".*.writing"):
            left.unlink(missing_ok=True)
