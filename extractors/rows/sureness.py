"""How sure a row is, and which datasets of a paper were likely read badly, as papers have shown that nobody
had learnt from: what share of such rows was right on their first reading.

The evidence that reading gives a row (extractors/reading/confidence.py) is weighed with signs of the row and
of its paper (signs.py); the weights (sureness.json) are fitted by tools/train_sureness.py on
benchmarks/first_readings.jsonl.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

from extractors.rows.signs import HEARD, Rows, Seen, seen_in, signs_of_paper, signs_of_row
from extractors.version import __version__
from schemas.decisions import ActionRow
from schemas.documents import PartRow
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import Row, nowhere

WEIGHTS = Path(__file__).with_name("sureness.json")
JUDGED = ("attendance", "agenda_items", "motions", "resolutions", "actions")
"""The datasets whose rows truths judge one by one."""
READ = ("agenda", "minutes")
"""The parts of papers that first readings are of."""
ONE_WITNESS, MOST = 0.94, 0.99
"""A row without a second witness is never surer than the first, no row than the second."""
LEAST, CERTAIN = 0.02, 0.985
"""Between these a share has odds that can be weighed."""


class Weighed(NamedTuple):
    """A sum of weighted signs: its constant and each sign's weight; `enough` is the probability from which a
    paper's dataset is doubted on the whole (0 for rows)."""

    constant: float
    signs: Mapping[str, float]
    enough: float = 0.0

    def of(self, signs: Mapping[str, float]) -> float:
        """The probability that the signs give, 0 to 1; a sign that was never fitted weighs nothing."""
        total = self.constant + sum(self.signs.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-total))


def surer(rows: Rows) -> dict[str, Sequence[Row]]:
    """The rows with the confidence that first readings give them."""
    fitted, seen = _weights("rows"), seen_in(rows)
    return {
        name: _weighed(rows, name, seen, fitted[name]) if name in fitted and own else own
        for name, own in rows.items()
    }


def whole_doubts(rows: Rows) -> Iterator[ProblemRow]:
    """The datasets of a paper's minutes or agenda that were likely read badly: how likely, in words."""
    if not any(p.kind in READ for p in cast("Sequence[PartRow]", rows.get("parts", ()))):
        return
    place = nowhere(rows["documents"][0].place.document_id, 0.9, f"minutebook.problems {__version__}")
    for name, weighed in _weights("papers").items():
        likely = weighed.of(signs_of_reading(rows, name))
        if likely >= weighed.enough:
            told = f"of papers like this one {likely:.0%} were read badly on first sight: {_WHAT[name]}"
            yield problem(place, ProblemKind.DOUBTFUL_ON_THE_WHOLE, told, dataset=name)


_WHAT = {
    "attendance": "look at the roll before you name who was there",
    "agenda_items": "items may be missing or wrong",
    "declarations": "interests may be missing or wrong",
    "motions": "motions may be missing or wrong",
    "votes": "who voted how may be missing or wrong",
    "resolutions": "decisions may be missing or wrong",
    "actions": "undertakings may be missing or wrong",
    "meetings": "body, day, hour or place may be wrong",
    "documents": "the council or the kind of paper may be wrong",
}


def signs_of_rows(rows: Rows, name: str, seen: Seen) -> list[dict[str, float]]:
    """Each row's own signs and its evidence."""
    own = rows.get(name, ())
    return [
        {"evidence": _odds(row.place.confidence), **signs_of_row(row, seen, before)}
        for row, before in zip(own, [None, *own], strict=False)
    ]


def with_papers_signs(own: Mapping[str, float], paper: Mapping[str, float]) -> dict[str, float]:
    """A row's signs and those of its paper's dataset, told apart by their names."""
    return {**own, **{f"paper: {sign}": value for sign, value in paper.items()}}


def signs_of_reading(rows: Rows, name: str) -> dict[str, float]:
    """The signs of a dataset of a paper as a whole, with how sure its rows are on the mean."""
    own = rows.get(name, ())
    mean = sum(row.place.confidence for row in own) / len(own) if own else 0.5
    return signs_of_paper(rows, name) | {"mean sureness": mean}


def _weighed(rows: Rows, name: str, seen: Seen, weighed: Weighed) -> list[Row]:
    own, out, paper = rows[name], list[Row](), signs_of_reading(rows, name)
    for row, signs in zip(own, signs_of_rows(rows, name, seen), strict=True):
        if isinstance(row, ActionRow) and row.source == "action_table":
            out.append(row)
            continue
        most = MOST if row.place.confidence > ONE_WITNESS else ONE_WITNESS
        sure = round(min(most, weighed.of(with_papers_signs(signs, paper))), 3)
        out.append(replace(row, place=replace(row.place, confidence=sure)))
    return out


def _odds(share: float) -> float:
    held = min(max(share, LEAST), CERTAIN)
    return math.log(held / (1 - held))


@lru_cache(maxsize=2)
def _weights(of: str) -> dict[str, Weighed]:
    """By dataset the weights of rows or of papers; none where nothing was fitted yet."""
    if not WEIGHTS.exists():
        return {}
    told = json.loads(WEIGHTS.read_text("utf-8"))[of]
    return {name: Weighed(**told[name]) for name in HEARD if name in told}
