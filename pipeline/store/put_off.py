"""Matters without a number: an item that was put off, and the item of the same title at a later meeting of
the same body.

Only what is said to be put off, or to come from an earlier meeting, is followed: many titles stand on every
agenda.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractors.cues.says import cues_for
from pipeline.store.repeats import FIGURE, plain
from schemas.over_papers import MatterEvent

Row = dict[str, Any]
LATER = 6
"""Meetings of the body after the one that put an item off, among which it is looked for."""
ALIKE = 92.0
"""Titles as alike as this (rapidfuzz ratio, 0 to 100), with the same figures, are one, mended."""
STANDING = 0.5
"""Share of a body's meetings from which a title stands on every agenda, where there are three or more."""


@dataclass(frozen=True, slots=True)
class Step:
    """A row of a matter: what became of it there, why it is of the matter, and how sure that is."""

    row: Row
    event: MatterEvent
    evidence: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of one meeting, with what was said and decided under it."""

    row: Row
    title: str
    carried: bool
    under: Sequence[Row]


def carried_by_title(rows: Sequence[Row]) -> Iterator[tuple[str, list[Step]]]:
    """The matters of one council that were put off, each by its title, with their rows. `rows` as
    pipeline.store.matters asks for them."""
    for meetings in _by_body(rows):
        titles = Counter(t for m in meetings for t in {i.title for i in m})
        most = STANDING * len(meetings)
        standing = {t for t, n in titles.items() if n >= max(3, most)}
        known: dict[str, list[Step]] = {}  # by the id of the item that was last put off
        for n, items in enumerate(meetings):
            later = meetings[n + 1 : n + 1 + LATER]
            for item in items:
                if item.title in standing or len(item.title.split()) < 2:
                    continue
                if found := _comes_back(item, later):
                    other, why, sure = found
                    steps = known.pop(item.row["row_id"], None) or list(
                        _steps(item, "on the agenda here", 1.0)
                    )
                    known[other.row["row_id"]] = [*steps, *_steps(other, why, sure)]
        for steps in known.values():
            yield steps[0].row["text"], steps


def _by_body(rows: Sequence[Row]) -> Iterator[list[list[_Item]]]:
    """By body, its meetings in the order of their days, each as its items."""
    under: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    items: defaultdict[str, defaultdict[tuple[date, str], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for r in rows:
        if not (r["body_id"] and r["date"]):
            continue
        if r["dataset"] == "agenda_items":
            items[r["body_id"]][r["date"], r["meeting_id"]].append(r)
        elif r["number"]:
            under[r["meeting_id"], r["number"]].append(r)
    for _, meetings in sorted(items.items()):
        yield [[_item(r, under) for r in listed if r["text"]] for _, listed in sorted(meetings.items())]


def _item(r: Row, under: Mapping[tuple[str, str], list[Row]]) -> _Item:
    title, carried = r["text"], False
    for cue in cues_for("carried from", title):
        if m := cue.look.search(title):
            title, carried = f"{title[: m.start('from')]} {title[m.end('from') :]}", True
    return _Item(r, plain(title), carried, under.get((r["meeting_id"], r["number"] or ""), ()))


def _comes_back(item: _Item, later: Sequence[Sequence[_Item]]) -> tuple[_Item, str, float] | None:
    """The item of the same title at the first of the later meetings that has one, why, and how surely."""
    said = _put_off(item)
    for n, items in enumerate(later):
        for other in items:
            sure = _same_title(item.title, other.title)
            if sure and (said or (other.carried and n == 0)):
                why = (
                    f'put off on {item.row["date"]}: "{said}"'
                    if said
                    else "said to come from an earlier meeting"
                )
                return (
                    other,
                    f"{why}; {'the same title' if sure == 1 else 'nearly the same title'}",
                    0.9 * sure,
                )
    return None


def _put_off(item: _Item) -> str | None:
    """The words by which an item was put off."""
    for r in item.under:
        text = r["text"] or ""
        if any(cue.look.search(text) for cue in cues_for("put off", text)):
            return text if len(text) <= 120 else f"{text[:119]}…"
    return None


def _same_title(a: str, b: str) -> float:
    """1 for the same words, less for a title mended, 0 for another."""
    from rapidfuzz import fuzz

    if a == b:
        return 1.0
    if FIGURE.findall(a) != FIGURE.findall(b) or fuzz.ratio(a, b) < ALIKE:
        return 0.0
    return 0.85


def _steps(item: _Item, why: str, sure: float) -> Iterator[Step]:
    yield Step(item.row, item.row["event"], why, sure)
    for r in item.under:
        yield Step(
            r, "deferred" if r["text"] and _put_off(item) and _is_put_off(r) else r["event"], why, sure
        )


def _is_put_off(r: Row) -> bool:
    return any(cue.look.search(r["text"]) for cue in cues_for("put off", r["text"]))
