"""How far rows agree with a truth: one-to-one matches, precision, recall and F1 a measure.

Names agree without titles, honours, case and marks; texts from a similarity of 0.85 (actions from 0.6 or when
one holds the other). Works on rows as `extractors.extract` gives them, so that no dataset needs to be written
first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from extractors.mentions.names import strip_honours, strip_title

Row = dict[str, Any]
Truth = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a measure, and what was missed or made up, in words."""

    found: int
    wanted: int
    right: int
    missed: tuple[str, ...] = ()
    made_up: tuple[str, ...] = ()
    hits: tuple[tuple[Row, bool], ...] = ()

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


def plain_name(text: str | None) -> str:
    """A name without title, honours, marks and case."""
    bare = strip_title(strip_honours(text or "")[0])[1]
    return re.sub(r"[^a-z ]+", "", re.sub(r"[’'`-]", "", bare.lower())).strip()


def tokens(text: str | None) -> list[str]:
    """The words of a text, lower case, without marks."""
    return re.sub(r"[^a-z0-9 ]+", " ", (text or "").lower()).split()


def alike(a: str | None, b: str | None) -> float:
    """Similarity of two texts, 0 to 1, by their words."""
    return SequenceMatcher(None, tokens(a), tokens(b), autojunk=False).ratio()


def pair(
    found: Sequence[Any], wanted: Sequence[Any], same: Callable[[Any, Any], float]
) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs (index found, index wanted), the best first; 0 is no match."""
    ranked = sorted(
        ((same(f, w), i, j) for i, f in enumerate(found) for j, w in enumerate(wanted)), reverse=True
    )
    used_f, used_w, out = set[int](), set[int](), list[tuple[int, int]]()
    for score, i, j in ranked:
        if score > 0 and i not in used_f and j not in used_w:
            used_f.add(i)
            used_w.add(j)
            out.append((i, j))
    return out


def score(
    found: Sequence[Row], wanted: Sequence[Any], same: Callable[[Row, Any], float], say: Callable[[Any], str]
) -> Score:
    """Compare rows with what the truth wants; `say` puts either in words."""
    pairs = pair(found, wanted, same)
    f, w = {i for i, _ in pairs}, {j for _, j in pairs}
    return Score(
        len(found),
        len(wanted),
        len(pairs),
        tuple(say(x) for j, x in enumerate(wanted) if j not in w),
        tuple(say(x) for i, x in enumerate(found) if i not in f),
        tuple((x, i in f) for i, x in enumerate(found)),
    )


def same_name(row: Row, wanted: Any) -> float:
    """1 when row and truth name the same person."""
    return float(plain_name(row["name"]) == plain_name(_name_of(wanted)))


def _name_of(wanted: Any) -> str:
    return wanted if isinstance(wanted, str) else wanted["name"]


def _nearness(text: str, wanted: Row) -> float:
    """Similarity to the truth's text; a truth that keeps only the first words and the count of words is
    compared by those."""
    if "text" in wanted:
        return alike(text, wanted["text"])
    own, first = text.split(), wanted["first_words"].split()
    size = wanted.get("n_words", len(own))
    length = min(len(own), size) / max(len(own), size, 1)
    return alike(" ".join(own[: len(first)]), wanted["first_words"]) if length >= 0.85 else 0.0


def _same_text(row: Row, wanted: Row) -> float:
    near = _nearness(row["text"], wanted)
    return (
        near
        if near >= 0.85 and (not wanted.get("item") or str(row.get("item_number")) == str(wanted["item"]))
        else 0.0
    )


def _same_item(row: Row, wanted: Row) -> float:
    near = alike(row["title"], wanted["title"])
    return (
        near
        if near >= 0.85 and (not wanted.get("number") or str(row.get("number")) == wanted["number"])
        else 0.0
    )


def _same_action(row: Row, wanted: Row) -> float:
    a, b = " ".join(tokens(row["text"])), " ".join(tokens(wanted["text"]))
    near = 1.0 if a and (a in b or b in a) else alike(a, b)
    surnames = [plain_name(o).split()[-1:] for o in row["owners"]]
    return (
        near
        if near >= 0.6 and (not wanted.get("owner") or plain_name(wanted["owner"]).split()[-1:] in surnames)
        else 0.0
    )


def _say(x: Any) -> str:
    if isinstance(x, str):
        return x
    return str(x.get("name") or x.get("title") or x.get("text") or x.get("first_words"))[:90]


def compare(rows: dict[str, list[Row]], truth: Truth) -> dict[str, Score]:
    """Every measure that the truth holds. The meeting is the one of the truth's date."""
    ids = {
        m["meeting_id"] for m in rows["meetings"] if not truth.get("date") or str(m["date"]) == truth["date"]
    }
    own = {name: [r for r in listed if r.get("meeting_id") in ids] for name, listed in rows.items()}
    out: dict[str, Score] = {}
    if "date" in truth:
        out["meeting"] = Score(len(ids), 1, int(len(ids) == 1))
    for key in ("start_time", "end_time", "venue"):
        if truth.get(key):
            got = next((m[key] for m in rows["meetings"] if m["meeting_id"] in ids), None)
            right = str(got or "")[:5] == truth[key][:5] if "time" in key else alike(got, truth[key]) > 0.8
            out[key] = Score(int(got is not None), 1, int(right))
    out.update(_people(own, truth))
    if "items" in truth:
        out["items"] = score(own["agenda_items"], truth["items"], _same_item, _say)
    if "motions" in truth:
        out.update(_motions(own["motions"], rows["votes"], truth["motions"]))
    if "declarations" in truth:
        out["declarations"] = score(own["declarations"], truth["declarations"], _same_declaration, _say)
    if "resolutions" in truth:
        out["resolutions"] = score(
            [r for r in own["resolutions"] if r["kind"] == "resolution"],
            truth["resolutions"],
            _same_text,
            _say,
        )
    if "recommendations" in truth:
        out["recommendations"] = score(
            [r for r in rows["resolutions"] if r["kind"] == "recommendation"],
            truth["recommendations"],
            _same_text,
            _say,
        )
    if "actions" in truth:
        out["actions"] = score(own["actions"], truth["actions"], _same_action, _say)
    return out


def _people(own: dict[str, list[Row]], truth: Truth) -> dict[str, Score]:
    there = [r for r in own["attendance"] if r["status"] == "present"]
    out: dict[str, Score] = {}
    if "present" in truth:
        out["present"] = score(
            [r for r in there if r["capacity"] == "member"], truth["present"], same_name, _say
        )
    if "in_attendance" in truth:
        listed = {plain_name(_name_of(x)) for x in truth["in_attendance"]}
        officers = [
            r
            for r in there
            if r["capacity"] == "officer" or (r["capacity"] == "other" and plain_name(r["name"]) in listed)
        ]
        out["in_attendance"] = score(officers, truth["in_attendance"], same_name, _say)
    if "apologies" in truth:
        out["apologies"] = score(
            [r for r in own["attendance"] if r["status"] == "apologies"], truth["apologies"], same_name, _say
        )
    return out


def _same_declaration(row: Row, wanted: Row) -> float:
    if plain_name(row["name"]).split()[-1:] != plain_name(wanted["name"]).split()[-1:]:
        return 0.0
    return 0.0 if wanted.get("item") and str(row.get("item_number")) != str(wanted["item"]) else 1.0


def _same_motion(row: Row, wanted: Row) -> float:
    for key, column in (("for", "votes_for"), ("against", "votes_against")):
        if wanted.get(key) is not None and row[column] != wanted[key]:
            return 0.0
    for key in ("mover", "seconder"):
        if wanted.get(key) and plain_name(row[key]).split()[-1:] != plain_name(wanted[key]).split()[-1:]:
            return 0.0
    if wanted.get("outcome") and wanted["outcome"].split()[0] not in (row["outcome"] or ""):
        return 0.0
    return 0.5 + alike(row["text"], wanted.get("first_words")) / 2


def _motions(motions: list[Row], votes: list[Row], wanted: list[Row]) -> dict[str, Score]:
    out = {"motions": score(motions, wanted, _same_motion, _say)}
    pairs = {j: i for i, j in pair(motions, wanted, _same_motion)}
    found = expected = right = 0
    for j, w in enumerate(wanted):
        for choice in ("for", "against", "abstain"):
            names = w.get(f"{choice}_names") or []
            expected += len(names)
            if j in pairs:
                cast = [
                    v
                    for v in votes
                    if v["motion_id"] == motions[pairs[j]]["motion_id"] and v["choice"] == choice
                ]
                found += len(cast)
                right += len(pair(cast, names, same_name))
    if expected:
        out["votes"] = Score(found, expected, right)
    return out
