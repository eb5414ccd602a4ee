"""A part's text cut into segments: sentences, and what type or line breaks set apart, in reading order.

A segment is the unit that gets a role. Headings, rolls and lists end where a line ends short of its column;
prose ends with its sentences; a bold or capital opening is a segment of its own ("**Street lights.** The
Clerk reported ...").
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.cues.load import is_one_of
from extractors.cues.says.people import PERSON
from extractors.model import Word
from extractors.reading.broken_lines import Edges, broken_in, usual_step
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.run_in import headed_so

ABBREVIATIONS = frozenset(
    [
        "mr",
        *("wm", "chas", "geo", "thos", "jas", "jos", "robt", "edw", "benj", "danl", "saml"),
        "mrs",
        *("messrs", "mmes", "capt", "lt", "sgt", "supt", "col", "cpl", "cst", "ofc"),
        "ms",
        "miss",
        "dr",
        "prof",
        "rev",
        "revd",
        "hon",
        "st",
        "cllr",
        "cllrs",
        "clr",
        "clrs",
        "cr",
        "crs",
        "comh",
        "no",
        "nos",
        "inc",
        "ltd",
        "co",
        "vs",
        "v",
        "art",
        "sec",
        "para",
        "prop",
        "paras",
        "p",
        "pp",
        "fig",
        "ref",
        "ch",
        "chq",
        "approx",
        "dept",
        "dist",
        "jr",
        "sr",
        "gov",
        "sen",
        "rep",
        "asst",
        "ald",
        "alds",
        "comm",
        "res",
        "bk",
        "mtg",
        "exec",
        "gen",
        "capt",
        "lt",
        "sgt",
        "ave",
        "blvd",
        "rd",
        "e.g",
        "i.e",
        "cf",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "tel",
        "ext",
        "est",
        "incl",
        "min",
        "max",
    ]
)
"""Words whose full stop ends no sentence."""
STOP = re.compile(r"(?:[.!?][”\"’)\]]*|[:;](?=\s+[1-9]\d?[.)]\s+\w))\s+(?=[“\"(\[‘•–—-]?\s?[A-ZÀ-Þ0-9£$])")
RUN_IN = re.compile(r"^(?:[A-ZÀ-Þ][A-ZÀ-Þ0-9&/’'(),.-]*\s+){1,9}?(?:[–—-]\s|:\s)(?=[A-Z0-9])")
"""Words in capitals with a dash or colon in front of a text: "ROLL CALL – Present:"."""
PRESENT = re.compile(r"(?:\w+\s+){0,2}(?:PRESENT|ABSENT|EXCUSED|APOLOGIES)\b|NONE\b|NIL\b")
"""What a roll or an empty heading has behind its dash."""
SIDE = re.compile(
    r"\b(?:ayes?|yeas?|yes|noe?s|nays?|no|for|against|favou?r|opposed|abst\w+|votes?|absent)$", re.I
)
"""A label of a vote: the number after it begins no list."""
UNDER_A_TITLE = re.compile(
    r"(?<!\b[Tt]he)(?<!\bTHE)\s(?=(?:(?:Staff|Officer|Requested|Suggested|Proposed|Recommended)\s+)?(?:RECOMMENDED|SUGGESTED|REQUESTED"
    r"|STAFF)?\s?(?:Recommendations?|RECOMMENDATIONS?|Action|ACTION|Motion|MOTION)(?:\s+(?:Requested|REQUESTED))?:\s"
    r"|(?:Presenters?|Presented by|Staff Contact|Report by|Reporting Officer|Attachments?):\s)"
)
"""Where what a front sheet prints in the same paragraph as an item's title begins: "Recommended Action:
Approve"."""
ONE_NAME = re.compile(rf"^(?-i:{PERSON}),?$", re.I)
DID = re.compile(r"^(?:then\s+|also\s+)?(?:moved|proposed|seconded)\b")
WANTS_A_NAME = re.compile(r"\b(?:moved|seconded|second|made|proposed|offered)\s+by\s*:?$", re.I)
A_NAME = re.compile(rf"^(?-i:{PERSON})(?=\.?$|\s+(?:it|that|to|and|the)\b|\s*,)", re.I)
SMALLER = 0.95
"""Type of this share of a title's size and less is the text under it."""


@dataclass(frozen=True)
class Segment:
    """Characters `start` to `end` of a part's text; `first` and `last` in its block; `opens` a printed
    line."""

    text: str
    start: int
    end: int
    view: View
    words: tuple[Word, ...]
    first: bool
    last: bool
    opens: bool

    @cached_property
    def bold(self) -> bool:
        """Most of its letters are bold."""
        total = sum(len(w.text) for w in self.words)
        return total > 0 and sum(len(w.text) for w in self.words if w.bold) > 0.6 * total

    @cached_property
    def capitals(self) -> bool:
        """Its letters are capitals, all but a few ("McDONALD", "8th")."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) >= 3 and sum(c.isupper() for c in letters) > 0.85 * len(letters)

    @cached_property
    def indent(self) -> float:
        """Where its first word begins, in points from the page's left edge."""
        return self.words[0].box.x0 if self.words else 0.0

    @cached_property
    def size(self) -> float:
        """Its largest type, in points."""
        return max((w.size for w in self.words), default=0.0)


def segments_of(sheet: Sheet) -> list[Segment]:
    """The sheet's segments in reading order; together they hold every word of its blocks."""
    lines = [(view, list(sheet.lines(view))) for view in sheet.views]
    usual = usual_step([own for _, own in lines])
    edges = Edges([line for _, own in lines for line in own])
    broken = [sorted({view.start, *broken_in(own, usual, edges)}) for view, own in lines]
    pieces = {
        a: sheet.text[a:b]
        for (view, _), cuts in zip(lines, broken, strict=True)
        for a, b in itertools.pairwise([*cuts, view.end])
        if view.block.kind != "heading"
    }
    titled = {a: a + found.end for a, found in headed_so(pieces).items()}
    cut = [
        s
        for (view, own), cuts in zip(lines, broken, strict=True)
        for s in _of_view(sheet, view, own, {*cuts, *(titled[a] for a in cuts if a in titled)})
    ]
    return list(_with_names_below(sheet, cut))


def _with_names_below(sheet: Sheet, cut: Sequence[Segment]) -> Iterator[Segment]:
    """The segments, a name alone below "Seconded by" with the line that wants it."""
    taken = False
    for s, after in itertools.zip_longest(cut, cut[1:]):
        if taken:
            taken = False
            continue
        taken = bool(after and _runs_into(s.text, after.text))
        if after is None or not taken:
            yield s
            continue
        text = sheet.text[s.start : after.end]
        yield replace(s, text=text, end=after.end, words=s.words + after.words, last=after.last)


def _runs_into(text: str, after: str) -> bool:
    """A line that wants a name and the name, or a name alone and what its bearer did."""
    if WANTS_A_NAME.search(text):
        return bool(A_NAME.match(after))
    return bool(DID.match(after) and ONE_NAME.match(text))


def _of_view(sheet: Sheet, view: View, lines: list[LineView], broken: set[int]) -> Iterator[Segment]:
    opens = {line.start for line in lines}
    cuts = sorted(broken | {*_stops(view), *_weights(sheet, view), *_run_in(view)})
    spans = [(a, b) for a, b in zip(cuts, [*cuts[1:], view.end], strict=True) if sheet.text[a:b].strip()]
    for i, (a, b) in enumerate(spans):
        raw = sheet.text[a:b]
        start, end = a + len(raw) - len(raw.lstrip()), a + len(raw.rstrip())
        yield Segment(
            sheet.text[start:end],
            start,
            end,
            view,
            tuple(sheet.words_at(start, end)),
            i == 0,
            i == len(spans) - 1,
            start in opens,
        )


def _stops(view: View) -> Iterator[int]:
    """Where a sentence begins after another."""
    text = view.text
    for m in STOP.finditer(text):
        before = (
            re.split(r"[\s/]", text[: m.start()])[-1].strip("(“\"'‘[").lower()
            if text[: m.start()].strip()
            else ""
        )
        if text[m.start()] == "." and (before in ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", before)):
            if before not in ("p.m", "a.m") or not text[m.end() :][:1].isupper():
                continue
        if text[m.start()] == ":" and SIDE.search(text[: m.start()]):
            continue
        if (
            m.start() < 10
            and re.fullmatch(r"[(*]*[a-z]{0,3}[\d.-]*[a-z]?\d*\)?", before)
            and len(text[: m.start()].split()) == 1
        ):
            continue  # the list's own number: "7-A.", "IV."
        yield view.start + m.end()


def _weights(sheet: Sheet, view: View) -> Iterator[int]:
    """Where bold words that open the block end and plain ones begin, or a title's larger type ends."""
    words = view.block.words
    if not words:
        return
    bold = words[0].bold and not all(w.bold for w in words)
    smaller = _smaller_from(words)
    if not bold and smaller is None:
        return
    at = view.start
    for i, word in enumerate(words):
        found = sheet.text.find(word.text.rstrip("\u00ad"), at, view.end)
        plain = bold and not word.bold and any(c.isalnum() for c in word.text)
        if plain or i == smaller:
            if found > view.start:
                yield found
            return
        at = found + len(word.text.rstrip("\u00ad")) if found >= 0 else at


def _smaller_from(words: Sequence[Word]) -> int | None:
    """The word at which a block that begins in one size goes on to its end in a smaller one."""
    first = words[0].size
    at = next((i for i, w in enumerate(words) if w.size < SMALLER * first), None)
    if at is None or at < 2 or at == len(words) - 1:
        return None
    return at if all(w.size < SMALLER * first for w in words[at:]) else None


def _run_in(view: View) -> Iterator[int]:
    yield from (view.start + m.end() for m in UNDER_A_TITLE.finditer(view.text))
    label, colon, after = view.text.partition(":")
    if colon and after[:1] == " " and view.block.kind != "heading" and is_one_of("items.topics", label):
        yield view.start + len(label) + 1
    m = RUN_IN.match(view.text)
    if m and sum(c.isalpha() for c in m.group()) > 3 and not _is_one_title(view.text, m.end()):
        yield view.start + m.end()


def _is_one_title(text: str, at: int) -> bool:
    """All of it is in capitals but for brackets, with a dash between its halves: "ROWING CLUB LEASE -
    EXTENSION OF TERM"."""
    title = text.partition(" (")[0]
    return title[at:].isupper() and title.isupper() and ":" not in title and not PRESENT.match(text, at)
