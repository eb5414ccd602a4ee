"""What the pipeline doubts about its own reading: each check a function, each doubt a row of `problems`.

Nothing is mended here: a vote whose names do not add up stays as it was read, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.layout.markers import as_number, parse
from extractors.mentions.names import surname_key
from extractors.model import Doubt, Paper, Part, Table
from extractors.reading.accounts import TOLD_IN, account_of
from extractors.reading.doc import Sheet, facts_of, sheet_of
from extractors.reading.facts import DecisionFact, ItemFact, MotionFact, PersonFact, VoteFact
from extractors.rows.people import People
from extractors.rows.yields import yield_doubts
from schemas.problems import ProblemKind

QUORUM = re.compile(
    r"\bquorum\b[^.\d]{0,60}?\b(?:is\s+)?(?P<n>\d{1,2}|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def page_doubts(paper: Paper) -> Iterator[Doubt]:
    """A file that had to be mended; pages that could not be read, or show a picture without words."""
    if paper.damage:
        yield Doubt(
            ProblemKind.PAPER_REPAIRED,
            f"the file is damaged and was read from a copy that pikepdf mended: pages may be "
            f"missing; {paper.damage}",
        )
    for page in paper.pages:
        if page.trouble:
            yield Doubt(ProblemKind.PAGE_NOT_READ, page.trouble, page=page.number)
        elif page.text_source == "none" and page.images:
            yield Doubt(
                ProblemKind.PAGE_WITHOUT_TEXT,
                "the page shows a picture and no words were read from it",
                page=page.number,
            )


def council_doubt(heard: Sequence[str]) -> Doubt:
    """Nothing says for certain whose paper it is."""
    told = f"it may be {' or '.join(heard)}" if heard else "no page names one"
    return Doubt(ProblemKind.COUNCIL_NOT_KNOWN, f"{told}: say it with --council", page=1)


def table_doubts(tables: Sequence[tuple[Table, Part]]) -> Iterator[Doubt]:
    """Tables whose words overflow their cells."""
    for table, _ in tables:
        if table.accuracy < 0.9:
            yield Doubt(
                ProblemKind.TABLE_OVERFLOWS,
                f"{1 - table.accuracy:.0%} of the words over this table fell into no cell",
                table.regions,
                table.regions[0].page,
            )


def part_doubts(part: Part, doc: object, people: People, *, dated: bool) -> Iterator[Doubt]:
    """Doubts about one part's facts."""
    sheet = sheet_of(doc)  # type: ignore[arg-type]
    yield from _not_understood(part, doc, sheet)
    yield from yield_doubts(part, doc, sheet)
    if part.kind in ("minutes", "agenda") and not dated:
        yield Doubt(
            ProblemKind.MEETING_WITHOUT_A_DATE, "no date of the meeting was found", page=part.page_from
        )
    if part.kind != "minutes":
        return
    roll: list[PersonFact] = facts_of(doc, "attendance")  # type: ignore[arg-type]
    motions: list[MotionFact] = facts_of(doc, "motions")  # type: ignore[arg-type]
    votes: list[VoteFact] = facts_of(doc, "votes")  # type: ignore[arg-type]
    decisions: list[DecisionFact] = facts_of(doc, "decisions")  # type: ignore[arg-type]
    items: list[ItemFact] = facts_of(doc, "items")  # type: ignore[arg-type]
    if not decisions:
        yield Doubt(
            ProblemKind.MINUTES_WITHOUT_A_DECISION,
            "no resolution was read from these minutes",
            page=part.page_from,
        )
    yield from _roll(part, sheet, roll)
    yield from _divisions(sheet, motions, votes, people)
    yield from _movers(sheet, motions, roll, people)
    yield from _numbering(sheet, items, decisions)


def _roll(part: Part, sheet: Sheet, roll: Sequence[PersonFact]) -> Iterator[Doubt]:
    there = {p.name.lower() for p in roll if p.status == "present"}
    members = [p for p in roll if p.status == "present" and p.capacity == "member"]
    if not there:
        yield Doubt(
            ProblemKind.NOBODY_PRESENT,
            "these minutes have no roll of those present that could be read",
            page=part.page_from,
        )
    for p in roll:
        if p.status == "apologies" and p.name.lower() in there:
            yield Doubt(
                ProblemKind.BOTH_PRESENT_AND_SORRY,
                f"{p.name} is on the roll of those present and among the apologies",
                sheet.regions(p.start, p.end),
            )
    m = next((m for v in sheet.views[:80] if (m := QUORUM.search(v.text))), None)
    if m and members:
        needed = NUMBERS.get(m["n"].lower()) or int(m["n"])
        if len(members) < needed:
            yield Doubt(
                ProblemKind.BELOW_THE_QUORUM,
                f"{len(members)} members are listed as present and the quorum printed is {needed}",
                page=part.page_from,
            )


def _divisions(
    sheet: Sheet, motions: Sequence[MotionFact], votes: Sequence[VoteFact], people: People
) -> Iterator[Doubt]:
    for m in motions:
        own = [v for v in votes if v.motion == m.key]
        counted = Counter(v.choice for v in own)
        where = sheet.regions(own[0].start, own[-1].end) if own else sheet.regions(m.start, m.start + 80)
        for choice, printed in (
            ("for", m.votes_for),
            ("against", m.votes_against),
            ("abstain", m.abstentions),
        ):
            if own and printed is not None and counted[choice] != printed:
                yield Doubt(
                    ProblemKind.DIVISION_DOES_NOT_ADD_UP,
                    f"{counted[choice]} names under {choice}, {printed} printed",
                    where,
                )
        seen = Counter(
            surname_key(v.name) + "|" + v.name.lower() + "|" + (v.title or "").lower() for v in own
        )
        for key, n in seen.items():
            if n > 1:
                yield Doubt(
                    ProblemKind.VOTES_TWICE,
                    f"{key.split('|')[1].title()} is named {n} times in one division",
                    where,
                )
        for v in own:
            if people.find(v.name, v.title) is None:
                yield Doubt(
                    ProblemKind.VOTER_NOT_PLACED,
                    f"{v.name} may be more than one person of the roll, or is on none",
                    sheet.regions(v.start, v.end),
                )
        carried, more = m.outcome == "carried", (m.votes_for or 0) > (m.votes_against or 0)
        if (
            m.outcome
            and m.votes_for is not None
            and m.votes_against is not None
            and m.votes_for != m.votes_against
            and carried != more
            and m.outcome in ("carried", "lost")
        ):
            yield Doubt(
                ProblemKind.OUTCOME_AGAINST_THE_COUNT,
                f"the motion is said to be {m.outcome} with {m.votes_for} for and {m.votes_against} against",
                sheet.regions(m.start, m.start + 80),
            )


def _movers(
    sheet: Sheet, motions: Sequence[MotionFact], roll: Sequence[PersonFact], people: People
) -> Iterator[Doubt]:
    there = {surname_key(p.name) for p in roll if p.status == "present"}
    if not there:
        return
    for m in motions:
        for kind, role, name in (
            (ProblemKind.MOVER_NOT_PRESENT, "mover", m.mover),
            (ProblemKind.SECONDER_NOT_PRESENT, "seconder", m.seconder),
        ):
            if name and people.find(name) is None and surname_key(name) not in there:
                yield Doubt(
                    kind,
                    f"{name} is named as {role} and is not on the roll of those present",
                    sheet.regions(m.start, m.start + 80),
                )


def _numbering(sheet: Sheet, items: Sequence[ItemFact], decisions: Sequence[DecisionFact]) -> Iterator[Doubt]:
    """Numbers that leave one out: among the minutes' items, and among the clauses of one decision."""
    tops = [(int(i.number), i) for i in items if i.number and i.number.isdigit()]
    for (a, _), (b, item) in pairwise(tops):
        if b > a + 1:
            missing = str(a + 1) if b == a + 2 else f"{a + 1} to {b - 1}"
            yield Doubt(
                ProblemKind.ITEM_WITHOUT_A_MINUTE,
                f"after item {a} comes item {b}: nothing was read for {missing}",
                sheet.regions(item.start, item.end),
            )
    by_stem: dict[str, list[DecisionFact]] = {}
    for d in decisions:
        if d.clause and d.stem:
            by_stem.setdefault(d.stem, []).append(d)
    for group in by_stem.values():
        numbers = [
            as_number(parse(d.clause or ""))
            for d in group
            if re.fullmatch(r"\(?\w{1,4}[.)]?", d.clause or "")
        ]
        known = [n for n in numbers if n]
        if known and known == sorted(known) and known[-1] != len(known) and len(known) == len(group):
            yield Doubt(
                ProblemKind.CLAUSE_MISSING,
                f"clauses are numbered to {known[-1]} and {len(known)} were read",
                sheet.regions(group[0].start, group[-1].end),
            )


MOST_MISSED = 8
"""Cues told one by one; of more there is the count."""
LIKE_MINUTES = 6
"""Strong cues from which a part that was not read as minutes should have been."""


def _not_understood(part: Part, doc: object, sheet: Sheet) -> Iterator[Doubt]:
    """What was heard and not understood, with its place; a part full of minutes' words that was read as
    something else."""
    account = account_of(doc)
    if part.kind != "minutes":
        if part.kind in ("other", "report") and len(account.missed) >= LIKE_MINUTES:
            yield Doubt(
                ProblemKind.HEARD_AND_NOT_UNDERSTOOD,
                f"{len(account.missed)} sentences read like minutes in a part taken for {part.kind}: "
                f"nothing of them was read",
                page=part.page_from,
                dataset="documents",
            )
        return
    for missed in account.missed[:MOST_MISSED]:
        yield Doubt(
            ProblemKind.HEARD_AND_NOT_UNDERSTOOD,
            f"{missed.cue}: {' '.join(missed.text.split())}",
            sheet.regions(missed.start, missed.end),
            dataset=TOLD_IN[missed.cue],
        )
    if (more := len(account.missed) - MOST_MISSED) > 0:
        yield Doubt(
            ProblemKind.HEARD_AND_NOT_UNDERSTOOD,
            f"and {more} more of {account.heard} cues",
            page=part.page_from,
        )
    if account.heard == 0 and not facts_of(doc, "attendance"):  # type: ignore[arg-type]
        yield Doubt(
            ProblemKind.HEARD_AND_NOT_UNDERSTOOD,
            "minutes in which nobody is listed and nothing is moved or resolved in words that are known",
            page=part.page_from,
        )
