"""Decisions: what was resolved after a stem, what an adopted motion says, what prose tells as decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.cues.says import cues_of
from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.motion import Motion

TRIGGER = re.compile(
    r"\b(?:resol|agree|decid|decis|not(?:ed?|ing)\b|approv|accept|adopt|receiv|ratif|confirm|authori"
    r"|appoint|elect|endors|support|grant|"
    r"vot|consent|concur|sign|pass|defer|postpon|continu|withdraw|recommend|order)",
    re.I,
)
TELLS_OTHERS = re.compile(
    r"\b(?:asked|stated|said|reported|advised|explained|informed|suggested|requested information"
    r"|commented|responded|noted that|"
    r"inquired|wondered|felt|thought|hoped|urged|if|whether|would have|had previously|last (?:year"
    r"|month|meeting)|previously)\b",
    re.I,
)
CLAUSE = re.compile(r"^\W*(?:\(?[a-z0-9ivx]{1,4}[).]\s*)?(?:that|to|not|the|[A-Z][a-z]+)\b")
ENDED = re.compile(
    r"^\W*(?:accepted|adopted|approved|introduced|finally\s+passed|passed|ratified|noted|received"
    r"|approve[ds]?)\s*(?:\d{1,2}-\d{1,2})?\W*$",
    re.I,
)
STARRED = re.compile(r"^\(?\*")
RESOLVES = re.compile(r"\bresolved\b[\s,:]*(?:that)?[\s,:]*", re.I)
MOST_CLAUSES = 40


@dataclass(frozen=True, slots=True)
class Decision:
    """A clause decided: its words and their place, the stem it hangs from, by which cue, of which motion (its
    place in the list)."""

    text: str
    start: int
    end: int
    at: int
    cue: str
    stem: str | None = None
    clause: str | None = None
    motion: int | None = None


def read_decisions(
    segments: Sequence[Segment],
    motions: Sequence[Motion],
    is_heading: Callable[[int], bool],
    likely: Callable[[int], float] = lambda i: 0.0,
) -> list[Decision]:
    """All decisions in order, each once. `likely(i)` is the model's probability that segment i tells a
    decision."""
    out = [d for n, m in enumerate(motions) for d in _of_motion(segments, m, n)]
    used = {i for m in motions for i in range(m.at, m.last + 1) if m.words} | {m.at for m in motions}
    spans = [(a, b) for m in motions for _, a, b in m.words]
    i = 0
    while i < len(segments):
        s = segments[i]
        if i in used or any(a <= s.start < b for a, b in spans):
            i += 1
            continue
        found, i = _told(segments, i, is_heading, likely)
        out += found
    return sorted(_once([d for d in out if len(d.text.split()) > 1]), key=lambda d: (d.start, d.end))


def _of_motion(segments: Sequence[Segment], motion: Motion, n: int) -> Iterator[Decision]:
    """What an adopted motion decides: its clauses where they are numbered or resolved one by one, else all
    its words."""
    if motion.outcome not in ("carried", "agreed", "elected") or not motion.words:
        return
    resolving = [(w, a, b) for w, a, b in motion.words if re.search(r"\bresolved\b", w, re.I)]
    if resolving:
        for words, a, b in resolving:
            m = RESOLVES.search(words)
            cut = m.end() if m else 0
            yield Decision(_bare(words[cut:]), a + cut, b, motion.at, "adopted motion", motion=n)
        return
    head, *rest = motion.words
    marked = [w for w in rest if number_of(w[0])]
    if marked and len(marked) == len(rest) and head[0].rstrip().endswith(":"):
        for words, a, b in rest:
            number = number_of(words)
            cut = number.end if number else 0
            yield Decision(
                _bare(words[cut:]),
                a + cut,
                b,
                motion.at,
                "adopted motion",
                head[0],
                number.text if number else None,
                n,
            )
        return
    yield Decision(_bare(motion.text), head[1], motion.words[-1][2], motion.at, "adopted motion", motion=n)


def _told(
    segments: Sequence[Segment], i: int, is_heading: Callable[[int], bool], likely: Callable[[int], float]
) -> tuple[list[Decision], int]:
    """The decisions that segment i tells or introduces, and the segment after them."""
    s = segments[i]
    if ENDED.match(s.text) and i and is_heading(i - 1):
        head = segments[i - 1]
        number = number_of(head.text)
        cut = number.end if number else 0
        return [Decision(_bare(head.text[cut:]), head.start + cut, head.end, i, "item adopted")], i + 1
    if is_heading(i):
        number = number_of(s.text)
        if number and STARRED.match(s.text):
            return [
                Decision(
                    _bare(s.text[number.end :]), s.start + number.end, s.end, i, "on the consent calendar"
                )
            ], i + 1
        return [], i + 1
    found = _by_cue(s)
    if found is None:
        return [], i + 1
    cue, words, at = found
    if cue == "RESOLVED that" and (not words.strip(" :.-–") or words.rstrip().endswith(":")):
        clauses, after = _clauses(segments, i + 1, is_heading)
        if clauses:
            stem = " ".join(s.text.split())
            return [Decision(_bare(t), a, b, k, cue, stem, c) for t, a, b, k, c in clauses], after
    if not words.strip(" :.-–"):
        return [], i + 1
    if TELLS_OTHERS.search(s.text[: at - s.start]) and likely(i) < 0.5:
        return [], i + 1
    return [
        Decision(_bare(words), at, s.end, i, cue, " ".join(s.text[: at - s.start].split()) or None)
    ], i + 1


def _by_cue(s: Segment) -> tuple[str, str, int] | None:
    """(cue, the words decided, where they begin)."""
    number = number_of(s.text) if s.first else None
    cut = number.end if number else 0
    body = s.text[cut:]
    if not TRIGGER.search(body):
        return None
    for cue in cues_of("decision"):
        m = cue.look.search(body)
        if m is None:
            continue
        if cue.gives == "whole":
            return cue.name, body, s.start + cut
        return cue.name, m["words"], s.start + cut + m.start("words")
    return None


def _clauses(
    segments: Sequence[Segment], start: int, is_heading: Callable[[int], bool]
) -> tuple[list[tuple[str, int, int, int, str | None]], int]:
    """The marked or quoted blocks below a stem: (words, start, end, segment, clause)."""
    out: list[tuple[str, int, int, int, str | None]] = []
    i = start
    while i < len(segments) and len(out) < MOST_CLAUSES and not is_heading(i):
        s = segments[i]
        marked = bool(s.view.block.marker)
        if s.first and not (marked or re.match(r"^\W*(?:that|to)\b", s.text, re.I)):
            if out or not re.match(r"^[“\"‘]", s.text):
                break
        if not s.first and out:
            text, a, _, k, c = out[-1]
            out[-1] = (f"{text} {s.text}", a, s.end, k, c)
        else:
            number = number_of(s.text)
            cut = (
                number.end
                if number
                else len(s.view.block.marker)
                if marked and s.text.startswith(s.view.block.marker)
                else 0
            )
            out.append((s.text[cut:].strip(), s.start + cut, s.end, i, number.text if number else None))
        i += 1
    return out, i


def _bare(words: str) -> str:
    """The words without the "that" in front, quotation marks and the stop at the end."""
    text = re.sub(r"^[\s“\"‘,:;–-]*(?:(?:that|THAT|That)\b[\s,:]*)?", "", " ".join(words.split()))
    return re.sub(r"[\s,;“”\"]*(?:\band\b)?[\s.;,:”\"]*$", "", text)


def _once(decisions: list[Decision]) -> list[Decision]:
    """Without those whose words stand within another's."""
    out: list[Decision] = []
    for d in decisions:
        if not any(o.start <= d.start and d.end <= o.end for o in out):
            out.append(d)
    return out
