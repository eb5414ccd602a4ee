"""Which council a paper is of, when nobody said: by all that names it, weighed.

Witnesses: its heading, what runs at the head or foot of its pages, its first pages, the PDF's own title, the
domains of its links and e-mail addresses, the register of councils. Where none is sure it is unknown, and the
candidates are told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.mentions.bodies import (
    BELOW_A_COUNCIL,
    COUNCIL_KIND,
    COUNCIL_NAMES,
    IN_A_COUNTY,
    OTHER_AUTHORITY,
)
from extractors.mentions.dates import MONTHS, WEEKDAYS
from extractors.mentions.names import is_role_word
from extractors.model import Block, Layout, Paper
from extractors.parts.register import of_place, place_letters, registered

PAGES = 6
HEAD = 8
"""Blocks of the first page that are its head."""
ENOUGH = 1.5
NOT_IN_A_NAME = re.compile(
    r"budget|full|item|this|every|each|our|your|annual|meeting|new|two|other|local|regular|special|ordinary"
    r"|extraordinary|council|minutes|agenda|notice|public|committee|planning|monthly|unapproved|draft"
    r"|approved|joint"
    r"|scheduled|adjourned|successor|housing|board|commission|california|nevada|ontario|alberta|closed"
    r"|session|page|urges|department|paratransit|as|and|requests?|website"
    r"|if|when|while|with|without|that|since|after|before|under|over|by|to|for|from|at|in|on|or|but|both|such"
    r"|which|whether|where|any|all|no|not|see|ask|discuss|increase|decrease|support|impact|contribution"
    r"|outgoing|incoming|former|current|equipment|proceedings|zoom|webex|teams|household|mayoral",
    re.I,
)
ANOTHER = re.compile(
    r"^\W{0,2}(?:symphony|orchestra|university|hospital|police|ballet|museum|school|college|football"
    r"|cathedral|festival|airport"
    r"|chamber|library|theatre|tax\b)",
    re.I,
)
"""What follows a council's name that is part of another's."""
A_DISTRICT_OF = re.compile(
    r"(?:municipal|metropolitan|school|improvement|assessment|unified|water|sanitation|ward|electoral"
    r"|polling)\s+$",
    re.I,
)
NEIGHBOUR = re.compile(
    r"\b(?:neighbouring|adjoining|such as|including|example|formerly|visiting|from)\s+(?:the\s+)?$", re.I
)
DOMAIN = re.compile(r"(?:@|https?://|www\.)([\w.-]+\.[a-z]{2,})", re.I)
CAPITALS = re.compile(r"(?=\b((?:[A-Z][\w'’]+)(?: [A-Z][\w'’]+){0,3})\b)")
IRISH_COUNTY = re.compile(r"\bCo\.?\s+([A-Z]\w+)|\bCOUNTY\s+([A-Z]\w+)")
DAY = re.compile("|".join((*WEEKDAYS, *MONTHS)), re.I)
SMALL = {"of", "and", "the", "upon", "on", "in"}
JOINING = SMALL | {"cum", "le", "by", "under", "next", "with", "sur"}
"""Words within a hyphenated place."""
KIND_ALONE = re.compile(
    r"\b(?:the|to:?|of) (parish|town|city|county|borough|district|community|village) council\b"
    r"|\b(city|town|village|county|borough) (?:hall|clerk|manager|attorney|administrator|solicitor)\b",
    re.I,
)
"""A council or its officers without its name."""
ADDRESS = re.compile(
    r"\b([A-ZÀ-Þ][\w’']+(?: [A-ZÀ-Þ][\w’']+){0,3}),? (?:California|CA|MA|NV|OH|CO|PA|NY|NJ|TX|WA|OR|MI|IL"
    r"|MN|WI|FL|AZ|UT|ID|MT|NM|CT|NH|VT|ME|RI|VA|MD|NC|SC|GA|TN|KY|IN|MO|IA|KS|NE|ON|BC|AB|SK|MB|NS|NB)\b"
)
"""The end of an address in North America."""


@dataclass(frozen=True, slots=True)
class Council:
    """The council's `name` in title case, None when nothing is sure; `candidates` are the names heard, the
    likeliest first."""

    name: str | None
    candidates: tuple[str, ...] = ()


def council_of(paper: Paper, layout: Layout) -> Council:
    """The council that the witnesses agree on."""
    weights = _heard(paper, layout)
    domains = _domains(paper)
    for name in list(weights):
        place = place_letters(name)
        weights[name] += 2.0 * (len(place) > 3 and place in domains.replace("-", "")) + 0.5 * bool(
            registered(name)
        )
    for name in (*_of_domains(paper, domains), *_of_addresses(paper, layout)):
        weights[name] += 2.0
    if not weights:
        return _of_irish_district(paper)
    own = own_kind(" ".join(w.text for page in paper.pages[:PAGES] for w in page.words))
    groups = _groups(weights)
    ranked = sorted(groups, key=lambda names: -max(weights[n] + _is_kind(n, own) for n in names))
    best = _fullest(ranked[0], weights)
    told = tuple(_fullest(names, weights) for names in ranked[:4])
    rival = max((weights[n] for names in ranked[1:2] for n in names), default=0.0)
    sure = weights[best] >= ENOUGH and weights[best] > 1.1 * rival
    return Council(best if sure else None, told)


def _heard(paper: Paper, layout: Layout) -> defaultdict[str, float]:
    """Every reading of every name, with what the places where it stands weigh."""
    weights: defaultdict[str, float] = defaultdict(float)
    prose: defaultdict[str, float] = defaultdict(float)
    ran: defaultdict[str, float] = defaultdict(float)
    for order, block in enumerate(b for b in layout.blocks if b.page <= PAGES):
        for line in _lines(block):
            for name, worth in _names_in(line):
                if order < HEAD and block.page == 1 and len(line.split()) <= 40:
                    weights[name] += 3.0 * worth
                elif block.kind == "running":
                    ran[name] += 1
                else:
                    prose[name] += 1.5 * worth if block.page == 1 else worth
    for name, _ in _names_in(paper.title or ""):
        weights[name] += 2.0
    for name in {*prose, *ran}:
        weights[name] += min(prose[name], 6.0) + 1.5 * min(ran[name], 3)
    return weights


def _lines(block: Block) -> Iterator[str]:
    """A paragraph as one; a letterhead line by line, one that breaks off in a name with the next."""
    if len(block.words) > 60 or len(block.lines) == 1:
        yield block.text
        return
    text = ""
    for line in block.lines:
        goes_on = text and (
            re.search(r"(?:\b(?:of|and|the)|&|-)$", text, re.I)
            or re.match(r"(?:and|of|&|county|council)\b", line.text, re.I)
            or len(text) > 55
        )
        if text and not goes_on:
            yield text
            text = line.text
        else:
            text = f"{text} {line.text}" if text else line.text
    yield text


def _names_in(text: str) -> Iterator[tuple[str, float]]:
    """Each way to read each name in the text, once a find, with its worth: a school board, and a county of
    which only the name is printed, weigh less."""
    plain = " ".join(text.split())
    for look in COUNCIL_NAMES:
        for m in look.finditer(plain):
            before, after = plain[: m.start()], plain[m.end() :]
            if ANOTHER.match(after) or A_DISTRICT_OF.search(before):
                continue
            for name in names_of(m.group(1)):
                yield name, 0.3 if NEIGHBOUR.search(before) else 1.0
    for look, worth in ((OTHER_AUTHORITY, 0.6), (IN_A_COUNTY, 0.5)):
        for m in look.finditer(plain):
            if not any(is_role_word(w) or NOT_IN_A_NAME.fullmatch(w) for w in m[1].split()[:1]):
                yield _title_case(m[1].split()), worth


def names_of(found: str) -> list[str]:
    """The ways to read a find: a council's full name, or "Township of X" and "Township of X Y", as the count
    decides."""
    name = re.sub(r"^(?:(?:the|of|by|for|and|to|corporation of the)\s+)+", "", found, flags=re.I)
    words = name.split()
    if (
        len(words) > 3
        and words[1].lower() == "of"
        and is_role_word(words[0])
        and not re.fullmatch(COUNCIL_KIND + "|township|village|municipality", words[0], re.I)
        and words[-1].lower() == "council"
        and any(re.fullmatch(COUNCIL_KIND, w, re.I) for w in words[3:])
    ):
        words = words[2:]  # "Leader of Somewhere Borough Council"
    if words[-1].lower() == "council" and not (len(words) > 1 and words[1].lower() == "of"):
        return _before_council(words)
    at = next(i for i, w in enumerate(words) if w.lower() == "of") + 1
    tail: list[str] = []
    for word in words[at:]:
        tail.append(re.sub(r"[’']s$", "", word))
        if tail[-1] != word:
            break
    return [
        _title_case(words[:at] + tail[:n])
        for n in range(1, len(tail) + 1)
        if not any(is_role_word(w) or DAY.fullmatch(w) or NOT_IN_A_NAME.fullmatch(w) for w in tail[:n])
        and tail[n - 1].lower() not in FRAGMENTS
    ]


FRAGMENTS = {
    "san",
    "santa",
    "los",
    "las",
    "la",
    "el",
    "st",
    "saint",
    "north",
    "south",
    "east",
    "west",
    "new",
    "port",
    "fort",
    "mount",
}
"""A name does not end in these: "City of San" is a fragment."""


def _before_council(words: list[str]) -> list[str]:
    """Only the unbroken run of proper words before "County Council" is the name."""
    kind = next(i for i, w in enumerate(words) if re.fullmatch(COUNCIL_KIND, w, re.I))
    proper = [
        i
        for i, w in enumerate(words[:kind])
        if not (is_role_word(w) or NOT_IN_A_NAME.fullmatch(w) or DAY.fullmatch(w))
    ]
    start = kind
    while start - 1 in proper or (
        start - 1 > 0 and words[start - 1].lower() in SMALL and start - 2 in proper and start < kind
    ):
        start -= 1
    return [_title_case(words[start:])] if start < kind else []


def _groups(weights: Mapping[str, float]) -> list[list[str]]:
    """Names of one council together: "City of Dunmere" and "Dunmere City Council", and the shorter readings
    of a longer name."""
    groups: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for name in sorted(weights, key=lambda n: (-weights[n], n)):
        county = bool(re.search(r"\bcounty\b", name, re.I)) and "city" not in name.lower()
        place = place_letters(name)
        near = next(
            (k for k in groups if k[1] == county and (k[0].startswith(place) or place.startswith(k[0]))),
            (place, county),
        )
        groups[near].append(name)
    return list(groups.values())


def _fullest(names: list[str], weights: Mapping[str, float]) -> str:
    """Of the names printed nearly as often as the commonest the fullest: "North Bay" before "North"."""
    best = max(weights[n] for n in names)
    near = [n for n in names if weights[n] >= 0.7 * best]
    longest = max(len(place_letters(n)) for n in near)
    return max((n for n in near if len(place_letters(n)) == longest), key=lambda n: (weights[n], len(n)))


def _domains(paper: Paper) -> str:
    """Every domain that the first pages print or link to, with spaces between."""
    told: list[str] = []
    for page in paper.pages[:PAGES]:
        text = " ".join(w.text for w in page.words) + " " + " ".join(x.url for x in page.links)
        whole = re.sub(r"(?<=\w) (?=\.gov\b)", "", text)  # an address that a narrow column broke
        told += [d.lower().removeprefix("www.") for d in DOMAIN.findall(whole)]
    return " ".join(dict.fromkeys(told))


def _of_domains(paper: Paper, domains: str) -> Iterator[str]:
    """The council whose domain it is: by the register in Britain ("kent.gov.uk"), else the place that the
    pages print and the domain spells ("dunmereca.gov", "dunmere.granicus.com")."""
    stems = set(re.findall(r"\b(\w+)\.gov\.uk\b", domains))
    for stem in stems:
        found = of_place(stem)
        if len(found) == 1:
            yield found[0].name
    official = re.findall(
        r"\b(?:cityof)?([a-z]{4,}?)(?:ca|nv|ma|oh|co|usa)?\.(?:gov|us|granicus\.com|legistar\.com)\b(?!\.uk)",
        domains.replace("zoom.us", ""),
    )
    words = " ".join(w.text for page in paper.pages[:2] for w in page.words)
    places = Counter(m[1] for m in CAPITALS.finditer(words))
    spelt = {p for p in places if "".join(c for c in p.lower() if c.isalpha()) in official}
    if spelt:
        yield f"City of {_title_case(max(spelt, key=lambda p: (places[p], len(p))).split())}"


def own_kind(text: str) -> str | None:
    """What the council is called where its name is left out: county of "the County Council" and "County
    Hall", city of "City Clerk"; None where the words do not agree."""
    said = Counter((m[1] or m[2]).lower() for m in KIND_ALONE.finditer(text))
    first = said.most_common(2)
    return first[0][0] if first and (len(first) == 1 or first[0][1] >= 2 * first[1][1]) else None


def _is_kind(name: str, kind: str | None) -> bool:
    return bool(kind) and re.search(rf"\b{kind}\b", name, re.I) is not None


def _of_addresses(paper: Paper, layout: Layout) -> Iterator[str]:
    """A council that is called by its kind only and sits in the one place that the pages tell: a county by
    the register ("County Hall, Maidstone, Kent"), a place in North America that the heading names before a
    body ("DUNMERE GOLF COMMISSION") and an address ends in ("Dunmere, CA")."""
    text = " ".join(w.text for page in paper.pages[:PAGES] for w in page.words)
    kind = own_kind(text)
    if kind == "county":
        told = {e.name for m in CAPITALS.finditer(text) for e in of_place(m[1]) if "County" in e.name}
        if len(told) == 1:
            yield told.pop()
    if kind in ("city", "town", "village"):
        head = [b.text for b in layout.blocks if b.page == 1][:HEAD]
        for m in ADDRESS.finditer(text):
            look = re.compile(rf"\b{re.escape(m[1])}\s(?:[\w’'-]+\s){{0,3}}{BELOW_A_COUNCIL.pattern}", re.I)
            if any(look.search(line) for line in head):
                yield f"{kind.capitalize()} of {_title_case(m[1].split())}"
                return


def _of_irish_district(paper: Paper) -> Council:
    """A municipal district is a body of the council of its county."""
    text = " ".join(w.text for page in paper.pages[:PAGES] for w in page.words)
    if not re.search(r"\b(?:municipal|metropolitan) district\b", text, re.I):
        return Council(None)
    counties = Counter((a or b).capitalize() for a, b in IRISH_COUNTY.findall(text))
    counties.update(w.capitalize() for w in re.findall(r"(?i:metropolitan district of) (\w+)", text))
    found = of_place(counties.most_common(1)[0][0], "Ireland") if counties else ()
    return Council(found[0].name if len(found) == 1 else None, tuple(e.name for e in found))


def _title_case(words: list[str]) -> str:
    return " ".join(
        w.lower() if w.lower() in SMALL and i else _capitalised(w) if w.isupper() or w.islower() else w
        for i, w in enumerate(words)
    )


def _capitalised(word: str) -> str:
    """ "Burton-cum-Alder" of "BURTON-CUM-ALDER"."""
    first, *others = word.split("-")
    return "-".join(
        [first.capitalize(), *(w.lower() if w.lower() in JOINING else w.capitalize() for w in others)]
    )
