"""Motions and amendments: who moved and seconded what, and how it ended.

Two styles. Where minutes print mover and seconder in front of numbered or worded motions (Canada, the United
States, Australia and New Zealand, parishes), an adopted motion is the resolution. Where they tell a debate
("Mr A proposed and Mr B seconded the following amendment"), the resolution is printed apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.cues.load import SentencePattern, sentence_patterns
from extractors.cues.load import words as word_lists
from extractors.layout.markers import as_number, is_bullet, parse
from extractors.mentions.names import is_role_word
from extractors.reading.readers.ballots import SIDE, Ballot, Tally, ballots_in, is_ballot_label, tally_in
from extractors.reading.readers.outcomes import OUTCOME, OUTCOME_ALONE, OUTCOME_TOLD, PUT, result_of

if TYPE_CHECKING:
    from extractors.reading.doc import Sheet, View

PARAGRAPH = re.compile(
    r"\b(?:motion|amendment|proposal)s?\s+(?:as\s+)?(?:set out\s+)?(?:at|in)\s+paragraph\s+(?P<n>\d{1,3})",
    re.I,
)
AMENDMENT = re.compile(r"\bamend(?:ment|ed|s)?\b", re.I)
LEAD = re.compile(
    r"^\s*[,:–-]*\s*(?:(?:that\s+)?(?:the|an?)\s+(?:following\s+|above\s+)?(?:motion|amendment"
    r"|proposal|recommendations?)\b(?:\s+to\s+(?:the\s+)?(?:substantive\s+|original\s+)?(?:motion"
    r"|recommendations?)(?:[^:“\".]{0,80}(?=:))?)?(?:\s+(?:that|as follows|which read)"
    r"|(?=\s*(?:[:–—,.“\"-]|and\b|$))))?\s*[:–-]*\s*",
    re.I,
)
TIME_NOTE = re.compile(r"\s*\bTime:\s*\d{1,2}[:.]\d{2}\s*[ap]\.?m\.?.*$", re.I)
"""The clerk's note of the hour after a motion to close or adjourn, and what the clerk adds to it: no words of
the motion."""
ALL_AYES = re.compile(
    r"\s*\b(?:all\s+(?:ayes?|yeas?|in favou?r|voted\s+(?:aye|yes|yea)|members voting aye)"
    r"|ayes?\s*:?\s*all)\b[^.;]{0,40}[.;]?\s*$|\s*\b(?:ayes?|yeas?|for)\s*:?\s*\d{1,2}\W{1,3}(?:nays?"
    r"|noes|against)\s*:?\s*\d{1,2}\b.{0,30}$|\s*\bvote\s*:?\s*\d{1,2}\s*[-–]\s*\d{1,2}(?:\s*[-–"
    r"]\s*\d{1,2})?(?:\s*\([^)]*\))?\.?\s*$",
    re.I,
)
GOES_ON = re.compile(r"^(?:and\b|be it\b|read\b|that\b|whereas\b|now\b|(?-i:[a-z(\d]))", re.I)
VOTED = re.compile(
    r"^[\s,]*(?:and\b[\s,]*)?(?:(?:on|upon|following|after)\s+(?:a|the"
    r"|being)\b[^.]{0,110}?,?\s*)?(?:it\s+was\s+)?(?:unanimously\s+)?(?:RESOLVED|AGREED|CARRIED"
    r"|resolved|agreed)\b[,:]?\s*(?:that\s+|to\s+)?"
)
"""The vote told between the movers and the words of the motion."""
VOTE_CALLED = re.compile(
    r"^\W*(?:on|upon|following)\s+(?:a\s+|the\s+)?(?:vote|being put)\b|^\W*(?:an?\s+|on\s+a\s+"
    r"|the\s+)?(?:(?:roll[- ]call|recorded|named)\s+vote|division)\b",
    re.I,
)
SECONDED = re.compile(
    r"[;,.]?\s*(?:(?:the\s+)?motion\s+)?(?:was\s+)?(?i:(?:seconded|supported)\s+by)\s+(?:(?:(?:Mr|Mrs"
    r"|Ms|Dr|Cllr|Clr|Cr|[A-Z])\.|[A-Z][\w'’-]*)\s*){1,5}[.;,]?\s*"
    r"|(?<=[.;])\s+(?:[A-Z][\w'’-]*\.?\s+){1,5}seconded(?:\s+the\s+motion)?[.;]?\s*"
)
BODIES = re.compile(
    r"(?:council|committee|board|cabinet|panel|staff|officers?|members?|administration|resolution"
    r"|motion|recommendations?)\W*",
    re.I,
)
LONGEST = 40
"""Blocks that one motion may run over."""


@dataclass
class Motion:
    """A motion as read: its words with their places, who moved it, how it ended, who voted how."""

    start: int
    end: int
    number: str | None
    mover: str | None
    seconder: str | None
    style: str = "resolution"
    kind: str = "motion"
    outcome: str | None = None
    paragraph: int | None = None
    amends: Motion | None = None
    tally: Tally = field(default_factory=Tally)
    ballots: list[Ballot] = field(default_factory=lambda: list[Ballot]())
    pieces: list[tuple[int, int, str]] = field(default_factory=lambda: list[tuple[int, int, str]]())

    @property
    def words(self) -> str:
        """All of its words, without the clerk's note of the time and of who voted."""
        return ALL_AYES.sub("", TIME_NOTE.sub("", " ".join(p[2] for p in self.pieces))).strip()

    @property
    def adopted(self) -> bool:
        """Carried, or without a printed outcome: minutes that number resolutions print what was passed."""
        return self.outcome is None or result_of(self.outcome) in ("carried", "agreed")

    @property
    def unanimous(self) -> bool | None:
        """True where the minutes say so; None where they do not."""
        return True if self.outcome and re.search(r"unanim|nem\.? con", self.outcome, re.I) else None


# --- openers ---


@lru_cache(maxsize=4096)
def opener_of(text: str) -> tuple[SentencePattern, re.Match[str]] | None:
    """The pattern that reads the text's beginning as a motion with its people, and its match; None when none
    does."""
    for p in sentence_patterns("motion_opener"):
        m = p.look.match(text)
        if m and all(_is_somebody(n) for n in movers_of(m) if n):
            return p, m
    return None


def _is_somebody(name: str) -> bool:
    """Not a run of role words and departments ("Council Committee"), unless it is an office ("the
    Leader")."""
    words = re.sub(r"^(?:the|The)\s+", "", name).split()
    surname = (len(words) > 1 and words[-1].lower().strip(".,") in word_lists()["people.surnames_too"]) or (
        len(words) == 1 and not BODIES.fullmatch(words[0])
    )  # "moved by Young": words of posts are surnames too
    return bool(words) and (name[:4].lower() == "the " or surname or not all(is_role_word(w) for w in words))


def is_motion_opener(text: str) -> bool:
    """Whether a block begins a motion with its mover."""
    return opener_of(text) is not None


def movers_of(m: re.Match[str]) -> tuple[str | None, str | None]:
    """(mover, seconder) of an opener, as printed."""
    found = m.groupdict()
    if found.get("people"):
        names = [
            n.strip(" .") if not re.match(r"[A-Z]\.", n) else n.strip()
            for n in re.split(r"\s*(?:,|;|/|\s+and\s+|\s*-\s+)\s*", found["people"].strip())
        ]
        return names[0], names[1] if len(names) > 1 else None
    mover, seconder = (_trim(found.get(k)) for k in ("mover", "seconder"))
    return mover, seconder


def _trim(name: str | None) -> str | None:
    """Without what follows a name: a comma, and a full stop that ends no initial."""
    bare = (name or "").strip().rstrip(",;:")
    return (bare[:-1] if re.search(r"[a-zà-ÿ]{2,}\.$", bare) else bare) or None


@lru_cache(maxsize=2)
def moved_motions(sheet: Sheet) -> tuple[Motion, ...]:
    """The sheet's motions in order, with their outcomes and votes; read once a sheet."""
    if sheet.part.kind != "minutes":
        return ()
    views = sheet.views
    found: list[Motion] = []
    i = 0
    while i < len(views):
        motion, i = _motion_at(views, i)
        if motion is not None and motion.pieces:
            found.append(motion)
    _follow_votes(views, found)
    return tuple(found)


def _motion_at(views: list[View], i: int) -> tuple[Motion | None, int]:
    """The motion that block i begins or holds, if any, and the block after it."""
    body = views[i].body
    opened = opener_of(body)
    if opened:
        pattern, m = opened
        return _read_debated(views, i, m) if pattern.style == "debate" else _read_resolution(views, i, m)
    run_in = RUN_IN.match(body)
    opened = opener_of(body[run_in.end() :]) if run_in else None
    if run_in and opened and opened[0].style != "debate":
        return _read_resolution(views, i, opened[1], run_in.end())
    apart = _movers_apart(views, i)
    if apart:
        return _read_words(views, i + 2, 0, apart) if i + 2 < len(views) else (apart, i + 2)
    return _movers_after(views[i]), i + 1


# --- motions whose words follow their movers ---


RESOLVED_TO = re.compile(
    r"(?:\b[Ii]t\s+was\s+(?:unanimously\s+)?(?:resolved|agreed)|\b(?:RESOLVED|Resolved))\s+(?:that"
    r"|to)\s+(?=\S)"
)


def _movers_after(view: View) -> Motion | None:
    """A motion whose mover and seconder follow its words in the same paragraph, as parishes minute: "...
    Proposed Cllr X, seconded Cllr Y. Agreed."."""
    for p in sentence_patterns("motion_closer"):
        m = p.look.search(view.body)
        if m is None or not all(_is_somebody(n) for n in movers_of(m) if n):
            continue
        words = view.body[: m.start()].strip()
        resolved = list(RESOLVED_TO.finditer(words))
        at = resolved[-1].end() if resolved else 0
        start = view.end - len(view.body) + at
        motion = Motion(
            view.start, view.end, None, *movers_of(m), pieces=[(start, start + len(words) - at, words[at:])]
        )
        tail = m["tail"] or ""
        motion.outcome = (
            "lost"
            if re.search(r"\b(?:lost|defeated|not carried|fell)\b", tail, re.I)
            else "carried"
            if re.search(r"\b(?:carried|agreed|approved|in favou?r|unanim\w+|resolved)\b", tail, re.I)
            else None
        )
        motion.tally = tally_in(tail) or motion.tally
        return motion
    return None


RUN_IN = re.compile(r"^[A-Z][A-Z0-9 &/’'.,-]{3,60}:\s+(?=[A-Z])")
"""An item's name in capitals in front of its text: "ROAD REPORT: Commissioner Keen made a motion ..."."""
MOVED_ALONE = re.compile(
    r"^(?i:moved|mover|proposed|proposer)(?:\s+(?i:by))?\s*:?\s+(?P<name>(?:(?:[A-ZÀ-Þ][\w.'’-]*|of"
    r"|de|van|von)\s*){1,6})[.;,]?$"
)
SECONDED_ALONE = re.compile(
    r"^(?i:seconded|seconder|supported|second)(?:\s+(?i:by))?\s*:?\s+(?P<name>(?:(?:[A-ZÀ-Þ][\w.'’-]*"
    r"|of|de|van|von)\s*){1,6})[.;,]?$"
)
NUMBER_ALONE = re.compile(
    r"^(?i:resolution|motion|by-?law)\s*(?i:no\.?|number"
    r"|#)?\s*:?\s*(?P<number>[A-Z]{0,4}[-/]?\d[\w/-]{0,14})\.?$"
)


def _movers_apart(views: list[View], i: int) -> Motion | None:
    """A motion whose mover and seconder stand in lines of their own, its number above them, its words below:
    the template of many Canadian minutes."""
    mover = MOVED_ALONE.match(views[i].text.strip())
    seconder = SECONDED_ALONE.match(views[i + 1].text.strip()) if mover and i + 1 < len(views) else None
    if (
        mover is None
        or seconder is None
        or not (_is_somebody(mover["name"]) and _is_somebody(seconder["name"]))
    ):
        return None
    number = NUMBER_ALONE.match(views[i - 1].text.strip()) if i else None
    return Motion(
        views[i].start,
        views[i + 1].end,
        number["number"] if number else None,
        _trim(mover["name"]),
        _trim(seconder["name"]),
    )


def _read_resolution(views: list[View], i: int, m: re.Match[str], cut: int = 0) -> tuple[Motion, int]:
    mover, seconder = movers_of(m)
    motion = Motion(views[i].start, views[i].end, m.groupdict().get("number"), mover, seconder)
    if re.search(r"\b(?:resolved|agreed|carried)\b[\s,:]*$|\bM/?S/?C\b", m.group(), re.I):
        motion.outcome = "carried"
    return _read_words(views, i, len(views[i].text) - len(views[i].body) + cut + m.end(), motion)


def _read_words(views: list[View], i: int, skip: int, motion: Motion) -> tuple[Motion, int]:
    """The motion with its words, from `skip` characters into block i to where its outcome stands; and the
    block after it."""
    while True:
        view = views[i]
        text, start = view.text[skip:], view.start + skip
        said = OUTCOME.search(text)
        keep = SECONDED.sub(" ", text[: said.start()] if said else text)
        voted = VOTED.match(keep) if not motion.pieces else None
        # "... and, on a vote of 3 for and 1 against, RESOLVED that": what follows is the motion, and it was
        # carried
        if voted:
            motion.tally, motion.outcome = tally_in(voted.group()) or motion.tally, "carried"
            start, text, keep = start + voted.end(), text[voted.end() :], keep[voted.end() :]
            said = OUTCOME.search(text)
        keep = re.sub(r"\s*\bThe\s*$", "", keep) if said else keep
        if keep.strip():
            lead = len(keep) - len(keep.lstrip())
            motion.pieces.append(
                (
                    start + lead,
                    start + len(text[: said.start()].rstrip() if said else text.rstrip()),
                    keep.strip(),
                )
            )
        i, skip = i + 1, 0
        if said:
            motion.outcome, motion.end = said["outcome"].strip(" .").lower(), start + said.end()
            motion.tally = tally_in(text) or motion.tally
            return _kinded(motion), i
        if i >= len(views) or _ends(views[i], motion):
            return _kinded(_without_outcome(motion)), i


def _kinded(motion: Motion) -> Motion:
    motion.kind = (
        "amendment"
        if re.match(
            r"(?:that\s+)?(?:the\s+)?(?:motion|resolution|recommendation"
            r"|amendment)\b.{0,60}\bbe amended\b|^amendment\b",
            motion.words,
            re.I,
        )
        else "motion"
    )
    return motion


def _ends(view: View, motion: Motion) -> bool:
    if (
        is_motion_opener(view.body)
        or MOVED_ALONE.match(view.text.strip())
        or NUMBER_ALONE.match(view.text.strip())
        or is_ballot_label(view.text)
        or VOTE_CALLED.match(view.text)
    ):
        return True
    return bool(motion.pieces) and (
        (view.block.kind == "heading" and not OUTCOME.fullmatch(view.text.strip()))
        or len(motion.pieces) > LONGEST
    )


def _without_outcome(motion: Motion) -> Motion:
    """Nothing says where the motion stops: its first paragraph and those that plainly carry it on."""
    keep = motion.pieces[:1]
    for piece in motion.pieces[1:]:
        if not GOES_ON.match(piece[2]):
            break
        keep.append(piece)
    motion.pieces, motion.end = keep, keep[-1][1] if keep else motion.end
    voted = ALL_AYES.search(" ".join(p[2] for p in keep))
    motion.tally = motion.tally.joined(tally_in(voted.group())) if voted else motion.tally
    if voted and motion.outcome is None and re.search(r"\ball\b", voted.group(), re.I):
        motion.outcome = " ".join(voted.group().lower().split()).strip(" .;")
    if (
        motion.outcome is None
        and motion.pieces
        and re.search(r"\b(?:carried|agreed|resolved)\b", motion.words[-40:], re.I) is None
    ):
        told = OUTCOME_TOLD.search(motion.words)
        motion.outcome = told["outcome"].lower() if told else None
    return motion


# --- motions told in a debate ---


def _read_debated(views: list[View], i: int, m: re.Match[str]) -> tuple[Motion, int]:
    """ "X proposed and Y seconded the following amendment:" and its words: in quotation marks, in clauses, or
    in the sentence."""
    view = views[i]
    mover, seconder = movers_of(m)
    rest = view.body[m.end() :]
    lead = LEAD.match(rest)
    cut = lead.end() if lead else 0
    kind = "amendment" if AMENDMENT.search(view.body[: m.end() + cut]) else "motion"
    motion = Motion(view.start, view.end, None, mover, seconder, "debate", kind, paragraph=_number(view))
    said = rest[cut:].strip()
    told = OUTCOME_TOLD.search("it " + said) if i and re.match(r"and\b", said) else None
    if told:  # "The motion was proposed by X and seconded by Y and was agreed": its words stand above
        above = views[i - 1]
        motion.start, motion.outcome = above.start, told["outcome"].lower()
        motion.pieces.append((above.start, above.end, above.text.strip('“”"')))
        return motion, i + 1
    bare = re.sub(r"^that\b", "", said).strip(" :.–-")
    listed = (
        i + 1 < len(views)
        and bool(views[i + 1].block.marker)
        and (len(bare.split()) <= 4 or said.endswith(":"))
    )
    if bare and not listed:
        _take_sentence(motion, view, re.sub(r"^that\s+", "", said))
        return motion, i + 1
    return motion, _take_blocks(motion, views, i)


def _number(view: View) -> int | None:
    marker = view.block.marker
    return as_number(parse(marker)) if marker and not is_bullet(marker) else None


def _take_sentence(motion: Motion, view: View, said: str) -> None:
    first = re.split(r"(?<=[a-z0-9)”\"])\.\s+(?=[A-Z])", said)[0].rstrip(" .")
    at = view.text.find(first[:40])
    start = view.start + max(at, 0)
    motion.pieces.append((start, start + len(first), first))
    told = OUTCOME.search(said) or OUTCOME_TOLD.search(said[len(first) :])
    if told:
        motion.outcome = told["outcome"].strip(" .").lower()


def _take_blocks(motion: Motion, views: list[View], i: int) -> int:
    """The blocks below: up to the closing quotation mark where one was opened, else while their list goes
    on."""
    quoted = False
    own = views[i].block.marker
    family = parse(own).family if own and not is_bullet(own) else None
    j = i + 1
    while j < len(views) and j - i <= LONGEST:
        view = views[j]
        text = view.text.strip()
        if j == i + 1 and text[:1] in '“"‘':
            quoted = True
        if not quoted and (OUTCOME_ALONE.match(text) or is_ballot_label(text) or opener_of(view.body)):
            break
        if not quoted and j > i + 1 and not view.block.marker and not text[:1].islower():
            break
        if (
            family
            and view.block.marker
            and not is_bullet(view.block.marker)
            and parse(view.block.marker).family == family
            and as_number(parse(view.block.marker)) == (motion.paragraph or -1) + 1
        ):
            break
        motion.pieces.append((view.start, view.end, text.strip('“”"')))
        motion.end = view.end
        j += 1
        if quoted and re.search(r"[”\"]\W*$", text):
            break
    return j


# --- what became of them ---


def _follow_votes(views: list[View], motions: list[Motion]) -> None:
    """Give each outcome, tally and list of names to the motion that it is about: the one named, else the last
    one open."""
    about: Motion | None = None
    k = 0
    while k < len(views):
        view = views[k]
        before = [m for m in motions if m.end <= view.start + 1]
        inside = any(m.start <= view.start < m.end for m in motions)
        if not before or inside:
            k += 1
            continue
        if is_ballot_label(view.text):
            motion = _side(view.text, before) or about or _open(before)
            if motion is not None:
                k = _take_ballots(motion, views, k)
                continue
        elif PUT.search(view.text) or OUTCOME_TOLD.search(view.text):
            about = _meant(view.text, before) or about
            _settle(about or _open(before), view.text, told=True)
        elif OUTCOME_ALONE.match(view.text.strip()) and len(view.text) < 120:
            motion = about if about and about.outcome is None else _meant(view.text, before) or _open(before)
            _settle(motion, view.text, told=False)
            about = None
        elif opener_of(view.body):
            about = None
        k += 1
    _link_amendments(motions)


def _side(text: str, before: list[Motion]) -> Motion | None:
    """ "For the amendment:": where the vote is between a motion and its amendment, the one that the label
    names."""
    m = SIDE.match(text.strip())
    return next((x for x in reversed(before) if x.kind == m["kind"].lower()), None) if m else None


def _open(before: list[Motion]) -> Motion | None:
    """The last motion that has no outcome yet, when it is not far behind."""
    return next((m for m in reversed(before) if m.outcome is None), None)


def _meant(text: str, before: list[Motion]) -> Motion | None:
    """The motion that the words name: the substantive one, or one by its paragraph's number, or the last of
    its kind."""
    if re.search(r"\b(?:substantive|original)\s+motion\b", text, re.I):
        return next((m for m in reversed(before) if m.kind == "motion" and m.style == "debate"), None)
    m = PARAGRAPH.search(text)
    if m:
        named = next((x for x in reversed(before) if x.paragraph == int(m["n"])), None)
        if named:
            return named
    kind = (
        "amendment"
        if re.search(r"\bamendment\b", text, re.I)
        else "motion"
        if re.search(r"\bmotion\b", text, re.I)
        else None
    )
    return next((x for x in reversed(before) if kind in (None, x.kind) and x.outcome is None), None)


def _settle(motion: Motion | None, text: str, *, told: bool) -> None:
    if motion is None:
        return
    found = OUTCOME_TOLD.search(text) if told else OUTCOME_ALONE.match(text.strip())
    if found and motion.outcome is None:
        motion.outcome = " ".join(found["outcome"].split()).lower().strip(" .")
    motion.tally = motion.tally.joined(tally_in(text))


def _take_ballots(motion: Motion, views: list[View], k: int) -> int:
    """The lists of names that begin at block k; the block after them."""
    found, after = ballots_in(views, k)
    motion.ballots += found.ballots
    motion.tally = motion.tally.joined(found.tally)
    said = OUTCOME.search(views[after - 1].text)  # the outcome may stand at the end of the last names' block
    if said and motion.outcome is None:
        motion.outcome = said["outcome"].lower()
    return max(after, k + 1)


def _link_amendments(motions: list[Motion]) -> None:
    """An amendment amends the last motion before it."""
    for i, m in enumerate(motions):
        if m.kind == "amendment":
            m.amends = next((x for x in reversed(motions[:i]) if x.kind == "motion"), None)
