"""Who was there and who was not, told in sentences: apologies, absences, late arrivals, a roll in prose,
substitutes and who came by video."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors.cues.says import Cue, cues_for
from extractors.mentions.names import is_person, strip_title, surname_key
from extractors.reading.doc import Sheet, View
from extractors.reading.facts import Capacity, Presence
from extractors.reading.understand.entries import Entry, entries_in, note_of
from extractors.reading.understand.labels import MEMBER_POST, STAFF_POST
from extractors.reading.understand.list_pieces import STAFF_TITLE
from extractors.reading.understand.names_listed import ELECTED
from extractors.reading.understand.seen import Seen

APOLOGIES_WITHIN = 180
"""Blocks of the opening in which apologies are looked for."""
NOTES_WITHIN = 60
"""Blocks of the opening in which sentences tell of substitutes and who came by video."""
ROLL_WITHIN = 25
"""Blocks of the opening in which sentences tell who was there."""
STILL_THERE = re.compile(
    r"\b(?:but|although|however)\b.{0,40}\b(?:attending|attended|present|joined)\b", re.I
)
REASON = re.compile(
    r"\b(?:who|in\s+respect\s+of|be\s+(?:accepted|received|noted|granted|sustained|approved)|from\s+the\s+meeting"
    r"|for\s+(?:absence|the\s+meeting|lateness|late\s+arrival|early|having)|due\s+to|because|with(?!\s+(?:Cllr|Mr))|as\s+well\s+as"
    r"|and\s+(?:it\s+was|these|their)|were\s+|was\s+)\b.*$",
    re.I | re.S,
)
FOR_LATENESS = re.compile(
    r"(?<=\bapologies\s)for\s+(?:lateness|late\s+arrival|early\s+departure)\s+(?:from|by)\s[^.;]*?\sand\s+(?=for\s+(?:absence|non-attendance)\b)",
    re.I,
)
""" "Apologies for lateness from Foss and for absence from Lund": the first was there."""
AND_ABSENT = re.compile(r"\s+for\s+(?:absence|non-attendance)\s+and\s+(?!for\b)", re.I)
LATE = re.compile(r"(?:^|,)[^,]*?(?<!and\s)\bfor\s+(?:lateness|late\s+arrival|early\s+departure)\b", re.I)
""" "Foss for non-attendance and Lund for lateness": the second was there."""
SUBSTITUTE = re.compile(
    r"\((?:substitut|sub|replaced|represented|deput)[^)]*\)"
    r"|,?\s*\(?\b(?:who\s+)?(?:was|were|is|being)\s+(?:substituted|replaced|represented)\s+(?:for\s+)?by\s+"
    r"(?:(?:Mr|Mrs|Ms|Dr|Cllr|Councillor)\.?\s+)?(?:[A-Z][\w.'’-]*\s*){1,4}\)?"
)
TELLS = re.compile(
    r"apolog|regret|absent|excused|arrived|joined|entered|present|attend|chair|presid|\babl|unable|\border\b|opened"
    r"|welcomed|meeting\s+open",
    re.I,
)
"""Words without which no sentence tells who was there: the cues are slower to try."""
INSTEAD = re.compile(r"substitut|replaced|represented|deputis", re.I)
BY_VIDEO = re.compile(r"virtual|remote|online|video|teams|zoom|phone", re.I)
ALSO = re.compile(r"also|staff|other|officer|official|together|along|as\s+well|accompanied", re.I)
ALL_BUT = "all present except X"
STAFF = re.compile(r"staff|officers?\b|officials?\b", re.I)
BEGINS = re.compile(r"\W*(?:and\s+)?(?:with\s+)?", re.I)
NAMES_RUN_ON = re.compile(
    r"(?i:\b(?:apolog|regrets|present\b|absent\b))[^.]*"
    r"(?:,\s+(?:[A-Z]\.?\s*)+|,|\band|&|\b(?:Mrs?|Ms|Miss|Dr|Cllrs?|Councillors?)\.?)$"
)
""" "Apologies were received from Councillors A Foss, N J" at the end of a block."""
AWAY = re.compile(r";[^;]*\b(?:was|were)\s+(?:absent|excused|not)\b.*$", re.I | re.S)
FEWEST_SURNAMES = 3
OF_MEMBERS = re.compile(
    r"\b(?:members?|council\w*|commission\w*|trustees|directors|supervisors|board|roll|quorum)\b[^.]*\b(?:present|attendance|answer\w*)\b"
    r"|\b(?:present|attendance)\b[^.]*\b(?:members?|council\w*|commission\w*|trustees|directors|supervisors)\b",
    re.I,
)
""" "Members present were Foss and Lund."."""
OF_SOMEBODY = re.compile(
    r"(?:his|her|their|its|the\s+(?:applicant|petitioner|owner|developer)[’']?s?)\b", re.I
)
""" "His attorney": nobody of the council's."""
OPENERS = ("X opened the meeting", "the meeting was opened by X")
NO_SUBJECT = re.compile(
    r"\b(?:that|which|if|when|whether|reported|stated|said|asked|noted|advised|abstain\w*|voted|motion|they)\b",
    re.I,
)
"""Words of a sentence that tells of something else."""


class Passage(NamedTuple):
    """Words to read and where in the sheet they begin."""

    text: str
    start: int


def told_in(sheet: Sheet, listed: Sequence[Seen]) -> Iterator[Seen]:
    """Everybody whom sentences tell of and no list."""
    there = {p.name.lower() for p in listed if p.status == "present"}
    surnames = {surname_key(p.name) for p in listed}
    members = any(p.status == "present" and p.capacity == "member" for p in listed)
    for n in range(min(len(sheet.views), APOLOGIES_WITHIN)):
        view = _passage(sheet, n)
        if not TELLS.search(view.text):
            continue
        for cue in cues_for("roll told apologies", view.text):
            yield from _sorry(view, cue)
        if n >= ROLL_WITHIN:
            continue
        for cue in cues_for("roll told absent", view.text):
            yield from (p for m in cue.look.finditer(view.text) for p in _people(m, view, "absent", cue.name))
        for cue in cues_for("roll told arrived", view.text):
            for m in cue.look.finditer(view.text):
                for p in _people(m, view, "present", cue.name, note=f"arrived{m['note']}"):
                    if p.entry.title and p.name.lower() not in there:
                        yield p
        for p in _present(view, members):
            opener = p.label in OPENERS
            if not opener or (
                p.entry.title and p.capacity == "member" and surname_key(p.name) not in surnames
            ):
                yield p


def _passage(sheet: Sheet, n: int) -> Passage:
    """A block's text, with the next one's where a list of names runs on from it."""
    view = sheet.views[n]
    if n + 1 < len(sheet.views) and NAMES_RUN_ON.search(view.text):
        return Passage(f"{view.text} {sheet.views[n + 1].text}", view.start)
    return Passage(view.text, view.start)


def _sorry(view: Passage, cue: Cue) -> Iterator[Seen]:
    for m in cue.look.finditer(FOR_LATENESS.sub(lambda late: "·" * len(late.group()), view.text)):
        if not STILL_THERE.search(view.text[max(0, m.end() - 20) : m.end() + 120]):
            yield from _people(m, view, "apologies", cue.name)


def _present(view: Passage, members: bool) -> Iterator[Seen]:
    """ "Commissioners Foss and Lund were present"; members only where no list has them."""
    for cue in (*cues_for("roll told chair", view.text), *cues_for("roll told present", view.text)):
        for m in cue.look.finditer(view.text):
            if NO_SUBJECT.search(m["names"]) or m["names"].isupper():
                continue
            who = (m.groupdict().get("who") or "") + m["names"][:6]
            also, staff = bool(ALSO.search(who)), bool(STAFF.search(who))
            chair = cue.act.endswith("chair")
            for p in _people(m, view, "present", cue.name, also=also, role="Chair" if chair else None):
                p = replace(p, capacity="officer") if staff and _may_be_staff(p) else p
                if p.capacity == "officer" or chair or not members:
                    yield p


def _blank(m: re.Match[str]) -> str:
    return " " * len(m.group())


def _comma(m: re.Match[str]) -> str:
    return f"{',':<{len(m.group())}}"


def _may_be_staff(p: Seen) -> bool:
    """Whoever "staff present were" names and is no member by title."""
    return p.capacity == "other" and not (p.entry.title and ELECTED.search(p.entry.title))


def _people(
    m: re.Match[str],
    view: Passage,
    status: Presence,
    label: str,
    *,
    note: str | None = None,
    also: bool = False,
    role: str | None = None,
) -> Iterator[Seen]:
    if status == "absent" and NO_SUBJECT.search(m["names"]):
        return
    names = SUBSTITUTE.sub(lambda s: " " * len(s.group()), m["names"])
    if status == "apologies":
        names = LATE.sub(_blank, AND_ABSENT.sub(_comma, names))
    names = AWAY.sub("", names) if status == "present" else names
    found = entries_in(REASON.sub("", names))
    lone = len(found) >= FEWEST_SURNAMES and status == "present"  # "Present were: Bell, Carr and Dunn"
    for e in found:
        if not (e.title or e.post or len(e.name.split()) > 1 or lone or label == ALL_BUT):
            continue
        if status == "absent" and not _is_of_roll(e, m, view):
            continue
        start = view.start + m.start("names")
        entry = Entry(
            e.name, e.title, e.post, e.start, e.end, (*e.notes, *([note] if note else [])), e.honours
        )
        away = any(note_of(note) == "absent" for note in e.notes)
        yield Seen(
            entry,
            "absent" if away else status,
            _capacity(e, also=also),
            start + e.start,
            start + e.end,
            label,
            role=role,
            listed=False,
        )


def _is_of_roll(entry: Entry, m: re.Match[str], view: Passage) -> bool:
    """Whether somebody absent is a member of the body: has a member's title, or is told where the members
    are; "Dr Reed was absent" within prose of other business is nobody's roll."""
    if entry.title and ELECTED.search(entry.title):
        return True
    return bool(BEGINS.fullmatch(view.text[: m.start("names")])) or bool(OF_MEMBERS.search(view.text))


def _capacity(entry: Entry, *, also: bool) -> Capacity:
    elected = bool(entry.title and ELECTED.search(entry.title))
    staff = bool(
        entry.post
        and STAFF_POST.search(entry.post)
        and not OF_SOMEBODY.match(entry.post)
        and (not MEMBER_POST.match(entry.post) or (also and STAFF_TITLE.fullmatch(entry.post)))
    )
    if elected:
        return "other" if also else "member"
    return "officer" if staff else "other" if also else "member"


def _that_say(look: re.Pattern[str], sheet: Sheet) -> Iterator[View]:
    return (view for view in sheet.views[:NOTES_WITHIN] if look.search(view.text))


def substitutes_in(sheet: Sheet) -> dict[str, str]:
    """Whom somebody stood in for, by the letters of their own name."""
    pairs: dict[str, str] = {}
    for view in _that_say(INSTEAD, sheet):
        for cue in cues_for("roll told substitute", view.text):
            for m in cue.look.finditer(view.text):
                there = strip_title(m["there"].strip())[1]
                away = re.split(r"\b(?:and|from|,)\s+", m["away"])[-1].strip()
                if is_person(m["there"]) and is_person(away):
                    pairs[letters_of(there)] = strip_title(away)[1].strip(" .")
    return pairs


def remote_in(sheet: Sheet) -> set[tuple[str, str]]:
    """Who came by video, as (surname, first letter)."""
    found: set[tuple[str, str]] = set()
    for view in _that_say(BY_VIDEO, sheet):
        for cue in cues_for("roll told remote", view.text):
            for m in cue.look.finditer(view.text):
                found.update((surname_key(e.name), e.name[:1]) for e in entries_in(m["names"]))
    return found


def letters_of(name: str) -> str:
    """A name's letters, to compare printings."""
    return re.sub(r"[^a-z]", "", name.lower())
