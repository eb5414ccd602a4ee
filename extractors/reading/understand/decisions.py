"""Decisions: what was resolved after a stem, what an adopted motion says, what prose tells as decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.cues.says import cues_for
from extractors.cues.says.people import PERSON
from extractors.mentions.dates import MONTHS
from extractors.reading.doc import View
from extractors.reading.numbering import Number, number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.adopted import decided_by
from extractors.reading.understand.clauses import Clause, clauses_under, inline_clauses, introduces
from extractors.reading.understand.decision import ANOTHER, Decision, bare, parted, trimmed
from extractors.reading.understand.motion import Motion
from extractors.reading.understand.planning import read_applications

TRIGGER = re.compile(
    r"\b(?:resol|agree|decid|decis|not(?:ed?|ing)\b|approv|accept|adopt|receiv|ratif|confirm|authori"
    r"|appoint|elect|co-?opt|endors|support|grant|"
    r"vot|consen[ts]|concur|sign|pass|defer|postpon|continu|withdraw|recommend|order|refus|reject|declin|refer|tabl|held|left|laid"
    r"|carried over|ok|renew|waiv|award|deni|hired|set|excus|no (?:further )?(?:comm|objec|observ))"
    r"|\b(?:council|committee|cabinet|board|panel)\b[^.]{0,40}:\W*$",
    re.I,
)
TELLS_OTHERS = re.compile(
    r"\b(?:asked|stated|said|reported|advised|explained|informed|suggested|requested information"
    r"|commented|responded|noted that|"
    r"inquired|wondered|felt|thought|hoped|urged|if|whether|would have|had previously|last (?:year"
    r"|month|meeting)|previously)\b",
    re.I,
)
ENDED = re.compile(
    r"^\W*(?:accepted|adopted|approved|introduced|finally\s+passed|passed|ratified|noted|received"
    r"|approve[ds]?)\s*(?:\d{1,2}-\d{1,2})?\W*$",
    re.I,
)
STARRED = re.compile(r"^\(?\*")
SURE_STEMS = frozenset({"RESOLVED that", "THEREFORE BE IT RESOLVED that", "AGREED that"})
"""Cues that begin a decision even where type sets it like a heading."""
STEMS = SURE_STEMS | {
    "it was agreed",
    "the council agreed to",
    "made the following decisions",
    "the committee:",
}
"""Cues after which clauses may follow in blocks of their own."""
AT_A_HEADING = SURE_STEMS | {"subject – passed", "subject – noted", "minutes approved"}
"""Cues that tell a decision in what type sets like a heading, too."""
STEM_ALONE = re.compile(
    r"^\W*(?:(?:it\s+was|the\s+(?:\w+\s+){0,4}?(?:council|committee|cabinet"
    r"|board))\s+)?(?:unanimously\s+|further\s+)*"
    r"(?:resolved|resolutions?|decisions?|agreed|decided)(?:\s+unanimously)?(?:\s+(?:that|to))?\W*$",
    re.I,
)
"""A stem with nothing after it, which type may set like a heading: "RESOLVED:"."""
ENDS_IN_STEM = re.compile(r"\S\s+(?:RESOLVED|AGREED)(?:\s+(?:that|to|THAT|TO))?\s*:?\W*$")
"""A stem that is printed in the line of the title over it: "9. TOWN CLOCK RESOLVED:"."""
ONE_WORD = re.compile(r"^(?:object|support|approve|refuse|defer|reject)\W*$", re.I)
EMPTY = re.compile(
    r"^the\s+following\s+(?:resolutions|items|ordinances|reports|by-?laws|recommendations)\b[^:]{0,60}:\W*$|^this\s+item\s+was\s+(?:\w+ly\s+)?(?:approved|adopted)\b|^(?:the|this)\s+(?:motion|ordinance|resolution|amendment|proposal|vote)\s+(?:was|is)\s+(?:\w+ly\s+|then\s+|therefore\s+)*"
    r"(?:adopted|passed|approved|carried|agreed|accepted)(?:\s+(?:unanimously|and\s+adopted|as\s+(?:amended|presented)))?\W*$"
    r"|^(?:it|this)\s+was\s+(?:\w+ly\s+)?(?:agreed|approved|resolved)\W*$"
    r"|^by\s+the\s+[^.;:]{3,120}(?:as\s+follows|(?:council|session)\s+(?:met|assembled))\W*$",
    re.I,
)
"""What tells how something ended and not what."""
OUTCOME_WORDS = frozenset(
    [
        *("unanimous", "unanimously", "passed", "approved", "carried", "adopted", "accepted", "by", "all"),
        *("those", "present", "members", "voting", "vote", "voted", "yes", "no", "ayes", "nays", "none"),
        *("motion", "was", "and", "the", "on", "in", "favor", "favour", "attest", "attested", "chair"),
        *("chairman", "mayor", "clerk", "secretary", "president", "am", "pm", "m", "p", "a", *MONTHS),
    ]
)
"""Words that tell how a vote went or who signed when, and not what was decided."""
VERDICT_ALONE = re.compile(
    r"^\W*(?:no\s+(?:objections?|(?:further\s+)?comments?|observations?)|noted|(?:all|both)\s+(?:noted|received|agreed|approved)|agreed"
    r"|support(?:ed)?|object(?:ed|ion)?|deferred|payments?\s+approved)"
    r"(?:\s*,?\s+(?:with|until|subject|in\s+principle|on|but)\b[^.]{0,80})?\W*$",
    re.I,
)
"""What was decided on the line before, in a word or two."""
DID = re.compile(
    rf"^\W*(?:{PERSON})\s+(?:thanked|welcomed|queried|raised|spoke|outlined|presented|gave|read|noted)\b"
)
"""What somebody did is no subject that a verdict is on."""
WHAT_WAS_ASKED = re.compile(
    r"^\W*(?:that\s+)?(?:(?:approval|adoption|acceptance)\s+of\s+)?the\s+(?:\w+[’']?s?\s+)?recommendations?(?:\s+(?:of|in|contained\s+in|set\s+out\s+in)\s+the\s+report)?(?:\s+be\s+(?:\w+))?\W*$",
    re.I,
)
"""A motion that says no more than that the recommendations are moved."""
ALIKE = 7
"""Words that a motion and what was resolved must begin with to be the same, however it was amended."""
RESTATED = 0.6
"""Share of a motion's words that what was resolved must have to be the same told again."""
BULLET = re.compile(r"^(?:\(cid:\d+\)|[•▪·*–—-])\s*")
LONGEST_SUBJECT = 30
"""Words of a line on which a verdict follows."""
MOST_CLAUSES = 60
"""Blocks that may hang from one stem."""


def read_decisions(
    segments: Sequence[Segment],
    motions: Sequence[Motion],
    is_heading: Callable[[int], bool],
    only: frozenset[str] | None = None,
) -> list[Decision]:
    """All decisions in order, each once; by the cues named in `only`, else by all."""
    out = [d for n, m in enumerate(motions) for d in decided_by(m, n, segments)]
    used = {i for m in motions for i in range(m.at, m.last + 1) if m.words} | {m.at for m in motions}
    begun = {m.at for m in motions}
    lost = {i for m in motions if m.outcome in ("lost", "withdrawn") for i in range(m.at, m.last + 1)}
    spans = [(a, b) for m in motions for _, a, b in m.words]
    out += read_applications(segments, used, is_heading) if only is None else []
    i = 0
    while i < len(segments):
        s = segments[i]
        resolved_below = (
            i in used and i not in begun and i not in lost and (_is_stem(s) or bool(STEM_ALONE.match(s.text)))
        )
        if (i in used and not resolved_below) or any(a <= s.start < b for a, b in spans):
            i += 1
            continue
        found, i = _told(segments, i, is_heading)
        out += [d for d in found if only is None or d.cue in only]
    told = _without_restated(
        [c for d in out if _says_something(d) for c in _clauses(segments, d)], is_heading
    )
    return sorted(_once(told), key=lambda d: (d.start, d.end))


def _says_something(d: Decision) -> bool:
    """It says what was decided, and not only that something was."""
    words = re.findall(r"[a-z]+", re.sub(r"\([^)]*\)", "", d.text.lower()))
    if all(w in OUTCOME_WORDS for w in words):
        return False
    return (len(d.text.split()) > 1 or bool(ONE_WORD.match(d.text))) and not EMPTY.match(d.text)


def _clauses(segments: Sequence[Segment], d: Decision) -> Iterator[Decision]:
    """The clauses of one sentence that each begin with THAT, where it has such; else itself."""
    if d.motion is not None or not ANOTHER.search(d.text):
        yield d
        return
    raw = printed(segments, d.start, d.end)
    for piece, at in parted(raw):
        yield replace(d, text=bare(piece), start=d.start + at, end=d.start + at + len(piece))


def printed(segments: Sequence[Segment], start: int, end: int) -> str:
    """The characters `start` to `end` of the part's text, spaces between the segments."""
    out = [" "] * (end - start)
    for s in segments:
        if s.start < end and start < s.end:
            for k, c in enumerate(s.text, s.start - start):
                if 0 <= k < len(out):
                    out[k] = c
    return "".join(out)


def _is_stem(s: Segment) -> bool:
    """What was resolved is printed below the motion that it ends: "RESOLVED that Cabinet:"."""
    found = _by_cue(s)
    return found is not None and found[0] in SURE_STEMS and len(s.text.split()) >= 3


def _told(
    segments: Sequence[Segment], i: int, is_heading: Callable[[int], bool]
) -> tuple[list[Decision], int]:
    """The decisions that segment i tells or introduces, and the segment after them."""
    s = segments[i]
    if beside := _beside(segments, i, is_heading):
        return beside
    found = _by_cue(s)
    if is_heading(i) and not (found and (found[0] in AT_A_HEADING or s.text.rstrip().endswith("."))):
        return list(_starred(s, i)), i + 1
    if found is None:
        return [], i + 1
    cue, words, at = found
    if TELLS_OTHERS.search(s.text[: at - s.start]):
        return [], i + 1
    after_stem = segments[i + 1] if i + 1 < len(segments) and segments[i + 1].view is s.view else None
    alone = cue in STEMS and not words.strip(" :.-–")
    if alone and after_stem and not bare(after_stem.text):
        i, after_stem = i + 1, None  # "RESOLVED", "that"
    listed = _listed(segments, i) if alone else []
    if listed:
        return [
            Decision(bare(t.text[n.end :]), t.start + n.end, t.end, i, cue, s.text, n.text) for t, n in listed
        ], i + len(listed) + 1
    if alone and after_stem:
        text = bare(after_stem.text)
        return [Decision(text, after_stem.start, after_stem.end, i, cue, s.text)], i + 2
    if alone or (cue in STEMS and introduces(words)):
        clauses, after = _below(segments, i, cue)
        if clauses:
            return clauses, after
    if not words.strip(" :.-–"):
        return [], i + 1
    stem = " ".join(s.text[: at - s.start].split()) or None
    inline = inline_clauses(words) if cue in STEMS else []
    if inline:
        return [
            Decision(trimmed(words[c.start : c.end]), at + c.start, at + c.end, i, cue, stem, c.mark)
            for c in inline
        ], i + 1
    return [Decision(bare(words) if cue in STEMS else trimmed(words), at, s.end, i, cue, stem)], i + 1


def _beside(
    segments: Sequence[Segment], i: int, is_heading: Callable[[int], bool]
) -> tuple[list[Decision], int] | None:
    """What a title or the line before says, on which segment i is the verdict; or what stands below the stem
    that a title ends on."""
    s = segments[i]
    if ENDED.match(s.text) and i and is_heading(i - 1):
        head = segments[i - 1]
        number = number_of(head.text)
        cut = number.end if number else 0
        return [Decision(bare(head.text[cut:]), head.start + cut, head.end, i, "item adopted")], i + 1
    if subject := _subject(segments, i):
        number = number_of(subject.text) if subject.first else None
        cut = number.end if number else 0
        text = BULLET.sub("", f"{subject.text[cut:]} {s.text}")
        return [Decision(text, subject.start + cut, s.end, i, "subject. Noted")], i + 1
    if is_heading(i) and ENDS_IN_STEM.search(s.text):
        below, after = _below(segments, i, "RESOLVED that")
        return (below, after) if below else None
    return None


def _starred(s: Segment, i: int) -> Iterator[Decision]:
    """A heading with an asterisk: it was passed with the consent calendar."""
    number = number_of(s.text)
    if number and STARRED.match(s.text):
        title = bare(s.text[number.end :])
        yield Decision(title, s.start + number.end, s.end, i, "on the consent calendar")


def _subject(segments: Sequence[Segment], i: int) -> Segment | None:
    """The line of the same paragraph that a verdict in segment i is on: "AGM of the Society." "Noted."."""
    if not i or not VERDICT_ALONE.match(segments[i].text):
        return None
    before = segments[i - 1]
    told = len(before.text.split()) > LONGEST_SUBJECT or TELLS_OTHERS.search(before.text)
    if told or DID.match(before.text):
        return None
    return before if before.view is segments[i].view else None


def _listed(segments: Sequence[Segment], i: int) -> list[tuple[Segment, Number]]:
    """The numbered sentences that follow a stem in its own paragraph: "RESOLVED: 1. That ... 2. That ..."."""
    out: list[tuple[Segment, Number]] = []
    for t in segments[i + 1 :]:
        number = number_of(t.text)
        if t.view is not segments[i].view or number is None:
            break
        out.append((t, number))
    return out


def _below(segments: Sequence[Segment], i: int, cue: str) -> tuple[list[Decision], int]:
    """The decisions in the blocks below the stem that segment i ends, and the segment after them."""
    views, at = _views_from(segments, i)
    clauses, after = clauses_under(views, 0)
    stem = " ".join(segments[i].text.split())
    if not clauses and len(views) > 1 and not segments[i].text.strip(" :.-–").endswith((" to", " that")):
        follower = views[1]
        if introduces(follower.text) and len(views) > 2:
            clauses, after = clauses_under(views[1:], 0)
            stem, after = " ".join(follower.text.split()), after + 1
        quoted = re.match(r"^[“\"‘]|^\W*(?:that|to)\b", follower.text, re.I)
        if clauses:
            pass
        elif quoted or (follower.block.kind == "paragraph" and STEM_ALONE.match(segments[i].text)):
            clauses, after = [Clause(follower, None, "")], 2
    end = at[after] if after < len(at) else len(segments)
    return [
        Decision(
            bare(c.view.body),
            c.view.body_start,
            c.view.end,
            i,
            cue,
            f"{stem} {c.above}".strip(),
            c.path,
        )
        for c in clauses
    ], end if clauses else i + 1


def _views_from(segments: Sequence[Segment], i: int) -> tuple[list[View], list[int]]:
    """The blocks from that of segment i on, as far as clauses can go, and the first segment of each."""
    views: list[View] = []
    at: list[int] = []
    for k in range(i, len(segments)):
        if not views or segments[k].view is not views[-1]:
            if len(views) > MOST_CLAUSES:
                break
            views.append(segments[k].view)
            at.append(k)
    return views, at


def _by_cue(s: Segment) -> tuple[str, str, int] | None:
    """(cue, the words decided, where they begin)."""
    number = number_of(s.text) if s.first else None
    cut = number.end if number else 0
    body = s.text[cut:]
    if not TRIGGER.search(body):
        return None
    for cue in cues_for("decision", body):
        m = cue.look.search(body)
        if m is None:
            continue
        if cue.gives == "whole":
            return cue.name, body, s.start + cut
        return cue.name, m["words"], s.start + cut + m.start("words")
    return None


def _without_restated(decisions: list[Decision], is_heading: Callable[[int], bool]) -> list[Decision]:
    """Without adopted motions whose words the minutes print again as what was resolved, under the same
    item."""
    stated = [d for d in decisions if d.cue in SURE_STEMS]

    def is_restated(d: Decision) -> bool:
        after = [s for s in stated if s.at > d.at and not any(map(is_heading, range(d.at + 1, s.at)))]
        if d.motion is None or not after:
            return False
        if WHAT_WAS_ASKED.match(d.text) or any(_begin_alike(d.text, s.text) for s in after):
            return True
        said = _words(d.text)
        again = {word for s in after for word in _words(s.text)}
        return len(said & again) >= RESTATED * len(said)

    return [d for d in decisions if not is_restated(d)]


def _begin_alike(a: str, b: str) -> bool:
    """The same words open both: the motion, and what was resolved after it was amended."""
    first, second = (bare(t).lower().split()[:ALIKE] for t in (a, b))
    return len(first) == ALIKE and first == second


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def _once(decisions: list[Decision]) -> list[Decision]:
    """Without those whose words stand within another's."""
    out: list[Decision] = []
    for d in decisions:
        if not any(o.start <= d.start and d.end <= o.end for o in out):
            out.append(d)
    return out
