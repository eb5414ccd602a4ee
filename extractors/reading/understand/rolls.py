"""Who was there: labels ("Present:", "Apologies", "Staff:") open a list of names, business closes it; sentences add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from extractors.cues.says.people import NAME, OFFICES, TITLES
from extractors import mentions
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.facts import Capacity, Presence
from extractors.mentions.people import is_role_word

Kind = tuple[Presence, Capacity]
WHO = r"(?:(?:city|town|county|parish|borough|district|sc|voting|school|planning|committee|council|board|commission|elected)\s+)*"
MEMBERS = r"(?:councill?ors?|cllrs?\.?|council\s?members?|members?|trustees|commissioners|board\s?members?|directors|supervisors|select\w+|alder\w+)"
BE = r"(?:\s+(?:were|was|are|is|being|as\s+follows|physically|remotely|in\s+person|virtually|via\s+zoom))*"
LABELS: tuple[tuple[Kind, str], ...] = (
    (("apologies", "member"), rf"(?:(?:the\s+following\s+)?apolog(?:y|ies)(?:\s+(?:for|of)\s+absence)?(?:\s+(?:received|accepted|tendered|given))?(?:\s+from)?|{WHO}(?:{MEMBERS}\s+)?(?:excused|regrets)|regrets(?:\s+from)?|leave\s+of\s+absence)"),
    (("absent", "member"), rf"(?:[\w&]+\s+){{0,4}}{MEMBERS}\s+(?:absent|not\s+present|excused)|{WHO}(?:absent|not\s+present|not\s+attending|absences)(?:\s+{MEMBERS})?"),
    (("present", "other"), r"(?:(?:members\s+of\s+the\s+)?(?:public|press)(?:\s+(?:present|in\s+attendance|attending))?|guests?(?:\s+present)?|visitors?|residents|audience)"),
    (("present", "officer"), rf"{WHO}(?:officials?|officers?|staff|administration|executive\s+staff|clerks?|town\s+clerk|executive|management|personnel|consultants?)(?:\s+members?)?(?:\s+(?:also\s+)?(?:present|in\s+attendance|attending|attendance|participating))?"),
    (("present", "officer"), r"(?:also|others?|other\s+attendees)(?:\s+(?:in\s+attendance|attending|present|attended|attendees))?|in\s+attendance\s+also|attendees|in\s+attendance"),
    (("present", "member"), rf"(?:(?:[\w&]+\s+){{0,4}}{MEMBERS}\s+(?:present|in\s+attendance|attending)|(?:participat\w+|attend\w+|join\w+|present|members)\s+(?:virtually|remotely|online|via\s+zoom)|{WHO}(?:those\s+)?(?:present|attending|in\s+attendance|attendance)(?:\s+(?:in\s+the\s+chair|{MEMBERS}))?|roll\s+call(?:\s+of\s+\w+)?|(?:{MEMBERS})|present\s+in\s+the\s+chair|in\s+the\s+chair|(?:chair(?:man|person|woman)?|presiding|mayor|president|vice[- ]chair\w*|vice[- ]president|deputy\s+mayor)(?:\s+presiding)?|the\s+following\s+(?:\w+\s+)?were\s+present)"),
)
LABEL = re.compile(
    r"(?P<lead>^|[.;,\]–—-]\s+|\s{2,}|\s+(?=[A-Z])|^\W*(?:\(?\w{1,2}[.)]\s*)?(?:roll\s+call|attendance)\s*[:–—.-]+\s*)"
    r"(?P<label>" + "|".join(f"(?P<l{i}>{look})" for i, (_, look) in enumerate(LABELS)) + rf"){BE}\s*"
    r"(?P<note>\([^)]{2,60}\))?\s*(?P<sign>:+\s*[-–—]?|\s[-–—]+(?=\s|[A-Z])|[-–—](?=\s)|\.?\s*$)",
    re.I,
)
STAFF_POST = re.compile(
    r"\b(?:clerk|manager|director|officer|attorney|counsel|solicitor|engineer|planner|superintendent|administrator|assistant|analyst"
    r"|secretary\s+to|head\s+of|chief|inspector|treasurer|comptroller|accountant|auditor|coordinator|co-ordinator|specialist|architect"
    r"|executive|principal|staff|pcso|consultant|librarian|technician|recording\s+secretary|legal|finance)\b",
    re.I,
)
MEMBER_POST = re.compile(rf"^(?:the\s+)?(?:{OFFICES}|vice[- ]chair\w*|{MEMBERS}|in\s+the\s+chair|ex[- ]officio)\b", re.I)
TITLE = re.compile(rf"^(?:(?:the\s+)?(?-i:{TITLES})(?=\s|$)\s*)+")
ELECTED = re.compile(r"^(?:Councill?or|Cllr|Clr|Cr\b|Council[ -]?m|Commissioner|Trustee|Board|Supervisor|Alder|Select|Member|Mayor|Vice|Deputy Mayor|President|Comh|Cmhlr)", re.I)
WHOLE_NAME = re.compile(rf"^{NAME}\.?$")
POST_THEN_NAME = re.compile(rf"(?P<post>[^()]{{3,110}}?)\s*\((?P<name>(?:Mr|Mrs|Ms|Miss|Dr|Fr|Rev)s?\.?\s+[^()]{{3,80}})\)")
PLURAL = re.compile(r"(?:ors|llrs|lrs\.?|members|ees|oners|visors|men|Members)\.?\s*$")
PIECES = re.compile(r"\s*(?:[,;\n•▪·]|\s&\s|\band\b|\s[–—]\s|\s-\s)\s*")
NOTES = re.compile(r"\[[^\]]*\]|\([^)]*\)")
APOLOGIES_FROM = re.compile(
    r"\b(?:apolog(?:y|ies)|regrets)\b[^.]{0,110}?\b(?:from|on\s+behalf\s+of)\s*:?\s+(?P<names>[^.;]*(?:\b(?:Mr|Mrs|Ms|Dr|Cllrs?|Cr|St)\.[^.;]*)*)", re.I
)
SENT = re.compile(r"(?P<names>[^.;:]{4,160}?)\s+(?:had|have|has)?\s*(?:sent|gave|given|tendered|submitted|offered|extended)\s+(?:\w+\s+)?(?:apologies|regrets)\b")
WAS_ABSENT = re.compile(r"(?P<names>[^.;:]{4,120}?)\s+(?:was|were)\s+(?:absent|excused|not\s+(?:present|able\s+to))\b", re.I)
ARRIVED = re.compile(r"(?P<names>[^.;:]{3,80}?)\s+(?:arrived|joined)\b", re.I)
MET = re.compile(r"\b(?:present|attendance|attending)\s+(?:were|was|included?d?)\s*:?\s*(?P<names>[^.]*(?:\b(?:Mr|Mrs|Ms|Dr|Cllrs?|Jr)\.[^.]*)*)", re.I)
LOOKED_AT = 90
"""Blocks of the opening within which a roll begins."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A person on a roll or in a sentence of apologies, at characters `start` to `end`."""

    name: str
    title: str | None
    post: str | None
    status: Presence
    capacity: Capacity
    start: int
    end: int
    label: str
    note: str | None = None
    listed: bool = True


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that English minutes print in lower case: a name has one that is none of them, or a title."""
    return frozenset((Path(mentions.__file__).parent / "common_words.txt").read_text("utf-8").split())


def read_roll(sheet: Sheet) -> list[Seen]:
    """Everybody on the part's rolls and in its apologies, each once a status, in the order of the page."""
    found = [p for kind, label, text, places in _lists(sheet) for p in _people(kind, label, text, places)]
    found += _told(sheet, found)
    found += _staff(sheet)
    return _one_each(found)


# --- lists under labels ---


def _lists(sheet: Sheet) -> Iterator[tuple[Kind, str, str, list[tuple[int, int]]]]:
    """Each labelled list: what its people are, its label, its text, and where in the sheet that text stands."""
    edge = _right_edge(sheet)
    kind: Kind | None = None
    label, text, places = "", "", list[tuple[int, int]]()
    quiet = 0
    for n, view in enumerate(sheet.views[:LOOKED_AT]):
        lines = _lines(sheet, view)
        if kind is None and quiet > 150:
            break
        if kind and _closes(view, label, text):
            yield kind, label, text, places
            kind = None
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            at = 0
            for m, found in _labels(line.text, view, n, kind):
                if kind:
                    text, places = _more(text, places, line, at, m.start(), "\n")
                    yield kind, label, text, places
                kind, label, text, places, at = found, m["label"], "", [], m.end()
            if kind:
                hard = after is None or _is_short(line, after, edge)
                text, places = _more(text, places, line, at, len(line.text), "\n" if hard else " ")
            else:
                quiet += 1
    if kind:
        yield kind, label, text, places


def _lines(sheet: Sheet, view: View) -> list[LineView]:
    """The view's printed lines; a table's cells run on as one."""
    lines = list(sheet.lines(view))
    if view.block.kind == "table" and lines:
        return [LineView(sheet.text[view.start : view.end], view.start, view.end, view.block.words)]
    return lines


def _labels(text: str, view: View, n: int, now: Kind | None) -> list[tuple[re.Match[str], Kind]]:
    """The labels in a line: at its start, or after another's list in the same line."""
    out: list[tuple[re.Match[str], Kind]] = []
    for m in LABEL.finditer(text):
        kind = next(kind for i, (kind, _) in enumerate(LABELS) if m[f"l{i}"])
        rest = text[m.end() :].strip()
        alone = not m["sign"].strip(" .")
        if m["lead"].isspace() and len(m["lead"]) == 1 and not m["sign"].startswith(":"):
            continue
        single = re.fullmatch(rf"(?:{MEMBERS}|chair\w*|mayor|president|clerks?|public|staff|vice[- ]\w+|executive|also|others?|press|management|deputy\s+mayor)", m["label"].strip(), re.I)
        if alone and (rest or (single and now is None and not m["label"].isupper())):
            continue
        if m.start() > 0 and now is None and not out and not re.match(r"^\W*(?:\w{1,3}[.)]\s*)?roll\s+call", text, re.I) and m.start("label") > 4:
            continue
        if single and re.search(r"clerk", m["label"], re.I) and now == ("present", "member") and re.match(r"\W*(?:\w+\s+){0,2}clerk\s*:", text, re.I):
            out.append((m, ("present", "member")))  # the clerk calls the roll in a verbatim record
            continue
        if single and m.start() > 0 and m["lead"].strip() in (",", "-", "–", ""):
            continue
        out.append((m, kind))
    return out


def _closes(view: View, label: str, text: str) -> bool:
    """Whether the block is business that ends the roll: a heading that is no label, or prose without names."""
    if LABEL.match(view.body) or LABEL.match(view.text):
        return False
    words = len(view.body.split())
    if not text.strip() and view.block.kind != "heading":
        return False
    names = list(names_in(view.body))
    heading = view.block.kind == "heading" or bool(view.block.marker and view.block.marker.strip("().")[:1].isalnum())
    if heading and not (names and len(names) * 2 >= words - 2):
        return bool(text.strip()) or not re.search(r"roll|present|attendance|apolog", label, re.I) or words > 3
    return words > 14 and len(names) * 5 < words and not re.search(r"\barrived|joined|left\b", view.body)


def _is_short(line: LineView, after: LineView, edge: float) -> bool:
    """The line was ended on purpose: the next word would have fitted before the page's edge."""
    needed = after.words[0].box.x1 - after.words[0].box.x0
    return line.words[-1].box.x1 + needed + 8 < edge and not line.text.rstrip().endswith((",", "&", " and"))


def _right_edge(sheet: Sheet) -> float:
    ends = sorted(line.words[-1].box.x1 for view in sheet.views[:LOOKED_AT] for line in view.block.lines if line.words)
    return ends[int(0.9 * (len(ends) - 1))] if ends else 0.0


def _more(
    text: str, places: list[tuple[int, int]], line: LineView, start: int, end: int, glue: str
) -> tuple[str, list[tuple[int, int]]]:
    piece = line.text[start:end]
    return text + piece + glue, [*places, (len(text), line.start + start)]


# --- the people in a list ---


def _people(kind: Kind, label: str, text: str, places: list[tuple[int, int]]) -> Iterator[Seen]:
    def at(offset: int) -> int:
        return next((start + offset - o for o, start in reversed(places) if o <= offset), 0)

    for name, title, post, a, b in entries_in(text):
        status, capacity = kind
        yield Seen(name, title, post, status, _capacity(capacity, title, post, label), at(a), at(max(a, b - 1)) + 1, label)


def _capacity(capacity: Capacity, title: str | None, post: str | None, label: str) -> Capacity:
    """A post or title settles what a label leaves open."""
    elected = bool(title and ELECTED.match(title))
    if capacity == "member" and post and STAFF_POST.search(post) and not MEMBER_POST.match(post) and not elected:
        return "officer"
    if capacity == "officer" and elected:
        return "other"
    if capacity == "officer" and not (post and STAFF_POST.search(post)) and re.match(r"(?:also|other|in attendance|attendees)", label.strip(), re.I):
        return "officer" if post is None or STAFF_POST.search(post) else "other"
    return capacity


def entries_in(text: str) -> Iterator[tuple[str, str | None, str | None, int, int]]:
    """(name, title, post, start, end) of each person in a list; a plural title carries on, a post follows its name."""
    posts_first = list(POST_THEN_NAME.finditer(text))
    if len(posts_first) >= 1 and len(posts_first) * 60 > len(text) * 0.5:
        for m in posts_first:
            at = m.start("name")
            for piece in PIECES.split(m["name"]):
                at = text.find(piece, at)
                title, name = _split_title(piece.strip())
                if WHOLE_NAME.match(name):
                    post = re.sub(r"^\W*(?:and\b)?[\s,;.&]*", "", " ".join(m["post"].split()))
                    yield name, title, post, at, at + len(piece)
        return
    bare = NOTES.sub(lambda m: m.group() if re.fullmatch(r"\([A-Z]\)", m.group()) else " " * len(m.group()), text)
    held: tuple[str, str | None, str | None, int, int] | None = None
    carried: str | None = None
    at = 0
    for piece in [*PIECES.split(bare)]:
        found = bare.find(piece, at) if piece.strip() else -1
        if found < 0:
            continue
        at = found + len(piece)
        if held and re.fullmatch(r"\s*(?:Jr|Sr|II|III|Esq)\.?\s*", piece):
            held = (f"{held[0]}, {piece.strip()}", *held[1:])
            continue
        made = _entry(piece.strip(), found, at, carried, after=held is not None)
        if made is None:
            if held and _is_post(piece):
                held = (held[0], held[1], f"{held[2]}, {piece.strip(' .')}" if held[2] else piece.strip(" ."), held[3], held[4])
            continue
        if held:
            yield held
        held = made[:5]
        carried = made[5] or carried
    if held:
        yield held


def _entry(
    piece: str, start: int, end: int, carried: str | None, *, after: bool
) -> tuple[str, str | None, str | None, int, int, str | None] | None:
    """A person told by one piece of a list, and the plural title that it opens."""
    piece = re.sub(r"[\s.:–-]*\b\d{1,2}\b[\s.]*$", "", piece).strip(" .:")
    title, rest = _split_title(piece)
    plural = title if title and PLURAL.search(title) else None
    if not rest:
        return None
    if is_name(rest, titled=bool(title or carried)):
        return rest.strip(" ."), title or carried, None, start, end, plural
    if title is None or not after:
        words = rest.split()
        for size in (2, 3, 1):  # "Fire Chief Will Bateman", "Jackie Foss Chair"
            last, first = " ".join(words[-size:]), " ".join(words[:size])
            if size < len(words) and size > 1 and is_name(last) and all(is_role_word(w) for w in words[-size - 1 : -size]):
                return last, title, " ".join(words[:-size]), start, end, plural
            if size < len(words) and size > 1 and is_name(first) and is_role_word(words[size]) and words[size][:1].isupper():
                return first, title, " ".join(words[size:]), start, end, plural
    return None


def _split_title(text: str) -> tuple[str | None, str]:
    m = TITLE.match(text)
    if m is None or not m.group().strip():
        return None, text
    return m.group().strip(), text[m.end() :].strip()


def _is_post(piece: str) -> bool:
    return bool(piece.strip()) and len(piece.split()) <= 12 and not piece.strip()[:1].isdigit()


def is_name(text: str, *, titled: bool = False) -> bool:
    """One to four words that can be a person's name: capitalised, none of a post, not all of them common words."""
    words = text.replace(".", ". ").split()
    if not WHOLE_NAME.match(text) or not (1 if titled else 2) <= len(words) <= 5:
        return False
    solid = [w.strip(".,()’'") for w in words if len(w.strip(".")) > 1 and any(c.isupper() for c in w)]
    if any(len(w) in (3, 4) and w.isupper() for w in solid) and not text.isupper():
        return False  # an abbreviation: "Alameda USD"
    if not solid or any(is_role_word(w) for w in solid if not (titled and len(solid) == 1)):
        return False
    return titled or not all(w.lower() in common_words() for w in solid)


def names_in(text: str) -> Iterator[str]:
    """Names in a text as a list has them."""
    return (e[0] for e in entries_in(text))


# --- sentences ---


def _told(sheet: Sheet, listed: Sequence[Seen]) -> Iterator[Seen]:
    """Apologies and absences told in sentences; late arrivals whom no list names; a roll told in prose."""
    known = {p.name.lower() for p in listed if p.status == "present"}
    for view in sheet.views[: LOOKED_AT * 2]:
        for look, status in ((APOLOGIES_FROM, "apologies"), (SENT, "apologies"), (WAS_ABSENT, "absent")):
            for m in look.finditer(view.text):
                if look is WAS_ABSENT and not _near_roll(view, sheet):
                    continue
                yield from _in_sentence(m, view, "apologies" if status == "apologies" else "absent", look.pattern[:4])
        if _near_roll(view, sheet):
            for m in ARRIVED.finditer(view.text):
                yield from (p for p in _in_sentence(m, view, "present", "arrived") if p.title and p.name.lower() not in known)
        if not known:
            if MET.search(view.text):
                for m in MET.finditer(view.text):
                    yield from _in_sentence(m, view, "present", "told")


POST_WORDS = (
    r"(?:(?:Acting|Assistant|Deputy|Interim|Senior|Chief|City|Town|County|Parish|District|Village|General|Executive|Managing|Principal|Planning|"
    r"Community|Development|Public|Works|Finance|Financial|Human|Resources|Services?|Recreation|Parks?|Police|Fire|Building|Legal|Supervising|"
    r"Economic|Base|Reuse|Transportation|Environmental|Administrative|Base|Library|Housing|Corporate|Technology|Operations|Information|Zoning|"
    r"Project|Program|Recording|Community|Capital|Facilities|Curriculum|Special|Education|Meetings|and|&|of|for|the|II|III|I)\s+)*"
    r"(?:Clerk|Manager|Director|Officer|Attorney|Counsel|Planner|Engineer|Superintendent|Administrator|Secretary|Treasurer|Chief|Coordinator|"
    r"Analyst|Librarian|Comptroller|Accountant|Auditor|Inspector)"
)
POST_NAME = re.compile(rf"(?<![\w’'])(?P<post>{POST_WORDS})\s+(?P<name>(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.)(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.|de[A-Z]\w+)){{1,2}})(?=[\s,.;:)]|[’']s|$)")
NAME_POST = re.compile(rf"(?<![\w’'])(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.)(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.|de[A-Z]\w+)){{1,2}})\s*(?:,|\s[–-])\s*(?:the\s+)?(?P<post>{POST_WORDS}(?:\s+(?:of|for)\s+[A-Z][\w ]{{2,40}})?)(?=[\s,.;:)]|$)")
ACTS = re.compile(r"[’']?s?\s*,?\s*(?:then\s+|also\s+|was\s+|and\s+)?(?:[a-z]+(?:ed|id|ave|oke|ew|ent|ought|ead|aid|old|ade|ave|lt|ut|ms|ts|ns|rs|ys|es)|was|spoke)\b")
"""A verb in the third person: who does something at the meeting is there."""
BARE_POSTS = re.compile(r"^(?:clerk|superintendent)$", re.I)
CLOSING = re.compile(rf"^(?P<post>{POST_WORDS})\b.{{0,40}}$")


def _staff(sheet: Sheet) -> Iterator[Seen]:
    """Officers whom the text names with their post, and who signs as clerk or secretary."""
    views = sheet.views
    for n, view in enumerate(views):
        for look in (POST_NAME, NAME_POST):
            for m in look.finditer(view.text):
                title, name = _split_title(m["name"])
                if _is_officer(name, m["post"]) and ACTS.match(view.text[m.end() :]):
                    yield Seen(name, title, m["post"], "present", "officer", view.start + m.start("name"), view.start + m.end("name"), "named with post", None, False)
        if n > len(views) - 14:
            lines = [*sheet.lines(view), *(sheet.lines(views[n + 1]) if n + 1 < len(views) else ())]
            for line, after in zip(lines, lines[1:], strict=False):
                text = line.text.strip(" ,_")
                if CLOSING.match(after.text.strip()) and is_name(text):
                    yield Seen(text, None, after.text.strip(), "present", "officer", line.start, line.end, "signed", None, False)


def _is_officer(name: str, post: str) -> bool:
    """The post says of what ("City Clerk", "Director of Finance"), or is one that only councils have; the name has no common word."""
    if not (is_name(name) and (" " in post or BARE_POSTS.match(post)) and not ELECTED.match(post)):
        return False
    return not any(w.strip(".").lower() in common_words() for w in name.split()[:-1])


def _near_roll(view: View, sheet: Sheet) -> bool:
    return view in sheet.views[:25]


def _in_sentence(m: re.Match[str], view: View, status: Presence, label: str) -> Iterator[Seen]:
    for name, title, post, a, b in entries_in(re.sub(r"\bwho\b.*$", "", m["names"])):
        if title or len(name.split()) > 1:
            start = view.start + m.start("names")
            capacity: Capacity = "officer" if post and STAFF_POST.search(post) and not title else "member"
            yield Seen(name, title, post, status, capacity, start + a, start + b, label, listed=False)


def _one_each(people: Sequence[Seen]) -> list[Seen]:
    """Each person once: who is listed as absent and present was late or is doubted, and is present by the list."""
    out: dict[str, Seen] = {}
    for p in sorted(people, key=lambda p: (not p.listed, p.start)):
        key = re.sub(r"[^a-z]", "", p.name.lower())
        same = next((k for k, q in out.items() if q.status == p.status and _one_of_two(p.name, q.name)), None)
        if same is not None:
            if len(p.name) > len(out[same].name):
                out[same] = replace(out[same], name=p.name)
            continue
        if key not in out:
            out[key] = p
        elif out[key].post is None and p.post:
            out[key] = replace(out[key], post=p.post)
    return sorted(out.values(), key=lambda p: p.start)


def _one_of_two(a: str, b: str) -> bool:
    """One printing is the surname of the other: "Landau" and "Andrew Landau"."""
    short, full = sorted((a.split(), b.split()), key=len)
    return len(short) == 1 and len(full) > 1 and short[0].lower() == full[-1].lower()
