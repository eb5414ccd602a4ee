"""Officers whom the text names with their post while they act, and who signs as clerk or secretary."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractors.cues.says import cues_for
from extractors.cues.says.people import GIVEN, OFFICER
from extractors.layout.reading_order import segments
from extractors.mentions.names import is_role_word, surname_key
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.understand.entries import Entry
from extractors.reading.understand.labels import labels_in
from extractors.reading.understand.names_listed import (
    ELECTED,
    common_words,
    is_lone_name,
    is_name,
    split_title,
)
from extractors.reading.understand.seen import Seen

END = 14
"""Blocks at the end of minutes in which somebody signs."""
OF_COUNCILS = re.compile(
    r"(?:clerk|superintendent|administrator|manager|recorder|solicitor|cao|sheriff|undersheriff|assessor|sanitarian|(?:clerk|treasurer|administrator|manager)/\w+)$",
    re.I,
)
"""Posts that are a council's though nothing says of what."""
OF_A_COUNCIL = re.compile(
    r"\b(?:city|town|village|county|parish|borough|township|district|municipal|public|police|fire|finance|planning)\b",
    re.I,
)
""" "City Attorney": a post that says so is a council's, and a surname is enough."""
OWN_LETTERS = frozenset({"DES", "EMS", "EMA", "CAO", "CEO", "CFO", "COO", "DPW", "III", "GIS"})
"""Letters in a council's own posts; others are of somebody else: "PSBA Executive Director"."""
SIGN = re.compile(r"^\W*(?:/?s/|\(?signed\)?:?)\s*", re.I)
CLOSING = re.compile(rf"^(?P<post>{OFFICER})\b.{{0,40}}$")
QUALIFIED = re.compile(r"^(?P<name>[^,]{5,40}),\s*(?:R\.?M\.?C|C\.?M\.?C|M\.?M\.?C|CPM|CiLCA)\b.{0,20}$")
""" "Ann Foss, CMC": letters that only clerks have."""
SIGNED = (
    re.compile(rf"(?P<name>{GIVEN}(?:\s+[A-Z]\.?|\s+[A-ZÀ-Þ][\w’'-]+)?),?\s+(?P<post>{OFFICER})"),
    re.compile(rf"(?P<post>{OFFICER})\s*:?\s+(?P<name>{GIVEN}(?:\s+[A-Z]\.?|\s+[A-ZÀ-Þ][\w’'-]+)?)"),
)
"""A line at the end that is a name and a post and nothing else."""
TWO = re.compile(rf"(?P<post>{OFFICER})\s+(?P<name>{GIVEN})\s+and\s+(?P<last>.+)$")
""" "Superintendent Ann Foss and Business Manager" before "Bo Lund"."""
SENTENCES = re.compile(r"[a-z]{3}\.\s")
SIGNED_SO = "signed with post"
MIND = re.compile(
    r"\b(?:Manager|Director|Officer|Attorney|Clerk|Chief|Engineer|Planner|Administrator|Secretary|Treasurer|Counsel|Solicitor"
    r"|Superintendent|Coordinator|Recorder|Advis[eo]r|Specialist|Captain|Lieutenant|Sergeant|Assessor|Librarian|Inspector|Appraiser|Sanitarian|Warden|Master|[Ss]heriff)\b"
)
"""Words without which no sentence names an officer: the cues are slower to try."""


def named_officers(sheet: Sheet, known: Sequence[str] = ()) -> Iterator[Seen]:
    """Officers whom the text names with their post and nobody `known` is: "Jo Foss" may be the roll's "Joanne
    Foss", a surname alone anybody of that surname."""
    there = {(surname_key(name), name[:1]) for name in known}
    found = _named(sheet, {surname for surname, _ in there})
    return (p for p in found if p.name in known or (surname_key(p.name), p.name[:1]) not in there)


def _named(sheet: Sheet, surnames: set[str]) -> Iterator[Seen]:
    views = sheet.views
    for n, view in enumerate(views):
        if MIND.search(view.text):
            yield from _acting(view, surnames)
        if n > len(views) - END:
            yield from _signing(sheet, view, views[n + 1] if n + 1 < len(views) else None, surnames)


def _acting(view: View, surnames: set[str]) -> Iterator[Seen]:
    for cue in cues_for("officer acts", view.text):
        for m in cue.look.finditer(view.text):
            title, name = split_title(m["name"])
            if SENTENCES.search(name):
                continue
            if other := TWO.match(m["post"]):
                at = view.start + m.start("post") + other.start("name")
                yield from _other(other, at, surnames)
                yield from _other(m, view.start + m.start("name"), surnames, other["last"])
                continue
            post, given = (m["post"], "") if title else _given_apart(m["post"], name)
            name = f"{given} {name}".strip()
            if _is_officer(name, post, surnames):
                start, end = (
                    view.start + m.start("name") - len(given) - bool(given),
                    view.start + m.end("name"),
                )
                yield _officer(Entry(name, title, post, start, end), "named with post")


def _other(m: re.Match[str], at: int, surnames: set[str], post: str | None = None) -> Iterator[Seen]:
    """One of two officers who act together, each with a post."""
    post, given = _given_apart(post or m["post"], m["name"])
    name = f"{given} {m['name']}".strip()
    if _is_officer(name, post, surnames):
        start = at - len(given) - bool(given)
        yield _officer(Entry(name, None, post, start, start + len(name)), "named with post")


def _given_apart(post: str, name: str) -> tuple[str, str]:
    """ "Director of Public Works Ann" before "Foss": the post, and the given name that it swallowed."""
    words = post.split()
    last = words[-1]
    lone = is_lone_name(name) and len(words) > 2 and last[:1].isupper() and not last.isupper()
    if not lone or is_role_word(last) or last.lower() in common_words() or not is_name(f"{last} {name}"):
        return post, ""
    return " ".join(words[:-1]), last


def _signing(sheet: Sheet, view: View, after: View | None, surnames: set[str]) -> Iterator[Seen]:
    """Who signs: "Respectfully submitted, Ann Foss", a name above its post, a name with a clerk's letters."""
    lines = [*sheet.lines(view), *(sheet.lines(after) if after else ())]
    below = {line.start: after.text.strip() for line, after in itertools.pairwise(lines)}
    for cue in cues_for("officer signs", view.text):
        for text, at in ((view.text, view.start), *((line.text, line.start) for line in sheet.lines(view))):
            for m in cue.look.finditer(text):
                title, name = split_title(m["name"])
                if is_name(name) and surname_key(name) not in surnames:
                    post = m["post"] or (p["post"] if (p := CLOSING.match(below.get(at, ""))) else None)
                    yield _officer(
                        Entry(name, title, post, at + m.start("name"), at + m.end("name")), "signed"
                    )
    for line in lines:
        m = QUALIFIED.match(line.text.strip(" _"))
        if m and is_name(m["name"]):
            yield _officer(Entry(m["name"], None, None, line.start, line.end), "signed")
        yield from _in_columns(line, surnames)
    for line, below in itertools.pairwise(lines):
        text = SIGN.sub("", line.text).strip(" ,_")
        if len(segments(line.words)) > 1:
            continue  # two who sign side by side
        if CLOSING.match(below.text.strip()) and is_name(text) and not labels_in(text, None, heading=True):
            yield _officer(Entry(text, None, below.text.strip(), line.start, line.end), "signed")


def _in_columns(line: LineView, surnames: set[str]) -> Iterator[Seen]:
    """Who signs with a post and nothing else in the line, or in a column of it."""
    columns = [" ".join(w.text for w in column) for column in segments(line.words)]
    tried = [(text, SIGNED) for text in columns] + [(line.text, SIGNED[1:])] * (len(columns) > 1)
    for text, looks in tried:
        m = next((m for look in looks if (m := look.fullmatch(text.strip(" _.")))), None)
        if m and _is_officer(m["name"], m["post"], surnames):
            at = line.start + max(0, line.text.find(m["name"]))
            yield _officer(Entry(m["name"], None, m["post"], at, line.end), SIGNED_SO)


def _officer(entry: Entry, label: str) -> Seen:
    return Seen(entry, "present", "officer", entry.start, entry.end, label, listed=False)


def _is_officer(name: str, post: str, surnames: set[str]) -> bool:
    """The post is a council's; the name has no common word, and is one in full, or a surname that nobody on
    the roll has."""
    if ELECTED.search(post) or any(w.isupper() and w not in OWN_LETTERS for w in re.findall(r"\w{3,}", post)):
        return False
    bare = bool(OF_COUNCILS.fullmatch(post))
    if is_lone_name(name):
        return (bare or bool(OF_A_COUNCIL.search(post))) and surname_key(name) not in surnames
    if not is_name(name, after_post=True) or not (" " in post or bare):
        return False
    return not any(w.strip(".").lower() in common_words() for w in name.split()[:-1])
