"""How far the rows of a paper agree with its truth: one-to-one matches, precision, recall and F1 a measure.

A truth is what a person wrote down of one meeting in one paper. A key that it lacks is not scored; an entry
that it holds to be unsure costs nothing, found or not. Names agree without titles, honours, case and marks;
texts from a similarity of 0.85 (actions from 0.6, or when one holds the other). Works on rows as
`extractors.extract` gives them, so that no dataset needs to be written first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from benchmarks.likeness import alike, name_of, number_of, same_body, starts_alike, surname_of, words_of

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]
Truth = dict[str, Any]
Same = Callable[[Row, Row], float]
"""How well a row is what an entry of the truth says: 0, it is not, to 1."""

LEAST_TEXT = 0.85
LEAST_ACTION = 0.6
LEAST_VENUE = 0.8
UNSURE_COSTS = 1e-6
"""What an unsure entry's match is worth less, so that a sure one that fits as well comes first."""
VOTES = (("for_names", "for"), ("against_names", "against"), ("abstain_names", "abstain"))


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a measure; what was missed or made up, in words; each row's confidence and whether it is
    right."""

    found: int
    wanted: int
    right: int
    missed: tuple[str, ...] = ()
    made_up: tuple[str, ...] = ()
    hits: tuple[tuple[float, bool], ...] = ()

    @property
    def precision(self) -> float:
        """Share of the found that is right; 1 when nothing was found and nothing wanted."""
        return self.right / self.found if self.found else float(not self.wanted)

    @property
    def recall(self) -> float:
        """Share of the wanted that was found."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def telling(self) -> bool:
        """Whether there was anything to find or anything found: nothing in nothing says little."""
        return bool(self.found or self.wanted)


def compare(rows: Rows, truth: Truth) -> dict[str, Score]:
    """Every measure that the truth holds, over the rows of its meeting; `rows` by dataset, of one paper."""
    paper = _Paper(rows, truth)
    return (
        _meeting(paper)
        | _people(paper)
        | _items(paper)
        | _motions(paper)
        | _resolutions(paper)
        | _actions(paper)
    )


class _Paper:
    """A paper's rows, and those of the meeting that the truth is of."""

    def __init__(self, rows: Rows, truth: Truth) -> None:
        self.rows, self.truth = rows, truth
        self.day: str | None = truth.get("date")
        self.meetings = self._meetings_of_the_day()

    def _meetings_of_the_day(self) -> list[Row]:
        """Of several on one day those that began when the truth's did, where any did."""
        day = [m for m in self.all("meetings") if not self.day or str(m.get("date")) == self.day]
        began = (self.truth.get("start_time") or "")[:5]
        then = [m for m in day if began and _clock(m.get("start_time")) == began]
        return then if len(day) > 1 and then else day

    def all(self, dataset: str) -> list[Row]:
        return self.rows.get(dataset, [])

    def own(self, dataset: str) -> list[Row]:
        """The dataset's rows of the truth's meeting; all where the truth names no day."""
        ids = {m["meeting_id"] for m in self.meetings}
        return [r for r in self.all(dataset) if not self.day or r.get("meeting_id") in ids]


def pair(found: Sequence[Row], wanted: Sequence[Row], same: Same) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs (index found, index wanted), the best first; 0 is no match."""
    scored = ((same(f, w), i, j) for i, f in enumerate(found) for j, w in enumerate(wanted))
    used_found, used_wanted, pairs = set[int](), set[int](), list[tuple[int, int]]()
    for _, i, j in sorted((s for s in scored if s[0] > 0), reverse=True):
        if i not in used_found and j not in used_wanted:
            used_found.add(i)
            used_wanted.add(j)
            pairs.append((i, j))
    return pairs


def score(found: Sequence[Row], wanted: Sequence[Row], same: Same) -> tuple[Score, list[tuple[int, int]]]:
    """Rows against what the truth wants, and the pairs (index found, index wanted)."""

    def sure_first(row: Row, entry: Row) -> float:
        return max(0.0, same(row, entry) - (UNSURE_COSTS if entry.get("unsure") else 0.0))

    pairs = pair(found, wanted, sure_first)
    free = {i for i, j in pairs if wanted[j].get("unsure")}
    right = {i for i, _ in pairs} - free
    met = {j for _, j in pairs}
    counted = [(i, row) for i, row in enumerate(found) if i not in free]
    sure = [(j, entry) for j, entry in enumerate(wanted) if not entry.get("unsure")]
    return Score(
        len(counted),
        len(sure),
        len(right),
        tuple(_say(entry) for j, entry in sure if j not in met),
        tuple(_say(row) for i, row in counted if i not in right),
        tuple((row.get("confidence") or 0.0, i in right) for i, row in counted),
    ), pairs


def _say(x: Row) -> str:
    """A row or an entry of a truth in words."""
    text = str(x.get("title") or x.get("text") or x.get("text_begins") or x.get("first_words") or "")
    if "mover" in x or "votes_for" in x:
        tally = f"{x.get('for', x.get('votes_for'))} to {x.get('against', x.get('votes_against'))}"
        return f"{x.get('mover')}, {x.get('seconder')}, {x.get('outcome')}, {tally}: {text[:90]}"
    number = x.get("number") or x.get("item") or x.get("item_number")
    who = x.get("name") or x.get("owner") or ", ".join(x.get("owners") or ())
    return " ".join(str(part) for part in (number, who, text[:90]) if part)


def _clock(time: Any) -> str:
    return str(time or "")[:5]


def _one(right: bool, got: Any, wanted: Any) -> Score:
    """The score of a single value."""
    if right:
        return Score(1, 1, 1)
    return Score(int(got is not None), 1, 0, (str(wanted),), (str(got),) if got is not None else ())


def _meeting(paper: _Paper) -> dict[str, Score]:
    """The meeting itself and what is said once: times, venue, council, body, kind of paper."""
    truth, out = paper.truth, dict[str, Score]()
    alone = paper.meetings[0] if len(paper.meetings) == 1 else None
    document = next(iter(paper.all("documents")), {})
    council = document.get("council")
    if paper.day:
        out["meeting"] = Score(len(paper.meetings), 1, int(alone is not None))
    for key in ("start_time", "end_time", "venue"):
        if alone and (wanted := truth.get(key)):
            got = alone.get(key)
            near = alike(got, wanted) > LEAST_VENUE if key == "venue" else _clock(got) == _clock(wanted)
            out[key] = _one(near, got, wanted)
    if wanted := truth.get("council"):
        out["council"] = _one(same_body(council, wanted), council, wanted)
    if wanted := truth.get("kind"):
        out["kind"] = _one(document.get("kind") == wanted, document.get("kind"), wanted)
    if alone and (wanted := truth.get("committee")):
        body = alone.get("committee")
        right = same_body(body or council, wanted, within=truth.get("council") or "")
        out["committee"] = _one(right, body, wanted)
    return out


def _people(paper: _Paper) -> dict[str, Score]:
    """Members there and not there, officers there, and interests declared."""
    attendance, out = paper.own("attendance"), dict[str, Score]()
    listed = {name_of(_named(x)["name"]) for x in paper.truth.get("in_attendance", ())}

    def is_officer(row: Row) -> bool:
        """Anyone else who spoke counts where the truth lists them, and costs nothing where it does not."""
        return row["capacity"] == "officer" or (row["capacity"] == "other" and name_of(row["name"]) in listed)

    there = [r for r in attendance if r["status"] == "present"]
    away = [r for r in attendance if r["status"] in ("apologies", "absent")]
    groups = {
        "present": [r for r in there if r["capacity"] == "member"],
        "absent": [r for r in away if r["capacity"] == "member"],
        "apologies": [r for r in away if r["status"] == "apologies"],
        "in_attendance": [r for r in there if is_officer(r)],
    }
    for key, rows in groups.items():
        if key in paper.truth:
            out[key], _ = score(rows, [_named(x) for x in paper.truth[key]], _same_name)
    if "declarations" in paper.truth:
        out["declarations"], _ = score(paper.own("declarations"), paper.truth["declarations"], _same_surname)
    return out


def _named(entry: Row | str) -> Row:
    return {"name": entry} if isinstance(entry, str) else entry


def _same_name(row: Row, entry: Row) -> float:
    return float(name_of(row["name"]) == name_of(entry["name"]))


def _same_surname(row: Row, entry: Row) -> float:
    return float(surname_of(row["name"]) == surname_of(entry.get("name") or entry.get("member")))


def _items(paper: _Paper) -> dict[str, Score]:
    if "items" not in paper.truth:
        return {}
    return {"items": score(paper.own("agenda_items"), paper.truth["items"], _same_item)[0]}


def _same_item(row: Row, entry: Row) -> float:
    """Its number is the one printed before the heading or the minute's; a long title may go on."""
    numbers = (number_of(row.get("number")), number_of(row.get("minute_number")))
    if entry.get("number") and number_of(entry["number"]) not in numbers:
        return 0.0
    title = entry["title"]
    begins = starts_alike(row["title"], title) - 0.01 if len(words_of(title)) > 8 else 0.0
    near = max(alike(row["title"], title, least=LEAST_TEXT), begins)
    return near if near >= LEAST_TEXT else 0.0


def _motions(paper: _Paper) -> dict[str, Score]:
    """Motions, and the votes of those that were found."""
    if "motions" not in paper.truth:
        return {}
    motions, wanted = paper.own("motions"), paper.truth["motions"]
    scored, pairs = score(motions, wanted, _same_motion)
    ids = {j: motions[i]["motion_id"] for i, j in pairs}
    cast, expected, right = 0, 0, 0
    for j, entry in enumerate(wanted):
        for key, choice in () if entry.get("unsure") else VOTES:
            names = [_named(x) for x in entry.get(key) or ()]
            expected += len(names)
            if j in ids:
                votes = [v for v in paper.all("votes") if v["motion_id"] == ids[j] and v["choice"] == choice]
                cast += len(votes)
                right += len(pair(votes, names, _same_name))
    return {"motions": scored} | ({"votes": Score(cast, expected, right)} if expected else {})


def _same_motion(row: Row, entry: Row) -> float:
    """Counts, mover, seconder and outcome agree; the nearness of the words says which of several it is."""
    for key, column in (("for", "votes_for"), ("against", "votes_against")):
        if entry.get(key) is not None and row.get(column) != entry[key]:
            return 0.0
    if surname_of(row.get("mover")) != surname_of(entry.get("mover")):
        return 0.0
    if entry.get("seconder") and surname_of(row.get("seconder")) != surname_of(entry["seconder"]):
        return 0.0
    if entry.get("outcome") and entry["outcome"].split()[0] not in (row.get("outcome") or ""):
        return 0.0
    text, wanted = row.get("text"), entry.get("first_words")
    return 0.5 + max(alike(text, wanted), starts_alike(text, wanted)) / 2


def _resolutions(paper: _Paper) -> dict[str, Score]:
    """What was resolved, what officers recommend, and whether either stands at the right item."""
    minute = {
        number_of(r.get("number")): number_of(r.get("minute_number")) for r in paper.own("agenda_items")
    }
    out = dict[str, Score]()
    for key, rows in (
        ("resolutions", paper.own("resolutions")),
        ("recommendations", paper.all("resolutions")),
    ):
        if key not in paper.truth:
            continue
        wanted = paper.truth[key]
        found = [r for r in rows if r["kind"] == key[:-1]]
        out[key], pairs = score(found, wanted, _same_text)
        placed = [
            (number_of(found[i].get("item_number")), number_of(wanted[j]["item"]))
            for i, j in pairs
            if wanted[j].get("item")
        ]
        if placed:
            right = sum(item in (at, minute.get(at)) for at, item in placed)
            out[f"{key}_item"] = Score(len(placed), len(placed), right)
    return out


def _same_text(row: Row, entry: Row) -> float:
    if entry.get("text"):
        near = alike(row["text"], entry["text"], least=LEAST_TEXT)
    else:
        near = starts_alike(row["text"], entry.get("text_begins") or entry.get("first_words"))
    return near if near >= LEAST_TEXT else 0.0


def _actions(paper: _Paper) -> dict[str, Score]:
    if "actions" not in paper.truth:
        return {}
    return {"actions": score(paper.own("actions"), paper.truth["actions"], _same_action)[0]}


def _same_action(row: Row, entry: Row) -> float:
    """The owner is one of the row's, by the last word of the name or post."""
    text = " ".join(words_of(row["text"]))
    wanted = " ".join(words_of(entry.get("text") or entry.get("text_begins")))
    near = 1.0 if text and (text in wanted or wanted in text) else alike(text, wanted)
    owners = {surname_of(x) for x in row.get("owners") or ()}
    if near < LEAST_ACTION or (entry.get("owner") and not owners & _owners_of(entry["owner"])):
        return 0.0
    return near


@lru_cache(maxsize=1024)
def _owners_of(text: str) -> frozenset[str]:
    return frozenset(surname_of(x) for x in re.split(r",|/|&|\band\b", text))
