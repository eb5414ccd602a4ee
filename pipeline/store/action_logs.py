"""Actions followed to where later papers of the same body say that they are done.

Only rows that tell how far an action is (of an action table, or with a status) are joined to earlier ones:
many actions are given anew, in the same words, at every meeting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from pipeline.store.put_off import Step
from pipeline.store.repeats import plain
from schemas.over_papers import MatterEvent

Row = dict[str, Any]
ALIKE = 88.0
"""Words as alike as this (rapidfuzz ratio, 0 to 100) are one action."""
WITHIN = 95.0
"""As much of the shorter one's words in the longer (token set ratio), where the same people are to do it."""
LEAST_SHARED = 4
"""Words of weight that two actions share, at least."""
COMMON = 60
"""A word of as many actions of a body as this says nothing of which action it is."""
OPEN_FOR = timedelta(days=550)
"""For how long after its last mention an action is looked for."""
DONE = re.compile(
    r"\b(?:completed?|done|closed|discharged|finished|actioned|implemented|fulfilled|resolved)\b", re.I
)
NOT_DONE = re.compile(
    r"\b(?:not|to\s+be|part(?:ly|ially)?|nearly|in\s*complete|yet|almost|when|until|in\s+progress|on-?going"
    r"|due|expected)\b|\d\s*%(?<!100%)",
    re.I,
)


def is_done(status: str | None) -> bool:
    """Whether a status as printed says that the action is over."""
    return bool(status and DONE.search(status) and not NOT_DONE.search(status))


def followed_actions(rows: Sequence[Row]) -> Iterator[tuple[str, list[Step]]]:
    """The actions of one council that later papers come back to, each by its first words, with their rows.
    `rows` as pipeline.store.matters asks for them."""
    by_body: defaultdict[str, list[Row]] = defaultdict(list)
    for r in rows:
        if r["dataset"] == "actions" and r["body_id"] and r["date"] and r["text"]:
            by_body[r["body_id"]].append(r)
    for _, listed in sorted(by_body.items()):
        listed.sort(key=lambda r: (r["date"], r["document_id"], r["page"] or 0, r["row_id"]))
        for steps in _chains(listed):
            yield steps[0].row["text"], steps


def _chains(listed: Sequence[Row]) -> Iterator[list[Step]]:
    words = [frozenset(w for w in plain(r["text"]).split() if len(w) > 3) for r in listed]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for n, own in enumerate(words):
        for w in own:
            having[w].append(n)
    chain: dict[int, list[Step]] = {}  # by the last row of each
    behind: set[int] = set()  # rows that were followed further
    for n, r in enumerate(listed):
        if not (r["status"] or r["source"] == "action_table"):
            continue
        near = [w for w in words[n] if len(having[w]) <= COMMON]
        earlier = {m for w in near for m in having[w] if m < n and m not in behind and _may_be(listed[m], r)}
        fits = [(score, m) for m in earlier if (score := _alike(listed[m], r, words[m] & words[n]))]
        if not fits:
            continue
        _, before = max(fits)
        behind.add(before)
        first = listed[before]
        steps = chain.pop(before, None) or [Step(first, _event(first), "given here")]
        why = f"the words of {first['date']}" + (f', status "{r["status"]}"' if r["status"] else "")
        chain[n] = [*steps, Step(r, _event(r), why, 0.85)]
    yield from chain.values()


def _event(r: Row) -> MatterEvent:
    return "completed" if is_done(r["status"]) else "action"


def _may_be(first: Row, later: Row) -> bool:
    """Whether an action may be followed to a row: one that was over is not open again."""
    return first["date"] < later["date"] <= first["date"] + OPEN_FOR and not is_done(first["status"])


def _alike(a: Row, b: Row, shared: frozenset[str]) -> tuple[float, str] | None:
    """How alike two actions are, and when the earlier was; None where they are two."""
    from rapidfuzz import fuzz

    one, other = plain(a["text"]), plain(b["text"])
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return None
    whole = fuzz.ratio(one, other)
    same_people = bool(set(map(plain, a["owners"] or ())) & set(map(plain, b["owners"] or ())))
    within = same_people and len(shared) >= LEAST_SHARED and fuzz.token_set_ratio(one, other) >= WITHIN
    return (whole, str(a["date"])) if whole >= ALIKE or within else None
