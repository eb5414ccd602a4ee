"""Reads what was never read and adds what was right to the record.

    python -m benchmarks.read_first [NAME...]

To be run once for a new truth, before anything is learnt from its paper (benchmarks/first_readings.py says
why); NAMEs are beginnings of truths' names.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.progress import track

from benchmarks.accuracy import tasks_of, version
from benchmarks.first_readings import RECORD, FirstReading, Signs, known
from benchmarks.owned_up import TOLD_BY
from benchmarks.reliability import MEASURES
from benchmarks.scoring import compare
from benchmarks.truths import Truth, all_truths, paper
from schemas.row import as_dicts

MEASURES_OF = {{"items": "agenda_items"}.get(name, name): measures for name, measures in MEASURES.items()}
"""By dataset the measures that judge its rows."""


def read_first(truths: Sequence[Truth], pdf: Path, by: str) -> Iterator[FirstReading]:
    """One paper against its truths."""
    from extractors.rows import read, rows_of
    from extractors.rows.signs import HEARD, seen_in
    from extractors.rows.sureness import signs_of_reading, signs_of_rows

    found = rows_of(read(pdf, "0" * 64), pdf, pdf.stat().st_size, weighed=False)
    seen = seen_in(found.rows)
    signs = {name: signs_of_rows(found.rows, name, seen) for name in MEASURES_OF}
    papers = {name: _rounded(signs_of_reading(found.rows, name)) for name in HEARD}
    rows: dict[str, Any] = as_dicts(found.rows)
    rows["documents"] = [rows["documents"][0] | {"council": found.council}]
    _number_rows(rows)
    for truth in truths:
        scores = compare(rows, truth.says)
        judged: dict[str, list[tuple[Signs, bool]]] = defaultdict(list)
        for name, measures in MEASURES_OF.items():
            for number, right in (h for m in measures if m in scores for h in scores[m].hits):
                judged[name].append((_rounded(signs[name][int(number)]), right))
        f1 = {m: round(s.f1, 4) for m, s in scores.items() if s.telling and m in TOLD_BY}
        today = datetime.now(UTC).date().isoformat()
        yield FirstReading(truth.name, truth.council, today, by, dict(judged), papers, f1)


def _number_rows(rows: dict[str, Any]) -> None:
    """The rows carry their number in the place of their confidence, so that what is judged tells which."""
    for name in MEASURES_OF:
        for number, row in enumerate(rows.get(name, ())):
            row["confidence"] = float(number)


def _rounded(signs: Signs) -> Signs:
    return {name: round(value, 3) for name, value in signs.items() if value}


def main() -> None:
    """Read what was never read and add it to the record."""
    have = {f.truth for f in known()}
    names = tuple(sys.argv[1:])
    new = [
        t
        for t in all_truths()
        if not t.set_aside and t.name not in have and (not names or t.name.startswith(names))
    ]
    by = version()
    with RECORD.open("a", encoding="utf-8") as record:
        for source, truths in track(tasks_of(new), "Reading for the first time"):
            with paper(source, truths[0].says["file"]) as pdf:
                for reading in read_first(truths, Path(pdf), by):
                    record.write(json.dumps(asdict(reading), separators=(",", ":")) + "\n")
    print(f"{len(new)} truths read for the first time by {by}; {len(have)} were recorded before")


if __name__ == "__main__":
    main()
