"""Whether words in columns are a table: told from a list, a roll, an agenda with its pages, a letter's head
and columns of prose by a few counts whose weights were learned (tools/train_tables.py)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median

from extractors.layout.markers import is_marker
from extractors.model import Word
from extractors.tables.bands import cells_of
from extractors.tables.heads import Columns, Line
from extractors.text.figures import is_figure

WEIGHTS = Path(__file__).with_name("table_or_list.json")
NEAR = 2.0
"""Edges so many points apart are one edge."""
NAMED = re.compile(
    r"^(?:councillors?|cllrs?|mayor|deputy|vice|chair(?:man|woman|person)?|mr|mrs|ms|miss|dr|rev|reeve|alderman"
    r"|ald|commissioner|supervisor|trustee|director|present|absent|ayes?|noes|nays?|abstain(?:ed)?)\b",
    re.I,
)
PAGES = re.compile(r"^(?:pp?\.?\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?$")
SENTENCE_END = re.compile(r"[\w’']*[a-zà-ÿ]{2,}[”\"’)]?\.[”\"’)]?$")
PROSE = 3.0
"""Times as many words beside the labels as in them, and more, are prose."""
LEAST_PROSE = 40
LONGEST = 40.0
"""Words of a sentence, on the mean, at most."""
FEATURES = (
    "one", "columns", "rows", "rows parted", "cells filled", "first filled", "lines parted", "aligned",
    "least aligned", "narrowest gutter", "most words a line", "fewest words a line",
    "figures", "first colons", "first markers", "first names", "names", "pages last", "head filled",
    "head bold", "width", "smaller type", "carried on", "prose", "two columns", "leaders",
    "few rows", "begun low", "colons", "long lines", "long cells",
    "lines in columns", "three columns down", "four columns down",
)  # fmt: skip
"""What is counted, in the order of the weights."""


def likelihood(bands: Sequence[Sequence[Line]], columns: Columns, width: float, body: float) -> float:
    """How likely the lines, in rows, are a table's, from 0 to 1. `width` is the page's and `body` the type
    size of most of it, in points."""
    if _is_prose_beside_numbers(bands, columns):
        return 0.0
    told = sum(w * f for w, f in zip(_weights(), features(bands, columns, width, body), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, told))))


def _is_prose_beside_numbers(bands: Sequence[Sequence[Line]], columns: Columns) -> bool:
    """Numbers of minutes or short labels in a margin and sentences beside them, which are read as text."""
    if len(columns) != 2:
        return False
    cells = [cells_of([w for line in band for w in line], columns) for band in bands]
    label = [w for row in cells for w in row.get(0, ())]
    beside = [w for row in cells for w in row.get(1, ())]
    ends = sum(bool(SENTENCE_END.match(w.text)) for w in beside)
    return len(beside) > max(PROSE * len(label), LEAST_PROSE) and ends >= max(3, len(beside) / LONGEST)


@cache
def _weights() -> tuple[float, ...]:
    own = json.loads(WEIGHTS.read_text("utf-8"))
    return tuple(own[name] for name in FEATURES)


def features(
    bands: Sequence[Sequence[Line]], columns: Columns, width: float, body: float
) -> tuple[float, ...]:
    """The counts of FEATURES, most of them shares from 0 to 1."""
    lines = [line for band in bands for line in band]
    words = [w for line in lines for w in line]
    size = median(w.size for w in words)
    rows = [cells_of([w for line in band for w in line], columns) for band in bands]
    by_line = [cells_of(line, columns) for line in lines]
    texts = [[" ".join(w.text for w in own) for own in row.values()] for row in rows]
    first = [" ".join(w.text for w in row[0]) for row in rows if 0 in row]
    later = [" ".join(w.text for w in row[c]) for row in rows for c in row if c]
    last = [" ".join(w.text for w in row[len(columns) - 1]) for row in rows[1:] if len(columns) - 1 in row]
    wordy = [_words_a_line(by_line, c) for c in range(len(columns))]
    aligned = [_aligned(by_line, c) for c in range(len(columns))]
    gutters = [(b[0] - a[1]) / size for a, b in pairwise(columns)]
    head, rest = rows[0], rows[1:]
    return (
        1.0,
        min(len(columns), 8) / 8,
        math.log(len(rows)) / 4,
        _share(len(row) >= 2 for row in rows),
        fmean(len(row) for row in rows) / len(columns),
        len(first) / len(rows),
        _share(len(own) >= 2 for own in by_line),
        fmean(aligned),
        min(aligned),
        min(min(gutters), 6) / 6,
        min(max(wordy), 16) / 16,
        min(min(wordy), 8) / 8,
        _share(is_figure(t) for t in later),
        _share(t.rstrip().endswith(":") for t in first),
        _share(is_marker(t.split()[0]) for t in first),
        _share(bool(NAMED.match(t)) for t in first),
        _share(bool(NAMED.match(t)) for t in later),
        _share(bool(PAGES.match(t)) for t in last),
        len(head) / len(columns) * (not any(is_figure(t) for t in texts[0][1:])),
        float(_bold(head) and not all(_bold(row) for row in rest)),
        (max(w.box.x1 for w in words) - min(w.box.x0 for w in words)) / width,
        float(size < 0.93 * body),
        1 - len(rows) / len(lines),
        float(min(wordy) >= 5),
        float(len(columns) == 2),
        _share("..." in t or "…" in t for t in texts_of(texts)),
        float(len(rows) <= 2),
        _share(t[:1].islower() for t in texts_of(texts)),
        _share(t.endswith(":") for t in texts_of(texts)),
        float(max(wordy) >= 9),
        _share(t[:1].islower() and t.count(" ") > 7 for t in texts_of(texts)),
        math.log1p(sum(len(own) >= 2 for own in by_line)) / 4,
        float(len(columns) >= 3) * math.log(len(lines)) / 4,
        float(len(columns) >= 4 and len(lines) >= 6),
    )


def texts_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """All cells' texts."""
    return [t for row in rows for t in row]


def _share(found: object) -> float:
    told = [float(f) for f in found]  # type: ignore[attr-defined]
    return fmean(told) if told else 0.0


def _words_a_line(lines: Sequence[dict[int, list[Word]]], column: int) -> float:
    own = [len(line[column]) for line in lines if column in line]
    return fmean(own) if own else 0.0


def _aligned(lines: Sequence[dict[int, list[Word]]], column: int) -> float:
    """The share of a column's lines on its commonest left or right edge, or middle."""
    own = [line[column] for line in lines if column in line]
    if len(own) < 2:
        return 0.5
    lefts, rights = [line[0].box.x0 for line in own], [line[-1].box.x1 for line in own]
    middles = [(a + b) / 2 for a, b in zip(lefts, rights, strict=True)]
    return max(_commonest(edges) for edges in (lefts, rights, middles))


def _commonest(edges: Sequence[float]) -> float:
    ordered = sorted(edges)
    most = start = 0
    for i, x in enumerate(ordered):
        while x - ordered[start] > NEAR:
            start += 1
        most = max(most, i - start + 1)
    return most / len(edges)


def _bold(row: dict[int, list[Word]]) -> bool:
    return bool(row) and all(w.bold for own in row.values() for w in own)
