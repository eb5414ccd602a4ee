"""docs/accuracy.md: the figures as tables, and how to read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benchmarks.figures import (
    MEASURES,
    Figures,
    Result,
    by_council,
    of_council,
    over_councils,
    papers_with,
    pooled,
    shared_by,
)
from benchmarks.first_readings import FirstReading, known
from benchmarks.owned_up import SOUND, WEAK, owned_by
from benchmarks.reliability import MEASURES as JUDGED
from benchmarks.reliability import bins_of, calibration_error, hits_of
from benchmarks.truths import CONVENTIONS, SET_ASIDE

ONCE = ("meeting", "start_time", "end_time", "venue", "council", "kind", "committee")
LISTS = tuple(m for m in MEASURES if m not in ONCE and "recommend" not in m and m != "apologies")
LEAST_CHANGE = 0.0005

HOW_TO_READ = """
A truth is what a person wrote down of one meeting in one paper, from its pages. A measure compares the rows
with it one to one: F1 is the harmonic mean of precision (of what was found, how much is right) and recall (of
what is there, how much was found). Names agree without titles; headings, resolutions and motions by their
words; a motion only with its mover, seconder, outcome and counts. Entries that the person was unsure of count
neither way, and a paper in which there was nothing to find and nothing was found is left out of a measure. A
paper that cannot be read counts as nothing found.

The figure that counts is the one **over councils**: the mean over councils of each council's mean F1, so that
ten papers of one council weigh as much as one paper of another. Precision and recall are over all rows of all
papers.

**Set aside** are councils that nobody looks at while rules are written or models are trained:
{aside}.
Their figures say what a council gets that nobody here has seen; those of the others, *tuned*, what has been
learnt. `in_attendance` are officers; `resolutions_item` is the share of the matched resolutions that stand at
the right item. What was missed and made up in tuned councils' papers is written to output/accuracy.tsv, one
line an entry.
"""


def page(results: Sequence[Result], before: Figures, version: str, day: str) -> Iterator[str]:
    """The page's lines; `before` are the last commit's figures."""
    now = by_council(results)
    yield "# How accurate\n"
    yield (
        f"Made by `make accuracy` (python -m benchmarks.accuracy) on {day} with {version}, from "
        f"{len(results)} truths of {len({r.truth.council for r in results})} councils."
    )
    yield "\n## How to read this"
    yield HOW_TO_READ.format(aside=", ".join(sorted(SET_ASIDE))).rstrip()
    yield "\n## Over councils\n"
    yield from table_of_measures(results)
    yield "\n## Gains and losses against the last commit\n"
    yield from table_of_changes(before, now)
    yield "\n## As read for the first time\n"
    yield from _first_readings()
    yield "\n## By council\n"
    yield from _table_of_groups({_name(r): [x for x in results if _name(x) == _name(r)] for r in results})
    yield "\n## By convention\n\nHow a country keeps minutes; each council counts the same.\n"
    yield from _table_of_groups(
        {c: [r for r in results if r.truth.convention == c] for c in (*CONVENTIONS, "us")}
    )
    yield "\n## Whether what is read badly says so\n"
    yield from _owned_up(results)
    yield "\n## How sure is sure\n"
    yield from _reliability(results)


def sides_of(results: Sequence[Result]) -> dict[str, list[Result]]:
    """The results of councils set aside, tuned, and all."""
    return {
        "set aside": [r for r in results if r.truth.set_aside],
        "tuned": [r for r in results if not r.truth.set_aside],
        "all": list(results),
    }


def table_of_measures(results: Sequence[Result]) -> Iterator[str]:
    """A row a measure: over councils set aside, tuned and all; precision, recall and counts of all."""
    figures = {side: by_council(own) for side, own in sides_of(results).items()}
    yield from _head(
        "measure", *figures, "councils", "papers", "precision", "recall", "wanted", "found", "right"
    )
    for measure in figures["all"]:
        s = pooled(results, measure)
        yield _row(
            measure,
            *(_figure(over_councils(own, measure)) for own in figures.values()),
            len(figures["all"][measure]),
            papers_with(results, measure),
            *map(_figure, (s.precision, s.recall)),
            *(s.wanted, s.found, s.right),
        )


def table_of_changes(before: Figures, now: Figures) -> Iterator[str]:
    """A row a measure whose figure changed, over the councils that both readings have."""
    old, new = shared_by(before, now)
    if not old:
        yield "The last commit holds no figures to compare with."
        return
    rows = [_row(m, *_change(old, new, m)) for m in new if _changed(old[m], new[m])]
    if not rows:
        yield "None."
        return
    yield from _head("measure", "before", "now", "change", "councils that gained", "councils that lost")
    yield from rows


def _changed(old: dict[str, float], new: dict[str, float]) -> bool:
    return any(abs(new[c] - old[c]) >= LEAST_CHANGE for c in new)


def _change(old: Figures, new: Figures, measure: str) -> Iterator[str]:
    was, is_ = over_councils(old, measure) or 0.0, over_councils(new, measure) or 0.0
    yield from (_figure(was), _figure(is_), f"{is_ - was:+.3f}")
    changes = {c: new[measure][c] - old[measure][c] for c in new[measure]}
    for sign in (1, -1):
        own = sorted((d * -sign, c, d) for c, d in changes.items() if d * sign >= LEAST_CHANGE)
        yield ", ".join(f"{c} {d:+.2f}" for _, c, d in own)


def _name(result: Result) -> str:
    return f"{result.truth.council} (set aside)" if result.truth.set_aside else result.truth.council


def _table_of_groups(groups: dict[str, list[Result]]) -> Iterator[str]:
    """A row a group of results: its mean over measures, and each measure's figure over its councils."""
    yield from _head("", "truths", "mean", "said once", *LISTS)
    for name, own in groups.items():
        if not own:
            continue
        figures = by_council(own)
        councils = {r.truth.council for r in own}
        yield _row(
            name,
            len(own),
            _figure(_mean(of_council(figures, c) for c in councils)),
            _figure(_mean(over_councils(figures, m) for m in ONCE)),
            *(_figure(over_councils(figures, m)) for m in LISTS),
        )
    yield "\n*Said once*: the mean of meeting, start and end, venue, council, kind and committee."


FIRST = (
    "present",
    "absent",
    "in_attendance",
    "items",
    "declarations",
    "motions",
    "votes",
    "resolutions",
    "actions",
)


def _first_readings() -> Iterator[str]:
    """F1 over councils of each batch of new papers, before anybody learnt from them."""
    yield (
        "Papers of councils that were new, read once before anything was learnt from them, by the program's "
        "version that read them; the mean over councils. Nobody can look at these twice.\n"
    )
    batches: dict[str, list[FirstReading]] = defaultdict(list)
    for reading in known():
        batches[reading.by].append(reading)
    yield from _head("read by", "papers", *FIRST)
    for by, own in batches.items():
        if len(own) > 1:
            yield _row(by, len(own), *(_figure(_mean_first(own, m)) for m in FIRST))


def _mean_first(readings: Sequence[FirstReading], measure: str) -> float | None:
    by: dict[str, list[float]] = defaultdict(list)
    for r in readings:
        if measure in r.f1:
            by[r.council].append(r.f1[measure])
    return _mean(sum(f1) / len(f1) for f1 in by.values())


def _owned_up(results: Sequence[Result]) -> Iterator[str]:
    yield (
        f"Papers whose F1 on a measure is under {WEAK}, and those of them with a row of `problems` about its "
        f"dataset; papers from {SOUND} on, and those that doubt it all the same. *any*: papers weak on one "
        "measure at least, which say so of one of them; papers sound on every measure, and those that doubt "
        "anything.\n"
    )
    sides = {side: owned_by(own) for side, own in sides_of(results).items() if side != "all"}
    heads = ("weak", "say so", "sound", "doubt it")
    yield from _head("measure", *(f"{side}, {what}" for side in sides for what in heads))
    for measure in next(iter(sides.values())):
        yield _row(measure, *(n for own in sides.values() for n in own[measure]))


def _reliability(results: Sequence[Result]) -> Iterator[str]:
    sides = sides_of(results)
    yield (
        "The expected calibration error is how far confidence is from the share of rows that are right, in "
        "ten bins: 0.05 is five in a hundred.\n"
    )
    yield from _head("rows of", *(f"{side}, {what}" for side in sides for what in ("error", "rows")))
    for dataset in (*JUDGED, None):
        hits = [hits_of(own, dataset) for own in sides.values()]
        cells = (cell for own in hits for cell in (_figure(calibration_error(own)), len(own)))
        yield _row(dataset or "all five", *cells)
    yield "\n![Share of rows that are right against the confidence given](pictures/reliability.png)"
    for side in ("set aside", "tuned"):
        yield f"\nCouncils {side}, all five datasets:\n"
        yield from _head("rows", "mean confidence", "share right")
        for b in bins_of(hits_of(sides[side])):
            yield _row(b.rows, _figure(b.said), _figure(b.right))


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield _row(*["---"] * len(cells))


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
