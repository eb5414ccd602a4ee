"""Who was there: lists under labels ("Present:", "Apologies", "Staff:"), sentences that add to them, officers
whom the text names; each person once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time

from extractors.cues.says import cues_for
from extractors.cues.says.people import OFFICES
from extractors.mentions.dates import times_in
from extractors.mentions.names import surname_key
from extractors.mentions.people import role_of
from extractors.reading.confidence import sure_of
from extractors.reading.doc import Sheet
from extractors.reading.facts import Capacity, PersonFact, Presence
from extractors.reading.understand.entries import Entry, entries_in, note_of
from extractors.reading.understand.labels import MEMBER_POST, STAFF_POST, Label
from extractors.reading.understand.list_pieces import STAFF_TITLE
from extractors.reading.understand.lists import VOTES, Roll, lists_in
from extractors.reading.understand.names_listed import ELECTED, ELECTED_WORD
from extractors.reading.understand.officers import named_officers
from extractors.reading.understand.own_members import ATTENDING, OF_ANOTHER, of_this_council
from extractors.reading.understand.same_person import AWAY, one_each
from extractors.reading.understand.seen import Seen
from extractors.reading.understand.told import letters_of, remote_in, substitutes_in, told_in

STATUSES: tuple[Presence, ...] = ("absent", "apologies", "present")
FEWEST_POSTS = 2
"""Members listed by their office ("Foss – Mayor", "Lund – Member"): whoever has another post is none."""
MOST = 0.6
"""Share of a list told by posts from which posts part nobody from the members."""
NOT_STAFF = re.compile(
    r"\b(?:students?|residents?|citizens?|public|reporters?|press|parents?|applicants?)\b(?!\s+(?:works|safety|health|services|affairs|information|relations|library|services))",
    re.I,
)
"""Whom brackets tell from the staff that they are listed with."""
OPEN = re.compile(r"also|other|in attendance|attend(?:ees|ing|ed|ance)", re.I)
IN_ATTENDANCE = re.compile(r"in attendance", re.I)
STOPS = re.compile(r"(?<=[a-z)]{2})\.\s+(?=[A-ZÀ-Þ])")
OFFICERS_TITLE = re.compile(r"(?:Superintendent|Supt\.?)", re.I)
SENTENCE = re.compile(
    r"(?:Also|Others?)\s+(?:present|in\s+attendance|attending)\b|[^.\n]{3,200}?\s(?:was|were)\s+(?:also\s+|both\s+|all\s+)?(?:present|in\s+attendance|absent|excused|not\s|unable)"
    r"|There\s+(?:was|were)\b|(?:An?\s+)?[Aa]polog(?:y|ies)\b|[^.\n]{3,60}?\s(?:called|opened|led|welcomed|declared|noted|gave|offered|announced|asked|accepted|approved|received|agreed"
    r"|resolved|moved|read|explained|advised|reported|thanked|had|has|would|will)\s",
)
INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,3}[a-z]?")
LETTERS_FIRST = re.compile(r"^[A-Z]{2,4},\s+(?=[A-Z])")
""" "(RH, Clerk)": the initials by which the minutes call somebody, before the post."""
AWAY_AT = re.compile(r"away\s", re.I)
CLERK = re.compile(r"(?:(?:parish|town|city|village|council)\s+)?clerk\b", re.I)
VOTED = re.compile(r"\w\s*[,:–—-]\s*(?:yea|aye|nay|yes|no)\b", re.I)
TITLES_OF_ALL = {
    "councillors": "Councillor",
    "cllrs": "Cllr",
    "crs": "Cr",
    "council members": "Council Member",
    "commissioners": "Commissioner",
    "trustees": "Trustee",
}
"""Labels that are the title of everybody under them."""


def read_roll(sheet: Sheet) -> list[PersonFact]:
    """Everybody on the part's rolls and in its apologies, each once a status, in the order of the page."""
    substitutes, remote = substitutes_in(sheet), remote_in(sheet)
    return [_fact(p, substitutes, remote) for p in seen_in(sheet)]


def seen_in(sheet: Sheet) -> list[Seen]:
    """The same people as the paper has them, from which list or sentence."""
    found: list[Seen] = []
    for roll in lists_in(sheet):
        found += _people(_among_others(roll) if any(p.capacity == "member" for p in found) else roll)
    found += told_in(sheet, found)
    found += named_officers(sheet, [p.name for p in found])
    return one_each(of_this_council(found))


def _among_others(roll: Roll) -> Roll:
    """After a list of members "Attending" alone is a label of others."""
    if ATTENDING.fullmatch(roll.label.text) and roll.label.capacity == "member":
        return replace(roll, label=replace(roll.label, capacity="officer"))
    return roll


def _list_itself(text: str) -> str:
    """The list without the sentences behind it that tell of others: "Foss. The Clerk was present."."""
    if vote := VOTES.search(text):
        text = text[: vote.start()]
    stop = next((m for m in STOPS.finditer(text) if SENTENCE.match(text, m.end())), None)
    return text[: stop.start()] if stop else text


def _people(roll: Roll) -> Iterator[Seen]:
    label = roll.label
    if len(VOTED.findall(roll.text)) > 1:
        return  # "Roll call: Foss, yea; Lund, nay"
    of_all = TITLES_OF_ALL.get(label.text.lower().removesuffix(" present"))
    listed = entries_in(_list_itself(roll.text), of_all)
    entries = [_with_posts(e) for e in listed]
    offices = sum(bool(e.post and MEMBER_POST.match(e.post)) for e in entries)
    by_office = offices >= max(FEWEST_POSTS, 0.35 * len(entries))
    elsewhere = [e for e in entries if e.post and OF_ANOTHER.match(e.post)]
    seated = sum(bool(e.post and ELECTED_WORD.match(e.post)) for e in entries) >= FEWEST_POSTS
    by_post = (
        len(entries) > 2
        and sum(map(_is_elected, entries)) < FEWEST_POSTS
        and sum(e.post is not None for e in entries) >= MOST * len(entries)
    )
    staff_from = _staff_behind(label, entries)
    for n, entry in enumerate(entries):
        told = {note for text in entry.notes if (note := note_of(text))}
        said: list[Presence] = [s for s in STATUSES if s in told]
        status = said[0] if said else "present" if told & {"arrived", "left"} else label.status
        if label.status == "apologies" and status == "absent" and any(AWAY_AT.match(n) for n in entry.notes):
            status = "apologies"  # a reason
        if status != "present" and "lateness" in told:
            continue
        if n >= staff_from:
            status = "present"
        post = label.text if label.gives == "post" and n == 0 and entry.post is None else entry.post
        led = of_all is not None and _post_leads(roll.text, entry)
        among = _clerk_among(roll.text, entry)
        entry = replace(entry, title=None if led or among else entry.title or of_all, post=post)
        capacity = _capacity(label, entry)
        elected = bool(entry.title and ELECTED.search(entry.title))
        if n >= staff_from or (label.capacity == "member" and among):
            capacity = "officer"
        elif label.capacity == "member" and seated and post and STAFF_TITLE.fullmatch(post):
            capacity = "officer"  # a treasurer among selectmen
        elif label.capacity == "member" and entry.post and OF_ANOTHER.match(entry.post):
            capacity = "other" if 2 * len(elsewhere) < len(entries) else "member"
        elif (
            label.capacity == "member" and by_office and post and not elected and not MEMBER_POST.match(post)
        ):
            place = listed[n].post is None and not STAFF_POST.search(
                post
            )  # "Ann Foss (Northfield)": for whom
            capacity = "member" if place or _stays(label, post, by_post=False) else "officer"
        elif label.capacity == "member" and capacity == "officer" and _stays(label, post, by_post):
            capacity = "member"
        yield Seen(
            entry,
            status,
            capacity,
            roll.at(entry.start),
            roll.at(max(entry.start, entry.end - 1)) + 1,
            label.text,
            role=_role(label) if n == 0 else None,
            virtual=label.gives == "remote",
        )


def _staff_behind(label: Label, entries: Sequence[Entry]) -> int:
    """From which entry on those below an absent member's name are the staff that was there, listed with their
    posts and no label of their own."""
    last = max((n for n, e in enumerate(entries) if _is_elected(e)), default=-1)
    if last < 0:  # nobody has a title: those before the first post
        last = next((n for n, e in enumerate(entries) if e.post and STAFF_POST.search(e.post)), 0) - 1
    rest = entries[last + 1 :]
    posts = sum(bool(e.post and STAFF_POST.search(e.post)) for e in rest)
    away = label.capacity == "member" and label.status in AWAY
    return last + 1 if away and last >= 0 and posts >= max(3, MOST * len(rest)) else len(entries)


def _is_elected(entry: Entry) -> bool:
    return bool(entry.title and ELECTED.search(entry.title))


def _clerk_among(text: str, entry: Entry) -> bool:
    """ "Cllrs A Foss (Chair), B Lund (Clerk)": the title is not the clerk's."""
    carried = entry.title is not None and not text[entry.start :].lstrip().startswith(entry.title[:2])
    return carried and bool(CLERK.match(entry.post or ""))


def _post_leads(text: str, entry: Entry) -> bool:
    """Whether an officer's post stands in front of the name in the line, below members under their label."""
    line = text[: entry.start].rpartition("\n")[2].strip(" \t:–—-")
    return bool(line) and line == entry.post and bool(STAFF_POST.search(line)) and not MEMBER_POST.match(line)


def _with_posts(entry: Entry) -> Entry:
    """The entry with what brackets say of a post told as its post."""
    entry = replace(entry, notes=tuple(LETTERS_FIRST.sub("", n) for n in entry.notes))
    posts = [n for n in entry.notes if note_of(n) is None and not INITIALS.fullmatch(n) and not n.isdigit()]
    notes = tuple(n for n in entry.notes if n not in posts)
    told = ", ".join([*posts, *([entry.post] if entry.post else [])]) if posts else entry.post
    return replace(entry, post=told, notes=notes)


def _stays(label: Label, post: str | None, by_post: bool) -> bool:
    """Who is listed with a post and yet a member: a township's elected clerk, or a board of people who are
    all told by their posts elsewhere."""
    if "member" in label.text.lower() and re.fullmatch(r"clerk|treasurer|secretary", post or "", re.I):
        return True
    return by_post and not re.search(r"\bclerk\b|secretary|minutes?\b|\bto\s+the\b", post or "", re.I)


def _role(label: Label) -> str | None:
    """What a label says that its one person is."""
    return "Chair" if label.gives == "Chair" else label.text.capitalize() if label.gives == "office" else None


def _capacity(label: Label, entry: Entry) -> Capacity:
    """A post or title settles what a label leaves open."""
    elected = bool(entry.title and ELECTED.search(entry.title))
    staff = bool(entry.post and STAFF_POST.search(entry.post) and not MEMBER_POST.match(entry.post))
    staff = staff or bool(entry.title and OFFICERS_TITLE.fullmatch(entry.title))
    if label.capacity == "member":
        return "officer" if staff and not elected else "member"
    if elected and _said_of("substitute", entry):
        return "member"
    if label.capacity == "other":
        if elected and label.gives == "remote":
            return "member"
        return "officer" if staff and not elected and not label.text.lower().startswith("guest") else "other"
    if entry.post and NOT_STAFF.search(entry.post):
        return "other"
    if elected or (
        OPEN.match(label.text) and not staff and (entry.post or not IN_ATTENDANCE.match(label.text))
    ):
        return "other"
    return "officer"


def _fact(p: Seen, substitutes: dict[str, str], remote: set[tuple[str, str]]) -> PersonFact:
    """All that is told of the person: office, post, substitute, by video, when they came and left."""
    entry = p.entry
    role, post = role_of(re.split(r",\s+(?=[A-Z])", entry.post, maxsplit=1) if entry.post else [])
    office = _office(entry.title)
    there = p.status == "present"
    guest = p.capacity == "other" and post and not STAFF_POST.search(post)
    return PersonFact(
        start=p.start,
        end=p.end,
        confidence=sure_of("listed" if p.listed else "told", 1.0, bool(entry.title or entry.post)),
        name=entry.name,
        title=entry.title,
        honours=entry.honours,
        status=p.status,
        capacity=p.capacity,
        role=role or p.role or office,
        job_title=None if guest else post,
        organisation=post if guest else None,
        substitute_for=_substitute(entry) or (substitutes.get(letters_of(p.name)) if there else None),
        virtual=True if p.virtual or _is_remote(p, remote) else None,
        arrived=_time_of("arrived", entry),
        left=_time_of("left", entry),
    )


def _office(title: str | None) -> str | None:
    """ "Mayor": the title is an office, and so a role."""
    return title if title and re.match(rf"(?:the\s+)?{OFFICES}", title) else None


def _said_of(what: str, entry: Entry) -> re.Match[str] | None:
    """The first note that says so."""
    return next(
        (m for note in entry.notes for c in cues_for(f"note {what}", note) if (m := c.look.search(note))),
        None,
    )


def _substitute(entry: Entry) -> str | None:
    m = _said_of("substitute", entry)
    return m["name"].strip(" .") if m and m["name"] else None


def _is_remote(p: Seen, remote: set[tuple[str, str]]) -> bool:
    if p.status != "present":
        return False
    return _said_of("remote", p.entry) is not None or (surname_key(p.name), p.name[:1]) in remote


def _time_of(what: str, entry: Entry) -> time | None:
    m = _said_of(what, entry)
    return next((t[0] for t in times_in(m.group())), None) if m else None
