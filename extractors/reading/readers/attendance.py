"""Who was there: rolls under labels or headings, apologies in sentences, substitutes, who came by video, who
came late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from functools import lru_cache

from extractors.cues.load import fold_phrase, is_one_of, pattern
from extractors.layout.reading_order import segments
from extractors.mentions.dates import times_in
from extractors.mentions.names import SINGULAR, is_person, strip_title, surname_key
from extractors.mentions.people import Name, parse_person, people_in
from extractors.model import Word
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.facts import Capacity, PersonFact, Presence, SeatFact
from extractors.reading.readers.items import ITEM_REF
from extractors.reading.readers.motions import is_motion_opener

COUNCIL_TITLE = re.compile(
    r"^(?:(?:county|district|borough|city|ward|parish|town)\s+)?(?:councillor|cllr|clr|cr|councilm\w+"
    r"|council member|alder\w+|ald|commissioner|trustee|supervisor|reeve|mayor|deputy mayor|comh)\b",
    re.I,
)
APOLOGIES_SENTENCE = re.compile(
    r"\b(?:apolog(?:y|ies)(?:\s+(?:for|of)\s+(?:absence|non-attendance|inability to attend))?"
    r"|regrets)\s+(?:for absence\s+)?(?:(?:had been|has been|have been|was"
    r"|were)\s+)?(?:also\s+)?(?:received|submitted|given|tendered|noted|recorded|reported|accepted)?"
    r"\s*(?:(?:and (?:accepted|noted))\s+)?(?:by the \w+\s+)?(?:from|on behalf of|for"
    r"|by)\s*:?\s*(?P<names>(?:[^.]|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms|Dr|Cr|St))\.|(?<=\b(?:Mrs|Clr"
    r"|Rev))\.|(?<=\b(?:Prof|Cllr|Revd))\.)*)",
    re.I,
)
SENT_APOLOGIES = re.compile(
    r"(?P<names>[A-Z][^.]{3,200}?)\s+(?:had\s+|have\s+|has\s+)?(?:sent|gave|given|tendered|submitted"
    r"|offered|extended)\s+(?:their|his|her|formal|\s)*\s*(?:apologies|regrets)\b"
)
STILL_THERE = re.compile(
    r"\b(?:but|although|however)\b.{0,40}\b(?:attending|attended|present|joined)\b", re.I
)
SUBSTITUTE_NOTE = re.compile(
    r"\b(?:substitut(?:e|ing|ed)|sub\.?|deputi[sz]ing|in place of|replacing|on behalf of"
    r"|alternate)\s*(?:member)?\s*(?:for\s+)?(?P<name>(?:[A-Z][\w.'’-]*\s*){1,5})",
    re.I,
)
SUBSTITUTED_BY = re.compile(
    r"(?P<away>[A-Z][\w.'’ -]{2,40}?)\s*,?\s*(?:\(|who\s+)?(?:was|were|is|being)?\s*(?:substituted"
    r"|replaced|represented|deputised)\s+(?:for\s+)?by\s+(?P<there>(?:[A-Z][\w.'’-]*\s*){1,5})"
)
SUBSTITUTE_SENTENCE = re.compile(
    r"(?P<there>(?:[A-Z][\w.'’-]*\s+){1,5})(?:attended\s+as\s+|was\s+(?:present\s+)?(?:as\s+)?"
    r"|acted\s+as\s+|as\s+)?(?:a\s+|the\s+)?(?:substitut(?:e|ed|ing)|deputised"
    r"|deputising)\s+(?:member\s+)?(?:for|on behalf of)\s+(?P<away>(?:[A-Z][\w.'’-]*\s*){1,5})"
)
REMOTE_SENTENCE = re.compile(
    r"(?P<names>[A-Z][^.]{3,300}?)\s+(?:was|were|attended|joined|participated|had joined|attending|is"
    r"|are)\s+(?:the meeting\s+)?(?:also\s+)?(?:in attendance\s+|present\s+"
    r"|attending\s+)?(?:virtually|remotely|online|by video|via (?:ms )?(?:teams|zoom)"
    r"|by (?:tele)?phone)\b",
    re.I,
)
REMOTE_NOTE = re.compile(
    r"\b(?:virtual\w*|remote\w*|online|via (?:ms )?(?:teams|zoom)|zoom|teams|by (?:tele)?phone"
    r"|videoconference|electronic\w*)\b",
    re.I,
)
ARRIVED = re.compile(
    r"\b(?:arrived|joined|entered|present from|from|attended from|in attendance from|came in)\b[^;)]*", re.I
)
LEFT = re.compile(r"\b(?:left|departed|until|retired|withdrew|present until|exited)\b[^;)]*", re.I)
SORRY_FOR = re.compile(
    r"^for\s+(?:the\s+)?(?P<what>absence|non-attendance|lateness|late arrival|early departure"
    r"|leaving early|part)\b",
    re.I,
)
"""What an apology is for, after the name: who is late or leaves early is there."""
CHAIRED = re.compile(
    r"^(?P<name>[A-Z][^.:]{3,60}?)\s+(?:in the chair|presiding|presided|took the chair)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Roll:
    """A labelled list: what its people are, and the lines (with their offsets) that name them."""

    label: str
    status: Presence
    capacity: Capacity
    virtual: bool
    lines: tuple[tuple[str, int], ...]
    role: str | None = None


KINDS: tuple[tuple[str, Presence, Capacity], ...] = (
    ("attendance.apologies", "apologies", "member"),
    ("attendance.absent", "absent", "member"),
    ("attendance.substitutes", "present", "member"),
    ("attendance.chair", "present", "member"),
    ("attendance.deputy", "present", "member"),
    ("attendance.present", "present", "member"),
    ("attendance.officers", "present", "officer"),
    ("attendance.others", "present", "other"),
    ("attendance.remote", "present", "other"),
)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    every = "|".join(pattern(name) for name, *_ in KINDS)
    return re.compile(
        rf"^\W*(?P<label>(?:(?:the\s+)?(?:{every}))(?:\s+(?:and|&|/)\s+(?:{every}))?(?:\s+(?:members?"
        rf"|councillors?|were|was|are))?)\s*(?P<note>\([^)]{{2,60}}\))?\s*"
        r"(?P<sign>:\s*-?|[-–—](?=\s)|\.(?=\s*$)|(?=\s*$)|(?=\s{2,})|(?=\s+(?:Cllrs?|Councillors?"
        r"|Crs?|Mrs?|Ms|Dr|Sir)\b))",
        re.I,
    )


def _kind(label: str) -> tuple[Presence, Capacity, bool, str | None] | None:
    """What a label says of the people under it; the first word list that holds it wins."""
    folded = re.sub(r"\s+(?:members?|councillors?|were|was|are)$", "", fold_phrase(label))
    for phrase in (
        fold_phrase(label),
        folded,
        re.split(r"\s+(?:and|&|/)\s+", folded)[0],
        folded.removeprefix("the "),
    ):
        for name, status, capacity in KINDS:
            if is_one_of(name, phrase):
                return (
                    status,
                    capacity,
                    name == "attendance.remote",
                    "Chair"
                    if name == "attendance.chair"
                    else label.strip().capitalize()
                    if name == "attendance.deputy"
                    else None,
                )
    return None


def find_attendance(sheet: Sheet) -> list[PersonFact]:
    """Everybody on the part's rolls and in its apologies, each once, in the order of the page."""
    if sheet.part.kind != "minutes":
        return []
    people = [p for roll in _rolls(sheet) for p in _people_of(roll)]
    if not any(p.status == "present" for p in people):
        people += _told_roll(sheet)
    people += _sentence_apologies(sheet, people)
    people += _listed_apologies(sheet)
    people = _one_each(people)
    people = _note_remote(sheet, _note_substitutes(sheet, people))
    return sorted(people, key=lambda p: p.start)


# --- rolls ---


def _rolls(sheet: Sheet) -> Iterator[Roll]:
    """Walk the opening of the minutes line by line; a label opens a roll, business closes it."""
    label: str | None = None
    kind: tuple[Presence, Capacity, bool, str | None] | None = None
    lines: list[tuple[str, int]] = []
    for view in _opening(sheet):
        for text, start in _lines(sheet, view):
            m = _label().match(text)
            found = _kind(m["label"]) if m else None
            if m and found and not _is_sentence(text, m):
                if kind and label:
                    yield Roll(label, kind[0], kind[1], kind[2], tuple(lines), kind[3])
                label, kind, lines = m["label"], _with_note(found, m["note"]), []
                if text[m.end() :].strip():
                    lines.append((text[m.end() :], start + m.end()))
            elif kind:
                lines.append((text, start))
    if kind and label:
        yield Roll(label, kind[0], kind[1], kind[2], tuple(lines), kind[3])


def _with_note(
    kind: tuple[Presence, Capacity, bool, str | None], note: str | None
) -> tuple[Presence, Capacity, bool, str | None]:
    """ "Members (remote)": a note on the label is true of all under it."""
    return (kind[0], kind[1], kind[2] or bool(note and REMOTE_NOTE.search(note)), kind[3])


def _is_sentence(text: str, m: re.Match[str]) -> bool:
    """ "Members discussed the report": a label's words in the middle of prose."""
    rest = text[m.end() :].strip()
    return not m["sign"].strip() and bool(rest) and not people_in(rest)


def _opening(sheet: Sheet) -> Iterator[View]:
    """The blocks before the first item of business that is not itself a roll of apologies."""
    views = sheet.views
    started = False
    for i, view in enumerate(views[:120]):
        label = _label().match(view.text)
        is_roll = bool(label and _kind(label["label"]))
        after = views[i + 1].text if i + 1 < len(views) else ""
        if started and is_motion_opener(view.text):
            return
        if (
            started
            and not is_roll
            and (view.block.kind == "heading" or view.block.marker)
            and not _is_name_row(view)
        ):
            return
        if ITEM_REF.match(after) or (view.block.marker and view.block.kind == "heading" and started):
            return
        if (
            started
            and not is_roll
            and re.match(
                r"^\W*(?:declarations?|disclosures?|minutes|confirmation|public (?:question"
                r"|participation|forum)|call to order|opening|welcome|the meeting (?:commenced|opened"
                r"|started))\b",
                view.text,
                re.I,
            )
        ):
            return
        started = started or is_roll
        yield view


def _is_name_row(view: View) -> bool:
    text = view.body
    return bool(people_in(text)) and is_person(re.split(r"[,(]|\s[-–]\s", text)[0])


def _lines(sheet: Sheet, view: View) -> Iterator[tuple[str, int]]:
    """The view's printed lines; a bullet or number at the front is left out."""
    for line in sheet.lines(view):
        skip = len(view.block.marker) if line.start == view.start and view.block.marker else 0
        for a, b in _columns(sheet, line):
            text = sheet.text[max(a, line.start + skip) : b]
            if text.strip():
                yield text.strip(), max(a, line.start + skip) + len(text) - len(text.lstrip())


def _columns(sheet: Sheet, line: LineView) -> list[tuple[int, int]]:
    """The line's stretches, cut where a gap is a column's rather than a word space: names set side by
    side."""
    cut: list[list[Word]] = []
    for piece in segments(line.words):
        if cut and cut[-1][-1].text.endswith(","):
            cut[-1] = [*cut[-1], *piece]
        else:
            cut.append(piece)
    if len(cut) < 2:
        return [(line.start, line.end)]
    out: list[tuple[int, int]] = []
    at = line.start
    for words in cut:
        end = at
        for w in words:
            found = sheet.text.find(w.text.rstrip("\u00ad"), end, line.end + 1)
            end = found + len(w.text.rstrip("\u00ad")) if found >= 0 else end
        out.append((at, end))
        at = end
    return out


def _people_of(roll: Roll) -> Iterator[PersonFact]:
    for person in _entries(roll):
        reason = SORRY_FOR.match(person.post or "") if roll.status == "apologies" else None
        if reason is None:
            yield _fact(person, roll)
        elif reason["what"].lower() in ("absence", "non-attendance"):
            yield _fact(replace(person, post=None), roll)


def _entries(roll: Roll) -> list[Name]:
    """One person a line where the lines are a list; else the lines run on as one paragraph."""
    texts = [t for t, _ in roll.lines]
    if not texts:
        return []
    if _is_list(texts):
        return _list_entries(roll)
    joined, starts = "", list[tuple[int, int]]()
    for text, start in roll.lines:
        glue = "" if not joined or joined[-1] in "-‐\u00ad" else " "
        starts.append((len(joined) + len(glue), start))
        joined += glue + text

    def place(at: int) -> int:
        return next(start + at - offset for offset, start in reversed(starts) if offset <= at)

    return [
        replace(p, start=place(p.start), end=place(max(p.start, p.end - 1)) + 1) for p in people_in(joined)
    ]


def _is_list(texts: list[str]) -> bool:
    """Most lines begin with a person, few end in a comma or "and": a list, one a line."""
    own = sum(
        parse_person(t) is not None and (is_person(re.split(r"[,(]|\s[-–]\s", t)[0]) or _post_first(t))
        for t in texts
    )
    running = sum(bool(re.search(r"(?:,|;|\band|&)\s*$", t)) for t in texts[:-1])
    several = sum(_several(t) for t in texts)
    return own >= max(1, 0.6 * len(texts)) and running <= 0.34 * len(texts) and several <= 0.5 * len(texts)


def _post_first(text: str) -> bool:
    return bool(re.match(r"^[A-Z][\w &/-]{3,60}\s[-–:]\s[A-Z]", text))


def _several(text: str) -> bool:
    """A line of two names and more; a post that looks like a name ("Programme Lead, Flood Resilience") is
    none."""
    found = people_in(text)
    if len(found) < 2:
        return False
    before = all(
        p.post is None or p.notes or text[p.start :].lstrip().startswith(p.post) for p in found[:-1]
    )  # the last may run on into the next line
    listed = before and (
        found[-1].post is None or bool(found[-1].notes) or any(p.post and not p.notes for p in found[:-1])
    )
    return listed or ";" in text


def _list_entries(roll: Roll) -> list[Name]:
    out: list[Name] = []
    pending: list[tuple[str, int]] = []
    for text, start in [*roll.lines, ("", -1)]:
        first = re.split(r"[,(]|\s[-–]\s", text)[0]
        fresh = is_person(first) or _several(text)
        if pending and (not text or fresh):
            joined = " ".join(t for t, _ in pending)
            at, last, last_start = pending[0][1], pending[-1][0], pending[-1][1]
            found = people_in(joined) if _several(pending[0][0]) else [p for p in [parse_person(joined)] if p]
            for p in found:
                end = (
                    last_start + len(last)
                    if len(pending) > 1 and p is found[-1]
                    else at + min(p.end, len(pending[0][0]))
                )
                out.append(replace(p, start=at + min(p.start, len(pending[0][0]) - 1), end=end))
            pending = []
        if text and (pending or fresh or parse_person(text)):
            pending.append((text, start))
    return out


def _fact(person: Name, roll: Roll) -> PersonFact:
    notes = " ; ".join(person.notes)
    titled = bool(person.title and COUNCIL_TITLE.match(person.title))
    capacity: Capacity = roll.capacity
    if roll.capacity == "officer" and titled:
        capacity = "other"
    if roll.capacity == "other" and roll.virtual:
        capacity = (
            "member"
            if titled
            else "officer"
            if person.post and not roll.label.lower().startswith("guest") and _is_staff(person.post)
            else "other"
        )
    if (
        roll.capacity == "other"
        and person.post
        and not titled
        and roll.label.lower().startswith(("also present", "others present"))
        and _is_staff(person.post)
    ):
        capacity = "officer"
    substitute = SUBSTITUTE_NOTE.search(notes)
    post = (
        re.sub(r",?\s*\d{1,3}$", "", person.post) if person.post else None
    )  # the beginning of "2 members of the public"
    person = replace(person, post=post or None)
    title = person.title or (_title_of_all(roll.label) if capacity == "member" else None)
    guest = capacity == "other" and person.post and not _is_staff(person.post)
    return PersonFact(
        start=person.start,
        end=person.end,
        confidence=0.97 if person.sure else 0.75,
        name=person.name,
        title=title,
        honours=person.honours,
        status=roll.status,
        capacity=capacity,
        role=person.role or roll.role,
        job_title=None if guest else person.post,
        organisation=person.post if guest else None,
        substitute_for=substitute["name"].strip(" .") if substitute else None,
        virtual=True if roll.virtual or REMOTE_NOTE.search(notes) else None,
        arrived=_time_in(ARRIVED, notes),
        left=_time_in(LEFT, notes),
    )


def _title_of_all(label: str) -> str | None:
    """ "Councillors:" in front of a list is the title of each."""
    return TITLE_OF_ALL.get(label.strip(" :").lower())


LABELS_WITH_TITLES = (
    "councillors",
    "cllrs",
    "crs",
    "council members",
    "council members present",
    "councillors present",
    "commissioners present",
    "trustees present",
)
TITLE_OF_ALL = {label: SINGULAR[label.removesuffix(" present")] for label in LABELS_WITH_TITLES}


def _is_staff(post: str) -> bool:
    """A post in the council's service rather than a political office or another body."""
    return bool(
        re.search(
            r"\b(?:officer|manager|director|head of|clerk|solicitor|engineer|planner|assistant"
            r"|administrator|treasurer|superintendent|lead|adviser|advisor|secretary|counsel|analyst"
            r"|chief|accountant|auditor|coordinator|co-ordinator|specialist|executive)\b",
            post,
            re.I,
        )
    ) and not re.search(
        r"\b(?:cabinet member|portfolio holder|leader of the council|executive member|mayor)\b", post, re.I
    )


def _time_in(look: re.Pattern[str], text: str) -> time | None:
    m = look.search(text)
    return next((t[0] for t in times_in(m.group())), None) if m else None


# --- sentences ---


TOLD = re.compile(
    r"(?P<label>\b(?:commissioners|members|trustees|supervisors|aldermen|councilmembers"
    r"|council members|councillors|directors|those)\s+(?:who\s+were\s+)?(?:present|in attendance"
    r"|attending)|\b(?:also|others?|staff|officers|officials)\s+(?:present|in attendance|attending))"
    r"\s+(?:were|was|are|included|including)\s*:?\s*(?P<names>(?:[^.]|(?<=\b[A-Z])\.|(?<=\b(?:Mr|Ms"
    r"|Dr|Jr|Sr|St))\.|(?<=\b(?:Mrs|Rev))\.)+)",
    re.I,
)
WAS_ABSENT = re.compile(
    r"(?:^|(?<=[.;]\s))(?P<names>(?:[A-Z][\w.'’-]*,?\s+(?:and\s+)?){1,9})(?:was|were)\s+(?:also\s+)?absent\b"
)
"""Rolls told in prose, as many American counties minute: "Commissioners present were ... Commissioner Dole
was absent." """


def _told_roll(sheet: Sheet) -> list[PersonFact]:
    out: list[PersonFact] = []
    for view in sheet.views[:15]:
        for m in TOLD.finditer(view.text):
            others = m["label"].lower().startswith(("also", "other", "staff", "officer", "official"))
            for p in people_in(m["names"], view.start + m.start("names")):
                capacity: Capacity = (
                    "officer" if others and p.post and _is_staff(p.post) else "other" if others else "member"
                )
                out.append(
                    PersonFact(
                        start=p.start,
                        end=p.end,
                        confidence=0.85 if p.sure else 0.7,
                        name=p.name,
                        title=p.title,
                        honours=p.honours,
                        status="present",
                        capacity=capacity,
                        role=p.role,
                        job_title=p.post,
                    )
                )
        for m in WAS_ABSENT.finditer(view.text):
            out += [
                PersonFact(
                    start=p.start,
                    end=p.end,
                    confidence=0.85,
                    name=p.name,
                    title=p.title,
                    honours=p.honours,
                    status="absent",
                    role=p.role,
                )
                for p in people_in(m["names"], view.start + m.start("names"))
            ]
    return out


def _sentence_apologies(sheet: Sheet, known: list[PersonFact]) -> list[PersonFact]:
    """ "Apologies for absence were received from ..." and "X had sent apologies", anywhere in the minutes."""
    out: list[PersonFact] = []
    present = {surname_key(p.name) for p in known if p.status == "present" and len(p.name.split()) == 1}
    for view in sheet.views[:160]:
        for m in (*APOLOGIES_SENTENCE.finditer(view.text), *SENT_APOLOGIES.finditer(view.text)):
            if STILL_THERE.search(view.text[m.end() - 20 : m.end() + 120]):
                continue
            names = re.split(
                r"\b(?:for (?:lateness|late arrival|early|having)|due to|because|with|as well as)\b",
                m["names"],
            )[0]
            for p in people_in(_drop_substitutes(names), view.start + m.start("names")):
                if surname_key(p.name) not in present:
                    out.append(
                        PersonFact(
                            start=p.start,
                            end=p.end,
                            confidence=0.96 if p.sure else 0.75,
                            name=p.name,
                            title=p.title,
                            honours=p.honours,
                            status="apologies",
                            role=p.role,
                        )
                    )
    return out


def _listed_apologies(sheet: Sheet) -> list[PersonFact]:
    """Names alone under an item called apologies."""
    out: list[PersonFact] = []
    for view, after in zip(sheet.views[:60], sheet.views[1:61], strict=False):
        if (
            not is_one_of("attendance.apologies", re.sub(r"^\d{1,3}\.?\s+", "", view.body))
            or after.block.kind == "heading"
            or after.block.marker
        ):
            continue
        found = people_in(after.text, after.start)
        named = sum(len(p.name.split()) + len((p.title or "").split()) for p in found)
        if found and named >= 0.6 * len(re.sub(r"\band\b|,", " ", after.text).split()):
            out += [
                PersonFact(
                    start=p.start,
                    end=p.end,
                    confidence=0.93 if p.sure else 0.75,
                    name=p.name,
                    title=p.title,
                    honours=p.honours,
                    status="apologies",
                    role=p.role,
                )
                for p in found
            ]
    return out


def _drop_substitutes(text: str) -> str:
    """The same text with the substitutes' own names blanked out, offsets kept: they are there, not sorry."""

    def blank(m: re.Match[str]) -> str:
        return " " * len(m.group())

    text = re.sub(
        r",?\s*\(?\b(?:who\s+)?(?:was|were|is|being)\s+(?:substituted|replaced"
        r"|represented)\s+(?:for\s+)?by\s+(?:(?:Mr|Mrs|Ms|Dr|Cllr"
        r"|Councillor)\.?\s+)?(?:[A-Z][\w.'’-]*\s*){1,4}\)?",
        blank,
        text,
    )
    return re.sub(r"\((?:substitut|sub|replaced|represented|deput)[^)]*\)", blank, text, flags=re.I)


def _one_each(people: list[PersonFact]) -> list[PersonFact]:
    """The same person under the same status once; a roll's entry before a sentence's."""
    seen: set[tuple[str, str]] = set()
    out: list[PersonFact] = []
    for p in people:
        key = (re.sub(r"[^a-z]", "", p.name.lower()), p.status)
        if key not in seen:
            seen.add(key)
            out.append(p)
    return out


def _note_substitutes(sheet: Sheet, people: list[PersonFact]) -> list[PersonFact]:
    pairs: dict[str, str] = {}
    for view in sheet.views[:60]:
        for m in (*SUBSTITUTED_BY.finditer(view.text), *SUBSTITUTE_SENTENCE.finditer(view.text)):
            there, away = (
                strip_title(m["there"].strip())[1],
                re.split(r"\b(?:and|from|,)\s+", m["away"])[-1].strip(),
            )
            if is_person(m["there"]) and is_person(away):
                pairs[re.sub(r"[^a-z]", "", there.lower())] = strip_title(away)[1].strip(" .")
    return [
        replace(p, substitute_for=p.substitute_for or pairs.get(re.sub(r"[^a-z]", "", p.name.lower())))
        if p.status == "present"
        else p
        for p in people
    ]


def _note_remote(sheet: Sheet, people: list[PersonFact]) -> list[PersonFact]:
    """ "Ms L Game and Ms T Scott were in attendance virtually": matched to the roll by surname and first
    letter."""
    remote: set[tuple[str, str]] = set()
    for view in sheet.views[:60]:
        for m in REMOTE_SENTENCE.finditer(view.text):
            remote.update((surname_key(p.name), p.name[:1]) for p in people_in(m["names"]))
    return [
        replace(p, virtual=True)
        if p.status == "present" and (surname_key(p.name), p.name[:1]) in remote
        else p
        for p in people
    ]


# --- the front sheet's list of members ---

MEMBERSHIP = re.compile(
    r"^\W*(?:membership|committee membership|members(?: of the (?:committee|council|panel|board"
    r"|cabinet|sub-committee))?|councillors|the committee|committee members"
    r"|to:?\s*(?:the\s+)?members.*|conservative|labour|liberal democrats?|green(?: party)?"
    r"|independents?|reform(?: uk)?|co-?opted(?: members| representatives)?|church representatives"
    r"|parent governors?|substitute members)\s*(?:\(\d+\))?\s*(?P<sign>:|-|–|$)",
    re.I,
)


def find_seats(sheet: Sheet) -> list[SeatFact]:
    """The members that an agenda's front sheet lists, until its items begin."""
    if sheet.part.kind != "agenda":
        return []
    out: list[SeatFact] = []
    listing = False
    for view in sheet.views[:60]:
        if (
            view.block.marker
            and (view.block.kind == "heading" or view.block.marker.strip("().") == "1")
            and not _is_name_row(view)
        ):
            if listing and out:
                break
            listing = False
            continue
        m = MEMBERSHIP.match(view.text)
        if m:
            listing = True
        elif view.block.kind == "heading" or re.match(
            r"^(?:items on|agenda|quorum|contact|for (?:further|more)|if you)\b", view.text, re.I
        ):
            listing = listing and bool(people_in(view.text))
        if listing:
            out += _seats(sheet, view, m.end() if m else 0)
    return out


def _seats(sheet: Sheet, view: View, skip: int) -> Iterator[SeatFact]:
    lines = [(t, s) for t, s in _lines(sheet, view) if s + len(t) > view.start + skip]
    if skip and lines:
        text, start = lines[0]
        cut = max(0, view.start + skip - start)
        lines[0] = (text[cut:].lstrip(" :-–"), start + len(text) - len(text[cut:].lstrip(" :-–")))
    roll = Roll("membership", "present", "member", False, tuple((t, s) for t, s in lines if t))
    if not roll.lines or (
        not _is_list([t for t, _ in roll.lines])
        and not any(is_person(re.split(r"[,(]", t)[0]) for t, _ in roll.lines)
    ):
        return
    for p in _entries(roll):
        yield SeatFact(start=p.start, end=p.end, confidence=0.95, name=p.name, title=p.title, role=p.role)
