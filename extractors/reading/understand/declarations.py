"""Interests declared: in sentences, in lists and tables under a heading about interests, by who recused
themselves; each person once an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.cues.says import Cue, cues_for
from extractors.cues.says.people import NAMES, OFFICES, TITLES
from extractors.mentions.names import surname_key
from extractors.reading.facts import InterestKind, PersonFact
from extractors.reading.segments import Segment
from extractors.reading.understand.entries import Entry, entries_in
from extractors.reading.understand.names_listed import is_lone_name, is_name

TELLS = re.compile(
    r"interest|conflict|declar|disclos|recus|disqualif|ex[- ]?parte"
    r"|\bdpi|abstain|no part|not (?:vote|take)|left the"
    r"|stepped (?:down|aside)|withdrew",
    re.I,
)
"""Words without which no sentence outside of a list declares anything: the cues are slower to try."""
HEADING = re.compile(
    r"(?:declar|disclos|notif|indicat|statement|register|regist|member|conflict)\w*[^.]{0,70}\binterests?\b"
    r"|\binterests?\b[^.]{0,40}\b(?:declar|disclos)\w*|\bpecuniary\b|\bconflicts?\b|\brecus(?:al|e)"
    r"|\bex[- ]?parte\b|^\W*(?:[\d.]+\s*)?(?:declarations?|disclosures?|interests)\W*$",
    re.I,
)
"""A heading under which interests are declared."""
NOT_OF_INTERESTS = re.compile(
    r"\bopen(?:ing|ed)?\b|\boffice\b|\bacceptance\b|\bresults?\b|\bvacan|\bclimate\b", re.I
)
NO_NAME = re.compile(r"\b(?:nil|none|interests?|items?)\b", re.I)
NOTHING = re.compile(
    r"^\W*(?:none|nil|n/a)\b|\b(?:no|not any)\b[^.]{0,60}\b(?:interests?|declar\w+|disclos\w+|conflicts?)\b"
    r"|\bthere (?:were|was) (?:no|none)\b|:\s*(?:none|nil)\b",
    re.I,
)
"""Where that is said, no list follows."""
TIE = re.compile(
    r"\b(?:interests?|conflicts?|items?|minutes?|pecuniary|personal|prejudicial|financial|dpis?|oris?|nris?"
    r"|recus\w+|application|because"
    r"|due to|member of|trustee|governor|director of|employ\w+|owns?|owner|tenant"
    r"|neighbou?r|friend|relative|resident|spouse"
    r"|as (?:an?|the|s?he|they|his|her|their))\b|\d\.\d|\d{2}/\d{3,5}",
    re.I,
)
"""What an entry of a list under a heading about interests says of the interest."""
REACHES = 30
"""Segments for which a heading about interests holds, at most."""
IN_ITEM = re.compile(
    r"\b(?:agenda\s+)?(?:items?|minutes?|articles?|report)\s*(?:nos?\.?|numbers?|#)?\s*(?P<items>(?:{N}"
    r"(?:\s*(?:,|&|and|,\s*and)\s*(?={N}))?)+)".replace(
        "{N}",
        r"(?:[A-Z]{1,5}\d{1,4}[/.-]\d{1,4}|[A-Z]{0,4}/?\d{2,4}/\d{1,4}(?:[/-]\d\d)?"
        r"|\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?(?:\([0-9a-z]{1,3}\))?|[A-Z]\.?-?\d{1,2}\b)(?![\w:])",
    ),
    re.I,
)
REFERENCE = re.compile(
    r"\b(?:in|on|for|to)\s+(?P<items>\d{1,2}(?:\.\d{1,2}){1,3}|[A-Z]{2,5}\d{1,4}/\d{1,4})\b"
)
"""An item by its number alone: "in 9.2", "in DCD1/13"."""
BESIDE = re.compile(r"\W*(?P<item>\d{1,2}(?:\.\d{1,2}){1,3})(?=\s)")
EACH = re.compile(r"[A-Z]{0,5}/?\d[\w/.()-]*|[A-Z]\.?-?\d{1,2}", re.I)
LEFT = re.compile(
    r"\b(?:left|withdrew|withdraw|vacated?|retired|absented|leave|leaving|exited|stepped\s+(?:out|down|away))\b[^.]{0,60}\b(?:meeting|room"
    r"|chambers?|table|hall|discussion|item|voting|seat|dais|gallery|zoom|call)\b|\btook?\s+no\s+part\b"
    r"|\b(?:did|would|will|had|shall)\s+not\s+(?:participate|take\s+(?:any\s+)?part|vote)\b|\bwas\s+not\s+in\s+the\s+room\b"
    r"|\brecus(?:ed|ing|e)\b|\bstepped\s+(?:down|aside)\b|\bwithdrew\b",
    re.I,
)
STAYED = re.compile(r"\b(?:remained|stayed|remain|stay)\b(?!\s+outside)", re.I)
ASIDE = re.compile(rf"\s*,\s*(?P<names>{NAMES})\s*,")
MOST_OF_TOPIC = 12
"""Words of what somebody of a list has an interest in, where no word of interests is among them."""
SAME_MATTER = 25
"""Segments within which a person who declared speaks of the same interest, unless another item is named."""
GOES_ON = re.compile(r"^(?:s?he|they|the\s+(?:councillor|member|mayor|chair)\w*|(?:both|all)\s)\b", re.I)
"""A sentence about who was named in the one before."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """An interest that `name` declared, told in segment `at`; `items` are the items named with it. `again`
    where the sentence only reminds of it; `listed` in a list under a heading; `known` on the roll."""

    name: str
    title: str | None
    kind: InterestKind
    text: str
    start: int
    end: int
    at: int
    cue: str
    items: tuple[str, ...] = ()
    left: bool | None = None
    again: bool = False
    listed: bool = False
    known: bool = False


def read_declarations(
    segments: Sequence[Segment], is_head: Callable[[int], bool], roll: Sequence[PersonFact]
) -> list[Declaration]:
    """The declarations of minutes in the order of the page. `is_head` says which segments head business."""
    known = {surname_key(p.name) for p in roll}
    initials = {"".join(w[0] for w in re.split(r"[\s.-]+", p.name) if w[:1].isupper()) for p in roll}
    out: list[Declaration] = []
    until = -1  # the last segment that the heading about interests holds for
    told = -1  # the last heading about interests or entry below it
    for i, s in enumerate(segments):
        heads = _heads(s, is_head(i)) and not (i <= until and _is_listed(s))
        if heads:
            until = i + REACHES if is_about_interests(s.text) else -1
            told = i if until > i else -1
        here = i <= until
        if not (TELLS.search(s.text) or here) or s.text.rstrip().endswith("?"):
            continue
        if here and NOTHING.search(s.text):
            until = i
        opened = here and i > 0 and segments[i - 1].text.rstrip().endswith(":")
        for m, cue in _cues(s, heads=heads, here=here, opened=opened):
            beside = f"{s.text[m.end('names') :]} {s.text[: m.start('names')]}"
            if cue.act == "interest listed" and not TIE.search(beside if m["names"] else s.text):
                if told != i - 1 or not _is_topic_of(m, known):
                    continue
            if cue.act == "interest listed":
                told = i
            for entry in _people(m, roll):
                if not _is_somebody(entry, known, initials, here=here):
                    continue
                out.append(_declaration(entry, m, cue, segments, i, known))
    return _one_each(out)


def _is_topic_of(m: re.Match[str], known: set[str]) -> bool:
    """ "Mrs. J Sharp – Grass Cutting": somebody of the roll and a few words of what the interest is in."""
    what = m.string[m.end("names") :]
    dash = re.match(r"\s*[–—-]\s+[A-Z]", what)
    return bool(dash) and len(what.split()) <= MOST_OF_TOPIC and surname_key(m["names"]) in known


def _heads(s: Segment, item: bool) -> bool:
    return (
        item or s.view.block.kind == "heading" or (s.first and (s.bold or s.capitals) and len(s.text) < 160)
    )


def _is_listed(s: Segment) -> bool:
    """An entry of a list of interests, though it is numbered like a heading."""
    return any(c.look.search(s.text) for c in cues_for("interest listed", s.text))


def is_about_interests(text: str) -> bool:
    """Whether a heading is one under which interests are declared."""
    return bool(HEADING.search(text)) and not NOT_OF_INTERESTS.search(text)


def _cues(s: Segment, *, heads: bool, here: bool, opened: bool) -> Iterator[tuple[re.Match[str], Cue]]:
    """The first cue that reads the segment, wherever it reads it. `opened`: it stands after a colon."""
    acts = ["interest again", "interest told"]
    if here:
        acts += ["interest heard", "interest listed", *(["interest alone"] if opened else [])]
    elif TELLS.search(s.text) and is_about_interests(s.text.partition(":")[0]):
        acts += ["interest listed"]
    if heads and not re.search(r"[a-z]\s*\.\s*$|:\s*\S|interests?\s+[–—-]\s+\S", s.text, re.I):
        return
    for act in acts:
        for cue in cues_for(act, s.text):
            if found := list(cue.look.finditer(s.text)):
                yield from ((m, cue) for m in found)
                yield from (
                    (m, c) for c in cues_for("interest also", s.text) for m in c.look.finditer(s.text)
                )
                return


def _people(m: re.Match[str], roll: Sequence[PersonFact]) -> list[Entry]:
    """Who declares; an office is whoever is named with it, or holds it on the roll."""
    names = m["names"]
    if re.fullmatch(r"[A-Z]{2,3}(?:\W+(?:and\s+)?[A-Z]{2,3})*", names.strip()):
        return [Entry(x, None, None, 0, 0) for x in re.findall(r"[A-Z]{2,3}", names)]
    if re.fullmatch(rf"(?:the\s+)?(?:{OFFICES})", names.strip(), re.I):
        if (aside := ASIDE.match(m.string, m.end("names"))) and (found := entries_in(aside["names"])):
            return found
        office = names.strip().lower().removeprefix("the ")
        held = [p for p in roll if p.status == "present" and (p.role or p.title or "").lower() == office]
        return [Entry(p.name, p.title, None, 0, 0) for p in held] if len(held) == 1 else []
    title = re.search(rf"(?-i:\b(?:{TITLES})\s+(?=[A-ZÀ-Þ]))", names)
    found = entries_in(names)
    if title and title.start() and not (found and found[0].title):  # "under the Act, Cr Foss"
        found = entries_in(names[title.start() :])
    return found


def _is_somebody(e: Entry, known: set[str], initials: set[str], *, here: bool) -> bool:
    """A name in full, one with a title, one on the roll, or initials of somebody on it."""
    if any(c.isdigit() for c in e.name) or NO_NAME.search(e.name):
        return False
    if re.fullmatch(r"[A-Z]{2,3}", e.name):
        return e.name in initials or bool(e.title) or here
    if e.title or surname_key(e.name) in known:
        return True
    return is_name(e.name) or (here and is_lone_name(e.name))


def _declaration(
    e: Entry, m: re.Match[str], cue: Cue, segments: Sequence[Segment], at: int, known: set[str]
) -> Declaration:
    s = segments[at]
    after = next((x for x in segments[at + 1 : at + 2] if GOES_ON.match(x.text)), None)
    left = LEFT.search(s.text) or (LEFT.search(after.text) if after else None)
    stayed = STAYED.search(s.text) or (STAYED.search(after.text) if after else None)
    said = m.groupdict()
    start = m.start() if cue.act == "interest told" else m.start("names") if cue.act == "interest also" else 0
    return Declaration(
        e.name,
        e.title,
        kind_of(f"{said.get('kind') or ''} {said.get('what') or ''} {s.text[m.end() : m.end() + 60]}"),
        s.text,
        s.start,
        s.end,
        at,
        cue.name,
        items=items_named(s.text[start:]) or items_named(s.text[:start]) or _item_beside(m, cue),
        left=True if left and cue.gives != "in a vote" else False if stayed else None,
        again=cue.act == "interest again",
        listed=cue.act == "interest listed",
        known=surname_key(e.name) in known,
    )


def _item_beside(m: re.Match[str], cue: Cue) -> tuple[str, ...]:
    """The number that stands right behind a name in a list: "Cr Foss 11.2.1 Impartiality"."""
    beside = BESIDE.match(m.string, m.end("names")) if cue.act == "interest listed" else None
    return (beside["item"],) if beside else ()


def items_named(text: str) -> tuple[str, ...]:
    """The numbers of the items that the words name: "items 5 and 7.2" gives 5 and 7.2."""
    m = IN_ITEM.search(text) or REFERENCE.search(text)
    return tuple(dict.fromkeys(x.rstrip(".,-") for x in EACH.findall(m["items"]))) if m else ()


def kind_of(words: str) -> InterestKind:
    """pecuniary (financial, DPI), non-pecuniary (personal, prejudicial, registrable but not financial) or
    other."""
    if re.search(
        r"\bnon[- ]?(?:disclosable[- ])?(?:pecuniary|financial)|\bpersonal\b|\bnon[- ]registrable"
        r"|\bprejudicial\b|\bimpartiality\b",
        words,
        re.I,
    ):
        return "non-pecuniary"
    if re.search(r"\bpecuniary\b|\bfinancial\b|\bdpis?\b", words, re.I):
        return "pecuniary"
    return "other"


def is_one(a: str, b: str) -> bool:
    """Whether two printings are one person's: one surname, and no other first letter. "Ann Foss" is
    "Foss" and "A Foss", not "Bo Foss"."""
    both_full = " " in a and " " in b
    return surname_key(a) == surname_key(b) and not (both_full and a[0] != b[0])


def _one_each(found: Sequence[Declaration]) -> list[Declaration]:
    """Each person once an item; what only reminds of a declaration, or a vote that leaves somebody out, tells
    nothing new where they declared before."""
    out: list[Declaration] = []
    for d in found:
        same = [n for n, o in enumerate(out) if is_one(o.name, d.name)]
        told = next((n for n in same if out[n].at == d.at and out[n].items == d.items), None)
        if told is not None:
            continue
        near = [n for n in same if d.at - out[n].at < SAME_MATTER and not d.items]
        if same and (d.again or near or d.cue == "X recused in a vote"):
            if d.left is not None and out[same[-1]].left is None:
                out[same[-1]] = replace(out[same[-1]], left=d.left)
            continue
        out.append(d)
    return out
