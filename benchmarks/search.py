"""Search over many resolutions: `python -m benchmarks.search [N] [FOLDER]` makes N of them (a million) out of
invented words, builds the index, asks 300 searches of one to three words and phrases with filters and counts,
and writes its figures into docs/search.md. The index stays in FOLDER, for benchmarks.load."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from fixtures.prose import SUBJECTS, TAILS, VERBS
from search.entries import Entry
from search.facets import counts, over_time
from search.index import finish, open_index, prepare
from search.query import Search, search
from search.writing import Places, add_entries

FOUND_AT = "2031-06-01T03:00:00+00:00"
REPO = Path(__file__).parent.parent
SYLLABLES = (
    "ba",
    "ter",
    "mon",
    "li",
    "dra",
    "sel",
    "wick",
    "ham",
    "ton",
    "ford",
    "bury",
    "ing",
    "ley",
    "mar",
    "dal",
    "crof",
    "pen",
    "thor",
    "ness",
    "gate",
)


def resolutions(n: int) -> Iterator[tuple[str, str, Entry]]:
    """Invented resolutions of 60 councils over ten years; words as frequent as words are: few usual, many
    rare."""
    draw = random.Random(1)
    names = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).title() for _ in range(30_000)]
    councils = [f"{names[i]} Council" for i in range(60)]
    first = date(2021, 1, 1)
    for i in range(n):
        place, other = (
            names[int(draw.random() ** 3 * len(names))],
            names[int(draw.random() ** 3 * len(names))],
        )
        text = (
            f"That {draw.choice(SUBJECTS).lower()} at {place} {draw.choice(VERBS)}, {draw.choice(TAILS)} "
            f"and that {other} be allotted £{draw.randint(1, 900)},000 under reference "
            f"{draw.randint(20, 31)}/{i % 9000:05d}/FULL."
        )
        yield (
            f"{i // 40:064x}",
            councils[i % 60],
            Entry(
                f"r{i}",
                "resolution",
                f"Item {i % 20}: {place}",
                text,
                page=1,
                regions="[[1,60,100,500,140]]",
                day=first + timedelta(days=i % 3650),
                committee=f"{('Planning', 'Finance', 'Audit', 'Cabinet')[i % 4]} Committee",
                outcome=("carried", "lost")[i % 9 == 0],
                mover=f"Cllr {other}",
                people=f"Cllr {other}",
                item=str(i % 20),
                meeting_id=f"m{i // 20}",
                amount=float(draw.randint(1, 900) * 1000),
            ),
        )


def searches() -> list[Search]:
    """300 searches: usual and rare words, two and three words, phrases, with and without filters."""
    draw = random.Random(2)
    names = ["".join(random.Random(1).choices(SYLLABLES, k=3))]
    usual = [
        "flood",
        "contract",
        "programme",
        "housing",
        "depot",
        "allotments",
        "contingency",
        "procurement",
        "spring",
        "wards",
    ]
    out: list[Search] = []
    for i in range(300):
        words = draw.sample(usual, draw.randint(1, 3))
        q = (
            f'"{" ".join(("market", "square", "project"))}"'
            if i % 6 == 0
            else " ".join(words + ([draw.choice(names)] if i % 10 == 0 else []))
        )
        out.append(
            Search(
                q=q,
                outcome=("lost",) if i % 4 == 0 else (),
                since=date(2025, 1, 1) if i % 3 == 0 else None,
                amount=(0, 100_000)[i % 8 == 0],
                kind=("resolution",) if i % 5 == 0 else (),
            )
        )
    return out


def main() -> None:
    """Build, ask, write the page."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
    target = folder / "big.sqlite"
    target.unlink(missing_ok=True)
    began = time.monotonic()
    with closing(open_index(target, read_only=False)) as db:
        prepare(db)
        place = Places(db)
        batch: list[tuple[str, str, Entry]] = []
        for entry in resolutions(n):
            batch.append(entry)
            if len(batch) == 20_000:
                add_entries(db, batch, place, lambda _: FOUND_AT)
                batch.clear()
        add_entries(db, batch, place, lambda _: FOUND_AT)
        finish(db)
    built, took = time.monotonic() - began, time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = [
        f"- {n:,} resolutions indexed in {built:.0f} s, {took:.0f} s of them the processor's; the file is "
        f"{target.stat().st_size / 1e6:,.0f} MB; peak memory {memory:,.0f} MB.",
        asked(target),
    ]
    put_between("search", figures)
    print("\n".join(figures))


def asked(target: Path) -> str:
    """What 300 searches take, by the clock and of the processor: the clock says what else the machine did."""
    clock: list[float] = []
    processor: list[float] = []
    with closing(open_index(target)) as db:
        for s in searches():
            start, work = time.perf_counter(), time.process_time()
            answer = search(db, s)
            counts(db, s, answer)
            over_time(db, s, answer)
            clock.append((time.perf_counter() - start) * 1000)
            processor.append((time.process_time() - work) * 1000)
    told = [
        f"median {median(times):.1f} ms, p95 {sorted(times)[int(0.95 * len(times))]:.1f} ms, "
        f"slowest {max(times):.1f} ms"
        for times in (clock, processor)
    ]
    return (
        f"- 300 searches of one to three words and phrases, with filters, counts and the plot over time: "
        f"{told[0]}; of the processor {told[1]}."
    )


def put_between(name: str, lines: list[str]) -> None:
    """Put figures into docs/search.md where it has the place for them."""
    page = REPO / "docs" / "search.md"
    before, _, rest = page.read_text("utf-8").partition(f"<!-- {name} -->\n")
    _, _, after = rest.partition(f"<!-- end of {name} -->")
    told = "\n".join(lines)
    page.write_text(f"{before}<!-- {name} -->\n{told}\n<!-- end of {name} -->{after}", "utf-8")


if __name__ == "__main__":
    main()
