"""What was right when a paper was read for the first time: the record, and how to read it.

A new truth's paper is read once (benchmarks/read_first.py), before any rule is written by looking at it or at
its truth, and what was right is kept in first_readings.jsonl: by dataset the signs of each row and whether it
was right, the signs of the paper, and the F1 of each measure. No words of the paper are kept. It cannot be
made again once the rules have learnt from the paper; confidence is fitted on it (tools/train_sureness.py),
since what rules score on papers that they were written on says nothing of the next council. Truths that are
set aside are never recorded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

RECORD = Path(__file__).with_name("first_readings.jsonl")

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
