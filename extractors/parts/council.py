"""Which council a paper is of, when nobody said: by all that names it, weighed.

Witnesses: its heading, what runs at the head or foot of its pages, its first pages, the PDF's own title, the
domains of its links and e-mail addresses, the register of councils. Where none is sure it is unknown, and the
candidates are told.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.mentions.bodies import BELOW_A_COUNCIL, BODY
from extractors.mentions.states import CODES, STATES
from extractors.model import Block, Layout, Paper
from extractors.parts.naming import names_in
from extractors.parts.register import of_place, place_letters, place_words, registered
from extractors.text.casing import title_case

PAGES = 6
HEAD = 8
OPENS = 35
"""Words of a long paragraph that may say whose meeting it records."""
"""Blocks of the first page that are its head."""
HEADED = 3.0
"""What a heading that names the council weighs: beside it one "City Clerk" may be another council's."""
ENOUGH = 2.0
"""More than one mention in the prose of the first page."""
ALONE = 1.0
"""One mention in prose, where no other council is named."""
SORTS = tuple(
    (kind, re.compile(rf"\b(?:{look})\b", re.I))
    for kind, look in (
        ("school", "school|education"),
        ("authority", "authority|agency|unit|(?<!regional )(?<!municipal )district(?! council| of)"),
        *(
            (k, k)
            for k in ("county borough", "township", "parish", "community", "village", "borough", "town")
        ),
        *((k, k) for k in ("shire", "district", "municipality", "local board", "region|regional")),
        ("county", r"county(?! and)"),
        ("city", "city"),
    )
)
GOVERNED = re.compile(
    r"^(?!.*\bcounty\b).*\b(?:cyngor|comhairle|board|selectboard|commission|selectm[ae]n|trustees|alderm[ae]n)\b",
    re.I,
)
"""A town by the body that governs it."""
DOMAIN = re.compile(r"(?:@|https?://|www\.)([\w.-]+\.[a-z]{2,})", re.I)
CAPITALS = re.compile(r"(?=\b((?:[A-Z][\w'’]+)(?: [A-Z][\w'’]+){0,3})\b)")
IRISH_COUNTY = re.compile(r"\bCo\.?\s+([A-Z]\w+)|\bCOUNTY\s+([A-Z]\w+)")
KIND_ALONE = re.compile(
    r"\b(?:the|to:?|of) (parish|town|city|county|borough|district|community|village) council\b"
    r"|\b(city|town|village|county|borough) (?:hall|clerk|manager|attorney|administrator|solicitor)\b"
    r"(?!\W+(?:city|town|village|county|borough)\s+of\b)",
    re.I,
)
"""A council or its officers without its name."""
ADDRESS = re.compile(rf"\b([A-ZÀ-Þ][\w’']+(?: [A-ZÀ-Þ][\w’']+){{0,3}}),? (?:{CODES}|{STATES})\b")
"""The end of an address in North America."""
STREET = re.compile(
    r"^.*\b(?:street|st|avenue|ave|road|rd|way|drive|dr|lane|ln|blvd|boulevard|highway|hwy|plaza|square"
    r"|parkway|suite|[NS][EW]?|[EW])\b\.?\s+(?=\w)",
    re.I,
)
"""What an address without commas has before its town."""
BOARD_UNDER = re.compile(r"\b(?:local|community) board$", re.I)
DISTRICT = re.compile(
    r"\b((?i:(?:municipal|borough|metropolitan) district))\s+(?i:of)\s+"
    r"([A-ZÀ-Þ][\w’'-]+(?:[ –-]+[A-ZÀ-Þ][\w’'-]+){0,2}?)"
    r"(?=\s*(?:$|[.,]|[a-z]|\d|MINUTES|MEETING|AGENDA|HELD))"
)
DISTRICT_BEHIND = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]+(?:[ /–-]+[A-ZÀ-Þ][\w’'-]+){0,2} (?i:municipal district)\b(?! (?i:of)\b)"
)
"""The bodies that an Irish county is divided into."""
LEAST_LETTERS = 3
MOST_OF_A_TITLE = 10


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
    for name in (
        *_of_domains(paper, domains),
        *_of_addresses(paper, layout),
        *_of_the_heads_address(paper, layout),
        *_of_irish_district(paper),
    ):
        weights[name] += 2.0
    weights = weights or _of_a_district_alone(layout)
    if not weights:
        return Council(None)
    text = " ".join(w.text for page in paper.pages[:PAGES] for w in page.words)
    own = own_kind(text, least=1 if max(weights.values()) < HEADED else 2)
    groups = sorted(_groups(_spelt_out(weights)), key=lambda names: -_of_group(names, weights, own))
    groups = _above(groups, [_of_group(names, weights, own) for names in groups])
    told = tuple(_fullest(names, weights) for names in groups[:4])
    best, rival = (_of_group(names, weights, own) for names in (*groups, [])[:2])
    enough = ENOUGH if len(groups) > 1 else ALONE
    return Council(told[0] if best >= enough and best > 1.1 * rival else None, told)


def _spelt_out(weights: dict[str, float]) -> dict[str, float]:
    """The weights, each name that begins with the first letters of another's words given to that other:
    "AVWD Board of Directors" to "Alder Valley Water District"."""
    whole = {"".join(w[0] for w in n.split() if w[0].isupper()): n for n in weights if len(n.split()) > 2}
    for name in list(weights):
        letters = name.split()[0]
        if len(letters) >= LEAST_LETTERS and (full := whole.get(letters.upper())) and full != name:
            weights[full] += weights.pop(name)
    return weights


def _above(groups: list[list[str]], worth: Sequence[float]) -> list[list[str]]:
    """The groups without local and community boards, where a council that they are under is named as well."""
    above = [
        g for g, own in zip(groups, worth, strict=True) if own >= ENOUGH and not BOARD_UNDER.search(g[0])
    ]
    if not above or not BOARD_UNDER.search(groups[0][0]):
        return groups
    return [g for g in groups if not BOARD_UNDER.search(g[0])]


def _of_group(names: Sequence[str], weights: Mapping[str, float], own: str | None) -> float:
    """What speaks for a council by all names of its fullest place; more where it is what the paper says that
    its council is."""
    if not names:
        return 0.0
    by_place: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for name in names:
        by_place[place_words(name)] += weights[name]
    return max(by_place.values()) + any(_is_kind(n, own) for n in names)


def _heard(paper: Paper, layout: Layout) -> defaultdict[str, float]:
    """Every reading of every name, with what the places where it stands weigh."""
    weights: defaultdict[str, float] = defaultdict(float)
    prose: defaultdict[str, float] = defaultdict(float)
    ran: defaultdict[str, float] = defaultdict(float)
    for order, block in enumerate(b for b in layout.blocks if b.page <= PAGES):
        for at, line in enumerate(_lines(block)):
            head = order < HEAD and block.page == 1 and (at == 0 or len(line.split()) <= 40)
            for found in names_in(line, head=head or block.kind == "running"):
                if head:
                    weights[found.name] += 3.0 * found.worth
                elif block.kind == "running":
                    ran[found.name] += found.worth
                else:
                    prose[found.name] += found.worth * (1.5 if block.page == 1 else 1.0)
    for found in names_in(paper.title or "", head=True):
        weights[found.name] += 2.0 * found.worth
    for name in {*prose, *ran}:
        weights[name] += min(prose[name], 2.5) + 1.5 * min(ran[name], 3)
    return weights


def _lines(block: Block) -> Iterator[str]:
    """A paragraph as one; a letterhead line by line, one that breaks off in a name with the next."""
    if len(block.words) > 60:
        words = block.text.split()
        yield " ".join(words[:OPENS])
        yield " ".join(words[OPENS:])
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


def kind_of(name: str) -> str | None:
    """What sort of council the name says: "county", "town", "school", "authority"..., None where it does not
    say."""
    return next((kind for kind, look in SORTS if look.search(name)), None)


def _groups(weights: Mapping[str, float]) -> list[list[str]]:
    """Names of one council together: "City of Dunmere" and "Dunmere City Council", and the shorter readings
    of a longer name."""
    groups: list[list[str]] = []
    for name in sorted(weights, key=lambda n: (-weights[n], n)):
        same = [g for g in groups if any(_is_same(name, other) for other in g)]
        groups = [g for g in groups if g not in same] + [[n for g in same for n in g] + [name]]
    return groups


def _is_same(a: str, b: str) -> bool:
    place, other = place_words(a), place_words(b)
    short = min(len(place), len(other))
    kinds = {kind_of(a), kind_of(b)}
    if place == other:
        return len(kinds) == 1 or None in kinds
    both_of = all(re.match(r"[\w ]+ of ", n) for n in (a, b))
    return short > 0 and place[:short] == other[:short] and both_of and len(kinds) == 1


def _fullest(names: list[str], weights: Mapping[str, float]) -> str:
    """Of the names printed nearly as often as the commonest the fullest: "North Bay" before "North"; a town
    by its own name before its board's."""
    own = [n for n in names if not GOVERNED.search(n)]
    names = own if own and max(weights[n] for n in own) >= 1 else names
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
        yield f"City of {title_case(max(spelt, key=lambda p: (places[p], len(p))).split())}"


def own_kind(text: str, least: int = 1) -> str | None:
    """What the council is called where its name is left out: county of "the County Council" and "County
    Hall", city of "City Clerk"; None where the words do not agree, or
    say so fewer than `least` times."""
    said = Counter((m[1] or m[2]).lower() for m in KIND_ALONE.finditer(text))
    first = said.most_common(2)
    if not first or first[0][1] < least:
        return None
    return first[0][0] if (len(first) == 1 or first[0][1] >= 2 * first[1][1]) else None


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
    head = [b.text for b in layout.blocks if b.page == 1][:HEAD]
    if kind in ("city", "town", "village"):
        for m in ADDRESS.finditer(text):
            look = re.compile(rf"\b{re.escape(m[1])}\s(?:[\w’'-]+\s){{0,3}}{BELOW_A_COUNCIL.pattern}", re.I)
            if any(look.search(line) for line in head):
                yield f"{kind.capitalize()} of {title_case(m[1].split())}"
                return


def _of_the_heads_address(paper: Paper, layout: Layout) -> Iterator[str]:
    """The one town that addresses in the head end in, where the head's title has the council by its kind only
    ("Dunmere, MN", "REGULAR CITY COUNCIL MEETING"), or the town's own name says its kind ("Alder City,
    Nevada", "Alder City Planning Commission")."""
    lines = [x.text for b in [b for b in layout.blocks if b.page == 1][:HEAD] for x in b.lines]
    ends = (m for line in lines for m in ADDRESS.finditer(line) if m.string[m.end(1)] == ",")
    told = {STREET.sub("", m[1]) for m in ends}  # without a comma "ON" and "OR" are words
    if len(told) != 1:
        return
    place = told.pop()
    kind = own_kind(" ".join(w.text for page in paper.pages[:PAGES] for w in page.words))
    body = re.compile(rf"\b{re.escape(place)}\s(?:[\w’'-]+\s){{0,3}}{BODY}\b", re.I)
    if re.search(r"\w\s(?:city|village|township|borough)$", place, re.I) and any(map(body.search, lines)):
        yield title_case(place.split())
    elif kind in ("city", "town", "village"):
        title = re.compile(rf"\W*(?:\w+\s+){{0,3}}{kind} council\b", re.I)
        if any(len(x.split()) <= MOST_OF_A_TITLE and title.match(x) for x in lines):
            yield f"{kind.capitalize()} of {title_case(place.split())}"


def _of_a_district_alone(layout: Layout) -> defaultdict[str, float]:
    """An Irish municipal district whose paper names no council that it is under."""
    found: defaultdict[str, float] = defaultdict(float)
    for block in [b for b in layout.blocks if b.page == 1][:HEAD]:
        for m in DISTRICT.finditer(block.text):
            found[title_case([*m[1].split(), "of", *m[2].split()])] += ALONE
        for m in DISTRICT_BEHIND.finditer(block.text):
            found[title_case(m[0].split())] += ALONE
    return found


def _of_irish_district(paper: Paper) -> Iterator[str]:
    """A municipal district is a body of the council of its county."""
    text = " ".join(w.text for page in paper.pages[:PAGES] for w in page.words)
    if not re.search(r"\b(?:municipal|metropolitan) district\b", text, re.I):
        return
    counties = Counter((a or b).capitalize() for a, b in IRISH_COUNTY.findall(text))
    counties.update(w.capitalize() for w in re.findall(r"(?i:metropolitan district of) (\w+)", text))
    found = of_place(counties.most_common(1)[0][0], "Ireland") if counties else ()
    if len(found) == 1:
        yield found[0].name
