"""Motions and amendments: who moved and seconded what, how it ended, who voted how.

A sentence that a cue reads begins a motion, seconds it or ends it; what is said between belongs to the motion that is open.
A heading of business closes what is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.cues.says import Cue, cues_of
from extractors.cues.says.people import TITLES
from extractors.reading.counts import Count, count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division, candidate_at, division_at

TRIGGER = re.compile(r"\b(?:mov(?:ed|er|es)|motion|propos(?:ed|al|er)|second)|^\W*[A-Z]{0,4}-?\d{2,4}[-/.]\d", re.I)
SECONDING = re.compile(r"\b(?:second|2nd|support)", re.I)
ENDING = re.compile(
    r"\b(?:carri|pass|lost|defeat|fail|fell|reject|withdr|adopt|agree|approv|favou?r|unanim|resolv|all\s+ayes|elected|appointed|nem|deni|cd\b|vot)",
    re.I,
)
LEAD = re.compile(
    r"^[\s,;:–—-]*(?:and\s+)?(?:(?:it\s+was\s+)?(?:unanimously\s+)?(?:resolved|agreed|carried)\s*[,:]?\s*)?"
    r"(?:(?:the|an?)\s+(?:following\s+)?(?:motion|amendment|recommendation)s?(?:\s+as\s+follows)?(?=\s*[:;]|\s*$|\s+(?:that|to)\b)\s*[:;]?\s*)?"
    r"(?:that|to|for)?[\s,:;–—-]*",
    re.I,
)
OWN_WORDS = re.compile(r"^\W*(?:that|whereas|and\s+whereas|therefore|be\s+it|now|resolved|to\s+[a-z]+)\b|^\W*[“\"]", re.I)
TAIL = re.compile(
    r"[\s,;.]*(?:(?:the\s+)?motion\s+(?:was\s+)?)?(?:and\s+)?(?:was\s+)?(?:duly\s+)?(?:seconded|second|supported)\b.*$|"
    r"[\s,;.]*\b(?:which|the\s+motion|motion|and\s+(?:it\s+)?(?:was|the\s+\w+))\s+(?:\w+\s+){0,3}?(?:carried|passed|voted|unanimous\w*)\b.*$",
    re.I | re.S,
)
AMENDS = re.compile(r"\bamend(?:ment|ed|s)?\b", re.I)
DAYS = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Half|Quarter|Reading|Time|Floor|Phase|Homes?)\b")
"""What "second" may stand in front of without seconding anything."""
TITLED = re.compile(rf"^(?:the\s+)?(?:{TITLES})\b")
MOVES_ON = re.compile(r"^\W*(?:that|to|for|approv|adopt|accept|introduc|we|the|an?|item|resolution|second|and|continu|final|$)", re.I)
"""What follows "moved" when it is a motion that is moved."""
AGREED = re.compile(r"^(?:(?!carried|passed|adopted|approved|resolved|unanim).)*\bagreed\b(?!.*(?:carried|passed|adopted|unanim))", re.I | re.S)
CEREMONY = frozenset({"Mayor", "Council", "Councillor", "Councillors", "Deputy", "Chair", "Chairman", "The", "Clerk", "City", "County", "Meetings"})
FAR = 60
"""Segments after which a motion without an end is no longer open."""
LONGEST = 30
"""Segments that a motion's own words may run over."""

STAFF = re.compile(
    r"\b(?:manager|director|clerk|officer|attorney|engineer|planner|staff|consultant|administrator|superintendent|motion|amendment"
    r"|resolution|item|report|act|section|policy|plan|project|ordinance)\b",
    re.I,
)
"""Posts of staff, and words that are no names at all."""
PRONOUN = re.compile(r"^(?:I|We|He|She|They|It|You|This|That|There|Who|The|A|An|And|Also|Then|Motion|Members?|Council|Committee|Board)(?:[’'](?:ve|d|ll|m|re|s))?$", re.I)

Outcome = Literal["carried", "lost", "withdrawn", "agreed"]


@dataclass(slots=True)
class Motion:
    """A motion as read: `at` the segment that begins it; `words` with their places; what settles it, and by which cue."""

    at: int
    mover: str | None
    seconder: str | None
    cue: str
    words: list[tuple[str, int, int]] = field(default_factory=lambda: list[tuple[str, int, int]]())
    outcome: str | None = None
    outcome_cue: str | None = None
    outcome_text: str | None = None
    count: Count | None = None
    division: Division | None = None
    kind: Literal["motion", "amendment"] = "motion"
    last: int = 0
    borrowed: bool = False
    """Its words are those of the item or the sentence before, for want of its own."""

    @property
    def text(self) -> str:
        """All of its words."""
        return " ".join(w for w, _, _ in self.words)


def read_motions(segments: Sequence[Segment], is_heading: Callable[[int], bool]) -> list[Motion]:
    """The motions in order. `is_heading(i)` tells whether segment i begins an item of business."""
    out: list[Motion] = []
    floor = i = 0
    while i < len(segments):
        if is_heading(i):
            floor = len(out)
        live = out[floor:] if floor < len(out) else out[-1:] if _near(out, i) else []
        cue = _opening(segments, i, live)
        if cue:
            motion = _begin(segments, i, *cue)
            out.append(motion)
            i = _read_words(segments, motion, cue[1], is_heading)
        else:
            i = _settle(segments, i, live, out)
    return out


def _opening(segments: Sequence[Segment], i: int, live: list[Motion]) -> tuple[Cue, re.Match[str]] | None:
    """The cue by which segment i begins a motion."""
    text = segments[i].text
    if not TRIGGER.search(text) or _first_cue(text, "amends own"):
        return None
    for act in ("motion", "unnamed", "perhaps"):
        cue = _first_cue(text, act)
        if cue is None or _is_remark(text, cue[1]) or not _may_move(cue[1].groupdict().get("mover")):
            continue
        if act == "perhaps" and not _is_seconded_soon(segments, i, cue[1]):
            continue
        mover = cue[1].groupdict().get("mover")
        if cue[0].name == "X moved" and mover and not TITLED.match(mover) and not MOVES_ON.match(text[cue[1].end() :]):
            continue
        if _told_before(cue[1], live):
            return None
        if cue[0].name.startswith("in proposing") and live and _same(live[-1].mover, cue[1]["mover"]):
            return None  # the mover speaks to the motion that was begun before
        return cue
    return None


def _told_before(m: re.Match[str], live: list[Motion]) -> bool:
    """The clerk or a speaker names again who moved and seconded a motion that is open."""
    found = m.groupdict()
    mover, seconder = found.get("mover"), found.get("seconder")
    if not (mover and seconder):
        return False
    named = next((x for x in reversed(live) if _same(x.mover, mover) and _same(x.seconder, seconder)), None)
    rest = m.string[m.end() :]
    return named is not None and (m.start() > 0 or len(rest.split()) > 2) and not re.match(r"\W*(?:that|to|and)\b", rest, re.I)


def _may_move(mover: str | None) -> bool:
    """Members move; staff and things do not."""
    return mover is None or not (STAFF.search(mover) or PRONOUN.match(mover))


def _is_seconded_soon(segments: Sequence[Segment], i: int, m: re.Match[str]) -> bool:
    near = [segments[i].text[m.end() :], *(s.text for s in segments[i + 1 : i + 4] if len(s.text.split()) < 25)]
    return any(_second_in(text) for text in near)


def _same(a: str | None, b: str | None) -> bool:
    return bool(a and b) and a.split()[-1].lower() == (b or "").split()[-1].lower()


def _near(out: list[Motion], i: int) -> bool:
    return bool(out) and out[-1].outcome is None and i - out[-1].last < 6


def _first_cue(text: str, act: str) -> tuple[Cue, re.Match[str]] | None:
    if not TRIGGER.search(text):
        return None
    for cue in cues_of(act):
        m = cue.look.search(text)
        if m:
            return cue, m
    return None


def _is_remark(text: str, m: re.Match[str]) -> bool:
    """The words stand far inside a sentence about something else: "... reported that Cllr Ash had moved"."""
    before = text[: m.start()]
    return len(before.split()) > 16 and bool(re.search(r"\b(?:that|who|which|if|when|stated|said|reported|asked)\b", before, re.I))


def _begin(segments: Sequence[Segment], i: int, cue: Cue, m: re.Match[str]) -> Motion:
    found = m.groupdict()
    motion = Motion(i, _name(found.get("mover")), _name(found.get("seconder")), cue.name, last=i)
    motion.kind = "amendment" if AMENDS.search(segments[i].text[: m.end() + 30]) else "motion"
    return motion


def _name(printed: str | None) -> str | None:
    name = re.sub(r"(?<=[a-zà-ÿ]{2})\.$", "", printed.strip(" ,;:–-")) if printed else ""
    return None if not name or DAYS.match(name) else name


def _read_words(segments: Sequence[Segment], motion: Motion, m: re.Match[str], is_heading: Callable[[int], bool]) -> int:
    """Give the motion its words; the segment after those that were used."""
    s = segments[motion.at]
    rest = s.text[m.end() :]
    lead = LEAD.match(rest)
    cut = lead.end() if lead else 0
    tail = TAIL.search(rest, cut)
    own = rest[cut : tail.start() if tail else len(rest)].strip(" .,;:“”\"")
    _seconded(motion, s.text[m.end() :])
    _ended(motion, _with_count(segments, motion.at)[m.end() :], motion.at)
    k = motion.at + 1
    if len(own.split()) >= 2:
        start = s.start + m.end() + cut
        motion.words.append((own, start, start + len(own)))
        motion.last = motion.at
        return k
    while k < len(segments) and k - motion.at < 4 and _seconds_only(motion, segments[k], k):
        k += 1
    began = k
    until = _closed_at(segments, k, is_heading)
    while k < len(segments) and k - began < LONGEST and (k < until or (not is_heading(k) and _goes_on(segments, k, began))):
        t = segments[k]
        motion.words.append((t.text.strip(" “”\""), t.start, t.end))
        motion.last = k
        k += 1
    if not motion.words:
        _borrow(segments, motion, m.start())
    return k


def _closed_at(segments: Sequence[Segment], k: int, is_heading: Callable[[int], bool]) -> int:
    """Where words that begin at k are closed by a line of nothing but the outcome: all that stands between is the motion's."""
    if k >= len(segments) or not OWN_WORDS.match(segments[k].text):
        return k
    for j in range(k + 1, min(k + LONGEST, len(segments))):
        text = segments[j].text
        if _first_cue(text, "motion"):
            return k
        if len(text.split()) <= 6 and _first_outcome(text):
            return j
    return k


def _seconded(motion: Motion, text: str) -> None:
    if motion.seconder is None and SECONDING.search(text):
        found = _second_in(text)
        motion.seconder = found or motion.seconder


def _second_in(text: str) -> str | None:
    if not SECONDING.search(text):
        return None
    for cue in cues_of("second"):
        m = cue.look.search(text)
        if m:
            return _name(m["seconder"])
    return None


def _seconds_only(motion: Motion, s: Segment, k: int) -> bool:
    """A segment of nothing but the seconder or "And resolved:" between the movers and the words."""
    if len(s.text.split()) > 12:
        return False
    name = _second_in(s.text)
    if name and motion.seconder is None:
        motion.seconder, motion.last = name, k
        return True
    return _ended(motion, s.text, k) and len(s.text.split()) <= 4


def _goes_on(segments: Sequence[Segment], k: int, began: int) -> bool:
    """Whether segment k is of the motion's words: "That ...", a quotation, its clauses."""
    text = segments[k].text
    if _first_cue(text, "motion") or _first_outcome(text) or division_at(segments, k):
        return False
    if k == began:
        return bool(OWN_WORDS.match(text)) or (bool(segments[k].view.block.marker) and segments[k - 1].text.rstrip().endswith(":"))
    before = segments[k - 1]
    if OWN_WORDS.match(text) or before.text.rstrip().endswith((":", ";", ",", " and")):
        return True
    if segments[k].view is before.view:
        return True
    opened = "".join(s.text for s in segments[began:k])
    return opened.count("“") > opened.count("”") or (bool(segments[k].view.block.marker) and bool(before.view.block.marker))


def _borrow(segments: Sequence[Segment], motion: Motion, start: int) -> None:
    """Words told before the movers: in the same sentence, else in the segment before, be it a sentence or a heading."""
    s = segments[motion.at]
    before = s.text[:start].strip(" .,;:([–-")
    if len(before.split()) < 3 and motion.at > 0:
        s = segments[motion.at - 1]
        before = s.text.strip(" .,;:“”\"")
    if before:
        motion.words.append((before, s.start, s.end))
        motion.borrowed = True


def _settle(segments: Sequence[Segment], i: int, live: list[Motion], out: list[Motion]) -> int:
    """Let the segment second or end a motion that is open; the segment after what was used."""
    s = segments[i]
    _second(s, i, [m for m in live if i - m.last < FAR])
    _end(segments, i, live)
    backed = candidate_at(segments, i)
    if backed:
        target = next((m for m in reversed(live) if m.division is None and _same_word(backed[0], m.text)), None)
        if target:
            target.division, target.last = backed[1], backed[2] - 1
        return backed[2]
    divided = division_at(segments, i)
    if divided is None:
        return i + 1
    target = next((m for m in reversed(live or out[-1:]) if m.division is None and (m in live or m.outcome is None)), None)
    if target is None and divided[0].count("for") is not None and ENDING.search(s.text):
        target = Motion(i, None, None, "a vote without a mover", last=i)
        _borrow(segments, target, 0)
        _ended(target, s.text, i)
        out.append(target)
    if target:
        target.division, target.last = divided[0], divided[1] - 1
    return divided[1]


def _same_word(name: str, text: str) -> bool:
    """Whether the text names whom `name` names, by surname."""
    return re.sub(r"\s*\([A-Z]\)", "", name).split()[-1] in text


def _second(s: Segment, i: int, live: list[Motion]) -> None:
    name = _second_in(s.text)
    target = next((m for m in reversed(live) if m.seconder is None), None) if name else None
    if target and not _same(target.mover, name):
        target.seconder, target.last = name, i


def _end(segments: Sequence[Segment], i: int, live: list[Motion]) -> None:
    """Give the open motion its outcome and count; an election settles all nominations that are open."""
    text = _with_count(segments, i)
    found = _first_outcome(text)
    if found and found[0].gives == "elected":
        _elect([m for m in live if m.outcome is None], text, i)
        return
    target = _meant(live, text)
    if target:
        _ended(target, text, i)
    elif live and live[-1].count is None and i - live[-1].last <= 2:
        live[-1].count = count_in(text)


def _meant(live: list[Motion], text: str) -> Motion | None:
    """The open motion that the text speaks of: the substantive one, the amendment, else the last."""
    open_motions = [m for m in live if m.outcome is None]
    if re.search(r"\b(?:substantive|original|main|amended)\s+motion\b|\bmotion,?\s+as\s+amended\b", text, re.I):
        first = next((m for m in open_motions if m.kind == "motion"), None)
        return first or next(reversed(open_motions), None)
    kind = "amendment" if re.search(r"\bamendment\b", text, re.I) else None
    named = next((m for m in reversed(open_motions) if m.kind == kind), None) if kind else None
    return named or next(reversed(open_motions), None)


def _elect(nominations: list[Motion], text: str, i: int) -> None:
    """Who is declared elected was nominated by a motion that is thereby carried; the other nominations are lost."""
    names = {w.strip(".,()") for w in re.findall(r"[A-ZÀ-Þ][\w’'-]+", text)}
    named = [m for m in nominations if {w.strip(".,()") for w in m.text.split() if w[:1].isupper()} & names - CEREMONY]
    for m in nominations:
        if named or len(nominations) == 1:
            m.outcome, m.last = ("carried" if m in named or not named else "lost"), i
            m.outcome_cue = "declared elected"


def _with_count(segments: Sequence[Segment], i: int) -> str:
    """The segment's text, with the next one's first number where it breaks off before it: "voice vote -" "4."."""
    text = segments[i].text
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    return f"{text} {after[:4]}" if re.search(r"[–-]\s*$", text) and re.match(r"\d{1,2}\b", after) else text


def _first_outcome(text: str) -> tuple[Cue, re.Match[str]] | None:
    if not ENDING.search(text) or text.rstrip().endswith("?"):
        return None
    for cue in cues_of("outcome"):
        m = cue.look.search(text)
        if m:
            return cue, m
    return None


def _ended(motion: Motion, text: str, k: int) -> bool:
    """Whether the text ends the motion, which it then does."""
    found = _first_outcome(text)
    counted = count_in(text)
    if counted and motion.count is None and (found or re.search(r"\bvot|motion|\bayes?\b|\byeas?\b|in favou?r", text, re.I)):
        motion.count = counted
    if found is None:
        return False
    if motion.outcome is None:
        motion.outcome, motion.outcome_cue = found[0].gives, found[0].name
        if found[0].gives == "carried" and AGREED.search(found[1].group()):
            motion.outcome = "agreed"
        motion.outcome_text = " ".join(found[1].group().split())
        motion.last = k
    return True
