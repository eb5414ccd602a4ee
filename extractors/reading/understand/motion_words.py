"""The words of a motion: after its movers, before them, or below; and where they end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors.reading.counts import MANNER, count_in
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division
from extractors.reading.understand.borrowed import borrow, borrows
from extractors.reading.understand.divisions import division_at, division_within
from extractors.reading.understand.ended import ended_by, with_count
from extractors.reading.understand.motion import (
    Motion,
    first_cue,
    first_outcome,
    second_in,
    seconder_in,
)
from extractors.reading.understand.mover_behind import without_mover
from extractors.reading.understand.votes_told import dissent_in, spoken_in

LEAD = re.compile(
    rf"^[\s,;:.…–—*-]*{MANNER}?(?:and\s+)?{MANNER}?(?:from\s+the\s+chair\s+)?"
    r"(?:(?:as|by\s+way\s+of)\s+an?\s+(?:\w+\s+)?amendment\b[\s,:;–—-]*)?"
    rf"(?:the\s+(?:\w+\s+){{0,4}}?voted\s+{MANNER}?(?=to\b|that\b))?(?:moved?\s+(?=to\b|that\b|for\b))?"
    rf"(?:(?:(?:it\s+)?was\s+)?(?:unanimously\s+)?(?:resolved|agreed|(?:carried|passed|voted|decided)"
    rf"(?=\s*{MANNER}?(?:to|that|the)\b))\s*[,:]?\s*{MANNER}?)?"
    r"(?:(?:the|an?)\s+(?:following\s+)?(?:motion|amendment"
    r"|recommendation|resolution)s?(?:\s+to\s+the\s+(?:\w+\s+){0,2}(?:motion"
    r"|recommendations?)(?:\s+[^:“\"]{1,60}(?=:))?)?"
    r"(?:\s+(?:as\s+follows|was))?(?=\s*[:;]|\s*$|\s+(?:that|to)\b)\s*[:;]?\s*)?"
    r"(?:for\b)?[\s,:;–—-]*",
    re.I,
)


OWN_WORDS = re.compile(
    r"^\W*(?:that|whereas|and\s+whereas|therefore|be\s+it|now|resolved?|to\s+[a-z]+|moved\s+(?:to|for|that))\b|^\W*[“\"]",
    re.I,
)


NOTE = re.compile(
    r"(?:^|\s+)(?:\d{1,2}/\d{1,2}/\d{1,2}\W*|time:\s*\d{1,2}[:.]\d{2}\b.*|next\s+(?:regular\s+)?meeting\b.*|(?-i:(?:CARRIED"
    r"|Carried|DEFEATED|LOST))\W*)$",
    re.I | re.S,
)
"""A note after the words of a motion: "Time: 8:27 p.m.", "Next regular meeting ...", "Carried"."""


TAIL = re.compile(
    r"[\s,;.]*(?:(?:and\s+)?(?:the\s+motion|motion|this|it|which)\s+(?:was\s+)?)?(?:and\s+)?(?:was\s+)?(?:not\s+)?(?:duly\s+)?(?:seconded\b"
    r"|second\s*(?:by|from|was|made)\b|second\s*[:–—-]|supported\s+by\b).*$|"
    r"[\s,;]+(?:and|but)\s+(?:the\s+\w+(?:\s+\w+)?\s+|it\s+was\s+)?(?:unanimously\s+)?"
    r"(?-i:RESOLVED|AGREED|resolved)\b.*$|"
    r"[\s,;.]*\b(?:which|the\s+motion|motion|and\s+(?:it\s+)?(?:was"
    r"|the\s+\w+))\s+(?:\w+\s+){0,3}?(?:carried|passed|voted|unanimous\w*)\b.*$|"
    r"[\s,;]*\band\s+this\s+(?:was|is)\b.*$|[\s,;]*\bwhich\s+motion\b.*$|\s*(?:--+|–|—|;)\s*(?:unanimous\w*|carried|passed|approved|defeated|failed|lost"
    r"|all\s+(?:in\s+favou?r|ayes?|agreed)|\d{1,2}\s*(?:-\s*\d{1,2}|ayes?|yeas?|yes|in\s+favou?r|for))\b.*$|[\s,;]*\bwith\s+all\s+(?:members\s+)?voting\b.*$|[\s,;]*\b(?:by|with|on)\s+(?:the\s+following|a)\s+(?:[\w-]+\s+){0,3}?votes?\b.*$",
    re.I | re.S,
)
ENDED = re.compile(
    r"^\W*(?:and\s+)?(?:was\s+|were\s+)?(?:duly\s+|unanimously\s+|then\s+)*"
    r"(?:by\s+(?:all|everyone|a\s+majority)\b|(?:passed|carried|carries|approved|adopted|agreed|accepted|lost|defeated|failed)"
    r"(?=\W*$|\s*[,.;(]|\s+(?:unanimous\w*|with|by|on|at|\d))|all\b[^.]{0,20}\bin\s+favou?r"
    r"|(?:duly\s+)?declared\s+(?:carried|passed|adopted|lost|defeated)\b"
    r"|(?:the\s+)?(?:motion|resolution|proposal|recommendation)s?\s+(?:was\s+|were\s+|being\s+)?(?:duly\s+|unanimously\s+)*"
    r"(?:carried|passed|approved|adopted|lost|defeated)\b"
    r"|(?:the\s+)?(?:board|council|committee|commission|members|selectm[ae]n|trustees)\W*$"
    r"|it\s+was(?:\s+\w+)?$|vot(?:ed|e|es|ing)\b|\d{1,2}\s*(?:for|votes?|in\s+favou?r|ayes?|yes)\b)",
    re.I,
)
"""What follows the movers tells how it ended and not what was moved."""
CARRIED_FIRST = re.compile(
    rf"^(?:and\s+)?(?:was\s+)?(?:unanimously\s+)?(?:carried|passed|approved|adopted|agreed)\s*{MANNER}?[,;:]\s*(?=[a-zA-Z])",
    re.I,
)
"""The outcome in front of what was done: "carried by voice vote, the hearing was closed"."""
COUNT_FIRST = re.compile(r"^\s*(?:by\s+)?\d{1,2}\s*(?:[-–—]|to)\s*\d{1,2}\s*,?\s*(?:that|to)\b", re.I)
THAT = re.compile(r"[\s,;:–—-]*(?=that\b)", re.I)
"""What stands between the seconder and the words."""
COUNT_ALONE = re.compile(r"^[\s,;(–—-]*\d{1,2}\s*[-–—]\s*\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\W*$")
"""The count behind the movers, and nothing else: ", 4-0."."""
COUNTED = re.compile(r"\b\d{1,2}\b|\bvot", re.I)
SPOKE_TO_IT = re.compile(r"^(?:who|both|which)\b", re.I)
RESOLVED_IN = re.compile(r"\band\b[^.;]{0,40}\b(?-i:RESOLVED|AGREED)\b")
"""The movers' own sentence goes on to tell that it was resolved."""
AND_SO = re.compile(
    r"\band\s+(?:so\s+)?(?:the\s+)?(?:meeting|hearing|session)\s+(?:was\s+|is\s+|stood\s+)?(?:duly\s+)?"
    r"(?:adjourned|closed|opened|recessed|ended)\b",
    re.I,
)
"""The movers' own sentence goes on to tell that it was done."""
RESOLVED_THAT = re.compile(r"[^.;]{0,90}?\b(?-i:RESOLVED|AGREED)\b[\s:,–—-]*that\s+(?=\w+\s)", re.I)
"""What stands before the words where the movers' own sentence tells first that they were carried."""
FOLLOWING = re.compile(
    r"\bas\s+follows$|\bby\s+way\s+of\s+replacement$|\b(?:adopt|approve|pass|introduce)\w*\s+(?:of\s+)?the\s+following(?:\s+\w+)?\s+(?:resolution|ordinance|motion)$",
    re.I,
)
"""What was moved is printed below."""
AFTERTHOUGHT = re.compile(
    r"^(?:subject\s+to|as\s+amended|with\s+(?:the\s+|an?\s+)?(?:\w+\s+)?(?:amend|correct|addition)|pending|provided)",
    re.I,
)
"""What follows the movers where the words stand before them: "..., subject to an amendment on page 3"."""
SHORT_WORDS = re.compile(
    r"^[£$€]\d|^(?:adjourn|clos|issu|deny|denial|continu|open|table|confirm|adopt|approv|accept|refus|reject|defer|recess|support|object)\w*\W*$",
    re.I,
)


RESOLVED_TO = re.compile(
    r"^\W*(?:and\s+)?(?:it\s+was\s+)?(?:unanimously\s+)?(?:resolved\b|voted\s*:)[\s:,–—-]*(?=(?:that|to)\s+\w+\s+\w)",
    re.I,
)
"""What was resolved, below a line of mover and seconder."""
VOTE_CALLED = re.compile(
    r"^\W*(?:(?:on|upon|following)\s+)?(?:an?\s+|the\s+)?(?:(?:roll[- ]call|recorded|named"
    r"|show\s+of\s+hands)\s+vote"
    r"|division|vote\s+(?:was|being)|vote(?=\s*:))\b",
    re.I,
)
"""The vote is called: the motion's words are over."""
CLOSES = re.compile(
    r"^\W*(?:the\s+)?meeting\s+(?:was\s+|then\s+)*(?:closed|concluded|ended|adjourned|rose|finished|terminated|declared)\b"
    r"|^\W*(?:minutes\s+)?(?:confirmed|certified)\s+as\b|^\W*(?:signed|chair(?:man|woman|person)?|mayor|date)\b\W*[.…_]{3}"
    r"|^\W*there\s+being\s+no\b|^\W*respectfully\s+submitted\b",
    re.I,
)
"""The end of the minutes, whatever stands before it."""
LONGEST = 30
"""Segments that a motion's own words may run over."""
FEW = 10
"""Segments over which words may run that do not begin as a motion's mostly do."""
SECONDING_WORDS = 9
SHORT = 6
CLOSING = 20
"""Words of a line that tells the outcome: alone, or in a sentence about the motion."""
PUT = re.compile(r"^\W*(?:the\s+)?(?:motion|amendment|question|resolution|vote|recommendations?)\b", re.I)
NARRATIVE = re.compile(
    r"\b(?:was|were|had|has|said|stated|asked|noted|explained|reported|discussed|thanked|spoke|discussion)\b",
    re.I,
)
"""Words of what was said, and of no motion."""
DONE_TO = (
    r"(?:adopted|approved|passed|tabled|closed|opened|adjourned|granted|accepted|received|confirmed|authori[sz]ed"
    r"|held|referred|filed|laid|placed|denied|ordered|ratified|deferred|postponed|continued|amended|appointed"
    r"|recessed|entered|went|directed|set|agreed)"
)
TOLD_DONE = re.compile(
    rf"^(?:the\s+|an?\s+)?[^.;]{{2,120}}?\b(?:was|were)\s+(?:duly\s+|unanimously\s+|then\s+)*{DONE_TO}\b"
    rf"|\b(?:council|board|committee|commission|court|members|trustees|meeting)\s+"
    rf"(?:then\s+|duly\s+|unanimously\s+)*{DONE_TO}\b"
    rf"|^(?:duly\s+|unanimously\s+)?{DONE_TO}(?=\s*,|\s+(?:and|at|to|on|by|in|for|until)\b|\W*$)",
    re.I,
)
"""Words that tell what was done on the motion: "on motion by X, seconded by Y, the ordinance was adopted"."""


def read_words(
    segments: Sequence[Segment], motion: Motion, m: re.Match[str], is_heading: Callable[[int], bool]
) -> int:
    """Give the motion its words, and the votes that its own sentence lists; the segment after those that were
    used."""
    k = _read_words(segments, motion, m, is_heading)
    within = division_within(segments, motion.at, m.end())
    if within and len(within[0].ballots) > len(motion.division.ballots if motion.division else ()):
        motion.division = within[0]
        motion.last = max(motion.last, within[1] - 1)
        return max(k, within[1])
    return k


def _read_words(
    segments: Sequence[Segment], motion: Motion, m: re.Match[str], is_heading: Callable[[int], bool]
) -> int:
    s = segments[motion.at]
    rest = without_mover(segments, motion, s.text[m.end() :])
    lead = LEAD.match(rest)
    cut = lead.end() if lead else 0
    cut = _past_the_seconder(rest, cut)
    ends = [x.start() for x in (TAIL.search(rest, cut), seconder_in(rest, cut)) if x]
    said = rest[cut : min(ends, default=len(rest))]
    own = re.sub(r"[\s,;]+and$|\s+\d{1,2}/\d{1,2}/\d{1,2}\W*$", "", said.strip(' ,;:“”"'))
    _end_within(segments, motion, m.end(), rest, cut)
    if AFTERTHOUGHT.match(own) and borrows(s.text[: m.start()]):
        own, ends = "", []
    if after := _after_the_outcome(rest, cut, own):
        cut, own = after
    elif _is_no_words(motion, own):
        motion.division = motion.division or dissent_in(s, m.end())
        own, ends = "", []
    k = motion.at + 1
    if len(own.split()) >= 2 or (ends and own[:1].isupper()) or SHORT_WORDS.match(own):
        start = s.start + m.end() + cut
        motion.words.append((own, start, start + len(own)))
        motion.last = motion.at
        if motion.outcome is None and TOLD_DONE.search(own):
            motion.outcome = "carried"
            motion.division = motion.division or dissent_in(s, m.end())
        if not (said.rstrip().endswith(":") and k < len(segments) and segments[k].view.block.marker):
            return k
        motion.words[0] = (f"{own}:", start, start + len(own) + 1)
        return _read_below(segments, motion, k, is_heading)
    while k < len(segments) and k - motion.at < 4 and _seconds_only(motion, segments[k], k):
        k += 1
    if k < len(segments) and (stem := RESOLVED_TO.match(segments[k].text)):
        t = segments[k]
        motion.words.append((t.text[stem.end() :], t.start + stem.end(), t.end))
        motion.outcome, motion.last = "carried", k
        return k + 1
    if not borrows(s.text[: m.start()]):
        k = _read_below(segments, motion, k, is_heading)
    if not motion.words:
        borrow(segments, motion, m.start())
        if motion.outcome is None and motion.cue == "done on motion of X" and TOLD_DONE.search(motion.text):
            motion.outcome = "carried"
    return k


def _past_the_seconder(rest: str, cut: int) -> int:
    """Where the words begin, when the seconder is named in front of them: ", seconded by Foss:- that ..."."""
    second = seconder_in(rest, cut)
    that = THAT.match(rest, second.end()) if second and second.start() - cut <= 2 else None
    return that.end() if that else cut


def _end_within(segments: Sequence[Segment], motion: Motion, at: int, rest: str, cut: int) -> None:
    """Let the movers' own sentence, from `at` on, second, count and end the motion."""
    s = segments[motion.at]
    motion.seconder = motion.seconder or second_in(s.text[at:])
    ended_by(motion, with_count(segments, motion.at)[at:], motion.at)
    if motion.count is None and COUNT_FIRST.match(rest):
        motion.count = count_in(rest)
    elif motion.count is None and (alone := COUNT_ALONE.match(rest)):
        motion.count = count_in(f"vote {alone.group().strip(' ,;.')}")
    motion.division = spoken_in(s, at) or _dissent_after(s, at)
    if motion.outcome is None and AND_SO.search(rest, cut):
        motion.outcome = "carried"
    if motion.outcome is None and RESOLVED_IN.search(rest, cut):
        motion.outcome, motion.outcome_text = "carried", "resolved"


def _is_no_words(motion: Motion, own: str) -> bool:
    """What follows the movers tells how it ended, or that the words stand elsewhere."""
    behind = motion.cue.startswith(("words (", "words –", "words X/Y"))
    return behind or bool(ENDED.match(own) or FOLLOWING.search(own) or SPOKE_TO_IT.match(own))


def _after_the_outcome(rest: str, cut: int, own: str) -> tuple[int, str] | None:
    """Where the words begin, and they, when the outcome is told in front of them."""
    past = CARRIED_FIRST.match(own)
    if past and len(own[past.end() :].split()) > 2:
        return rest.find(own) + past.end(), own[past.end() :]
    if inside := RESOLVED_THAT.match(rest, cut):
        return inside.end(), rest[inside.end() :].strip(' ,;:“”"')
    return None


def _read_below(
    segments: Sequence[Segment], motion: Motion, k: int, is_heading: Callable[[int], bool]
) -> int:
    """Give the motion the words that stand below its movers, from segment k on; the segment after them."""
    began = k
    until = _closed_at(segments, k, is_heading)
    while (
        k < len(segments)
        and k - began < LONGEST
        and (k < until or (not is_heading(k) and _goes_on(segments, k, began)))
    ):
        t = segments[k]
        motion.words.append((t.text.strip(' “”"'), t.start, t.end))
        motion.last = k
        k += 1
        if _is_quoted_whole(segments[began:k]):
            break
    if motion.words:
        _without_notes(motion)
    return k


def _dissent_after(s: Segment, at: int) -> Division | None:
    """Who voted how, told after the outcome in the movers' own sentence."""
    found = first_outcome(s.text[at:])
    start = found[1] if found else COUNTED.search(s.text[at:]) if count_in(s.text[at:]) else None
    return dissent_in(s, at + start.start()) if start else None


def _is_quoted_whole(said: Sequence[Segment]) -> bool:
    """The words began with a quotation mark, and the quotation ends here."""
    text = " ".join(s.text for s in said).strip()
    if text.startswith('"'):
        return text.rstrip(".").endswith('"') and text.count('"') % 2 == 0
    return text.startswith("“") and text.rstrip(".").endswith("”") and text.count("“") == text.count("”")


def _without_notes(motion: Motion) -> None:
    """Cut off what the clerk notes after the words: the hour, the next meeting, and how it ended."""
    kept: list[tuple[str, int, int]] = []
    for text, a, b in motion.words:
        note = NOTE.search(text)
        cut = text[: note.start()].rstrip() if note else text
        if cut.strip(" .;"):
            kept.append((cut, a, a + len(cut) if note else b))
        if note:
            ended_by(motion, note.group().split()[-1], motion.last)
            break
    motion.words = kept or motion.words


def _closed_at(segments: Sequence[Segment], k: int, is_heading: Callable[[int], bool]) -> int:
    """Where words that begin at k are closed by a line of nothing but the outcome: all that stands between is
    the motion's, if it reads like a motion's and not like what was said."""
    if k >= len(segments):
        return k
    own = bool(OWN_WORDS.match(segments[k].text))
    if not own and (_is_noise(segments[k].text) or division_at(segments, k)):
        return k
    if not own and (is_heading(k) or NARRATIVE.search(segments[k].text) or first_outcome(segments[k].text)):
        return k
    for j in range(k + 1, min(k + (LONGEST if own else FEW), len(segments))):
        text = segments[j].text
        listed = own or bool(segments[k].view.block.marker)
        if listed and (division_at(segments, j) or VOTE_CALLED.match(text) or _seconds(text)):
            return j if _unbroken(segments[k + 1 : j]) else k
        if first_cue(text, "motion") or division_at(segments, j) or VOTE_CALLED.match(text):
            return k
        if is_heading(j) and not own:
            return k
        if len(text.split()) <= (CLOSING if PUT.match(text) else SHORT) and first_outcome(text):
            return j
    return k


def _unbroken(between: Sequence[Segment]) -> bool:
    """Clauses and sentences of a motion, and nothing of what was said."""
    return all(
        s.view.block.marker or OWN_WORDS.match(s.text) or not NARRATIVE.search(s.text) for s in between
    )


def _seconds(text: str) -> bool:
    """A sentence of nothing but the seconder: "The motion is seconded by Foss."."""
    few = len(text.split()) <= SECONDING_WORDS
    return few and second_in(text) is not None and first_cue(text, "motion") is None


def _is_noise(text: str) -> bool:
    """What a scan gave for words: half of them are of one letter or two."""
    words = re.findall(r"\S+", text)
    return sum(len(w.strip(".,;:'")) <= 2 for w in words) >= 0.5 * len(words)


def _seconds_only(motion: Motion, s: Segment, k: int) -> bool:
    """A segment of nothing but the seconder or "And resolved:" between the movers and the words."""
    if len(s.text.split()) > 12:
        return False
    name = second_in(s.text)
    if name and motion.seconder is None:
        motion.seconder, motion.last = name, k
        return True
    return len(s.text.split()) <= 4 and ended_by(motion, s.text, k)


def _goes_on(segments: Sequence[Segment], k: int, began: int) -> bool:
    """Whether segment k is of the motion's words: "That ...", a quotation, its clauses."""
    text = segments[k].text
    if first_cue(text, "motion") or division_at(segments, k) or VOTE_CALLED.match(text) or CLOSES.match(text):
        return False
    if k > began and _seconds(text):
        return False
    own = bool(OWN_WORDS.match(text))
    if first_outcome(text) and not (k == began and own and len(text.split()) > SHORT):
        return False
    if k == began:
        return own or (bool(segments[k].view.block.marker) and segments[k - 1].text.rstrip().endswith(":"))
    before = segments[k - 1]
    if OWN_WORDS.match(text) or before.text.rstrip().endswith((":", ";", ",", " and")):
        return True
    if segments[k].view is before.view:
        return True
    opened = "".join(s.text for s in segments[began:k])
    return opened.count("“") > opened.count("”") or (
        bool(segments[k].view.block.marker) and bool(before.view.block.marker)
    )
