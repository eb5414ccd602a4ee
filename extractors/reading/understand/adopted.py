"""What an adopted motion decides: its clauses, its conditions, or all its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.reading.numbering import number_of
from extractors.reading.understand.clauses import inline_clauses
from extractors.reading.understand.decision import Decision, bare, trimmed
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.verbs import verb_of

THEREFORE = re.compile(r"\b(?:now,?\s+)?therefore\b|\bbe\s+it\s+(?:further\s+)?resolved\b", re.I)
RESOLVES = re.compile(r"\bresolved\b[\s,:]*(?:that)?[\s,:]*", re.I)
BODY_ACTS = re.compile(
    r"^\W*(?:(?:resolved|that|this|the)\s+)*(?:[\w’'-]+\s+){0,6}?"
    r"(?:council|committee|board|cabinet|commission|panel|authority|shire|trustees|members|mayor|chief\s+executive"
    r"|staff|administration)\s*(?:\w+\s+){0,3}?:\s*$",
    re.I,
)
"""A stem whose clauses say what the body does: "That the Council:"."""
MOTION_TO = re.compile(r"^(?:an?|the)\s+motion\s+(?=(?:to|that|for)\b)", re.I)
MOST_BEFORE = 8
"""Words before the first of the clauses within a motion: "That the Council: 1. ..."."""
ANOTHER = re.compile(r"\s*[;.]\s*(?=THAT\s)")
"""Between two clauses of one motion: "...; THAT a letter be sent"."""
CONDITIONS = re.compile(r"\b(?:conditions|terms|findings|amendments|changes)\W*$", re.I)
"""A stem that is a decision of its own, whose clauses are too."""


def decided_by(motion: Motion, n: int) -> Iterator[Decision]:
    """What an adopted motion decides: its clauses where they are numbered or resolved one by one, else all
    its words."""
    if motion.outcome not in ("carried", "elected") or not motion.words:
        return
    words = _operative(motion.words)
    resolving = [(w, a, b) for w, a, b in words if re.search(r"\bresolved\b", w, re.I)]
    if resolving:
        yield from (_resolved(motion, n, *w) for w in resolving)
        return
    head, *rest = words
    inline = [] if rest else inline_clauses(head[0], MOST_BEFORE)
    if inline:
        stem = head[0][: inline[0].start].strip()
        for c in inline:
            text = trimmed(head[0][c.start : c.end])
            yield _one(motion, n, text, head[1] + c.start, head[1] + c.end, stem, c.mark)
        return
    if all(number_of(w[0]) for w in rest) and rest and number_of(head[0]):
        head, rest = ("", head[1], head[1]), words
    stem = head[0].rstrip()
    if rest and all(number_of(w[0]) for w in rest):
        kept = bool(CONDITIONS.search(stem.rstrip(":")))
        if kept or (stem[-1:] in ("", ":") and _are_clauses(stem, rest)):
            if kept:
                yield _one(motion, n, trimmed(stem.rstrip(":")), head[1], head[2])
            yield from (_clause(motion, n, head[0], *w) for w in rest)
            return
    if not rest and ANOTHER.search(head[0]):
        yield from _parted(head, motion, n)
        return
    said = MOTION_TO.sub("", " ".join(w for w, _, _ in words))
    yield _one(motion, n, trimmed(said), head[1], words[-1][2])


def _one(
    motion: Motion,
    n: int,
    text: str,
    start: int,
    end: int,
    stem: str | None = None,
    clause: str | None = None,
) -> Decision:
    return Decision(text, start, end, motion.at, "adopted motion", stem, clause, n)


def _resolved(motion: Motion, n: int, words: str, start: int, end: int) -> Decision:
    """What stands after "RESOLVED"."""
    m = RESOLVES.search(words)
    cut = m.end() if m else 0
    return _one(motion, n, bare(words[cut:]), start + cut, end)


def _clause(motion: Motion, n: int, stem: str, words: str, start: int, end: int) -> Decision:
    """A numbered clause, its number apart."""
    number = number_of(words)
    cut = number.end if number else 0
    return _one(motion, n, trimmed(words[cut:]), start + cut, end, stem, words[:cut].strip() or None)


def _parted(head: tuple[str, int, int], motion: Motion, n: int) -> Iterator[Decision]:
    """The clauses of a motion that each begin with THAT."""
    at = 0
    for piece in ANOTHER.split(head[0]):
        found = head[0].index(piece, at)
        at = found + len(piece)
        yield _one(motion, n, bare(piece), head[1] + found, head[1] + at)


def _are_clauses(stem: str, words: list[tuple[str, int, int]]) -> bool:
    """Each says something to be done ("(1) note the report"), rather than naming a thing ("a) Budget"): all
    that follow "That the Council:" do."""
    bodies = [w[number.end :] for w, _, _ in words if (number := number_of(w))]
    return bool(BODY_ACTS.search(stem)) or all(
        re.match(r"(?:[Tt]hat|[Tt]o|[a-z]+)\b", b) or verb_of(b.split()[0]) != "other"
        for b in bodies
        if b.split()
    )


def _operative(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The words without the preamble: from "NOW THEREFORE" on, where WHEREAS stands in front."""
    if not re.match(r"\W*whereas\b", words[0][0], re.I):
        return words
    for k, (text, a, b) in enumerate(words):
        m = THEREFORE.search(text)
        if m:
            return [(text[m.start() :], a + m.start(), b), *words[k + 1 :]]
    return words
