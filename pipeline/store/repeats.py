"""Facts that several papers tell of one meeting: which row counts, and which repeat it.

The accounts of a meeting come with the best first. Each row of a later one is compared with the rows that
count so far, by its words, its place among the items and its people; what nothing matches counts too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.mentions.names import surname_key
from extractors.rows.people import agree, given_names
from schemas.over_papers import How

ALIKE = 85.0
"""Words as alike as this (rapidfuzz ratio, 0 to 100) are one text, misread or mended."""
NEARLY = 60.0
"""Words as alike as this are one text under the same item, said in another way."""
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
OF_PEOPLE = ("attendance", "memberships", "declarations")
"""Datasets whose rows are told apart by the person."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of `dataset` as it is compared: `sort` keeps a resolution from a recommendation, `said` is the
    status, outcome or choice that may differ between papers; `motion` a vote's motion."""

    dataset: str
    row_id: str
    document_id: str
    told_id: str
    text: str = ""
    item: str | None = None
    sort: str | None = None
    who: str | None = None
    name: str | None = None
    said: str | None = None
    motion: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """`fact` is told before, by `before`; how alike they are."""

    fact: Fact
    before: Fact
    how: How


def repeats_of(
    accounts: Sequence[str], facts: Iterable[Fact], newer: Mapping[str, str] | None = None
) -> Iterator[Repeat]:
    """The rows of one meeting that repeat others. `accounts` are the documents' ids of the meeting, the best
    account first; `facts` all rows of theirs; `newer` names by document the one that supersedes it, whose
    silence counts: what it has no more is left out, before it the document itself."""
    order = {told_id: n for n, told_id in enumerate(accounts)}
    by_dataset: defaultdict[str, defaultdict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for f in facts:
        by_dataset[f.dataset][order[f.told_id]].append(f)
    motions: dict[str, Fact] = {}
    for dataset in sorted(by_dataset):  # motions before votes
        if dataset == "votes":
            yield from _votes(by_dataset[dataset], motions)
            continue
        counted: list[Fact] = []
        for _, listed in sorted(by_dataset[dataset].items()):
            found = list(_in_account(listed, counted))
            done = {r.fact for r in found}
            found += [_gone(f, newer[f.document_id]) for f in listed if newer and _is_gone(f, newer, done)]
            again = {r.fact for r in found}
            motions |= {r.fact.row_id: r.before for r in found if dataset == "motions"}
            counted += [f for f in listed if f not in again]
            yield from found


def _is_gone(f: Fact, newer: Mapping[str, str], done: set[Fact]) -> bool:
    return f.document_id in newer and f not in done


def _gone(f: Fact, document_id: str) -> Repeat:
    """A row that the paper which supersedes its own has no more: that paper stands for it."""
    return Repeat(f, Fact(f.dataset, document_id, document_id, told_id=""), "left out")


def _in_account(listed: Sequence[Fact], counted: Sequence[Fact]) -> Iterator[Repeat]:
    """The rows of one account that repeat rows that count; each of those is repeated once."""
    if not counted:
        return
    free = dict(enumerate(counted))
    left: list[Fact] = list(dict.fromkeys(listed))
    for how, find in WAYS:
        if not (left and free):
            return
        pairs = list(find(left, free))
        for f, at in pairs:
            before = free.pop(at)
            yield Repeat(f, before, "differs" if _differ(f, before) else how)
        done = {f for f, _ in pairs}
        left = [f for f in left if f not in done]


def _differ(a: Fact, b: Fact) -> bool:
    """Whether two rows of one thing contradict each other: in status, choice or outcome, or in a figure."""
    if a.said is not None and b.said is not None and a.said != b.said:
        return True
    return bool(a.text and b.text) and FIGURE.findall(a.text) != FIGURE.findall(b.text)


def _exactly(left: Sequence[Fact], free: Mapping[int, Fact]) -> Iterator[tuple[Fact, int]]:
    """The same words under the same item, or the same person."""
    where: defaultdict[object, list[int]] = defaultdict(list)
    for at in sorted(free, reverse=True):
        where[_key(free[at])].append(at)
    for f in left:
        if (wanted := _key(f)) is not None and where[wanted]:
            yield f, where[wanted].pop()


def _anywhere(left: Sequence[Fact], free: Mapping[int, Fact]) -> Iterator[tuple[Fact, int]]:
    """The same words under another item."""
    where: defaultdict[object, list[int]] = defaultdict(list)
    for at in sorted(free, reverse=True):
        where[free[at].sort, plain(free[at].text)].append(at)
    for f in left:
        if f.text and where[f.sort, plain(f.text)]:
            yield f, where[f.sort, plain(f.text)].pop()


def _key(f: Fact) -> object:
    if f.dataset in OF_PEOPLE:
        return (f.who, f.item) if f.who else None
    return (f.sort, plain(f.text), f.item, f.who) if f.text else None


def _nearly(left: Sequence[Fact], free: Mapping[int, Fact]) -> Iterator[tuple[Fact, int]]:
    """Words nearly the same, or less so under the same item; a name that can be nobody else's."""
    if left[0].dataset in OF_PEOPLE:
        yield from _same_names(left, free)
        return
    import numpy as np
    from rapidfuzz import fuzz, process

    places = sorted(free)
    texts, others = [plain(f.text) for f in left], [plain(free[at].text) for at in places]
    scores = process.cdist(texts, others, scorer=fuzz.ratio, score_cutoff=NEARLY, dtype=np.float32)
    rows, columns = np.nonzero(scores)
    taken: set[tuple[str, int]] = set()
    for n in np.argsort(-scores[rows, columns], kind="stable"):
        i, j = int(rows[n]), int(columns[n])
        f, other = left[i], free[places[j]]
        if ("fact", i) in taken or ("counted", j) in taken or f.sort != other.sort:
            continue
        if scores[i, j] >= ALIKE or (f.item is not None and f.item == other.item):
            taken |= {("fact", i), ("counted", j)}
            yield f, places[j]


def _same_names(left: Sequence[Fact], free: Mapping[int, Fact]) -> Iterator[tuple[Fact, int]]:
    bearers: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
    for at, f in free.items():
        bearers[surname_key(f.name or ""), f.item].append(at)
    namesakes = Counter((surname_key(f.name or ""), f.item) for f in left)
    for f in left:
        key = (surname_key(f.name or ""), f.item)
        fits = [
            at for at in bearers[key] if agree(given_names(f.name or ""), given_names(free[at].name or ""))
        ]
        if len(fits) == 1 and namesakes[key] == 1:
            yield f, fits[0]


Way = Callable[[Sequence[Fact], Mapping[int, Fact]], Iterator[tuple[Fact, int]]]
WAYS: tuple[tuple[How, Way], ...] = (
    ("same words", _exactly),
    ("same words", _anywhere),
    ("other words", _nearly),
)


def _votes(by_account: Mapping[int, Sequence[Fact]], motions: Mapping[str, Fact]) -> Iterator[Repeat]:
    """The votes of divisions that a better account tells. Where that has names, the others do not count;
    where it has none, they do, as that motion's."""
    of_motion: defaultdict[str, dict[str, Fact]] = defaultdict(dict)
    for _, listed in sorted(by_account.items()):
        for motion, votes in _by_motion(listed).items():
            before = motions.get(motion)
            told = of_motion[before.row_id if before else motion]
            if before is None or (before.told_id and not told):
                told |= {_voter(v): v for v in votes}
                continue
            for v in votes:
                same = told.get(_voter(v))
                if same is None:
                    yield Repeat(v, before, "left out")
                else:
                    yield Repeat(v, same, "differs" if _differ(v, same) else "same words")


def _by_motion(votes: Iterable[Fact]) -> dict[str, list[Fact]]:
    out: defaultdict[str, list[Fact]] = defaultdict(list)
    for v in votes:
        out[v.motion or ""].append(v)
    return out


def _voter(v: Fact) -> str:
    return v.who or plain(v.name or "")


def plain(text: str) -> str:
    """The text's words and figures in lower case, for comparing."""
    return " ".join(re.findall(r"\w+", text.lower()))
