"""What an adopted motion decides: its clauses, its conditions, or all its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.reading.numbering import number_of, places_of
from extractors.reading.segments import Segment
from extractors.reading.understand.clauses import inline_clauses, introduces
from extractors.reading.understand.decision import Decision, bare, parted, trimmed
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.verbs import verb_of

THEREFORE = re.compile(r"\b(?:now,?\s+)?therefore\b|\bbe\s+it\s+(?:further\s+)?resolved\b", re.I)
AND_THAT = re.compile(r"\s*[;.]\s*(?=THAT\s)")
"""Between two clauses of one motion; joined by AND they are kept as one."""
RESOLVES = re.compile(r"\bresolved\b[\s,:]*(?:that)?[\s,:]*", re.I)
BODY_ACTS = re.compile(
    r"^\W*(?:(?:resolved|that|this|the)\s+)*(?:[\w’'-]+\s+){0,6}?"
    r"(?:council|committee|board|cabinet|commission|panel|authority|shire|trustees|members|mayor|chief\s+executive"
    r"|staff|administration)\s*(?:\w+\s+){0,3}?:?[\s–—-]*$",
    re.I,
)
"""A stem whose clauses say what the body does: "That the Council:"."""
MOTION_TO = re.compile(r"^(?:an?|the)\s+motion\s+(?=(?:to|that|for)\b)", re.I)
Words = tuple[str, int, int]
"""Words of a motion, and from where to where they stand."""
THINGS_BELOW = re.compile(r"\bfollowing\b|\bas\s+follows\W*$", re.I)
"""A stem that says all that is decided; what stands below it are the things that it speaks of."""
MOST_BELOW = 60
MOST_BEFORE = 8
"""Words before the first of the clauses within a motion: "That the Council: 1. ..."."""
CONDITIONS = re.compile(r"\b(?:conditions|terms|findings|amendments|changes)\W*$", re.I)
"""A stem that is a decision of its own, whose clauses are too."""


def decided_by(motion: Motion, n: int, segments: Sequence[Segment]) -> Iterator[Decision]:
    """What an adopted motion decides: its clauses where they are numbered or resolved one by one, else all
    its words."""
    if motion.outcome not in ("carried", "elected") or not motion.words:
        return
    words = _operative(motion.words)
    if any(RESOLVES.search(w) for w, _, _ in words):
        for w, a, _ in words:
            if RESOLVES.search(w):
                yield from _resolved(motion, n, w, a)
        return
    head, *rest = words
    inline = [] if rest else inline_clauses(head[0], MOST_BEFORE)
    if inline:
        stem = head[0][: inline[0].start].strip()
        for c in inline:
            text = trimmed(head[0][c.start : c.end])
            yield _one(motion, n, text, head[1] + c.start, head[1] + c.end, stem, c.mark)
        return
    if introduces(head[0]) and not rest:
        rest = _below(segments, head[2])
    if clauses := list(_numbered(motion, n, head, rest)):
        yield from clauses
        return
    if not rest and AND_THAT.search(head[0]):
        yield from _parted(head, motion, n)
        return
    said = MOTION_TO.sub("", " ".join(w for w, _, _ in words))
    yield _one(motion, n, trimmed(said), head[1], words[-1][2])


def _numbered(motion: Motion, n: int, head: Words, rest: list[Words]) -> Iterator[Decision]:
    """The clauses that stand in blocks of their own, each with its number; the stem alone where they only
    name what it speaks of; nothing where there are none."""
    if not rest or not all(number_of(w[0]) for w in rest):
        return
    if number_of(head[0]):
        head, rest = ("", head[1], head[1]), [head, *rest]
    stem = head[0].rstrip()
    kept = bool(CONDITIONS.search(stem.rstrip(":")))
    if kept:
        yield _one(motion, n, trimmed(stem.rstrip(":")), head[1], head[2])
    if kept or _are_clauses(stem, rest):
        yield from (_clause(motion, n, head[0], *w) for w in rest)
    elif THINGS_BELOW.search(stem) and _counts_from_one(rest):
        yield _one(motion, n, trimmed(stem.rstrip(" :–—-")), head[1], head[2])


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


def _resolved(motion: Motion, n: int, words: str, start: int) -> Iterator[Decision]:
    """What stands after "RESOLVED"."""
    m = RESOLVES.search(words)
    cut = m.end() if m else 0
    for piece, at in parted(words[cut:]):
        begin = start + cut + at
        yield _one(motion, n, bare(piece), begin, begin + len(piece))


def _clause(motion: Motion, n: int, stem: str, words: str, start: int, end: int) -> Decision:
    """A numbered clause, its number apart."""
    number = number_of(words)
    cut = number.end if number else 0
    return _one(motion, n, trimmed(words[cut:]), start + cut, end, stem, words[:cut].strip() or None)


def _parted(head: Words, motion: Motion, n: int) -> Iterator[Decision]:
    """The clauses of a motion that each begin with THAT."""
    at = 0
    for piece in AND_THAT.split(head[0]):
        begin = head[1] + head[0].find(piece, at)
        at = begin - head[1] + len(piece)
        yield _one(motion, n, bare(piece), begin, begin + len(piece))


def _below(segments: Sequence[Segment], end: int) -> list[Words]:
    """The numbered clauses in blocks of their own that follow the words that end at `end`."""
    out: list[Words] = []
    at = next((i for i, s in enumerate(segments) if s.start >= end), len(segments))
    for s in segments[at : at + MOST_BELOW]:
        if s.first and number_of(s.text) and s.view.block.kind != "heading":
            out.append((s.text, s.start, s.end))
        elif out and not s.first and s.start >= out[-1][2]:
            text, start, _ = out[-1]
            out[-1] = (f"{text} {s.text}", start, s.end)
        else:
            break
    return out


def _counts_from_one(words: list[Words]) -> bool:
    """The list below begins anew, and is not a paragraph of a law that is named."""
    number = number_of(words[0][0])
    return number is not None and any(place.at == 1 for place in places_of(number))


def _are_clauses(stem: str, words: list[Words]) -> bool:
    """Each says something to be done ("(1) note the report"), rather than naming a thing ("a) Budget"): all
    that follow "That the Council:" do, or no stem."""
    bodies = [w[number.end :] for w, _, _ in words if (number := number_of(w))]
    if not stem or BODY_ACTS.search(stem):
        return True
    return stem.endswith(":") and all(
        re.match(r"(?:[Tt]hat|[Tt]o|[a-z]+)\b", b) or verb_of(b.split()[0]) != "other"
        for b in bodies
        if b.split()
    )


def _operative(words: list[Words]) -> list[Words]:
    """The words without the preamble: from "NOW THEREFORE" on, where WHEREAS stands in front."""
    if not re.match(r"\W*whereas\b", words[0][0], re.I):
        return words
    for k, (text, a, b) in enumerate(words):
        m = THEREFORE.search(text)
        if m:
            return [(text[m.start() :], a + m.start(), b), *words[k + 1 :]]
    return words
