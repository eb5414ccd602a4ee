"""Every way in which a line of text names a council: "City of X", "X Parish Council", "X County Board of
Commissioners", "X Unified School District", "Shire of X", "RM of X No. 12", "Cyngor Cymuned X".

What says the kind is found first; the place is the unbroken run of proper words before or behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.mentions.dates import MONTHS, WEEKDAYS
from extractors.parts.bodies_first import bodies_first
from extractors.parts.register import registered
from extractors.text.casing import title_case

KIND = (
    r"(?:county\s+borough|london\s+borough|rural\s+city|aboriginal\s+shire|county|city|borough|district|town"
    r"|parish|metropolitan|regional|shire|community|municipal|unitary|township|village|neighbourhood)"
)
OF_A_PLACE = re.compile(
    r"\b(?P<kind>city\s+and\s+(?:county|borough)|(?:charter|united)\s+townships?|united\s+counties"
    r"|unified\s+government|metropolitan\s+government"
    r"|(?:regional|rural|district|specialized|resort)\s+municipality|municipality\s+of\s+the\s+(?:county"
    r"|district)|summer\s+village|regional\s+district|municipal\s+district|(?:district|regional|city|town"
    r"|village|borough|common|parish)\s+council|(?:london|royal|metropolitan)\s+borough|r\.?m\.?|m\.?d\.?"
    r"|township|shire|town|rural\s+city|city|municipality|village|county|district|borough|region|port)"
    r"\s+of\s+(?:the\s+(?!(?:city|town|village|county|borough|township)\b))?(?=[A-ZÀ-Þ])",
    re.I,
)
COUNCIL = re.compile(
    rf"\b(?P<kind>(?:{KIND}(?:\s+and\s+{KIND})?\s+){{1,3}}council)\b(?!\s+(?:tax|house)\b)", re.I
)
GOVERNING = re.compile(
    r"\b(?P<kind>(?:(?:county|city|town|township|village|borough|parish)\s+)?(?:board\s+of\s+(?:county\s+|city\s+"
    r"|town\s+|township\s+|village\s+)?(?:commissioners|supervisors|selectm[ae]n|selectpersons|trustees"
    r"|alderm[ae]n|education|freeholders)|select\s?board|commissioners[’']?\s+court|common\s+council"
    r"|fiscal\s+court|police\s+jury|school\s+(?:committee|board))"
    r"|(?:county|city|town|township|village|borough)\s+(?:board|commission|trustees|legislature|assembly)"
    r"|local\s+board|community\s+board)\b(?!\s+of\s+(?:the\s+)?[A-Z])",
    re.I,
)
"""The body that governs a place of North America, or a part of a city of New Zealand."""
AUTHORITY = re.compile(
    r"\b(?P<kind>(?:(?:unified|union|elementary|high|city|independent|consolidated|regional|central"
    r"|vocational|technical|agricultural"
    r"|community|public|joint|free|local|area)\s+)*school\s+(?:district|division)(?:\s+(?:no\.?|#)\s*\d+)?"
    r"|public\s+schools|(?:county|regional)\s+library(?=\s*$|\s+board\b)|(?:first\s+)?nation|tribes?|rancheria|public\s+library(?=\s+board\b)|(?:community\s+services|public\s+utility|utility|utilities|(?:\w+\s+)?water|irrigation|sanitary"
    r"|sanitation|sewer|fire(?:\s+protection)?|hospital|healthcare|library|(?:general\s+)?improvement"
    r"|(?:regional\s+)?park(?:s)?(?:\s+and\s+recreation)?|recreation|transit|transportation|port|harbou?r"
    r"|cemetery|abatement|flood\s+control|conservation|open\s+space|metropolitan)\s+district"
    r"|(?:and\s+)?redevelopment\s+(?:authority|agency)|(?:transit|port|housing|conservation|airport)\s+"
    r"authority|(?:mayoral\s+)?combined\s+(?:county\s+)?authority|fire(?:\s+and\s+rescue)?\s+authority"
    r"|national\s+park\s+authority|regional\s+district|health\s+unit)\b",
    re.I,
)
"""An authority of its own that is no council: "Harbour Point School District"."""
PLACE_ALONE = re.compile(r"\b(?P<kind>(?:charter\s+)?township|county|borough|shire)\b(?!\s+of\b)", re.I)
"""A name without the body that governs: "PATTONVALE TOWNSHIP"."""
BODY_OF_IT = re.compile(
    r"\s+(?:planning|zoning|board|commission|council\s+of|government|minutes|agenda|regular|special)\b"
    r"|\W*$|\s*[,–—(-]",
    re.I,
)
HALL = re.compile(
    r"\b(?P<kind>city|town|village|borough|township)\s+(?:hall|offices?|administration\s+office|municipal"
    r"\s+(?:building|center))\b",
    re.I,
)
WELSH_IRISH = re.compile(
    r"\b(?P<kind>cyngor\s+(?:cymuned(?:ol)?|tref|dinas|sir|bwrdeistref(?:\s+sirol)?)"
    r"|comhairle\s+(?:contae|cathrach|chathair|cathair|chontae))\s+(?=[A-ZÀ-Þ])",
    re.I,
)
CELTIC = re.compile(r"\b(?:cyngor|comhairle)\s", re.I)
BARE = re.compile(r"\bcouncil\b(?!\s+(?:tax|house|chambers?|members?|plan|of)\b)", re.I)
WHOLE_LINE = re.compile(
    r"\W*(?:.{0,50}\b(?:commission(?:ers)?|board|council|legislators|supervisors)\W+(?:of\s+(?:the\s+)?)?)?$",
    re.I,
)
"""Before "County of X" or "Port of X" in a head where nothing but its own body stands before it."""
NUMBERED = re.compile(r"\s+No\.?\s*(\d+)\b", re.I)

BEFORE_ANOTHER = re.compile(
    r"^\W{0,2}(?:symphony|orchestra|university|hospital|police|ballet|museum|school|college|football"
    r"|cathedral|festival|airport|chamber\s+of|library|theatre|tax\b)",
    re.I,
)
"""What follows a council's name that is part of another's."""
OWN_BOARD = re.compile(r"\s+(?:regular\s+|special\s+)?school\s+(?:committee|board)\b", re.I)
A_DISTRICT_OF = re.compile(
    r"(?:municipal|metropolitan|school|improvement|assessment|unified|water|sanitation|ward|electoral"
    r"|polling|state|university|bank)\s+(?:district\s+)?$",
    re.I,
)
ELSEWHERE = re.compile(
    r"\b(?:neighbouring|adjoining|adjacent|nearby|such\s+as|including|example|formerly|visiting|from|with"
    r"|between|member\s+of|received|to|at|via|like|unlike|outside|meets?|met|attend\w*|representing|by)"
    r"\s+(?:the\s+)?$"
    r"|\b(?:chair(?:man|woman|person)?|director|mayor|councill?or|commissioner|trustee|supervisor|alternate"
    r"|delegate|representative|alderman|reeve|warden)\s+[^,:;]{2,40},\s*$",
    re.I,
)
"""Before a council that the paper may only mention, or that a member comes from."""
NEVER = re.compile(
    r"budget|full|items?|this|every|each|our|your|annual|meetings?|two|other|regular|special|ordinary"
    r"|extraordinary|council(?:s|l?ors?|members?|man|woman)?|cllrs?|minutes|agenda|notice|public|committee"
    r"|planning|monthly|unapproved|draft|proposed|confirmed|unconfirmed|adopted|final|official"
    r"|approved|joint|scheduled|adjourned|successor|housing|board|boards|commissions?|commissioners?"
    r"|california|nevada|closed|session|pages?|urges|department|paratransit|as|requests?|website"
    r"|accept|approve|adopt|authori[sz]e|award|receive|motion|if|when|while|without|that|since|after|before|over|to|for|from|at|or|but|both|such|is|was|be"
    r"|which|whether|where|any|all|no|not|see|ask|discuss|increase|decrease|support|impact|contribution"
    r"|outgoing|incoming|former|current|equipment|proceedings|zoom|webex|teams|household|mayoral|mayor"
    r"|leader|clerk|chair\w*|officers?|director|manager|executive|secretary|members?|attorney|engineer"
    r"|solicitor|administrator|convener|provost|president|reeve|warden|supervisors?|trustees?|aldermen"
    r"|selectmen|offices?|hall|chambers?|building|courthouse|present|roll|call|order|date|time|place|venue"
    r"|location|summary|record|journal|transcript|report|resolution|ordinance|tax|state|province|country"
    r"|north\s+carolina|common|local|general|municipal|parish|metro|arts|youth|sports|tribal"
    r"|advisory|citizens|economic|chief|deputy|assistant|acting|interim|our|welcome|dear|re|subject|and"
    r"|held|met|convened|meets|hereby|will|shall|has|had|have|assembled|located|commenc\w+|cyngor|cymuned(?:ol)?"
    r"|tref|dinas|sir|comhairle|contae|the|of|de|elected|statutory|inaugural|organizational|emergency|hybrid|virtual|work|study|workshop"
    r"|governing|unrestricted|exempt|cabinet|panel|forum|scrutiny|overview|authority|agency|principal"
    r"|street|road|avenue|suite|room|floor|phone|tel|fax|email|residents?|subdivision|mr|mrs|ms|dr"
    + "|"
    + "|".join((*WEEKDAYS, *MONTHS)),
    re.I,
)
"""Words that are of no council's name, or that end one."""
TOPIC = re.compile(
    r"parks|recreation|zoning|historic(?:al)?|library|human|civil|personnel|transportation|airport|finance"
    r"|audit|police|fire|cemetery|conservation|environmental?|utilit(?:y|ies)|health|redevelopment|design"
    r"|architectural|traffic|ethics|senior|cultural|appeals|adjustment|community|development|services"
    r"|measure|measures|licensing|successor|unified|retirement|golf|harbor|landmarks?|oversight|strategic"
    r"|capital|fiscal|investment|tourism|charter|water|electric|power|code|municipal|elementary|high",
    re.I,
)
"""Words that begin another body's name behind a place: "City of Dunmere PARKS BOARD"."""
KIND_WORD = re.compile(
    r"city|town|village|borough|county|township|shire|district|parish|regional|community", re.I
)
GOVERNS = re.compile(
    r"council|commission|board|hall|clerk|manager|offices?|meeting|planning|attorney|committee|trustees"
    r"|minutes|agenda|special|regular|government|courthouse|of",
    re.I,
)
LINKS = {"and", "&", "upon", "on", "in", "by", "under", "le", "la", "de", "du", "cum", "next", "with", "y",
         "ar", "yr", "nan", "super", "sub", "near", "juxta", "the", "of", "o", "na"}  # fmt: skip
OF_PLACES = re.compile(
    r"isles?|vale|forest|bay|borough|county|city|point|mount|lakes?|fields?|heart|port|hills?|fort|cliffs?"
    r"|north|south|east|west|mid|royal|river|valley|village|territory|states?|lady|stow|town|ness|glen",
    re.I,
)
"""Words that "of" follows within a place: "Isle of", "Vale of"."""
FRAGMENTS = re.compile(
    r"san|santa|los|las|la|el|st\.?|saint|north|south|east|west|new|port|fort|ft\.?|mount|mt\.?|de|du|upper"
    r"|lower|great|little|grand|greater|old|rural|no",
    re.I,
)
"""A name does not end in these: "City of San" is a fragment."""
ABBREVIATED = re.compile(r"(?:St|Ste|Mt|Ft|SS|Sta)\.", re.I)
PROPER = re.compile(r"[A-ZÀ-Þ][\w’'/-]*\w$")
MOST = 5
"""Words of a place at the most."""


@dataclass(frozen=True, slots=True)
class Named:
    """A reading of a council's name; `worth` is 1 for a full name, less where it may be another's."""

    name: str
    worth: float


def names_in(text: str, *, head: bool = False) -> Iterator[Named]:
    """Each way to read each name in the text; `head` where it is a line of a paper's head, in which a bare
    "X Council" names one."""
    plain = " ".join(text.split())
    if not any(c.isupper() for c in plain):
        return
    taken: list[tuple[int, int]] = []
    for m in CELTIC.finditer(plain):
        yield from _of_the_register(plain, m)
    for m in WELSH_IRISH.finditer(plain):
        yield from _behind(plain, m, [])
    for told in bodies_first(plain):
        taken.append((told.start, told.end))
        yield Named(title_case(told.words), _worth(plain[: told.start]))
    for m in OF_A_PLACE.finditer(plain):
        if not (A_DISTRICT_OF.search(plain[: m.start()]) or any(a <= m.start() < b for a, b in taken)):
            yield from _behind(plain, m, taken, head=head)
    for look, worth in ((COUNCIL, 1.0), (AUTHORITY, 0.6), (GOVERNING, 0.8), (HALL, 0.4), (PLACE_ALONE, 0.5)):
        for m in look.finditer(plain):
            yield from _before(plain, m, worth, look, taken)
    for m in BARE.finditer(plain):
        yield from _bare(plain, m, taken, head=head)


def _of_the_register(plain: str, m: re.Match[str]) -> Iterator[Named]:
    """ "Cyngor Gwynedd", "Comhairle nan Eilean Siar": as far as the register knows the words."""
    words = plain[m.start() :].split()[:8]
    known = (registered(" ".join(words[:n]).strip(" ,./|–-")) for n in range(len(words), 1, -1))
    if entry := next((e for e in known if e), None):
        yield Named(entry.name, 1.0)


def _behind(
    plain: str, m: re.Match[str], taken: list[tuple[int, int]], *, head: bool = False
) -> Iterator[Named]:
    """ "City of X": each reading of the place behind, "X" and "X Y", as the count will decide."""
    words = _run_behind(plain[m.end() :])
    if not words:
        return
    kind = _kind(m["kind"])
    end = m.end() + len(" ".join(words))
    number = NUMBERED.match(plain, end) if re.search("municipal", kind, re.I) else None
    irish = re.match("municipal district", kind, re.I) and not number
    if irish or any(BEFORE_ANOTHER.match(x) for x in (plain[end:], *words[1:])):
        return
    taken.append((m.start(), end))
    welsh = bool(WELSH_IRISH.match(plain, m.start()))
    known = registered(f"{kind} {' '.join(words)}") if welsh else None
    vague = re.fullmatch("county|region|district|port", kind, re.I) and not (
        head and kind.lower() in ("county", "port") and WHOLE_LINE.match(plain[: m.start()])
    )
    worth = _worth(plain[: m.start()]) * (0.4 if vague else 1.0)
    for n in range(1, len(words) + 1):
        own = [re.sub(r"[’']s$", "", w) for w in words[:n]]
        if FRAGMENTS.fullmatch(own[-1]) or own[-1].lower() in LINKS:
            continue
        tail = f" No. {number[1]}" if number and n == len(words) else ""
        name = title_case([*kind.split(), *([] if welsh else ["of"]), *own]) + tail
        yield Named(known.name if known else name, worth)


def _kind(printed: str) -> str:
    """The kind as names have it: "City" of "City Council of"; an abbreviation written out."""
    kind = " ".join(printed.split())
    if m := re.fullmatch(r"(city|town|village|borough|common|parish) council", kind, re.I):
        return "city" if m[1].lower() == "common" else m[1]
    short = kind.replace(".", "").upper()
    return {"RM": "Rural Municipality", "MD": "Municipal District"}.get(short, kind)


def _run_behind(text: str) -> list[str]:
    """The proper words with which the text begins."""
    out: list[str] = []
    words = re.split(r"\s+", text)
    for at, word in enumerate(words[:MOST]):
        bare = word if ABBREVIATED.fullmatch(word) else re.sub(r"[\W_]+$", "", word)
        following = words[at + 1] if at + 1 < len(words) else ""
        link = bool(out) and word.lower() in LINKS - {"and", "in", "with", "by"} and PROPER.match(following)
        if not (link or ABBREVIATED.fullmatch(word) or PROPER.match(bare)) or _ends_place(
            bare, following, first=not out
        ):
            break
        out.append(bare)
        if bare != word or re.search(r"[’']s$", bare):
            break
    while out and out[-1].lower() in LINKS:
        out.pop()
    return out


def _ends_place(word: str, following: str, *, first: bool) -> bool:
    if word.lower() in LINKS:
        return first and word.lower() not in ("the", "la", "le", "de", "du")
    if NEVER.fullmatch(word) and not (first and word.lower() in ("commerce", "industry")):
        return True
    if KIND_WORD.fullmatch(word):
        return first or bool(GOVERNS.match(following))
    return not first and bool(TOPIC.fullmatch(word))


def _before(
    plain: str, m: re.Match[str], worth: float, look: re.Pattern[str], taken: list[tuple[int, int]]
) -> Iterator[Named]:
    """ "X Parish Council": the run of proper words before what says the kind."""
    if any(a <= m.start() < b for a, b in taken):
        return
    after, before = plain[m.end() :], plain[: m.start()]
    kind = m["kind"].split()
    if kind[0].lower() == "district" and len(kind) > 2 and re.search(r"\b(?:and|&)\s*$", before, re.I):
        before, kind = f"{before}{kind[0]}", kind[1:]  # "Strathmere and District Community Council"
        words = [*_run_before(before.rsplit(None, 2)[0]), *before.split()[-2:]]
    else:
        words = _run_before(before, kinds=look is AUTHORITY)
    if (
        not words
        or all(KIND_WORD.fullmatch(w) for w in words)
        or (FRAGMENTS.fullmatch(words[-1]) and len(words) == 1)
    ):
        return
    if look is GOVERNING and all(TOPIC.fullmatch(w) for w in words):
        return  # "Library Board of Trustees" names no place
    if (BEFORE_ANOTHER.match(after) and not OWN_BOARD.match(after)) or (
        look is PLACE_ALONE and not BODY_OF_IT.match(after)
    ):
        return
    start = plain.rfind(words[0], 0, m.start())
    words, start = _with_list(plain, start, words, " ".join(kind))
    if any(a <= start < b for a, b in taken):
        return  # "CITY OF DUNMERE" of "CITY OF DUNMERE CITY COUNCIL"
    taken.append((start, m.end()))
    worth *= _worth(plain[:start])
    if look is PLACE_ALONE and not start:
        worth = 0.8
    if look is HALL:
        yield Named(title_case([*kind, "of", *words]), worth)
        return
    if re.match("community board", m["kind"], re.I):
        worth *= 0.5
    if re.match(r"township board of", " ".join(kind), re.I):
        kind = kind[:1]
    yield Named(title_case([*words, *kind]), worth)


def _with_list(plain: str, start: int, words: list[str], kind: str) -> tuple[list[str], int]:
    """A name of the register that lists places: "Newry, Mourne and Down"."""
    m = re.search(r"((?:[A-ZÀ-Þ][\w’'-]+ ?){1,2}, )$", plain[:start])
    if m and (known := registered(f"{m[1]}{' '.join(words)} {kind}")):
        return known.name.removesuffix(title_case(kind.split())).split(), m.start()
    return words, start


def _run_before(text: str, *, kinds: bool = False) -> list[str]:
    """The proper words with which the text ends, none of them another body's; the last may be a kind of place
    with `kinds`: "Alder Village" of "Alder Village Water District"."""
    words = text.split()
    out: list[str] = []
    while words and len(out) < MOST + 1:
        word = words[-1]
        small = word.lower() in LINKS
        if not small and (PROPER.match(word) or ABBREVIATED.fullmatch(word)):
            if NEVER.fullmatch(word) or (
                KIND_WORD.fullmatch(word) and (not (out or kinds) or (out and GOVERNS.match(out[0])))
            ):
                break
            out.insert(0, word)
        elif not (out and small and _links(words)):
            break
        else:
            out.insert(0, word)
        words.pop()
    while out and out[0].lower() in LINKS:
        out.pop(0)
    return out


def _links(words: Sequence[str]) -> bool:
    """Whether the small word at the end joins the word before it to a place: "Isle of", "Bourton on the",
    "Ards and"."""
    small = words[-1].lower()
    before = words[-2] if len(words) > 1 else ""
    if small == "the":
        return before.lower() in LINKS and before.lower() not in ("of", "the", "and", "by", "with")
    if small == "of":
        return bool(OF_PLACES.fullmatch(before))
    return bool(PROPER.match(before)) and not NEVER.fullmatch(before)


def _bare(plain: str, m: re.Match[str], taken: list[tuple[int, int]], *, head: bool) -> Iterator[Named]:
    """ "X Council": of the register anywhere; any other as a line of the head."""
    if any(a <= m.start() < b for a, b in taken):
        return
    words = _run_before(plain[: m.start()])
    if words:
        start = plain.rfind(words[0], 0, m.start())
        words, _ = _with_list(plain, start, words, "Council")
    for n in range(len(words)):
        known = registered(" ".join([*words[n:], "Council"]))
        if known:
            start = plain.rfind(words[n], 0, m.start())
            taken.append((start, m.end()))
            yield Named(known.name, _worth(plain[:start]))
            return
    begins = plain[: m.start()].strip() == " ".join(words) or re.match(
        r"(?:.{0,40}\b(?:meetings?|minutes|agenda|proceedings)\s+of\W+)?(?:\W*the\W+)?$",
        plain[: m.start() - len(" ".join(words)) - 1] + " ",
        re.I,
    )
    ends = re.match(
        r"\W*$|\s*[,.–—(|-]|\s+(?:minutes?|record|agenda|meeting|regular|special|will|was|held|to\s+be)\b",
        plain[m.end() :],
        re.I,
    )
    topical = any(TOPIC.fullmatch(w) or KIND_WORD.fullmatch(w) for w in words[-1:])
    if head and words and len(words) <= 4 and begins and ends and not topical:
        taken.append((0, m.end()))
        yield Named(title_case([*words, "Council"]), 0.8)


def _worth(before: str) -> float:
    return 0.3 if ELSEWHERE.search(before) else 1.0
