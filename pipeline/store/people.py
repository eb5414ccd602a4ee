"""One person across a council's documents: printings put together on evidence, doubtful ones listed, a
person's decisions over all.

`people` and `people_links` are made anew for a council from its `people_named`, one file a council.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from extractors import __version__
from extractors.mentions.names import surname_key
from extractors.rows.people import agree, gender_of, given_names

DECISIONS = Path("people.toml")
MISSPELT = 88.0
"""Surnames as alike as this (rapidfuzz ratio, 0 to 100) may be one, misspelt."""
Row = dict[str, Any]


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
    same: str
    evidence: str
    decided_by: str = "rule"
    confidence: float = 0.9


def gather(rows: Iterable[Row]) -> dict[str, Somebody]:
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
    """Every pair that may be one person, with the evidence. One initial that fits two full names is doubtful
    with both."""
    from rapidfuzz import fuzz

    listed = sorted(people.values(), key=lambda s: s.person_id)
    fits: dict[str, list[str]] = {}
    found: list[tuple[Somebody, Somebody, float]] = []
    for i, a in enumerate(listed):
        for b in listed[i + 1 :]:
            likeness = fuzz.ratio(surname_key(a.name), surname_key(b.name))
            if likeness < MISSPELT or (a.gender and b.gender and a.gender != b.gender):
                continue
            if (
                agree(given_names(a.name), given_names(b.name))
                and given_names(a.name)
                and given_names(b.name)
            ):
                found.append((a, b, likeness))
                fits.setdefault(a.person_id, []).append(b.person_id)
                fits.setdefault(b.person_id, []).append(a.person_id)
    for a, b, likeness in found:
        yield _judge(a, b, likeness, fits)


def _judge(a: Somebody, b: Somebody, likeness: float, fits: dict[str, list[str]]) -> Link:
    names = f"{a.name} / {b.name}"
    both = [n for n in (fits[a.person_id], fits[b.person_id]) if len(n) > 1]
    roles = {r.lower() for r in a.roles} & {r.lower() for r in b.roles}
    capacity = a.capacities & b.capacities
    if likeness < 100:
        why = f"{names}: surnames {likeness:.0f}% alike, given names agree"
        return Link(
            a.person_id,
            b.person_id,
            "yes"
            if (roles or capacity) and given_names(a.name) == given_names(b.name) and not both
            else "doubtful",
            why,
            confidence=0.75,
        )
    if both:
        return Link(
            a.person_id,
            b.person_id,
            "doubtful",
            f"{names}: given names agree, and with somebody else's too",
            confidence=0.5,
        )
    if not capacity:
        return Link(
            a.person_id,
            b.person_id,
            "doubtful",
            f"{names}: given names agree; one is listed as {', '.join(a.capacities) or 'nothing'}, "
            f"the other as {', '.join(b.capacities) or 'nothing'}",
            confidence=0.5,
        )
    why = f"{names}: same surname, given names agree" + (
        f", both {', '.join(sorted(roles))}" if roles else f", both {', '.join(sorted(capacity))}"
    )
    return Link(a.person_id, b.person_id, "yes", why, confidence=0.95 if roles else 0.9)


def decisions_in(file: Path) -> dict[frozenset[str], str]:
    """What a person decided: {pair of ids: "yes" or "no"}, from `same = [[id, id], ...]` and `different =
    [[id, id], ...]`."""
    if not file.exists():
        return {}
    content = tomllib.loads(file.read_text("utf-8"))
    return {
        frozenset(pair): answer
        for key, answer in (("same", "yes"), ("different", "no"))
        for pair in content.get(key, ())
    }


def decided(
    links: Iterable[Link], decisions: dict[frozenset[str], str], people: dict[str, Somebody]
) -> list[Link]:
    """The links with a person's decisions over the rules'."""
    out: dict[frozenset[str], Link] = {frozenset((link.a, link.b)): link for link in links}
    for pair, answer in decisions.items():
        a, b = sorted(pair) if len(pair) == 2 else ("", "")
        if a in people and b in people:
            out[pair] = Link(a, b, answer, "decided in the decisions file", "person", 1.0)
    return sorted(out.values(), key=lambda link: (link.a, link.b))


def groups(people: dict[str, Somebody], links: Iterable[Link]) -> list[list[Somebody]]:
    """People put together by their links that say yes; a no within a group keeps its two apart by leaving out
    the weaker links."""
    no = {frozenset((link.a, link.b)) for link in links if link.same == "no"}
    home = {p: {p} for p in people}
    for link in sorted((x for x in links if x.same == "yes"), key=lambda x: -x.confidence):
        joined = home[link.a] | home[link.b]
        if not any(pair <= joined for pair in no):
            for p in joined:
                home[p] = joined
    seen: set[int] = set()
    out: list[list[Somebody]] = []
    for group in home.values():
        if id(group) not in seen:
            seen.add(id(group))
            out.append(sorted((people[p] for p in group), key=lambda s: (-len(s.name), s.person_id)))
    return out


def link_people(output: Path, decisions: Path = DECISIONS) -> list[Link]:
    """Write `people` and `people_links` for every council; the links, doubtful ones among them."""
    from urllib.parse import unquote

    import pyarrow.dataset as ds

    folder = output / "people_named"
    every: list[Link] = []
    answers = decisions_in(decisions)
    for council in sorted(folder.glob("council=*")) if folder.exists() else ():
        rows: list[Row] = ds.dataset(council, format="parquet", partitioning="hive").to_table().to_pylist()
        if unquote(council.name) == "council=unknown":
            continue
        people = gather(rows)
        links = decided(links_between(people), answers, people)
        _write(output, council.name, people, links)
        every += links
    return every


def _write(output: Path, council: str, people: dict[str, Somebody], links: list[Link]) -> None:
    import pyarrow.parquet as pq

    from pipeline.store.publish import NO_YEAR, table_of
    from schemas import DATASETS

    common = {"page": None, "bbox": None, "regions": [], "extractor": f"minutebook.people {__version__}"}
    rows = [_person(group, common) for group in groups(people, links)]
    linked = [
        common
        | {
            "document_id": min(people[x.a].documents),
            "confidence": x.confidence,
            "person_id": x.a,
            "other_id": x.b,
            "name": people[x.a].name,
            "other_name": people[x.b].name,
            "same": x.same,
            "evidence": x.evidence,
            "decided_by": x.decided_by,
        }
        for x in links
    ]
    for name, listed in (("people", rows), ("people_links", linked)):
        target = output / name / council / f"year={NO_YEAR}" / "all.parquet"
        if not listed:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        table = table_of(
            DATASETS[name], sorted(listed, key=lambda r: (r["person_id"], r.get("other_id") or ""))
        )
        draft = target.with_name(".all.writing")
        pq.write_table(table, draft, compression="zstd")
        if target.exists() and pq.read_table(target).equals(table):
            draft.unlink()  # nothing changed: the file stays, and with it its date
        else:
            draft.replace(target)


def _person(group: list[Somebody], common: Row) -> Row:
    first = group[0]
    names = {n for s in group for n in s.names} - {first.name}
    days = {d for s in group for d in s.days}
    return common | {
        "document_id": min(d for s in group for d in s.documents),
        "confidence": 0.95 if len(group) == 1 else 0.9,
        "person_id": first.person_id,
        "name": first.name,
        "other_names": sorted(names),
        "also_ids": sorted(s.person_id for s in group[1:]),
        "titles": sorted({t for s in group for t in s.titles}),
        "roles": sorted({r for s in group for r in s.roles}),
        "capacities": sorted({c for s in group for c in s.capacities}),
        "first_seen": min(days, default=None),
        "last_seen": max(days, default=None),
        "documents": sorted({d for s in group for d in s.documents}),
    }
