"""What is one over a council's papers, made anew from the datasets after a night: `bodies`, `body_links`,
`meeting_papers`, `repeats` and the doubts about them, one file each.

A document's own files stay as they were read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from extractors import __version__
from pipeline.store.bodies import Body, Naming, bodies_of, code_of, links_between, put_together
from pipeline.store.contradictions import contradictions
from pipeline.store.corrections import point_at_corrected
from pipeline.store.facts import facts_of, quoted, rows_of
from pipeline.store.files import table_of
from pipeline.store.matters import follow_matters
from pipeline.store.meetings import Account, Part, Sitting, Told, accounts_of, sittings_of
from pipeline.store.of_council import write_of_councils
from pipeline.store.parts_again import Told as PartTold
from pipeline.store.parts_again import parts_again, parts_of
from pipeline.store.people import Link, decided, decisions_in
from pipeline.store.repeats import Fact, Repeat, repeats_of
from schemas import DATASETS
from schemas.over_papers import BodyLinkRow, BodyRow, MeetingPaperRow, RepeatRow
from schemas.people import Same
from schemas.problems import ProblemKind, ProblemRow, problem
from schemas.row import Row, nowhere

DECISIONS = Path("bodies.toml")
OVER_PAPERS = ("bodies", "body_links", "meeting_papers", "repeats")
EXTRACTOR = f"minutebook.identity {__version__}"

BATCH = 6_000
"""Meetings, as documents tell of them, that are in memory at a time, but for a council's own."""

COUNCILS = """
SELECT council, count(*) AS meetings FROM files.meetings WHERE council <> 'unknown' GROUP BY 1 ORDER BY 1
"""
MEETINGS = """
SELECT d.council, d.document_id, m.meeting_id AS told_id, coalesce(m.committee, d.committee) AS committee,
    m.date AS day, m.start_time AS start, m.kind, m.status, d.kind AS paper, d.title,
    d.text_source <> 'digital' AS ocr, d.pages, coalesce(d.published_at, d.fetched_at) AS made,
    {supersedes} AS supersedes
FROM files.meetings m JOIN files.documents d USING (document_id)
WHERE d.council IN ({councils}) AND m.council IN ({councils}) ORDER BY d.council, d.document_id, told_id
"""
PARTS = """
SELECT council, meeting_id AS told_id, part_id, kind, title, state, page_from
FROM files.parts WHERE meeting_id IS NOT NULL AND council IN ({councils})
ORDER BY council, meeting_id, page_from
"""


@dataclass(slots=True)
class Identity:
    """How much was put together: bodies, the links between their names, meetings, those of several papers,
    rows that repeat others, doubts, and matters that were followed."""

    bodies: int = 0
    links: list[Link] = field(default_factory=lambda: list[Link]())
    meetings: int = 0
    of_several_papers: int = 0
    repeats: Counter[str] = field(default_factory=lambda: Counter[str]())
    doubts: list[ProblemRow] = field(default_factory=lambda: list[ProblemRow]())
    matters: int = 0


def identify(output: Path, decisions: Path = DECISIONS) -> Identity:
    """Write the datasets over papers for every council, some councils at a time. Raises OSError, and what
    decisions_in raises."""
    from pipeline.store.sql import connect

    connection = connect(output)
    answers = decisions_in(decisions)
    tables: dict[str, dict[str, Any]] = {name: {} for name in OVER_PAPERS}
    doubts: defaultdict[str, list[ProblemRow]] = defaultdict(list)
    told = Identity()
    for councils in _batches(connection):
        found = _councils(connection, councils, answers)
        repeats = _repeats(connection, found, councils)
        for c in found:
            rows = _datasets(c, repeats[c.name])
            for name, listed in rows.items():
                if listed:
                    tables[name][c.name] = table_of(DATASETS[name], listed, c.name)
            told.bodies += len(rows["bodies"])
            told.links += c.links
            told.meetings += len(c.sittings)
            told.of_several_papers += sum(len({t.document_id for t in s.told}) > 1 for s in c.sittings)
            told.repeats.update(r.fact.dataset for _, r in repeats[c.name])
            doubts[c.name] += _doubts(c, repeats[c.name])
    for name in OVER_PAPERS:
        write_of_councils(output, name, tables[name])
    for council, doubt in contradictions(connect(output)):
        doubts[council].append(doubt)
    _write_doubts(output, doubts)
    told.doubts = [doubt for _, listed in sorted(doubts.items()) for doubt in listed]
    told.matters = follow_matters(output)
    point_at_corrected(output)
    return told


def _write_doubts(output: Path, doubts: Mapping[str, Sequence[ProblemRow]]) -> None:
    name = "problems_over_papers"
    tables = {c: table_of(DATASETS[name], listed, c) for c, listed in doubts.items() if listed}
    write_of_councils(output, name, tables)


def _batches(connection: Any) -> Iterator[list[str]]:
    """The councils, together as many as BATCH allows."""
    batch: list[str] = []
    meetings = 0
    for r in list(rows_of(connection, COUNCILS)):
        if batch and meetings + r["meetings"] > BATCH:
            yield batch
            batch, meetings = [], 0
        batch.append(r["council"])
        meetings += r["meetings"]
    if batch:
        yield batch


def _councils(connection: Any, names: Sequence[str], answers: dict[frozenset[str], Same]) -> list[_Council]:
    chosen = ", ".join(quoted(name) for name in names)
    supersedes = any(f.name == "supersedes" for f in DATASETS["documents"].fields)
    meetings = MEETINGS.format(councils=chosen, supersedes="d.supersedes" if supersedes else "NULL")
    parts = _parts(connection, PARTS.format(councils=chosen))
    found: list[_Council] = []
    for council, rows in groupby(rows_of(connection, meetings), key=lambda r: str(r["council"])):
        told = [_told(r, parts.get(r["told_id"], ())) for r in rows]
        found.append(_council(council, told, answers))
    return found


@dataclass(frozen=True, slots=True)
class _Council:
    name: str
    apart: Mapping[str, Body]
    bodies: Mapping[str, Body]
    links: Sequence[Link]
    sittings: Sequence[Sitting]
    accounts: Mapping[str, Sequence[Account]]

    def whole(self) -> list[Body]:
        """Each body that met, or was to, once."""
        met = {b for s in self.sittings for b in (s.body, *s.joint_with)}
        return [b for key, b in sorted(self.bodies.items()) if key == b.body_id and key in met]


def _council(name: str, told: Sequence[Told], answers: dict[frozenset[str], Same]) -> _Council:
    named = [Naming(t.committee, t.day, t.document_id) for t in told if t.committee]
    apart = bodies_of(named, name)
    links = decided(links_between(apart, name), answers, apart)
    bodies = put_together(apart, links)
    links = list(_not_settled(links, bodies))
    sittings = sittings_of(told, bodies, name)
    return _Council(
        name, apart, bodies, links, sittings, {s.meeting_id: list(accounts_of(s)) for s in sittings}
    )


def _not_settled(links: Iterable[Link], bodies: Mapping[str, Body]) -> Iterable[Link]:
    """The links without doubts that others settled, or raised between the same two bodies."""
    raised: set[frozenset[str]] = set()
    for x in links:
        pair = frozenset((bodies[x.a].body_id, bodies[x.b].body_id))
        if x.same != "doubtful" or (len(pair) == 2 and pair not in raised):
            raised |= {pair} if x.same == "doubtful" else set()
            yield x


def _parts(connection: Any, query: str) -> dict[str, tuple[Part, ...]]:
    out: defaultdict[str, list[Part]] = defaultdict(list)
    for r in rows_of(connection, query):
        out[r["told_id"]].append(
            Part(r["part_id"], r["kind"] or "other", r["title"] or "", r["state"], r["page_from"] or 1)
        )
    return {told_id: tuple(listed) for told_id, listed in out.items()}


def _told(r: dict[str, Any], parts: Sequence[Part]) -> Told:
    return Told(
        document_id=r["document_id"],
        told_id=r["told_id"],
        committee=r["committee"],
        day=r["day"],
        start=r["start"],
        kind=r["kind"],
        status=r["status"],
        paper=r["paper"] or "other",
        title=r["title"] or "",
        ocr=bool(r["ocr"]),
        pages=r["pages"] or 0,
        made=r["made"],
        supersedes=r["supersedes"],
        parts=tuple(parts),
    )


def _repeats(
    connection: Any, found: Sequence[_Council], councils: Sequence[str]
) -> dict[str, list[tuple[str, Repeat]]]:
    """By council: the rows that repeat others, with their meeting."""
    shared = {t.told_id: s for c in found for s in c.sittings if len(s.told) > 1 for t in s.told}
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts_of(connection, shared, councils):
        facts[shared[fact.told_id].meeting_id].append(fact)
    parts: defaultdict[str, list[PartTold]] = defaultdict(list)
    for part in parts_of(connection):
        parts[shared[part.told_id].meeting_id].append(part)
    out: defaultdict[str, list[tuple[str, Repeat]]] = defaultdict(list)
    for c in found:
        for s in c.sittings:
            accounts = list(dict.fromkeys(a.told.told_id for a in c.accounts[s.meeting_id]))
            if listed := facts.pop(s.meeting_id, None):
                newer = {t.supersedes: t.document_id for t in s.told if t.supersedes}
                out[c.name] += [(s.meeting_id, r) for r in repeats_of(accounts, listed, newer)]
            again = parts_again(accounts, parts.pop(s.meeting_id, ()))
            out[c.name] += [(s.meeting_id, r) for r in again]
    return out


def _datasets(c: _Council, repeats: Sequence[tuple[str, Repeat]]) -> dict[str, Sequence[Row]]:
    """A council's rows, by dataset."""
    sittings = sorted(c.sittings, key=lambda s: s.meeting_id)
    told = sorted(repeats, key=lambda x: (x[1].fact.dataset, x[1].fact.row_id))
    return {
        "bodies": [_body(b, c.name) for b in c.whole()],
        "body_links": [_link(x, c.apart) for x in sorted(c.links, key=lambda x: (x.a, x.b))],
        "meeting_papers": [row for s in sittings for row in _papers(s, c.accounts[s.meeting_id])],
        "repeats": [_repeat(meeting_id, r) for meeting_id, r in told],
    }


def _body(body: Body, council: str) -> BodyRow:
    return BodyRow(
        place=nowhere(min(body.documents), 0.95 if len(body.documents) > 1 else 0.8, EXTRACTOR),
        body_id=body.body_id,
        name=body.name,
        other_names=tuple(sorted(set(body.names) - {body.name})),
        kind=body.kind,
        official_code=code_of(body, council),
        first_seen=min(body.days, default=None),
        last_seen=max(body.days, default=None),
        papers=len(body.documents),
    )


def _link(link: Link, bodies: Mapping[str, Body]) -> BodyLinkRow:
    return BodyLinkRow(
        place=nowhere(min(bodies[link.a].documents), link.confidence, EXTRACTOR),
        body_id=link.a,
        other_id=link.b,
        name=bodies[link.a].name,
        other_name=bodies[link.b].name,
        same=link.same,
        evidence=link.evidence,
        decided_by=link.decided_by,
    )


def _papers(s: Sitting, accounts: Sequence[Account]) -> Iterable[MeetingPaperRow]:
    for rank, a in enumerate(accounts, 1):
        yield MeetingPaperRow(
            place=nowhere(a.told.document_id, 0.95 if s.day and s.body else 0.6, EXTRACTOR),
            meeting_id=s.meeting_id,
            body_id=s.body,
            joint_with=s.joint_with,
            date=s.day,
            part_id=a.part.part_id if a.part else None,
            relation=a.relation,
            told_id=a.told.told_id,
            rank=rank,
        )


def _repeat(meeting_id: str, r: Repeat) -> RepeatRow:
    return RepeatRow(
        place=nowhere(r.fact.document_id, 0.95 if r.how == "same words" else 0.8, EXTRACTOR),
        dataset=r.fact.dataset,
        row_id=r.fact.row_id,
        meeting_id=meeting_id,
        told_before=r.before.row_id,
        account=r.before.document_id,
        how=r.how,
    )


def _doubts(c: _Council, repeats: Sequence[tuple[str, Repeat]]) -> Iterable[ProblemRow]:
    """Bodies that may be one; papers that tell a thing differently; meetings called and never minuted."""
    for x in c.links:
        if x.same == "doubtful":
            at = nowhere(min(c.bodies[x.a].documents), x.confidence, EXTRACTOR)
            yield problem(at, ProblemKind.BODIES_MAY_BE_ONE, x.evidence, row_id=x.a)
    for _, r in repeats:
        if r.how == "differs":
            at = nowhere(r.fact.document_id, 0.9, EXTRACTOR)
            here, there = (f"{f.name or f.text} ({f.said})" if f.said else f.text for f in (r.fact, r.before))
            text = f"{here} here, {there} in {r.before.document_id[:16]}"
            yield problem(at, _differing(r), text, dataset=r.fact.dataset, row_id=r.before.row_id)
    yield from _never_minuted(c)


def _differing(r: Repeat) -> ProblemKind:
    """What kind of doubt it is that two papers tell a row differently."""
    if r.fact.dataset == "attendance" and "present" in (r.fact.said, r.before.said):
        return ProblemKind.PRESENT_AND_ABSENT
    return ProblemKind.PAPERS_DIFFER


def _never_minuted(c: _Council) -> Iterable[ProblemRow]:
    """Meetings that were called, of bodies whose later meetings have minutes."""
    last: dict[str, Any] = {}
    minuted: set[str] = set()
    for s in c.sittings:
        if any(t.status == "held" for t in s.told):
            minuted.add(s.meeting_id)
            if s.body and s.day:
                last[s.body] = max(last.get(s.body, s.day), s.day)
    for s in c.sittings:
        if s.meeting_id in minuted or not (s.body and s.day and s.body in last and s.day < last[s.body]):
            continue
        said = next((t.status for t in s.told if t.status in ("cancelled", "postponed")), None)
        if not said:
            at = nowhere(s.told[0].document_id, 0.8, EXTRACTOR)
            text = f"called for {s.day}; no paper minutes it, and later meetings of the body are minuted"
            yield problem(at, ProblemKind.CALLED_AND_NOT_MINUTED, text, row_id=s.meeting_id)
