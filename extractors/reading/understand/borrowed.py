"""The words of a motion that stand before its movers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.says.people import TITLES
from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.clauses import introduces
from extractors.reading.understand.ended import ended_by
from extractors.reading.understand.motion import (
    Motion,
    first_outcome,
)

SUBSTANTIVE = re.compile(
    r"\b(?:substantive|original|main|amended)\s+motion\b|\bmotion\s+(?:for|to)\s+(?:\w+\s+){1,4}as\s+amended\b"
    r"|\b(?:motion|ordinance|resolution|by-?law|budget|bill|policy|recommendations?),?\s+as\s+amended\b",
    re.I,
)

BORROWED_LEAD = re.compile(
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:motion\s*:\s*)?(?:it\s+was\s+)?(?:unanimously\s+)?(?:resolved|agreed)\b\W*",
    re.I,
)

DEBATED = re.compile(
    r"^(?:\d+[.)]\s*)?(?:following|after)\s+(?:the\s+|a\s+|some\s+|further\s+)?(?:debate|discussion"
    r"|consideration)$",
    re.I,
)
"""What leads to a motion without being its words."""

DECIDED = re.compile(
    r"\b(?:resolved|(?:all|were)\s+in\s+agreement\b|(?:council|chomhairle|committee|board|commission|cabinet|panel|members|councillors)\s+"
    r"(?:\w+\s+(?:and\s+)?){0,2}?(?:approved|agreed|accepted|adopted|confirmed|noted|received)|(?:was|were|be)\s+(?:\w+\s+){0,2}?(?:approved|agreed|accepted|adopted|confirmed"
    r"|signed|noted|received|passed\s+for\s+payment|co-?opted))\b",
    re.I,
)
"""A sentence that tells what was decided, whoever proposed it."""

MOTION_WAS_MADE = re.compile(
    r"^(?:.*\b(?:asked|called)\s+for\s+|(?:[^.;]{0,80}?\b)?(?=an?\s+motion\s+was\s+made)|[^.;]{0,60},\s+(?=an?\s+motion\s+to\b))"
    r"an?\s+motion\s+(?:was\s+(?:then\s+)?made\s+)?(?=(?:to|that)\b)",
    re.I,
)
"""What leads to the words where the movers stand behind: "A motion was made to adopt ... (Foss, Lund)"."""

NOMINEE = re.compile(rf"(?-i:{TITLES})\s+\S.{{0,40}}$")
"""Somebody who is nominated: all that such a motion says before its movers."""

GIVEN = re.compile(r"\b(?:motion|amendment|resolution)\b", re.I)

NO_WORDS = re.compile(
    r"\b(?:left|returned|entered|rejoined|arrived|joined)\b[^.;]{0,30}\b(?:chambers?|meeting|room|table)\b|\basked\s+(?:if|whether)\b"
    r"|^\W*there\s+(?:was|were|being)\b|^\W*adjourn(?:ed|ment)?\s*:",
    re.I,
)
"""What stands before a motion without being its words: who came and went, what was asked."""

LABEL_ALONE = re.compile(
    r"^\W*(?:motion|resolution|resolved|result|action|decision|council\s+decision|vote|recommendation|amendment)s?"
    r"\s*(?:number|no\.?|#)?\s*[\w/.-]{0,12}\W*$|^\W*result\s*:",
    re.I,
)
"""A label over a motion or its outcome, and nothing else: "Resolution 449/2019", "RESULT: ADOPTED"."""

FAR = 60
"""Segments after which a motion without an end is no longer open."""


def same_word(name: str, text: str) -> bool:
    """Whether the text names whom `name` names, by surname."""
    return re.sub(r"\s*\([A-Z]\)", "", name).split()[-1] in text


def borrow(segments: Sequence[Segment], motion: Motion, start: int) -> None:
    """Words told before the movers: in the same sentence, else in the segment before, be it a sentence, a
    heading or a list of clauses with its stem."""
    s = segments[motion.at]
    before = _bare_words(s.text[:start])
    at = motion.at
    if at > 0 and (not borrows(s.text[:start]) or SUBSTANTIVE.search(s.text[:start])):
        at = _told_at(segments, at - 1)
        for told in segments[at + 1 : motion.at]:
            ended_by(motion, told.text, motion.at)
        given = _announced(segments, motion)
        if given or (NO_WORDS.search(segments[at].text) and not MOTION_WAS_MADE.match(segments[at].text)):
            motion.words += given
            return
        first = _stem_of(segments, at)
        for k, t in enumerate(segments[first:at]):
            words = t.text if k else _bare_words(t.text) + ":" * (t.text[-1:] == ":")
            motion.words.append((words, t.start, t.end))
        s = segments[at]
        before = _bare_words(s.text) if first == at else s.text
    if before:
        motion.words.append((before, s.start, s.end))
        if motion.outcome is None and any(DECIDED.search(t.text) for t in segments[at : motion.at]):
            motion.outcome = "carried"
        elif motion.outcome is None and DECIDED.search(s.text):
            motion.outcome = "carried"


def _announced(segments: Sequence[Segment], motion: Motion) -> list[tuple[str, int, int]]:
    """The quoted words of which the mover gave notice: "Cllr Foss proposed an Amendment as follows:"."""
    for k in range(motion.at - 1, max(motion.at - 2 * FAR, 0) - 1, -1):
        text = segments[k].text
        if not (text.endswith(":") and GIVEN.search(text) and same_word(motion.mover or "-", text)):
            continue
        words: list[tuple[str, int, int]] = []
        for s in segments[k + 1 : motion.at]:
            if not words and not s.text.startswith(("“", '"')):
                break
            words.append((s.text.strip('“”"'), s.start, s.end))
            if s.text.rstrip(".").endswith(("”", '"')):
                return words
    return []


def borrows(before: str) -> bool:
    """Whether what stands before the movers says what was moved."""
    bare = _bare_words(before)
    return len(bare.split()) >= 3 or bool(NOMINEE.match(bare) or re.match(r"to\s+\w", bare, re.I))


def _told_at(segments: Sequence[Segment], i: int) -> int:
    """The segment from i back that is neither a label nor the outcome."""
    k = i
    while k > 0 and i - k < 4 and (LABEL_ALONE.match(segments[k].text) or _is_outcome(segments[k].text)):
        k -= 1
    return k


def _is_outcome(text: str) -> bool:
    return len(text.split()) <= 6 and first_outcome(text) is not None and not DECIDED.search(text)


def _stem_of(segments: Sequence[Segment], i: int) -> int:
    """The stem of the list whose last clause is segment i; i itself where it is no clause."""
    k = i
    while k > 0 and i - k < 20 and number_of(segments[k].text) and segments[k].view.block.kind != "heading":
        k -= 1
    return k if k < i and introduces(segments[k].text) else i


def _bare_words(text: str) -> str:
    """What a sentence says was moved: without the number, "RESOLVED", "The motion was" and the like."""
    number = number_of(text)
    words = BORROWED_LEAD.sub("", text[number.end if number else 0 :].strip(' .,;:([–-“”"'))
    words = re.sub(r"^(?-i:MOTION|Motion)\s*:?\s+(?=(?:to|that)\b)", "", words, flags=re.I)
    words = MOTION_WAS_MADE.sub("", DEBATED.sub("", words))
    words = re.sub(r"\s+(?:was|were|is|being)$", "", words)
    return re.sub(r"^(?:(?:the|this|a)\s+(?:motion|amendment|proposal)|it)$", "", words, flags=re.I)
