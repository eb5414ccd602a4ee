"""One person across a council's documents: printings put together on evidence, doubtful ones listed, a
person's decisions over all.

`people` and `people_links` are made anew from `people_named`, council by council, into one file each.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

from extractors import __version__
from extractors.mentions.names import surname_key
from extractors.rows.people import agree, gender_of, given_names
from schemas.people import DecidedBy, PersonLinkRow, PersonRow, Same
from schemas.row import nowhere

DECISIONS = Path("people.toml")
MISSPELT = 88.0
"""Surnames as alike as this (rapidfuzz ratio, 0 to 100) may be one, misspelt."""
SLICE = 256
"""Surnames that are compared with all others at a time."""
FEW = 4
"""Namesakes with each of whom a surname alone is doubted; of more nothing is said."""
NEAR = timedelta(days=550)
"""Between a surname alone and the name in full, at the most, for them to be one."""
EXTRACTOR = f"minutebook.people {__version__}"


@dataclass
class Somebody:
    """All that a council's documents print under one person_id."""

    person_id: str
    name: str
    names: set[str] = field(default_factory=lambda: set[str]())
    titles: set[str] = field(default_factory=lambda: set[str]())
    roles: set[str] = field(default_factory=lambda: set[str]())
    capacities: set[str] = field(default_factory=lambda: set[str]())
    days: set[date] = field(default_factory=lambda: set[date]())
    documents: set[str] = field(default_factory=lambda: set[str]())

    @property
    def gender(self) -> str | None:
        """m or f, where titles agree on one."""
        found = {g for t in self.titles if (g := gender_of(t))}
        return next(iter(found)) if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Link:
    """Two printings: yes one person, no, or doubtful; why, and who says so."""

    a: str
    b: str
    same: Same
    evidence: str
    decided_by: DecidedBy = "rule"
    confidence: float = 0.9


def people_of(rows: Iterable[dict[str, Any]]) -> dict[str, Somebody]:
    """The rows of people_named by person_id."""
    out: dict[str, Somebody] = {}
    for r in rows:
        s = out.setdefault(r["person_id"], Somebody(r["person_id"], r["name"]))
        s.name = max(s.name, r["name"], key=len)
        s.names |= {r["name"], *(r["other_names"] or ())}
        s.titles |= set(r["titles"] or ())
        s.roles |= set(r["roles"] or ())
        s.capacities |= set(r["capacities"] or ())
        s.days |= {r["seen"]} if r["seen"] else set()
        s.documents.add(r["document_id"])
    return out


def links_between(people: dict[str, Somebody]) -> Iterator[Link]:
    """Every pair that may be one person, with the evidence. An initial that fits two full names which cannot
    be one is doubtful with both; so is a surname alone that several bear."""
    given = {p: given_names(s.name) for p, s in people.items()}
    found: list[tuple[Somebody, Somebody, float]] = []
    for x, y, likeness in _alike({p: surname_key(s.name) for p, s in people.items() if given[p]}):
        a, b = people[x], people[y]
        if not (a.gender and b.gender and a.gender != b.gender) and agree(given[x], given[y]):
            found.append((a, b, likeness))
    fits: defaultdict[str, list[str]] = defaultdict(list)
    for a, b, _ in found:
        fits[a.person_id].append(b.person_id)
        fits[b.person_id].append(a.person_id)
    torn = {p for p, others in fits.items() if _contradict(others, given)}
    links = [
        _judge(a, b, likeness, not torn.isdisjoint((a.person_id, b.person_id)), _same_given(a, b, given))
        for a, b, likeness in found
    ]
    links += _surnames_alone(people, given)
    yield from sorted(links, key=lambda link: (link.a, link.b))


def _contradict(others: Sequence[str], given: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether some of the people that a printing fits cannot be one."""
    names = {given[p] for p in others}
    return any(not agree(a, b) for a, b in combinations(names, 2))


def _same_given(a: Somebody, b: Somebody, given: Mapping[str, tuple[str, ...]]) -> bool:
    return given[a.person_id] == given[b.person_id]


def _surnames_alone(people: Mapping[str, Somebody], given: Mapping[str, tuple[str, ...]]) -> Iterator[Link]:
    """Surnames without a given name, each with those who bear it, where they may be one: a member with the
    only member of that surname about that time; who has a few namesakes is doubted with each."""
    bearers: defaultdict[str, list[Somebody]] = defaultdict(list)
    for p, s in people.items():
        if given[p]:
            bearers[surname_key(s.name)].append(s)
    run_together = {surname_key(s.name) for p, s in people.items() if not given[p]}
    for p, alone in people.items():
        fits = [
            s
            for s in (() if given[p] else bearers[surname_key(alone.name)])
            if "member" in alone.capacities & s.capacities
            and not (alone.gender and s.gender and alone.gender != s.gender)
        ]
        if not 0 < len(fits) <= FEW:
            continue
        several = _contradict([s.person_id for s in fits], given)
        for s in fits:
            misread = not run_together.isdisjoint(given[s.person_id])  # "Foss Lund": two members' surnames
            sure = not (several or misread) and _about_one_time(alone.days, s.days)
            same: Same = "yes" if sure else "doubtful"
            why = "a surname alone, of the only member who bears it" if sure else "a surname alone"
            a, b = sorted((alone, s), key=lambda x: x.person_id)
            evidence = f"{a.name} / {b.name}: {why}"
            yield Link(a.person_id, b.person_id, same, evidence, confidence=0.85 if sure else 0.5)


def _about_one_time(a: set[date], b: set[date]) -> bool:
    """Whether both were seen within NEAR days of each other."""
    return bool(a and b) and max(min(a), min(b)) - min(max(a), max(b)) <= NEAR


def _alike(surnames: dict[str, str]) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids whose surnames are alike, the smaller id first, with how alike (MISSPELT to 100).

    Surnames are compared once each, however many people bear them, a slice at a time, which bounds the
    memory.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for person_id, surname in surnames.items():
        bearers[surname].append(person_id)
    keys = list(bearers)
    for first in range(0, len(keys), SLICE):
        part = keys[first : first + SLICE]
        scores = process.cdist(part, keys[first:], scorer=fuzz.ratio, score_cutoff=MISSPELT, dtype=np.float64)
        for i, j in np.argwhere(scores):
            if i <= j:
                pairs = (
                    combinations(bearers[part[i]], 2)
                    if i == j
                    else product(bearers[part[i]], bearers[keys[first + j]])
                )
                yield from ((min(x, y), max(x, y), float(scores[i, j])) for x, y in pairs)


def _judge(a: Somebody, b: Somebody, likeness: float, with_others: bool, same_given: bool) -> Link:
    roles = {r.lower() for r in a.roles} & {r.lower() for r in b.roles}
    capacity = a.capacities & b.capacities
    if likeness < 100:
        sure = (roles or capacity) and same_given and not with_others
        same, confidence = "yes" if sure else "doubtful", 0.75
        why = f"surnames {likeness:.0f}% alike, given names agree"
    elif with_others:
        same, confidence = "doubtful", 0.5
        why = "given names agree, and with somebody else's too"
    elif not capacity:
        same, confidence = "doubtful", 0.5
        one, other = (", ".join(sorted(s.capacities)) or "nothing" for s in (a, b))
        why = f"given names agree; one is listed as {one}, the other as {other}"
    else:
        same, confidence = "yes", 0.95 if roles else 0.9
        why = f"same surname, given names agree, both {', '.join(sorted(roles or capacity))}"
    return Link(a.person_id, b.person_id, same, f"{a.name} / {b.name}: {why}", confidence=confidence)


def decisions_in(file: Path) -> dict[frozenset[str], Same]:
    """What a person decided: {pair of ids: "yes" or "no"}, from `same = [[id, id], ...]` and `different =
    [[id, id], ...]`."""
    if not file.exists():
        return {}
    content = tomllib.loads(file.read_text("utf-8"))
    answers: tuple[tuple[str, Same], ...] = (("same", "yes"), ("different", "no"))
    return {frozenset(pair): answer for key, answer in answers for pair in content.get(key, ())}


def decided(
    links: Iterable[Link], decisions: dict[frozenset[str], Same], known: Container[str]
) -> list[Link]:
    """The links with a person's decisions over the rules', where both ids are `known`."""
    out: dict[frozenset[str], Link] = {frozenset((link.a, link.b)): link for link in links}
    for pair, answer in decisions.items():
        a, b = sorted(pair) if len(pair) == 2 else ("", "")
        if a in known and b in known:
            out[pair] = Link(a, b, answer, "decided in the decisions file", "person", 1.0)
    return sorted(out.values(), key=lambda link: (link.a, link.b))


def joined(ids: Iterable[str], links: Iterable[Link]) -> list[set[str]]:
    """The ids in groups, put together by the links that say yes; a no within a group keeps its two apart by
    leaving out the weaker links."""
    listed = list(links)
    no = {frozenset((x.a, x.b)) for x in listed if x.same == "no"}
    home = {key: {key} for key in ids}
    for link in sorted((x for x in listed if x.same == "yes"), key=lambda x: -x.confidence):
        both = home[link.a] | home[link.b]
        if not any(pair <= both for pair in no):
            home.update(dict.fromkeys(both, both))
    return list({id(group): group for group in home.values()}.values())


def groups(people: dict[str, Somebody], links: Iterable[Link]) -> list[list[Somebody]]:
    """People put together by their links, the longest name of each first."""
    return [
        sorted((people[p] for p in group), key=lambda s: (-len(s.name), s.person_id))
        for group in joined(people, links)
    ]


def link_people(output: Path, decisions: Path = DECISIONS) -> list[Link]:
    """Write `people` and `people_links` for every council; the links, doubtful ones among them."""
    from pipeline.store.files import by_council, table_of
    from pipeline.store.of_council import write_of_councils
    from pipeline.store.publish import UNKNOWN
    from schemas import DATASETS

    every: list[Link] = []
    answers = decisions_in(decisions)
    tables: dict[str, dict[str, Any]] = {"people": {}, "people_links": {}}
    for council, table in by_council(output, "people_named"):
        if council == UNKNOWN:
            continue
        people = people_of(table.to_pylist())
        links = decided(links_between(people), answers, people)
        persons = sorted((_person(g) for g in groups(people, links)), key=lambda r: r.person_id)
        linked = sorted((_link(x, people) for x in links), key=lambda r: (r.person_id, r.other_id))
        tables["people"][council] = table_of(DATASETS["people"], persons, council)
        tables["people_links"][council] = table_of(DATASETS["people_links"], linked, council)
        every += links
    for name, of_councils in tables.items():
        write_of_councils(output, name, of_councils)
    return every


def _person(group: list[Somebody]) -> PersonRow:
    first = group[0]
    days = {d for s in group for d in s.days}
    return PersonRow(
        place=nowhere(
            min(d for s in group for d in s.documents), 0.95 if len(group) == 1 else 0.9, EXTRACTOR
        ),
        person_id=first.person_id,
        name=first.name,
        other_names=_sorted({n for s in group for n in s.names} - {first.name}),
        also_ids=_sorted(s.person_id for s in group[1:]),
        titles=_sorted({t for s in group for t in s.titles}),
        roles=_sorted({r for s in group for r in s.roles}),
        capacities=_sorted({c for s in group for c in s.capacities}),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        documents=_sorted({d for s in group for d in s.documents}),
    )


def _link(link: Link, people: dict[str, Somebody]) -> PersonLinkRow:
    one, other = people[link.a], people[link.b]
    return PersonLinkRow(
        place=nowhere(min(one.documents), link.confidence, EXTRACTOR),
        person_id=link.a,
        other_id=link.b,
        name=one.name,
        other_name=other.name,
        same=link.same,
        evidence=link.evidence,
        decided_by=link.decided_by,
    )


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts))
