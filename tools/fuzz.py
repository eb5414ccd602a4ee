"""Papers changed at random until something gives: `python -m tools.fuzz [COUNT] [SEED]`.

Ten small PDFs of our own, unpacked so that changes reach what a parser reads, are mutated; each mutant is
read and published in a worker with the night's limits while `coverage` notes which branches of ours,
pdfplumber's and pdfminer's are taken. A mutant that takes a new one is mutated further. At the end the fewest
mutants that take all branches found are kept in tests/seeds/, where the tests read them again; what was found
wrong (an exception that is no reason, a worker that died, a limit reached) is printed with its mutant's name,
and the mutant kept in tests/seeds/ too.
"""

from __future__ import annotations

import hashlib
import io
import logging
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pikepdf

from pipeline.workers import pool as workers
from tests import hostile
from tests.conftest import FIXTURES, REPO

SEEDS = REPO / "tests" / "seeds"
SECONDS = 60
LARGEST = 60_000
"""Mutants larger than this are not mutated further nor kept."""
MOST_KEPT = 60
WATCHED = ("extractors", "pipeline", "pdfplumber", "pdfminer")
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483648",
    b"-2147483649",
    b"9223372036854775808",
    b"1e308",
    b"0.0000001",
    b"99999999999999999999",
    b"--5",
    b".",
    b"1.5.2",
)
WORDS = (
    b"BT",
    b"ET",
    b"q",
    b"Q",
    b"Tj",
    b"TJ",
    b"Td",
    b"Tm",
    b"T*",
    b"Tf",
    b"re",
    b"f",
    b"S",
    b"W",
    b"n",
    b"cm",
    b"Do",
    b"BI",
    b"ID",
    b"EI",
    b"BDC",
    b"EMC",
    b"[",
    b"]",
    b"<<",
    b">>",
    b"(",
    b")",
    b"<",
    b"/",
    b"obj",
    b"endobj",
    b"stream",
    b"endstream",
    b"null",
    b"true",
    b"/Type",
    b"/Pages",
    b"/Kids",
    b"/Parent",
    b"/Font",
    b"/Widths",
    b"/ToUnicode",
    b"/Encoding",
    b"/MediaBox",
    b"/Rotate 90",
    b"/Filter /FlateDecode",
    b"/Filter /LZWDecode",
    b"/Length",
    b"/W [1 2 1]",
    b"/Annots",
    b"/Contents",
    b"/Resources",
    b"beginbfrange",
    b"begincodespacerange",
    b"\xff\xfe",
    b"%",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a mutant: its paper's status, the exception that was no reason (if any), branches new to
    its worker, seconds, peak bytes."""

    status: str
    fault: str | None
    branches: frozenset[int]
    seconds: float
    peak: int


# --- the papers begun with ---


def first_papers() -> list[bytes]:
    """Ten small PDFs, unpacked."""
    packed = [
        (FIXTURES / f"{n}.pdf").read_bytes()
        for n in ("pinewater-minutes", "pinewater-notice", "marlow-minutes", "marlow-agenda")
    ]
    packed += [
        _cut((FIXTURES / "aldermere-pack.pdf").read_bytes(), first, last)
        for first, last in ((0, 2), (2, 4), (6, 8))
    ]
    whole = [_unpacked(p) for p in packed]
    return [
        *whole,
        hostile.form_in_itself(),
        hostile.without_a_map(),
        hostile.objects_behind_a_broken_index(),
    ]


def _cut(data: bytes, first: int, last: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document, pikepdf.new() as part:
        part.pages.extend(document.pages[first:last])
        part.save(out)
    return out.getvalue()


def _unpacked(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream) and len(thing.read_raw_bytes()) > 20_000:
                thing.write(b"")  # fonts' programs are nothing that we read
        document.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


# --- mutation ---


def mutated(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    """The paper with one to four changes."""
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        data = draw.choice(CHANGES)(data, others, draw)
    return data


def _span(data: bytes, draw: random.Random, longest: int = 200) -> tuple[int, int]:
    first = draw.randrange(max(1, len(data)))
    return first, min(len(data), first + draw.randint(1, longest))


def _flip(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def _drop(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    first, last = _span(data, draw)
    return data[:first] + data[last:] or b"%"


def _repeat(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    first, last = _span(data, draw)
    return data[:first] + data[first:last] * draw.choice((2, 3, 50)) + data[last:]


def _number(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    found = list(re.finditer(rb"-?\d+\.?\d*", data))
    if not found:
        return data
    m = draw.choice(found)
    return data[: m.start()] + draw.choice(NUMBERS) + data[m.end() :]


def _reference(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    found = list(re.finditer(rb"\b\d+ 0 R\b", data))
    if not found:
        return data
    m, other = draw.choice(found), draw.choice(found)
    return data[: m.start()] + other.group() + data[m.end() :]


def _word(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    found = list(re.finditer(rb"/?[A-Za-z*]{1,14}", data))
    if not found or draw.random() < 0.3:
        at = draw.randrange(max(1, len(data)))
        return data[:at] + b" " + draw.choice(WORDS) + b" " + data[at:]
    m = draw.choice(found)
    return data[: m.start()] + draw.choice((draw.choice(WORDS), draw.choice(found).group())) + data[m.end() :]


def _splice(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    other = draw.choice(others)
    first, last = _span(other, draw, 2000)
    at = draw.randrange(max(1, len(data)))
    return data[:at] + other[first:last] + data[at + draw.choice((0, last - first)) :] or b"%"


def _cut_off(data: bytes, others: list[bytes], draw: random.Random) -> bytes:
    return data[: draw.randrange(1, len(data) + 1)]


CHANGES: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (
    _flip,
    _drop,
    _repeat,
    _number,
    _number,
    _reference,
    _word,
    _word,
    _splice,
    _cut_off,
)

# --- watching ---


def observe(data: bytes) -> Seen:
    """Read and publish the mutant in this worker, its branches noted."""
    import resource

    from extractors.rows import extract
    from pipeline.store.publish import publish

    logging.disable(logging.WARNING)
    began, fault, status = time.perf_counter(), None, "failed"
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "mutant.pdf"
        paper.write_bytes(data)
        watch = _watch()
        watch.start()
        try:
            extraction = extract(paper, ocr="none")
            publish(extraction, Path(folder) / "output")
            status = extraction.document.status
        except MemoryError:
            status = "too much memory"
        except Exception as error:
            import traceback

            last = traceback.extract_tb(error.__traceback__)[-1]
            fault = f"{type(error).__name__}: {str(error)[:100]} ({Path(last.filename).name}:{last.lineno})"
        finally:
            watch.stop()
    new = frozenset(_branches(watch)) - KNOWN
    KNOWN.update(new)
    return Seen(
        status,
        fault,
        new,
        time.perf_counter() - began,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    )


KNOWN: set[int] = set()
"""Branches that this worker has told."""


def _watch() -> Any:
    import coverage

    return coverage.Coverage(
        data_file=None,
        branch=True,
        include=[f"*/{room}/*" for room in WATCHED],
        config_file=False,
        messages=False,
    )


def _branches(watch: Any) -> Iterator[int]:
    data = watch.get_data()
    for file in data.measured_files():
        for a, b in data.arcs(file) or ():
            yield hash((crc32(file.encode()), a, b))


# --- the search ---


def main() -> None:
    """Mutate, watch, keep, tell."""
    count, seed = (
        int(sys.argv[1]) if len(sys.argv) > 1 else 5000,
        int(sys.argv[2]) if len(sys.argv) > 2 else 1,
    )
    draw, began = random.Random(seed), time.monotonic()
    queue = [*first_papers(), *(p.read_bytes() for p in sorted(SEEDS.glob("*.pdf")))]
    known: set[int] = set()
    finders: list[tuple[bytes, frozenset[int]]] = []
    outcomes: Counter[str] = Counter()
    faults: dict[str, bytes] = {}
    slowest = peak = 0.0
    for data, seen in observed(queue, count, draw):
        outcomes[seen.status] += 1
        slowest, peak = max(slowest, seen.seconds), max(peak, seen.peak)
        if seen.fault and seen.fault not in faults:
            faults[seen.fault] = data
            print("fault:", seen.fault, flush=True)
        if new := seen.branches - known:
            known |= new
            finders.append((data, frozenset(new)))
            if len(data) <= LARGEST:
                queue.append(data)
        if sum(outcomes.values()) % 500 == 0:
            print(
                f"{sum(outcomes.values())} mutants, {len(known)} branches, {len(queue)} in the "
                f"queue, {time.monotonic() - began:.0f} s",
                flush=True,
            )
    _keep(
        [data for data, new in sorted(finders, key=lambda f: -len(f[1])) if len(data) <= LARGEST][:MOST_KEPT],
        faults,
    )
    print(
        f"{sum(outcomes.values())} mutants in {time.monotonic() - began:.0f} s: {dict(outcomes)}; "
        f"{len(known)} branches; slowest {slowest:.1f} s, peak {peak / 1e6:.0f} MB; {len(faults)} "
        f"faults"
    )
    raise SystemExit(1 if faults else 0)


def observed(queue: list[bytes], count: int, draw: random.Random) -> Iterator[tuple[bytes, Seen]]:
    """Mutants with what became of them, in batches over two workers; the papers begun with first, as they
    are."""
    from concurrent.futures import TimeoutError as FutureTimeout

    from pebble import ProcessExpired

    first = list(queue)
    done = 0
    with workers.make_pool(2) as pool:
        while done < count:
            batch = (
                first
                if not done
                else [mutated(draw.choice(queue), queue, draw) for _ in range(min(40, count - done))]
            )
            for data, future in [(d, workers.schedule(pool, observe, (d,), SECONDS)) for d in batch]:
                done += 1
                try:
                    yield data, future.result()
                except ProcessExpired as error:
                    fault = (
                        None
                        if error.exitcode == workers.TIRED
                        else f"a worker died with exit code {error.exitcode}"
                    )
                    yield data, Seen("died", fault, frozenset(), 0.0, 0)
                except FutureTimeout:
                    yield data, Seen("gave up", f"longer than {SECONDS} s", frozenset(), SECONDS, 0)


def _keep(finders: list[bytes], faults: dict[str, bytes]) -> None:
    SEEDS.mkdir(exist_ok=True)
    for data in [*finders, *faults.values()]:
        (SEEDS / f"{hashlib.sha256(data).hexdigest()[:16]}.pdf").write_bytes(data)


if __name__ == "__main__":
    main()
