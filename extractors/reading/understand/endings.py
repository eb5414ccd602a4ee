"""How motions that are open are seconded, voted on and ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.says.people import PERSON, TITLES
from extractors.reading.counts import Count, N, count_in
from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment
from extractors.reading.understand.ballots import Division
from extractors.reading.understand.clauses import introduces
from extractors.reading.understand.divisions import candidate_at, division_at
from extractors.reading.understand.motion import (
    ENDING,
    SPOKE,
    Motion,
    first_cue,
    first_outcome,
    same_name,
    second_in,
)
from extractors.reading.understand.rivals import put_rivals
from extractors.reading.understand.votes_told import dissent_in

CEREMONY = frozenset(
    {
        "Mayor",
        "Council",
        "Councillor",
        "Councillors",
        "Deputy",
        "Chair",
        "Chairman",
        "The",
        "Clerk",
        "City",
        "County",
        "Meetings",
    }
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
    r"\b(?:resolved|(?:council|chomhairle|committee|board|commission|cabinet|panel|members|councillors)\s+"
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
SIDE_COUNT = re.compile(
    r"^\W*(?:vote[:,]?\s*)?(?:ayes?|yeas?|yes|noe?s|nays?|no|for|against|in\s+favou?r|opposed"
    r"|abst\w+)\s*[:–—-]?\s*"
    r"\(?\d{1,2}\)?\W*$",
    re.I,
)
"""A side and its number, and nothing else."""
TELLS_A_COUNT = re.compile(
    r"\bvot|motion|\bayes?\b|\byeas?\b|\byes\b|in favou?r|\bfor\s*[:–—-]?\s*\d|\d\s+for\b"
    r"|\bagainst\b|(?-i:^\W*[CF]\s+\d)|(?:^\W*|[.;]\s+)\d{1,2}/\d{1,2}/\d{1,2}\W*$|^\W*\(\d{1,2}[-–—]\d",
    re.I,
)
"""Words beside which two numbers are a count."""
LOST_ALONE = re.compile(r"^\W*(?:motion\s+|resolution\s+)?(?:lost|defeated|failed)\W*$", re.I)
VOTE_TOLD = re.compile(r"^\W*(?:the\s+)?(?:vote|voting|votes\s+cast|result\s+of\s+the\s+vote)\b", re.I)
WON_BY = re.compile(r"\b(?:lost|defeated|rejected|negatived)\s+by\s+\w+\s+votes?\s+to\s+\w+", re.I)
"""The first number is of those who won: against the motion."""
OF_WHOM = re.compile(rf"(?P<by>{PERSON})[’']s\s+(?:motion|proposal|amendment)\b")
"""Whose motion a vote is taken on."""
FAR = 60
"""Segments after which a motion without an end is no longer open."""


def settle(segments: Sequence[Segment], i: int, live: list[Motion], out: list[Motion]) -> int:
    """Let the segment second or end a motion that is open; the segment after what was used."""
    s = segments[i]
    _second(s, i, [m for m in live if i - m.last < FAR])
    _end(segments, i, live)
    backed = candidate_at(segments, i)
    if backed:
        target = next(
            (m for m in reversed(live) if m.division is None and _same_word(backed[0], m.text)), None
        )
        if target:
            target.division, target.last = backed[1], backed[2] - 1
        return backed[2]
    after = put_rivals(segments, i, live)
    if after is not None:
        return after
    divided = division_at(segments, i)
    if not any(m.outcome is None and i - m.last < CLOSE for m in live) and (
        agreed := _agreed_by_count(segments, i)
    ):
        out.append(agreed)
        return i + 1
    if divided is None:
        if (
            i
            and not any(m.outcome is None or m.last >= i - 1 for m in live)
            and _tells_of_a_decision(segments, i)
        ):
            out.append(_voted_without_mover(segments, i))
        return i + 1
    target = _divided(segments, i, live, out, divided[0])
    if target is None and _is_of_nobodys_motion(segments, i, divided[0]):
        target = _voted_without_mover(segments, i)
        out.append(target)
    if target:
        target.division, target.last = divided[0], divided[1] - 1
    return divided[1]


CLOSE = 6
"""Segments behind a motion within which a count is likely its own."""
AGREED_BY = re.compile(
    r"(?:\bit\s+was\b|\b(?:council(?:lors)?|members|board|committee|commission|panel)\b|,)[^.;:]{0,60}?"
    r"\b(?:agreed|decided|resolved|vote[ds]?)\b(?:(?!\b(?:who|which|had)\b)[^.;]){0,40}?\b(?=(?:to|that)\s+[a-z])",
    re.I,
)
"""What leads to the words where a count tells that they were agreed: "Members vote 4-1 to object ..."."""
COUNT_BEHIND = re.compile(rf"\s*,?\s*\(?(?:by\s+)?{N}\s+(?:votes?|in\s+favou?r|for)\b.*$", re.I)


def _agreed_by_count(segments: Sequence[Segment], i: int) -> Motion | None:
    """A decision told with its count, whoever moved it: "it was agreed to object, 4 in favour, 1
    abstention"."""
    s = segments[i]
    count = count_in(s.text) if TELLS_A_COUNT.search(s.text) else None
    m = AGREED_BY.search(s.text) if count and first_cue(s.text, "motion") is None else None
    if m is None or count is None or SPOKE.search(s.text[: m.start()]):
        return None
    words = COUNT_BEHIND.sub("", s.text[m.end() :])
    motion = Motion(i, None, None, "agreed by a count", last=i, count=count)
    motion.words.append((words, s.start + m.end(), s.start + m.end() + len(words)))
    motion.outcome = "lost" if _is_against(count) else "carried"
    return motion


def _is_of_nobodys_motion(segments: Sequence[Segment], i: int, division: Division) -> bool:
    """Votes where nobody is said to have moved anything; a name under "In favor" alone is a speaker's."""
    votes = division.count("for")
    told = (
        len(division.ballots) > 2
        or bool(division.printed)
        or (i > 0 and DECIDED.search(segments[i - 1].text))
    )
    return votes is not None and bool(told) and bool(ENDING.search(segments[i].text))


def _voted_without_mover(segments: Sequence[Segment], i: int) -> Motion:
    """A vote that is told of what stands before it, whoever moved that."""
    motion = Motion(i, None, None, "a vote without a mover", last=i)
    borrow(segments, motion, 0)
    ended_by(motion, segments[i].text, i)
    return motion


def _tells_of_a_decision(segments: Sequence[Segment], i: int) -> bool:
    """The segment counts the votes for what the one before it says was resolved."""
    text = segments[i].text
    return bool(VOTE_TOLD.match(text) and count_in(text) and DECIDED.search(segments[i - 1].text))


def _divided(
    segments: Sequence[Segment], i: int, live: list[Motion], out: list[Motion], division: Division
) -> Motion | None:
    """The motion that was divided on: of the kind that the labels or the sentence before them name, else the
    last without a division."""
    undivided = [
        m
        for m in live or out[-1:]
        if (m.division is None or _is_less(m, division, i))
        and (m in live or m.outcome is None)
        and not _died(m)
    ]
    before = segments[i - 1].text if i else ""
    called = f"{before} {segments[i].text}"
    if SUBSTANTIVE.search(segments[i].text) and (main := [m for m in undivided if m.kind == "motion"]):
        return main[0]
    just = next((m for m in undivided if m.outcome and m.last == i - 1), None)
    if just and first_outcome(before):
        return just
    if SUBSTANTIVE.search(called):
        main = next((m for m in undivided if m.kind == "motion"), None)
        if main:
            return main
    if (of := OF_WHOM.search(called)) and (his := [m for m in undivided if same_name(m.mover, of["by"])]):
        return his[-1]
    named = [m for m in undivided if m.kind == division.about]
    return next(reversed(named or undivided), None)


def _is_less(m: Motion, division: Division, i: int) -> bool:
    """One vote was told just before the roll that tells all: "the Chair voted aye"."""
    return m.division is not None and len(m.division.ballots) < 2 < len(division.ballots) and i - m.last <= 3


def _died(m: Motion) -> bool:
    """Nobody seconded it: it was never put."""
    return m.outcome == "lost" and m.seconder is None and "second" in (m.outcome_text or "")


def _same_word(name: str, text: str) -> bool:
    """Whether the text names whom `name` names, by surname."""
    return re.sub(r"\s*\([A-Z]\)", "", name).split()[-1] in text


def _second(s: Segment, i: int, live: list[Motion]) -> None:
    name = second_in(s.text)
    target = next((m for m in reversed(live) if m.seconder is None), None) if name else None
    if target and not same_name(target.mover, name):
        target.seconder, target.last = name, i


def _end(segments: Sequence[Segment], i: int, live: list[Motion]) -> None:
    """Give the open motion its outcome and count; an election settles all nominations that are open."""
    text = with_count(segments, i)
    found = first_outcome(text)
    dissent = None if division_at(segments, i) else dissent_in(segments[i])
    if found and found[0].gives == "elected":
        _elect([m for m in live if m.outcome is None], text, i)
        return
    target = next((m for m in live if m.outcome is None and m.last == i - 1 and _is_put_alone(m)), None)
    target = target or _meant(live, text)
    put = next((m for m in reversed(live) if not _died(m)), None)
    told = target if target and found else put
    if dissent and told and i - told.last <= 2 + FAR * bool(found):
        _add_votes(told, dissent)
    if target:
        ended_by(target, text, i)
    elif (last := _last_put(live)) and last.count is None and (found or i - last.last <= 2):
        last.count = count_in(text)


def _is_put_alone(m: Motion) -> bool:
    """It was just divided on, against nothing else."""
    return m.division is not None and m.division.about is None


def _add_votes(motion: Motion, told: Division) -> None:
    """Votes told sentence by sentence: "Mr. Foss in favor." "Ms. Lund opposed."."""
    if motion.division is None:
        motion.division = told
        return
    sides = {choice for _, choice, _, _ in motion.division.ballots}
    motion.division.ballots += [b for b in told.ballots if b[1] not in sides]


def _last_put(live: list[Motion]) -> Motion | None:
    """The motion that was voted on last."""
    return max((m for m in live if not _died(m)), key=lambda m: m.last, default=None)


def _meant(live: list[Motion], text: str) -> Motion | None:
    """The open motion that the text speaks of: the substantive one, the amendment, else the last."""
    open_motions = [m for m in live if m.outcome is None]
    if SUBSTANTIVE.search(text):
        first = next((m for m in open_motions if m.kind == "motion"), None)
        return first or next(reversed(open_motions), None)
    kind = "amendment" if re.search(r"\bamendment\b", text, re.I) else None
    if kind is None and re.search(r"\bmotion\b", text, re.I) and any(_about(m) for m in open_motions):
        kind = "motion"
    named = next((m for m in reversed(open_motions) if m.kind == kind), None) if kind else None
    if named is None and kind == "amendment" and any(m.kind == kind for m in live):
        return None  # told again of the amendment that has ended
    if live and not open_motions and LOST_ALONE.match(text) and live[-1].outcome_text in (None, "resolved"):
        live[-1].outcome = None  # "Resolved that" is how the clerk words all motions
        return live[-1]
    return named or next(reversed(open_motions), None)


def _about(m: Motion) -> bool:
    """Its division names what was voted for: motion and amendment were put against one another."""
    return m.division is not None and m.division.about is not None


def _elect(nominations: list[Motion], text: str, i: int) -> None:
    """Who is declared elected was nominated by a motion that is thereby carried; the other nominations are
    lost."""
    names = {w for w in re.findall(r"[A-ZÀ-Þ][\w’'-]+", text) if not re.fullmatch(TITLES, w)}
    named = [
        m
        for m in nominations
        if {w.strip(".,()") for w in m.text.split() if w[:1].isupper()} & names - CEREMONY
    ]
    for m in nominations:
        if named or len(nominations) == 1:
            m.outcome, m.last = ("carried" if m in named or not named else "lost"), i


def with_count(segments: Sequence[Segment], i: int) -> str:
    """The segment's text with what follows it of a count that goes on: "voice vote -" "4.", "Ayes: 3."
    "Nays: 0."."""
    text = segments[i].text
    after = segments[i + 1].text if i + 1 < len(segments) else ""
    if re.search(r"[–—-]\s*$", text) and re.match(r"\d{1,2}\b", after):
        return f"{text} {after[:4]}"
    k = i + 1
    if SIDE_COUNT.match(text):
        while k < len(segments) and k < i + 4 and SIDE_COUNT.match(segments[k].text):
            text = f"{text} {segments[k].text}"
            k += 1
    return text


def ended_by(motion: Motion, text: str, k: int) -> bool:
    """Whether the text ends the motion, which it then does."""
    found = first_outcome(text)
    counted = count_in(text)
    if counted and WON_BY.search(text) and (counted.votes_for or 0) > (counted.votes_against or 0):
        counted = Count(counted.votes_against, counted.votes_for, counted.abstentions)
    if counted and motion.count is None and (found or TELLS_A_COUNT.search(text)):
        motion.count = counted
    if found is None:
        if counted and counted == motion.count and motion.outcome is None and _is_against(counted):
            motion.outcome = "lost"
        return False
    if motion.outcome is None:
        motion.outcome = found[0].gives
        motion.outcome_text = " ".join(found[1].group().split())
        motion.last = k
    return True


def _is_against(count: Count) -> bool:
    """More voted against it than for it."""
    return None not in (count.votes_for, count.votes_against) and (count.votes_for or 0) < (
        count.votes_against or 0
    )


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
        for t in segments[first:at]:
            motion.words.append((_bare_words(t.text) + ":" * (t.text[-1:] == ":"), t.start, t.end))
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
        if not (text.endswith(":") and GIVEN.search(text) and _same_word(motion.mover or "-", text)):
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
