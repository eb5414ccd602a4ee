"""What is one over papers, at size: `python -m benchmarks.linked [COUNCILS...]` invents councils of 250
people and 40 meetings, each told by three papers, and puts people, bodies, meetings and matters together;
writes docs/linked.md. Pin it to one core (`taskset -c 1`) for figures that can be compared."""

from __future__ import annotations

import hashlib
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from datetime import date, timedelta
from datetime import time as clock
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.rows.people import slug
from schemas import DATASETS

COUNCILS = (40, 80, 160, 400)
PEOPLE, MEETINGS, CAME = 250, 40, 16
PAPERS = ("agenda", "minutes", "draft")
SYLLABLES = ("har", "bor", "nan", "da", "ku", "mar", "wil", "son", "ton", "ford", "ash", "ley", "by", "well")
GIVEN = ("Anne", "Brian", "Carla", "Ella", "Hugh", "Ivy", "John", "Kate", "Q.", "R.", "J.", "A.")
BODIES = [f"{w} Committee" for w in ("Planning", "Harbour", "Audit", "Licensing", "Housing", "Schools")]
PAGE = Path(__file__).parent.parent / "docs" / "linked.md"


def invent(folder: Path, councils: int) -> None:
    """Write the datasets of so many councils, one row group a council."""
    draw = random.Random(1)
    writers: dict[str, pq.ParquetWriter] = {}
    for c in range(councils):
        name = f"{''.join(draw.choices(SYLLABLES, k=3)).title()}{c:03d} Borough Council"
        for dataset, rows in _rows_of(name, draw).items():
            schema = DATASETS[dataset].arrow
            if dataset not in writers:
                (folder / dataset).mkdir(parents=True)
                writers[dataset] = pq.ParquetWriter(folder / dataset / "2024.parquet", schema)
            rows.sort(key=lambda r: r["document_id"])
            writers[dataset].write_table(pa.Table.from_pylist(rows, schema=schema))
    for writer in writers.values():
        writer.close()


def _rows_of(council: str, draw: random.Random) -> dict[str, list[dict[str, Any]]]:
    people = [
        f"{' '.join(draw.sample(GIVEN, draw.choice((1, 2))))} "
        f"{''.join(draw.choices(SYLLABLES, k=draw.choice((2, 3)))).title()}"
        for _ in range(PEOPLE)
    ]
    out: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for m in range(MEETINGS):
        body, day = draw.choice(BODIES), date(2024, 1, 1) + timedelta(days=7 * m)
        came = [people[(m * CAME + k) % PEOPLE] for k in range(CAME)]
        for kind in PAPERS:
            _tell(out, council, m, kind, body, day, came if kind != "agenda" else [])
    return out


def _tell(
    out: dict[str, list[dict[str, Any]]],
    council: str,
    m: int,
    kind: str,
    body: str,
    day: date,
    came: list[str],
) -> None:
    """One paper's rows."""
    document_id = hashlib.sha256(f"{council}-{m}-{kind}".encode()).hexdigest()
    short, place = document_id[:16], {"council": council, "year": 2024, "document_id": document_id}
    place |= {"page": 1, "regions": [], "confidence": 0.9, "extractor": "benchmarks"}
    meeting = {"meeting_id": f"{short}-meeting-p1.1"}
    part = "agenda" if kind == "agenda" else "minutes"
    about = {
        "kind": part,
        "committee": body,
        "meeting_date": day,
        "pages": 1,
        "status": "ok",
        "text_source": "digital",
    }
    out["documents"].append(place | meeting | about)
    out["parts"].append(
        place
        | meeting
        | {"part_id": f"{short}-part-p1", "kind": part, "title": body, "page_from": 1, "page_to": 1}
        | {"state": "draft" if kind == "draft" else None}
    )
    status = "called" if kind == "agenda" else "held"
    out["meetings"].append(
        place | meeting | {"committee": body, "date": day, "start_time": clock(18), "status": status}
    )
    for k in range(4):
        title = {"item_id": f"{short}-item-p1.{k}", "number": str(k), "title": f"Lot {k} of {body} {m}"}
        out["agenda_items"].append(place | meeting | title)
        if kind != "agenda":
            text = f"That report {m * 7 + k} of the {body.lower()} be noted and work on lot {k} begin."
            told = {
                "resolution_id": f"{short}-resolution-p1.{k}",
                "item_number": str(k),
                "kind": "resolution",
            }
            out["resolutions"].append(place | meeting | told | {"text": text, "verb": "note"})
    for name in came:
        who = {"person_id": f"{slug(council)}-person-{slug(name)}", "name": name}
        out["attendance"].append(place | meeting | who | {"status": "present", "capacity": "member"})
        lists = {"other_names": [], "titles": ["Cllr"], "roles": [], "capacities": ["member"], "seen": day}
        out["people_named"].append(place | who | lists)


def measure(folder: Path) -> dict[str, float]:
    """Seconds of processor of people and of all that `identify` writes, and the most MB held."""
    from pipeline.store.identity import identify
    from pipeline.store.people import link_people

    began = time.process_time()
    link_people(folder)
    people = time.process_time()
    found = identify(folder)
    rest = time.process_time()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"people": people - began, "rest": rest - people, "mb": most, "meetings": found.meetings}


def main(councils: tuple[int, ...]) -> None:
    """A process a size, so that each has its own memory."""
    lines: list[str] = []
    for n in councils:
        with TemporaryDirectory() as folder:
            invent(Path(folder), n)
            began = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.linked", "--measure", folder],
                check=True,
                capture_output=True,
                text=True,
            )
            wall = time.monotonic() - began
        people, rest, mb, meetings = (float(x) for x in done.stdout.split()[-4:])
        size = f"| {n} | {n * PEOPLE:,} | {n * MEETINGS * len(PAPERS):,} | {meetings:,.0f} "
        times = f"| {people:.1f} | {rest:.1f} | {(people + rest) / n:.2f} | {wall:.0f} | {mb:.0f} |"
        lines.append(size + times)
        print(lines[-1], flush=True)
    PAGE.write_text(HEAD + "\n".join(lines) + FOOT, "utf-8")


HEAD = f"""# Linking, at size

Made by `taskset -c 1 python -m benchmarks.linked`: invented councils of {PEOPLE} people and {MEETINGS}
meetings, each meeting called by an agenda, drafted and minuted with {CAME} members on both rolls and four
decisions. One core, of a machine that others used too: seconds are the processor's, but for those by the
clock. "People" is `minutebook people`; "the rest" bodies, meetings, repeats, contradictions, matters and
corrections.

| councils | people | papers | meetings | people, s | the rest, s | a council, s | by the clock, s | most MB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


FOOT = """

A council costs less the more there are, since the first seconds are the same for all. Memory grows by about
3.5 MB a council: papers of some councils at a time are held, but what is written and DuckDB's own is not
bounded by it.
"""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        told = measure(Path(sys.argv[2]))
        print(told["people"], told["rest"], told["mb"], told["meetings"])
    else:
        main(tuple(int(n) for n in sys.argv[1:]) or COUNCILS)
