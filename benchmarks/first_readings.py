"""What was right when a paper was read for the first time: `python -m benchmarks.first_readings [NAME...]`.

A new truth's paper is read once, before any rule is written by looking at it or at its truth, and what was
right is kept in first_readings.jsonl: by dataset the signs of each row and whether it was right, the signs of
the paper, and the F1 of each measure. No words of the paper are kept. It cannot be made again once the rules
have learnt from the paper; confidence is fitted on it (tools/train_sureness.py), since what rules score on
papers that they were written on says nothing of the next council. Truths that are set aside are never
recorded.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.progress import track

from benchmarks.accuracy import tasks_of, version
from benchmarks.owned_up import TOLD_BY
from benchmarks.reliability import MEASURES
from benchmarks.scoring import compare
from benchmarks.truths import REPO, Truth, all_truths, paper
from schemas.row import as_dicts

RECORD = REPO / "benchmarks" / "first_readings.jsonl"

Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class FirstReading:
    """A paper as it was read at first: `rows` by dataset (signs, whether right), `papers` the signs of each
    dataset as a whole, `f1` by measure."""

    truth: str
    council: str
    read_on: str
    by: str
    rows: Mapping[str, Sequence[tuple[Signs, bool]]]
    papers: Mapping[str, Signs]
    f1: Mapping[str, float]


def known() -> list[FirstReading]:
    """All that were recorded."""
    if not RECORD.exists():
        return []
    return [FirstReading(**json.loads(line)) for line in RECORD.read_text("utf-8").splitlines()]


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


MEASURES_OF = {{"items": "agenda_items"}.get(name, name): measures for name, measures in MEASURES.items()}
"""By dataset the measures that judge its rows."""


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
